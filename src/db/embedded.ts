/** The PostgreSQL that starts when no other is named: its data in a folder, shared by the processes that use this folder. */
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import {
  type Account,
  chooseAccount,
  codeOf,
  commandRunner,
  EmbeddedDatabaseError,
  findBinaries,
  type PostgresRunner,
  readIfPresent
} from './postgres-programs.ts'

export interface EmbeddedDatabase {
  url: string
  /** Stops the server, unless another of our processes still uses it. */
  stop(): Promise<void>
  /** A server already running on this folder was found and used. */
  reused: boolean
}

interface Cluster {
  data: string
  log: string
  password: string
  settings: string[]
  run: PostgresRunner
}

// Missing from the types of pg: whether this connection alone keeps the process alive.
type Presence = pg.Client & { ref(): void; unref(): void }

const startSeconds = 60
const stopSeconds = 8
const watchMs = 1000
const largestLogBytes = 5_000_000
const applicationDatabase = 'extranet'
// Numbers of our own, so that these locks cannot meet those of the application.
const presenceLock = '20221, 1'
const creationLock = '20221, 2'

/**
 * Starts the PostgreSQL that npm brings, with its data in a folder, or joins the one already running there.
 * PostgreSQL's own lock decides between two processes that start together; each of ours then holds a shared
 * advisory lock as long as it lives, and the last one to leave stops the server.
 */
export async function startEmbedded(options: { dataDir: string; throwaway?: boolean }): Promise<EmbeddedDatabase> {
  const cluster = await prepareCluster(resolve(options.dataDir), options.throwaway ?? false)
  const deadline = Date.now() + startSeconds * 1000
  for (;;) {
    const running = findPostmaster(cluster)
    const port = running ?? (await launch(cluster))
    const presence = port === undefined ? undefined : await declarePresence(cluster, port)
    if (port !== undefined && presence) {
      await createApplicationDatabase(cluster, presence)
      return attend(cluster, port, presence, running !== undefined)
    }
    if (Date.now() > deadline) throw startFailure(cluster)
    await sleep(50)
  }
}

/** Watches over the server: a database that dies is started again at the same address. */
function attend(cluster: Cluster, port: number, firstPresence: Presence, reused: boolean): EmbeddedDatabase {
  let presence = firstPresence
  let stopping = false

  async function revive(): Promise<void> {
    while (!stopping) {
      await sleep(250, undefined, { ref: false })
      try {
        if (findPostmaster(cluster) === undefined) await launch(cluster, port)
        const next = await declarePresence(cluster, port)
        if (!next) continue
        if (stopping) return await next.end()
        presence = next
        return watch()
      } catch {
        // The next turn tries again; meanwhile /readyz says that the database is away.
      }
    }
  }

  function watch(): void {
    // Neither a server at rest nor a test that is over should be kept alive by this connection.
    presence.unref()
    presence.once('end', () => void revive())
  }

  // A plain « kill » asks PostgreSQL to wait until everybody has left, and to let nobody in meanwhile: our connections
  // never leave, so it would wait for ever.
  const watchman = setInterval(() => {
    if (!stopping && isWaitingToStop(cluster)) void stopServer(cluster).catch(() => undefined)
  }, watchMs).unref()

  watch()
  return {
    url: addressOf(cluster, port),
    reused,
    async stop() {
      if (stopping) return
      stopping = true
      clearInterval(watchman)
      presence.ref()
      const alone = await leave(presence)
      if (alone) await stopServer(cluster)
      await presence.end().catch(() => undefined)
    }
  }
}

function stopServer(cluster: Cluster): Promise<void> {
  return cluster.run('pg_ctl', ['stop', '-D', cluster.data, '-m', 'fast', '-w', '-t', String(stopSeconds)])
}

/** PostgreSQL writes in its file what it is doing. */
function isWaitingToStop(cluster: Cluster): boolean {
  return readIfPresent(join(cluster.data, 'postmaster.pid'))?.split('\n')[7]?.trim() === 'stopping'
}

/** Gives up our place first, so that of two processes leaving together one sees that it is the last. */
async function leave(presence: Presence): Promise<boolean> {
  try {
    await presence.query(`select pg_advisory_unlock_shared(${presenceLock})`)
    const { rows } = await presence.query<{ alone: boolean }>(`select pg_try_advisory_lock(${presenceLock}) as alone`)
    return rows[0]?.alone ?? false
  } catch {
    return false
  }
}

/** Undefined when the server went away meanwhile: another process may have been stopping it. */
async function declarePresence(cluster: Cluster, port: number): Promise<Presence | undefined> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: cluster.password,
    ssl: false,
    database: 'postgres',
    application_name: 'extranet présence',
    connectionTimeoutMillis: 5000
  }) as Presence
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query(`select pg_advisory_lock_shared(${presenceLock})`)
    return client
  } catch (error) {
    await client.end().catch(() => undefined)
    if (error instanceof pg.DatabaseError && error.code === '28P01') {
      throw new EmbeddedDatabaseError(
        `Le mot de passe gardé dans ${dirname(cluster.data)} n’est plus celui de la base de données embarquée. Remettez ce dossier tel qu’il était.`
      )
    }
    return undefined
  }
}

/** The application has its own database and an account without power over the server. */
async function createApplicationDatabase(cluster: Cluster, client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [applicationDatabase])
  if (rowCount) return
  await client.query(`select pg_advisory_lock(${creationLock})`)
  try {
    const role = await client.query('select from pg_roles where rolname = $1', [applicationDatabase])
    if (!role.rowCount) {
      const password = client.escapeLiteral(cluster.password)
      await client.query(`create role ${applicationDatabase} login createdb password ${password}`)
    }
    const database = await client.query('select from pg_database where datname = $1', [applicationDatabase])
    if (!database.rowCount) await client.query(`create database ${applicationDatabase} owner ${applicationDatabase}`)
  } finally {
    await client.query(`select pg_advisory_unlock(${creationLock})`)
  }
}

function addressOf(cluster: Cluster, port: number): string {
  return `postgres://${applicationDatabase}:${cluster.password}@127.0.0.1:${port}/${applicationDatabase}?sslmode=disable`
}

/** The port of the server running on this folder, if there is one. */
function findPostmaster(cluster: Cluster): number | undefined {
  const pidFile = join(cluster.data, 'postmaster.pid')
  const lines = readIfPresent(pidFile)?.split('\n')
  const pid = Number(lines?.[0])
  const port = Number(lines?.[3])
  if (!pid || !port || !isAlive(pid)) return undefined
  if (isPostgresOf(cluster, pid)) return port
  // After a hard stop (a container above all) the number can belong to another program, and PostgreSQL would refuse to start.
  rmSync(pidFile, { force: true })
  return undefined
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

function isPostgresOf(cluster: Cluster, pid: number): boolean {
  const commandLine = readIfPresent(`/proc/${pid}/cmdline`)
  return commandLine === undefined || commandLine.includes(cluster.data)
}

/** Undefined when the server did not start because another process was faster or took the port. */
async function launch(cluster: Cluster, wantedPort?: number): Promise<number | undefined> {
  const port = wantedPort ?? (await freePort())
  const logStart = readIfPresent(cluster.log)?.length ?? 0
  try {
    const settings = ['-p', String(port), ...cluster.settings.flatMap((setting) => ['-c', setting])].join(' ')
    const wait = ['-w', '-t', String(startSeconds)]
    await cluster.run('pg_ctl', ['start', '-D', cluster.data, '-l', cluster.log, '-o', settings, ...wait])
  } catch {
    const said = (readIfPresent(cluster.log) ?? '').slice(logStart)
    if (/already exists|could not bind|already in use|still in use/.test(said)) return undefined
    throw startFailure(cluster)
  }
  return findPostmaster(cluster)
}

function startFailure(cluster: Cluster): EmbeddedDatabaseError {
  const lastLines = (readIfPresent(cluster.log) ?? '').trimEnd().split('\n').slice(-5).join('\n')
  return new EmbeddedDatabaseError(
    `La base de données embarquée n’a pas pu démarrer. Son journal (${cluster.log}) se termine par :\n${lastLines}`
  )
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => found(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Finds the folder of this database, or makes it: whole at once, so that an interruption leaves nothing by halves. */
async function prepareCluster(dataDir: string, throwaway: boolean): Promise<Cluster> {
  const native = findBinaries()
  const folder = join(dataDir, 'postgres')
  mkdirSync(dataDir, { recursive: true })
  const account = chooseAccount(folder)
  const run = commandRunner(native, dataDir, account)

  if (!existsSync(folder)) {
    removeUnfinished(dataDir)
    await createCluster(folder, account, run, throwaway)
  }
  const password = readOwn(join(folder, 'password'))
  refuseOtherVersion(native, folder)

  const log = join(folder, 'server.log')
  if (existsSync(log) && statSync(log).size > largestLogBytes) truncateSync(log)
  // Nobody may drop a database while a worker of the server itself cleans it: what lives a minute needs no cleaning.
  const unsafe = throwaway ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off'] : []
  // Without a socket folder the server is reached through the loopback address alone.
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'timezone=UTC', ...unsafe]
  return { data: join(realpathSync(folder), 'data'), log, password, settings, run }
}

async function createCluster(
  folder: string,
  account: Account | undefined,
  run: PostgresRunner,
  throwaway: boolean
): Promise<void> {
  const unfinished = `${folder}.unfinished-${process.pid}`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  const passwordFile = join(unfinished, 'password')
  try {
    writeFileSync(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 })
    if (account) {
      chownSync(passwordFile, account.uid, account.gid)
      chownSync(unfinished, account.uid, account.gid)
    }
    await run('initdb', [
      '--pgdata',
      join(unfinished, 'data'),
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // Sorting comes from ICU; the C library only tells letters from the rest, and must know the accented ones.
      `--locale=${characterLocale()}`,
      '--lc-messages=C',
      '--locale-provider=icu',
      '--icu-locale=fr-FR',
      ...(throwaway ? ['--no-sync'] : [])
    ])
    renameSync(unfinished, folder)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    // Another process made the folder first: its database is as good as ours.
    if (codeOf(error) === 'ENOTEMPTY' || codeOf(error) === 'EEXIST') return
    throw new EmbeddedDatabaseError(
      `La base de données embarquée n’a pas pu être créée dans ${folder} :\n${(error as Error).message}`
    )
  }
}

function characterLocale(): string {
  if (process.platform === 'win32') return 'C'
  return process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'
}

/** What a process stopped in the middle of its first start left behind. */
function removeUnfinished(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    const pid = /^postgres\.unfinished-(\d+)$/.exec(name)?.[1]
    if (pid && !isAlive(Number(pid))) rmSync(join(dataDir, name), { recursive: true, force: true })
  }
}

function refuseOtherVersion(native: string, folder: string): void {
  const found = readOwn(join(folder, 'data', 'PG_VERSION')).trim()
  const description = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string }
  const expected = description.version.split('.')[0]
  if (found === expected) return
  throw new EmbeddedDatabaseError(
    `Le dossier ${folder} contient une base PostgreSQL ${found}, et cette version du site apporte PostgreSQL ${expected}. Restaurez une sauvegarde dans un dossier neuf, ou reprenez l’ancienne version du site.`
  )
}

/** Reads a file that only the owner of the database may read. */
function readOwn(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const problem =
      codeOf(error) === 'ENOENT'
        ? 'manque : ce dossier est abîmé, restaurez une sauvegarde'
        : 'appartient à un autre compte'
    throw new EmbeddedDatabaseError(`La base de données embarquée ne peut pas être ouverte : ${path} ${problem}.`)
  }
}
