/** What the back-office gathers from every kind of content. */
import { sql } from 'kysely'
import { isPublishedAction } from '../accounts/permissions.ts'
import type { Database } from '../db/database.ts'
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

/** The last things that anybody did, for the journal and the dashboard. */
export function listJournal(db: Database, limit: number, offset = 0) {
  return db
    .selectFrom('revisions')
    .innerJoin('entries', 'entries.id', 'revisions.entry_id')
    .select([
      'revisions.id',
      'revisions.event',
      'revisions.agent_name',
      'revisions.created_at',
      'entries.id as entry_id',
      'entries.kind',
      'entries.title'
    ])
    .orderBy('revisions.created_at', 'desc')
    .orderBy('revisions.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
}

/** Drafts that nobody touched for this many days. */
export function listSleepingDrafts(db: Database, days: number) {
  return db
    .selectFrom('entries')
    .select(['id', 'kind', 'title', 'saved_at'])
    .where('draft', 'is not', null)
    .where('trashed_at', 'is', null)
    .where('saved_at', '<', sql<Date>`now() - make_interval(days => ${days})`)
    .orderBy('saved_at')
    .limit(20)
    .execute()
}

/** Published actions that are late, or that nobody updated for this many days; réalisées are left in peace. */
export function listActionsToUpdate(db: Database, days: number) {
  return db
    .selectFrom('actions')
    .innerJoin('entries', (join) =>
      join.onRef('entries.content_id', '=', 'actions.id').on('entries.kind', '=', 'action')
    )
    .select(['entries.id as entry_id', 'actions.number', 'actions.title', 'actions.due_on', 'actions.updated_at'])
    .select(sql<boolean>`coalesce(actions.due_on < current_date, false)`.as('is_late'))
    .where(isPublishedAction())
    .where('actions.status', '!=', 'realisee')
    .where((eb) =>
      eb.or([
        eb('actions.due_on', '<', sql<string>`current_date`),
        eb('actions.updated_at', '<', sql<Date>`now() - make_interval(days => ${days})`)
      ])
    )
    .orderBy('actions.due_on')
    .orderBy('actions.number')
    .limit(60)
    .execute()
}

/** Images that nobody described yet, and videos without captions nor transcript. */
export function listMediaToRepair(db: Database) {
  return db
    .selectFrom('media')
    .select(['id', 'title', 'kind'])
    .where('trashed_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb.and([eb('kind', '=', 'image'), eb('alt', 'is', null)]),
        eb.and([eb('kind', '=', 'video'), eb('captions_id', 'is', null), eb('transcript', '=', '')])
      ])
    )
    .orderBy('id', 'desc')
    .limit(30)
    .execute()
}
