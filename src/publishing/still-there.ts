/** What a document names may be gone when it is published: that is left out, and is no error. */
import type { Transaction } from 'kysely'
import type { Database } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import { isOnShow } from '../media/queries.ts'

/** Of these rows, those that exist, in the order they were given. */
export async function stillThere(
  trx: Transaction<DB>,
  table: 'actions' | 'directions' | 'media',
  ids: number[]
): Promise<number[]> {
  if (ids.length === 0) return []
  const rows = await trx.selectFrom(table).select('id').where('id', 'in', ids).execute()
  const known = new Set(rows.map((row) => row.id))
  return ids.filter((id) => known.has(id))
}

/** Who left answers for nothing, whatever an old version says. */
export async function activeAgents(trx: Transaction<DB>, ids: number[]): Promise<number[]> {
  if (ids.length === 0) return []
  const rows = await trx
    .selectFrom('agents')
    .select('id')
    .where('id', 'in', ids)
    .where('deactivated_at', 'is', null)
    .orderBy('name')
    .execute()
  return rows.map((row) => row.id)
}

/** Of these files, those that were named already and those that anybody who writes may choose: in the library, neither thrown away nor hidden. */
export async function filesToChoose(db: Database, ids: number[], named: number[]): Promise<number[]> {
  const known = new Set(named)
  const added = ids.filter((id) => !known.has(id))
  if (added.length === 0) return ids
  const rows = await db.selectFrom('media').select('id').where('id', 'in', added).where(isOnShow()).execute()
  for (const { id } of rows) known.add(id)
  return ids.filter((id) => known.has(id))
}
