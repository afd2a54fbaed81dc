/** Addresses that readers may still hold: what was renamed is found again, and what was withdrawn says so. */
import type { FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { instantDay } from '../web/format.ts'
import { type Kind, kindPaths } from './kinds.ts'

declare module '../web/render.ts' {
  interface Views {
    'publishing/withdrawn': WithdrawnPage
  }
}

/** What views/publishing/withdrawn.eta shows. */
export interface WithdrawnPage {
  sentence: string
  reason: string | undefined
  /** The screen of the content, for the webmaster. */
  screenHref: string | undefined
}

/** An address follows what was at it: the old one, and those that led there, lead to where it is now. */
export async function leadOn(
  trx: Database,
  entryId: number,
  old: string | undefined,
  now: string | undefined
): Promise<void> {
  // What is on show is found where it is.
  if (now !== undefined) await trx.deleteFrom('redirects').where('path', '=', now).execute()
  if (old === undefined || now === undefined || old === now) return
  await trx.updateTable('redirects').set({ target: now }).where('target', '=', old).execute()
  await lead(trx, entryId, old, now)
}

/** From an address where nothing is on show any more: to another, or (null) to a page that says that it was withdrawn. */
export async function lead(trx: Database, entryId: number, path: string, target: string | null): Promise<void> {
  await trx
    .insertInto('redirects')
    .values({ path, target, entry_id: entryId })
    .onConflict((conflict) =>
      conflict.column('path').doUpdateSet({ target, entry_id: entryId, created_at: sql<Date>`now()` })
    )
    .execute()
}

/** Of an entry that is a draft again, nothing says any more that it was withdrawn. */
export async function forgetWithdrawal(trx: Database, entryId: number): Promise<void> {
  await trx.deleteFrom('redirects').where('entry_id', '=', entryId).where('target', 'is', null).execute()
}

/** More than anybody renames a page; beyond, addresses lead round in a circle. */
const longestChain = 20

/** Where an address leads in the end. */
async function findLead(db: Database, path: string) {
  const { rows } = await sql<{
    target: string | null
    entry_id: number
    kind: Kind
    gone_at: Date | null
    reason: string | null
    steps: number
  }>`
    with recursive way (target, entry_id, steps) as (
      select target, entry_id, 1 from redirects where path = ${path}
      union all
      select redirects.target, redirects.entry_id, steps + 1
      from redirects join way on redirects.path = way.target
      where steps < ${longestChain}
    )
    select way.target, way.entry_id, way.steps, entries.kind,
      coalesce(entries.trashed_at, entries.withdrawn_at) as gone_at,
      case when entries.trashed_at is null then entries.withdrawal_reason end as reason
    from way join entries on entries.id = way.entry_id
    order by steps desc limit 1`.execute(db)
  const [row] = rows
  return row && row.steps < longestChain ? row : undefined
}

/**
 * Answers in the place of « Page introuvable » where an address led somewhere. Only to agents: a visitor who is not signed in
 * learns nothing of what exists, or existed.
 */
export const redirects = fastifyPlugin(
  (app, _options, done) => {
    app.searchBeforeNotFound(async (request, reply) => {
      if (!request.agent || !['GET', 'HEAD'].includes(request.method)) return false
      const path = pathOf(request)
      const found = path === undefined ? undefined : await findLead(app.db, path)
      if (!found) return false
      // Asked again each time: the address may belong to another page tomorrow.
      reply.header('cache-control', 'private, no-cache')
      if (found.target !== null) {
        reply.redirect(found.target, 301)
        return true
      }
      reply.code(410).html('publishing/withdrawn', {
        sentence: found.gone_at
          ? `Cette page a été retirée le ${instantDay(found.gone_at).text}.`
          : 'Cette page a été retirée.',
        reason: found.reason ?? undefined,
        screenHref:
          request.agent.role === 'webmaster' ? `/gestion/${kindPaths[found.kind]}/${found.entry_id}` : undefined
      })
      return true
    })
    done()
  },
  { name: 'redirects', dependencies: ['errors', 'render'] }
)

/** The path as contents have them; undefined for what cannot be one. */
function pathOf(request: FastifyRequest): string | undefined {
  const path = request.url.replace(/[?#].*$/s, '').replace(/(?<=.)\/$/, '')
  return path.length <= 300 && /^\/[a-z0-9/-]+$/.test(path) ? path : undefined
}

/** The pages on show, where a reader can be sent instead of to one that is withdrawn. */
export async function listAddresses(db: Database): Promise<{ path: string; title: string }[]> {
  const { rows } = await sql<{ path: string; title: string }>`
    select '/actions/' || actions.slug as path, actions.title from actions
      join engagements on engagements.id = actions.engagement_id
      where actions.published_at is not null and engagements.published_at is not null
    union all select '/engagements/' || slug, title from engagements where published_at is not null
    union all select '/directions/' || slug, name from directions where published_at is not null
    union all select '/bonus/entre-nous/' || slug, title from issues where published_at is not null
    union all select '/bonus/galerie/' || slug, title from albums where published_at is not null
    union all select '/' || slug, title from pages where slug <> 'accueil'
    union all values ('/', 'Accueil'), ('/directions', 'Projets de direction'),
      ('/engagements', 'Engagements et actions'), ('/bonus', 'Bonus')
    order by path limit 5000`.execute(db)
  return [...new Map(rows.map((row) => [row.path, row])).values()]
}
