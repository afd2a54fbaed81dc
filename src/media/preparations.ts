/** After a file was received, what readers need of it is made in the background: the slides of presentations and of PDF files. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyBaseLogger } from 'fastify'
import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { JobKind, Jobs } from '../jobs/jobs.ts'
import { readPresentationText } from './presentation-text.ts'
import { type ConvertedSlide, type Convertible, convertSlides, findConversionPrograms } from './slide-conversion.ts'
import { addSlides, blobPath, importFile } from './uploads.ts'

interface Parts {
  db: Database
  uploadsDir: string
  log: Pick<FastifyBaseLogger, 'info' | 'warn'>
}

const attemptsAtMost = 3
const everyMs = 5000

const withoutPrograms =
  'Ce serveur n’a pas LibreOffice\u00a0: la présentation se télécharge, et son texte se lit, mais ses diapositives ne s’affichent pas.'
const cannotBeRead =
  'Ce fichier n’a pas pu être transformé en images. Il se télécharge tel quel. Ouvrez-le sur votre poste, enregistrez-le de nouveau, puis remplacez-le ici.'

export const preparationQueue = 'prepare-media'

/** The job that prepares one file. */
export function preparationJob(parts: Parts): JobKind {
  return {
    name: preparationQueue,
    longestSeconds: 600,
    attempts: attemptsAtMost,
    run: (data, signal) => prepare(parts, Number((data as { mediaId: unknown }).mediaId), signal)
  }
}

/** Asks for a job for every file that waits, also those of a process that died; gives the way to stop asking. */
export function watchPreparations({ db, log }: Pick<Parts, 'db' | 'log'>, jobs: Jobs): () => void {
  const ask = async (): Promise<void> => {
    const rows = await db
      .selectFrom('media')
      .select('id')
      .where('preparation', 'in', ['waiting', 'working'])
      .orderBy('id')
      .limit(20)
      .execute()
    for (const { id } of rows) await jobs.send(preparationQueue, String(id), { mediaId: id })
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
  const timer = setInterval(round, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}

type Waiting = NonNullable<Awaited<ReturnType<typeof begin>>>

async function prepare(parts: Parts, mediaId: number, signal: AbortSignal): Promise<void> {
  const { db, uploadsDir } = parts
  const media = await begin(db, mediaId)
  if (!media) return
  const type = convertibleTypes[media.content_type]
  if (!type) return settle(db, media, 'ready', '')
  if (media.preparation_attempts > attemptsAtMost) return settle(db, media, 'failed', cannotBeRead)
  const programs = findConversionPrograms()
  if (!programs) return keepText(parts, media, type)
  const temporary = join(uploadsDir, 'tmp')
  await mkdir(temporary, { recursive: true })
  const folder = await mkdtemp(join(temporary, 'slides-'))
  try {
    const startedAt = performance.now()
    const slides = await convertSlides(programs, { path: blobPath(uploadsDir, media.sha256), type, folder, signal })
    await storeSlides(parts, media, slides)
    const durationMs = Math.round(performance.now() - startedAt)
    parts.log.info({ mediaId, slides: slides.length, durationMs }, 'a file was prepared')
  } catch (error) {
    if (signal.aborted || media.preparation_attempts < attemptsAtMost) throw error
    parts.log.warn({ err: error, mediaId }, 'a file cannot be prepared')
    await settle(db, media, 'failed', cannotBeRead)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
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
    .returning(['id', 'sha256', 'content_type', 'title', 'filename', 'demonstration', 'preparation_attempts'])
    .executeTakeFirst()
}

/** Says how it ended, unless the file was replaced meanwhile: then it waits again. */
async function settle(db: Database, media: Waiting, preparation: 'ready' | 'failed', note: string): Promise<void> {
  await db
    .updateTable('media')
    .set({ preparation, preparation_note: note })
    .where('id', '=', media.id)
    .where('sha256', '=', media.sha256)
    .execute()
}

/** The slides appear all together, or not at all. */
async function storeSlides({ db, uploadsDir }: Parts, media: Waiting, slides: ConvertedSlide[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const same = await trx
      .selectFrom('media')
      .select('id')
      .where('id', '=', media.id)
      .where('sha256', '=', media.sha256)
      .where('preparation', '=', 'working')
      .forUpdate()
      .executeTakeFirst()
    if (!same) return
    const rows = []
    for (const [index, slide] of slides.entries()) {
      const imageId = await importFile(trx, {
        uploadsDir,
        path: slide.imagePath,
        filename: `diapositive-${media.id}-${index + 1}.png`,
        title: `${media.title}, ${index + 1}`.slice(0, 200),
        // Its words stand beside it; the image repeats them.
        alt: slide.title.slice(0, 500),
        demonstration: media.demonstration
      })
      rows.push({ image_id: imageId, title: slide.title, text: slide.text, notes: slide.notes })
    }
    await addSlides(trx, media.id, rows)
    await trx
      .updateTable('media')
      .set({ preparation: 'ready', preparation_note: '', page_count: slides.length })
      .where('id', '=', media.id)
      .execute()
  })
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
    .slice(0, 100_000)
  await db
    .updateTable('media')
    .set({ transcript })
    .where('id', '=', media.id)
    .where('sha256', '=', media.sha256)
    .execute()
  await settle(db, media, 'ready', type === 'pdf' ? '' : withoutPrograms)
}
