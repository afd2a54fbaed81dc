/** Pages kept in memory: never stale, never somebody else's. */
import t from 'tap'
import { openSite } from './support/site.ts'

const site = await openSite(t)
const { db } = site
const camille = await site.signIn('camille')
const ines = await site.signIn('ines')

t.test('a change of content shows at once, whoever read the page before', async (t) => {
  const before = await camille.visit('/engagements')
  await camille.visit('/engagements')
  const action = await db.selectFrom('actions').select(['id', 'title']).orderBy('number').executeTakeFirstOrThrow()
  t.match(before.text, action.title)
  await db.updateTable('actions').set({ title: 'Un titre tout neuf' }).where('id', '=', action.id).execute()
  const after = await camille.visit('/engagements')
  t.match(after.text, 'Un titre tout neuf')
  t.notMatch(after.text, action.title)
})

t.test('what hangs on a sheet counts too: a tag, a step, a name, a setting', async (t) => {
  const sheet = await db
    .selectFrom('actions')
    .innerJoin('action_pilotes', 'action_pilotes.action_id', 'actions.id')
    .select(['actions.id', 'actions.slug', 'action_pilotes.agent_id'])
    .executeTakeFirstOrThrow()
  const path = `/actions/${sheet.slug}`
  await camille.visit(path)
  await db
    .insertInto('action_steps')
    .values({ action_id: sheet.id, precision: 'year', starts_on: '2024-01-01', description: 'Une étape de plus' })
    .execute()
  t.match((await camille.visit(path)).text, 'Une étape de plus')
  await db.updateTable('agents').set({ name: 'Prénom Changé' }).where('id', '=', sheet.agent_id).execute()
  t.match((await camille.visit(path)).text, 'Prénom Changé')
  await db.updateTable('settings').set({ menu_bonus: 'Suppléments' }).execute()
  t.match((await camille.visit(path)).html, 'Suppléments')
})

t.test('a webmaster and an agent each get their own page, and a visitor none', async (t) => {
  const path = '/demarche'
  t.match((await ines.visit(path)).html, 'href="/gestion"')
  t.notMatch((await camille.visit(path)).html, 'href="/gestion"')
  t.match((await ines.visit(path)).html, 'href="/gestion"')
  t.equal((await site.visit(path)).status, 303)
})

t.test('the home page greets the one who reads it', async (t) => {
  t.match((await camille.visit('/')).text, 'Camille')
  const home = await ines.visit('/')
  t.notMatch(home.text, 'Bonjour Camille')
})

t.test('a visitor who reads a public sheet after a member sees nothing that is reserved', async (t) => {
  const sheet = await db
    .selectFrom('actions')
    .select('slug')
    .where('visibility', '=', 'public')
    .where('tools', '!=', '')
    .executeTakeFirstOrThrow()
  const path = `/actions/${sheet.slug}`
  t.notMatch((await camille.visit(path)).text, 'Informations réservées aux membres')
  t.match((await site.visit(path)).text, 'Informations réservées aux membres')
  t.notMatch((await camille.visit(path)).text, 'Informations réservées aux membres')
})

t.test('a message to show once is shown once', async (t) => {
  await camille.submit(
    await camille.visit('/compte'),
    { name: 'Camille Robin' },
    { button: 'Enregistrer', follow: false }
  )
  const first = await camille.visit('/demarche')
  t.match(first.html, 'role="status"')
  t.notMatch((await camille.visit('/demarche')).html, 'role="status"')
  t.notMatch((await ines.visit('/demarche')).html, 'role="status"')
})

t.test('a browser that holds the page is told that it still holds, until it does not', async (t) => {
  const page = await camille.visit('/directions')
  const tag = String(page.headers.etag)
  const again = await camille.visit('/directions', { headers: { 'if-none-match': tag } })
  t.equal(again.status, 304)
  t.equal(again.html, '')
  await db.updateTable('directions').set({ tagline: 'Une autre ligne' }).execute()
  const changed = await camille.visit('/directions', { headers: { 'if-none-match': tag } })
  t.equal(changed.status, 200)
  t.match(changed.text, 'Une autre ligne')
  const signedOut = await site.visit('/directions', { headers: { 'if-none-match': tag } })
  t.equal(signedOut.status, 303)
})

t.test('on a shared post nothing is left in the browser', async (t) => {
  const shared = await site.signInAs('agent.du.depot@valbrune.example', 'partage')
  const page = await shared.visit('/directions')
  t.equal(page.headers['cache-control'], 'no-store')
  t.equal(page.headers.etag, undefined)
})

t.test('the page is the same bytes, compressed or not, kept or not', async (t) => {
  const { brotliDecompressSync } = await import('node:zlib')
  const plain = await camille.visit('/bonus')
  const compressed = await camille.request({ url: '/bonus', headers: { 'accept-encoding': 'br' } })
  t.equal(compressed.headers['content-encoding'], 'br')
  t.equal(brotliDecompressSync(compressed.rawPayload).toString(), plain.html)
})
