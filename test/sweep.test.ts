/** The round through the stored files: what it puts aside, what it never touches, and when it does nothing at all. */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import t, { type Test } from 'tap'
import type { Database } from '../src/db/database.ts'
import { removeDemonstration } from '../src/demonstration/remove.ts'
import { doubtOnFolder } from '../src/media/space/installation.ts'
import { checkMedia, type SweepOptions, type SweepReport, sweepMedia } from '../src/media/space/sweep.ts'
import { aloneOnRound, isDue } from '../src/media/space/sweep-queries.ts'
import { emptyFileTrash } from '../src/media/trash.ts'
import { blobPath, replaceFile, storeFile, storeMadeFiles } from '../src/media/uploads.ts'
import { cloneDatabase, emptyDatabase } from './support/database.ts'
import { linkFolder } from './support/prepare.ts'

t.setTimeout(240_000)
const hourMs = 3_600_000

interface World {
  db: Database
  uploadsDir: string
}

/** The demonstration with its files, recognised as such. */
async function filledWorld(t: Test): Promise<World> {
  const { db, templateUploads } = await cloneDatabase(t)
  const uploadsDir = folderFor(t)
  linkFolder(templateUploads, uploadsDir)
  t.equal(await doubtOnFolder({ db, uploadsDir }), undefined)
  return { db, uploadsDir }
}

function folderFor(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'extranet-sweep-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  return folder
}

async function emptyWorld(t: Test): Promise<World> {
  const { db } = await emptyDatabase(t)
  const uploadsDir = folderFor(t)
  t.equal(await doubtOnFolder({ db, uploadsDir }), undefined)
  return { db, uploadsDir }
}

async function sweep(world: World, options: SweepOptions = {}): Promise<SweepReport> {
  const report = await sweepMedia(world, options)
  if (!report) throw new Error('Another round is on.')
  return report
}

function storedIn(folder: string, part = 'blobs'): string[] {
  const path = join(folder, part)
  if (!existsSync(path)) return []
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(path, name)).isFile())
    .sort()
}

function pdf(): Buffer {
  return Buffer.from(`%PDF-1.4\n% ${randomBytes(8).toString('hex')}\n%%EOF\n`)
}

function store(world: World, source: Buffer, title = 'Un fichier') {
  return storeFile(world.db, { uploadsDir: world.uploadsDir, source, filename: 'fichier.pdf', title })
}

/** Bytes that no row names, as a process leaves them when it dies before its row. */
async function lose(world: World, count: number, ageHours: number): Promise<string[]> {
  const hashes: string[] = []
  for (let index = 0; index < count; index += 1) {
    await world.db.transaction().execute(async (trx) => {
      const [stored] = await storeMadeFiles(trx, world.uploadsDir, [randomBytes(100)])
      hashes.push(stored?.sha256 ?? '')
    })
  }
  for (const sha256 of hashes) age(blobPath(world.uploadsDir, sha256), ageHours)
  return hashes
}

function age(path: string, hours: number): void {
  const then = new Date(Date.now() - hours * hourMs)
  utimesSync(path, then, then)
}

t.test('a round puts aside what nobody names and removes what is left of old work, and nothing younger', async (t) => {
  const world = await filledWorld(t)
  const { uploadsDir } = world
  const before = storedIn(uploadsDir)
  const old = await lose(world, 3, 49)
  const young = await lose(world, 2, 47)
  mkdirSync(join(uploadsDir, 'tmp', 'work-old'), { recursive: true })
  writeFileSync(join(uploadsDir, 'tmp', 'work-old', 'slide.png'), 'x')
  mkdirSync(join(uploadsDir, 'tmp', 'work-young'))
  mkdirSync(join(uploadsDir, 'resumable'), { recursive: true })
  for (const name of ['tmp/a.part', 'tmp/b.part', 'resumable/0f'.padEnd(42, '0')])
    writeFileSync(join(uploadsDir, name), 'x')
  for (const name of ['tmp/a.part', 'tmp/work-old', 'resumable/0f'.padEnd(42, '0')]) age(join(uploadsDir, name), 25)

  const trial = await sweep(world, { isTrial: true })
  t.match(trial, { refusal: undefined, aside: { count: 3 }, temporary: { count: 3 } })
  t.equal(storedIn(uploadsDir).length, before.length + 5, 'a trial touches nothing')

  const report = await sweep(world)
  t.match(report, {
    refusal: undefined,
    aside: { count: 3, bytes: 300 },
    temporary: { count: 3 }
  })
  t.equal(report.damaged.size, 0)
  t.same(storedIn(uploadsDir, 'aside'), old.toSorted())
  t.same(storedIn(uploadsDir), [...before, ...young.map((sha256) => join(sha256.slice(0, 2), sha256))].sort())
  t.same(readdirSync(join(uploadsDir, 'tmp')).sort(), ['b.part', 'work-young'])
  t.match(await world.db.selectFrom('media_sweeps').selectAll().execute(), [{ aside_count: 3, refusal: null }])
})

t.test('what was put aside is erased after fourteen days that the site lived through', async (t) => {
  const world = await emptyWorld(t)
  const { db, uploadsDir } = world
  await store(world, pdf())
  await lose(world, 1, 49)
  t.equal((await sweep(world)).aside.count, 1)
  const [name = ''] = storedIn(uploadsDir, 'aside')
  age(join(uploadsDir, 'aside', name), 15 * 24)
  t.equal((await sweep(world)).erased.count, 0, 'old, by a clock that may have jumped')
  await db.executeQuery(
    sql`insert into media_sweeps (kind, started_at, finished_at)
      select 'sweep', now() - make_interval(days => day), now() - make_interval(days => day) from generate_series(1, 14) as day
      order by day desc`.compile(db)
  )
  t.equal((await sweep(world)).erased.count, 1)
  t.same(storedIn(uploadsDir, 'aside'), [])
})

t.test('a database that is not that of the folder is refused', async (t) => {
  const world = await filledWorld(t)
  const before = storedIn(world.uploadsDir)
  const { db: other } = await emptyDatabase(t)
  const report = await sweep({ db: other, uploadsDir: world.uploadsDir }, { ageHours: 0 })
  t.match(report.refusal, 'la marque d’un autre site')
  const [row] = await other.selectFrom('media_sweeps').selectAll().execute()
  t.match(row?.refusal, 'un autre site', 'and it is written down')

  const { db: second, templateUploads } = await cloneDatabase(t)
  const folder = folderFor(t)
  linkFolder(templateUploads, folder)
  await second.updateTable('installation').set({ mark: '00000000-0000-4000-8000-000000000000' }).execute()
  t.equal(await doubtOnFolder({ db: second, uploadsDir: folder }), undefined, 'its own folder is recognised')
  t.match((await sweep({ db: second, uploadsDir: world.uploadsDir })).refusal, 'un autre site')
  rmSync(join(folder, 'installation'))
  t.match((await sweep({ db: second, uploadsDir: folder })).refusal, 'n’a plus la marque')
  t.equal((await sweep({ db: second, uploadsDir: folder }, { recogniseAgain: true })).refusal, undefined)
  t.same(storedIn(world.uploadsDir), before)
  t.same(storedIn(world.uploadsDir, 'aside'), [])
})

t.test('a folder without mark is not adopted when the files of the rows are not there', async (t) => {
  const { db } = await cloneDatabase(t)
  const uploadsDir = folderFor(t)
  t.match((await sweep({ db, uploadsDir })).refusal, 'ne contient pas ceux que cite la base')
  t.notOk(existsSync(join(uploadsDir, 'installation')))
})

t.test('an emptied database is refused', async (t) => {
  const world = await filledWorld(t)
  const before = storedIn(world.uploadsDir)
  await sql`truncate media cascade`.execute(world.db)
  t.match((await sweep(world, { ageHours: 0 })).refusal, 'La base ne cite aucun fichier')
  t.same(storedIn(world.uploadsDir), before)
})

t.test('a database that lost 30 % of its rows, or an old one that was restored, is refused', async (t) => {
  const world = await filledWorld(t)
  const before = storedIn(world.uploadsDir)
  await sql`delete from media where id % 10 < 3`.execute(world.db)
  const report = await sweep(world, { ageHours: 0 })
  t.match(report.refusal, /fichiers sur .* ne sont cités nulle part/)
  t.match(report.refusal, '--au-plus=')
  t.same(storedIn(world.uploadsDir), before)

  const restored = await filledWorld(t)
  // Since the backup, thirty files were added.
  const since = await lose(restored, 30, 0)
  t.match((await sweep(restored, { ageHours: 0 })).refusal, /^30 fichiers sur/)
  t.ok(since.every((sha256) => existsSync(blobPath(restored.uploadsDir, sha256))))
  t.equal((await sweep(restored, { ageHours: 0, orphansAtMost: 30 })).aside.count, 30, 'unless a person wants it')
})

t.test('a clock that jumps by a year stops the round', async (t) => {
  const world = await filledWorld(t)
  const lost = await lose(world, 2, 1)
  await sweep(world)
  await sql`update media_sweeps set started_at = started_at - interval '1 year'`.execute(world.db)
  t.match((await sweep(world)).refusal, 'D’après l’horloge')

  const now = Date.now
  Date.now = () => now() + 365 * 24 * hourMs
  try {
    t.match((await sweep(world)).refusal, 'ne donnent pas la même heure')
  } finally {
    Date.now = now
  }
  t.ok(lost.every((sha256) => existsSync(blobPath(world.uploadsDir, sha256))))
  t.equal((await sweep(world)).refusal, undefined, 'the next one is normal again')
})

t.test('files that are missing, cut or damaged are told, and never touched', async (t) => {
  const world = await emptyWorld(t)
  const { db, uploadsDir } = world
  const [missing, cut, damaged] = [await store(world, pdf()), await store(world, pdf()), await store(world, pdf())]
  const bytes = readFileSync(blobPath(uploadsDir, damaged.sha256))
  rmSync(blobPath(uploadsDir, missing.sha256))
  writeFileSync(blobPath(uploadsDir, cut.sha256), '%PDF')
  writeFileSync(blobPath(uploadsDir, damaged.sha256), Buffer.alloc(bytes.length, 'x'))
  const report = await sweep(world)
  t.same(
    [...report.damaged].sort(),
    [
      [missing.sha256, 'missing'],
      [cut.sha256, 'size']
    ].sort()
  )
  const check = await checkMedia(world)
  t.same([...(check?.damaged ?? [])], [[damaged.sha256, 'damaged']])
  t.equal((await db.selectFrom('media').select('id').execute()).length, 3)
  t.equal((await db.selectFrom('damaged_bytes').select('sha256').execute()).length, 3)

  writeFileSync(blobPath(uploadsDir, damaged.sha256), bytes)
  await sweep(world)
  t.same(
    (await db.selectFrom('damaged_bytes').select('problem').orderBy('problem').execute()).map(({ problem }) => problem),
    ['missing', 'size'],
    'what was put right is forgotten'
  )
})

t.test('a check that is interrupted goes on from there, at the speed it is given', async (t) => {
  const world = await filledWorld(t)
  const total = (await sweep(world)).stored
  const stopping = new AbortController()
  const started = performance.now()
  setTimeout(() => stopping.abort(), 600)
  await t.rejects(checkMedia(world, { bytesPerSecond: total.bytes / 2, signal: stopping.signal }))
  const row = await world.db.selectFrom('media_sweeps').selectAll().where('kind', '=', 'check').executeTakeFirst()
  t.ok(row?.checked_until)
  t.equal(row?.finished_at, null)
  const report = await checkMedia(world)
  t.equal(report?.damaged.size, 0)
  t.equal(report?.seen.count, total.count)
  t.ok(performance.now() - started > 500)
  t.notOk(await isDue(world.db, 'check', 24))
})

t.test('a file sent again at the very moment of the round is never lost', async (t) => {
  const world = await emptyWorld(t)
  const { db, uploadsDir } = world
  await store(world, pdf())
  let [aside, rounds] = [0, 0]
  const until = performance.now() + 20_000
  while (rounds < 300 && performance.now() < until) {
    rounds += 1
    const bytes = pdf()
    const first = await store(world, bytes)
    // The row goes, its bytes stay: an orphan, sent again while the round passes.
    await db.deleteFrom('media').where('id', '=', first.id).execute()
    const [report, again] = await Promise.all([
      sweep(world, { ageHours: 0, temporaryAgeHours: 24 }),
      store(world, bytes)
    ])
    aside += report.aside.count
    if (!existsSync(blobPath(uploadsDir, again.sha256))) t.fail(`round ${rounds}: the bytes of a row are gone`)
  }
  t.comment(`${rounds} rounds, ${aside} put aside before they came again`)
  t.ok(rounds >= 100)
  t.equal((await sweep(world)).damaged.size, 0)
})

t.test('bytes that two rows share stay until both are gone', async (t) => {
  const world = await emptyWorld(t)
  const { db, uploadsDir } = world
  const bytes = pdf()
  const [first, second] = [await store(world, bytes), await store(world, bytes)]
  for (const [id, remains] of [
    [first.id, true],
    [second.id, false]
  ] as const) {
    await db
      .updateTable('media')
      .set({ trashed_at: new Date(0) })
      .where('id', '=', id)
      .execute()
    await emptyFileTrash(db, uploadsDir)
    await sweep(world, { ageHours: 0 })
    t.equal(existsSync(blobPath(uploadsDir, first.sha256)), remains)
  }
})

t.test('what goes on purpose is put aside however many files it is: a demonstration that is removed', async (t) => {
  const world = await filledWorld(t)
  await removeDemonstration(world.db)
  t.ok(storedIn(world.uploadsDir).length > 50)
  const report = await sweep(world)
  t.equal(report.refusal, undefined)
  const named = new Set(
    (
      await sql<{ sha256: string }>`
    select sha256 from media union select sha256 from renditions`.execute(world.db)
    ).rows.map(({ sha256 }) => sha256)
  )
  t.equal(storedIn(world.uploadsDir).length, named.size, 'only what rows name is left')
})

t.test('the bytes of a file that is replaced leave the store, with what was made of them', async (t) => {
  const world = await emptyWorld(t)
  const { db, uploadsDir } = world
  const media = await store(world, pdf())
  const image = join(import.meta.dirname, 'support/fixtures')
  t.ok(existsSync(image))
  const slide = await db
    .insertInto('media')
    .values({
      sha256: 'ab'.padEnd(64, '0'),
      size: 5,
      content_type: 'image/png',
      filename: 'd.png',
      kind: 'image',
      title: 'D'
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('slides').values({ media_id: media.id, position: 1, image_id: slide.id, title: 'Un' }).execute()
  const replaced = await replaceFile(db, media, { uploadsDir, source: pdf() })
  await emptyFileTrash(db, uploadsDir)
  t.notOk(existsSync(blobPath(uploadsDir, media.sha256)))
  t.ok(existsSync(blobPath(uploadsDir, replaced.sha256)))
  t.same(await db.selectFrom('slides').selectAll().execute(), [])
  t.same(
    (await db.selectFrom('media').select('id').execute()).map(({ id }) => id),
    [media.id],
    'the old slides are gone'
  )
  t.same(await db.selectFrom('released_bytes').selectAll().execute(), [])
})

t.test('one round at a time, whatever the number of processes', async (t) => {
  const world = await emptyWorld(t)
  await aloneOnRound(world.db, async () => {
    t.equal(await sweepMedia(world), undefined)
    t.equal(await checkMedia(world), undefined)
  })
  t.ok(await isDue(world.db, 'sweep', 24))
  await sweep(world)
  t.notOk(await isDue(world.db, 'sweep', 24))
})

t.test('the commands say in French what they did, and fail when there is something to put right', async (t) => {
  const { db, url, templateUploads } = await cloneDatabase(t)
  const uploadsDir = folderFor(t)
  linkFolder(templateUploads, uploadsDir)
  const run = (command: string, ...words: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [`src/ops/${command}.ts`, ...words], {
      cwd: join(import.meta.dirname, '..'),
      encoding: 'utf8',
      env: { ...process.env, DATABASE_URL: url, UPLOADS_DIR: uploadsDir, DATA_DIR: folderFor(t), LOG_LEVEL: 'silent' }
    })
    return { status, text: stdout + stderr }
  }
  const lost = await lose({ db, uploadsDir }, 2, 49)
  t.match(run('media-sweep', '--a-blanc'), {
    status: 0,
    text: /À blanc[\s\S]*À mettre de côté[^\n]*2\sfichiers, 1\sko/
  })
  t.same(storedIn(uploadsDir, 'aside'), [])
  t.match(run('media-sweep'), {
    status: 0,
    text: /Mis de côté[^\n]*2\sfichiers[\s\S]*Tous les fichiers que cite la base sont là/
  })
  t.same(storedIn(uploadsDir, 'aside'), lost.toSorted())
  t.match(run('media-sweep', '--age=demain'), { status: 1, text: 'un nombre entier est attendu' })
  t.match(run('media-sweep', '--tout'), { status: 1, text: '--a-blanc' })
  t.match(run('media-check', '--debit=1000'), { status: 0, text: 'Aucun n’est abîmé' })
  t.match(run('media-renditions'), { status: 1, text: 'Dites ce qui est à refaire' })

  const pdf = await db
    .selectFrom('media')
    .select(['sha256', 'title'])
    .where('kind', '=', 'pdf')
    .executeTakeFirstOrThrow()
  const path = blobPath(uploadsDir, pdf.sha256)
  const bytes = readFileSync(path)
  // The file of the template is linked here: it must stay as it is.
  rmSync(path)
  writeFileSync(path, Buffer.alloc(bytes.length, 'x'))
  const check = run('media-check', '--debit=1000')
  t.match(check, { status: 1, text: pdf.sha256 })
  t.match(check.text, pdf.title)
  rmSync(path)
  t.match(run('media-sweep'), { status: 1, text: /1\sfichier manque[\s\S]*absent/ })
  await db.updateTable('installation').set({ mark: '00000000-0000-4000-8000-000000000000' }).execute()
  t.match(run('media-sweep'), { status: 1, text: 'la marque d’un autre site' })
  t.match(run('media-sweep', '--reconnaitre'), { text: 'Le ménage des fichiers est fait' })
})
