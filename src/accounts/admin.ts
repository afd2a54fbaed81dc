/** The back-office of agents: who may enter, what each answers for, and what becomes of it when they leave. */
import fastifyMultipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { SignedInAgent } from '../web/context.ts'
import { csvOf, decodeCsv, writeCsv } from '../web/csv.ts'
import { type FieldError, readForm, type Typed } from '../web/forms.ts'
import { looksLikeWorkbook, readWorkbook, type WorkbookProblem } from '../web/workbook.ts'
import { emailDomainsOf, nameFromAddress } from './addresses.ts'
import { type AgentFilter, agentFilter, agentForm, newAgentForm, tickedIds } from './admin-forms.ts'
import {
  changeAgent,
  countAgents,
  deactivateAgent,
  type FoundAgent,
  findAgent,
  importAgents,
  insertAgent,
  inviteAgent,
  listAgents,
  listCandidates,
  listDirectionsFor,
  listKnownAgents,
  listPilotedEntries,
  listRights,
  listTrusts,
  reactivateAgent,
  signAgentOut
} from './admin-queries.ts'
import {
  agentAdminPage,
  agentsPage,
  agentsPath,
  changedMessage,
  deactivatePage,
  importedMessage,
  importPage,
  newAgentPage,
  previewPage,
  refusalSentence,
  rightsTable
} from './admin-views.ts'
import { readAgentImport } from './agent-import.ts'
import { signInSecrets } from './codes.ts'
import { hit, invitationsToAgent, limitKey } from './limits.ts'

type AgentRequest = FastifyRequest<{ Params: { id: string } }>

const largestList = 1_000_000
const limits = { fileSize: largestList, fieldSize: largestList, files: 1, fields: 10, parts: 12 }

const tooLarge = 'Cette liste est trop lourde\u00a0: 1\u00a0Mo au plus. Importez-la en plusieurs fois.'
const saveAgain =
  'choisissez «\u00a0Enregistrer sous\u00a0», puis «\u00a0Classeur Excel (.xlsx)\u00a0» ou «\u00a0CSV\u00a0», et envoyez ce fichier-là.'
const workbookProblems: Record<WorkbookProblem, string> = {
  'not-a-workbook': `Le site ne lit pas ce genre de fichier. Dans votre tableur, ${saveAgain}`,
  macros: `Ce classeur contient des macros ou d’autres objets, que le site refuse. Dans votre tableur, ${saveAgain}`,
  locked: `Ce classeur est protégé par un mot de passe. Ouvrez-le, ${saveAgain}`,
  broken: `Ce classeur est abîmé ou incomplet. Vérifiez qu’il s’ouvre sur votre poste, ${saveAgain}`,
  'too-large':
    'Ce classeur est trop grand pour une liste d’agents. Copiez les lignes utiles dans un nouveau classeur, et envoyez celui-là.'
}
const unreadable = 'Cet envoi n’a pas pu être lu. Choisissez de nouveau votre fichier, ou collez la liste.'

export async function agentAdmin(app: FastifyInstance): Promise<void> {
  const { limits: limitSecret } = signInSecrets(app.config.sessionKeys)
  const domainsOf = (request: FastifyRequest): string[] => emailDomainsOf(request.settings, app.config)
  await app.register(fastifyMultipart, { limits })

  app.get('/agents', async (request, reply) => {
    const { filter, page } = agentFilter.parse(request.query)
    return showList(request, reply, { filter, page })
  })

  app.get('/agents/droits.csv', async (_request, reply) => {
    const { filename, table } = rightsTable(await listRights(app.db))
    return reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${filename}"`)
      .send(writeCsv(table))
  })

  app.get('/agents/nouveau', async (request, reply) =>
    reply.html('accounts/admin/new', newAgentPage(domainsOf(request)))
  )

  app.post('/agents/nouveau', async (request, reply) => {
    const domains = domainsOf(request)
    const form = readForm(newAgentForm(domains), request.body)
    const refuse = (errors: FieldError[]) =>
      reply.code(422).html('accounts/admin/new', newAgentPage(domains, form.typed, errors))
    if (!form.ok) return refuse(form.errors)
    const { adresse, nom, fonction, role, inviter } = form.values
    const by = signedIn(request)
    const id = await insertAgent(app.db, { email: adresse, name: nom, jobTitle: fonction, role }, by)
    if (id === undefined) {
      const message = `L’adresse ${adresse} a déjà un compte, peut-être désactivé. Cherchez-la dans la liste des agents.`
      return refuse([{ field: 'adresse', message }])
    }
    if (inviter) {
      await inviteAgent(app.db, { id, name: nom }, by)
      app.wakeOutbox()
    }
    const invited = inviter ? ' Son invitation est partie.' : ''
    return reply
      .flash('success', `${nom} est dans la liste, et peut se connecter dès maintenant.${invited}`)
      .redirect(`${agentsPath}/${id}`, 303)
  })

  app.get('/agents/importer', async (_request, reply) => reply.html('accounts/admin/import', importPage()))

  // Reads and shows; nothing is written before the confirmation, which sends the list once more.
  app.post('/agents/importer', { onRequest: refuseTooLarge }, async (request, reply) => {
    const sent = await readSent(request)
    const list = sent.problem === undefined ? readAgentImport(sent.text, domainsOf(request)) : undefined
    const problem = sent.problem ?? list?.problem
    if (!list || problem !== undefined) {
      return reply.code(422).html('accounts/admin/import', importPage(sent.pasted, problem))
    }
    const known = await listKnownAgents(
      app.db,
      list.agents.map(({ email }) => email)
    )
    return reply.html('accounts/admin/preview', previewPage(sent.text, list, known, nameFromAddress))
  })

  app.post('/agents/importer/confirmer', { onRequest: refuseTooLarge }, async (request, reply) => {
    const sent = await readSent(request)
    const list = readAgentImport(sent.text, domainsOf(request))
    const problem = sent.problem ?? list.problem
    if (problem !== undefined) {
      return reply.code(422).html('accounts/admin/import', importPage(sent.pasted, problem))
    }
    const imported = await importAgents(app.db, list.agents, {
      updates: sent.updates,
      invites: sent.invites,
      by: signedIn(request)
    })
    if (imported.invited > 0) app.wakeOutbox()
    return reply.flash('success', importedMessage(imported)).redirect(agentsPath, 303)
  })

  app.get('/agents/:id', async (request: AgentRequest, reply) => {
    const agent = await agentOf(request)
    return agent ? showAgent(request, reply, agent) : reply.callNotFound()
  })

  app.post('/agents/:id', async (request: AgentRequest, reply) => {
    const agent = await agentOf(request)
    if (!agent) return reply.callNotFound()
    const form = readForm(agentForm, request.body)
    const directionIds = tickedIds(request.body, 'directions')
    const refuse = (errors: FieldError[]) =>
      showAgent(request, reply.code(422), agent, { typed: form.typed, ticked: directionIds, errors })
    if (!form.ok) return refuse(form.errors)
    const { nom, fonction, role } = form.values
    const { refusal, orphans } = await changeAgent(app.db, {
      agentId: agent.id,
      by: signedIn(request),
      name: nom,
      jobTitle: fonction,
      role,
      directionIds
    })
    if (refusal) return refuse([{ field: 'role', message: refusalSentence(refusal) }])
    return reply
      .flash(orphans.length > 0 ? 'info' : 'success', changedMessage(nom, orphans))
      .redirect(`${agentsPath}/${agent.id}`, 303)
  })

  app.get('/agents/:id/desactiver', async (request: AgentRequest, reply) => {
    const agent = await agentOf(request)
    if (!agent) return reply.callNotFound()
    if (agent.deactivated_at) return reply.redirect(`${agentsPath}/${agent.id}`, 303)
    const [trusts, candidates] = await Promise.all([listTrusts(app.db, agent.id), listCandidates(app.db, agent.id)])
    return reply.html('accounts/admin/deactivate', deactivatePage(agent, trusts, candidates))
  })

  app.post('/agents/:id/desactiver', async (request: AgentRequest, reply) => {
    const agent = await agentOf(request)
    if (!agent) return reply.callNotFound()
    const done = await deactivateAgent(app.db, {
      agentId: agent.id,
      by: signedIn(request),
      body: request.body
    })
    if (done.result === 'refused') {
      const message = refusalSentence(done.refusal)
      return showAgent(request, reply.code(422), agent, { errors: [{ field: 'role', message }] })
    }
    if (done.result === 'heirs') {
      const candidates = await listCandidates(app.db, agent.id)
      return reply
        .code(422)
        .html('accounts/admin/deactivate', deactivatePage(agent, done.trusts, candidates, done.heirs))
    }
    return reply
      .flash('success', `Le compte de ${agent.name} est désactivé, et tous ses appareils sont déconnectés.`)
      .redirect(`${agentsPath}/${agent.id}`, 303)
  })

  app.post('/agents/:id/reactiver', async (request: AgentRequest, reply) => {
    const agent = await agentOf(request)
    if (!agent) return reply.callNotFound()
    await reactivateAgent(app.db, agent, signedIn(request))
    return reply
      .flash(
        'success',
        `${agent.name} peut de nouveau se connecter. Rien de ce qui a été confié à d’autres ne revient.`
      )
      .redirect(`${agentsPath}/${agent.id}`, 303)
  })

  app.post('/agents/:id/deconnecter', async (request: AgentRequest, reply) => {
    const agent = await agentOf(request)
    if (!agent) return reply.callNotFound()
    const own = signedIn(request)
    // A slip on one's own page must not throw the webmaster out.
    await signAgentOut(app.db, agent, own, agent.id === own.id ? own.sessionId : undefined)
    return reply
      .flash('success', `Les appareils de ${agent.name} sont déconnectés.`)
      .redirect(`${agentsPath}/${agent.id}`, 303)
  })

  app.post('/agents/:id/inviter', async (request: AgentRequest, reply) => {
    const agent = await agentOf(request)
    if (!agent) return reply.callNotFound()
    const back = `${agentsPath}/${agent.id}`
    if (agent.deactivated_at) {
      return reply
        .flash('info', 'Ce compte est désactivé\u00a0: réactivez-le avant d’inviter cette personne.')
        .redirect(back, 303)
    }
    const counted = await hit(app.db, invitationsToAgent, limitKey(limitSecret, invitationsToAgent, String(agent.id)))
    if (!counted.allowed) {
      const message = `${agent.name} a déjà reçu deux invitations aujourd’hui\u00a0: rien n’est parti. Regardez avec cette personne dans ses indésirables.`
      return reply.flash('info', message).redirect(back, 303)
    }
    await inviteAgent(app.db, agent, signedIn(request))
    app.wakeOutbox()
    return reply.flash('success', `Une invitation est partie à ${agent.email}.`).redirect(back, 303)
  })

  async function agentOf(request: AgentRequest): Promise<FoundAgent | undefined> {
    const { id } = request.params
    return /^[1-9]\d{0,8}$/.test(id) ? findAgent(app.db, Number(id)) : undefined
  }

  async function showList(
    request: FastifyRequest,
    reply: FastifyReply,
    shown: { filter: AgentFilter; page: number }
  ): Promise<FastifyReply> {
    const [rows, counts] = await Promise.all([
      listAgents(app.db, shown.filter, shown.page),
      countAgents(app.db, shown.filter.words)
    ])
    return reply.html(
      'accounts/admin/list',
      agentsPage({
        ...shown,
        rows,
        counts,
        whoMaySignIn: request.settings.who_may_sign_in,
        domains: domainsOf(request)
      })
    )
  }

  async function showAgent(
    request: FastifyRequest,
    reply: FastifyReply,
    agent: FoundAgent,
    again: { typed?: Typed; ticked?: number[]; errors?: FieldError[] } = {}
  ): Promise<FastifyReply> {
    const [directions, actions] = await Promise.all([
      listDirectionsFor(app.db, agent.id),
      listPilotedEntries(app.db, agent.id)
    ])
    const isOwn = signedIn(request).id === agent.id
    return reply.html('accounts/admin/edit', agentAdminPage({ agent, isOwn, directions, actions, ...again }))
  }

  async function refuseTooLarge(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    if (Number(request.headers['content-length'] ?? 0) <= 2 * largestList) return undefined
    // What is still on its way will not be read.
    reply.header('connection', 'close').code(413)
    return reply.html('accounts/admin/import', importPage('', tooLarge))
  }
}

interface Sent {
  /** The list to read. */
  text: string
  /** What was typed in the page, to be shown again. */
  pasted: string
  updates: boolean
  invites: boolean
  problem?: string
}

/** A file if there is one, else what was pasted. */
async function readSent(request: FastifyRequest): Promise<Sent> {
  if (!request.isMultipart()) return sentOf((request.body ?? {}) as Record<string, unknown>, undefined)
  const fields: Record<string, unknown> = {}
  let file: Buffer | undefined
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') {
        if (part.valueTruncated) return { ...(await sentOf(fields, undefined)), problem: tooLarge }
        if (!Object.hasOwn(fields, part.fieldname)) fields[part.fieldname] = part.value
        // An empty file field comes as a file without name.
      } else if (part.filename) file = await part.toBuffer()
      else part.file.resume()
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    request.log.info({ err: error }, 'list not read')
    return { ...(await sentOf(fields, undefined)), problem: code === 'FST_REQ_FILE_TOO_LARGE' ? tooLarge : unreadable }
  }
  return sentOf(fields, file)
}

async function sentOf(fields: Record<string, unknown>, file: Buffer | undefined): Promise<Sent> {
  const pasted = typeof fields.texte === 'string' ? fields.texte.replaceAll('\0', '') : ''
  const sent = { text: pasted, pasted, updates: fields.mettre_a_jour === 'oui', invites: fields.inviter === 'oui' }
  if (!file || file.length === 0) return sent
  if (!looksLikeWorkbook(file)) return { ...sent, text: decodeCsv(file).replaceAll('\0', '') }
  const workbook = await readWorkbook(file)
  return workbook.ok
    ? { ...sent, text: csvOf(workbook.rows).replaceAll('\0', '') }
    : { ...sent, problem: workbookProblems[workbook.problem] }
}

/** The back-office lets nobody else in; a route that was opened by mistake stops here. */
function signedIn(request: FastifyRequest): SignedInAgent {
  if (!request.agent) throw new Error('Only a signed-in agent manages accounts.')
  return request.agent
}
