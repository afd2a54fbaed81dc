/** What the journal says, and how it forgets. Nothing here changes a line: migration 010 would refuse it. */
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import type { JournalFilter } from './journal-forms.ts'

export const linesOnPage = 50
const mostExported = 50_000

export interface JournalRow {
  id: number
  at: Date
  agent_name: string
  subject: string
  subject_id: number | null
  title: string
  event: string
  details: string
  /** Whether what it is about is still there to be opened. */
  is_there: boolean
}

function filtered(db: Database, filter: JournalFilter): SelectQueryBuilder<DB, 'journal', object> {
  return db
    .selectFrom('journal')
    .$if(filter.subjects !== undefined, (query) =>
      query.where(sql<boolean>`subject = any(${[...(filter.subjects ?? [])]}::text[])`)
    )
    .$if(filter.who !== '', (query) =>
      query.where(sql<boolean>`strpos(unaccent(lower(agent_name)), unaccent(lower(${filter.who}))) > 0`)
    )
    .$if(filter.from !== '', (query) =>
      query.where(sql<boolean>`at >= ${filter.from}::date::timestamp at time zone 'Europe/Paris'`)
    )
    .$if(filter.to !== '', (query) =>
      query.where(sql<boolean>`at < (${filter.to}::date + 1)::timestamp at time zone 'Europe/Paris'`)
    )
    .where(({ and }) =>
      and(
        filter.words.map(
          (word) =>
            sql<boolean>`strpos(unaccent(lower(title || ' ' || details || ' ' || agent_name)), unaccent(lower(${word}))) > 0`
        )
      )
    )
}

const isThere = sql<boolean>`case
  when subject = 'settings' then true
  when subject_id is null then false
  when subject = 'agent' then exists (select from agents where agents.id = subject_id)
  when subject = 'media' then exists (select from media where media.id = subject_id)
  else exists (select from entries where entries.id = subject_id and entries.kind = subject)
end`

export function listJournal(db: Database, filter: JournalFilter, page: number): Promise<JournalRow[]> {
  return filtered(db, filter)
    .select(['id', 'at', 'agent_name', 'subject', 'subject_id', 'title', 'event', 'details', isThere.as('is_there')])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(linesOnPage)
    .offset((page - 1) * linesOnPage)
    .execute()
}

export async function countJournal(db: Database, filter: JournalFilter): Promise<number> {
  const { count } = await filtered(db, filter)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** The same lines for a file, newest first. */
export function listJournalForFile(db: Database, filter: JournalFilter) {
  return filtered(db, filter)
    .select(['at', 'agent_name', 'subject', 'subject_id', 'title', 'event', 'details'])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(mostExported)
    .execute()
}

/** The names that the journal knows, for the suggestions of its filter. */
export async function listJournalNames(db: Database): Promise<string[]> {
  const rows = await db.selectFrom('journal').select('agent_name').distinct().orderBy('agent_name').limit(300).execute()
  return rows.map((row) => row.agent_name)
}

/** The last things that anybody did. */
export function listLatest(db: Database, limit: number): Promise<JournalRow[]> {
  return db
    .selectFrom('journal')
    .select(['id', 'at', 'agent_name', 'subject', 'subject_id', 'title', 'event', 'details', isThere.as('is_there')])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** What is older than the city wants to keep. The database lets nothing younger than half a year go. */
export async function forgetOldJournal(db: Database): Promise<void> {
  await sql`
    delete from journal using settings
    where at < now() - make_interval(months => settings.journal_months)`.execute(db)
}
