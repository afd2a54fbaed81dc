/**
 * Work that takes too long for a request (pg-boss): kept in the database, tried again when it fails or when its process dies,
 * done once however many processes there are.
 */
import type { FastifyBaseLogger } from 'fastify'
import { PgBoss } from 'pg-boss'

export interface JobKind<Data extends object = object> {
  /** The name of its queue: `prepare-media`. */
  name: string
  longestSeconds: number
  attempts: number
  /** Must stand being done again after it was interrupted anywhere. Throws when it should be tried again. */
  run(data: Data, signal: AbortSignal): Promise<void>
}

export interface Jobs {
  /** Asks for a job; while one with the same key waits or runs, asking again changes nothing. */
  send(name: string, key: string, data: object): Promise<void>
  /** Lets go of what runs: it is taken up again at the next start. */
  stop(): Promise<void>
}

/** Why a signal was given when the site stops, and not because the work took too long. */
export const siteStops = 'the site stops'

// What a process that died was doing is taken up again within a minute: its silence is noticed, then the job waits a little.
const retrySeconds = 5
const heartbeatSeconds = 15
const lookForDeadSeconds = 10
const keptSeconds = 24 * 3600

export async function startJobs(parts: {
  databaseUrl: string
  log: Pick<FastifyBaseLogger, 'warn' | 'error'>
  kinds: JobKind[]
}): Promise<Jobs> {
  const { log, kinds } = parts
  const stopping = new AbortController()
  const boss = new PgBoss({
    connectionString: parts.databaseUrl,
    application_name: 'jobs',
    max: 3,
    superviseIntervalSeconds: lookForDeadSeconds,
    monitorIntervalSeconds: lookForDeadSeconds
  })
  boss.on('error', (error) => {
    if (!stopping.signal.aborted) log.error({ err: error }, 'the queue of jobs failed')
  })
  await boss.start()
  for (const kind of kinds) {
    // One job of a key waits or runs at a time.
    const options = {
      retryLimit: kind.attempts - 1,
      retryDelay: retrySeconds,
      retryBackoff: true,
      expireInSeconds: kind.longestSeconds,
      heartbeatSeconds,
      deleteAfterSeconds: keptSeconds
    }
    await boss.createQueue(kind.name, { policy: 'exclusive', ...options })
    await boss.updateQueue(kind.name, options)
    await boss.work(kind.name, { pollingIntervalSeconds: 2, batchSize: 1 }, async ([job]) => {
      if (!job) return
      const signal = AbortSignal.any([stopping.signal, job.signal])
      try {
        await kind.run(job.data as object, signal)
      } catch (error) {
        if (!stopping.signal.aborted) log.warn({ err: error, job: kind.name, data: job.data }, 'a job failed')
        throw error
      }
    })
  }
  return {
    send: async (name, key, data) => {
      await boss.send(name, data, { singletonKey: key })
    },
    stop: async () => {
      stopping.abort(siteStops)
      await boss.stop({ graceful: true, timeout: 3000, close: true })
    }
  }
}
