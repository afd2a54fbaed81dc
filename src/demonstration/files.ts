/** The files of the demonstration, and how they enter the media library. */
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Database } from '../db/database.ts'
import { addSlides, importFile } from '../media/uploads.ts'

const folder = join(import.meta.dirname, 'files')

const manifestSchema = z.array(z.object({ file: z.string(), title: z.string(), alt: z.string() }))
const deckSchema = z.object({
  title: z.string(),
  slides: z.array(z.object({ file: z.string(), title: z.string(), text: z.string(), notes: z.string() }))
})
const issueSchema = z.object({
  title: z.string(),
  season: z.string(),
  summary: z.string(),
  articles: z.array(z.object({ title: z.string(), html: z.string() }))
})

/** What the software does not measure by itself. */
const lengths: Record<string, { duration_seconds: number } | { page_count: number }> = {
  'video-presentation.mp4': { duration_seconds: 29 },
  'video-culture.mp4': { duration_seconds: 10 },
  'deck-culture.pptx': { page_count: 8 },
  'deck-education.pptx': { page_count: 5 },
  'bilan-de-la-consultation-2021.pdf': { page_count: 2 },
  'charte-de-l-accueil.pdf': { page_count: 2 },
  'entre-nous-1.pdf': { page_count: 5 },
  'entre-nous-2.pdf': { page_count: 5 },
  'entre-nous-3.pdf': { page_count: 5 },
  'entre-nous-4.pdf': { page_count: 6 },
  'feuille-de-route-du-projet-d-administration.pdf': { page_count: 2 },
  'guide-du-teletravail.pdf': { page_count: 2 }
}

export type ManifestEntry = z.infer<typeof manifestSchema>[number]

export function listFiles(): string[] {
  return readdirSync(folder)
}

export async function readManifest(): Promise<Map<string, ManifestEntry>> {
  const entries = await readJson('manifest.json', manifestSchema)
  return new Map(entries.map((entry) => [entry.file, entry]))
}

/** The magazine as it is read in the page: what its PDF is made of too. */
export async function readIssue(number: number) {
  const { articles, ...issue } = await readJson(`entre-nous-${number}.json`, issueSchema)
  return { ...issue, body: articles.map(({ title, html }) => `<h2>${title}</h2>\n${html}`).join('\n') }
}

export type MediaIds = (file: string) => number

/** Stores the named files and what goes with them (posters, captions, slides), and tells under which number each is found. */
export async function importFiles(trx: Database, uploadsDir: string, files: Iterable<string>): Promise<MediaIds> {
  const manifest = await readManifest()
  const ids = new Map<string, number>()

  async function importOnce(file: string): Promise<number> {
    const known = ids.get(file)
    if (known !== undefined) return known
    const words = manifest.get(file)
    if (!words) throw new Error(`manifest.json does not speak of ${file}.`)
    const id = await importFile(trx, {
      uploadsDir,
      path: join(folder, file),
      filename: file,
      title: words.title,
      alt: /\.(jpg|webp)$/.test(file) ? words.alt : null,
      demonstration: true,
      ...lengths[file],
      ...(file.endsWith('.mp4') && (await companionsOf(file)))
    })
    ids.set(file, id)
    if (file.endsWith('.pptx')) await importSlides(file, id)
    return id
  }

  /** A film comes with its poster, its captions and its transcript, named after it. */
  async function companionsOf(film: string) {
    const name = film.replace(/\.mp4$/, '')
    return {
      poster_id: await importOnce(`${name}-affiche.jpg`),
      captions_id: await importOnce(`${name}.vtt`),
      transcript: await readFile(join(folder, `${name}-transcription.txt`), 'utf8')
    }
  }

  async function importSlides(presentation: string, mediaId: number): Promise<void> {
    const { slides } = await readJson(presentation.replace(/\.pptx$/, '.json'), deckSchema)
    const rows = []
    for (const { file, ...words } of slides) rows.push({ ...words, image_id: await importOnce(file) })
    await addSlides(trx, mediaId, rows)
  }

  // One after the other: they share one connection, and the whole takes about a second.
  for (const file of files) await importOnce(file)
  return (file) => {
    const id = ids.get(file)
    if (id === undefined) throw new Error(`${file} was not imported.`)
    return id
  }
}

async function readJson<Value>(file: string, schema: z.ZodType<Value>): Promise<Value> {
  return schema.parse(JSON.parse(await readFile(join(folder, file), 'utf8')))
}
