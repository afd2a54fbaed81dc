/**
 * `npm run bench:corpus`: what becomes of files that this project did not make, one line each, as a table in Markdown. Ends with 1
 * when one of them ends without a clear state and a sentence. `CORPUS=folder npm run bench:corpus` adds those of a folder.
 */
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { migrate } from '../../src/db/migrate.ts'
import { startJobs } from '../../src/jobs/jobs.ts'
import { startRenditions } from '../../src/media/images/renditions.ts'
import { preparationJobs, watchPreparations } from '../../src/media/preparation/preparations.ts'
import { type MediaKind, RefusedFile } from '../../src/media/types.ts'
import { storeFile } from '../../src/media/uploads.ts'
import { weightText } from '../../src/media/views.ts'
import { countText } from '../../src/web/format.ts'
import { makeDatabase, startServer } from '../support/prepare.ts'
import { type CorpusFile, makeCorpus } from './corpus-files.ts'

const longestWaitMs = 900_000

interface Line {
  file: CorpusFile
  outcome: string
  details: string
  seconds: number
  isClear: boolean
}

const folder = mkdtempSync(path.join(tmpdir(), 'extranet-corpus-'))
const uploadsDir = path.join(folder, 'uploads')
const filesDir = path.join(folder, 'files')
mkdirSync(filesDir)
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
const server = await startServer()
const database = await makeDatabase(server.url)
const lines: Line[] = []
try {
  await migrate(database.url)
  const db = openDatabase(database.url)
  const parts = { db, uploadsDir, log: quiet }
  const renditions = startRenditions(parts)
  const jobs = await startJobs({ databaseUrl: database.url, log: quiet, kinds: preparationJobs(parts) })
  const stopAsking = watchPreparations(parts, jobs)
  const { files, leftOut } = await makeCorpus(filesDir, process.env.CORPUS)
  try {
    // One after the other: the time of each is its own.
    for (const file of files) {
      const line = await follow(db, file)
      lines.push(line)
      console.error(`${line.seconds.toFixed(1).padStart(6)} s  ${line.outcome}  ${path.basename(file.path)}`)
    }
  } finally {
    stopAsking()
    await Promise.all([jobs.stop(), renditions.stop()])
    await db.destroy()
  }
  print(leftOut)
} finally {
  await database.drop()
  await server.stop()
  rmSync(folder, { recursive: true })
}
process.exitCode = lines.every(({ isClear }) => isClear) && lines.length > 0 ? 0 : 1

async function follow(db: Database, file: CorpusFile): Promise<Line> {
  const startedAt = performance.now()
  const since = (): number => (performance.now() - startedAt) / 1000
  const filename = path.basename(file.path)
  let id: number
  let kind: MediaKind
  try {
    const media = await storeFile(db, { uploadsDir, source: { path: file.path }, filename, title: filename })
    ;({ id, kind } = media)
  } catch (error) {
    const isClear = error instanceof RefusedFile
    const details = error instanceof Error ? error.message : String(error)
    return { file, outcome: isClear ? 'refusé' : 'ERREUR', details, seconds: since(), isClear }
  }
  await untilSettled(db, id)
  const seconds = since()
  // The lighter copies of slides are made while they are read, and those of photos before them.
  if (kind === 'image') await untilCopied(db, id)
  const row = await db.selectFrom('media').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const count = async (table: 'slides' | 'renditions'): Promise<number> => {
    const { total } = await db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .where('media_id', '=', id)
      .executeTakeFirstOrThrow()
    return total
  }
  const [slides, made] = [await count('slides'), await count('renditions')]
  const facts = [
    slides > 0 && countText(slides, row.kind === 'pdf' ? 'page' : 'diapositive'),
    made > 0 && countText(made, 'version'),
    row.width && row.height && `${row.width} × ${row.height}`,
    row.duration_seconds && `${row.duration_seconds} s`,
    row.preparation_note
  ]
  const isSettled = row.preparation === 'ready' || row.preparation === 'failed'
  return {
    file,
    outcome: row.preparation === 'ready' ? 'prêt' : row.preparation === 'failed' ? 'échec dit' : 'EN ATTENTE',
    details: facts.filter(Boolean).join(', '),
    seconds,
    isClear: isSettled && (row.preparation === 'ready' || row.preparation_note !== '')
  }
}

async function untilSettled(db: Database, id: number): Promise<void> {
  const giveUpAt = Date.now() + longestWaitMs
  while (Date.now() < giveUpAt) {
    const row = await db.selectFrom('media').select('preparation').where('id', '=', id).executeTakeFirstOrThrow()
    if (row.preparation === 'ready' || row.preparation === 'failed') return
    await sleep(200)
  }
}

async function untilCopied(db: Database, id: number): Promise<void> {
  const giveUpAt = Date.now() + longestWaitMs
  while (Date.now() < giveUpAt) {
    const row = await db.selectFrom('media').select('prepared_at').where('id', '=', id).executeTakeFirstOrThrow()
    if (row.prepared_at !== null) return
    await sleep(200)
  }
}

function print(leftOut: string[]): void {
  const table = [
    '| fichier | d’où | poids | devenir | secondes | ce qu’en dit le site |',
    '|---|---|---|---|---|---|',
    ...lines.map(({ file, outcome, details, seconds }) => {
      const cells = [path.basename(file.path), file.origin, weightText(statSync(file.path).size), outcome]
      return `| ${[...cells, seconds.toFixed(1), details].join(' | ')} |`
    }),
    ...(leftOut.length > 0 ? ['', `Laissés de côté :\n${leftOut.map((why) => `- ${why}`).join('\n')}`] : [])
  ].join('\n')
  console.log(table)
  if (process.env.CORPUS_TABLE) writeFileSync(process.env.CORPUS_TABLE, `${table}\n`)
}
