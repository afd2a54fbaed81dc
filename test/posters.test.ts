/** What the city prints: every code leads where it says, every text fits, and voices read it too. */
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import t, { type Test } from 'tap'
import { codeOf } from '../src/gestion/posters-code.ts'
import { printable } from '../src/gestion/posters-pdf.ts'
import { type Poster, posterPdf } from '../src/gestion/posters-sheet.ts'
import { fitSentences, fitText } from '../src/gestion/posters-text.ts'
import { blobPath } from '../src/media/uploads.ts'
import { axe, openBrowser } from './support/browser.ts'
import { type ReadPdf, readPdf } from './support/pdf-text.ts'
import { readQr } from './support/qr-reader.ts'
import { openSite } from './support/site.ts'

t.setTimeout(120_000)
const site = await openSite(t, { listen: true })
// The site reads no SVG, whoever sends it; here those that it draws are looked at.
sharp.unblock({ operation: ['VipsForeignLoadSvg'] })
const { db } = site
const ines = await site.signIn('ines')

const page = { width: 595.28, height: 841.89 }

async function fetched(url: string) {
  const response = await ines.request({ method: 'GET', url })
  return { status: response.statusCode, headers: response.headers, bytes: response.rawPayload }
}

/** What a telephone reads in the codes of a page. */
async function codesOf({ codes }: ReadPdf): Promise<Set<string>> {
  const read = await Promise.all([...new Set(codes)].map((path) => readQr(asPicture(path, 90))))
  for (const { quiet } of read) if (quiet < 4) throw new Error(`Only ${quiet} modules of white around the code.`)
  return new Set(read.map(({ text }) => text))
}

function asPicture(path: string, side: number): Buffer {
  const size = side * 8
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${size}" height="${size}"><path d="${path}"/></svg>`
  )
}

/** No line leaves the paper, nor comes nearer to its edge than printers can print. */
function fits(t: Test, pdf: ReadPdf, name: string): void {
  t.equal(pdf.pages, 1, `${name}: one page`)
  for (const line of pdf.lines) {
    // Letters that lean on each other take less than the sum of their widths.
    t.ok(line.x >= 14 && line.x + line.width <= page.width - 38, `${name}: « ${line.text} »`)
    t.ok(line.y > 20 && line.y < page.height - 20, `${name}: « ${line.text} » is on the page`)
    t.ok(line.size >= 3.5, `${name}: « ${line.text} » can be read`)
  }
}

async function actionOf(where: 'agents' | 'public') {
  return db
    .selectFrom('actions')
    .innerJoin('engagements', 'engagements.id', 'actions.engagement_id')
    .select(['actions.id', 'actions.slug', 'actions.title', 'actions.number', 'engagements.title as engagement_title'])
    .where('actions.visibility', '=', where)
    .where('actions.published_at', 'is not', null)
    .orderBy('actions.number')
    .executeTakeFirstOrThrow()
}

const poster: Poster = {
  cityName: 'Gentilly',
  siteName: 'Le projet d’administration',
  logo: undefined,
  hue: 'prune',
  numeral: 5,
  eyebrow: 'Engagement 5 · Action 30',
  engagementTitle: 'Une ville qui prend soin de celles et ceux qui la servent',
  title: 'Œuvrer ensemble',
  status: 'en_cours',
  progress: undefined,
  summary: 'Un guichet, puis deux. Chacun sait à qui s’adresser.',
  picture: undefined,
  address: 'https://projet.ville.example/actions/oeuvrer-ensemble',
  isPublic: false
}

t.test('what is printed is the webmaster’s', async (t) => {
  const addresses = site.app.accessList.filter(({ url }) => url.startsWith('/gestion/affiches'))
  t.equal(addresses.filter(({ method }) => method === 'GET').length, 7)
  for (const { url } of addresses.filter(({ method }) => method === 'GET')) {
    const path = url.replace(/:id[^.]*/, '1')
    t.equal((await site.newVisitor().visit(path)).status, 303, url)
    for (const person of ['camille', 'nadia', 'paul'] as const) {
      t.equal((await (await site.signIn(person)).visit(path)).status, 403, `${url} as ${person}`)
    }
    t.equal((await ines.visit(path)).status, 200, url)
  }
})

t.test('the code of the site leads to the site, on the key ring, the badge and the page to cut', async (t) => {
  for (const [query, width] of [
    ['', '30mm'],
    ['?format=badge', '54mm'],
    ['?format=autre&format=x', '30mm']
  ] as const) {
    const { status, headers, bytes } = await fetched(`/gestion/affiches/site.svg${query}`)
    t.equal(status, 200)
    t.match(headers['content-type'], /^image\/svg\+xml/)
    t.match(String(headers['content-disposition']), /^attachment; filename=/)
    t.equal(headers['x-content-type-options'], 'nosniff')
    t.match(String(headers['cache-control']), 'private')
    const svg = bytes.toString()
    t.match(svg, `width="${width}"`)
    t.ok(svg.includes(new URL(site.config.baseUrl).host), 'the address is written in clear')
    t.notMatch(svg, /href|style=|<script/)
    // The picture itself, rasterised, without the words under the code.
    const picture = Buffer.from(svg.replaceAll(/<text.*?<\/text>|<path fill="#[0-9a-f]{6}"[^>]*>/g, ''))
    const read = await readQr(await sharp(picture, { density: 300 }).png().toBuffer())
    t.equal(read.text, site.config.baseUrl)
    t.equal(read.level, 'Q')
    t.ok(read.quiet >= 4, 'four modules of white')
  }
  const { headers, bytes } = await fetched('/gestion/affiches/site.pdf')
  t.equal(headers['content-type'], 'application/pdf')
  const pdf = readPdf(bytes)
  t.equal(pdf.codes.length, 23)
  t.same([...(await codesOf(pdf))], [site.config.baseUrl])
  t.equal(pdf.language, 'fr-FR')
  t.same(pdf.structure.toSorted(), ['Document', 'Figure', 'Figure', 'H1', 'P'].toSorted(), 'copies are not read again')
  t.match(pdf.text, 'Imprimez à la taille réelle (100\u00a0%')
  fits(t, pdf, 'site')
})

t.test('the poster of an action says what it is, and leads to it', async (t) => {
  for (const where of ['agents', 'public'] as const) {
    const action = await actionOf(where)
    const { status, headers, bytes } = await fetched(`/gestion/affiches/actions/${action.id}.pdf`)
    t.equal(status, 200)
    t.match(String(headers['content-disposition']), `affiche-action-${action.number}-`)
    const pdf = readPdf(bytes)
    const address = `${site.config.baseUrl}/actions/${action.slug}`
    t.same([...(await codesOf(pdf))], [address])
    t.match(pdf.text.replaceAll(' ', ''), address.replace(/^https?:\/\//, ''))
    t.match(pdf.text, printable(action.title))
    t.match(pdf.text, printable(action.engagement_title))
    t.equal(pdf.text.includes('Lisible par tous'), where === 'public')
    t.equal(
      pdf.text.includes('Réservé aux agents\u00a0: connectez-vous avec votre adresse de la ville'),
      where === 'agents'
    )
    t.match(pdf.title, printable(action.title))
    t.equal(pdf.language, 'fr-FR')
    t.equal(pdf.structure.filter((type) => type === 'H1').length, 1)
    t.ok(pdf.alternatives.includes(`Code QR qui mène à ${address}`))
    fits(t, pdf, where)
    const svg = await fetched(`/gestion/affiches/actions/${action.id}.svg`)
    const code = Buffer.from(svg.bytes.toString().replaceAll(/<text.*?<\/text>/g, ''))
    t.equal((await readQr(await sharp(code, { density: 300 }).png().toBuffer())).text, address)
  }
})

/** An image of the library, with one rendition. */
async function describedImage(): Promise<number> {
  const bytes = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#c14a26' } })
    .webp()
    .toBuffer()
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const file = blobPath(site.config.uploadsDir, sha256)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, bytes)
  const { id } = await db
    .insertInto('media')
    .values({
      sha256,
      size: bytes.length,
      content_type: 'image/webp',
      filename: 'accueil.webp',
      kind: 'image',
      title: 'Accueil',
      alt: 'Deux collègues à l’accueil',
      width: 800,
      height: 600
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('renditions')
    .values({ media_id: id, format: 'webp', width: 800, height: 600, sha256, size: bytes.length })
    .execute()
  return id
}

t.test('the poster of an engagement counts its actions, with or without a picture', async (t) => {
  const engagement = await db
    .selectFrom('engagements')
    .select(['id', 'slug', 'title'])
    .where('number', '=', 2)
    .executeTakeFirstOrThrow()
  const imageId = await describedImage()
  for (const chosen of [null, imageId]) {
    await db.updateTable('engagements').set({ image_id: chosen }).where('id', '=', engagement.id).execute()
    const { status, bytes } = await fetched(`/gestion/affiches/engagements/${engagement.id}.pdf`)
    t.equal(status, 200)
    const pdf = readPdf(bytes)
    t.same([...(await codesOf(pdf))], [`${site.config.baseUrl}/engagements/${engagement.slug}`])
    t.match(pdf.text, /réalisées? sur \d+/)
    t.equal(pdf.structure.filter((type) => type === 'Figure').length, chosen === null ? 1 : 2)
    fits(t, pdf, chosen === null ? 'without' : 'with')
    t.equal(pdf.alternatives.includes('Deux collègues à l’accueil'), chosen !== null)
  }
  // The city's own logo takes the place of the flower.
  const pictures = async (): Promise<number> => {
    const { bytes } = await fetched(`/gestion/affiches/engagements/${engagement.id}.pdf`)
    return bytes.toString('latin1').split('/Subtype /Image').length - 1
  }
  t.equal(await pictures(), 1)
  await db.updateTable('settings').set({ logo_id: imageId }).execute()
  t.equal(await pictures(), 2)
  await db.updateTable('settings').set({ logo_id: null }).execute()
})

t.test('what readers do not see has no poster', async (t) => {
  const action = await actionOf('agents')
  for (const path of [
    'actions/999999.pdf',
    'actions/0.pdf',
    'actions/x.pdf',
    'engagements/999999.svg',
    'actions/1.png'
  ]) {
    t.equal((await fetched(`/gestion/affiches/${path}`)).status, 404, path)
  }
  t.equal((await fetched('/gestion/affiches/actions/99999999999999.pdf')).status, 404)
  const { engagement_id: id, published_at: publishedAt } = await db
    .selectFrom('actions')
    .select(['engagement_id', 'published_at'])
    .where('id', '=', action.id)
    .executeTakeFirstOrThrow()
  await db.updateTable('actions').set({ published_at: null }).where('id', '=', action.id).execute()
  t.equal((await fetched(`/gestion/affiches/actions/${action.id}.pdf`)).status, 404)
  t.notMatch((await ines.visit('/gestion/affiches')).text, action.title)
  await db.updateTable('actions').set({ published_at: publishedAt }).where('id', '=', action.id).execute()
  await db.updateTable('engagements').set({ published_at: null }).where('id', '=', id).execute()
  t.equal((await fetched(`/gestion/affiches/actions/${action.id}.pdf`)).status, 404)
  t.equal((await fetched(`/gestion/affiches/engagements/${id}.pdf`)).status, 404)
  await db.updateTable('engagements').set({ published_at: publishedAt }).where('id', '=', id).execute()
})

t.test('a picture that cannot be read leaves its place, and the poster is printed', async (t) => {
  const action = await actionOf('agents')
  const media = await db
    .insertInto('media')
    .values({
      sha256: 'a'.repeat(64),
      size: 10,
      content_type: 'image/png',
      filename: 'perdue.png',
      kind: 'image',
      title: 'Perdue',
      alt: 'Une image'
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('renditions')
    .values({ media_id: media.id, format: 'webp', width: 640, height: 400, sha256: 'b'.repeat(64), size: 10 })
    .execute()
  const before = await db.selectFrom('actions').select('image_id').where('id', '=', action.id).executeTakeFirstOrThrow()
  await db.updateTable('actions').set({ image_id: media.id }).where('id', '=', action.id).execute()
  const { status, bytes } = await fetched(`/gestion/affiches/actions/${action.id}.pdf`)
  t.equal(status, 200)
  t.equal(readPdf(bytes).structure.filter((type) => type === 'Figure').length, 1)
  t.ok(site.log.some((line) => line.msg === 'a poster goes without its picture'))
  await db.updateTable('actions').set(before).where('id', '=', action.id).execute()
})

t.test('long titles, long words and long addresses fit', async (t) => {
  const sentence =
    'Œuvrer à l’égalité «\u00a0entre les femmes et les hommes\u00a0» dans les services\u00a0: écouter, agir. '
  const picture = {
    bytes: await sharp({ create: { width: 640, height: 254, channels: 3, background: '#88aacc' } })
      .jpeg()
      .toBuffer(),
    alt: 'Une salle de réunion'
  }
  const cases: Record<string, Partial<Poster>> = {
    'a title of 200 characters': { title: sentence.repeat(3).slice(0, 200).trim() },
    'and an engagement of 160': {
      title: sentence.repeat(3).slice(0, 200),
      engagementTitle: sentence.repeat(2).slice(0, 160)
    },
    'one word': { title: 'X'.repeat(200), engagementTitle: 'W'.repeat(160), cityName: 'V'.repeat(120) },
    'a long summary': { summary: sentence.repeat(30) },
    'an endless sentence': { summary: 'sans jamais s’arrêter '.repeat(40) },
    'no summary at all': { summary: '' },
    'a long address': {
      address: `https://extranet-projet.villeneuve-saint-georges.example/actions/${'mot-'.repeat(29)}fin`
    },
    'a big number': { numeral: 9999 },
    'forty actions': {
      engagementTitle: undefined,
      status: undefined,
      progress: { sentence: '0\u00a0action réalisée sur 40', statuses: Array.from({ length: 40 }, () => 'prevue') }
    }
  }
  for (const [name, changes] of Object.entries(cases)) {
    for (const pictured of [undefined, picture]) {
      const asked = { ...poster, ...changes, picture: pictured }
      const pdf = readPdf(await posterPdf(asked))
      fits(t, pdf, name)
      t.same([...(await codesOf(pdf))], [asked.address], name)
      const title = pdf.text.replaceAll(' ', '')
      t.ok(title.includes(printable(asked.title).replaceAll(' ', '')), `${name}: whole`)
      t.equal(
        pdf.text.includes('…'),
        name === 'an endless sentence' || name === 'one word',
        `${name}: only that is cut`
      )
    }
  }
})

t.test('French letters and signs are printed as they are', async (t) => {
  const title = 'Où l’œuvre «\u00a0Noël\u00a0» – d’Ævar… coûte 5\u00a0€\u00a0? Ça\u00a0!'
  const pdf = readPdf(await posterPdf({ ...poster, title, isPublic: true }))
  t.match(pdf.text, title)
  t.match(pdf.text, 'Lisible par tous')
  t.equal(printable('«\u202foui\u202f» et « non » : ok'), '«\u00a0oui\u00a0» et «\u00a0non\u00a0»\u00a0: ok')
  t.equal(printable('Łódź 🚲 Ÿ ﬁn'), 'ódz Y fin')
})

t.test('lines are broken where a reader expects, and none is too wide', (t) => {
  const measure = (text: string): number => text.length
  const room = { width: 100, largest: 10, smallest: 5, lines: (size: number) => Math.floor(30 / size) }
  t.same(fitText('court', measure, room), { size: 10, lines: ['court'] })
  for (const text of [
    'un deux trois quatre cinq six sept huit neuf dix onze',
    'anticonstitutionnellement'.repeat(8),
    'a/b-c '.repeat(60)
  ]) {
    const fitted = fitText(text, measure, room)
    t.ok(fitted.lines.length <= room.lines(fitted.size))
    for (const line of fitted.lines) t.ok(line.trimEnd().length * fitted.size <= room.width, line)
  }
  t.notOk(
    fitText('un\u00a0deux '.repeat(9), measure, room).lines.some((line) => /un\s*$/.test(line)),
    'no-break spaces hold'
  )
  const sentences = `Un. Deux trois quatre\u00a0! ${'Cinq six '.repeat(20)}sept.`
  t.same(fitSentences(sentences, measure, room).lines.join(''), 'Un. Deux trois quatre\u00a0!')
  t.match(fitSentences('sans fin '.repeat(40), measure, room).lines.at(-1), /…$/)
  t.end()
})

t.test('every length of address is drawn so that it can be read', async (t) => {
  for (let length = 0; length <= 160; length += 16) {
    const address = `https://ville.example/${'a1-'.repeat(60).slice(0, length)}`
    const code = codeOf(address)
    const read = await readQr(asPicture(code.path, code.side))
    t.equal(read.text, address)
    t.equal(read.quiet, 4)
    t.ok(['M', 'Q'].includes(read.level))
  }
})

t.test('a poster holds nobody up', async (t) => {
  const picture = {
    bytes: await sharp({ create: { width: 1280, height: 508, channels: 3, background: '#88aacc' } })
      .jpeg()
      .toBuffer(),
    alt: 'x'
  }
  const times: number[] = []
  for (let index = 0; index < 8; index += 1) {
    const before = process.cpuUsage()
    await posterPdf({ ...poster, picture })
    const { user, system } = process.cpuUsage(before)
    times.push((user + system) / 1000)
  }
  const best = Math.min(...times)
  t.comment(`${Math.round(best)} ms of processor`)
  t.ok(best < 150, `${Math.round(best)} ms`)
})

t.test('a poster is found by its words, and from the screen of what it shows', async (t) => {
  const all = await ines.visit('/gestion/affiches')
  t.equal(all.document.querySelectorAll('tbody tr').length, 35)
  t.match(all.text, 'N’imprimez pas encore')
  const found = await ines.submit(
    all,
    { mots: 'EXTRANET dedie' },
    { form: 'form[action="/gestion/affiches#affiches"]' }
  )
  t.equal(found.document.querySelectorAll('tbody tr').length, 1)
  const none = await ines.visit('/gestion/affiches?mots=%25rien%25')
  t.match(none.text, 'Aucune affiche ne correspond')

  const entry = await db
    .selectFrom('entries')
    .select(['id', 'content_id'])
    .where('kind', '=', 'action')
    .where('content_id', 'is not', null)
    .orderBy('id')
    .executeTakeFirstOrThrow()
  for (const [list, count] of [
    ['actions', 30],
    ['engagements', 5]
  ] as const) {
    const listed = await ines.visit(`/gestion/${list}`)
    t.equal(listed.document.querySelectorAll(`tbody a[href^="/gestion/affiches/${list}/"]`).length, count)
  }
  t.notOk(
    (await (await site.signIn('paul')).visit('/gestion/actions')).document.querySelector('tbody a[href*="affiches"]')
  )
  const screen = await ines.visit(`/gestion/actions/${entry.id}`)
  const link = screen.document.querySelector('.entry-bar a[href^="/gestion/affiches/"]')?.getAttribute('href')
  t.equal(link, `/gestion/affiches/actions/${entry.content_id}.pdf`)
  t.equal((await fetched(link ?? '')).status, 200)
})

t.test('the screen has nothing for axe to say, and fits a phone', async (t) => {
  const browser = await openBrowser(t, site.origin)
  const cookies = [...ines.cookies].map(([name, value]) => ({ name, value, url: site.origin }))
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newVisitor(t, { viewport: { width: 320, height: 640 }, colorScheme })
    await context.addCookies(cookies)
    const tab = await context.newPage()
    await tab.goto(`${site.origin}/gestion/affiches`)
    t.same(await axe(tab), [], colorScheme)
    t.equal(await tab.evaluate('document.documentElement.scrollWidth > innerWidth'), false, 'does not scroll sideways')
    t.equal(
      await tab.evaluate('document.querySelector(".poster-card__image").naturalWidth > 0'),
      true,
      'the code is shown'
    )
  }
})
