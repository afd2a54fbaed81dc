/** What the webmaster sees of the preparation of a file, and of whether everyone can read a PDF. */
import path from 'node:path'
import t from 'tap'
import { pdfLacks } from '../src/media/documents/pdf-advice.ts'
import { readPdfFacts } from '../src/media/documents/pdf-facts.ts'
import { findConversionPrograms } from '../src/media/documents/slide-conversion.ts'
import { startRenditions } from '../src/media/images/renditions.ts'
import { preparationJobs, prepareAgain } from '../src/media/preparation/preparations.ts'
import { findProgram } from '../src/media/preparation/programs.ts'
import { storeFile } from '../src/media/uploads.ts'
import { checkTexts } from '../src/publishing/accessibility-check.ts'
import { axe, openBrowser } from './support/browser.ts'
import { emptyDatabase } from './support/database.ts'
import { makePdf } from './support/decks.ts'
import { openSite } from './support/site.ts'

t.setTimeout(240_000)
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
const site = await openSite(t, { listen: true })
const { db } = site
const ines = await site.signIn('ines')
const deck = await db.selectFrom('media').selectAll().where('kind', '=', 'presentation').executeTakeFirstOrThrow()
const address = `/gestion/mediatheque/${deck.id}`

type State = 'waiting' | 'working' | 'ready' | 'failed'
const set = (id: number, preparation: State, note = '') =>
  db.updateTable('media').set({ preparation, preparation_note: note }).where('id', '=', id).execute()

t.test('the page of a file tells where it stands, step by step', async (t) => {
  const current = async () => {
    const page = await ines.visit(address)
    return page.document.querySelectorAll('.pipeline [aria-current="step"]').map((step) => step.textContent)
  }
  t.equal((await ines.visit(address)).document.querySelector('.pipeline'), null, 'nothing to say of what is ready')
  await set(deck.id, 'waiting')
  t.match((await current())[0], /Préparé/)
  t.match((await ines.visit(address)).text, 'Actualiser')
  await set(deck.id, 'working')
  t.match((await ines.visit(address)).text, 'En cours.')
  await set(deck.id, 'failed', 'LibreOffice n’en veut pas.')
  const failed = await ines.visit(address)
  t.match(failed.text, 'LibreOffice n’en veut pas.')
  t.match(failed.text, 'Réessayer')
  t.match((await current())[0], /Préparé \(échec\)/)
})

t.test('a script may ask, for the webmaster alone', async (t) => {
  await set(deck.id, 'working')
  const answer = await ines.request({ method: 'GET', url: `${address}/preparation` })
  t.match(answer.json(), { isUnderway: true, isProblem: false, mayRetry: false })
  t.equal(answer.json().steps.length, 4)
  t.equal(answer.headers['cache-control'], 'no-store')
  for (const other of ['999999', 'x', '0']) {
    t.equal((await ines.request({ method: 'GET', url: `/gestion/mediatheque/${other}/preparation` })).statusCode, 404)
  }
  for (const person of ['camille', 'nadia', 'paul'] as const) {
    const visitor = await site.signIn(person)
    t.equal((await visitor.request({ method: 'GET', url: `${address}/preparation` })).statusCode, 403, person)
  }
})

t.test('the page follows by itself, and loses nothing that was typed', async (t) => {
  const browser = await openBrowser(t, site.origin)
  const context = await browser.newVisitor(t, { viewport: { width: 360, height: 740 } })
  await context.addCookies([...ines.cookies].map(([name, value]) => ({ name, value, url: site.origin })))
  const page = await context.newPage()
  await set(deck.id, 'waiting')
  await page.goto(address)
  const sentence = page.locator('[data-preparation-sentence]')
  t.equal(await page.getByRole('link', { name: 'Actualiser' }).isVisible(), false)
  t.same(await axe(page), [])
  await set(deck.id, 'working')
  await sentence.getByText('En cours.').waitFor()
  await page.getByRole('textbox', { name: 'Titre' }).fill('Un titre que je suis en train d’écrire')
  await set(deck.id, 'ready')
  await page.getByRole('link', { name: 'Recharger la page' }).waitFor()
  t.match(await sentence.textContent(), 'Ce fichier est prêt.')
  t.match(await page.locator('.pipeline [aria-current="step"]').textContent(), /Prêt/)
  t.equal(await page.getByRole('textbox', { name: 'Titre' }).inputValue(), 'Un titre que je suis en train d’écrire')

  await set(deck.id, 'waiting')
  await page.goto(address)
  await page.locator('[data-preparation-sentence]').waitFor()
  await set(deck.id, 'ready')
  await page.locator('.pipeline').waitFor({ state: 'detached' })
})

t.test('the library has its tabs of what waits, what failed, and of PDF files to improve', async (t) => {
  const pdf = await db.selectFrom('media').select(['id', 'title']).where('kind', '=', 'pdf').executeTakeFirstOrThrow()
  await set(deck.id, 'failed', 'Illisible.')
  await set(pdf.id, 'waiting')
  await db.updateTable('media').set({ pdf_is_tagged: false }).where('id', '=', pdf.id).execute()
  const titles = async (state: string) =>
    (await ines.visit(`/gestion/mediatheque?etat=${state}`)).document
      .querySelectorAll('.library-card__title')
      .map((title) => title.textContent)
  t.same(await titles('en-echec'), [deck.title])
  t.ok((await titles('en-preparation')).includes(pdf.title))
  t.same(await titles('pdf-a-ameliorer'), [pdf.title])
  const library = await ines.visit('/gestion/mediatheque')
  t.match(library.text, 'En échec (1)')
  t.match(library.text, /En préparation \(\d+\)/)
  const dashboard = await ines.visit('/gestion')
  t.match(dashboard.text, 'PDF à améliorer')
  t.ok(dashboard.document.querySelector(`a[href="/gestion/mediatheque/${pdf.id}#lisible"]`))
  const file = await ines.visit(`/gestion/mediatheque/${pdf.id}`)
  t.match(file.text, /Ce PDF se lit-il par tout le monde\s\?/)
  t.match(file.text, 'Il n’est pas balisé')
  const [finding] = await checkTexts(db, [], [{ field: 'pdf', id: pdf.id }])
  t.match(finding, { severity: 'advice', criterion: 'RGAA 13.3', field: 'pdf' })
  await set(deck.id, 'ready')
})

t.test('an image whose light sizes cannot be made says so, and is tried again', async (t) => {
  const { db } = await emptyDatabase(t)
  const uploadsDir = path.join(t.testdir({ uploads: { blobs: { '00': { ['0'.repeat(64)]: 'no image' } } } }), 'uploads')
  const { id } = await db
    .insertInto('media')
    .values({
      sha256: '0'.repeat(64),
      size: 8,
      content_type: 'image/jpeg',
      filename: 'a.jpg',
      kind: 'image',
      title: 'Une image',
      width: 900,
      height: 600
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const makeAll = async (): Promise<void> => {
    const renditions = startRenditions({ db, uploadsDir, log: quiet })
    await renditions.idle()
    await renditions.stop()
  }
  const row = () => db.selectFrom('media').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  await makeAll()
  t.match(await row(), { preparation: 'failed', preparation_note: /versions légères/ })
  t.equal(await prepareAgain(db, id), true)
  t.match(await row(), { preparation: 'ready', preparation_note: '', prepared_at: null })
  await makeAll()
  t.equal((await row()).preparation, 'failed', 'it is as unreadable as before')
})

t.test('what a PDF says of itself is read, whole and by halves', async (t) => {
  if (!findProgram('pdfinfo') || !findProgram('qpdf')) return t.pass('there is no poppler nor qpdf here')
  const folder = t.testdir({ empty: {}, good: {} })
  const good = await makePdf(path.join(folder, 'good'), 3, { title: 'Un été', language: 'fr-FR', isTagged: true })
  t.same(await readPdfFacts({ path: good, folder }), {
    title: 'Un été',
    language: 'fr-FR',
    isTagged: true,
    pageCount: 3
  })
  const bare = await makePdf(folder, 2)
  t.same(await readPdfFacts({ path: bare, folder }), { title: '', language: '', isTagged: false, pageCount: 2 })
  t.same(await readPdfFacts({ path: path.join(import.meta.filename), folder }), {
    title: undefined,
    language: undefined,
    isTagged: undefined,
    pageCount: undefined
  })
  const machine = process.env.PATH
  process.env.PATH = path.join(folder, 'empty')
  const nothing = await readPdfFacts({ path: good, folder }).finally(() => {
    process.env.PATH = machine
  })
  t.ok(
    Object.values(nothing).every((fact) => fact === undefined),
    'without the programs nothing is known'
  )
})

t.test('a scan is told apart, with what to do', async (t) => {
  if (!findConversionPrograms()) return t.pass('there is no poppler here')
  const { db } = await emptyDatabase(t)
  const folder = t.testdir({})
  const uploadsDir = path.join(folder, 'uploads')
  const source = { path: await makePdf(folder, 4, { words: false, title: 'Microsoft Word - bilan.docx' }) }
  const { id } = await storeFile(db, { uploadsDir, source, filename: 'scan.pdf', title: 'Un scan' })
  await preparationJobs({ db, uploadsDir, log: quiet })[0]?.run({ mediaId: id }, new AbortController().signal)
  const row = await db.selectFrom('media').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  t.match(row, { preparation: 'ready', page_count: 4, pdf_text_pages: 0, pdf_is_tagged: false })
  const said = pdfLacks(row).map(({ what }) => what)
  t.match(said[0], 'C’est un scan')
  t.match(said.at(-1), 'nom de fichier')
  t.equal(said.length, findProgram('qpdf') ? 4 : 3)
  t.same(pdfLacks({ ...row, pdf_text_pages: null, pdf_is_tagged: null, pdf_language: null, pdf_title: null }), [])
})
