/** What the media library reads and writes. Slides are not listed: they belong to their presentation. */
import { type RawBuilder, type Selectable, type SelectQueryBuilder, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { DB, Media } from '../db/schema.ts'
import type { SignedInAgent } from '../web/context.ts'
import { noteInJournal } from '../web/journal.ts'
import { putInFolder } from './folders.ts'
import type { LibraryFilter } from './forms.ts'
import { type ImageRow, imageOf } from './queries.ts'

export interface LibraryRow
  extends Pick<
    Selectable<Media>,
    | 'id'
    | 'title'
    | 'filename'
    | 'kind'
    | 'alt'
    | 'content_type'
    | 'size'
    | 'captions_id'
    | 'transcript'
    | 'duration_seconds'
    | 'page_count'
    | 'created_at'
    | 'trashed_at'
  > {
  thumbnail: ImageRow | null
}

export const filesOnPage = 48

/** Newest first; in the trash, the last thrown away first. */
export function listLibrary(db: Database, filter: LibraryFilter, page: number): Promise<LibraryRow[]> {
  return filtered(db, filter)
    .select([
      'media.id',
      'media.title',
      'media.filename',
      'media.kind',
      'media.alt',
      'media.content_type',
      'media.size',
      'media.captions_id',
      'media.transcript',
      'media.duration_seconds',
      'media.page_count',
      'media.created_at',
      'media.trashed_at'
    ])
    .select(thumbnail().as('thumbnail'))
    .orderBy(filter.state === 'corbeille' ? 'media.trashed_at' : 'media.created_at', 'desc')
    .orderBy('media.id', 'desc')
    .limit(filesOnPage)
    .offset((page - 1) * filesOnPage)
    .execute()
}

export function measureLibrary(db: Database, filter: LibraryFilter): Promise<{ count: number; size: number }> {
  return filtered(db, filter)
    .select([sql<number>`count(*)`.as('count'), sql<number>`coalesce(sum(media.size), 0)::bigint`.as('size')])
    .executeTakeFirstOrThrow()
}

function filtered(
  db: Database,
  { words, kind, state, folder }: LibraryFilter
): SelectQueryBuilder<DB, 'media', object> {
  return db
    .selectFrom('media')
    .where('media.trashed_at', state === 'corbeille' ? 'is not' : 'is', null)
    .where(isOfItsOwn())
    .$if(kind !== undefined, (query) => query.where('media.kind', '=', kind ?? 'image'))
    .$if(state === 'sans-texte', (query) => query.where('media.kind', '=', 'image').where('media.alt', 'is', null))
    .$if(state === 'sans-sous-titres', (query) =>
      query.where('media.kind', '=', 'video').where('media.captions_id', 'is', null)
    )
    .$if(folder !== undefined, (query) => query.where('media.folder_id', '=', folder ?? 0))
    .$if(state === 'non-utilise', (query) =>
      query.where(sql<boolean>`not exists (select from (${uses()}) as uses where uses.media_id = media.id)`)
    )
    .where(namedBy(words))
}

/** Whether a row of `media` holds all these words, with or without their accents. */
export function namedBy(words: string[]): RawBuilder<boolean> {
  const conditions = words.map(
    (word) => sql`unaccent(lower(media.title || ' ' || media.filename || ' ' || coalesce(media.alt, '')))
      like unaccent(lower(${`%${word.replaceAll(/[\\%_]/g, '\\$&')}%`}))`
  )
  return words.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(conditions, sql` and `)})`
}

/** Slides belong to their presentation. */
export function isOfItsOwn(): RawBuilder<boolean> {
  return sql<boolean>`not exists (select from slides where slides.image_id = media.id)`
}

/** The image itself, the poster of a video, the first slide of a presentation. In the trash as well. */
export function thumbnail(): RawBuilder<ImageRow | null> {
  return imageOf(
    sql<number | null>`case media.kind
      when 'image' then media.id
      when 'video' then media.poster_id
      when 'presentation' then
        (select slides.image_id from slides where slides.media_id = media.id order by slides.position limit 1)
      end`,
    { evenTrashed: true }
  )
}

/** Of these files, those that something shows. */
export async function listUsedIds(db: Database, ids: number[]): Promise<Set<number>> {
  const { rows } = await sql<{ media_id: number }>`
    select distinct media_id from (${uses()}) as uses where media_id = any(${ids}::integer[])`.execute(db)
  return new Set(rows.map((row) => row.media_id))
}

export type UsePlace =
  | 'image'
  | 'document'
  | 'text'
  | 'portrait'
  | 'file'
  | 'cover'
  | 'pdf'
  | 'album'
  | 'words'
  | 'highlight'
  | 'step'
  | 'draft'
  | 'logo'
  | 'slide'
  | 'poster'
  | 'captions'

export interface MediaUse {
  place: UsePlace
  title: string
  href: string
}

/** Everything that shows a file, published or not. */
export async function listUses(db: Database, id: number): Promise<MediaUse[]> {
  const { rows } = await sql<MediaUse>`
    select distinct place, title, href from (${uses()}) as uses where media_id = ${id}::integer
    order by title, place limit 200`.execute(db)
  return rows
}

/**
 * Who names which file: a table that gains a column of files is added here. A text names a file by its address,
 * or by its number in a block of its own; a draft is JSON, where quotes have a backslash. `evenOfTrash` counts the drafts of
 * contents that may still come back.
 */
export function uses({
  evenOfTrash = false
} = {}): RawBuilder<{ media_id: number; place: UsePlace; title: string; href: string }> {
  const inText = sql.raw(
    String.raw`'(?:/medias/|data-(?:image|video|document)=\\?")(\d{1,9})(?:/|\\?")', 'g') as found (id)`
  )
  // Leads to the screen where the content is written, whatever its kind.
  const draftAddress = sql.raw("'/gestion/contenus/' || entries.id")
  const ofEntries = evenOfTrash ? sql`true` : sql`entries.trashed_at is null`
  return sql`
    select image_id as media_id, 'image' as place, title, '/actions/' || slug as href from actions
    union all select action_documents.media_id, 'document', title, '/actions/' || slug
      from action_documents join actions on actions.id = action_documents.action_id
    union all select found.id[1]::integer, 'text', title, '/actions/' || slug
      from actions, regexp_matches(summary || results || tools, ${inText}
    union all select image_id, 'image', title, '/engagements/' || slug from engagements
    union all select found.id[1]::integer, 'text', title, '/engagements/' || slug
      from engagements, regexp_matches(description, ${inText}
    union all select image_id, 'image', name, '/directions/' || slug from directions
    union all select found.id[1]::integer, 'text', name, '/directions/' || slug
      from directions, regexp_matches(project, ${inText}
    union all select direction_media.media_id, 'file', name, '/directions/' || slug
      from direction_media join directions on directions.id = direction_media.direction_id
    union all select portrait_id, 'portrait', direction_members.name, '/directions/' || slug
      from direction_members join directions on directions.id = direction_members.direction_id
    union all select cover_id, 'cover', title, '/bonus/entre-nous/' || slug from issues
    union all select pdf_id, 'pdf', title, '/bonus/entre-nous/' || slug from issues
    union all select found.id[1]::integer, 'text', title, '/bonus/entre-nous/' || slug
      from issues, regexp_matches(body, ${inText}
    union all select album_media.media_id, 'album', title, '/bonus/galerie/' || slug
      from album_media join albums on albums.id = album_media.album_id
    union all select found.id[1]::integer, 'text', title, case slug when 'accueil' then '/' else '/' || slug end
      from pages, regexp_matches(body, ${inText}
    union all select portrait_id, 'portrait', author_name, '/' from home_words
    union all select video_id, 'words', author_name, '/' from home_words
    union all select found.id[1]::integer, 'words', author_name, '/' from home_words, regexp_matches(body, ${inText}
    union all select image_id, 'highlight', title, '/' from highlights
    union all select image_id, 'step', title, '/demarche' from demarche_steps
    union all select found.id[1]::integer, 'step', title, '/demarche'
      from demarche_steps, regexp_matches(body, ${inText}
    union all select case jsonb_typeof(named.id) when 'number' then named.id::integer end, 'draft', title, ${draftAddress}
      from entries
      cross join (values ('$.**.imageId'), ('$.**.portraitId'), ('$.**.videoId'), ('$.**.coverId'), ('$.**.pdfId'),
        ('$.**.mediaId'), ('$.**.documentIds[*]'), ('$.**.mediaIds[*]')) as path (text)
      cross join lateral jsonb_path_query(draft, path.text::jsonpath) as named (id)
      where ${ofEntries}
    union all select found.id[1]::integer, 'draft', title, ${draftAddress}
      from entries, regexp_matches(draft::text, ${inText} where ${ofEntries}
    union all select logo_id, 'logo', 'Réglages du site', '/gestion/reglages' from settings
    union all select slides.image_id, 'slide', media.title, '/gestion/mediatheque/' || media.id
      from slides join media on media.id = slides.media_id where media.trashed_at is null
    union all select poster_id, 'poster', title, '/gestion/mediatheque/' || id from media where trashed_at is null
    union all select captions_id, 'captions', title, '/gestion/mediatheque/' || id from media where trashed_at is null`
}

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
      imageOf(eb.ref('media.poster_id')).as('poster')
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
    .where('trashed_at', 'is', null)
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
    if (dossier !== undefined) await putInFolder(trx, file.id, dossier)
    await noteOnFile(trx, { ...file, title: details.title ?? file.title }, 'edited', by)
  })
}

/** Who does something to a file. */
export type By = Pick<SignedInAgent, 'id' | 'name'>

/** Writes in the journal what was done to a file, in the transaction that does it. */
export async function noteOnFile(
  trx: Database,
  file: { id: number; title: string },
  event: 'added' | 'replaced' | 'trashed' | 'untrashed' | 'deleted' | 'edited',
  by: By | undefined
): Promise<void> {
  await noteInJournal(trx, {
    agentId: by?.id ?? null,
    agentName: by?.name ?? 'Le site',
    subject: 'media',
    subjectId: file.id,
    title: file.title,
    event
  })
}

/** The slides of a presentation go with it. */
export async function trashFile(db: Database, file: { id: number; title: string }, by: By): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const thrown = await trx
      .updateTable('media')
      .set({ trashed_at: sql<Date>`now()`, trashed_by: by.id })
      .where(withSlides(file.id))
      .where('trashed_at', 'is', null)
      .returning('id')
      .execute()
    if (thrown.length > 0) await noteOnFile(trx, file, 'trashed', by)
  })
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
