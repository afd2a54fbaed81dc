/** What was said of people holds for every file of the same bytes, which shows the same ones: also for one that comes later. */
import { sql } from 'kysely'
import type { Database } from '../../db/database.ts'

/**
 * What is known of the droit à l’image of these bytes, from whichever file they are, even in the trash; undefined when they are
 * nobody's yet. Only for who holds the lock on them.
 */
export function findRightsOfBytes(trx: Database, sha256: string) {
  return (
    trx
      .selectFrom('media')
      .select(['hidden_at', 'people', 'agreement', 'agreement_source', 'agreement_by', 'agreement_at'])
      // As text: a day read as an instant would move with the time zone.
      .select(sql<string | null>`agreement_until::text`.as('agreement_until'))
      .where('sha256', '=', sha256)
      .where('kind', 'in', ['image', 'video'])
      .orderBy(sql`hidden_at is null`)
      .orderBy(sql`agreement <> 'non'`)
      .orderBy('agreement_at', (order) => order.desc().nullsLast())
      .limit(1)
      .executeTakeFirst()
  )
}

export type RightsOfBytes = NonNullable<Awaited<ReturnType<typeof findRightsOfBytes>>>
