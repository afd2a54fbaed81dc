/** The key ring and the badge: the address of the site, in a code and in clear. Drawn once, for SVG as for PDF. */
import { addressInClear, type Code, codeOf } from './posters-code.ts'

export const cardFormats = ['porte-cles', 'badge'] as const

export type CardFormat = (typeof cardFormats)[number]

/** Lengths are in millimetres. */
export interface Card {
  width: number
  height: number
  /** What it shows, for whoever does not see it. */
  title: string
  code: { drawing: Code; x: number; y: number; side: number }
  bands: { x: number; y: number; width: number; height: number; colour: string }[]
  /** Centred on the card; `y` is the line they stand on. */
  lines: { text: string; y: number; size: number; bold: boolean }[]
}

export interface CardSite {
  address: string
  cityName: string
  siteName: string
  /** The five hues, for the stripe of the badge. */
  colours: string[]
}

export function cardOf(format: CardFormat, site: CardSite): Card {
  return format === 'badge' ? badge(site) : keyRing(site)
}

/** A square that can also be cut round: nothing black is nearer than a millimetre to the circle drawn in it. */
function keyRing(site: CardSite): Card {
  const shown = brokenLines(addressInClear(site.address), { width: 18, smallest: 1.45, most: 4 })
  // The more lines the address takes, the smaller the code: a long one has more modules too, of 0.4 mm at least.
  const side = 21.5 - 1.2 * shown.length
  return {
    width: 30,
    height: 30,
    title: `Code QR qui mène à ${site.address}`,
    code: { drawing: codeOf(site.address), x: (30 - side) / 2, y: 2, side },
    bands: [],
    lines: stacked(shown, { y: side + 3.6, width: 18, size: 2.2, height: 1.95 })
  }
}

/** Of the size of a bank card, upright. */
function badge(site: CardSite): Card {
  const width = 54
  const shown = brokenLines(addressInClear(site.address), { width: 46, smallest: 2.4, most: 3 })
  return {
    width,
    height: 85.6,
    title: `${site.cityName}, ${site.siteName}\u00a0: code QR qui mène à ${site.address}`,
    code: { drawing: codeOf(site.address), x: 5, y: 19.5, side: 44 },
    bands: site.colours.map((colour, index) => ({
      x: (index * width) / site.colours.length,
      y: 0,
      width: width / site.colours.length,
      height: 4,
      colour
    })),
    lines: [
      line(site.cityName, { y: 11.8, width: 46, size: 4.6 }),
      { ...line(site.siteName, { y: 16.8, width: 46, size: 3.1 }), bold: false },
      ...stacked(shown, { y: 69 - (shown.length - 1) * 1.7, width: 46, size: 3.6, height: 3.4 }),
      { ...line('Scannez, puis connectez-vous', { y: 77.2, width: 46, size: 2.6 }), bold: false },
      { ...line('avec votre adresse de la ville.', { y: 80.6, width: 46, size: 2.6 }), bold: false }
    ]
  }
}

/** Wider than any letter of the fonts that may stand in for ours: what is computed with it always fits. */
const widestLetter = 0.62

function line(text: string, room: { y: number; width: number; size: number }): Card['lines'][number] {
  const size = Math.min(room.size, room.width / (widestLetter * Math.max(1, text.length)))
  return { text, y: room.y, size, bold: true }
}

/** The lines of an address, under each other from `y`, of one size. */
function stacked(shown: string[], room: { y: number; width: number; size: number; height: number }): Card['lines'] {
  const longest = Math.max(...shown.map((text) => text.length))
  const size = Math.min(room.size, room.width / (widestLetter * longest))
  return shown.map((text, index) => ({ text, y: room.y + index * room.height, size, bold: true }))
}

/** In as few lines as it can be read on, each ending after a dot, a hyphen or a slash where there is one. */
function brokenLines(text: string, room: { width: number; smallest: number; most: number }): string[] {
  const longest = Math.floor(room.width / (widestLetter * room.smallest))
  const count = Math.min(room.most, Math.ceil(text.length / longest))
  const lines: string[] = []
  let rest = text
  for (let left = count; left > 1; left -= 1) {
    const wished = rest.length / left
    const breaks = [...rest.matchAll(/[.:/-]/g)].map((match) => match.index + 1)
    const [at = Math.ceil(wished)] = breaks
      .filter((index) => index < rest.length && Math.abs(index - wished) <= wished / 2)
      .sort((a, b) => Math.abs(a - wished) - Math.abs(b - wished))
    lines.push(rest.slice(0, at))
    rest = rest.slice(at)
  }
  return [...lines, rest]
}

export function cardSvg(card: Card): string {
  const { code, width, height } = card
  const scale = code.side / code.drawing.side
  const texts = card.lines.map(
    ({ text, y, size, bold }) =>
      `<text x="${width / 2}" y="${y}" font-size="${rounded(size)}"${bold ? ' font-weight="700"' : ''}>${escaped(text)}</text>`
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${width}mm" height="${height}mm" viewBox="0 0 ${width} ${height}" role="img" lang="fr">
<title>${escaped(card.title)}</title>
<path fill="#fff" d="M0 0h${width}v${height}h-${width}z"/>
${card.bands.map((band) => `<path fill="${band.colour}" d="M${rounded(band.x)} ${band.y}h${rounded(band.width)}v${band.height}h-${rounded(band.width)}z"/>`).join('')}
<path shape-rendering="crispEdges" transform="translate(${code.x} ${code.y}) scale(${rounded(scale)})" d="${code.drawing.path}"/>
<g font-family="'Atkinson Hyperlegible Next', Verdana, Arial, sans-serif" text-anchor="middle">${texts.join('')}</g>
</svg>
`
}

/** The code of a sheet by itself, with its address, for whoever composes a page of their own. */
export function codeSvg(address: string, title: string): string {
  const width = 60
  const shown = brokenLines(addressInClear(address), { width: 54, smallest: 2.4, most: 6 })
  return cardSvg({
    width,
    height: 61 + 3.8 * shown.length,
    title: `${title}\u00a0: code QR qui mène à ${address}`,
    code: { drawing: codeOf(address), x: 0, y: 0, side: 60 },
    bands: [],
    lines: stacked(shown, { y: 60, width: 54, size: 3, height: 3.8 })
  })
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? '')
}
