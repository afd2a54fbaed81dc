/** The journal tells who did what, in sentences, and nobody can change it. */
import { sql } from 'kysely'
import t from 'tap'
import { forgetOldJournal } from '../src/gestion/journal-queries.ts'
import { readCsv } from '../src/web/csv.ts'
import { axe, openBrowser } from './support/browser.ts'
import { openSite } from './support/site.ts'

t.setTimeout(120_000)
const site = await openSite(t, { listen: true })
const { db } = site
const ines = await site.signIn('ines')
const { id: inesId } = await db
  .selectFrom('agents')
  .select('id')
  .where('email', '=', 'ines.caron@valbrune.example')
  .executeTakeFirstOrThrow()

interface Line {
  subject: string
  event: string
  title: string
  subject_id?: number
  details?: string
  agent_name?: string
  at?: ReturnType<typeof sql<Date>>
}

async function write(...lines: Line[]): Promise<void> {
  await db
    .insertInto('journal')
    .values(lines.map((line) => ({ agent_id: inesId, agent_name: 'Inès Caron', details: '', ...line })))
    .execute()
}

t.test('the journal is for the webmaster, and no route changes it', async (t) => {
  const addresses = site.app.accessList.filter(({ url }) => url.startsWith('/gestion/journal'))
  t.same(
    addresses.map(({ method, url, access }) => `${method} ${url} ${access}`).sort(),
    ['GET', 'HEAD'].flatMap((method) => ['', '.csv'].map((end) => `${method} /gestion/journal${end} webmaster`))
  )
  for (const path of ['/gestion/journal', '/gestion/journal.csv']) {
    t.equal((await site.newVisitor().visit(path)).status, 303)
    for (const person of ['camille', 'nadia', 'paul'] as const) {
      t.equal((await site.visit(path, { as: person })).status, 403, `${path} as ${person}`)
    }
  }
})

t.test('the database refuses to rewrite it, to empty it, and to forget too soon', async (t) => {
  await write({ subject: 'action', event: 'published', title: 'Ligne gardée' })
  await t.rejects(sql`update journal set agent_name = 'Personne'`.execute(db), /not rewritten/)
  await t.rejects(sql`update journal set at = now() - interval '1 year'`.execute(db), /not rewritten/)
  await t.rejects(sql`delete from journal`.execute(db), /not erased/)
  await t.rejects(sql`truncate journal`.execute(db), /not emptied/)
  t.match(await db.selectFrom('journal').select('title').where('title', '=', 'Ligne gardée').execute(), [{}])
})

t.test('each thing that is done is a sentence', async (t) => {
  const action = await db
    .selectFrom('entries')
    .select(['id', 'title'])
    .where('kind', '=', 'action')
    .orderBy('id')
    .executeTakeFirstOrThrow()
  const file = await db.selectFrom('media').select(['id', 'title']).orderBy('id').executeTakeFirstOrThrow()
  const contents = ['action', 'engagement', 'direction', 'issue', 'album', 'page', 'home', 'demarche']
  const deeds = [
    'created',
    'saved',
    'proposed',
    'unproposed',
    'returned',
    'published',
    'restored',
    'withdrawn',
    'scheduled',
    'unscheduled',
    'trashed',
    'untrashed',
    'erased'
  ]
  await write(
    ...contents.flatMap((subject) => deeds.map((event) => ({ subject, event, title: `Titre ${subject}` }))),
    ...['added', 'replaced', 'trashed', 'untrashed', 'deleted', 'edited'].map((event) => ({
      subject: 'media',
      event,
      title: 'Titre media'
    })),
    { subject: 'agent', event: 'handed-over', title: 'Une Personne', details: 'Culture\u00a0: confié à Une Autre' },
    { subject: 'something', event: 'new', title: 'Inconnu' }
  )
  await write(
    { subject: 'action', event: 'published', title: action.title, subject_id: action.id },
    { subject: 'media', event: 'replaced', title: file.title, subject_id: file.id },
    { subject: 'agent', event: 'invited', title: 'Inès Caron', subject_id: inesId },
    { subject: 'settings', event: 'changed', title: 'Menu', details: 'Bonus → Suppléments' },
    { subject: 'action', event: 'erased', title: 'Disparue', subject_id: 99_999 }
  )
  const page = await ines.visit('/gestion/journal')
  t.match(page.text, 'Inès Caron a effacé pour de bon l’action «\u00a0Disparue\u00a0».')
  t.match(page.text, 'a changé les réglages Menu. Bonus → Suppléments')
  t.match(page.text, 'Inès Caron a invité Inès Caron.')
  const has = (href: string) => page.document.querySelector(`.history a[href="${href}"]`) !== null
  t.ok(has(`/gestion/contenus/${action.id}`))
  t.ok(has(`/gestion/mediatheque/${file.id}`))
  t.ok(has(`/gestion/agents/${inesId}`))
  t.ok(has('/gestion/reglages'))
  t.notOk(has('/gestion/contenus/99999'), 'what is gone cannot be opened')
  for (let number = 2; number < 5; number += 1) {
    const other = await ines.visit(`/gestion/journal?page=${number}`)
    t.equal(other.status, 200)
    t.notMatch(other.text, /\ba changé (l’action|la page|l’album)/, 'no event of a content is told in general words')
  }
})

t.test('lines are found by who, what, when and words', async (t) => {
  await write(
    { subject: 'media', event: 'added', title: 'Affiche de la fête', agent_name: 'Léa Ancienne' },
    { subject: 'album', event: 'published', title: 'Fête 2019', at: sql<Date>`'2019-06-21 23:30:00 Europe/Paris'` }
  )
  const titles = async (query: string): Promise<string[]> => {
    const page = await ines.visit(`/gestion/journal?${query}`)
    t.equal(page.status, 200, query)
    return page.document.querySelectorAll('.history__line').map((line) => line.textContent.replace(/\s+/g, ' '))
  }
  t.match(await titles('qui=lea'), [/Affiche de la fête/])
  t.match(await titles('q=FETE+2019'), [/Fête 2019/])
  t.match(await titles('du=2019-06-21&au=2019-06-21'), [/Fête 2019/], 'the whole day, on the clocks of Paris')
  t.same(await titles('du=2019-06-22&au=2019-12-31'), [])
  t.ok((await titles('sujet=fichiers')).every((line) => line.includes('fichier')))
  t.ok((await titles('sujet=pages')).every((line) => line.includes('page')))
  t.ok((await titles('sujet=rien&du=2026-02-30&au=hier&page=zz&qui[]=x')).length > 0, 'nonsense counts as absent')
  t.same(await titles('q=%25'), [])
  const page = await ines.visit('/gestion/journal?qui=lea&sujet=fichiers')
  t.equal(page.document.querySelector('#qui')?.getAttribute('value'), 'lea')
  t.equal(page.document.querySelector('option[selected]')?.getAttribute('value'), 'fichiers')
  const file = await ines.request({ url: '/gestion/journal.csv?qui=lea&sujet=fichiers' })
  t.match(file.headers['content-disposition'], /attachment; filename="journal-\d{4}-\d\d-\d\d\.csv"/)
  t.match(
    readCsv(file.body).map(({ cells }) => cells.slice(2)),
    [
      ['Qui', 'Fait', 'Sur quoi', 'Précisions'],
      ['Léa Ancienne', 'a ajouté le fichier', 'Affiche de la fête', '']
    ]
  )
})

t.test('a long journal comes by pages', async (t) => {
  const first = await ines.visit('/gestion/journal?sujet=actions')
  t.ok(first.document.querySelectorAll('.history__line').length <= 50)
  await sql`insert into journal (agent_name, subject, title, event)
    select 'Foule', 'album', 'Foule ' || n, 'published' from generate_series(1, 120) as n`.execute(db)
  const page = await ines.visit('/gestion/journal?qui=foule&page=3')
  t.equal(page.document.querySelectorAll('.history__line').length, 20)
  t.match(page.text, '120\u00a0lignes')
})

t.test('what is too old is forgotten, as long as the city says', async (t) => {
  await write(
    { subject: 'page', event: 'published', title: 'Très vieux', at: sql<Date>`now() - interval '13 months'` },
    { subject: 'page', event: 'published', title: 'Moins vieux', at: sql<Date>`now() - interval '11 months'` }
  )
  const old = async () => {
    const rows = await db.selectFrom('journal').select('title').where('title', 'like', '%vieux').orderBy('id').execute()
    return rows.map(({ title }) => title)
  }
  await forgetOldJournal(db)
  t.same(await old(), ['Moins vieux'])
  await db.updateTable('settings').set({ journal_months: 6 }).execute()
  await forgetOldJournal(db)
  t.same(await old(), [])
  t.match(await db.selectFrom('journal').select('title').where('title', '=', 'Ligne gardée').execute(), [{}])
})

t.test('the screen has nothing for axe to say, and fits a phone', async (t) => {
  const browser = await openBrowser(t, site.origin)
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newVisitor(t, { viewport: { width: 320, height: 640 }, colorScheme })
    await context.addCookies([...ines.cookies].map(([name, value]) => ({ name, value, url: site.origin })))
    const page = await context.newPage()
    for (const path of ['/gestion/journal', '/gestion/journal?qui=personne']) {
      await page.goto(`${site.origin}${path}`)
      t.same(await axe(page), [], `${path}, ${colorScheme}`)
      t.equal(await page.evaluate('document.documentElement.scrollWidth > innerWidth'), false, `${path} fits`)
    }
  }
})
