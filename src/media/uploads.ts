/**
 * The only writer of the uploads folder, and the only maker of rows of `media`.
 *
 * File first, row second: the bytes go to a temporary file on the same disk, are checked, reach the disk, and only then
 * take their final name, which is their SHA-256; the row follows in the same transaction. A process that dies at any
 * moment leaves at most a file that nobody names, never a row without its bytes. Stored bytes are never changed;
 * they leave only by `putAside` (leftovers.ts): the same bytes may belong to several rows.
 */
import { createHash, randomUUID } from 'node:crypto'
import { constants, mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { Media, Slides } from '../db/schema.ts'
import { findRightsOfBytes, type RightsOfBytes } from './image-rights/same-bytes.ts'
import { drawHeic, refuseUnlessHeicIsRead } from './images/heic.ts'
import { cleanImageApart } from './images/image-process.ts'
import type { ImageTypeName, ReadImage } from './images/images.ts'
import { letGoOfContent } from './preparation/made-rows.ts'
import { normaliseFilename } from './receiving/filenames.ts'
import { type InspectedFile, inspectFile } from './receiving/inspection.ts'
import { checkQuota, holdQuota, NoRoomLeft } from './space/quota.ts'
import { lockBytes } from './space/released-queries.ts'
import {
  type ConvertedImage,
  type FileType,
  fileTypes,
  keptAs,
  type MediaKind,
  RefusedFile,
  recogniseSignature,
  type Signature,
  signatureBytes,
  type TypeName
} from './types.ts'

/** What is known of a file beside its bytes. */
export type MediaDetails = Partial<
  Pick<
    Selectable<Media>,
    | 'alt'
    | 'author_id'
    | 'folder_id'
    | 'duration_seconds'
    | 'page_count'
    | 'poster_id'
    | 'captions_id'
    | 'transcript'
    | 'trashed_at'
    | 'demonstration'
  >
>

export interface NewFile {
  uploadsDir: string
  source: Readable | Buffer | { path: string }
  /** The name it had for the person who sent it. */
  filename: string
  title: string
  details?: MediaDetails
  /** What is written with the row, or not at all. */
  andThen?: (trx: Database, media: StoredMedia) => Promise<void>
}

export type StoredMedia = Selectable<Media>

/** Stores a file that somebody sent, and returns its row; throws a `RefusedFile` that says what to do. */
export async function storeFile(db: Database, file: NewFile): Promise<StoredMedia> {
  return store(db, file, { isTrusted: false })
}

export interface FileToImport {
  uploadsDir: string
  path: string
  filename: string
  title: string
  alt?: string | null
  demonstration?: boolean
  duration_seconds?: number | null
  page_count?: number | null
  poster_id?: number | null
  captions_id?: number | null
  transcript?: string
  trashed_at?: Date
}

/** Stores a file that comes with the software; its images are kept as they are when nothing is hidden in them. */
export async function importFile(db: Database, file: FileToImport): Promise<number> {
  const { uploadsDir, path, filename, title, ...details } = file
  const media = await store(db, { uploadsDir, source: { path }, filename, title, details }, { isTrusted: true })
  return media.id
}

/**
 * Stores files that the software made and their rows, all of them or none. They reach the disk first; `work` then runs in
 * one transaction, and decides, with what it sees there, whether they are kept: `keep` gives the numbers of their rows.
 */
export async function importFilesTogether(
  db: Database,
  uploadsDir: string,
  files: Omit<FileToImport, 'uploadsDir'>[],
  work: (trx: Database, keep: () => Promise<number[]>) => Promise<void>
): Promise<void> {
  const checked: (CheckedFile & { row: Insertable<Media> })[] = []
  try {
    for (const { path, filename, title, ...details } of files) {
      const file = await checkFile({ uploadsDir, source: { path } }, { isTrusted: true })
      checked.push({ ...file, row: rowOf(file, { filename, title, details }, { isTrusted: true }) })
    }
    await inTransaction(db, (trx) =>
      work(trx, async () => {
        const bytes = new Map(checked.map(({ kept }) => [kept.sha256, kept]))
        for (const kept of inOrder([...bytes.values()])) await place(trx, uploadsDir, kept)
        // In one statement, and last: whoever writes something that readers see waits for it.
        const rows = await trx
          .insertInto('media')
          .values(checked.map(({ row }) => row))
          .returning('id')
          .execute()
        return rows.map(({ id }) => id)
      })
    )
  } finally {
    await discard(checked.flatMap(({ received }) => received))
  }
}

export type NewSlide = Pick<Insertable<Slides>, 'image_id' | 'title' | 'text' | 'notes'>

/** Gives a presentation its slides, in the order in which they are shown. */
export async function addSlides(db: Database, mediaId: number, slides: NewSlide[]): Promise<void> {
  if (slides.length === 0) return
  const rows = slides.map((slide, index) => ({ ...slide, media_id: mediaId, position: index + 1 }))
  await db.insertInto('slides').values(rows).execute()
}

const workPrefix = 'work-'

/** A folder for programs that make something of a file, on the same disk; it goes when they are done. */
export async function inWorkFolder<Result>(
  uploadsDir: string,
  use: (folder: string) => Promise<Result>
): Promise<Result> {
  const temporary = join(uploadsDir, 'tmp')
  await mkdir(temporary, { recursive: true })
  const folder = await mkdtemp(join(temporary, workPrefix))
  try {
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Removes the work folders of processes that died, when they are older than any work may last. */
export async function removeOldWork(uploadsDir: string, olderThanMs: number): Promise<void> {
  const temporary = join(uploadsDir, 'tmp')
  const names = (await readdir(temporary).catch(() => [])).filter((name) => name.startsWith(workPrefix))
  for (const name of names) {
    const path = join(temporary, name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }))
    if (Date.now() - mtimeMs > olderThanMs) await rm(path, { recursive: true, force: true })
  }
}

export interface StoredBytes {
  sha256: string
  size: number
}

/** Stores files that the software made itself (renditions), inside the transaction that names them. */
export async function storeMadeFiles(
  trx: Database,
  uploadsDir: string,
  contents: (Buffer | { path: string })[]
): Promise<StoredBytes[]> {
  const received: ReceivedFile[] = []
  try {
    for (const bytes of contents) received.push(await receive(uploadsDir, bytes))
    for (const file of inOrder(received)) await place(trx, uploadsDir, file)
    return received.map(({ sha256, size }) => ({ sha256, size }))
  } finally {
    await discard(received)
  }
}

/** Always locked in the same order: two processes that store the same files cannot wait for each other. */
function inOrder(files: ReceivedFile[]): ReceivedFile[] {
  return files.toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1))
}

/** Where the bytes lie. Made of the hash alone: nothing that anybody typed is part of it. */
export function blobPath(uploadsDir: string, sha256: string): string {
  return join(uploadsDir, 'blobs', sha256.slice(0, 2), sha256)
}

interface ReceivedFile extends StoredBytes {
  path: string
  head: Buffer
}

async function store(db: Database, file: NewFile, { isTrusted }: { isTrusted: boolean }): Promise<StoredMedia> {
  return withCheckedFile(file, { isTrusted }, async (checked) => {
    if (!isTrusted) await checkQuota(db, checked.kept)
    return inTransaction(db, async (trx) => {
      await place(trx, file.uploadsDir, checked.kept)
      const row = { ...rowOf(checked, file, { isTrusted }), ...(await findRightsOfBytes(trx, checked.kept.sha256)) }
      const write = () => trx.insertInto('media').values(row).returningAll().executeTakeFirstOrThrow()
      // What the software brings or makes itself is never refused: half of a presentation is of no use.
      const media = isTrusted ? await write() : await writeWithinQuota(trx, file.uploadsDir, checked.kept, write)
      await file.andThen?.(trx, media)
      return media
    })
  })
}

function rowOf(
  { kept, type, measures }: CheckedFile,
  { filename, title, details }: Pick<NewFile, 'filename' | 'title' | 'details'>,
  { isTrusted }: { isTrusted: boolean }
): Insertable<Media> {
  return {
    ...measures,
    ...details,
    sha256: kept.sha256,
    size: kept.size,
    content_type: type.contentType,
    kind: type.kind,
    filename: normaliseFilename(filename, type),
    title,
    ...(!isTrusted && waitingFor(type.kind))
  }
}

/**
 * Puts other bytes of the same kind in place of a file, which keeps its address and what was written about it. What was
 * made from the old bytes goes: renditions are made again, and so are the slides of a presentation, which show another.
 */
export async function replaceFile(
  db: Database,
  media: Pick<StoredMedia, 'id' | 'kind' | 'filename'>,
  file: Pick<NewFile, 'uploadsDir' | 'source' | 'andThen'>
): Promise<StoredMedia> {
  return withCheckedFile(file, { isTrusted: false }, ({ kept, type, measures }) => {
    if (type.kind !== media.kind) {
      throw new RefusedFile(
        `Ce fichier ne peut pas prendre la place de l’autre\u00a0: ils ne sont pas du même genre. Choisissez ${kindWords[media.kind]}, ou envoyez-le comme un nouveau fichier.`
      )
    }
    return inTransaction(db, async (trx) => {
      await place(trx, file.uploadsDir, kept)
      const rights = await findRightsOfBytes(trx, kept.sha256)
      // Before the quota, as for who writes the captions of this very film.
      await trx.selectFrom('media').select('id').where('id', '=', media.id).forUpdate().execute()
      const replaced = await writeWithinQuota(trx, file.uploadsDir, kept, async () => {
        // After the lock of the quota: whoever brings a file takes it before those that this one needs.
        await letGoOfContent(trx, media.id)
        return trx
          .updateTable('media')
          .set({
            ...measures,
            sha256: kept.sha256,
            size: kept.size,
            content_type: type.contentType,
            filename: normaliseFilename(media.filename, type),
            prepared_at: null,
            pdf_title: null,
            pdf_language: null,
            pdf_is_tagged: null,
            pdf_text_pages: null,
            frame_wanted: null,
            // What was agreed to was another picture; a refusal stands until somebody says otherwise.
            agreement: sql<'a_demander' | 'non'>`case agreement when 'non' then 'non' else 'a_demander' end`,
            agreement_until: null,
            agreement_end_told_at: null,
            ...(rights && whatForbids(rights)),
            ...waitingFor(type.kind)
          })
          .where('id', '=', media.id)
          .returningAll()
          .executeTakeFirstOrThrow()
      })
      await file.andThen?.(trx, replaced)
      return replaced
    })
  })
}

/** What was said of these bytes may hide the file that takes them; it does not show again one that is hidden already. */
function whatForbids({ hidden_at, ...said }: RightsOfBytes): Partial<RightsOfBytes> {
  const isLimited = said.agreement === 'non' || said.agreement === 'jusqu_au'
  return { ...(hidden_at && { hidden_at }), ...(isLimited && said) }
}

/** The row, if the quota has room for its bytes; if it has not, they go: they are here, under their lock, and no row names them. */
async function writeWithinQuota<Result>(
  trx: Database,
  uploadsDir: string,
  kept: StoredBytes,
  write: () => Promise<Result>
): Promise<Result> {
  try {
    return await holdQuota(trx, write)
  } catch (error) {
    if (error instanceof NoRoomLeft) await rm(blobPath(uploadsDir, kept.sha256), { force: true })
    throw error
  }
}

/** What has to be made of a file before readers have all of it: see preparations.ts. */
function waitingFor(kind: MediaKind) {
  const isMade = kind === 'presentation' || kind === 'pdf' || kind === 'video'
  return {
    preparation: isMade ? ('waiting' as const) : ('ready' as const),
    preparation_attempts: 0,
    preparation_note: ''
  }
}

const kindWords: Record<MediaKind, string> = {
  image: 'une image',
  video: 'une vidéo',
  presentation: 'une présentation',
  pdf: 'un PDF',
  document: 'un document',
  captions: 'un fichier de sous-titres'
}

/** A file that was checked and waits, whole, for its name and its row. */
interface CheckedFile {
  kept: ReceivedFile
  type: FileType
  /** What its bytes say of themselves. */
  measures: Pick<StoredMedia, 'width' | 'height' | 'taken_at' | 'duration_seconds' | 'page_count'>
  /** Its temporary files, what is kept included: to be discarded when it has its name, or gets none. */
  received: ReceivedFile[]
}

async function withCheckedFile<Result>(
  file: Pick<NewFile, 'uploadsDir' | 'source'>,
  { isTrusted }: { isTrusted: boolean },
  use: (checked: CheckedFile) => Promise<Result>
): Promise<Result> {
  const checked = await checkFile(file, { isTrusted })
  try {
    return await use(checked)
  } finally {
    await discard(checked.received)
  }
}

async function checkFile(
  file: Pick<NewFile, 'uploadsDir' | 'source'>,
  { isTrusted }: { isTrusted: boolean }
): Promise<CheckedFile> {
  const received: ReceivedFile[] = []
  try {
    const sent = await receive(file.uploadsDir, file.source, refuseEarly)
    received.push(sent)
    const signature = recogniseSignature(sent.head)
    const isConverted = signature === 'heic' || signature === 'avif'
    const found: InspectedFile = isConverted
      ? { name: keptAs[signature] }
      : await inspectFile(sent.path, signature, sent.size)
    const image = isConverted
      ? await convertImage(file.uploadsDir, sent.path, signature)
      : isImage(found.name)
        ? await readImage(sent.path, found.name, isTrusted)
        : undefined
    const kept = image?.bytes ? await receive(file.uploadsDir, image.bytes) : sent
    if (kept !== sent) received.push(kept)
    const measures = {
      width: image?.width ?? null,
      height: image?.height ?? null,
      taken_at: image?.takenAt ? new Date(image.takenAt) : null,
      duration_seconds: found.durationSeconds ?? null,
      page_count: found.pageCount ?? null
    }
    return { kept, type: fileTypes[found.name], measures, received }
  } catch (error) {
    await discard(received)
    throw error
  }
}

/** In a format that shows everywhere. */
function convertImage(uploadsDir: string, path: string, signature: ConvertedImage): Promise<ReadImage> {
  if (signature === 'avif') return cleanImageApart(path, keptAs.avif)
  return inWorkFolder(uploadsDir, async (folder) =>
    cleanImageApart(await drawHeic(resolve(path), folder), keptAs.heic, { upright: true })
  )
}

async function readImage(path: string, type: ImageTypeName, isTrusted: boolean): Promise<ReadImage> {
  if (!isTrusted) return cleanImageApart(path, type)
  // Loaded at the first image: the decoders weigh 20 MB, and a process that serves pages never needs them.
  const { readTrustedImage } = await import('./images/images.ts')
  return (await readTrustedImage(path)) ?? cleanImageApart(path, type)
}

function isImage(name: TypeName): name is ImageTypeName {
  return fileTypes[name].kind === 'image'
}

/** A file that is none of ours, or too large for what it is, is refused before the rest of it arrives. */
export function refuseEarly(head: Buffer, size: number): void {
  const signature = recogniseSignature(head)
  if (signature === 'heic') refuseUnlessHeicIsRead()
  const largest = largestFor(signature)
  if (size > largest) {
    const megabytes = Math.round(largest / 1_000_000)
    throw new RefusedFile(
      `Ce fichier est trop lourd\u00a0: ${megabytes}\u00a0Mo au plus. Allégez-le, puis envoyez-le de nouveau.`
    )
  }
}

function largestFor(signature: Signature): number {
  if (signature === 'zip') return fileTypes.pptx.largestBytes
  return fileTypes[signature === 'heic' || signature === 'avif' ? keptAs[signature] : signature].largestBytes
}

/** Writes a temporary file, counting and hashing what is really written, and waits until the disk has it. */
async function receive(
  uploadsDir: string,
  source: NewFile['source'],
  check: (head: Buffer, size: number) => void = () => undefined
): Promise<ReceivedFile> {
  const bytes = toBytes(source)
  const folder = join(uploadsDir, 'tmp')
  const path = join(folder, `${randomUUID()}.part`)
  try {
    await mkdir(folder, { recursive: true })
    const file = await open(
      path,
      constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
      0o600
    )
    try {
      const hash = createHash('sha256')
      let head: Buffer = Buffer.alloc(0)
      let size = 0
      for await (const chunk of bytes as AsyncIterable<Buffer>) {
        size += chunk.length
        hash.update(chunk)
        if (head.length < signatureBytes) head = Buffer.concat([head, chunk.subarray(0, signatureBytes - head.length)])
        if (head.length === signatureBytes) check(head, size)
        await file.writeFile(chunk)
      }
      check(head, size)
      // A multipart parser that reaches its limit ends the stream as if all were well, and says so here only.
      if ('truncated' in bytes && bytes.truncated)
        throw new RefusedFile('Ce fichier est trop lourd. Allégez-le, puis envoyez-le de nouveau.')
      await file.sync()
      return { path, head, size, sha256: hash.digest('hex') }
    } finally {
      await file.close()
    }
  } catch (error) {
    if (bytes instanceof Readable) bytes.destroy()
    await rm(path, { force: true })
    throw error
  }
}

function toBytes(source: NewFile['source']): Readable | Iterable<Buffer> | AsyncIterable<Buffer> {
  if (Buffer.isBuffer(source)) return [source]
  // It may fail before anybody reads it, and an error that nobody hears ends the process; the reading loop gets it anyway.
  if (source instanceof Readable) return source.on('error', () => undefined)
  return bytesOf(source.path)
}

/** The bytes of a file, always in the same memory: a piece is to be done with before the next one is asked for. */
async function* bytesOf(path: string): AsyncGenerator<Buffer> {
  const file = await open(path, constants.O_RDONLY)
  try {
    const piece = Buffer.allocUnsafeSlow(256 * 1024)
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, piece.length, null)
      if (bytesRead === 0) return
      yield piece.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

/** Gives the temporary file its final name; whoever removes unused bytes takes the same lock, and cannot come in between. */
async function place(trx: Database, uploadsDir: string, file: ReceivedFile): Promise<void> {
  await lockBytes(trx, file.sha256)
  const blobs = join(uploadsDir, 'blobs')
  const folder = join(blobs, file.sha256.slice(0, 2))
  if (await mkdir(folder, { recursive: true })) {
    await syncFolder(uploadsDir)
    await syncFolder(blobs)
  }
  await rename(file.path, blobPath(uploadsDir, file.sha256))
  await syncFolder(folder)
}

/** What was stored is no longer there under its temporary name. */
async function discard(files: ReceivedFile[]): Promise<void> {
  await Promise.all(files.map((file) => rm(file.path, { force: true })))
}

/** A new name is on the disk only once its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function inTransaction<Result>(db: Database, work: (trx: Database) => Promise<Result>): Promise<Result> {
  return db.isTransaction ? work(db) : db.transaction().execute(work)
}

/** Where the bytes of a file that arrives in several times wait: on the disk of the files they become. */
export function partialPath(uploadsDir: string, id: string): string {
  return join(uploadsDir, 'resumable', id)
}

export async function makePartialsFolder(uploadsDir: string): Promise<string> {
  const folder = partialPath(uploadsDir, '')
  await mkdir(folder, { recursive: true })
  return folder
}

/** Writes what comes, from `offset` on, and gives where it ends. */
export async function writePart(path: string, body: Readable, offset: number): Promise<number> {
  const file = await open(path, 'r+')
  let end = offset
  try {
    for await (const chunk of body as AsyncIterable<Buffer<ArrayBuffer>>) {
      for (let at = 0; at < chunk.length; ) {
        const { bytesWritten } = await file.write(chunk, at, chunk.length - at, end)
        at += bytesWritten
        end += bytesWritten
      }
      // Let go of at once: left to the collector, 64 MB of them would pile up before it comes.
      if (chunk.byteLength === chunk.buffer.byteLength) chunk.buffer.transfer(0)
    }
    return end
  } finally {
    await file.close()
  }
}

export async function removePartial(uploadsDir: string, id: string): Promise<void> {
  await rm(partialPath(uploadsDir, id), { force: true })
}

const markName = 'installation'

/** Which site this folder belongs to; undefined when nobody has written it yet. */
export async function readMark(uploadsDir: string): Promise<string | undefined> {
  const text = await readFile(join(uploadsDir, markName), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  })
  return text?.trim()
}

/** Whole or not at all, and on the disk when this returns. */
export async function writeMark(uploadsDir: string, mark: string): Promise<void> {
  const { path } = await receive(uploadsDir, Buffer.from(`${mark}\n`))
  await rename(path, join(uploadsDir, markName))
  await syncFolder(uploadsDir)
}
