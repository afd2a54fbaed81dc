/** Who may only propose: the webmaster publishes or returns it, and nothing goes out unread. */
import t from 'tap'
import { actionContent } from '../src/engagements/action-content.ts'
import { runSchedule } from '../src/publishing/schedule.ts'
import { openSite, type Page, type Person, type Visitor } from './support/site.ts'

const site = await openSite(t)
const { db, mailbox } = site
const ines = await site.signIn('ines')
const camille = await site.signIn('camille')
const nadia = await site.signIn('nadia')
const paul = await site.signIn('paul')
const writing = 'form[data-autosave]'

const own = await db
  .selectFrom('action_pilotes')
  .innerJoin('agents', 'agents.id', 'action_pilotes.agent_id')
  .innerJoin('entries', 'entries.content_id', 'action_pilotes.action_id')
  .innerJoin('actions', 'actions.id', 'action_pilotes.action_id')
  .select(['entries.id', 'actions.id as action_id', 'actions.slug', 'actions.title', 'actions.number'])
  .select('agents.id as agent_id')
  .where('entries.kind', '=', 'action')
  .where('agents.email', 'like', 'paul.mercier@%')
  .orderBy('actions.number')
  .execute()
const [first, second, third] = own
if (!first || !second || !third) throw new Error('Paul pilots three actions.')

const screen = (id: number): string => `/gestion/actions/${id}`
const entryOf = (id: number) => db.selectFrom('entries').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const versionOf = async (id: number): Promise<string> => String((await entryOf(id)).version)
const letPublish = (referents_publish: boolean) => db.updateTable('settings').set({ referents_publish }).execute()
const journalOf = async (id: number): Promise<string[]> => {
  const rows = await db.selectFrom('journal').select('event').where('subject_id', '=', id).orderBy('id').execute()
  return rows.map(({ event }) => event)
}
const propose = async (id: number, values: Record<string, string>): Promise<Page> =>
  paul.submit(await paul.visit(screen(id)), values, { form: writing, button: 'Proposer au webmaster' })

t.test('whoever may only propose sees that, and readers see nothing of it until the webmaster publishes', async (t) => {
  await letPublish(false)
  const page = await paul.visit(screen(first.id))
  t.notMatch(page.html, '/publier')
  const proposed = await propose(first.id, { resultats: '<p>Un résultat à relire</p>' })
  t.match(proposed.text, 'C’est proposé')
  t.match(proposed.text, 'Proposée par vous le')
  t.notMatch((await camille.visit(`/actions/${first.slug}`)).text, 'Un résultat à relire')

  const mail = await mailbox.next((message) => message.subject.startsWith('À relire'))
  t.same(mail.to, ['ines.caron@valbrune.example'])
  t.match(mail.text, `Paul Mercier propose une nouvelle version de «\u00a0${first.title}\u00a0»`)
  t.match(mail.html, `${site.origin}${screen(first.id)}`)

  // Written again, it stays a proposal, and that is said; nobody is told twice.
  const more = await paul.submit(
    proposed,
    { resultats: '<p>Un résultat relu</p>' },
    { form: writing, button: 'Enregistrer le brouillon' }
  )
  t.match(more.text, 'modifiée depuis')
  const again = await propose(first.id, { resultats: '<p>Un résultat encore relu</p>' })
  t.notMatch(again.text, 'modifiée depuis')
  const messages = await db.selectFrom('outbox').select('id').where('kind', '=', 'proposal-received').execute()
  t.equal(messages.length, 1)

  const seen = await ines.visit(screen(first.id))
  t.match(seen.text, 'Proposée par Paul Mercier le')
  const published = await ines.submit(seen, {}, { form: writing, button: 'Publier' })
  t.match(published.text, 'C’est publié')
  t.notMatch(published.text, 'Proposée par')
  t.match((await camille.visit(`/actions/${first.slug}`)).text, 'Un résultat encore relu')
  const news = await mailbox.next((message) => message.subject.startsWith('Publié'))
  t.same(news.to, ['paul.mercier@valbrune.example'])
  t.match(news.text, 'Inès Caron a publié')
  t.same(await journalOf(first.id), ['proposed', 'proposed', 'published'])
})

t.test('a proposal is returned with a comment, which stays until it is proposed again', async (t) => {
  await propose(second.id, { resultats: '<p>Trop court</p>' })
  const seen = await ines.visit(screen(second.id))
  const form = { form: 'form[action$="/renvoyer"]' }
  const refused = await ines.submit(seen, { commentaire: '  ' }, form)
  t.equal(refused.status, 422)
  t.match(refused.text, 'Dites ce qui est à changer')
  const long = await ines.post(`${screen(second.id)}/renvoyer`, { commentaire: 'mot '.repeat(300) })
  t.equal(long.status, 422)
  t.match(long.html, 'mot mot mot', 'what was typed is still there')
  const returned = await ines.submit(refused, { commentaire: 'Ajoutez <b>un chiffre</b>.' }, form)
  t.match(returned.text, 'La proposition est renvoyée')

  const mail = await mailbox.next((message) => message.subject.startsWith('À reprendre'))
  t.same(mail.to, ['paul.mercier@valbrune.example'])
  t.match(mail.text, 'Ajoutez <b>un chiffre</b>.')
  t.match(mail.html, /Ajoutez &lt;b(>|&gt;)un chiffre/)
  t.notMatch(mail.html, '<b>un chiffre')

  const back = await paul.visit(screen(second.id))
  t.match(
    back.text,
    'Ajoutez <b>un chiffre</b>.'.replaceAll(/<\/?b>/g, (tag) => tag)
  )
  const again = await propose(second.id, { resultats: '<p>Douze agents formés</p>' })
  t.equal(again.document.querySelector('.proposal__comment'), null)

  // Two windows of the webmaster: the second finds nothing to return.
  await ines.post(`${screen(second.id)}/renvoyer`, { commentaire: 'Encore' })
  await ines.post(`${screen(second.id)}/renvoyer`, { commentaire: 'Encore' })
  t.match((await ines.visit(screen(second.id))).text, 'n’attend plus')
  t.same(await journalOf(second.id), ['proposed', 'returned', 'proposed', 'returned'])
})

t.test('whoever proposed may take it back, and nobody else', async (t) => {
  await propose(third.id, { resultats: '<p>Trop tôt</p>' })
  await ines.post(`${screen(third.id)}/reprendre-la-proposition`)
  t.ok((await entryOf(third.id)).proposed_at, 'the webmaster did not propose it')
  const page = await paul.visit(screen(third.id))
  const taken = await paul.submit(page, {}, { form: 'form[action$="/reprendre-la-proposition"]' })
  t.match(taken.text, 'Votre proposition est retirée')
  t.match(taken.html, 'Trop tôt')
  t.equal((await entryOf(third.id)).proposed_at, null)
  t.same(await journalOf(third.id), ['proposed', 'unproposed'])
})

t.test(
  'forged, a publication is a proposal, an undone publication is nothing, and a plan waits to be read',
  async (t) => {
    const before = await actionContent.load(db, third.action_id)
    const answer = await paul.post(`${screen(third.id)}/publier`, {
      version: await versionOf(third.id),
      titre: 'Publié de force',
      synthese: '<p>Texte</p>'
    })
    t.equal(answer.status, 303)
    t.same(await actionContent.load(db, third.action_id), before, 'readers see what they saw')
    t.ok((await entryOf(third.id)).proposed_at)
    await paul.post(`${screen(first.id)}/annuler-la-publication`)
    t.match((await camille.visit(`/actions/${first.slug}`)).text, 'Un résultat encore relu')

    await ines.post(`${screen(third.id)}/programmer`, { publication: '2099-01-01T08:00', retrait: '' })
    await paul.post(`${screen(third.id)}/brouillon`, {
      version: await versionOf(third.id),
      titre: 'Glissé dans ce qui est programmé',
      synthese: '<p>Texte</p>'
    })
    await db
      .updateTable('entries')
      .set({ publish_at: new Date(0) })
      .where('id', '=', third.id)
      .execute()
    await runSchedule({ db, log: site.app.log, kinds: [actionContent] })
    t.same(await actionContent.load(db, third.action_id), before)
    t.equal((await entryOf(third.id)).publish_at, null)
    t.same((await journalOf(third.id)).slice(-2), ['scheduled', 'unscheduled'])
  }
)

t.test('what is missing is listed before a proposal, and what was typed is kept', async (t) => {
  const refused = await propose(third.id, { titre: '', resultats: '<p>Gardé</p>' })
  t.equal(refused.status, 422)
  t.match(refused.text, 'Donnez un titre')
  t.match(JSON.stringify((await entryOf(third.id)).draft), 'Gardé')
})

t.test('published while the pilote writes, the page is shown twice, and nothing is overwritten', async (t) => {
  const open = await paul.visit(screen(second.id))
  await ines.submit(
    await ines.visit(screen(second.id)),
    { titre: 'Le titre du webmaster' },
    { form: writing, button: 'Publier' }
  )
  const refused = await paul.submit(
    open,
    { titre: 'Le titre du pilote' },
    { form: writing, button: 'Proposer au webmaster' }
  )
  t.equal(refused.status, 409)
  t.match(refused.text, 'Inès Caron a enregistré cette page pendant que vous écriviez')
  t.equal(refused.document.querySelector('[name=titre]')?.getAttribute('value'), 'Le titre du pilote')
  t.match((await camille.visit(`/actions/${second.slug}`)).text, 'Le titre du webmaster')
})

t.test('a pilote who publishes leaves waiting what the webmaster prepares in the same draft', async (t) => {
  await letPublish(true)
  const before = await db.selectFrom('actions').selectAll().where('id', '=', first.action_id).executeTakeFirstOrThrow()
  const prepared = await ines.submit(
    await ines.visit(screen(first.id)),
    { numero: '777', adresse: 'une-adresse-a-venir', visibilite: 'public' },
    { form: writing, button: 'Enregistrer le brouillon' }
  )
  t.match(prepared.text, 'Le brouillon est enregistré')
  const published = await paul.submit(
    await paul.visit(screen(first.id)),
    { resultats: '<p>Vu sur le terrain</p>' },
    { form: writing, button: 'Publier' }
  )
  t.match(published.text, 'C’est publié')
  t.match(published.text, 'attend toujours')
  const after = await db.selectFrom('actions').selectAll().where('id', '=', first.action_id).executeTakeFirstOrThrow()
  t.match(after.results, 'Vu sur le terrain')
  t.same([after.number, after.slug, after.visibility], [before.number, before.slug, before.visibility])
  const page = await ines.visit(screen(first.id))
  t.equal(page.document.querySelector('[name=numero]')?.getAttribute('value'), '777')
  t.match(page.html, 'Vu sur le terrain')
  await ines.submit(page, {}, { form: writing, button: 'Publier' })
  t.equal((await camille.visit('/actions/une-adresse-a-venir')).status, 200)
  const settled = await entryOf(first.id)
  t.equal(settled.draft, null, 'nothing waits any more')

  await paul.submit(
    await paul.visit(screen(first.id)),
    { resultats: '<p>Une dernière chose</p>' },
    { form: writing, button: 'Publier' }
  )
  t.equal((await entryOf(first.id)).draft, null, 'without anything prepared, nothing is left waiting')
})

t.test('a guessed number tells a pilote no title', async (t) => {
  const hidden = await db
    .insertInto('actions')
    .values({ slug: 'secrete', number: 900, title: 'Une fusion tenue secrète', engagement_id: 1, status: 'prevue' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const file = await db
    .updateTable('media')
    .set({ trashed_at: new Date(), title: 'Une note confidentielle' })
    .where('id', '=', (eb) =>
      eb
        .selectFrom('media')
        .select((one) => one.fn.max('id').as('id'))
        .where('kind', '=', 'pdf')
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  const forged = {
    version: await versionOf(first.id),
    titre: 'Une fiche',
    connexes_ajout: String(hidden.id),
    documents_ajout: String(file.id),
    image: String(file.id)
  }
  const answer = await paul.post(`${screen(first.id)}/brouillon`, forged)
  t.equal(answer.status, 303)
  const { draft } = await entryOf(first.id)
  t.match(draft, { imageId: null, relatedIds: [] })
  const old = await paul.post(`${screen(first.id)}/brouillon`, { ...forged, version: '1' })
  t.equal(old.status, 409)
  for (const page of [old, await paul.visit(screen(first.id)), await paul.visit(`${screen(first.id)}/historique`)]) {
    t.notMatch(page.html, 'tenue secrète')
    t.notMatch(page.html, 'confidentielle')
  }
})

t.test('each gesture is for whom it is for, and for nobody else', async (t) => {
  const other = await db
    .selectFrom('entries')
    .select('id')
    .where('kind', '=', 'action')
    .where('content_id', 'is not', null)
    .where(
      'id',
      'not in',
      own.map(({ id }) => id)
    )
    .orderBy('id')
    .executeTakeFirstOrThrow()
  const visitors: Record<Person | 'nobody', Visitor> = { nobody: site.newVisitor(), camille, nadia, paul, ines }
  const post = (part: string) => async (who: Visitor, id: number) =>
    (await who.post(`${screen(id)}/${part}`, { version: '0', titre: '' }, { houseRules: false })).status
  const get = (part: string) => async (who: Visitor, id: number) =>
    (await who.visit(`${screen(id)}/${part}`, { houseRules: false })).status
  // Nobody is led to sign in (303); agents, référents and pilotes of other sheets are refused.
  const gestures: [
    name: string,
    ask: (who: Visitor, id: number) => Promise<number>,
    pilote: number,
    webmaster: number
  ][] = [
    ['POST proposer', post('proposer'), 409, 403],
    ['POST renvoyer', post('renvoyer'), 403, 422],
    ['POST reprendre-la-proposition', post('reprendre-la-proposition'), 303, 303],
    ['GET supprimer', get('supprimer'), 403, 404],
    ['POST supprimer', post('supprimer'), 403, 303],
    ['GET verifier', get('verifier'), 200, 200],
    ['GET historique', get('historique?ancienne=999999'), 404, 404]
  ]
  for (const [name, ask, pilote, webmaster] of gestures) {
    const answers = {
      nobody: await ask(visitors.nobody, other.id),
      agent: await ask(visitors.camille, other.id),
      referente: await ask(visitors.nadia, other.id),
      'pilote of another': await ask(visitors.paul, other.id),
      pilote: await ask(visitors.paul, third.id),
      webmaster: await ask(visitors.ines, third.id)
    }
    t.same(answers, { nobody: 303, agent: 403, referente: 403, 'pilote of another': 403, pilote, webmaster }, name)
  }
  t.ok(
    await db.selectFrom('entries').select('id').where('id', '=', third.id).executeTakeFirst(),
    'and it is still there'
  )
})
