/** The screens of an entry, the same for every kind of content: write, publish, compare, bring back; the rest is registered from here. */
import { isDeepStrictEqual } from 'node:util'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { mayManageContent, mayPublishContent } from '../accounts/permissions.ts'
import type { Database } from '../db/database.ts'
import type { FieldError } from '../web/forms.ts'
import { allowFramedByUs, allowOurFrames } from '../web/security.ts'
import { obstaclesOf } from './checks.ts'
import { type Desk, type EntryRequest, type Found, isByScript, isRefusedByConstraint, openDesk } from './desk.ts'
import { createEntry, currentDocument, type Entry, propose, publish, type SaveResult, saveDraft } from './entries.ts'
import { historyRoutes } from './history.ts'
import type { ContentKind } from './kinds.ts'
import { managementRoutes } from './management.ts'
import { proposalRoutes } from './proposals.ts'
import { noteEditing } from './queries.ts'
import { findPreviousPublication } from './revisions.ts'
import { type EntryBar, othersInWords } from './views.ts'

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

const forAgents = { config: { access: 'agent' as const } }
/** Three long texts, written with the accents of French, in the body of one form. */
const forWriters = { ...forAgents, bodyLimit: 3 * 1024 * 1024 }

export function entryRoutes<Document extends object>(app: FastifyInstance, screen: Screen<Document>): void {
  const { content } = screen
  const desk = openDesk(app, screen)
  const { base, address, entryFor, show, posted, conflict } = desk

  /** Publishes, or says what prevents it: somebody may have taken the number, or deleted what is named, a moment before. */
  async function published(
    { entry, agent }: Found,
    version: number,
    { document, waiting }: Parts<Document>,
    event: 'published' | 'restored'
  ): Promise<SaveResult | FieldError[]> {
    // Going back must stay possible, whatever the check of accessibility says of yesterday.
    const before =
      event === 'restored'
        ? await content.missing(app.db, document, entry.content_id)
        : await obstaclesOf(app.db, content, document, entry.content_id)
    if (before.length > 0) return before
    try {
      return await publish(app.db, content, entry.id, version, document, agent, { event, waiting })
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

  app.post<{ Params: { id: string } }>(`${base}/:id/brouillon`, forWriters, async (request, reply) => {
    const found = await entryFor(request, reply)
    if (!found) return reply
    const { version, document, errors } = await posted(request, found)
    if (errors.length > 0) {
      reply.code(422)
      return isByScript(request) ? reply.send({ errors }) : show(request, reply, found, document, { errors })
    }
    const saved = await saveDraft(app.db, content, { entryId: found.entry.id, version, document, author: found.agent })
    if (!saved.ok) return conflict(request, reply, found, document, saved)
    if (isByScript(request)) {
      const others = await noteEditing(app.db, found.entry.id, found.agent.id)
      return reply.send({
        version: saved.entry.version,
        savedAt: saved.entry.saved_at.toISOString(),
        others: othersInWords(others) ?? ''
      })
    }
    return reply
      .flash('success', 'Le brouillon est enregistré. Rien ne change pour les lecteurs.')
      .redirect(address(found.entry), 303)
  })

  /** Keeps what was typed, and says what prevents more: leaving to repair something loses nothing. */
  async function keepAndList(
    request: EntryRequest,
    reply: FastifyReply,
    found: Found,
    typed: { version: number; document: Document },
    errors: FieldError[]
  ): Promise<FastifyReply> {
    const { version, document } = typed
    const kept = await saveDraft(app.db, content, { entryId: found.entry.id, version, document, author: found.agent })
    if (!kept.ok) return conflict(request, reply, found, document, kept)
    return show(request, reply.code(422), { ...found, entry: kept.entry }, document, { errors })
  }

  app.post<{ Params: { id: string } }>(`${base}/:id/publier`, forWriters, async (request, reply) => {
    const found = await entryFor(request, reply)
    if (!found) return reply
    const { version, document, errors } = await posted(request, found)
    if (errors.length > 0) return show(request, reply.code(422), found, document, { errors })
    if (!mayPublishContent(found.agent, request.settings)) return proposed(request, reply, found, { version, document })
    if (isKeptBack(found)) {
      const kept = await saveDraft(app.db, content, { entryId: found.entry.id, version, document, author: found.agent })
      if (!kept.ok) return conflict(request, reply, found, document, kept)
      return reply.flash('info', keptBack).redirect(address(found.entry), 303)
    }
    const parts = await partsOf(desk, found, document)
    const done = await published(found, version, parts, 'published')
    if (Array.isArray(done)) return keepAndList(request, reply, found, { version, document }, done)
    if (!done.ok) return conflict(request, reply, found, document, done)
    app.wakeOutbox()
    const rest = parts.waiting ? ' Ce que le webmaster prépare sur cette page attend toujours.' : ''
    return reply
      .flash('success', `C’est publié\u00a0: les lecteurs le voient.${rest}`)
      .redirect(address(found.entry), 303)
  })

  async function proposed(
    request: EntryRequest,
    reply: FastifyReply,
    found: Found,
    { version, document }: { version: number; document: Document }
  ): Promise<FastifyReply> {
    const { entry, agent } = found
    // What is the webmaster's to fill is no reason to refuse a proposal.
    const own = await partsOf(desk, found, document)
    const obstacles = await obstaclesOf(app.db, content, own.document, entry.content_id)
    if (obstacles.length > 0) return keepAndList(request, reply, found, { version, document }, obstacles)
    const done = await propose(app.db, content, { entryId: entry.id, version, document, author: agent })
    if (!done.ok) return conflict(request, reply, found, document, done)
    app.wakeOutbox()
    return reply
      .flash('success', 'C’est proposé\u00a0: le webmaster est prévenu, et publiera ou vous répondra.')
      .redirect(address(entry), 303)
  }

  app.post<{ Params: { id: string } }>(`${base}/:id/proposer`, forWriters, async (request, reply) => {
    const found = await entryFor(request, reply)
    if (!found) return reply
    if (mayManageContent(found.agent)) return reply.forbidden()
    const { version, document, errors } = await posted(request, found)
    if (errors.length > 0) return show(request, reply.code(422), found, document, { errors })
    return proposed(request, reply, found, { version, document })
  })

  app.post<{ Params: { id: string } }>(`${base}/:id/annuler-la-publication`, forAgents, async (request, reply) => {
    const found = await entryFor(request, reply)
    if (!found) return reply
    const { entry, agent } = found
    if (!mayPublishContent(agent, request.settings)) {
      return reply.flash('info', onlyWebmaster).redirect(address(entry), 303)
    }
    if (isKeptBack(found)) return reply.flash('info', keptBack).redirect(address(entry), 303)
    const previous = await findPreviousPublication(app.db, entry.id)
    if (!previous) {
      return reply.flash('info', 'Il n’y a pas de publication précédente à remettre.').redirect(address(entry), 303)
    }
    // A revision holds a document of this kind: only this module writes them.
    const old = previous.document as unknown as Document
    const onShow = entry.content_id === null ? undefined : await content.load(app.db, entry.content_id)
    const document = desk.broughtBack(old, onShow ?? old, agent)
    // What is being written meanwhile stays a draft.
    const waiting = entry.draft === null || entry.withdrawn_at ? undefined : (entry.draft as unknown as Document)
    const done = await published(found, entry.version, { document, waiting }, 'restored')
    // What it showed may be gone since: the page as it is stays on show.
    if (Array.isArray(done)) return show(request, reply.code(422), found, document, { errors: done })
    const message = done.ok
      ? 'La publication précédente est de nouveau en ligne.'
      : 'Quelqu’un a enregistré entre-temps\u00a0: rien n’a changé. Vérifiez, puis recommencez.'
    return reply.flash(done.ok ? 'success' : 'info', message).redirect(address(entry), 303)
  })

  app.get<{ Params: { id: string } }>(`${base}/:id/verifier`, forAgents, async (request, reply) => {
    const found = await entryFor(request, reply)
    if (!found) return reply
    const document = await currentDocument(app.db, content, found.entry)
    const errors = await obstaclesOf(app.db, content, document, found.entry.content_id)
    if (errors.length === 0) reply.flash('success', 'Rien ne manque\u00a0: cette page peut être publiée.')
    return show(request, reply, found, document, { errors })
  })

  app.get<{ Params: { id: string } }>(`${base}/:id/apercu/telephone`, forAgents, async (request, reply) => {
    const found = await entryFor(request, reply)
    if (!found) return reply
    allowOurFrames(reply)
    return reply.html('publishing/phone-preview', {
      title: found.entry.title || 'Sans titre',
      address: address(found.entry)
    })
  })

  app.get<{ Params: { id: string } }>(`${base}/:id/apercu`, forAgents, async (request, reply) => {
    const found = await entryFor(request, reply)
    if (!found) return reply
    const document = await currentDocument(app.db, content, found.entry)
    const missing = await content.missing(app.db, document, found.entry.content_id)
    allowFramedByUs(reply)
    // The draft is published for the time of this answer, and taken back: what is shown is the readers' page itself.
    const trx = await app.db.startTransaction().execute()
    try {
      const contentId = await content.publish(trx, found.entry.content_id ?? undefined, document, found.agent)
      if (missing.length > 0) {
        const sentences = missing.map(({ message }) => message).join(' ')
        reply.flash('info', `Cet aperçu est incomplet. Avant de publier\u00a0: ${sentences}`)
      }
      return await screen.preview(request, reply, trx, contentId)
    } catch (error) {
      if (missing.length === 0) throw error
    } finally {
      await trx.rollback().execute()
    }
    // Too little is written for the page to be shown: what is missing is the answer.
    return show(request, reply.code(422), found, document, { errors: missing })
  })

  historyRoutes(desk)
  proposalRoutes(desk)
  managementRoutes(desk)
}

interface Parts<Document> {
  /** What readers will see. */
  document: Document
  /** What stays a draft: what the agent may not publish of it. */
  waiting: Document | undefined
}

/**
 * Whoever does not manage a page publishes only what is theirs: a number, an address, an engagement that the webmaster prepares
 * in the same draft stays as readers know it, and waits.
 */
async function partsOf<Document extends object>(
  { app, content, broughtBack }: Desk<Document>,
  { entry, agent }: Found,
  document: Document
): Promise<Parts<Document>> {
  if (mayManageContent(agent) || entry.content_id === null) return { document, waiting: undefined }
  const onShow = await content.load(app.db, entry.content_id)
  if (!onShow) return { document, waiting: undefined }
  const own = broughtBack(document, onShow, agent)
  return { document: own, waiting: isDeepStrictEqual(own, document) ? undefined : document }
}

/** What the webmaster withdrew, the webmaster puts back. */
function isKeptBack({ entry, agent }: Found): boolean {
  return entry.withdrawn_at !== null && !mayManageContent(agent)
}

const keptBack =
  'Cette page a été retirée par le webmaster, qui seul peut la remettre en ligne. Ce que vous aviez écrit reste en brouillon.'

const onlyWebmaster = 'Le webmaster publie lui-même\u00a0: reprenez cette version dans l’historique, puis proposez-la.'
