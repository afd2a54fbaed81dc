/** The process that decodes images, seen from the site: started when there is something to do, ended when there is not. */
import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { RefusedFile } from '../types.ts'
import type { ImageTypeName, ReadImage } from './images.ts'
import type { ImageAnswer, ImageOrder } from './rendition-worker.ts'

/** The process ended, or was ended, before it answered. */
interface Lost {
  lost: string
}

export interface ImageProcess {
  /** One order at a time. */
  ask(order: ImageOrder): Promise<ImageAnswer | Lost>
  /** Ends the process; the next order starts another. */
  dismiss(): void
}

const workerPath = join(import.meta.dirname, 'rendition-worker.ts')

export function createImageProcess(longestMilliseconds: number): ImageProcess {
  let child: ChildProcess | undefined

  function dismiss(): void {
    child?.kill('SIGKILL')
    child = undefined
  }

  function start(): ChildProcess {
    // It gets none of the secrets of the site's environment.
    const started = fork(workerPath, [], { serialization: 'advanced', execArgv: [], env: {} })
    started.on('error', () => undefined)
    started.on('exit', () => {
      if (child === started) child = undefined
    })
    return started
  }

  function ask(order: ImageOrder): Promise<ImageAnswer | Lost> {
    const { promise, resolve } = Promise.withResolvers<ImageAnswer | Lost>()
    const asked = child ?? start()
    child = asked
    const timer = setTimeout(() => finish({ lost: 'too long' }), longestMilliseconds)
    const onExit = (code: number | null, signal: string | null) => finish({ lost: signal ?? `exit ${code}` })
    const onError = (error: Error) => finish({ lost: error.message })
    asked.once('message', finish).once('exit', onExit).once('error', onError)
    asked.send(order, (error) => {
      if (error) finish({ lost: error.message })
    })

    function finish(answer: unknown): void {
      clearTimeout(timer)
      asked.off('message', finish).off('exit', onExit).off('error', onError)
      const outcome = answer as ImageAnswer | Lost
      // Whatever happened to it, it is not asked again.
      if ('lost' in outcome && child === asked) dismiss()
      resolve(outcome)
    }
    return promise
  }

  return { ask, dismiss }
}

const cleaner = createImageProcess(40_000)
let waiting = 0
let last: Promise<unknown> = Promise.resolve()

/** `cleanImage`, in the other process: one image at a time, however many are sent; throws a `RefusedFile`. */
export function cleanImageApart(
  path: string,
  type: ImageTypeName,
  { upright = false }: { upright?: boolean } = {}
): Promise<ReadImage> {
  waiting += 1
  const result = last.then(async () => {
    const answer = await cleaner.ask({ task: 'clean', path, type, upright })
    if ('clean' in answer) return { ...answer.clean, bytes: Buffer.from(answer.clean.bytes) }
    throw new RefusedFile('refusal' in answer ? answer.refusal : tooHeavy, { cause: answer })
  })
  last = result
    .catch(() => undefined)
    .finally(() => {
      waiting -= 1
      // Decoders weigh 50 MB: nobody keeps them for the next time.
      if (waiting === 0) cleaner.dismiss()
    })
  return result
}

const tooHeavy =
  'Cette image n’a pas pu être lue. Ouvrez-la sur votre poste, enregistrez-la en JPEG, puis envoyez-la de nouveau.'
