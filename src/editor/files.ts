/** The files of the media library, as the editor shows and proposes them. */

export type FileKind = 'image' | 'video' | 'document'

/** As src/media/choices-routes.ts gives it. */
export interface FileChoice {
  id: number
  title: string
  type: string
  thumbnail: string | null
  /** Of an image: null while nobody decided. */
  alt: string | null
  note: string | null
}

const address = '/gestion/mediatheque/choix'

/** The files that match, the newest first; undefined when the site does not answer. */
export function searchFiles(kind: FileKind, words: string): Promise<FileChoice[] | undefined> {
  return ask(new URLSearchParams({ genre: kind, q: words }))
}

async function ask(query: URLSearchParams): Promise<FileChoice[] | undefined> {
  try {
    // Who was signed out meanwhile is sent to another page: that is no answer.
    const response = await fetch(`${address}?${query}`, { headers: { accept: 'application/json' }, redirect: 'manual' })
    if (!response.ok) return undefined
    const { files } = (await response.json()) as { files: FileChoice[] }
    for (const file of files) known.set(file.id, file)
    return files
  } catch {
    return undefined
  }
}

const known = new Map<number, FileChoice>()
let waiting = new Map<number, ((file: FileChoice | 'gone' | undefined) => void)[]>()

/** One file, told apart when the site says that it is gone and when the site says nothing. A text asks for all its files at once. */
export function findFile(id: number): Promise<FileChoice | 'gone' | undefined> {
  const file = known.get(id)
  if (file) return Promise.resolve(file)
  if (waiting.size === 0) setTimeout(askForAll)
  return new Promise((answered) => {
    waiting.set(id, [...(waiting.get(id) ?? []), answered])
  })
}

async function askForAll(): Promise<void> {
  const asked = waiting
  waiting = new Map()
  const files = await ask(new URLSearchParams([...asked.keys()].map((id) => ['id', String(id)])))
  for (const [id, answers] of asked) {
    for (const answer of answers) answer(files && (known.get(id) ?? 'gone'))
  }
}
