/**
 * What leaves the uploads folder, beside uploads.ts, which only adds to it. Stored bytes are put aside first, and erased two
 * weeks later: a backup that is being made may still copy what its dump of the database names, and a mistake can be put right.
 */
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from '../../db/database.ts'
import { blobPath, partialPath } from '../uploads.ts'
import { isNamed, listReleased, lockBytes } from './released-queries.ts'

const asideDays = 14
const dayMs = 86_400_000
const releasedAtOnce = 500

export interface Counted {
  count: number
  bytes: number
}

export const nothing: Counted = { count: 0, bytes: 0 }

/** Removes the partial files that are not `known`, and the temporary files that a process left when it was killed. */
export async function removeLeftovers(uploadsDir: string, known: Set<string>): Promise<void> {
  // An upload that begins at this very moment has its file before its row.
  const anHour = 3_600_000
  await removeOlder(partialPath(uploadsDir, ''), anHour, (name) => !known.has(name))
  await removeOlder(join(uploadsDir, 'tmp'), anHour, (name) => name.endsWith('.part'))
}

interface Chosen {
  olderThanMs: number
  /** Only counts. */
  isTrial: boolean
}

/** Removes whatever is left in the folder of temporary files, work folders included, and the parts of unknown uploads. */
export async function removeOldTemporary(
  uploadsDir: string,
  known: Set<string>,
  { olderThanMs, isTrial }: Chosen
): Promise<Counted> {
  const parts = await removeOlder(partialPath(uploadsDir, ''), olderThanMs, (name) => !known.has(name), { isTrial })
  const others = await removeOlder(join(uploadsDir, 'tmp'), olderThanMs, () => true, { isTrial, evenFolders: true })
  return { count: parts.count + others.count, bytes: parts.bytes + others.bytes }
}

/** Erases for good what was put aside before, and two weeks ago at least. */
export async function eraseWhatWasPutAside(
  uploadsDir: string,
  before: Date,
  { isTrial }: Pick<Chosen, 'isTrial'>
): Promise<Counted> {
  const age = Math.max(asideDays * dayMs, Date.now() - before.getTime())
  return removeOlder(join(uploadsDir, 'aside'), age, () => true, { isTrial })
}

/** How much waits to be erased. */
export async function measureAside(uploadsDir: string): Promise<Counted> {
  return removeOlder(join(uploadsDir, 'aside'), Number.NEGATIVE_INFINITY, () => true, { isTrial: true })
}

/** Puts aside what rows let go of on purpose, when no other row names the same bytes. */
export async function putReleasedAside(db: Database, uploadsDir: string): Promise<Counted> {
  let [count, bytes] = [0, 0]
  for (;;) {
    const hashes = await listReleased(db, releasedAtOnce)
    for (const sha256 of hashes) {
      const moved = await putBytesAside(db, uploadsDir, sha256)
      count += moved === undefined ? 0 : 1
      bytes += moved ?? 0
    }
    if (hashes.length < releasedAtOnce) return { count, bytes }
  }
}

/**
 * Takes bytes out of the store, unless a row names them: under the lock that whoever stores the same bytes holds from the
 * moment they have their name until their row is there. Gives their size; undefined when they stay, or were not there.
 */
export function putBytesAside(
  db: Database,
  uploadsDir: string,
  sha256: string,
  { olderThanMs }: { olderThanMs?: number } = {}
): Promise<number | undefined> {
  return db.transaction().execute(async (trx) => {
    await lockBytes(trx, sha256)
    await trx.deleteFrom('released_bytes').where('sha256', '=', sha256).execute()
    if (await isNamed(trx, sha256)) return undefined
    const file = await stat(blobPath(uploadsDir, sha256)).catch(() => undefined)
    // Stored again since it was looked at: its row may be on its way.
    if (!file || (olderThanMs !== undefined && Date.now() - file.mtimeMs < olderThanMs)) return undefined
    await putAside(uploadsDir, sha256)
    return file.size
  })
}

/** Only for who holds the lock on the bytes, in a transaction that has seen that no row names them. */
async function putAside(uploadsDir: string, sha256: string): Promise<void> {
  const folder = join(uploadsDir, 'aside')
  const target = join(folder, sha256)
  await mkdir(folder, { recursive: true })
  await rename(blobPath(uploadsDir, sha256), target)
  // From now on: renaming keeps the date of the bytes.
  const now = new Date()
  await utimes(target, now, now)
}

async function removeOlder(
  folder: string,
  age: number,
  isChosen: (name: string) => boolean,
  { isTrial = false, evenFolders = false }: { isTrial?: boolean; evenFolders?: boolean } = {}
): Promise<Counted> {
  const names = await readdir(folder).catch(() => [])
  let [count, bytes] = [0, 0]
  for (const name of names.filter(isChosen)) {
    const path = join(folder, name)
    const file = await stat(path).catch(() => undefined)
    if (!file || (!file.isFile() && !evenFolders) || Date.now() - file.mtimeMs < age) continue
    if (!isTrial) await rm(path, { recursive: true, force: true })
    count += 1
    bytes += file.isFile() ? file.size : 0
  }
  return { count, bytes }
}
