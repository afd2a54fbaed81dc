/** What the page of one file of the library reads and writes. */
import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { Media } from '../db/schema.ts'
import type { SignedInAgent } from '../web/context.ts'
import { noteInJournal } from '../web/journal.ts'
import { putInFolder } from './folders.ts'
import { settleRemovals } from './image-rights/removal-requests.ts'
import { isOfItsOwn } from './library-queries.ts'
import { type ImageRow, imageOf, isOnShow } from './queries.ts'
import { keepPoster } from './video/video-frames.ts'

export type LibraryFile = Selectable<Media> & {
  authorName: string | null
  trashedByName: string | null
  folderName: string | null
  image: ImageRow | null
  poster: ImageRow | null
  /** The presentation of which this image is a slide. */
  deck: { id: number; title: string } | null
}

/** A file with what its page tells, in the trash or not. */
export async function findLibraryFile(db: Database, id: number): Promise<LibraryFile | undefined> {
  const row = await db
    .selectFrom('media')
    .leftJoin('agents as author', 'author.id', 'media.author_id')
    .leftJoin('agents as trasher', 'trasher.id', 'media.trashed_by')
    .leftJoin('media_folders', 'media_folders.id', 'media.folder_id')
    .selectAll('media')
    .select((eb) => [
      'author.name as authorName',
      'trasher.name as trashedByName',
      'media_folders.name as folderName',
      imageOf(sql<number | null>`case media.kind when 'image' then media.id end`, { evenTrashed: true }).as('image'),
      imageOf(eb.ref('media.poster_id'), { evenTrashed: true }).as('poster')
    ])
    .where('media.id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const deck = await db
    .selectFrom('slides')
    .innerJoin('media', 'media.id', 'slides.media_id')
    .select(['media.id', 'media.title'])
    .where('slides.image_id', '=', id)
    .limit(1)
    .executeTakeFirst()
  return { ...row, deck: deck ?? null }
}

export interface Offered {
  id: number
  title: string
  filename: string
}

/** The files that may be chosen for a field: the newest, and the one that is chosen already. */
export function listOffered(db: Database, kind: 'image' | 'captions', chosen: number | null): Promise<Offered[]> {
  return db
    .selectFrom('media')
    .select(['id', 'title', 'filename'])
    .where('kind', '=', kind)
    .where(isOnShow())
    .where(isOfItsOwn())
    .orderBy(sql`id = ${chosen ?? 0}`, 'desc')
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
}

export type FileDetails = Pick<
  Selectable<Media>,
  'title' | 'alt' | 'focal_x' | 'focal_y' | 'poster_id' | 'captions_id' | 'transcript'
> & {
  /** The name of its folder; empty: none; undefined: as it was. */
  dossier: string | undefined
  /** As JSON: see chapters.ts. */
  chapters: string
}

export async function saveFileDetails(
  db: Database,
  file: { id: number; title: string },
  { dossier, ...details }: Partial<FileDetails>,
  by: By
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const described = details.alt === undefined ? {} : { described_by: by.id }
    await trx
      .updateTable('media')
      .set({ ...details, ...described })
      .where('id', '=', file.id)
      .execute()
    if (details.poster_id !== undefined) await keepPoster(trx, file.id, details.poster_id)
    if (dossier !== undefined) await putInFolder(trx, file.id, dossier)
    await noteOnFile(trx, { ...file, title: details.title ?? file.title }, 'edited', by)
  })
}

/** The picture comes a moment later, by a job: see video-frames.ts. */
export async function askForFrame(
  db: Database,
  film: { id: number; title: string },
  second: number,
  by: By
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('media')
      .set({ frame_wanted: second, frame_attempts: 0, frame_note: '' })
      .where('id', '=', film.id)
      .execute()
    await noteOnFile(trx, film, 'edited', by, 'Image d’attente')
  })
}

/** Who does something to a file. */
export type By = Pick<SignedInAgent, 'id' | 'name'>

export type FileEvent =
  | 'added'
  | 'replaced'
  | 'trashed'
  | 'untrashed'
  | 'deleted'
  | 'edited'
  | 'agreement'
  | 'agreement-ended'
  | 'removal-requested'
  | 'kept-hidden'
  | 'shown-again'

/** Writes in the journal what was done to a file, in the transaction that does it. */
export async function noteOnFile(
  trx: Database,
  file: { id: number; title: string },
  event: FileEvent,
  by: By | undefined,
  details = ''
): Promise<void> {
  await noteInJournal(trx, {
    agentId: by?.id ?? null,
    agentName: by?.name ?? 'Le site',
    subject: 'media',
    subjectId: file.id,
    title: file.title,
    event,
    details
  })
}

/** The slides of a presentation go with it, and who asked for its removal is told; to be called in a transaction. */
export async function trashFile(trx: Database, file: { id: number; title: string }, by: By): Promise<void> {
  const thrown = await trx
    .updateTable('media')
    .set({ trashed_at: sql<Date>`now()`, trashed_by: by.id })
    .where(withSlides(file.id))
    .where('trashed_at', 'is', null)
    .returning('id')
    .execute()
  if (thrown.length === 0) return
  await settleRemovals(trx, file.id, { decision: 'jetee', reason: '' }, by)
  await noteOnFile(trx, file, 'trashed', by)
}

export async function restoreFile(db: Database, file: { id: number; title: string }, by: By): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const restored = await trx
      .updateTable('media')
      .set({ trashed_at: null, trashed_by: null })
      .where(withSlides(file.id))
      .where('trashed_at', 'is not', null)
      .returning('id')
      .execute()
    if (restored.length > 0) await noteOnFile(trx, file, 'untrashed', by)
  })
}

function withSlides(id: number): RawBuilder<boolean> {
  return sql<boolean>`(media.id = ${id} or media.id in (select image_id from slides where media_id = ${id}))`
}
