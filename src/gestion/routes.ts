/** The back-office: what waits, what happened, what can come back, and the demonstration put away. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { mayEditAction, mayEditDirection } from '../accounts/permissions.ts'
import { removeDemonstration } from '../demonstration/remove.ts'
import { listEndingAgreements } from '../media/image-rights/image-rights-queries.ts'
import { listOpenRemovals } from '../media/image-rights/removal-requests.ts'
import { listSpaceWarnings } from '../media/space/space-warnings.ts'
import { kindPaths } from '../publishing/kinds.ts'
import type { SignedInAgent } from '../web/context.ts'
import { readForm } from '../web/forms.ts'
import { noteInJournal } from '../web/journal.ts'
import { removalForm } from './forms.ts'
import { journalRoutes } from './journal.ts'
import { listLatest } from './journal-queries.ts'
import {
  countTrashedFiles,
  findEntryKind,
  hasEngagement,
  listActionsToUpdate,
  listEntrusted,
  listMediaToRepair,
  listPlanned,
  listProposals,
  listReturned,
  listSleepingDrafts,
  listTrash
} from './queries.ts'
import { settingsRoutes } from './settings.ts'
import { dashboardPage, entrustedPage, type Gathered, removalMessage, trashPage } from './views.ts'

const sleepingDays = 7
const staleDays = 60
const latestOnDashboard = 8

const forAgents = { config: { access: 'agent' as const } }

export async function gestionRoutes(app: FastifyInstance): Promise<void> {
  await app.register(journalRoutes)
  await app.register(settingsRoutes)

  // The webmaster sees what waits everywhere; whoever something is entrusted to, their own.
  app.get('/', forAgents, async (request, reply) => {
    const { agent } = request
    if (agent?.role === 'webmaster') return reply.html('gestion/dashboard', dashboardPage(await gather(agent)))
    return agent?.isEntrusted ? showEntrusted(request, reply, agent) : reply.forbidden()
  })

  // One address for the screen of any entry, for those who know its number and not its kind.
  app.get<{ Params: { entryId: string } }>('/contenus/:entryId', forAgents, async (request, reply) => {
    const { agent, params } = request
    const entry = /^[1-9]\d{0,8}$/.test(params.entryId)
      ? await findEntryKind(app.db, Number(params.entryId))
      : undefined
    if (!agent || !entry) return reply.callNotFound()
    if (!(await mayOpen(agent, entry))) return reply.forbidden()
    return reply.redirect(`/gestion/${kindPaths[entry.kind]}/${entry.id}`, 302)
  })

  app.get('/corbeille', async (_request, reply) => {
    const [rows, fileCount] = await Promise.all([listTrash(app.db), countTrashedFiles(app.db)])
    return reply.html('gestion/trash', trashPage(rows, fileCount))
  })

  app.post('/demonstration/retirer', async (request, reply) => {
    const { agent } = request
    if (!agent) return reply.forbidden()
    const form = readForm(removalForm, request.body)
    if (!form.ok) return reply.code(422).html('gestion/dashboard', dashboardPage(await gather(agent), form.errors))
    const removal = await removeDemonstration(app.db)
    // Their own account may have gone with it: the name alone is kept.
    await noteInJournal(app.db, {
      agentId: null,
      agentName: agent.name,
      subject: 'settings',
      subjectId: null,
      title: 'Démonstration',
      event: 'demonstration-removed'
    })
    request.log.warn({ event: 'demonstration removed' }, 'demonstration removed')
    return reply.flash('success', removalMessage(removal)).redirect('/gestion', 303)
  })

  async function gather(agent: SignedInAgent): Promise<Gathered> {
    const [proposals, returned, planned, drafts, actions, media, removals, agreements, space, latest, isUnderway] =
      await Promise.all([
        listProposals(app.db),
        listReturned(app.db, agent.id),
        listPlanned(app.db),
        listSleepingDrafts(app.db, sleepingDays),
        listActionsToUpdate(app.db, staleDays),
        listMediaToRepair(app.db),
        listOpenRemovals(app.db),
        listEndingAgreements(app.db),
        listSpaceWarnings(app.db, app.config),
        listLatest(app.db, latestOnDashboard),
        hasEngagement(app.db)
      ])
    return { proposals, returned, planned, drafts, actions, media, removals, agreements, space, latest, isUnderway }
  }

  async function showEntrusted(
    request: FastifyRequest,
    reply: FastifyReply,
    agent: SignedInAgent
  ): Promise<FastifyReply> {
    const [rows, returned, stale] = await Promise.all([
      listEntrusted(app.db, agent.id),
      listReturned(app.db, agent.id),
      listActionsToUpdate(app.db, staleDays, agent.id)
    ])
    const referentsPublish = request.settings.referents_publish
    return reply.html('gestion/entrusted', entrustedPage({ rows, returned, stale, referentsPublish }))
  }

  /** As the screen itself decides. */
  async function mayOpen(
    agent: SignedInAgent,
    entry: NonNullable<Awaited<ReturnType<typeof findEntryKind>>>
  ): Promise<boolean> {
    switch (entry.kind) {
      case 'action':
        return mayEditAction(app.db, agent, entry.content_id)
      case 'direction':
        return mayEditDirection(app.db, agent, entry.content_id)
      default:
        return agent.role === 'webmaster'
    }
  }
}
