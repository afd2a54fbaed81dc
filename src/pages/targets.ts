/** The pages of the site that a highlight or the announcement may lead to: those that agents can open today. */
import { sql } from 'kysely'
import { isPublishedAction } from '../accounts/permissions.ts'
import type { Database } from '../db/database.ts'

export interface Target {
  /** Where it is now: an address that was changed leads on. */
  href: string
  title: string
}

/** The addresses that are no row of a table. */
export const fixedPages: Record<string, string> = {
  '/': 'Accueil',
  '/directions': 'Projets de direction',
  '/engagements': 'Engagements et actions',
  '/bonus': 'Bonus',
  '/recherche': 'Recherche',
  '/plan-du-site': 'Plan du site'
}

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

/** What these addresses lead to; those that lead nowhere, or to what readers do not see, are left out. */
export async function findTargets(db: Database, hrefs: string[]): Promise<Map<string, Target>> {
  const asked = [...new Set(hrefs)].filter(isSiteAddress)
  if (asked.length === 0) return new Map()
  const titles = await titlesOf(db, asked.map(pathOf))
  const lost = asked.map(pathOf).filter((path) => !titles.has(path))
  const moved = await findMoved(db, lost)
  const titlesOfMoved = await titlesOf(db, [...moved.values()])
  return new Map(
    asked.flatMap((href): [string, Target][] => {
      const path = pathOf(href)
      const title = titles.get(path)
      if (title !== undefined) return [[href, { href, title }]]
      const now = moved.get(path)
      const titleNow = now === undefined ? undefined : titlesOfMoved.get(now)
      if (now === undefined || titleNow === undefined) return []
      return [[href, { href: `${now}${href.slice(/[?#]|$/.exec(href)?.index ?? href.length)}`, title: titleNow }]]
    })
  )
}

/** The address without what is asked of it, nor the slash at its end. */
function pathOf(href: string): string {
  const path = href.split(/[?#]/, 1)[0] ?? ''
  return path === '/' ? path : path.replace(/\/$/, '')
}

/** The titles of the paths that agents can open. */
async function titlesOf(db: Database, paths: string[]): Promise<Map<string, string>> {
  const titles = new Map(
    paths.flatMap((path) => (Object.hasOwn(fixedPages, path) ? [[path, fixedPages[path] ?? '']] : []))
  )
  const named = (pattern: RegExp): string[] => paths.flatMap((path) => pattern.exec(path)?.[1] ?? [])
  const files = named(file).map(Number)
  if (titles.size === paths.length) return titles
  const { rows } = await sql<{ path: string; title: string }>`
    select '/actions/' || slug as path, title from actions
      where slug = any(${named(kinds.actions)}::text[]) and ${isPublishedAction()}
    union all
    select '/engagements/' || slug, title from engagements
      where slug = any(${named(kinds.engagements)}::text[]) and published_at is not null
    union all
    select '/directions/' || slug, name from directions
      where slug = any(${named(kinds.directions)}::text[]) and published_at is not null
    union all
    select '/bonus/entre-nous/' || slug, title from issues
      where slug = any(${named(kinds.issues)}::text[]) and published_at is not null
    union all
    select '/bonus/galerie/' || slug, title from albums
      where slug = any(${named(kinds.albums)}::text[]) and published_at is not null
    union all
    select '/' || slug, title from pages where slug = any(${named(kinds.pages)}::text[])
    union all
    select '/medias/' || id, title from media where id = any(${files}::integer[]) and trashed_at is null`.execute(db)
  const found = new Map(rows.map((row) => [row.path, row.title]))
  for (const path of paths) {
    // Of a file only the number counts, as for the route that serves it.
    const title = found.get(file.test(path) ? path.split('/').slice(0, 3).join('/') : path)
    if (title !== undefined) titles.set(path, title)
  }
  return titles
}

/** Where the content of an old address is now. */
async function findMoved(db: Database, paths: string[]): Promise<Map<string, string>> {
  if (paths.length === 0) return new Map()
  const rows = await db
    .selectFrom('redirects')
    .select(['path', 'target'])
    .where('path', '=', sql<string>`any(${paths}::text[])`)
    .execute()
  return new Map(rows.flatMap((row) => (row.target === null ? [] : [[row.path, row.target] as const])))
}
