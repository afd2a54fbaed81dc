/** The picture one sees before a film plays, and how a film that cannot be played ends: by jobs, with the programs of this machine and without them. */
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { startJobs } from '../src/jobs/jobs.ts'
import { askForFrame, saveFileDetails } from '../src/media/file-queries.ts'
import { preparationJobs, watchPreparations } from '../src/media/preparation/preparations.ts'
import { replaceFile, storeFile } from '../src/media/uploads.ts'
import { findVideoPrograms } from '../src/media/video/video-conversion.ts'
import { emptyDatabase } from './support/database.ts'

t.setTimeout(240_000)
const film = path.join(import.meta.dirname, '../src/demonstration/files/video-culture.mp4')
const otherFilm = path.join(import.meta.dirname, '../src/demonstration/files/video-presentation.mp4')
const picture = path.join(import.meta.dirname, '../src/demonstration/files/video-culture-affiche.jpg')
const programs = findVideoPrograms()
const machine = process.env.PATH ?? ''
const logged: string[] = []
const quiet = {
  info: () => undefined,
  warn: (...words: unknown[]) => void logged.push(JSON.stringify(words)),
  error: () => undefined
}

async function openStore(t: Test) {
  const { db, url } = await emptyDatabase(t)
  const folder = t.testdir({})
  const uploadsDir = path.join(folder, 'uploads')
  const { id: agentId } = await db
    .insertInto('agents')
    .values({ email: 'ines@ville.example', name: 'Inès Caron', role: 'webmaster' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const by = { id: agentId, name: 'Inès Caron' }
  const bring = (file: string, title = 'Un film') =>
    storeFile(db, { uploadsDir, source: { path: file }, filename: path.basename(file), title })
  const row = (id: number) => db.selectFrom('media').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  /** Lets jobs run until nothing is asked of them. */
  const work = async (): Promise<void> => {
    const parts = { db, uploadsDir, log: quiet }
    const jobs = await startJobs({ databaseUrl: url, log: quiet, kinds: preparationJobs(parts) })
    const unwatch = watchPreparations(parts, jobs)
    try {
      for (let tries = 0; ; tries += 1) {
        const waiting = await db
          .selectFrom('media')
          .select('id')
          .where((eb) => eb.or([eb('preparation', 'in', ['waiting', 'working']), eb('frame_wanted', 'is not', null)]))
          .executeTakeFirst()
        if (!waiting) return
        if (tries > 500) throw new Error(`It never ended: ${logged.join('\n')}`)
        await sleep(200)
      }
    } finally {
      unwatch()
      await jobs.stop()
    }
  }
  return { db, uploadsDir, folder, by, bring, row, work }
}

function useMachineWithout(t: Test, folder: string): void {
  const bare = path.join(folder, 'programs')
  mkdirSync(bare, { recursive: true })
  process.env.PATH = bare
  t.teardown(() => {
    process.env.PATH = machine
  })
}

t.test('the site takes a picture, another is chosen in the film, and the former goes to the trash', async (t) => {
  const { db, by, bring, row, work } = await openStore(t)
  const { id } = await bring(film)
  await work()
  const first = (await row(id)).poster_id
  if (!programs) return t.equal(first, null, 'without ffmpeg there is none')
  t.match(await row(first ?? 0), { frame_of: id, alt: '', trashed_at: null })

  await askForFrame(db, { id, title: 'Un film' }, 4, by)
  await work()
  const second = (await row(id)).poster_id
  t.not(second, first)
  t.match(await row(second ?? 0), { frame_of: id, trashed_at: null })
  t.ok((await row(first ?? 0)).trashed_at, 'the former is in the trash')
  t.match(await row(id), { frame_wanted: null, frame_note: '', frame_attempts: 1 })

  const { id: chosen } = await bring(picture, 'Une image')
  await saveFileDetails(db, { id, title: 'Un film' }, { poster_id: chosen }, by)
  t.ok((await row(second ?? 0)).trashed_at, 'an image of the library takes its place')
  await askForFrame(db, { id, title: 'Un film' }, 2, by)
  await work()
  t.equal((await row(chosen)).trashed_at, null, 'and stays in the library when it leaves')

  await saveFileDetails(db, { id, title: 'Un film' }, { poster_id: null }, by)
  t.equal((await row(id)).frame_wanted, 1, 'a tenth of its ten seconds')
  await work()
  t.ok((await row(id)).poster_id)
  const shown = await db
    .selectFrom('media')
    .select('id')
    .where('frame_of', '=', id)
    .where('trashed_at', 'is', null)
    .execute()
  t.equal(shown.length, 1, 'of all that were taken, one is left')
})

t.test('a picture that something else shows is not taken away from it', async (t) => {
  const { db, by, bring, row, work } = await openStore(t)
  const { id } = await bring(film)
  await work()
  if (!programs) return t.match(await row(id), { preparation: 'ready', preparation_note: /ffmpeg/ })
  const first = (await row(id)).poster_id ?? 0
  const { id: other } = await bring(otherFilm, 'Un autre')
  await db.updateTable('media').set({ poster_id: first, preparation: 'ready' }).where('id', '=', other).execute()
  await askForFrame(db, { id, title: 'Un film' }, 3, by)
  await work()
  t.equal((await row(first)).trashed_at, null)
})

t.test('the picture of a film that is replaced goes with it', async (t) => {
  const { db, uploadsDir, bring, row, work } = await openStore(t)
  const media = await bring(film)
  await work()
  const first = (await row(media.id)).poster_id
  await replaceFile(db, media, { uploadsDir, source: { path: otherFilm } })
  t.equal((await row(media.id)).poster_id, null)
  if (first !== null) t.ok((await row(first)).trashed_at)
  await work()
  t.equal((await row(media.id)).poster_id === null, programs === undefined, 'it has a picture of the new film')
})

t.test('the picture of a film that is replaced stays where a page shows it', async (t) => {
  const { db, uploadsDir, bring, row } = await openStore(t)
  const media = await bring(film)
  const { id: shown } = await bring(picture)
  await db.updateTable('media').set({ frame_of: media.id }).where('id', '=', shown).execute()
  await db.updateTable('media').set({ poster_id: shown }).where('id', '=', media.id).execute()
  await db.updateTable('settings').set({ logo_id: shown }).execute()
  await replaceFile(db, media, { uploadsDir, source: { path: otherFilm } })
  t.equal((await row(media.id)).poster_id, null, 'the new film has none yet')
  t.equal((await row(shown)).trashed_at, null)
})

t.test('without ffmpeg, whoever asks for a picture of the film is told what to do', async (t) => {
  const { db, folder, by, bring, row, work } = await openStore(t)
  const { id } = await bring(film)
  useMachineWithout(t, folder)
  await work()
  await askForFrame(db, { id, title: 'Un film' }, 4, by)
  await work()
  t.match(await row(id), { frame_wanted: null, frame_note: /n’a pas ffmpeg.+image de la médiathèque/, poster_id: null })
})

t.test('a picture that ended its process three times is not tried again', async (t) => {
  const { db, by, bring, row, work } = await openStore(t)
  const { id } = await bring(film)
  await db.updateTable('media').set({ preparation: 'ready' }).where('id', '=', id).execute()
  await askForFrame(db, { id, title: 'Un film' }, 4, by)
  await db.updateTable('media').set({ frame_attempts: 3 }).where('id', '=', id).execute()
  await work()
  t.match(await row(id), { frame_wanted: null, frame_note: /n’a pas pu être prise/ })
})

t.test('chapters that the file names are read, and those that somebody wrote stay', async (t) => {
  const { db, folder, bring, row, work } = await openStore(t)
  if (!programs) return t.equal(findVideoPrograms(), undefined)
  const chapters = path.join(folder, 'film.mp4')
  const text = path.join(folder, 'chapters.txt')
  spawnSync('sh', [
    '-c',
    `printf ';FFMETADATA1\\n[CHAPTER]\\nTIMEBASE=1/1\\nSTART=0\\nEND=3\\ntitle=Bonjour\\n' > "${text}"`
  ])
  spawnSync(programs.ffmpeg, [
    '-v',
    'error',
    '-y',
    '-i',
    film,
    '-i',
    text,
    '-map',
    '0',
    '-map_metadata',
    '1',
    '-map_chapters',
    '1',
    '-c',
    'copy',
    chapters
  ])
  const { id } = await bring(chapters)
  const { id: written } = await bring(chapters, 'Un autre')
  await db.updateTable('media').set({ chapters: '[]' }).where('id', '=', written).execute()
  await work()
  t.same((await row(id)).chapters, [{ at: 0, title: 'Bonjour' }])
  t.same((await row(written)).chapters, [], 'somebody said there are none')
})

t.test('a film that will never play says why at once, and is not tried again', async (t) => {
  const { folder, bring, row, work } = await openStore(t)
  if (!programs) return t.equal(findVideoPrograms(), undefined)
  const sound = path.join(folder, 'son.mp4')
  spawnSync(programs.ffmpeg, ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'sine=duration=1', '-c:a', 'aac', sound])
  const { id } = await bring(sound)
  await work()
  t.match(await row(id), {
    preparation: 'failed',
    preparation_note: /Ce fichier n’a pas d’image/,
    preparation_attempts: 1
  })
})
