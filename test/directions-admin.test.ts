/** The pages of directions are written by the webmaster and by their référents, and by nobody else. */

import { sql } from 'kysely'
import sharp from 'sharp'
import t from 'tap'
import { directionContent } from '../src/directions/direction-content.ts'
import { inPlaces } from '../src/publishing/fields.ts'
import { axe, type BrowserContext, openBrowser } from './support/browser.ts'
import { type cast, openSite, type Page, type Values, type Visitor } from './support/site.ts'

t.setTimeout(240_000)
const site = await openSite(t, { listen: true })
const { db } = site
const ines = await site.signIn('ines')
const nadia = await site.signIn('nadia')
const camille = await site.signIn('camille')
const samir = await site.signInAs('samir.haddalene@valbrune.example')

const writing = 'form[data-autosave]'
const screen = (id: number): string => `/gestion/directions/${id}`

function entryOf(slug: string) {
  return db
    .selectFrom('entries')
    .innerJoin('directions', 'directions.id', 'entries.content_id')
    .select(['entries.id', 'directions.id as direction_id', 'directions.slug', 'directions.name'])
    .where('entries.kind', '=', 'direction')
    .where('directions.slug', '=', slug)
    .executeTakeFirstOrThrow()
}

async function documentOf(directionId: number) {
  const document = await directionContent.load(db, directionId)
  if (!document) throw new Error(`Direction ${directionId} is there.`)
  return document
}

/** Sends the form of the page whole, as a browser would, with other values for these fields. */
async function press(visitor: Visitor, page: Page, button: string, changes: Values = {}): Promise<Page> {
  const sent: Record<string, string[]> = {}
  for (const field of page.document.querySelectorAll(`${writing} :is(input, textarea)`)) {
    const name = field.getAttribute('name') ?? ''
    if (field.getAttribute('type') === 'checkbox' && !field.hasAttribute('checked')) continue
    sent[name] = [
      ...(sent[name] ?? []),
      field.tagName === 'TEXTAREA' ? field.text : (field.getAttribute('value') ?? '')
    ]
  }
  for (const name of Object.keys(changes)) {
    if (!page.document.querySelector(`${writing} [name="${name}"]`)) throw new Error(`The form has no field ${name}.`)
  }
  const address = page.document.querySelector(writing)?.getAttribute('data-autosave') ?? ''
  const gesture = { Publier: 'publier', 'Enregistrer le brouillon': 'brouillon' }[button]
  const answer = await visitor.post(`${address}/${gesture}`, { ...sent, ...changes })
  return answer.status === 303 ? visitor.visit(String(answer.headers.location)) : answer
}

async function versionOf(id: number): Promise<string> {
  const { version } = await db.selectFrom('entries').select('version').where('id', '=', id).executeTakeFirstOrThrow()
  return String(version)
}

function agentId(login: string): Promise<number> {
  return db
    .selectFrom('agents')
    .select('id')
    .where('email', '=', `${login}@valbrune.example`)
    .executeTakeFirstOrThrow()
    .then(({ id }) => id)
}

async function fileOf(kind: 'image' | 'video' | 'pdf' | 'presentation'): Promise<number> {
  const row = await db
    .selectFrom('media')
    .select('id')
    .where('kind', '=', kind)
    .where((eb) => eb.or([eb('kind', '!=', 'image'), eb('alt', 'is not', null)]))
    .orderBy('id')
    .executeTakeFirstOrThrow()
  return row.id
}

const values = (page: Page, name: string): string[] =>
  page.document.querySelectorAll(`${writing} [name="${name}"]`).map((field) => field.getAttribute('value') ?? '')

t.test('a line takes the place it is given, and the others close up around it', async (t) => {
  const moved = (places: string) => inPlaces([...'abcd'], places.split(' ')).join('')
  t.equal(moved('1 2 3 4'), 'abcd')
  t.equal(moved('1 2 1 4'), 'cabd')
  t.equal(moved('3 2 3 4'), 'bcad')
  t.equal(moved('2 1 3 4'), 'bacd')
  t.equal(moved('9999 2 3 0'), 'dbca')
  t.equal(moved('x 2 -1 1e9'), 'abcd')
  t.same(inPlaces([], ['1']), [])
})

t.test('publishing a page that was only opened changes nothing of it', async (t) => {
  const rows = await db.selectFrom('directions').select('slug').execute()
  t.equal((await ines.visit('/gestion/directions')).document.querySelectorAll('tbody tr').length, rows.length)
  for (const { slug } of rows) {
    const entry = await entryOf(slug)
    const settle = async () => {
      const { project, ...rest } = await documentOf(entry.direction_id)
      return { ...rest, project: project.replaceAll(/\s+/g, ' ').replaceAll('> <', '><') }
    }
    const before = await settle()
    const published = await press(ines, await ines.visit(screen(entry.id)), 'Publier')
    t.match(published.text, 'C’est publié', slug)
    t.same(await settle(), before, slug)
  }
})

t.test('the webmaster creates a direction, fills it in several times, and agents see it once published', async (t) => {
  const created = await ines.submit(await ines.visit('/gestion/directions'), {}, { form: 'main form' })
  t.equal(created.status, 200)
  const id = Number(created.path.split('/').at(-1))
  const incomplete = await press(ines, created, 'Enregistrer le brouillon', { nom: 'Sports et nature' })
  t.match(incomplete.text, 'Le brouillon est enregistré')
  t.notMatch((await camille.visit('/directions')).text, 'Sports et nature')

  const refused = await press(ines, incomplete, 'Publier', { 'membre_fonction[]': ['Directrice', ''] })
  t.equal(refused.status, 422)
  t.match(refused.text, 'Écrivez le projet de la direction')
  t.match(refused.text, 'Équipe, ligne 1 «\u00a0Directrice\u00a0»\u00a0: écrivez le nom.')
  for (const link of refused.document.querySelectorAll('.error-summary a')) {
    const target = link.getAttribute('href') ?? ''
    t.ok(refused.document.querySelector(target), `${target} exists`)
  }
  const preview = await ines.visit(`${screen(id)}/apercu`)
  t.equal(preview.status, 422, 'a preview says what is missing too')

  const [portrait, video, deck] = [await fileOf('image'), await fileOf('video'), await fileOf('presentation')]
  const filled = await press(ines, refused, 'Enregistrer le brouillon', {
    accroche: 'Bouger, respirer, planter',
    projet: '<p>Un projet <strong>à nous</strong>.<script>alert(1)</script></p>',
    'membre_nom[]': ['Alix Tremblaye', 'Bruno Cazals', ''],
    'membre_fonction[]': ['Directrice', 'Gardien', ''],
    'membre_portrait[]': [`${portrait} – Un portrait`, '', ''],
    medias_ajout: `${video} – Une vidéo`,
    referents_ajout: `${await agentId('camille.robin')} – Camille Robin`
  })
  const again = await press(ines, filled, 'Enregistrer le brouillon', { medias_ajout: String(deck) })
  t.same(values(again, 'medias'), [String(video), String(deck)])
  t.match((await ines.visit(`${screen(id)}/apercu`)).text, 'Alix Tremblaye')
  t.equal((await camille.visit('/directions/sports-et-nature')).status, 404)
  t.equal(
    (await camille.visit(screen(id))).status,
    403,
    'what was never published is the webmaster’s, whoever it names'
  )

  const published = await press(ines, again, 'Publier')
  t.match(published.text, 'C’est publié')
  const page = await camille.visit('/directions/sports-et-nature')
  t.match(page.text, 'Bouger, respirer, planter')
  t.match(page.text, 'Un projet à nous.')
  t.match(page.text, 'Bruno Cazals')
  t.match(page.text, 'Page actualisée le')
  t.ok(page.document.querySelector('.member__portrait img'), 'with its portrait')
  t.ok(page.document.querySelector('video'), 'and its video')
  t.equal(page.document.querySelector(`a[href="${screen(id)}"]`), null)
  t.ok((await ines.visit('/directions/sports-et-nature')).document.querySelector(`a[href="${screen(id)}"]`))
  const names = (await camille.visit('/directions')).document.querySelectorAll('.card__title').map((a) => a.text.trim())
  t.equal(names.at(-1), 'Sports et nature', 'a new direction comes last')
  t.equal((await camille.visit(screen(id))).status, 200, 'published, it is its référente’s')
  await db
    .deleteFrom('direction_referents')
    .where('agent_id', '=', await agentId('camille.robin'))
    .execute()
})

t.test('people and files change places without any script, and leave when they are emptied or unticked', async (t) => {
  const entry = await entryOf('sports-et-nature')
  const page = await ines.visit(screen(entry.id))
  const moved = await press(ines, page, 'Enregistrer le brouillon', {
    'membre_place[]': ['2', '2', '3', '4'],
    'media_place[]': ['1', '1']
  })
  t.same(values(moved, 'membre_nom[]').slice(0, 2), ['Bruno Cazals', 'Alix Tremblaye'])
  t.match(values(moved, 'membre_portrait[]')[1], /^\d+ – /, 'the portrait goes with its person')
  t.same(values(moved, 'medias'), [String(await fileOf('presentation')), String(await fileOf('video'))])
  const left = await press(ines, moved, 'Publier', {
    'membre_nom[]': ['', 'Alix Tremblaye', 'Chloé Dornac', ''],
    'membre_fonction[]': ['', 'Directrice', '', ''],
    medias: [String(await fileOf('video'))]
  })
  t.match(left.text, 'C’est publié')
  const document = await documentOf(entry.direction_id)
  t.same(
    document.members.map(({ name }) => name),
    ['Alix Tremblaye', 'Chloé Dornac']
  )
  t.same(document.mediaIds, [await fileOf('video')])
})

t.test('a référente writes the page entrusted to her, and only what is hers to say', async (t) => {
  const entry = await entryOf('education-et-enfance')
  const list = await nadia.visit('/gestion/directions')
  t.equal(list.document.querySelectorAll('tbody tr').length, 2)
  t.notOk(list.document.querySelector('main form'))
  const page = await nadia.visit(screen(entry.id))
  t.equal(page.status, 200)
  for (const name of ['nom', 'adresse', 'rang', 'referents', 'referents_ajout']) {
    t.equal(page.document.querySelector(`${writing} [name="${name}"]`), null, name)
  }
  t.notOk(page.document.querySelector('form[action$="/corbeille"]'))
  t.match((await press(nadia, page, 'Publier', { projet: '<p>Une rentrée calme.</p>' })).text, 'C’est publié')
  t.match((await camille.visit(`/directions/${entry.slug}`)).text, 'Une rentrée calme.')

  const before = await documentOf(entry.direction_id)
  const forged = await nadia.post(`${screen(entry.id)}/publier`, {
    version: await versionOf(entry.id),
    projet: '<p>Toujours là</p>',
    nom: 'Volée',
    adresse: 'volee',
    rang: '1',
    referents: [String(await agentId('paul.mercier'))],
    referents_ajout: String(await agentId('camille.robin'))
  })
  t.equal(forged.status, 303)
  const after = await documentOf(entry.direction_id)
  t.equal(after.project, '<p>Toujours là</p>')
  for (const key of ['name', 'slug', 'order', 'referentIds'] as const) t.same(after[key], before[key], key)

  for (const part of ['/retirer', '/corbeille', '/programmer', '/sortir-de-la-corbeille']) {
    t.equal((await nadia.post(`${screen(entry.id)}${part}`, { raison: 'x' })).status, 403, part)
  }
  t.equal((await nadia.post('/gestion/directions')).status, 403)
})

t.test('in a city of a thousand agents, saving loses no référent', async (t) => {
  const { entry_id, direction_id } = await db
    .selectFrom('direction_referents')
    .innerJoin('agents', 'agents.id', 'direction_referents.agent_id')
    .innerJoin('entries', (join) =>
      join.onRef('entries.content_id', '=', 'direction_referents.direction_id').on('entries.kind', '=', 'direction')
    )
    .select(['entries.id as entry_id', 'direction_referents.direction_id'])
    .where('agents.email', 'like', 'nadia%')
    .limit(1)
    .executeTakeFirstOrThrow()
  const referents = () =>
    db
      .selectFrom('direction_referents')
      .select('agent_id')
      .where('direction_id', '=', direction_id)
      .orderBy('agent_id')
      .execute()
  const before = await referents()
  t.ok(before.length > 0)
  await sql`insert into agents (email, name)
    select 'a' || n || '@valbrune.example', 'Aaa ' || n from generate_series(1, 1000) as n`.execute(db)
  const page = await ines.visit(screen(entry_id))
  t.equal(page.document.querySelectorAll('input[name="referents"][checked]').length, before.length)
  t.match((await press(ines, page, 'Publier')).text, 'C’est publié')
  t.same(await referents(), before)
  await db.deleteFrom('agents').where('name', 'like', 'Aaa %').execute()
})

t.test('where référents propose, what a référente sends waits for the webmaster', async (t) => {
  const entry = await entryOf('education-et-enfance')
  await db.updateTable('settings').set({ referents_publish: false }).execute()
  const page = await nadia.visit(screen(entry.id))
  const sent = await nadia.submit(
    page,
    { accroche: 'Une proposition' },
    { form: writing, button: 'Proposer au webmaster' }
  )
  t.match(sent.text, 'C’est proposé')
  t.notMatch((await camille.visit(`/directions/${entry.slug}`)).text, 'Une proposition')
  await press(ines, await ines.visit(screen(entry.id)), 'Publier')
  t.match((await camille.visit(`/directions/${entry.slug}`)).text, 'Une proposition')
  await db.updateTable('settings').set({ referents_publish: true }).execute()
})

t.test('nobody else reads the draft of a direction, nor changes it', async (t) => {
  const entry = await entryOf('education-et-enfance')
  await press(ines, await ines.visit(screen(entry.id)), 'Enregistrer le brouillon', { accroche: 'Un secret' })
  t.notMatch((await camille.visit(`/directions/${entry.slug}`)).text, 'Un secret')
  for (const [who, visitor] of Object.entries({ camille, samir, paul: await site.signIn('paul') })) {
    for (const part of ['', '/apercu', '/historique']) {
      t.equal((await visitor.visit(`${screen(entry.id)}${part}`)).status, 403, `${who} ${part}`)
    }
    for (const part of ['/brouillon', '/publier', '/annuler-la-publication', '/retirer', '/corbeille', '/programmer']) {
      t.equal((await visitor.post(`${screen(entry.id)}${part}`, { version: '1' })).status, 403, `${who} ${part}`)
    }
  }
  t.equal((await camille.visit('/gestion/directions')).status, 403)
  t.equal((await samir.visit('/gestion/directions')).document.querySelectorAll('tbody tr').length, 1)
  for (const path of ['/gestion/directions', screen(entry.id), `${screen(entry.id)}/apercu`]) {
    const page = await site.visit(path)
    t.equal(page.status, 303, path)
    t.match(String(page.headers.location), /^\/connexion/)
  }
})

t.test('of two people who began from one version, the second is shown both texts', async (t) => {
  const entry = await entryOf('cadre-de-vie')
  const [first, second] = [await ines.visit(screen(entry.id)), await ines.visit(screen(entry.id))]
  await press(ines, first, 'Enregistrer le brouillon', { accroche: 'La phrase de la première' })
  const refused = await press(ines, second, 'Enregistrer le brouillon', { accroche: 'La phrase de la seconde' })
  t.equal(refused.status, 409)
  t.match(refused.document.querySelector('.conflict')?.text, 'première')
  t.equal(values(refused, 'accroche')[0], 'La phrase de la seconde')
})

t.test('versions are compared in words and brought back, without giving a référente any right', async (t) => {
  const entry = await entryOf('culture-et-vie-associative')
  const before = await documentOf(entry.direction_id)
  const published = await press(ines, await ines.visit(screen(entry.id)), 'Publier', {
    nom: 'Culture',
    rang: '40',
    accroche: 'Des livres partout'
  })
  t.match(published.text, 'C’est publié')
  t.equal((await camille.visit(`/directions/${entry.slug}`)).status, 200, 'another name, the same address')
  const history = await nadia.visit(`${screen(entry.id)}/historique`)
  const oldest = history.document.querySelectorAll('.history a').at(-1)?.getAttribute('href') ?? ''
  const compared = await nadia.visit(oldest)
  const changed = (tag: string) => compared.document.querySelectorAll(`.compared ${tag}`).map((piece) => piece.text)
  t.same(
    compared.document.querySelectorAll('.compared dt').map((label) => label.text),
    ['Nom', 'Rang', 'Phrase d’accroche']
  )
  t.ok(changed('del').includes(' et vie associative'))
  t.ok(changed('ins').includes('40'))
  await nadia.submit(compared, {}, { form: 'form[action$="/reprendre"]' })
  await press(nadia, await nadia.visit(screen(entry.id)), 'Publier')
  const after = await documentOf(entry.direction_id)
  t.equal(after.tagline, before.tagline, 'the text is that of before')
  t.equal(after.name, 'Culture', 'the name is that of today')
  t.equal(after.order, 39)
})

t.test('what is withdrawn or thrown away comes back', async (t) => {
  const entry = await entryOf('batiments-et-energie')
  const page = await ines.visit(screen(entry.id))
  const withdrawn = await ines.submit(page, { raison: 'Réorganisation' }, { form: 'form[action$="/retirer"]' })
  t.match(withdrawn.text, 'La page est retirée')
  const gone = await camille.visit(`/directions/${entry.slug}`)
  t.equal(gone.status, 410)
  t.match(gone.text, 'Réorganisation')
  await press(ines, withdrawn, 'Publier')
  t.equal((await camille.visit(`/directions/${entry.slug}`)).status, 200)

  const again = await ines.visit(screen(entry.id))
  const trash = await ines.submit(again, {}, { form: `form[action="${screen(entry.id)}/corbeille"]` })
  t.equal(trash.path, '/gestion/corbeille')
  t.ok([404, 410].includes((await camille.visit(`/directions/${entry.slug}`)).status))
  await ines.submit(trash, {}, { form: `form[action="${screen(entry.id)}/sortir-de-la-corbeille"]` })
  await press(ines, await ines.visit(screen(entry.id)), 'Publier')
  t.equal((await camille.visit(`/directions/${entry.slug}`)).status, 200)
  t.ok((await documentOf(entry.direction_id)).members.length > 0, 'with its team')
})

t.test('the address follows only who asks for it, and the old one leads on', async (t) => {
  const entry = await entryOf('batiments-et-energie')
  await press(ines, await ines.visit(screen(entry.id)), 'Publier', { adresse: 'Patrimoine bâti' })
  t.equal((await camille.visit('/directions/patrimoine-bati')).status, 200)
  const old = await camille.visit(`/directions/${entry.slug}`)
  t.equal(old.status, 301)
  t.equal(old.headers.location, '/directions/patrimoine-bati')
})

t.test('what was deleted since it was chosen is left out, and who left is référent of nothing', async (t) => {
  const entry = await entryOf('finances-et-commande-publique')
  const leaver = await agentId('yasmine.orvel')
  const heir = await agentId('paul.mercier')
  const page = await ines.visit(screen(entry.id))
  const draft = await press(ines, page, 'Enregistrer le brouillon', { referents_ajout: String(heir) })
  await db.updateTable('agents').set({ deactivated_at: new Date() }).where('id', '=', leaver).execute()
  const published = await ines.post(`${screen(entry.id)}/publier`, {
    version: values(draft, 'version')[0] ?? '',
    nom: 'Finances',
    projet: '<p>Un projet</p>',
    medias: ['999999'],
    referents: [String(leaver), String(heir), '999999']
  })
  t.equal(published.status, 303)
  const document = await documentOf(entry.direction_id)
  t.same(document.referentIds, [heir])
  t.same(document.mediaIds, [])
  await db.updateTable('agents').set({ deactivated_at: null }).where('id', '=', leaver).execute()
})

t.test('an image that nobody described, or that is gone, is said at its field', async (t) => {
  const entry = await entryOf('ressources-humaines')
  const image = await fileOf('image')
  const alternative = await db.selectFrom('media').select('alt').where('id', '=', image).executeTakeFirstOrThrow()
  await db.updateTable('media').set({ alt: null }).where('id', '=', image).execute()
  const refused = await ines.post(`${screen(entry.id)}/publier`, {
    version: await versionOf(entry.id),
    nom: 'Ressources humaines',
    projet: '<p>Un projet</p>',
    image: '999999',
    'membre_nom[]': ['Anne Ormeaux'],
    'membre_fonction[]': ['Directrice'],
    'membre_portrait[]': [String(image)]
  })
  t.equal(refused.status, 422)
  t.match(refused.document.querySelector('#membre-portrait-0-error')?.text, 'décrivez l’image dans la médiathèque')
  t.match(refused.text, 'Cette image n’est plus dans la médiathèque')
  await db.updateTable('media').set(alternative).where('id', '=', image).execute()
})

t.test('hostile forms are refused or kept harmless, never a 500, and what was typed comes back', async (t) => {
  const entry = await entryOf('numerique-et-modernisation')
  const bodies: Values[] = [
    { nom: 'a'.repeat(161) },
    { nom: ['a', 'b'], projet: ['<p>a</p>', '<p>b</p>'] },
    { nom: 'nul \u0000 ici', projet: '<p>\u0000</p>', 'membre_nom[]': ['\u0000'] },
    { nom: 'x', accroche: 'é'.repeat(241) },
    { nom: 'x', rang: '99999999' },
    { nom: 'x', rang: '0' },
    { nom: 'x', adresse: '../../gestion', image: '999999999', referents: ['x', '-1', '999999999'] },
    { nom: 'x', 'membre_nom[]': Array.from({ length: 500 }, (_, index) => `Personne ${index}`) },
    { nom: 'x', 'membre_nom[]': Array.from({ length: 101 }, (_, index) => `Personne ${index}`) },
    { nom: 'x', 'membre_nom[]': ['n'.repeat(121)], 'membre_fonction[]': ['f'.repeat(161), 'orpheline'] },
    { nom: 'x', 'membre_portrait[]': ['999999999', 'x', '1e9'], 'membre_place[]': ['-1', '9999', 'x', '1'] },
    { nom: 'x', medias: Array.from({ length: 61 }, (_, index) => String(index + 1)) },
    { nom: 'x', 'media_ordre[]': ['1', '1', 'x'], 'media_place[]': ['9', '9'], medias: ['1', '1'] },
    { __proto__: 'x', constructor: 'y' } as unknown as Values
  ]
  for (const body of bodies) {
    for (const gesture of ['brouillon', 'publier']) {
      const version = await versionOf(entry.id)
      const answer = await ines.post(`${screen(entry.id)}/${gesture}`, { version, ...body }, { houseRules: false })
      const what = `${gesture} ${JSON.stringify(body).slice(0, 70)}`
      t.ok([303, 400, 422].includes(answer.status), `${what} gave ${answer.status}`)
      if (answer.status !== 422) continue
      for (const link of answer.document.querySelectorAll('.error-summary a')) {
        const target = link.getAttribute('href') ?? ''
        t.ok(answer.document.querySelector(target), `${what}: ${target} exists`)
      }
    }
    t.equal((await ines.visit(screen(entry.id), { houseRules: false })).status, 200, 'the screen still opens')
    t.ok((await ines.visit(`${screen(entry.id)}/apercu`, { houseRules: false })).status < 500)
  }
  const long = await ines.post(`${screen(entry.id)}/brouillon`, {
    version: await versionOf(entry.id),
    'membre_nom[]': ['n'.repeat(121)],
    accroche: 'À ne pas perdre'
  })
  t.equal(long.status, 422)
  t.equal(values(long, 'accroche')[0], 'À ne pas perdre')
  t.equal(values(long, 'membre_nom[]')[0], 'n'.repeat(121))
  t.match(long.document.querySelector('#membre-nom-0-error')?.text, '120 caractères au plus')
  for (const id of ['0', '-1', 'x', '99999999999999', '1e3', '%00']) {
    t.equal((await ines.visit(`/gestion/directions/${id}`)).status, 404, id)
  }
})

t.test('two directions of one name published at once have two addresses', async (t) => {
  const ids = []
  for (let count = 0; count < 3; count += 1) {
    const created = await ines.post('/gestion/directions')
    ids.push(Number(String(created.headers.location).split('/').at(-1)))
  }
  const body = { version: '1', nom: 'En même temps', projet: '<p>Un texte</p>' }
  const answers = await Promise.all(ids.map((id) => ines.post(`${screen(id)}/publier`, body)))
  t.same(
    answers.map((answer) => answer.status),
    [303, 303, 303]
  )
  const rows = await db.selectFrom('directions').select('slug').where('slug', 'like', 'en-meme-temps%').execute()
  t.equal(new Set(rows.map(({ slug }) => slug)).size, 3)
})

const browser = await openBrowser(t, site.origin)

async function enter(context: BrowserContext, person: keyof typeof cast): Promise<void> {
  const visitor = await site.signIn(person)
  await context.addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url: site.origin })))
}

t.test('a référente brings her page up to date on her phone', async (t) => {
  const context = await browser.newVisitor(t, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })
  await enter(context, 'nadia')
  const page = await context.newPage()
  const entry = await entryOf('culture-et-vie-associative')
  await page.goto(`${site.origin}/gestion/directions`)
  await page.getByRole('link', { name: entry.name }).click()
  await page.getByRole('textbox', { name: 'Projet' }).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' Tapé sur un téléphone.')
  const people = page.getByRole('group', { name: /^Personne \d+$/ })
  const name = (index: number) => people.nth(index).getByLabel('Nom').inputValue()
  const [first, second] = [await name(0), await name(1)]
  await page.getByRole('button', { name: 'Descendre la personne 1' }).waitFor()
  t.equal(await page.getByLabel('Place', { exact: true }).first().isVisible(), false, 'buttons replace the numbers')
  await page.getByRole('button', { name: 'Descendre la personne 1' }).click()
  t.same([await name(0), await name(1)], [second, first])
  t.equal(
    await page.evaluate('document.activeElement.textContent'),
    'Descendre la personne 2',
    'the focus stays with the person who moved'
  )
  await page.getByRole('button', { name: 'Monter la personne 2' }).click()
  t.equal(await page.evaluate('document.activeElement.textContent'), 'Descendre la personne 1', 'and is never lost')
  const count = await people.count()
  await page.getByRole('button', { name: 'Ajouter une personne' }).click()
  t.equal(await people.count(), count + 1)
  await people.last().getByLabel('Nom').fill('Zoé Marlac')
  await people.last().getByLabel('Fonction').fill('Apprentie')
  await page.getByRole('button', { name: 'Enlever la personne 1' }).click()
  t.equal(await name(0), second)
  await page.getByText(/^Enregistré à/).waitFor({ timeout: 8000 })
  await page.getByRole('button', { name: 'Publier', exact: true }).click()
  await page.getByText('C’est publié').waitFor()
  await page.getByRole('link', { name: 'Voir la page publiée' }).click()
  await page.getByRole('heading', { level: 1, name: entry.name }).waitFor()
  const text = (await page.locator('main').textContent()) ?? ''
  t.match(text, 'Tapé sur un téléphone.')
  t.match(text, 'Zoé Marlac')
  const { members } = await documentOf(entry.direction_id)
  t.equal(members[0]?.name, second)
  t.equal(members.at(-1)?.name, 'Zoé Marlac')
  t.notOk(members.some((member) => member.name === first))
})

t.test('a portrait is brought from the disk to somebody who was just added', async (t) => {
  const context = await browser.newVisitor(t, { viewport: { width: 1280, height: 900 } })
  await enter(context, 'nadia')
  const page = await context.newPage()
  const entry = await entryOf('culture-et-vie-associative')
  await page.goto(site.origin + screen(entry.id))
  await page.getByRole('button', { name: 'Ajouter une personne' }).click()
  const person = page.getByRole('group', { name: /^Personne \d+$/ }).last()
  await person.getByLabel('Nom').fill('Basile Ormond')
  await person.getByText('Ajouter un portrait').click()
  const buffer = await sharp({ create: { width: 400, height: 500, channels: 3, background: '#a64' } })
    .jpeg()
    .toBuffer()
  await person
    .locator('input[type="file"]')
    .setInputFiles({ name: 'Basile au jardin.jpg', mimeType: 'image/jpeg', buffer })
  await person.getByLabel('Décorative').check()
  await person.getByRole('button', { name: 'Enregistrer ce choix' }).click()
  await person.getByText('Image décorative.', { exact: true }).waitFor()
  t.match(await person.getByLabel('Portrait, choisi dans la médiathèque').inputValue(), /^\d+ – /)
  await page.getByRole('button', { name: 'Publier', exact: true }).click()
  await page.getByText('C’est publié').waitFor()
  const { members } = await documentOf(entry.direction_id)
  t.match(members.at(-1), { name: 'Basile Ormond', portraitId: Number })
})

t.test('people whom the site could not save are kept in the browser and offered back, lines included', async (t) => {
  const context = await browser.newVisitor(t, { viewport: { width: 1280, height: 900 } })
  const email = 'lison.clairval@valbrune.example'
  const cookies = (visitor: Visitor) => [...visitor.cookies].map(([name, value]) => ({ name, value, url: site.origin }))
  const lison = await site.signInAs(email)
  await context.addCookies(cookies(lison))
  const page = await context.newPage()
  const entry = await entryOf('population-et-citoyennete')
  await page.goto(site.origin + screen(entry.id))
  const people = page.getByRole('group', { name: /^Personne \d+$/ })
  await page.getByRole('button', { name: 'Ajouter une personne' }).waitFor()
  const sessions = db.updateTable('sessions').where('agent_id', '=', await agentId('lison.clairval'))
  await sessions.set({ revoked_at: new Date() }).execute()
  for (const name of ['Un', 'Deux', 'Trois']) {
    await page.getByRole('button', { name: 'Ajouter une personne' }).click()
    await people.last().getByLabel('Nom').fill(name)
  }
  await page.getByText('Vous n’êtes plus connecté').waitFor({ timeout: 8000 })
  await page.close()
  await context.addCookies(cookies(await site.signInAs(email)))
  const later = await context.newPage()
  await later.goto(site.origin + screen(entry.id))
  await later.getByRole('button', { name: 'Reprendre ce texte' }).click()
  await later.getByText('Le brouillon est enregistré').waitFor()
  const { draft } = await db.selectFrom('entries').select('draft').where('id', '=', entry.id).executeTakeFirstOrThrow()
  t.match(JSON.stringify(draft), /"Un"[\s\S]*"Deux"[\s\S]*"Trois"/)
})

t.test('the screens of directions have nothing for axe to say, and fit a phone', async (t) => {
  const entry = await entryOf('culture-et-vie-associative')
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newVisitor(t, { viewport: { width: 360, height: 740 }, colorScheme })
    await enter(context, 'ines')
    const page = await context.newPage()
    for (const path of ['/gestion/directions', screen(entry.id)]) {
      await page.goto(site.origin + path)
      if (path !== '/gestion/directions') await page.getByRole('button', { name: 'Ajouter une personne' }).click()
      t.same(await axe(page), [], `${path}, ${colorScheme}`)
      t.equal(await page.evaluate('document.documentElement.scrollWidth > innerWidth'), false, `${path} fits`)
    }
  }
})
