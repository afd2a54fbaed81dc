/** Engagements are written like the rest; what hangs on them is never lost, and a sheet is found among three hundred. */
import { sql } from 'kysely'
import t from 'tap'
import { engagementContent } from '../src/engagements/engagement-content.ts'
import { axe, openBrowser } from './support/browser.ts'
import { openSite, type Page } from './support/site.ts'

t.setTimeout(120_000)
const site = await openSite(t, { listen: true })
const { db } = site
const ines = await site.signIn('ines')
const camille = await site.signIn('camille')
const paul = await site.signIn('paul')

const writing = 'form[data-autosave]'

async function entryOf(number: number) {
  return db
    .selectFrom('entries')
    .innerJoin('engagements', 'engagements.id', 'entries.content_id')
    .select(['entries.id', 'engagements.id as engagement_id', 'engagements.slug', 'engagements.title'])
    .where('entries.kind', '=', 'engagement')
    .where('engagements.number', '=', number)
    .executeTakeFirstOrThrow()
}

const screen = (id: number): string => `/gestion/engagements/${id}`

function pressed(page: Page, button: string, values: Record<string, string | string[]> = {}): Promise<Page> {
  return ines.submit(page, values, { form: writing, button })
}

async function created(): Promise<{ page: Page; id: number }> {
  const page = await ines.submit(await ines.visit('/gestion/engagements'), {}, { form: 'main form' })
  return { page, id: Number(page.path.split('/').at(-1)) }
}

const complete = { titre: 'Prendre soin de l’eau', teinte: 'lagon', presentation: '<p>Compter, puis réparer.</p>' }

t.test('engagements are for the webmaster only', async (t) => {
  const { id } = await entryOf(1)
  const addresses = site.app.accessList.filter(({ url }) => url.startsWith('/gestion/engagements'))
  t.ok(addresses.length >= 12)
  for (const { method, url } of addresses.filter((address) => address.method !== 'HEAD')) {
    const path = url.replace(':id', String(id)).replace(':revision', '1')
    for (const [visitor, status] of [
      [site.newVisitor(), 303],
      [camille, 403],
      [paul, 403],
      [await site.signIn('nadia'), 403]
    ] as const) {
      const answer = method === 'POST' ? await visitor.post(path) : await visitor.visit(path)
      t.equal(answer.status, status, `${method} ${url}`)
    }
  }
})

t.test('the list shows the five in their order, with how many sheets each has', async (t) => {
  const page = await ines.visit('/gestion/engagements')
  const numbers = page.document.querySelectorAll('tbody tr td:first-child').map((cell) => cell.textContent)
  t.same(numbers, ['1', '2', '3', '4', '5'])
  const link = page.document.querySelector('tbody a[href^="/gestion/actions?engagement="]')
  const sheets = await ines.visit(link?.getAttribute('href') ?? '')
  const count = Number.parseInt(link?.textContent ?? '', 10)
  t.ok(count > 0)
  t.equal(sheets.document.querySelectorAll('tbody tr').length, count)
})

t.test('a new engagement is written in several times, and readers see it once it is published', async (t) => {
  const { page, id } = await created()
  const refused = await pressed(page, 'Publier', { titre: 'Prendre soin de l’eau' })
  t.equal(refused.status, 422)
  t.match(refused.text, 'Choisissez la couleur')
  t.match(refused.text, 'Écrivez la présentation')
  t.ok(refused.document.querySelectorAll('.error-summary a').length >= 2)
  for (const link of refused.document.querySelectorAll('.error-summary a')) {
    const target = link.getAttribute('href') ?? ''
    t.ok(refused.document.querySelector(target), `${target} exists`)
  }
  t.equal(refused.document.querySelector('[name=titre]')?.getAttribute('value'), 'Prendre soin de l’eau')

  const published = await pressed(refused, 'Publier', { ...complete, accroche: 'Une fuite vue est une fuite réparée.' })
  t.match(published.text, 'C’est publié')
  const row = await db
    .selectFrom('entries')
    .innerJoin('engagements', 'engagements.id', 'entries.content_id')
    .select(['engagements.slug', 'engagements.number', 'engagements.hue', 'engagements.author_id'])
    .where('entries.id', '=', id)
    .executeTakeFirstOrThrow()
  t.match(row, { slug: 'prendre-soin-de-l-eau', number: 6, hue: 'lagon' })
  t.ok(row.author_id)
  const shown = await camille.visit(`/engagements/${row.slug}`)
  t.match(shown.text, 'Compter, puis réparer.')
  t.match(shown.text, 'Une fuite vue')
  t.match(shown.text, 'Aucune action n’est encore publiée')
})

t.test('a colour or a number that another engagement has is said', async (t) => {
  const { page } = await created()
  t.match(page.text, /Déjà celle des? l?’?engagements? /)
  const third = await entryOf(3)
  const refused = await pressed(page, 'Publier', { ...complete, titre: 'Un doublon', numero: '3' })
  t.equal(refused.status, 422)
  t.match(refused.text, `Le numéro 3 est celui de l’engagement «\u00a0${third.title}\u00a0».`)
  for (const [numero, sentence] of [
    ['0', 'Les numéros commencent à 1.'],
    ['trois', 'Écrivez un nombre entier'],
    ['99999', 'Écrivez un nombre entier']
  ] as const) {
    const answer = await pressed(refused, 'Publier', { numero })
    t.equal(answer.status, 422, numero)
    t.match(answer.text, sentence)
  }
  const long = await ines.post(
    `${page.path}/brouillon`,
    { version: '1', titre: 'é'.repeat(161), accroche: 'à'.repeat(241), teinte: 'or', numero: '' },
    { houseRules: false }
  )
  t.equal(long.status, 422)
  t.match(long.text, '160 caractères au plus')
  t.match(long.text, '240 caractères au plus')
})

t.test('publishing an engagement that was only opened changes nothing of it', async (t) => {
  for (const number of [1, 4]) {
    const entry = await entryOf(number)
    const settled = async () => {
      const document = await engagementContent.load(db, entry.engagement_id)
      return { ...document, description: document?.description.replaceAll(/\s*\n\s*/g, '') }
    }
    const before = await settled()
    t.match((await pressed(await ines.visit(screen(entry.id)), 'Publier')).text, 'C’est publié')
    t.same(await settled(), before)
  }
})

t.test('the draft is previewed as readers would see it, and stays a draft', async (t) => {
  const entry = await entryOf(2)
  await pressed(await ines.visit(screen(entry.id)), 'Enregistrer le brouillon', { titre: 'Un titre en préparation' })
  const preview = await ines.visit(`${screen(entry.id)}/apercu`)
  t.match(preview.document.querySelector('h1')?.textContent, 'Un titre en préparation')
  t.match((await camille.visit(`/engagements/${entry.slug}`)).text, entry.title)
  await pressed(await ines.visit(screen(entry.id)), 'Enregistrer le brouillon', { titre: entry.title })
})

t.test('two engagements published at once do not take one number', async (t) => {
  const drafts = await Promise.all([created(), created(), created()])
  const answers = await Promise.all(
    drafts.map(({ page }, index) =>
      pressed(page, 'Publier', { ...complete, titre: `À la fois ${index}`, numero: '42' })
    )
  )
  t.same(answers.map((answer) => answer.status).sort(), [200, 422, 422])
  t.ok(answers.filter((answer) => answer.text.includes('Le numéro 42 est celui de l’engagement')).length === 2)
  const without = await Promise.all([created(), created()])
  const published = await Promise.all(
    without.map(({ page }, index) => pressed(page, 'Publier', { ...complete, titre: `Ensemble ${index}` }))
  )
  t.same(
    published.map((answer) => answer.status),
    [200, 200]
  )
})

t.test('a withdrawal says what it hides, and gives it all back', async (t) => {
  const entry = await entryOf(3)
  const sheets = await db
    .selectFrom('actions')
    .select('slug')
    .where('engagement_id', '=', entry.engagement_id)
    .where('published_at', 'is not', null)
    .execute()
  const page = await ines.visit(screen(entry.id))
  t.match(page.text, `${sheets.length}\u00a0fiches d’action publiées disparaîtront avec lui`)
  const withdrawn = await ines.submit(page, { raison: 'Il est réécrit.' }, { button: 'Retirer la page' })
  t.match(withdrawn.text, 'La page est retirée')
  t.notMatch(withdrawn.text, 'disparaîtront avec lui')
  // Withdrawn, and told so.
  t.equal((await camille.visit(`/engagements/${entry.slug}`)).status, 410)
  for (const { slug } of sheets) t.equal((await camille.visit(`/actions/${slug}`)).status, 404, slug)
  const back = await pressed(await ines.visit(screen(entry.id)), 'Publier')
  t.match(back.text, 'C’est publié')
  for (const { slug } of sheets) t.equal((await camille.visit(`/actions/${slug}`)).status, 200, slug)
})

t.test(
  'an engagement that still has sheets goes neither to the trash nor out of it, and no sheet is lost',
  async (t) => {
    const entry = await entryOf(1)
    const before = await db.selectFrom('actions').select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow()
    const page = await ines.visit(screen(entry.id))
    t.match(page.text, 'ne peut donc pas aller à la corbeille')
    t.notOk(page.document.querySelector(`form[action="${screen(entry.id)}/corbeille"]`))
    // Whoever had the screen open from before is told the same.
    const refused = await ines.post(`${screen(entry.id)}/corbeille`)
    t.equal(refused.headers.location, screen(entry.id))
    t.match((await ines.visit(screen(entry.id))).text, 'mettez-les à la corbeille')
    t.equal((await camille.visit(`/engagements/${entry.slug}`)).status, 200)
    await t.rejects(
      db.transaction().execute((trx) => engagementContent.erase(trx, entry.engagement_id)),
      'the database refuses too'
    )
    t.same(await db.selectFrom('actions').select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow(), before)

    // Without sheets it goes, keeps its number meanwhile, comes back, and can be erased.
    const { page: screenOfNew, id } = await created()
    const published = await pressed(screenOfNew, 'Publier', { ...complete, titre: 'À jeter', numero: '77' })
    const thrown = await ines.submit(published, {}, { button: 'Mettre à la corbeille' })
    t.match(thrown.text, 'À jeter')
    const { page: another } = await created()
    t.match(
      (await pressed(another, 'Publier', { ...complete, numero: '77' })).text,
      '«\u00a0À jeter\u00a0», à la corbeille.'
    )
    const { content_id: contentId } = await db
      .selectFrom('entries')
      .select('content_id')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    await db.transaction().execute((trx) => engagementContent.erase(trx, contentId ?? 0))
    t.equal(await engagementContent.load(db, contentId ?? 0), undefined)
  }
)

t.test('a sheet is found by its engagement, its status, its state and its words', async (t) => {
  const list = await ines.visit('/gestion/actions')
  const titles = (page: Page): string[] =>
    page.document.querySelectorAll('tbody th a').map((link) => link.textContent.trim())
  const all = titles(list).length
  const find = (values: Record<string, string>): Promise<Page> =>
    ines.submit(list, values, { form: 'form[role="search"][action="/gestion/actions"]' })

  const done = await find({ statut: 'realisee' })
  const expected = await db
    .selectFrom('actions')
    .select(sql<number>`count(*)`.as('count'))
    .where('status', '=', 'realisee')
    .executeTakeFirstOrThrow()
  t.equal(titles(done).length, expected.count)
  t.match(done.text, `${expected.count}\u00a0fiches correspondent`)
  t.equal(done.document.querySelector('#statut option[selected]')?.getAttribute('value'), 'realisee')

  t.same(titles(await find({ mots: 'EXTRANET dedie' })), ['Création d’un extranet dédié au projet d’administration'])
  t.equal(titles(await find({ mots: '7' })).length >= 1, true)
  t.match((await find({ mots: '%_' })).text, 'Aucune fiche ne correspond')
  t.match((await find({ mots: 'rien de tel ici' })).text, 'Aucune fiche ne correspond')

  // A sheet that was never published is found by what its draft says.
  const engagement = await entryOf(2)
  const draft = await ines.submit(list, {}, { button: 'Créer une action' })
  await pressed(draft, 'Enregistrer le brouillon', {
    titre: 'Prêter des vélos',
    engagement: String(engagement.engagement_id),
    statut: 'en_cours'
  })
  const drafts = await find({ engagement: String(engagement.engagement_id), statut: 'en_cours', etat: 'brouillon' })
  t.same(titles(drafts), ['Prêter des vélos'])
  t.equal(titles(await find({ etat: 'publie' })).length, all)
  t.equal(titles(await find({ etat: 'retire' })).length, 0)
  for (const path of ['?statut=x&etat=y&engagement=-1&mots=', '?engagement=a&engagement=b', '?etat[]=z']) {
    t.equal(titles(await ines.visit(`/gestion/actions${path}`)).length, all + 1, path)
  }
  // A pilote filters their own, and an agent has nothing to filter.
  t.equal(titles(await paul.visit('/gestion/actions')).length, 3)
  t.equal((await paul.visit('/gestion/actions?mots=rien-de-tel')).status, 200)
  t.equal((await camille.visit('/gestion/actions?mots=accueil')).status, 403)
})

t.test('three hundred sheets are listed at once', async (t) => {
  await sql`insert into actions (slug, number, engagement_id, title, published_at, summary)
    select 'serie-' || n, 1000 + n, (select min(id) from engagements), 'Série ' || n, now(), '<p>x</p>'
    from generate_series(1, 270) as n`.execute(db)
  await sql`insert into entries (kind, content_id, title, draft)
    select 'action', id, title, jsonb_build_object('summary', repeat('texte ', 20000)) from actions where slug like 'serie-%'`.execute(
    db
  )
  await ines.visit('/gestion/actions', { houseRules: false })
  const start = performance.now()
  const page = await ines.visit('/gestion/actions?etat=en-attente&mots=série', { houseRules: false })
  const duration = performance.now() - start
  t.equal(page.document.querySelectorAll('tbody tr').length, 270)
  t.ok(duration < 1000, `${Math.round(duration)} ms`)
  t.comment(`300 sheets: ${Math.round(duration)} ms, parsed`)
  await db.deleteFrom('actions').where('slug', 'like', 'serie-%').execute()
})

t.test('the screens have nothing for axe to say, and fit a phone', async (t) => {
  const browser = await openBrowser(t, site.origin)
  const { id } = await entryOf(2)
  const cookies = [...ines.cookies].map(([name, value]) => ({ name, value, url: site.origin }))
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newVisitor(t, { viewport: { width: 320, height: 640 }, colorScheme })
    await context.addCookies(cookies)
    const page = await context.newPage()
    for (const path of ['/gestion/engagements', screen(id), '/gestion/actions?statut=prevue']) {
      await page.goto(`${site.origin}${path}`)
      t.same(await axe(page), [], `${path}, ${colorScheme}`)
      const scrolls = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
      t.equal(scrolls, false, `${path} does not scroll sideways`)
    }
  }
})
