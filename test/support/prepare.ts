/**
 * The world that tests start from, made once: a throwaway PostgreSQL, and in it a template database migrated and filled with
 * the demonstration. tap runs this file before the tests; a test file run alone does the same for itself.
 */
import { createHash, randomBytes } from 'node:crypto'
import { cpSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { readConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/db/database.ts'
import { startEmbedded } from '../../src/db/embedded.ts'
import { migrate } from '../../src/db/migrate.ts'

export interface PreparedServer {
  /** An account that may create databases; the database of this address is not used by tests. */
  url: string
  /** Stops the server if nobody else uses it. */
  stop(): Promise<void>
}

export interface Template {
  database: string
  uploads: string
}

const root = path.resolve(import.meta.dirname, '../..')
const preparationLock = 20_221_101

/** Where this checkout and this account keep what their tests share. */
export const testFolder = path.join(
  tmpdir(),
  `extranet-tests-${process.getuid?.() ?? 0}-${createHash('sha256').update(root).digest('hex').slice(0, 8)}`
)

/** The server of the tests: the embedded one, or the one that TEST_DATABASE_URL names. */
export async function startServer(): Promise<PreparedServer> {
  const given = process.env.TEST_DATABASE_URL
  if (given) return { url: given, stop: async () => undefined }
  mkdirSync(testFolder, { recursive: true })
  const server = await startEmbedded({ dataDir: testFolder, throwaway: true })
  return { url: server.url, stop: () => server.stop() }
}

/** The template for the code as it is now: made by the first who asks, while the others wait. */
export async function prepareTemplate(server: PreparedServer): Promise<Template> {
  const version = fingerprint(['migrations', 'src'])
  const database = `extranet_test_template_${version}`
  const uploads = path.join(testFolder, 'uploads', version)
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [preparationLock])
    const found = await client.query('select from pg_database where datname = $1', [database])
    if (found.rowCount && existsSync(uploads)) return { database, uploads }
    await removeLeftovers(client)
    await fillTemplate(client, server.url, database, uploads)
    return { database, uploads }
  } finally {
    await client.end()
  }
}

/** Made under another name first: a preparation that was interrupted leaves no template by halves. */
async function fillTemplate(client: pg.Client, url: string, database: string, uploads: string): Promise<void> {
  const draft = `extranet_test_draft_${process.pid}`
  const draftUploads = `${uploads}.${process.pid}`
  await client.query(`drop database if exists ${draft} with (force)`)
  await client.query(`create database ${draft}`)
  mkdirSync(draftUploads, { recursive: true })
  const draftUrl = addressOf(url, draft)
  await migrate(draftUrl)
  // Loaded here: the tests that need no demonstration do without what makes it.
  const { fillDemonstration } = await import('../../src/demonstration/fill.ts')
  const db = openDatabase(draftUrl)
  try {
    await fillDemonstration({ db, config: testConfig({ uploadsDir: draftUploads, databaseUrl: draftUrl }) })
  } finally {
    await db.destroy()
  }
  rmSync(uploads, { recursive: true, force: true })
  await rename(draftUploads, uploads)
  await client.query(`drop database if exists ${database} with (force)`)
  await client.query(`alter database ${draft} rename to ${database}`)
}

/** Templates of older code, and what tests that were killed left behind. */
async function removeLeftovers(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    "select datname from pg_database where datname like 'extranet\\_test\\_%'"
  )
  for (const { datname } of rows) {
    const maker = /^extranet_test_(?:draft_|clone_)(\d+)/.exec(datname)?.[1]
    if (maker && isAlive(Number(maker))) continue
    // In use by another run: left to it.
    await client.query(`drop database if exists ${datname}`).catch(() => undefined)
  }
  rmSync(path.join(testFolder, 'uploads'), { recursive: true, force: true })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function fingerprint(folders: string[]): string {
  const hash = createHash('sha256')
  for (const folder of folders) {
    for (const file of readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).sort()) {
      if (!/\.\w+$/.test(file)) continue
      hash.update(file).update(readFileSync(path.join(root, folder, file)))
    }
  }
  return hash.digest('hex').slice(0, 12)
}

export interface MadeDatabase {
  url: string
  drop(): Promise<void>
}

/** A database of this process on this server: blank, or a copy of a template. */
export async function makeDatabase(serverUrl: string, template?: Template): Promise<MadeDatabase> {
  const name = `extranet_test_clone_${process.pid}_${randomBytes(4).toString('hex')}`
  await execute(
    serverUrl,
    `create database ${name} ${template ? `template ${template.database} strategy file_copy` : ''}`
  )
  return {
    url: addressOf(serverUrl, name),
    drop: () => dropDatabase(serverUrl, name)
  }
}

/** A server that is not ours may be cleaning the database at that very moment, and no account but its own may stop that. */
async function dropDatabase(serverUrl: string, name: string, patience = 20): Promise<void> {
  try {
    await execute(serverUrl, `drop database if exists ${name} with (force)`)
  } catch (error) {
    if (patience === 0 || !(error instanceof pg.DatabaseError) || error.code !== '42501') throw error
    await sleep(250)
    await dropDatabase(serverUrl, name, patience - 1)
  }
}

async function execute(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** The same server, another database. */
export function addressOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}

/** A configuration like that of a first start, on this database and these files. */
export function testConfig(values: {
  databaseUrl: string
  uploadsDir: string
  dataDir?: string
  environment?: Record<string, string>
}): ReturnType<typeof readConfig> {
  return readConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    BASE_URL: 'http://localhost:3000',
    EMAIL_DOMAINS: 'valbrune.example,ccas-valbrune.example',
    SESSION_KEYS: createHash('sha256').update('tests').digest('hex'),
    DATABASE_URL: values.databaseUrl,
    UPLOADS_DIR: values.uploadsDir,
    DATA_DIR: values.dataDir ?? path.join(values.uploadsDir, '..', 'data'),
    ...values.environment
  })
}

/** The same files at another place without their bytes: what is content-addressed is never changed. */
export function linkFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)]
    if (entry.isDirectory()) linkFolder(source, target)
    else {
      try {
        linkSync(source, target)
      } catch {
        // Another file system.
        cpSync(source, target)
      }
    }
  }
}

if (import.meta.main) {
  const server = await startServer()
  await prepareTemplate(server)
  // The server stays for the tests that follow; clean-up.ts stops it.
}
