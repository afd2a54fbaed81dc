/** Fills an empty site with the city of Valbrune, so that a newcomer sees what the software is for. */
import { sql } from 'kysely'
import type { Config } from '../config.ts'
import type { Database } from '../db/database.ts'
import { registerEntries } from '../publishing/entries.ts'
import { cast } from './content/agents.ts'
import { importFiles } from './files.ts'
import { changeDemonstration } from './lock.ts'
import { filesOfContent, fillTables, loginOf } from './rows.ts'

export interface Filling {
  db: Database
  config: Pick<Config, 'demoContent' | 'emailDomains' | 'uploadsDir'>
  log?: (message: string) => void
}

/** Once only, on an empty database, and whole or not at all; tells whether it was done. */
export async function fillDemonstration({ db, config, log = () => undefined }: Filling): Promise<boolean> {
  if (!config.demoContent || !(await isBlank(db))) return false
  return changeDemonstration(db, async (trx) => {
    // Another process may have been first.
    if (!(await isBlank(trx))) return false
    const started = performance.now()
    const mediaIds = await importFiles(trx, config.uploadsDir, filesOfContent())
    await fillTables(trx, mediaIds, config.emailDomains[0] ?? '')
    await registerEntries(trx)
    log(`demonstration filled in ${Math.round(performance.now() - started)} ms`)
    return true
  })
}

/** What is made of every file that is received is made of its PDF files and films as well, in the background. */
export async function prepareDemonstration(db: Database): Promise<void> {
  await db
    .updateTable('media')
    .set({ preparation: 'waiting' })
    .where('demonstration', '=', true)
    .where('kind', 'in', ['pdf', 'video'])
    .execute()
}

export interface DemonstrationAddress {
  email: string
  name: string
  role: (typeof cast)[number]['as']
}

/** Who can sign in to look around: one address for each way of using the site. */
export async function demonstrationAddresses(db: Database): Promise<DemonstrationAddress[]> {
  const rows = await db
    .selectFrom('agents')
    .innerJoin('settings', 'settings.demonstration', 'agents.demonstration')
    .select(['agents.email', 'agents.name'])
    .where('agents.demonstration', '=', true)
    .where('agents.deactivated_at', 'is', null)
    .execute()
  return cast.flatMap(({ login, as }) => {
    const row = rows.find(({ email }) => loginOf(email) === login)
    return row ? [{ ...row, role: as }] : []
  })
}

const contentTables = [
  'agents',
  'media',
  'engagements',
  'actions',
  'directions',
  'tags',
  'issues',
  'albums',
  'home_words',
  'highlights',
  'demarche_steps'
] as const

/** Never filled, and nobody has begun to write: what a city entered is not to be mixed with ours. */
async function isBlank(db: Database): Promise<boolean> {
  const { demonstration } = await db.selectFrom('settings').select('demonstration').executeTakeFirstOrThrow()
  if (demonstration !== null) return false
  const rows = contentTables.map((table) => sql`select from ${sql.table(table)}`)
  const { rows: found } = await sql<{
    any: boolean
  }>`select exists (${sql.join(rows, sql` union all `)}) as any`.execute(db)
  return found[0]?.any === false
}
