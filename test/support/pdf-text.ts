/** The words of a PDF that the site wrote, as a reader of PDFs would copy them: by the fonts' own tables, not by the drawing. */
import { inflateSync } from 'node:zlib'

export interface ReadPdf {
  text: string
  /** Each line that was drawn, with its place in points from the left and from the top, its width and its size. */
  lines: { text: string; x: number; y: number; width: number; size: number }[]
  /** What is drawn in black with more than sixty shapes at once, each as an SVG path: QR codes. */
  codes: string[]
  /** The types of the structure, in the order of reading: Document, H1, P, Figure. */
  structure: string[]
  alternatives: string[]
  language: string | undefined
  title: string | undefined
  pages: number
}

export function readPdf(bytes: Buffer): ReadPdf {
  const file = bytes.toString('latin1')
  const objects = new Map<number, string>()
  for (const match of file.matchAll(/(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj/gs))
    objects.set(Number(match[1]), match[2] ?? '')
  const streamOf = (body: string): string => {
    const [head = '', rest] = body.split('stream\n', 2)
    const data = Buffer.from((rest ?? '').replace(/\r?\nendstream\s*$/, ''), 'latin1')
    return /FlateDecode/.test(head) ? inflateSync(data).toString('latin1') : data.toString('latin1')
  }
  const all = [...objects.values()]
  const page = all.find((body) => /\/Type \/Page\b(?!s)/.test(body)) ?? ''
  const reference = (body: string, key: string): string =>
    objects.get(Number(new RegExp(`/${key} (\\d+) 0 R`).exec(body)?.[1])) ?? ''
  const resources = reference(page, 'Resources')
  const fonts = new Map(
    [...(/\/Font <<(.*?)>>/s.exec(resources)?.[1] ?? '').matchAll(/\/(F\d+) (\d+) 0 R/g)].map((match) => [
      match[1] ?? '',
      {
        characters: charactersOf(streamOf(reference(objects.get(Number(match[2])) ?? '', 'ToUnicode'))),
        widths: widthsOf(
          objects.get(Number(/\/DescendantFonts \[(\d+)/.exec(objects.get(Number(match[2])) ?? '')?.[1])) ?? ''
        )
      }
    ])
  )
  const content = streamOf(reference(page, 'Contents'))
  const lines = linesOf(content, fonts, Number(/\/MediaBox \[0 0 [\d.]+ ([\d.]+)\]/.exec(page)?.[1]))
  return {
    text: lines
      .map((line) => line.text)
      .join(' ')
      .replaceAll(/ +/g, ' '),
    lines,
    codes: [...content.matchAll(/(?:[-\d.]+ [-\d.]+ [ml]\n|h\n)+(?=\/DeviceRGB cs\n0 0 0 scn\nf\n)/g)]
      .map(([path]) =>
        path.replaceAll(/([-\d.]+ [-\d.]+) ([ml])\n/g, (_all, point, verb) => `${verb.toUpperCase()}${point}`)
      )
      .map((path) => path.replaceAll('h\n', 'Z'))
      .filter((path) => path.split('Z').length > 60),
    structure: all.flatMap((body) =>
      /\/K\b/.test(body) && /\/P /.test(body) ? (/\/S \/(\w+)/.exec(body)?.[1] ?? []) : []
    ),
    alternatives: all.flatMap((body) => {
      const found = /\/Alt \((.*?)(?<!\\)\)/s.exec(body)?.[1]
      return found === undefined ? [] : [stringOf(found)]
    }),
    language: /\/Lang \(([^)]*)\)/.exec(file)?.[1],
    title: titleOf(file, objects),
    pages: all.filter((body) => /\/Type \/Page\b(?!s)/.test(body)).length
  }
}

function titleOf(file: string, objects: Map<number, string>): string | undefined {
  const number = /\/Title (\d+) 0 R/.exec(file)?.[1]
  const found = /^\((.*)\)$/s.exec(objects.get(Number(number))?.trim() ?? '')?.[1]
  return found === undefined ? undefined : stringOf(found)
}

/** A string of the file: UTF-16 where it begins with its mark. */
function stringOf(raw: string): string {
  const bytes = Buffer.from(
    raw.replaceAll(/\\([nrtbf()\\])/g, (_all, character: string) => {
      const special: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
      return special[character] ?? character
    }),
    'latin1'
  )
  return bytes[0] === 0xfe && bytes[1] === 0xff
    ? bytes.subarray(2).swap16().toString('utf16le')
    : bytes.toString('latin1')
}

/** What each glyph stands for: two hexadecimal bytes, then the characters. */
function charactersOf(table: string): Map<string, string> {
  const found = new Map<string, string>()
  const text = (hexadecimal: string): string => Buffer.from(hexadecimal, 'hex').swap16().toString('utf16le')
  for (const match of table.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[(.*?)\]/gis)) {
    const start = Number.parseInt(match[1] ?? '', 16)
    for (const [index, character] of [...(match[3] ?? '').matchAll(/<([0-9a-f]+)>/gi)].entries()) {
      found.set((start + index).toString(16).padStart(4, '0'), text(character[1] ?? ''))
    }
  }
  return found
}

interface Font {
  characters: Map<string, string>
  /** Of each glyph, in thousandths of the size. */
  widths: number[]
}

function widthsOf(body: string): number[] {
  return (/\/W \[0 \[([^\]]*)\]/.exec(body)?.[1] ?? '').split(' ').map(Number)
}

function linesOf(content: string, fonts: Map<string, Font>, height: number): ReadPdf['lines'] {
  const lines: ReadPdf['lines'] = []
  for (const block of content.matchAll(/BT\n(.*?)\nET/gs)) {
    const body = block[1] ?? ''
    const [, x = '0', y = '0'] = /1 0 0 1 ([-\d.]+) ([-\d.]+) Tm/.exec(body) ?? []
    const [, font = '', size = '0'] = /\/(F\d+) ([\d.]+) Tf/.exec(body) ?? []
    const glyphs = [...body.matchAll(/<([0-9a-f]+)>/gi)].flatMap((match) => match[1]?.match(/.{4}/g) ?? [])
    const known = fonts.get(font)
    const text = glyphs.map((glyph) => known?.characters.get(glyph.toLowerCase()) ?? '?').join('')
    const shown = text.endsWith(' ') ? glyphs.slice(0, -1) : glyphs
    const ems = shown.reduce((sum, glyph) => sum + (known?.widths[Number.parseInt(glyph, 16)] ?? 1000), 0) / 1000
    lines.push({ text, x: Number(x), y: height - Number(y), width: ems * Number(size), size: Number(size) })
  }
  return lines
}
