/** Makes, in the background, the smaller and lighter copies of images that pages show. Each image once, one at a time. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import { sql } from 'kysely'
import type { Database } from '../../db/database.ts'
import { isOfItsOwn } from '../library-queries.ts'
import { replaceRenditions } from '../preparation/made-rows.ts'
import { blobPath, storeMadeFiles } from '../uploads.ts'
import { createImageProcess } from './image-process.ts'
import type { MadeRendition } from './images.ts'

export interface RenditionMaker {
  /** Lets go of what is being made: the image is taken up again at the next start. */
  stop(): Promise<void>
  /** Resolves once no image waits, here or in another process. */
  idle(): Promise<void>
}

interface Parts {
  db: Database
  uploadsDir: string
  log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>
}

/** The widths that pages use; an image between two of them is also made in its own width. */
const steps = [320, 640, 960, 1440]
const restMilliseconds = 5000
const elsewhereMilliseconds = 300
const afterErrorMilliseconds = 15_000
const longestMilliseconds = 120_000
const attemptsAtMost = 2
// With the image's identifier, a pair that no other lock of this database uses.
const imageLock = 20_222

const cannotBeLight =
  'Les versions légères de cette image n’ont pas pu être faites\u00a0: les pages montrent l’original, plus lourd. Ouvrez-la sur votre poste, enregistrez-la en JPEG, puis remplacez-la ici.'

type Outcome = 'done' | 'elsewhere' | 'nothing'

export function startRenditions({ db, uploadsDir, log }: Parts): RenditionMaker {
  const stopping = new AbortController()
  const worker = createImageProcess(longestMilliseconds)
  const attempts = new Map<number, number>()
  let waiting: (() => void)[] = []
  let wake = new AbortController()
  const running = run()

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const asked = waiting
      waiting = []
      const outcome = await makeNext().catch((error: unknown) => {
        if (!stopping.signal.aborted) log.error({ err: error }, 'renditions interrupted, to be tried again')
        return 'error' as const
      })
      if (outcome === 'nothing') for (const resolve of asked) resolve()
      else waiting = [...asked, ...waiting]
      if (outcome === 'nothing') worker.dismiss()
      if (outcome === 'nothing' && waiting.length === 0) await pause(restMilliseconds)
      if (outcome === 'elsewhere') await pause(elsewhereMilliseconds)
      if (outcome === 'error') await pause(afterErrorMilliseconds)
    }
    for (const resolve of waiting) resolve()
  }

  async function pause(milliseconds: number): Promise<void> {
    wake = new AbortController()
    const signal = AbortSignal.any([stopping.signal, wake.signal])
    await sleep(milliseconds, undefined, { signal, ref: false }).catch(() => undefined)
  }

  async function makeNext(): Promise<Outcome> {
    const candidates = await listCandidates(db)
    if (candidates.length === 0) return 'nothing'
    return db.transaction().execute(async (trx) => {
      const image = await claimOne(trx, candidates)
      if (!image) return 'elsewhere'
      if (await copyFromTwin(trx, image)) return 'done'
      const path = blobPath(uploadsDir, image.sha256)
      const answer = await worker.ask({ task: 'renditions', path, widths: widthsFor(image.width) })
      stopping.signal.throwIfAborted()
      if ('made' in answer) {
        await storeRenditions(trx, uploadsDir, image, answer.made)
      } else if ('failure' in answer || giveUp(image.id)) {
        // Pages show the original: better than trying, and failing, for ever.
        log.warn({ mediaId: image.id, ...answer }, 'renditions of an image cannot be made')
        await markPrepared(trx, image, cannotBeLight)
      }
      return 'done'
    })
  }

  /** An image that ended the worker more than once is what ends it. */
  function giveUp(mediaId: number): boolean {
    const count = (attempts.get(mediaId) ?? 0) + 1
    attempts.set(mediaId, count)
    return count >= attemptsAtMost
  }

  return {
    async stop() {
      stopping.abort()
      worker.dismiss()
      await running
    },
    async idle() {
      if (stopping.signal.aborted) return
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.push(resolve)
      wake.abort()
      await promise
    }
  }
}

/** `original` → 320, 640… never wider than the image, and its own width where the steps would leave it much too small. */
export function widthsFor(original: number | null): number[] {
  const largest = steps.at(-1) ?? 0
  const width = original ?? largest
  const widths = steps.filter((step) => step <= width)
  return width < largest && width > (widths.at(-1) ?? 0) * 1.1 ? [...widths, width] : widths
}

async function listCandidates(db: Database): Promise<number[]> {
  const rows = await db
    .selectFrom('media')
    .select('id')
    .where('kind', '=', 'image')
    .where('prepared_at', 'is', null)
    // A photo that somebody brings does not wait behind the two hundred pages of a PDF.
    .orderBy(sql`not ${isOfItsOwn()}`)
    .orderBy('id')
    .limit(50)
    .execute()
  return rows.map((row) => row.id)
}

interface ClaimedImage {
  id: number
  sha256: string
  width: number | null
}

/**
 * Takes an image that no other process is working on, until the end of the transaction: a process that dies lets it go.
 * An advisory lock and not the row's (`skip locked`): somebody may be writing its alternative text at this very moment,
 * and would have to wait for the encoder.
 */
async function claimOne(trx: Database, candidates: number[]): Promise<ClaimedImage | undefined> {
  // Nothing is said to the database while an image is encoded; the pool's own limit would cut the connection.
  await sql`set local idle_in_transaction_session_timeout = ${sql.lit(2 * longestMilliseconds)}`.execute(trx)
  for (const id of candidates) {
    const { rows } = await sql<{ taken: boolean }>`
      select pg_try_advisory_xact_lock(${imageLock}::integer, ${id}::integer) as taken`.execute(trx)
    if (!rows[0]?.taken) continue
    // Read after the lock: whoever held it before may have done the work.
    const image = await trx
      .selectFrom('media')
      .select(['id', 'sha256', 'width'])
      .where('id', '=', id)
      .where('prepared_at', 'is', null)
      .executeTakeFirst()
    if (image) return image
  }
  return undefined
}

/** The same bytes were stored before: their renditions exist. */
async function copyFromTwin(trx: Database, image: ClaimedImage): Promise<boolean> {
  const twin = await trx
    .selectFrom('media')
    .innerJoin('renditions', 'renditions.media_id', 'media.id')
    .select('media.id')
    .where('media.sha256', '=', image.sha256)
    .where('media.prepared_at', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  if (!twin || !(await markPrepared(trx, image))) return false
  const rows = await trx
    .selectFrom('renditions')
    .select(['format', 'width', 'height', 'sha256', 'size'])
    .where('media_id', '=', twin.id)
    .execute()
  await replaceRenditions(trx, image.id, rows)
  return true
}

async function storeRenditions(
  trx: Database,
  uploadsDir: string,
  image: ClaimedImage,
  made: MadeRendition[]
): Promise<void> {
  const stored = await storeMadeFiles(
    trx,
    uploadsDir,
    made.map(({ bytes }) => Buffer.from(bytes))
  )
  // First, and it holds the row: an image that was removed or replaced meanwhile has no use for these renditions.
  if (!(await markPrepared(trx, image))) return
  const rows = made.flatMap(({ format, width, height }, index) => {
    const file = stored[index]
    return file ? [{ format, width, height, ...file }] : []
  })
  await replaceRenditions(trx, image.id, rows)
}

/** With the reason, where its renditions could not be made. */
async function markPrepared(trx: Database, image: ClaimedImage, failure = ''): Promise<boolean> {
  const row = await trx
    .updateTable('media')
    .set({ prepared_at: sql<Date>`now()`, preparation: failure ? 'failed' : 'ready', preparation_note: failure })
    .where('id', '=', image.id)
    .where('sha256', '=', image.sha256)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
