/** What the screens of settings read and write. Each change leaves a line, with what it was before. */
import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { JsonObject } from '../db/schema.ts'
import { isOnShow } from '../media/queries.ts'
import type { SiteSettings } from '../web/context.ts'
import { noteInJournal } from '../web/journal.ts'
import type { SettingColumn, SettingValue } from './settings-sections.ts'

export type SettingChanges = Map<SettingColumn, SettingValue>

export interface SettingsChange {
  values: SettingChanges
  by: { id: number; name: string }
  /** What the journal says: of which part, and what changed, from the settings as they were. */
  tell(before: SiteSettings, changed: SettingColumn[]): { title: string; details: string }
  event: 'changed' | 'restored'
}

/** Writes what differs; gives the columns that changed. */
export function changeSettings(db: Database, change: SettingsChange): Promise<SettingColumn[]> {
  return db.transaction().execute(async (trx) => {
    const before = await trx.selectFrom('settings').selectAll().forUpdate().executeTakeFirstOrThrow()
    const changed = [...change.values.keys()].filter(
      (column) => JSON.stringify(before[column]) !== JSON.stringify(change.values.get(column))
    )
    if (changed.length === 0) return []
    const values = Object.fromEntries(changed.map((column) => [column, change.values.get(column)]))
    await trx.updateTable('settings').set(values).execute()
    const days = values.session_days
    if (typeof days === 'number') {
      await trx
        .updateTable('sessions')
        .set({ expires_at: sql`least(expires_at, created_at + make_interval(days => ${days}::integer))` })
        .where('device', '=', 'personnel')
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', sql<Date>`now()`)
        .execute()
    }
    const former: JsonObject = Object.fromEntries(changed.map((column) => [column, before[column]]))
    await noteInJournal(trx, {
      agentId: change.by.id,
      agentName: change.by.name,
      subject: 'settings',
      subjectId: null,
      ...change.tell(before, changed),
      event: change.event,
      former
    })
    return changed
  })
}

/** The last changes, of which each can be put back. */
export function listSettingsChanges(db: Database) {
  return db
    .selectFrom('journal')
    .select(['id', 'at', 'agent_name', 'title', 'details', 'event'])
    .where('subject', '=', 'settings')
    .where('former', 'is not', null)
    .orderBy('id', 'desc')
    .limit(8)
    .execute()
}

export function findSettingsChange(db: Database, id: number) {
  return db
    .selectFrom('journal')
    .select(['id', 'title', 'former'])
    .where('id', '=', id)
    .where('subject', '=', 'settings')
    .where('former', 'is not', null)
    .executeTakeFirst()
}

export async function isLogo(db: Database, id: number): Promise<boolean> {
  const row = await db
    .selectFrom('media')
    .select('id')
    .where('id', '=', id)
    .where('kind', '=', 'image')
    .where(isOnShow())
    .executeTakeFirst()
  return row !== undefined
}

/** Active accounts whose address ends otherwise: they would be refused at their next sign-in. */
export async function countOutside(db: Database, domains: string[]): Promise<number> {
  const { outside } = await db
    .selectFrom('agents')
    .select(({ fn }) => fn.countAll<number>().as('outside'))
    .where('deactivated_at', 'is', null)
    .where(sql<boolean>`not split_part(email, '@', 2) = any(${domains}::text[])`)
    .executeTakeFirstOrThrow()
  return outside
}
