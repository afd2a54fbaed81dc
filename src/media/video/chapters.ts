/** The chapters of a film: where each begins, and what it is called. */
import { z } from 'zod'
import { writeCaptions } from './captions.ts'
import { filmTimeText, readFilmTime } from './film-time.ts'

export interface Chapter {
  /** In seconds. */
  at: number
  title: string
}

const mostChapters = 100
const longestTitle = 120

const stored = z.array(z.object({ at: z.number().min(0), title: z.string() }))

/** What the column holds. */
export function chaptersOf(value: unknown): Chapter[] {
  return stored.safeParse(value).data ?? []
}

/** As typed: « 2:15 Le budget », one a line. */
export function chaptersText(chapters: Chapter[]): string {
  return chapters.map(({ at, title }) => `${filmTimeText(Math.round(at * 1000))} ${title}`).join('\n')
}

/** The chapters that a text says, in the order of the film, or what is wrong with it in a sentence. */
export function readChapters(
  text: string,
  durationSeconds: number | null
): { chapters: Chapter[]; problem: string | undefined } {
  const chapters: Chapter[] = []
  const refuse = (problem: string) => ({ chapters: [], problem })
  const lines = text
    .split(/\r\n?|\n/)
    .map((line, index) => ({ number: index + 1, words: line.trim() }))
    .filter(({ words }) => words !== '')
  if (lines.length > mostChapters) return refuse(`Il y a trop de chapitres\u00a0: ${mostChapters} au plus.`)
  for (const { number, words } of lines) {
    const [time = '', ...rest] = words.split(/\s+/)
    const ms = readFilmTime(time)
    const title = rest.join(' ').replace(/^[-–—:]\s*/, '')
    if (ms === undefined || title === '') {
      return refuse(`Ligne ${number}\u00a0: écrivez un temps puis un titre, comme «\u00a02:15 Le budget\u00a0».`)
    }
    if (title.length > longestTitle) {
      return refuse(`Ligne ${number}\u00a0: ce titre est trop long, ${longestTitle} caractères au plus.`)
    }
    if (durationSeconds !== null && ms >= durationSeconds * 1000 && ms > 0) {
      return refuse(`Ligne ${number}\u00a0: la vidéo finit à ${filmTimeText(durationSeconds * 1000)}.`)
    }
    chapters.push({ at: ms / 1000, title })
  }
  const sorted = chapters.toSorted((a, b) => a.at - b.at)
  const twice = sorted.find(({ at }, index) => sorted[index + 1]?.at === at)
  if (twice) return refuse(`Deux chapitres commencent à ${filmTimeText(twice.at * 1000)}.`)
  return { chapters: sorted, problem: undefined }
}

/** Those of the film itself that the page of its words could take back: whatever else it says would stop every later save. */
export function readableChapters(chapters: Chapter[], durationSeconds: number): Chapter[] {
  const read = chapters.flatMap(({ at, title }) => {
    const words = title
      .replaceAll(/[\p{Cc}\s]+/gu, ' ')
      .trim()
      .slice(0, longestTitle)
    const line = `${filmTimeText(Math.round(at * 1000))} ${words.replace(/[\ud800-\udbff]$/, '')}`
    return readChapters(line, durationSeconds).chapters
  })
  return [...new Map(read.map((chapter) => [chapter.at, chapter])).values()]
    .toSorted((a, b) => a.at - b.at)
    .slice(0, mostChapters)
}

/** As a track of the player: a chapter ends where the next begins. */
export function chaptersTrack(chapters: Chapter[], durationSeconds: number | null): string {
  return writeCaptions(
    chapters.map(({ at, title }, index) => ({
      start: Math.round(at * 1000),
      end: Math.round((chapters[index + 1]?.at ?? Math.max(durationSeconds ?? 0, at + 1)) * 1000),
      text: title
    }))
  )
}
