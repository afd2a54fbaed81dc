import { type Config, ConfigError, environment, readConfig } from '../config.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { startEmbedded } from '../db/embedded.ts'
import { MigrationError, migrate } from '../db/migrate.ts'
import { EmbeddedDatabaseError } from '../db/postgres-programs.ts'

/** Something the person who typed the command can put right: the message is for them. */
export class CommandError extends Error {}

/** Runs a command on the site's own database, whether the site is running or not. */
export async function runCommand(work: (parts: { config: Config; db: Database }) => Promise<void>): Promise<void> {
  try {
    const config = readConfig(environment())
    const embedded = config.databaseUrl ? undefined : await startEmbedded({ dataDir: config.dataDir })
    try {
      const url = config.databaseUrl ?? embedded?.url ?? ''
      await migrate(url)
      const db = openDatabase(url)
      try {
        await work({ config, db })
      } finally {
        await db.destroy()
      }
    } finally {
      await embedded?.stop()
    }
  } catch (error) {
    const foreseen = [CommandError, ConfigError, EmbeddedDatabaseError, MigrationError]
    console.error(foreseen.some((kind) => error instanceof kind) ? (error as Error).message : error)
    process.exitCode = 1
  }
}
