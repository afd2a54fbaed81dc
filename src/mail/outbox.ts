/**
 * Messages leave by a table: written in the transaction of what causes them, sent after it by a worker, tried again when the
 * server refuses. A message may leave twice after a crash, with the same Message-ID; it is never lost.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { type Selectable, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { Json, Outbox as OutboxTable } from '../db/schema.ts'
import type { Mailer, Message } from './mailer.ts'

/** Makes the message of a row when it is about to leave, from what is true then; undefined when it should not leave. */
export type MessageMaker = (db: Database, payload: unknown) => Promise<Message | undefined>

export interface Parts {
  db: Database
  mailer: Mailer
  /** What each kind of row becomes: features declare theirs. */
  kinds: Record<string, MessageMaker>
  log: Pick<FastifyBaseLogger, 'warn'>
  /** What the features throw away, run every hour. */
  chores?: ((db: Database) => Promise<void>)[]
}

export interface Outbox {
  /** Looks at once, instead of within two seconds: to be called after the commit. */
  wake(): void
  /** Waits for what is being sent, but not for a mail server that hangs: that message is tried again later. */
  stop(): Promise<void>
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Sends what was just committed without waiting for the next round. */
    wakeOutbox(): void
  }
}

/** Runs the worker as long as the application lives. */
export const outbox = fastifyPlugin<Omit<Parts, 'db' | 'log'>>(
  (app, { mailer, kinds, chores }, done) => {
    let worker: Outbox | undefined
    app.decorate('wakeOutbox', () => worker?.wake())
    app.addHook('onReady', (ready) => {
      worker = startOutbox({ db: app.db, log: app.log, mailer, kinds, ...(chores && { chores }) })
      ready()
    })
    app.addHook('onClose', async () => {
      await worker?.stop()
      mailer.close()
    })
    done()
  },
  { name: 'outbox' }
)

/** Writes a message to send; it leaves only if the transaction commits. */
export async function enqueue(
  trx: Database,
  message: { kind: string; payload: Json; uselessAfter?: Date }
): Promise<void> {
  await trx
    .insertInto('outbox')
    .values({
      kind: message.kind,
      payload: JSON.stringify(message.payload),
      useless_after: message.uselessAfter ?? null
    })
    .execute()
}

/**
 * Writes many messages that nobody waits for: one leaves after the other, so that those that people wait for, a code to sign
 * in, pass between them.
 */
export async function enqueueSpread(trx: Database, kind: string, payloads: Json[]): Promise<void> {
  await sql`
    insert into outbox (kind, payload, available_at)
    select ${kind}, payload, now() + (place - 1) * ${spreadMs}::integer * interval '1 millisecond'
    from jsonb_array_elements(${JSON.stringify(payloads)}::jsonb) with ordinality as messages (payload, place)`.execute(
    trx
  )
}

const spreadMs = 400
const pollMs = 2000
const longestStopMs = 4000
const choresMs = 3600 * 1000
const batch = 5
/** A row claimed by a process that died is free again after this; longer than any time limit of the mailer. */
const claimSeconds = 120
const retryAfterSeconds = [5, 30, 120, 600]
const keptDays = 30

export function startOutbox({ db, mailer, kinds, log, chores = [] }: Parts): Outbox {
  let stopping = false
  let woken = false
  let endNap = (): void => undefined
  let choresAt = 0

  async function run(): Promise<void> {
    while (!stopping) {
      woken = false
      const sent = await attempt('sending messages', () => round(db, mailer, kinds, log))
      if (Date.now() >= choresAt) {
        choresAt = Date.now() + choresMs
        for (const chore of [forgetOldMessages, ...chores]) await attempt('housekeeping', () => chore(db))
      }
      if (sent !== batch && !woken && !stopping) await nap()
    }
  }

  /** A database that is away must not end the worker: it tries again after its nap. */
  async function attempt<Result>(what: string, work: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await work()
    } catch (error) {
      if (!stopping) log.warn({ err: error }, `${what} failed`)
      return undefined
    }
  }

  function nap(): Promise<void> {
    return new Promise((resolve) => {
      // The worker alone must not keep a process alive.
      const timer = setTimeout(resolve, pollMs).unref()
      endNap = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  const running = run()
  return {
    wake() {
      woken = true
      endNap()
    },
    async stop() {
      stopping = true
      endNap()
      await Promise.race([running, sleep(longestStopMs, undefined, { ref: false })])
    }
  }
}

type Row = Selectable<OutboxTable> & { useless: boolean }

/** Sends one batch; gives how many rows it held. */
async function round(db: Database, mailer: Mailer, kinds: Parts['kinds'], log: Parts['log']): Promise<number> {
  const rows = await claim(db)
  await Promise.all(
    rows.map(async (row) => {
      try {
        const left = !row.useless && (await send(db, mailer, kinds, row))
        await settle(db, row.id, left)
      } catch (error) {
        await postpone(db, row, error, log)
      }
    })
  )
  return rows.length
}

/** Takes rows so that no other process takes them too; the transaction ends before anything is sent. */
async function claim(db: Database): Promise<Row[]> {
  const { rows } = await sql<Row>`
    update outbox set attempts = attempts + 1, available_at = now() + ${`${claimSeconds} seconds`}::interval
    where id in (
      select id from outbox
      where sent_at is null and abandoned_at is null and available_at <= now()
      order by available_at, id limit ${batch} for update skip locked
    )
    returning *, coalesce(useless_after <= now(), false) as useless
  `.execute(db)
  return rows
}

async function send(db: Database, mailer: Mailer, kinds: Parts['kinds'], row: Row): Promise<boolean> {
  const make = kinds[row.kind]
  if (!make) throw new Error(`No message is declared for the kind « ${row.kind} ».`)
  const message = await make(db, row.payload)
  if (!message) return false
  // The hour of the row too: after a restore from a backup numbers come again, and mail programs hide what they saw before.
  const { sender_name } = await db.selectFrom('settings').select('sender_name').executeTakeFirstOrThrow()
  await mailer.send(message, `${row.created_at.getTime().toString(36)}.${row.id}`, sender_name ?? undefined)
  return true
}

async function settle(db: Database, id: number, sent: boolean): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ [sent ? 'sent_at' : 'abandoned_at']: sql`now()`, last_error: null })
    .where('id', '=', id)
    .execute()
}

async function postpone(db: Database, row: Row, error: unknown, log: Parts['log']): Promise<void> {
  const reason = describe(error)
  const wait = retryAfterSeconds[row.attempts - 1]
  log.warn({ message: row.id, kind: row.kind, attempt: row.attempts, reason }, 'a message was refused')
  await db
    .updateTable('outbox')
    .set(
      wait === undefined
        ? { abandoned_at: sql`now()`, last_error: reason }
        : { available_at: sql`now() + ${`${wait} seconds`}::interval`, last_error: reason }
    )
    .where('id', '=', row.id)
    .execute()
}

/** What the server said, without the addresses that servers like to repeat. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error'
  return error.message.replace(/[^\s<>"]+@[^\s<>"]+/g, '…').slice(0, 300)
}

async function forgetOldMessages(db: Database): Promise<void> {
  await db
    .deleteFrom('outbox')
    .where(sql<boolean>`coalesce(sent_at, abandoned_at) < now() - ${`${keptDays} days`}::interval`)
    .execute()
}
