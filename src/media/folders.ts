/** Folders of the library: one level. A folder is made by naming it, and vanishes with its last file. */
import { sql } from 'kysely'
import type { Database } from '../db/database.ts'

export interface Folder {
  id: number
  name: string
}

export function listFolders(db: Database): Promise<Folder[]> {
  return db.selectFrom('media_folders').select(['id', 'name']).orderBy(sql`unaccent(lower(name))`).execute()
}

/** Puts a file in the folder of this name, or in none when it is empty. */
export async function putInFolder(trx: Database, mediaId: number, name: string): Promise<void> {
  const folderId = name === '' ? null : await folderNamed(trx, name)
  await trx.updateTable('media').set({ folder_id: folderId }).where('id', '=', mediaId).execute()
  await forgetEmptyFolders(trx)
}

async function folderNamed(trx: Database, name: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into media_folders (name) values (${name})
    on conflict (lower(name)) do update set name = media_folders.name
    returning id`.execute(trx)
  const [folder] = rows
  if (!folder) throw new Error('A folder that is named has its row.')
  return folder.id
}

/** What is in the trash keeps its folder: it may come back. */
export async function forgetEmptyFolders(trx: Database): Promise<void> {
  await trx
    .deleteFrom('media_folders')
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('media').select('media.id').whereRef('media.folder_id', '=', 'media_folders.id')))
    )
    .execute()
}
