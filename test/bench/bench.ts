/**
 * `npm run bench`: a signed-in reader's pages against `node:http` sending a constant 25 KB, in one run, in turns, medians.
 * The processor time that the server spends on a request is the steadier figure: other work on the machine disturbs it less.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { devNull, tmpdir } from 'node:os'
import path from 'node:path'
import packageFile from '../../package.json' with { type: 'json' }
import { openDatabase } from '../../src/db/database.ts'
import { importFile } from '../../src/media/uploads.ts'
import { linkFolder, makeDatabase, prepareTemplate, startServer } from '../support/prepare.ts'
import { benchFile, benchFiles } from './files.ts'
import { load } from './load.ts'
import type { Ready, Usage, World } from './server.ts'

const rounds = 5
const seconds = 2
const connections = 16
const agreedMegabytes = 200

interface Server extends Ready {
  child: ChildProcess
}

interface Measure {
  perSecond: number
  cpu: number
  median: number
  slowest: number
  bytes: number
}

async function start(name: string, world?: World): Promise<Server> {
  // The site writes its log, as it always does, where it costs no screen.
  const nowhere = openSync(devNull, 'w')
  const child = fork(path.join(import.meta.dirname, 'server.ts'), world ? [JSON.stringify(world)] : [], {
    stdio: ['ignore', nowhere, 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production' },
    execArgv: flagsOfStart()
  })
  closeSync(nowhere)
  const [ready] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`The server « ${name} » ended with code ${code}.`)))
  ])) as [Ready]
  return { ...ready, child }
}

/** Node's flags of `npm start`: what is measured is what runs. */
function flagsOfStart(): string[] {
  return packageFile.scripts.start.split(' ').filter((word) => word.startsWith('--'))
}

async function usageOf({ child }: Server): Promise<Usage> {
  child.send('usage')
  const [usage] = (await once(child, 'message')) as [Usage]
  return usage
}

async function measure(
  server: Server,
  address: string,
  { headers = {}, neverTwice = false }: { headers?: Record<string, string>; neverTwice?: boolean } = {}
): Promise<Measure> {
  const before = await usageOf(server)
  const result = await load({
    port: server.port,
    path: address,
    headers: { ...(server.cookie && { cookie: server.cookie }), ...headers },
    connections,
    seconds,
    neverTwice
  })
  const after = await usageOf(server)
  return {
    perSecond: result.perSecond,
    cpu: (after.cpu - before.cpu) / result.answers,
    median: result.median,
    slowest: result.slowest1Percent,
    bytes: result.bytesPerAnswer
  }
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function medianOf(measures: Measure[]): Measure {
  const of = (key: keyof Measure): number => median(measures.map((measure) => measure[key]))
  return {
    perSecond: of('perSecond'),
    cpu: of('cpu'),
    median: of('median'),
    slowest: of('slowest'),
    bytes: of('bytes')
  }
}

// Made here, so that the memory of the server that is measured holds nothing of it.
const folder = mkdtempSync(path.join(tmpdir(), 'extranet-bench-'))
const uploadsDir = path.join(folder, 'uploads')
const postgres = await startServer()
const template = await prepareTemplate(postgres)
const database = await makeDatabase(postgres.url, template)
linkFolder(template.uploads, uploadsDir)
const filePath = await storeFile()
const floor = await start('floor')
const site = await start('site', { databaseUrl: database.url, uploadsDir })
try {
  const subjects: Record<string, () => Promise<Measure>> = {
    'node:http, 25 KB': () => measure(floor, floor.list),
    'list of actions': () => measure(site, site.list),
    'one sheet': () => measure(site, site.sheet),
    'list, brotli': () => measure(site, site.list, { headers: { 'accept-encoding': 'gzip, br' } }),
    'list, never kept': () => measure(site, site.list, { neverTwice: true }),
    'sheet, never kept': () => measure(site, site.sheet, { neverTwice: true })
  }
  const measures = new Map<string, Measure[]>()
  // The first round warms all of them up, and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, run] of Object.entries(subjects)) {
      const result = await run()
      if (round > 0) measures.set(name, [...(measures.get(name) ?? []), result])
    }
  }
  const { residentMegabytes } = await usageOf(site)
  const file = await benchFiles({
    url: `http://127.0.0.1:${site.port}${filePath}`,
    cookie: site.cookie,
    rounds: 5,
    seconds: 1
  })

  console.log(
    `Node ${process.version}, ${connections} connections, ${rounds} rounds of ${seconds} s in turns, medians\n`
  )
  console.log('                    requests/s   ratio   CPU µs/request   median ms   99 % under   bytes')
  const reference = medianOf(measures.get('node:http, 25 KB') ?? [])
  for (const [name, list] of measures) {
    const result = medianOf(list)
    console.log(
      [
        name.padEnd(18),
        result.perSecond.toFixed(0).padStart(12),
        (result.perSecond / reference.perSecond).toFixed(3).padStart(7),
        result.cpu.toFixed(0).padStart(16),
        result.median.toFixed(1).padStart(11),
        result.slowest.toFixed(1).padStart(12),
        String(result.bytes).padStart(8)
      ].join(' ')
    )
  }
  console.log(`\nresident memory after the load: ${residentMegabytes.toFixed(0)} MB (agreed: ${agreedMegabytes})`)
  console.log(
    `a file by ranges of 1 MiB: ${file.ours.toFixed(0)} MiB/s, node:http from memory ${file.baseline.toFixed(0)} MiB/s, ratio ${file.ratio.toFixed(3)}`
  )
} finally {
  site.child.disconnect()
  floor.child.disconnect()
  await once(site.child, 'exit')
  await database.drop()
  await postgres.stop()
  rmSync(folder, { recursive: true })
}

async function storeFile(): Promise<string> {
  const source = path.join(folder, 'mesure.mp4')
  writeFileSync(source, benchFile())
  const db = openDatabase(database.url)
  const id = await importFile(db, { uploadsDir, path: source, filename: 'mesure.mp4', title: 'Mesure' })
  await db.destroy()
  return `/medias/${id}/mesure.mp4`
}
