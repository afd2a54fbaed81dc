/**
 * Asks again for what was made of files: the copies of images, the slides of presentations and of PDF files, the sizes of videos.
 * What there is stays until the new takes its place, in one transaction; the former bytes are then put aside. May be interrupted
 * anywhere and asked again: what was done is done, and what waits is made by whichever process of the site runs.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../../db/database.ts'
import { widthsFor } from '../images/renditions.ts'

export interface Asked {
  images: boolean
  presentations: boolean
  videos: boolean
  /** Only for files where something lacks. */
  onlyMissing: boolean
}

export interface Waiting {
  images: number
  presentations: number
  videos: number
}

const formatsOfImage = 2

/** Gives how many files wait because of it. */
export async function askAgain(db: Database, { images, presentations, videos, onlyMissing }: Asked): Promise<Waiting> {
  return {
    images: images ? await askForImages(db, onlyMissing) : 0,
    presentations: presentations
      ? await askForPreparation(db, ['presentation', 'pdf'], onlyMissing ? lacksSlides : sql<boolean>`true`)
      : 0,
    videos: videos ? await askForPreparation(db, ['video'], onlyMissing ? lacksSizes : sql<boolean>`true`) : 0
  }
}

/** Of these bytes something is known to be wrong. */
function isDamaged(): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from renditions join damaged_bytes on damaged_bytes.sha256 = renditions.sha256
    where renditions.media_id = media.id)`
}

async function askForImages(db: Database, onlyMissing: boolean): Promise<number> {
  const rows = await db
    .selectFrom('media')
    .select(['id', 'width'])
    .select(sql<number>`(select count(*) from renditions where renditions.media_id = media.id)`.as('made'))
    .select(isDamaged().as('damaged'))
    .where('kind', '=', 'image')
    .where('prepared_at', 'is not', null)
    .execute()
  const ids = rows
    .filter(({ width, made, damaged }) => !onlyMissing || damaged || made < widthsFor(width).length * formatsOfImage)
    .map(({ id }) => id)
  if (ids.length > 0) {
    await db
      .updateTable('media')
      .set({ prepared_at: null })
      .where('id', '=', sql<number>`any(${ids}::integer[])`)
      .execute()
  }
  return ids.length
}

const lacksSlides = sql<boolean>`(preparation = 'failed' or not exists (select from slides where slides.media_id = media.id)
  or exists (select from slides join media as image on image.id = slides.image_id
    join damaged_bytes on damaged_bytes.sha256 = image.sha256 where slides.media_id = media.id))`
const lacksSizes = sql<boolean>`(preparation = 'failed'
  or not exists (select from renditions where renditions.media_id = media.id) or ${isDamaged()})`

async function askForPreparation(
  db: Database,
  kinds: ('presentation' | 'pdf' | 'video')[],
  condition: RawBuilder<boolean>
): Promise<number> {
  const rows = await db
    .updateTable('media')
    .set({ preparation: 'waiting', preparation_attempts: 0, preparation_note: '' })
    .where('kind', 'in', kinds)
    .where('preparation', 'in', ['ready', 'failed'])
    .where('trashed_at', 'is', null)
    .where(condition)
    .returning('id')
    .execute()
  return rows.length
}
