import sharp from 'sharp'
import { dice } from './shapes.ts'

// The brush and the grain are one grey sheet laid over the drawing in soft light: the middle grey changes nothing.
const texture = async (width: number, height: number, seed: number): Promise<Buffer> => {
  const random = dice(seed)
  const layer = async (across: number, down: number, strength: number) => {
    const pixels = Buffer.alloc(across * down)
    for (let index = 0; index < pixels.length; index++) pixels[index] = 128 + (random() - 0.5) * 255 * strength
    return sharp(pixels, { raw: { width: across, height: down, channels: 1 } })
      .resize(width, height, { fit: 'fill', kernel: 'cubic' })
      .toColourspace('b-w')
      .raw()
      .toBuffer()
  }
  const layers = await Promise.all([
    layer(Math.ceil(width / 60), Math.ceil(height / 11), 0.17),
    layer(Math.ceil(width / 190), Math.ceil(height / 150), 0.3),
    layer(Math.ceil(width / 3), Math.ceil(height / 3), 0.11)
  ])
  const sheet = Buffer.alloc(width * height)
  for (let index = 0; index < sheet.length; index++)
    sheet[index] = layers.reduce((sum, pixels) => sum + (pixels[index] ?? 128) - 128, 128)
  return sharp(sheet, { raw: { width, height, channels: 1 } })
    .toColourspace('srgb')
    .png({ compressionLevel: 1 })
    .toBuffer()
}

export interface Sheet {
  width: number
  height: number
  quality?: number
  /** How far the edges tremble, in pixels. */
  tremble?: number
}

/** Paints an SVG drawing as a gouache: trembling edges, brush and grain; answers a light progressive JPEG. */
export const gouache = async (drawing: string, sheet: Sheet, seed = 7): Promise<Buffer> => {
  const { width, height, quality = 55, tremble = 6 } = sheet
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<filter id="cut" x="0" y="0" width="100%" height="100%" filterUnits="objectBoundingBox" color-interpolation-filters="sRGB">
<feTurbulence type="fractalNoise" baseFrequency="0.02" numOctaves="3" seed="${seed}"/>
<feDisplacementMap in="SourceGraphic" scale="${tremble}" xChannelSelector="R" yChannelSelector="G"/></filter>
<rect width="${width}" height="${height}" fill="#f5e8d2"/>
<g filter="url(#cut)"><g transform="translate(${width / 2} ${height / 2}) scale(1.012) translate(${-width / 2} ${-height / 2})">${drawing}</g></g></svg>`
  return sharp(Buffer.from(svg))
    .composite([{ input: await texture(width, height, seed), blend: 'soft-light' }])
    .flatten({ background: '#f5e8d2' })
    .jpeg({ quality, mozjpeg: true, chromaSubsampling: '4:2:0' })
    .toBuffer()
}
