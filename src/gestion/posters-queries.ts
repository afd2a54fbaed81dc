/** What can be hung on a wall: engagements and sheets that readers see. */
import { sql } from 'kysely'
import { isPublishedAction } from '../accounts/permissions.ts'
import type { Database } from '../db/database.ts'
import { imageOf } from '../media/queries.ts'

export function listPosterEngagements(db: Database, words: string[]) {
  return db
    .selectFrom('engagements')
    .select(['id', 'number', 'title', 'hue'])
    .where('published_at', 'is not', null)
    .where(({ and }) => and(words.map((word) => holdsWord('engagements', word))))
    .orderBy('number')
    .limit(100)
    .execute()
}

export function listPosterActions(db: Database, words: string[]) {
  return db
    .selectFrom('actions')
    .innerJoin('engagements', 'engagements.id', 'actions.engagement_id')
    .select(['actions.id', 'actions.number', 'actions.title', 'actions.visibility', 'engagements.hue'])
    .select(['engagements.number as engagement_number', 'engagements.title as engagement_title'])
    .where(isPublishedAction())
    .where(({ and }) => and(words.map((word) => holdsWord('actions', word))))
    .orderBy('actions.number')
    .limit(3000)
    .execute()
}

function holdsWord(table: 'actions' | 'engagements', word: string) {
  const pattern = `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`
  return sql<boolean>`(unaccent(lower(${sql.ref(`${table}.title`)})) like unaccent(lower(${pattern}))
    or ${sql.ref(`${table}.number`)}::text = ${word})`
}

export function findPosterEngagement(db: Database, id: number) {
  return db
    .selectFrom('engagements')
    .select(['id', 'number', 'title', 'slug', 'hue', 'tagline', 'description'])
    .select((eb) => imageOf(eb.ref('engagements.image_id')).as('image'))
    .where('id', '=', id)
    .where('published_at', 'is not', null)
    .executeTakeFirst()
}

export function findPosterAction(db: Database, id: number) {
  return db
    .selectFrom('actions')
    .innerJoin('engagements', 'engagements.id', 'actions.engagement_id')
    .select(['actions.id', 'actions.number', 'actions.title', 'actions.slug', 'actions.status', 'actions.visibility'])
    .select(['actions.summary', 'engagements.hue'])
    .select(['engagements.number as engagement_number', 'engagements.title as engagement_title'])
    .select((eb) => imageOf(eb.ref('actions.image_id')).as('image'))
    .where('actions.id', '=', id)
    .where(isPublishedAction())
    .executeTakeFirst()
}
