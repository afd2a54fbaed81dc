/** The rows of what was made of a file: how they go, or give their place to new ones, and let go of their bytes. */
import { type Insertable, sql } from 'kysely'
import type { Database } from '../../db/database.ts'
import type { Renditions } from '../../db/schema.ts'
import { releaseBytes } from '../space/released-queries.ts'
import { listUsedIds, uses } from '../use-queries.ts'

export type NewRendition = Omit<Insertable<Renditions>, 'media_id'>

/** New ones take the place of the old ones at once, so that readers always have some. In the transaction that holds the row of the file. */
export async function replaceRenditions(trx: Database, mediaId: number, made: NewRendition[]): Promise<void> {
  await letGoOfRenditions(trx, [mediaId])
  if (made.length === 0) return
  await trx
    .insertInto('renditions')
    .values(made.map((rendition) => ({ ...rendition, media_id: mediaId })))
    .execute()
}

/** The bytes of a file that is replaced, and what was made of them. The picture that was taken from a film goes to the trash, unless something else shows it. */
export async function letGoOfContent(trx: Database, mediaId: number): Promise<void> {
  const old = await trx.selectFrom('media').select('sha256').where('id', '=', mediaId).forUpdate().execute()
  await letGoOfSlides(trx, mediaId)
  await letGoOfRenditions(trx, [mediaId])
  await letGoOfFrame(trx, mediaId)
  await releaseBytes(
    trx,
    old.map((row) => row.sha256)
  )
}

/** The slides of a presentation go, with their images. One that a page shows as well, a cover for instance, stays as an image of its own. */
export async function letGoOfSlides(trx: Database, mediaId: number): Promise<void> {
  const slides = await trx.deleteFrom('slides').where('media_id', '=', mediaId).returning('image_id').execute()
  const ids = slides.map((slide) => slide.image_id)
  const used = await listUsedIds(trx, ids, { evenOfTrash: true })
  const images = ids.filter((id) => !used.has(id))
  if (images.length === 0) return
  await letGoOfRenditions(trx, images)
  const gone = await trx.deleteFrom('media').where('id', 'in', images).returning('sha256').execute()
  await releaseBytes(
    trx,
    gone.map((row) => row.sha256)
  )
}

/** One of the library stays the poster of the film. */
async function letGoOfFrame(trx: Database, filmId: number): Promise<void> {
  await trx
    .updateTable('media')
    .set({ poster_id: null })
    .where('id', '=', filmId)
    .where('poster_id', 'in', (eb) => eb.selectFrom('media as frame').select('frame.id').where('frame_of', '=', filmId))
    .execute()
  await trashFormerFrames(trx, filmId, null)
}

/** The pictures that were taken from this film and that nothing shows, but for the one that is kept. */
export async function trashFormerFrames(trx: Database, filmId: number, keptId: number | null): Promise<void> {
  await trx
    .updateTable('media')
    .set({ trashed_at: sql<Date>`now()` })
    .where('frame_of', '=', filmId)
    .where('id', 'is distinct from', keptId)
    .where('trashed_at', 'is', null)
    .where(
      sql<boolean>`not exists (select from (${uses({ evenOfTrash: true })}) as uses where uses.media_id = media.id)`
    )
    .execute()
}

async function letGoOfRenditions(trx: Database, mediaIds: number[]): Promise<void> {
  const old = await trx.deleteFrom('renditions').where('media_id', 'in', mediaIds).returning('sha256').execute()
  await releaseBytes(
    trx,
    old.map((row) => row.sha256)
  )
}
