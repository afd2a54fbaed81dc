import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { buildApp } from './app.ts'
import { type Config, ConfigError, environment, readConfig, withSessionKeys } from './config.ts'
import { type Database, openDatabase } from './db/database.ts'
import { type EmbeddedDatabase, startEmbedded } from './db/embedded.ts'
import { MigrationError, migrate } from './db/migrate.ts'
import { EmbeddedDatabaseError } from './db/postgres-programs.ts'
import { demonstrationAddresses, fillDemonstration, prepareDemonstration } from './demonstration/fill.ts'
import { contentKinds } from './gestion/kinds.ts'
import { type Jobs, startJobs } from './jobs/jobs.ts'
import { type RenditionMaker, startRenditions } from './media/images/renditions.ts'
import { preparationJobs, watchPreparations } from './media/preparation/preparations.ts'
import { doubtOnFolder } from './media/space/installation.ts'
import { roundJobs, watchRounds } from './media/space/rounds.ts'
import { type Schedule, startSchedule } from './publishing/schedule.ts'

/** Something the person who starts the site can put right: the message is written for them. */
class StartError extends Error {}

const answersInFlightMs = 5000
const queriesInFlightMs = 2000
const sameKeystrokeMs = 500
const parentCheckMs = 500

let embedded: Promise<EmbeddedDatabase> | undefined
let db: Database | undefined
let app: FastifyInstance | undefined
let renditions: RenditionMaker | undefined
let schedule: Schedule | undefined
let jobs: Jobs | undefined
let stopAsking: (() => void)[] = []
let stopAskedAt: number | undefined

async function start(): Promise<void> {
  const variables = environment()
  if (variables.npm_lifecycle_event) stopWithParent()
  const config = await prepare(readConfig(variables))
  embedded = config.databaseUrl ? undefined : startEmbedded({ dataDir: config.dataDir })
  const databaseUrl = config.databaseUrl ?? (await embedded)?.url ?? ''
  await migrate(databaseUrl)
  db = openDatabase(databaseUrl, (error) => app?.log.warn({ err: error }, 'a database connection was lost'))
  const doubt = await doubtOnFolder({ db, uploadsDir: config.uploadsDir })
  if (await fillDemonstration({ db, config })) await prepareDemonstration(db)
  app = await buildApp({ config, db })
  await app.listen({ port: config.port, host: config.host })
  schedule = startSchedule({ db, log: app.log, kinds: contentKinds })
  renditions = startRenditions({ db, uploadsDir: config.uploadsDir, log: app.log })
  const work = { db, uploadsDir: config.uploadsDir, log: app.log }
  jobs = await startJobs({ databaseUrl, log: app.log, kinds: [...preparationJobs(work), ...roundJobs(work)] })
  stopAsking = [watchPreparations(work, jobs), watchRounds(work, jobs)]
  if (doubt !== undefined)
    app.log.error({ event: 'uploads folder in doubt', doubt }, 'the uploads folder may be another')
  app.log.info({ durationMs: Math.round(performance.now()) }, 'started')
  await welcome(config, db)
}

/** Looks at all that can be wrong outside before anything is made, so that a start that fails leaves no trace. */
async function prepare(config: Config): Promise<Config> {
  await checkPort(config)
  const needsDataDir = config.databaseUrl === undefined || config.sessionKeys.length === 0
  if (needsDataDir) checkFolder('DATA_DIR', config.dataDir)
  checkFolder('UPLOADS_DIR', config.uploadsDir)
  if (config.databaseUrl) await checkDatabase(config.databaseUrl)
  mkdirSync(config.uploadsDir, { recursive: true })
  return withSessionKeys(config)
}

function checkPort({ port, host }: Config): Promise<void> {
  return new Promise((free, failed) => {
    const probe = createServer()
    probe.once('error', (error) => failed(listenFailure(error, port, host)))
    probe.listen(port, host, () => probe.close(() => free()))
  })
}

function listenFailure(error: Error, port: number, host: string): Error {
  const code = codeOf(error)
  if (code === 'EADDRINUSE') {
    return new StartError(
      `Le port ${port} est déjà pris : le site tourne peut-être déjà. Arrêtez l’autre programme, ou donnez un autre port dans PORT.`
    )
  }
  if (code === 'EACCES') {
    return new StartError(
      `Ce compte n’a pas le droit d’ouvrir le port ${port}. Donnez dans PORT un nombre d’au moins 1024.`
    )
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new StartError(`HOST vaut ${host}, qui n’est pas une adresse de cette machine.`)
  }
  return error
}

function checkFolder(name: string, folder: string): void {
  let existing = folder
  while (!existsSync(existing) && existing !== dirname(existing)) existing = dirname(existing)
  if (!statSync(existing).isDirectory()) {
    throw new StartError(`${name} vaut ${folder}, mais ${existing} n’est pas un dossier.`)
  }
  try {
    accessSync(existing, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    throw new StartError(
      `${name} vaut ${folder}, mais ce compte n’a pas le droit d’écrire dans ${existing}. Donnez-lui ce droit, ou un autre dossier.`
    )
  }
}

async function checkDatabase(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.end()
  } catch (error) {
    await client.end().catch(() => undefined)
    // The address itself is not repeated: it holds a password.
    const { hostname, pathname, username } = new URL(databaseUrl)
    const said = error instanceof Error && error.message ? error.message : (codeOf(error) ?? String(error))
    switch (codeOf(error)) {
      case '28P01':
      case '28000':
        throw new StartError(
          `DATABASE_URL : le serveur ${hostname} refuse le compte « ${username} » ou son mot de passe (${said}).`
        )
      case '3D000':
        throw new StartError(`DATABASE_URL : la base « ${pathname.slice(1)} » n’existe pas sur le serveur ${hostname}.`)
      default:
        throw new StartError(`DATABASE_URL : le serveur ${hostname} ne répond pas comme il faut (${said}).`)
    }
  }
}

/** In one piece, and last: whoever waits for the first line has all of it, and nothing of the start is left to fail. */
async function welcome(config: Config, database: Database): Promise<void> {
  const addresses = await demonstrationAddresses(database)
  const width = Math.max(0, ...addresses.map(({ email }) => email.length))
  const lines = [
    `\nLe site est prêt : ${config.baseUrl}`,
    ...(addresses.length > 0 ? ['Adresses de démonstration qui peuvent se connecter :'] : []),
    ...addresses.map(({ email, role }) => `  ${email.padEnd(width)}  ${role}`)
  ]
  console.log(lines.join('\n'))
}

/** Ends within ten seconds: answers in flight are finished, then whoever is still slow is cut off. */
async function stop(exitCode: number): Promise<void> {
  stopAskedAt = performance.now()
  setTimeout(() => process.exit(1), 9500).unref()
  try {
    if (app) {
      const { server } = app
      const cut = setTimeout(() => server.closeAllConnections(), answersInFlightMs)
      await app.close()
      clearTimeout(cut)
    }
    for (const stopOne of stopAsking) stopOne()
    await Promise.all([renditions?.stop(), schedule?.stop(), jobs?.stop()])
    if (db) await Promise.race([db.destroy(), sleep(queriesInFlightMs)])
    const server = await embedded?.catch(() => undefined)
    await server?.stop()
  } catch (error) {
    console.error(error)
    process.exit(1)
  }
  process.exit(exitCode)
}

function onSignal(): void {
  if (stopAskedAt === undefined) return void stop(0)
  // npm passes on the Ctrl-C that the terminal has already sent: that is one wish, not two.
  if (performance.now() - stopAskedAt > sameKeystrokeMs) process.exit(1)
}

/** A signal sent to « npm start » ends npm and its shell, and does not reach this process. */
function stopWithParent(): void {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent && stopAskedAt === undefined) void stop(0)
  }, parentCheckMs).unref()
}

function onFailure(error: unknown): void {
  if (stopAskedAt !== undefined) return
  if (app) app.log.fatal({ err: error }, 'unexpected failure, stopping')
  else console.error(explain(error))
  void stop(1)
}

/** One clear message for what was foreseen; the rest is a defect, and its trace is needed. */
function explain(error: unknown): unknown {
  const foreseen = [StartError, ConfigError, EmbeddedDatabaseError, MigrationError]
  if (foreseen.some((kind) => error instanceof kind)) return (error as Error).message
  if (error instanceof pg.DatabaseError) return `PostgreSQL a refusé une demande au démarrage : ${error.message}.`
  const path = error instanceof Error && 'path' in error ? error.path : undefined
  if (path !== undefined) return `Le site n’a pas pu démarrer à cause de ${path} : ${(error as Error).message}.`
  return error
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
process.on('uncaughtException', onFailure)
process.on('unhandledRejection', onFailure)
await start().catch(onFailure)
