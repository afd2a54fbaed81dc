/**
 * `npm run bench:upload`: a film of 1.5 GB sent in several times, cut at 40 %, resumed, kept. What the server needs for it, and
 * whether the bytes that it keeps are those that were sent. `npm run bench:upload -- 300` sends 300 MB.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, mkdtempSync, openSync, readdirSync, rmSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { devNull, tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import packageFile from '../../package.json' with { type: 'json' }
import { blobPath } from '../../src/media/uploads.ts'
import { linkFolder, makeDatabase, prepareTemplate, startServer } from '../support/prepare.ts'
import type { Ready, Usage } from './server.ts'

const megabyte = 1_000_000
const filmBytes = Number(process.argv[2] ?? 1500) * megabyte
/** What browsers put in one request: public/js/upload-send.js. */
const partBytes = 16 * 1024 * 1024
const agreedMegabytes = 60

const folder = mkdtempSync(path.join(tmpdir(), 'extranet-upload-'))
const uploadsDir = path.join(folder, 'uploads')
const film = path.join(folder, 'film.mp4')

/** A film whose pictures are noise: what comes before them is enough for it to be whole. */
async function makeFilm(): Promise<string> {
  const hash = createHash('sha256')
  const file = await open(film, 'w')
  const write = async (bytes: Buffer): Promise<void> => {
    hash.update(bytes)
    await file.writeFile(bytes)
  }
  const header = Buffer.alloc(100)
  header.writeUInt32BE(1000, 12)
  header.writeUInt32BE(600_000, 16)
  const before = Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2', 'latin1')),
    box('moov', box('mvhd', header))
  ])
  const pictures = filmBytes - before.length
  const opening = Buffer.from('\0\0\0\0mdat', 'latin1')
  opening.writeUInt32BE(pictures)
  await write(Buffer.concat([before, opening]))
  const noise = randomBytes(4 * megabyte)
  for (let left = pictures - opening.length, count = 0; left > 0; left -= noise.length, count += 1) {
    noise.writeUInt32BE(count)
    await write(noise.subarray(0, Math.min(noise.length, left)))
  }
  await file.close()
  return hash.digest('hex')
}

function box(type: string, content: Buffer): Buffer {
  const head = Buffer.from(`\0\0\0\0${type}`, 'latin1')
  head.writeUInt32BE(8 + content.length)
  return Buffer.concat([head, content])
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file, { highWaterMark: megabyte }), hash)
  return hash.digest('hex')
}

/** The address that the site believes to be its own: only what comes from there may change something. */
const origin = 'http://localhost:3000'

type Client = Pick<Ready, 'port' | 'cookie'>

function ask({ port, cookie }: Client, method: string, address: string, headers: Record<string, string | number> = {}) {
  return httpRequest({
    host: '127.0.0.1',
    port,
    path: address,
    method,
    headers: { cookie, origin, 'tus-resumable': '1.0.0', accept: 'application/json', ...headers }
  })
}

async function answerOf(request: ReturnType<typeof ask>): Promise<{ response: IncomingMessage; text: string }> {
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  let text = ''
  for await (const chunk of response) text += String(chunk)
  return { response, text }
}

/** Sends from `offset` and says when it is through; cut short, only when the connection is gone. */
async function sendPart(client: Client, address: string, offset: number, bytes: number, cutAt = bytes): Promise<void> {
  const request = ask(client, 'PATCH', address, {
    'content-type': 'application/offset+octet-stream',
    'upload-offset': offset,
    'content-length': bytes
  })
  // Not once(): it fails with the error that cutting short is.
  const gone = new Promise((done) => request.on('close', done))
  request.on('error', () => undefined)
  const part = createReadStream(film, {
    start: offset,
    end: offset + Math.min(bytes, cutAt) - 1,
    highWaterMark: 256 * 1024
  })
  if (cutAt < bytes) {
    for await (const chunk of part) if (!request.write(chunk)) await once(request, 'drain')
    await sleep(200)
    request.destroy()
    await gone
    return
  }
  const answer = answerOf(request)
  part.pipe(request)
  const { response } = await answer
  if (response.statusCode !== 204) throw new Error(`The part from ${offset} was answered ${response.statusCode}.`)
}

async function usageOf(child: ChildProcess): Promise<Usage> {
  child.send('usage')
  const [usage] = (await once(child, 'message')) as [Usage]
  return usage
}

async function begin(client: Client, name: string, size: number): Promise<string> {
  const metadata = `filename ${Buffer.from(name).toString('base64')}`
  const { response } = await answerOf(
    ask(client, 'POST', '/gestion/mediatheque/envois', { 'upload-length': size, 'upload-metadata': metadata }).end()
  )
  if (!response.headers.location) throw new Error(`The upload was answered ${response.statusCode}.`)
  return response.headers.location
}

const postgres = await startServer()
const template = await prepareTemplate(postgres)
const database = await makeDatabase(postgres.url, template)
linkFolder(template.uploads, uploadsDir)
const child = fork(
  path.join(import.meta.dirname, 'server.ts'),
  [JSON.stringify({ databaseUrl: database.url, uploadsDir, as: 'ines.caron' })],
  {
    stdio: ['ignore', openSync(devNull, 'w'), 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production' },
    // Node's flags of `npm start`: what is measured is what runs.
    execArgv: packageFile.scripts.start.split(' ').filter((word) => word.startsWith('--'))
  }
)
let isMeasuring = false
try {
  const [client] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`The server ended with code ${code}.`)))
  ])) as [Ready]
  const sha256 = await makeFilm()
  console.log(`A film of ${filmBytes / megabyte} MB.`)

  // The code is loaded at the first large file: a small upload first, so that only the work is measured.
  await answerOf(ask(client, 'GET', '/gestion/mediatheque').end())
  const warm = await begin(client, 'essai.mp4', 5 * megabyte)
  await sendPart(client, warm, 0, megabyte)
  const before = (await usageOf(child)).residentMegabytes
  let highest = before
  isMeasuring = true
  const measuring = (async () => {
    while (isMeasuring) {
      highest = Math.max(highest, (await usageOf(child)).residentMegabytes)
      await sleep(100)
    }
  })()

  const started = performance.now()
  const address = await begin(client, 'film.mp4', filmBytes)
  const cut = Math.floor(filmBytes * 0.4)
  await sendPart(client, address, 0, filmBytes, cut)
  await sleep(500)
  const { response: head } = await answerOf(ask(client, 'HEAD', address).end())
  const resumedAt = Number(head.headers['upload-offset'])
  for (let at = resumedAt; at < filmBytes; at += partBytes) {
    await sendPart(client, address, at, Math.min(partBytes, filmBytes - at))
  }
  const sent = performance.now()
  const { response: kept, text } = await answerOf(ask(client, 'POST', address, { 'content-length': 0 }).end())
  const finished = performance.now()
  if (kept.statusCode !== 201) throw new Error(`The film was not kept: ${kept.statusCode} ${text}`)
  isMeasuring = false
  await measuring

  const grown = highest - before
  const stored = blobPath(uploadsDir, sha256)
  const isSame = statSync(stored).size === filmBytes && (await hashOf(stored)) === sha256
  const left = readdirSync(path.join(uploadsDir, 'resumable')).length - 1
  console.log(`Cut at 40 %, resumed at ${((resumedAt / filmBytes) * 100).toFixed(2)} %.`)
  console.log(
    `Sent in ${((sent - started) / 1000).toFixed(1)} s, checked and kept in ${((finished - sent) / 1000).toFixed(1)} s.`
  )
  console.log(
    `Memory of the server: ${before.toFixed(0)} MB, at most ${highest.toFixed(0)} MB, +${grown.toFixed(0)} MB (agreed: < ${agreedMegabytes}).`
  )
  console.log(`Bytes: ${isSame ? 'the same' : 'DIFFERENT'} (SHA-256 ${sha256.slice(0, 16)}…). Left behind: ${left}.`)
  if (grown >= agreedMegabytes || !isSame || left !== 0 || resumedAt < filmBytes * 0.39) process.exitCode = 1
} finally {
  isMeasuring = false
  await sleep(200)
  if (child.connected) {
    child.disconnect()
    await once(child, 'exit')
  }
  await database.drop()
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}
