/** Films as readers play them, and as their captions are written beside them, in a real browser. */
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { storeFile, storeMadeFiles } from '../src/media/uploads.ts'
import { axe, evaluate, openBrowser, type Page, type VisitorOptions } from './support/browser.ts'
import { openSite, type Person } from './support/site.ts'

t.setTimeout(240_000)
const site = await openSite(t, { listen: true })
const { db } = site
const browser = await openBrowser(t, site.origin)
const folder = path.join(import.meta.dirname, '../src/demonstration/files')
const film = await prepareFilm()

/** A film in two sizes, with captions, a transcript and chapters, on the page of a direction and in an album. */
async function prepareFilm() {
  const { id } = await storeFile(db, {
    uploadsDir: site.config.uploadsDir,
    source: { path: path.join(folder, 'video-presentation.mp4') },
    filename: 'presentation.mp4',
    title: 'Notre projet en images',
    details: { transcript: 'Tout commence en 2020.' }
  })
  const captions = await storeFile(db, {
    uploadsDir: site.config.uploadsDir,
    source: { path: path.join(folder, 'video-presentation.vtt') },
    filename: 'presentation.vtt',
    title: 'Notre projet en images, sous-titres'
  })
  const poster = await db
    .selectFrom('media')
    .select('id')
    .where('kind', '=', 'image')
    .limit(1)
    .executeTakeFirstOrThrow()
  const sizes = ['video-culture.mp4', 'video-presentation.mp4'].map((name) => ({ path: path.join(folder, name) }))
  await db.transaction().execute(async (trx) => {
    const [light, better] = await storeMadeFiles(trx, site.config.uploadsDir, sizes)
    if (!light || !better) throw new Error('Both sizes are stored.')
    await trx
      .insertInto('renditions')
      .values([
        { media_id: id, format: 'mp4', width: 640, height: 360, ...light },
        { media_id: id, format: 'mp4', width: 1280, height: 720, ...better },
        { media_id: id, format: 'm4a', width: 0, height: 0, ...light }
      ])
      .execute()
    const chapters = [
      { at: 0, title: 'Le début' },
      { at: 8.5, title: 'Les ateliers' }
    ]
    await trx
      .updateTable('media')
      .set({
        preparation: 'ready',
        captions_id: captions.id,
        poster_id: poster.id,
        width: 1280,
        height: 720,
        chapters: JSON.stringify(chapters)
      })
      .where('id', '=', id)
      .execute()
  })
  const direction = await db.selectFrom('directions').select(['id', 'slug']).orderBy('id').executeTakeFirstOrThrow()
  await db.insertInto('direction_media').values({ direction_id: direction.id, media_id: id, order: 0 }).execute()
  const album = await db.selectFrom('albums').select(['id', 'slug']).orderBy('id').executeTakeFirstOrThrow()
  await db.insertInto('album_media').values({ album_id: album.id, media_id: id, order: 0, caption: '' }).execute()
  return { id, page: `/directions/${direction.slug}`, album: `/bonus/galerie/${album.slug}` }
}

async function open(t: Test, person: Person, address: string, options: VisitorOptions = {}): Promise<Page> {
  const context = await browser.newVisitor(t, options)
  const { cookies } = await site.signIn(person)
  await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: site.origin })))
  const page = await context.newPage()
  await page.goto(address)
  return page
}

const inPlayer = "document.querySelector('[data-video] video')"

/** Waits until an expression holds in the page. */
async function until(page: Page, expression: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await evaluate(page, `Boolean(${expression})`)) return
    await sleep(100)
  }
  throw new Error(`It never came true: ${expression}`)
}

const sizeNames = { light: 'Économique (', better: 'Meilleure image (' }

/** The player of the film that this file is about. */
function playerOf(page: Page) {
  return page.locator('[data-video]').filter({ has: page.getByLabel('Notre projet en images', { exact: true }) })
}

t.test(
  'nothing of a film is fetched before it is asked for, and its sizes are announced with their weights',
  async (t) => {
    const context = await browser.newVisitor(t, { viewport: { width: 360, height: 740 } })
    const { cookies } = await site.signIn('camille')
    await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: site.origin })))
    const page = await context.newPage()
    const fetched: string[] = []
    page.on('request', (request) => {
      if (/\.(?:mp4|m4a)\b/.test(request.url())) fetched.push(request.url())
    })
    await page.goto(film.page)
    const player = playerOf(page)
    const light = player.getByRole('radio', { name: sizeNames.light })
    await light.waitFor()
    t.equal(await light.isChecked(), true, 'the light one on a phone')
    t.match(
      await player.getByRole('group', { name: 'Qualité de Notre projet en images' }).textContent(),
      /Économique \([\d,]+\s[km]o\)/i
    )
    await page.waitForLoadState('networkidle')
    t.same(fetched, [])

    await player.getByRole('radio', { name: sizeNames.better }).check()
    t.match(await player.locator('video').getAttribute('src'), /\/1280\.mp4/)
    await page.reload()
    t.equal(await playerOf(page).getByRole('radio', { name: sizeNames.better }).isChecked(), true, 'it is remembered')
    await page.goto(film.album)
    t.same(fetched, [], 'still nothing')
    await page.getByRole('link', { name: /Vidéo/ }).first().click()
    const dialog = page.getByRole('dialog')
    t.equal(await dialog.getByRole('radio', { name: sizeNames.better }).isChecked(), true, 'in an album too')
    t.match(await dialog.locator('video').getAttribute('src'), /\/1280\.mp4/)
    t.match(await dialog.locator('track[kind="captions"]').getAttribute('src'), 'presentation.vtt')
    await dialog.getByRole('radio', { name: sizeNames.better }).press('ArrowLeft')
    t.equal(
      await dialog.getByRole('radio', { name: sizeNames.light }).isChecked(),
      true,
      'arrows choose, and leave the film on the stage'
    )
    t.match(await dialog.locator('video').getAttribute('src'), /\/640\.mp4/)
    t.match(await dialog.locator('track[kind="captions"]').getAttribute('src'), 'presentation.vtt', 'with its captions')
  }
)

t.test('a large screen begins with the better image', async (t) => {
  const page = await open(t, 'camille', film.page, { viewport: { width: 1280, height: 800 } })
  t.equal(await playerOf(page).getByRole('radio', { name: sizeNames.better }).isChecked(), true)
})

t.test('without scripts, sizes and chapters are links, and the film chooses by the screen', async (t) => {
  const page = await open(t, 'camille', film.page, { javaScriptEnabled: false })
  const player = playerOf(page)
  t.match(await player.getByRole('link', { name: sizeNames.light }).getAttribute('href'), /\/640\.mp4/)
  t.match(await player.getByRole('link', { name: 'Les ateliers' }).getAttribute('href'), /\/640\.mp4\?v=\w+#t=8\.5$/)
  t.equal(await player.locator('source').count(), 2)
  await player.getByRole('link', { name: 'Transcription' }).click()
  t.equal(await player.getByText('Tout commence en 2020.').isVisible(), true, 'the link opens what it leads to')
})

t.test('a chapter leads into the film, which goes on from there in another size', async (t) => {
  const page = await open(t, 'camille', film.page)
  const canPlay = await evaluate(
    page,
    'document.createElement("video").canPlayType(\'video/mp4; codecs="avc1.4d401f"\')'
  )
  const player = playerOf(page)
  await player.getByRole('link', { name: 'Les ateliers' }).press('Enter')
  t.equal(await evaluate(page, `document.activeElement === ${inPlayer}`), true, 'the keyboard is in the player')
  if (canPlay === '') {
    return t.match(await player.locator('video').getAttribute('src'), /\.mp4/, 'this browser was built without H.264')
  }
  await until(page, `${inPlayer}.currentTime >= 8.5`)
  await evaluate(page, `${inPlayer}.pause()`)
  const before = Number(await evaluate(page, `${inPlayer}.currentTime`))
  await player.getByRole('radio', { name: sizeNames.light }).check()
  await until(page, `${inPlayer}.src.includes('640.mp4') && ${inPlayer}.readyState > 0 && ${inPlayer}.currentTime > 0`)
  const after = Number(await evaluate(page, `${inPlayer}.currentTime`))
  t.ok(Math.abs(after - before) < 0.5, `${before} s, then ${after} s`)
  t.equal(await evaluate(page, `${inPlayer}.paused`), true, 'stopped, it stays so')
})

t.test('every part of the player has its name and its role, and the keyboard reaches it in order', async (t) => {
  const page = await open(t, 'camille', film.page)
  const player = playerOf(page)
  await player.getByRole('radio', { name: sizeNames.better }).waitFor()
  const tree = await player.ariaSnapshot()
  for (const part of [
    'group "Qualité de Notre projet en images"',
    'radio "Meilleure image (',
    'navigation "Chapitres de Notre projet en images"',
    'link "0:08 Les ateliers"',
    'link "Transcription de Notre projet en images"',
    'link "Télécharger la vidéo Notre projet en images"'
  ]) {
    t.match(tree, part)
  }
  t.match(tree, /radio "Meilleure image[^"]*" \[checked\]/)
  await player.locator('video').focus()
  const reached: string[] = []
  for (
    let presses = 0;
    presses < 25 && !reached.includes('Lire la transcription de Notre projet en images');
    presses += 1
  ) {
    await page.keyboard.press('Tab')
    const name = String(
      await evaluate(
        page,
        `(document.activeElement instanceof HTMLMediaElement ? 'film'
          : (document.activeElement.closest('label') ?? document.activeElement).textContent.trim().replaceAll(/\\s+/g, ' '))`
      )
    )
    if (name !== 'film' && name !== reached.at(-1)) reached.push(name)
  }
  t.match(
    reached.join(' | '),
    /Meilleure image.+Transcription de.+Télécharger.+Le début.+Les ateliers.+Écouter le son seul.+Lire la transcription/
  )
})

t.test(
  'axe finds nothing in the player nor beside the captions, light and dark, on the narrowest screen',
  async (t) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const [person, address] of [
        ['camille', film.page],
        ['ines', `/gestion/mediatheque/${film.id}/sous-titres`],
        ['ines', `/gestion/mediatheque/${film.id}`]
      ] as const) {
        const page = await open(t, person, address, { viewport: { width: 320, height: 640 }, colorScheme })
        t.same(await axe(page), [], `${address}, ${colorScheme}`)
        const width = Number(await evaluate(page, 'document.documentElement.scrollWidth'))
        t.ok(width <= 320, `${address} is ${width} px wide`)
      }
    }
  }
)

t.test('captions are written beside the film, by the keyboard, and show on it at once', async (t) => {
  const page = await open(t, 'ines', `/gestion/mediatheque/${film.id}/sous-titres`)
  const lines = page.locator('[data-caption-line]')
  const count = await lines.count()
  const first = lines.first()
  await first.getByLabel('Texte').fill('Des mots\nnouveaux')
  const shown = async () =>
    (await evaluate(
      page,
      `[...document.querySelector('[data-captions] video').textTracks].filter((track) => track.mode === 'showing')
        .map((track) => [...track.cues].map((cue) => cue.text))`
    )) as string[][]
  t.equal((await shown()).length, 1, 'one track shows, that of the lines')
  t.equal((await shown())[0]?.[0], 'Des mots\nnouveaux')
  t.equal(await page.getByText('Pas encore enregistré').isVisible(), true)

  await first.getByLabel('Texte').press('Control+Enter')
  t.equal(await lines.count(), count + 1)
  const added = lines.nth(1)
  t.equal(await evaluate(page, "document.activeElement === document.querySelectorAll('[data-caption-text]')[1]"), true)
  t.equal(await added.locator('[data-caption-number]').textContent(), '2')
  await added.getByLabel('Début').fill('0:30')
  await added.getByLabel('Fin').fill('0:31')
  await added.getByLabel('Texte').fill('Une phrase bien trop longue pour une seconde à l’écran')
  t.match(await added.locator('[data-caption-advice]').textContent(), 'coupez-la avant 42')
  await added.getByRole('button', { name: 'Prendre la position de la vidéo pour le début' }).click()
  t.match(await added.getByLabel('Début').inputValue(), /^\d+:\d\d(?:,\d+)?$/)
  await added.getByRole('button', { name: 'Supprimer' }).click()
  t.equal(await lines.count(), count)

  let warned = false
  page.once('dialog', (dialog) => {
    warned = dialog.type() === 'beforeunload'
    void dialog.dismiss()
  })
  await page.goto('/gestion/mediatheque').catch(() => undefined)
  t.equal(warned, true, 'leaving without saving asks first')
  await page.getByRole('button', { name: 'Enregistrer les sous-titres' }).dblclick()
  await page.getByText(/sous-titres enregistrés/).waitFor()
  t.equal(await first.getByLabel('Texte').inputValue(), 'Des mots\nnouveaux')
})

t.test('the advice and the times of the browser are those of the server', async (t) => {
  const page = await open(t, 'ines', `/gestion/mediatheque/${film.id}/sous-titres`)
  const { adviceOnLine } = await import('../src/media/video/captions.ts')
  const line = page.locator('[data-caption-line]').first()
  for (const [start, end, text] of [
    ['0:01', '0:02', 'Vingt-cinq caractères ici.'],
    ['0:01,0', '0:01,5', 'Oui'],
    ['1', '9', 'a\nb\nc'],
    ['0:00:01', '0:09', 'x'.repeat(43)],
    ['x', '0:09', 'Bonjour'],
    ['0:01', '0:09', 'Bonjour à tous.']
  ] as const) {
    await line.getByLabel('Début').fill(start)
    await line.getByLabel('Fin').fill(end)
    await line.getByLabel('Texte').fill(text)
    t.equal(await line.locator('[data-caption-advice]').textContent(), adviceOnLine({ start, end, text }) ?? '', text)
  }
  page.on('dialog', (dialog) => void dialog.accept())
})

t.test('the picture that the player shows is asked for in one press', async (t) => {
  const page = await open(t, 'ines', `/gestion/mediatheque/${film.id}`)
  await page.getByRole('button', { name: 'Prendre l’image affichée' }).click()
  await page.getByText('est en préparation').first().waitFor()
  const row = await db.selectFrom('media').select('frame_wanted').where('id', '=', film.id).executeTakeFirstOrThrow()
  t.equal(row.frame_wanted, 0)
  await page.getByLabel('À quel moment de la vidéo').fill('9:99')
  await page.getByRole('button', { name: 'Prendre cette image' }).click()
  t.equal(await page.getByLabel('À quel moment de la vidéo').inputValue(), '9:99', 'what was typed comes back')
  t.equal(
    await page.getByRole('textbox', { name: 'Titre' }).inputValue(),
    'Notre projet en images',
    'and the rest of the page is there'
  )
})

t.test('renditions are read from any moment', async (t) => {
  const camille = await site.signIn('camille')
  for (const name of ['640.mp4', '1280.mp4', '0.m4a']) {
    const whole = await camille.request({ url: `/medias/${film.id}/${name}` })
    const size = Number(whole.headers['content-length'])
    t.equal(whole.statusCode, 200)
    for (const [range, length] of [
      ['bytes=0-1', 2],
      [`bytes=${Math.floor(size / 2)}-`, size - Math.floor(size / 2)],
      ['bytes=-100', 100]
    ] as const) {
      const part = await camille.request({ url: `/medias/${film.id}/${name}`, headers: { range } })
      t.equal(part.statusCode, 206, `${name} ${range}`)
      t.equal(Number(part.headers['content-length']), length)
      t.match(part.headers['content-range'], new RegExp(`^bytes \\d+-\\d+/${size}$`))
    }
    const beyond = await camille.request({ url: `/medias/${film.id}/${name}`, headers: { range: `bytes=${size}-` } })
    t.equal(beyond.statusCode, 416)
  }
})

t.test(
  'readers take away a film that does not tell where it was filmed; the webmaster may take back what was sent',
  async (t) => {
    const original = `/medias/${film.id}/presentation.mp4`
    const [camille, ines] = [await site.signIn('camille'), await site.signIn('ines')]
    t.equal((await camille.request({ method: 'GET', url: original })).statusCode, 404)
    t.equal((await ines.request({ method: 'GET', url: original })).statusCode, 200)
    const page = await camille.visit(film.page)
    const link = page.document.querySelector(`#video-${film.id} a[href*="telecharger"]`)?.getAttribute('href') ?? ''
    t.match(link, new RegExp(`^/medias/${film.id}/1280\\.mp4\\?v=\\w+&telecharger=1$`))
    const taken = await camille.request({ method: 'GET', url: link })
    t.equal(taken.statusCode, 200)
    t.match(taken.headers['content-disposition'], /^attachment/)
    const gestion = await ines.visit(`/gestion/mediatheque/${film.id}`)
    t.ok(gestion.document.querySelector(`a.document[href="${original}"]`), 'its page leads to it')
  }
)
