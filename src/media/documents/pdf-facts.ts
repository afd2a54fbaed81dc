/** What a PDF says of itself (poppler, qpdf): its title, its language, whether screen readers find a structure in it. */
import { findProgram, runProgram } from '../preparation/programs.ts'

export interface PdfFacts {
  /** Empty when it has none; undefined, here and below: nothing could tell. */
  title: string | undefined
  language: string | undefined
  isTagged: boolean | undefined
  pageCount: number | undefined
}

interface Asked {
  path: string
  folder: string
  signal?: AbortSignal
}

/** Each fact for itself: a program that is missing, or that fails, leaves its own unknown. */
export async function readPdfFacts(asked: Asked): Promise<PdfFacts> {
  const [information, language] = await Promise.all([
    informationOf(asked).catch(() => undefined),
    languageOf(asked).catch(() => undefined)
  ])
  const pages = Number(information?.get('Pages'))
  return {
    title: information && (information.get('Title') ?? '').slice(0, 300),
    language,
    isTagged: information && information.get('Tagged') === 'yes',
    pageCount: pages > 0 ? pages : undefined
  }
}

/** Lines « Name:   value ». */
async function informationOf(asked: Asked): Promise<Map<string, string> | undefined> {
  const pdfinfo = findProgram('pdfinfo')
  if (!pdfinfo) return undefined
  const printed = await run(pdfinfo, ['-enc', 'UTF-8', asked.path], asked)
  return new Map(
    printed.split('\n').flatMap((line) => {
      const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? []
      return name ? [[name, value.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim()] as const] : []
    })
  )
}

/** The language of the whole document, which its catalogue names. */
async function languageOf(asked: Asked): Promise<string | undefined> {
  const qpdf = findProgram('qpdf')
  if (!qpdf) return undefined
  const object = async (name: string): Promise<string> =>
    run(qpdf, ['--warning-exit-0', '--json=2', '--json-key=qpdf', `--json-object=${name}`, asked.path], asked)
  const root = /"\/Root":\s*"(\d+) \d+ R"/.exec(await object('trailer'))?.[1]
  if (!root) return undefined
  // « u: » stands before a text, « b: » before bytes that are none.
  const language = /^ {10}"\/Lang":\s*"u:([^"\\]*)"/m.exec(await object(root))?.[1] ?? ''
  return language.trim().slice(0, 40)
}

function run(program: string, parameters: string[], { folder, signal }: Asked): Promise<string> {
  return runProgram({
    program,
    parameters,
    folder,
    longestMs: 30_000,
    memoryBytes: 1_000_000_000,
    ...(signal && { signal })
  })
}
