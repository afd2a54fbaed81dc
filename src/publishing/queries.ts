/** What lists and screens read of entries beside their documents. */
import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { Entry } from './entries.ts'
import type { Kind } from './kinds.ts'

/** More than a city writes of one kind. */
export const mostListed = 1000

/** The entries of a kind that are not in the trash, with what `stateOf` asks of them: each list adds its own columns and order. */
export function entriesOf(db: Database, kind: Kind) {
  return (
    db
      .selectFrom('entries')
      .select([
        'entries.id',
        'entries.title',
        'entries.content_id',
        'entries.withdrawn_at',
        'entries.trashed_at',
        'entries.publish_at',
        'entries.saved_at'
      ])
      // Whether there is one: the whole drafts of three hundred sheets are megabytes.
      .select(sql<true | null>`case when entries.draft is not null then true end`.as('draft'))
      .where('entries.kind', '=', kind)
      .where('entries.trashed_at', 'is', null)
  )
}

/** Who saved last, and who proposed, when they are still there. */
export async function findPeople(
  db: Database,
  entry: Pick<Entry, 'saved_by' | 'proposed_by'>
): Promise<{ saver: { id: number; name: string } | undefined; proposer: { id: number; name: string } | undefined }> {
  const ids = [entry.saved_by, entry.proposed_by].filter((id) => id !== null)
  const rows =
    ids.length === 0 ? [] : await db.selectFrom('agents').select(['id', 'name']).where('id', 'in', ids).execute()
  const named = (id: number | null) => rows.find((row) => row.id === id)
  return { saver: named(entry.saved_by), proposer: named(entry.proposed_by) }
}

/** Notes that this agent has the page open, and names the others who do. */
export async function noteEditing(db: Database, entryId: number, agentId: number): Promise<string[]> {
  await db
    .insertInto('editing')
    .values({ entry_id: entryId, agent_id: agentId })
    .onConflict((conflict) => conflict.columns(['entry_id', 'agent_id']).doUpdateSet({ seen_at: sql`now()` }))
    .execute()
  const others = await db
    .selectFrom('editing')
    .innerJoin('agents', 'agents.id', 'editing.agent_id')
    .select('agents.name')
    .where('editing.entry_id', '=', entryId)
    .where('editing.agent_id', '!=', agentId)
    .where('editing.seen_at', '>', sql<Date>`now() - interval '2 minutes'`)
    .orderBy('agents.name')
    .limit(5)
    .execute()
  return others.map((other) => other.name)
}
