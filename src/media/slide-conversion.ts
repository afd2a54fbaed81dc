/** Presentations and PDF files as images, one a page, with their words: LibreOffice and poppler behind one function. */
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { readPresentationText, type SlideText } from './presentation-text.ts'
import { findProgram, runProgram } from './programs.ts'

export interface ConvertedSlide extends SlideText {
  /** A PNG of `widthOfSlides` pixels. */
  imagePath: string
}

export type Convertible = 'pptx' | 'ppsx' | 'odp' | 'pdf'

/** What a site can do with the programs of its machine. */
export interface ConversionPrograms {
  soffice: string
  pdftoppm: string
  pdftotext: string
}

export const widthOfSlides = 1600
export const mostSlides = 300

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
): Promise<ConvertedSlide[]> {
  const { folder, type } = file
  const signal = file.signal && { signal: file.signal }
  // Under a name of our own: what a program sees of the site is this folder.
  const original = join(folder, `original.${type}`)
  await copyFile(file.path, original)
  const pdf = type === 'pdf' ? original : await toPdf(programs, original, folder, file.signal)
  const pages = join(folder, 'pages')
  await mkdir(pages)
  await runProgram({
    program: programs.pdftoppm,
    parameters: [
      '-png',
      '-l',
      String(mostSlides),
      '-scale-to-x',
      String(widthOfSlides),
      '-scale-to-y',
      '-1',
      pdf,
      join(pages, 'page')
    ],
    folder,
    longestMs: 4 * minute,
    memoryBytes: 2_000_000_000,
    fileBytes: 50_000_000,
    ...signal
  })
  // « page-007.png »: as many digits as the last needs, so that names sort as pages do.
  const images = (await readdir(pages)).filter((name) => name.endsWith('.png')).sort()
  if (images.length === 0) throw new Error('No page was made.')
  const texts = await textsOf(programs, { type, original, pdf, folder, count: images.length, signal: file.signal })
  return images.map((name, index) => {
    const text = texts[index] ?? { title: '', text: '', notes: '' }
    return {
      ...text,
      title: text.title || `${type === 'pdf' ? 'Page' : 'Diapositive'} ${index + 1}`,
      imagePath: join(pages, name)
    }
  })
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

/** The words of each page; those of a presentation come from the file itself, with its notes. */
async function textsOf(
  programs: ConversionPrograms,
  made: {
    type: Convertible
    original: string
    pdf: string
    folder: string
    count: number
    signal: AbortSignal | undefined
  }
): Promise<SlideText[]> {
  const slides = made.type === 'pdf' ? undefined : await wordsOfPresentation(programs, made)
  // Where they do not agree on what is shown, the words of the pages themselves are right.
  return slides?.length === made.count ? slides : wordsOfPages(programs, made)
}

async function wordsOfPresentation(
  programs: ConversionPrograms,
  made: { type: Convertible; original: string; folder: string; signal: AbortSignal | undefined }
): Promise<SlideText[]> {
  if (made.type !== 'odp') return readPresentationText(made.original)
  // One format is read; LibreOffice turns the other into it.
  await office(programs, made.original, 'pptx', made.folder, made.signal)
  return readPresentationText(made.original.replace(/\.odp$/, '.pptx'))
}

async function wordsOfPages(
  programs: ConversionPrograms,
  made: { pdf: string; folder: string; count: number; signal: AbortSignal | undefined }
): Promise<SlideText[]> {
  const text = await runProgram({
    program: programs.pdftotext,
    parameters: ['-enc', 'UTF-8', '-l', String(mostSlides), made.pdf, '-'],
    folder: made.folder,
    longestMs: minute,
    memoryBytes: 1_000_000_000,
    ...(made.signal && { signal: made.signal })
  })
  return text
    .split('\f')
    .slice(0, made.count)
    .map((page) => {
      const [title = '', ...rest] = page
        .split('\n')
        .map((line) => line.replaceAll(/\s+/g, ' ').trim())
        .filter((line) => line !== '')
      return { title: title.slice(0, 200), text: rest.join('\n'), notes: '' }
    })
}
