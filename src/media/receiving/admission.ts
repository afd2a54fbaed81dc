/** Which sendings are let in, before a byte of them is read: how many at once, and whether the disk has room. */
import { statfs } from 'node:fs/promises'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { refusalOfQuota } from '../space/quota.ts'

export interface Refusal {
  status: 404 | 409 | 411 | 413 | 422 | 503 | 507
  message: string
}

export const noRoom =
  'Il n’y a plus assez de place sur le serveur. Prévenez le service informatique, puis envoyez de nouveau.'
export const tooMany = 'Plusieurs envois sont déjà en cours. Attendez qu’ils finissent, puis envoyez de nouveau.'

/** A sender who says nothing for so long is let go. */
export const silenceMilliseconds = 30_000

const sendingsOfAgent = 3
const sendingsInAll = 20

export interface Admission {
  /** Why this much may not come now; undefined when it may. `kept` is what will remain of it, where that is not all. */
  refusalOf(request: FastifyRequest, agentId: number, bytes: number, kept?: number): Promise<Refusal | undefined>
  /** Counts this agent among those who are sending, as long as the work lasts. */
  counted<Result>(agentId: number, work: () => Promise<Result>): Promise<Result>
}

export function createAdmission(app: FastifyInstance): Admission {
  const inFlight = new Map<number, number>()
  return {
    async refusalOf(request, agentId, bytes, kept = bytes) {
      const total = [...inFlight.values()].reduce((sum, count) => sum + count, 0)
      if (total >= sendingsInAll || (inFlight.get(agentId) ?? 0) >= sendingsOfAgent) {
        return { status: 503, message: tooMany }
      }
      const disk = await statfs(app.config.uploadsDir)
      if (!hasRoom(disk, bytes)) {
        request.log.error({ event: 'uploads disk full' }, 'no room for what is sent')
        return { status: 507, message: noRoom }
      }
      const message = await refusalOfQuota(app.db, kept)
      return message === undefined ? undefined : { status: 507, message }
    },
    async counted(agentId, work) {
      inFlight.set(agentId, (inFlight.get(agentId) ?? 0) + 1)
      try {
        return await work()
      } finally {
        const left = (inFlight.get(agentId) ?? 1) - 1
        if (left > 0) inFlight.set(agentId, left)
        else inFlight.delete(agentId)
      }
    }
  }
}

interface Disk {
  bavail: number
  blocks: number
  bsize: number
}

/** What arrives may not take the last of the disk: its twentieth, or 5 GB, stay free for the rest of the server. */
export function hasRoom({ bavail, blocks, bsize }: Disk, bytes: number): boolean {
  const kept = Math.min(5_000_000_000, (blocks * bsize) / 20)
  return bavail * bsize - bytes > kept
}

/** Whether an error says that the disk is full. */
export function isDiskFull(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code === 'ENOSPC' || code === 'EDQUOT'
}
