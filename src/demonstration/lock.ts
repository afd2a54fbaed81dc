import { sql } from 'kysely'
import type { Database } from '../db/database.ts'

/**
 * One transaction for all that comes or goes, and one process at a time. Whoever waits here waits for a work of seconds:
 * longer than a page may.
 */
export function changeDemonstration<Result>(db: Database, work: (trx: Database) => Promise<Result>): Promise<Result> {
  return db.transaction().execute(async (trx) => {
    await sql`set local lock_timeout = '60s'`.execute(trx)
    await sql`set local statement_timeout = '60s'`.execute(trx)
    await sql`set local idle_in_transaction_session_timeout = '60s'`.execute(trx)
    await sql`select pg_advisory_xact_lock(20221, 4)`.execute(trx)
    return work(trx)
  })
}
