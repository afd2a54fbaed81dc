/** The large files that arrive in several times, and what became of them. */
import { type Selectable, sql } from 'kysely'
import type { Database } from '../../db/database.ts'
import type { ResumableUploads } from '../../db/schema.ts'
import type { TakenFile } from './sending.ts'

export const keptHours = 48

const isKept = sql<boolean>`resumable_uploads.created_at > now() - ${`${keptHours} hours`}::interval`

export interface ResumableUpload
  extends Pick<
    Selectable<ResumableUploads>,
    'id' | 'agent_id' | 'filename' | 'folder' | 'size' | 'refusal' | 'created_at'
  > {
  /** It is a file, or was refused: nothing more is to be done. */
  isFinished: boolean
  /** What it became. */
  media: TakenFile | null
}

/** An upload, unless it is too old to go on. */
export async function findUpload(db: Database, id: string): Promise<ResumableUpload | undefined> {
  return db
    .selectFrom('resumable_uploads')
    .leftJoin('media', 'media.id', 'resumable_uploads.media_id')
    .select([
      'resumable_uploads.id',
      'agent_id',
      'resumable_uploads.filename',
      'folder',
      'resumable_uploads.size',
      'refusal',
      'resumable_uploads.created_at',
      sql<TakenFile | null>`case when media.id is not null then jsonb_build_object('id', media.id, 'title', media.title,
        'kind', media.kind, 'filename', media.filename, 'alt', media.alt) end`.as('media'),
      sql<boolean>`finished_at is not null`.as('isFinished')
    ])
    .where('resumable_uploads.id', '=', id)
    .where(isKept)
    .executeTakeFirst()
}

export type NewUpload = Pick<ResumableUpload, 'id' | 'agent_id' | 'filename' | 'folder' | 'size'>

export async function insertUpload(db: Database, upload: NewUpload): Promise<void> {
  await db.insertInto('resumable_uploads').values(upload).execute()
}

export async function deleteUpload(db: Database, id: string): Promise<void> {
  await db.deleteFrom('resumable_uploads').where('id', '=', id).execute()
}

/** How many uploads of this agent are not finished, and the bytes that all agents have announced. */
export async function measureUploads(db: Database, agentId: number): Promise<{ ofAgent: number; bytes: number }> {
  return db
    .selectFrom('resumable_uploads')
    .select([
      sql<number>`count(*) filter (where agent_id = ${agentId})`.as('ofAgent'),
      sql<number>`coalesce(sum(size), 0)::bigint`.as('bytes')
    ])
    .where('finished_at', 'is', null)
    .where(isKept)
    .executeTakeFirstOrThrow()
}

/** Says what an upload became, once only: false when that was already said. */
export async function finishUpload(
  db: Database,
  id: string,
  outcome: { media_id: number } | { refusal: string }
): Promise<boolean> {
  const row = await db
    .updateTable('resumable_uploads')
    .set({ ...outcome, finished_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Forgets the uploads that are too old, and gives those that remain. */
export async function forgetOldUploads(db: Database): Promise<Set<string>> {
  await db.deleteFrom('resumable_uploads').where(sql<boolean>`not ${isKept}`).execute()
  const rows = await db.selectFrom('resumable_uploads').select('id').where('finished_at', 'is', null).execute()
  return new Set(rows.map((row) => row.id))
}
