/**
 * `npm run bench:kill`: the real site, on a database and a folder of its own, is sent files and killed at random moments, alone
 * and by two. Then: nothing that was acknowledged is lost, nothing is doubled, every file ends ready or failed, and after the
 * sweep nothing is left over. `npm run bench:kill -- 10` kills ten times.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, openSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { devNull, tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { insertSession } from '../../src/accounts/sessions.ts'
import { buildApp } from '../../src/app.ts'
import { openDatabase } from '../../src/db/database.ts'
import { sweepMedia } from '../../src/media/space/sweep.ts'
import { blobPath } from '../../src/media/uploads.ts'
import { linkFolder, makeDatabase, prepareTemplate, startServer, testConfig } from '../support/prepare.ts'

const kills = Number(process.argv[2] ?? 30)
const filesAtMost = 2 * kills
const longestWaitMs = 15 * 60_000
const root = path.join(import.meta.dirname, '../..')
const demonstrationFiles = path.join(root, 'src/demonstration/files')

interface Sent {
  id: number
  /** Undefined for an image, which is written again. */
  sha256: string | undefined
}

/** Files of each kind, made different where that needs no tool. */
function nextFile(index: number): { name: string; bytes: Buffer; isKept: boolean } {
  const read = (name: string) => readFileSync(path.join(demonstrationFiles, name))
  switch (index % 4) {
    case 0:
      return { name: `photo-${index}.jpg`, bytes: read(`album-journee-${(index % 6) + 1}.jpg`), isKept: false }
    case 1:
      return {
        name: `charte-${index}.pdf`,
        bytes: Buffer.concat([read('charte-de-l-accueil.pdf'), Buffer.from(`\n%${randomBytes(8).toString('hex')}\n`)]),
        isKept: true
      }
    case 2:
      return {
        name: `projet-${index}.pptx`,
        bytes: read(index % 8 === 2 ? 'deck-culture.pptx' : 'deck-education.pptx'),
        isKept: true
      }
    default: {
      const box = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('free', 'latin1'), randomBytes(16)])
      return { name: `film-${index}.mp4`, bytes: Buffer.concat([read('video-presentation.mp4'), box]), isKept: true }
    }
  }
}

const folder = mkdtempSync(path.join(tmpdir(), 'extranet-kill-'))
const uploadsDir = path.join(folder, 'uploads')
const postgres = await startServer()
const template = await prepareTemplate(postgres)
const database = await makeDatabase(postgres.url, template)
linkFolder(template.uploads, uploadsDir)
const db = openDatabase(database.url)
const problems: string[] = []

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  return typeof address === 'object' && address ? address.port : 0
}

interface Site {
  child: ChildProcess
  port: number
  ended: Promise<unknown>
}

const sessionKeys = createHash('sha256').update('kill').digest('hex')

async function startSite(): Promise<Site> {
  const port = await freePort()
  const child = spawn(process.execPath, ['src/server.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', openSync(devNull, 'w')],
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      BASE_URL: 'http://localhost:3000',
      DATABASE_URL: database.url,
      UPLOADS_DIR: uploadsDir,
      DATA_DIR: path.join(folder, 'data'),
      SESSION_KEYS: sessionKeys,
      EMAIL_DOMAINS: 'valbrune.example',
      LOG_LEVEL: 'silent'
    }
  })
  const ended = once(child, 'exit')
  await Promise.race([
    once(child.stdout ?? child, 'data'),
    ended.then(() => Promise.reject(new Error('The site ended before it was ready.')))
  ])
  child.stdout?.resume()
  return { child, port, ended }
}

async function kill({ child, ended }: Site): Promise<void> {
  child.kill('SIGKILL')
  await ended
}

async function cookieOfWebmaster(): Promise<string> {
  const config = testConfig({ databaseUrl: database.url, uploadsDir, environment: { SESSION_KEYS: sessionKeys } })
  const app = await buildApp({ config, db, logger: false })
  await app.ready()
  const agent = await db
    .selectFrom('agents')
    .select('id')
    .where('email', 'like', 'ines.caron@%')
    .executeTakeFirstOrThrow()
  const session = await insertSession(db, {
    agentId: agent.id,
    device: 'personnel',
    deviceLabel: 'Mesure',
    replacing: undefined
  })
  const cookie = app.encodeSecureSession(app.createSecureSession({ session }))
  await app.close()
  return `session=${encodeURIComponent(cookie)}`
}

/** Sends files one after the other to whichever process is up; what is answered 201 is acknowledged. */
async function sendFiles(
  sites: () => Site[],
  cookie: string,
  isOver: () => boolean,
  acknowledged: Sent[]
): Promise<void> {
  while (!isOver() && sent < filesAtMost) {
    const site = sites()[Math.floor(Math.random() * sites().length)]
    if (!site) {
      await sleep(50)
      continue
    }
    const { name, bytes, isKept } = nextFile(sent)
    sent += 1
    const body = new FormData()
    body.append('fichiers', new File([bytes], name))
    try {
      const answer = await fetch(`http://127.0.0.1:${site.port}/gestion/mediatheque`, {
        method: 'POST',
        headers: { cookie, origin: 'http://localhost:3000', accept: 'application/json' },
        body
      })
      const { files } = (await answer.json()) as { files: { id: number; taken: boolean; message?: string }[] }
      const [file] = files
      if (file?.taken) {
        acknowledged.push({
          id: file.id,
          sha256: isKept ? createHash('sha256').update(bytes).digest('hex') : undefined
        })
      } else if (answer.status < 500) problems.push(`${name} was refused: ${file?.message}`)
    } catch {
      // Killed while it was sending: nothing was promised.
    }
    await sleep(300 + Math.random() * 900)
  }
}

/** The programs that work in our folder: soffice, ffmpeg… */
function workersAlive(): number {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/cwd`).startsWith(uploadsDir)
    } catch {
      return false
    }
  }).length
}

const isUnderWay = sql<boolean>`preparation in ('waiting', 'working') or (kind = 'image' and prepared_at is null)`

async function countUnderWay(): Promise<number> {
  const { count } = await db
    .selectFrom('media')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where(isUnderWay)
    .executeTakeFirstOrThrow()
  return count
}

function listWorking() {
  return db.selectFrom('media').select(['id', 'preparation_attempts']).where('preparation', '=', 'working').execute()
}

async function untilAllIsMade(): Promise<void> {
  const from = performance.now()
  while ((await countUnderWay()) > 0 && performance.now() - from < longestWaitMs) await sleep(500)
}

/** Kills a process in the middle of a preparation, starts another, and gives how long the file waits to be taken up again. */
async function measureResume(first: Site): Promise<{ seconds: number; site: Site }> {
  let site = first
  // Alone: what waits behind other files says nothing of the kill.
  await untilAllIsMade()
  const deck = await db
    .selectFrom('media')
    .select('id')
    .where('kind', '=', 'presentation')
    .where('author_id', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  for (;;) {
    await db
      .updateTable('media')
      .set({ preparation: 'waiting', preparation_attempts: 0 })
      .where('id', '=', deck?.id ?? 0)
      .execute()
    while ((await listWorking()).length === 0) await sleep(100)
    await kill(site)
    const killedAt = performance.now()
    const cut = await listWorking()
    site = await startSite()
    if (cut.length === 0) continue
    const isCut = async () =>
      (await listWorking()).some(({ id, preparation_attempts }) =>
        cut.some((row) => row.id === id && row.preparation_attempts === preparation_attempts)
      )
    while (await isCut()) await sleep(200)
    return { seconds: (performance.now() - killedAt) / 1000, site }
  }
}

async function check(): Promise<void> {
  const rows = await db.selectFrom('media').select(['id', 'sha256', 'preparation', 'preparation_note']).execute()
  const known = new Map(rows.map((row) => [row.id, row]))
  for (const { id, sha256 } of acknowledged) {
    const row = known.get(id)
    if (!row) problems.push(`File ${id} was acknowledged and has no row.`)
    else if (sha256 && row.sha256 !== sha256) problems.push(`File ${id} has other bytes than those sent.`)
  }
  for (const row of rows) {
    if (row.preparation === 'failed' && row.preparation_note === '')
      problems.push(`File ${row.id} failed without a word.`)
    if (row.preparation !== 'failed' && row.preparation !== 'ready')
      problems.push(`File ${row.id} is ${row.preparation}.`)
  }
  const { rows: named } = await sql<{ sha256: string; size: number }>`
    select sha256, size from media union select sha256, size from renditions`.execute(db)
  for (const { sha256, size } of named) {
    try {
      const bytes = readFileSync(blobPath(uploadsDir, sha256))
      if (bytes.length !== size || createHash('sha256').update(bytes).digest('hex') !== sha256) {
        problems.push(`The bytes of ${sha256} are not its own.`)
      }
    } catch {
      problems.push(`The bytes of ${sha256} are missing.`)
    }
  }
  const { rows: wrongDecks } = await sql<{ id: number }>`
    select media.id from media left join slides on slides.media_id = media.id
    where kind in ('presentation', 'pdf') and preparation = 'ready' and page_count is not null and media.id = any(${acknowledged.map(({ id }) => id)}::integer[])
    group by media.id having count(slides.position) <> max(page_count) or count(distinct slides.image_id) <> count(slides.position)`.execute(
    db
  )
  for (const { id } of wrongDecks) problems.push(`File ${id} has slides too many, or too few.`)
  const { rows: lost } = await sql<{ id: number }>`
    select id from media where title ~ ', [0-9]+$' and trashed_at is null and author_id is null and not demonstration
      and kind = 'image' and not exists (select from slides where image_id = media.id)`.execute(db)
  for (const { id } of lost) problems.push(`Image ${id} is a slide of nothing.`)
}

function left(part: string): string[] {
  return readdirSync(path.join(uploadsDir, part), { recursive: true, encoding: 'utf8' })
}

let sent = 0
const acknowledged: Sent[] = []
let sites: Site[] = []
const begun = performance.now()
try {
  const cookie = await cookieOfWebmaster()
  let isOver = false
  const senders = [0, 1].map(() =>
    sendFiles(
      () => sites,
      cookie,
      () => isOver,
      acknowledged
    )
  )
  const [startTimes, survivors]: [number[], number[]] = [[], []]
  for (let round = 0; round < kills; round += 1) {
    // The second half with two processes at once, of which one is killed.
    const wanted = round < kills / 2 ? 1 : 2
    while (sites.length < wanted) {
      const started = performance.now()
      sites = [...sites, await startSite()]
      startTimes.push(performance.now() - started)
    }
    await sleep(300 + Math.random() * 5000)
    const [victim, ...others] = sites
    sites = others
    if (victim) await kill(victim)
    await sleep(300)
    if (sites.length === 0) survivors.push(workersAlive())
  }
  isOver = true
  await Promise.all(senders)
  const outlived = survivors.filter((count) => count > 0).length
  if (outlived > 0) problems.push(`Programs outlived the site that was killed, ${outlived} times.`)

  const waitedFrom = performance.now()
  if (sites.length === 0) sites = [await startSite()]
  await untilAllIsMade()
  const settledIn = (performance.now() - waitedFrom) / 1000
  const [last = await startSite()] = sites
  const resume = await measureResume(last)
  sites = [resume.site]
  if (resume.seconds > 90) problems.push('A file waited for more than 90 seconds after a kill.')
  await untilAllIsMade()
  for (const site of sites) {
    site.child.kill('SIGTERM')
    await site.ended
  }
  sites = []
  await check()
  const { rows: outcomes } = await sql<{ kind: string; preparation: string; count: number }>`
    select kind, preparation, count(*) as count from media where id = any(${acknowledged.map(({ id }) => id)}::integer[])
    group by 1, 2 order by 1, 2`.execute(db)

  // The trash keeps for a month the slides of preparations that were cut; here it does not.
  await sql`update media set trashed_at = '2020-01-01' where trashed_at is not null`.execute(db)
  const { emptyFileTrash } = await import('../../src/media/trash.ts')
  for (let rounds = 0; rounds < 40; rounds += 1) await emptyFileTrash(db, uploadsDir)
  const sweep = await sweepMedia({ db, uploadsDir }, { ageHours: 0, orphansAtMost: 10_000 })
  if (!sweep || sweep.refusal !== undefined) problems.push(`The sweep refused: ${sweep?.refusal}`)
  const { rows: named } = await sql<{ sha256: string }>`
    select sha256 from media union select sha256 from renditions`.execute(db)
  const stored = left('blobs').filter((name) => name.length > 60).length
  if (stored !== named.length) problems.push(`${stored} files are stored, and rows name ${named.length}.`)
  if (left('tmp').length > 0) problems.push(`Left in the temporary folder: ${left('tmp').join(', ')}`)

  console.log(
    [
      `kills                         ${kills}, half of them with two processes at once`,
      `files sent, acknowledged      ${sent}, ${acknowledged.length}`,
      ...outcomes.map(({ kind, preparation, count }) => `${`  ${kind}, ${preparation}`.padEnd(30)}${count}`),
      `start of a process            ${(startTimes.toSorted((a, b) => a - b)[Math.floor(startTimes.length / 2)] ?? 0).toFixed(0)} ms (median)`,
      `programs that outlived a kill ${survivors.reduce((sum, count) => sum + count, 0)}`,
      `taken up again after a kill   ${resume.seconds.toFixed(1)} s`,
      `everything ready or failed    ${settledIn.toFixed(0)} s after the last kill`,
      `put aside by the sweep        ${sweep?.aside.count} files, ${sweep?.temporary.count} temporary removed`,
      `in all                        ${((performance.now() - begun) / 1000).toFixed(0)} s`,
      problems.length === 0 ? 'No violation.' : `VIOLATIONS:\n${problems.map((problem) => `  ${problem}`).join('\n')}`
    ].join('\n')
  )
  if (problems.length > 0) process.exitCode = 1
} finally {
  for (const { child } of sites) child.kill('SIGKILL')
  await db.destroy()
  await database.drop()
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}
