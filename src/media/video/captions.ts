/**
 * Captions: read from WebVTT and SRT files as the tools of the world write them, written as WebVTT, and what keeps people from
 * following them.
 */
import { numberText } from '../../web/format.ts'
import { decodeEntities } from '../../web/rich-text.ts'
import { filmTimeText, readFilmTime, vttTime } from './film-time.ts'

/** Words, and when they are on the screen, in thousandths of a second. */
export interface Caption {
  start: number
  end: number
  text: string
}

/** A line of the editor, as typed. */
export interface CaptionLine {
  start: string
  end: string
  text: string
}

export const mostCaptions = 3000
const longestCaptionText = 500
/** What stays on the screen is read in one look: two lines of forty-two characters. */
const longestLine = 42
const mostLines = 2
const charactersInSecond = 17
const shortestMs = 700

/** The captions of a file, whether WebVTT or SRT; undefined when there is none in it. */
export function readCaptions(content: string): Caption[] | undefined {
  const text = content.replace(/^\ufeff/, '').replaceAll(/\r\n?/g, '\n')
  const captions: Caption[] = []
  for (const block of text.split(/\n(?:[ \t]*\n)+/)) {
    const lines = block.split('\n')
    const timing = lines.findIndex((line) => line.includes('-->'))
    if (timing === -1 || timing > 1) continue
    const [from = '', to = ''] = (lines[timing] ?? '').split('-->')
    const start = readFilmTime(from)
    // What follows the time of the end says where on the screen: editors of captions do without.
    const end = readFilmTime(to.trim().split(/\s+/)[0] ?? '')
    const words = plainText(lines.slice(timing + 1).join('\n'))
    if (start === undefined || end === undefined || words === '') continue
    captions.push({ start, end, text: words })
    if (captions.length > mostCaptions) return undefined
  }
  return captions.length > 0 ? captions : undefined
}

/** Without the marks of style; who speaks is told as in a play. */
function plainText(text: string): string {
  return decodeEntities(
    text
      // None of these looks beyond the next mark: a file of a million of them is read as fast as another.
      .replaceAll(/<v(?:\.[^\s<>]*)?\s([^<>]*)>/g, (_mark, name: string) => `${name.trim()}\u00a0: `)
      .replaceAll(/<\/?[^<>]*>/g, '')
      .replaceAll(/\{\\[^{}]*\}/g, '')
      .replaceAll('&nbsp;', '\u00a0')
  )
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join('\n')
    .slice(0, longestCaptionText)
}

/** Captions that overlap, as automatic ones do, follow each other: each ends when the next begins. */
export function withoutOverlaps(captions: Caption[]): Caption[] {
  const sorted = captions.toSorted((a, b) => a.start - b.start)
  return sorted.map((caption, index) => {
    const next = sorted[index + 1]
    return next && next.start > caption.start && caption.end > next.start ? { ...caption, end: next.start } : caption
  })
}

export function writeCaptions(captions: Caption[]): string {
  const blocks = captions.map(({ start, end, text }) => `${vttTime(start)} --> ${vttTime(end)}\n${escaped(text)}\n`)
  return ['WEBVTT\n', ...blocks].join('\n')
}

/** Without the arrow: in a text, it would be read as a time. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

export function linesOf(captions: Caption[]): CaptionLine[] {
  return captions.map(({ start, end, text }) => ({ start: filmTimeText(start), end: filmTimeText(end), text }))
}

export interface LineProblem {
  /** Where the line stands among those that were typed, blank ones included. */
  index: number
  part: 'start' | 'end' | 'text'
  message: string
}

const tooMany = `Une vidéo a ${numberText(mostCaptions)} sous-titres au plus\u00a0: réunissez-en, ou faites deux vidéos.`
const unreadable = 'Écrivez un temps comme 1:02,5 (minutes, secondes, dixièmes).'

/** The captions that these lines say, in the order of the film, or what is wrong with each. Blank lines say nothing. */
export function checkLines(
  lines: CaptionLine[],
  durationSeconds: number | null
): { captions: Caption[]; problems: LineProblem[] } {
  const problems: LineProblem[] = []
  const read: (Caption & { index: number })[] = []
  const refuse = (index: number, part: LineProblem['part'], message: string): void => {
    problems.push({ index, part, message })
  }
  for (const [index, line] of lines.entries()) {
    if (isBlankLine(line)) continue
    const start = readFilmTime(line.start)
    const end = readFilmTime(line.end)
    const text = normalised(line.text)
    if (start === undefined) refuse(index, 'start', unreadable)
    if (end === undefined) refuse(index, 'end', unreadable)
    if (text === '') refuse(index, 'text', 'Écrivez ce qui se dit, ou supprimez cette ligne.')
    if (text.length > longestCaptionText) {
      refuse(index, 'text', `Ce sous-titre est trop long\u00a0: ${longestCaptionText} caractères au plus.`)
    }
    if (start === undefined || end === undefined) continue
    if (end <= start) refuse(index, 'end', 'La fin doit venir après le début.')
    // The duration of the film is known to the second.
    else if (durationSeconds !== null && start >= (durationSeconds + 1) * 1000) {
      refuse(index, 'start', `La vidéo finit à ${filmTimeText(durationSeconds * 1000)}.`)
    }
    read.push({ start, end, text, index })
  }
  const first = read[mostCaptions]
  if (first) refuse(first.index, 'text', tooMany)
  // Whoever adds a forgotten sentence may write it on the last line.
  const sorted = read.toSorted((a, b) => a.start - b.start || a.index - b.index)
  for (const [order, caption] of sorted.entries()) {
    const before = sorted[order - 1]
    if (before && caption.start < before.end && before.end > before.start) {
      const message = `Le sous-titre d’avant finit à ${filmTimeText(before.end)}\u00a0: deux ne s’affichent pas ensemble.`
      if (!problems.some(({ index, part }) => index === caption.index && part === 'start')) {
        refuse(caption.index, 'start', message)
      }
    }
  }
  const captions = sorted.map(({ start, end, text }) => ({ start, end, text }))
  return { captions, problems: problems.toSorted((a, b) => a.index - b.index) }
}

export function isBlankLine({ start, end, text }: CaptionLine): boolean {
  return [start, end, text].every((part) => part.trim() === '')
}

/** A blank line would end the caption in the file. */
function normalised(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.replaceAll(/[\p{Cc}\s]+/gu, (spaces) => (spaces === '\u00a0' ? spaces : ' ')).trim())
    .filter(Boolean)
    .join('\n')
}

/** What would make a line easier to follow, in a sentence; undefined when it is well. */
export function adviceOnLine(line: CaptionLine): string | undefined {
  const text = normalised(line.text)
  const rows = text.split('\n')
  if (rows.length > mostLines) return `${rows.length} lignes\u00a0: gardez-en deux, ou faites deux sous-titres.`
  const longest = Math.max(...rows.map((row) => row.length))
  if (longest > longestLine) {
    return `Une ligne de ${longest} caractères\u00a0: coupez-la avant ${longestLine}, elle tiendra sur un téléphone.`
  }
  const [start, end] = [readFilmTime(line.start), readFilmTime(line.end)]
  if (start === undefined || end === undefined || end <= start) return undefined
  const perSecond = Math.round((text.replaceAll('\n', ' ').length * 1000) / (end - start))
  if (perSecond > charactersInSecond) {
    return `Trop rapide à lire\u00a0: ${perSecond} caractères par seconde, ${charactersInSecond} au plus. Raccourcissez le texte, ou laissez-le plus longtemps.`
  }
  return end - start < shortestMs ? 'À l’écran moins d’une seconde\u00a0: peu de gens auront le temps.' : undefined
}

const longestParagraph = 500
const pauseMs = 2000

/** Captions as a text to read: a silence, or the end of a sentence once there is enough, begins a paragraph. */
export function transcriptOf(captions: Caption[]): string {
  const paragraphs: string[] = []
  let current = ''
  for (const [index, { start, text }] of captions.entries()) {
    const before = captions[index - 1]
    const words = text.replaceAll('\n', ' ')
    const isEnough = current.length > longestParagraph / 2 && /[.!?…»]\s*$/.test(current)
    const isPause = before !== undefined && start - before.end >= pauseMs && /[.!?…»\])]\s*$/.test(current)
    if (current !== '' && (isEnough || isPause || current.length > longestParagraph * 2)) {
      paragraphs.push(current)
      current = ''
    }
    current = current === '' ? words : `${current} ${words}`
  }
  if (current !== '') paragraphs.push(current)
  return paragraphs.join('\n\n')
}
