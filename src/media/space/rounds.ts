/** When the rounds through the stored files run: the sweep each day, the check of all bytes each month, once for all processes. */
import type { FastifyBaseLogger } from 'fastify'
import type { JobKind, Jobs } from '../../jobs/jobs.ts'
import { checkMedia, type Parts, sweepMedia } from './sweep.ts'
import { isDue } from './sweep-queries.ts'

type Log = Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>

const queues = { sweep: 'sweep-media', check: 'check-media' }
const hoursBetween = { sweep: 24, check: 30 * 24 }
const longestSeconds = { sweep: 3600, check: 23 * 3600 }
const lookEveryMs = 10 * 60_000
// A site that starts has better to do.
const firstLookMs = 2 * 60_000

export function roundJobs({ log, ...parts }: Parts & { log: Log }): JobKind[] {
  return [
    {
      name: queues.sweep,
      longestSeconds: longestSeconds.sweep,
      attempts: 2,
      async run() {
        const report = await sweepMedia(parts)
        if (!report) return
        const { refusal, damaged, stored, temporary, aside, erased } = report
        const counts = {
          stored: stored.count,
          temporary: temporary.count,
          aside: aside.count,
          erased: erased.count,
          damaged: damaged.size
        }
        if (refusal !== undefined)
          log.error({ event: 'sweep refused', refusal, ...counts }, 'the sweep touched nothing')
        else if (damaged.size > 0) log.error({ event: 'files missing', ...counts }, 'stored files are missing')
        else log.info({ event: 'swept', ...counts }, 'the stored files were swept')
      }
    },
    {
      name: queues.check,
      longestSeconds: longestSeconds.check,
      attempts: 3,
      async run(_data, signal) {
        const report = await checkMedia(parts, { signal })
        if (!report) return
        const counts = { seen: report.seen.count, damaged: report.damaged.size }
        if (report.damaged.size > 0) log.error({ event: 'files damaged', ...counts }, 'stored files are damaged')
        else log.info({ event: 'checked', ...counts }, 'all stored bytes were read again')
      }
    }
  ]
}

/** Asks for what is due; gives the way to stop asking. */
export function watchRounds({ db, log }: Parts & { log: Log }, jobs: Jobs): () => void {
  const look = async (): Promise<void> => {
    for (const kind of ['sweep', 'check'] as const) {
      if (await isDue(db, kind, hoursBetween[kind])) await jobs.send(queues[kind], kind, {})
    }
  }
  const round = (): void => {
    look().catch((error: unknown) => log.warn({ err: error }, 'the rounds through stored files could not be asked for'))
  }
  const first = setTimeout(round, firstLookMs)
  const timer = setInterval(round, lookEveryMs)
  first.unref()
  timer.unref()
  return () => {
    clearTimeout(first)
    clearInterval(timer)
  }
}
