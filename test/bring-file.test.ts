/** Files brought from the page that one writes: by pilotes and référents too, described in place, chosen in the field. */
import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import t from 'tap'
import { axe, type BrowserContext, openBrowser, type Page } from './support/browser.ts'
import { openSite, type Person } from './support/site.ts'

t.setTimeout(240_000)
const site = await openSite(t, { listen: true })
const { db } = site
const library = '/gestion/mediatheque'
const browser = await openBrowser(t, site.origin)

async function cookiesOf(person: Person): Promise<string> {
  const visitor = await site.signIn(person)
  return [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}

async function enter(context: BrowserContext, person: Person): Promise<void> {
  const visitor = await site.signIn(person)
  await context.addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url: site.origin })))
}

let colour = 0
function picture(): Promise<Buffer> {
  colour = (colour + 41) % 256
  return sharp({ create: { width: 640, height: 480, channels: 3, background: { r: colour, g: 140, b: 90 } } })
    .jpeg()
    .toBuffer()
}

function pdf(): Buffer {
  return Buffer.from(
    `%PDF-1.7\n% ${randomBytes(8).toString('hex')}\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n`,
    'latin1'
  )
}

interface Answer {
  message?: string
  files: { taken: boolean; id?: number; kind?: string; address?: string; isDescribed?: boolean; message?: string }[]
}

async function send(as: Person, name: string, bytes: Buffer, accept = 'application/json'): Promise<Response> {
  const body = new FormData()
  body.append('fichiers', new Blob([Uint8Array.from(bytes)]), name)
  const headers = { cookie: await cookiesOf(as), origin: site.origin, accept }
  return fetch(site.origin + library, { method: 'POST', redirect: 'manual', body, headers })
}

async function bring(as: Person, name: string, bytes: Buffer): Promise<number> {
  const { files } = (await (await send(as, name, bytes)).json()) as Answer
  return files[0]?.id ?? 0
}

function mediaRow(id: number) {
  return db.selectFrom('media').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

async function describe(as: Person | undefined, id: number | string, values: Record<string, string>) {
  const visitor = as ? await site.signIn(as) : site.newVisitor()
  return visitor.post(`${library}/${id}/alternative`, values, {
    houseRules: false,
    headers: { accept: 'application/json' }
  })
}

t.test('who writes a page brings files, and sees nothing of the library', async (t) => {
  for (const as of ['nadia', 'paul'] as const) {
    // Asked for a page, they get an answer for scripts: there is no page for them.
    const response = await send(as, `de-${as}.jpg`, await picture(), 'text/html')
    t.equal(response.status, 201)
    const [file] = ((await response.json()) as Answer).files
    t.match(file, { taken: true, kind: 'image', isDescribed: false, address: /^\/medias\/\d+\/de-/ })
    const row = await mediaRow(file?.id ?? 0)
    const author = await db
      .selectFrom('agents')
      .select('name')
      .where('id', '=', row.author_id ?? 0)
      .executeTakeFirstOrThrow()
    t.match(author.name.toLowerCase(), as)
    const refused = await send(as, 'a.exe', Buffer.from('MZ'))
    t.equal(refused.status, 422)
    t.match(((await refused.json()) as Answer).files[0]?.message, /n’est pas d’un type accepté/)
    for (const path of [library, `${library}/${row.id}`]) t.equal((await site.visit(path, { as })).status, 403, path)
    for (const address of ['', '/corbeille', '/restaurer', '/remplacer']) {
      const visitor = await site.signIn(as)
      const status = (await visitor.post(`${library}/${row.id}${address}`)).status
      t.equal(status, 403, address)
    }
  }
  t.equal((await send('camille', 'a.pdf', pdf())).status, 403)
})

t.test('whoever brought an image says what it shows, until somebody else did', async (t) => {
  const id = await bring('paul', 'IMG_1.jpg', await picture())
  t.equal((await describe(undefined, id, { role: 'decorative', alt: '' })).status, 303)
  for (const as of ['camille', 'nadia'] as const) {
    t.equal((await describe(as, id, { role: 'decorative', alt: '' })).status, 403, as)
  }
  const refusals: [Record<string, string>, RegExp][] = [
    [{ alt: 'Un arbre' }, /Dites à quoi sert cette image/],
    [{ role: 'informative', alt: '' }, /Décrivez en une phrase/],
    [{ role: 'informative', alt: 'IMG_1' }, /nom de fichier/],
    [{ role: 'informative', alt: 'Photo d’un arbre' }, /annoncent déjà/]
  ]
  for (const [values, expected] of refusals) {
    const refused = await describe('paul', id, values)
    t.equal(refused.status, 422)
    t.match(refused.html, expected)
  }
  t.equal((await mediaRow(id)).alt, null)
  t.equal((await describe('paul', id, { role: 'informative', alt: 'Un arbre en fleurs' })).status, 200)
  t.equal((await describe('paul', id, { role: 'decorative', alt: 'Un reste' })).status, 200, 'they may think again')
  t.equal((await mediaRow(id)).alt, '')
  t.equal((await describe('ines', id, { role: 'informative', alt: 'Un tilleul' })).status, 200)
  t.equal((await describe('paul', id, { role: 'decorative', alt: '' })).status, 403)
  t.equal((await mediaRow(id)).alt, 'Un tilleul')
  const lines = await db
    .selectFrom('journal')
    .select(['event', 'agent_name'])
    .where('subject', '=', 'media')
    .where('subject_id', '=', id)
    .orderBy('id')
    .execute()
  t.same(
    lines.map((line) => `${line.event} ${line.agent_name}`),
    ['added Paul Mercier', 'edited Paul Mercier', 'edited Paul Mercier', 'edited Inès Caron']
  )
  for (const wrong of ['0', 'x', '999999']) t.equal((await describe('paul', wrong, {})).status, 404, wrong)
  const document = await bring('paul', 'a.pdf', pdf())
  t.equal((await describe('paul', document, { role: 'decorative', alt: '' })).status, 404)
})

async function drop(page: Page, target: string, files: { name: string; type: string; bytes: Buffer }[]): Promise<void> {
  const sent = files.map(({ name, type, bytes }) => ({ name, type, base64: bytes.toString('base64') }))
  const data = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer()
    for (const { name, type, base64 } of ${JSON.stringify(sent)}) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      transfer.items.add(new File([bytes], name, { type }))
    }
    return transfer
  })()`)
  await page.dispatchEvent(target, 'drop', { dataTransfer: data })
}

async function sheetOf(person: 'ines' | 'paul'): Promise<{ id: number; contentId: number | null }> {
  const pilote = await db
    .selectFrom('action_pilotes')
    .innerJoin('agents', 'agents.id', 'action_pilotes.agent_id')
    .select('action_id')
    .where('agents.email', 'like', 'paul.mercier@%')
    .orderBy('action_id')
    .execute()
  const index = person === 'paul' ? 0 : 1
  return db
    .selectFrom('entries')
    .select(['id', 'content_id as contentId'])
    .where('kind', '=', 'action')
    .where('content_id', '=', pilote[index]?.action_id ?? 0)
    .executeTakeFirstOrThrow()
}

const looks = [
  { as: 'ines', viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { as: 'paul', viewport: { width: 360, height: 740 }, colorScheme: 'dark' }
] as const
for (const { as, ...look } of looks) {
  t.test(
    `an image dropped on the sheet, described in place, kept by the draft: ${look.viewport.width} px`,
    async (t) => {
      const context = await browser.newVisitor(t, look)
      await enter(context, as)
      const entry = await sheetOf(as)
      const page = await context.newPage()
      await page.goto(`/gestion/actions/${entry.id}`)
      const field = page.locator('[data-bring-file="image"]').first()
      await field.getByLabel('Déposer une image ici ou la choisir').waitFor()
      t.same(await axe(page), [], 'axe, before')
      // Not on the zone: anywhere on the sheet.
      await drop(page, 'h1', [{ name: `IMG_${as}.jpg`, type: 'image/jpeg', bytes: await picture() }])
      await field.getByRole('radio', { name: /^Informative/ }).check()
      await field.getByLabel('Texte alternatif, en une phrase').fill(`IMG_${as}`)
      await field.getByRole('button', { name: 'Enregistrer ce texte' }).click()
      await field.getByText('Un nom de fichier ne dit rien').waitFor()
      t.same(await axe(page), [], 'axe, refused')
      t.ok(Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth')) <= 0, 'fits')
      await field.getByLabel('Texte alternatif, en une phrase').fill('Un jardin partagé')
      await field.getByRole('button', { name: 'Enregistrer ce texte' }).click()
      await field.locator('.bring__told').getByText('Un jardin partagé').waitFor()
      t.match(await field.locator('input[list]').inputValue(), new RegExp(`^\\d+ – IMG ${as}$`))
      t.equal(
        await page.evaluate(`(async () => {
        const image = document.querySelector('.bring__thumbnail')
        await image.decode()
        return image.naturalWidth
      })()`),
        640
      )
      await page
        .getByText(/^Enregistré à/)
        .first()
        .waitFor({ timeout: 6000 })
      const row = await db.selectFrom('media').selectAll().where('title', '=', `IMG ${as}`).executeTakeFirstOrThrow()
      t.equal(row.alt, 'Un jardin partagé')
      const { draft } = await db
        .selectFrom('entries')
        .select('draft')
        .where('id', '=', entry.id)
        .executeTakeFirstOrThrow()
      t.match(draft, { imageId: row.id })
      t.notMatch(JSON.stringify(draft), 'image-', 'the question is no field of the sheet')

      // By keyboard alone, and decorative.
      const chooser = page.locator('[data-bring-file="document"]').first().locator('input[type="file"]')
      await chooser.focus()
      await chooser.setInputFiles([
        { name: `Guide ${as}.pdf`, mimeType: 'application/pdf', buffer: pdf() },
        { name: `Compte rendu ${as}.pdf`, mimeType: 'application/pdf', buffer: pdf() }
      ])
      const documents = page.locator('[data-bring-file="document"]').first()
      await documents.locator('.upload__file').getByText('Ajouté').nth(1).waitFor()
      for (let tries = 0; tries < 40; tries += 1) {
        const saved = await db
          .selectFrom('entries')
          .select('draft')
          .where('id', '=', entry.id)
          .executeTakeFirstOrThrow()
        const titles = await db
          .selectFrom('media')
          .select('id')
          .where('title', 'in', [`Guide ${as}`, `Compte rendu ${as}`])
          .execute()
        const { documentIds } = saved.draft as { documentIds: number[] }
        if (titles.length === 2 && titles.every(({ id }) => documentIds.includes(id))) break
        if (tries === 39) t.fail('both documents are in the draft')
        await page.waitForTimeout(100)
      }
      await page.reload()
      t.ok(await page.getByRole('checkbox', { name: `Guide ${as}` }).isChecked())
      t.ok(await page.getByRole('checkbox', { name: `IMG ${as}` }).isChecked())
    }
  )
}

t.test('by keyboard alone, what is refused says why and can be tried again', async (t) => {
  const context = await browser.newVisitor(t)
  await enter(context, 'paul')
  const entry = await sheetOf('paul')
  const page = await context.newPage()
  await page.goto(`/gestion/actions/${entry.id}`)
  const field = page.locator('[data-bring-file="image"]').first()
  const chooser = field.getByLabel('Déposer une image ici ou la choisir')
  await chooser.focus()
  await chooser.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('a') })
  await field.locator('.upload__text').getByText('Ce fichier n’est pas une image').waitFor()
  await field.getByRole('button', { name: 'Réessayer l’envoi de notes.txt' }).waitFor()
  await chooser.setInputFiles({ name: 'faux.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('GIF89a') })
  await field.locator('.upload__text').getByText('Ce format d’image n’est pas accepté').waitFor()
  await chooser.setInputFiles({ name: 'vrai.jpg', mimeType: 'image/jpeg', buffer: await picture() })
  await field.getByRole('radio', { name: /^Informative/ }).waitFor()
  t.ok(await page.evaluate(`document.activeElement?.value === 'informative'`))
  await page.keyboard.press('ArrowDown')
  t.ok(await field.getByRole('radio', { name: /^Décorative/ }).isChecked())
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await field.locator('.bring__told').getByText('Image décorative.').waitFor()
  t.equal((await db.selectFrom('media').select('alt').where('title', '=', 'vrai').executeTakeFirstOrThrow()).alt, '')
  t.match(page.url(), /\/gestion\/actions\/\d+$/, 'Enter did not send the page')
})
