import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join, parse, relative, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

export interface EmbeddedDatabase {
  url: string
  /** Stops the server, unless another of our processes still uses it. */
  stop(): Promise<void>
  /** A server that was already running on this folder was found and used. */
  reused: boolean
}

/** Something the person who starts the site can put right: the message is for them. */
export class EmbeddedDatabaseError extends Error {}

interface Account {
  uid: number
  gid: number
}

interface Cluster {
  binaries: string
  data: string
  log: string
  password: string
  settings: string[]
  run(program: string, parameters: string[]): Promise<void>
}

const startSeconds = 60
const stopSeconds = 8
const largestLogBytes = 5_000_000
// Two numbers of our own, so that our locks cannot meet those of anything else in this server.
const presenceLock = [20_221, 1]
const creationLock = [20_221, 2]

/**
 * Starts the PostgreSQL that npm brings, with its data in a folder, or joins the one already running there.
 * PostgreSQL's own lock decides between two processes that start together; each of ours then holds a shared
 * advisory lock for as long as it lives, and the last one to leave stops the server.
 */
export async function startEmbedded(options: { dataDir: string; throwaway?: boolean }): Promise<EmbeddedDatabase> {
  const cluster = await prepareCluster(resolve(options.dataDir), options.throwaway ?? false)
  const deadline = Date.now() + startSeconds * 1000
  for (let attempt = 1; ; attempt++) {
    const running = findPostmaster(cluster)
    if (!running && attempt > 1 && Date.now() > deadline) throw startFailure(cluster)
    const port = running?.port ?? (await launch(cluster, attempt))
    const presence = port === undefined ? undefined : await join_(cluster, port)
    if (port === undefined || !presence) {
      if (Date.now() > deadline) throw startFailure(cluster)
      await sleep(50)
      continue
    }
    await createApplicationDatabase(cluster, presence)
    return attend(cluster, port, presence, running !== undefined)
  }
}
