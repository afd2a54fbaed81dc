import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import pg from 'pg'

interface Migration {
  name: string
  text: string
  sha256: string
}

interface Applied {
  name: string
  sha256: string
}

/** The database and the code do not belong together, or a migration failed: the message is for the person who starts the site. */
export class MigrationError extends Error {}

const migrationsFolder = join(import.meta.dirname, '..', '..', 'migrations')
const migrationLock = '20221, 3'

/** Brings the database up to date, and returns the names of the migrations that were applied. */
export async function migrate(url: string, folder = migrationsFolder): Promise<string[]> {
  const migrations = await readMigrations(folder)
  const client = new pg.Client({
    connectionString: url,
    application_name: 'extranet migrations',
    connectionTimeoutMillis: 5000
  })
  client.on('error', () => undefined)
  await client.connect()
  try {
    // Of several processes that start together one migrates; the others wait here, then find nothing left to do.
    await client.query(`select pg_advisory_lock(${migrationLock})`)
    await client.query(`
      create table if not exists migrations (
        name text primary key,
        sha256 text not null,
        applied_at timestamptz not null default now()
      )`)
    const { rows: applied } = await client.query<Applied>('select name, sha256 from migrations')
    const pending = missing(migrations, applied)
    for (const migration of pending) await apply(client, migration)
    return pending.map((migration) => migration.name)
  } finally {
    await client.end()
  }
}

/** The migrations that this database still lacks; it throws when the database is not one this code knows. */
export async function pendingMigrations<Schema>(db: Kysely<Schema>, folder = migrationsFolder): Promise<string[]> {
  const migrations = await readMigrations(folder)
  const { rows: applied } = await sql<Applied>`select name, sha256 from migrations`.execute(db)
  return missing(migrations, applied).map((migration) => migration.name)
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8')
      // A checkout on Windows may have changed the ends of lines, not the migration.
      const sha256 = createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex')
      return { name, text, sha256 }
    })
  )
}

function missing(migrations: Migration[], applied: Applied[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]))
  const last = applied
    .map((row) => row.name)
    .sort()
    .at(-1)
  for (const row of applied) {
    const migration = known.get(row.name)
    if (!migration) {
      throw new MigrationError(
        `La base de données contient la migration ${row.name}, que cette version du site ne connaît pas : elle vient d’une version plus récente. Installez cette version plus récente, ou restaurez une sauvegarde plus ancienne.`
      )
    }
    if (migration.sha256 !== row.sha256) {
      throw new MigrationError(
        `La migration ${row.name} a changé depuis qu’elle a été appliquée à cette base de données. Remettez le fichier d’origine dans migrations/ et écrivez le changement dans une nouvelle migration.`
      )
    }
  }
  const names = new Set(applied.map((row) => row.name))
  const pending = migrations.filter((migration) => !names.has(migration.name))
  const late = pending.find((migration) => last !== undefined && migration.name < last)
  if (late) {
    throw new MigrationError(
      `La migration ${late.name} n’a pas été appliquée alors que ${last}, qui la suit, l’a été. Donnez-lui un numéro plus grand.`
    )
  }
  return pending
}

/** The migration and its record are committed together. */
async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(migration.text)
    await client.query('insert into migrations (name, sha256) values ($1, $2)', [migration.name, migration.sha256])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw new MigrationError(
      `La migration ${migration.name} a échoué et a été annulée ; rien n’a changé. PostgreSQL dit : ${(error as Error).message}`
    )
  }
}
