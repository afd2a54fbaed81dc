/** A load generator that asks little of the machine: the same request again and again over connections that stay open. */
import { once } from 'node:events'
import { connect } from 'node:net'

export interface Load {
  port: number
  path: string
  headers?: Record<string, string>
  connections: number
  seconds: number
  /** Each request asks for an address of its own, so that nothing kept in memory can answer it. */
  neverTwice?: boolean
}

export interface LoadResult {
  answers: number
  perSecond: number
  /** Milliseconds. */
  median: number
  slowest1Percent: number
  bytesPerAnswer: number
}

let asked = 0

/** Every answer must be a 200: anything else is a mistake of the measure. */
export async function load({
  port,
  path,
  headers = {},
  connections,
  seconds,
  neverTwice = false
}: Load): Promise<LoadResult> {
  const lines = Object.entries({ host: `localhost:${port}`, ...headers }).map(([name, value]) => `${name}: ${value}`)
  const write = (address: string): Buffer => Buffer.from(`GET ${address} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
  const same = write(path)
  const request = (): Buffer => {
    if (!neverTwice) return same
    asked += 1
    return write(`${path}?fois=${asked}`)
  }
  const startedAt = performance.now()
  const deadline = startedAt + seconds * 1000
  const each = await Promise.all(Array.from({ length: connections }, () => ask(port, request, deadline)))
  const elapsed = (performance.now() - startedAt) / 1000
  const times = each.flatMap(({ durations }) => durations).sort((a, b) => a - b)
  const bytes = each.reduce((sum, connection) => sum + connection.bytes, 0)
  return {
    answers: times.length,
    perSecond: times.length / elapsed,
    median: times[Math.floor(times.length / 2)] ?? 0,
    slowest1Percent: times[Math.floor(times.length * 0.99)] ?? 0,
    bytesPerAnswer: Math.round(bytes / times.length)
  }
}

/** One connection: the next request leaves when the answer to the one before is whole. */
async function ask(
  port: number,
  request: () => Buffer,
  deadline: number
): Promise<{ durations: number[]; bytes: number }> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  const durations: number[] = []
  let bytes = 0
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let missing = -1
  let head = ''
  let sentAt = 0
  const next = (): void => {
    sentAt = performance.now()
    if (sentAt < deadline) socket.write(request())
    else resolve()
  }
  socket.on('error', reject)
  socket.on('close', () => reject(new Error('The server closed the connection.')))
  socket.on('data', (chunk) => {
    bytes += chunk.length
    if (missing < 0) {
      head += chunk.toString('latin1')
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return
      const length = /^content-length: (\d+)/im.exec(head)?.[1]
      if (!head.startsWith('HTTP/1.1 200') || length === undefined) {
        reject(new Error(`Not an answer 200 that announces its length: ${head.slice(0, 200)}`))
        return
      }
      missing = Number(length) - (head.length - end - 4)
      head = ''
    } else missing -= chunk.length
    if (missing > 0) return
    missing = -1
    durations.push(performance.now() - sentAt)
    next()
  })
  next()
  await promise
  socket.removeAllListeners('close').destroy()
  return { durations, bytes }
}
