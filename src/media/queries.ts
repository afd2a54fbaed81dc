/** What pages and the file route read of media. Always a bounded number of queries, whatever the number of files. */
import { type Expression, expressionBuilder, type RawBuilder, type Selectable, sql } from 'kysely'
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres'
import type { Database } from '../db/database.ts'
import type { DB, Media, Renditions, Slides } from '../db/schema.ts'

export type RenditionFormat = Renditions['format']

/** A rendition as an address needs it: the version changes with the bytes. */
export interface RenditionRow {
  format: RenditionFormat
  width: number
  height: number
  size: number
  version: string
}

export interface ImageRow
  extends Pick<Selectable<Media>, 'id' | 'filename' | 'alt' | 'width' | 'height' | 'focal_x' | 'focal_y'> {
  renditions: RenditionRow[]
}

export interface MediaRow extends ImageRow {
  title: string
  kind: Media['kind']
  content_type: string
  size: number
  duration_seconds: number | null
  page_count: number | null
  transcript: string
  preparation: Selectable<Media>['preparation']
  pdf_title: string | null
  pdf_language: string | null
  pdf_is_tagged: boolean | null
  pdf_text_pages: number | null
  /** As stored: see chapters.ts. */
  chapters: unknown
  /** False where readers see its renditions alone. */
  may_be_downloaded: boolean
  poster: ImageRow | null
  captions: { id: number; filename: string } | null
}

export interface SlideRow extends Pick<Selectable<Slides>, 'position' | 'title' | 'text' | 'notes'> {
  media_id: number
  image: ImageRow
}

const build = expressionBuilder<DB>()

/**
 * The rows of `media`, or of an alias of it, that readers may see: not in the trash, and hidden by nobody's droit à l’image.
 * Everything that shows, lists, counts or serves files to readers asks here, so that they agree.
 */
export function isOnShow(media = 'media'): RawBuilder<boolean> {
  // With a video go the picture it waits with, those that were taken from it before, and its captions. Values and not `not
  // exists`, which is planned as a join with all posters, made again for each album of a list (measured, 200 albums of 60
  // photos beside 500 films: 1.1 s instead of 0.2).
  const [id, frameOf] = [sql.ref(`${media}.id`), sql.ref(`${media}.frame_of`)]
  const hiddenFilms = (link: RawBuilder<unknown>) =>
    sql`(select count(*) from media as own_video where ${link} and ${isHidden('own_video')})`
  return sql<boolean>`(${sql.ref(`${media}.trashed_at`)} is null and not ${isHidden(media)}
    and ${hiddenFilms(sql`own_video.poster_id = ${id}`)} + ${hiddenFilms(sql`own_video.captions_id = ${id}`)}
      + ${hiddenFilms(sql`own_video.id = ${frameOf}`)} = 0)`
}

/** Somebody asked that it be removed, refused that it be shown, or agreed to it until a day that has passed. */
function isHidden(media: string): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(`${media}.hidden_at`)} is not null or ${sql.ref(`${media}.agreement`)} = 'non'
    or coalesce(${sql.ref(`${media}.agreement_until`)} < ${todayInParis}, false))`
}

/** The day that pages kept in memory are kept under. */
export const todayInParis = sql<string>`(now() at time zone 'Europe/Paris')::date`

/** Whether readers may have the file itself: not where an album that shows it keeps to its renditions. */
function mayBeDownloaded(): RawBuilder<boolean> {
  return sql<boolean>`(not exists (
      select from album_media join albums on albums.id = album_media.album_id
      where album_media.media_id = media.id and not albums.downloads and albums.published_at is not null
    ) or not exists (select from renditions where renditions.media_id = media.id and renditions.format in ('webp', 'mp4')))`
}

/**
 * A film as it was sent tells where it was filmed, and with what. Once it was converted, readers have what was made of it, which
 * tells nothing and plays everywhere.
 */
function isServedAsSent(): RawBuilder<boolean> {
  return sql<boolean>`not (media.kind = 'video' and exists (
    select from renditions as made where made.media_id = media.id and made.format = 'mp4'))`
}

/**
 * The image of a row, with its renditions, as one column of the row's own query:
 * `.select((eb) => imageOf(eb.ref('actions.image_id')).as('image'))`.
 */
export function imageOf(
  imageId: Expression<number | null>,
  { evenTrashed = false }: { evenTrashed?: boolean } = {}
): RawBuilder<ImageRow | null> {
  return jsonObjectFrom(
    build
      .selectFrom('media as image')
      .select(['image.id', 'image.filename', 'image.alt', 'image.width', 'image.height'])
      .select(['image.focal_x', 'image.focal_y'])
      .select(renditionsOf('image.id').as('renditions'))
      .where('image.id', '=', imageId)
      .$if(!evenTrashed, (query) => query.where(isOnShow('image')))
  )
}

function renditionsOf(mediaId: 'image.id' | 'media.id') {
  return jsonArrayFrom(
    build
      .selectFrom('renditions')
      .select(['renditions.format', 'renditions.width', 'renditions.height', 'renditions.size'])
      .select(sql<string>`left(renditions.sha256, 8)`.as('version'))
      .where('renditions.media_id', '=', sql.ref<number>(mediaId))
      .orderBy('renditions.format')
      .orderBy('renditions.width')
  )
}

/**
 * Files with their renditions, poster and captions, in one query, by identifier and in the order of the identifiers;
 * unknown ones are left out.
 */
export async function findMediaByIds(
  db: Database,
  ids: number[],
  { evenTrashed = false }: { evenTrashed?: boolean } = {}
): Promise<Map<number, MediaRow>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('media')
    .select((eb) => [
      'media.id',
      'media.filename',
      'media.title',
      'media.alt',
      'media.kind',
      'media.content_type',
      'media.size',
      'media.width',
      'media.height',
      'media.focal_x',
      'media.focal_y',
      'media.duration_seconds',
      'media.page_count',
      'media.transcript',
      'media.preparation',
      'media.pdf_title',
      'media.pdf_language',
      'media.pdf_is_tagged',
      'media.pdf_text_pages',
      'media.chapters',
      renditionsOf('media.id').as('renditions'),
      imageOf(eb.ref('media.poster_id'), { evenTrashed }).as('poster'),
      mayBeDownloaded().as('may_be_downloaded'),
      jsonObjectFrom(
        eb
          .selectFrom('media as captions')
          .select(['captions.id', 'captions.filename'])
          .whereRef('captions.id', '=', 'media.captions_id')
          .where('captions.trashed_at', 'is', null)
      ).as('captions')
    ])
    .where('media.id', '=', sql<number>`any(${ids}::integer[])`)
    .$if(!evenTrashed, (query) => query.where(isOnShow()))
    .execute()
  const found = new Map(rows.map((row) => [row.id, row]))
  return new Map(
    ids.flatMap((id) => {
      const row = found.get(id)
      return row ? [[id, row] as const] : []
    })
  )
}

/** The slides of those of these files that were read slide by slide, in one query. */
export async function findSlides(db: Database, mediaIds: number[]): Promise<Map<number, SlideRow[]>> {
  if (mediaIds.length === 0) return new Map()
  const slides = await listSlides(db, mediaIds)
  return Map.groupBy(slides, (slide) => slide.media_id)
}

function listSlides(db: Database, mediaIds: number[]): Promise<SlideRow[]> {
  return (
    db
      .selectFrom('slides')
      .select((eb) => [
        'slides.media_id',
        'slides.position',
        'slides.title',
        'slides.text',
        'slides.notes',
        imageOf(eb.ref('slides.image_id')).$notNull().as('image')
      ])
      // They go to the trash with their deck, and come back with it.
      .where('slides.image_id', 'in', (eb) => eb.selectFrom('media').select('media.id').where(isOnShow()))
      .where('slides.media_id', '=', sql<number>`any(${mediaIds}::integer[])`)
      .orderBy('slides.media_id')
      .orderBy('slides.position')
      .execute()
  )
}

export interface ServedFile {
  sha256: string
  size: number
  content_type: string
  kind: Media['kind']
  filename: string
  /** Null when the rendition that was asked for does not exist, or when none was. */
  rendition_sha256: string | null
  rendition_size: number | null
}

/**
 * What the file route needs, in one query. A file in the trash or hidden is served to nobody, but to those who decide of it;
 * nor is the file itself where an album shows its renditions alone.
 */
export function findServedFile(
  db: Database,
  id: number,
  rendition: { format: RenditionFormat; width: number } | undefined,
  { evenTrashed }: { evenTrashed: boolean }
): Promise<ServedFile | undefined> {
  return db
    .selectFrom('media')
    .leftJoin('renditions', (join) =>
      join
        .onRef('renditions.media_id', '=', 'media.id')
        .on('renditions.format', '=', rendition?.format ?? 'avif')
        // No picture is 0 wide: this finds nothing.
        .on('renditions.width', '=', rendition?.width ?? 0)
    )
    .select([
      'media.sha256',
      'media.size',
      'media.content_type',
      'media.kind',
      'media.filename',
      'renditions.sha256 as rendition_sha256',
      'renditions.size as rendition_size'
    ])
    .where('media.id', '=', id)
    .$if(!evenTrashed, (query) => query.where(isOnShow()))
    .$if(!evenTrashed && rendition === undefined, (query) => query.where(mayBeDownloaded()).where(isServedAsSent()))
    .executeTakeFirst()
}
