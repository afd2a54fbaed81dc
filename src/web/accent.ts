/**
 * The colour that a city chooses for its links and buttons. It is measured against the grounds of public/css/tokens.css
 * (WCAG 2.2, 1.4.3): a text, and the text of a button on it, have 4.5 at least, in light and in dark. One colour cannot do
 * both, so the site makes the dark scheme's own from it.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'

type Oklch = [lightness: number, chroma: number, hue: number]

const leastForText = 4.5
const grounds = ['paper', 'card', 'shade'] as const

const tokens = readFileSync(path.join(import.meta.dirname, '../../public/css/tokens.css'), 'utf8')
const darkStart = tokens.indexOf('@media (prefers-color-scheme: dark)')
const light = groundsOf(tokens.slice(0, darkStart))
const dark = groundsOf(tokens.slice(darkStart))

function groundsOf(css: string): number[] {
  return grounds.map((name) => {
    const found = new RegExp(`--${name}: oklch\\(([\\d.]+) ([\\d.]+) ([\\d.]+)\\)`).exec(css)
    if (!found) throw new Error(`tokens.css has no --${name}.`)
    return luminance(clipped(toLinear([Number(found[1]), Number(found[2]), Number(found[3])])))
  })
}

/** `#1a4f8b` of what a person typed (« 1A4F8B », « #abc »); undefined when it is no colour. */
export function readColour(typed: string): string | undefined {
  const text = typed.trim().toLowerCase().replace(/^#/, '')
  if (/^[0-9a-f]{6}$/.test(text)) return `#${text}`
  return /^[0-9a-f]{3}$/.test(text) ? `#${[...text].map((digit) => digit + digit).join('')}` : undefined
}

export type CheckedAccent =
  | { ok: true; ratio: number; dark: string; darkRatio: number }
  | { ok: false; ratio: number; nearest: string }

/** Whether texts of this colour can be read on every light ground; if not, the nearest shade that can. */
export function checkAccent(colour: string): CheckedAccent {
  const ratio = leastContrast(colour, light)
  if (ratio < leastForText) return { ok: false, ratio, nearest: shadeOf(colour, light, -1) }
  const forDark = darkAccent(colour)
  return { ok: true, ratio, dark: forDark, darkRatio: leastContrast(forDark, dark) }
}

/** The same hue for the dark scheme: as light as the links are there, and no louder than a text may be. */
function darkAccent(colour: string): string {
  const [lightness, chroma, hue] = toOklch(fromHex(colour))
  return shadeOf(toHex([Math.max(lightness, 0.8), Math.min(chroma, 0.11), hue]), dark, 1)
}

/** The first shade on the way to black (-1) or white (1) that can be read on these grounds. */
function shadeOf(colour: string, on: number[], way: 1 | -1): string {
  const [start, chroma, hue] = toOklch(fromHex(colour))
  for (let lightness = start; lightness > 0 && lightness < 1; lightness += way * 0.004) {
    const shade = toHex([lightness, chroma, hue])
    if (leastContrast(shade, on) >= leastForText) return shade
  }
  return way === 1 ? '#ffffff' : '#000000'
}

/** What the site's own stylesheet is followed by. A pure function of the colour: its address can be kept for ever. */
export function accentStylesheet(colour: string): string {
  return `@layer tokens {
  :root { --link: ${colour}; --accent: ${colour}; --accent-strong: var(--ink) }
  @media (prefers-color-scheme: dark) { :root { --link: ${darkAccent(colour)}; --accent: ${darkAccent(colour)} } }
}
`
}

/** A colour of the light scheme as print wants it, `#b2462c`: « brique », « brique-vivid », « ink ». */
export function lightColour(token: string): string {
  const found = new RegExp(`--${token}: oklch\\(([\\d.]+) ([\\d.]+) ([\\d.]+)\\)`).exec(tokens.slice(0, darkStart))
  if (!found) throw new Error(`tokens.css has no --${token}.`)
  return toHex([Number(found[1]), Number(found[2]), Number(found[3])])
}

function leastContrast(colour: string, on: number[]): number {
  const own = luminance(fromHex(colour))
  return Math.min(...on.map((ground) => (Math.max(own, ground) + 0.05) / (Math.min(own, ground) + 0.05)))
}

/** Linear red, green and blue, from 0 to 1. */
type Linear = [red: number, green: number, blue: number]

function luminance([red, green, blue]: Linear): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function fromHex(colour: string): Linear {
  const channel = (at: number): number => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

/** As many colours cannot be shown, the chroma is reduced until this one can. */
function toHex([lightness, chroma, hue]: Oklch): string {
  let shown = toLinear([lightness, chroma, hue])
  for (let less = chroma; less > 0 && shown.some((value) => value < -0.0005 || value > 1.0005); less -= 0.002) {
    shown = toLinear([lightness, Math.max(0, less), hue])
  }
  const channels = clipped(shown).map((value) =>
    Math.round(255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055))
  )
  return `#${channels.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

function clipped([red, green, blue]: Linear): Linear {
  const clip = (value: number): number => Math.min(1, Math.max(0, value))
  return [clip(red), clip(green), clip(blue)]
}

/** Björn Ottosson’s matrices: https://bottosson.github.io/posts/oklab/ */
function toLinear([lightness, chroma, hue]: Oklch): Linear {
  const angle = (hue * Math.PI) / 180
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)]
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s
  ]
}

function toOklch([red, green, blue]: Linear): Oklch {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const b = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  return [lightness, Math.hypot(a, b), ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360]
}
