/** The servers that are measured, each in its own process: the site on the demonstration, and the floor under it. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { insertSession } from '../../src/accounts/sessions.ts'
import { buildApp } from '../../src/app.ts'
import { openDatabase } from '../../src/db/database.ts'
import { testConfig } from '../support/prepare.ts'

export interface Ready {
  port: number
  /** Of a signed-in agent. */
  cookie: string
  /** What to ask for. */
  list: string
  sheet: string
}

/** What the site is made to run on. */
export interface World {
  databaseUrl: string
  uploadsDir: string
  /** Who asks: the beginning of an address of the demonstration; an agent by default. */
  as?: string
}

export interface Usage {
  /** Microseconds since the process began. */
  cpu: number
  residentMegabytes: number
}

const floorBytes = 25 * 1024

/** The least that a server on Node can do: the same bytes for everyone. */
async function serveFloor(): Promise<Ready> {
  const body = Buffer.alloc(floorBytes, 'x')
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-length': body.length }
  const server = createServer((_request, answer) => answer.writeHead(200, headers).end(body))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return { port, cookie: '', list: '/', sheet: '/' }
}

/** The application as it runs for agents, log included, and nothing else in its process. */
async function serveSite({ databaseUrl, uploadsDir, as = 'camille.robin' }: World): Promise<Ready> {
  const db = openDatabase(databaseUrl)
  const environment = { LOG_LEVEL: 'info', SMTP_URL: 'smtp://127.0.0.1:1' }
  const app = await buildApp({ config: testConfig({ databaseUrl, uploadsDir, environment }), db })
  await app.listen({ port: 0, host: '127.0.0.1' })
  process.once('disconnect', async () => {
    app.server.closeAllConnections()
    await app.close()
    await db.destroy()
    process.exit()
  })

  const { id: agentId } = await db
    .selectFrom('agents')
    .select('id')
    .where('email', 'like', `${as}@%`)
    .executeTakeFirstOrThrow()
  const session = await insertSession(db, { agentId, device: 'personnel', deviceLabel: 'Mesure', replacing: undefined })
  const cookie = app.encodeSecureSession(app.createSecureSession({ session }))
  const sheet = await db
    .selectFrom('actions')
    .select('slug')
    .where('id', 'in', db.selectFrom('action_documents').select('action_id'))
    .where('id', 'in', db.selectFrom('action_steps').select('action_id'))
    .orderBy('number')
    .executeTakeFirstOrThrow()
  return {
    port: (app.server.address() as AddressInfo).port,
    cookie: `session=${encodeURIComponent(cookie)}`,
    list: '/engagements',
    sheet: `/actions/${sheet.slug}`
  }
}

process.on('message', (message) => {
  if (message !== 'usage') return
  const { user, system } = process.cpuUsage()
  const usage: Usage = { cpu: user + system, residentMegabytes: process.memoryUsage.rss() / 1024 / 1024 }
  process.send?.(usage)
})
const world = process.argv[2]
if (world === undefined) process.once('disconnect', () => process.exit())
process.send?.(world === undefined ? await serveFloor() : await serveSite(JSON.parse(world) as World))
