/** Addresses that readers still hold: renamed, withdrawn, thrown away, erased. */
import { sql } from 'kysely'
import t from 'tap'
import { actionContent } from '../src/engagements/action-content.ts'
import { emptyTrash } from '../src/publishing/trash.ts'
import { openSite, type Page } from './support/site.ts'

const site = await openSite(t)
const { db } = site
const ines = await site.signIn('ines')
const camille = await site.signIn('camille')
const paul = await site.signIn('paul')
const writing = 'form[data-autosave]'
const screen = (id: number): string => `/gestion/actions/${id}`

async function entryOf(number: number) {
  return db
    .selectFrom('entries')
    .innerJoin('actions', 'actions.id', 'entries.content_id')
    .select(['entries.id', 'actions.slug', 'actions.title', 'actions.id as action_id'])
    .where('entries.kind', '=', 'action')
    .where('actions.number', '=', number)
    .executeTakeFirstOrThrow()
}

async function publish(id: number, values: Record<string, string> = {}): Promise<Page> {
  return ines.submit(await ines.visit(screen(id)), values, { form: writing, button: 'Publier' })
}

const journal = async (id: number) => {
  const rows = await db
    .selectFrom('journal')
    .select(['event', 'details', 'agent_name'])
    .where('subject', '=', 'action')
    .where('subject_id', '=', id)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row }))
}

t.test('an address that changed leads on, and so do those before it', async (t) => {
  const entry = await entryOf(1)
  await publish(entry.id, { adresse: 'deuxieme-adresse' })
  await publish(entry.id, { adresse: 'troisieme-adresse' })
  for (const old of [entry.slug, 'deuxieme-adresse']) {
    const answer = await camille.visit(`/actions/${old}?x=1`)
    t.equal(answer.status, 301)
    t.equal(answer.headers.location, '/actions/troisieme-adresse')
    t.match(answer.headers['cache-control'], 'no-cache')
    t.equal((await camille.request({ method: 'HEAD', url: `/actions/${old}/` })).statusCode, 301)
    t.equal((await camille.post(`/actions/${old}`)).status, 404, 'only what is read is led on')
  }
  const stranger = await site.visit(`/actions/${entry.slug}`)
  t.equal(stranger.status, 303)
  t.match(stranger.headers.location, '/connexion')
  t.equal((await site.visit('/nulle-part')).status, 404)

  // Back at its first address, nothing leads away from it any more.
  await publish(entry.id, { adresse: entry.slug })
  t.equal((await camille.visit(`/actions/${entry.slug}`)).status, 200)
  t.equal((await camille.visit('/actions/troisieme-adresse')).headers.location, `/actions/${entry.slug}`)
  t.equal((await camille.visit('/actions/deuxieme-adresse')).headers.location, `/actions/${entry.slug}`)

  // An address that was left may be taken: who is on show is found there.
  const other = await entryOf(2)
  await publish(other.id, { adresse: 'deuxieme-adresse' })
  t.match((await camille.visit('/actions/deuxieme-adresse')).text, other.title)
})

t.test('what is withdrawn says why, or leads elsewhere, until it is published again', async (t) => {
  const entry = await entryOf(3)
  const path = `/actions/${entry.slug}`
  // In the cache of pages.
  t.equal((await camille.visit(path)).status, 200)
  t.equal((await camille.visit(path)).status, 200)
  const form = { form: 'form[action$="/retirer"]' }
  for (const wrong of ['ailleurs', '//evil.example', 'https://evil.example/', '/actions/inconnue', path]) {
    const refused = await ines.submit(
      await ines.visit(screen(entry.id)),
      { raison: 'Regroupée', redirection: wrong },
      { ...form, houseRules: false }
    )
    t.equal(refused.status, 422, wrong)
    t.equal(refused.document.querySelector('#redirection')?.getAttribute('value'), wrong)
    t.equal(refused.document.querySelector('#raison')?.getAttribute('value'), 'Regroupée')
  }
  const withdrawn = await ines.submit(await ines.visit(screen(entry.id)), { raison: 'Des chiffres à vérifier' }, form)
  const gone = await camille.visit(path)
  t.equal(gone.status, 410)
  t.match(gone.text, /Cette page a été retirée le \d/)
  t.match(gone.text, 'Des chiffres à vérifier')
  t.equal((await camille.visit(path)).status, 410, 'also the second time')
  t.equal(gone.document.querySelector('main a[href^="/gestion"]'), null)
  t.ok((await ines.visit(path)).document.querySelector(`main a[href="${screen(entry.id)}"]`))
  t.equal((await site.visit(path)).status, 303)
  await ines.submit(withdrawn, {}, { form: writing, button: 'Publier' })
  t.equal((await camille.visit(path)).status, 200)

  const target = await entryOf(4)
  await ines.submit(
    await ines.visit(screen(entry.id)),
    { raison: 'Regroupée', redirection: `/actions/${target.slug}` },
    form
  )
  t.equal((await camille.visit(path)).headers.location, `/actions/${target.slug}`)
  // Its target is renamed, then withdrawn: still one step, then the reason.
  await publish(target.id, { adresse: 'regroupement' })
  t.equal((await camille.visit(path)).headers.location, '/actions/regroupement')
  await ines.post(`${screen(target.id)}/retirer`, { raison: 'Abandonnée', redirection: '' })
  const end = await camille.visit(path)
  t.equal(end.status, 410)
  t.match(end.text, 'Abandonnée')
  t.same(
    (await journal(target.id)).map(({ event, details }) => [event, details]),
    [
      ['published', ''],
      ['withdrawn', 'Abandonnée']
    ]
  )
})

t.test('of what is in the trash, only that it was withdrawn is said; erased, nothing is', async (t) => {
  const entry = await entryOf(5)
  const path = `/actions/${entry.slug}`
  await ines.post(`${screen(entry.id)}/corbeille`)
  const gone = await camille.visit(path)
  t.equal(gone.status, 410)
  t.notMatch(gone.text, 'La raison')
  await ines.post(`${screen(entry.id)}/sortir-de-la-corbeille`)
  t.equal((await camille.visit(path)).status, 404, 'a draft was never anywhere')
  await publish(entry.id)
  t.equal((await camille.visit(path)).status, 200)

  const refused = await ines.post(`${screen(entry.id)}/supprimer`)
  t.equal(refused.status, 303)
  t.equal((await camille.visit(path)).status, 200, 'only what is in the trash is erased')
  t.equal((await ines.visit(`${screen(entry.id)}/supprimer`)).status, 404)
  await ines.post(`${screen(entry.id)}/corbeille`)
  const question = await ines.visit(`${screen(entry.id)}/supprimer`)
  t.match(question.text, 'Personne ne pourra les retrouver')
  const erased = await ines.submit(question)
  t.equal(erased.path, '/gestion/corbeille')
  t.equal((await camille.visit(path)).status, 404)
  t.equal((await ines.visit(screen(entry.id))).status, 404)
  for (const table of ['revisions', 'redirects'] as const) {
    t.same(await db.selectFrom(table).selectAll().where('entry_id', '=', entry.id).execute(), [], table)
  }
  t.same(await db.selectFrom('actions').select('id').where('id', '=', entry.action_id).execute(), [])
  t.same(
    (await journal(entry.id)).map(({ event }) => event),
    ['trashed', 'untrashed', 'published', 'trashed', 'erased']
  )
})

t.test('the trash empties itself after thirty days, and what resists does not hold the rest back', async (t) => {
  const [young, old, resisting] = [await entryOf(6), await entryOf(7), await entryOf(8)]
  for (const { id } of [young, old, resisting]) await ines.post(`${screen(id)}/corbeille`)
  const draft = await ines.post('/gestion/actions')
  const draftId = Number(String(draft.headers.location).split('/').at(-1))
  await ines.post(`${screen(draftId)}/corbeille`)
  await db
    .updateTable('entries')
    .set({ trashed_at: sql<Date>`now() - interval '31 days'` })
    .where('id', 'in', [old.id, resisting.id, draftId])
    .execute()
  await db
    .updateTable('entries')
    .set({ trashed_at: sql<Date>`now() - interval '29 days'` })
    .where('id', '=', young.id)
    .execute()
  const stubborn = {
    ...actionContent,
    erase: async (...parts: Parameters<typeof actionContent.erase>) => {
      if (parts[1] === resisting.action_id) throw new Error('It cannot be erased.')
      return actionContent.erase(...parts)
    }
  }
  const kinds = [stubborn] as unknown as Parameters<typeof emptyTrash>[1]
  await t.rejects(emptyTrash(db, kinds), { message: /could not be erased/ })
  const left = await db
    .selectFrom('entries')
    .select('id')
    .where('id', 'in', [young.id, old.id, resisting.id, draftId])
    .orderBy('id')
    .execute()
  t.same(
    left.map(({ id }) => id),
    [young.id, resisting.id].sort((a, b) => a - b)
  )
  t.match((await journal(old.id)).at(-1), { event: 'erased', agent_name: 'Le site' })
})

t.test('every gesture leaves its line in the journal, and a save leaves none', async (t) => {
  const created = await ines.post('/gestion/actions')
  const id = Number(String(created.headers.location).split('/').at(-1))
  const values = { titre: 'Une fiche suivie', engagement: '1', synthese: '<p>Un texte</p>' }
  const page = await ines.submit(await ines.visit(screen(id)), values, {
    form: writing,
    button: 'Enregistrer le brouillon'
  })
  await ines.submit(page, { publication: '2099-05-01T08:00' }, { form: 'form[action$="/programmer"]' })
  await ines.post(`${screen(id)}/programmer`, { publication: '', retrait: '' })
  await publish(id)
  await publish(id, { titre: 'Une fiche bien suivie' })
  await ines.post(`${screen(id)}/annuler-la-publication`)
  await ines.post(`${screen(id)}/retirer`, { raison: 'Un essai', redirection: '' })
  await ines.post(`${screen(id)}/corbeille`)
  await ines.post(`${screen(id)}/sortir-de-la-corbeille`)
  const lines = await journal(id)
  t.match(lines[1]?.details, /^publication le 1er\s+mai 2099 à 8/)
  t.same(
    lines.map((line) => (line.event === 'scheduled' ? { ...line, details: '' } : line)),
    [
      { event: 'created', details: '', agent_name: 'Inès Caron' },
      { event: 'scheduled', details: '', agent_name: 'Inès Caron' },
      { event: 'unscheduled', details: '', agent_name: 'Inès Caron' },
      { event: 'published', details: '', agent_name: 'Inès Caron' },
      { event: 'published', details: '', agent_name: 'Inès Caron' },
      { event: 'restored', details: '', agent_name: 'Inès Caron' },
      { event: 'withdrawn', details: 'Un essai', agent_name: 'Inès Caron' },
      { event: 'trashed', details: '', agent_name: 'Inès Caron' },
      { event: 'untrashed', details: '', agent_name: 'Inès Caron' }
    ]
  )
  t.equal((await camille.visit('/actions/une-fiche-suivie')).status, 410, 'withdrawn with a reason before, it still is')
})

t.test('what the accessibility check cannot forgive stands before publication; its advice does not', async (t) => {
  const entry = await entryOf(9)
  const page = await ines.visit(screen(entry.id))
  const blocked = await ines.submit(
    page,
    { synthese: '<p>Pour tout savoir, <a href="/demarche">cliquez ici</a>.</p><h2></h2><h4>Trop bas</h4>' },
    { form: writing, button: 'Publier' }
  )
  const said = blocked.status === 422 ? blocked.text : (await ines.visit(screen(entry.id))).text
  t.match(said, 'RGAA')
  const verified = await ines.visit(`${screen(entry.id)}/verifier`)
  t.equal(verified.status, 200)
  t.equal((await camille.visit(`${screen(entry.id)}/verifier`)).status, 403)
})

t.test('a draft that lacks something is previewed all the same, and what is missing is said', async (t) => {
  const created = await ines.post('/gestion/actions')
  const address = String(created.headers.location)
  const refused = await ines.visit(`${address}/apercu`)
  t.equal(refused.status, 422, 'without an engagement, there is no sheet to show')
  t.match(refused.text, 'Choisissez l’engagement')
  await ines.submit(
    refused,
    { titre: 'Un aperçu', engagement: '1' },
    { form: writing, button: 'Enregistrer le brouillon' }
  )
  const preview = await ines.visit(`${address}/apercu`)
  t.equal(preview.status, 200)
  t.match(preview.html, 'Cet aperçu est incomplet')
  t.match(preview.html, 'Écrivez la synthèse')
  t.equal((await camille.visit('/actions/un-apercu')).status, 404)
})

t.test('any two versions are compared, and a long history has pages', async (t) => {
  const entry = await entryOf(10)
  for (const titre of ['Alpha', 'Bravo', 'Charlie']) await publish(entry.id, { titre })
  const revisions = await db
    .selectFrom('revisions')
    .select('id')
    .where('entry_id', '=', entry.id)
    .orderBy('id')
    .execute()
  const [, alpha, bravo] = revisions
  const history = await ines.visit(`${screen(entry.id)}/historique`)
  const compared = await ines.submit(
    history,
    { ancienne: String(alpha?.id), nouvelle: String(bravo?.id) },
    { form: 'form[action$="/historique"]' }
  )
  t.equal(compared.document.querySelector('del')?.textContent, 'Alpha')
  t.equal(compared.document.querySelector('ins')?.textContent, 'Bravo')
  const today = await ines.submit(history, { ancienne: String(alpha?.id) }, { form: 'form[action$="/historique"]' })
  t.equal(today.document.querySelector('ins')?.textContent, 'Charlie')
  const { id: foreign } = await db
    .selectFrom('revisions')
    .select('id')
    .where('entry_id', '!=', entry.id)
    .limit(1)
    .executeTakeFirstOrThrow()
  for (const wrong of [`ancienne=${foreign}`, `ancienne=${alpha?.id}&nouvelle=${foreign}`, 'ancienne=x', 'ancienne=']) {
    t.equal((await ines.visit(`${screen(entry.id)}/historique?${wrong}`)).status, 404, wrong)
  }
  await sql`insert into revisions (entry_id, version, event, document, agent_name)
    select ${entry.id}, 1, 'saved', '{}', 'Ancien' from generate_series(1, 60)`.execute(db)
  t.equal((await ines.visit(`${screen(entry.id)}/historique`)).document.querySelectorAll('.history__line').length, 50)
  const second = await ines.visit(`${screen(entry.id)}/historique?page=2`)
  t.equal(second.document.querySelectorAll('.history__line').length, 14)
  t.ok(second.document.querySelector('.pager'))
  t.equal((await ines.visit(`${screen(entry.id)}/historique?page=99`)).status, 200)
  t.equal((await paul.visit(`${screen(entry.id)}/historique?page=2`)).status, 403)
})
