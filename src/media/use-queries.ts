/** Who names which file: what must not lose it, and where its readers meet it. */
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../db/database.ts'

/** Of these files, those that something shows. */
export async function listUsedIds(
  db: Database,
  ids: number[],
  { evenOfTrash = false }: { evenOfTrash?: boolean } = {}
): Promise<Set<number>> {
  if (ids.length === 0) return new Set()
  const { rows } = await sql<{ media_id: number }>`
    select distinct media_id from (${uses({ evenOfTrash })}) as uses where media_id = any(${ids}::integer[])`.execute(
    db
  )
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
