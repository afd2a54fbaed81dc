/** The back-office of a new site: the webmaster puts the demonstration away. */
import t from 'tap'
import { openSite } from './support/site.ts'

const site = await openSite(t)
const { db } = site

t.test('only the webmaster reaches the back-office', async (t) => {
  t.equal((await site.visit('/gestion')).status, 303)
  t.equal((await site.visit('/gestion', { as: 'camille' })).status, 403)
  t.equal((await site.visit('/gestion', { as: 'nadia' })).status, 403)
  const camille = await site.signIn('camille')
  const refused = await camille.post('/gestion/demonstration/retirer', { confirmation: 'oui' })
  t.equal(refused.status, 403)
  t.equal((await db.selectFrom('settings').select('demonstration').executeTakeFirstOrThrow()).demonstration, true)
})

t.test('a slip of the finger does not take the demonstration away', async (t) => {
  const ines = await site.signIn('ines')
  const refused = await ines.submit(await ines.visit('/gestion'), {}, { form: 'main form' })
  t.equal(refused.status, 422)
  t.match(refused.text, 'Cochez la case')
  t.match(refused.document.querySelector('title')?.textContent, /^Erreur\u00a0: Gestion/)
  t.equal((await db.selectFrom('actions').select('id').execute()).length, 30)
})

t.test('once confirmed, all of it goes, and the last webmaster stays', async (t) => {
  const ines = await site.signIn('ines')
  const done = await ines.submit(await ines.visit('/gestion'), { confirmation: 'oui' }, { form: 'main form' })
  t.equal(done.status, 200)
  t.match(done.text, 'La démonstration a été retirée.')
  t.match(done.text, 'ines.caron@valbrune.example')
  t.equal((await db.selectFrom('actions').select('id').execute()).length, 0)
  t.notMatch(done.html, 'demonstration-banner')
})
