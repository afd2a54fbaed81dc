/** How much room files take, of what, and since when: the same bytes are counted once, however many rows name them. */
import { sql } from 'kysely'
import type { Database } from '../../db/database.ts'
import type { Media } from '../../db/schema.ts'
import { isOfItsOwn } from '../library-queries.ts'
import type { Problem, SweepRow } from './sweep-queries.ts'

export type SpaceKind = 'original' | 'version' | 'slide' | 'trash'

export interface SpaceMeasure {
  /** Rows and their bytes, each hash in the first of these it belongs to. */
  kinds: { kind: SpaceKind; count: number; bytes: number }[]
  /** What all rows say together, less what lies on the disk. */
  sharedBytes: number
}

/** Named once for each row; the rank says in which kind bytes that several name are counted. */
const namings = sql`
  select media.sha256, media.size,
    case when media.trashed_at is not null then 4 when slides.image_id is not null then 3 else 1 end as rank
  from media left join (select distinct image_id from slides) as slides on slides.image_id = media.id
  union all
  select renditions.sha256, renditions.size, case when media.trashed_at is not null then 4 else 2 end
  from renditions join media on media.id = renditions.media_id`

export async function measureSpace(db: Database): Promise<SpaceMeasure> {
  const { rows } = await sql<{ kind: SpaceKind; count: number; bytes: number; said: number }>`
    select (array['original', 'version', 'slide', 'trash'])[rank] as kind, count(*) as count,
      sum(size)::bigint as bytes, sum(said)::bigint as said
    from (
      select sha256, min(rank) as rank, max(size) as size, sum(size) as said from (${namings}) as namings group by sha256
    ) as bytes
    group by rank order by rank`.execute(db)
  return {
    kinds: rows.map(({ kind, count, bytes }) => ({ kind, count, bytes })),
    sharedBytes: rows.reduce((sum, { said, bytes }) => sum + said - bytes, 0)
  }
}

/** What counts against the quota: everything that rows name, the trash included. */
export async function measureUsed(db: Database): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    select coalesce(sum(size), 0)::bigint as bytes from (
      select sha256, size from media union select sha256, size from renditions
    ) as named`.execute(db)
  return rows[0]?.bytes ?? 0
}

export interface Growth {
  /** Of the last thirty days, or since the first file where it is younger. */
  days: number
  bytes: number
}

/** What was added lately, with what was made of it. */
export async function measureGrowth(db: Database): Promise<Growth> {
  const { rows } = await sql<Growth>`
    with beginning as (
      select greatest(now() - interval '30 days', coalesce(min(created_at), now())) as instant from media
    ),
    fresh as (select id, sha256, size from media, beginning where created_at >= beginning.instant)
    select (select extract(epoch from now() - instant)::float8 / 86400 from beginning) as days,
      coalesce(sum(size), 0)::bigint as bytes
    from (
      select sha256, size from fresh
      union select renditions.sha256, renditions.size from renditions join fresh on fresh.id = renditions.media_id
    ) as added`.execute(db)
  return rows[0] ?? { days: 0, bytes: 0 }
}

export interface HeavyFile {
  id: number
  title: string
  kind: Media['kind']
  size: number
  /** With its versions, its slides and theirs. */
  bytes: number
  isTrashed: boolean
}

const heaviestShown = 10

export async function listHeaviest(db: Database): Promise<HeavyFile[]> {
  const { rows } = await sql<HeavyFile>`
    select media.id, media.title, media.kind, media.size, media.trashed_at is not null as "isTrashed",
      (media.size + coalesce(made.bytes, 0) + coalesce(deck.bytes, 0))::bigint as bytes
    from media
    left join (select media_id, sum(size) as bytes from renditions group by media_id) as made on made.media_id = media.id
    left join (
      select slides.media_id, sum(image.size + coalesce(versions.bytes, 0)) as bytes
      from slides join media as image on image.id = slides.image_id
      left join (select media_id, sum(size) as bytes from renditions group by media_id) as versions
        on versions.media_id = image.id
      group by slides.media_id
    ) as deck on deck.media_id = media.id
    where ${isOfItsOwn()}
    order by bytes desc, media.id
    limit ${heaviestShown}`.execute(db)
  return rows
}

export interface Duplicate {
  sha256: string
  size: number
  files: { id: number; title: string }[]
}

const duplicatesShown = 20

/** Files of the library whose bytes are the same, the heaviest first. */
export async function listDuplicates(db: Database): Promise<{ rows: Duplicate[]; count: number }> {
  const { rows } = await sql<Duplicate & { of: number }>`
    select sha256, max(size) as size, count(*) over () as of,
      jsonb_agg(jsonb_build_object('id', id, 'title', title) order by id) as files
    from media
    where trashed_at is null and ${isOfItsOwn()}
    group by sha256 having count(*) > 1
    order by max(size) desc, sha256
    limit ${duplicatesShown}`.execute(db)
  return { rows: rows.map(({ sha256, size, files }) => ({ sha256, size, files })), count: rows[0]?.of ?? 0 }
}

export interface Twin {
  id: number
  title: string
}

/** The oldest other file of the library that has the same bytes. */
export async function findTwin(db: Database, id: number): Promise<Twin | undefined> {
  return db
    .selectFrom('media')
    .select(['id', 'title'])
    .where('sha256', '=', (eb) => eb.selectFrom('media as own').select('own.sha256').where('own.id', '=', id))
    .where('id', '!=', id)
    .where('trashed_at', 'is', null)
    .where(isOfItsOwn())
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
}

export interface DamagedFile {
  sha256: string
  problem: Problem
  id: number
  title: string
  /** The bytes are those of a version that the site made, and not of the file itself. */
  isVersion: boolean
}

const damagedShown = 50

/** The files whose bytes are not what they should be; a slide shows as its presentation. */
export async function listDamagedFiles(db: Database): Promise<DamagedFile[]> {
  const { rows } = await sql<DamagedFile>`
    with named as (
      select sha256, id as media_id, false as is_version from media
      union all select sha256, media_id, true from renditions
    )
    select distinct damaged_bytes.sha256, damaged_bytes.problem, owner.id, owner.title,
      named.is_version or owner.id <> named.media_id as "isVersion"
    from damaged_bytes
    join named on named.sha256 = damaged_bytes.sha256
    left join slides on slides.image_id = named.media_id
    join media as owner on owner.id = coalesce(slides.media_id, named.media_id)
    order by "isVersion", owner.title, damaged_bytes.sha256
    limit ${damagedShown}`.execute(db)
  return rows
}

const sweepsShown = 10

export function listRounds(db: Database): Promise<SweepRow[]> {
  return db
    .selectFrom('media_sweeps')
    .selectAll()
    .where('finished_at', 'is not', null)
    .orderBy('id', 'desc')
    .limit(sweepsShown)
    .execute()
}

/** The sentence of the last sweep, when it would not touch anything. */
export async function findLastRefusal(db: Database): Promise<string | undefined> {
  const row = await db
    .selectFrom('media_sweeps')
    .select('refusal')
    .where('kind', '=', 'sweep')
    .where('finished_at', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.refusal ?? undefined
}
