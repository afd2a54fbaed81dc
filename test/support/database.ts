/** A private database for each test file. */
import type { Test } from 'tap'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { migrate } from '../../src/db/migrate.ts'
import { makeDatabase, type PreparedServer, prepareTemplate, startServer, type Template } from './prepare.ts'

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
  const url = await create(t, server, template)
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
  return create(t, await serverFor(t))
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

async function create(t: Test, prepared: PreparedServer, template?: Template): Promise<string> {
  const database = await makeDatabase(prepared.url, template)
  t.teardown(() => database.drop())
  return database.url
}

function open(t: Test, url: string): Database {
  const db = openDatabase(url)
  t.teardown(() => db.destroy())
  return db
}
