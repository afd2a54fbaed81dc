/** What the back-office of engagements reads. */
import { sql } from 'kysely'
import { isPublishedAction } from '../accounts/permissions.ts'
import type { Database } from '../db/database.ts'
import { type ChosenImage, findChosenImage, listMediaChoices, type MediaChoice } from '../media/choices.ts'
import { entriesOf, mostListed } from '../publishing/queries.ts'
import type { EngagementDocument } from './engagement-document.ts'
import type { Hue } from './progress.ts'

/** Every engagement that is not in the trash, in the order readers see, what was never published first. */
export function listEngagementEntries(db: Database) {
  return entriesOf(db, 'engagement')
    .leftJoin('engagements', 'engagements.id', 'entries.content_id')
    .select(['engagements.number', 'engagements.hue'])
    .select((eb) =>
      eb
        .selectFrom('actions')
        .select((count) => count.fn.countAll<number>().as('count'))
        .whereRef('actions.engagement_id', '=', 'entries.content_id')
        .where('actions.published_at', 'is not', null)
        .$asScalar()
        .$notNull()
        .as('action_count')
    )
    .orderBy(sql`engagements.number nulls first`)
    .orderBy('entries.id', 'desc')
    .limit(mostListed)
    .execute()
}

export interface EngagementChoices {
  /** The other engagements, for the numbers and colours that are taken. */
  others: { title: string; number: number; hue: Hue }[]
  library: MediaChoice[]
  image: ChosenImage | undefined
}

export async function listEngagementChoices(
  db: Database,
  document: EngagementDocument,
  contentId: number | null
): Promise<EngagementChoices> {
  const [others, library, image] = await Promise.all([
    db
      .selectFrom('engagements')
      .select(['title', 'number', 'hue'])
      .where('id', '!=', contentId ?? 0)
      .where('published_at', 'is not', null)
      .orderBy('number')
      .limit(100)
      .execute(),
    listMediaChoices(db, []),
    findChosenImage(db, document.imageId)
  ])
  return { others, library, image }
}

/** How many sheets readers see because this engagement is on show. */
export async function countShownActions(db: Database, engagementId: number): Promise<number> {
  const { count } = await db
    .selectFrom('actions')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('engagement_id', '=', engagementId)
    .where(isPublishedAction())
    .executeTakeFirstOrThrow()
  return count
}

/** How many sheets belong to this engagement and are not in the trash themselves. */
export async function countKeptActions(db: Database, engagementId: number): Promise<number> {
  const { count } = await db
    .selectFrom('actions')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('engagement_id', '=', engagementId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('entries')
            .select('entries.id')
            .where('entries.kind', '=', 'action')
            .whereRef('entries.content_id', '=', 'actions.id')
            .where('entries.trashed_at', 'is not', null)
        )
      )
    )
    .executeTakeFirstOrThrow()
  return count
}
