/** Pictures as a printed page takes them: JPEG or PNG, of the size they are printed, made from renditions in other threads. */
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import sharp from 'sharp'
import type { Database } from '../../db/database.ts'
import { type ImageRow, isOnShow } from '../queries.ts'
import { blobPath } from '../uploads.ts'

/** Enough for 150 points an inch across a page A4. */
const printedWidth = 1280
const mostPixels = 40_000_000

type Place = Pick<FastifyInstance, 'db' | 'config'>

/** The picture cut to this shape around its important point; undefined while it has no rendition. */
export async function printedPicture(
  { db, config }: Place,
  image: ImageRow,
  shape: { width: number; height: number }
): Promise<Buffer | undefined> {
  const sha256 = await findRendition(db, image.id, printedWidth)
  if (!sha256) return undefined
  const source = sharp(blobPath(config.uploadsDir, sha256), { limitInputPixels: mostPixels })
  const { width = 0, height = 0 } = await source.metadata()
  const scale = Math.min(width / shape.width, height / shape.height)
  const cut = { width: Math.floor(shape.width * scale), height: Math.floor(shape.height * scale) }
  if (cut.width < 1 || cut.height < 1) return undefined
  return source
    .extract({
      left: startOf(width, cut.width, image.focal_x),
      top: startOf(height, cut.height, image.focal_y),
      ...cut
    })
    .resize({ width: printedWidth, withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .jpeg({ quality: 82 })
    .toBuffer()
}

/** Where the cut begins so that the important point (in hundredths) is in its middle, as far as the picture goes. */
function startOf(whole: number, part: number, focal: number | null): number {
  const wished = (whole * (focal ?? 50)) / 100 - part / 2
  return Math.round(Math.max(0, Math.min(whole - part, wished)))
}

export interface PrintedLogo {
  bytes: Buffer
  width: number
  height: number
}

/** The logo of the city on white; undefined when there is none, or no rendition of it yet. */
export async function printedLogo({ db, config }: Place, logoId: number | null): Promise<PrintedLogo | undefined> {
  const sha256 = logoId === null ? undefined : await findRendition(db, logoId, 640)
  if (!sha256) return undefined
  const { data, info } = await sharp(blobPath(config.uploadsDir, sha256), { limitInputPixels: mostPixels })
    .resize({ width: 480, height: 240, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .png()
    .toBuffer({ resolveWithObject: true })
  return { bytes: data, width: info.width, height: info.height }
}

/** The rendition nearest to this width from below; undefined while there is none. */
async function findRendition(db: Database, mediaId: number, width: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('renditions')
    .innerJoin('media', 'media.id', 'renditions.media_id')
    .select('renditions.sha256')
    .where('media_id', '=', mediaId)
    .where(isOnShow())
    .where('renditions.format', '=', 'webp')
    .orderBy(sql`renditions.width > ${width}`)
    .orderBy(sql`abs(renditions.width - ${width})`)
    .limit(1)
    .executeTakeFirst()
  return row?.sha256
}
