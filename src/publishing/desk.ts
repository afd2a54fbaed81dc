/** What every screen of an entry begins with: whose it is, what it holds, what was typed. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { mayManageContent, mayPublishContent } from '../accounts/permissions.ts'
import type { SignedInAgent } from '../web/context.ts'
import type { FieldError, Typed } from '../web/forms.ts'
import { adviceOf } from './checks.ts'
import { currentDocument, type Entry, findEntry, type SaveResult } from './entries.ts'
import { versionOf } from './forms.ts'
import { type ContentKind, kindPaths } from './kinds.ts'
import { findPeople, noteEditing } from './queries.ts'
import { listAddresses } from './redirects.ts'
import type { Screen } from './screens.ts'
import { entryBar, isPublished } from './views.ts'

export type EntryRequest = FastifyRequest<{ Params: { id: string } }>

/** An entry, and the agent who may change it. */
export interface Found {
  entry: Entry
  agent: SignedInAgent
}

interface More {
  errors?: FieldError[]
  /** What somebody else saved meanwhile. */
  conflict?: Entry
  /** What was typed in the forms beside that of the content. */
  typed?: Typed
}

export interface Desk<Document extends object> {
  app: FastifyInstance
  content: ContentKind<Document>
  /** The path of the screens below /gestion. */
  base: string
  address(entry: Entry): string
  /** The entry that is asked for, when this agent may change it; otherwise the answer is already given. */
  entryFor(request: EntryRequest, reply: FastifyReply): Promise<Found | undefined>
  /** Answers with the screen of writing, filled with this document. */
  show(
    request: FastifyRequest,
    reply: FastifyReply,
    found: Found,
    document: Document,
    more?: More
  ): Promise<FastifyReply>
  /** What the posted form says, over what the entry holds. */
  posted(request: FastifyRequest, found: Found): Promise<{ version: number; document: Document; errors: FieldError[] }>
  /** Somebody saved in between: nothing is written, and both texts are there to choose from. */
  conflict(
    request: FastifyRequest,
    reply: FastifyReply,
    found: Found,
    document: Document,
    refused: SaveResult
  ): Promise<FastifyReply>
  /** An old version as this agent may bring it back. */
  broughtBack(old: Document, today: Document, agent: SignedInAgent): Document
}

/** Screens that a process draws at once: each asks some thirty questions, and the connections to the database are ten. */
let freePlaces = 4
const waiting: (() => void)[] = []

/** Fifty people told of one conflict at the same moment are answered one after the other, not with « momentanément indisponible ». */
async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (freePlaces > 0) freePlaces -= 1
  else await new Promise<void>((goOn) => waiting.push(goOn))
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else freePlaces += 1
  }
}

export function openDesk<Document extends object>(app: FastifyInstance, screen: Screen<Document>): Desk<Document> {
  const { content } = screen
  const base = `/${kindPaths[content.kind]}`
  const address = (entry: Entry): string => `/gestion${base}/${entry.id}`

  async function drawn(
    request: FastifyRequest,
    reply: FastifyReply,
    { entry, agent }: Found,
    document: Document,
    { errors = [], conflict, typed = {} }: More = {}
  ): Promise<FastifyReply> {
    const isWebmaster = mayManageContent(agent)
    const { content_id: contentId } = entry
    const isOnShow = contentId !== null && isPublished(entry)
    const others = await noteEditing(app.db, entry.id, agent.id)
    const people = await findPeople(app.db, conflict ?? entry)
    const addresses = isWebmaster && isOnShow ? await listAddresses(app.db) : []
    const advice = await adviceOf(app.db, content, document)
    const publicPath = contentId === null ? undefined : await content.publicPath(app.db, contentId)
    const theirs = conflict && (await content.inWords(app.db, await currentDocument(app.db, content, conflict)))
    const mine = conflict && (await content.inWords(app.db, document))
    const alsoHides = isWebmaster && contentId !== null ? await content.alsoHides?.(app.db, contentId) : undefined
    const keptFromTrash =
      isWebmaster && contentId !== null ? await content.keptFromTrash?.(app.db, contentId) : undefined
    const bar = entryBar({
      entry: conflict ?? entry,
      address: address(entry),
      publicPath,
      alsoHides,
      keptFromTrash,
      others,
      people,
      agentId: agent.id,
      mayManage: isWebmaster,
      mayPublish: mayPublishContent(agent, request.settings),
      isPermanent: content.isPermanent === true,
      addresses,
      advice,
      errors,
      typed,
      conflict: theirs && mine && { theirs, mine }
    })
    return screen.edit(request, reply, { bar, entry, document, errors })
  }

  const show: Desk<Document>['show'] = (...parts) => inTurn(() => drawn(...parts))

  return {
    app,
    content,
    base,
    address,
    show,
    async entryFor(request, reply) {
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
    },
    async posted(request, { entry, agent }) {
      const before = await currentDocument(app.db, content, entry)
      const { version } = versionOf(request.body)
      const { document, errors } = content.read(request.body, before, agent)
      const visible = content.onlyVisible ? await content.onlyVisible(app.db, document, before, agent) : document
      return { version, document: visible, errors }
    },
    async conflict(request, reply, found, document, refused) {
      reply.code(409)
      if (!isByScript(request)) return show(request, reply, found, document, { conflict: refused.entry })
      const { saver } = await findPeople(app.db, refused.entry)
      return reply.send({ version: refused.entry.version, savedBy: saver?.id === found.agent.id ? null : saver?.name })
    },
    broughtBack: (old, today, agent) => (content.bringBack ? content.bringBack(old, today, agent) : old)
  }
}

/** Sent by the page's script while somebody types. */
export function isByScript(request: FastifyRequest): boolean {
  return request.headers.accept === 'application/json'
}

/** A number that is taken, something named that is gone (SQLSTATE class 23). */
export function isRefusedByConstraint(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^23/.test(String(error.code))
}
