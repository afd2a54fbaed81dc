/** Every « may they? ». What is not written here is not allowed. */
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { SignedInAgent } from '../web/context.ts'

type Visitor = SignedInAgent | undefined

/** Tools, documents, the picture of a sheet and the names of agents: for members, even when the sheet is public. */
export function mayReadReserved(visitor: Visitor): boolean {
  return visitor !== undefined
}

/**
 * The rows of `actions`, or of an alias of it, that are on show: published, in an engagement that is published too. Everything
 * that lists, counts or finds actions asks here, so that they agree.
 */
export function isPublishedAction(actions = 'actions'): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(`${actions}.published_at`)} is not null and exists (
    select from engagements as own_engagement
    where own_engagement.id = ${sql.ref(`${actions}.engagement_id`)} and own_engagement.published_at is not null
  ))`
}

/** The actions that this visitor may read: for an agent, all that are on show; for anyone, those made public by the webmaster. */
export function mayReadAction(visitor: Visitor, actions = 'actions'): RawBuilder<boolean> {
  const published = isPublishedAction(actions)
  return visitor === undefined
    ? sql<boolean>`(${published} and ${sql.ref(`${actions}.visibility`)} = 'public')`
    : published
}

/** The sheet of an action: for the webmaster, and for its pilotes. One that was never published is the webmaster's. */
export async function mayEditAction(db: Database, agent: SignedInAgent, actionId: number | null): Promise<boolean> {
  if (agent.role === 'webmaster') return true
  if (actionId === null) return false
  const pilote = await db
    .selectFrom('action_pilotes')
    .select('agent_id')
    .where('action_id', '=', actionId)
    .where('agent_id', '=', agent.id)
    .executeTakeFirst()
  return pilote !== undefined
}

/** Who carries an action, under which engagement and number, and who sees it: the webmaster's to say. */
export function mayEntrustAction(agent: SignedInAgent): boolean {
  return agent.role === 'webmaster'
}

/** The page of a direction: for the webmaster, and for its référents. One that was never published is the webmaster's. */
export async function mayEditDirection(
  db: Database,
  agent: SignedInAgent,
  directionId: number | null
): Promise<boolean> {
  if (agent.role === 'webmaster') return true
  if (directionId === null) return false
  const referent = await db
    .selectFrom('direction_referents')
    .select('agent_id')
    .where('direction_id', '=', directionId)
    .where('agent_id', '=', agent.id)
    .executeTakeFirst()
  return referent !== undefined
}

/** What a direction is called, where it stands among the others, and who answers for it: the webmaster's to say. */
export function mayEntrustDirection(agent: SignedInAgent): boolean {
  return agent.role === 'webmaster'
}

/** Showing to readers what one may edit: the webmaster always, référents and pilotes where the webmaster lets them. */
export function mayPublishContent(agent: SignedInAgent, settings: { referents_publish: boolean }): boolean {
  return agent.role === 'webmaster' || settings.referents_publish
}

/** Creating, deleting, planning and withdrawing content. */
export function mayManageContent(agent: SignedInAgent): boolean {
  return agent.role === 'webmaster'
}

/** Files for what one writes: the webmaster, whoever is pilote of an action or référent of a direction. */
export async function mayBringFiles(db: Database, agent: Visitor): Promise<boolean> {
  if (agent === undefined) return false
  if (agent.role === 'webmaster') return true
  const { rows } = await sql<{ may: boolean }>`
    select exists (select from action_pilotes where agent_id = ${agent.id})
      or exists (select from direction_referents where agent_id = ${agent.id}) as may`.execute(db)
  return rows[0]?.may ?? false
}

/** What a picture shows: the webmaster says it, and whoever brought it until somebody else did. */
export function mayDescribeFile(
  agent: SignedInAgent,
  file: { author_id: number | null; alt: string | null; described_by: number | null }
): boolean {
  if (agent.role === 'webmaster') return true
  return file.author_id === agent.id && (file.alt === null || file.described_by === agent.id)
}

/** What is said and read of a video, captions and transcript: the webmaster writes it, and whoever brought the video while they may bring files. */
export async function mayWriteVideoWords(
  db: Database,
  agent: SignedInAgent,
  file: { author_id: number | null }
): Promise<boolean> {
  if (agent.role === 'webmaster') return true
  return file.author_id === agent.id && (await mayBringFiles(db, agent))
}
