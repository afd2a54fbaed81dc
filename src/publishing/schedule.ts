/** Publishes and withdraws what was planned, at its minute; several processes may run it, each entry is claimed once. */
import type { FastifyBaseLogger } from 'fastify'
import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { obstaclesOf } from './checks.ts'
import { currentDocument, type Entry, publish, schedule, withdraw } from './entries.ts'
import { theSite } from './entry-journal.ts'
import type { Author, ContentKind } from './kinds.ts'

export interface Schedule {
  stop(): Promise<void>
}

const everyMs = 15_000

export function startSchedule(parts: { db: Database; log: FastifyBaseLogger; kinds: ContentKind<object>[] }): Schedule {
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = running.then(async () => {
      await runSchedule(parts).catch((error: unknown) => parts.log.error({ err: error }, 'the schedule failed'))
    })
  }, everyMs)
  timer.unref()
  return {
    stop: async () => {
      clearInterval(timer)
      await running
    }
  }
}

/** One round: everything whose time has come. Gives how many entries were published or withdrawn. */
export async function runSchedule(parts: {
  db: Database
  log: FastifyBaseLogger
  kinds: ContentKind<object>[]
}): Promise<number> {
  let changed = 0
  for (const due of await listDue(parts.db)) {
    const kind = parts.kinds.find((candidate) => candidate.kind === due.kind)
    if (!kind) continue
    try {
      if (await changeNow(parts.db, kind, due, parts.log)) changed += 1
    } catch (error) {
      // One entry that cannot be changed must not hold the others back.
      parts.log.error({ err: error, entryId: due.id }, 'a planned change failed')
    }
  }
  return changed
}

interface DueEntry extends Entry {
  /** By the database's clock, like the round itself: by another, a publication could be taken for a withdrawal. */
  publication_is_due: boolean
}

function listDue(db: Database): Promise<DueEntry[]> {
  return db
    .selectFrom('entries')
    .selectAll()
    .select(sql<boolean>`coalesce(publish_at <= now(), false)`.as('publication_is_due'))
    .where('trashed_at', 'is', null)
    .where((eb) => eb.or([eb('publish_at', '<=', sql<Date>`now()`), eb('withdraw_at', '<=', sql<Date>`now()`)]))
    .orderBy('publish_at')
    .limit(50)
    .execute()
}

async function changeNow(
  db: Database,
  kind: ContentKind<object>,
  entry: DueEntry,
  log: FastifyBaseLogger
): Promise<boolean> {
  const author = await authorOf(db, entry)
  if (entry.publication_is_due) {
    const document = await currentDocument(db, kind, entry)
    const why = await whyNotNow(db, kind, entry, document)
    if (why !== undefined) {
      // The plan is given up rather than tried for ever.
      await schedule(db, entry.id, { publishAt: null, withdrawAt: entry.withdraw_at }, theSite, why)
      log.warn({ event: 'planned publication given up', entryId: entry.id }, 'planned publication given up')
      return false
    }
    // The version decides: of two processes, one publishes.
    const { ok } = await publish(db, kind, entry.id, entry.version, document, author)
    return ok
  }
  const withdrawn = await withdraw(db, kind, entry.id, { reason: 'Retrait programmé', target: null }, author)
  if (withdrawn) return true
  // Not on show: there is nothing to withdraw, now or at the next round.
  await db.updateTable('entries').set({ withdraw_at: null }).where('id', '=', entry.id).execute()
  return false
}

/** What prevents a publication whose time has come, in words for the journal: both may have happened since it was planned. */
async function whyNotNow(
  db: Database,
  kind: ContentKind<object>,
  entry: Entry,
  document: object
): Promise<string | undefined> {
  const [first] = await obstaclesOf(db, kind, document, entry.content_id)
  if (first) return first.message
  const { referents_publish } = await db.selectFrom('settings').select('referents_publish').executeTakeFirstOrThrow()
  if (referents_publish || entry.draft === null) return undefined
  const writer = await db
    .selectFrom('agents')
    .select('role')
    .where('id', '=', entry.saved_by ?? 0)
    .executeTakeFirst()
  return writer && writer.role !== 'webmaster' ? 'Le brouillon a été modifié depuis, sans être relu.' : undefined
}

/** Whoever wrote what is published; the plan itself when they left since. */
async function authorOf(db: Database, entry: Entry): Promise<Author> {
  const agent = await db
    .selectFrom('agents')
    .select(['id', 'name'])
    .where('id', '=', entry.saved_by ?? 0)
    .executeTakeFirst()
  return agent ?? { id: null, name: 'Programmation' }
}

/** The instants of two moments written as Paris clocks show them; Postgres knows the nights when the hour changes. */
export async function planInParis(
  db: Database,
  publication: string | null,
  withdrawal: string | null
): Promise<{ publishAt: Date | null; withdrawAt: Date | null }> {
  const { rows } = await sql<{ publishAt: Date | null; withdrawAt: Date | null }>`
    select ${publication}::timestamp at time zone 'Europe/Paris' as "publishAt",
      ${withdrawal}::timestamp at time zone 'Europe/Paris' as "withdrawAt"`.execute(db)
  const [row] = rows
  if (!row) throw new Error('A select without a table gives one row.')
  return row
}
