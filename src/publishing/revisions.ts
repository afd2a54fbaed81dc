/** The history of an entry: each version that somebody saved or published, as it was. */
import { sql, type Transaction } from 'kysely'
import type { Database } from '../db/database.ts'
import type { DB, Revisions } from '../db/schema.ts'
import type { Entry } from './entries.ts'
import type { Author } from './kinds.ts'

export type RevisionEvent = Revisions['event']

/** Saves of one person within this time are one line of the history, unless most of the text went: that may be a mistake. */
const groupedMinutes = 10

/** Keeps a version, in the transaction that makes it. */
export async function addRevision(
  trx: Transaction<DB>,
  entry: Entry,
  event: RevisionEvent,
  document: object,
  author: Author,
  isOnItsOwn = false
): Promise<void> {
  const text = JSON.stringify(document)
  if (event === 'saved' && !isOnItsOwn) {
    const grouped = await trx
      .updateTable('revisions')
      // The line keeps its time: somebody who writes all day leaves more than one.
      .set({ document: text, version: entry.version })
      .where('id', '=', (eb) =>
        eb.selectFrom('revisions').select('id').where('entry_id', '=', entry.id).orderBy('id', 'desc').limit(1)
      )
      .where('event', '=', 'saved')
      .where('agent_id', '=', author.id)
      .where('created_at', '>', sql<Date>`now() - make_interval(mins => ${groupedMinutes})`)
      .where(sql<boolean>`length(document::text) < 2 * length(${text}::jsonb::text)`)
      .returning('id')
      .executeTakeFirst()
    if (grouped) return
  }
  await trx
    .insertInto('revisions')
    .values({
      entry_id: entry.id,
      version: entry.version,
      event,
      document: text,
      agent_id: author.id,
      agent_name: author.name
    })
    .execute()
}

export interface RevisionLine {
  id: number
  version: number
  event: RevisionEvent
  agent_name: string
  created_at: Date
}

export const revisionsPerPage = 50

export async function countRevisions(db: Database, entryId: number): Promise<number> {
  const { count } = await db
    .selectFrom('revisions')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('entry_id', '=', entryId)
    .executeTakeFirstOrThrow()
  return count
}

export function listRevisions(db: Database, entryId: number, page: number): Promise<RevisionLine[]> {
  return db
    .selectFrom('revisions')
    .select(['id', 'version', 'event', 'agent_name', 'created_at'])
    .where('entry_id', '=', entryId)
    .orderBy('id', 'desc')
    .limit(revisionsPerPage)
    .offset((page - 1) * revisionsPerPage)
    .execute()
}

export function findRevision(db: Database, entryId: number, id: number) {
  return db.selectFrom('revisions').selectAll().where('entry_id', '=', entryId).where('id', '=', id).executeTakeFirst()
}

/** The publication before the one on show, for « Annuler la publication »; undefined when there was none. */
export function findPreviousPublication(db: Database, entryId: number) {
  return db
    .selectFrom('revisions')
    .selectAll()
    .where('entry_id', '=', entryId)
    .where('event', 'in', ['published', 'restored'])
    .orderBy('id', 'desc')
    .offset(1)
    .limit(1)
    .executeTakeFirst()
}
