/** The rich text editor in a real Chromium, under the real headers of the site: writing, pasting, and what the form then sends. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import t, { type Test } from 'tap'
import { bundleEditor, bundleFile } from '../src/editor/bundle.ts'
import { cleanRichText, textToRichText } from '../src/web/rich-text.ts'
import { isAllowedAddress, richTextTags } from '../src/web/rich-text-schema.ts'
import { axe, type BrowserContext, openBrowser, type Page } from './support/browser.ts'
import { openSite } from './support/site.ts'

t.setTimeout(240_000)
const site = await openSite(t, { empty: true, listen: true })
const browser = await openBrowser(t, site.origin)
const desk = { width: 1280, height: 900 }
const imagesNotKept =
  'Les images collées ne sont pas gardées\u00a0: envoyez-les dans la médiathèque, puis choisissez «\u00a0Image\u00a0».'

/** Everything that the editor can write. */
const everything = [
  '<h2>Titre <em>penché</em></h2>',
  '<p>Un <strong>mot <em>fort</em></strong>, le 1<sup>er</sup>, <a href="/actions/un?a=1&amp;b=2">un <strong>lien</strong></a>.<br>Deux &lt;lignes&gt; &amp; « espaces\u00a0».</p>',
  '<h3>Listes</h3>',
  '<ul><li>un<ul><li>deux</li></ul></li><li><p>trois</p><p>quatre</p></li></ul>',
  '<ol start="3"><li>cinq</li><li>six</li></ol>',
  '<h4>Autres</h4>',
  '<blockquote><p>Une <span lang="en">quote</span></p></blockquote>',
  '<table><caption>Un tableau</caption><tbody><tr><th scope="col">a</th><th scope="col">b</th></tr><tr><th scope="row">c</th><td>d<ul><li>e</li></ul></td></tr></tbody></table>',
  '<figure data-image="12"><figcaption>Les équipes &amp; le maire</figcaption></figure><figure data-image="7"></figure>',
  '<p data-video="5">Une visite</p><p data-document="6"></p>',
  '<p data-key-figure><strong>93\u00a0%</strong> des agents</p>',
  '<p>Fin.</p>'
].join('')

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** A page with one field, sent with the headers of a real page: the security policy is that of the site. */
async function open(context: BrowserContext, value = ''): Promise<Page> {
  const page = await context.newPage()
  await page.route('**/essai*', async (route) => {
    const response = await route.fetch({ url: `${site.origin}/connexion` })
    await route.fulfill({
      response,
      body: `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Essai</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${site.app.stylesheet}"><script type="module" src="${site.app.asset('js/site.js')}"></script></head>
<body><main><h1>Essai</h1><form class="form" action="/essai" method="post"><div class="field">
<label class="field__label" for="summary">Synthèse</label><p class="field__hint" id="summary-hint">En quelques lignes.</p>
<textarea class="field__input" id="summary" name="summary" rows="6" data-rich-text aria-describedby="summary-hint">${escapeHtml(value)}</textarea>
</div><p><button class="button" type="submit">Enregistrer</button></p></form></main></body></html>`
    })
  })
  await page.goto('/essai')
  return page
}

async function openEditor(context: BrowserContext, value = ''): Promise<Page> {
  const page = await open(context, value)
  await page.getByRole('textbox', { name: 'Synthèse' }).and(page.locator('.ProseMirror')).waitFor()
  return page
}

const text = (page: Page) => page.getByRole('textbox', { name: 'Synthèse' })
const sent = (page: Page): Promise<string> => page.locator('textarea[name="summary"]').inputValue()
const tool = (page: Page, name: string) => page.getByRole('toolbar').getByRole('button', { name, exact: true })

/** ProseMirror says where its cursor is 20 ms after it took the focus: a person is never faster, a script is. */
const settle = (page: Page): Promise<void> => page.waitForTimeout(60)

/** Pastes as the keyboard does. Written as text: these are words of browsers, which the types of the tests do not know. */
async function paste(page: Page, html: string): Promise<void> {
  await page.evaluate(`{
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/html', ${JSON.stringify(html)})
    clipboardData.setData('text/plain', 'Ce texte ne sert que sans HTML.')
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    document.querySelector('.ProseMirror').dispatchEvent(event)
  }`)
}

/** What reaches the server is already what it would keep. */
function isClean(t: Test, html: string): void {
  t.equal(cleanRichText(html), html, 'the sanitiser changes nothing')
}

t.test('the module that is served is the one that the sources give', async (t) => {
  t.ok(
    (await bundleEditor()) === readFileSync(bundleFile, 'utf8'),
    'public/editor/rich-text.js is out of date: npm run editor:bundle'
  )
})

t.test('plain text typed in the bare field becomes rich text', async (t) => {
  const cases: [string, string][] = [
    ['', ''],
    ['Bonjour', '<p>Bonjour</p>'],
    ['Un\r\n\r\nDeux\r\nlignes', '<p>Un</p><p>Deux<br>lignes</p>'],
    ['Il faut :\n- un\n- deux\n\nFin', '<p>Il faut :</p><ul><li>un</li><li>deux</li></ul><p>Fin</p>'],
    ['5 < 6 & 7 > 3, x<y', '<p>5 &lt; 6 &amp; 7 &gt; 3, x&lt;y</p>'],
    ['<p>Un</p>', '<p>Un</p>'],
    ['<p>Un</p>\n\nAjouté & vu\n\n- a\n- b', '<p>Un</p><p>Ajouté &amp; vu</p><ul><li>a</li><li>b</li></ul>'],
    [
      'Avant <strong>fort</strong>\n<ul><li>a<ul><li>b</li></ul></li></ul>',
      '<p>Avant <strong>fort</strong></p><ul><li>a<ul><li>b</li></ul></li></ul>'
    ],
    ['<script>alert(1)</script>Bonjour <b>toi</b>', '<p>Bonjour <strong>toi</strong></p>'],
    [everything, everything]
  ]
  for (const [typed, html] of cases) {
    t.equal(textToRichText(typed), html, typed)
    t.equal(textToRichText(html), html, 'a second time changes nothing')
  }
})

t.test('links lead to the web, to people, or to this site', async (t) => {
  for (const address of [
    'https://a.fr',
    'http://a.fr/b',
    'mailto:a@b.fr',
    'tel:+33123456789',
    '/actions/x',
    '#partie-1'
  ])
    t.ok(isAllowedAddress(address), address)
  for (const address of [
    '',
    'a.fr',
    '//a.fr',
    '/\\a.fr',
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    ' https://a.fr',
    'data:x',
    'ftp://a.fr',
    'https:///a',
    'file:///c'
  ])
    t.notOk(isAllowedAddress(address), JSON.stringify(address))
})

t.test('without JavaScript the field stays a field', async (t) => {
  const context = await browser.newVisitor(t, { viewport: desk, javaScriptEnabled: false })
  const page = await open(context, '<p>Bonjour</p>')
  await page.getByLabel('Synthèse').fill('Deux mots')
  t.equal(await sent(page), 'Deux mots')
})

t.test('a text that comes in goes out the same, and the server agrees with it', async (t) => {
  const context = await browser.newVisitor(t, { viewport: desk })
  const page = await openEditor(context, everything)
  t.equal(await sent(page), everything, 'nothing changes until somebody writes')
  await page.evaluate("addEventListener('input', () => { document.title = 'changé' })")
  await page.getByText('Fin.', { exact: true }).click()
  await settle(page)
  await page.keyboard.press('End')
  await page.keyboard.type('x')
  t.equal(await sent(page), everything.replace('Fin.', 'Fin.x'))
  t.equal(await page.title(), 'changé', 'the form hears of it')
  isClean(t, await sent(page))
  for (const name of richTextTags) {
    if (name !== 'thead') t.match(everything, `<${name}`, `the editor writes ${name}`)
  }
  await page.keyboard.press('Control+z')
  t.equal(await sent(page), everything)
})

t.test('blocks without words are not sent', async (t) => {
  const context = await browser.newVisitor(t, { viewport: desk })
  const empty = '<h2></h2><p>\u00a0</p><ul><li></li></ul><blockquote><p></p></blockquote>'
  const page = await openEditor(context, `${empty}<ul><li><p></p><ul><li>a</li></ul></li><li></li></ul><p>Fin</p>`)
  await page.getByText('Fin', { exact: true }).click()
  await settle(page)
  await page.keyboard.press('End')
  await page.keyboard.type('.')
  const html = await sent(page)
  t.equal(html, '<ul><li><p></p><ul><li>a</li></ul></li></ul><p>Fin.</p>')
  isClean(t, html)
  const again = await openEditor(context, html)
  await again.getByText('Fin.', { exact: true }).click()
  await settle(again)
  await again.keyboard.press('End')
  await again.keyboard.type('..')
  t.equal(await sent(again), html.replace('.', '…'))
})

t.test('plain text that comes back from the server keeps its lines', async (t) => {
  const context = await browser.newVisitor(t, { viewport: desk })
  const page = await openEditor(context, 'Un\n\nDeux')
  t.equal(await sent(page), '<p>Un</p><p>Deux</p>')
})

const fixtures = path.join(import.meta.dirname, 'support/fixtures/paste')
for (const name of readdirSync(fixtures)
  .filter((file) => !file.includes('.expected.'))
  .map((file) => path.basename(file, '.html'))) {
  t.test(`what is pasted from ${name} keeps its meaning and loses its dress`, async (t) => {
    const context = await browser.newVisitor(t, { viewport: desk })
    const page = await openEditor(context)
    await text(page).click()
    await paste(page, readFileSync(path.join(fixtures, `${name}.html`), 'utf8'))
    const html = await sent(page)
    const expected = readFileSync(path.join(fixtures, `${name}.expected.html`), 'utf8')
    // One block a line, to be read; the text itself has no line.
    t.equal(html, expected.replaceAll('\n', ''))
    isClean(t, html)
    t.equal(await page.getByRole('status').textContent(), imagesNotKept)
  })
}

t.test('files and key figures come from the media library alone, never from what is pasted', async (t) => {
  const context = await browser.newVisitor(t, { viewport: desk })
  const page = await openEditor(context)
  await text(page).click()
  await paste(
    page,
    '<figure data-image="12"><figcaption>Une légende</figcaption></figure><p data-video="5">Une visite</p><p data-document="6">Un guide</p><p data-key-figure><strong>93 %</strong> des agents</p>'
  )
  t.equal(await sent(page), '<p>Une légende</p><p>Une visite</p><p>Un guide</p><p><strong>93 %</strong> des agents</p>')
})

t.test(
  'a block is chosen, and taken away, by pointer; when the site says nothing of it, its words are shown',
  async (t) => {
    const context = await browser.newVisitor(t, { viewport: desk })
    const page = await openEditor(context, everything)
    await page.getByText('Les équipes & le maire').click()
    t.equal(await page.getByRole('status').textContent(), 'Image\u00a0: Entrée pour modifier, Suppr pour retirer.')
    t.equal(await tool(page, 'Image').getAttribute('aria-pressed'), 'true')
    t.equal(await tool(page, 'Tableau').getAttribute('aria-disabled'), 'true', 'a table would take its place')
    t.same(await axe(page), [])
    await tool(page, 'Retirer ce bloc').click()
    t.equal(await sent(page), everything.replace(/<figure data-image="12">.*?<\/figure>/, ''))
    await page.getByText('Une visite', { exact: true }).click()
    await tool(page, 'Modifier ce bloc').click()
    const dialog = page.getByRole('dialog', { name: 'Modifier la vidéo' })
    // Nobody is signed in here.
    await dialog.getByText('La médiathèque ne répond pas.').waitFor()
    await dialog.getByRole('button', { name: 'Enregistrer' }).click()
    t.match(await dialog.textContent(), 'Cherchez une vidéo, puis choisissez dans la liste.')
    t.same(await axe(page), [])
    await dialog.getByRole('button', { name: 'Retirer la vidéo' }).click()
    t.notMatch(await sent(page), 'data-video')
    isClean(t, await sent(page))
  }
)

t.test('wherever it is pasted, it gives what the server keeps', async (t) => {
  const context = await browser.newVisitor(t, { viewport: desk })
  for (const place of ['penché', 'deux', 'quote', 'a', 'e']) {
    for (const name of ['word', 'google-docs', 'libreoffice']) {
      const page = await openEditor(context, everything)
      await text(page).getByText(place, { exact: true }).first().click()
      await paste(page, readFileSync(path.join(fixtures, `${name}.html`), 'utf8'))
      const html = await sent(page)
      t.ok(html.length > everything.length, `${name} in « ${place} »`)
      isClean(t, html)
      await page.close()
      const again = await openEditor(context, html)
      await again.keyboard.press('Tab')
      await again.keyboard.press('Tab')
      await again.keyboard.type('x')
      await again.keyboard.press('Backspace')
      t.equal(await sent(again), html, 'and reads it again as it was')
      await again.close()
    }
  }
})

t.test('the links of the error summary, and the label, lead to what can be typed in', async (t) => {
  const context = await browser.newVisitor(t, { viewport: desk })
  const page = await openEditor(context)
  const isInText = (): Promise<unknown> => page.evaluate("document.activeElement.matches('.ProseMirror')")
  await page.evaluate("location.hash = '#summary'")
  t.ok(await isInText())
  await page.getByRole('button', { name: 'Enregistrer' }).focus()
  await page.locator('label').click()
  t.ok(await isInText())
  t.equal(await text(page).getAttribute('aria-multiline'), 'true')
  t.equal(await text(page).getAttribute('aria-describedby'), 'summary-hint')
})

t.test('an image alone, pasted or dropped, is said not to be kept', async (t) => {
  const context = await browser.newVisitor(t, { viewport: desk })
  const page = await openEditor(context, '<p>Bonjour</p>')
  for (const kind of ['paste', 'drop']) {
    await page.evaluate(`{
      const data = new DataTransfer()
      data.items.add(new File(['x'], 'photo.png', { type: 'image/png' }))
      const options = { bubbles: true, cancelable: true }
      const event = ${kind === 'paste' ? "new ClipboardEvent('paste', { ...options, clipboardData: data })" : "new DragEvent('drop', { ...options, dataTransfer: data })"}
      document.querySelector('[role="status"]').replaceChildren()
      document.querySelector('.ProseMirror').dispatchEvent(event)
    }`)
    t.equal(await page.getByRole('status').textContent(), imagesNotKept, kind)
  }
  t.equal(await sent(page), '<p>Bonjour</p>')
})

t.test('what is copied in the editor is pasted as it was', async (t) => {
  const context = await browser.newVisitor(t, { viewport: desk })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await openEditor(context, everything)
  await text(page).click()
  await settle(page)
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+c')
  await page.keyboard.press('Delete')
  t.equal(await sent(page), '')
  await page.keyboard.press('Control+v')
  t.equal(await sent(page), everything)
})

t.test('everything is done from the keyboard, and nothing traps it', async (t) => {
  const context = await browser.newVisitor(t, { viewport: desk })
  const page = await openEditor(context)
  const focused = (): Promise<unknown> => page.evaluate('document.activeElement.textContent.trim()')
  const isInText = (): Promise<unknown> => page.evaluate("document.activeElement.matches('.ProseMirror')")
  await page.keyboard.press('Tab')
  t.equal(await focused(), 'Gras', 'the toolbar is one stop')
  await page.keyboard.press('ArrowRight')
  t.equal(await focused(), 'Italique')
  await page.keyboard.press('End')
  t.equal(await focused(), 'Rétablir')
  await page.keyboard.press('ArrowRight')
  t.equal(await focused(), 'Gras', 'and goes round')
  await page.keyboard.press('Tab')
  t.ok(await isInText(), 'the next stop is the text')
  await page.keyboard.press('Alt+F10')
  t.equal(await focused(), 'Gras')
  await page.keyboard.press('Enter')
  t.equal(await tool(page, 'Gras').getAttribute('aria-pressed'), 'true')
  t.equal(await focused(), 'Gras', 'one stays in the toolbar')
  await page.keyboard.press('Escape')
  t.ok(await isInText(), 'Escape goes back to the text')
  await page.keyboard.type('Fort')
  await page.keyboard.press('Control+b')
  await page.keyboard.type(' et ')
  await page.keyboard.press('Control+i')
  await page.keyboard.type('bien')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Partie')
  await page.keyboard.press('Control+Shift+2')
  await page.keyboard.press('Enter')
  await page.keyboard.type('- un')
  await page.keyboard.press('Enter')
  await page.keyboard.type('deux')
  await page.keyboard.press('Alt+Shift+ArrowRight')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Dit')
  await page.keyboard.press('Control+Shift+9')
  t.equal(
    await sent(page),
    '<p><strong>Fort</strong> et <em>bien</em></p><h2>Partie</h2><ul><li>un<ul><li>deux</li></ul></li></ul><blockquote><p>Dit</p></blockquote>'
  )
  isClean(t, await sent(page))
  await page.keyboard.press('Tab')
  t.equal(await focused(), 'Raccourcis clavier', 'Tab leaves the text')
  await page.keyboard.press('Enter')
  t.ok(await page.getByText('Aller à la barre de mise en forme').isVisible(), 'the shortcuts are listed')
})

t.test('a table is made, filled, changed and left from the keyboard', async (t) => {
  const context = await browser.newVisitor(t, { viewport: desk })
  const page = await openEditor(context, '<p>Avant</p>')
  await text(page).click()
  await settle(page)
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Enter')
  await tool(page, 'Tableau').press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Ajouter un tableau' })
  await page.keyboard.press('Enter')
  t.match(await dialog.textContent(), /Écrivez le titre du tableau\./, 'a table has a title')
  t.equal(await dialog.getByLabel('Titre du tableau').getAttribute('aria-invalid'), 'true')
  t.same(await axe(page), [])
  await dialog.getByLabel('Titre du tableau').fill('Horaires')
  await dialog.getByLabel('Nombre de colonnes').fill('2')
  await dialog.getByLabel('Nombre de lignes').fill('2')
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  for (const words of ['Jour', 'Heure', 'Lundi', '9 h']) {
    await page.keyboard.type(words)
    if (words !== '9 h') await page.keyboard.press('Tab')
  }
  const table = (rows: string): string => `<p>Avant</p><table><caption>Horaires</caption><tbody>${rows}</tbody></table>`
  const head = '<tr><th scope="col">Jour</th><th scope="col">Heure</th></tr>'
  t.equal(await sent(page), table(`${head}<tr><td>Lundi</td><td>9 h</td></tr>`))
  await tool(page, 'Titres de lignes (première colonne)').click()
  t.equal(await sent(page), table(`${head}<tr><th scope="row">Lundi</th><td>9 h</td></tr>`))
  t.equal(await tool(page, 'Titres de colonnes (première ligne)').getAttribute('aria-pressed'), 'true')
  await tool(page, 'Ajouter une ligne au-dessous').click()
  await tool(page, 'Supprimer la colonne').click()
  t.equal(
    await sent(page),
    table('<tr><th scope="col">Jour</th></tr><tr><th scope="row">Lundi</th></tr><tr><th scope="row"></th></tr>')
  )
  isClean(t, await sent(page))
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await page.getByText('Lundi', { exact: true }).click()
  await settle(page)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  t.equal(await page.evaluate('document.activeElement.textContent'), 'Raccourcis clavier', 'Escape then Tab leaves')
  await page.getByText('Lundi', { exact: true }).click()
  await tool(page, 'Titre du tableau').click()
  await page.getByRole('dialog').getByLabel('Titre du tableau').fill('Ouverture')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  t.match(await sent(page), '<caption>Ouverture</caption>')
  await tool(page, 'Supprimer le tableau').click()
  t.equal(await sent(page), '<p>Avant</p>')
  t.ok(await page.evaluate("document.activeElement.matches('.ProseMirror')"), 'the focus is not lost with its button')
})

t.test('links and languages are asked for, and wrong ones refused in French', async (t) => {
  const context = await browser.newVisitor(t, { viewport: desk })
  const page = await openEditor(context, '<p>Bonjour</p>')
  const dialog = page.getByRole('dialog')
  await text(page).click()
  await settle(page)
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+k')
  for (const [typed, message] of [
    ['', 'Écrivez l’adresse où mène le lien.'],
    ['javascript:alert(1)', 'Écrivez une adresse qui commence par https://'],
    ['//ailleurs.example', 'Écrivez une adresse qui commence par https://']
  ] as const) {
    await dialog.getByLabel('Adresse').fill(typed)
    await page.keyboard.press('Enter')
    t.match(await dialog.textContent(), message, typed)
    t.equal(await page.evaluate('document.activeElement.name'), 'href', 'the focus is where to correct')
  }
  t.same(await axe(page), [])
  await dialog.getByLabel('Adresse').fill(`${site.origin}/actions/un`)
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  t.equal(await sent(page), '<p><a href="/actions/un">Bonjour</a></p>', 'a page of this site is kept without its host')
  t.equal(await tool(page, 'Lien').getAttribute('aria-pressed'), 'true')
  await page.keyboard.press('Control+k')
  await dialog.getByRole('button', { name: 'Retirer le lien' }).click()
  t.equal(await sent(page), '<p>Bonjour</p>')
  await tool(page, 'Langue du passage').click()
  await dialog.getByLabel('Langue', { exact: true }).selectOption('Une autre langue')
  await page.keyboard.press('Escape')
  t.equal(await sent(page), '<p>Bonjour</p>', 'Escape changes nothing')
  await tool(page, 'Langue du passage').click()
  await dialog.getByLabel('Langue', { exact: true }).selectOption('Espagnol')
  await dialog.getByRole('button', { name: 'Choisir cette langue' }).click()
  await dialog.waitFor({ state: 'detached' })
  t.equal(await sent(page), '<p><span lang="es">Bonjour</span></p>')
  await settle(page)
  await page.keyboard.press('End')
  await settle(page)
  await page.keyboard.press('Control+k')
  await dialog.getByLabel('Texte du lien').fill('Écrire')
  await dialog.getByLabel('Adresse').fill('accueil@valbrune.example')
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  t.equal(await sent(page), '<p><span lang="es">Bonjour</span><a href="mailto:accueil@valbrune.example">Écrire</a></p>')
  isClean(t, await sent(page))
})

t.test('French typography comes as one types', async (t) => {
  const context = await browser.newVisitor(t, { viewport: desk })
  const page = await openEditor(context)
  await text(page).click()
  await page.keyboard.type('L\'été "arrive" : vite...')
  t.equal(await sent(page), '<p>L’été «\u00a0arrive\u00a0»\u00a0: vite…</p>')
  await page.keyboard.press('Backspace')
  t.equal(await sent(page), '<p>L’été «\u00a0arrive\u00a0»\u00a0: vite...</p>', 'and Backspace takes it back')
})

t.test('axe finds nothing, and everything fits and can be touched, from 360 px to the desk', async (t) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const options of [
      { viewport: desk },
      { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }
    ]) {
      const context = await browser.newVisitor(t, { ...options, colorScheme })
      const page = await openEditor(context, everything)
      await page.getByText('deux', { exact: true }).click()
      await page.locator('summary').click()
      t.same(await axe(page), [], `${colorScheme} ${options.viewport.width}`)
      await page.getByText('e', { exact: true }).first().click()
      t.same(await axe(page), [], `${colorScheme} ${options.viewport.width}, in a table`)
      t.ok(
        await page.evaluate('document.documentElement.scrollWidth <= innerWidth'),
        'the page does not slide sideways'
      )
      const least = 'hasTouch' in options ? 44 : 24
      t.same(
        await page.evaluate(`[...document.querySelectorAll('.editor button, .editor summary')]
          .filter((button) => button.checkVisibility())
          .filter((button) => button.getBoundingClientRect().width < ${least} || button.getBoundingClientRect().height < ${least})
          .map((button) => button.textContent)`),
        [],
        `targets are of ${least} px at least`
      )
    }
  }
})
