/** Search over everything that is published, in French, with or without accents. */
import { type RawBuilder, sql } from 'kysely'
import { isPublishedAction } from '../accounts/permissions.ts'
import type { Database } from '../db/database.ts'
import type { ContentKind } from '../pages/kinds.ts'

export interface SearchRow {
  kind: ContentKind
  number: number | null
  title: string
  slug: string
  /** HTML around what was found, the words found between U+E000 and U+E001. */
  excerpt: string
  total: number
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

/** Tags inside a sentence leave nothing behind them, « <strong>mot</strong>, » gives « mot, »; those around it part it from the next. */
function wordsOf(html: string): RawBuilder<string> {
  const withoutInline = sql`regexp_replace(${sql.ref(html)}, '</?(strong|em|sup|a|span)(\\s[^>]*)?>', '', 'g')`
  return sql`regexp_replace(${withoutInline}, '<[^>]+>', ' ', 'g')`
}

/** Pages that hold all these words, best first. Only the page shown pays for its excerpts. */
export async function searchWords(db: Database, words: string, page: number): Promise<SearchRow[]> {
  // Repeated rather than joined: only so do the terms reach the index of each table (measured: 0.1 ms instead of 2.6).
  const terms = sql`websearch_to_tsquery('french_unaccent', ${words})`
  const { rows } = await sql<SearchRow>`
    with found as (
      select kind, number, title, slug, body, ts_rank_cd(search, ${terms}) * weight as rank, count(*) over () as total
      from (${everything}) as entries
      where search @@ ${terms}
      order by rank desc, title
      limit ${resultsPerPage} offset ${(page - 1) * resultsPerPage}
    )
    select kind, number, title, slug, total,
      ts_headline('french_unaccent', ${wordsOf('body')}, ${terms}, ${marks}) as excerpt
    from found
    order by rank desc, title`.execute(db)
  return rows
}

/** Pages whose title looks like these words: what is left to try when a word was mistyped. */
export async function searchAlike(db: Database, words: string): Promise<SearchRow[]> {
  const { rows } = await sql<SearchRow>`
    select kind, number, title, slug, '' as excerpt, count(*) over () as total
    from (${everything}) as entries
    where strict_word_similarity(lower(unaccent(${words})), lower(unaccent(title))) > 0.35
    order by strict_word_similarity(lower(unaccent(${words})), lower(unaccent(title))) desc, title
    limit ${resultsPerPage}`.execute(db)
  return rows
}
