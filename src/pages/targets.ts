/** The pages of the site that a highlight or the announcement may lead to: those that agents can open today. */
import { sql } from 'kysely'
import { isPublishedAction } from '../accounts/permissions.ts'
import type { Database } from '../db/database.ts'
import { isOnShow } from '../media/queries.ts'

/** The addresses that are no row of a table. */
const fixedPages = new Set(['/', '/directions', '/engagements', '/bonus', '/recherche', '/plan-du-site'])

const slug = '([a-z0-9]+(?:-[a-z0-9]+)*)'
const kinds = {
  actions: new RegExp(`^/actions/${slug}$`),
  engagements: new RegExp(`^/engagements/${slug}$`),
  directions: new RegExp(`^/directions/${slug}$`),
  issues: new RegExp(`^/bonus/entre-nous/${slug}$`),
  albums: new RegExp(`^/bonus/galerie/${slug}$`),
  pages: new RegExp(`^/${slug}$`)
}
const file = /^\/medias\/(\d{1,9})\/[^/]+$/

/** Whether this is written like an address of this site, and cannot be read as one of another (`//host`, `/\host`). */
export function isSiteAddress(href: string): boolean {
  return /^\/(?![/\\])[^\\\s\p{Cc}]*$/u.test(href)
}

/** Where these addresses lead today, an address that was changed to the new one; those that lead to nothing on show are left out. */
export async function findTargets(db: Database, hrefs: string[]): Promise<Map<string, string>> {
  const asked = [...new Set(hrefs)].filter(isSiteAddress)
  if (asked.length === 0) return new Map()
  const open = await findOpen(db, asked.map(pathOf))
  const moved = await findMoved(
    db,
    asked.map(pathOf).filter((path) => !open.has(path))
  )
  const openNow = moved.size === 0 ? open : await findOpen(db, [...moved.values()])
  return new Map(
    asked.flatMap((href): [string, string][] => {
      const path = pathOf(href)
      if (open.has(path)) return [[href, href]]
      const now = moved.get(path)
      return now !== undefined && openNow.has(now) ? [[href, `${now}${/[?#].*$/.exec(href)?.[0] ?? ''}`]] : []
    })
  )
}

/** The address without what is asked of it, nor the slash at its end. */
function pathOf(href: string): string {
  const path = href.split(/[?#]/, 1)[0] ?? ''
  return path === '/' ? path : path.replace(/\/$/, '')
}

/** Those of these paths that agents can open. */
async function findOpen(db: Database, paths: string[]): Promise<Set<string>> {
  const named = (pattern: RegExp): string[] => paths.flatMap((path) => pattern.exec(path)?.[1] ?? [])
  const { rows } = await sql<{ path: string }>`
    select '/actions/' || slug as path from actions
      where slug = any(${named(kinds.actions)}::text[]) and ${isPublishedAction()}
    union all
    select '/engagements/' || slug from engagements
      where slug = any(${named(kinds.engagements)}::text[]) and published_at is not null
    union all
    select '/directions/' || slug from directions
      where slug = any(${named(kinds.directions)}::text[]) and published_at is not null
    union all
    select '/bonus/entre-nous/' || slug from issues
      where slug = any(${named(kinds.issues)}::text[]) and published_at is not null
    union all
    select '/bonus/galerie/' || slug from albums
      where slug = any(${named(kinds.albums)}::text[]) and published_at is not null
    union all
    select '/' || slug from pages where slug = any(${named(kinds.pages)}::text[])
    union all
    select '/medias/' || id from media
      where id = any(${named(file).map(Number)}::integer[]) and ${isOnShow()}`.execute(db)
  const found = new Set(rows.map((row) => row.path))
  // Of a file only the number counts, as for the route that serves it.
  const known = (path: string): string => (file.test(path) ? path.split('/').slice(0, 3).join('/') : path)
  return new Set(paths.filter((path) => fixedPages.has(path) || found.has(known(path))))
}

/** Where a content that was renamed is now; one that was withdrawn has gone, even if its address leads elsewhere. */
async function findMoved(db: Database, paths: string[]): Promise<Map<string, string>> {
  if (paths.length === 0) return new Map()
  const rows = await db
    .selectFrom('redirects')
    .innerJoin('entries', 'entries.id', 'redirects.entry_id')
    .select(['redirects.path', 'redirects.target'])
    .where('redirects.path', '=', sql<string>`any(${paths}::text[])`)
    .where('entries.withdrawn_at', 'is', null)
    .where('entries.trashed_at', 'is', null)
    .execute()
  return new Map(rows.flatMap((row) => (row.target === null ? [] : [[row.path, row.target] as const])))
}
