import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { filesFolder } from './folder.ts'
import { brick, lagoon, leaf, ochre, plum } from './palette.ts'

const fonts = fileURLToPath(new URL('../../../public/fonts', import.meta.url))

const face = async (family: string, file: string): Promise<string> =>
  `@font-face{font-family:'${family}';font-weight:200 800;src:url(data:font/woff2;base64,${(await readFile(join(fonts, file))).toString('base64')}) format('woff2')}`

/** The two families of the site, inside the sheet itself, so that nothing is loaded. */
export const fontFaces = async (): Promise<string> =>
  (await face('Bricolage Grotesque', 'bricolage-grotesque-latin-wght-normal.woff2')) +
  (await face('Atkinson Hyperlegible Next', 'atkinson-hyperlegible-next-latin-wght-normal.woff2'))

const cuts = [
  ['Bricolage Grotesque', 'bricolage-grotesque', 500, 'normal'],
  ['Bricolage Grotesque', 'bricolage-grotesque', 700, 'normal'],
  ['Bricolage Grotesque', 'bricolage-grotesque', 800, 'normal'],
  ['Atkinson Hyperlegible Next', 'atkinson-hyperlegible-next', 400, 'normal'],
  ['Atkinson Hyperlegible Next', 'atkinson-hyperlegible-next', 400, 'italic'],
  ['Atkinson Hyperlegible Next', 'atkinson-hyperlegible-next', 700, 'normal']
] as const

/**
 * The same families for paper, one file for each weight: a variable font is written into a PDF as drawings, heavier and
 * worse to read. They are needed only here, so they come from a folder of their own (the packages `@fontsource/…`).
 */
export const printFontFaces = async (): Promise<string> => {
  const folder = process.env.DEMO_PRINT_FONTS
  if (!folder) throw new Error('DEMO_PRINT_FONTS must name the folder node_modules/@fontsource of the two families.')
  const faces = cuts.map(async ([family, name, weight, slant]) => {
    const file = await readFile(join(folder, name, 'files', `${name}-latin-${weight}-${slant}.woff2`))
    return `@font-face{font-family:'${family}';font-weight:${weight};font-style:${slant};src:url(data:font/woff2;base64,${file.toString('base64')}) format('woff2')}`
  })
  return (await Promise.all(faces)).join('')
}

/** One of our illustrations, reduced to what the page needs, as an address that carries it. */
export const picture = async (name: string, width: number, quality = 62, height?: number): Promise<string> => {
  const jpeg = await sharp(join(filesFolder, `${name}.jpg`))
    .resize({ width, ...(height ? { height, fit: 'cover' as const } : {}) })
    .jpeg({ quality, mozjpeg: true })
    .toBuffer()
  return `data:image/jpeg;base64,${jpeg.toString('base64')}`
}

export const hues = [brick, ochre, leaf, lagoon, plum] as const

/** The five petals: the mark of Valbrune's project. */
export const petals = (size: number): string =>
  `<svg width="${size}" height="${size}" viewBox="-150 -150 300 300" aria-hidden="true">${hues
    .map(
      (hue, index) =>
        `<g transform="rotate(${index * 72})"><path d="M0,-18C-58,-60-46,-136 0,-146C46,-136 58,-60 0,-18Z" fill="${hue.base}"/><path d="M0,-18C26,-70 30,-120 0,-146C46,-136 58,-60 0,-18Z" fill="${hue.deep}" opacity=".35"/></g>`
    )
    .join('')}<circle r="24" fill="${ochre.light}"/></svg>`

/** French typography for texts typed plainly: apostrophes, and spaces that do not break. */
export const french = (text: string): string =>
  text
    .replaceAll("'", '’')
    .replace(/ ([;?!])/g, '\u202f$1')
    .replace(/ ([:»%])/g, '\u00a0$1')
    .replace(/« /g, '«\u00a0')
    .replace(/(\d) (\d{3})\b/g, '$1\u202f$2')
    .replace(/n° /g, 'n°\u00a0')
    .replace(/(\d) (h|ans|jours|agents|minutes|actions|engagements|directions)\b/g, '$1\u00a0$2')
