/** What the media library reads and writes. Slides are not listed: they belong to their presentation. */
import { type RawBuilder, type Selectable, type SelectQueryBuilder, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { DB, Media } from '../db/schema.ts'
import { isPdfToImprove } from './documents/pdf-advice.ts'
import type { LibraryFilter } from './forms.ts'
import { type ImageRow, imageOf, isOnShow, todayInParis } from './queries.ts'
import { uses } from './use-queries.ts'
import { isExcused } from './video/missing-words.ts'

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
    | 'preparation'
    | 'preparation_note'
    | 'prepared_at'
    | 'agreement'
    | 'agreement_until'
  > {
  isPdfToImprove: boolean
  thumbnail: ImageRow | null
  /** Somebody said why it has no words. */
  isExcused: boolean
}

export const filesOnPage = 48
/** How long before its end an agreement is worth a word. */
export const warnedDays = 30

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
      'media.trashed_at',
      'media.agreement',
      'media.agreement_until',
      'media.preparation',
      'media.preparation_note',
      'media.prepared_at',
      sql<boolean>`coalesce(${isPdfToImprove()}, false)`.as('isPdfToImprove')
    ])
    .select([thumbnail().as('thumbnail'), isExcused().as('isExcused')])
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
  { words, kind, state, folder, onShow }: LibraryFilter
): SelectQueryBuilder<DB, 'media', object> {
  return db
    .selectFrom('media')
    .where('media.trashed_at', state === 'corbeille' ? 'is not' : 'is', null)
    .where(isOfItsOwn())
    .$if(kind !== undefined, (query) => query.where('media.kind', '=', kind ?? 'image'))
    .$if(state === 'sans-texte', (query) => query.where('media.kind', '=', 'image').where('media.alt', 'is', null))
    .$if(state === 'sans-sous-titres', (query) =>
      query
        .where('media.kind', '=', 'video')
        .where('media.captions_id', 'is', null)
        .where(sql<boolean>`not ${isExcused()}`)
    )
    .$if(state === 'droit-a-verifier', (query) =>
      query.where('media.kind', 'in', ['image', 'video']).where('media.agreement', '=', 'a_demander')
    )
    .$if(state === 'accord-bientot-fini', (query) =>
      query.where('media.agreement_until', '<', sql<string>`${todayInParis} + ${sql.lit(warnedDays)}`)
    )
    .$if(state === 'masques', (query) => query.where(({ not }) => not(isOnShow())))
    .$if(onShow === true, (query) => query.where(isOnShow()))
    .$if(folder !== undefined, (query) => query.where('media.folder_id', '=', folder ?? 0))
    .$if(state === 'pdf-a-ameliorer', (query) => query.where(isPdfToImprove()))
    .$if(state === 'en-preparation', (query) => query.where(isUnderway))
    .$if(state === 'en-echec', (query) => query.where('media.preparation', '=', 'failed'))
    .$if(state === 'non-utilise', (query) =>
      query.where(sql<boolean>`not exists (select from (${uses()}) as uses where uses.media_id = media.id)`)
    )
    .where(namedBy(words))
}

const isUnderway = sql<boolean>`(media.preparation in ('waiting', 'working')
  or (media.kind = 'image' and media.preparation = 'ready' and media.prepared_at is null))`

/** How many files of the whole library wait for their preparation, or could not be prepared. */
export function countUnprepared(db: Database): Promise<{ underway: number; failed: number }> {
  return (
    db
      .selectFrom('media')
      .select([
        sql<number>`count(*) filter (where ${isUnderway})`.as('underway'),
        sql<number>`count(*) filter (where media.preparation = 'failed')`.as('failed')
      ])
      .where('media.trashed_at', 'is', null)
      // As the index says it: the library is large, what waits is not.
      .where(sql<boolean>`(media.preparation <> 'ready' or (media.kind = 'image' and media.prepared_at is null))`)
      .where(isOfItsOwn())
      .executeTakeFirstOrThrow()
  )
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

/** The image itself, the poster of a video, the first slide of a presentation, the first page of a PDF. In the trash as well. */
export function thumbnail(): RawBuilder<ImageRow | null> {
  return imageOf(
    sql<number | null>`case media.kind
      when 'image' then media.id
      when 'video' then media.poster_id
      else (select slides.image_id from slides where slides.media_id = media.id order by slides.position limit 1)
      end`,
    { evenTrashed: true }
  )
}
