/**
 * `npm run db:types`: writes src/db/schema.ts again from the migrations, with a database made for the purpose and thrown away.
 * `npm run db:types -- --verify` writes nothing, and fails where the file is not what would be written.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startEmbedded } from '../db/embedded.ts'
import { migrate } from '../db/migrate.ts'

const root = path.join(import.meta.dirname, '../..')
const generator = path.join(root, 'node_modules/kysely-codegen/dist/cli/bin.js')

/**
 * Migrates this blank database and writes the types of its tables, or only compares them; gives what the generator says when
 * it fails, undefined when all is well. What it is told beside is in .kysely-codegenrc.json.
 */
export async function generateTypes(databaseUrl: string, { verify }: { verify: boolean }): Promise<string | undefined> {
  await migrate(databaseUrl)
  const parameters = ['--url', databaseUrl, '--log-level', 'error', ...(verify ? ['--verify'] : [])]
  const { status, stdout, stderr } = spawnSync(process.execPath, [generator, ...parameters], {
    cwd: root,
    encoding: 'utf8'
  })
  return status === 0 ? undefined : `${stdout}${withoutParserErrors(stderr)}`.trim()
}

/** It looks in our overrides for types to import, by a parser that TypeScript 7 no longer has; ours import nothing. */
function withoutParserErrors(said: string): string {
  return said.replaceAll(/^Failed to parse type expression: .*\n(?: {4}at .*\n)*/gm, '')
}

if (import.meta.main) {
  const verify = process.argv.includes('--verify')
  const dataDir = mkdtempSync(path.join(tmpdir(), 'extranet-types-'))
  // Run by root, the database server takes another account, which has to get in.
  chmodSync(dataDir, 0o711)
  const server = await startEmbedded({ dataDir, throwaway: true })
  try {
    const failure = await generateTypes(server.url, { verify })
    if (failure !== undefined) throw new Error(failure)
    console.log(verify ? 'src/db/schema.ts agrees with the migrations.' : 'src/db/schema.ts is written.')
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  } finally {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
