/** What agents read: the five pages, what hangs on them, and what a visitor may see. */
import { brotliCompressSync } from 'node:zlib'
import { sql } from 'kysely'
import t from 'tap'
import { openSite, type Page } from './support/site.ts'

const site = await openSite(t)
const { db } = site
const camille = await site.signIn('camille')

const slugs = {
  engagement: (await db.selectFrom('engagements').select('slug').where('number', '=', 1).executeTakeFirstOrThrow())
    .slug,
  direction: (await db.selectFrom('directions').select('slug').orderBy('order').executeTakeFirstOrThrow()).slug,
  issue: (await db.selectFrom('issues').select('slug').orderBy('number', 'desc').executeTakeFirstOrThrow()).slug,
  album: (await db.selectFrom('albums').select('slug').orderBy('id').executeTakeFirstOrThrow()).slug,
  action: (
    await db
      .selectFrom('actions')
      .select('slug')
      .where('visibility', '=', 'agents')
      .orderBy('number')
      .executeTakeFirstOrThrow()
  ).slug,
  publicAction: (
    await db
      .selectFrom('actions')
      .select('slug')
      .where('visibility', '=', 'public')
      .where('tools', '!=', '')
      .where('id', 'in', db.selectFrom('action_documents').select('action_id'))
      .orderBy('number')
      .executeTakeFirstOrThrow()
  ).slug
}

const reservedPages = [
  '/',
  '/demarche',
  '/directions',
  `/directions/${slugs.direction}`,
  '/engagements',
  `/engagements/${slugs.engagement}`,
  `/actions/${slugs.action}`,
  '/bonus',
  `/bonus/entre-nous/${slugs.issue}`,
  `/bonus/galerie/${slugs.album}`,
  '/recherche?q=eau',
  '/compte'
]
const openPages = ['/connexion', '/mentions-legales', '/confidentialite', '/accessibilite', '/plan-du-site']

const links = (page: Page, selector: string): string[] =>
  page.document.querySelectorAll(selector).map((link) => link.getAttribute('href') ?? '')

/** The actions of a list, by their addresses. */
const listed = (page: Page): string[] => links(page, '.action-list a[href^="/actions/"]')

t.test('an agent reads every page of the site', async (t) => {
  for (const path of [...reservedPages, ...openPages.slice(1), `/actions/${slugs.publicAction}`]) {
    t.equal((await camille.visit(path)).status, 200, path)
  }
})

t.test('somebody who is not signed in is led to the sign-in page, and back afterwards', async (t) => {
  for (const path of reservedPages) {
    const page = await site.visit(path)
    t.equal(page.status, 303, path)
    t.equal(page.headers.location, path === '/' ? '/connexion' : `/connexion?suite=${encodeURIComponent(path)}`)
    t.equal(page.html, '', `${path} tells nothing`)
  }
  for (const path of openPages) t.equal((await site.visit(path)).status, 200, path)
})

t.test('files are for agents: nobody else gets a byte', async (t) => {
  const media = await db.selectFrom('media').select(['id', 'filename', 'kind', 'size']).execute()
  t.ok(media.length > 20, 'the demonstration has files')
  for (const kind of new Set(media.map((file) => file.kind))) {
    const file = media.find((candidate) => candidate.kind === kind)
    if (!file) continue
    const path = `/medias/${file.id}/${encodeURIComponent(file.filename)}`
    const refused = await site.app.inject({ method: 'GET', url: path, headers: { range: 'bytes=0-99' } })
    t.equal(refused.statusCode, 303, path)
    t.equal(refused.rawPayload.length, 0)
    const given = await camille.request({ method: 'GET', url: path, headers: { range: 'bytes=0-9' } })
    t.equal(given.statusCode, 206, path)
    t.equal(given.rawPayload.length, 10)
  }
})

t.test('every link of every page leads somewhere', async (t) => {
  const seen = new Set<string>()
  const waiting = ['/']
  const broken: string[] = []
  while (waiting.length > 0) {
    const path = waiting.shift() ?? '/'
    const page = await camille.visit(path)
    if (page.status !== 200) broken.push(`${path}: ${page.status}`)
    for (const address of [...links(page, 'a[href^="/"]'), ...resources(page)]) {
      const [target = ''] = address.split('#')
      // One page of a list stands for the others.
      const kind = target.replace(/\?.*/, target.includes('?') ? '?' : '')
      const isFile = target.startsWith('/medias/') || target.startsWith('/assets/')
      const key = isFile || !target.includes('?') ? target : kind
      if (target === '' || target.startsWith('/gestion') || seen.has(key)) continue
      seen.add(key)
      if (!isFile) waiting.push(target)
      else {
        const { statusCode } = await camille.request({ method: 'HEAD', url: target })
        if (statusCode !== 200) broken.push(`${target} (in ${path}): ${statusCode}`)
      }
    }
    for (const anchor of links(page, 'a[href^="#"]')) {
      if (anchor !== '#' && !page.document.getElementById(anchor.slice(1))) broken.push(`${anchor} (in ${path})`)
    }
  }
  t.same(broken, [])
  t.ok([...seen].filter((path) => path.startsWith('/actions/')).length === 30, 'the thirty actions were among them')
})

function resources(page: Page): string[] {
  const attributes = ['src', 'poster', 'srcset']
  return page.document
    .querySelectorAll('img, source, video, track, script, link, use')
    .flatMap((element) => [
      ...(element.tagName === 'LINK' || element.tagName === 'USE' ? [element.getAttribute('href') ?? ''] : []),
      ...attributes.flatMap((name) =>
        (element.getAttribute(name) ?? '').split(',').map((part) => part.trim().split(' ')[0] ?? '')
      )
    ])
}

t.test('the thirty actions are listed, and the plan shows one mark for each', async (t) => {
  const page = await camille.visit('/engagements')
  t.equal(new Set(listed(page)).size, 30)
  t.match(page.text, /30\u00a0actions/)
  t.equal(page.document.querySelectorAll('.engagement-card').length, 5)
  const home = await camille.visit('/')
  t.equal(new Set(links(home, '.marks a[href^="/actions/"]')).size, 30)
  const done = await db
    .selectFrom('actions')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('status', '=', 'realisee')
    .executeTakeFirstOrThrow()
  t.ok(home.text.includes(`${done.count}\u00a0actions réalisées sur 30`), 'counts come before percentages')
})

t.test('filters combine, in the address, with counts that say the truth', async (t) => {
  const tag = await db
    .selectFrom('tags')
    .innerJoin('action_tags', 'action_tags.tag_id', 'tags.id')
    .innerJoin('actions', 'actions.id', 'action_tags.action_id')
    .select(['tags.slug', 'actions.status', ({ fn }) => fn.countAll<number>().as('count')])
    .where('tags.kind', '=', 'service')
    .groupBy(['tags.slug', 'actions.status'])
    .orderBy('count', 'desc')
    .executeTakeFirstOrThrow()
  const page = await camille.visit(`/engagements?service=${tag.slug}&statut=${tag.status}`)
  t.equal(listed(page).length, tag.count)
  t.match(page.text, new RegExp(`${tag.count}\u00a0actions? sur 30`))
  t.equal(page.document.querySelectorAll('.filters input[checked]').length, 2, 'the form keeps what was chosen')

  const byForm = await camille.submit(
    await camille.visit('/engagements'),
    { service: tag.slug, statut: tag.status },
    { form: '.filters' }
  )
  t.same(listed(byForm), listed(page), 'the form gives the same address')

  const two = await camille.visit('/engagements?engagement=1&engagement=2')
  t.equal(listed(two).length, 12, 'two values of one filter add up')

  for (const input of page.document.querySelectorAll('.filters input[type="checkbox"]')) {
    const name = input.getAttribute('name') ?? ''
    if (name !== 'engagement') continue
    const announced = Number(/\((\d+)\)/.exec(input.closest('label')?.textContent ?? '')?.[1])
    const value = input.getAttribute('value') ?? ''
    const narrowed = await camille.visit(`/engagements?service=${tag.slug}&statut=${tag.status}&engagement=${value}`)
    t.equal(listed(narrowed).length, announced, `engagement ${value} announces ${announced}`)
  }

  const chips = links(page, '.chips a')
  t.ok(
    chips.some((href) => href.includes(`service=${tag.slug}`) && !href.includes('statut=')),
    'each filter can be removed'
  )
  t.ok(
    chips.some((href) => /^\/engagements(#.*)?$/.test(href)),
    'and all of them'
  )
})

t.test('words find actions, with or without accents', async (t) => {
  const plain = listed(await camille.visit('/engagements?mots=energie'))
  const accented = listed(await camille.visit('/engagements?mots=%C3%A9nergie'))
  t.ok(accented.length > 0)
  t.same(plain, accented)
})

t.test('filters that find nothing say so, and how to go on', async (t) => {
  const page = await camille.visit('/engagements?mots=xyzzyintrouvable')
  t.equal(page.status, 200)
  t.equal(listed(page).length, 0)
  t.match(page.text, /Aucune action ne correspond/)
  t.ok(links(page, '.empty a').length > 0)
})

const hostile = [
  'statut=inconnu',
  'statut=prevue&statut=prevue&statut=x',
  'engagement=99999999999999999999',
  'engagement=-1',
  'engagement=1e3',
  'engagement[]=1',
  'engagement[a]=1',
  'page=0',
  'page=-1',
  'page=abc',
  'page=999999999999',
  'page=9999',
  `mots=${'a'.repeat(5000)}`,
  'mots=%00',
  'mots=%27%3B%20drop%20table%20actions%3B--',
  "mots='",
  'mots=%22%26%7C%21%28%29%3A%2A%3C-%3E',
  'mots=%5C',
  'mots=%F0%9F%98%80',
  'mots=%E2%80%AE',
  'mots=a&mots=b',
  'service=%3Cscript%3Ealert(1)%3C%2Fscript%3E',
  'direction=../../etc/passwd',
  '__proto__=1&constructor=2',
  'q[$gt]=',
  '&&&===',
  '%',
  'mots=%E0%A4%A'
]

t.test('an address that makes no sense never breaks a page', async (t) => {
  for (const path of ['/engagements', '/recherche']) {
    for (const query of hostile) {
      const address = `${path}?${path === '/recherche' ? query.replaceAll('mots=', 'q=') : query}`
      const page = await camille.visit(address, { houseRules: false })
      t.equal(page.status, 200, address.slice(0, 80))
      t.notMatch(page.html, /<script>alert|undefined/)
    }
  }
  for (const slug of ["l'eau", '%27', '-', 'a'.repeat(190), 'é', '%00', '..', '%2e%2e%2f']) {
    for (const folder of ['/actions', '/engagements', '/directions', '/bonus/entre-nous', '/bonus/galerie']) {
      const page = await camille.visit(`${folder}/${slug}`)
      t.ok([400, 404].includes(page.status) || slug === '..', `${folder}/${slug.slice(0, 20)}: ${page.status}`)
    }
  }
  for (const file of ['0/x', '-1/x', '99999999999/x', 'abc/x', '1e1/x', '1/../../x', `1/${'x'.repeat(190)}`]) {
    const response = await camille.request({ method: 'GET', url: `/medias/${file}` })
    t.ok(response.statusCode < 500, `/medias/${file.slice(0, 20)}: ${response.statusCode}`)
  }
})

t.test('what was typed comes back as text, never as HTML', async (t) => {
  for (const path of ['/recherche?q=', '/engagements?mots=']) {
    const page = await camille.visit(`${path}${encodeURIComponent('"><img src=x onerror=alert(1)>')}`, {
      houseRules: false
    })
    t.notMatch(page.html, /<img src=x/)
    t.match(page.html, /&lt;img src=x/)
  }
})

t.test('a long list comes in pages, which keep the filters', async (t) => {
  const { id } = await db.selectFrom('engagements').select('id').where('number', '=', 1).executeTakeFirstOrThrow()
  await sql`
    insert into actions (slug, number, engagement_id, title, published_at)
    select 'essai-' || n, 1000 + n, ${id}, 'Essai de pagination ' || n, now() from generate_series(1, 150) as n`.execute(
    db
  )
  t.teardown(() => db.deleteFrom('actions').where('slug', 'like', 'essai-%').execute())
  const first = await camille.visit('/engagements?engagement=1&mots=pagination')
  const next = links(first, '.pager a[rel="next"]')[0] ?? ''
  t.match(next, /engagement=1/)
  t.match(next, /mots=pagination/)
  t.match(next, /page=2/)
  const second = await camille.visit(next)
  t.ok(listed(second).length > 0)
  t.same(
    listed(second).filter((href) => listed(first).includes(href)),
    [],
    'nothing twice'
  )
  const beyond = await camille.visit('/engagements?engagement=1&mots=pagination&page=50')
  t.equal(beyond.status, 200)
})

t.test('an action sheet shows all that is known of the action', async (t) => {
  const action = await db
    .selectFrom('actions')
    .selectAll()
    .where('slug', '=', slugs.publicAction)
    .executeTakeFirstOrThrow()
  const page = await camille.visit(`/actions/${slugs.publicAction}`)
  t.ok(page.text.includes(action.title))
  for (const heading of ['Synthèse', 'Actions', 'Résultats', 'Outils', 'Documents attachés', 'Actions connexes']) {
    t.ok(
      page.document.querySelectorAll('h2').some((element) => element.textContent.trim() === heading),
      heading
    )
  }
  t.match(page.text, /Prévue|En cours|Réalisée/)
  t.match(page.text, /Publiée depuis le\s*\d/)
  t.match(page.text, /Actualisée le\s*\d/)
  t.match(page.text, /Services \d/, 'services come with their count')
  t.match(page.text, /Enjeux \d/)
  const steps = await db
    .selectFrom('action_steps')
    .select('description')
    .where('action_id', '=', action.id)
    .orderBy('starts_on')
    .orderBy('order')
    .execute()
  t.same(
    page.document.querySelectorAll('.timeline__text').map((step) => step.textContent.trim()),
    steps.map((step) => step.description),
    'the chronology is whole and in order'
  )
  t.ok(page.document.querySelectorAll('time[datetime]').length >= 3, 'dates are dates for machines too')
  const documents = await db
    .selectFrom('action_documents')
    .innerJoin('media', 'media.id', 'media_id')
    .select(['media.id', 'media.title'])
    .where('action_id', '=', action.id)
    .execute()
  for (const { id, title } of documents) {
    t.ok(page.text.includes(title), title)
    t.ok(
      links(page, 'main a').some((href) => href.startsWith(`/medias/${id}/`)),
      `${title} can be opened`
    )
  }
  const author = await db
    .selectFrom('agents')
    .select('name')
    .where('id', '=', action.author_id ?? 0)
    .executeTakeFirst()
  t.ok(author && page.text.includes(author.name), 'its author')
  t.ok(links(page, 'nav[aria-label="Autres actions"] a').length > 0, 'the ones before and after')
})

t.test('related actions are related both ways', async (t) => {
  const pair = await db
    .selectFrom('related_actions')
    .innerJoin('actions as a', 'a.id', 'action_id')
    .innerJoin('actions as b', 'b.id', 'related_id')
    .select(['a.slug as first', 'b.slug as second'])
    .executeTakeFirstOrThrow()
  t.ok(listed(await camille.visit(`/actions/${pair.first}`)).includes(`/actions/${pair.second}`))
  t.ok(listed(await camille.visit(`/actions/${pair.second}`)).includes(`/actions/${pair.first}`))
})

t.test('a public sheet is read by anyone, but for what is reserved', async (t) => {
  const path = `/actions/${slugs.publicAction}`
  const action = await db
    .selectFrom('actions')
    .selectAll()
    .where('slug', '=', slugs.publicAction)
    .executeTakeFirstOrThrow()
  const page = await site.visit(path)
  t.equal(page.status, 200)
  t.ok(page.text.includes(action.title))
  t.match(page.text, /Informations réservées aux membres/)
  t.same(
    page.document
      .querySelectorAll('.reserved a')
      .map((link) => link.textContent.trim())
      .slice(0, 2),
    ['En savoir plus', 'Se connecter']
  )
  t.ok(links(page, '.reserved a').includes(`/connexion?suite=${encodeURIComponent(path)}`))
  t.notMatch(page.html, /\/medias\//, 'no address of a file')
  const tools = action.tools
    .replaceAll(/<[^>]+>/g, '\n')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length > 30)
  for (const line of tools) t.notOk(page.html.includes(line), 'not a word of the tools')
  const names = await db.selectFrom('agents').select(['name', 'email']).execute()
  for (const { name, email } of names)
    t.notOk(page.html.includes(name) || page.html.includes(email), 'no name of an agent')
  const reserved = await db.selectFrom('actions').select(['slug', 'title']).where('visibility', '=', 'agents').execute()
  for (const { slug, title } of reserved)
    t.notOk(page.html.includes(slug) || page.text.includes(title), 'nothing of other sheets')
})

t.test('a draft is shown to no reader', async (t) => {
  const draft = await db
    .updateTable('actions')
    .set({ published_at: null, title: 'Brouillon secret' })
    .where('slug', '=', slugs.action)
    .returning(['id', 'slug'])
    .executeTakeFirstOrThrow()
  await db
    .updateTable('directions')
    .set({ published_at: null, name: 'Direction secrète' })
    .where('slug', '=', slugs.direction)
    .execute()
  await db
    .updateTable('issues')
    .set({ published_at: null, title: 'Numéro secret' })
    .where('slug', '=', slugs.issue)
    .execute()
  await db
    .updateTable('albums')
    .set({ published_at: null, title: 'Album secret' })
    .where('slug', '=', slugs.album)
    .execute()
  t.teardown(async () => {
    const published_at = new Date('2024-01-10T09:00:00Z')
    await db.updateTable('actions').set({ published_at }).where('id', '=', draft.id).execute()
    for (const table of ['directions', 'issues', 'albums'] as const) {
      await db.updateTable(table).set({ published_at }).where('published_at', 'is', null).execute()
    }
  })
  for (const path of [
    `/actions/${slugs.action}`,
    `/directions/${slugs.direction}`,
    `/bonus/entre-nous/${slugs.issue}`,
    `/bonus/galerie/${slugs.album}`
  ]) {
    t.equal((await camille.visit(path)).status, 404, path)
  }
  t.equal(listed(await camille.visit('/engagements')).length, 29)
  const everywhere = [
    '/',
    '/engagements',
    `/engagements/${slugs.engagement}`,
    '/directions',
    '/bonus',
    '/plan-du-site',
    '/recherche?q=secret',
    '/recherche?q=secrete'
  ]
  for (const path of everywhere) {
    const page = await camille.visit(path)
    t.notMatch(page.text, /Brouillon secret|Direction secrète|Numéro secret|Album secret/, path)
  }
})

t.test('the actions of an engagement that is not published are nowhere', async (t) => {
  const engagement = await db
    .selectFrom('engagements')
    .select(['id', 'slug', 'published_at'])
    .where('number', '=', 1)
    .executeTakeFirstOrThrow()
  const actions = await db
    .selectFrom('actions')
    .select(['id', 'slug', 'title', 'updated_at'])
    .where('engagement_id', '=', engagement.id)
    .orderBy('number')
    .execute()
  const hidden = new Set(actions.map(({ slug }) => `/actions/${slug}`))
  // The last to have changed, so that the home page would show it.
  const [last] = actions
  await db.updateTable('engagements').set({ published_at: null }).where('id', '=', engagement.id).execute()
  await db
    .updateTable('actions')
    .set({ updated_at: new Date() })
    .where('slug', '=', last?.slug ?? '')
    .execute()
  t.teardown(async () => {
    const { id, published_at } = engagement
    await db.updateTable('engagements').set({ published_at }).where('id', '=', id).execute()
    for (const { id, updated_at } of actions) {
      await db.updateTable('actions').set({ updated_at }).where('id', '=', id).execute()
    }
  })

  const others = 30 - actions.length
  const list = await camille.visit('/engagements')
  t.equal(listed(list).length, others)
  t.match(list.text, new RegExp(`${others}\u00a0actions`))
  const counts = list.document
    .querySelectorAll('input[name="statut"]')
    .map((box) => Number(/\((\d+)\)/.exec(box.parentNode?.textContent ?? '')?.[1]))
  t.equal(
    counts.reduce((sum, count) => sum + count, 0),
    others,
    'the counts of a filter'
  )
  const { rows: directions } = await sql<{ slug: string }>`select slug from directions`.execute(db)
  const { rows: shown } = await sql<{ slug: string }>`
    select slug from actions where engagement_id <> ${engagement.id}`.execute(db)
  const paths = [
    '/',
    '/plan-du-site',
    `/recherche?q=${encodeURIComponent(last?.title ?? '')}`,
    ...directions.map(({ slug }) => `/directions/${slug}`),
    ...shown.map(({ slug }) => `/actions/${slug}`)
  ]
  for (const path of paths) {
    const page = await camille.visit(path)
    // What people wrote may name any address.
    for (const text of page.document.querySelectorAll('.prose')) text.remove()
    t.same(
      links(page, 'main a').filter((href) => hidden.has(href)),
      [],
      path
    )
  }
  const own = links(await site.visit('/compte', { as: 'paul' }), 'main a').filter((href) => hidden.has(href))
  t.same(own, [], 'the account of a pilote names it without leading to it')
  for (const href of hidden) t.equal((await camille.visit(href)).status, 404, href)
})

t.test('search finds pages of every kind, and marks what it found', async (t) => {
  const kinds = new Map<string, string>()
  for (const [table, column, folder] of [
    ['actions', 'title', '/actions/'],
    ['directions', 'name', '/directions/'],
    ['issues', 'title', '/bonus/entre-nous/'],
    ['albums', 'title', '/bonus/galerie/'],
    ['engagements', 'title', '/engagements/']
  ] as const) {
    const { rows } = await sql<{ title: string; slug: string }>`
      select ${sql.ref(column)} as title, slug from ${sql.table(table)} where published_at is not null order by id desc limit 1`.execute(
      db
    )
    const row = rows[0]
    if (row) kinds.set(row.title, `${folder}${row.slug}`)
  }
  for (const [title, href] of kinds) {
    const page = await camille.visit(`/recherche?q=${encodeURIComponent(title)}`)
    t.ok(links(page, '.result a').includes(href), `« ${title} » finds ${href}`)
  }
  const page = await camille.visit('/recherche?q=extranet')
  t.ok(page.document.querySelectorAll('mark').length > 0)
  const empty = await camille.visit('/recherche')
  t.equal(empty.status, 200)
  t.equal(links(empty, '.result a').length, 0)
  t.match((await camille.visit('/recherche?q=xyzzyintrouvable')).text, /Rien ne correspond/)
})

t.test('a direction shows its team, its project, its films and its slides', async (t) => {
  const rows = await db
    .selectFrom('directions')
    .select(['slug', 'id', 'name'])
    .where('published_at', 'is not', null)
    .execute()
  t.ok(rows.length >= 8)
  let [videos, decks] = [0, 0]
  for (const { slug, name } of rows) {
    const page = await camille.visit(`/directions/${slug}`)
    t.ok(page.text.includes(name), name)
    videos += page.document.querySelectorAll('video').length
    decks += page.document.querySelectorAll('[data-deck]').length
    for (const video of page.document.querySelectorAll('video')) {
      t.ok(video.querySelector('track[kind="captions"][srclang="fr"]'), 'a film has French captions')
      t.ok(video.hasAttribute('controls') && !video.hasAttribute('autoplay'))
    }
  }
  t.ok(videos > 0 && decks > 0, 'the demonstration has a film and slides')
})

t.test('an issue of the magazine is read online, or as a PDF', async (t) => {
  const bonus = await camille.visit('/bonus')
  t.ok(links(bonus, 'main a[href^="/bonus/entre-nous/"]').length >= 4)
  const page = await camille.visit(`/bonus/entre-nous/${slugs.issue}`)
  t.ok(page.document.querySelectorAll('.prose h2').length > 0)
  t.ok(links(page, 'main a').some((href) => /^\/medias\/\d+\/.*\.pdf$/.test(href)))
})

t.test('the site map lists what the reader may see', async (t) => {
  const mine = links(await camille.visit('/plan-du-site'), 'main a')
  t.equal(mine.filter((href) => href.startsWith('/actions/')).length, 30)
  const theirs = links(await site.visit('/plan-du-site'), 'main a')
  const open = await db.selectFrom('actions').select('slug').where('visibility', '=', 'public').execute()
  t.same(
    theirs.filter((href) => /^\/(actions|directions|bonus|engagements)\//.test(href)).sort(),
    open.map(({ slug }) => `/actions/${slug}`).sort()
  )
})

t.test('who is referent or pilote sees it in their account', async (t) => {
  const nadia = (await site.visit('/compte', { as: 'nadia' })).text
  const directions = await db
    .selectFrom('direction_referents')
    .innerJoin('directions', 'directions.id', 'direction_id')
    .innerJoin('agents', 'agents.id', 'agent_id')
    .select('directions.name')
    .where('agents.email', 'like', 'nadia.benali@%')
    .execute()
  t.equal(directions.length, 2)
  for (const { name } of directions) t.ok(nadia.includes(name), name)
  const paul = await site.visit('/compte', { as: 'paul' })
  t.equal(links(paul, 'main a[href^="/actions/"]').length, 3)
})

t.test('a page that does not exist says so and shows the way', async (t) => {
  const page = await camille.visit('/n-existe-pas')
  t.equal(page.status, 404)
  t.match(page.text, /Page introuvable/)
  t.ok(links(page, 'main a').includes('/'))
  t.equal((await site.visit('/n-existe-pas')).status, 404)
})

t.test('reader pages are light', async (t) => {
  // As in a real site, where every image has its lighter copies: their addresses weigh in the page.
  await sql`
    insert into renditions (media_id, format, width, height, sha256, size)
    select id, made.format, made.width, made.width, sha256, size
    from media, (values ('avif', 320), ('avif', 640), ('avif', 960), ('webp', 320), ('webp', 640), ('webp', 960))
      as made (format, width)
    where kind = 'image' on conflict do nothing`.execute(db)
  for (const path of [...reservedPages, ...openPages.slice(1)]) {
    const page = await camille.visit(path)
    const [css, js] = [new Set<string>(), new Set<string>()]
    for (const link of page.document.querySelectorAll('link[rel="stylesheet"]'))
      css.add(link.getAttribute('href') ?? '')
    for (const script of page.document.querySelectorAll('script[src]')) {
      const entry = script.getAttribute('src') ?? ''
      js.add(entry)
      for (const module of await behavioursOf(page, entry)) js.add(module)
    }
    const weigh = async (addresses: Set<string>): Promise<number> => {
      let bytes = 0
      for (const url of addresses) {
        const response = await site.app.inject({ method: 'GET', url, headers: { 'accept-encoding': 'br' } })
        t.equal(response.headers['content-encoding'], 'br', url)
        bytes += response.rawPayload.length
      }
      return bytes
    }
    const sent = await camille.request({ method: 'GET', url: path, headers: { 'accept-encoding': 'gzip, br' } })
    t.equal(sent.headers['content-encoding'], 'br')
    const [html, style, script] = [sent.rawPayload.length, await weigh(css), await weigh(js)]
    const all = `${path}: HTML ${html}, CSS ${style}, JS ${script} bytes`
    t.ok(html <= brotliCompressSync(page.html).length * 1.6, `${all}: compressed well enough`)
    t.ok(html + style + script <= 60_000, all)
    t.ok(script <= 15_000, all)
    const fonts = page.document.querySelectorAll('link[rel="preload"][as="font"]').length
    const images = new Set(
      page.document
        .querySelectorAll('img')
        .filter((image) => image.getAttribute('loading') !== 'lazy')
        .map((image) => image.getAttribute('src'))
    )
    const sprites = new Set(page.document.querySelectorAll('use').map((use) => use.getAttribute('href')?.split('#')[0]))
    const requests = 1 + css.size + js.size + fonts + images.size + sprites.size + 2
    t.ok(requests <= 15, `${path}: ${requests} requests at first (icon and manifest included)`)
  }
})

/** The modules that the entry fetches for this page: those whose selector it holds. */
async function behavioursOf(page: Page, entry: string): Promise<string[]> {
  const { body } = await site.app.inject({ method: 'GET', url: entry })
  return [...body.matchAll(/'([^']+)': '\.\/([\w-]+\.js)'/g)].flatMap(([, selector = '', file = '']) =>
    page.document.querySelector(selector) ? [entry.replace(/[\w-]+\.js$/, file)] : []
  )
}

t.test('a title with signs that HTML reserves is shown as it was written', async (t) => {
  const title = 'Eau & énergie : « < 30 % »'
  await db.updateTable('actions').set({ title }).where('slug', '=', slugs.action).execute()
  const page = await camille.visit(`/actions/${slugs.action}`, { houseRules: false })
  t.equal(page.document.querySelector('h1')?.textContent.trim(), title)
  t.ok(page.document.querySelector('title')?.textContent.startsWith(title))
})
