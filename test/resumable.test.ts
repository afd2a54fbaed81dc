/** Large files sent in several times: cut, resumed, finished once, and nobody else's business. */
import { fork } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { bundleFile, bundleTus } from '../src/editor/tus-bundle.ts'
import { removeOldUploads } from '../src/media/receiving/resumable.ts'
import { blobPath } from '../src/media/uploads.ts'
import type { Ready } from './bench/server.ts'
import { type BrowserContext, openBrowser } from './support/browser.ts'
import { openSite, type Person } from './support/site.ts'

t.setTimeout(240_000)
const site = await openSite(t, { listen: true })
const { db } = site
const { uploadsDir } = site.config
const library = '/gestion/mediatheque'
const uploads = `${library}/envois`
const waiting = join(uploadsDir, 'resumable')

async function cookiesOf(person: Person): Promise<string> {
  const visitor = await site.signIn(person)
  return [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}

interface Asking {
  as?: Person | undefined
  headers?: Record<string, string>
  body?: Uint8Array
}

async function ask(
  method: string,
  address: string,
  { as = 'ines', headers = {}, body }: Asking = {}
): Promise<Response> {
  return fetch(new URL(address, site.origin), {
    method,
    redirect: 'manual',
    headers: {
      cookie: await cookiesOf(as),
      origin: site.origin,
      'tus-resumable': '1.0.0',
      accept: 'application/json',
      ...headers
    },
    ...(body && { body: Buffer.from(body) })
  })
}

function metadata(filename: string): string {
  return `filename ${Buffer.from(filename).toString('base64')}`
}

function begin(filename: string, size: number, asking: Asking = {}): Promise<Response> {
  const headers = { 'upload-length': String(size), 'upload-metadata': metadata(filename), ...asking.headers }
  return ask('POST', uploads, { ...asking, headers })
}

async function begun(filename: string, size: number, as?: Person): Promise<string> {
  const response = await begin(filename, size, { as })
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`)
  return response.headers.get('location') ?? ''
}

function append(address: string, offset: number, body: Uint8Array, asking: Asking = {}): Promise<Response> {
  const headers = {
    'content-type': 'application/offset+octet-stream',
    'upload-offset': String(offset),
    ...asking.headers
  }
  return ask('PATCH', address, { ...asking, headers, body })
}

interface Outcome {
  message?: string
  files: { taken: boolean; id?: number; title?: string; message?: string }[]
}

async function finish(address: string, as?: Person): Promise<Outcome & { status: number }> {
  const response = await ask('POST', address, { as })
  return { status: response.status, ...((await response.json()) as Outcome) }
}

async function send(filename: string, bytes: Uint8Array, as?: Person): Promise<Outcome & { status: number }> {
  const address = await begun(filename, bytes.length, as)
  const response = await append(address, 0, bytes, { as })
  if (response.status === 204) return finish(address, as)
  return { status: response.status, ...((await response.json()) as Outcome) }
}

function box(type: string, content: Uint8Array): Buffer {
  const head = Buffer.from(`\0\0\0\0${type}`, 'latin1')
  head.writeUInt32BE(8 + content.length)
  return Buffer.concat([head, content])
}

const brands = box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2', 'latin1'))

function movie(bytes: number): Buffer {
  const header = Buffer.alloc(100)
  header.writeUInt32BE(1000, 12)
  header.writeUInt32BE(60_000, 16)
  return Buffer.concat([brands, box('moov', box('mvhd', header)), box('mdat', randomBytes(bytes))])
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function mediaNamed(title: string) {
  return db.selectFrom('media').selectAll().where('title', '=', title).execute()
}

function partials(): string[] {
  return existsSync(waiting) ? readdirSync(waiting) : []
}

function temporaryFiles(): string[] {
  const folder = join(uploadsDir, 'tmp')
  return existsSync(folder) ? readdirSync(folder) : []
}

t.test('a film that was cut at 40 % goes on from there, and arrives byte for byte', async (t) => {
  const film = movie(12_000_000)
  const address = await begun('Été au parc.mp4', film.length)
  t.match(address, /^\/gestion\/mediatheque\/envois\/[0-9a-f]{32}$/)
  const cut = Math.floor(film.length * 0.4)
  const cookie = await cookiesOf('ines')
  // A real connection, which breaks in the middle of what it announced.
  await new Promise<void>((done) => {
    const request = httpRequest(new URL(address, site.origin), {
      method: 'PATCH',
      headers: {
        cookie,
        origin: site.origin,
        'tus-resumable': '1.0.0',
        'content-type': 'application/offset+octet-stream',
        'upload-offset': 0,
        'content-length': film.length
      }
    })
    request.on('error', () => undefined)
    request.on('close', done)
    request.write(film.subarray(0, cut), async () => {
      await sleep(300)
      request.destroy()
    })
  })
  await sleep(200)
  const early = await finish(address)
  t.equal(early.status, 409)
  t.match(early.message, /pas encore entièrement arrivé/)
  const head = await ask('HEAD', address)
  const offset = Number(head.headers.get('upload-offset'))
  t.equal(head.status, 200)
  t.equal(head.headers.get('upload-length'), String(film.length))
  t.equal(head.headers.get('cache-control'), 'no-store')
  t.ok(offset >= cut - 300_000 && offset <= cut, `${offset} of ${cut} arrived`)

  t.equal((await append(address, offset + 1, film.subarray(offset + 1))).status, 409, 'not from elsewhere')
  const rest = await append(address, offset, film.subarray(offset))
  t.equal(rest.status, 204)
  t.equal(rest.headers.get('upload-offset'), String(film.length))
  t.equal(rest.headers.get('x-content-type-options'), 'nosniff')
  t.ok(rest.headers.get('content-security-policy'))
  t.equal(rest.headers.get('access-control-allow-origin'), null)

  const done = await finish(address)
  t.match(done, { status: 201, files: [{ taken: true, title: 'Été au parc' }] })
  const [row, second] = await mediaNamed('Été au parc')
  t.notOk(second)
  t.match(row, { kind: 'video', duration_seconds: 60, sha256: sha256(film), size: film.length })
  const ines = await db.selectFrom('agents').select('id').where('name', '=', 'Inès Caron').executeTakeFirstOrThrow()
  t.equal(row?.author_id, ines.id)
  t.equal(sha256(readFileSync(blobPath(uploadsDir, row?.sha256 ?? ''))), sha256(film))
  t.same(partials(), [])
  t.same(temporaryFiles(), [])

  const again = await finish(address)
  t.match(again, { status: 201, files: [{ taken: true, id: row?.id }] }, 'an answer that was lost is given again')
  t.equal((await mediaNamed('Été au parc')).length, 1)
  const line = await db
    .selectFrom('journal')
    .selectAll()
    .where('subject', '=', 'media')
    .where('subject_id', '=', row?.id ?? 0)
    .execute()
  t.match(line, [{ event: 'added', title: 'Été au parc', agent_name: 'Inès Caron' }])
})

t.test('asked ten times at once, one file', async (t) => {
  const film = movie(600_000)
  const address = await begun('Dix fois.mp4', film.length)
  t.equal((await append(address, 0, film)).status, 204)
  const answers = await Promise.all(Array.from({ length: 10 }, () => finish(address)))
  t.same([...new Set(answers.map((answer) => answer.files[0]?.id))].length, 1)
  t.equal((await mediaNamed('Dix fois')).length, 1)
})

t.test('an upload is its sender’s', async (t) => {
  const film = movie(50_000)
  const address = await begun('À moi.mp4', film.length)
  await append(address, 0, film.subarray(0, 20_000))
  // The pilote and the référente may bring files too: this one is not theirs.
  for (const as of ['nadia', 'paul'] as const) {
    t.equal((await ask('HEAD', address, { as })).status, 404)
    t.equal((await append(address, 20_000, film.subarray(20_000), { as })).status, 404)
    t.equal((await finish(address, as)).status, 404)
    t.equal((await ask('DELETE', address, { as })).status, 404)
    const mine = await begun('Le mien.mp4', film.length, as)
    // Whatever the address says beside: the upload that is checked is the one that is read.
    for (const crafted of [`${mine}?/${address.split('/').at(-1)}`, `${mine}/${address.split('/').at(-1)}`]) {
      const status = (await append(crafted, 20_000, film.subarray(20_000), { as })).status
      t.ok([404, 409].includes(status), `${status}`)
    }
  }
  t.equal((await begin('a.mp4', 10, { as: 'camille' })).status, 403, 'an agent with nothing to write')
  t.equal((await ask('HEAD', address, { as: 'camille' })).status, 403)
  const anonymous = await begin('a.mp4', 10, { headers: { cookie: '' } })
  t.equal(anonymous.status, 303)
  t.equal((await append(address, 20_000, film, { headers: { cookie: '' } })).status, 303)
  for (const origin of ['https://ailleurs.example', 'null']) {
    t.equal((await begin('a.mp4', 10, { headers: { origin } })).status, 403)
    t.equal((await append(address, 20_000, film, { headers: { origin } })).status, 403)
    t.equal((await ask('DELETE', address, { headers: { origin } })).status, 403)
  }
  t.equal((await ask('HEAD', address)).headers.get('upload-offset'), '20000')
  for (const wrong of ['0'.repeat(32), 'x', '..%2f..%2fetc']) {
    t.equal((await ask('HEAD', `${uploads}/${wrong}`)).status, 404, wrong)
  }
  // What waits is served by no address.
  const id = address.split('/').at(-1) ?? ''
  for (const path of [`/medias/${id}/a.mp4`, `/resumable/${id}`, `/uploads/resumable/${id}`]) {
    t.equal((await ask('GET', path)).status, 404, path)
  }
  t.equal((await ask('DELETE', address)).status, 204)
  t.equal((await ask('HEAD', address)).status, 404)
  t.notOk(partials().includes(id))
})

t.test('a pilote brings a film, in their own name', async (t) => {
  const film = movie(30_000)
  t.match(await send('De Paul.mp4', film, 'paul'), { status: 201, files: [{ taken: true }] })
  const [row] = await mediaNamed('De Paul')
  const paul = await db.selectFrom('agents').select('id').where('name', '=', 'Paul Mercier').executeTakeFirstOrThrow()
  t.equal(row?.author_id, paul.id)
})

t.test('what cannot come is refused before it comes, in French', async (t) => {
  const cases: [number, Promise<Response>, RegExp][] = [
    [411, ask('POST', uploads, {}), /n’annonce pas sa taille/],
    [411, ask('POST', uploads, { headers: { 'upload-defer-length': '1' } }), /n’annonce pas sa taille/],
    [411, begin('a.mp4', -1), /n’annonce pas sa taille/],
    [422, begin('a.mp4', 0), /vide/],
    [413, begin('a.mp4', 2_000_000_001), /2\u00a0Go au plus/]
  ]
  for (const [status, sent, expected] of cases) {
    const response = await sent
    t.equal(response.status, status)
    t.match(((await response.json()) as Outcome).message, expected)
  }
  t.equal((await begin('a.mp4', 10, { headers: { 'tus-resumable': '0.2.0' } })).status, 400)
  const address = await begun('long.mp4', 100_000)
  t.equal((await append(address, 0, randomBytes(200_000))).status, 413, 'not more than was announced')
  t.equal((await append(address, 0, randomBytes(10), { headers: { 'content-type': 'text/plain' } })).status, 400)

  const mine = db.deleteFrom('resumable_uploads').where('finished_at', 'is', null)
  await mine.execute()
  for (let count = 0; count < 20; count += 1) await begun(`${count}.mp4`, 100_000)
  const tooMany = await begin('de trop.mp4', 100_000)
  t.equal(tooMany.status, 503)
  t.match(((await tooMany.json()) as Outcome).message, /déjà en cours/)
  await mine.execute()
  for (const name of partials()) rmSync(join(waiting, name))
})

t.test('the first bytes of a program are enough', async (t) => {
  const address = await begun('film.mp4', 90_000_000)
  const program = Buffer.concat([Buffer.from('MZ'), randomBytes(100_000)])
  const response = await append(address, 0, program)
  t.equal(response.status, 422)
  t.match(((await response.json()) as Outcome).message, /n’est pas d’un type accepté/)
  t.match(await finish(address), { status: 422, files: [{ taken: false, message: /n’est pas d’un type accepté/ }] })
  t.equal((await ask('HEAD', address)).headers.get('upload-offset'), '90000000', 'nothing more is asked for')
  t.same(partials(), [])
})

t.test('what nobody comes back for is forgotten after two days', async (t) => {
  const film = movie(40_000)
  const [old, recent] = [await begun('vieux.mp4', film.length), await begun('récent.mp4', film.length)]
  for (const address of [old, recent]) await append(address, 0, film.subarray(0, 30_000))
  const idOf = (address: string) => address.split('/').at(-1) ?? ''
  const longAgo = new Date(Date.now() - 49 * 3600 * 1000)
  await db.updateTable('resumable_uploads').set({ created_at: longAgo }).where('id', '=', idOf(old)).execute()
  t.equal((await ask('HEAD', old)).status, 404, 'even before the hour of the broom')
  for (const name of partials()) utimesSync(join(waiting, name), longAgo, longAgo)
  writeFileSync(join(waiting, 'orphelin'), 'x')
  utimesSync(join(waiting, 'orphelin'), longAgo, longAgo)
  writeFileSync(join(uploadsDir, 'tmp', 'tué.part'), 'x')
  utimesSync(join(uploadsDir, 'tmp', 'tué.part'), longAgo, longAgo)
  await removeOldUploads(db, uploadsDir)
  t.same(partials(), [idOf(recent)])
  t.same(temporaryFiles(), [])
  t.equal((await append(recent, 30_000, film.subarray(30_000))).status, 204)
  t.equal((await finish(recent)).status, 201)
})

t.test('a stop does not wait for a film', async (t) => {
  const other = await openSite(t, { listen: true })
  const visitor = await other.signIn('ines')
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = { cookie, origin: other.origin, 'tus-resumable': '1.0.0' }
  const created = await fetch(other.origin + uploads, {
    method: 'POST',
    headers: { ...headers, 'upload-length': '9000000', 'upload-metadata': metadata('a.mp4') }
  })
  const address = created.headers.get('location') ?? ''
  const request = httpRequest(new URL(address, other.origin), {
    method: 'PATCH',
    headers: {
      ...headers,
      'content-type': 'application/offset+octet-stream',
      'upload-offset': 0,
      'content-length': 9_000_000
    }
  })
  request.on('error', () => undefined)
  request.write(movie(1_000_000))
  await sleep(300)
  const asked = performance.now()
  await other.app.close()
  t.ok(performance.now() - asked < 2000, `${Math.round(performance.now() - asked)} ms`)
})

t.test(
  'a process that is killed between the last byte and the row loses nothing, and another one makes one row',
  async (t) => {
    const film = movie(60_000_000)
    const world = { databaseUrl: site.config.databaseUrl, uploadsDir, as: 'ines.caron' }
    for (const [round, delay] of [15, 60, 120].entries()) {
      const child = fork(join(import.meta.dirname, 'bench/server.ts'), [JSON.stringify(world)], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc']
      })
      const [ready] = (await once(child, 'message')) as [Ready]
      const name = `Tué ${round}`
      const headers = { cookie: ready.cookie, origin: 'http://localhost:3000', 'tus-resumable': '1.0.0' }
      const there = (address: string) => `http://127.0.0.1:${ready.port}${address}`
      const created = await fetch(there(uploads), {
        method: 'POST',
        headers: { ...headers, 'upload-length': String(film.length), 'upload-metadata': metadata(`${name}.mp4`) }
      })
      const address = created.headers.get('location') ?? ''
      const sent = await fetch(there(address), {
        method: 'PATCH',
        headers: { ...headers, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
        body: film
      })
      t.equal(sent.status, 204)
      const lost = fetch(there(address), { method: 'POST', headers }).catch(() => undefined)
      await sleep(delay)
      child.kill('SIGKILL')
      await Promise.all([lost, once(child, 'exit')])

      t.equal((await ask('HEAD', address)).headers.get('upload-offset'), String(film.length))
      t.match(await finish(address), { status: 201, files: [{ taken: true, title: name }] })
      const rows = await mediaNamed(name)
      t.equal(rows.length, 1)
      t.equal(sha256(readFileSync(blobPath(uploadsDir, rows[0]?.sha256 ?? ''))), sha256(film))
      t.same(partials(), [])
    }
  }
)

t.test('the module that browsers fetch is made of the package that is installed', async (t) => {
  t.ok(
    (await bundleTus()) === readFileSync(bundleFile, 'utf8'),
    'public/js/vendor/tus.js is out of date: npm run upload:bundle'
  )
})

async function enter(context: BrowserContext, person: Person): Promise<void> {
  const visitor = await site.signIn(person)
  await context.addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url: site.origin })))
}

/** A page of the library that sends this many bytes in a second, and what it says. */
async function openLibrary(context: BrowserContext, bytesPerSecond: number) {
  const page = await context.newPage()
  await page.goto(library)
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  const network = (uploadThroughput: number, offline = false) =>
    session.send('Network.emulateNetworkConditions', { offline, latency: 0, downloadThroughput: -1, uploadThroughput })
  await network(bytesPerSecond)
  await page.evaluate(`
    globalThis.heard = []
    const status = document.querySelector('[data-upload-status]')
    new MutationObserver(() => heard.push(status.textContent)).observe(status, { childList: true })
  `)
  return {
    page,
    network,
    line: page.locator('.upload__file'),
    heard: async () => (await page.evaluate('heard')) as string[]
  }
}

function fileFor(t: Test, name: string, bytes: Buffer): string {
  const folder = t.testdir({})
  writeFileSync(join(folder, name), bytes)
  return join(folder, name)
}

t.test('in a browser: cut in the middle, the page reloaded, the same file goes on from there', async (t) => {
  const browser = await openBrowser(t, site.origin)
  const context = await browser.newVisitor(t)
  await enter(context, 'ines')
  const film = movie(12_000_000)
  const path = fileFor(t, 'Inauguration.mp4', film)
  const first = await openLibrary(context, 5_000_000)
  await first.page.getByLabel('Choisir des fichiers').setInputFiles(path)
  await first.line.getByText(/^[4-9]\d\u00a0%$/).waitFor()
  first.page.on('dialog', (dialog) => void dialog.accept())
  await first.page.close()
  await sleep(200)

  const second = await openLibrary(context, 20_000_000)
  await second.page.getByLabel('Choisir des fichiers').setInputFiles(path)
  await second.line.getByText('Ajouté').waitFor({ timeout: 20_000 })
  const said = (await second.heard()).join(' | ')
  const resumed = Number(/reprise à (\d+)/.exec(said)?.[1])
  t.ok(resumed >= 35, said)
  t.notMatch(said, '25\u00a0%', 'what was already there is not told again')
  const [row, more] = await mediaNamed('Inauguration')
  t.notOk(more)
  t.equal(row?.sha256, sha256(film))
  t.same(partials(), [])
  t.equal(await second.page.evaluate(`Object.keys(localStorage).filter((key) => key.startsWith('tus::')).length`), 0)
})

t.test('in a browser: the network goes and comes back, and a sending is cancelled', async (t) => {
  const browser = await openBrowser(t, site.origin)
  const context = await browser.newVisitor(t)
  await enter(context, 'ines')
  const film = movie(9_000_000)
  const { page, line, network } = await openLibrary(context, 3_000_000)
  let refusals = 2
  await page.route('**/envois/*', (route) => (refusals-- > 0 ? route.fulfill({ status: 423 }) : route.continue()))
  await page.getByLabel('Choisir des fichiers').setInputFiles(fileFor(t, 'Coupure.mp4', film))
  await line.getByText(/^[2-9]\d\u00a0%/).waitFor()
  await line.getByRole('button', { name: 'Annuler l’envoi de Coupure.mp4' }).click()
  await line.getByText('Envoi annulé.').waitFor()
  for (let tries = 0; partials().length > 0 && tries < 100; tries += 1) await sleep(50)
  t.same(partials(), [], 'what was cancelled does not stay')
  await network(-1)
  await line.getByRole('button', { name: 'Réessayer l’envoi de Coupure.mp4' }).click()
  await line.getByText('Ajouté').waitFor({ timeout: 20_000 })
  t.equal((await mediaNamed('Coupure'))[0]?.sha256, sha256(film))
})

t.test('in a browser: where the protocol does not pass, the file goes in one piece', async (t) => {
  const browser = await openBrowser(t, site.origin)
  const context = await browser.newVisitor(t)
  await enter(context, 'ines')
  const { page, line } = await openLibrary(context, -1)
  await page.route('**/envois', (route) => route.fulfill({ status: 405, body: 'Method Not Allowed' }))
  const film = movie(9_000_000)
  const program = Buffer.concat([Buffer.from('MZ'), randomBytes(9_000_000)])
  await page.getByLabel('Choisir des fichiers').setInputFiles(fileFor(t, 'Entier.mp4', film))
  await line.getByText('Ajouté').waitFor({ timeout: 20_000 })
  t.equal((await mediaNamed('Entier'))[0]?.sha256, sha256(film))
  await page.unroute('**/envois')
  await page.getByLabel('Choisir des fichiers').setInputFiles(fileFor(t, 'programme.mp4', program))
  await line.getByText('n’est pas d’un type accepté').waitFor({ timeout: 20_000 })
})
