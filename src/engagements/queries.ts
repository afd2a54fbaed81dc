/** Engagements and actions, as readers see them: what is published, and no more. */
import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely'
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres'
import { isPublishedAction, mayReadAction, mayReadReserved } from '../accounts/permissions.ts'
import type { Database } from '../db/database.ts'
import { imprecisely } from '../db/imprecise-dates.ts'
import type { DB } from '../db/schema.ts'
import { findMediaByIds, findSlides, imageOf } from '../media/queries.ts'
import { mediaIdsOf } from '../media/rich-text-media.ts'
import type { SignedInAgent } from '../web/context.ts'
import type { ActionFilter } from './forms.ts'

export const actionsPerPage = 60
/** Far beyond any plan: what bounds the lists that show all of it. */
export const mostActions = 3000

export function listEngagements(db: Database) {
  return db
    .selectFrom('engagements')
    .select(['id', 'number', 'slug', 'title', 'tagline', 'hue'])
    .where('published_at', 'is not', null)
    .orderBy('number')
    .limit(100)
    .execute()
}

/** Every published action, with just what the marks of progress need. */
export function listProgressRows(db: Database, engagementId?: number) {
  return db
    .selectFrom('actions')
    .select(['number', 'title', 'slug', 'status', 'engagement_id'])
    .where(isPublishedAction())
    .$if(engagementId !== undefined, (query) => query.where('engagement_id', '=', engagementId ?? 0))
    .orderBy('number')
    .limit(mostActions)
    .execute()
}

/** What a card of an action shows. */
function actionCards(db: Database) {
  return db
    .selectFrom('actions')
    .innerJoin('engagements', 'engagements.id', 'actions.engagement_id')
    .select([
      'actions.number',
      'actions.slug',
      'actions.title',
      'actions.status',
      'engagements.title as engagement_title',
      'engagements.hue'
    ])
    .select(
      sql<string>`coalesce((
        select string_agg(directions.name, ', ' order by directions."order", directions.name)
        from action_directions join directions on directions.id = action_directions.direction_id
        where action_directions.action_id = actions.id and directions.published_at is not null
      ), '')`.as('directions')
    )
    .where(isPublishedAction())
}

export type ActionCardRow = Awaited<ReturnType<ReturnType<typeof actionCards>['execute']>>[number]

type Dimension = Exclude<keyof ActionFilter, 'words'>

/** The conditions of a filter on `actions`, all but those of one dimension: the count of an option must not depend on its neighbours. */
function matches(filter: ActionFilter, except?: Dimension): Expression<SqlBool> {
  // On its own builder: the conditions then fit any query on `actions`, whatever else it joins.
  const eb = expressionBuilder<DB, 'actions'>()
  const conditions: Expression<SqlBool>[] = []
  if (filter.words !== '') {
    conditions.push(sql<SqlBool>`actions.search @@ websearch_to_tsquery('french_unaccent', ${filter.words})`)
  }
  if (filter.statuses.length > 0 && except !== 'statuses') conditions.push(eb('actions.status', 'in', filter.statuses))
  if (filter.engagements.length > 0 && except !== 'engagements') {
    conditions.push(
      eb(
        'actions.engagement_id',
        'in',
        eb.selectFrom('engagements').select('id').where('number', 'in', filter.engagements)
      )
    )
  }
  if (filter.directions.length > 0 && except !== 'directions') {
    conditions.push(
      eb.exists(
        eb
          .selectFrom('action_directions')
          .innerJoin('directions', 'directions.id', 'action_directions.direction_id')
          .select('directions.id')
          .whereRef('action_directions.action_id', '=', 'actions.id')
          .where('directions.slug', 'in', filter.directions)
      )
    )
  }
  for (const [kind, dimension] of [
    ['service', 'services'],
    ['enjeu', 'enjeux']
  ] as const) {
    const slugs = filter[dimension]
    if (slugs.length === 0 || except === dimension) continue
    conditions.push(
      eb.exists(
        eb
          .selectFrom('action_tags')
          .innerJoin('tags', 'tags.id', 'action_tags.tag_id')
          .select('tags.id')
          .whereRef('action_tags.action_id', '=', 'actions.id')
          .where('tags.kind', '=', kind)
          .where('tags.slug', 'in', slugs)
      )
    )
  }
  return eb.and(conditions)
}

export function listActions(db: Database, filter: ActionFilter, page: number) {
  return actionCards(db)
    .where(matches(filter))
    .orderBy('actions.number')
    .limit(actionsPerPage)
    .offset((page - 1) * actionsPerPage)
    .execute()
}

export function listActionsOfEngagement(db: Database, engagementId: number) {
  return actionCards(db)
    .where('actions.engagement_id', '=', engagementId)
    .orderBy('actions.number')
    .limit(200)
    .execute()
}

export function listActionsOfDirection(db: Database, directionId: number) {
  return actionCards(db)
    .where('actions.id', 'in', (eb) =>
      eb.selectFrom('action_directions').select('action_id').where('direction_id', '=', directionId)
    )
    .orderBy('actions.number')
    .limit(200)
    .execute()
}

/** The related actions of one, from both sides, as far as this visitor may read them. */
export function listRelatedActions(db: Database, actionId: number, visitor: SignedInAgent | undefined) {
  return actionCards(db)
    .where('actions.id', 'in', (eb) =>
      eb
        .selectFrom('related_actions')
        .select('related_id as id')
        .where('action_id', '=', actionId)
        .unionAll(eb.selectFrom('related_actions').select('action_id as id').where('related_id', '=', actionId))
    )
    .where(mayReadAction(visitor))
    .orderBy('actions.number')
    .limit(24)
    .execute()
}

export interface FacetRow {
  dimension: Dimension
  value: string
  label: string
  count: number
}

/** Every option of every filter, with how many actions it would show beside the other filters in force. */
export async function listFacets(db: Database, filter: ActionFilter): Promise<FacetRow[]> {
  const published = (dimension: Dimension) =>
    db.selectFrom('actions').where(isPublishedAction()).where(matches(filter, dimension))
  const byStatus = published('statuses')
    .select([
      sql<string>`actions.status`.as('value'),
      sql<string>`actions.status`.as('label'),
      sql<number>`0`.as('rank')
    ])
    .select((eb) => [eb.fn.countAll<number>().as('count'), sql<Dimension>`'statuses'`.as('dimension')])
    .groupBy('actions.status')
  const byEngagement = published('engagements')
    .innerJoin('engagements', 'engagements.id', 'actions.engagement_id')
    .select([
      sql<string>`engagements.number::text`.as('value'),
      'engagements.title as label',
      sql<number>`engagements.number`.as('rank')
    ])
    .select((eb) => [eb.fn.countAll<number>().as('count'), sql<Dimension>`'engagements'`.as('dimension')])
    .groupBy('engagements.id')
  const byDirection = published('directions')
    .innerJoin('action_directions', 'action_directions.action_id', 'actions.id')
    .innerJoin('directions', 'directions.id', 'action_directions.direction_id')
    .where('directions.published_at', 'is not', null)
    .select(['directions.slug as value', 'directions.name as label', sql<number>`directions."order"`.as('rank')])
    .select((eb) => [eb.fn.countAll<number>().as('count'), sql<Dimension>`'directions'`.as('dimension')])
    .groupBy('directions.id')
  const byTag = (kind: 'service' | 'enjeu', dimension: 'services' | 'enjeux') =>
    published(dimension)
      .innerJoin('action_tags', 'action_tags.action_id', 'actions.id')
      .innerJoin('tags', 'tags.id', 'action_tags.tag_id')
      .where('tags.kind', '=', kind)
      .select(['tags.slug as value', 'tags.name as label', sql<number>`0`.as('rank')])
      .select((eb) => [eb.fn.countAll<number>().as('count'), sql<Dimension>`${sql.lit(dimension)}`.as('dimension')])
      .groupBy('tags.id')
  const all = byStatus
    .unionAll(byEngagement)
    .unionAll(byDirection)
    .unionAll(byTag('service', 'services'))
    .unionAll(byTag('enjeu', 'enjeux'))
  return db
    .selectFrom(all.as('facets'))
    .select(['dimension', 'value', 'label', 'count'])
    .orderBy('rank')
    .orderBy(sql`label collate "fr-x-icu"`)
    .limit(500)
    .execute()
}

export function countActions(db: Database, filter: ActionFilter) {
  return db
    .selectFrom('actions')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(isPublishedAction())
    .where(matches(filter))
    .executeTakeFirstOrThrow()
}

export function findEngagement(db: Database, slug: string) {
  return db
    .selectFrom('engagements')
    .select(['id', 'number', 'slug', 'title', 'tagline', 'description', 'hue'])
    .select((eb) => imageOf(eb.ref('engagements.image_id')).as('image'))
    .where('slug', '=', slug)
    .where('published_at', 'is not', null)
    .executeTakeFirst()
}

/** A sheet that this visitor may read, with everything that hangs on it, in one query. */
export function findAction(db: Database, slug: string, visitor: SignedInAgent | undefined) {
  return db
    .selectFrom('actions')
    .innerJoin('engagements', 'engagements.id', 'actions.engagement_id')
    .leftJoin('agents as author', 'author.id', 'actions.author_id')
    .select([
      'actions.id',
      'actions.number',
      'actions.title',
      'actions.slug',
      'actions.status',
      'actions.visibility',
      'actions.due_on',
      'actions.summary',
      'actions.results',
      'actions.tools',
      'actions.published_at',
      'actions.updated_at',
      'author.name as author',
      'engagements.number as engagement_number',
      'engagements.title as engagement_title',
      'engagements.slug as engagement_slug',
      'engagements.hue'
    ])
    .select((eb) => [
      imageOf(eb.ref('actions.image_id')).as('image'),
      jsonArrayFrom(
        eb
          .selectFrom('action_steps')
          .select(['precision', 'part', 'starts_on', 'ends_on', 'description', 'done'])
          .whereRef('action_steps.action_id', '=', 'actions.id')
          .orderBy(imprecisely)
          .orderBy('action_steps.order')
          .limit(300)
      ).as('steps'),
      jsonArrayFrom(
        eb
          .selectFrom('action_tags')
          .innerJoin('tags', 'tags.id', 'action_tags.tag_id')
          .select(['tags.kind', 'tags.name', 'tags.slug'])
          .select((tag) =>
            tag
              .selectFrom('action_tags as same')
              .innerJoin('actions as other', 'other.id', 'same.action_id')
              .whereRef('same.tag_id', '=', 'tags.id')
              .where(isPublishedAction('other'))
              .select((count) => count.fn.countAll<number>().as('count'))
              .$asScalar()
              .$notNull()
              .as('count')
          )
          .whereRef('action_tags.action_id', '=', 'actions.id')
          .orderBy(sql`tags.name collate "fr-x-icu"`)
      ).as('tags'),
      jsonArrayFrom(
        eb
          .selectFrom('action_directions')
          .innerJoin('directions', 'directions.id', 'action_directions.direction_id')
          .select(['directions.name', 'directions.slug'])
          .whereRef('action_directions.action_id', '=', 'actions.id')
          .where('directions.published_at', 'is not', null)
          .orderBy('directions.order')
      ).as('directions'),
      jsonArrayFrom(
        eb
          .selectFrom('action_pilotes')
          .innerJoin('agents', 'agents.id', 'action_pilotes.agent_id')
          .select('agents.name')
          .whereRef('action_pilotes.action_id', '=', 'actions.id')
          .orderBy('agents.name')
      ).as('pilotes'),
      jsonArrayFrom(
        eb
          .selectFrom('action_documents')
          .select('media_id')
          .whereRef('action_documents.action_id', '=', 'actions.id')
          .orderBy('action_documents.order')
          .limit(60)
      ).as('documents'),
      neighbour('previous', visitor).as('previous'),
      neighbour('next', visitor).as('next')
    ])
    .where('actions.slug', '=', slug)
    .where(mayReadAction(visitor))
    .executeTakeFirst()
}

/** The action just before or after this one that the visitor may read. */
function neighbour(side: 'previous' | 'next', visitor: SignedInAgent | undefined) {
  const isNext = side === 'next'
  return jsonObjectFrom(
    expressionBuilder<DB, 'actions'>()
      .selectFrom('actions as near')
      .select(['near.title', 'near.slug'])
      .where(mayReadAction(visitor, 'near'))
      .whereRef('near.number', isNext ? '>' : '<', 'actions.number')
      .orderBy('near.number', isNext ? 'asc' : 'desc')
      .limit(1)
  )
}

/** All that a sheet shows to this visitor; the preview reads it as readers do. Undefined when it is not theirs to read. */
export async function findActionPage(db: Database, slug: string, visitor: SignedInAgent | undefined) {
  const row = await findAction(db, slug, visitor)
  if (!row) return undefined
  const isMember = mayReadReserved(visitor)
  const documents = row.documents.map(({ media_id }) => media_id)
  // Files are served to members only, those of the texts of a public sheet included.
  const [related, media, slides] = await Promise.all([
    listRelatedActions(db, row.id, visitor),
    findMediaByIds(db, isMember ? [...documents, ...mediaIdsOf(row.summary, row.results, row.tools)] : []),
    findSlides(db, isMember ? documents : [])
  ])
  return { row, related, media, slides, isMember }
}
