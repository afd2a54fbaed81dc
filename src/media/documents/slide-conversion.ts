/** Presentations and PDF files as images, one a page, with their words: LibreOffice and poppler behind one function. */
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findProgram, runProgram } from '../preparation/programs.ts'
import { readPresentationText, type SlideText } from './presentation-text.ts'

export interface ConvertedSlide extends SlideText {
  /** A JPEG, at most as large as `longestSide` says. */
  imagePath: string
}

export interface ConvertedFile {
  slides: ConvertedSlide[]
  /** Of the whole file: its last pages may have no image. */
  pageCount: number
  /** The words of the pages that have no image; empty when all have one. */
  otherWords: string
  /** How many pages hold words of their own. */
  textPages: number
}

export type Convertible = 'pptx' | 'ppsx' | 'odp' | 'pdf'

/** What a site can do with the programs of its machine. */
export interface ConversionPrograms {
  soffice: string
  pdftoppm: string
  pdftotext: string
}

/** In pixels. A page of a magazine is read closer than a slide, and is higher than wide. */
const longestSide: Record<'pdf' | 'presentation', number> = { pdf: 2000, presentation: 1600 }
/** Beyond, a page of the site would weigh too much for a phone: the file itself is opened. */
const mostPages: Record<'pdf' | 'presentation', number> = { pdf: 60, presentation: 120 }
const mostPagesOfWords = 1000
// Fewer are the number of a page, or the stamp of a scanner.
const fewestLetters = 20
const longestText = 20_000
// As many as the processors of a small server.
const slices = 2

const minute = 60_000

/** The programs of this machine; undefined when one is missing: files are then downloaded, and their words read all the same. */
export function findConversionPrograms(): ConversionPrograms | undefined {
  const soffice = findProgram('soffice')
  const pdftoppm = findProgram('pdftoppm')
  const pdftotext = findProgram('pdftotext')
  return soffice && pdftoppm && pdftotext ? { soffice, pdftoppm, pdftotext } : undefined
}

/**
 * Converts a file, in a folder that is empty and the caller's to remove. Throws when a program cannot
 * do its part.
 */
export async function convertSlides(
  programs: ConversionPrograms,
  file: { path: string; type: Convertible; folder: string; signal?: AbortSignal }
): Promise<ConvertedFile> {
  const { folder, type } = file
  // Under a name of our own: what a program sees of the site is this folder.
  const original = join(folder, `original.${type}`)
  await copyFile(file.path, original)
  const pdf = type === 'pdf' ? original : await toPdf(programs, original, folder, file.signal)
  const words = await wordsOfPages(programs, { pdf, folder, signal: file.signal })
  const kind = type === 'pdf' ? 'pdf' : 'presentation'
  const count = Math.min(words.length, mostPages[kind])
  const images = await drawPages(programs, { pdf, folder, count, side: longestSide[kind], signal: file.signal })
  if (images.length === 0) throw new Error('No page was made.')
  const texts = (await wordsOfPresentation(programs, { type, original, folder, signal: file.signal })) ?? words
  // Where they do not agree on what is shown, the words of the pages themselves are right.
  const shown = (texts.length === words.length ? texts : words).map(bounded)
  return {
    pageCount: words.length,
    textPages: words.filter(({ title, text }) => title.length + text.length >= fewestLetters).length,
    otherWords: shown
      .slice(images.length)
      .flatMap(({ title, text, notes }) => [title, text, notes])
      .filter((part) => part !== '')
      .join('\n'),
    slides: images.map((imagePath, index) => {
      const text = shown[index] ?? { title: '', text: '', notes: '' }
      return { ...text, title: text.title || `${type === 'pdf' ? 'Page' : 'Diapositive'} ${index + 1}`, imagePath }
    })
  }
}

/** What PostgreSQL takes (no zero), and no more than anybody reads of one slide. */
function bounded({ title, text, notes }: SlideText): SlideText {
  const cut = (words: string, longest: number): string => words.replaceAll('\0', '').slice(0, longest)
  return { title: cut(title, 200), text: cut(text, longestText), notes: cut(notes, longestText) }
}

/** The first pages as images, drawn by several processes; JPEG takes a ninth of the time of PNG (measured: 0.6 s for 40 slides). */
async function drawPages(
  programs: ConversionPrograms,
  made: { pdf: string; folder: string; count: number; side: number; signal: AbortSignal | undefined }
): Promise<string[]> {
  const pages = join(made.folder, 'pages')
  await mkdir(pages)
  const each = Math.ceil(made.count / slices)
  const firsts = Array.from({ length: slices }, (_, index) => 1 + index * each).filter((first) => first <= made.count)
  await Promise.all(
    firsts.map((first) =>
      runProgram({
        program: programs.pdftoppm,
        parameters: [
          ...['-jpeg', '-jpegopt', 'quality=88'],
          ...['-f', String(first), '-l', String(Math.min(first + each - 1, made.count))],
          ...['-scale-to', String(made.side)],
          made.pdf,
          join(pages, 'page')
        ],
        folder: made.folder,
        folderBytes: 1_000_000_000,
        longestMs: 4 * minute,
        memoryBytes: 2_000_000_000,
        fileBytes: 50_000_000,
        ...(made.signal && { signal: made.signal })
      })
    )
  )
  // « page-007.jpg »: as many digits as the last page needs, so that names sort as pages do.
  const names = (await readdir(pages)).filter((name) => name.endsWith('.jpg')).sort()
  return names.map((name) => join(pages, name))
}

async function toPdf(
  programs: ConversionPrograms,
  original: string,
  folder: string,
  signal?: AbortSignal
): Promise<string> {
  await office(programs, original, 'pdf', folder, signal)
  return original.replace(/\.\w+$/, '.pdf')
}

/** LibreOffice without a screen, with a profile made for this run, where nothing is fetched and nothing is run. */
async function office(
  programs: ConversionPrograms,
  original: string,
  format: 'pdf' | 'pptx',
  folder: string,
  signal?: AbortSignal
): Promise<void> {
  const profile = join(folder, 'profile')
  await mkdir(join(profile, 'user'), { recursive: true })
  await writeFile(join(profile, 'user', 'registrymodifications.xcu'), profileSettings)
  await runProgram({
    program: programs.soffice,
    parameters: [
      `-env:UserInstallation=${pathToFileURL(profile).href}`,
      '--headless',
      '--norestore',
      '--nologo',
      '--nolockcheck',
      '--convert-to',
      format,
      '--outdir',
      folder,
      original
    ],
    folder,
    longestMs: 2 * minute,
    memoryBytes: 4_000_000_000,
    ...(signal && { signal })
  })
}

const setting = (path: string, name: string, value: string): string =>
  `<item oor:path="/org.openoffice.Office.Common/Security/${path}"><prop oor:name="${name}" oor:op="fuse"><value>${value}</value></prop></item>`

const profileSettings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
${setting('Scripting', 'DisableMacrosExecution', 'true')}
${setting('Scripting', 'MacroSecurityLevel', '3')}
${setting('Scripting', 'BlockUntrustedRefererLinks', 'true')}
${setting('Scripting', 'DisableActiveContent', 'true')}
</oor:items>
`

/** The words of each slide, with its notes; undefined for what is no presentation. */
async function wordsOfPresentation(
  programs: ConversionPrograms,
  made: { type: Convertible; original: string; folder: string; signal: AbortSignal | undefined }
): Promise<SlideText[] | undefined> {
  if (made.type === 'pdf') return undefined
  if (made.type !== 'odp') return readPresentationText(made.original)
  // One format is read; LibreOffice turns the other into it.
  await office(programs, made.original, 'pptx', made.folder, made.signal)
  return readPresentationText(made.original.replace(/\.odp$/, '.pptx'))
}

/** One for each page, also when it has no word. */
async function wordsOfPages(
  programs: ConversionPrograms,
  made: { pdf: string; folder: string; signal: AbortSignal | undefined }
): Promise<SlideText[]> {
  const text = await runProgram({
    program: programs.pdftotext,
    parameters: ['-enc', 'UTF-8', '-l', String(mostPagesOfWords), made.pdf, '-'],
    folder: made.folder,
    longestMs: minute,
    memoryBytes: 1_000_000_000,
    ...(made.signal && { signal: made.signal })
  })
  // Each page ends with a form feed.
  return text
    .split('\f')
    .slice(0, -1)
    .map((page) => {
      const [title = '', ...rest] = page
        .split('\n')
        .map((line) => line.replaceAll(/\s+/g, ' ').trim())
        .filter((line) => line !== '')
      return { title: title.slice(0, 200), text: rest.join('\n'), notes: '' }
    })
}
