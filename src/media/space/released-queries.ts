/**
 * Bytes that rows let go of on purpose: written down in the transaction that does it, so that a process which dies right after
 * leaves them to the next one, and so that what is lost by accident is never taken for them.
 */
import { sql } from 'kysely'
import type { Database } from '../../db/database.ts'

export async function releaseBytes(trx: Database, hashes: string[]): Promise<void> {
  if (hashes.length === 0) return
  await trx
    .insertInto('released_bytes')
    .values([...new Set(hashes)].map((sha256) => ({ sha256 })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The oldest of those that still lie in the store. */
export async function listReleased(db: Database, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('released_bytes')
    .select('sha256')
    .orderBy('released_at')
    .orderBy('sha256')
    .limit(limit)
    .execute()
  return rows.map((row) => row.sha256)
}

/** Whether a row names these bytes. Only for who holds the lock on them, until they are done with the answer. */
export async function isNamed(trx: Database, sha256: string): Promise<boolean> {
  const { rows } = await sql`
    select from media where sha256 = ${sha256} union all select from renditions where sha256 = ${sha256}
    limit 1`.execute(trx)
  return rows.length > 0
}

/** The lock that whoever stores these bytes holds from the moment they have their name until their row is there. */
export async function lockBytes(trx: Database, sha256: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${sha256}, 0))`.execute(trx)
}
