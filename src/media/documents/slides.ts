/** The slides of a file, as rows: they appear all together, in the place of those that were made before. */
import type { Selectable } from 'kysely'
import type { Database } from '../../db/database.ts'
import type { Media } from '../../db/schema.ts'
import { letGoOfSlides } from '../preparation/made-rows.ts'
import { addSlides, importFilesTogether } from '../uploads.ts'
import type { ConvertedSlide } from './slide-conversion.ts'

type Presentation = Pick<Selectable<Media>, 'id' | 'sha256' | 'title' | 'demonstration'>

/** What else is known of a file once its slides are made. */
export type MadeWithSlides = Pick<Selectable<Media>, 'page_count' | 'transcript'> &
  Partial<Pick<Selectable<Media>, 'pdf_title' | 'pdf_language' | 'pdf_is_tagged' | 'pdf_text_pages'>>

/**
 * Writes the slides, and that the file is ready, in one transaction: a process that dies before its end leaves bytes that
 * nothing names, and no row.
 */
export async function storeSlides(
  { db, uploadsDir }: { db: Database; uploadsDir: string },
  media: Presentation,
  slides: ConvertedSlide[],
  made: MadeWithSlides
): Promise<void> {
  const images = slides.map(({ imagePath, title }, index) => ({
    path: imagePath,
    filename: `diapositive-${media.id}-${index + 1}.jpg`,
    title: `${media.title.slice(0, 190)}, ${index + 1}`,
    // Its words stand beside it; the image repeats them.
    alt: title.slice(0, 500),
    demonstration: media.demonstration
  }))
  await importFilesTogether(db, uploadsDir, images, async (trx, keep) => {
    // It holds the row: a file that was replaced meanwhile has no use for these, and waits again.
    const same = await trx
      .selectFrom('media')
      .select('trashed_at')
      .where('id', '=', media.id)
      .where('sha256', '=', media.sha256)
      .where('preparation', '=', 'working')
      .forUpdate()
      .executeTakeFirst()
    if (!same) return
    const imageIds = await keep()
    await letGoOfSlides(trx, media.id)
    await addSlides(
      trx,
      media.id,
      slides.map(({ title, text, notes }, index) => ({ image_id: imageIds[index] ?? 0, title, text, notes }))
    )
    // A presentation that was thrown away meanwhile keeps its slides with it.
    if (same.trashed_at) {
      await trx.updateTable('media').set({ trashed_at: same.trashed_at }).where('id', 'in', imageIds).execute()
    }
    await trx
      .updateTable('media')
      .set({ preparation: 'ready', preparation_note: '', ...made })
      .where('id', '=', media.id)
      .execute()
  })
}
