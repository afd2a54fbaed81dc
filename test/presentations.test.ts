/** Files become slides in the background: with the programs of this machine where it has them, and without them. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import type { Database } from '../src/db/database.ts'
import { startJobs } from '../src/jobs/jobs.ts'
import { readPresentationText } from '../src/media/documents/presentation-text.ts'
import { findConversionPrograms } from '../src/media/documents/slide-conversion.ts'
import { preparationJobs, watchPreparations } from '../src/media/preparation/preparations.ts'
import { runProgram } from '../src/media/preparation/programs.ts'
import { addSlides, storeFile } from '../src/media/uploads.ts'
import { convertVideo, findVideoPrograms, sizesFor } from '../src/media/video/video-conversion.ts'
import { emptyDatabase } from './support/database.ts'
import { openSite } from './support/site.ts'

t.setTimeout(240_000)
const deck = path.join(import.meta.dirname, '../src/demonstration/files/deck-culture.pptx')
const video = path.join(import.meta.dirname, '../src/demonstration/files/video-presentation.mp4')
const pdf = path.join(import.meta.dirname, '../src/demonstration/files/charte-de-l-accueil.pdf')
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
const machine = process.env.PATH ?? ''

/** A folder of programs that stands for a machine: `soffice` and others do what these scripts say. */
function useMachineWith(t: Test, folder: string, scripts: Record<string, string>): void {
  mkdirSync(folder)
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`)
    chmodSync(path.join(folder, name), 0o755)
  }
  process.env.PATH = folder
  t.teardown(() => {
    process.env.PATH = machine
  })
}

async function received(db: Database, uploadsDir: string, file: string) {
  return storeFile(db, { uploadsDir, source: { path: file }, filename: path.basename(file), title: 'Un fichier' })
}

/** Prepares until nothing waits, and gives how each file ended. */
async function prepareAll(db: Database, databaseUrl: string, uploadsDir: string) {
  const jobs = await startJobs({ databaseUrl, log: quiet, kinds: preparationJobs({ db, uploadsDir, log: quiet }) })
  const unwatch = watchPreparations({ db, uploadsDir, log: quiet }, jobs)
  try {
    await untilNothingWaits(db)
  } finally {
    unwatch()
    await jobs.stop()
  }
}

async function untilNothingWaits(db: Database): Promise<void> {
  for (;;) {
    const waiting = await db
      .selectFrom('media')
      .select('id')
      .where('preparation', 'in', ['waiting', 'working'])
      .executeTakeFirst()
    if (!waiting) return
    await sleep(200)
  }
}

t.test('the words of a presentation are read in the order of its slides, notes included', async (t) => {
  const slides = await readPresentationText(deck)
  t.equal(slides.length, 8)
  t.equal(slides[1]?.title, 'Qui nous sommes')
  t.match(slides[1]?.text, /^Une médiathèque et ses deux annexes\n/)
  t.match(slides[1]?.notes, 'Insister sur la diversité des métiers')
})

t.test('a presentation and a PDF become slides that can be read, each once', async (t) => {
  const { db, url } = await emptyDatabase(t)
  const folder = t.testdir({})
  const uploadsDir = path.join(folder, 'uploads')
  const presentation = await received(db, uploadsDir, deck)
  const document = await received(db, uploadsDir, pdf)
  t.equal(presentation.preparation, 'waiting')
  await prepareAll(db, url, uploadsDir)
  const rows = await db
    .selectFrom('media')
    .selectAll()
    .where('kind', 'in', ['presentation', 'pdf'])
    .orderBy('id')
    .execute()
  t.same(
    rows.map((row) => row.preparation),
    ['ready', 'ready']
  )
  const slides = await db
    .selectFrom('slides')
    .selectAll()
    .where('media_id', '=', presentation.id)
    .orderBy('position')
    .execute()
  if (findConversionPrograms()) {
    t.equal(slides.length, 8)
    t.equal(slides[1]?.title, 'Qui nous sommes')
    const images = await db
      .selectFrom('media')
      .select(['width', 'kind'])
      .where(
        'id',
        'in',
        slides.map((slide) => slide.image_id)
      )
      .execute()
    t.ok(images.every(({ width, kind }) => width === 1600 && kind === 'image'))
    t.ok(await db.selectFrom('slides').select('title').where('media_id', '=', document.id).executeTakeFirst())
  } else {
    t.equal(slides.length, 0)
    t.match(rows[0]?.transcript, 'Qui nous sommes')
    t.match(rows[0]?.preparation_note, 'LibreOffice')
  }
  t.same(leftovers(uploadsDir), [], 'nothing is left of the work')
})

t.test('without LibreOffice the words remain, and the webmaster is told', async (t) => {
  const { db, url } = await emptyDatabase(t)
  const folder = t.testdir({})
  const uploadsDir = path.join(folder, 'uploads')
  const { id } = await received(db, uploadsDir, deck)
  useMachineWith(t, path.join(folder, 'programs'), {})
  await prepareAll(db, url, uploadsDir)
  const row = await db.selectFrom('media').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  t.match(row.transcript, /2\. Qui nous sommes\nUne médiathèque/)
  t.match(row.preparation_note, 'Ce serveur n’a pas LibreOffice')
})

t.test('a file that no program can read fails in the end, and says so', async (t) => {
  const { db, url } = await emptyDatabase(t)
  const folder = t.testdir({})
  const uploadsDir = path.join(folder, 'uploads')
  const { id } = await received(db, uploadsDir, deck)
  // Two attempts are behind it: the third is the last.
  await db.updateTable('media').set({ preparation_attempts: 2 }).where('id', '=', id).execute()
  useMachineWith(t, path.join(folder, 'programs'), { soffice: 'exit 77', pdftoppm: 'exit 1', pdftotext: 'exit 1' })
  await prepareAll(db, url, uploadsDir)
  const row = await db.selectFrom('media').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  t.equal(row.preparation, 'failed')
  t.match(row.preparation_note, 'n’a pas pu être transformé en images')
  t.same(leftovers(uploadsDir), [])
})

t.test('a program is held within its limits, and what it starts ends with it', async (t) => {
  const folder = t.testdir({})
  const run = (script: string, longestMs = 20_000) =>
    runProgram({
      program: '/bin/sh',
      parameters: ['-c', script],
      folder,
      longestMs,
      memoryBytes: 500_000_000,
      fileBytes: 1_000_000
    })
  t.equal(await run('echo salut'), 'salut\n')
  await t.rejects(run('exit 3'), /ended with 3/)

  const startedAt = performance.now()
  await t.rejects(run('(sleep 61; touch late) & sleep 60', 500), /too long/)
  t.ok(performance.now() - startedAt < 10_000, 'it does not wait for what it started')
  await sleep(200)
  t.equal(spawnSync('pgrep', ['-f', 'sleep 61']).stdout?.toString().trim() ?? '', '', 'nothing of it runs on')

  await t.rejects(run('yes'), /prints too much/)
  t.equal((await run('env')).includes('TEST_DATABASE_URL'), false, 'it knows nothing of the environment of the site')
  if (existsSync('/usr/bin/prlimit')) {
    await t.rejects(run('head -c 5000000 /dev/zero > large'), /ended with/, 'the largest file')
    await t.rejects(run(`exec ${process.execPath} -e "Buffer.alloc(2e9).fill(1)"`), /ended with/, 'the memory')
  }
})

t.test('a program that is stopped with the site is not a failure of the file', async (t) => {
  const stopping = new AbortController()
  const asked = runProgram({
    program: '/bin/sh',
    parameters: ['-c', 'sleep 60'],
    folder: t.testdir({}),
    longestMs: 30_000,
    signal: stopping.signal
  })
  stopping.abort()
  await t.rejects(asked, /the site stops/)
})

function leftovers(uploadsDir: string): string[] {
  const temporary = path.join(uploadsDir, 'tmp')
  return existsSync(temporary) ? readdirSync(temporary) : []
}

t.test(
  'a video is made ready for phones: two sizes, the sound, a first picture, nothing that its maker left in it',
  async (t) => {
    const folder = t.testdir({})
    const uploadsDir = path.join(folder, 'uploads')
    const { db, url } = await emptyDatabase(t)
    const media = await received(db, uploadsDir, video)
    await prepareAll(db, url, uploadsDir)
    const row = await db.selectFrom('media').selectAll().where('id', '=', media.id).executeTakeFirstOrThrow()
    t.equal(row.preparation, 'ready')
    const made = await db
      .selectFrom('renditions')
      .select(['format', 'width', 'height', 'size'])
      .where('media_id', '=', media.id)
      .orderBy('format')
      .orderBy('width')
      .execute()
    if (findVideoPrograms()) {
      t.ok(made.some(({ format }) => format === 'mp4'))
      t.ok(
        made.every(({ format, width, height }) =>
          format === 'm4a' ? width === 0 : width % 2 === 0 && height % 2 === 0
        )
      )
      const poster = await db.selectFrom('media').selectAll().where('id', '=', row.poster_id).executeTakeFirst()
      t.match(poster, { kind: 'image', alt: '' })
    } else {
      t.same(made, [])
      t.match(row.preparation_note, 'ffmpeg')
    }
  }
)

t.test('a list of addresses named .mp4 is fetched from nowhere', async (t) => {
  const programs = findVideoPrograms()
  const folder = t.testdir({ 'list.mp4': '#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:9/x.ts\n', work: {} })
  if (!programs) return t.pass('there is no ffmpeg here: nothing opens it')
  await t.rejects(
    convertVideo(programs, {
      path: path.join(folder, 'list.mp4'),
      contentType: 'video/mp4',
      folder: path.join(folder, 'work')
    }),
    /Invalid data/
  )
})

t.test('a video is never made larger than it was filmed', async (t) => {
  t.same(sizesFor(1080), [360, 720])
  t.same(sizesFor(480), [360])
  t.same(sizesFor(240), [240])
})

t.test('the webmaster sees what is being made of a file, why it could not be, and asks again', async (t) => {
  const site = await openSite(t)
  const file = await site.db
    .selectFrom('media')
    .select('id')
    .where('kind', '=', 'presentation')
    .limit(1)
    .executeTakeFirstOrThrow()
  const set = (preparation: 'waiting' | 'failed' | 'ready', note: string) =>
    site.db.updateTable('media').set({ preparation, preparation_note: note }).where('id', '=', file.id).execute()
  const address = `/gestion/mediatheque/${file.id}`
  const ines = await site.signIn('ines')

  t.notMatch((await ines.visit(address)).text, 'Réessayer')
  await set('waiting', '')
  t.match((await ines.visit(address)).text, 'En attente. Ses diapositives à lire dans la page sont en préparation')
  await set('failed', 'Ce fichier n’a pas pu être transformé.')
  const failed = await ines.visit(address)
  t.match(failed.text, 'Ce fichier n’a pas pu être transformé.')
  const asked = await ines.submit(failed, {}, { button: 'Réessayer' })
  t.match(asked.text, 'La préparation recommence.')
  const row = await site.db
    .selectFrom('media')
    .select(['preparation', 'preparation_attempts'])
    .where('id', '=', file.id)
    .executeTakeFirstOrThrow()
  t.same(row, { preparation: 'waiting', preparation_attempts: 0 })

  const again = await ines.post(`${address}/preparer`)
  t.equal(again.status, 303, 'asked twice, it is no error')
  t.equal((await ines.post('/gestion/mediatheque/999999/preparer')).status, 404)
  for (const person of ['camille', 'nadia', 'paul'] as const) {
    t.equal((await (await site.signIn(person)).post(`${address}/preparer`)).status, 403, person)
  }
})

t.test('a PDF whose pages are made is read where it stands: in a number, on a sheet', async (t) => {
  const site = await openSite(t)
  const { db } = site
  const images = await db.selectFrom('media').select('id').where('kind', '=', 'image').limit(2).execute()
  const issue = await db
    .selectFrom('issues')
    .select(['slug', 'pdf_id'])
    .where('pdf_id', 'is not', null)
    .limit(1)
    .executeTakeFirstOrThrow()
  const pages = images.map(({ id }, index) => ({
    image_id: id,
    title: `Page ${index + 1}`,
    text: 'Des mots',
    notes: ''
  }))
  await addSlides(db, issue.pdf_id ?? 0, pages)
  const number = await site.visit(`/bonus/entre-nous/${issue.slug}`, { as: 'camille' })
  t.match(number.text, 'Page 1 sur 2')
  t.match(number.text, 'Page suivante')

  const sheet = await db
    .selectFrom('action_documents')
    .innerJoin('actions', 'actions.id', 'action_documents.action_id')
    .innerJoin('media', 'media.id', 'action_documents.media_id')
    .select(['actions.slug', 'media.id', 'media.title'])
    .where('media.kind', '=', 'pdf')
    .where('media.id', '!=', issue.pdf_id)
    .limit(1)
    .executeTakeFirstOrThrow()
  await addSlides(db, sheet.id, pages)
  const page = await site.visit(`/actions/${sheet.slug}`, { as: 'camille' })
  t.ok(page.document.querySelector('[data-deck="Page"]'))
  t.match(page.text, sheet.title)
})

t.test('without slides, the words of a presentation are read where it stands', async (t) => {
  const site = await openSite(t)
  const shown = await site.db
    .selectFrom('direction_media')
    .innerJoin('directions', 'directions.id', 'direction_media.direction_id')
    .innerJoin('media', 'media.id', 'direction_media.media_id')
    .select(['directions.slug', 'media.id'])
    .where('media.kind', '=', 'presentation')
    .limit(1)
    .executeTakeFirstOrThrow()
  await site.db.deleteFrom('slides').where('media_id', '=', shown.id).execute()
  await site.db
    .updateTable('media')
    .set({ transcript: '1. Qui nous sommes\nUne médiathèque' })
    .where('id', '=', shown.id)
    .execute()
  t.match((await site.visit(`/directions/${shown.slug}`, { as: 'camille' })).text, 'Une médiathèque')
})
