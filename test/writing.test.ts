/** The webmaster writes, in a real Chromium: labels and keys, a server that goes away, a second window. */
import t from 'tap'
import { cleanRichText } from '../src/web/rich-text.ts'
import { axe, type BrowserContext, openBrowser, type Page } from './support/browser.ts'
import { type cast, openSite } from './support/site.ts'

t.setTimeout(240_000)
const site = await openSite(t, { listen: true })
const browser = await openBrowser(t, site.origin)
const desk = { width: 1280, height: 900 }
const phone = { width: 360, height: 740 }

async function enter(context: BrowserContext, person: keyof typeof cast): Promise<void> {
  const visitor = await site.signIn(person)
  await context.addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url: site.origin })))
}

async function write(page: Page, title: string): Promise<void> {
  await page.getByLabel('Titre', { exact: true }).fill(title)
  await page.getByLabel('Engagement', { exact: true }).selectOption({ label: '2. Travailler ensemble' })
  await page.getByRole('textbox', { name: 'Synthèse' }).click()
  await page.keyboard.type('Des outils prêtés entre collègues.')
}

for (const [width, viewport] of Object.entries({ desk, phone })) {
  t.test(`a newcomer creates and publishes an action by its labels alone, on a ${width}`, async (t) => {
    const context = await browser.newVisitor(t, { viewport })
    await enter(context, 'ines')
    const page = await context.newPage()
    await page.goto(`${site.origin}/gestion/actions`)
    await page.getByRole('button', { name: 'Créer une action' }).click()
    const title = `Ouvrir une bricothèque, ${width}`
    await write(page, title)
    await page.getByLabel('Date', { exact: true }).first().fill('Fin 2026')
    await page.getByLabel('Ce qui s’est passé, ou ce qui est prévu').first().fill('Ouverture')
    await page.getByRole('button', { name: 'Ajouter une ligne' }).click()
    await page.getByText('Déjà employés sur le site').first().click()
    await page.locator('.suggestions__button').first().click()
    await page.getByRole('button', { name: 'Publier', exact: true }).click()
    await page.getByText('C’est publié').waitFor()
    await page.getByRole('link', { name: 'Voir la page publiée' }).click()
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    t.match(await page.locator('main').textContent(), /Des outils prêtés entre collègues\.[\s\S]*Fin\u00a02026/)
  })
}

t.test('the draft saves itself after a pause, and what is published does not move', async (t) => {
  const context = await browser.newVisitor(t, { viewport: desk })
  await enter(context, 'ines')
  const page = await context.newPage()
  const entry = await site.db
    .selectFrom('entries')
    .innerJoin('actions', 'actions.id', 'entries.content_id')
    .select(['entries.id', 'actions.title', 'actions.slug'])
    .where('entries.kind', '=', 'action')
    .where('actions.number', '=', 1)
    .executeTakeFirstOrThrow()
  await page.goto(`${site.origin}/gestion/actions/${entry.id}`)
  await page.getByLabel('Titre', { exact: true }).fill('Un titre qui s’enregistre seul')
  await page.getByText(/^Enregistré à/).waitFor({ timeout: 4000 })
  const row = await site.db.selectFrom('entries').select('title').where('id', '=', entry.id).executeTakeFirstOrThrow()
  t.equal(row.title, 'Un titre qui s’enregistre seul')
  t.match((await site.visit(`/actions/${entry.slug}`, { as: 'camille' })).text, entry.title)
  await page.reload()
  t.equal(await page.getByLabel('Titre', { exact: true }).inputValue(), 'Un titre qui s’enregistre seul')
})

t.test('the screens of the back-office have nothing for axe to say, and fit a phone', async (t) => {
  const entry = await site.db
    .selectFrom('entries')
    .select('id')
    .where('kind', '=', 'action')
    .orderBy('id')
    .executeTakeFirstOrThrow()
  const paths = [
    '/gestion',
    '/gestion/journal',
    '/gestion/corbeille',
    '/gestion/actions',
    `/gestion/actions/${entry.id}`,
    `/gestion/actions/${entry.id}/historique`
  ]
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newVisitor(t, { viewport: { width: 320, height: 640 }, colorScheme })
    await enter(context, 'ines')
    const page = await context.newPage()
    for (const path of paths) {
      await page.goto(site.origin + path)
      t.same(await axe(page), [], `${path}, ${colorScheme}`)
      const scrolls = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
      t.equal(scrolls, false, `${path} does not scroll sideways`)
    }
  }
})

t.test('by keyboard alone, a picture is put in a text, published, and seen with its alternative', async (t) => {
  const context = await browser.newVisitor(t, { viewport: desk, reducedMotion: 'reduce' })
  await enter(context, 'ines')
  const page = await context.newPage()
  const image = await site.db
    .selectFrom('media')
    .select(['id', 'title', 'alt'])
    .where('kind', '=', 'image')
    .where('alt', '!=', '')
    .where((eb) => eb.not(eb.exists(eb.selectFrom('slides').select('position').whereRef('image_id', '=', 'media.id'))))
    .orderBy('id')
    .limit(1)
    .executeTakeFirstOrThrow()
  const entry = await site.db
    .selectFrom('entries')
    .innerJoin('actions', 'actions.id', 'entries.content_id')
    .select(['entries.id', 'actions.slug'])
    .where('entries.kind', '=', 'action')
    .where('actions.number', '=', 2)
    .executeTakeFirstOrThrow()
  const focused = (): Promise<unknown> => page.evaluate('document.activeElement.textContent.trim()')
  const reach = async (key: string, words: string): Promise<void> => {
    for (let step = 0; step < 40 && (await focused()) !== words; step += 1) await page.keyboard.press(key)
    t.equal(await focused(), words)
  }
  const open = async (words: string): Promise<void> => {
    await page.keyboard.press('Alt+F10')
    await reach('ArrowRight', words)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
  }
  // The browser moves the cursor first, and ProseMirror hears of it a moment later: a person is never faster, a script is.
  const settle = (): Promise<void> => page.waitForTimeout(120)
  const sent = (): Promise<string> => page.locator('textarea[name="synthese"]').inputValue()
  await page.goto(`${site.origin}/gestion/actions/${entry.id}`)
  await page.getByRole('textbox', { name: 'Synthèse' }).and(page.locator('.ProseMirror')).focus()
  await settle()
  await page.keyboard.press('Control+End')
  await settle()
  await open('Image')
  const dialog = page.getByRole('dialog', { name: 'Ajouter une image' })
  await dialog.getByText('20 images').waitFor()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    t.same(await axe(page), [], colorScheme)
  }
  await page.keyboard.press('Tab')
  await page.keyboard.press('Shift+Tab')
  t.equal(await page.evaluate('document.activeElement.type'), 'search', 'one begins by looking for it')
  await page.keyboard.type(image.title)
  await page.keyboard.press('Enter')
  await dialog.getByText('1 image', { exact: true }).waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Photo de la ville')
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  const figure = `<figure data-image="${image.id}"><figcaption>Photo de la ville</figcaption></figure>`
  t.equal((await sent()).slice(-figure.length), figure, 'it stands after the paragraph where one was')
  await page.getByText(image.title, { exact: true }).first().waitFor()
  await page.keyboard.type('La suite.')
  t.match(await sent(), `${figure}<p>La suite.</p>`, 'and one goes on writing below it')

  await page.keyboard.press('Home')
  await settle()
  await page.keyboard.press('ArrowLeft')
  await page.getByRole('status').getByText('Image\u00a0: Entrée pour modifier, Suppr pour retirer.').waitFor()
  await page.keyboard.type('x')
  t.match(await sent(), `${figure}<p>x</p>`, 'a key pressed by mistake takes nothing away')
  await page.keyboard.press('Control+z')
  await settle()
  await page.keyboard.press('Enter')
  const change = page.getByRole('dialog', { name: 'Modifier l’image' })
  await change.getByLabel('Légende (facultative)').fill('Vue du parc')
  t.ok(await change.getByRole('radio', { name: image.title }).isChecked(), 'the picture is the one that was chosen')
  await page.keyboard.press('Enter')
  await change.waitFor({ state: 'detached' })
  t.match(await sent(), '<figcaption>Vue du parc</figcaption></figure><p>La suite.</p>')
  // What is done within half a second is undone at once.
  await page.waitForTimeout(600)
  await page.keyboard.press('Delete')
  t.notMatch(await sent(), '<figure')
  await page.keyboard.press('Control+z')

  await page.keyboard.press('Control+End')
  await settle()
  await open('Chiffre clé')
  await page.keyboard.press('Enter')
  t.match(await page.getByRole('dialog').textContent(), /Écrivez le chiffre\.[\s\S]*Écrivez ce que le chiffre mesure\./)
  await page.keyboard.type('93 %')
  await page.keyboard.press('Tab')
  await page.keyboard.type('des agents ont répondu')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  t.match(await sent(), '<p data-key-figure><strong>93\u00a0%</strong> des agents ont répondu</p>')
  for (const words of ['Vidéo', 'Document']) {
    await open(words)
    await page.getByRole('dialog').getByRole('radio').first().waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  t.match(await sent(), /<p data-video="\d+">[^<]+<\/p><p data-document="\d+">[^<]+<\/p>$/)
  t.equal(cleanRichText(await sent()), await sent(), 'the server keeps it letter for letter')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    t.same(await axe(page), [], `the blocks in the text, ${colorScheme}`)
  }

  await page.getByRole('button', { name: 'Publier', exact: true }).press('Enter')
  await page.getByText('C’est publié').waitFor()
  await page.goto(`${site.origin}/actions/${entry.slug}`)
  const seen = page.locator('.prose figure.illustration')
  t.equal(await seen.getByRole('img').getAttribute('alt'), image.alt)
  t.equal(await seen.locator('figcaption').textContent(), 'Vue du parc')
  t.equal(await page.locator('.prose video').count(), 1)
  t.equal(await page.locator('.prose a.document').count(), 1)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    t.same(await axe(page), [], `the page of the readers, ${colorScheme}`)
  }
})

t.test('what the site could not save is kept in the browser and offered back, the first save included', async (t) => {
  const context = await browser.newVisitor(t, { viewport: desk })
  const ines = await site.signInAs('ines.caron@valbrune.example')
  const cookies = (visitor: typeof ines) =>
    [...visitor.cookies].map(([name, value]) => ({ name, value, url: site.origin }))
  await context.addCookies(cookies(ines))
  const page = await context.newPage()
  await page.goto(`${site.origin}/gestion/actions`)
  await page.getByRole('button', { name: 'Créer une action' }).click()
  await page.getByLabel('Titre', { exact: true }).waitFor()
  // The session ends under the writer's fingers: nothing reaches the site any more.
  await site.db.updateTable('sessions').set({ revoked_at: new Date() }).execute()
  await write(page, 'Tapé pour rien ?')
  await page.getByText('Vous n’êtes plus connecté').waitFor({ timeout: 5000 })
  const address = page.url()
  await page.close()

  await context.addCookies(cookies(await site.signInAs('ines.caron@valbrune.example')))
  const later = await context.newPage()
  await later.goto(address)
  t.equal(await later.getByLabel('Titre', { exact: true }).inputValue(), '')
  await later.getByRole('button', { name: 'Reprendre ce texte' }).click()
  await later.getByText('Le brouillon est enregistré').waitFor()
  t.equal(await later.getByLabel('Titre', { exact: true }).inputValue(), 'Tapé pour rien ?')
  const row = await site.db
    .selectFrom('entries')
    .select('draft')
    .where('title', '=', 'Tapé pour rien ?')
    .executeTakeFirstOrThrow()
  t.match(JSON.stringify(row.draft), 'Des outils prêtés entre collègues.')
})
