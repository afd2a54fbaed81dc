/** Pictures as a printed page takes them: JPEG or PNG, of the size they are printed, made from renditions in other threads. */
import sharp from 'sharp'
import type { Database } from '../db/database.ts'
import type { ImageRow } from '../media/queries.ts'
import { blobPath } from '../media/uploads.ts'
import { findPicture } from './posters-queries.ts'

/** Enough for 150 points an inch across a page A4. */
const printedWidth = 1280
const mostPixels = 40_000_000

/** The picture cut to this shape around its important point; undefined when it cannot be read. */
export async function pictureFor(
  parts: { db: Database; uploadsDir: string; image: ImageRow },
  shape: { width: number; height: number }
): Promise<Buffer | undefined> {
  const { db, uploadsDir, image } = parts
  const sha256 = await findPicture(db, image.id, printedWidth)
  if (!sha256) return undefined
  const source = sharp(blobPath(uploadsDir, sha256), { limitInputPixels: mostPixels })
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

export interface Logo {
  bytes: Buffer
  width: number
  height: number
}

export async function logoFor(parts: {
  db: Database
  uploadsDir: string
  logoId: number | null
}): Promise<Logo | undefined> {
  if (parts.logoId === null) return undefined
  const sha256 = await findPicture(parts.db, parts.logoId, 640)
  if (!sha256) return undefined
  const { data, info } = await sharp(blobPath(parts.uploadsDir, sha256), { limitInputPixels: mostPixels })
    .resize({ width: 480, height: 240, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .png()
    .toBuffer({ resolveWithObject: true })
  return { bytes: data, width: info.width, height: info.height }
}
