/**
 * The picture of a film that one sees before it plays. One that the site took from the film goes to the trash when another takes
 * its place; one of the library stays there.
 */
import { sql } from 'kysely'
import type { Database } from '../../db/database.ts'
import { trashFormerFrames } from '../preparation/made-rows.ts'
import { blobPath, importFile, inWorkFolder } from '../uploads.ts'
import { findVideoPrograms, latestAutomaticSecond, takePicture } from './video-conversion.ts'

const attemptsAtMost = 3
const withoutFfmpeg = 'Ce serveur n’a pas ffmpeg\u00a0: choisissez plutôt une image de la médiathèque.'
const cannotBeTaken =
  'Cette image de la vidéo n’a pas pu être prise. Choisissez un autre moment, ou une image de la médiathèque.'

type Film = { id: number; title: string }

/** After somebody chose a poster in the list; without one, the site takes a picture of the film again. */
export async function keepPoster(trx: Database, filmId: number, posterId: number | null): Promise<void> {
  if (posterId !== null) return trashFormerFrames(trx, filmId, posterId)
  await trx
    .updateTable('media')
    .set((eb) => ({
      frame_wanted: sql<number>`least(coalesce(${eb.ref('duration_seconds')}, 0) / 10.0, ${latestAutomaticSecond}::double precision)`,
      frame_attempts: 0,
      frame_note: ''
    }))
    .where('id', '=', filmId)
    .where('kind', '=', 'video')
    // A film that waits to be prepared gets its picture then.
    .where('preparation', 'in', ['ready', 'failed'])
    .execute()
  await trashFormerFrames(trx, filmId, null)
}

interface FramePicture {
  uploadsDir: string
  film: Film & { demonstration: boolean }
  path: string
}

/** Stores a picture as the poster of its film, in the place of the one it had. */
export async function storeFrame(trx: Database, { uploadsDir, film, path }: FramePicture): Promise<void> {
  const posterId = await importFile(trx, {
    uploadsDir,
    path,
    filename: `affiche-${film.id}.jpg`,
    title: `${film.title}, affiche`.slice(0, 200),
    // The film's own title stands beside it.
    alt: '',
    demonstration: film.demonstration
  })
  await trx.updateTable('media').set({ frame_of: film.id }).where('id', '=', posterId).execute()
  await trx.updateTable('media').set({ poster_id: posterId }).where('id', '=', film.id).execute()
  await trashFormerFrames(trx, film.id, posterId)
}

/** The films whose picture is asked for. */
export function listFramesWanted(db: Database): Promise<{ id: number }[]> {
  return db
    .selectFrom('media')
    .select('id')
    .where('frame_wanted', 'is not', null)
    .where('trashed_at', 'is', null)
    .orderBy('id')
    .limit(20)
    .execute()
}

/** Takes the picture that is asked for; the attempt is counted before it begins. */
export async function takeWantedFrame(
  { db, uploadsDir }: { db: Database; uploadsDir: string },
  filmId: number,
  signal: AbortSignal
): Promise<void> {
  const film = await db
    .updateTable('media')
    .set({ frame_attempts: sql`frame_attempts + 1` })
    .where('id', '=', filmId)
    .where('frame_wanted', 'is not', null)
    .returning(['id', 'title', 'sha256', 'content_type', 'demonstration', 'frame_wanted', 'frame_attempts'])
    .executeTakeFirst()
  if (!film || film.frame_wanted === null) return
  const wanted = film.frame_wanted
  // It ended the process that took it, again and again.
  if (film.frame_attempts > attemptsAtMost) return giveUp(db, film.id, wanted, cannotBeTaken)
  const programs = findVideoPrograms()
  if (!programs) return giveUp(db, film.id, wanted, withoutFfmpeg)
  try {
    await inWorkFolder(uploadsDir, async (folder) => {
      const file = { path: blobPath(uploadsDir, film.sha256), contentType: film.content_type, folder, signal }
      const path = await takePicture(programs, file, wanted)
      await db.transaction().execute(async (trx) => {
        // It holds the row: another moment may have been asked for meanwhile, and the film replaced.
        const same = await trx
          .updateTable('media')
          .set({ frame_wanted: null, frame_note: '' })
          .where('id', '=', film.id)
          .where('frame_wanted', '=', wanted)
          .where('sha256', '=', film.sha256)
          .returning('id')
          .executeTakeFirst()
        if (same) await storeFrame(trx, { uploadsDir, film, path })
      })
    })
  } catch (error) {
    if (signal.aborted || film.frame_attempts < attemptsAtMost) throw error
    await giveUp(db, film.id, wanted, cannotBeTaken)
  }
}

/** Unless another picture was asked for meanwhile. */
async function giveUp(db: Database, filmId: number, wanted: number, note: string): Promise<void> {
  await db
    .updateTable('media')
    .set({ frame_wanted: null, frame_note: note })
    .where('id', '=', filmId)
    .where('frame_wanted', '=', wanted)
    .execute()
}
