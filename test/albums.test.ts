/** Albums: the order of the clock, what may be downloaded, fifty photos at once, and the large view on phones and desks. */
import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'
import t, { type Test } from 'tap'
import { startRenditions } from '../src/media/images/renditions.ts'
import { storeFile } from '../src/media/uploads.ts'
import { axe, evaluate, openBrowser, type Page } from './support/browser.ts'
import { openSite, type Person } from './support/site.ts'

t.setTimeout(300_000)
const site = await openSite(t, { listen: true })
const { db } = site
const { uploadsDir } = site.config
const browser = await openBrowser(t, site.origin)

async function addPhoto(title: string, taken?: string, width = 1600): Promise<number> {
  const background = { r: title.length * 7, g: title.charCodeAt(0), b: title.charCodeAt(1) }
  const image = sharp({ create: { width, height: Math.round(width * 0.75), channels: 3, background } })
  const source = await (taken ? image.withExif({ IFD2: { DateTimeOriginal: taken } }) : image).jpeg().toBuffer()
  const file = { uploadsDir, source, filename: `${title}.jpg`, title, details: { alt: `${title}, vue de loin` } }
  return (await storeFile(db, file)).id
}

async function makeRenditions(): Promise<void> {
  const maker = startRenditions({ db, uploadsDir, log: site.app.log })
  await maker.idle()
  await maker.stop()
}

/** Publishes an album with these photos; gives its screen and its address. */
async function publishAlbum(titre: string, ids: number[], values: Record<string, string> = {}) {
  const ines = await site.signIn('ines')
  const created = await ines.post('/gestion/albums')
  const screen = String(created.headers.location)
  await ines.post(`${screen}/photos`, { photos: ids.map(String) })
  const form = await ines.visit(screen)
  const done = await ines.submit(form, { titre, date: '2026-07-14', ...values }, { button: 'Publier' })
  if (done.status !== 200) throw new Error(`${titre} was not published: ${done.text}`)
  const { slug } = await db.selectFrom('albums').select('slug').where('title', '=', titre).executeTakeFirstOrThrow()
  return { screen, address: `/bonus/galerie/${slug}` }
}

const morning = await addPhoto('Matin', '2026:07:14 09:00:00')
const evening = await addPhoto('Soir', '2026:07:14 19:00:00')
const noon = await addPhoto('Midi', '2026:07:14 12:00:00')
const undated = await addPhoto('Sans date')
await makeRenditions()

async function statusOf(url: string, as: Person): Promise<number> {
  return (await (await site.signIn(as)).request({ method: 'GET', url })).statusCode
}

t.test('« Ranger par date de prise de vue » is a draft like another', async (t) => {
  const { screen, address } = await publishAlbum('Fête du matin au soir', [evening, undated, noon, morning])
  const ines = await site.signIn('ines')
  const before = await ines.visit(screen)
  const sorted = await ines.submit(before, {}, { button: 'Ranger par date de prise de vue' })
  t.match(sorted.text, 'Les photos sont rangées par date de prise de vue. 1\u00a0fichier sans date reste à la fin.')
  const links = sorted.document.querySelectorAll('a[data-album-title]').map(({ textContent }) => textContent.trim())
  t.same(links.slice(0, 4), ['Matin', 'Midi', 'Soir', 'Sans date'])
  const shown = await site.visit(address, { as: 'camille' })
  const second = shown.document.querySelectorAll('.album__link img')[1]?.getAttribute('src')
  t.match(second, `/medias/${evening}/`, 'readers still see the order that was published')
  const history = await ines.visit(`${screen}/historique`)
  t.match(history.text, /enregistré|brouillon/i, 'and the history can bring the former order back')
})

t.test(
  'downloads: a link with its weight where the album allows it; only what a screen needs where it does not',
  async (t) => {
    const open = await publishAlbum('Album ouvert', [morning, noon])
    const page = await site.visit(open.address, { as: 'camille' })
    const link = page.document.querySelector('.album__link')
    t.match(link?.getAttribute('href'), /\/1440\.webp\?v=/, 'the large view is a rendition')
    t.match(link?.getAttribute('data-lightbox-weight'), /^\d+\sko$/)
    t.equal(await statusOf(link?.getAttribute('data-lightbox-download') ?? '', 'camille'), 200)

    const closed = await publishAlbum('Album fermé', [evening, undated], { telechargement: 'non' })
    const shut = await site.visit(closed.address, { as: 'camille' })
    t.notOk(shut.document.querySelector('[data-lightbox-download][href^="/"]'))
    t.notMatch(shut.html, 'telecharger')
    for (const person of ['camille', 'nadia', 'paul'] as const) {
      t.equal(await statusOf(`/medias/${evening}/Soir.jpg`, person), 404, `${person} and the file itself`)
      t.equal(await statusOf(`/medias/${evening}/Soir.jpg?telecharger=1`, person), 404)
      t.equal(await statusOf(`/medias/${evening}/1440.webp`, person), 200, `${person} and what is shown`)
    }
    t.equal(await statusOf(`/medias/${evening}/Soir.jpg`, 'ines'), 200, 'the webmaster keeps the file')
    const screen = await site.visit(closed.screen, { as: 'ines' })
    t.match(screen.text, 'Une image que l’on voit peut toujours être copiée')
    t.ok(screen.document.querySelector('input[name="telechargement"][value="non"]')?.hasAttribute('checked'))
  }
)

async function until(page: Page, expression: string): Promise<void> {
  const end = Date.now() + 120_000
  while (!(await evaluate(page, expression))) {
    if (Date.now() > end) throw new Error(`Never: ${expression}`)
    await sleep(100)
  }
}

async function openAs(t: Test, person: Person, options: Parameters<typeof browser.newVisitor>[1] = {}): Promise<Page> {
  const context = await browser.newVisitor(t, options)
  const visitor = await site.signIn(person)
  await context.addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url: site.origin })))
  return context.newPage()
}

t.test(
  'the large view: the size of the screen, the keyboard, a finger, a caption, a download, the way out',
  async (t) => {
    const { address } = await publishAlbum('Grande vue', [morning, noon, undated])
    for (const [width, height, deviceScaleFactor, wanted] of [
      [360, 760, 1.5, 640],
      // As wide as the height of the stage lets it be.
      [1280, 760, 1, 960],
      [1900, 1300, 1, 1440]
    ] as const) {
      const page = await openAs(t, 'camille', { viewport: { width, height }, deviceScaleFactor })
      const asked: string[] = []
      page.on('request', (request) => asked.push(request.url()))
      await page.goto(address)
      await page.locator('.album__link').first().click()
      const image = page.locator('[data-lightbox-stage] img')
      await until(page, "document.querySelector('[data-lightbox-stage] img')?.complete === true")
      t.match(
        await evaluate(page, "document.querySelector('[data-lightbox-stage] img').currentSrc"),
        `/${wanted}.avif`,
        `${width} px`
      )
      t.match(await image.getAttribute('alt'), 'vue de loin')
      t.notOk(
        asked.some((url) => /\.jpg$/.test(url)),
        'no original is fetched'
      )
      t.same(await axe(page), [])
      t.ok(await evaluate(page, 'document.documentElement.scrollWidth <= innerWidth'))
      const box = await image.boundingBox()
      t.ok(box && box.width > 100 && box.height > 100 && box.y + box.height <= height, 'it fits')
    }
    const page = await openAs(t, 'camille', { viewport: { width: 360, height: 760 }, hasTouch: true, isMobile: true })
    await page.goto(address)
    const position = page.locator('[data-lightbox-position]')
    await page.locator('.album__link').first().click()
    await page.keyboard.press('ArrowRight')
    t.equal(await position.textContent(), '2 sur 3')
    await page.keyboard.press('End')
    t.equal(await position.textContent(), '3 sur 3')
    await page.keyboard.press('Home')
    t.equal(await position.textContent(), '1 sur 3')
    const swipe = async (from: number, to: number, down = 0): Promise<void> => {
      const client = await page.context().newCDPSession(page)
      const at = (x: number, y: number) => ({ touchPoints: [{ x, y }] })
      await client.send('Input.dispatchTouchEvent', { type: 'touchStart', ...at(from, 300) })
      await client.send('Input.dispatchTouchEvent', { type: 'touchMove', ...at(to, 300 + down) })
      await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
      await client.detach()
    }
    await swipe(300, 80)
    t.equal(await position.textContent(), '2 sur 3', 'a finger to the left: the next one')
    await swipe(80, 300)
    t.equal(await position.textContent(), '1 sur 3')
    await swipe(200, 180)
    t.equal(await position.textContent(), '1 sur 3', 'a tremble is no gesture')
    t.match(await page.locator('dialog [data-lightbox-download]').textContent(), /^Télécharger \(\d+\sko\)$/)
    t.equal(await page.locator('dialog [data-lightbox-removal]').getAttribute('href'), `/medias/${morning}/retrait`)
    t.match(
      String(await evaluate(page, "getComputedStyle(document.querySelector('[data-lightbox-stage]')).touchAction")),
      'pinch-zoom'
    )
    await page.keyboard.press('Escape')
    t.equal(await page.locator('dialog[open]').count(), 0)
    t.ok(
      await evaluate(page, "document.activeElement.matches('.album__link')"),
      'the focus comes back to the thumbnail'
    )
  }
)

t.test(
  'the large view keeps its picture where there is little height: a phone on its side, a zoom of 400 %',
  async (t) => {
    const { address } = await publishAlbum('Peu de hauteur', [morning, noon])
    for (const [width, height, atLeast] of [
      [740, 360, 300],
      [320, 256, 100]
    ] as const) {
      const page = await openAs(t, 'camille', { viewport: { width, height } })
      await page.goto(address)
      await page.locator('.album__link').first().click()
      await until(page, "document.querySelector('[data-lightbox-stage] img')?.complete === true")
      const box = await page.locator('[data-lightbox-stage]').boundingBox()
      t.ok(box && box.height >= atLeast && box.y + box.height <= height, `${width} px: ${box?.height} px high`)
      t.same(await axe(page), [])
      await page.locator('dialog [data-lightbox-removal]').scrollIntoViewIfNeeded()
      await page.locator('dialog [data-lightbox-removal]').click()
      await page.waitForURL(/\/retrait$/)
    }
  }
)

t.test('the important point stays in sight on the thumbnail and on the cover, and not in the large view', async (t) => {
  const { address } = await publishAlbum('Cadrage', [noon])
  await db.updateTable('media').set({ focal_x: 12, focal_y: 88 }).where('id', '=', noon).execute()
  for (const path of [address, '/bonus']) {
    const page = await site.visit(path, { as: 'camille' })
    const image = page.document
      .querySelectorAll('main img')
      .find((img) => img.getAttribute('src')?.includes(`/medias/${noon}/`))
    t.equal(image?.getAttribute('class'), 'focal-x-1 focal-y-9', path)
  }
  const page = await openAs(t, 'camille', { viewport: { width: 360, height: 760 } })
  await page.goto(address)
  t.equal(
    await evaluate(page, "getComputedStyle(document.querySelector('.album__link img')).objectPosition"),
    '10% 90%'
  )
  await page.locator('.album__link').first().click()
  t.equal(await page.locator('[data-lightbox-stage] img').getAttribute('class'), null)
})

t.test('fifty photos dropped at once all arrive, and are put in the order of the clock', async (t) => {
  const ines = await site.signIn('ines')
  const screen = String((await ines.post('/gestion/albums')).headers.location)
  const page = await openAs(t, 'ines', { viewport: { width: 1280, height: 900 } })
  await page.goto(screen)
  await page.waitForSelector('.bring')
  const photos = await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      const minute = String(59 - index).padStart(2, '0')
      const buffer = await sharp({
        create: { width: 80, height: 60, channels: 3, background: { r: index, g: 90, b: 40 } }
      })
        .withExif({ IFD2: { DateTimeOriginal: `2026:07:14 10:${minute}:00` } })
        .jpeg()
        .toBuffer()
      return { name: `Photo ${index}.jpg`, mimeType: 'image/jpeg', buffer }
    })
  )
  await page.locator('.bring input[type="file"]').setInputFiles(photos)
  t.match(await page.locator('.bring .upload__text').last().textContent(), 'En attente', 'they wait for their turn')
  await until(page, "document.querySelectorAll('[data-album] ol > li').length === 50")
  t.equal(await page.locator('.bring .upload__file--refused').count(), 0, 'none is refused')
  await page.getByRole('button', { name: 'Enregistrer' }).first().click()
  await page.getByRole('button', { name: 'Ranger par date de prise de vue' }).click()
  await page.getByText('Les photos sont rangées par date de prise de vue.').waitFor()
  const titles = await page.locator('.album-line a[data-album-title]').allTextContents()
  t.same(
    titles,
    Array.from({ length: 50 }, (_, index) => `Photo ${49 - index}`)
  )
  const first = page.locator('.album-line').first()
  await first.locator('[data-gesture="down"]').focus()
  await page.keyboard.press('Enter')
  t.equal(await page.locator('.album-line a[data-album-title]').nth(1).textContent(), 'Photo 49', 'by the keyboard')
})
