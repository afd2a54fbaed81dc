/** The colours of the site are read from the stylesheet: a hue that is changed there is measured here (RGAA 3.2, 3.3). */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import t, { type Test } from 'tap'

type Palette = Map<string, [lightness: number, chroma: number, hue: number]>

const stylesheet = readFileSync(path.join(import.meta.dirname, '../public/css/tokens.css'), 'utf8')
const darkStart = stylesheet.indexOf('@media (prefers-color-scheme: dark)')
const light = paletteOf(stylesheet.slice(0, darkStart))
const dark = new Map([...light, ...paletteOf(stylesheet.slice(darkStart))])

const hues = ['brique', 'ocre', 'feuille', 'lagon', 'prune']
const grounds = ['paper', 'card', 'shade']

const texts: [text: string, ground: string][] = [
  ...grounds.flatMap((ground): [string, string][] => [
    ['ink', ground],
    ['ink-soft', ground],
    ['link', ground],
    ['error', ground]
  ]),
  ['paper', 'ink'],
  ['paper', 'link'],
  ['paper', 'error'],
  ['error', 'error-soft'],
  ['ink', 'error-soft'],
  ['success', 'success-soft'],
  ['ink', 'success-soft'],
  ['on-night', 'night'],
  ...hues.flatMap((hue): [string, string][] => [
    [hue, 'paper'],
    [hue, 'card'],
    [hue, `${hue}-soft`],
    ['paper', hue],
    ['ink', `${hue}-soft`],
    ['ink-soft', `${hue}-soft`],
    ['on-vivid', `${hue}-vivid`]
  ])
]

// Borders of fields, marks of progress, the ring around what has the focus.
const controls: [shape: string, ground: string][] = [
  ...['control', 'focus', 'ink'].flatMap((shape) => grounds.map((ground): [string, string] => [shape, ground])),
  ...hues.flatMap((hue): [string, string][] => [
    [hue, 'paper'],
    ['focus', `${hue}-soft`]
  ])
]

for (const [scheme, palette] of [
  ['light', light],
  ['dark', dark]
] as const) {
  t.test(`every text can be read in ${scheme}`, (t) => {
    for (const [text, ground] of texts) expectContrast(t, palette, text, ground, 4.5)
    t.end()
  })

  t.test(`every control can be seen in ${scheme}`, (t) => {
    for (const [shape, ground] of controls) expectContrast(t, palette, shape, ground, 3)
    t.end()
  })

  t.test(`the five hues weigh the same in ${scheme}`, (t) => {
    for (const use of ['', '-soft', '-vivid']) {
      const lightnesses = new Set(hues.map((hue) => colour(palette, `${hue}${use}`)[0]))
      t.equal(lightnesses.size, 1, `one lightness for hue${use}`)
    }
    t.end()
  })
}

function expectContrast(t: Test, palette: Palette, front: string, back: string, least: number): void {
  const ratio = contrast(colour(palette, front), colour(palette, back))
  t.ok(ratio >= least, `${front} on ${back}: ${ratio.toFixed(2)} is at least ${least}`)
}

function paletteOf(css: string): Palette {
  return new Map(
    [...css.matchAll(/--([a-z-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);/g)].map(([, name, lightness, chroma, hue]) => [
      String(name),
      [Number(lightness), Number(chroma), Number(hue)]
    ])
  )
}

function colour(palette: Palette, name: string): [number, number, number] {
  const found = palette.get(name)
  if (!found) throw new Error(`tokens.css has no --${name} written as oklch(lightness chroma hue).`)
  return found
}

/** WCAG 2.2, « contrast ratio ». */
function contrast(one: [number, number, number], other: [number, number, number]): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

/** OKLCH to linear sRGB with Björn Ottosson’s matrices, clipped as a screen does, then relative luminance. */
function luminance([lightness, chroma, hue]: [number, number, number]): number {
  const angle = (hue * Math.PI) / 180
  const a = chroma * Math.cos(angle)
  const b = chroma * Math.sin(angle)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const red = shown(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)
  const green = shown(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)
  const blue = shown(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function shown(channel: number): number {
  return Math.min(1, Math.max(0, channel))
}
