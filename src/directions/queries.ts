/** Directions, their teams and what they show. */
import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { isPublishedAction } from '../accounts/permissions.ts'
import type { Database } from '../db/database.ts'
import type { Media } from '../db/schema.ts'
import { listActionsOfDirection } from '../engagements/queries.ts'
import { findMediaByIds, findSlides, imageOf, isOnShow } from '../media/queries.ts'
import { mediaIdsOf } from '../media/rich-text-media.ts'

export function listDirections(db: Database) {
  return db
    .selectFrom('directions')
    .select(['id', 'slug', 'name', 'tagline'])
    .select((eb) => [
      imageOf(eb.ref('directions.image_id')).as('image'),
      eb
        .selectFrom('action_directions')
        .innerJoin('actions', 'actions.id', 'action_directions.action_id')
        .whereRef('action_directions.direction_id', '=', 'directions.id')
        .where(isPublishedAction())
        .select((count) => count.fn.countAll<number>().as('count'))
        .$asScalar()
        .$notNull()
        .as('action_count'),
      eb
        .selectFrom('direction_media')
        .innerJoin('media', 'media.id', 'direction_media.media_id')
        .whereRef('direction_media.direction_id', '=', 'directions.id')
        .where(isOnShow())
        .select(sql<Media['kind'][]>`coalesce(array_agg(distinct media.kind), '{}')`.as('kinds'))
        .$asScalar()
        .$notNull()
        .as('media_kinds')
    ])
    .where('published_at', 'is not', null)
    .orderBy('order')
    .orderBy('name')
    .limit(200)
    .execute()
}

export function findDirection(db: Database, slug: string) {
  return db
    .selectFrom('directions')
    .select(['id', 'slug', 'name', 'tagline', 'project', 'updated_at'])
    .select((eb) => [
      imageOf(eb.ref('directions.image_id')).as('image'),
      jsonArrayFrom(
        eb
          .selectFrom('direction_members')
          .select(['name', 'job_title'])
          .select((member) => imageOf(member.ref('direction_members.portrait_id')).as('portrait'))
          .whereRef('direction_id', '=', 'directions.id')
          .orderBy('order')
          .limit(100)
      ).as('members'),
      jsonArrayFrom(
        eb
          .selectFrom('direction_referents')
          .innerJoin('agents', 'agents.id', 'direction_referents.agent_id')
          .select('agents.name')
          .whereRef('direction_referents.direction_id', '=', 'directions.id')
          .where('agents.deactivated_at', 'is', null)
          .orderBy('agents.name')
      ).as('referents'),
      jsonArrayFrom(
        eb
          .selectFrom('direction_media')
          .select('media_id')
          .whereRef('direction_id', '=', 'directions.id')
          .orderBy('order')
          .limit(60)
      ).as('media')
    ])
    .select((eb) =>
      eb
        .selectFrom('entries')
        .select('entries.id')
        .where('entries.kind', '=', 'direction')
        .whereRef('entries.content_id', '=', 'directions.id')
        .as('entry_id')
    )
    .where('slug', '=', slug)
    .where('published_at', 'is not', null)
    .executeTakeFirst()
}

/** All that the page of a direction shows. */
export async function findDirectionPage(db: Database, slug: string) {
  const row = await findDirection(db, slug)
  if (!row) return undefined
  const files = row.media.map((entry) => entry.media_id)
  const [names, actions, media, slides] = await Promise.all([
    listDirectionNames(db),
    listActionsOfDirection(db, row.id),
    findMediaByIds(db, [...files, ...mediaIdsOf(row.project)]),
    findSlides(db, files)
  ])
  return { row, names, actions, media, slides }
}

/** The names and addresses of all, in their order: what previous and next are made of. */
export function listDirectionNames(db: Database) {
  return db
    .selectFrom('directions')
    .select(['id', 'slug', 'name'])
    .where('published_at', 'is not', null)
    .orderBy('order')
    .orderBy('name')
    .limit(200)
    .execute()
}
