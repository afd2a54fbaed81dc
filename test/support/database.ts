/** A private database for each test file. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { Test } from 'tap'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { migrate } from '../../src/db/migrate.ts'
import { addressOf, type PreparedServer, prepareTemplate, startServer, type Template } from './prepare.ts'

export interface TestDatabase {
  url: string
  db: Database
}

export interface FilledDatabase extends TestDatabase {
  /** Where the files of the demonstration lie: to be read or linked, never written. */
  templateUploads: string
}

/** A copy of the demonstration, dropped with the test. */
export async function cloneDatabase(t: Test): Promise<FilledDatabase> {
  const server = await serverFor(t)
  const template = await templateOf(server)
  const url = await create(t, server, `template ${template.database} strategy file_copy`)
  return { url, db: open(t, url), templateUploads: template.uploads }
}

/** Migrated, and nothing in it. */
export async function emptyDatabase(t: Test): Promise<TestDatabase> {
  const url = await blankDatabase(t)
  await migrate(url)
  return { url, db: open(t, url) }
}

/** Not even migrated; gives its address. */
export async function blankDatabase(t: Test): Promise<string> {
  return create(t, await serverFor(t), '')
}

let server: Promise<PreparedServer> | undefined
let template: Promise<Template> | undefined

/** Run by tap, the server outlives this file; run alone, this file stops what it started. */
async function serverFor(t: Test): Promise<PreparedServer> {
  if (!server) {
    server = startServer()
    if (process.env.TAP_CHILD_ID === undefined) {
      const started = await server
      rootOf(t).teardown(() => started.stop())
    }
  }
  return server
}

async function templateOf(prepared: PreparedServer): Promise<Template> {
  template ??= prepareTemplate(prepared)
  return template
}

function rootOf(t: Test): Test {
  let test = t
  while (test.parent) test = test.parent as Test
  return test
}

async function create(t: Test, prepared: PreparedServer, options: string): Promise<string> {
  const name = `extranet_test_clone_${process.pid}_${randomBytes(4).toString('hex')}`
  await asAdministrator(prepared, `create database ${name} ${options}`)
  t.teardown(() => asAdministrator(prepared, `drop database if exists ${name} with (force)`))
  return addressOf(prepared.url, name)
}

function open(t: Test, url: string): Database {
  const db = openDatabase(url)
  t.teardown(() => db.destroy())
  return db
}

async function asAdministrator(prepared: PreparedServer, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: prepared.url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
