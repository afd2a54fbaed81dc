/** The agents that the screens of contents propose. */
import { sql } from 'kysely'
import type { Database } from '../db/database.ts'

export interface AgentChoice {
  id: number
  name: string
  email: string
}

/** Those who have not left. Whoever is chosen already comes first: in a large city too, saving loses nobody. */
export function listAgentChoices(db: Database, chosen: number[]): Promise<AgentChoice[]> {
  return db
    .selectFrom('agents')
    .select(['id', 'name', 'email'])
    .where('deactivated_at', 'is', null)
    .orderBy(sql<boolean>`id = any(${chosen}::integer[])`, 'desc')
    .orderBy('name')
    .limit(1000)
    .execute()
}
