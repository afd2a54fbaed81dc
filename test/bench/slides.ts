/**
 * `npm run bench:slides`: a presentation of 40 slides sent to the site as it runs (`src/server.ts`, jobs included): how long
 * until a direction's page shows its slides, and how fast readers' pages come meanwhile, and while the light sizes are made.
 * `npm run bench:slides -- 100` sends 100 slides.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { devNull, tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import packageFile from '../../package.json' with { type: 'json' }
import { insertSession } from '../../src/accounts/sessions.ts'
import { buildApp } from '../../src/app.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { makeDeck } from '../support/decks.ts'
import { linkFolder, makeDatabase, prepareTemplate, startServer, testConfig } from '../support/prepare.ts'

const slides = Number(process.argv[2] ?? 40)
const agreedSeconds = 60
const agreedMilliseconds = 300
const betweenRequestsMs = 40
const longestSeconds = 180
const port = 20_000 + (process.pid % 20_000)
const origin = `http://localhost:${port}`

const folder = mkdtempSync(path.join(tmpdir(), 'extranet-slides-'))
const uploadsDir = path.join(folder, 'uploads')
const environment = {
  PORT: String(port),
  BASE_URL: origin,
  SMTP_URL: 'smtp://127.0.0.1:1',
  MAIL_FROM: 'site@valbrune.example',
  DATA_DIR: path.join(folder, 'data'),
  DEMO_CONTENT: 'false',
  LOG_LEVEL: 'info'
}

/** Cookies that the site will take: it has the same keys. */
async function cookiesOf(db: Database, databaseUrl: string): Promise<{ reader: string; webmaster: string }> {
  const app = await buildApp({ config: testConfig({ databaseUrl, uploadsDir, environment }), db })
  await app.ready()
  const cookieOf = async (as: string): Promise<string> => {
    const { id: agentId } = await db
      .selectFrom('agents')
      .select('id')
      .where('email', 'like', `${as}@%`)
      .executeTakeFirstOrThrow()
    const session = await insertSession(db, {
      agentId,
      device: 'personnel',
      deviceLabel: 'Mesure',
      replacing: undefined
    })
    return `session=${encodeURIComponent(app.encodeSecureSession(app.createSecureSession({ session })))}`
  }
  const cookies = { reader: await cookieOf('camille.robin'), webmaster: await cookieOf('ines.caron') }
  await app.close()
  return cookies
}

async function page(address: string, cookie: string): Promise<{ text: string; ms: number }> {
  const startedAt = performance.now()
  const answer = await fetch(`${origin}${address}`, { headers: { cookie } })
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`${address} was answered ${answer.status}.`)
  return { text, ms: performance.now() - startedAt }
}

async function send(file: string, cookie: string): Promise<number> {
  const form = new FormData()
  form.append('dossier', '')
  form.append('fichiers', new Blob([readFileSync(file)]), path.basename(file))
  const answer = await fetch(`${origin}/gestion/mediatheque`, {
    method: 'POST',
    body: form,
    headers: { cookie, origin, accept: 'application/json' }
  })
  const { files } = (await answer.json()) as { files: { id?: number }[] }
  const id = files[0]?.id
  if (!id) throw new Error(`The deck was answered ${answer.status}.`)
  return id
}

/** Asks for a page again and again, until it is stopped; each time for one that no memory holds. */
function readSteadily(address: string, cookie: string): { times: number[]; stop: () => Promise<void> } {
  const times: number[] = []
  let isReading = true
  const reading = (async () => {
    for (let count = 0; isReading; count += 1) {
      times.push((await page(`${address}?fois=${count}`, cookie)).ms)
      await sleep(betweenRequestsMs)
    }
  })()
  return {
    times,
    stop: () => {
      isReading = false
      return reading
    }
  }
}

function tell(when: string, times: number[]): number {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  console.log(
    `${when}: ${times.length} pages, p50 ${at(0.5).toFixed(0)} ms, p95 ${at(0.95).toFixed(0)} ms, max ${at(1).toFixed(0)} ms (agreed: p95 < ${agreedMilliseconds}).`
  )
  return at(0.95)
}

const postgres = await startServer()
const template = await prepareTemplate(postgres)
const database = await makeDatabase(postgres.url, template)
linkFolder(template.uploads, uploadsDir)
const db = openDatabase(database.url)
const cookies = await cookiesOf(db, database.url)
const deck = makeDeck(folder, slides)
const nowhere = openSync(devNull, 'w')
const { sessionKeys } = testConfig({ databaseUrl: database.url, uploadsDir })
const flags = packageFile.scripts.start.split(' ').filter((word) => word.startsWith('--'))
const child = spawn(process.execPath, [...flags, 'src/server.ts'], {
  cwd: path.join(import.meta.dirname, '../..'),
  stdio: ['ignore', nowhere, 'inherit'],
  env: {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    EMAIL_DOMAINS: 'valbrune.example',
    SESSION_KEYS: sessionKeys.map((key) => key.toString('hex')).join(','),
    DATABASE_URL: database.url,
    UPLOADS_DIR: uploadsDir,
    ...environment
  }
})
closeSync(nowhere)
try {
  while (!(await fetch(`${origin}/readyz`).catch(() => undefined))?.ok) await sleep(100)
  const direction = await db
    .selectFrom('directions')
    .select(['id', 'slug'])
    .where('published_at', 'is not', null)
    .limit(1)
    .executeTakeFirstOrThrow()
  const address = `/directions/${direction.slug}`
  await page('/engagements', cookies.reader)

  const reading = readSteadily('/engagements', cookies.reader)
  const startedAt = performance.now()
  const mediaId = await send(deck, cookies.webmaster)
  const sentAt = performance.now()
  await db.insertInto('direction_media').values({ direction_id: direction.id, media_id: mediaId, order: 99 }).execute()
  const seconds = (since: number): number => (performance.now() - since) / 1000
  while (!(await page(address, cookies.reader)).text.includes(`id="diapositive-${mediaId}-${slides}"`)) {
    if (seconds(startedAt) > longestSeconds) throw new Error('The slides never came.')
    await sleep(250)
  }
  const readable = seconds(sentAt)
  await reading.stop()
  console.log(
    `${slides} slides, ${(readFileSync(deck).length / 1e6).toFixed(1)} MB, sent in ${((sentAt - startedAt) / 1000).toFixed(1)} s.`
  )
  console.log(`Read in the page ${readable.toFixed(1)} s after it was sent (agreed: <= ${agreedSeconds} s for 40).`)
  const until = tell('Meanwhile', reading.times)

  const after = readSteadily('/engagements', cookies.reader)
  const lightAt = performance.now()
  for (;;) {
    const { left } = await db
      .selectFrom('media')
      .select((eb) => eb.fn.countAll<number>().as('left'))
      .where('kind', '=', 'image')
      .where('prepared_at', 'is', null)
      .executeTakeFirstOrThrow()
    if (left === 0 || seconds(lightAt) > longestSeconds) break
    await sleep(500)
  }
  await after.stop()
  console.log(`The light sizes are made ${seconds(lightAt).toFixed(1)} s later, those of the demonstration included.`)
  const then = tell('While they were made', after.times)
  if (readable > agreedSeconds || Math.max(until, then) > agreedMilliseconds) process.exitCode = 1
} finally {
  if (child.exitCode === null) {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  await db.destroy()
  await database.drop()
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}
