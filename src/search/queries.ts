/**
 * Search over everything that is published, in French, with or without accents: pages, and what the slides, the PDF files and the
 * films that they show say.
 */
import { type RawBuilder, sql } from 'kysely'
import { isPublishedAction } from '../accounts/permissions.ts'
import type { Database } from '../db/database.ts'
import type { Media } from '../db/schema.ts'
import { type ImageRow, imageOf, isOnShow } from '../media/queries.ts'
import type { ContentKind } from '../pages/kinds.ts'

export interface SearchRow {
  kind: ContentKind
  number: number | null
  title: string
  slug: string
  /** What of the page was found, when it is not the page itself. */
  part: SearchedPart | null
  /** HTML around what was found, the words found between U+E000 and U+E001. */
  excerpt: string
  total: number
}

/** A slide of a presentation, a page of a PDF, or the words of a film. */
export interface SearchedPart {
  mediaId: number
  kind: Media['kind']
  fileTitle: string
  /** Null where the file is not read page by page. */
  position: number | null
  title: string
  /** How many slides of this file hold the words; the best is shown. */
  hits: number
  image: ImageRow | null
}

export const resultsPerPage = 20

// Characters of the private use area cannot be typed by accident, and mean nothing in HTML.
const marks = 'StartSel=\ue000, StopSel=\ue001, MaxWords=30, MinWords=12, MaxFragments=1'

const everything = sql`
  select 'action' as kind, number, title, slug, summary || ' ' || results || ' ' || tools as body, search, 1.0 as weight
    from actions where ${isPublishedAction()}
  union all
  select 'engagement', number, title, slug, tagline || ' ' || description, search, 1.2
    from engagements where published_at is not null
  union all
  select 'direction', null, name, slug, tagline || ' ' || project, search, 1.1
    from directions where published_at is not null
  union all
  select 'issue', number, title, slug, summary || ' ' || body, search, 0.9 from issues where published_at is not null
  union all
  select 'album', null, title, slug, description, search, 0.8 from albums where published_at is not null
  union all
  select 'page', null, title, slug, introduction || ' ' || body, search, 0.7 from pages`

/** Below a page that says the same. */
const weightOfParts = sql`0.6`

/** The pages that show a file whole; a text names the files among its words by their number. */
const placesOfFiles = sql`
  select media_id, 'direction' as kind, null::smallint as number, name as title, slug
    from direction_media join directions on directions.id = direction_media.direction_id
    where directions.published_at is not null
  union all
  select media_id, 'action', number, title, slug
    from action_documents join actions on actions.id = action_documents.action_id
    where ${isPublishedAction()}
  union all
  select pdf_id, 'issue', number, title, slug from issues where published_at is not null and pdf_id is not null
  union all
  select media_id, 'album', null, title, slug
    from album_media join albums on albums.id = album_media.album_id where albums.published_at is not null
  union all
  select video_id, 'page', null, 'Accueil', '' from home_words where video_id is not null
  union all
  select named.id[1]::integer, kind, number, title, slug
    from (${everything}) as texts
    cross join lateral regexp_matches(body, ' data-(?:video|document)="(\\d{1,9})"', 'g') as named (id)
    where strpos(body, ' data-') > 0`

/** Tags inside a sentence leave nothing behind them, « <strong>mot</strong>, » gives « mot, »; those around it part it from the next. */
function wordsOf(html: string): RawBuilder<string> {
  const withoutInline = sql`regexp_replace(${sql.ref(html)}, '</?(strong|em|sup|a|span)(\\s[^>]*)?>', '', 'g')`
  return sql`regexp_replace(${withoutInline}, '<[^>]+>', ' ', 'g')`
}

/** Pages that hold all these words, and slides and films that do, best first. Only the page shown pays for its excerpts. */
export async function searchWords(db: Database, words: string, page: number): Promise<SearchRow[]> {
  // Repeated rather than joined: only so do the terms reach the index of each table (measured: 0.1 ms instead of 2.6).
  const terms = sql`websearch_to_tsquery('french_unaccent', ${words})`
  const isHtml = sql`part_id is null`
  const { rows } = await sql<SearchRow>`
    with said as (
      select distinct on (media_id) media_id, position, title, body, rank, count(*) over (partition by media_id) as hits
      from (
        select media_id, position, title, text || ' ' || notes as body, ts_rank_cd(search, ${terms}) as rank
          from slides where search @@ ${terms}
        union all
        select id, null, title, transcript, ts_rank_cd(search, ${terms})
          from media where kind in ('video', 'presentation', 'pdf') and search @@ ${terms}
      ) as matches
      order by media_id, rank desc, position
    ),
    shown as (
      select distinct on (said.media_id) places.kind, places.number, places.title, places.slug, said.media_id, said.position,
        said.title as part_title, said.body, said.rank * ${weightOfParts} as rank, said.hits
      from said
      join media on media.id = said.media_id and ${isOnShow()}
      join (${placesOfFiles}) as places on places.media_id = said.media_id
      order by said.media_id, places.kind = 'page', places.title
    ),
    found as (
      select *, count(*) over () as total
      from (
        select kind, number, title, slug, body, ts_rank_cd(search, ${terms}) * weight as rank, null::integer as part_id,
          null::smallint as position, null as part_title, 0 as hits
        from (${everything}) as entries where search @@ ${terms}
        union all
        select kind, number, title, slug, body, rank, media_id, position, part_title, hits from shown
      ) as all_found
      order by rank desc, title, part_title
      limit ${resultsPerPage} offset ${(page - 1) * resultsPerPage}
    )
    select found.kind, found.number, found.title, found.slug, found.total,
      ts_headline('french_unaccent', case when ${isHtml} then ${wordsOf('body')} else body end, ${terms}, ${marks}) as excerpt,
      case when part_id is not null then jsonb_build_object('mediaId', part_id, 'kind', media.kind, 'fileTitle', media.title,
        'position', found.position, 'title', part_title, 'hits', hits, 'image', ${imageOf(imageOfPart())}) end as part
    from found left join media on media.id = part_id
    order by rank desc, found.title, part_title`.execute(db)
  return rows
}

/** The slide that was found, the first one, or the poster of a film. */
function imageOfPart(): RawBuilder<number | null> {
  return sql<number | null>`coalesce(
    (select slides.image_id from slides where slides.media_id = part_id and slides.position = coalesce(found.position, 1)),
    media.poster_id)`
}

/** Pages whose title looks like these words: what is left to try when a word was mistyped. */
export async function searchAlike(db: Database, words: string): Promise<SearchRow[]> {
  const { rows } = await sql<SearchRow>`
    select kind, number, title, slug, null as part, '' as excerpt, count(*) over () as total
    from (${everything}) as entries
    where strict_word_similarity(lower(unaccent(${words})), lower(unaccent(title))) > 0.35
    order by strict_word_similarity(lower(unaccent(${words})), lower(unaccent(title))) desc, title
    limit ${resultsPerPage}`.execute(db)
  return rows
}
