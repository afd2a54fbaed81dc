/** What the rounds through the stored files read and write in the database. */
import { type Selectable, sql } from 'kysely'
import type { Database } from '../../db/database.ts'
import type { DamagedBytes, MediaSweeps } from '../../db/schema.ts'

export type SweepKind = MediaSweeps['kind']
export type SweepRow = Selectable<MediaSweeps>
export type Problem = DamagedBytes['problem']

const roundsKept = 120
const daysBeforeErasing = 14
// With its second half, a pair that no other lock of this database uses.
const roundLock = 20_223

/** Runs the work on a connection that holds the lock of all rounds; undefined when another process is on one. */
export function aloneOnRound<Result>(db: Database, work: () => Promise<Result>): Promise<Result | undefined> {
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{ taken: boolean }>`select pg_try_advisory_lock(${roundLock}, 1) as taken`.execute(
      connection
    )
    if (!rows[0]?.taken) return undefined
    try {
      return await work()
    } finally {
      await sql`select pg_advisory_unlock(${roundLock}, 1)`.execute(connection).catch(() => undefined)
    }
  })
}

/** Every hash that a row names, with the size it says. */
export async function listNamedBytes(db: Database): Promise<Map<string, number>> {
  const { rows } = await sql<{ sha256: string; size: number }>`
    select sha256, size from media union select sha256, size from renditions`.execute(db)
  return new Map(rows.map((row) => [row.sha256, row.size]))
}

export async function listUnfinishedUploads(db: Database): Promise<Set<string>> {
  const rows = await db.selectFrom('resumable_uploads').select('id').where('finished_at', 'is', null).execute()
  return new Set(rows.map((row) => row.id))
}

/** What time the database has, and when the last round began. */
export async function readClocks(db: Database): Promise<{ now: Date; lastRound: Date }> {
  const { rows } = await sql<{ now: Date; lastRound: Date }>`
    select now() as now, coalesce(
      (select started_at from media_sweeps where kind = 'sweep' and finished_at is not null order by id desc limit 1),
      (select created_at from installation)
    ) as "lastRound"`.execute(db)
  const [row] = rows
  if (!row) throw new Error('A query without table always gives a row.')
  return row
}

/**
 * What was put aside before may be erased: since then the site lived through fourteen days on which the round passed. Counting
 * them, and not the hours of a clock that may jump. Undefined when there were not so many.
 */
export async function findEraseLimit(db: Database): Promise<Date | undefined> {
  const { rows } = await sql<{ day: Date; days: number }>`
    select min(day) as day, count(*) as days from (
      select date_trunc('day', started_at) as day from media_sweeps
      where kind = 'sweep' and finished_at is not null and started_at <= now()
      group by 1 order by 1 desc limit ${daysBeforeErasing}
    ) as days`.execute(db)
  const [row] = rows
  return row && row.days >= daysBeforeErasing ? row.day : undefined
}

export async function beginRound(db: Database, kind: SweepKind): Promise<number> {
  const { id } = await db.insertInto('media_sweeps').values({ kind }).returning('id').executeTakeFirstOrThrow()
  return id
}

type Outcome = Partial<Omit<SweepRow, 'id' | 'kind' | 'started_at' | 'finished_at'>>

/** Writes how it ended, and forgets the oldest. */
export async function finishRound(db: Database, id: number, outcome: Outcome): Promise<void> {
  await db
    .updateTable('media_sweeps')
    .set({ ...outcome, finished_at: sql<Date>`now()` })
    .where('id', '=', id)
    .execute()
  await sql`
    delete from media_sweeps
    where id not in (select id from media_sweeps order by id desc limit ${roundsKept})
      -- Rounds that a process left when it died.
      or (kind = 'sweep' and finished_at is null and id < ${id})`.execute(db)
}

export async function noteProgress(db: Database, id: number, progress: Outcome): Promise<void> {
  await db.updateTable('media_sweeps').set(progress).where('id', '=', id).execute()
}

/** The check that was interrupted, if there is one. */
export function findUnfinishedCheck(db: Database): Promise<SweepRow | undefined> {
  return db
    .selectFrom('media_sweeps')
    .selectAll()
    .where('kind', '=', 'check')
    .where('finished_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Whether the last round of this kind is older than this many hours, by the database's clock. */
export async function isDue(db: Database, kind: SweepKind, hours: number): Promise<boolean> {
  const recent = await db
    .selectFrom('media_sweeps')
    .select('id')
    .where('kind', '=', kind)
    .where('finished_at', 'is not', null)
    .where(sql<boolean>`started_at between now() - make_interval(hours => ${hours}::integer) and now()`)
    .limit(1)
    .executeTakeFirst()
  return recent === undefined
}

/** Writes what is wrong, and forgets what was known before of problems of these kinds. */
export async function writeDamage(db: Database, found: Map<string, Problem>, of: Problem[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .deleteFrom('damaged_bytes')
      .where('problem', '=', sql<Problem>`any(${of}::text[])`)
      .where(sql<boolean>`not sha256 = any(${[...found.keys()]}::text[])`)
      .execute()
    for (const [sha256, problem] of found) {
      await trx
        .insertInto('damaged_bytes')
        .values({ sha256, problem })
        .onConflict((conflict) => conflict.column('sha256').doUpdateSet({ problem }))
        .execute()
    }
  })
}

/** Takes them off the list: they were put right, or nobody names them any more. */
export async function forgetDamage(db: Database, hashes: string[]): Promise<void> {
  await db.deleteFrom('damaged_bytes').where('sha256', '=', sql<string>`any(${hashes}::text[])`).execute()
}

export async function listDamaged(db: Database): Promise<{ sha256: string; problem: Problem }[]> {
  return db.selectFrom('damaged_bytes').select(['sha256', 'problem']).orderBy('sha256').execute()
}
