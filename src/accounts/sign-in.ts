/** Signing in by a message: asking for it, and using its code or its link. */
import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { enqueue } from '../mail/outbox.ts'
import { mailboxOf, nameFromAddress } from './addresses.ts'
import { newNonce, noNonce, type SignInSecrets } from './codes.ts'
import {
  hit,
  limitKey,
  messagesFromNetwork,
  messagesToAddress,
  resendMinutes,
  signInMinutes,
  wrongCodesPerRequest
} from './limits.ts'
import { type Device, insertSession } from './sessions.ts'

export const signInMessageKind = 'sign-in'

export interface SignInRequest {
  /** The SHA-256 of the token that the asking browser holds. */
  browser: Buffer
  email: string
  returnTo: string
  deviceLabel: string
  network: string
}

/**
 * Writes the request and its message. Known, unknown, disabled and unlisted addresses do the very same work here: who
 * receives something is decided later, by the worker (`message.ts`). An address over its limit gets a request that no code opens.
 */
export async function askToSignIn(db: Database, secrets: SignInSecrets, request: SignInRequest): Promise<void> {
  const nonce = (await mayReceiveMessage(db, secrets, request)) ? newNonce() : noNonce
  await db.transaction().execute(async (trx) => {
    const row = await trx
      .insertInto('sign_in_requests')
      .values({
        browser_hash: request.browser,
        nonce,
        email: request.email,
        return_to: request.returnTo,
        device_label: request.deviceLabel,
        expires_at: sql<Date>`now() + ${`${signInMinutes} minutes`}::interval`
      })
      .returning(['id', 'expires_at'])
      .executeTakeFirstOrThrow()
    await enqueue(trx, { kind: signInMessageKind, payload: { request: row.id }, uselessAfter: row.expires_at })
  })
}

/** The request that a browser waits for, dead or alive. */
export function findSignInRequest(db: Database, browser: Buffer) {
  return db
    .selectFrom('sign_in_requests')
    .select(['id', 'email', 'nonce', 'return_to', 'used_at', 'expires_at', 'tries'])
    .select([
      sql<boolean>`expires_at <= now()`.as('expired'),
      sql<boolean>`used_at is null and tries < ${wrongCodesPerRequest}
        and expires_at > now() + ${`${resendMinutes} minutes`}::interval`.as('can_be_sent_again')
    ])
    .where('browser_hash', '=', browser)
    .executeTakeFirst()
}

export type FoundSignInRequest = NonNullable<Awaited<ReturnType<typeof findSignInRequest>>>

/**
 * Sends the message of a request once more, with the same code. False when this request has too little time left, or cannot
 * be opened: the caller then makes a new one.
 */
export async function sendAgain(
  db: Database,
  secrets: SignInSecrets,
  found: FoundSignInRequest,
  network: string
): Promise<boolean> {
  if (!found.can_be_sent_again || found.nonce.equals(noNonce)) return false
  if (!(await mayReceiveMessage(db, secrets, { email: found.email, network }))) return true
  await enqueue(db, { kind: signInMessageKind, payload: { request: found.id }, uselessAfter: found.expires_at })
  return true
}

/** Counts a message to this address, unless this network has asked for too many: theirs must not use up the owner's. */
async function mayReceiveMessage(
  db: Database,
  secrets: SignInSecrets,
  { email, network }: Pick<SignInRequest, 'email' | 'network'>
): Promise<boolean> {
  const mailbox = mailboxOf(email)
  const fromNetwork = await hit(
    db,
    messagesFromNetwork,
    limitKey(secrets.limits, messagesFromNetwork, mailbox, network)
  )
  const toAddress = await hit(
    db,
    messagesToAddress,
    limitKey(secrets.limits, messagesToAddress, mailbox),
    fromNetwork.allowed ? 1 : 0
  )
  return fromNetwork.allowed && toAddress.allowed
}

export interface Attempt {
  browser: Buffer
  /** Whether what was given opens a request with this nonce. */
  opens: (nonce: Buffer) => boolean
  device: Device
  deviceLabel: string
  /** The session that this browser still has, if any. */
  replacing: string | undefined
}

export type Outcome =
  | { result: 'signed-in'; agentId: number; token: string; returnTo: string }
  | { result: 'wrong'; triesLeft: number }
  | { result: 'used' | 'expired' | 'exhausted' | 'unknown' }

/**
 * Uses a code or a link. One statement counts the try and marks the request as used: of any number of attempts at once one
 * succeeds, and none escapes the count. The account appears at the first sign-in.
 */
export async function redeem(db: Database, attempt: Attempt): Promise<Outcome> {
  const found = await findSignInRequest(db, attempt.browser)
  if (!found) return { result: 'unknown' }
  const opens = attempt.opens(found.nonce)
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable('sign_in_requests')
      .set({
        tries: sql`tries + 1`,
        used_at: opens ? sql`now()` : null
      })
      .where('browser_hash', '=', attempt.browser)
      .where('used_at', 'is', null)
      .where('expires_at', '>', sql<Date>`now()`)
      .where('tries', '<', wrongCodesPerRequest)
      .returning(['email', 'return_to', 'tries'])
      .executeTakeFirst()
    if (!row) return { result: whyDead(await findSignInRequest(trx, attempt.browser)) }
    const wrong = { result: 'wrong', triesLeft: wrongCodesPerRequest - row.tries } as const
    if (!opens) return wrong
    const agentId = await welcomeAgent(trx, row.email)
    if (agentId === undefined) return wrong
    const token = await insertSession(trx, {
      agentId,
      device: attempt.device,
      deviceLabel: attempt.deviceLabel,
      replacing: attempt.replacing
    })
    return { result: 'signed-in', agentId, token, returnTo: row.return_to }
  })
}

function whyDead(found: FoundSignInRequest | undefined): 'used' | 'expired' | 'exhausted' | 'unknown' {
  if (!found) return 'unknown'
  if (found.used_at) return 'used'
  return found.expired ? 'expired' : 'exhausted'
}

/** The agent of this address, made if need be; undefined when they may not come in (any more). */
async function welcomeAgent(trx: Database, email: string): Promise<number | undefined> {
  const { who_may_sign_in } = await trx.selectFrom('settings').select('who_may_sign_in').executeTakeFirstOrThrow()
  const known = await trx
    .updateTable('agents')
    .set({ last_signed_in_at: sql`now()` })
    .where('email', '=', email)
    .where('deactivated_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (known) return known.id
  if (who_may_sign_in === 'listed') return undefined
  // Two devices of one newcomer may arrive together; a disabled agent meets the conflict, and gets no row.
  const newcomer = await trx
    .insertInto('agents')
    .values({ email, name: nameFromAddress(email), last_signed_in_at: sql`now()` })
    .onConflict((conflict) =>
      conflict.column('email').doUpdateSet({ last_signed_in_at: sql`now()` }).where('agents.deactivated_at', 'is', null)
    )
    .returning('id')
    .executeTakeFirst()
  return newcomer?.id
}
