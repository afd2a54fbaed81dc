/** How often one may try. Every number that protects the sign-in is here, with its unit. */
import { createHmac } from 'node:crypto'
import { isIPv6 } from 'node:net'
import { sql } from 'kysely'
import type { Database } from '../db/database.ts'

/** A request to sign in, with its code and its link (ASVS 6.5.5 allows ten minutes at most; the schema holds it too). */
export const signInMinutes = 10
export const wrongCodesPerRequest = 5
/** A message asked again carries the same code while the request has this long to live; after that, a new code. */
export const resendMinutes = 5

/** The webmaster chooses, up to this many days (settings.session_days). */
export const longestPersonalPhoneDays = 180
export const sharedPostHours = 12
export const sharedPostIdleMinutes = 10

interface Limit {
  name: string
  max: number
  seconds: number
}

const minute = 60
const hour = 60 * minute

/**
 * Messages to one address: few from one network, more from all of them together. So one attacker uses up their own share and
 * leaves the owner of the address theirs. These messages also bound how often a code can be guessed: a request without a
 * message has no code that opens it, hence 20 × 5 guesses among a million in an hour, from however many networks.
 */
export const messagesFromNetwork: Limit = { name: 'messages-from-network', max: 5, seconds: hour }
export const messagesToAddress: Limit = { name: 'messages-to-address', max: 20, seconds: hour }

/** A whole town hall has one public address: 300 agents who each ask twice within ten minutes all pass. */
export const requestsFromNetwork: Limit = { name: 'requests-from-network', max: 600, seconds: 15 * minute }
export const codesFromNetwork: Limit = { name: 'codes-from-network', max: 1500, seconds: 15 * minute }

/** A webmaster who presses the button again and again fills nobody's mailbox. */
export const invitationsToAgent: Limit = { name: 'invitations-to-agent', max: 2, seconds: 24 * hour }

export interface Hit {
  allowed: boolean
  /** Until the window ends and counting starts again. */
  secondsLeft: number
}

/**
 * Counts one more (or `amount`) in the current window, by the clock of the database, and tells whether the limit holds.
 * An `amount` of 0 asks and counts nothing, in the same time.
 */
export async function hit(db: Database, limit: Limit, key: Buffer, amount: 0 | 1 = 1): Promise<Hit> {
  const { rows } = await sql<{ count: number; seconds_left: number }>`
    insert into rate_limits (key, window_started_at, count)
    values (${key}, to_timestamp(floor(extract(epoch from now()) / ${limit.seconds}::integer) * ${limit.seconds}::integer), ${amount})
    on conflict (key, window_started_at) do update set count = rate_limits.count + excluded.count
    returning count,
      ceil(extract(epoch from window_started_at) + ${limit.seconds}::integer - extract(epoch from now()))::integer as seconds_left
  `.execute(db)
  const row = rows[0]
  if (!row) throw new Error('Counting a hit returned no row.')
  return { allowed: row.count <= limit.max, secondsLeft: Math.max(1, row.seconds_left) }
}

/** Keys are hashed with a secret: neither an e-mail address nor a network can be read or guessed from the table. */
export function limitKey(secret: Buffer, limit: Limit, ...subjects: string[]): Buffer {
  return createHmac('sha256', secret)
    .update([limit.name, ...subjects].join('\n'))
    .digest()
}

/** Where a request comes from, as a limit sees it: an IPv4 address, or the 64 first bits of an IPv6 one (one household, one site). */
export function networkOf(ip: string): string {
  const address = ip.replace(/%.*$/, '')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1]) return mapped[1]
  if (!isIPv6(address)) return address
  // The URL parser writes every form of an address in the same way.
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1)
  const [head = '', tail] = canonical.split('::')
  const groups = head === '' ? [] : head.split(':')
  const after = tail ? tail.split(':') : []
  const zeros = tail === undefined ? 0 : 8 - groups.length - after.length
  return `${[...groups, ...Array<string>(zeros).fill('0'), ...after].slice(0, 4).join(':')}::/64`
}
