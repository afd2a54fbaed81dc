/** What waits in the back-office: for the webmaster over all contents, for an agent over those entrusted to them. */
import { sql } from 'kysely'
import { isPublishedAction } from '../accounts/permissions.ts'
import type { Database } from '../db/database.ts'
import { isPdfToImprove } from '../media/documents/pdf-advice.ts'
import { isExcused } from '../media/video/missing-words.ts'
import { trashDays } from '../publishing/entries.ts'

/** What lies in the trash, last thrown first. */
export function listTrash(db: Database) {
  return db
    .selectFrom('entries')
    .leftJoin('agents', 'agents.id', 'entries.trashed_by')
    .select(['entries.id', 'entries.kind', 'entries.title', 'agents.name as agent_name'])
    .select(sql<Date>`entries.trashed_at`.as('trashed_at'))
    .select(sql<Date>`entries.trashed_at + make_interval(days => ${trashDays})`.as('gone_at'))
    .where('entries.trashed_at', 'is not', null)
    .orderBy('entries.trashed_at', 'desc')
    .limit(500)
    .execute()
}

/** Files of the library that wait in its own trash; the slides of a presentation go with it and are not counted. */
export async function countTrashedFiles(db: Database): Promise<number> {
  const { count } = await db
    .selectFrom('media')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('trashed_at', 'is not', null)
    .where(sql<boolean>`not exists (select from slides where slides.image_id = media.id)`)
    .executeTakeFirstOrThrow()
  return count
}

/** What others propose to publish, the oldest first. */
export function listProposals(db: Database) {
  return db
    .selectFrom('entries')
    .leftJoin('agents', 'agents.id', 'entries.proposed_by')
    .select(['entries.id', 'entries.kind', 'entries.title', 'agents.name as agent_name'])
    .select(sql<Date>`entries.proposed_at`.as('proposed_at'))
    .where('entries.proposed_at', 'is not', null)
    .where('entries.trashed_at', 'is', null)
    .orderBy('entries.proposed_at')
    .limit(100)
    .execute()
}

/** What this agent proposed and that came back, with a word. */
export function listReturned(db: Database, agentId: number) {
  return db
    .selectFrom('entries')
    .select(['id', 'kind', 'title', 'return_comment'])
    .select(sql<Date>`returned_at`.as('returned_at'))
    .where('returned_at', 'is not', null)
    .where('proposed_by', '=', agentId)
    .where('trashed_at', 'is', null)
    .orderBy('returned_at', 'desc')
    .limit(100)
    .execute()
}

/** What will be published or withdrawn by itself, the soonest first. */
export function listPlanned(db: Database) {
  return db
    .selectFrom('entries')
    .select(['id', 'kind', 'title', 'publish_at', 'withdraw_at'])
    .where('trashed_at', 'is', null)
    .where((eb) => eb.or([eb('publish_at', 'is not', null), eb('withdraw_at', 'is not', null)]))
    .orderBy(sql`least(publish_at, withdraw_at)`)
    .limit(50)
    .execute()
}

/** Drafts that nobody touched for this many days, and that nothing else will publish. */
export function listSleepingDrafts(db: Database, days: number) {
  return (
    db
      .selectFrom('entries')
      .leftJoin('agents', 'agents.id', 'entries.saved_by')
      .select(['entries.id', 'entries.kind', 'entries.title', 'entries.saved_at', 'agents.name as agent_name'])
      .where('entries.draft', 'is not', null)
      .where('entries.trashed_at', 'is', null)
      // Withdrawn: what was on show stays as a draft, which is not somebody's forgotten work.
      .where('entries.withdrawn_at', 'is', null)
      .where('entries.proposed_at', 'is', null)
      .where('entries.publish_at', 'is', null)
      .where('entries.saved_at', '<', sql<Date>`now() - make_interval(days => ${days})`)
      .orderBy('entries.saved_at')
      .limit(30)
      .execute()
  )
}

/** Published actions that are late, or that nobody updated for this many days; réalisées are left in peace. */
export function listActionsToUpdate(db: Database, days: number, piloteId?: number) {
  return db
    .selectFrom('actions')
    .innerJoin('entries', (join) =>
      join.onRef('entries.content_id', '=', 'actions.id').on('entries.kind', '=', 'action')
    )
    .select(['entries.id as entry_id', 'actions.number', 'actions.title', 'actions.due_on', 'actions.updated_at'])
    .select(sql<boolean>`coalesce(actions.due_on < current_date, false)`.as('is_late'))
    .select(
      sql<string[]>`array(select agents.name from action_pilotes join agents on agents.id = action_pilotes.agent_id
        where action_pilotes.action_id = actions.id and agents.deactivated_at is null order by agents.name)`.as(
        'pilotes'
      )
    )
    .where(isPublishedAction())
    .where('actions.status', '!=', 'realisee')
    .where((eb) =>
      eb.or([
        eb('actions.due_on', '<', sql<string>`current_date`),
        eb('actions.updated_at', '<', sql<Date>`now() - make_interval(days => ${days})`)
      ])
    )
    .$if(piloteId !== undefined, (query) =>
      query.where(
        sql<boolean>`exists (select from action_pilotes where action_id = actions.id and agent_id = ${piloteId ?? 0})`
      )
    )
    .orderBy('actions.due_on')
    .orderBy('actions.number')
    .limit(60)
    .execute()
}

/** Images that nobody described yet, and videos without captions nor transcript. Slides are described with their deck. */
export function listMediaToRepair(db: Database) {
  return db
    .selectFrom('media')
    .select(['id', 'title', 'kind'])
    .select(sql<number>`count(*) over (partition by kind)`.as('of_kind'))
    .where('trashed_at', 'is', null)
    .where(sql<boolean>`not exists (select from slides where slides.image_id = media.id)`)
    .where((eb) =>
      eb.or([
        eb.and([eb('kind', '=', 'image'), eb('alt', 'is', null)]),
        eb.and([
          eb('kind', '=', 'video'),
          eb('captions_id', 'is', null),
          eb('transcript', '=', ''),
          sql<boolean>`not ${isExcused()}`
        ]),
        isPdfToImprove()
      ])
    )
    .orderBy('kind', 'desc')
    .orderBy('id', 'desc')
    .limit(30)
    .execute()
}

/** What is entrusted to an agent: the pages of their directions, then the sheets of their actions. */
export async function listEntrusted(db: Database, agentId: number) {
  const { rows } = await sql<{
    kind: 'action' | 'direction'
    number: number | null
    title: string
    entry_id: number | null
    content_id: number
    has_draft: boolean
    proposed_at: Date | null
    publish_at: Date | null
    withdrawn_at: Date | null
    trashed_at: Date | null
    updated_at: Date
  }>`
    with entrusted as (
      select 'direction' as kind, null::integer as number, directions.name as title, directions.id, directions.updated_at,
        directions."order" as place
      from direction_referents join directions on directions.id = direction_referents.direction_id
      where direction_referents.agent_id = ${agentId}
      union all
      select 'action', actions.number, actions.title, actions.id, actions.updated_at, actions.number
      from action_pilotes join actions on actions.id = action_pilotes.action_id
      where action_pilotes.agent_id = ${agentId}
    )
    select entrusted.kind, number, entrusted.title, entries.id as entry_id, entrusted.id as content_id,
      entries.draft is not null as has_draft, entries.proposed_at, entries.publish_at, entries.withdrawn_at,
      entries.trashed_at, entrusted.updated_at
    from entrusted left join entries on entries.kind = entrusted.kind and entries.content_id = entrusted.id
    order by entrusted.kind desc, place, entrusted.title
    limit 300`.execute(db)
  return rows
}

/** An entry of any kind, for the address that leads to its screen. */
export function findEntryKind(db: Database, id: number) {
  return db.selectFrom('entries').select(['id', 'kind', 'content_id']).where('id', '=', id).executeTakeFirst()
}

/** Whether somebody has already published an engagement: no sheet can go without one. */
export async function hasEngagement(db: Database): Promise<boolean> {
  const row = await db.selectFrom('engagements').select('id').limit(1).executeTakeFirst()
  return row !== undefined
}
