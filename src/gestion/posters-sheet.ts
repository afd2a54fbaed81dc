/** The poster of an engagement or of an action: one page A4 that is read from across a corridor. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type Hue, type Status, statusLabel } from '../engagements/progress.ts'
import type { PrintedLogo } from '../media/images/printed-images.ts'
import { lightColour } from '../web/accent.ts'
import { countText } from '../web/format.ts'
import { addressInClear, codeOf } from './posters-code.ts'
import { type Document, drawCode, millimetre, type Print, printable, printPage } from './posters-pdf.ts'
import { fitSentences, fitText } from './posters-text.ts'

export interface Poster {
  cityName: string
  siteName: string
  logo: PrintedLogo | undefined
  hue: Hue
  /** The big one, that of the engagement. */
  numeral: number
  /** « Engagement 3 » */
  eyebrow: string
  /** The engagement of an action; undefined for the engagement itself, whose title is that of the poster. */
  engagementTitle: string | undefined
  title: string
  /** Of an action. */
  status: Status | undefined
  /** Of an engagement: what became of its actions. */
  progress: { sentence: string; statuses: Status[] } | undefined
  summary: string
  /** Cut to the shape that `pictureShape` gives. */
  picture: { bytes: Buffer; alt: string } | undefined
  address: string
  isPublic: boolean
}

const page = { width: 595.28, height: 841.89 }
const margin = 46
const inner = page.width - 2 * margin
const head = 74
const band = 120
const foot = page.height - margin + 6

export const pictureShape = { width: inner, height: 200 }

/** The bigger it is, the further it is read from; a picture asks for its share. */
function codeSideOf(poster: Poster): number {
  return (poster.picture ? 58 : 68) * millimetre
}

const ink = lightColour('ink')
const soft = lightColour('ink-soft')

export function posterPdf(poster: Poster): Promise<Buffer> {
  const title = [poster.title, poster.cityName].filter(Boolean).join(', ')
  return printPage({ title, author: poster.cityName }, (print) => {
    drawHead(print, poster)
    drawBand(print, poster)
    const top = drawTitle(print, poster)
    const bottom = foot - codeSideOf(poster) - 26
    drawPicture(print, poster, top, bottom)
    drawFoot(print, poster)
  })
}

function drawHead(print: Print, poster: Poster): void {
  const { document } = print
  const middle = head / 2 + 4
  let x = margin
  print.decorate(() => {
    if (poster.logo) {
      const scale = Math.min(44 / poster.logo.height, 120 / poster.logo.width)
      const [width, height] = [poster.logo.width * scale, poster.logo.height * scale]
      document.image(poster.logo.bytes, margin, middle - height / 2, { width, height })
      x += width + 14
    } else {
      drawFlower(document, margin - 4, middle - 25, 50)
      x += 54
    }
  })
  const width = page.width - margin - x
  const one = { width, lines: () => 1 }
  const city = fitText(printable(poster.cityName), print.measure('title'), { ...one, largest: 19, smallest: 9 })
  const site = fitText(printable(poster.siteName), print.measure('text'), { ...one, largest: 12.5, smallest: 8 })
  print.tag('P', () => void print.lines('title', city, { x, y: middle - 2, colour: ink }))
  print.tag('P', () => void print.lines('text', site, { x, y: middle + 15, colour: soft }))
}

function drawBand(print: Print, poster: Poster): void {
  const { document } = print
  const numeral = String(poster.numeral)
  const size = Math.min(118, 170 / print.measure('title')(numeral))
  const numeralWidth = print.measure('title')(numeral) * size
  print.decorate(() => {
    document.rect(0, head, page.width, band).fill(lightColour(`${poster.hue}-vivid`))
    drawMotif(document, poster.hue, { x: 0, y: head, width: page.width, height: band })
    print.lines('title', { size, lines: [numeral] }, { x: margin - 4, y: head + band / 2 + size * 0.34, colour: ink })
  })
  const x = margin + numeralWidth + 24
  const width = page.width - margin - x
  const eyebrow = fitText(printable(poster.eyebrow), print.measure('bold'), {
    width,
    largest: poster.engagementTitle === undefined ? 26 : 15,
    smallest: 12,
    lines: () => 1
  })
  if (poster.engagementTitle === undefined) {
    print.tag('P', () => void print.lines('bold', eyebrow, { x, y: head + band / 2 + 9, colour: ink }))
    return
  }
  const title = fitText(printable(poster.engagementTitle), print.measure('title'), {
    width,
    largest: 27,
    smallest: 12,
    lines: (at) => Math.floor((band - 46) / (at * 1.15)),
    balanced: true
  })
  const height = eyebrow.size + 8 + title.lines.length * title.size * 1.15
  const start = head + (band - height) / 2 + eyebrow.size
  print.tag('P', () => void print.lines('bold', eyebrow, { x, y: start, colour: ink }))
  print.tag('P', () => {
    print.lines('title', title, { x, y: start + 8 + title.size, height: 1.15, colour: ink })
  })
}

/** Title, status and summary; gives where they end. */
function drawTitle(print: Print, poster: Poster): number {
  const start = head + band + 28
  const end = foot - codeSideOf(poster) - 26 - (poster.picture ? 120 : 0)
  const summaryRoom = poster.picture ? 86 : 130
  const stateRoom = poster.status || poster.progress ? 40 : 0
  const title = fitText(printable(poster.title), print.measure('title'), {
    width: inner,
    largest: poster.picture ? 37 : 54,
    smallest: 15,
    lines: (size) => Math.floor((end - start - summaryRoom - stateRoom) / (size * 1.1)),
    balanced: true
  })
  let y = start + title.size * 0.8
  print.tag('H1', () => {
    y = print.lines('title', title, { x: margin, y, height: 1.1, colour: ink })
  })
  // From the last baseline: what hangs below it, and some air.
  y += 20 - title.size * 0.88
  if (poster.status) y = drawStatus(print, poster.hue, poster.status, y)
  if (poster.progress) y = drawProgress(print, poster.hue, poster.progress, y)
  const summary = printable(poster.summary)
  if (summary === '') return y
  const text = fitSentences(summary, print.measure('text'), {
    width: inner,
    largest: poster.picture ? 15 : 19,
    smallest: poster.picture ? 13 : 15,
    lines: (size) => Math.min(poster.picture ? 3 : 5, Math.floor((end - y) / (size * 1.35)))
  })
  print.tag('P', () => {
    y = print.lines('text', text, { x: margin, y: y + text.size * 0.9, height: 1.35, colour: ink })
  })
  return y
}

function drawStatus(print: Print, hue: Hue, status: Status, y: number): number {
  const { document } = print
  const label = statusLabel(status)
  const size = 15
  const width = print.measure('bold')(label) * size + 46
  const height = 28
  const top = y
  print.decorate(() => {
    document.roundedRect(margin, top, width, height, height / 2).fill(lightColour(`${hue}-soft`))
    drawMark(document, status, { x: margin + 20, y: top + height / 2, radius: 6.5, colour: ink })
  })
  print.tag('P', () => void print.lines('bold', { size, lines: [label] }, { x: margin + 34, y: top + 19, colour: ink }))
  return top + height + 10
}

/** One mark for each action, before any percentage; those of a very long list are only counted. */
function drawProgress(print: Print, hue: Hue, progress: NonNullable<Poster['progress']>, y: number): number {
  const radius = 7
  const shown = progress.statuses.slice(0, 24)
  print.tag('P', () => {
    print.lines('bold', { size: 15, lines: [printable(progress.sentence)] }, { x: margin, y: y + 14, colour: ink })
  })
  print.decorate(() => {
    shown.forEach((status, index) => {
      const colour = lightColour(hue)
      drawMark(print.document, status, { x: margin + radius + index * 20.5, y: y + 34, radius, colour })
    })
  })
  return y + 56
}

/** A circle: empty, half full, full. */
function drawMark(
  document: Document,
  status: Status,
  at: { x: number; y: number; radius: number; colour: string }
): void {
  const { x, y, radius, colour } = at
  document.lineWidth(radius / 4).circle(x, y, radius)
  if (status === 'realisee') document.fillAndStroke(colour, colour)
  else document.stroke(colour)
  if (status === 'en_cours') {
    document.path(`M${x} ${y - radius}A${radius} ${radius} 0 0 0 ${x} ${y + radius}Z`).fill(colour)
  }
}

/** Fills what is left between the text and the foot, in the shape the picture was cut to. */
function drawPicture(print: Print, poster: Poster, top: number, bottom: number): void {
  const { picture } = poster
  if (!picture) return
  const room = bottom - top - 8
  const height = Math.min(pictureShape.height, room)
  const width = (height / pictureShape.height) * pictureShape.width
  const draw = () => {
    print.document.save()
    print.document.roundedRect(margin, bottom - height, inner, height, 8).clip()
    // As wide as the page: a lower room cuts its top and bottom, never its sides.
    print.document.image(picture.bytes, margin, bottom - height - (inner / width - 1) * (height / 2), { width: inner })
    print.document.restore()
  }
  if (picture.alt === '') print.decorate(draw)
  else print.tag('Figure', draw, picture.alt)
}

function drawFoot(print: Print, poster: Poster): void {
  const { document } = print
  const codeSide = codeSideOf(poster)
  const top = foot - codeSide
  const box = { x: margin, y: top, side: codeSide }
  print.decorate(() => {
    document.roundedRect(box.x - 4, box.y - 4, box.side + 8, box.side + 8, 10).fill(lightColour(poster.hue))
    document.roundedRect(box.x, box.y, box.side, box.side, 6).fill('#fff')
  })
  print.tag('Figure', () => drawCode(document, codeOf(poster.address), box), `Code QR qui mène à ${poster.address}`)

  const x = margin + codeSide + 30
  const width = page.width - margin - x
  const call = fitText(printable('Scannez pour lire la suite'), print.measure('title'), {
    width,
    largest: 27,
    smallest: 18,
    lines: () => 2,
    balanced: true
  })
  const address = fitText(printable(addressInClear(poster.address)), print.measure('bold'), {
    width,
    largest: 16,
    smallest: 8,
    lines: (size) => (size > 11 ? 4 : 6)
  })
  const access = poster.isPublic
    ? 'Lisible par tous'
    : 'Réservé aux agents : connectez-vous avec votre adresse de la ville'
  const note = fitText(access.replace(' :', '\u00a0:'), print.measure('text'), {
    width: width - 26,
    largest: 14,
    smallest: 11,
    lines: () => 3
  })
  const heights = [call.lines.length * call.size * 1.1, address.lines.length * address.size * 1.25]
  const noteHeight = note.lines.length * note.size * 1.3
  const total = (heights[0] ?? 0) + 10 + (heights[1] ?? 0) + 16 + noteHeight
  let y = top + (codeSide - total) / 2 + call.size * 0.8
  print.tag('H2', () => {
    y = print.lines('title', call, { x, y, height: 1.1, colour: ink })
  })
  y += 4
  print.tag('P', () => {
    y = print.lines('bold', address, { x, y, height: 1.25, colour: ink })
  })
  y += 14
  const sign = y - 11
  print.decorate(() => {
    document.translate(x, sign - 3).scale(18 / 24)
    document.lineWidth(2).lineCap('round').lineJoin('round').strokeColor(ink)
    for (const line of poster.isPublic ? globe : lock) document.path(line).stroke()
  })
  print.tag('P', () => void print.lines('text', note, { x: x + 26, y, height: 1.3, colour: ink }))
}

// Those of public/img/icons.svg.
const lock = [
  'M6.5 10.5h11a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2v-6a2 2 0 0 1 2-2z',
  'M8 10.5V7.5a4 4 0 0 1 8 0v3'
]
const globe = ['M21 12a9 9 0 0 1-18 0 9 9 0 0 1 18 0z', 'M3 12h18M12 3c3 3 4 6 4 9s-1 6-4 9c-3-3-4-6-4-9s1-6 4-9z']

const petal = 'M32 29C24 24 22.5 9 32 2c9.5 7 8 22 0 27z'

/** The sign of the site, where the city gave no logo: public/img/favicon.svg. */
function drawFlower(document: Document, x: number, y: number, side: number): void {
  document.save()
  document.translate(x, y).scale(side / 64)
  const colours = ['#b2462c', '#cf8d1f', '#4d8a3c', '#1f7f95', '#94427a']
  for (const [index, colour] of colours.entries()) {
    document.save()
    document.rotate(index * 72, { origin: [32, 33] })
    document.path(petal).fill(colour)
    document.restore()
  }
  document.circle(32, 33, 4.5).fill('#dc9a30')
  document.restore()
}

const motifs = readFileSync(path.join(import.meta.dirname, '../../public/img/motifs.svg'), 'utf8')
const tile = 96

/** The pattern of the engagement, as at the head of its page: faint and white, on the right of the band. */
function drawMotif(document: Document, hue: Hue, box: { x: number; y: number; width: number; height: number }): void {
  const pattern = new RegExp(`<pattern id="${hue}".*?</pattern>`, 's').exec(motifs)?.[0] ?? ''
  const shapes = [...pattern.matchAll(/ d="([^"]+)"/g)].map((match) => match[1] ?? '')
  const circles = [...pattern.matchAll(/<circle cx="(\d+)" cy="(\d+)" r="(\d+)"/g)].map((match) =>
    match.slice(1).map(Number)
  )
  const isLine = pattern.includes('stroke-width')
  const scale = 0.72
  document.save()
  document.rect(box.x, box.y, box.width, box.height).clip()
  document.opacity(0.22)
  for (let y = 0; y < box.height; y += tile * scale) {
    for (let x = 0; x < box.width; x += tile * scale) {
      document.save()
      document.translate(box.x + x, box.y + y).scale(scale)
      document.rect(0, 0, tile, tile).clip()
      for (const shape of shapes) {
        document.path(shape)
        if (isLine) document.lineWidth(13).stroke('#fff')
        else document.fill('#fff')
      }
      for (const [cx = 0, cy = 0, radius = 0] of circles) document.circle(cx, cy, radius).fill('#fff')
      document.restore()
    }
  }
  document.restore()
}

/** « 2 actions réalisées sur 6 », or that there is none yet. */
export function progressOfPoster(statuses: Status[]): Poster['progress'] {
  if (statuses.length === 0) return undefined
  const done = statuses.filter((status) => status === 'realisee').length
  return { sentence: `${countText(done, 'action réalisée', 'actions réalisées')} sur ${statuses.length}`, statuses }
}
