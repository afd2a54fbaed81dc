/** What the lists of contents read of their entries. */
import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
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
