/** The webmaster writes the home page, La démarche and the legal pages; agents and visitors see what was published. */
import { sql } from 'kysely'
import t from 'tap'
import { removeDemonstration } from '../src/demonstration/remove.ts'
import { demarcheContent } from '../src/pages/demarche-content.ts'
import { homeContent } from '../src/pages/home-content.ts'
import { matchRows } from '../src/pages/rows.ts'
import { axe, openBrowser } from './support/browser.ts'
import { openSite, type Page } from './support/site.ts'

t.setTimeout(240_000)
const site = await openSite(t, { listen: true })
const { db } = site
const ines = await site.signIn('ines')
const camille = await site.signIn('camille')

const writing = 'form[data-autosave]'
const undoing = 'form[action$="annuler-la-publication"]'

function pressed(page: Page, button: string, values: Record<string, string | string[]> = {}): Promise<Page> {
  return ines.submit(page, values, { form: writing, button })
}

async function entryOf(kind: 'home' | 'demarche' | 'page', slug?: string) {
  return db
    .selectFrom('entries')
    .leftJoin('pages', 'pages.id', 'entries.content_id')
    .select(['entries.id', 'entries.content_id'])
    .where('entries.kind', '=', kind)
    .$if(slug !== undefined, (query) => query.where('pages.slug', '=', slug ?? ''))
    .executeTakeFirstOrThrow()
}

const home = await entryOf('home')
const demarche = await entryOf('demarche')
const legal = await entryOf('page', 'mentions-legales')
const screens = {
  home: `/gestion/accueil/${home.id}`,
  demarche: `/gestion/demarche/${demarche.id}`,
  legal: `/gestion/pages/${legal.id}`
}

async function image(): Promise<{ id: number; title: string }> {
  return db
    .selectFrom('media')
    .select(['id', 'title'])
    .where('kind', '=', 'image')
    .where('alt', 'is not', null)
    .where('filename', 'like', 'equipe%')
    .orderBy('id')
    .executeTakeFirstOrThrow()
}

/** What a test left unpublished is nothing to the next. */
async function forgetDrafts(): Promise<void> {
  const ids = [home.id, demarche.id, legal.id]
  await db.updateTable('entries').set({ draft: null }).where('id', 'in', ids).execute()
}

const settle = (html: string): string => html.replaceAll(/\s*\n\s*/g, ' ').replaceAll(/>\s+</g, '><')

t.test('these pages are one click away from their addresses', async (t) => {
  const led = await ines.visit('/gestion/accueil')
  t.equal(led.status, 303)
  t.equal(led.headers.location, screens.home)
  t.equal((await ines.visit('/gestion/demarche')).headers.location, screens.demarche)
  const list = await ines.visit('/gestion/pages')
  const links = list.document.querySelectorAll('tbody a').map((link) => link.getAttribute('href'))
  t.equal(links.length, 3, 'the legal pages, without La démarche')
  t.ok(links.includes(screens.legal))
  for (const path of Object.values(screens)) t.equal((await ines.visit(path)).status, 200, path)
})

t.test('they are the webmaster’s', async (t) => {
  const others = [
    ['an agent', camille],
    ['a référente', await site.signIn('nadia')],
    ['a pilote', await site.signIn('paul')]
  ] as const
  const paths = ['/gestion/accueil', '/gestion/demarche', '/gestion/pages', ...Object.values(screens)]
  for (const path of [...paths, ...Object.values(screens).map((screen) => `${screen}/apercu`)]) {
    for (const [who, visitor] of others) t.equal((await visitor.visit(path)).status, 403, `${path}, ${who}`)
    t.equal((await site.visit(path)).status, 303, `${path}, a visitor`)
  }
  for (const screen of Object.values(screens)) {
    for (const gesture of ['brouillon', 'publier', 'annuler-la-publication', 'programmer']) {
      for (const [who, visitor] of others) {
        t.equal((await visitor.post(`${screen}/${gesture}`)).status, 403, `${screen}/${gesture}, ${who}`)
      }
    }
  }
})

t.test('they are never created, withdrawn nor thrown away', async (t) => {
  for (const [kind, path] of [
    ['accueil', screens.home],
    ['demarche', screens.demarche],
    ['pages', screens.legal]
  ]) {
    t.equal((await ines.post(`/gestion/${kind}`)).status, 404)
    for (const gesture of ['retirer', 'corbeille']) {
      t.equal((await ines.post(`${path}/${gesture}`, { raison: 'Pour voir' })).status, 404, `${path}/${gesture}`)
    }
    const page = await ines.visit(path ?? '')
    t.notOk(page.document.querySelector('form[action$="/retirer"], form[action$="/corbeille"]'))
  }
})

t.test('publishing what was only opened changes nothing', async (t) => {
  const rows = async () => ({
    words: (await db.selectFrom('home_words').selectAll().orderBy('order').execute()).map((row) => ({
      ...row,
      body: settle(row.body)
    })),
    highlights: await db.selectFrom('highlights').selectAll().orderBy('order').execute(),
    steps: (await db.selectFrom('demarche_steps').selectAll().orderBy('id').execute()).map(
      ({ body, order, ...row }) => ({
        ...row,
        body: settle(body)
      })
    ),
    pages: (await db.selectFrom('pages').select(['slug', 'title', 'introduction', 'body']).orderBy('id').execute()).map(
      (row) => ({ ...row, body: settle(row.body) })
    )
  })
  const before = await rows()
  for (const path of Object.values(screens)) {
    t.match((await pressed(await ines.visit(path), 'Publier')).text, 'C’est publié', path)
  }
  t.same(await rows(), before, 'rows, numbers, dates and demonstration included')
})

t.test(
  'the webmaster writes a word with a portrait, a highlight and an announcement; agents see them at once',
  async (t) => {
    const former = await camille.visit('/')
    t.notOk(former.document.querySelector('.announcement'))
    const portrait = await image()
    const before = await db.selectFrom('home_words').select(['id', 'title']).orderBy('order').execute()
    const page = await pressed(await ines.visit(screens.home), 'Publier', {
      mot_0_titre: 'Tenir parole, ensemble',
      mot_0_portrait_gardee: [],
      mot_0_portrait: `${portrait.id} – ${portrait.title}`,
      mot_2_auteur: 'Une invitée',
      mot_2_titre: 'Merci de votre accueil',
      mot_2_texte: 'J’ai passé une journée au guichet.',
      une_3_titre: 'Toutes les actions en cours',
      une_3_texte: 'Quatorze chantiers avancent.',
      une_3_lien: '/engagements?statut=en_cours – Engagements et actions',
      annonce: 'Le self est fermé vendredi.',
      annonce_lien: '/demarche – La démarche'
    })
    t.match(page.text, 'C’est publié')

    const seen = await camille.visit('/')
    t.match(seen.text, 'Tenir parole, ensemble')
    t.match(seen.text, 'Merci de votre accueil')
    t.ok(seen.html.includes(`/medias/${portrait.id}/`), 'the portrait is shown')
    t.ok(seen.document.querySelector('.card a[href="/engagements?statut=en_cours"]'))
    for (const path of ['/', '/engagements', '/mentions-legales']) {
      const banner = (await camille.visit(path)).document.querySelector('section[aria-label="Annonce"]')
      t.match(banner?.textContent, 'Le self est fermé vendredi.', path)
      t.equal(banner?.querySelector('a')?.getAttribute('href'), '/demarche')
    }
    for (const path of ['/connexion', '/mentions-legales']) {
      t.notMatch((await site.visit(path)).html, 'Le self est fermé', `${path}, for a visitor`)
    }
    const after = await db.selectFrom('home_words').select(['id', 'demonstration']).orderBy('order').execute()
    t.same(after.slice(0, 2), [
      { id: before[0]?.id, demonstration: false },
      { id: before[1]?.id, demonstration: true }
    ])

    const undone = await ines.submit(page, {}, { form: undoing })
    t.match(undone.text, 'La publication précédente est de nouveau en ligne')
    const again = await camille.visit('/')
    t.equal(again.document.querySelectorAll('.word').length, before.length)
    t.match(again.text, before[0]?.title)
    t.notMatch(again.html, 'Le self est fermé')
    t.notMatch(again.text, 'Merci de votre accueil')
  }
)

t.test('words are moved and taken away', async (t) => {
  const titles = async (): Promise<string[]> =>
    (await camille.visit('/')).document.querySelectorAll('.word__title').map((title) => title.textContent)
  const [first = '', second = ''] = await titles()
  await pressed(await ines.visit(screens.home), 'Publier', { mot_1_place: '1' })
  t.same(await titles(), [second, first])
  const page = await pressed(await ines.visit(screens.home), 'Publier', { mot_0_enlever: ['1'] })
  t.same(await titles(), [first])
  await ines.submit(page, {}, { form: undoing })
  t.same(await titles(), [second, first], 'and come back')
})

t.test('the preview is the agents’ page, announcement included, and publishes nothing', async (t) => {
  await pressed(await ines.visit(screens.home), 'Enregistrer le brouillon', {
    mot_0_titre: 'Un titre en préparation',
    annonce: 'Une annonce en préparation'
  })
  const preview = await ines.visit(`${screens.home}/apercu`)
  t.match(preview.text, 'Un titre en préparation')
  t.match(preview.document.querySelector('.announcement')?.textContent, 'Une annonce en préparation')
  t.notMatch((await camille.visit('/')).html, 'en préparation')
  await pressed(await ines.visit(screens.home), 'Enregistrer le brouillon', { annonce: '' })
})

t.test('what is missing is said at its field, and what was typed is there again', async (t) => {
  const undescribed = await db
    .insertInto('media')
    .columns(['sha256', 'filename', 'title', 'kind', 'content_type', 'size', 'alt'])
    .expression((eb) =>
      eb
        .selectFrom('media')
        .select([
          'sha256',
          'filename',
          sql<string>`'Sans description'`.as('title'),
          'kind',
          'content_type',
          'size',
          sql<null>`null`.as('alt')
        ])
        .where('kind', '=', 'image')
        .limit(1)
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  const refused = await pressed(await ines.visit(screens.home), 'Publier', {
    mot_2_auteur: 'Sans titre ni texte',
    mot_2_portrait: `${undescribed.id} – Sans description`,
    mot_2_video_ajout: `${undescribed.id} – Sans description`,
    annonce: '',
    annonce_lien: '/demarche'
  })
  t.equal(refused.status, 422)
  for (const link of refused.document.querySelectorAll('.error-summary a')) {
    t.ok(refused.document.querySelector(link.getAttribute('href') ?? ''), `${link.getAttribute('href')} exists`)
  }
  t.match(refused.text, 'Le mot de Sans titre ni texte\u00a0: donnez un titre.')
  t.match(refused.text, 'Le mot de Sans titre ni texte\u00a0: écrivez le texte.')
  t.match(refused.text, 'Décrivez l’image dans la médiathèque')
  t.match(refused.text, 'Cette vidéo n’est plus dans la médiathèque')
  t.match(refused.text, 'Écrivez l’annonce, ou videz son lien.')
  t.equal(refused.document.querySelector('[name=mot_2_auteur]')?.getAttribute('value'), 'Sans titre ni texte')
  t.ok(
    refused.document.querySelector('[name=mot_2_auteur]')?.closest('details')?.hasAttribute('open'),
    'its card is open'
  )
  await pressed(refused, 'Enregistrer le brouillon', { mot_2_enlever: ['1'], annonce_lien: '' })

  const steps = await ines.visit(screens.demarche)
  const wrong = await pressed(steps, 'Publier', { etape_0_date: 'il y a longtemps', etape_1_titre: '', titre: '' })
  t.equal(wrong.status, 422)
  t.match(wrong.text, 'écrivez une date comme 2022')
  t.match(wrong.text, 'Donnez un titre à la page.')
  t.ok(wrong.document.querySelector('#etape_0_date')?.closest('details')?.hasAttribute('open'))
  t.match((await pressed(await ines.visit(screens.legal), 'Publier', { texte: '' })).text, 'Écrivez le texte')
  await forgetDrafts()
})

t.test('a highlight leads to a page of the site that is on show, and nowhere else', async (t) => {
  const refused = [
    '//evil.example/a',
    '/\\evil.example',
    '/.//evil.example',
    '/%2f/evil.example',
    'javascript:alert(1)',
    'https://evil.example/actions',
    '/actions/n-existe-pas',
    '/gestion/accueil',
    '/deconnexion',
    '/actions/../gestion',
    '/',
    ''
  ]
  let page = await ines.visit(screens.home)
  for (const href of refused) {
    page = await pressed(page, 'Publier', {
      une_3_titre: 'Ailleurs',
      une_3_lien: href,
      annonce: 'Ailleurs',
      annonce_lien: href
    })
    t.equal(page.status, 422, href)
    t.ok(page.document.querySelector('.error-summary a[href="#une_3_lien"]'), href)
    const mayBeAnnounced = href === '' || href === '/'
    t.equal(page.document.querySelector('.error-summary a[href="#annonce_lien"]') === null, mayBeAnnounced, href)
  }
  const before = await db.selectFrom('highlights').select('href').execute()
  t.ok(before.every((row) => !/evil|javascript|gestion/.test(row.href)))
  const { id, filename } = await db
    .selectFrom('media')
    .select(['id', 'filename'])
    .where('kind', '=', 'pdf')
    .executeTakeFirstOrThrow()
  for (const href of ['/demarche', '/engagements/#actions', '/recherche?q=eau', `/medias/${id}/${filename}`]) {
    const page = await pressed(await ines.visit(screens.home), 'Publier', {
      une_3_titre: 'Ici',
      une_3_lien: href,
      annonce: '',
      annonce_lien: ''
    })
    t.match(page.text, 'C’est publié', href)
    t.ok((await camille.visit('/')).document.querySelector(`.card a[href="${href}"]`), href)
  }
  await pressed(await ines.visit(screens.home), 'Publier', { une_3_enlever: ['1'] })
})

t.test(
  'a highlight goes with the page it leads to, comes back with it, and follows it when it is renamed',
  async (t) => {
    const action = await db
      .selectFrom('actions')
      .innerJoin('entries', (join) =>
        join.onRef('entries.content_id', '=', 'actions.id').on('entries.kind', '=', 'action')
      )
      .select(['entries.id', 'actions.slug'])
      .where(
        'actions.slug',
        'in',
        db.selectFrom('highlights').select(sql<string>`replace(href, '/actions/', '')`.as('slug'))
      )
      .executeTakeFirstOrThrow()
    const shown = async (slug: string): Promise<boolean> =>
      (await camille.visit('/')).document.querySelector(`.card a[href="/actions/${slug}"]`) !== null
    t.ok(await shown(action.slug))
    const screen = `/gestion/actions/${action.id}`
    const withdrawn = await ines.submit(
      await ines.visit(screen),
      { raison: 'Des chiffres à vérifier' },
      { form: 'form[action$="/retirer"]' }
    )
    t.notOk(await shown(action.slug), 'withdrawn')
    t.match((await ines.visit(screens.home)).text, 'sa page n’est pas en ligne')
    t.equal((await pressed(await ines.visit(screens.home), 'Publier')).status, 422, 'the webmaster is told')
    const renamed = await ines.submit(withdrawn, { adresse: 'un-nouveau-nom' }, { form: writing, button: 'Publier' })
    t.match(renamed.text, 'C’est publié')
    t.ok(await shown('un-nouveau-nom'), 'renamed')
    t.match((await pressed(await ines.visit(screens.home), 'Publier')).text, 'C’est publié')
  }
)

t.test('a step is added, put in its place by its date, and taken away', async (t) => {
  const titles = async (): Promise<string[]> =>
    (await camille.visit('/demarche')).document.querySelectorAll('.story__title').map((title) => title.textContent)
  const before = await titles()
  const illustration = await image()
  const empty = before.length
  const page = await pressed(await ines.visit(screens.demarche), 'Publier', {
    titre: 'Notre démarche',
    [`etape_${empty}_date`]: 'Février 2020',
    [`etape_${empty}_titre`]: 'Une première rencontre',
    [`etape_${empty}_texte`]: 'Trente personnes autour d’une table.',
    [`etape_${empty}_image`]: `${illustration.id} – ${illustration.title}`
  })
  t.match(page.text, 'C’est publié')
  const place = (await titles()).indexOf('Une première rencontre')
  t.ok(place > 0 && place < before.length, 'among the others')
  t.ok((await camille.visit('/demarche')).html.includes(`/medias/${illustration.id}/`))
  t.equal(page.document.querySelector(`#etape_${place}_titre`)?.getAttribute('value'), 'Une première rencontre')
  t.equal((await camille.visit('/demarche')).document.querySelector('h1')?.textContent, 'Notre démarche')

  const emptied = await pressed(page, 'Publier', {
    [`etape_${place}_date`]: '',
    [`etape_${place}_titre`]: '',
    [`etape_${place}_texte`]: '',
    [`etape_${place}_image_gardee`]: []
  })
  t.match(emptied.text, 'C’est publié')
  t.same(await titles(), before)
  await pressed(emptied, 'Publier', { etape_0_enlever: ['1'] })
  t.same(await titles(), before.slice(1))
  t.match((await ines.visit(`${screens.demarche}/apercu`)).text, 'Notre démarche')
})

t.test('a legal page is changed, and a visitor reads it; what comes from the settings is shown beside', async (t) => {
  const screen = await ines.visit(screens.legal)
  t.match(screen.text, 'Éditeur')
  t.ok(screen.document.querySelector('a[href="/gestion/reglages"]'))
  await site.visit('/mentions-legales')
  const published = await pressed(screen, 'Publier', {
    titre: 'Mentions légales et crédits',
    texte: '<p>Les photographies sont de la ville.</p><script>alert(1)</script>'
  })
  t.match(published.text, 'C’est publié')
  const page = await site.visit('/mentions-legales')
  t.equal(page.document.querySelector('h1')?.textContent, 'Mentions légales et crédits')
  t.match(page.text, 'Les photographies sont de la ville.')
  t.notMatch(page.html, 'alert(1)')
  const accessibility = await entryOf('page', 'accessibilite')
  t.match((await ines.visit(`/gestion/pages/${accessibility.id}`)).text, 'État de conformité')
  t.match((await ines.visit(`/gestion/pages/${accessibility.id}/apercu`)).text, 'Déclaration d’accessibilité')
  t.equal((await ines.visit(`${screens.home}/historique`)).status, 200)
})

t.test('of two who began from one version, the second is shown both texts', async (t) => {
  const [first, second] = [await ines.visit(screens.home), await ines.visit(screens.home)]
  await pressed(first, 'Enregistrer le brouillon', { mot_0_titre: 'Le texte de la première' })
  const refused = await pressed(second, 'Enregistrer le brouillon', { mot_0_titre: 'Le texte de la seconde' })
  t.equal(refused.status, 409)
  t.match(refused.document.querySelector('.conflict')?.textContent, 'première')
  t.equal(refused.document.querySelector('#mot_0_titre')?.getAttribute('value'), 'Le texte de la seconde')
})

t.test('nothing that a form can hold breaks anything', async (t) => {
  const bodies: Record<string, string | string[]>[] = [
    {},
    { mot_0_auteur: ['deux', 'fois'], mot_0_texte: ['<p>a</p>', '<p>b</p>'] },
    { mot_0_portrait: '999999999999', mot_0_video: ['x', 'y'], mot_0_place: '-3', mot_99_auteur: 'Trop loin' },
    {
      mot_0_titre: 'x'.repeat(400),
      une_0_texte: 'y'.repeat(400),
      annonce: 'z'.repeat(400),
      etape_0_titre: 'x'.repeat(300)
    },
    { mot___proto___auteur: 'a', mot_0___proto__: 'b', __proto__: 'c', constructor: 'd' },
    { mot_0_portrait: '2147483648', une_0_image: '999999999', etape_0_image: '999999999', mot_0_auteur: 'a' },
    { mot_0_auteur: 'nul \u0000', une_0_titre: 'nul \u0000', titre: 'nul \u0000', texte: '\u0000' },
    { etape_0_date: '31 février 2022', etape_0_titre: 'x', titre: 'y', texte: '<p>'.repeat(400) }
  ]
  for (const screen of Object.values(screens)) {
    for (const [index, body] of bodies.entries()) {
      for (const gesture of ['brouillon', 'publier']) {
        const page = await ines.visit(screen)
        const version = page.document.querySelector('[name=version]')?.getAttribute('value') ?? ''
        const answer = await ines.post(`${screen}/${gesture}`, { ...body, version }, { houseRules: false })
        t.ok(answer.status < 500, `${screen}/${gesture} ${index}: ${answer.status}`)
      }
    }
    t.equal((await ines.visit(screen)).status, 200, screen)
  }
  await forgetDrafts()
  t.equal((await camille.visit('/')).status, 200)
})

t.test('the sheets that anybody may read are in the visitor’s site map, and no other', async (t) => {
  const links = (await site.visit('/plan-du-site')).document
    .querySelectorAll('.sitemap a[href^="/actions/"]')
    .map((link) => link.getAttribute('href') ?? '')
  const open = await db.selectFrom('actions').select('slug').where('visibility', '=', 'public').execute()
  t.ok(open.length > 0)
  t.same(links.sort(), open.map(({ slug }) => `/actions/${slug}`).sort())
  for (const path of links) t.equal((await site.visit(path)).status, 200, path)
})

t.test('an engagement of a hundred actions is one bar', async (t) => {
  const { id } = await db.selectFrom('engagements').select('id').where('number', '=', 1).executeTakeFirstOrThrow()
  await sql`insert into actions (engagement_id, number, slug, title, status, published_at)
    select ${id}, 1000 + n, 'beaucoup-' || n, 'Beaucoup ' || n, 'en_cours', now() from generate_series(1, 100) n`.execute(
    db
  )
  const page = await camille.visit('/')
  t.equal(page.document.querySelectorAll('.progress-bar').length, 1)
  t.ok(page.document.querySelectorAll('.mark').length < 60)
  t.match(page.text, /\d+ en cours, \d+\u00a0prévues?/)
  await db.deleteFrom('actions').where('number', '>', 1000).execute()
})

t.test('lines keep their rows', (t) => {
  const same = (row: { id: number; text: string }, line: string): boolean => row.text === line
  const rows = ['a', 'b', 'c'].map((text, index) => ({ id: index + 1, text }))
  const ids = (lines: string[]) => {
    const { matched, gone } = matchRows(rows, lines, same)
    return [matched.map(({ row, isUnchanged }) => [row?.id, isUnchanged]), gone.map((row) => row.id)]
  }
  t.same(ids(['a', 'b', 'c']), [
    [
      [1, true],
      [2, true],
      [3, true]
    ],
    []
  ])
  t.same(ids(['c', 'a']), [
    [
      [3, true],
      [1, true]
    ],
    [2]
  ])
  t.same(ids(['x', 'b', 'c', 'y']), [
    [
      [1, false],
      [2, true],
      [3, true],
      [undefined, false]
    ],
    []
  ])
  t.end()
})

t.test('a webmaster writes a word by its labels, in a browser', async (t) => {
  const browser = await openBrowser(t, site.origin)
  const context = await browser.newVisitor(t, { viewport: { width: 1280, height: 900 } })
  await context.addCookies([...ines.cookies].map(([name, value]) => ({ name, value, url: site.origin })))
  const page = await context.newPage()
  await page.goto(`${site.origin}/gestion/accueil`)
  await page.locator('summary', { hasText: 'Ajouter un mot' }).first().click()
  const card = page.locator('details[open]').filter({ hasText: 'Ajouter un mot' })
  await card.getByLabel('Prénom et nom').fill('Lise Ferrand')
  await card.getByLabel('Titre du mot').fill('Ce que j’ai vu au guichet')
  await card.getByRole('textbox', { name: 'Texte du mot' }).click()
  await page.keyboard.type('Une matinée, quarante visages.')
  await page.getByText(/^Enregistré à/).waitFor({ timeout: 15_000 })
  t.equal(await page.locator('summary:visible', { hasText: 'Ajouter un mot' }).count(), 2, 'another one waits')
  await page.locator('summary', { hasText: 'Ajouter un contenu' }).first().click()
  const highlight = page.locator('details[open]').filter({ hasText: 'Ajouter un contenu' })
  await highlight.getByLabel('Titre', { exact: true }).fill('La démarche en images')
  await highlight.getByLabel('Page du site').fill('/demarche')
  await page.getByRole('button', { name: 'Publier', exact: true }).click()
  await page.getByText('C’est publié').waitFor()
  const agent = await browser.newVisitor(t, { viewport: { width: 360, height: 740 } })
  await agent.addCookies([...camille.cookies].map(([name, value]) => ({ name, value, url: site.origin })))
  const seen = await agent.newPage()
  await seen.goto(`${site.origin}/`)
  t.match(await seen.locator('main').textContent(), /Ce que j’ai vu au guichet[\s\S]*Une matinée, quarante visages\./)
  await seen.getByRole('link', { name: 'La démarche en images' }).click()
  await seen.waitForURL('**/demarche')
})

t.test('axe has nothing to say of these screens, and they fit a phone', async (t) => {
  const browser = await openBrowser(t, site.origin)
  await db
    .updateTable('settings')
    .set({ banner_text: 'Le self est fermé vendredi.', banner_href: '/demarche' })
    .execute()
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newVisitor(t, { viewport: { width: 320, height: 640 }, colorScheme })
    await context.addCookies([...ines.cookies].map(([name, value]) => ({ name, value, url: site.origin })))
    const page = await context.newPage()
    for (const path of [...Object.values(screens), '/gestion/pages', '/', '/plan-du-site']) {
      await page.goto(site.origin + path)
      if (path.startsWith('/gestion')) await page.locator('.editor, table').first().waitFor({ state: 'attached' })
      for (const summary of await page.locator('.card-form__summary:visible').all()) await summary.click()
      t.same(await axe(page), [], `${path}, ${colorScheme}`)
      const scrolls = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
      t.equal(scrolls, false, `${path} does not scroll sideways`)
    }
  }
})

t.test('when the demonstration goes, what the webmaster wrote stays', async (t) => {
  const homeBefore = await homeContent.load(db, 1)
  t.ok(homeBefore?.words.some((word) => word.authorName === 'Lise Ferrand'))
  const written = await pressed(await ines.visit(screens.demarche), 'Publier', {
    titre: 'Notre démarche',
    texte: '',
    etape_0_date: '2020',
    etape_0_titre: 'Écrite par la ville',
    etape_0_texte: 'Oui.'
  })
  t.match(written.text, 'C’est publié')
  await removeDemonstration(db, { evenLastWebmaster: false })
  const words = (await homeContent.load(db, 1))?.words.map((word) => word.authorName)
  t.ok(words?.includes('Lise Ferrand'))
  const steps = (await demarcheContent.load(db, demarche.content_id ?? 0))?.steps.map((step) => step.title)
  t.same(steps, ['Écrite par la ville'])
})
