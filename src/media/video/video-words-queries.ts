/** What is written about the words of a video. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Database } from '../../db/database.ts'
import { type By, noteOnFile } from '../file-queries.ts'
import { blobPath, storeFile } from '../uploads.ts'
import { type Caption, readCaptions, writeCaptions } from './captions.ts'
import type { Chapter } from './chapters.ts'
import type { SaidReason } from './missing-words.ts'

/** The captions that a video has, and what tells them from those that somebody else saves meanwhile. */
export interface StoredCaptions {
  version: string
  captions: Caption[]
  /** There is a file, and it cannot be read line by line. */
  isUnreadable: boolean
  savedBy: string | undefined
  savedAt: Date | undefined
}

const noCaptions: StoredCaptions = {
  version: 'aucun',
  captions: [],
  isUnreadable: false,
  savedBy: undefined,
  savedAt: undefined
}

export async function findCaptions(db: Database, uploadsDir: string, videoId: number): Promise<StoredCaptions> {
  const row = await captionsRow(db, videoId)
  if (!row) return noCaptions
  const content = await readFile(blobPath(uploadsDir, row.sha256), 'utf8')
  const captions = readCaptions(content)
  return {
    version: versionOf(row),
    captions: captions ?? [],
    isUnreadable: captions === undefined,
    savedBy: row.name ?? undefined,
    savedAt: row.created_at
  }
}

function captionsRow(db: Database, videoId: number) {
  return db
    .selectFrom('media as video')
    .innerJoin('media as captions', 'captions.id', 'video.captions_id')
    .leftJoin('agents', 'agents.id', 'captions.author_id')
    .select(['captions.id', 'captions.sha256', 'captions.created_at', 'agents.name'])
    .where('video.id', '=', videoId)
    .where('captions.trashed_at', 'is', null)
    .executeTakeFirst()
}

function versionOf({ id, sha256 }: { id: number; sha256: string }): string {
  return `${id}-${sha256.slice(0, 16)}`
}

type Video = { id: number; title: string; demonstration: boolean }

/** Writes them as a file of their own; those they replace go to the trash. Gives false when somebody else saved meanwhile. */
export async function saveCaptions(
  db: Database,
  video: Video,
  write: { uploadsDir: string; version: string; captions: Caption[] },
  by: By
): Promise<boolean> {
  const content = Buffer.from(writeCaptions(write.captions))
  return db.transaction().execute(async (trx) => {
    // It holds the video: of two who save at once, the second sees what the first wrote.
    await trx.selectFrom('media').select('id').where('id', '=', video.id).forUpdate().execute()
    const former = await captionsRow(trx, video.id)
    const isSame = former
      ? former.sha256 === createHash('sha256').update(content).digest('hex')
      : write.captions.length === 0
    // Sent twice by a hand that clicks twice: it is no conflict.
    if (isSame) return true
    if ((former ? versionOf(former) : noCaptions.version) !== write.version) return false
    const stored =
      write.captions.length === 0
        ? undefined
        : await storeFile(trx, {
            uploadsDir: write.uploadsDir,
            source: content,
            filename: `sous-titres-${video.id}.vtt`,
            title: `${video.title.slice(0, 180)}, sous-titres`,
            details: { author_id: by.id, demonstration: video.demonstration }
          })
    await trx
      .updateTable('media')
      .set({ captions_id: stored?.id ?? null })
      .where('id', '=', video.id)
      .execute()
    if (former) await trashUnlessUsed(trx, former.id, by)
    if (stored) await trx.deleteFrom('missing_words').where('media_id', '=', video.id).execute()
    await noteOnFile(trx, video, 'edited', by, stored ? 'Sous-titres' : 'Sous-titres retirés')
    return true
  })
}

/** Another video may show the same captions, as its own or as those of its copy. */
async function trashUnlessUsed(trx: Database, captionsId: number, by: By): Promise<void> {
  await trx
    .updateTable('media')
    .set({ trashed_at: sql<Date>`now()`, trashed_by: by.id })
    .where('id', '=', captionsId)
    .where('trashed_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('media as other').select('other.id').where('other.captions_id', '=', captionsId)))
    )
    .execute()
}

/** What tells a transcript and its chapters from those that somebody else saves meanwhile. */
export function wordsVersion({ transcript, chapters }: { transcript: string; chapters: unknown }): string {
  return createHash('sha256')
    .update(JSON.stringify([transcript, chapters ?? null]))
    .digest('hex')
    .slice(0, 16)
}

/** Gives false when somebody else saved meanwhile. */
export async function saveWords(
  db: Database,
  video: Video,
  write: { version: string; transcript: string; chapters: Chapter[] },
  by: By
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const now = await trx
      .selectFrom('media')
      .select(['transcript', 'chapters'])
      .where('id', '=', video.id)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const { transcript } = write
    // None is said, and stays so: what the file itself says may still come.
    const isSilent = write.chapters.length === 0 && now.chapters === null
    const chapters = isSilent ? null : write.chapters
    if (wordsVersion({ transcript, chapters }) === wordsVersion(now)) return true
    if (wordsVersion(now) !== write.version) return false
    await trx
      .updateTable('media')
      .set({ transcript, chapters: chapters === null ? null : JSON.stringify(chapters) })
      .where('id', '=', video.id)
      .execute()
    if (transcript !== '') await trx.deleteFrom('missing_words').where('media_id', '=', video.id).execute()
    await noteOnFile(trx, video, 'edited', by, 'Transcription et chapitres')
    return true
  })
}

export function findReason(db: Database, videoId: number) {
  return db
    .selectFrom('missing_words')
    .select(['reason', 'text', 'due_on', 'agent_name', 'said_at'])
    .where('media_id', '=', videoId)
    .executeTakeFirst()
}

/** Writes why a video has no words, and who says so; undefined takes back what was said. */
export async function saveReason(db: Database, video: Video, said: SaidReason | undefined, by: By): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (!said) {
      const { numDeletedRows } = await trx
        .deleteFrom('missing_words')
        .where('media_id', '=', video.id)
        .executeTakeFirstOrThrow()
      if (numDeletedRows > 0n) await noteOnFile(trx, video, 'edited', by, 'Sans raison de rester sans sous-titres')
      return
    }
    const row = { ...said, agent_id: by.id, agent_name: by.name, said_at: sql<Date>`now()` }
    await trx
      .insertInto('missing_words')
      .values({ media_id: video.id, ...row })
      .onConflict((conflict) => conflict.column('media_id').doUpdateSet(row))
      .execute()
    await noteOnFile(trx, video, 'edited', by, 'Reste sans sous-titres ni transcription')
  })
}
