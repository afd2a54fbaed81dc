/** The site started as a person does it: another process, its own folders, real signals. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import t from 'tap'
import { startEmbedded } from '../src/db/embedded.ts'

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'extranet-start-'))
const running = new Set<ChildProcess>()
// Present though empty, so that the .env file of whoever runs the tests does not count.
const names =
  'NODE_ENV PORT HOST BASE_URL DATABASE_URL DATA_DIR UPLOADS_DIR SMTP_URL MAIL_FROM EMAIL_DOMAINS SESSION_KEYS TRUST_PROXY LOG_LEVEL DEMO_CONTENT'
const noVariables = Object.fromEntries(names.split(' ').map((name) => [name, '']))

t.teardown(async () => {
  for (const child of running) {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  rmSync(folder, { recursive: true })
})

interface Site {
  port: number
  dataDir: string
  child: ChildProcess
  /** All that it has printed until now. */
  printed(): string
  /** Resolves when the site says that it is ready, and rejects with what it printed when it ends before. */
  ready(): Promise<void>
  exited: Promise<number | null>
}

async function launch(
  variables: Record<string, string> = {},
  [program, ...parameters]: [string, ...string[]] = [process.execPath, 'src/server.ts']
): Promise<Site> {
  const port = Number(variables.PORT ?? (await freePort()))
  const dataDir = variables.DATA_DIR ?? join(folder, `data-${port}`)
  const env = {
    ...noVariables,
    PATH: process.env.PATH,
    DEMO_CONTENT: 'false',
    LOG_LEVEL: 'warn',
    UPLOADS_DIR: join(folder, 'uploads'),
    ...variables,
    PORT: String(port),
    DATA_DIR: dataDir
  }
  // Its own group, as a terminal gives it one: a signal to the group is a Ctrl-C.
  const child = spawn(program, parameters, { cwd: root, env, detached: true })
  running.add(child)
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += chunk
  })
  child.stderr.on('data', (chunk) => {
    text += chunk
  })
  const exited = once(child, 'close').then(([code]) => {
    running.delete(child)
    return code as number | null
  })
  return {
    port,
    dataDir,
    child,
    printed: () => text,
    exited,
    async ready() {
      while (!text.includes('Le site est prêt')) {
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The site ended: ${text}`)
        await sleep(20)
      }
    }
  }
}

async function launchReady(variables: Record<string, string> = {}): Promise<Site> {
  const site = await launch(variables)
  await site.ready()
  return site
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

/** The number of the server, when there is one. */
function findPostmaster({ dataDir }: Site): number | undefined {
  const file = join(dataDir, 'postgres/data/postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined
}

function postmaster({ dataDir }: Site): { pid: number; port: number } {
  const lines = readFileSync(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').split('\n')
  return { pid: Number(lines[0]), port: Number(lines[3]) }
}

/** Asks by connecting: a process that has ended keeps its number until its parent has taken note. */
async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  const accepted = await once(socket, 'connect').then(
    () => true,
    () => false
  )
  socket.destroy()
  return accepted
}

async function query(site: Site, text: string): Promise<pg.QueryResultRow[]> {
  const password = readFileSync(join(site.dataDir, 'postgres/password'), 'utf8')
  const client = new pg.Client(
    `postgres://extranet:${password}@127.0.0.1:${postmaster(site).port}/extranet?sslmode=disable`
  )
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

async function status(site: Site, path: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${site.port}${path}`).catch(() => undefined)
  return response?.status ?? 0
}

/** A request whose last line is still to come. */
async function unfinishedRequest(site: Site): Promise<Socket> {
  const socket = connect(site.port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n')
  // The other side has to have read it before it is told to stop.
  await sleep(200)
  return socket
}

function pressControlC(site: Site): void {
  if (site.child.pid) process.kill(-site.child.pid, 'SIGINT')
}

t.test('the first start fills the site and says who can sign in; the second finds its data', async (t) => {
  const before = performance.now()
  const first = await launchReady({ DEMO_CONTENT: '', LOG_LEVEL: 'info' })
  t.comment(`first start: ${Math.round(performance.now() - before)} ms`)
  t.match(first.printed(), `Le site est prêt : http://localhost:${first.port}\n`)
  for (const role of ['webmaster', 'référente', 'pilote', 'agent']) {
    t.match(first.printed(), new RegExp(`@valbrune\\.example +${role}`, 'i'), role)
  }
  t.match(first.printed(), /"durationMs":\d+/)
  t.equal(await status(first, '/healthz'), 200)
  t.equal(await status(first, '/readyz'), 200)
  t.equal(await status(first, '/connexion'), 200)
  const actions = await query(first, 'select count(*) from actions')
  const keys = readFileSync(join(first.dataDir, 'session-keys'), 'utf8')
  const postgres = postmaster(first)

  first.child.kill('SIGTERM')
  t.equal(await first.exited, 0, 'SIGTERM ends it well')
  t.notOk(await accepts(postgres.port), 'and its database with it')

  const again = performance.now()
  const second = await launchReady({ DEMO_CONTENT: '', DATA_DIR: first.dataDir })
  t.comment(`second start: ${Math.round(performance.now() - again)} ms`)
  t.strictSame(await query(second, 'select count(*) from actions'), actions)
  t.equal(readFileSync(join(first.dataDir, 'session-keys'), 'utf8'), keys, 'nobody is signed out')
  second.child.kill('SIGTERM')
  t.equal(await second.exited, 0)
})

t.test('kill -9 then start again loses nothing', async (t) => {
  const site = await launchReady()
  await query(site, 'create table kept (id integer)')
  await query(site, 'insert into kept values (1)')
  const postgres = postmaster(site)
  site.child.kill('SIGKILL')
  await site.exited
  t.ok(await accepts(postgres.port), 'the database outlives the process')

  const next = await launchReady({ DATA_DIR: site.dataDir })
  t.strictSame(postmaster(next), postgres, 'and is found again')
  t.strictSame(await query(next, 'select id from kept'), [{ id: 1 }])
  await query(next, 'insert into kept values (2)')

  next.child.kill('SIGKILL')
  process.kill(postgres.pid, 'SIGKILL')
  await next.exited
  const last = await launchReady({ DATA_DIR: site.dataDir })
  t.strictSame(
    await query(last, 'select id from kept order by id'),
    [{ id: 1 }, { id: 2 }],
    'also when both are killed'
  )
  last.child.kill('SIGTERM')
  t.equal(await last.exited, 0)
})

t.test('a number that now belongs to another program is not taken for the database', async (t) => {
  const site = await launchReady()
  const pidFile = join(site.dataDir, 'postgres/data/postmaster.pid')
  const lines = readFileSync(pidFile, 'utf8').split('\n')
  site.child.kill('SIGTERM')
  await site.exited
  writeFileSync(pidFile, [process.pid, ...lines.slice(1)].join('\n'))
  const next = await launchReady({ DATA_DIR: site.dataDir })
  t.equal(await status(next, '/readyz'), 200)
  next.child.kill('SIGTERM')
  t.equal(await next.exited, 0)
})

t.test('two processes on the same folder share its database; the last one stops it', async (t) => {
  const dataDir = join(folder, 'shared')
  const [one, other] = await Promise.all([launch({ DATA_DIR: dataDir }), launch({ DATA_DIR: dataDir })])
  await Promise.all([one.ready(), other.ready()])
  const postgres = postmaster(one)
  one.child.kill('SIGTERM')
  t.equal(await one.exited, 0)
  t.equal(await status(other, '/readyz'), 200)
  other.child.kill('SIGTERM')
  t.equal(await other.exited, 0)
  t.notOk(await accepts(postgres.port))
})

t.test('a database that dies, or is asked to stop, is started again', async (t) => {
  const site = await launchReady()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const { pid } = postmaster(site)
    const before = performance.now()
    process.kill(pid, signal)
    const isBack = async () => findPostmaster(site) !== pid && (await status(site, '/readyz')) === 200
    while (!(await isBack()) && performance.now() - before < 10_000) await sleep(50)
    t.ok(performance.now() - before < 5000, `${signal}: within five seconds`)
  }
  t.equal(site.child.exitCode, null, 'and the process is the same')
  site.child.kill('SIGTERM')
  t.equal(await site.exited, 0)
})

t.test('Ctrl-C finishes the answers in flight, cuts off who is too slow, and ends within ten seconds', async (t) => {
  const site = await launchReady()
  const postgres = postmaster(site)
  const prompt = await unfinishedRequest(site)
  const hanging = await unfinishedRequest(site)
  hanging.on('error', () => undefined)
  const before = performance.now()
  pressControlC(site)
  // npm passes it on a second time.
  pressControlC(site)
  await sleep(300)
  t.ok(await accepts(postgres.port), 'the database is still there for the answer')
  t.equal(await status(site, '/healthz'), 0, 'nobody new is let in')
  prompt.write('\r\n')
  const [answer] = (await once(prompt, 'data')) as [Buffer]
  t.match(answer.toString('latin1'), /^HTTP\/1\.1 200 /)
  t.equal(await site.exited, 0)
  t.ok(performance.now() - before < 10_000)
  t.notOk(await accepts(postgres.port))
})

t.test('a second Ctrl-C ends at once', async (t) => {
  const site = await launchReady()
  const hanging = await unfinishedRequest(site)
  hanging.on('error', () => undefined)
  pressControlC(site)
  await sleep(700)
  const before = performance.now()
  pressControlC(site)
  t.equal(await site.exited, 1)
  t.ok(performance.now() - before < 1000)

  const next = await launchReady({ DATA_DIR: site.dataDir })
  next.child.kill('SIGTERM')
  t.equal(await next.exited, 0, 'the database left behind is found and stopped')
})

t.test('a signal sent to « npm start » stops the site, though npm and its shell do not wait for it', async (t) => {
  const site = await launch({ npm_lifecycle_event: 'start' }, ['sh', '-c', `"${process.execPath}" src/server.ts; true`])
  await site.ready()
  const { port } = postmaster(site)
  site.child.kill('SIGTERM')
  // The end of its output is the end of the site: the shell has gone before.
  await site.exited
  t.equal(await status(site, '/healthz'), 0)
  t.notOk(await accepts(port))
})

t.test('a start that cannot succeed says why in one message, and makes nothing', async (t) => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  t.teardown(() => taken.close())
  const address = taken.address()
  const takenPort = String(typeof address === 'object' && address ? address.port : 0)
  const closedPort = await freePort()

  const cases: [string, Record<string, string>, RegExp][] = [
    ['taken port', { PORT: takenPort }, /^Le port \d+ est déjà pris/],
    ['DATA_DIR is a file', { DATA_DIR: file }, /^DATA_DIR vaut .+ n’est pas un dossier/],
    ['DATA_DIR below a file', { DATA_DIR: join(file, 'data') }, /^DATA_DIR vaut .+ n’est pas un dossier/],
    ['UPLOADS_DIR is a file', { UPLOADS_DIR: file }, /^UPLOADS_DIR vaut .+ n’est pas un dossier/],
    ['HOST of another machine', { HOST: '192.0.2.1' }, /^HOST vaut 192\.0\.2\.1/],
    ['wrong DATABASE_URL', { DATABASE_URL: 'serveur/base' }, /DATABASE_URL : une adresse comme/],
    [
      'unreachable DATABASE_URL',
      { DATABASE_URL: `postgres://compte:secret@127.0.0.1:${closedPort}/base` },
      /^DATABASE_URL : le serveur 127\.0\.0\.1 ne répond pas/
    ],
    [
      'several variables',
      { BASE_URL: 'extranet', TRUST_PROXY: 'true', SESSION_KEYS: 'courte' },
      /BASE_URL : [\s\S]+SESSION_KEYS : [\s\S]+TRUST_PROXY : /
    ],
    ['production without its variables', { NODE_ENV: 'production' }, /SMTP_URL : il faut la donner en production/]
  ]
  for (const [name, variables, message] of cases) {
    const site = await launch(variables)
    t.equal(await site.exited, 1, `${name}: the exit code`)
    t.match(site.printed(), message, `${name}: the message`)
    t.notMatch(site.printed(), /^ +at |secret/m, `${name}: no trace, no secret`)
    if (site.dataDir !== file) t.notOk(existsSync(site.dataDir), `${name}: nothing made`)
  }
})

t.test('DATABASE_URL to a real server takes the same path', async (t) => {
  const server = await startEmbedded({ dataDir: join(folder, 'server'), throwaway: true })
  t.teardown(() => server.stop())
  const site = await launchReady({ DATABASE_URL: server.url })
  t.equal(await status(site, '/readyz'), 200)
  t.notOk(existsSync(join(site.dataDir, 'postgres')), 'without the embedded database')
  site.child.kill('SIGTERM')
  t.equal(await site.exited, 0)

  const wrongPassword = new URL(server.url)
  wrongPassword.password = 'secret'
  const wrongDatabase = new URL(server.url)
  wrongDatabase.pathname = 'ailleurs'
  const cases: [URL, RegExp][] = [
    [wrongPassword, /refuse le compte « extranet »/],
    [wrongDatabase, /la base « ailleurs » n’existe pas/]
  ]
  for (const [url, message] of cases) {
    const refused = await launch({ DATABASE_URL: url.href })
    t.equal(await refused.exited, 1)
    t.match(refused.printed(), message)
    t.notMatch(refused.printed(), /^ +at |secret/m)
  }

  const client = new pg.Client(server.url)
  await client.connect()
  await client.query("insert into migrations (name, sha256) values ('999-later.sql', '')")
  await client.end()
  const older = await launch({ DATABASE_URL: server.url })
  t.equal(await older.exited, 1)
  t.match(older.printed(), /^La base de données contient la migration 999-later\.sql/)
})
