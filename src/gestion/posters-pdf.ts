/** What the printed pages share: a tagged PDF in French, the fonts of the site, and shapes measured in points. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import PDFDocument from 'pdfkit'
import type { Code } from './posters-code.ts'
import type { Fitted, Measure } from './posters-text.ts'

export type Document = PDFKit.PDFDocument
export type Face = 'text' | 'bold' | 'title'

/** Points in a millimetre. */
export const millimetre = 72 / 25.4

// The PDF library embeds static fonts only, and opens compressed ones ten times slower: these are the faces of the pages.
const fontFiles: Record<Face, string> = {
  text: 'atkinson-hyperlegible-next-latin-400-normal.ttf',
  bold: 'atkinson-hyperlegible-next-latin-700-normal.ttf',
  title: 'bricolage-grotesque-latin-800-normal.ttf'
}

const fonts = new Map<Face, Buffer>()

function fontOf(face: Face): Buffer {
  const bytes = fonts.get(face) ?? readFileSync(path.join(import.meta.dirname, '../../public/fonts', fontFiles[face]))
  fonts.set(face, bytes)
  return bytes
}

export interface Print {
  document: Document
  /** A part of the page that is read: paragraph, heading, figure. In the order of reading. */
  tag(name: 'H1' | 'H2' | 'P' | 'Figure', draw: () => void, alt?: string): void
  /** Ornament, that a voice does not read. */
  decorate(draw: () => void): void
  measure(face: Face): Measure
  /** Lines from this baseline down; gives the baseline under them. */
  lines(face: Face, fitted: Fitted, place: { x: number; y: number; height?: number; colour: string }): number
}

/** Draws one A4 page, upright, and gives its bytes. */
export async function printPage(
  about: { title: string; author: string },
  draw: (print: Print) => void
): Promise<Buffer> {
  const document = new PDFDocument({
    size: 'A4',
    margin: 0,
    pdfVersion: '1.7',
    // Its types do not know PDF/UA yet.
    ...({ subset: 'PDF/UA' } as object),
    tagged: true,
    lang: 'fr-FR',
    displayTitle: true,
    info: { Title: printable(about.title), Author: printable(about.author), Creator: '', Producer: '' }
  })
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const chunks: Buffer[] = []
  document.on('data', (chunk: Buffer) => chunks.push(chunk))
  document.on('end', () => resolve(Buffer.concat(chunks)))
  document.on('error', reject)
  for (const face of ['text', 'bold', 'title'] as const) document.registerFont(face, fontOf(face))
  const root = document.struct('Document')
  document.addStructure(root)
  draw({
    document,
    tag(name, own, alt) {
      root.add(document.struct(name, alt === undefined ? {} : { alt: printable(alt) }, own))
    },
    decorate(own) {
      document.markContent('Artifact', { type: 'Layout' })
      document.save()
      own()
      document.restore()
      document.endMarkedContent()
    },
    measure: (face) => (text) => document.font(face).fontSize(1).widthOfString(text),
    lines(face, fitted, { x, y, height = 1.2, colour }) {
      document.font(face).fontSize(fitted.size).fillColor(colour)
      let baseline = y
      for (const text of fitted.lines) {
        document.text(text, x, baseline, { lineBreak: false, baseline: 'alphabetic' })
        baseline += fitted.size * height
      }
      return baseline
    }
  })
  root.end()
  document.end()
  return promise
}

/** French spaces made no-break ones, and only what the embedded fonts have a drawing for: other letters lose their accents, and what is left is left out. */
export function printable(text: string): string {
  const spaced = text
    .normalize('NFC')
    .replaceAll('\u202f', '\u00a0')
    .replaceAll(/« /g, '«\u00a0')
    .replaceAll(/ (?=[»:;?!])/g, '\u00a0')
  return [...spaced]
    .map((character) => {
      if (drawn.test(character)) return character
      return [...character.normalize('NFKD')].filter((part) => drawn.test(part)).join('')
    })
    .join('')
    .replaceAll(/ {2,}/g, ' ')
    .trim()
}

// The « latin » subset of Fontsource, without its combining marks and exotic spaces.
const drawn =
  /[\u0020-\u007e\u00a0-\u00ff\u0131\u0152\u0153\u02c6\u02da\u02dc\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122\u2191\u2193\u2212]/

/** The code and its white border, in a square of this side. */
export function drawCode(document: Document, code: Code, place: { x: number; y: number; side: number }): void {
  const scale = place.side / code.side
  document.save()
  document.rect(place.x, place.y, place.side, place.side).fill('#fff')
  document.translate(place.x, place.y).scale(scale).path(code.path).fill('#000')
  document.restore()
}
