/** Slides and pages are made whole or not at all, in bounds, and out of reach of any network. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import t, { type Test } from 'tap'
import type { Database } from '../src/db/database.ts'
import { convertSlides, findConversionPrograms } from '../src/media/documents/slide-conversion.ts'
import { storeSlides } from '../src/media/documents/slides.ts'
import { preparationJobs, prepareAgain } from '../src/media/preparation/preparations.ts'
import { findProgram, runProgram } from '../src/media/preparation/programs.ts'
import { storeFile } from '../src/media/uploads.ts'
import { emptyDatabase } from './support/database.ts'
import { flatPresentation, makePdf, slidePage } from './support/decks.ts'

t.setTimeout(240_000)
const files = path.join(import.meta.dirname, '../src/demonstration/files')
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
const programs = findConversionPrograms()
/** What the site does without them is held by presentations.test.ts. */
const nothingIsDrawn = 'there is no LibreOffice nor poppler here: nothing is drawn'

async function received(db: Database, uploadsDir: string, file: string) {
  return storeFile(db, { uploadsDir, source: { path: file }, filename: path.basename(file), title: 'Un fichier' })
}

/** Does the job of one file, as the queue would. */
async function prepare(db: Database, uploadsDir: string, mediaId: number): Promise<void> {
  const job = preparationJobs({ db, uploadsDir, log: quiet })[0]
  await job?.run({ mediaId }, new AbortController().signal)
}

function count(db: Database, table: 'media' | 'slides'): Promise<number> {
  return db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
    .then((row) => row.count)
}

function storedFiles(uploadsDir: string): string[] {
  return readdirSync(path.join(uploadsDir, 'blobs'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
}

t.test('slides made a second time take the place of the first', async (t) => {
  if (!programs) return t.pass(nothingIsDrawn)
  const { db } = await emptyDatabase(t)
  const uploadsDir = path.join(t.testdir({}), 'uploads')
  const { id } = await received(db, uploadsDir, path.join(files, 'deck-education.pptx'))
  await prepare(db, uploadsDir, id)
  const first = await db.selectFrom('slides').selectAll().where('media_id', '=', id).execute()
  t.equal(first.length, 5)
  await db.updateTable('media').set({ preparation: 'failed', preparation_note: 'x' }).where('id', '=', id).execute()
  t.equal(await prepareAgain(db, id), true)
  await prepare(db, uploadsDir, id)
  const second = await db.selectFrom('slides').selectAll().where('media_id', '=', id).orderBy('position').execute()
  t.same(
    second.map(({ title }) => title),
    first.map(({ title }) => title)
  )
  t.equal(await count(db, 'media'), 6, 'the presentation and its five slides, nothing in the trash')
})

t.test('slides that cannot all be written leave no row', async (t) => {
  const { db } = await emptyDatabase(t)
  const uploadsDir = path.join(t.testdir({}), 'uploads')
  const media = await received(db, uploadsDir, path.join(files, 'deck-education.pptx'))
  await db.updateTable('media').set({ preparation: 'working' }).where('id', '=', media.id).execute()
  const slide = (file: string, title: string) => ({ imagePath: path.join(files, file), title, text: '', notes: '' })
  const photo = slide('equipe-1.jpg', 'Une')
  const made = { page_count: 2, transcript: '' }
  const parts = { db, uploadsDir }
  // PostgreSQL takes no zero byte in a text: the last of the three statements fails.
  await t.rejects(storeSlides(parts, media, [photo, { ...photo, text: '\0' }], made))
  t.equal(await count(db, 'media'), 1)
  t.equal(await count(db, 'slides'), 0)
  await t.rejects(storeSlides(parts, media, [photo, slide('video-culture.vtt', 'Deux'), slide('nowhere', '')], made))
  t.equal(await count(db, 'media'), 1)
  t.same(readdirSync(path.join(uploadsDir, 'tmp')), [], 'nothing waits under a temporary name')

  await storeSlides(parts, { ...media, sha256: '0'.repeat(64) }, [photo], made)
  t.equal(await count(db, 'slides'), 0, 'nor those of a file that was replaced meanwhile')
  await storeSlides(parts, media, [photo, { ...photo, title: 'La même' }], made)
  t.equal(await count(db, 'slides'), 2)
  t.equal(storedFiles(uploadsDir).length, 2, 'the same bytes are kept once')
})

t.test('of a PDF of 200 pages, 60 are shown, and the words of all are kept', async (t) => {
  if (!programs) return t.pass(nothingIsDrawn)
  const { db } = await emptyDatabase(t)
  const folder = t.testdir({})
  const uploadsDir = path.join(folder, 'uploads')
  const { id } = await received(db, uploadsDir, await makePdf(folder, 200))
  await prepare(db, uploadsDir, id)
  const row = await db.selectFrom('media').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  t.match(row, { preparation: 'ready', page_count: 200, pdf_text_pages: 200 })
  t.equal(await count(db, 'slides'), 60)
  t.notMatch(row.transcript, 'Page 60 du registre\n')
  t.match(row.transcript, 'Page 61 du registre\n')
  t.match(row.transcript, 'Page 200 du registre\n')
})

t.test('a page of an absurd shape is drawn within its bounds', async (t) => {
  if (!programs) return t.pass(nothingIsDrawn)
  const folder = t.testdir({ work: {} })
  const tall = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 20 14000] >>'
  writeFileSync(
    path.join(folder, 'tall.pdf'),
    `%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n3 0 obj ${tall} endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n`
  )
  if (!programs) return
  const { slides } = await convertSlides(programs, {
    path: path.join(folder, 'tall.pdf'),
    type: 'pdf',
    folder: path.join(folder, 'work')
  })
  t.equal(slides[0]?.title, 'Page 1')
  t.ok(statSync(slides[0]?.imagePath ?? '').size < 100_000)
})

t.test('a program that fills the disk with small files is stopped', async (t) => {
  const folder = t.testdir({})
  await t.rejects(
    runProgram({
      program: '/bin/sh',
      parameters: ['-c', 'mkdir deep; n=0; while :; do n=$((n+1)); head -c 900000 /dev/zero > deep/$n; done'],
      folder,
      longestMs: 30_000,
      fileBytes: 1_000_000,
      folderBytes: 20_000_000
    }),
    /it fills the disk/
  )
})

t.test('a program that leaves its group ends all the same, and starts no crowd', async (t) => {
  const folder = t.testdir({})
  const run = (script: string) =>
    runProgram({ program: '/bin/sh', parameters: ['-c', script], folder, longestMs: 20_000 })
  if (spawnSync('unshare', ['--net', '--pid', '--fork', '--kill-child', '--map-root-user', 'true']).status !== 0) {
    return t.pass('this machine allows no namespaces')
  }
  await run('setsid sh -c "sleep 62; touch late" > /dev/null 2>&1 &')
  t.equal(spawnSync('pgrep', ['-f', 'sleep 62']).stdout.toString().trim(), '')
})

/** What the presentation names elsewhere: a picture, the background of its style, an object. */
function fetchingPages(origin: string): string {
  const link = (name: string) =>
    `xlink:href="${origin}/${name}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"`
  const frame = (content: string) =>
    `<draw:frame svg:x="17cm" svg:y="3cm" svg:width="9cm" svg:height="7cm">${content}</draw:frame>`
  const page = slidePage({ title: 'Ailleurs', lines: ['Une image qui n’est pas là'] })
    .replace('<draw:page ', '<draw:page draw:style-name="D" ')
    .replace(
      '</draw:page>',
      `${frame(`<draw:image ${link('picture.png')}/>`)}${frame(`<draw:object ${link('object.odg')}/>`)}</draw:page>`
    )
  return flatPresentation([page]).replace(
    '<office:automatic-styles>',
    `<office:styles><draw:fill-image draw:name="F" ${link('background.png')}/></office:styles><office:automatic-styles>
<style:style style:name="D" style:family="drawing-page"><style:drawing-page-properties draw:fill="bitmap" draw:fill-image-name="F" draw:background-size="border"/></style:style>`
  )
}

/** A folder of programs that stand before those of the machine. */
function standBefore(t: Test, folder: string, scripts: Record<string, string>): void {
  mkdirSync(folder, { recursive: true })
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`)
    chmodSync(path.join(folder, name), 0o755)
  }
  const machine = process.env.PATH
  process.env.PATH = `${folder}${path.delimiter}${machine}`
  t.teardown(() => {
    process.env.PATH = machine
  })
}

t.test('a presentation that names pictures elsewhere fetches nothing', async (t) => {
  if (!programs) return t.pass(nothingIsDrawn)
  const folder = t.testdir({ decks: {} })
  const asked: string[] = []
  const server = createServer((request, answer) => {
    asked.push(request.url ?? '')
    answer.writeHead(404).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  // In another process, so that this one can answer: LibreOffice as it comes fetches all three.
  const flat = fetchingPages(origin)
  writeFileSync(path.join(folder, 'flat.fodp'), flat)
  const make = `import { convertFlat } from ${JSON.stringify(path.join(import.meta.dirname, 'support/decks.ts'))}
import { readFileSync } from 'node:fs'
for (const format of ['odp', 'pptx']) convertFlat(${JSON.stringify(path.join(folder, 'decks'))}, 'links', readFileSync(${JSON.stringify(path.join(folder, 'flat.fodp'))}, 'utf8'), format)`
  await runAside(make)
  for (const name of ['picture.png', 'object.odg', 'background.png']) {
    t.ok(asked.includes(`/${name}`), `LibreOffice by itself asks for ${name}`)
  }
  asked.length = 0

  for (const isForbidden of [false, true]) {
    const trace = path.join(folder, `trace-${isForbidden}`)
    const strace = findProgram('strace')
    const work = path.join(folder, `work-${isForbidden}`)
    const soffice = programs?.soffice ?? ''
    standBefore(t, path.join(folder, `programs-${isForbidden}`), {
      ...(strace && { soffice: `exec ${strace} -f -A -e trace=connect -o ${trace} ${soffice} "$@"` })
    })
    for (const type of ['odp', 'pptx'] as const) {
      const own = path.join(work, type)
      mkdirSync(own, { recursive: true })
      const script = `import { convertSlides, findConversionPrograms } from ${JSON.stringify(path.join(import.meta.dirname, '../src/media/documents/slide-conversion.ts'))}
const { slides } = await convertSlides(findConversionPrograms(), { path: ${JSON.stringify(path.join(folder, 'decks', `links.${type}`))}, type: '${type}', folder: ${JSON.stringify(own)} })
if (!slides[0].text.includes('Ailleurs')) throw new Error(JSON.stringify(slides))`
      await runAside(script, isForbidden)
    }
    t.same(asked, [], isForbidden ? 'also where namespaces are forbidden' : 'in a network of its own')
    if (strace && existsSync(trace)) {
      t.same(
        readFileSync(trace, 'utf8')
          .split('\n')
          .filter((line) => /AF_INET6?\b/.test(line)),
        [],
        'it does not even try'
      )
    } else t.notOk(strace, 'where there is strace, it has seen the conversion')
  }

  async function runAside(script: string, forbidden = false): Promise<void> {
    if (forbidden) standBefore(t, path.join(folder, 'forbidden'), { unshare: 'exit 1' })
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
      stdio: ['ignore', 'ignore', 'inherit']
    })
    const [code] = await once(child, 'exit')
    t.equal(code, 0)
  }
})

t.test('the fonts of Microsoft have stand-ins of the same widths', async (t) => {
  const standIns = { Calibri: 'Carlito', Cambria: 'Caladea', Arial: 'Liberation Sans' }
  for (const [asked, expected] of Object.entries(standIns)) {
    const isHere = spawnSync('fc-list', [expected]).stdout?.toString().trim()
    if (!isHere) t.comment(`${expected} is not on this machine`)
    else t.match(spawnSync('fc-match', [asked, 'family']).stdout.toString(), expected, asked)
  }
})
