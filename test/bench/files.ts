/**
 * A file read by ranges of 1 MiB, as a video player does, from our route and from a bare `node:http` server that sends
 * as many bytes from memory: what the session, the row, the disk and the headers cost.
 */
import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { Agent, createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'

const mebibyte = 1024 * 1024
const rangesRead = 8

export interface FileBenchOptions {
  /** Address of the stored `benchFile()`, or of any file as large, on a server that runs in another process. */
  url: string
  /** The `Cookie` header of a signed-in agent. */
  cookie: string
  rounds?: number
  seconds?: number
  connections?: number
}

export interface FileBenchResult {
  /** Medians of the rounds, in MiB per second. */
  ours: number
  baseline: number
  ratio: number
}

/** The bytes to store for the measure, taken for a video: those of the demonstration are too short to be read by ranges. */
export function benchFile(): Buffer {
  const start = Buffer.from('\x1aE\xdf\xa3\x9fB\x82\x84webm', 'latin1')
  return Buffer.concat([start, randomBytes(rangesRead * mebibyte)])
}

/** Interleaved rounds: what disturbs the machine disturbs both. */
export async function benchFiles(options: FileBenchOptions): Promise<FileBenchResult> {
  const { url, cookie, rounds = 5, seconds = 2, connections = 8 } = options
  const baseline = await startBaseline()
  try {
    const ours: number[] = []
    const bare: number[] = []
    // The first round warms both up, and is not counted.
    for (let round = 0; round <= rounds; round++) {
      const speeds = [
        await readRanges({ url, cookie, seconds, connections }),
        await readRanges({ url: baseline.url, cookie, seconds, connections })
      ] as const
      if (round === 0) continue
      ours.push(speeds[0])
      bare.push(speeds[1])
    }
    return { ours: median(ours), baseline: median(bare), ratio: median(ours) / median(bare) }
  } finally {
    baseline.stop()
  }
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

interface Reading {
  url: string
  cookie: string
  seconds: number
  connections: number
}

/** MiB per second, all connections together. */
async function readRanges({ url, cookie, seconds, connections }: Reading): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const start = performance.now()
  const deadline = start + seconds * 1000
  const readers = Array.from({ length: connections }, async (_, reader) => {
    let read = 0
    for (let turn = 0; performance.now() < deadline; turn++) {
      read += await readRange(agent, url, cookie, ((reader + turn) % rangesRead) * mebibyte)
    }
    return read
  })
  const read = (await Promise.all(readers)).reduce((sum, bytes) => sum + bytes, 0)
  agent.destroy()
  return read / mebibyte / ((performance.now() - start) / 1000)
}

function readRange(agent: Agent, url: string, cookie: string, from: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const headers = { cookie, range: `bytes=${from}-${from + mebibyte - 1}` }
  const request = get(url, { agent, headers }, (answer) => {
    let length = 0
    answer.on('data', (chunk: Buffer) => {
      length += chunk.length
    })
    answer.on('error', reject)
    answer.on('end', () => {
      if (answer.statusCode === 206 && length === mebibyte) resolve(length)
      else
        reject(new Error(`${url} answered ${answer.statusCode} with ${length} bytes instead of 206 with ${mebibyte}.`))
    })
  })
  request.on('error', reject)
  return promise
}

async function startBaseline(): Promise<{ url: string; stop(): void }> {
  const child = fork(fileURLToPath(import.meta.url), ['baseline'], { execArgv: [] })
  const [port] = await once(child, 'message')
  return { url: `http://127.0.0.1:${port}/`, stop: () => child.kill() }
}

/** The floor: one constant Buffer, whatever is asked. */
function serveBaseline(): void {
  const body = Buffer.alloc(mebibyte, 'x')
  const headers = { 'content-type': 'video/mp4', 'content-length': body.length }
  const server = createServer((_request, answer) => {
    answer.writeHead(206, headers).end(body)
  })
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
  process.on('disconnect', () => process.exit())
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv[2] === 'baseline') serveBaseline()
