import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { isPublishedAction } from './permissions.ts'
import { isLiveSession } from './sessions.ts'

export function findAgentJob(db: Database, agentId: number) {
  return db.selectFrom('agents').select('job_title').where('id', '=', agentId).executeTakeFirstOrThrow()
}

export function listDirectionsOfReferent(db: Database, agentId: number) {
  return db
    .selectFrom('direction_referents')
    .innerJoin('directions', 'directions.id', 'direction_referents.direction_id')
    .select(['directions.slug', 'directions.name'])
    .select(sql<boolean>`directions.published_at is not null`.as('is_published'))
    .where('direction_referents.agent_id', '=', agentId)
    .orderBy('directions.order')
    .orderBy('directions.name')
    .limit(200)
    .execute()
}

export function listActionsOfPilote(db: Database, agentId: number) {
  return db
    .selectFrom('action_pilotes')
    .innerJoin('actions', 'actions.id', 'action_pilotes.action_id')
    .select(['actions.slug', 'actions.number', 'actions.title'])
    .select(isPublishedAction().as('is_published'))
    .where('action_pilotes.agent_id', '=', agentId)
    .orderBy('actions.number')
    .limit(200)
    .execute()
}

export function listLiveSessions(db: Database, agentId: number) {
  return db
    .selectFrom('sessions')
    .select(['id', 'device', 'device_label', 'created_at', 'last_seen_at'])
    .where('agent_id', '=', agentId)
    .where(isLiveSession)
    .orderBy('last_seen_at', 'desc')
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
}

export async function updateAgentName(db: Database, agentId: number, name: string): Promise<void> {
  await db.updateTable('agents').set({ name }).where('id', '=', agentId).execute()
}

/** Only one's own: the number of another agent's session does nothing. */
export async function revokeSession(db: Database, agentId: number, sessionId: number): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ revoked_at: sql`now()` })
    .where('id', '=', sessionId)
    .where('agent_id', '=', agentId)
    .where('revoked_at', 'is', null)
    .execute()
}

/** All the sessions of an agent but one; all of them when none is spared. */
export async function revokeSessions(db: Database, agentId: number, sparedSessionId?: number): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ revoked_at: sql`now()` })
    .where('agent_id', '=', agentId)
    .where('revoked_at', 'is', null)
    .$if(sparedSessionId !== undefined, (query) => query.where('id', '!=', sparedSessionId ?? 0))
    .execute()
}

/** What is no longer needed to protect anybody goes away; what « Confidentialité » announces is held here. */
export async function forgetOldTraces(db: Database): Promise<void> {
  await sql`delete from rate_limits where window_started_at < now() - interval '1 day'`.execute(db)
  await sql`delete from sign_in_requests where created_at < now() - interval '7 days'`.execute(db)
  await sql`delete from sessions where least(expires_at, revoked_at) < now() - interval '6 months'`.execute(db)
}
