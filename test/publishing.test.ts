/** Writing, publishing and undoing: nothing is overwritten, nothing is lost, and readers see only what was published. */
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import t from 'tap'
import { removeDemonstration } from '../src/demonstration/remove.ts'
import { actionContent } from '../src/engagements/action-content.ts'
import { runSchedule } from '../src/publishing/schedule.ts'
import { openSite, type Page } from './support/site.ts'

const site = await openSite(t)
const { db } = site
const ines = await site.signIn('ines')
const camille = await site.signIn('camille')
const paul = await site.signIn('paul')

const writing = 'form[data-autosave]'

async function entryOf(number: number) {
  return db
    .selectFrom('entries')
    .innerJoin('actions', 'actions.id', 'entries.content_id')
    .select(['entries.id', 'actions.slug', 'actions.title', 'actions.id as action_id'])
    .where('entries.kind', '=', 'action')
    .where('actions.number', '=', number)
    .executeTakeFirstOrThrow()
}

const screen = (id: number): string => `/gestion/actions/${id}`

async function pressed(page: Page, button: string, values: Record<string, string | string[]> = {}): Promise<Page> {
  return ines.submit(page, values, { form: writing, button })
}

t.test('every sheet of the site can be opened for writing', async (t) => {
  const list = await ines.visit('/gestion/actions')
  t.equal(list.document.querySelectorAll('tbody tr').length, 30)
  const entry = await entryOf(1)
  const page = await ines.visit(screen(entry.id))
  t.equal(page.document.querySelector('[name=titre]')?.getAttribute('value'), entry.title)
})

t.test('a new action is written in several times, and readers see it once it is published', async (t) => {
  const created = await ines.submit(await ines.visit('/gestion/actions'), {}, { button: 'Créer une action' })
  t.equal(created.status, 200)
  const id = Number(created.path.split('/').at(-1))

  const incomplete = await pressed(created, 'Enregistrer le brouillon', { titre: 'Ouvrir une bricothèque' })
  t.match(incomplete.text, 'Le brouillon est enregistré')
  t.notMatch((await camille.visit('/engagements')).text, 'bricothèque')

  const refused = await pressed(incomplete, 'Publier')
  t.equal(refused.status, 422)
  t.match(refused.text, 'Choisissez l’engagement')
  t.match(refused.text, 'Écrivez la synthèse')
  for (const link of refused.document.querySelectorAll('.error-summary a')) {
    const target = link.getAttribute('href') ?? ''
    t.ok(refused.document.querySelector(target), `${target} exists`)
  }

  const engagement = await db.selectFrom('engagements').select('id').where('number', '=', 2).executeTakeFirstOrThrow()
  const published = await pressed(refused, 'Publier', {
    engagement: String(engagement.id),
    synthese: '<p>Des outils prêtés <strong>entre collègues</strong>.<script>alert(1)</script></p>',
    'etape_date[]': ['Fin 2026', '2024-2025', ''],
    'etape_texte[]': ['Ouverture', 'Essai dans deux ateliers', ''],
    services: 'Ateliers, Informatique'
  })
  t.match(published.text, 'C’est publié')
  const entry = await db
    .selectFrom('entries')
    .innerJoin('actions', 'actions.id', 'entries.content_id')
    .select(['actions.slug', 'actions.number', 'actions.summary'])
    .where('entries.id', '=', id)
    .executeTakeFirstOrThrow()
  t.equal(entry.slug, 'ouvrir-une-bricotheque')
  t.equal(entry.number, 31)
  t.notMatch(entry.summary, 'script')
  const sheet = await camille.visit(`/actions/${entry.slug}`)
  t.equal(sheet.status, 200)
  t.match(sheet.text, 'Fin\u00a02026')
  t.match(sheet.text, '2024-2025')
  t.match(sheet.text, 'Ateliers')
  t.ok(sheet.text.indexOf('2024-2025') < sheet.text.indexOf('Fin\u00a02026'), 'the chronology follows time')
  t.match((await camille.visit('/engagements')).text, 'Ouvrir une bricothèque')
})

t.test('a draft lies beside what is published, which does not move', async (t) => {
  const entry = await entryOf(2)
  const page = await ines.visit(screen(entry.id))
  await pressed(page, 'Enregistrer le brouillon', { titre: 'Un titre en préparation' })
  t.match((await camille.visit(`/actions/${entry.slug}`)).text, entry.title)
  t.notMatch((await camille.visit(`/actions/${entry.slug}`)).text, 'Un titre en préparation')
  const preview = await ines.visit(`${screen(entry.id)}/apercu`)
  t.match(preview.text, 'Un titre en préparation')
  t.match((await camille.visit(`/actions/${entry.slug}`)).text, entry.title)
  t.equal((await camille.visit(`${screen(entry.id)}/apercu`)).status, 403)
})

/** A document without the white space between its tags, which means nothing. */
async function settled(actionId: number) {
  const document = await actionContent.load(db, actionId)
  if (!document) throw new Error(`Action ${actionId} is there.`)
  const settle = (html: string): string => html.replaceAll(/\s*\n\s*/g, ' ').replaceAll(/>\s+</g, '><')
  const { summary, results, tools } = document
  return { ...document, summary: settle(summary), results: settle(results), tools: settle(tools) }
}

t.test('publishing a sheet that was only opened changes nothing of it', async (t) => {
  for (const number of [1, 7, 11]) {
    const entry = await entryOf(number)
    const before = await settled(entry.action_id)
    const published = await pressed(await ines.visit(screen(entry.id)), 'Publier')
    t.match(published.text, 'C’est publié')
    t.same(await settled(entry.action_id), before)
  }
})

t.test('of two people who began from one version, the second is shown both texts and overwrites nothing', async (t) => {
  const entry = await entryOf(3)
  const first = await ines.visit(screen(entry.id))
  const second = await ines.visit(screen(entry.id))
  await pressed(first, 'Enregistrer le brouillon', { titre: 'Le texte de la première' })
  const refused = await ines.submit(
    second,
    { titre: 'Le texte de la seconde' },
    { form: writing, button: 'Enregistrer le brouillon' }
  )
  t.equal(refused.status, 409)
  t.match(refused.text, 'première')
  t.equal(refused.document.querySelector('[name=titre]')?.getAttribute('value'), 'Le texte de la seconde')
  const kept = await db.selectFrom('entries').select('title').where('id', '=', entry.id).executeTakeFirstOrThrow()
  t.equal(kept.title, 'Le texte de la première')
  // Having seen both, the second person decides.
  const decided = await pressed(refused, 'Enregistrer le brouillon')
  t.match(decided.text, 'Le brouillon est enregistré')
})

t.test('fifty saves at once of one version: one succeeds, forty-nine are told', async (t) => {
  const entry = await entryOf(4)
  const page = await ines.visit(screen(entry.id))
  const version = page.document.querySelector(`${writing} [name=version]`)?.getAttribute('value') ?? ''
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      ines.request({
        method: 'POST',
        url: `${screen(entry.id)}/brouillon`,
        headers: {
          accept: 'application/json',
          'content-type': 'application/x-www-form-urlencoded',
          origin: site.origin,
          'sec-fetch-site': 'same-origin'
        },
        payload: new URLSearchParams({ version, titre: `Essai ${index}` }).toString()
      })
    )
  )
  t.equal(answers.filter((answer) => answer.statusCode === 200).length, 1)
  t.equal(answers.filter((answer) => answer.statusCode === 409).length, 49)
})

t.test('fifty forms sent at once: one is saved, and forty-nine people see both texts', async (t) => {
  const entry = await entryOf(20)
  const page = await ines.visit(screen(entry.id))
  const version = page.document.querySelector(`${writing} [name=version]`)?.getAttribute('value') ?? ''
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      ines.post(
        `${screen(entry.id)}/brouillon`,
        { version, titre: `Essai-${index}-écrit`, synthese: '<p>Texte</p>' },
        { houseRules: index < 3 }
      )
    )
  )
  t.equal(answers.filter(({ status }) => status === 303).length, 1)
  const kept = await db.selectFrom('entries').select('title').where('id', '=', entry.id).executeTakeFirstOrThrow()
  for (const [index, answer] of answers.entries()) {
    if (answer.status === 303) continue
    t.equal(answer.status, 409)
    t.match(answer.document.querySelector('.conflict')?.text, kept.title.split('-')[1], 'theirs')
    t.equal(answer.document.querySelector('[name=titre]')?.getAttribute('value'), `Essai-${index}-écrit`, 'and mine')
  }
})

t.test('what the site cannot do without is neither created, withdrawn, thrown away nor erased', async (t) => {
  for (const [kind, folder] of [
    ['page', 'pages'],
    ['home', 'accueil'],
    ['demarche', 'demarche']
  ] as const) {
    const entry = await db.selectFrom('entries').select('id').where('kind', '=', kind).executeTakeFirstOrThrow()
    const address = `/gestion/${folder}/${entry.id}`
    t.equal((await ines.visit(address)).status, 200, folder)
    t.equal((await ines.post(`/gestion/${folder}`)).status, 404)
    for (const gesture of ['retirer', 'corbeille', 'sortir-de-la-corbeille', 'supprimer']) {
      t.equal((await ines.post(`${address}/${gesture}`, { raison: 'x' })).status, 404, gesture)
    }
    t.equal((await ines.visit(`${address}/supprimer`)).status, 404)
    const planned = await ines.post(`${address}/programmer`, {
      publication: '2099-01-01T08:00',
      retrait: '2099-02-01T08:00'
    })
    t.equal(planned.status, 303, 'its publication may be planned')
    const row = await db
      .selectFrom('entries')
      .select(['publish_at', 'withdraw_at'])
      .where('id', '=', entry.id)
      .executeTakeFirstOrThrow()
    t.ok(row.publish_at)
    t.equal(row.withdraw_at, null, 'its withdrawal may not')
  }
})

t.test('every version can be compared and brought back', async (t) => {
  const entry = await entryOf(5)
  await pressed(await ines.visit(screen(entry.id)), 'Publier', { titre: 'Un nouveau titre' })
  const history = await ines.visit(`${screen(entry.id)}/historique`)
  const lines = history.document.querySelectorAll('.history a')
  const first = lines.at(-1)?.getAttribute('href') ?? ''
  const compared = await ines.visit(first)
  t.match(compared.document.querySelector('del')?.textContent ?? '', /\w/)
  t.match(compared.document.querySelector('ins')?.textContent ?? '', /\w/)
  const restored = await ines.submit(compared, {}, { form: 'form[action$="/reprendre"]' })
  t.match(restored.text, 'Cette version est reprise comme brouillon')
  t.equal(restored.document.querySelector('[name=titre]')?.getAttribute('value'), entry.title)
  t.match((await camille.visit(`/actions/${entry.slug}`)).text, 'Un nouveau titre')
})

t.test('a publication is undone in one gesture', async (t) => {
  const entry = await entryOf(6)
  const page = await pressed(await ines.visit(screen(entry.id)), 'Publier', { titre: 'Une erreur de titre' })
  t.match((await camille.visit(`/actions/${entry.slug}`)).text, 'Une erreur de titre')
  const undone = await ines.submit(page, {}, { form: 'form[action$="annuler-la-publication"]' })
  t.match(undone.text, 'La publication précédente est de nouveau en ligne')
  t.match((await camille.visit(`/actions/${entry.slug}`)).text, entry.title)
})

t.test('a page is withdrawn with a reason, and put back by publishing it', async (t) => {
  const entry = await entryOf(8)
  const page = await ines.visit(screen(entry.id))
  const form = { form: 'form[action$="/retirer"]' }
  const refused = await ines.submit(page, { raison: '  ' }, form)
  t.equal(refused.status, 422)
  t.equal((await camille.visit(`/actions/${entry.slug}`)).status, 200)
  const withdrawn = await ines.submit(refused, { raison: 'Des chiffres à vérifier' }, form)
  t.match(withdrawn.text, 'La page est retirée')
  t.match(withdrawn.text, 'Des chiffres à vérifier')
  t.equal((await camille.visit(`/actions/${entry.slug}`)).status, 410)
  await pressed(withdrawn, 'Publier')
  t.equal((await camille.visit(`/actions/${entry.slug}`)).status, 200)
})

t.test('what goes to the trash comes back from it', async (t) => {
  const entry = await entryOf(9)
  const page = await ines.visit(screen(entry.id))
  const trash = await ines.submit(page, {}, { form: 'form[action$="/corbeille"]' })
  t.equal(trash.path, '/gestion/corbeille')
  t.match(trash.text, entry.title)
  t.equal((await camille.visit(`/actions/${entry.slug}`)).status, 410)
  const back = await ines.submit(trash, {}, { form: 'form[action$="/sortir-de-la-corbeille"]' })
  t.match(back.text, 'sorti de la corbeille')
  const published = await pressed(back, 'Publier')
  t.match(published.text, 'C’est publié')
  t.equal((await camille.visit(`/actions/${entry.slug}`)).status, 200)
})

t.test('a planned publication happens once, at its time, with two processes at work', async (t) => {
  const entry = await entryOf(10)
  const page = await pressed(await ines.visit(screen(entry.id)), 'Enregistrer le brouillon', {
    titre: 'Le titre de demain'
  })
  const planned = await ines.submit(page, { publication: '2099-03-29T03:30' }, { form: 'form[action$="/programmer"]' })
  t.match(planned.text, 'Publication prévue')
  const parts = { db, log: site.app.log, kinds: [actionContent] }
  t.equal(await runSchedule(parts), 0)
  await db.updateTable('entries').set({ publish_at: sql<Date>`now()` }).where('id', '=', entry.id).execute()
  await sleep(20)
  const [one, other] = await Promise.all([runSchedule(parts), runSchedule(parts)])
  t.equal(one + other, 1)
  t.match((await camille.visit(`/actions/${entry.slug}`)).text, 'Le titre de demain')
  const publications = await db
    .selectFrom('revisions')
    .select('id')
    .where('entry_id', '=', entry.id)
    .where('event', '=', 'published')
    .execute()
  t.equal(publications.length, 2, 'what was there before, and what was planned')
})

t.test('a clock of the process that is late takes no publication for a withdrawal', async (t) => {
  const entry = await entryOf(13)
  const page = await ines.visit(screen(entry.id))
  await pressed(page, 'Enregistrer le brouillon', { titre: 'Publié à son heure' })
  await db.updateTable('entries').set({ publish_at: sql<Date>`now()` }).where('id', '=', entry.id).execute()
  const { now } = Date
  t.teardown(() => {
    Date.now = now
  })
  Date.now = () => now() - 60_000
  t.equal(await runSchedule({ db, log: site.app.log, kinds: [actionContent] }), 1)
  Date.now = now
  t.match((await camille.visit(`/actions/${entry.slug}`)).text, 'Publié à son heure')
})

t.test('a sheet keeps its number when the field is emptied', async (t) => {
  const entry = await entryOf(14)
  await pressed(await ines.visit(screen(entry.id)), 'Publier', { numero: '' })
  const row = await db
    .selectFrom('actions')
    .select('number')
    .where('id', '=', entry.action_id)
    .executeTakeFirstOrThrow()
  t.equal(row.number, 14)
})

t.test('what is not on show is not said to be withdrawn', async (t) => {
  const created = await ines.submit(await ines.visit('/gestion/actions'), {}, { button: 'Créer une action' })
  const answer = await ines.post(`${created.path}/retirer`, { raison: 'Une raison' })
  t.equal(answer.status, 303)
  t.match((await ines.visit(created.path)).text, 'il n’y a rien à retirer')
})

t.test('hours are those of Paris, also when they change', async (t) => {
  const entry = await entryOf(12)
  const page = await ines.visit(screen(entry.id))
  for (const [typed, instant] of [
    ['2027-01-15T08:00', '2027-01-15T07:00:00.000Z'],
    ['2027-07-15T08:00', '2027-07-15T06:00:00.000Z'],
    ['2027-03-28T03:30', '2027-03-28T01:30:00.000Z']
  ] as const) {
    await ines.submit(page, { publication: typed }, { form: 'form[action$="/programmer"]' })
    const row = await db.selectFrom('entries').select('publish_at').where('id', '=', entry.id).executeTakeFirstOrThrow()
    t.equal(row.publish_at?.toISOString(), instant)
  }
  const refused = await ines.submit(
    page,
    { publication: '2027-03-02T10:00', retrait: '2027-03-01T10:00' },
    { form: 'form[action$="/programmer"]' }
  )
  t.equal(refused.status, 422)
})

t.test('a pilote writes the sheets entrusted to them, and nothing else of anybody', async (t) => {
  const own = await db
    .selectFrom('action_pilotes')
    .innerJoin('agents', 'agents.id', 'action_pilotes.agent_id')
    .innerJoin('entries', 'entries.content_id', 'action_pilotes.action_id')
    .innerJoin('actions', 'actions.id', 'action_pilotes.action_id')
    .select(['entries.id', 'actions.number', 'actions.visibility', 'actions.engagement_id', 'actions.slug'])
    .where('entries.kind', '=', 'action')
    .where('agents.email', 'like', 'paul.mercier@%')
    .orderBy('actions.number')
    .execute()
  const [first] = own
  if (!first) throw new Error('Paul pilots some actions.')
  t.equal((await paul.visit('/gestion/actions')).document.querySelectorAll('tbody tr').length, own.length)
  t.equal((await camille.visit('/gestion/actions')).status, 403)

  const page = await paul.visit(screen(first.id))
  t.equal(page.status, 200)
  t.equal(page.document.querySelector('[name=engagement]'), null)
  t.notOk(page.document.querySelector('form[action$="/corbeille"]'))
  const published = await paul.submit(
    page,
    { resultats: '<p>Un résultat de terrain</p>' },
    { form: writing, button: 'Publier' }
  )
  t.match(published.text, 'C’est publié')
  t.match((await camille.visit(`/actions/${first.slug}`)).text, 'Un résultat de terrain')

  const version = published.document.querySelector(`${writing} [name=version]`)?.getAttribute('value') ?? ''
  await paul.post(`${screen(first.id)}/publier`, {
    version,
    titre: 'Toujours là',
    synthese: '<p>Texte</p>',
    visibilite: 'public',
    numero: '99',
    engagement: '1',
    pilotes: ['1', '2']
  })
  const row = await db
    .selectFrom('actions')
    .select(['visibility', 'number', 'engagement_id', 'title'])
    .where('slug', '=', first.slug)
    .executeTakeFirstOrThrow()
  t.same(row, {
    visibility: first.visibility,
    number: first.number,
    engagement_id: first.engagement_id,
    title: 'Toujours là'
  })

  const notHis = await db
    .selectFrom('entries')
    .select('id')
    .where('kind', '=', 'action')
    .where(
      'id',
      'not in',
      own.map((entry) => entry.id)
    )
    .orderBy('id')
    .executeTakeFirstOrThrow()
  for (const part of ['', '/apercu', '/historique']) {
    t.equal((await paul.visit(`${screen(notHis.id)}${part}`)).status, 403, part)
  }
  for (const part of ['/brouillon', '/publier', '/annuler-la-publication', '/retirer', '/corbeille', '/programmer']) {
    t.equal((await paul.post(`${screen(notHis.id)}${part}`, { version: '1', titre: 'Volé' })).status, 403, part)
  }
  for (const part of ['/retirer', '/corbeille', '/programmer', '/sortir-de-la-corbeille']) {
    t.equal((await paul.post(`${screen(first.id)}${part}`, { raison: 'x' })).status, 403, part)
  }
})

t.test('who else has the page open is said', async (t) => {
  const [entry] = await db
    .selectFrom('action_pilotes')
    .innerJoin('agents', 'agents.id', 'action_pilotes.agent_id')
    .innerJoin('entries', 'entries.content_id', 'action_pilotes.action_id')
    .select('entries.id')
    .where('entries.kind', '=', 'action')
    .where('agents.email', 'like', 'paul.mercier@%')
    .execute()
  if (!entry) throw new Error('Paul pilots some actions.')
  await paul.visit(screen(entry.id))
  t.match((await ines.visit(screen(entry.id))).text, 'Paul Mercier modifie aussi cette page.')
})

t.test('hostile forms are refused or kept harmless, never a 500', async (t) => {
  const entry = await entryOf(15)
  const bodies: Record<string, string | string[]>[] = [
    { version: 'x' },
    { version: '1', titre: 'a'.repeat(5000) },
    { version: '1', titre: ['a', 'b'] },
    { version: '1', titre: 'nul \u0000 ici', synthese: '\u0000' },
    { version: '1', engagement: '999999999', directions: ['999', 'x'], documents: '1e9' },
    { version: '99999999999' },
    { __proto__: 'x', constructor: 'y' } as unknown as Record<string, string>
  ]
  for (const body of bodies) {
    for (const gesture of ['brouillon', 'publier']) {
      const answer = await ines.post(`${screen(entry.id)}/${gesture}`, body, { houseRules: false })
      t.ok(answer.status < 500, `${gesture} ${JSON.stringify(body).slice(0, 60)} gave ${answer.status}`)
    }
  }
  for (const id of ['0', '-1', 'x', '99999999999999', '1e3', '%00']) {
    t.equal((await ines.visit(`/gestion/actions/${id}`)).status, 404, id)
  }
})

t.test('what no calendar, list or number holds is said in a sentence at its field', async (t) => {
  const entry = await entryOf(16)
  const { version } = await db
    .selectFrom('entries')
    .select('version')
    .where('id', '=', entry.id)
    .executeTakeFirstOrThrow()
  let next = version
  const cases: [values: Record<string, string | string[]>, sentence: string][] = [
    [{ echeance: '2026-02-31' }, 'Cette date n’existe pas'],
    [{ numero: '0' }, 'Les numéros commencent à 1'],
    [{ numero: '12 bis' }, 'Écrivez un nombre entier'],
    [{ engagement: '999999' }, 'Cet engagement n’est plus en ligne'],
    [{ image: '999999' }, 'Cette image n’est plus dans la médiathèque'],
    [{ 'etape_date[]': Array.from({ length: 301 }, () => '2024') }, '300 lignes au plus']
  ]
  for (const [values, sentence] of cases) {
    const answer = await ines.post(`${screen(entry.id)}/publier`, {
      version: String(next),
      titre: 'Un titre',
      synthese: '<p>Un texte</p>',
      engagement: '1',
      numero: '16',
      ...values
    })
    t.equal(answer.status, 422, sentence)
    t.match(answer.text, sentence)
    const row = await db.selectFrom('entries').select('version').where('id', '=', entry.id).executeTakeFirstOrThrow()
    next = row.version
    t.equal((await ines.visit(screen(entry.id))).status, 200, 'the screen still opens')
    t.ok((await ines.visit(`${screen(entry.id)}/apercu`)).status < 500)
  }
  const long = await ines.post(`${screen(entry.id)}/publier`, {
    version: String(next),
    titre: 'Un titre '.repeat(30),
    resultats: '<p>Un résultat à ne pas perdre</p>'
  })
  t.equal(long.status, 422)
  t.match(long.html, 'Un résultat à ne pas perdre')
  for (const number of ['99999999999', '1.5', 'Infinity']) {
    t.equal((await ines.visit(`${screen(entry.id)}/historique/${number}`)).status, 404, number)
    t.equal((await ines.post(`${screen(entry.id)}/historique/${number}/reprendre`)).status, 404, number)
  }
  for (const plan of [
    { publication: '2027-02-31T10:00', retrait: '' },
    { publication: '0000-01-01T10:00', retrait: '' },
    { publication: '2027-01-01T25:00', retrait: '' },
    { publication: '2027-03-28T02:30', retrait: '2027-03-28T03:30' }
  ]) {
    const planned = await ines.post(`${screen(entry.id)}/programmer`, plan)
    t.equal(planned.status, 422, plan.publication)
  }
})

t.test('sheets published at the same moment never share a number', async (t) => {
  const publishAtOnce = async (numero: string) => {
    const ids = []
    for (let count = 0; count < 4; count += 1) {
      const created = await ines.post('/gestion/actions')
      ids.push(Number(String(created.headers.location).split('/').at(-1)))
    }
    const values = { version: '1', titre: 'En même temps', synthese: '<p>Un texte</p>', engagement: '1', numero }
    return Promise.all(ids.map((id) => ines.post(`${screen(id)}/publier`, values)))
  }
  t.same(
    (await publishAtOnce('')).map((page) => page.status),
    [303, 303, 303, 303]
  )
  const same = await publishAtOnce('500')
  t.same(same.map((page) => page.status).sort(), [303, 422, 422, 422])
  t.match(same.find((page) => page.status === 422)?.text, 'Le numéro 500 est celui de l’action')
})

t.test('going back in time gives a pilote no right', async (t) => {
  const pilote = await db
    .selectFrom('action_pilotes')
    .innerJoin('agents', 'agents.id', 'action_pilotes.agent_id')
    .innerJoin('actions', 'actions.id', 'action_pilotes.action_id')
    .select(['agents.id', 'actions.number'])
    .where('agents.email', 'like', 'paul.mercier@%')
    .orderBy('actions.number', 'desc')
    .executeTakeFirstOrThrow()
  const entry = await entryOf(pilote.number)
  const publishAs = async (visibilite: string, engagement: string) => {
    const { version } = await db
      .selectFrom('entries')
      .select('version')
      .where('id', '=', entry.id)
      .executeTakeFirstOrThrow()
    const answer = await ines.post(`${screen(entry.id)}/publier`, {
      version: String(version),
      titre: `Au nom de l’engagement ${engagement}`,
      synthese: '<p>Un texte</p>',
      numero: String(pilote.number),
      pilotes: [String(pilote.id)],
      visibilite,
      engagement
    })
    t.equal(answer.status, 303)
  }
  const reserved = () =>
    db
      .selectFrom('actions')
      .select(['visibility', 'engagement_id', 'title'])
      .where('id', '=', entry.action_id)
      .executeTakeFirstOrThrow()
  await publishAs('public', '1')
  await publishAs('agents', '2')
  const old = await db
    .selectFrom('revisions')
    .select('id')
    .where('entry_id', '=', entry.id)
    .where('event', '=', 'published')
    .orderBy('id', 'desc')
    .offset(1)
    .limit(1)
    .executeTakeFirstOrThrow()
  await paul.post(`${screen(entry.id)}/annuler-la-publication`)
  const expected = { visibility: 'agents', engagement_id: 2, title: 'Au nom de l’engagement 1' }
  t.same(await reserved(), expected)
  await paul.post(`${screen(entry.id)}/historique/${old.id}/reprendre`)
  const page = await paul.visit(screen(entry.id))
  await paul.submit(page, {}, { form: writing, button: 'Publier' })
  t.same(await reserved(), expected)

  await ines.post(`${screen(entry.id)}/retirer`, { raison: 'Une erreur' })
  const again = await paul.submit(
    await paul.visit(screen(entry.id)),
    { titre: 'Revenu' },
    { form: writing, button: 'Publier' }
  )
  t.match(again.text, 'qui seul peut la remettre en ligne')
  t.match(again.html, 'Revenu')
  await paul.post(`${screen(entry.id)}/annuler-la-publication`)
  t.equal((await camille.visit(`/actions/${entry.slug}`)).status, 410)
})

t.test('one planned change that fails does not hold the others back, and one without object is given up', async (t) => {
  const [broken, other, nothing] = [await entryOf(17), await entryOf(18), await entryOf(19)]
  await db
    .updateTable('entries')
    .set({ publish_at: new Date(0) })
    .where('id', '=', broken.id)
    .execute()
  await db
    .updateTable('entries')
    .set({ publish_at: new Date(1000) })
    .where('id', '=', other.id)
    .execute()
  await db
    .updateTable('entries')
    .set({ withdraw_at: new Date(2000), withdrawn_at: new Date(1000) })
    .where('id', '=', nothing.id)
    .execute()
  const failing = {
    ...actionContent,
    publish: async (...parts: Parameters<typeof actionContent.publish>) => {
      if (parts[1] === broken.action_id) throw new Error('It cannot be published.')
      return actionContent.publish(...parts)
    }
  }
  const kinds = [failing] as unknown as Parameters<typeof runSchedule>[0]['kinds']
  t.equal(await runSchedule({ db, log: site.app.log, kinds }), 1)
  const left = await db
    .selectFrom('entries')
    .select('withdraw_at')
    .where('id', '=', nothing.id)
    .executeTakeFirstOrThrow()
  t.equal(left.withdraw_at, null)
  await db.updateTable('entries').set({ publish_at: null }).where('id', '=', broken.id).execute()
})

t.test('once the demonstration is gone, a draft of the city that names it still opens, with its files', async (t) => {
  const created = await ines.post('/gestion/actions')
  const address = String(created.headers.location)
  const [action, direction, image, pdf, engagement] = await Promise.all([
    db.selectFrom('actions').select('id').where('demonstration', '=', true).limit(1).executeTakeFirstOrThrow(),
    db.selectFrom('directions').select('id').limit(1).executeTakeFirstOrThrow(),
    db.selectFrom('media').select('id').where('kind', '=', 'image').limit(1).executeTakeFirstOrThrow(),
    db.selectFrom('media').select('id').where('kind', '=', 'pdf').limit(1).executeTakeFirstOrThrow(),
    db.selectFrom('engagements').select('id').orderBy('number', 'desc').limit(1).executeTakeFirstOrThrow()
  ])
  await ines.post(`${address}/brouillon`, {
    version: '1',
    titre: 'Le premier brouillon de la ville',
    engagement: String(engagement.id),
    directions: String(direction.id),
    connexes_ajout: String(action.id),
    documents_ajout: String(pdf.id),
    synthese: `<figure data-image="${image.id}" data-purpose="decorative"></figure><p>Un texte</p>`
  })
  await removeDemonstration(db)
  const files = await db
    .selectFrom('media')
    .select('id')
    .where('id', 'in', [image.id, pdf.id])
    .where('demonstration', '=', false)
    .execute()
  const { draft } = await db
    .selectFrom('entries')
    .select('draft')
    .where('title', '=', 'Le premier brouillon de la ville')
    .executeTakeFirstOrThrow()
  const names = JSON.stringify(draft).includes(`data-image`) ? 2 : 1
  t.equal(files.length, names, 'what it names is the city’s')
  for (const part of ['', '/historique', '/verifier'])
    t.equal((await ines.visit(`${address}${part}`)).status, 200, part)
  const refused = await ines.submit(await ines.visit(address), {}, { form: writing, button: 'Publier' })
  t.equal(refused.status, 422)
  t.match(refused.text, 'Choisissez l’engagement')
})
