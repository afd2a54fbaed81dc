/** The edited pages, and what the home page gathers. */
import { sql } from 'kysely'
import { isPublishedAction, mayReadAction } from '../accounts/permissions.ts'
import type { Database } from '../db/database.ts'
import { imprecisely } from '../db/imprecise-dates.ts'
import { progressOf } from '../engagements/progress.ts'
import { listEngagements, listProgressRows, mostActions } from '../engagements/queries.ts'
import { findMediaByIds, imageOf } from '../media/queries.ts'
import { mediaIdsOf } from '../media/rich-text-media.ts'
import { listWithoutWords } from '../media/video/missing-words.ts'
import type { SignedInAgent } from '../web/context.ts'
import type { ContentKind } from './kinds.ts'
import { findTargets } from './targets.ts'

export function findPage(db: Database, slug: string) {
  return db
    .selectFrom('pages')
    .select(['slug', 'title', 'introduction', 'body', 'updated_at'])
    .where('slug', '=', slug)
    .executeTakeFirst()
}

export function listHomeWords(db: Database) {
  return db
    .selectFrom('home_words')
    .select(['author_name', 'author_title', 'title', 'body', 'video_id'])
    .select((eb) => imageOf(eb.ref('home_words.portrait_id')).as('portrait'))
    .where('published_at', 'is not', null)
    .orderBy('order')
    .limit(6)
    .execute()
}

/** What leads to a page that readers no longer see is left out, and comes back with it. */
export async function listHighlights(db: Database) {
  const rows = await db
    .selectFrom('highlights')
    .select(['title', 'text', 'href'])
    .select((eb) => imageOf(eb.ref('highlights.image_id')).as('image'))
    .where('published_at', 'is not', null)
    .orderBy('order')
    .limit(6)
    .execute()
  const targets = await findTargets(
    db,
    rows.map((row) => row.href)
  )
  return rows.flatMap((row) => {
    const href = targets.get(row.href)
    return href ? [{ ...row, href }] : []
  })
}

export function listDemarcheSteps(db: Database) {
  return db
    .selectFrom('demarche_steps')
    .select(['precision', 'part', 'starts_on', 'ends_on', 'title', 'body'])
    .select((eb) => imageOf(eb.ref('demarche_steps.image_id')).as('image'))
    .orderBy(imprecisely)
    .orderBy('order')
    .limit(100)
    .execute()
}

export interface ChangeRow {
  kind: ContentKind
  number: number | null
  title: string
  slug: string
  updated_at: Date
}

/** What changed last, of every kind; each kind is read from the end of its own index. */
export async function listChanges(db: Database, limit: number): Promise<ChangeRow[]> {
  const { rows } = await sql<ChangeRow>`
    select * from (
      (select 'action' as kind, number, title, slug, updated_at from actions
        where ${isPublishedAction()} order by updated_at desc limit ${limit})
      union all
      (select 'direction', null, name, slug, updated_at from directions
        where published_at is not null order by updated_at desc limit ${limit})
      union all
      (select 'issue', number, title, slug, updated_at from issues
        where published_at is not null order by updated_at desc limit ${limit})
      union all
      (select 'album', null, title, slug, updated_at from albums
        where published_at is not null order by updated_at desc limit ${limit})
    ) as changes
    order by updated_at desc
    limit ${limit}`.execute(db)
  return rows
}

export interface SitemapRow {
  kind: ContentKind
  number: number | null
  title: string
  slug: string
}

/** Everything that is published, in the order of the menu. */
export async function listSitemap(db: Database): Promise<SitemapRow[]> {
  const { rows } = await sql<SitemapRow>`
    (select 'engagement' as kind, number, title, slug from engagements
      where published_at is not null order by number limit 100)
    union all
    (select 'action', number, title, slug from actions where ${isPublishedAction()} order by number limit ${mostActions})
    union all
    (select 'direction', null, name, slug from directions
      where published_at is not null order by "order", name limit 200)
    union all
    (select 'issue', number, title, slug from issues where published_at is not null order by issued_on desc limit 200)
    union all
    (select 'album', null, title, slug from albums where published_at is not null order by held_on desc limit 200)`.execute(
    db
  )
  return rows
}

/** What is open to someone who is not signed in: the sheets that the webmaster made public. */
export function listPublicActions(db: Database): Promise<SitemapRow[]> {
  return db
    .selectFrom('actions')
    .select([sql<'action'>`'action'`.as('kind'), 'number', 'title', 'slug'])
    .where(mayReadAction(undefined))
    .orderBy('number')
    .limit(mostActions)
    .execute()
}

/** All that the home page shows. One query after the other: a preview reads it within its transaction. */
export async function findHome(db: Database) {
  const words = await listHomeWords(db)
  const highlights = await listHighlights(db)
  const changes = await listChanges(db, changesOnHome)
  const progress = progressOf(await listEngagements(db), await listProgressRows(db))
  const videos = words.flatMap((word) => word.video_id ?? [])
  const media = await findMediaByIds(db, [...videos, ...mediaIdsOf(...words.map((word) => word.body))])
  return { words, highlights, changes, progress, media }
}

const changesOnHome = 6

export async function findDemarche(db: Database) {
  const page = await findPage(db, 'demarche')
  if (!page) return undefined
  const steps = await listDemarcheSteps(db)
  const media = await findMediaByIds(db, mediaIdsOf(page.body, ...steps.map((step) => step.body)))
  return { page, steps, media }
}

/** The page on accessibility, and for agents the videos without words that they may meet: their titles are for members. */
export async function findAccessibilityPage(db: Database, visitor: SignedInAgent | undefined) {
  const parts = await findOpenPage(db, 'accessibilite', visitor)
  if (!parts) return undefined
  return { ...parts, withoutWords: visitor ? await listWithoutWords(db) : undefined }
}

/** A legal page, with the files that its text shows: those are served to members only. */
export async function findOpenPage(db: Database, slug: string, visitor: SignedInAgent | undefined) {
  const page = await findPage(db, slug)
  if (!page) return undefined
  const media = await findMediaByIds(db, visitor ? mediaIdsOf(page.body) : [])
  return { page, media }
}
