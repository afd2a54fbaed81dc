/** What leaves the trash for good: by the hand of the webmaster, or when its thirty days are over. */
import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { trashDays } from './entries.ts'
import { noteEntry, theSite } from './entry-journal.ts'
import type { Author, ContentKind } from './kinds.ts'

/** Removes an entry with its versions and all that readers could see of it; false when it is not in the trash (any more). */
export async function eraseEntry<Document extends object>(
  db: Database,
  kind: ContentKind<Document>,
  entryId: number,
  author: Author,
  { onlyWhenOver = false } = {}
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const entry = await trx
      .selectFrom('entries')
      .selectAll()
      .where('id', '=', entryId)
      .where('kind', '=', kind.kind)
      .where('trashed_at', 'is not', null)
      .$if(onlyWhenOver, (query) => query.where('trashed_at', '<', thirtyDaysAgo))
      .forUpdate()
      .executeTakeFirst()
    if (!entry) return false
    await noteEntry(trx, entry, 'erased', author)
    if (entry.content_id !== null) await kind.erase(trx, entry.content_id)
    await trx.deleteFrom('entries').where('id', '=', entryId).execute()
    return true
  })
}

const thirtyDaysAgo = sql<Date>`now() - make_interval(days => ${trashDays})`

/** One round of the hourly chore, over every kind. What cannot be erased does not hold the rest back. */
export async function emptyTrash(db: Database, kinds: ContentKind<object>[]): Promise<void> {
  const over = await db
    .selectFrom('entries')
    .select(['id', 'kind'])
    .where('trashed_at', '<', thirtyDaysAgo)
    .orderBy('trashed_at')
    .limit(200)
    .execute()
  const failures: unknown[] = []
  for (const { id, kind: name } of over) {
    const kind = kinds.find((candidate) => candidate.kind === name)
    if (!kind) continue
    try {
      await eraseEntry(db, kind, id, theSite, { onlyWhenOver: true })
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'some entries of the trash could not be erased')
}
