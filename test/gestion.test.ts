/** The back-office: what waits and for whom, its menu, its trash, and the demonstration put away. */
import { sql } from 'kysely'
import t from 'tap'
import { actionContent } from '../src/engagements/action-content.ts'
import { axe, openBrowser } from './support/browser.ts'
import { openSite, type Page } from './support/site.ts'

t.setTimeout(120_000)
const site = await openSite(t, { listen: true })
const { db } = site
const ines = await site.signIn('ines')

async function idOf(email: string): Promise<number> {
  const { id } = await db.selectFrom('agents').select('id').where('email', '=', email).executeTakeFirstOrThrow()
  return id
}

async function entryOf(kind: 'action' | 'direction' | 'album' | 'page' | 'home', place = 0) {
  return db
    .selectFrom('entries')
    .select(['id', 'content_id', 'title'])
    .where('kind', '=', kind)
    .orderBy('id')
    .offset(place)
    .limit(1)
    .executeTakeFirstOrThrow()
}

const nadiaId = await idOf('nadia.benali@valbrune.example')
const paulId = await idOf('paul.mercier@valbrune.example')

function section(page: Page, id: string): string {
  return (page.document.querySelector(`section[aria-labelledby="${id}"]`)?.textContent ?? '').replace(
    /[ \t\r\n]+/g,
    ' '
  )
}

t.test('only the webmaster reaches the dashboard, and those who write find their own', async (t) => {
  t.equal((await site.visit('/gestion')).status, 303)
  t.equal((await site.visit('/gestion', { as: 'camille' })).status, 403)
  for (const person of ['nadia', 'paul'] as const) {
    const page = await site.visit('/gestion', { as: person })
    t.equal(page.status, 200)
    t.equal(page.document.querySelector('h1')?.textContent, 'Mes contenus')
    t.equal(page.document.querySelector('.gestion-nav'), null)
    t.equal((await site.visit('/gestion/corbeille', { as: person })).status, 403)
    t.match((await site.visit('/engagements', { as: person })).html, '>Mes contenus</a>')
  }
  const camille = await site.signIn('camille')
  t.notMatch((await camille.visit('/engagements')).html, 'Mes contenus', 'a kept page is not another’s')
  const refused = await camille.post('/gestion/demonstration/retirer', { confirmation: 'oui' })
  t.equal(refused.status, 403)
  const nadia = await site.signIn('nadia')
  t.equal((await nadia.post('/gestion/demonstration/retirer', { confirmation: 'oui' })).status, 403)
  t.equal((await db.selectFrom('settings').select('demonstration').executeTakeFirstOrThrow()).demonstration, true)
})

t.test('pilotes and référents see what is entrusted to them, its state, and what came back', async (t) => {
  const nadia = await site.signIn('nadia')
  const page = await nadia.visit('/gestion')
  t.match(section(page, 'directions'), 'Culture')
  const direction = await db
    .selectFrom('entries')
    .innerJoin('direction_referents', 'direction_referents.direction_id', 'entries.content_id')
    .select(['entries.id', 'entries.title'])
    .where('entries.kind', '=', 'direction')
    .where('agent_id', '=', nadiaId)
    .orderBy('entries.id')
    .executeTakeFirstOrThrow()
  t.ok(page.document.querySelector(`a[href="/gestion/directions/${direction.id}"]`))
  t.match(page.text, 'Vous publiez vous-même')
  await db
    .updateTable('entries')
    .set({
      returned_at: sql`now()`,
      proposed_by: nadiaId,
      return_comment: 'Ajoutez une date.',
      draft: JSON.stringify({})
    })
    .where('id', '=', direction.id)
    .execute()
  await db.updateTable('settings').set({ referents_publish: false }).execute()
  const returned = await nadia.visit('/gestion')
  t.match(section(returned, 'renvois'), 'Ajoutez une date.')
  t.match(returned.text, 'Vous proposez, un webmaster relit et publie.')
  t.match(returned.text, 'avec des modifications en attente')
  const paul = await site.visit('/gestion', { as: 'paul' })
  t.notMatch(paul.text, 'Ajoutez une date.')
  t.equal(paul.document.querySelectorAll('#actions ~ .entrusted .entrusted__row').length, 3)
  await db
    .updateTable('entries')
    .set({ returned_at: null, proposed_by: null, return_comment: null, draft: null })
    .where('id', '=', direction.id)
    .execute()
  await db.updateTable('settings').set({ referents_publish: true }).execute()
})

t.test('what waits is on the dashboard, and each link leads to where it is settled', async (t) => {
  t.notOk((await site.visit('/gestion', { as: 'ines' })).document.querySelector('#commencer'), 'no longer a new site')
  const [asleep, proposed, planned, withdrawn] = await Promise.all(
    [0, 1, 2, 3].map((place) => entryOf('action', place))
  )
  if (!asleep || !proposed || !planned || !withdrawn) throw new Error('The demonstration has actions.')
  const draft = JSON.stringify(await actionContent.load(db, asleep.content_id ?? 0))
  const change = (id: number, values: object) => db.updateTable('entries').set(values).where('id', '=', id).execute()
  await change(asleep.id, { draft, saved_at: sql`now() - interval '8 days'`, saved_by: paulId })
  await change(proposed.id, {
    draft,
    proposed_at: sql`now()`,
    proposed_by: paulId,
    saved_at: sql`now() - interval '9 days'`
  })
  await change(planned.id, {
    draft,
    publish_at: sql`now() + interval '2 days'`,
    saved_at: sql`now() - interval '9 days'`
  })
  await change(withdrawn.id, { draft, withdrawn_at: sql`now()`, saved_at: sql`now() - interval '9 days'` })
  const { id: imageId } = await db
    .updateTable('media')
    .set({ alt: null })
    .where('id', '=', (eb) =>
      eb
        .selectFrom('media as image')
        .select('image.id')
        .where('image.kind', '=', 'image')
        .where(sql<boolean>`not exists (select from slides where image_id = image.id)`)
        .orderBy('image.id')
        .limit(1)
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.updateTable('media').set({ captions_id: null, transcript: '' }).where('kind', '=', 'video').execute()
  await db
    .updateTable('actions')
    .set({ status: 'en_cours', due_on: '2024-01-31' })
    .where('id', '=', (await entryOf('action', 5)).content_id)
    .execute()

  const page = await ines.visit('/gestion')
  t.match(page.text, /\d+\u00a0choses vous attendent/)
  t.match(section(page, 'propositions'), 'proposé par Paul Mercier')
  t.ok(page.document.querySelector(`a[href="/gestion/actions/${proposed.id}"]`))
  t.match(section(page, 'brouillons'), asleep.title)
  t.match(section(page, 'brouillons'), 'laissé par Paul Mercier le')
  for (const { title } of [proposed, planned, withdrawn]) t.notMatch(section(page, 'brouillons'), title)
  t.match(section(page, 'programme'), /sera publié le .* à \d+\u00a0h/)
  t.match(section(page, 'a-mettre-a-jour'), 'devait être réalisée le 31\u00a0janvier 2024')
  t.ok(page.document.querySelector(`#images ~ .gestion-list a[href="/gestion/mediatheque/${imageId}#alt"]`))
  t.ok((await ines.visit(`/gestion/mediatheque/${imageId}`)).document.querySelector('#alt'), 'the link finds the field')
  t.ok(page.document.querySelector('#videos'))
  for (const link of page.document.querySelectorAll('.dashboard__waiting a').slice(0, 40)) {
    const href = (link.getAttribute('href') ?? '').split('#')[0] ?? ''
    t.equal((await ines.visit(href, { houseRules: false })).status, 200, href)
  }
  for (const { id } of [asleep, proposed, planned, withdrawn]) {
    await change(id, { draft: null, proposed_at: null, proposed_by: null, publish_at: null, withdrawn_at: null })
  }
})

t.test('every screen shows the menu, and where one is', async (t) => {
  const dashboard = await ines.visit('/gestion')
  const links = dashboard.document.querySelectorAll('.gestion-nav a').map((link) => link.getAttribute('href') ?? '')
  t.ok(links.length >= 15)
  t.equal(dashboard.document.querySelector('.gestion-nav [aria-current="page"]')?.textContent, 'Tableau de bord')
  for (const href of links) {
    const page = await ines.request({ url: href })
    // Home and La démarche are one entry each: their address leads to it.
    const target = page.statusCode >= 300 && page.statusCode < 400 ? String(page.headers.location) : href
    const shown = await ines.visit(target, { houseRules: false })
    t.equal(shown.status, 200, href)
    const current = shown.document.querySelectorAll('.gestion-nav [aria-current]')
    t.equal(current.length, 1, `${href} has its place in the menu`)
    t.equal(current[0]?.getAttribute('href'), href)
  }
  t.equal((await ines.visit('/engagements')).document.querySelector('.gestion-nav'), null)
  const { id } = await entryOf('action')
  t.equal((await ines.visit(`/gestion/actions/${id}/apercu`)).document.querySelector('.gestion-nav'), null)
})

t.test('one address leads to the screen of any entry, for those who may open it', async (t) => {
  const piloted = await db
    .selectFrom('entries')
    .innerJoin('action_pilotes', 'action_pilotes.action_id', 'entries.content_id')
    .select('entries.id')
    .where('entries.kind', '=', 'action')
    .where('agent_id', '=', paulId)
    .orderBy('entries.id')
    .executeTakeFirstOrThrow()
  const referred = await db
    .selectFrom('entries')
    .innerJoin('direction_referents', 'direction_referents.direction_id', 'entries.content_id')
    .select('entries.id')
    .where('entries.kind', '=', 'direction')
    .where('agent_id', '=', nadiaId)
    .orderBy('entries.id')
    .executeTakeFirstOrThrow()
  const [album, home] = await Promise.all([entryOf('album'), entryOf('home')])
  const expected: [id: number, path: string, may: string[]][] = [
    [piloted.id, 'actions', ['paul']],
    [referred.id, 'directions', ['nadia']],
    [album.id, 'albums', []],
    [home.id, 'accueil', []]
  ]
  for (const [id, path, may] of expected) {
    t.equal((await site.visit(`/gestion/contenus/${id}`)).status, 303)
    const led = await ines.visit(`/gestion/contenus/${id}`)
    t.equal(led.status, 302)
    t.match(String(led.headers.location), `/gestion/${path}`)
    for (const person of ['camille', 'nadia', 'paul'] as const) {
      const answer = await site.visit(`/gestion/contenus/${id}`, { as: person })
      t.equal(answer.status, may.includes(person) ? 302 : 403, `${path} as ${person}`)
    }
  }
  for (const wrong of ['0', 'x', '99999999']) t.equal((await ines.visit(`/gestion/contenus/${wrong}`)).status, 404)
})

t.test('both trashes are found from one page', async (t) => {
  t.match((await ines.visit('/gestion/corbeille')).text, 'La corbeille de la médiathèque est vide.')
  const { id } = await db
    .selectFrom('media')
    .select('id')
    .where('kind', '=', 'pdf')
    .orderBy('id')
    .executeTakeFirstOrThrow()
  await db.updateTable('media').set({ trashed_at: sql`now()` }).where('id', '=', id).execute()
  const page = await ines.visit('/gestion/corbeille')
  t.match(page.text, 'La médiathèque a aussi sa corbeille\u00a0: 1\u00a0fichier')
  const link = page.document.querySelector('main a[href^="/gestion/mediatheque"]')?.getAttribute('href') ?? ''
  t.equal((await ines.visit(link)).status, 200)
  await db.updateTable('media').set({ trashed_at: null }).where('id', '=', id).execute()
})

t.test('the screens have nothing for axe to say, and fit a phone', async (t) => {
  const browser = await openBrowser(t, site.origin)
  const paul = await site.signIn('paul')
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [visitor, paths] of [
      [ines, ['/gestion', '/gestion/corbeille']],
      [paul, ['/gestion']]
    ] as const) {
      for (const width of [320, 1280]) {
        const context = await browser.newVisitor(t, { viewport: { width, height: 800 }, colorScheme })
        await context.addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url: site.origin })))
        const page = await context.newPage()
        for (const path of paths) {
          await page.goto(`${site.origin}${path}`)
          t.same(await axe(page), [], `${path}, ${width}, ${colorScheme}`)
          t.equal(
            await page.evaluate('document.documentElement.scrollWidth > innerWidth'),
            false,
            `${path} fits ${width}`
          )
        }
        if (visitor === ines && width === 320) {
          await page.getByText('Gestion\u00a0: Corbeille').click()
          await page.getByRole('link', { name: 'Réglages' }).waitFor()
          t.same(await axe(page), [], 'the menu, unfolded')
        }
        if (visitor === ines && width === 1280) await page.getByRole('link', { name: 'Réglages' }).waitFor()
      }
    }
  }
})

t.test('a slip of the finger does not take the demonstration away', async (t) => {
  const refused = await ines.submit(await ines.visit('/gestion'), {}, { form: '#retirer' })
  t.equal(refused.status, 422)
  t.match(refused.text, 'Cochez la case')
  t.match(refused.document.querySelector('title')?.textContent, /^Erreur\u00a0: Gestion/)
  t.equal((await db.selectFrom('actions').select('id').execute()).length, 30)
})

t.test('once confirmed, all of it goes, and the last webmaster stays', async (t) => {
  const done = await ines.submit(await ines.visit('/gestion'), { confirmation: 'oui' }, { form: '#retirer' })
  t.equal(done.status, 200)
  t.match(done.text, 'La démonstration a été retirée.')
  t.match(done.text, 'ines.caron@valbrune.example')
  t.match(section(done, 'dernierement'), 'Inès Caron a retiré la démonstration')
  t.equal((await db.selectFrom('actions').select('id').execute()).length, 0)
  t.notMatch(done.html, 'demonstration-banner')
})

t.test('the dashboard of an empty site says where to begin', async (t) => {
  await db.deleteFrom('actions').execute()
  await db.deleteFrom('engagements').execute()
  const page = await site.visit('/gestion', { as: 'ines' })
  t.match(page.text, /Par où commencer/)
  t.notMatch(page.text, /tout est à jour/)
  const links = [...page.document.querySelectorAll('.dashboard__first a')]
  t.equal(links.length, 6)
  for (const link of links) {
    const { status } = await site.visit(link.getAttribute('href') ?? '', { as: 'ines' })
    t.ok([200, 303].includes(status), link.textContent ?? '')
  }
})
