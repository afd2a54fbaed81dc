/**
 * Whether the uploads folder is that of this database: both hold the same mark. It is written in the folder once, at the first
 * start, or when the bytes that the rows name are found there; from then on, a folder without it or with another is not touched.
 */
import { access } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Database } from '../../db/database.ts'
import { blobPath, readMark, writeMark } from '../uploads.ts'

interface Parts {
  db: Database
  uploadsDir: string
}

/** A file or two may be damaged: the folder is the right one all the same. */
const enoughOfRows = 0.9

const otherSite =
  'Le dossier des fichiers porte la marque d’un autre site, ou cette base est neuve\u00a0: rien n’y est touché. Vérifiez DATABASE_URL et UPLOADS_DIR. Si les deux vont bien ensemble, lancez «\u00a0npm run media:sweep -- --reconnaitre\u00a0».'
const markIsGone =
  'Le dossier des fichiers n’a plus la marque de ce site\u00a0: c’est peut-être un autre dossier, ou un disque qui n’est pas monté. Rien n’y est touché. Après une restauration, lancez «\u00a0npm run media:sweep -- --reconnaitre\u00a0».'
const notItsFiles =
  'Le dossier des fichiers ne contient pas ceux que cite la base\u00a0: rien n’y est touché. Vérifiez DATABASE_URL et UPLOADS_DIR.'

/** Why this folder should be left alone; undefined when it is that of this database. `again` takes it anew, if its files are there. */
export async function doubtOnFolder(
  { db, uploadsDir }: Parts,
  { again = false }: { again?: boolean } = {}
): Promise<string | undefined> {
  const { mark, marked_at } = await db.selectFrom('installation').selectAll().executeTakeFirstOrThrow()
  const written = await readMark(uploadsDir)
  if (written === mark) return undefined
  if (!again && written !== undefined) return otherSite
  if (!again && marked_at !== null) return markIsGone
  const { named, found } = await countFound({ db, uploadsDir })
  if (found < named * enoughOfRows) return notItsFiles
  await writeMark(uploadsDir, mark)
  await db.updateTable('installation').set({ marked_at: sql<Date>`now()` }).execute()
  return undefined
}

async function countFound({ db, uploadsDir }: Parts): Promise<{ named: number; found: number }> {
  const rows = await db.selectFrom('media').select('sha256').distinct().execute()
  let found = 0
  for (const { sha256 } of rows) {
    const isThere = await access(blobPath(uploadsDir, sha256)).then(
      () => true,
      () => false
    )
    if (isThere) found += 1
  }
  return { named: rows.length, found }
}
