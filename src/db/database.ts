import { createHash } from 'node:crypto'
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
    // The types of pg know its own parsers only, by overloads that one function cannot meet.
    types: { getTypeParser: parserFor as typeof pg.types.getTypeParser }
  })
  // Both are needed: without the second, a server that restarts while a transaction is between two queries ends this process.
  pool.on('error', onConnectionError)
  pool.on('connect', (client) => {
    client.on('error', onConnectionError)
    nameStatements(client)
  })
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
}

const statementNames = new Map<string, string>()
const maxNamedStatements = 300

/**
 * Gives each query that reads a name, so that a connection plans it once: planning costs more than running it (measured:
 * the query that recognises a reader, half a millisecond against a twentieth). Their number is bounded: each connection keeps its plans.
 */
function nameStatements(client: pg.PoolClient): void {
  // A function of many overloads, passed through: what comes in goes out.
  const query = client.query.bind(client) as (...parameters: unknown[]) => unknown
  const named = (text: unknown, values: unknown, ...rest: unknown[]): unknown => {
    const name = typeof text === 'string' && Array.isArray(values) ? statementName(text) : undefined
    return name === undefined ? query(text, values, ...rest) : query({ name, text, values }, ...rest)
  }
  client.query = named as typeof client.query
}

function statementName(text: string): string | undefined {
  const known = statementNames.get(text)
  if (known !== undefined || statementNames.size >= maxNamedStatements || !/^\s*(select|with)\b/i.test(text))
    return known
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 24)
  statementNames.set(text, name)
  return name
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
