/** Every « may they? ». What is not written here is not allowed. */
import type { Database } from '../db/database.ts'
import type { SignedInAgent } from '../web/context.ts'

type Visitor = SignedInAgent | undefined

/** A published action sheet: for agents, or for anyone when the webmaster made it public. */
export function mayReadAction(visitor: Visitor, action: { visibility: 'agents' | 'public' }): boolean {
  return visitor !== undefined || action.visibility === 'public'
}

/** The tools and documents of an action: for members, even when its sheet is public. */
export function mayReadReserved(visitor: Visitor): boolean {
  return visitor !== undefined
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

/** Creating, deleting, planning and withdrawing content. */
export function mayManageContent(agent: SignedInAgent): boolean {
  return agent.role === 'webmaster'
}
