/** Slides and pages as they are read: by keyboard, by finger, by ear, on the whole screen, from a link. */
import t from 'tap'
import { addSlides } from '../src/media/uploads.ts'
import { axe, type BrowserContext, evaluate, openBrowser, type Page } from './support/browser.ts'
import { type cast, openSite } from './support/site.ts'

t.setTimeout(240_000)
const site = await openSite(t, { listen: true })
const browser = await openBrowser(t, site.origin)
const phone = { width: 320, height: 640 }
const shown = await site.db
  .selectFrom('directions')
  .innerJoin('direction_media', 'direction_media.direction_id', 'directions.id')
  .innerJoin('media', 'media.id', 'direction_media.media_id')
  .innerJoin('slides', 'slides.media_id', 'media.id')
  .select(['directions.slug', 'media.id', 'media.title'])
  .where('media.filename', 'like', '%culture%')
  .executeTakeFirstOrThrow()
const address = `/directions/${shown.slug}`
const anchorOf = (position: number): string => `diapositive-${shown.id}-${position}`

async function enter(context: BrowserContext, person: keyof typeof cast = 'camille'): Promise<Page> {
  const visitor = await site.signIn(person)
  await context.addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url: site.origin })))
  return context.newPage()
}

/** Where the reader is, once it says so. */
async function arrives(page: Page, position: number): Promise<void> {
  await page.locator('[data-deck-position]').getByText(`Diapositive ${position} sur 8`).waitFor()
}

t.test('the keys lead through the slides, and the address of one leads to it', async (t) => {
  const page = await enter(await browser.newVisitor(t, { reducedMotion: 'reduce' }))
  await page.goto(address)
  await page.locator('[data-deck-next]').waitFor()
  await page.locator('[data-deck-slides]').focus()
  for (const [key, position] of [
    ['ArrowRight', 2],
    ['PageDown', 3],
    ['End', 8],
    ['ArrowRight', 8],
    ['PageUp', 7],
    ['ArrowLeft', 6],
    ['Home', 1]
  ] as const) {
    await page.keyboard.press(key)
    await arrives(page, position)
  }
  t.equal(await page.locator('[data-deck-previous]').getAttribute('aria-disabled'), 'true')

  await page.goto(`${address}#${anchorOf(5)}`)
  await arrives(page, 5)
  t.equal(await page.locator('.slide[aria-current="true"]').getAttribute('id'), anchorOf(5))
  await evaluate(page, `location.hash = '${anchorOf(2)}'`)
  await arrives(page, 2)
})

t.test('a link to a slide is copied, and stays right when the page moves', async (t) => {
  const context = await browser.newVisitor(t, { reducedMotion: 'reduce' })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await enter(context)
  await page.goto(address)
  await page.locator('[data-deck-slides]').focus()
  await page.keyboard.press('ArrowRight')
  await arrives(page, 2)
  await page.getByRole('link', { name: 'Lien vers la diapositive 2', exact: true }).click()
  await page.getByText('Lien copié').waitFor()
  t.equal(await evaluate(page, 'navigator.clipboard.readText()'), `${site.origin}${address}#${anchorOf(2)}`)
  t.equal(new URL(page.url()).hash, `#${anchorOf(2)}`)

  const entry = await site.db
    .selectFrom('entries')
    .innerJoin('directions', 'directions.id', 'entries.content_id')
    .select('entries.id')
    .where('entries.kind', '=', 'direction')
    .where('directions.slug', '=', shown.slug)
    .executeTakeFirstOrThrow()
  const ines = await site.signIn('ines')
  const publish = async (slug: string) =>
    ines.submit(
      await ines.visit(`/gestion/directions/${entry.id}`),
      { adresse: slug },
      { form: 'form[data-autosave]', button: 'Publier' }
    )
  await publish('un-autre-nom')
  t.teardown(() => publish(shown.slug))
  await page.goto('/compte')
  await page.goto(`${address}#${anchorOf(4)}`)
  await arrives(page, 4)
  t.equal(new URL(page.url()).pathname, '/directions/un-autre-nom')
})

t.test('the whole screen: the list moves in, Escape and « back » bring it back', async (t) => {
  const page = await enter(await browser.newVisitor(t, { reducedMotion: 'reduce', viewport: phone, hasTouch: true }))
  await page.goto(address)
  const dialog = page.getByRole('dialog')
  await page.locator('[data-deck-slides]').focus()
  await page.keyboard.press('ArrowRight')
  await arrives(page, 2)

  await page.getByRole('button', { name: 'Plein écran', exact: true }).click()
  await dialog.waitFor()
  t.equal(await dialog.locator('.slide').count(), 8)
  t.equal(await dialog.getAttribute('aria-label'), `${shown.title}, en plein écran`)
  await arrives(page, 2)
  t.equal(await evaluate(page, 'document.activeElement.closest("dialog") !== null'), true, 'the focus is inside')
  await page.keyboard.press('ArrowRight')
  await arrives(page, 3)
  for (let count = 0; count < 12; count += 1) {
    await page.keyboard.press('Tab')
    const where = await evaluate(page, 'document.activeElement.closest("dialog, body").tagName')
    t.ok(where === 'DIALOG' || where === 'BODY', 'and stays there')
  }
  t.same(await axe(page), [], 'it is accessible')
  for (const height of [100, 300, 500]) {
    const above = `document.elementFromPoint(160, ${height}).closest('dialog') !== null`
    t.equal(await evaluate(page, above), true, 'nothing of the page lies over it')
  }
  t.equal(await evaluate(page, 'document.documentElement.scrollWidth'), phone.width)

  await page.locator('[data-deck-slides]').focus()
  await page.keyboard.press('Home')
  await arrives(page, 1)
  for (const position of [2, 3]) {
    await page.keyboard.press('ArrowRight')
    await arrives(page, position)
  }
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  await arrives(page, 3)
  // The focus comes back.
  await page.locator('[data-deck-open]:focus').waitFor()
  t.equal(await page.locator('.deck__head [data-deck-controls]').count(), 1, 'the buttons are where they were')

  await page.locator('[data-deck-open]').click()
  await dialog.waitFor()
  await page.goBack()
  await dialog.waitFor({ state: 'hidden' })
  t.equal(new URL(page.url()).pathname, address, '« back » closes it and stays on the page')
  await page.locator('[data-deck-open]').click()
  await dialog.waitFor()
  await page.getByRole('button', { name: 'Quitter le plein écran' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await arrives(page, 3)
})

t.test('a screen reader hears the slides, their words and notes, and what the buttons do', async (t) => {
  const page = await enter(await browser.newVisitor(t))
  await page.goto(address)
  await page.locator('[data-deck-next]').waitFor()
  const deck = page.getByRole('region', { name: shown.title })
  await deck.locator('[data-deck-next]').click()
  await arrives(page, 2)
  await deck.locator('summary').nth(1).click()
  const tree = await deck.ariaSnapshot()
  for (const line of [
    `- heading "${shown.title}" [level=3]`,
    '- button "Diapositive précédente"',
    '- status: Diapositive 2 sur 8',
    '- button "Diapositive suivante"',
    '- button "Plein écran"',
    '- list "Diapositives"',
    'img "Diapositive 2',
    '- heading "Notes" [level=4]',
    '- link "Lien vers la diapositive 2"',
    `- link "Télécharger « ${shown.title} »`
  ]) {
    t.ok(tree.replaceAll('\u00a0', ' ').includes(line.replaceAll('\u00a0', ' ')), line)
  }
  t.equal((tree.match(/listitem/g) ?? []).length >= 8, true, 'all eight are in the tree')
  t.notMatch(tree, 'dialog')
  t.notMatch(await page.content(), '<iframe')
  t.same(await axe(page), [])
})

t.test('in dark colours, it is as accessible', async (t) => {
  const page = await enter(await browser.newVisitor(t, { colorScheme: 'dark', viewport: phone }))
  await page.goto(address)
  await page.locator('[data-deck-open]').click()
  await page.getByRole('dialog').waitFor()
  t.same(await axe(page), [])
})

t.test('without JavaScript all slides are there, one below the other, at 320 px', async (t) => {
  const page = await enter(await browser.newVisitor(t, { javaScriptEnabled: false, viewport: phone }))
  await page.goto(`${address}#${anchorOf(3)}`)
  t.equal(await page.locator('.slide').count(), 8)
  const places = await evaluate(page, '[...document.querySelectorAll(".slide")].map((one) => one.offsetLeft)')
  t.equal(new Set(places as number[]).size, 1, 'in one column')
  t.equal(await page.locator('[data-deck-controls]').isVisible(), false)
  t.equal(await page.locator('dialog').first().isVisible(), false)
  t.equal(await evaluate(page, 'document.documentElement.scrollWidth'), phone.width)
})

t.test('a PDF of which the first pages are drawn says so', async (t) => {
  const { db } = site
  const image = await db.selectFrom('media').select('id').where('kind', '=', 'image').executeTakeFirstOrThrow()
  const issue = await db
    .selectFrom('issues')
    .select(['slug', 'pdf_id'])
    .where('pdf_id', 'is not', null)
    .orderBy('number')
    .executeTakeFirstOrThrow()
  const page = (number: number) => ({ image_id: image.id, title: `Page ${number}`, text: '', notes: '' })
  await addSlides(db, issue.pdf_id ?? 0, [page(1), page(2)])
  await db.updateTable('media').set({ page_count: 200 }).where('id', '=', issue.pdf_id).execute()
  const read = await site.visit(`/bonus/entre-nous/${issue.slug}`, { as: 'camille' })
  t.match(read.text, 'Les 2 premières pages se lisent ici, sur 200.')
  t.match(read.text, 'Lien vers la page 2')
})

t.test('a number of the magazine without a cover shows its first page', async (t) => {
  const { db } = site
  const image = await db
    .selectFrom('media')
    .select('id')
    .where('kind', '=', 'image')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  const issue = await db
    .selectFrom('issues')
    .select(['slug', 'pdf_id', 'number'])
    .where('pdf_id', 'is not', null)
    .orderBy('number', 'desc')
    .executeTakeFirstOrThrow()
  await db.updateTable('issues').set({ cover_id: null }).where('number', '=', issue.number).execute()
  await addSlides(db, issue.pdf_id ?? 0, [{ image_id: image.id, title: 'Page 1', text: '', notes: '' }])
  for (const place of ['/bonus', `/bonus/entre-nous/${issue.slug}`]) {
    const read = await site.visit(place, { as: 'camille' })
    t.ok(read.document.querySelector(`img[src^="/medias/${image.id}/"]`), place)
  }
  await db.updateTable('media').set({ trashed_at: new Date() }).where('id', '=', image.id).execute()
  t.equal((await site.visit('/bonus', { as: 'camille' })).status, 200, 'also when that image is gone')
})

t.test('a page may be published before its presentation is ready', async (t) => {
  await site.db.deleteFrom('slides').where('media_id', '=', shown.id).execute()
  await site.db.updateTable('media').set({ preparation: 'waiting' }).where('id', '=', shown.id).execute()
  const page = await site.visit(address, { as: 'camille' })
  t.match(page.text, 'Sa version à lire ici est en préparation.')
  t.ok(page.document.querySelector(`a[href^="/medias/${shown.id}/"]`))
  await site.db.updateTable('media').set({ preparation: 'failed' }).where('id', '=', shown.id).execute()
  t.notMatch((await site.visit(address, { as: 'camille' })).text, 'en préparation')
})
