/**
 * Looks after the stored files: each day, what nobody names any more is put aside; each month, every byte is read again. The
 * most dangerous program of the site: it asks the database which files are nobody's, and a database that is empty, restored or
 * another one would answer « all of them ». So it moves and never deletes, and moves nothing where anything looks wrong.
 */
import { createHash } from 'node:crypto'
import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../../db/database.ts'
import { numberText } from '../../web/format.ts'
import { blobPath } from '../uploads.ts'
import { doubtOnFolder } from './installation.ts'
import {
  type Counted,
  eraseWhatWasPutAside,
  nothing,
  putBytesAside,
  putReleasedAside,
  removeOldTemporary
} from './leftovers.ts'
import { isNamed, listReleased } from './released-queries.ts'
import {
  aloneOnRound,
  beginRound,
  findEraseLimit,
  findUnfinishedCheck,
  finishRound,
  forgetDamage,
  listDamaged,
  listNamedBytes,
  listUnfinishedUploads,
  noteProgress,
  type Problem,
  readClocks,
  writeDamage
} from './sweep-queries.ts'

export interface Parts {
  db: Database
  uploadsDir: string
}

export interface SweepOptions {
  /** How old temporary files and orphans must be; by default a day and two days. */
  ageHours?: number
  /** For temporary files alone: those of work that is going on are among them. */
  temporaryAgeHours?: number
  /** Says what it would do, and does nothing. */
  isTrial?: boolean
  /** How many orphans are believed to be some; by default twenty, or one stored file in a hundred. */
  orphansAtMost?: number
  /** Takes this folder for the site's own anew, after a restoration. */
  recogniseAgain?: boolean
}

export interface SweepReport {
  /** Why nothing was touched. */
  refusal: string | undefined
  stored: Counted
  temporary: Counted
  aside: Counted
  erased: Counted
  /** Bytes that rows name and that are not there, or not of their size. */
  damaged: Map<string, Problem>
}

const temporaryHours = 24
const orphanHours = 48
const hourMs = 3_600_000
const longestGapDays = 10
const largestClockDifferenceMs = hourMs
const believedAtLeast = 20
const believedShare = 0.01
/** When more of what rows name is missing, it is the folder that is not the right one. */
const missingShare = 0.2
const recheckedAtMost = 20
const defaultBytesPerSecond = 20_000_000
const filesBetweenNotes = 50

/** One round; undefined when another process is on one. */
export function sweepMedia(parts: Parts, options: SweepOptions = {}): Promise<SweepReport | undefined> {
  return aloneOnRound(parts.db, async () => {
    if (options.isTrial) return sweep(parts, options)
    // Before this round is written: it would be the last one.
    const clockDoubt = await doubtOnClock(parts.db)
    const id = await beginRound(parts.db, 'sweep')
    const report = await sweep(parts, options, clockDoubt)
    await finishRound(parts.db, id, {
      refusal: report.refusal ?? null,
      seen_count: report.stored.count,
      seen_bytes: report.stored.bytes,
      temporary_count: report.temporary.count,
      aside_count: report.aside.count,
      aside_bytes: report.aside.bytes,
      erased_count: report.erased.count,
      erased_bytes: report.erased.bytes,
      damaged_count: report.damaged.size
    })
    return report
  })
}

async function sweep(parts: Parts, options: SweepOptions, clockDoubt?: string): Promise<SweepReport> {
  const { db, uploadsDir } = parts
  const { isTrial = false, ageHours } = options
  const untouched: Omit<SweepReport, 'refusal'> = {
    stored: nothing,
    temporary: nothing,
    aside: nothing,
    erased: nothing,
    damaged: new Map()
  }
  const doubt =
    clockDoubt ??
    (isTrial ? await doubtOnClock(db) : undefined) ??
    (await doubtOnFolder(parts, { again: (options.recogniseAgain ?? false) && !isTrial }))
  if (doubt !== undefined) return { ...untouched, refusal: doubt }

  // The folder first: what is stored meanwhile has its row when the rows are read.
  const stored = await listStored(uploadsDir)
  const named = await listNamedBytes(db)
  const seen = await compare(uploadsDir, stored, named, (ageHours ?? orphanHours) * hourMs)
  const found = { ...untouched, stored: seen.stored, damaged: seen.damaged }
  const refusal = doubtOnFindings(seen, named.size, await withoutReleased(db, seen.orphans), options)
  if (refusal !== undefined) return { ...found, refusal }

  for (const sha256 of seen.damaged.keys()) if (!(await isNamed(db, sha256))) seen.damaged.delete(sha256)
  if (!isTrial) {
    await writeDamage(db, seen.damaged, ['missing', 'size'])
    await forgetMended(parts, named)
  }
  const temporary = await removeOldTemporary(uploadsDir, await listUnfinishedUploads(db), {
    olderThanMs: (options.temporaryAgeHours ?? ageHours ?? temporaryHours) * hourMs,
    isTrial
  })
  const eraseLimit = await findEraseLimit(db)
  const erased = eraseLimit ? await eraseWhatWasPutAside(uploadsDir, eraseLimit, { isTrial }) : nothing
  const aside = isTrial ? sumOf(seen.orphans) : await putOrphansAside(parts, seen.orphans, ageHours ?? orphanHours)
  return { ...found, refusal: undefined, temporary, aside, erased }
}

/** Ages are told by clocks: one that jumps makes everything old. */
async function doubtOnClock(db: Database): Promise<string | undefined> {
  const { now, lastRound } = await readClocks(db)
  if (Math.abs(Date.now() - now.getTime()) > largestClockDifferenceMs) {
    return 'L’horloge de ce serveur et celle de la base de données ne donnent pas la même heure\u00a0: rien n’est touché. Mettez-les à l’heure.'
  }
  const gapDays = (now.getTime() - lastRound.getTime()) / (24 * hourMs)
  if (gapDays > longestGapDays || gapDays < -1) {
    return `D’après l’horloge, le ménage n’est pas passé depuis ${numberText(Math.round(Math.abs(gapDays)))} jours\u00a0: si elle s’est déréglée, tout paraîtrait vieux. Rien n’est touché cette fois\u00a0; le prochain passage se fera normalement.`
  }
  return undefined
}

interface Seen {
  stored: Counted
  orphans: Map<string, number>
  damaged: Map<string, Problem>
}

function doubtOnFindings(
  { stored, damaged }: Seen,
  named: number,
  unexplained: number,
  { orphansAtMost }: SweepOptions
): string | undefined {
  if (named === 0 && stored.count > 0 && orphansAtMost === undefined && unexplained > 0) {
    return `La base ne cite aucun fichier, et le dossier en contient ${numberText(stored.count)}\u00a0: ce n’est sans doute pas la bonne base. Rien n’est touché.`
  }
  const missing = [...damaged.values()].filter((problem) => problem === 'missing').length
  if (missing > Math.max(believedAtLeast, named * missingShare)) {
    return `${numberText(missing)} des ${numberText(named)} fichiers que cite la base ne sont pas dans le dossier\u00a0: ce n’est sans doute pas le bon, ou la sauvegarde n’est pas complète. Rien n’est touché.`
  }
  const believed = orphansAtMost ?? Math.max(believedAtLeast, Math.floor(stored.count * believedShare))
  if (unexplained > believed) {
    return `${numberText(unexplained)} fichiers sur ${numberText(stored.count)} ne sont cités nulle part\u00a0: c’est trop pour être normal, une base restaurée d’une ancienne sauvegarde par exemple. Rien n’est touché. Si c’est bien ce que vous voulez, lancez «\u00a0npm run media:sweep -- --au-plus=${unexplained}\u00a0»\u00a0: ils seront mis de côté deux semaines.`
  }
  return undefined
}

/** Bytes that were found damaged, and stored again since: no need to wait for the next check. */
async function forgetMended({ db, uploadsDir }: Parts, named: Map<string, number>): Promise<void> {
  const known = (await listDamaged(db)).filter(({ problem }) => problem === 'damaged')
  const mended: string[] = []
  for (const { sha256 } of known.slice(0, recheckedAtMost)) {
    const size = named.get(sha256)
    if (size === undefined) mended.push(sha256)
    else if ((await problemOf(uploadsDir, sha256, size, defaultBytesPerSecond)) === undefined) mended.push(sha256)
  }
  await forgetDamage(db, mended)
}

/** How many of these no row has let go of on purpose. */
async function withoutReleased(db: Database, orphans: Map<string, number>): Promise<number> {
  if (orphans.size === 0) return 0
  const released = new Set(await listReleased(db, 1_000_000))
  return [...orphans.keys()].filter((sha256) => !released.has(sha256)).length
}

async function putOrphansAside(
  { db, uploadsDir }: Parts,
  orphans: Map<string, number>,
  ageHours: number
): Promise<Counted> {
  let { count, bytes } = await putReleasedAside(db, uploadsDir)
  for (const sha256 of orphans.keys()) {
    // Looked at again under the lock: somebody may just have sent the same file.
    const moved = await putBytesAside(db, uploadsDir, sha256, { olderThanMs: ageHours * hourMs })
    if (moved === undefined) continue
    count += 1
    bytes += moved
  }
  return { count, bytes }
}

function sumOf(sizes: Map<string, number>): Counted {
  return { count: sizes.size, bytes: [...sizes.values()].reduce((sum, size) => sum + size, 0) }
}

/** The names in the store; anything that is not a hash is nobody's business here. */
async function listStored(uploadsDir: string): Promise<Set<string>> {
  const blobs = join(uploadsDir, 'blobs')
  const stored = new Set<string>()
  for (const shard of await readdir(blobs).catch(() => [])) {
    if (!/^[0-9a-f]{2}$/.test(shard)) continue
    for (const name of await readdir(join(blobs, shard))) {
      if (/^[0-9a-f]{64}$/.test(name) && name.startsWith(shard)) stored.add(name)
    }
  }
  return stored
}

async function compare(
  uploadsDir: string,
  stored: Set<string>,
  named: Map<string, number>,
  orphanAgeMs: number
): Promise<Seen> {
  const orphans = new Map<string, number>()
  const damaged = new Map<string, Problem>()
  let bytes = 0
  for (const sha256 of stored) {
    const file = await stat(blobPath(uploadsDir, sha256)).catch(() => undefined)
    if (!file?.isFile()) continue
    bytes += file.size
    const size = named.get(sha256)
    if (size !== undefined && size !== file.size) damaged.set(sha256, 'size')
    if (size === undefined && Date.now() - file.mtimeMs >= orphanAgeMs) orphans.set(sha256, file.size)
  }
  for (const [sha256, size] of named) {
    if (stored.has(sha256)) continue
    // Stored since the folder was read?
    const file = await stat(blobPath(uploadsDir, sha256)).catch(() => undefined)
    if (!file) damaged.set(sha256, 'missing')
    else if (file.size !== size) damaged.set(sha256, 'size')
  }
  return { stored: { count: stored.size, bytes }, orphans, damaged }
}

export interface CheckOptions {
  bytesPerSecond?: number
  signal?: AbortSignal
}

export interface CheckReport {
  seen: Counted
  damaged: Map<string, Problem>
}

/** Reads every stored byte again, slowly; goes on where it was interrupted. Undefined when another process is on a round. */
export function checkMedia(parts: Parts, options: CheckOptions = {}): Promise<CheckReport | undefined> {
  return aloneOnRound(parts.db, () => check(parts, options))
}

async function check(
  { db, uploadsDir }: Parts,
  { bytesPerSecond = defaultBytesPerSecond, signal }: CheckOptions
): Promise<CheckReport> {
  const begun = await findUnfinishedCheck(db)
  const id = begun?.id ?? (await beginRound(db, 'check'))
  const from = begun?.checked_until ?? ''
  const named = await listNamedBytes(db)
  const damaged = new Map<string, Problem>()
  for (const row of await listDamaged(db)) {
    if (row.problem === 'damaged' && row.sha256 <= from && named.has(row.sha256)) damaged.set(row.sha256, 'damaged')
  }
  let [last, count, bytes] = [from, begun?.seen_count ?? 0, begun?.seen_bytes ?? 0]
  const note = () => ({ seen_count: count, seen_bytes: bytes, damaged_count: damaged.size })
  for (const [sha256, size] of [...named].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (sha256 <= from) continue
    if (signal?.aborted) await noteProgress(db, id, { ...note(), checked_until: last })
    signal?.throwIfAborted()
    const problem = await problemOf(uploadsDir, sha256, size, bytesPerSecond)
    // A file that was deleted meanwhile is not missing.
    if (problem === 'damaged') {
      damaged.set(sha256, problem)
      // At once: the check may be interrupted.
      await writeDamage(db, new Map([[sha256, problem]]), [])
    }
    last = sha256
    count += 1
    bytes += size
    if (count % filesBetweenNotes === 0) await noteProgress(db, id, { ...note(), checked_until: sha256 })
  }
  await writeDamage(db, damaged, ['damaged'])
  await finishRound(db, id, note())
  return { seen: { count, bytes }, damaged }
}

/** What is wrong with stored bytes, once they were all read. */
async function problemOf(
  uploadsDir: string,
  sha256: string,
  size: number,
  bytesPerSecond: number
): Promise<Problem | undefined> {
  const file = await open(blobPath(uploadsDir, sha256)).catch(() => undefined)
  if (!file) return 'missing'
  try {
    const hash = createHash('sha256')
    const piece = Buffer.allocUnsafeSlow(256 * 1024)
    const startedAt = performance.now()
    let read = 0
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, piece.length, null)
      if (bytesRead === 0) break
      hash.update(piece.subarray(0, bytesRead))
      read += bytesRead
      const ahead = (read / bytesPerSecond) * 1000 - (performance.now() - startedAt)
      if (ahead > 5) await sleep(ahead)
    }
    if (read !== size) return 'size'
    return hash.digest('hex') === sha256 ? undefined : 'damaged'
  } catch {
    // A sector that cannot be read.
    return 'damaged'
  } finally {
    await file.close()
  }
}
