/** What is planned happens once, at its minute, on Paris clocks, with several processes at work; and a stopped server loses nothing. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import t, { type Test } from 'tap'
import { contentKinds } from '../src/gestion/kinds.ts'
import { planInParis, runSchedule } from '../src/publishing/schedule.ts'
import { clockChange } from '../src/publishing/views.ts'
import { openBrowser, type Page } from './support/browser.ts'
import { cloneDatabase } from './support/database.ts'

t.setTimeout(240_000)
const root = path.join(import.meta.dirname, '..')
const { db, url } = await cloneDatabase(t)
const names =
  'NODE_ENV PORT HOST BASE_URL DATABASE_URL DATA_DIR UPLOADS_DIR SMTP_URL MAIL_FROM EMAIL_DOMAINS SESSION_KEYS TRUST_PROXY LOG_LEVEL DEMO_CONTENT'
const noVariables = Object.fromEntries(names.split(' ').map((name) => [name, '']))
const folder = t.testdir({ data: {}, uploads: {} })

interface Server {
  port: number
  child: ChildProcess
  printed(): string
  stop(signal?: NodeJS.Signals): Promise<void>
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

/** The site as production starts it, on the database of this test. */
async function startServer(t: Test, port?: number): Promise<Server> {
  const own = port ?? (await freePort())
  const env = {
    ...noVariables,
    PATH: process.env.PATH,
    HOST: '127.0.0.1',
    PORT: String(own),
    BASE_URL: `http://localhost:${own}`,
    DATABASE_URL: url,
    DATA_DIR: path.join(folder, 'data'),
    UPLOADS_DIR: path.join(folder, 'uploads'),
    EMAIL_DOMAINS: 'valbrune.example',
    LOG_LEVEL: 'warn',
    DEMO_CONTENT: 'false'
  }
  const child = spawn(process.execPath, ['src/server.ts'], { cwd: root, env })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      text += chunk
    })
  }
  const exited = once(child, 'exit')
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    child.kill(signal)
    await exited
  }
  t.teardown(() => stop('SIGKILL'))
  while (!text.includes('Le site est prêt')) {
    if (child.exitCode !== null) throw new Error(`The site ended: ${text}`)
    await sleep(30)
  }
  return { port: own, child, printed: () => text, stop }
}

async function until(holds: () => Promise<boolean>, seconds: number): Promise<void> {
  const deadline = Date.now() + seconds * 1000
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`It did not happen within ${seconds} s.`)
    await sleep(200)
  }
}

const screenClock = new Intl.DateTimeFormat('sv-SE', {
  dateStyle: 'short',
  timeStyle: 'short',
  timeZone: 'Europe/Paris'
})
const shown = (instant: Date | null): string => (instant ? screenClock.format(instant).replace(' ', 'T') : '')

t.test('what the screen shows is what was typed, or says that the clocks change', async (t) => {
  // [typed, the instant, whether it is said that something is special]
  const cases: [typed: string, instant: string, said: RegExp | undefined][] = [
    ['2027-03-28T01:59', '2027-03-28T00:59:00.000Z', undefined],
    ['2027-03-28T02:30', '2027-03-28T01:30:00.000Z', /2\s+h\s+30 n’existe pas\s+: ce sera à 3\s+h\s+30/],
    ['2027-03-28T03:00', '2027-03-28T01:00:00.000Z', undefined],
    ['2027-10-31T01:59', '2027-10-30T23:59:00.000Z', undefined],
    ['2027-10-31T02:30', '2027-10-31T01:30:00.000Z', /2\s+h\s+30 vient deux fois\s+: ce sera la seconde/],
    ['2027-10-31T03:00', '2027-10-31T02:00:00.000Z', undefined]
  ]
  for (const [typed, instant, said] of cases) {
    const { publishAt } = await planInParis(db, typed, null)
    t.equal(publishAt?.toISOString(), instant, typed)
    const sentence = clockChange(typed, publishAt)
    if (said) t.match(sentence, said)
    else t.equal(sentence, undefined)
    if (shown(publishAt) !== typed) t.ok(sentence, 'what differs is said')
  }
  // The days of the change themselves: 23 hours in March, 25 in October.
  const march = await planInParis(db, '2027-03-28T00:00', '2027-03-29T00:00')
  const october = await planInParis(db, '2027-10-31T00:00', '2027-11-01T00:00')
  const hours = ({ publishAt, withdrawAt }: typeof march) =>
    ((withdrawAt?.getTime() ?? 0) - (publishAt?.getTime() ?? 0)) / 3_600_000
  t.equal(hours(march), 23)
  t.equal(hours(october), 25)
})

t.test('with two processes, each planned change happens once, within its minute', async (t) => {
  const entries = await db
    .selectFrom('entries')
    .innerJoin('actions', 'actions.id', 'entries.content_id')
    .select(['entries.id', 'actions.id as action_id'])
    .where('entries.kind', '=', 'action')
    .orderBy('actions.number')
    .limit(6)
    .execute()
  await Promise.all([startServer(t), startServer(t)])
  // Three to publish, three to withdraw, in two seconds, by the clock of the database.
  const [publications, withdrawals] = [entries.slice(0, 3), entries.slice(3)]
  const soon = sql<Date>`date_trunc('milliseconds', now() + interval '2 seconds')`
  for (const { id } of publications) {
    await db.updateTable('entries').set({ publish_at: soon }).where('id', '=', id).execute()
  }
  for (const { id } of withdrawals) {
    await db.updateTable('entries').set({ withdraw_at: soon }).where('id', '=', id).execute()
  }
  const due = await db
    .selectFrom('entries')
    .select(sql<Date>`coalesce(publish_at, withdraw_at)`.as('at'))
    .where('id', '=', entries[0]?.id ?? 0)
    .executeTakeFirstOrThrow()
  const waiting = async () =>
    db
      .selectFrom('entries')
      .select('id')
      .where((eb) => eb.or([eb('publish_at', 'is not', null), eb('withdraw_at', 'is not', null)]))
      .execute()
  await until(async () => (await waiting()).length === 0, 40)
  // They started together: whichever was slower has its round too. Then another one, as every quarter of a minute.
  await sleep(2_000)
  const log = { error: () => t.fail('a round failed') } as unknown as Parameters<typeof runSchedule>[0]['log']
  t.equal(await runSchedule({ db, log, kinds: contentKinds }), 0, 'nothing is left to do')
  const lines = await db
    .selectFrom('revisions')
    .select(['entry_id', 'event', 'created_at', 'agent_name'])
    .where(
      'entry_id',
      'in',
      entries.map(({ id }) => id)
    )
    .where('agent_name', '!=', 'Reprise du site')
    .execute()
  t.equal(lines.length, entries.length, 'one change each')
  for (const { created_at } of lines) {
    t.ok(created_at >= due.at, 'not before its time')
    t.ok(created_at.getTime() < due.at.getTime() + 60_000, 'within its minute')
  }
  const journal = await db.selectFrom('journal').select('event').where('subject', '=', 'action').execute()
  t.same(journal.map(({ event }) => event).sort(), [...Array(3).fill('published'), ...Array(3).fill('withdrawn')])
})

t.test('a server that stops under the writer’s fingers loses nothing, the very first save included', async (t) => {
  const first = await startServer(t)
  const origin = `http://localhost:${first.port}`
  const browser = await openBrowser(t, origin)
  const context = await browser.newVisitor(t, { viewport: { width: 1280, height: 900 }, serverStops: true })
  const page = await context.newPage()
  await page.goto(`${origin}/connexion`)
  await page.getByLabel(/adresse électronique/).fill('ines.caron@valbrune.example')
  await page.getByRole('button', { name: 'Recevoir un code' }).click()
  await page.getByRole('heading', { name: 'Tapez le code reçu' }).waitFor()
  await until(async () => /\d{3}\s\d{3} est votre code/.test(first.printed()), 10)
  const code = /(\d{3}\s\d{3}) est votre code/.exec(first.printed())?.[1]?.replace(/\s/g, '') ?? ''
  await page.getByLabel('Code à 6 chiffres').fill(code)
  await page.getByText('Téléphone personnel').click()
  await page.getByRole('button', { name: 'Se connecter' }).click()
  await page.getByRole('link', { name: 'Gestion' }).first().waitFor()

  const address = await newAction(page, origin)
  await first.stop('SIGKILL')
  await page.getByLabel('Titre', { exact: true }).fill('Tapé sans serveur')
  await page.getByRole('textbox', { name: 'Synthèse' }).click()
  await page.keyboard.type('Un texte que rien n’a reçu.')
  for (const [index, date] of ['2021', '2022', '2023', '2024', '2025'].entries()) {
    if (index > 0) await page.getByRole('button', { name: 'Ajouter une ligne' }).click()
    await page.getByLabel('Date', { exact: true }).nth(index).fill(date)
    await page.getByLabel('Ce qui s’est passé, ou ce qui est prévu').nth(index).fill(`Étape de ${date}`)
  }
  await page.getByText('Hors connexion').waitFor()
  // Impatient, the writer publishes into the void.
  await page
    .getByRole('button', { name: 'Publier', exact: true })
    .click()
    .catch(() => undefined)
  await sleep(500)

  const second = await startServer(t, first.port)
  const later = await context.newPage()
  await page.close()
  await later.goto(address)
  t.equal(await later.getByLabel('Titre', { exact: true }).inputValue(), '', 'the site has nothing of it')
  await later.getByRole('button', { name: 'Reprendre ce texte' }).click()
  await later.getByText('Le brouillon est enregistré').waitFor()
  t.equal(await later.getByLabel('Titre', { exact: true }).inputValue(), 'Tapé sans serveur')
  const dates = later.getByLabel('Date', { exact: true })
  t.same(
    await Promise.all([0, 1, 2, 3, 4].map((index) => dates.nth(index).inputValue())),
    ['2021', '2022', '2023', '2024', '2025'],
    'with the lines that were added'
  )
  t.match(await later.locator('main').textContent(), 'Un texte que rien n’a reçu.')
  await later.reload()
  t.equal(
    await later.getByRole('button', { name: 'Reprendre ce texte' }).count(),
    0,
    'what arrived is not offered again'
  )

  // Stopped again; meanwhile somebody else writes: both texts are shown.
  await second.stop('SIGKILL')
  await later.getByLabel('Titre', { exact: true }).fill('Le mien, sans serveur')
  await later.getByText('Hors connexion').waitFor()
  const id = Number(address.split('/').at(-1))
  await db
    .updateTable('entries')
    .set({
      version: sql`version + 1`,
      title: 'Le leur',
      draft: sql`jsonb_set(draft, '{title}', '"Le leur"')`,
      saved_by: (eb) => eb.selectFrom('agents').select('id').where('email', 'like', 'paul.mercier@%')
    })
    .where('id', '=', id)
    .execute()
  await startServer(t, first.port)
  await later.goto(address)
  await later.getByRole('button', { name: 'Reprendre ce texte' }).click()
  await later.getByText('Paul Mercier a enregistré cette page pendant que vous écriviez').waitFor()
  t.equal(await later.getByLabel('Titre', { exact: true }).inputValue(), 'Le mien, sans serveur')
  t.match(await later.locator('.conflict').textContent(), 'leur')
  await later.getByRole('button', { name: 'Enregistrer le brouillon' }).click()
  await later.getByText('Le brouillon est enregistré').waitFor()

  // The session ends, and the button is pressed before any save: signed in again, the text is offered.
  await later.getByLabel('Titre', { exact: true }).fill('Tapé après la fin de la session')
  await later.getByText(/^Enregistré à \d+\s+h\s+\d+, version/).waitFor()
  await db.updateTable('sessions').set({ revoked_at: new Date() }).execute()
  await later.getByLabel('Titre', { exact: true }).fill('Tapé sans session')
  await later.getByRole('button', { name: 'Enregistrer le brouillon' }).click()
  await later.waitForURL(/connexion/)
  await db.updateTable('sessions').set({ revoked_at: null }).execute()
  await later.goto(address)
  await later.getByRole('button', { name: 'Reprendre ce texte' }).click()
  await later.getByText('Le brouillon est enregistré').waitFor()
  t.equal(await later.getByLabel('Titre', { exact: true }).inputValue(), 'Tapé sans session')
})

async function newAction(page: Page, origin: string): Promise<string> {
  await page.goto(`${origin}/gestion/actions`)
  await page.getByRole('button', { name: 'Créer une action' }).click()
  // The page is whole.
  await page.getByRole('button', { name: 'Ajouter une ligne' }).waitFor()
  await page.getByRole('textbox', { name: 'Synthèse' }).waitFor()
  await page.waitForLoadState('networkidle')
  return page.url()
}
