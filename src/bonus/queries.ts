/** The magazine and the gallery. */
import { type RawBuilder, sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Database } from '../db/database.ts'
import { findMediaByIds, findSlides, imageOf, isOnShow } from '../media/queries.ts'
import { mediaIdsOf } from '../media/rich-text-media.ts'

export function listIssues(db: Database) {
  return db
    .selectFrom('issues')
    .select(['number', 'slug', 'title', 'season', 'summary'])
    .select(imageOf(coverId()).as('cover'))
    .where('published_at', 'is not', null)
    .orderBy('issued_on', 'desc')
    .limit(200)
    .execute()
}

export function findIssue(db: Database, slug: string) {
  return db
    .selectFrom('issues')
    .select(['number', 'slug', 'title', 'season', 'summary', 'body', 'pdf_id', 'published_at', 'updated_at'])
    .select(imageOf(coverId()).as('cover'))
    .where('slug', '=', slug)
    .where('published_at', 'is not', null)
    .executeTakeFirst()
}

/** The cover that was chosen; without it, the first page of the PDF. */
function coverId(): RawBuilder<number | null> {
  return sql<number | null>`coalesce(
    (select media.id from media where media.id = issues.cover_id and ${isOnShow()}),
    (select slides.image_id from slides where slides.media_id = issues.pdf_id order by slides.position limit 1)
  )`
}

/** Albums, latest first, with how many photos and videos they hold and the picture of their cover: the first photo. */
export function listAlbums(db: Database) {
  return db
    .selectFrom('albums')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('album_media')
          .innerJoin('media', 'media.id', 'album_media.media_id')
          .whereRef('album_media.album_id', '=', 'albums.id')
          .where(isOnShow())
          .select([
            sql<number>`count(*) filter (where media.kind = 'image')`.as('photo_count'),
            sql<number>`count(*) filter (where media.kind = 'video')`.as('video_count'),
            sql<
              number | null
            >`(array_agg(media.id order by album_media."order") filter (where media.kind = 'image'))[1]`.as('cover_id')
          ])
          .as('shown'),
      (join) => join.onTrue()
    )
    .select((eb) => [
      'albums.slug',
      'albums.title',
      'albums.held_on',
      'shown.photo_count',
      'shown.video_count',
      imageOf(eb.ref('shown.cover_id')).as('cover')
    ])
    .where('albums.published_at', 'is not', null)
    .orderBy('albums.held_on', 'desc')
    .limit(200)
    .execute()
}

export function findAlbum(db: Database, slug: string) {
  return db
    .selectFrom('albums')
    .select(['slug', 'title', 'description', 'held_on', 'downloads'])
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('album_media')
          .select(['media_id', 'caption'])
          .whereRef('album_id', '=', 'albums.id')
          .orderBy('order')
          .limit(500)
      ).as('items')
    )
    .where('slug', '=', slug)
    .where('published_at', 'is not', null)
    .executeTakeFirst()
}

/** In the order of the list: what the page of one names of those around it. */
function listIssueTitles(db: Database): Promise<Titled[]> {
  return db
    .selectFrom('issues')
    .select(['slug', 'title'])
    .where('published_at', 'is not', null)
    .orderBy('issued_on', 'desc')
    .limit(200)
    .execute()
}

function listAlbumTitles(db: Database): Promise<Titled[]> {
  return db
    .selectFrom('albums')
    .select(['slug', 'title'])
    .where('published_at', 'is not', null)
    .orderBy('held_on', 'desc')
    .limit(200)
    .execute()
}

export interface Titled {
  slug: string
  title: string
}

/** All that the page of an issue shows; the preview reads it as readers do. */
export async function findIssuePage(db: Database, slug: string) {
  const row = await findIssue(db, slug)
  if (!row) return undefined
  const pdf = row.pdf_id === null ? [] : [row.pdf_id]
  const [all, media, slides] = await Promise.all([
    listIssueTitles(db),
    findMediaByIds(db, [...pdf, ...mediaIdsOf(row.body)]),
    findSlides(db, pdf)
  ])
  return { row, all, media, slides }
}

/** The same for an album. */
export async function findAlbumPage(db: Database, slug: string) {
  const row = await findAlbum(db, slug)
  if (!row) return undefined
  const files = row.items.map((item) => item.media_id)
  const [all, media] = await Promise.all([listAlbumTitles(db), findMediaByIds(db, files)])
  return { row, all, media }
}
