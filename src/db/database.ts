import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { DB } from './schema.ts'

export type Database = Kysely<DB>

const { INT8, DATE } = pg.types.builtins

/** Opens the pool. `onConnectionError` hears of connections lost while nobody waits for them. */
export function openDatabase(url: string, onConnectionError: (error: Error) => void = () => undefined): Database {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'extranet',
    max: 10,
    // A page that cannot have a connection soon should say so rather than hang.
    connectionTimeoutMillis: 2000,
    statement_timeout: 5000,
    lock_timeout: 2000,
    idle_in_transaction_session_timeout: 10_000,
    types: { getTypeParser: parserFor as typeof pg.types.getTypeParser }
  })
  // Both are needed: without the second, a server that restarts while a transaction is between two queries ends this process.
  pool.on('error', onConnectionError)
  pool.on('connect', (client) => client.on('error', onConnectionError))
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
}

export async function closeDatabase(db: Database): Promise<void> {
  await db.destroy()
}

/** Counts are numbers, and a day without an hour stays the text it is: as a Date it would depend on the server's time zone. */
function parserFor(oid: number, format?: 'text' | 'binary') {
  if (oid === INT8) return parseInteger
  if (oid === DATE) return asIs
  return pg.types.getTypeParser(oid, format)
}

function parseInteger(text: string): number | string {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : text
}

function asIs(text: string): string {
  return text
}
