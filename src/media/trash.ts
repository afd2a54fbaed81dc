/**
 * The end of files. A row goes when it has been thirty days in the trash, or when the webmaster says so, and nothing uses it.
 * Its bytes go after it, when no row names them any more; they are put aside first, because a backup that is being made may
 * still copy what its dump of the database names.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { type By, noteOnFile } from './file-queries.ts'
import { forgetEmptyFolders } from './folders.ts'
import { isOfItsOwn } from './library-queries.ts'
import { putReleasedAside } from './space/leftovers.ts'
import { releaseBytes } from './space/released-queries.ts'
import { uses } from './use-queries.ts'

export const trashDays = 30
const filesAtOnce = 50

/** Empties the trash of what has been there for thirty days; what is still used stays, for as long as it is. What lost its last row is put aside. */
export async function emptyFileTrash(db: Database, uploadsDir: string): Promise<void> {
  const rows = await db
    .selectFrom('media')
    .select('media.id')
    .where(sql<boolean>`media.trashed_at < now() - ${`${trashDays} days`}::interval`)
    .where(isOfItsOwn())
    .where(isUnused(sql.ref('media.id')))
    .orderBy('media.trashed_at')
    .limit(filesAtOnce)
    .execute()
  for (const { id } of rows) await deleteFile(db, uploadsDir, id, undefined)
  await putReleasedAside(db, uploadsDir)
}

/** Nothing shows it, nor would if it came back from the trash of contents. */
function isUnused(id: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`not exists (
    select from (${uses({ evenOfTrash: true })}) as uses
    where uses.media_id = ${id} or uses.media_id in (select image_id from slides where slides.media_id = ${id})
  )`
}

/** Deletes for good a file of the trash that nothing uses, with its slides; false when it is not that. */
export async function deleteFile(db: Database, uploadsDir: string, id: number, by: By | undefined): Promise<boolean> {
  const isDeleted = await db.transaction().execute((trx) => deleteRows(trx, id, by))
  if (isDeleted) await putReleasedAside(db, uploadsDir)
  return isDeleted
}

async function deleteRows(trx: Database, id: number, by: By | undefined): Promise<boolean> {
  const file = await trx
    .selectFrom('media')
    .select(['id', 'title'])
    .where('id', '=', id)
    .where('trashed_at', 'is not', null)
    .where(isOfItsOwn())
    .where(isUnused(sql.ref('media.id')))
    .forUpdate()
    .executeTakeFirst()
  if (!file) return false
  const slides = await trx.selectFrom('slides').select('image_id').where('media_id', '=', id).execute()
  const ids = [id, ...slides.map((slide) => slide.image_id)]
  const made = await trx.deleteFrom('renditions').where('media_id', 'in', ids).returning('sha256').execute()
  const gone = await trx.deleteFrom('media').where('id', 'in', ids).returning('sha256').execute()
  await forgetEmptyFolders(trx)
  await noteOnFile(trx, file, 'deleted', by)
  await releaseBytes(
    trx,
    [...made, ...gone].map((row) => row.sha256)
  )
  return true
}
