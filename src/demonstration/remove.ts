/** Takes the demonstration away and leaves what the city has written; it never comes back. */
import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { uses } from '../media/use-queries.ts'
import { demonstrationSettings } from './content/settings.ts'
import { changeDemonstration } from './lock.ts'

export interface Removal {
  /** How many rows went, by what they were. */
  removed: { actions: number; engagements: number; directions: number; files: number; agents: number }
  /** What the city's own content still uses: it is the city's from now on. */
  kept: { engagements: string[]; directions: string[]; files: string[] }
  /** The address of the demonstration's webmaster, left because nobody else could manage the site. */
  keptWebmaster: string | undefined
}

/** Bytes are left where they are, and named as let go of: they may belong to other rows, and unused ones are put aside within the hour. */
export function removeDemonstration(
  db: Database,
  { evenLastWebmaster = false }: { evenLastWebmaster?: boolean } = {}
): Promise<Removal> {
  return changeDemonstration(db, async (trx) => {
    await resetSettings(trx)
    await keepDrafts(trx)
    for (const table of ['home_words', 'highlights', 'demarche_steps', 'albums', 'issues'] as const) {
      await trx.deleteFrom(table).where('demonstration', '=', true).execute()
    }
    const actions = await trx.deleteFrom('actions').where('demonstration', '=', true).returning('id').execute()

    const keptEngagements = await trx
      .updateTable('engagements')
      .set({ demonstration: false })
      .where('demonstration', '=', true)
      .where('id', 'in', (eb) => eb.selectFrom('actions').select('engagement_id'))
      .returning('title')
      .execute()
    const keptDirections = await trx
      .updateTable('directions')
      .set({ demonstration: false })
      .where('demonstration', '=', true)
      .where('id', 'in', (eb) => eb.selectFrom('action_directions').select('direction_id'))
      .returning('name')
      .execute()
    await trx
      .updateTable('tags')
      .set({ demonstration: false })
      .where('demonstration', '=', true)
      .where('id', 'in', (eb) => eb.selectFrom('action_tags').select('tag_id'))
      .execute()
    const engagements = await trx.deleteFrom('engagements').where('demonstration', '=', true).returning('id').execute()
    const directions = await trx.deleteFrom('directions').where('demonstration', '=', true).returning('id').execute()
    await trx.deleteFrom('tags').where('demonstration', '=', true).execute()

    const keptFiles = await keepUsedFiles(trx)
    await releaseFiles(trx)
    const files = await trx.deleteFrom('media').where('demonstration', '=', true).returning('id').execute()
    const keptWebmaster = evenLastWebmaster ? undefined : await findIrreplaceableWebmaster(trx)
    const agents = await trx
      .deleteFrom('agents')
      .where('demonstration', '=', true)
      .$if(keptWebmaster !== undefined, (query) => query.where('id', '!=', keptWebmaster?.id ?? 0))
      .returning('id')
      .execute()

    return {
      removed: {
        actions: actions.length,
        engagements: engagements.length,
        directions: directions.length,
        files: files.length,
        agents: agents.length
      },
      kept: {
        engagements: keptEngagements.map(({ title }) => title),
        directions: keptDirections.map(({ name }) => name),
        files: keptFiles
      },
      keptWebmaster: keptWebmaster?.email
    }
  })
}

async function releaseFiles(trx: Database): Promise<void> {
  await sql`
    insert into released_bytes (sha256)
    select sha256 from media where demonstration
    union select renditions.sha256 from renditions join media on media.id = renditions.media_id where media.demonstration
    on conflict do nothing`.execute(trx)
}

const rewritable = [
  ['action', 'actions'],
  ['engagement', 'engagements'],
  ['direction', 'directions'],
  ['issue', 'issues'],
  ['album', 'albums']
] as const

/** What somebody of the city is rewriting, and has not published yet, is theirs like what they published: it would go with its draft. */
async function keepDrafts(trx: Database): Promise<void> {
  for (const [kind, table] of rewritable) {
    await trx
      .updateTable(table)
      .set({ demonstration: false })
      .where('demonstration', '=', true)
      .where(
        sql<boolean>`exists (
          select from entries
          join revisions on revisions.entry_id = entries.id
          join agents on agents.id = revisions.agent_id
          where entries.kind = ${kind} and entries.content_id = ${sql.ref(`${table}.id`)}
            and entries.draft is not null and not agents.demonstration)`
      )
      .execute()
  }
}

/** A site that nobody can manage is worse than one account too many. */
function findIrreplaceableWebmaster(trx: Database) {
  return trx
    .selectFrom('agents')
    .select(['id', 'email'])
    .where('demonstration', '=', true)
    .where('role', '=', 'webmaster')
    .where('deactivated_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('agents as own')
            .select('own.id')
            .where('own.demonstration', '=', false)
            .where('own.role', '=', 'webmaster')
            .where('own.deactivated_at', 'is', null)
        )
      )
    )
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
}

/** What the site said of itself, where nobody has changed it since. */
async function resetSettings(trx: Database): Promise<void> {
  const settings = await trx.selectFrom('settings').selectAll().executeTakeFirstOrThrow()
  const texts = demonstrationSettings(await findDomain(trx))
  const unchanged = (Object.keys(texts) as (keyof typeof texts)[]).filter((name) => settings[name] === texts[name])
  const defaults = Object.fromEntries(unchanged.map((name) => [name, sql`default`]))
  await trx
    .updateTable('settings')
    .set({ ...defaults, demonstration: false })
    .execute()
}

/** The domain with which the site was filled: the configuration may name another one today. */
async function findDomain(trx: Database): Promise<string> {
  const row = await trx
    .selectFrom('agents')
    .select('email')
    .where('demonstration', '=', true)
    .limit(1)
    .executeTakeFirst()
  return row?.email.split('@')[1] ?? ''
}

/**
 * An image that the city has put in its own action, or in a draft, a PDF that a text names: these files, with their posters,
 * captions and slides, become the city's. Runs when the demonstration's content is gone: whatever still names a file is the
 * city's.
 */
async function keepUsedFiles(trx: Database): Promise<string[]> {
  const { rows } = await sql<{ title: string }>`
    with recursive used (id) as (
      select media_id from (${uses({ evenOfTrash: true })}) as uses where place not in ('slide', 'poster', 'captions')
    ),
    needed (id) as (
      select id from used where id is not null
      union
      select part.id
      from needed
      join media on media.id = needed.id
      left join slides on slides.media_id = media.id
      cross join lateral (values (media.poster_id), (media.captions_id), (slides.image_id)) as part (id)
      where part.id is not null
    )
    update media set demonstration = false
    from needed
    where media.id = needed.id and media.demonstration
    returning media.title`.execute(trx)
  return rows.map(({ title }) => title)
}
