/** Whole stories in a real Chromium, against a real mail server: what only a browser can tell. */
import t from 'tap'
import { axe, type BrowserContext, evaluate, openBrowser, type Page } from './support/browser.ts'
import { cast, openSite } from './support/site.ts'

t.setTimeout(240_000)
const site = await openSite(t, { listen: true })
const browser = await openBrowser(t, site.origin)
const phone = { width: 360, height: 740 }
const desk = { width: 1280, height: 900 }

const slugOf = async (table: 'engagements' | 'directions' | 'issues' | 'albums'): Promise<string> =>
  (await site.db.selectFrom(table).select('slug').orderBy('id').executeTakeFirstOrThrow()).slug
const withDeck = await site.db
  .selectFrom('directions')
  .innerJoin('direction_media', 'direction_media.direction_id', 'directions.id')
  .innerJoin('slides', 'slides.media_id', 'direction_media.media_id')
  .select('directions.slug')
  .executeTakeFirstOrThrow()
const publicSheet = await site.db
  .selectFrom('actions')
  .select(['slug', 'title'])
  .where('visibility', '=', 'public')
  .orderBy('number')
  .executeTakeFirstOrThrow()
const pages = [
  '/',
  '/demarche',
  '/directions',
  `/directions/${withDeck.slug}`,
  '/engagements',
  '/engagements?mots=xyzzyintrouvable',
  '/engagements?statut=en_cours&engagement=1',
  `/engagements/${await slugOf('engagements')}`,
  `/actions/${publicSheet.slug}`,
  '/bonus',
  `/bonus/entre-nous/${await slugOf('issues')}`,
  `/bonus/galerie/${await slugOf('albums')}`,
  '/recherche?q=eau',
  '/compte',
  '/plan-du-site',
  '/mentions-legales',
  '/confidentialite',
  '/accessibilite',
  '/n-existe-pas'
]
const pagesOfVisitors = [
  '/connexion',
  `/actions/${publicSheet.slug}`,
  '/accessibilite',
  '/plan-du-site',
  '/n-existe-pas'
]

async function codeFor(email: string): Promise<string> {
  const message = await site.mailbox.next((received) => received.to.includes(email))
  return /\b(\d{3})\s?(\d{3})\b/.exec(message.subject)?.slice(1).join('') ?? ''
}

/** A browser where somebody is signed in: the session of the quick way, in a real cookie. */
async function enter(context: BrowserContext, person: keyof typeof cast): Promise<void> {
  const visitor = await site.signIn(person)
  await context.addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url: site.origin })))
}

for (const javaScriptEnabled of [true, false]) {
  t.test(
    `an agent goes from the sign-in page to a sheet on a phone, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`,
    async (t) => {
      const context = await browser.newVisitor(t, {
        viewport: phone,
        hasTouch: true,
        isMobile: true,
        javaScriptEnabled
      })
      const page = await context.newPage()
      const screens: string[] = []
      page.on('framenavigated', (frame) => {
        if (frame === page.mainFrame()) screens.push(new URL(frame.url()).pathname)
      })
      let typed = 0
      await page.goto('/connexion')
      await page.getByRole('textbox').fill('camille.robin')
      typed += 1
      await page.locator('main button[type="submit"]').click()
      await page.waitForURL('**/connexion/code')
      await page.getByRole('textbox').fill(await codeFor(cast.camille))
      typed += 1
      await page.locator('main button[type="submit"]').first().click()
      await page.waitForURL(`${site.origin}/`)
      await page.locator('main a[href^="/actions/"]').first().click()
      await page.waitForURL('**/actions/*')
      t.match(await page.locator('h1').textContent(), /\S{3}/, 'the sheet has a title')
      t.ok(screens.length <= 4, `${screens.join(' → ')} is ${screens.length} screens`)
      t.equal(typed, 2)
    }
  )
}

t.test('a public address that needs a member leads there once signed in', async (t) => {
  const context = await browser.newVisitor(t, { viewport: phone })
  const page = await context.newPage()
  await page.goto(`/actions/${publicSheet.slug}`)
  await page.locator('.reserved').first().getByRole('link', { name: 'Se connecter' }).click()
  await page.getByRole('textbox').fill(cast.paul)
  await page.locator('main button[type="submit"]').click()
  await page.waitForURL('**/connexion/code')
  await page.getByRole('textbox').fill(await codeFor(cast.paul))
  await page.locator('main button[type="submit"]').first().click()
  await page.waitForURL(`**/actions/${publicSheet.slug}`)
  t.equal(await page.getByText('Informations réservées aux membres').count(), 0)
})

t.test('the link of the message signs in by its button, in the browser that asked and in no other', async (t) => {
  const context = await browser.newVisitor(t, { viewport: phone })
  const page = await context.newPage()
  await page.goto('/connexion')
  await page.getByRole('textbox').fill(cast.nadia)
  await page.locator('main button[type="submit"]').click()
  await page.waitForURL('**/connexion/code')
  const message = await site.mailbox.next((received) => received.to.includes(cast.nadia))
  const link = /https?:\/\/\S+\/connexion\/lien\/[\w-]+/.exec(message.text)?.[0] ?? ''

  const stranger = await browser.newVisitor(t, { viewport: phone })
  const elsewhere = await stranger.newPage()
  await elsewhere.goto(link)
  t.equal(await elsewhere.locator('main form[action="/connexion/lien"]').count(), 0, 'another browser gets no button')

  await page.goto(link)
  t.match(page.url(), /\/connexion\/lien\//, 'opening the link is not enough')
  await page.locator('main form button[type="submit"]').click()
  await page.waitForURL(`${site.origin}/`)
})

t.test('a wrong code is explained, and the focus goes to the explanation', async (t) => {
  const context = await browser.newVisitor(t, { viewport: phone })
  const page = await context.newPage()
  await page.goto('/connexion')
  await page.getByRole('textbox').fill('quelqu-un@valbrune.example')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/connexion/code')
  await page.getByRole('textbox').fill('12 34')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Il y a un problème' }).waitFor()
  t.match(await page.title(), /^Erreur\u00a0: /)
  t.equal(await evaluate(page, 'document.activeElement.hasAttribute("data-error-summary")'), true)
  t.same(await axe(page), [], 'the page with an error is accessible')
  await page.locator('.error-summary a').first().click()
  t.equal(await evaluate(page, 'document.activeElement.name'), 'code', 'its link leads to the field')
  t.equal(await page.getByRole('textbox').inputValue(), '12 34', 'what was typed is still there')
})

t.test('everything can be done with the keyboard alone', async (t) => {
  const context = await browser.newVisitor(t, { viewport: desk })
  await enter(context, 'camille')
  const page = await context.newPage()
  await page.goto('/')
  await page.keyboard.press('Tab')
  t.match(await page.locator(':focus').textContent(), /Aller au contenu/, 'the first Tab is the skip link')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  t.equal(await evaluate(page, 'document.activeElement.closest("main") !== null'), true, 'it leads into the content')

  for (const path of ['/', '/engagements', `/directions/${withDeck.slug}`, `/actions/${publicSheet.slug}`]) {
    await page.goto(path)
    const reached = await tabThrough(page, 200)
    t.ok(reached.count >= 10, `${path}: ${reached.count} places take the focus`)
    t.same(reached.hidden, [], `${path}: the focus is always to be seen`)
    t.ok(reached.cameBack, `${path}: the focus is trapped nowhere`)
  }
})

/** Walks with Tab until the page was left: what took the focus without showing it. */
async function tabThrough(page: Page, atMost: number): Promise<{ count: number; hidden: string[]; cameBack: boolean }> {
  const hidden: string[] = []
  let count = 0
  for (let step = 0; step < atMost; step += 1) {
    await page.keyboard.press('Tab')
    const focus = (await evaluate(
      page,
      `(() => {
        const element = document.activeElement
        if (!element || element === document.body) return null
        const box = element.getBoundingClientRect()
        // A card draws the outline of its link around itself.
        const drawn = [getComputedStyle(element), getComputedStyle(element, '::after')]
        for (let parent = element.parentElement, up = 0; parent && up < 4; parent = parent.parentElement, up += 1) drawn.push(getComputedStyle(parent))
        const outlined = drawn.some((style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
        const above = document.elementFromPoint(box.x + box.width / 2, Math.min(box.y + box.height / 2, innerHeight - 1))
        const covered = box.width > 0 && above !== null && !element.contains(above) && !above.contains(element)
        const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0
        return { name: element.outerHTML.slice(0, 120), outlined: outlined || element.tagName === 'VIDEO', inside, covered }
      })()`
    )) as { name: string; outlined: boolean; inside: boolean; covered: boolean } | null
    if (focus === null) return { count, hidden, cameBack: true }
    count += 1
    if (!focus.outlined) hidden.push(`no outline: ${focus.name}`)
    if (!focus.inside) hidden.push(`out of sight: ${focus.name}`)
    if (focus.covered) hidden.push(`covered: ${focus.name}`)
  }
  return { count, hidden, cameBack: false }
}

t.test('axe is awake: it finds what was spoilt on purpose', async (t) => {
  const context = await browser.newVisitor(t, { viewport: phone })
  const page = await context.newPage()
  await page.goto('/connexion')
  await evaluate(page, 'document.querySelector("main").append(new Image(30, 30))')
  await evaluate(page, 'document.querySelector("label").remove()')
  const found = (await axe(page)).join('\n')
  t.match(found, /^image-alt:/m)
  t.match(found, /^label:/m)
})

t.test('a first visit asks for at most fifteen things', async (t) => {
  for (const path of ['/', '/engagements', `/actions/${publicSheet.slug}`, `/directions/${withDeck.slug}`]) {
    const context = await browser.newVisitor(t, { viewport: phone })
    await enter(context, 'camille')
    const page = await context.newPage()
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.goto(path, { waitUntil: 'networkidle' })
    t.ok(asked.length <= 15, `${path}: ${asked.length}, ${asked.join(' ')}`)
  }
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [phone, desk]) {
    t.test(`axe finds nothing in ${colorScheme}, ${viewport.width} px wide`, async (t) => {
      const member = await browser.newVisitor(t, { viewport, colorScheme, reducedMotion: 'reduce' })
      await enter(member, 'camille')
      const page = await member.newPage()
      for (const path of pages) {
        await page.goto(path)
        t.same(await axe(page), [], path)
      }
      const visitor = await browser.newVisitor(t, { viewport, colorScheme, reducedMotion: 'reduce' })
      const open = await visitor.newPage()
      for (const path of pagesOfVisitors) {
        await open.goto(path)
        t.same(await axe(open), [], `${path} (not signed in)`)
      }
    })
  }
}

t.test('axe finds nothing in the webmaster’s pages', async (t) => {
  const context = await browser.newVisitor(t, { viewport: phone })
  await enter(context, 'ines')
  const page = await context.newPage()
  for (const path of ['/gestion', '/compte']) {
    await page.goto(path)
    t.same(await axe(page), [], path)
  }
})

t.test('nothing is cut nor scrolls sideways at 320 px, with wide letters or with large text', async (t) => {
  const context = await browser.newVisitor(t, { viewport: { width: 320, height: 640 } })
  await enter(context, 'ines')
  const page = await context.newPage()
  const overflow = `(() => {
    const wide = [...document.querySelectorAll('main *, header *, footer *')].filter((element) => {
      const box = element.getBoundingClientRect()
      if (box.width === 0 || box.right <= innerWidth + 1) return false
      for (let parent = element; parent; parent = parent.parentElement) {
        if (/auto|scroll|hidden|clip/.test(getComputedStyle(parent).overflowX) && parent !== document.documentElement && parent !== document.body) return false
      }
      return getComputedStyle(element).position !== 'fixed'
    })
    const extra = document.documentElement.scrollWidth - innerWidth
    return extra > 0 ? [extra + ' px too wide', ...wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 120))] : []
  })()`
  // The text spacing of WCAG 1.4.12, as the bookmarklet does it: the policy of the site does not apply to a style sheet object.
  const spacing = `(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }')
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  })()`
  for (const path of [...pages, '/gestion']) {
    await page.goto(path)
    t.same(await evaluate(page, overflow), [], path)
    await evaluate(page, spacing)
    t.same(await evaluate(page, overflow), [], `${path} with wide letters`)
  }
  const visitor = await browser.newVisitor(t, { viewport: { width: 320, height: 640 } })
  const open = await visitor.newPage()
  for (const path of pagesOfVisitors) {
    await open.goto(path)
    t.same(await evaluate(open, overflow), [], `${path} (not signed in)`)
  }
})

t.test('an album opens large, and is leafed through with the keyboard', async (t) => {
  const context = await browser.newVisitor(t, { viewport: desk })
  await enter(context, 'camille')
  const page = await context.newPage()
  await page.goto(`/bonus/galerie/${await slugOf('albums')}`)
  const first = page.locator('[data-lightbox] .album__link').first()
  await first.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  const count = await page.locator('[data-lightbox] .album__link').count()
  t.equal(await dialog.locator('[data-lightbox-position]').textContent(), `1 sur ${count}`)
  t.same(await axe(page), [], 'the open album is accessible')
  await page.keyboard.press('ArrowRight')
  t.equal(await dialog.locator('[data-lightbox-position]').textContent(), `2 sur ${count}`)
  t.match(await dialog.locator('[data-lightbox-caption]').textContent(), /\S/, 'with its caption')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  t.equal(
    await evaluate(page, 'document.activeElement === document.querySelector("[data-lightbox] .album__link")'),
    true,
    'the focus comes back'
  )
  await first.click()
  await dialog.waitFor()
  await page.goBack()
  await dialog.waitFor({ state: 'hidden' })
  t.match(page.url(), /\/bonus\/galerie\//, '« back » closes the picture and stays in the album')
})

t.test('slides are leafed through with the keyboard, and read as text', async (t) => {
  const context = await browser.newVisitor(t, { viewport: desk, reducedMotion: 'reduce' })
  await enter(context, 'camille')
  const page = await context.newPage()
  await page.goto(`/directions/${withDeck.slug}`)
  const deck = page.locator('[data-deck]').first()
  const position = deck.locator('[data-deck-position]')
  await deck.locator('[data-deck-next]').waitFor()
  t.match(await position.textContent(), /^Diapositive 1 sur \d+/)
  await deck.locator('[data-deck-next]').focus()
  await page.keyboard.press('Enter')
  await deck.getByText(/^Diapositive 2 sur/).waitFor()
  await deck.locator('[data-deck-slides]').focus()
  await page.keyboard.press('ArrowRight')
  await deck.getByText(/^Diapositive 3 sur/).waitFor()
  await page.keyboard.press('ArrowLeft')
  await deck.getByText(/^Diapositive 2 sur/).waitFor()
  t.ok((await deck.locator('.slide details').count()) > 0, 'each slide has its words')
})

t.test('filters are used without JavaScript, and the address keeps them', async (t) => {
  const context = await browser.newVisitor(t, { viewport: phone, javaScriptEnabled: false })
  await enter(context, 'camille')
  const page = await context.newPage()
  await page.goto('/engagements')
  await page.locator('.filters > details > summary').click()
  await page.locator('input[name="statut"][value="realisee"]').check()
  await page.locator('.filters__submit').click()
  await page.waitForURL(/statut=realisee/)
  const count = await page.locator('.action-list > li').count()
  t.ok(count > 0 && count < 30, `${count} actions`)
})

t.test('a video plays, with its captions', async (t) => {
  const context = await browser.newVisitor(t, { viewport: desk })
  await enter(context, 'camille')
  const page = await context.newPage()
  await page.goto('/')
  const state = (await evaluate(
    page,
    `(async () => {
      const video = document.querySelector('video')
      if (!video) return { missing: true }
      video.preload = 'metadata'
      video.load()
      await new Promise((done) => { for (const name of ['loadedmetadata', 'error']) video.addEventListener(name, done); video.querySelector('source').addEventListener('error', done); setTimeout(done, 5000) })
      return { duration: video.duration, tracks: video.textTracks.length, type: video.querySelector('source').type, plays: video.canPlayType(video.querySelector('source').type) }
    })()`
  )) as { missing?: boolean; duration: number; tracks: number; type: string; plays: string }
  t.not(state.missing, true, 'the home page has a film')
  t.equal(state.tracks, 1)
  // Chromium may be built without the codecs of MP4; the file itself is then checked by its test.
  if (state.plays !== '') t.ok(state.duration > 5, `${state.duration} s`)
})

t.test('a sheet printed on paper keeps what is to be read and drops the rest', async (t) => {
  const context = await browser.newVisitor(t, { viewport: desk, colorScheme: 'dark' })
  await enter(context, 'camille')
  const page = await context.newPage()
  await page.goto(`/actions/${publicSheet.slug}`)
  await page.emulateMedia({ media: 'print' })
  t.equal(await page.locator('h1').isVisible(), true)
  t.equal(await page.locator('.timeline').isVisible(), true)
  for (const selector of ['.main-menu', '.search-form', '.skip-link', 'form[action="/deconnexion"]']) {
    t.equal(await page.locator(selector).first().isVisible(), false, `${selector} is not printed`)
  }
  const [background, ink] = (await evaluate(
    page,
    `[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('h1')).color].map((color) => {
      const context = document.createElement('canvas').getContext('2d'); context.fillStyle = color; context.fillRect(0, 0, 1, 1)
      const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data
      return alpha === 0 ? 255 : (red + green + blue) / 3
    })`
  )) as [number, number]
  t.ok(background > 240 && ink < 100, `dark ink (${ink}) on white paper (${background}), also in the dark`)
})

t.test('on a shared computer, who signs out leaves nothing behind', async (t) => {
  const context = await browser.newVisitor(t, { viewport: desk })
  const page = await context.newPage()
  await page.goto('/connexion')
  await page.getByRole('textbox').fill('visiteuse.du.poste@valbrune.example')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/connexion/code')
  await page.getByRole('textbox').fill(await codeFor('visiteuse.du.poste@valbrune.example'))
  await page.getByLabel('Poste partagé').check()
  await page.locator('main button[type="submit"]').first().click()
  await page.waitForURL(`${site.origin}/`)
  await page.getByRole('button', { name: 'Se déconnecter' }).click()
  await page.waitForURL('**/connexion')
  await page.goBack()
  t.match(page.url(), /\/connexion/, '« back » does not show the page again')
})
