/**
 * After a file was received, what readers need of it is made in the background: the slides of presentations and
 * of PDF files, the sizes of videos.
 */
import { join } from 'node:path'
import type { FastifyBaseLogger } from 'fastify'
import { sql } from 'kysely'
import type { Database } from '../../db/database.ts'
import { type JobKind, type Jobs, siteStops } from '../../jobs/jobs.ts'
import { type PdfFacts, readPdfFacts } from '../documents/pdf-facts.ts'
import { readPresentationText } from '../documents/presentation-text.ts'
import {
  type ConvertedFile,
  type Convertible,
  convertSlides,
  findConversionPrograms
} from '../documents/slide-conversion.ts'
import { storeSlides } from '../documents/slides.ts'
import { blobPath, inWorkFolder, removeOldWork, storeMadeFiles } from '../uploads.ts'
import { readableChapters } from '../video/chapters.ts'
import { convertVideo, findVideoPrograms, UnplayableVideo } from '../video/video-conversion.ts'
import { listFramesWanted, storeFrame, takeWantedFrame } from '../video/video-frames.ts'
import { replaceRenditions } from './made-rows.ts'

interface Parts {
  db: Database
  uploadsDir: string
  log: Pick<FastifyBaseLogger, 'info' | 'warn'>
}

const attemptsAtMost = 3
const longestTranscript = 300_000
const everyMs = 5000
const longestVideoSeconds = 6 * 3600
const oldWorkMs = 2 * longestVideoSeconds * 1000

const withoutPrograms =
  'Ce serveur n’a pas LibreOffice\u00a0: la présentation se télécharge, et son texte se lit, mais ses diapositives ne s’affichent pas.'
const withoutFfmpeg =
  'Ce serveur n’a pas ffmpeg\u00a0: la vidéo est servie telle quelle. Certains téléphones ne liront pas celles d’un iPhone (HEVC).'
const cannotBeRead =
  'Ce fichier n’a pas pu être transformé en images. Il se télécharge tel quel. Ouvrez-le sur votre poste, enregistrez-le de nouveau, puis remplacez-le ici.'

const cannotBePlayed =
  'Cette vidéo n’a pas pu être préparée pour les téléphones. Elle se lit telle quelle si le navigateur la connaît. Exportez-la en MP4 (H.264), puis remplacez-la ici.'

/** A video takes long: slides do not wait behind it. */
const queues = { slides: 'prepare-slides', video: 'prepare-video', frame: 'take-frame' }

/** The jobs that prepare one file. */
export function preparationJobs(parts: Parts): JobKind[] {
  const run = (data: object, signal: AbortSignal): Promise<void> =>
    prepare(parts, Number((data as { mediaId: unknown }).mediaId), signal)
  return [
    { name: queues.slides, longestSeconds: 600, attempts: attemptsAtMost, run },
    { name: queues.video, longestSeconds: longestVideoSeconds, attempts: attemptsAtMost, run },
    {
      name: queues.frame,
      longestSeconds: 300,
      attempts: attemptsAtMost,
      run: (data, signal) => takeWantedFrame(parts, Number((data as { mediaId: unknown }).mediaId), signal)
    }
  ]
}

/** Asks for a job for every file that waits, also those of a process that died; gives the way to stop asking. */
export function watchPreparations({ db, uploadsDir, log }: Parts, jobs: Jobs): () => void {
  const ask = async (): Promise<void> => {
    // Each queue for itself: twenty films that wait hold no presentation back.
    for (const [queue, comparison] of [
      [queues.slides, '!='],
      [queues.video, '=']
    ] as const) {
      const rows = await db
        .selectFrom('media')
        .select('id')
        .where('preparation', 'in', ['waiting', 'working'])
        .where('kind', comparison, 'video')
        .orderBy('id')
        .limit(20)
        .execute()
      for (const { id } of rows) await jobs.send(queue, String(id), { mediaId: id })
    }
    for (const { id } of await listFramesWanted(db)) await jobs.send(queues.frame, String(id), { mediaId: id })
  }
  let asking = false
  const round = (): void => {
    if (asking) return
    asking = true
    ask()
      .catch((error: unknown) => log.warn({ err: error }, 'files that wait could not be asked for'))
      .finally(() => {
        asking = false
      })
  }
  round()
  void removeOldWork(uploadsDir, oldWorkMs).catch((error: unknown) =>
    log.warn({ err: error }, 'old work could not be removed')
  )
  const timer = setInterval(round, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}

const toRetry = sql<boolean>`(preparation = 'failed' or (preparation = 'ready' and preparation_note <> ''))`

/** Asks again for what failed, or could not be done; gives false when there is nothing to do again. */
export async function prepareAgain(db: Database, mediaId: number): Promise<boolean> {
  const row = await db
    .updateTable('media')
    .set({
      // The light sizes of an image are made from `prepared_at` on: renditions.ts.
      preparation: sql<'waiting' | 'ready'>`case kind when 'image' then 'ready' else 'waiting' end`,
      prepared_at: sql<Date | null>`case kind when 'image' then null else prepared_at end`,
      preparation_attempts: 0,
      preparation_note: ''
    })
    .where('id', '=', mediaId)
    .where(toRetry)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

type Waiting = NonNullable<Awaited<ReturnType<typeof begin>>>

async function prepare(parts: Parts, mediaId: number, signal: AbortSignal): Promise<void> {
  const { db, uploadsDir, log } = parts
  const media = await begin(db, mediaId)
  if (!media) return
  const failure = media.kind === 'video' ? cannotBePlayed : cannotBeRead
  if (media.preparation_attempts > attemptsAtMost) return settle(db, media, 'failed', failure)
  const work = media.kind === 'video' ? prepareVideo : prepareSlides
  const startedAt = performance.now()
  try {
    await inWorkFolder(uploadsDir, (folder) => work(parts, media, folder, signal))
    log.info({ mediaId, durationMs: Math.round(performance.now() - startedAt) }, 'a file was prepared')
  } catch (error) {
    const isStopped = signal.reason === siteStops
    if (isStopped) await takeBackAttempt(db, media)
    // What will not be better the next time says why.
    const isHopeless = error instanceof UnplayableVideo
    if (isStopped || (!isHopeless && media.preparation_attempts < attemptsAtMost)) throw error
    log.warn({ err: error, mediaId }, 'a file cannot be prepared')
    await settle(db, media, 'failed', isHopeless ? error.message : failure)
  }
}

/** The site stops: that says nothing of the file. */
async function takeBackAttempt(db: Database, media: Waiting): Promise<void> {
  await db
    .updateTable('media')
    .set({ preparation: 'waiting', preparation_attempts: sql`greatest(preparation_attempts - 1, 0)` })
    .where('id', '=', media.id)
    .where('preparation', '=', 'working')
    .execute()
}

async function prepareSlides(parts: Parts, media: Waiting, folder: string, signal: AbortSignal): Promise<void> {
  const type = convertibleTypes[media.content_type]
  if (!type) return settle(parts.db, media, 'ready', '')
  const programs = findConversionPrograms()
  if (!programs) return keepText(parts, media, type)
  const path = blobPath(parts.uploadsDir, media.sha256)
  const converted = await convertSlides(programs, { path, type, folder, signal })
  const facts = type === 'pdf' ? await readPdfFacts({ path: join(folder, 'original.pdf'), folder, signal }) : undefined
  await storeSlides(parts, media, converted.slides, {
    page_count: facts?.pageCount ?? converted.pageCount,
    // The other words stand beside each slide.
    transcript: converted.otherWords.slice(0, longestTranscript),
    ...(facts && pdfColumns(facts, converted))
  })
}

function pdfColumns(facts: PdfFacts, { textPages }: ConvertedFile) {
  return {
    pdf_title: facts.title ?? null,
    pdf_language: facts.language ?? null,
    pdf_is_tagged: facts.isTagged ?? null,
    pdf_text_pages: textPages
  }
}

async function prepareVideo(
  { db, uploadsDir }: Parts,
  media: Waiting,
  folder: string,
  signal: AbortSignal
): Promise<void> {
  const programs = findVideoPrograms()
  if (!programs) return settle(db, media, 'ready', withoutFfmpeg)
  const path = blobPath(uploadsDir, media.sha256)
  const video = await convertVideo(programs, { path, contentType: media.content_type, folder, signal })
  const durationSeconds = Math.max(1, Math.round(video.durationSeconds))
  const chapters = readableChapters(video.chapters, durationSeconds)
  await db.transaction().execute(async (trx) => {
    const stored = await storeMadeFiles(
      trx,
      uploadsDir,
      video.made.map(({ path }) => ({ path }))
    )
    // It holds the row: a video that was replaced meanwhile has no use for these.
    const same = await trx
      .updateTable('media')
      .set({
        preparation: 'ready',
        preparation_note: '',
        width: video.width,
        height: video.height,
        duration_seconds: durationSeconds
      })
      .where('id', '=', media.id)
      .where('sha256', '=', media.sha256)
      .where('preparation', '=', 'working')
      .returning(['poster_id', 'chapters'])
      .executeTakeFirst()
    if (!same) return
    if (same.chapters === null && chapters.length > 0) {
      await trx
        .updateTable('media')
        .set({ chapters: JSON.stringify(chapters) })
        .where('id', '=', media.id)
        .execute()
    }
    const rows = video.made.flatMap(({ format, width, height }, index) => {
      const file = stored[index]
      return file ? [{ format, width, height, ...file }] : []
    })
    await replaceRenditions(trx, media.id, rows)
    if (same.poster_id !== null) return
    await storeFrame(trx, { uploadsDir, film: media, path: video.posterPath })
  })
}

const convertibleTypes: Record<string, Convertible> = {
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/vnd.openxmlformats-officedocument.presentationml.slideshow': 'ppsx',
  'application/vnd.oasis.opendocument.presentation': 'odp',
  'application/pdf': 'pdf'
}

/** Counts the attempt before it begins: it may end this process. */
function begin(db: Database, mediaId: number) {
  return db
    .updateTable('media')
    .set({ preparation: 'working', preparation_attempts: sql`preparation_attempts + 1` })
    .where('id', '=', mediaId)
    .where('preparation', 'in', ['waiting', 'working'])
    .returning(['id', 'sha256', 'content_type', 'title', 'filename', 'kind', 'demonstration', 'preparation_attempts'])
    .executeTakeFirst()
}

/** Says how it ended, unless the file was replaced meanwhile: then it waits again. */
async function settle(
  db: Database,
  media: Waiting,
  preparation: 'ready' | 'failed',
  note: string,
  read: { transcript?: string } = {}
): Promise<void> {
  await db
    .updateTable('media')
    .set({ preparation, preparation_note: note, ...read })
    .where('id', '=', media.id)
    .where('sha256', '=', media.sha256)
    .execute()
}

/** Without the programs, the words of a presentation can still be read. */
async function keepText({ db, uploadsDir, log }: Parts, media: Waiting, type: Convertible): Promise<void> {
  const isPowerPoint = type === 'pptx' || type === 'ppsx'
  const slides = isPowerPoint
    ? await readPresentationText(blobPath(uploadsDir, media.sha256)).catch((error: unknown) => {
        log.warn({ err: error, mediaId: media.id }, 'the words of a presentation cannot be read')
        return []
      })
    : []
  const transcript = slides
    .map(({ title, text, notes }, index) => [`${index + 1}. ${title}`, text, notes].filter(Boolean).join('\n'))
    .join('\n\n')
    .slice(0, longestTranscript)
  await settle(db, media, 'ready', type === 'pdf' ? '' : withoutPrograms, { transcript })
}
