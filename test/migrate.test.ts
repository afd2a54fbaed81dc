import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import t, { type Test } from 'tap'
import { openDatabase } from '../src/db/database.ts'
import { startEmbedded } from '../src/db/embedded.ts'
import { migrate, pendingMigrations } from '../src/db/migrate.ts'

// Not a folder of tap's: those are removed before the server has stopped.
const dataDir = mkdtempSync(join(tmpdir(), 'extranet-migrate-'))
const server = await startEmbedded({ dataDir, throwaway: true })
t.teardown(async () => {
  await server.stop()
  rmSync(dataDir, { recursive: true })
})

const siteMigrations = join(import.meta.dirname, '../migrations')
const small = {
  '001-towns.sql': 'create table towns (\n  id integer primary key\n);\n',
  '002-streets.sql': 'create table streets (id integer primary key);'
}

async function emptyDatabase(name: string): Promise<string> {
  await query(server.url, `create database ${name}`)
  const url = new URL(server.url)
  url.pathname = name
  return url.href
}

async function query(url: string, text: string): Promise<pg.QueryResultRow[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

/** A city as it was before the migration of this number, and the folder where the rest of its migrations come. */
async function cityBefore(t: Test, name: string, number: string) {
  const folder = t.testdir({})
  const names = readdirSync(siteMigrations).sort()
  const [before, after] = [names.filter((each) => each < number), names.filter((each) => each >= number)]
  const bring = (some: string[]): void => {
    for (const each of some) copyFileSync(join(siteMigrations, each), join(folder, each))
  }
  bring(before)
  const url = await emptyDatabase(name)
  await migrate(url, folder)
  return {
    url,
    /** What is left to apply. */
    after,
    /** Applies the rest, or the next one alone. */
    migrateOn: ({ one = false } = {}): Promise<string[]> => {
      bring(one ? after.slice(0, 1) : after)
      return migrate(url, folder)
    }
  }
}

t.test('the migrations of the site apply to an empty database, once', async (t) => {
  const url = await emptyDatabase('whole')
  const names = await migrate(url)
  t.ok(names.length > 0)
  t.strictSame(names, [...names].sort(), 'in the order of their numbers')
  t.strictSame(await migrate(url), [], 'a second run does nothing')

  const db = openDatabase(url)
  t.strictSame(await pendingMigrations(db), [])
  await db.destroy()
})

t.test('a new migration applies to a filled database', async (t) => {
  const folder = t.testdir(small)
  const url = await emptyDatabase('filled')
  await migrate(url, folder)
  await query(url, 'insert into towns values (1)')
  writeFileSync(join(folder, '003-names.sql'), "alter table towns add name text not null default 'Valbrune';")

  const db = openDatabase(url)
  t.strictSame(await pendingMigrations(db, folder), ['003-names.sql'])
  await db.destroy()
  t.strictSame(await migrate(url, folder), ['003-names.sql'])
  t.strictSame(await query(url, 'select * from towns'), [{ id: 1, name: 'Valbrune' }])
})

t.test('a city that was writing before the back-office was whole loses nothing of it', async (t) => {
  const { url, after, migrateOn } = await cityBefore(t, 'writing', '010')
  await query(
    url,
    `insert into agents (email, name, role) values ('ines.caron@ville.example', 'Inès Caron', 'webmaster');
    insert into engagements (number, slug, title, hue, published_at) values (1, 'accueillir', 'Accueillir', 'ocre', now());
    insert into actions (number, slug, title, engagement_id, published_at)
      select 1, 'un-guichet', 'Un guichet', id, now() from engagements;
    insert into entries (kind, content_id, title, draft, version, saved_by, publish_at)
      select 'action', actions.id, 'Un guichet', '{"title": "Un guichet unique"}', 3, agents.id, '2030-01-01' from actions, agents;
    insert into entries (kind, title, draft, trashed_at, trashed_by)
      select 'action', 'Jetée', '{"title": "Jetée"}', now(), id from agents;
    insert into revisions (entry_id, version, event, document, agent_id, agent_name, created_at)
      select entries.id, 1, 'published', '{}', null, 'Reprise du site', '2026-01-01 12:00Z'::timestamptz from entries where title = 'Un guichet'
      union all
      select entries.id, 3, 'saved', entries.draft, agents.id, 'Inès Caron', '2026-02-01 12:00Z'::timestamptz from entries, agents where title = 'Un guichet';`
  )
  const written =
    'select id, title, draft, version, saved_by, saved_at, publish_at, trashed_at from entries where id = any($)'
  const ids = (await query(url, 'select id from entries')).map(({ id }) => Number(id))
  const entries = written.replace('$', `'{${ids.join()}}'`)
  const asWritten = await query(url, `${entries} order by id`)

  t.same(await migrateOn(), after)

  t.same(await query(url, `${entries} order by id`), asWritten, 'drafts, plans and the trash are as they were')
  t.same(
    await query(
      url,
      `select entries.kind, coalesce(pages.slug, entries.title) as what from entries
       left join pages on pages.id = entries.content_id and entries.kind in ('page', 'demarche')
       order by entries.kind, what`
    ),
    [
      { kind: 'action', what: 'Jetée' },
      { kind: 'action', what: 'Un guichet' },
      { kind: 'demarche', what: 'demarche' },
      { kind: 'home', what: 'Accueil' },
      { kind: 'page', what: 'accessibilite' },
      { kind: 'page', what: 'confidentialite' },
      { kind: 'page', what: 'mentions-legales' }
    ],
    'each page is of its kind'
  )
  t.same(
    await query(
      url,
      'select agent_name, agent_id, subject, title, event, at::date::text as day from journal order by id'
    ),
    [
      {
        agent_name: 'Reprise du site',
        agent_id: null,
        subject: 'action',
        title: 'Un guichet',
        event: 'published',
        day: '2026-01-01'
      },
      {
        agent_name: 'Inès Caron',
        agent_id: 1,
        subject: 'action',
        title: 'Un guichet',
        event: 'saved',
        day: '2026-02-01'
      }
    ],
    'the journal begins with what was done'
  )
  t.match(
    await query(url, 'select referents_publish, email_domains, journal_months, session_days from settings'),
    [{ referents_publish: true, email_domains: null, journal_months: 12, session_days: 90 }],
    'nothing is set that the city did not choose'
  )
  await query(url, "delete from pages where slug in ('demarche', 'accessibilite')")
  t.same(
    await query(url, "select kind from entries where kind in ('page', 'demarche') order by id"),
    [{ kind: 'page' }, { kind: 'page' }],
    'an entry still goes with its page'
  )
})

t.test('the words of the files of a city that has some are found after the migration', async (t) => {
  const { url, migrateOn } = await cityBefore(t, 'search', '016')
  await query(
    url,
    `insert into media (sha256, size, content_type, filename, kind, title, transcript) values
      ('${'a'.repeat(64)}', 1, 'video/mp4', 'film.mp4', 'video', 'Un film', 'Le kiosque à musique')`
  )
  await query(
    url,
    `insert into slides (media_id, position, image_id, title, text) select id, 1, id, 'Été', 'La ludothèque' from media`
  )
  await migrateOn()
  const found = `select id from media where search @@ websearch_to_tsquery('french_unaccent', 'kiosque musique')
    union all select media_id from slides where search @@ websearch_to_tsquery('french_unaccent', 'ludotheque')`
  t.equal((await query(url, found)).length, 2)
})

t.test('a PDF that was here before is read again for what it says of itself', async (t) => {
  const { url, migrateOn } = await cityBefore(t, 'documents', '012')
  await query(
    url,
    `insert into media (sha256, size, content_type, filename, kind, title, preparation, preparation_note, trashed_at)
      select repeat('0', 64), 1, 'x', name, kind, name, state, note, trashed_at from (values
        ('ancien.pdf', 'pdf', 'ready', '', null::timestamptz), ('rate.pdf', 'pdf', 'failed', 'Illisible.', null),
        ('jete.pdf', 'pdf', 'ready', '', now()), ('film.mp4', 'video', 'failed', 'Illisible.', null)
      ) as files (name, kind, state, note, trashed_at)`
  )
  t.same(await migrateOn({ one: true }), ['012-documents.sql'])
  t.same(
    await query(
      url,
      'select filename, preparation, preparation_note as note, pdf_is_tagged as tagged from media order by id'
    ),
    [
      { filename: 'ancien.pdf', preparation: 'waiting', note: '', tagged: null },
      { filename: 'rate.pdf', preparation: 'waiting', note: '', tagged: null },
      { filename: 'jete.pdf', preparation: 'ready', note: '', tagged: null },
      { filename: 'film.mp4', preparation: 'failed', note: 'Illisible.', tagged: null }
    ]
  )
})

t.test('a city whose films have pictures already keeps them, and knows which it took itself', async (t) => {
  const { url, migrateOn } = await cityBefore(t, 'films', '013')
  const file = (kind: string, filename: string, poster: string): string =>
    `('${'a'.repeat(64)}', 10, 'x/y', '${filename}', '${kind}', '${filename}', ${poster})`
  await query(
    url,
    `insert into media (sha256, size, content_type, filename, kind, title, poster_id) values
      ${file('image', 'affiche-3.jpg', 'null')}, ${file('image', 'photo.jpg', 'null')},
      ${file('video', 'film.mp4', '1')}, ${file('video', 'autre.mp4', '2')}`
  )
  const before = (await query(url, 'select content_version from settings'))[0]
  t.same(await migrateOn({ one: true }), ['013-video-words.sql'])
  t.same(await query(url, 'select id, poster_id, frame_of, frame_wanted, chapters from media order by id'), [
    { id: 1, poster_id: null, frame_of: 3, frame_wanted: null, chapters: null },
    { id: 2, poster_id: null, frame_of: null, frame_wanted: null, chapters: null },
    { id: 3, poster_id: 1, frame_of: null, frame_wanted: null, chapters: null },
    { id: 4, poster_id: 2, frame_of: null, frame_wanted: null, chapters: null }
  ])
  await query(url, "insert into missing_words (media_id, reason, agent_name) values (3, 'tiers', 'Inès Caron')")
  const after = (await query(url, 'select content_version from settings'))[0]
  t.ok(Number(after?.content_version) > Number(before?.content_version), 'readers see the reason at once')
  await t.rejects(
    query(url, "insert into missing_words (media_id, reason, agent_name) values (4, 'autre', 'Inès Caron')"),
    { message: /missing_words/ },
    'another reason is told in words'
  )
  await t.rejects(
    query(url, "insert into missing_words (media_id, reason, agent_name) values (4, 'recente', 'Inès Caron')"),
    { message: /missing_words/ },
    'a recent film says when its words come'
  )
})

t.test('a city with photos and albums shows them all once their droit à l’image can be told', async (t) => {
  const { url, after, migrateOn } = await cityBefore(t, 'photos', '014')
  await query(
    url,
    `insert into media (sha256, size, content_type, filename, kind, title)
      values (repeat('a', 64), 10, 'image/jpeg', 'photo.jpg', 'image', 'Photo');
    insert into albums (slug, title, held_on, published_at) values ('fete', 'Fête', '2026-07-14', now());
    insert into entries (kind, content_id, title, draft) select 'album', id, title, '{"title": "Fête", "items": []}' from albums;
    insert into revisions (entry_id, version, event, document, agent_name)
      select id, 1, 'saved', '{"title": "Fête"}', 'Inès Caron' from entries where kind = 'album';`
  )
  t.same(await migrateOn(), after)
  t.same(await query(url, 'select agreement, agreement_until, hidden_at, people, taken_at from media'), [
    { agreement: 'a_demander', agreement_until: null, hidden_at: null, people: '', taken_at: null }
  ])
  t.same(await query(url, 'select downloads from albums'), [{ downloads: true }])
  t.same(
    await query(url, "select draft -> 'downloads' as draft from entries where kind = 'album'"),
    [{ draft: true }],
    'a draft says what it did not have to say'
  )
  t.same(await query(url, "select document -> 'downloads' as former from revisions"), [{ former: true }])
  await t.rejects(query(url, "update media set agreement = 'jusqu_au'"), /media_agreement_until/)
})

t.test('a migration that fails leaves nothing, and those before it stay', async (t) => {
  const folder = t.testdir({ ...small, '003-wrong.sql': 'create table squares (id integer); select 1/0;' })
  const url = await emptyDatabase('failed')
  await t.rejects(migrate(url, folder), { message: /003-wrong\.sql a échoué.+division by zero/ })
  t.strictSame(await query(url, 'select name from migrations order by name'), [
    { name: '001-towns.sql' },
    { name: '002-streets.sql' }
  ])
  t.strictSame(await query(url, "select to_regclass('squares') as found"), [{ found: null }])
})

t.test('a migration that changed after it was applied is refused', async (t) => {
  const folder = t.testdir(small)
  const url = await emptyDatabase('changed')
  await migrate(url, folder)
  writeFileSync(join(folder, '001-towns.sql'), small['001-towns.sql'].replaceAll('\n', '\r\n'))
  t.strictSame(await migrate(url, folder), [], 'other ends of lines are no change')
  writeFileSync(join(folder, '001-towns.sql'), 'create table cities (id integer primary key);')
  await t.rejects(migrate(url, folder), { message: /001-towns\.sql a changé/ })
})

t.test('a database newer than the code is refused', async (t) => {
  const folder = t.testdir(small)
  const url = await emptyDatabase('newer')
  await migrate(url, folder)
  rmSync(join(folder, '002-streets.sql'))
  await t.rejects(migrate(url, folder), { message: /002-streets\.sql.+plus récente/ })

  const db = openDatabase(url)
  await t.rejects(pendingMigrations(db, folder), { message: /plus récente/ })
  await db.destroy()
})

t.test('a migration may not slip in before one that was applied', async (t) => {
  const folder = t.testdir({ '002-streets.sql': small['002-streets.sql'] })
  const url = await emptyDatabase('late')
  await migrate(url, folder)
  writeFileSync(join(folder, '001-towns.sql'), small['001-towns.sql'])
  await t.rejects(migrate(url, folder), { message: /001-towns\.sql.+plus grand/ })
})

t.test('of processes that start together, one migrates', async (t) => {
  const folder = t.testdir({ '001-slow.sql': 'create table slow (id integer); select pg_sleep(0.2);' })
  const url = await emptyDatabase('together')
  const runs = await Promise.all([migrate(url, folder), migrate(url, folder), migrate(url, folder)])
  t.strictSame(runs.flat(), ['001-slow.sql'])
})

t.test('numbers are numbers and days are the text they were', async (t) => {
  const db = openDatabase(server.url)
  const { rows } = await sql`
    select count(*), 9007199254740993::int8 as huge, date '2023-03-01' as day from pg_class where false`.execute(db)
  t.strictSame(rows, [{ count: 0, huge: '9007199254740993', day: '2023-03-01' }])
  await db.destroy()
})

t.test('a city that has files gets a mark of its own, no limit, and nothing to sweep', async (t) => {
  const whole = join(import.meta.dirname, '../migrations')
  const folder = t.testdir()
  const names = readdirSync(whole).sort()
  const before = names.filter((name) => name < '015')
  for (const name of before) copyFileSync(join(whole, name), join(folder, name))
  const url = await emptyDatabase('spacious')
  await migrate(url, folder)
  await query(
    url,
    `insert into media (sha256, size, content_type, filename, kind, title)
      select repeat('a', 64), 5, 'application/pdf', 'a.pdf', 'pdf', 'Un PDF' from generate_series(1, 2);
    update settings set city_name = 'Valbrune', content_version = 41;`
  )
  for (const name of names) copyFileSync(join(whole, name), join(folder, name))
  t.same(await migrate(url, folder), names.slice(before.length))
  t.match(await query(url, 'select count(*)::integer as count, min(title) as title from media'), [
    { count: 2, title: 'Un PDF' }
  ])
  t.match(await query(url, 'select city_name, quota_gigabytes from settings'), [
    { city_name: 'Valbrune', quota_gigabytes: null }
  ])
  t.match(await query(url, 'select mark::text, marked_at from installation'), [
    { mark: /^[0-9a-f-]{36}$/, marked_at: null }
  ])
  for (const table of ['media_sweeps', 'released_bytes', 'damaged_bytes']) {
    t.same(await query(url, `select * from ${table}`), [], table)
  }
  await t.rejects(query(url, 'insert into installation (id) values (false)'), 'there is one')
  await t.rejects(query(url, 'update settings set quota_gigabytes = 0'), 'no room at all is a mistake')
})
