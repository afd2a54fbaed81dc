/** The magazine and the gallery. */
import { expressionBuilder, type RawBuilder, sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Database } from '../db/database.ts'
import type { DB, Media } from '../db/schema.ts'
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

/** Albums, latest first, with how many photos and videos they hold and the picture of their cover. */
export function listAlbums(db: Database) {
  return db
    .selectFrom('albums')
    .select(['slug', 'title', 'held_on'])
    .select([
      countMedia('image').as('photo_count'),
      countMedia('video').as('video_count'),
      imageOf(sql<number | null>`(
        select album_media.media_id from album_media join media on media.id = album_media.media_id
        where album_media.album_id = albums.id and media.kind = 'image' and ${isOnShow()}
        order by album_media."order" limit 1
      )`).as('cover')
    ])
    .where('published_at', 'is not', null)
    .orderBy('held_on', 'desc')
    .limit(200)
    .execute()
}

/** How many files of this kind an album holds. */
function countMedia(kind: Media['kind']) {
  return expressionBuilder<DB, 'albums'>()
    .selectFrom('album_media')
    .innerJoin('media', 'media.id', 'album_media.media_id')
    .whereRef('album_media.album_id', '=', 'albums.id')
    .where('media.kind', '=', kind)
    .where(isOnShow())
    .select((count) => count.fn.countAll<number>().as('count'))
    .$asScalar()
    .$notNull()
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

/** All that the page of an issue shows; the preview reads it as readers do. */
export async function findIssuePage(db: Database, slug: string) {
  const row = await findIssue(db, slug)
  if (!row) return undefined
  const pdf = row.pdf_id === null ? [] : [row.pdf_id]
  const [all, media, slides] = await Promise.all([
    listIssues(db),
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
  const [all, media] = await Promise.all([listAlbums(db), findMediaByIds(db, files)])
  return { row, all, media }
}
