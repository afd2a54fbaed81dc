/**
 * `npm test`: the types, the style, the templates and the schema, then the tests. Its last line is « N passed, N failed ».
 * `npm test -- test/pages.test.ts` runs the tests of one file, without the rest.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { migrate } from '../src/db/migrate.ts'
import { findChromium } from './support/browser.ts'
import { makeDatabase, startServer } from './support/prepare.ts'
import { readTap, type TapResult } from './support/tap-output.ts'

const root = path.resolve(import.meta.dirname, '..')
const named = process.argv.slice(2)
const outcomes: TapResult = { passed: 0, failed: 0 }

/** Runs a program of node_modules with this very Node; gives its exit code. */
async function run(script: string, parameters: string[], onLine: (line: string) => void): Promise<number> {
  const child = spawn(process.execPath, [path.join(root, 'node_modules', script), ...parameters], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const closed = once(child, 'close')
  await Promise.all(
    [child.stdout, child.stderr].map(async (stream) => {
      for await (const line of createInterface({ input: stream })) onLine(line)
    })
  )
  const [code] = (await closed) as [number | null]
  return code ?? 1
}

async function check(name: string, script: string, parameters: string[]): Promise<void> {
  const lines: string[] = []
  const startedAt = performance.now()
  const code = await run(script, parameters, (line) => lines.push(line))
  report(code === 0, name, startedAt)
  if (code !== 0) console.log(lines.map((line) => `    ${line}`).join('\n'))
}

function report(isGood: boolean, name: string, startedAt: number): void {
  outcomes[isGood ? 'passed' : 'failed'] += 1
  console.log(`${isGood ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`)
}

/** The types of the tables are those of the database that the migrations make. */
async function checkSchema(serverUrl: string): Promise<void> {
  const database = await makeDatabase(serverUrl)
  try {
    await migrate(database.url)
    await check('schema.ts agrees with the migrations', 'kysely-codegen/dist/cli/bin.js', [
      '--verify',
      '--url',
      database.url
    ])
  } finally {
    await database.drop()
  }
}

async function runTests(): Promise<void> {
  // Unpacked once: two tests that do it at the same moment find each other's file still open (ETXTBSY).
  await findChromium()
  const reader = readTap((line) => console.log(line))
  const code = await run('tap/dist/esm/run.mjs', ['--reporter=tap', ...named], (line) => reader.line(line))
  const result = reader.end()
  outcomes.passed += result.passed
  outcomes.failed += result.failed
  if (result.passed + result.failed === 0 || (code !== 0 && result.failed === 0)) {
    outcomes.failed += 1
    console.log(`tap ended with code ${code} and said nothing of what failed; its last lines:\n${reader.lastLines()}`)
  }
}

const server = await startServer()
try {
  if (named.length === 0) {
    await check('types', 'typescript/bin/tsc', ['--noEmit'])
    await check('types of the editor', 'typescript/bin/tsc', ['--noEmit', '-p', 'src/editor'])
    await check('style', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings'])
    await check('templates', '../src/ops/check-views.ts', [])
    await checkSchema(server.url)
  }
  await runTests()
} catch (error) {
  outcomes.failed += 1
  console.log(error)
} finally {
  await server.stop()
}
console.log(`\n${outcomes.passed} passed, ${outcomes.failed} failed`)
process.exitCode = outcomes.failed === 0 ? 0 : 1
