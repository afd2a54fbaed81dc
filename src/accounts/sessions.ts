/**
 * Who is asking. One cookie holds at most a random session token, the random token of a request to sign in, and a flash
 * message; what they are worth is decided by their rows, at every request: a cookie alone cannot be revoked (ASVS 7.4.1).
 */
import fastifySecureSession from '@fastify/secure-session'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { CompiledQuery, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { SignedInAgent, SiteSettings } from '../web/context.ts'
import { newToken, tokenHash } from './codes.ts'
import { longestPersonalPhoneDays, sharedPostHours, sharedPostIdleMinutes, signInMinutes } from './limits.ts'

declare module '@fastify/secure-session' {
  interface SessionData {
    /** The token of the session, once signed in. */
    session: string
    /** The token of the request to sign in that this browser waits for. */
    signIn: string
  }
}

export type Device = 'personnel' | 'partage'

const day = 24 * 3600

const live = `sessions.revoked_at is null and sessions.expires_at > now()
  and (sessions.device = 'personnel' or sessions.last_seen_at > now() - interval '${sharedPostIdleMinutes} minutes')`

/** The rows of `sessions` that still open the site. */
export const isLiveSession = sql<boolean>`(${sql.raw(live)})`

export const sessions = fastifyPlugin(
  async (app) => {
    const secure = app.config.baseUrl.startsWith('https:')
    // The prefix makes browsers refuse this cookie from a sister site of the city, or over plain HTTP.
    await app.register(fastifySecureSession, {
      cookieName: secure ? '__Host-session' : 'session',
      key: app.config.sessionKeys,
      // Beyond what any row allows: the plugin's own day would sign out phones.
      expiry: (longestPersonalPhoneDays + 10) * day,
      cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure }
    })
    app.decorateRequest('agent', undefined)
    // Set before any handler runs; a request refused earlier has none, which the error pages check.
    app.decorateRequest('settings', null as unknown as SiteSettings)
    app.addHook('onRequest', recognise)
  },
  { name: 'sessions', dependencies: ['security'] }
)

async function recognise(request: FastifyRequest): Promise<void> {
  const cookie = request.session
  if (request.routeOptions.config.access === 'machine') {
    // Read with an older key, the cookie would be written again here, without the lifetime that only the row knows.
    cookie.changed = false
    return
  }
  const token = cookie.get('session')
  const { settings, agent, seenLongAgo } = await findVisitor(request.server.db, token)
  request.settings = settings
  request.agent = agent
  if (agent && seenLongAgo) await noteVisit(request.server.db, agent.sessionId)
  cookie.options(cookieLifetime(agent?.device, settings.session_days, cookie.get('signIn') !== undefined))
}

/** How long the browser keeps the cookie, whenever an answer writes it. Nothing: until the browser closes. */
function cookieLifetime(device: Device | undefined, days: number, isSigningIn = false): { maxAge?: number } {
  if (device === 'personnel') return { maxAge: days * day }
  // A phone may close its browser while the mail is being read.
  if (device === undefined && isSigningIn) return { maxAge: (signInMinutes + 5) * 60 }
  return {}
}

interface VisitorRow {
  settings: SiteSettings
  agent_id: number | null
  agent_email: string
  agent_name: string
  agent_role: SignedInAgent['role']
  agent_is_entrusted: boolean
  session_id: number
  session_device: Device
  session_seen_long_ago: boolean
}

// Every page begins with this statement: it is planned once, and asks for all that a page needs to know. The settings come as
// one value: a column that a newer version adds must not disturb the plans of a process that still runs.
const visitorQuery = `
  select to_jsonb(settings) - 'id' as settings, visitor.*
  from settings left join (
    select agents.id as agent_id, agents.email as agent_email, agents.name as agent_name, agents.role as agent_role,
      exists (select from action_pilotes where agent_id = agents.id)
        or exists (select from direction_referents where agent_id = agents.id) as agent_is_entrusted,
      sessions.id as session_id, sessions.device as session_device,
      sessions.last_seen_at < now() - interval '1 minute' as session_seen_long_ago
    from sessions join agents on agents.id = sessions.agent_id
    where sessions.token_hash = $1 and ${live} and agents.deactivated_at is null
  ) as visitor on true`

interface Visitor {
  settings: SiteSettings
  agent: SignedInAgent | undefined
  seenLongAgo: boolean
}

async function findVisitor(db: Database, token: string | undefined): Promise<Visitor> {
  const { rows } = await db.executeQuery<VisitorRow>(
    CompiledQuery.raw(visitorQuery, [token === undefined ? null : tokenHash(token)])
  )
  const [row] = rows
  if (!row) throw new Error('The settings have no row.')
  const { agent_id, session_id, session_device, session_seen_long_ago, settings } = row
  if (agent_id === null) return { settings, agent: undefined, seenLongAgo: false }
  return {
    settings,
    agent: {
      id: agent_id,
      email: row.agent_email,
      name: row.agent_name,
      role: row.agent_role,
      isEntrusted: row.agent_is_entrusted,
      sessionId: session_id,
      device: session_device
    },
    seenLongAgo: session_seen_long_ago
  }
}

/** Written once a minute at most, by whichever of several requests at once comes first. */
async function noteVisit(db: Database, sessionId: number): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ last_seen_at: sql`now()` })
    .where('id', '=', sessionId)
    .where(sql<boolean>`last_seen_at < now() - interval '1 minute'`)
    .execute()
}

/** A new session for this agent, instead of the one that this browser had; gives the token for its cookie. */
export async function insertSession(
  trx: Database,
  session: { agentId: number; device: Device; deviceLabel: string; replacing: string | undefined }
): Promise<string> {
  if (session.replacing !== undefined) await revokeToken(trx, session.replacing)
  const token = newToken()
  const lifetime =
    session.device === 'personnel'
      ? sql`make_interval(days => (select session_days from settings))`
      : sql`make_interval(hours => ${sharedPostHours}::integer)`
  await trx
    .insertInto('sessions')
    .values({
      token_hash: tokenHash(token),
      agent_id: session.agentId,
      device: session.device,
      device_label: session.deviceLabel,
      expires_at: sql<Date>`now() + ${lifetime}`
    })
    .execute()
  return token
}

async function revokeToken(db: Database, token: string): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ revoked_at: sql`now()` })
    .where('token_hash', '=', tokenHash(token))
    .where('revoked_at', 'is', null)
    .execute()
}

/** Gives the browser its new session, and nothing of what its cookie held before (ASVS 7.2.4). */
export function startSession(request: FastifyRequest, token: string, device: Device): void {
  request.session.regenerate()
  request.session.set('session', token)
  request.session.options(cookieLifetime(device, request.settings.session_days))
}

/** Binds a request to sign in to this browser; gives the hash that its row keeps. */
export function startSignIn(request: FastifyRequest): Buffer {
  const token = newToken()
  request.session.set('signIn', token)
  request.session.options(cookieLifetime(undefined, 0, true))
  return tokenHash(token)
}

/** What the row of the request that this browser waits for is known by. */
export function pendingSignIn(request: FastifyRequest): Buffer | undefined {
  const token = request.session.get('signIn')
  return token === undefined ? undefined : tokenHash(token)
}

/** Out for good: the row is revoked, the cookie emptied, and what the browser kept of the site is dropped. */
export async function endSession(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const token = request.session.get('session')
  if (token !== undefined) await revokeToken(request.server.db, token)
  request.session.regenerate()
  request.session.options({})
  reply.header('clear-site-data', '"cache", "storage"')
}
