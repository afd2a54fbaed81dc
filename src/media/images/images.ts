/** Images, through sharp: read with distrust, written without anything about who took them, where and when. */
import sharp, { type Sharp } from 'sharp'
import { RefusedFile, type TypeName } from '../types.ts'
import { takenAtOf } from './taken-at.ts'

// One thread for each image: pages must stay fast meanwhile. No cache: an image is read once.
sharp.concurrency(1)
sharp.cache(false)
// Decoders that we never need, and that had the holes (GHSA-f88m-g3jw-g9cj).
sharp.block({
  operation: [
    'VipsForeignLoadNsgif',
    'VipsForeignLoadTiff',
    'VipsForeignLoadVips',
    'VipsForeignLoadSvg',
    // The picture of an Ultra HDR photo is read as the JPEG that it is, without its map of light.
    'VipsForeignLoadUhdr',
    'VipsForeignLoadPdf'
  ]
})

const reading = { limitInputPixels: 40e6, failOn: 'warning' } as const
const longestTrustedSide = 2560
const secondsAtMost = 30

export type ImageTypeName = Extract<TypeName, 'jpeg' | 'png' | 'webp'>

export interface ReadImage {
  width: number
  height: number
  /** What to store in place of the file; absent: the file as it is. */
  bytes?: Buffer
  /** When it was taken, as ISO 8601. */
  takenAt?: string | undefined
}

/**
 * Decodes an image whole and writes it again: upright, in sRGB, without metadata nor anything hidden beside the pixels, such as a
 * second picture (MPO), a map of light (Ultra HDR) or the rest of an animation, which would move before readers without end. One
 * that is `upright` is turned no more, whatever it says.
 */
export async function cleanImage(
  path: string,
  type: ImageTypeName,
  upright = false
): Promise<ReadImage & { bytes: Buffer }> {
  return refuseUnreadable(async () => {
    const { exif, depth, hasProfile } = await sharp(path, reading).metadata()
    const image = openImage(path, upright)
    // With 16 bits a channel, colours that have a profile are worked on in Display P3: said so, they come back to those of the web.
    if (depth === 'ushort' && hasProfile) image.withIccProfile('srgb', { attach: false })
    const { data, info } = await write(image, type).toBuffer({ resolveWithObject: true })
    return { bytes: data, width: info.width, height: info.height, takenAt: exif && takenAtOf(exif) }
  })
}

/** Upright, in the colours of the web. */
function openImage(path: string, upright = false): Sharp {
  const image = sharp(path, reading).timeout({ seconds: secondsAtMost })
  return (upright ? image : image.autoOrient()).toColourspace('srgb')
}

function write(image: Sharp, type: ImageTypeName): Sharp {
  if (type === 'png') return image.png()
  // Written a second time: at this quality nobody sees it.
  return type === 'jpeg' ? image.jpeg({ quality: 90 }) : image.webp({ quality: 90 })
}

/**
 * For images that come with the software: their size, if their bytes can be stored as they are (nothing in them
 * beside the picture, and of the size of a screen); undefined if they must be cleaned first. Reads the header only.
 */
export async function readTrustedImage(path: string): Promise<ReadImage | undefined> {
  return refuseUnreadable(async () => {
    const facts = await sharp(path, reading).metadata()
    const isBare = !facts.exif && !facts.xmp && !facts.iptc && !facts.comments && (facts.orientation ?? 1) === 1
    const isScreenSized =
      Math.max(facts.width, facts.height) <= longestTrustedSide && /^(?:srgb|b-w)$/.test(facts.space)
    return isBare && isScreenSized ? { width: facts.width, height: facts.height } : undefined
  })
}

export interface MadeRendition {
  format: 'avif' | 'webp'
  width: number
  height: number
  bytes: Uint8Array
}

/** The image in each width, in both formats. */
export async function makeRenditions(path: string, widths: number[]): Promise<MadeRendition[]> {
  const made: MadeRendition[] = []
  for (const asked of widths) {
    // Decoded and reduced once for both formats.
    const reduced = openImage(path).resize({ width: asked, withoutEnlargement: true })
    const { data, info } = await reduced.raw().toBuffer({ resolveWithObject: true })
    const { width, height, channels } = info
    const pixels = () => sharp(data, { raw: { width, height, channels } })
    // More effort costs ten times the processor for 5 % of the weight (measured on our illustrations).
    made.push({ format: 'avif', width, height, bytes: await pixels().avif({ quality: 50, effort: 2 }).toBuffer() })
    made.push({ format: 'webp', width, height, bytes: await pixels().webp({ quality: 76 }).toBuffer() })
  }
  return made
}

async function refuseUnreadable<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Error && /pixel limit/i.test(error.message)) {
      throw new RefusedFile(
        'Cette image est trop grande\u00a0: 40 millions de pixels au plus. Réduisez-la, puis envoyez-la de nouveau.',
        { cause: error }
      )
    }
    throw new RefusedFile(
      'Cette image est abîmée ou incomplète. Vérifiez qu’elle s’ouvre sur votre poste, puis envoyez-la de nouveau.',
      { cause: error }
    )
  }
}
