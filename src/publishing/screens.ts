/** The screens of an entry, the same for every kind of content: write, publish, plan, withdraw, compare, bring back, delete. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { mayManageContent } from '../accounts/permissions.ts'
import type { Database } from '../db/database.ts'
import type { SignedInAgent } from '../web/context.ts'
import { type FieldError, readForm } from '../web/forms.ts'
import {
  createEntry,
  currentDocument,
  type Entry,
  findEntry,
  findPreviousPublication,
  findRevision,
  listRevisions,
  moveToTrash,
  noteEditing,
  planInParis,
  publish,
  type SaveResult,
  saveDraft,
  schedule,
  takeOutOfTrash,
  withdraw
} from './entries.ts'
import { planForm, versionField, withdrawalAfter, withdrawalForm } from './forms.ts'
import { type ContentKind, kindPaths } from './kinds.ts'
import { type EntryBar, entryBar, historyPage } from './views.ts'

/** What a feature adds to the mechanism: its own screen, and the page as readers will see it. */
export interface Screen<Document extends object> {
  content: ContentKind<Document>
  /** Answers with the form, filled with this document. */
  edit(
    request: FastifyRequest,
    reply: FastifyReply,
    page: { bar: EntryBar; entry: Entry; document: Document; errors: FieldError[] }
  ): Promise<FastifyReply>
  /** Answers with the readers' own page, read from `db`, where the draft is published for the time of this answer. */
  preview(request: FastifyRequest, reply: FastifyReply, db: Database, contentId: number): Promise<FastifyReply>
}

type EntryRequest = FastifyRequest<{ Params: { id: string } }>

const forAgents = { config: { access: 'agent' as const } }

export function entryRoutes<Document extends object>(app: FastifyInstance, screen: Screen<Document>): void {
  const { content } = screen
  const base = `/${kindPaths[content.kind]}`
  const address = (entry: Entry): string => `/gestion${base}/${entry.id}`

  /** The entry that is asked for, when this agent may change it; otherwise the answer is already given. */
  async function entryFor(request: EntryRequest, reply: FastifyReply): Promise<Found | undefined> {
    const id = /^\d{1,9}$/.test(request.params.id) ? Number(request.params.id) : 0
    const entry = await findEntry(app.db, content.kind, id)
    const { agent } = request
    if (!entry || !agent) {
      reply.callNotFound()
      return undefined
    }
    if (!(await content.mayEdit(app.db, agent, entry.content_id))) {
      reply.forbidden()
      return undefined
    }
    return { entry, agent }
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    found: Found,
    document: Document,
    errors: FieldError[] = [],
    conflict?: Entry
  ): Promise<FastifyReply> {
    const { entry, agent } = found
    const others = await noteEditing(app.db, entry.id, agent.id)
    const publicPath = entry.content_id === null ? undefined : await content.publicPath(app.db, entry.content_id)
    const theirs = conflict && (await content.inWords(app.db, await currentDocument(app.db, content, conflict)))
    const mine = conflict && (await content.inWords(app.db, document))
    const [alsoHides, keptFromTrash] =
      entry.content_id === null
        ? []
        : await Promise.all([
            content.alsoHides?.(app.db, entry.content_id),
            content.keptFromTrash?.(app.db, entry.content_id)
          ])
    const bar = entryBar({
      entry: conflict ?? entry,
      address: address(entry),
      publicPath,
      alsoHides,
      keptFromTrash,
      others,
      mayManage: mayManageContent(agent) && content.isPermanent !== true,
      errors,
      conflict: theirs && mine && { theirs, mine }
    })
    return screen.edit(request, reply, { bar, entry, document, errors })
  }

  /** The version whose number is in the address; undefined when it is none of this entry's. */
  function revisionOf(entry: Entry, number: string) {
    return /^[1-9]\d{0,8}$/.test(number) ? findRevision(app.db, entry.id, Number(number)) : undefined
  }

  /** What the posted form says, over what the entry holds. */
  async function posted(request: FastifyRequest, { entry, agent }: Found) {
    const before = await currentDocument(app.db, content, entry)
    const { version } = versionField.parse(request.body ?? {})
    return { version, ...content.read(request.body, before, agent) }
  }

  function broughtBack(old: Document, today: Document, agent: SignedInAgent): Document {
    return content.bringBack ? content.bringBack(old, today, agent) : old
  }

  /** Publishes, or says what prevents it: somebody may have taken the number, or deleted what is named, a moment before. */
  async function published(
    { entry, agent }: Found,
    version: number,
    document: Document,
    event: 'published' | 'restored'
  ): Promise<SaveResult | FieldError[]> {
    const before = await content.missing(app.db, document, entry.content_id)
    if (before.length > 0) return before
    try {
      return await publish(app.db, content, entry.id, version, document, agent, event)
    } catch (error) {
      if (!isRefusedByConstraint(error)) throw error
      const missing = await content.missing(app.db, document, entry.content_id)
      if (missing.length === 0) throw error
      return missing
    }
  }

  if (!content.isPermanent) {
    app.post(base, async (request, reply) => {
      if (!request.agent) return reply.forbidden()
      const entry = await createEntry(app.db, content, content.empty(), request.agent)
      return reply.redirect(address(entry), 303)
    })
  }

  app.get<{ Params: { id: string } }>(`${base}/:id`, forAgents, async (request, reply) => {
    const found = await entryFor(request, reply)
    if (!found) return reply
    return show(request, reply, found, await currentDocument(app.db, content, found.entry))
  })

  app.post<{ Params: { id: string } }>(`${base}/:id/brouillon`, forAgents, async (request, reply) => {
    const found = await entryFor(request, reply)
    if (!found) return reply
    const { version, document, errors } = await posted(request, found)
    const byScript = request.headers.accept === 'application/json'
    if (errors.length > 0) {
      return byScript ? reply.code(422).send({ errors }) : show(request, reply.code(422), found, document, errors)
    }
    const saved = await saveDraft(app.db, content, { entryId: found.entry.id, version, document, author: found.agent })
    if (!saved.ok) return conflict(request, reply, found, document, saved, byScript)
    if (byScript) return reply.send({ version: saved.entry.version, savedAt: saved.entry.saved_at.toISOString() })
    return reply
      .flash('success', 'Le brouillon est enregistré. Rien ne change pour les lecteurs.')
      .redirect(address(found.entry), 303)
  })

  /** Somebody saved in between: nothing is written, and both texts are there to choose from. */
  async function conflict(
    request: FastifyRequest,
    reply: FastifyReply,
    found: Found,
    document: Document,
    refused: SaveResult,
    byScript: boolean
  ): Promise<FastifyReply> {
    reply.code(409)
    if (byScript) return reply.send({ version: refused.entry.version })
    return show(request, reply, found, document, [], refused.entry)
  }

  app.post<{ Params: { id: string } }>(`${base}/:id/publier`, forAgents, async (request, reply) => {
    const found = await entryFor(request, reply)
    if (!found) return reply
    const { version, document, errors } = await posted(request, found)
    if (errors.length > 0) return show(request, reply.code(422), found, document, errors)
    const done = isKeptBack(found) ? undefined : await published(found, version, document, 'published')
    if (!done || Array.isArray(done)) {
      // What was typed is kept as a draft, so that leaving to repair something loses nothing.
      const kept = await saveDraft(app.db, content, { entryId: found.entry.id, version, document, author: found.agent })
      if (!kept.ok) return conflict(request, reply, found, document, kept, false)
      if (!done) return reply.flash('info', keptBack).redirect(address(found.entry), 303)
      return show(request, reply.code(422), { ...found, entry: kept.entry }, document, done)
    }
    if (!done.ok) return conflict(request, reply, found, document, done, false)
    return reply.flash('success', 'C’est publié\u00a0: les lecteurs le voient.').redirect(address(found.entry), 303)
  })

  app.post<{ Params: { id: string } }>(`${base}/:id/annuler-la-publication`, forAgents, async (request, reply) => {
    const found = await entryFor(request, reply)
    if (!found) return reply
    const previous = await findPreviousPublication(app.db, found.entry.id)
    if (!previous) {
      return reply
        .flash('info', 'Il n’y a pas de publication précédente à remettre.')
        .redirect(address(found.entry), 303)
    }
    // A revision holds a document of this kind: only this module writes them.
    const old = previous.document as unknown as Document
    const { content_id: contentId } = found.entry
    const onShow = contentId === null ? undefined : await content.load(app.db, contentId)
    const document = broughtBack(old, onShow ?? old, found.agent)
    if (isKeptBack(found)) return reply.flash('info', keptBack).redirect(address(found.entry), 303)
    const done = await published(found, found.entry.version, document, 'restored')
    // What it showed may be gone since: the sheet as it is stays on show.
    if (Array.isArray(done)) return show(request, reply.code(422), found, document, done)
    const message = done.ok
      ? 'La publication précédente est de nouveau en ligne.'
      : 'Quelqu’un a enregistré entre-temps\u00a0: rien n’a changé. Vérifiez, puis recommencez.'
    return reply.flash(done.ok ? 'success' : 'info', message).redirect(address(found.entry), 303)
  })

  app.get<{ Params: { id: string } }>(`${base}/:id/historique`, forAgents, async (request, reply) => {
    const found = await entryFor(request, reply)
    if (!found) return reply
    const revisions = await listRevisions(app.db, found.entry.id, 1)
    return reply.html(
      'publishing/history',
      historyPage({ entry: found.entry, address: address(found.entry), revisions })
    )
  })

  app.get<{ Params: { id: string; revision: string } }>(
    `${base}/:id/historique/:revision`,
    forAgents,
    async (request, reply) => {
      const found = await entryFor(request, reply)
      if (!found) return reply
      const revision = await revisionOf(found.entry, request.params.revision)
      if (!revision) return reply.callNotFound()
      const [then, now] = await Promise.all([
        content.inWords(app.db, revision.document as unknown as Document),
        content.inWords(app.db, await currentDocument(app.db, content, found.entry))
      ])
      const revisions = await listRevisions(app.db, found.entry.id, 1)
      return reply.html(
        'publishing/history',
        historyPage({ entry: found.entry, address: address(found.entry), revisions, compared: { revision, then, now } })
      )
    }
  )

  app.post<{ Params: { id: string; revision: string } }>(
    `${base}/:id/historique/:revision/reprendre`,
    forAgents,
    async (request, reply) => {
      const found = await entryFor(request, reply)
      if (!found) return reply
      const revision = await revisionOf(found.entry, request.params.revision)
      if (!revision) return reply.callNotFound()
      const today = await currentDocument(app.db, content, found.entry)
      const saved = await saveDraft(app.db, content, {
        entryId: found.entry.id,
        version: found.entry.version,
        document: broughtBack(revision.document as unknown as Document, today, found.agent),
        author: found.agent
      })
      const message = saved.ok
        ? 'Cette version est reprise comme brouillon. Relisez, puis publiez.'
        : 'Quelqu’un a enregistré entre-temps\u00a0: rien n’a changé. Vérifiez, puis recommencez.'
      return reply.flash(saved.ok ? 'success' : 'info', message).redirect(address(found.entry), 303)
    }
  )

  app.get<{ Params: { id: string } }>(`${base}/:id/apercu`, forAgents, async (request, reply) => {
    const found = await entryFor(request, reply)
    if (!found) return reply
    const document = await currentDocument(app.db, content, found.entry)
    const missing = await content.missing(app.db, document, found.entry.content_id)
    if (missing.length > 0) return show(request, reply.code(422), found, document, missing)
    // The draft is published for the time of this answer, and taken back: what is shown is the readers' page itself.
    const trx = await app.db.startTransaction().execute()
    try {
      const contentId = await content.publish(trx, found.entry.content_id ?? undefined, document, found.agent)
      return await screen.preview(request, reply, trx, contentId)
    } finally {
      await trx.rollback().execute()
    }
  })

  // What follows is the webmaster's.
  const managed =
    (handle: (request: EntryRequest, reply: FastifyReply, found: Found) => Promise<FastifyReply>) =>
    async (request: EntryRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const found = await entryFor(request, reply)
      return found ? handle(request, reply, found) : reply
    }

  app.post<{ Params: { id: string } }>(
    `${base}/:id/programmer`,
    managed(async (request, reply, found) => {
      const form = readForm(planForm, request.body)
      const document = await currentDocument(app.db, content, found.entry)
      if (!form.ok) return show(request, reply.code(422), found, document, form.errors)
      const missing =
        form.values.publication === null ? [] : await content.missing(app.db, document, found.entry.content_id)
      if (missing.length > 0) return show(request, reply.code(422), found, document, missing)
      const plan = await planInParis(app.db, form.values.publication, form.values.retrait)
      // On the night when clocks go forward, two hours that differ can be one instant.
      if (plan.publishAt && plan.withdrawAt && plan.withdrawAt <= plan.publishAt) {
        const errors = [{ field: 'retrait', message: withdrawalAfter }]
        return show(request, reply.code(422), found, document, errors)
      }
      await schedule(app.db, found.entry.id, plan)
      return reply.flash('success', 'C’est programmé.').redirect(address(found.entry), 303)
    })
  )

  app.post<{ Params: { id: string } }>(
    `${base}/:id/retirer`,
    managed(async (request, reply, found) => {
      const form = readForm(withdrawalForm, request.body)
      const document = await currentDocument(app.db, content, found.entry)
      if (!form.ok) return show(request, reply.code(422), found, document, form.errors)
      if (!(await withdraw(app.db, content, found.entry.id, form.values.raison, found.agent))) {
        return reply
          .flash('info', 'Cette page n’est pas en ligne\u00a0: il n’y a rien à retirer.')
          .redirect(address(found.entry), 303)
      }
      return reply
        .flash('success', 'La page est retirée\u00a0: les lecteurs ne la voient plus. Publiez-la pour la remettre.')
        .redirect(address(found.entry), 303)
    })
  )

  app.post<{ Params: { id: string } }>(
    `${base}/:id/corbeille`,
    managed(async (_request, reply, found) => {
      const { content_id: contentId } = found.entry
      const reason = contentId === null ? undefined : await content.keptFromTrash?.(app.db, contentId)
      if (reason !== undefined) return reply.flash('info', reason).redirect(address(found.entry), 303)
      await moveToTrash(app.db, content, found.entry.id, found.agent)
      return reply
        .flash('success', 'C’est dans la corbeille. Vous avez trente jours pour changer d’avis.')
        .redirect('/gestion/corbeille', 303)
    })
  )

  app.post<{ Params: { id: string } }>(
    `${base}/:id/sortir-de-la-corbeille`,
    managed(async (_request, reply, found) => {
      await takeOutOfTrash(app.db, found.entry.id, found.agent)
      return reply
        .flash('success', 'C’est sorti de la corbeille, comme brouillon. Publiez pour le remettre en ligne.')
        .redirect(address(found.entry), 303)
    })
  )
}

/** What the webmaster withdrew, the webmaster puts back. */
function isKeptBack({ entry, agent }: Found): boolean {
  return entry.withdrawn_at !== null && !mayManageContent(agent)
}

const keptBack =
  'Cette page a été retirée par le webmaster, qui seul peut la remettre en ligne. Ce que vous aviez écrit reste en brouillon.'

/** A number that is taken, something named that is gone (SQLSTATE class 23). */
function isRefusedByConstraint(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^23/.test(String(error.code))
}

interface Found {
  entry: Entry
  agent: SignedInAgent
}
