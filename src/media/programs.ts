/**
 * Programs that read files nobody vouches for: each run has a folder of its own, no network, no secret of the site, and
 * limits of time, memory and disk. What it starts ends with it.
 */
import { type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface Run {
  program: string
  parameters: string[]
  /** Where it works, the only place it is told of. */
  folder: string
  longestMs: number
  /** What it may map, in bytes: beyond, it is refused memory and ends. */
  memoryBytes?: number
  /** The largest file it may write. */
  fileBytes?: number
  signal?: AbortSignal
}

const largestOutput = 5_000_000

/** The path of a program of the machine; undefined when it has none of this name. */
export function findProgram(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}

/** Runs it to its end and gives what it printed; throws when it fails, or goes beyond a limit; the message is for the log. */
export async function runProgram(run: Run): Promise<string> {
  const [command, ...parameters] = [...limits(run), run.program, ...run.parameters]
  if (!command) throw new Error('There is always a program.')
  const options: SpawnOptions = {
    cwd: run.folder,
    // Its own group, which ends as one: LibreOffice is a script that starts a program that starts others.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: run.folder,
      TMPDIR: run.folder,
      LANG: 'C.UTF-8',
      http_proxy: nowhere,
      https_proxy: nowhere
    }
  }
  const child = spawn(command, parameters, options)
  const end = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  }
  let stopped: string | undefined
  const stop = (why: string): void => {
    stopped ??= why
    end()
  }
  const timer = setTimeout(() => stop('too long'), run.longestMs)
  const onAbort = (): void => stop('the site stops')
  run.signal?.addEventListener('abort', onAbort)
  let output = ''
  let complaint = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text
    if (output.length > largestOutput) stop('it prints too much')
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2000)
  })
  try {
    if (run.signal?.aborted) onAbort()
    const { promise, resolve, reject } = Promise.withResolvers<number | null>()
    child.once('error', reject).once('close', resolve)
    const code = await promise
    if (stopped !== undefined) throw new Error(`${run.program}: ${stopped}`)
    if (code !== 0) throw new Error(`${run.program} ended with ${code}: ${complaint}`)
    return output
  } finally {
    clearTimeout(timer)
    run.signal?.removeEventListener('abort', onAbort)
    end()
  }
}

const nowhere = 'http://127.0.0.1:9'

/** What stands before the program: the tools of the machine that hold it within its limits, where there are any. */
function limits(run: Run): string[] {
  tools ??= findTools()
  return [
    ...tools.apart,
    ...(tools.nice ? [tools.nice, '-n', '10'] : []),
    ...(tools.prlimit
      ? [
          tools.prlimit,
          '--core=0',
          `--as=${run.memoryBytes ?? 3_000_000_000}`,
          `--fsize=${run.fileBytes ?? 500_000_000}`,
          `--cpu=${Math.ceil(run.longestMs / 1000)}`
        ]
      : [])
  ]
}

let tools: ReturnType<typeof findTools> | undefined

function findTools() {
  return {
    apart: [isolated(), dyingWithSite()].find((words) => words !== undefined && isAllowed(words)) ?? [],
    nice: findProgram('nice'),
    prlimit: findProgram('prlimit')
  }
}

/**
 * A network of its own, where there is nobody, and its own numbers of processes: when the first of them ends, all end. And it
 * ends with the site, even one that is killed: the signal is asked for once the rights have changed, which would forget it.
 */
function isolated(): string[] | undefined {
  const [unshare, dying] = [findProgram('unshare'), dyingWithSite()]
  return unshare && dying
    ? [unshare, '--net', '--map-root-user', ...dying, unshare, '--pid', '--fork', '--kill-child=KILL']
    : undefined
}

/** Where a container forbids namespaces: the program itself ends with the site; what it starts, at its limit of time. */
function dyingWithSite(): string[] | undefined {
  const setpriv = findProgram('setpriv')
  return setpriv ? [setpriv, '--pdeathsig', 'KILL'] : undefined
}

function isAllowed([command, ...words]: string[]): boolean {
  return command !== undefined && spawnSync(command, [...words, 'true']).status === 0
}
