/** The back-office of the magazine and of the gallery: their lists, and the screens on which a number and an album are written. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Database } from '../db/database.ts'
import { filesOnPage } from '../media/library-queries.ts'
import { findSlug } from '../publishing/addresses.ts'
import { currentDocument, type Entry, findEntry, saveDraft } from '../publishing/entries.ts'
import { readFields } from '../publishing/fields.ts'
import { entryRoutes, type Screen } from '../publishing/screens.ts'
import type { SignedInAgent } from '../web/context.ts'
import { countText, plural } from '../web/format.ts'
import type { FieldError } from '../web/forms.ts'
import { gestureForm, type PickerQuery, pickerForm, pickerQuery } from './admin-forms.ts'
import {
  findPhotosAndVideos,
  listAlbumChoices,
  listAlbumEntries,
  listFilenames,
  listIssueChoices,
  listIssueEntries,
  listPickable,
  listTakenAt
} from './admin-queries.ts'
import { albumEditPage, albumEntriesPage, issueEditPage, issueEntriesPage, pickerPage } from './admin-views.ts'
import { albumContent } from './album-content.ts'
import { type AlbumDocument, eachOnce, mostItems, readAlbum, tooManyItems } from './album-document.ts'
import { issueContent } from './issue-content.ts'
import type { IssueDocument } from './issue-document.ts'
import { findAlbumPage, findIssuePage } from './queries.ts'
import { albumPage, issuePage } from './views.ts'

const issueScreen: Screen<IssueDocument> = {
  content: issueContent,
  edit: async (request, reply, { bar, document, errors }) => {
    const choices = await listIssueChoices(request.server.db, document)
    return reply.html('bonus/admin/issue', issueEditPage({ bar, document, errors, choices }))
  },
  preview: async (_request, reply, db, contentId) => {
    const slug = await findSlug(db, 'issues', contentId)
    const parts = await findIssuePage(db, slug)
    if (!parts) throw new Error('A number that was just published can be read.')
    return reply.html('bonus/issue', issuePage(parts))
  }
}

const albumScreen: Screen<AlbumDocument> = {
  content: albumContent,
  edit: async (request, reply, { bar, document, errors }) => {
    const choices = await listAlbumChoices(request.server.db, document)
    return reply.html('bonus/admin/album', albumEditPage({ bar, document, errors, choices }))
  },
  preview: async (_request, reply, db, contentId) => {
    const slug = await findSlug(db, 'albums', contentId)
    const parts = await findAlbumPage(db, slug)
    if (!parts) throw new Error('An album that was just published can be read.')
    return reply.html('bonus/album', albumPage(parts))
  }
}

type AlbumRequest = FastifyRequest<{ Params: { id: string } }>

export async function bonusAdmin(app: FastifyInstance): Promise<void> {
  app.get('/entre-nous', async (_request, reply) =>
    reply.html('publishing/list', issueEntriesPage(await listIssueEntries(app.db)))
  )
  entryRoutes(app, issueScreen)

  app.get('/albums', async (_request, reply) =>
    reply.html('publishing/list', albumEntriesPage(await listAlbumEntries(app.db)))
  )
  entryRoutes(app, albumScreen)

  app.post<{ Params: { id: string } }>('/albums/:id/photos/geste', async (request, reply) => {
    const found = await findAlbumEntry(request, reply)
    if (!found) return reply
    const { entry, agent } = found
    const form = readFields(gestureForm, request.body)
    const { geste: gesture, version } = form.ok ? form.values : { geste: 'choisir' as const, version: 0 }
    const { document, errors } = readAlbum(request.body, await currentDocument(app.db, albumContent, entry))
    const changed = await arrange[gesture](app.db, document)
    const saved =
      errors.length > 0
        ? undefined
        : await saveDraft(app.db, albumContent, { entryId: entry.id, version, document: changed, author: agent })
    // What cannot be saved is told by the mechanism itself, to which the browser sends the same form again.
    if (!saved?.ok) return reply.redirect(`${albumAddress(entry)}/brouillon`, 307)
    if (gesture === 'choisir') return reply.redirect(`${albumAddress(entry)}/photos`, 303)
    if (gesture === 'dater') reply.flash('success', await datedSentence(app.db, changed))
    return reply.redirect(albumAddress(entry), 303)
  })

  async function showPicker(
    reply: FastifyReply,
    entry: Entry,
    query: PickerQuery,
    refused: { ticked: number[]; errors: FieldError[] } = { ticked: [], errors: [] }
  ): Promise<FastifyReply> {
    const words = query.words.split(/\s+/).filter(Boolean).slice(0, 8)
    const [found, document] = await Promise.all([
      listPickable(app.db, { text: query.words, words, kind: query.kind, state: undefined }, query.page),
      currentDocument(app.db, albumContent, entry)
    ])
    return reply.html(
      'bonus/admin/picker',
      pickerPage({
        entry,
        query,
        found,
        pageCount: Math.ceil(found.count / filesOnPage),
        inAlbum: new Set(document.items.map(({ mediaId }) => mediaId)),
        ...refused
      })
    )
  }

  app.get<{ Params: { id: string } }>('/albums/:id/photos', async (request, reply) => {
    const found = await findAlbumEntry(request, reply)
    return found ? showPicker(reply, found.entry, pickerQuery.parse(request.query)) : reply
  })

  app.post<{ Params: { id: string } }>('/albums/:id/photos', async (request, reply) => {
    const found = await findAlbumEntry(request, reply)
    if (!found) return reply
    const { entry, agent } = found
    const query = pickerQuery.parse(request.query)
    const form = readFields(pickerForm, request.body)
    const ticked = form.ok ? await findPhotosAndVideos(app.db, form.values.photos) : []
    const refuse = (message: string): Promise<FastifyReply> =>
      showPicker(reply.code(422), entry, query, { ticked, errors: [{ field: 'photos', message }] })
    if (!form.ok) return refuse(tooManyItems)
    if (ticked.length === 0) return refuse('Cochez au moins une photo ou une vidéo.')
    const added = await addToAlbum(app.db, entry.id, ticked, agent)
    if (added === 'full') return refuse(tooManyItems)
    if (added === 'moved') {
      return reply
        .flash(
          'info',
          'Cet album est à la corbeille, ou quelqu’un l’enregistre au même moment\u00a0: rien n’a été ajouté.'
        )
        .redirect(albumAddress(entry), 303)
    }
    reply.flash('success', `${countText(added, 'fichier')} ${plural(added, 'ajouté')} à l’album.`)
    if (form.values.suite !== 'continuer') return reply.redirect(`${albumAddress(entry)}#photos`, 303)
    return reply.redirect(request.url, 303)
  })

  async function findAlbumEntry(
    request: AlbumRequest,
    reply: FastifyReply
  ): Promise<{ entry: Entry; agent: SignedInAgent } | undefined> {
    const id = /^\d{1,9}$/.test(request.params.id) ? Number(request.params.id) : 0
    const entry = await findEntry(app.db, 'album', id)
    const { agent } = request
    if (entry && agent && (await albumContent.mayEdit(app.db, agent, entry.content_id))) return { entry, agent }
    reply.callNotFound()
    return undefined
  }
}

function albumAddress(entry: Entry): string {
  return `/gestion/albums/${entry.id}`
}

/**
 * Adds files at the end of what is being written, and gives how many were not there yet. It touches nothing else: no version is
 * asked for, and whoever saves at the same moment only makes it begin again.
 */
async function addToAlbum(
  db: Database,
  entryId: number,
  ids: number[],
  author: SignedInAgent
): Promise<number | 'full' | 'moved'> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const entry = await findEntry(db, 'album', entryId)
    if (!entry || entry.trashed_at) return 'moved'
    const document = await currentDocument(db, albumContent, entry)
    const items = eachOnce([...document.items, ...ids.map((mediaId) => ({ mediaId, caption: '', alternative: null }))])
    if (items.length > mostItems) return 'full'
    const added = items.length - document.items.length
    if (added === 0) return 0
    const { version } = entry
    const saved = await saveDraft(db, albumContent, { entryId, version, document: { ...document, items }, author })
    if (saved.ok) return added
  }
  return 'moved'
}

const arrange = {
  choisir: async (_db: Database, document: AlbumDocument) => document,
  trier: sortedByFilename,
  dater: sortedByDate
}

const byName = new Intl.Collator('fr', { numeric: true, sensitivity: 'base' })

/** Cameras and phones number what they take: the order in which each of them took its own. */
async function sortedByFilename(db: Database, document: AlbumDocument): Promise<AlbumDocument> {
  const names = await listFilenames(
    db,
    document.items.map(({ mediaId }) => mediaId)
  )
  const nameOf = ({ mediaId }: { mediaId: number }): string => names.get(mediaId) ?? ''
  return { ...document, items: document.items.toSorted((one, other) => byName.compare(nameOf(one), nameOf(other))) }
}

/** The order of the clock, whoever held the camera; what has no date stays in its order, at the end. */
async function sortedByDate(db: Database, document: AlbumDocument): Promise<AlbumDocument> {
  const dates = await datesOf(db, document)
  const timeOf = ({ mediaId }: { mediaId: number }): number => dates.get(mediaId)?.valueOf() ?? Number.MAX_VALUE
  return { ...document, items: document.items.toSorted((one, other) => timeOf(one) - timeOf(other)) }
}

async function datedSentence(db: Database, document: AlbumDocument): Promise<string> {
  const dates = await datesOf(db, document)
  const without = document.items.filter(({ mediaId }) => !dates.has(mediaId)).length
  const done = 'Les photos sont rangées par date de prise de vue.'
  if (without === 0) return done
  return `${done} ${countText(without, 'fichier', 'fichiers')} sans date ${plural(without, 'reste', 'restent')} à la fin.`
}

function datesOf(db: Database, { items }: AlbumDocument): Promise<Map<number, Date>> {
  return listTakenAt(
    db,
    items.map(({ mediaId }) => mediaId)
  )
}
