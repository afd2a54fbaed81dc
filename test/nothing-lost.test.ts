/** What people wrote stays in the history, whatever they, or a careless click, do next. */
import { sql } from 'kysely'
import t from 'tap'
import { actionContent } from '../src/engagements/action-content.ts'
import { uses } from '../src/media/use-queries.ts'
import { compareInWords } from '../src/publishing/compare.ts'
import { moveToTrash, publish, saveDraft, schedule } from '../src/publishing/entries.ts'
import { eraseEntry } from '../src/publishing/trash.ts'
import { openSite, type Page } from './support/site.ts'

const site = await openSite(t)
const { db } = site
const ines = await site.signIn('ines')

const writing = 'form[data-autosave]'
const longText = `<p>${'Une heure de travail, phrase après phrase. '.repeat(60)}</p>`

async function screenOf(number: number): Promise<{ id: number; address: string }> {
  const { id } = await db
    .selectFrom('entries')
    .innerJoin('actions', 'actions.id', 'entries.content_id')
    .select('entries.id')
    .where('entries.kind', '=', 'action')
    .where('actions.number', '=', number)
    .executeTakeFirstOrThrow()
  return { id, address: `/gestion/actions/${id}` }
}

function saved(page: Page, values: Record<string, string | string[]>): Promise<Page> {
  return ines.submit(page, values, { form: writing, button: 'Enregistrer le brouillon' })
}

async function summaries(entryId: number): Promise<string[]> {
  const rows = await db
    .selectFrom('revisions')
    .select('document')
    .where('entry_id', '=', entryId)
    .orderBy('id')
    .execute()
  return rows.map(({ document }) => String((document as { summary?: unknown }).summary))
}

t.test('an old version that is taken up leaves in the history what was being written', async (t) => {
  const { id, address } = await screenOf(5)
  await saved(await ines.visit(address), { synthese: longText.replace('Une heure', 'Deux heures') })
  const first = await db
    .selectFrom('revisions')
    .select('id')
    .where('entry_id', '=', id)
    .orderBy('id')
    .executeTakeFirstOrThrow()
  t.equal((await ines.post(`${address}/historique/${first.id}/reprendre`)).status, 303)
  t.match((await summaries(id)).join('\n'), 'Deux heures de travail')
})

t.test('a text that was emptied by mistake is in the history, and small changes are one line', async (t) => {
  const { id, address } = await screenOf(6)
  const full = await saved(await ines.visit(address), { synthese: longText, resultats: '', outils: '' })
  const before = await summaries(id)
  const corrected = await saved(full, { synthese: longText.replace('heure', 'journée') })
  t.equal((await summaries(id)).length, before.length, 'a correction is no line of its own')
  await saved(corrected, { synthese: '' })
  t.match((await summaries(id)).join('\n'), 'Une journée de travail')
})

t.test('whoever writes all day leaves more than one line', async (t) => {
  const { id, address } = await screenOf(7)
  const page = await saved(await ines.visit(address), { titre: 'Le matin' })
  const before = await db
    .selectFrom('revisions')
    .select(['id', 'created_at'])
    .where('entry_id', '=', id)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  await saved(page, { titre: 'Plus tard le matin' })
  const after = await db
    .selectFrom('revisions')
    .select(['id', 'created_at'])
    .where('entry_id', '=', id)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  t.same(after, before, 'the ten minutes of a line are counted from its beginning')
})

t.test('a chronology as long as the form takes comes back whole', async (t) => {
  const { address } = await screenOf(8)
  const lines = 260
  const page = await ines.visit(address)
  const form = new Map(
    page.document
      .querySelectorAll(`${writing} input[type="hidden"]`)
      .map((field) => [field.getAttribute('name'), field])
  )
  const published = await ines.post(
    `${address}/publier`,
    {
      version: form.get('version')?.getAttribute('value') ?? '',
      titre: 'Une longue histoire',
      engagement:
        page.document
          .querySelector('[name="engagement"] option[selected], [name="engagement"][checked]')
          ?.getAttribute('value') ?? '',
      synthese: '<p>Elle dure.</p>',
      'etape_date[]': Array.from({ length: lines }, (_, index) => String(1900 + (index % 100))),
      'etape_texte[]': Array.from({ length: lines }, (_, index) => `Étape ${index}`)
    },
    { houseRules: false }
  )
  t.equal(published.status, 303, published.text.slice(0, 300))
  const again = await ines.visit(address)
  const texts = again.document
    .querySelectorAll('[name="etape_texte[]"]')
    .map((field) => field.textContent || field.getAttribute('value'))
  t.equal(texts.filter((text) => text).length, lines)
})

t.test('a body of another type is a conflict, and breaks nothing', async (t) => {
  const { address } = await screenOf(9)
  for (const gesture of ['brouillon', 'publier', 'proposer']) {
    for (const [type, payload] of [
      ['text/plain', 'titre=x'],
      ['application/json', '"titre"'],
      ['application/json', '[1]'],
      ['application/json', 'null']
    ] as const) {
      const response = await ines.request({
        method: 'POST',
        url: `${address}/${gesture}`,
        headers: { origin: site.origin, 'content-type': type },
        payload
      })
      t.ok([403, 409, 422].includes(response.statusCode), `${gesture} ${type} ${payload}: ${response.statusCode}`)
    }
  }
})

t.test('two long texts with nothing in common are compared without holding the site up', async (t) => {
  const text = (word: string): string =>
    Array.from({ length: 20_000 }, (_, index) => `${word}${(index * 7919) % 20_011}`).join(' ')
  const started = performance.now()
  const [compared] = compareInWords([{ label: 'Texte', text: text('a') }], [{ label: 'Texte', text: text('b') }])
  t.ok(performance.now() - started < 2000, `${Math.round(performance.now() - started)} ms`)
  t.match(
    compared?.pieces
      .filter(({ change }) => change === 'added')
      .map((piece) => piece.text)
      .join(''),
    /b7919/
  )
  t.match(
    compared?.pieces
      .filter(({ change }) => change === 'removed')
      .map((piece) => piece.text)
      .join(''),
    /a7919/
  )
})

t.test('what was erased while somebody published it is not found, and breaks nothing', async (t) => {
  const { id } = await screenOf(10)
  const author = { id: null, name: 'Quelqu’un' }
  await moveToTrash(db, actionContent, id, author)
  await eraseEntry(db, actionContent, id, author)
  const document = actionContent.empty()
  for (const attempt of [
    () => publish(db, actionContent, id, 1, document, author),
    () => saveDraft(db, actionContent, { entryId: id, version: 1, document, author }),
    () => schedule(db, id, { publishAt: new Date(), withdrawAt: null }, author)
  ]) {
    const refused = await attempt().then(
      () => undefined,
      (error: unknown) => error
    )
    t.match(refused, { statusCode: 404 })
  }
})

t.test('whoever proposes and thinks again all day fills nobody’s mailbox', async (t) => {
  await db.updateTable('settings').set({ referents_publish: false }).execute()
  const paul = await site.signIn('paul')
  const { id } = await db
    .selectFrom('entries')
    .innerJoin('action_pilotes', 'action_pilotes.action_id', 'entries.content_id')
    .innerJoin('agents', 'agents.id', 'action_pilotes.agent_id')
    .select('entries.id')
    .where('entries.kind', '=', 'action')
    .where('agents.email', 'like', 'paul.mercier@%')
    .orderBy('entries.id')
    .executeTakeFirstOrThrow()
  for (let round = 0; round < 8; round += 1) {
    const page = await paul.visit(`/gestion/actions/${id}`)
    const proposed = await paul.submit(
      page,
      { synthese: '<p>Une synthèse.</p>', resultats: '', outils: '' },
      { form: writing, button: 'Proposer au webmaster' }
    )
    t.match(proposed.text, 'C’est proposé')
    await paul.post(`/gestion/actions/${id}/reprendre-la-proposition`)
  }
  const told = await db.selectFrom('outbox').select('id').where('kind', '=', 'proposal-received').execute()
  t.equal(told.length, 3)
})

t.test('a page that others hold for too long says to come back, and keeps what it had', async (t) => {
  const { id, address } = await screenOf(11)
  const page = await ines.visit(address)
  const other = await db.startTransaction().execute()
  await other.selectFrom('entries').select('id').where('id', '=', id).forUpdate().execute()
  const refused = await ines.submit(
    page,
    { titre: 'Trop tard' },
    { form: writing, button: 'Publier', houseRules: false }
  )
  await other.rollback().execute()
  t.equal(refused.status, 503)
  t.ok(refused.headers['retry-after'])
  t.equal(
    (await ines.submit(page, { titre: 'À temps' }, { form: writing, button: 'Enregistrer le brouillon' })).status,
    200
  )
})

t.test('a draft without image does not keep the files in use from being counted', async (t) => {
  await saved(await ines.visit((await screenOf(12)).address), { titre: 'Sans image' })
  // Up to Postgres 17 null is read as a number no more than a word is.
  await sql`update entries set draft = jsonb_set(draft, '{imageId}', '"none"') where draft is not null`.execute(db)
  for (const condition of [sql`media_id is not null`, sql`media_id > 0`, sql`media_id = any(array[1, 2])`]) {
    await t.resolves(sql`select * from (${uses({ evenOfTrash: true })}) as uses where ${condition}`.execute(db))
    await t.resolves(sql`select * from (${uses()}) as uses where ${condition} and place <> 'slide'`.execute(db))
  }
})
