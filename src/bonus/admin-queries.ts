/** What the screens of the magazine and of the gallery list and propose. */
import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { type ChosenImage, findChosenImage, listMediaChoices, type MediaChoice } from '../media/choices.ts'
import { findHidden, type HiddenReason } from '../media/image-rights/image-rights-queries.ts'
import { listLibrary, measureLibrary } from '../media/library-queries.ts'
import { findMediaByIds, isOnShow, type MediaRow } from '../media/queries.ts'
import { entriesOf, mostListed } from '../publishing/queries.ts'
import type { AlbumDocument } from './album-document.ts'
import type { IssueDocument } from './issue-document.ts'

/** Every number that is not in the trash, published or not, the latest first. */
export function listIssueEntries(db: Database) {
  return entriesOf(db, 'issue')
    .leftJoin('issues', 'issues.id', 'entries.content_id')
    .select('issues.number')
    .select(sql<string | null>`coalesce(entries.draft ->> 'issuedOn', issues.issued_on::text)`.as('day'))
    .orderBy(sql`issues.number desc nulls first`)
    .orderBy('entries.id', 'desc')
    .limit(mostListed)
    .execute()
}

/** Every album that is not in the trash, published or not, the latest first. */
export function listAlbumEntries(db: Database) {
  return entriesOf(db, 'album')
    .leftJoin('albums', 'albums.id', 'entries.content_id')
    .select(sql<string | null>`coalesce(entries.draft ->> 'heldOn', albums.held_on::text)`.as('day'))
    .select(
      sql<number>`coalesce(jsonb_array_length(entries.draft -> 'items'),
        (select count(*) from album_media where album_id = albums.id))::integer`.as('item_count')
    )
    .orderBy(sql`albums.held_on desc nulls first`)
    .orderBy('entries.id', 'desc')
    .limit(mostListed)
    .execute()
}

export interface IssueChoices {
  library: MediaChoice[]
  cover: ChosenImage | undefined
  pdf: MediaChoice | undefined
}

export async function listIssueChoices(db: Database, { coverId, pdfId }: IssueDocument): Promise<IssueChoices> {
  const [library, cover] = await Promise.all([
    listMediaChoices(db, pdfId === null ? [] : [pdfId]),
    findChosenImage(db, coverId)
  ])
  return { library, cover, pdf: library.find((row) => row.id === pdfId) }
}

export interface AlbumChoices {
  library: MediaChoice[]
  /** The files of the album, those in the trash included. */
  files: Map<number, MediaRow>
  trashed: Set<number>
  hidden: Map<number, HiddenReason>
}

export async function listAlbumChoices(db: Database, document: AlbumDocument): Promise<AlbumChoices> {
  const ids = document.items.map(({ mediaId }) => mediaId)
  const [library, files, trashed, hidden] = await Promise.all([
    listMediaChoices(db, []),
    findMediaByIds(db, ids, { evenTrashed: true }),
    db
      .selectFrom('media')
      .select('id')
      .where('id', '=', sql<number>`any(${ids}::integer[])`)
      .where('trashed_at', 'is not', null)
      .execute(),
    findHidden(db, ids)
  ])
  return { library, files, hidden, trashed: new Set(trashed.map((row) => row.id)) }
}

/** Of these files, those that an album can show, in the order in which they came to the library. */
export async function findPhotosAndVideos(db: Database, ids: number[]): Promise<number[]> {
  const rows = await db
    .selectFrom('media')
    .select('id')
    .where('id', '=', sql<number>`any(${ids}::integer[])`)
    .where('kind', 'in', ['image', 'video'])
    .where(isOnShow())
    .orderBy('id')
    .execute()
  return rows.map((row) => row.id)
}

export async function listFilenames(db: Database, ids: number[]): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom('media')
    .select(['id', 'filename'])
    .where('id', '=', sql<number>`any(${ids}::integer[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, row.filename]))
}

/** When each of these photos was taken; of some, nobody knows. */
export async function listTakenAt(db: Database, ids: number[]): Promise<Map<number, Date>> {
  const rows = await db
    .selectFrom('media')
    .select(['id', 'taken_at'])
    .where('id', '=', sql<number>`any(${ids}::integer[])`)
    .execute()
  return new Map(rows.flatMap(({ id, taken_at }) => (taken_at ? [[id, taken_at] as const] : [])))
}

type LibraryFilter = Parameters<typeof listLibrary>[1]

/** One page of the library's photos or videos, and how many there are. */
export async function listPickable(db: Database, filter: LibraryFilter, page: number) {
  const shown = { ...filter, onShow: true as const }
  const [rows, { count }] = await Promise.all([listLibrary(db, shown, page), measureLibrary(db, shown)])
  return { rows, count }
}
