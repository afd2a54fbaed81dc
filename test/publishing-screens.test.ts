/** The screens of proposals, checks, history, withdrawals and the trash: axe has nothing to say, and they fit a phone. */
import t from 'tap'
import { axe, openBrowser } from './support/browser.ts'
import { openSite, type Person } from './support/site.ts'

t.setTimeout(240_000)
const site = await openSite(t, { listen: true })
const { db } = site
const browser = await openBrowser(t, site.origin)
const ines = await site.signIn('ines')
const paul = await site.signIn('paul')
const writing = 'form[data-autosave]'

const own = await db
  .selectFrom('action_pilotes')
  .innerJoin('agents', 'agents.id', 'action_pilotes.agent_id')
  .innerJoin('entries', 'entries.content_id', 'action_pilotes.action_id')
  .innerJoin('actions', 'actions.id', 'action_pilotes.action_id')
  .select(['entries.id', 'actions.slug'])
  .where('entries.kind', '=', 'action')
  .where('agents.email', 'like', 'paul.mercier@%')
  .orderBy('actions.number')
  .execute()
const [proposed, returned, withdrawn] = own
if (!proposed || !returned || !withdrawn) throw new Error('Paul pilots three actions.')
const screen = (id: number): string => `/gestion/actions/${id}`

await db.updateTable('settings').set({ referents_publish: false }).execute()
const advised =
  '<h3>Un titre qui saute un niveau</h3><p><strong>En gras, comme un titre</strong></p><p>TOUT EN CAPITALES, CE QUI SE LIT MAL</p>'
for (const { id } of [proposed, returned]) {
  await paul.submit(
    await paul.visit(screen(id)),
    { resultats: advised },
    { form: writing, button: 'Enregistrer le brouillon' }
  )
  const page = await paul.visit(screen(id))
  const answer = await paul.submit(
    page,
    { resultats: '<p>Pour tout savoir, lisez la page www.exemple.fr du projet.</p>' },
    { form: writing, button: 'Proposer au webmaster' }
  )
  if (!answer.text.includes('C’est proposé')) throw new Error(answer.text.slice(0, 600))
}
await ines.post(`${screen(returned.id)}/renvoyer`, {
  commentaire: 'Merci. Il manque le nombre d’agents formés.\nAjoutez aussi la date du bilan.'
})
await ines.post(`${screen(withdrawn.id)}/retirer`, { raison: 'Des chiffres à vérifier', redirection: '' })
const { id: thrown } = await db
  .selectFrom('entries')
  .select('id')
  .where('kind', '=', 'action')
  .where(
    'id',
    'not in',
    own.map(({ id }) => id)
  )
  .orderBy('id')
  .limit(1)
  .executeTakeFirstOrThrow()
await ines.post(`${screen(thrown)}/corbeille`)
const first = await db
  .selectFrom('revisions')
  .select('id')
  .where('entry_id', '=', proposed.id)
  .orderBy('id')
  .limit(1)
  .executeTakeFirstOrThrow()

const paths: [person: Person, path: string][] = [
  ['ines', screen(proposed.id)],
  ['ines', `${screen(proposed.id)}/verifier`],
  ['ines', `${screen(proposed.id)}/historique?ancienne=${first.id}`],
  ['ines', screen(withdrawn.id)],
  ['ines', screen(thrown)],
  ['ines', `${screen(thrown)}/supprimer`],
  ['ines', '/gestion/corbeille'],
  ['ines', `/actions/${withdrawn.slug}`],
  ['paul', screen(proposed.id)],
  ['paul', screen(returned.id)]
]

// Colours do not depend on the width, nor what fits on the colours: each is seen once.
const ways = [
  { colorScheme: 'light', width: 320 },
  { colorScheme: 'dark', width: 1280 }
] as const

for (const { colorScheme, width } of ways) {
  t.test(`axe finds nothing in ${colorScheme}, ${width} px wide`, async (t) => {
    for (const person of ['ines', 'paul'] as const) {
      const context = await browser.newVisitor(t, { viewport: { width, height: 800 }, colorScheme })
      const { cookies } = person === 'ines' ? ines : paul
      await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: site.origin })))
      const page = await context.newPage()
      for (const [, path] of paths.filter(([who]) => who === person)) {
        await page.goto(site.origin + path)
        await page.waitForLoadState('networkidle')
        // What is folded away is looked at too.
        await page.evaluate("document.querySelectorAll('main details').forEach((details) => { details.open = true })")
        t.same(await axe(page), [], `${path}, ${person}`)
        t.equal(await page.evaluate('document.documentElement.scrollWidth > innerWidth'), false, `${path} fits`)
      }
    }
  })
}

t.test('a draft is seen as a phone will show it, in a frame that only this site may make', async (t) => {
  const context = await browser.newVisitor(t, { viewport: { width: 1280, height: 1100 } })
  await context.addCookies([...ines.cookies].map(([name, value]) => ({ name, value, url: site.origin })))
  const page = await context.newPage()
  await page.goto(`${site.origin}${screen(returned.id)}`)
  await page.getByRole('link', { name: 'Aperçu sur téléphone' }).click()
  const phone = page.frameLocator('iframe')
  await phone.getByRole('heading', { level: 1 }).waitFor()
  t.equal(await phone.locator('html').evaluate('innerWidth'), 390)
  t.ok(await phone.getByRole('button', { name: 'Menu' }).isVisible(), 'the menu is folded, as on a phone')
  t.same(await axe(page), [])

  const preview = await ines.visit(`${screen(returned.id)}/apercu`)
  t.match(preview.headers['content-security-policy'], "frame-ancestors 'self'")
  t.match((await ines.visit(`/actions/${withdrawn.slug}`)).headers['content-security-policy'], "frame-ancestors 'none'")
  const camille = await site.signIn('camille')
  t.equal((await camille.visit(`${screen(returned.id)}/apercu/telephone`)).status, 403)
})
