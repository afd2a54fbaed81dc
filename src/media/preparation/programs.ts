/**
 * Programs that read files nobody vouches for: each run has a folder of its own, no network, no secret of the site, and
 * limits of time, memory and disk. What it starts ends with it.
 */
import { type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
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
  /** What all files of its folder may take on the disk. */
  folderBytes?: number
  signal?: AbortSignal
}

const largestOutput = 5_000_000
const largestFolder = 2_000_000_000
const folderCheckMs = 500
// LibreOffice takes some thirty, ffmpeg a few for each core; threads are counted too.
const mostProcesses = 300

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
      https_proxy: nowhere,
      // LibreOffice would ask this machine for its printers.
      SAL_DISABLE_CUPS: '1'
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
  const measuring = watchFolder(run.folder, run.folderBytes ?? largestFolder, () => stop('it fills the disk'))
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
    measuring.stop()
    run.signal?.removeEventListener('abort', onAbort)
    end()
  }
}

const nowhere = 'http://127.0.0.1:9'

/** The limit of one file says nothing of a thousand files: the folder is measured as it fills. */
function watchFolder(folder: string, largest: number, onFull: () => void): { stop: () => void } {
  let isMeasuring = false
  const timer = setInterval(async () => {
    if (isMeasuring) return
    isMeasuring = true
    if ((await takenBy(folder, largest)) > largest) onFull()
    isMeasuring = false
  }, folderCheckMs)
  return { stop: () => clearInterval(timer) }
}

/** What the files of a folder take on the disk, in bytes; counted no further than `enough`. */
async function takenBy(folder: string, enough: number): Promise<number> {
  let taken = 0
  const folders = [folder]
  for (let at = folders.pop(); at !== undefined && taken <= enough; at = folders.pop()) {
    // What goes away meanwhile takes nothing.
    for (const entry of await readdir(at, { withFileTypes: true }).catch(() => [])) {
      const path = join(at, entry.name)
      if (entry.isDirectory()) folders.push(path)
      else taken += ((await lstat(path).catch(() => undefined))?.blocks ?? 0) * 512
      if (taken > enough) break
    }
  }
  return taken
}

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
          `--cpu=${Math.ceil(run.longestMs / 1000)}`,
          // Only where they are counted for this run alone: elsewhere they are those of the whole account, the site included.
          ...(tools.isApart ? [`--nproc=${mostProcesses}`] : [])
        ]
      : [])
  ]
}

let tools: ReturnType<typeof findTools> | undefined

function findTools() {
  const whole = isolated()
  const isApart = whole !== undefined && isAllowed(whole)
  const dying = dyingWithSite()
  return {
    isApart,
    apart: isApart ? whole : dying && isAllowed(dying) ? dying : [],
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
