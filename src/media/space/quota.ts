/** How much room is left for files: the city's own quota where it has set one, and the disk. */
import { statfs } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Database } from '../../db/database.ts'
import { RefusedFile } from '../types.ts'
import { weightText } from '../views.ts'
import { isNamed } from './released-queries.ts'
import { measureUsed } from './space-queries.ts'

const gigabyte = 1_000_000_000
// No other lock of this database is alone under this number.
const quotaLock = 20_224_015

/** A file that the quota has no room for: nothing is wrong with the file itself. */
export class NoRoomLeft extends RefusedFile {}

/** In bytes; undefined where the disk is the only limit. */
export async function findQuota(db: Database): Promise<number | undefined> {
  const { quota_gigabytes } = await db.selectFrom('settings').select('quota_gigabytes').executeTakeFirstOrThrow()
  return quota_gigabytes === null ? undefined : quota_gigabytes * gigabyte
}

function noRoomInQuota(bytes: number, left: number, quota: number): string {
  const room = left > 0 ? `il ne reste que ${weightText(left)}` : 'il ne reste rien'
  return `La médiathèque n’a plus assez de place\u00a0: cet envoi pèse ${weightText(bytes)}, et ${room} sur ${weightText(quota)}. Supprimez des fichiers, ou demandez au webmaster d’augmenter la limite dans les réglages.`
}

/** Why this much may not come; undefined when it may. Asked before a byte is read, and so without any lock. */
export async function refusalOfQuota(db: Database, bytes: number): Promise<string | undefined> {
  const quota = bytes > 0 ? await findQuota(db) : undefined
  if (quota === undefined) return undefined
  const left = quota - (await measureUsed(db))
  return bytes > left ? noRoomInQuota(bytes, left, quota) : undefined
}

/** Throws for bytes that have no room, before they have their name: many may be refused at once, none of them holds a lock. */
export async function checkQuota(db: Database, { sha256, size }: { sha256: string; size: number }): Promise<void> {
  const message = await refusalOfQuota(db, size)
  if (message !== undefined && !(await isNamed(db, sha256))) throw new NoRoomLeft(message)
}

/**
 * Writes rows that name more bytes, and holds the quota until the transaction ends: those who come at the same moment count
 * what is written here. Bytes that are there already take no room. Throws where there is none.
 */
export async function holdQuota<Result>(trx: Database, write: () => Promise<Result>): Promise<Result> {
  if ((await findQuota(trx)) === undefined) return write()
  await sql`select pg_advisory_xact_lock(${quotaLock}::bigint)`.execute(trx)
  const [quota, before] = [await findQuota(trx), await measureUsed(trx)]
  const result = await write()
  const after = await measureUsed(trx)
  if (quota !== undefined && after > quota && after > before) {
    throw new NoRoomLeft(noRoomInQuota(after - before, quota - before, quota))
  }
  return result
}

export interface Disk {
  free: number
  size: number
}

export async function measureDisk(uploadsDir: string): Promise<Disk> {
  const { bavail, bfree, blocks, bsize } = await statfs(uploadsDir)
  // What the system keeps for itself is neither used nor free: as `df` tells it.
  return { free: bavail * bsize, size: (blocks - bfree + bavail) * bsize }
}
