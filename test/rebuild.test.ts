/** What was made of files is made again: readers never see less, nothing is doubled, and the former bytes leave. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import type { Database } from '../src/db/database.ts'
import { startJobs } from '../src/jobs/jobs.ts'
import { findConversionPrograms } from '../src/media/documents/slide-conversion.ts'
import { startRenditions } from '../src/media/images/renditions.ts'
import { preparationJobs, watchPreparations } from '../src/media/preparation/preparations.ts'
import { findProgram } from '../src/media/preparation/programs.ts'
import { askAgain } from '../src/media/preparation/rebuild.ts'
import { putReleasedAside } from '../src/media/space/leftovers.ts'
import { sweepMedia } from '../src/media/space/sweep.ts'
import { blobPath, storeFile } from '../src/media/uploads.ts'
import { findVideoPrograms } from '../src/media/video/video-conversion.ts'
import { emptyDatabase } from './support/database.ts'

t.setTimeout(240_000)
const files = path.join(import.meta.dirname, '../src/demonstration/files')
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
const nothing = { images: false, presentations: false, videos: false, onlyMissing: false }

async function world(t: Test) {
  const { db, url } = await emptyDatabase(t)
  const uploadsDir = mkdtempSync(path.join(tmpdir(), 'extranet-rebuild-'))
  t.teardown(() => rmSync(uploadsDir, { recursive: true }))
  const store = (name: string) =>
    storeFile(db, { uploadsDir, source: { path: path.join(files, name) }, filename: name, title: name })
  return { db, url, uploadsDir, store }
}

async function makeImages(db: Database, uploadsDir: string): Promise<void> {
  const maker = startRenditions({ db, uploadsDir, log: quiet })
  await maker.idle()
  await maker.stop()
}

function renditionsOf(db: Database, mediaId: number) {
  return db
    .selectFrom('renditions')
    .selectAll()
    .where('media_id', '=', mediaId)
    .orderBy('format')
    .orderBy('width')
    .execute()
}

t.test('the copies of an image are made again, once, while the former ones are shown', async (t) => {
  const { db, uploadsDir, store } = await world(t)
  const image = await store('album-journee-1.jpg')
  await makeImages(db, uploadsDir)
  const before = await renditionsOf(db, image.id)
  t.ok(before.length >= 4)
  t.same(await askAgain(db, { ...nothing, images: true, onlyMissing: true }), {
    images: 0,
    presentations: 0,
    videos: 0
  })

  // As another version of the encoder would have made them.
  const old = { sha256: image.sha256, size: image.size }
  await db.updateTable('renditions').set(old).where('media_id', '=', image.id).where('format', '=', 'webp').execute()
  await db
    .updateTable('renditions')
    .set({ width: 333 })
    .where('media_id', '=', image.id)
    .where('width', '=', 320)
    .execute()
  t.same((await askAgain(db, { ...nothing, images: true })).images, 1)
  t.same((await askAgain(db, { ...nothing, images: true })).images, 0, 'it waits already')
  t.equal((await renditionsOf(db, image.id)).length, before.length, 'readers keep what there is')
  await makeImages(db, uploadsDir)
  t.same(await renditionsOf(db, image.id), before, 'and then have the new ones, of the new sizes alone')
  await putReleasedAside(db, uploadsDir)
  for (const { sha256 } of before) t.ok(existsSync(blobPath(uploadsDir, sha256)))
  t.equal((await sweepMedia({ db, uploadsDir }, { ageHours: 0 }))?.aside.count, 0)
})

t.test('only what lacks is asked for: none, too few, or damaged', async (t) => {
  const { db, uploadsDir, store } = await world(t)
  const [first, second, third] = [
    await store('album-journee-1.jpg'),
    await store('album-journee-2.jpg'),
    await store('album-journee-3.jpg')
  ]
  await makeImages(db, uploadsDir)
  await db.deleteFrom('renditions').where('media_id', '=', first.id).where('format', '=', 'avif').execute()
  const [rendition] = await renditionsOf(db, second.id)
  await db
    .insertInto('damaged_bytes')
    .values({ sha256: rendition?.sha256 ?? '', problem: 'missing' })
    .execute()
  t.equal((await askAgain(db, { ...nothing, images: true, onlyMissing: true })).images, 2)
  const row = await db.selectFrom('media').select('prepared_at').where('id', '=', third.id).executeTakeFirst()
  t.ok(row?.prepared_at)
  await makeImages(db, uploadsDir)
  t.ok((await renditionsOf(db, first.id)).some(({ format }) => format === 'avif'))
})

t.test('slides and videos are made again in the place of the former ones', async (t) => {
  const { db, url, uploadsDir, store } = await world(t)
  const [deck, video] = [await store('deck-culture.pptx'), await store('video-presentation.mp4')]
  const prepare = async (): Promise<void> => {
    const jobs = await startJobs({
      databaseUrl: url,
      log: quiet,
      kinds: preparationJobs({ db, uploadsDir, log: quiet })
    })
    const unwatch = watchPreparations({ db, uploadsDir, log: quiet }, jobs)
    const waiting = () =>
      db.selectFrom('media').select('id').where('preparation', 'in', ['waiting', 'working']).executeTakeFirst()
    while (await waiting()) await sleep(200)
    unwatch()
    await jobs.stop()
  }
  const counts = async () => ({
    slides: (await db.selectFrom('slides').select('position').execute()).length,
    images: (await db.selectFrom('media').select('id').where('kind', '=', 'image').execute()).length,
    sizes: (await renditionsOf(db, video.id)).length
  })
  await prepare()
  const before = await counts()
  t.equal(before.slides > 0, findConversionPrograms() !== undefined)
  t.equal(before.sizes > 0, findVideoPrograms() !== undefined)
  t.match(await askAgain(db, { images: false, presentations: true, videos: true, onlyMissing: false }), {
    presentations: 1,
    videos: 1
  })
  t.same(await counts(), before, 'readers keep what there is')
  await prepare()
  t.same(await counts(), before)
  t.same(await db.selectFrom('media').select('preparation').where('id', 'in', [deck.id, video.id]).execute(), [
    { preparation: 'ready' },
    { preparation: 'ready' }
  ])
  const report = await sweepMedia({ db, uploadsDir }, { ageHours: 0 })
  t.equal(report?.refusal, undefined)
  t.equal(report?.damaged.size, 0)
})

t.test('a program does not outlive the site that started it, even one that is killed', async (t) => {
  if (!findProgram('setpriv') || !findProgram('unshare')) return t.comment('This machine has no setpriv.')
  const folder = mkdtempSync(path.join(tmpdir(), 'extranet-outlive-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const mark = `${process.pid}7`
  const script = `import { runProgram } from ${JSON.stringify(path.join(import.meta.dirname, '../src/media/preparation/programs.ts'))}
    await runProgram({ program: '/bin/sh', parameters: ['-c', 'sleep ${mark} & sleep ${mark}'], folder: ${JSON.stringify(folder)}, longestMs: 60000 })`
  const site = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' })
  const alive = (): number => findProcesses().filter((line) => line.includes(`sleep\0${mark}`)).length
  while (alive() < 2) await sleep(50)
  site.kill('SIGKILL')
  await once(site, 'exit')
  for (let tries = 0; alive() > 0 && tries < 40; tries += 1) await sleep(50)
  t.equal(alive(), 0)
})

/** The command lines of the machine. */
function findProcesses(): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return []
    try {
      return [readFileSync(`/proc/${pid}/cmdline`, 'utf8')]
    } catch {
      return []
    }
  })
}
