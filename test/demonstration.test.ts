import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import t from 'tap'
import type { Database } from '../src/db/database.ts'
import { agents, cast } from '../src/demonstration/content/agents.ts'
import { albums, issues } from '../src/demonstration/content/bonus.ts'
import { demarcheSteps } from '../src/demonstration/content/demarche.ts'
import { directions } from '../src/demonstration/content/directions.ts'
import { engagements } from '../src/demonstration/content/engagements.ts'
import { highlights, homeWords } from '../src/demonstration/content/home.ts'
import { demonstrationSettings } from '../src/demonstration/content/settings.ts'
import { tags } from '../src/demonstration/content/tags.ts'
import { listFiles, readIssue, readManifest } from '../src/demonstration/files.ts'
import { demonstrationAddresses, fillDemonstration } from '../src/demonstration/fill.ts'
import { removeDemonstration } from '../src/demonstration/remove.ts'
import { filesOfContent } from '../src/demonstration/rows.ts'
import { actionContent } from '../src/engagements/action-content.ts'
import { currentDocument, publish, saveDraft } from '../src/publishing/entries.ts'
import { cleanRichText } from '../src/web/rich-text.ts'
import { cloneDatabase, emptyDatabase } from './support/database.ts'
import { testConfig } from './support/prepare.ts'

const run = promisify(execFile)
const actions = engagements.flatMap((engagement) => engagement.actions)
const marked = [
  'agents',
  'media',
  'engagements',
  'actions',
  'directions',
  'tags',
  'issues',
  'albums',
  'home_words',
  'highlights',
  'demarche_steps'
] as const

t.test('an empty site fills itself once, even when two processes start together', async (t) => {
  const { db, url } = await emptyDatabase(t)
  const config = testConfig({ databaseUrl: url, uploadsDir: t.testdir() })
  const started = performance.now()
  const filled = await Promise.all([fillDemonstration({ db, config }), fillDemonstration({ db, config })])
  t.same(filled.toSorted(), [false, true], 'one of the two')
  t.ok(performance.now() - started < 6000, 'in less than six seconds')
  t.same(await counts(db), {
    agents: agents.length,
    media: (await db.selectFrom('media').select('id').execute()).length,
    engagements: 5,
    actions: 30,
    directions: 8,
    tags: 21,
    issues: 4,
    albums: 2,
    home_words: 2,
    highlights: 3,
    demarche_steps: 10
  })
  const before = await counts(db)
  t.equal(await fillDemonstration({ db, config }), false, 'filled, it stays as it is')
  t.same(await counts(db), before)
})

t.test('a site that somebody has begun is left alone', async (t) => {
  const { db, url } = await emptyDatabase(t)
  const config = testConfig({ databaseUrl: url, uploadsDir: t.testdir() })
  t.equal(await fillDemonstration({ db, config: { ...config, demoContent: false } }), false, 'not asked for')
  await db.insertInto('tags').values({ kind: 'enjeu', slug: 'le-notre', name: 'Le nôtre' }).execute()
  t.equal(await fillDemonstration({ db, config }), false, 'not empty')
  t.equal((await counts(db)).actions, 0)
})

t.test('a filling that fails leaves nothing, and the next one succeeds', async (t) => {
  const { db, url } = await emptyDatabase(t)
  const config = testConfig({ databaseUrl: url, uploadsDir: t.testdir() })
  await sql`alter table demarche_steps add constraint refused check (title = '')`.execute(db)
  await t.rejects(fillDemonstration({ db, config }), /refused/)
  t.same(
    Object.values(await counts(db)).filter((count) => count > 0),
    []
  )
  t.equal(await demonstrationOf(db), null)
  await sql`alter table demarche_steps drop constraint refused`.execute(db)
  t.equal(await fillDemonstration({ db, config }), true)
})

t.test('the plan is the one that was promised', async (t) => {
  t.same(
    actions.map(({ number }) => number),
    Array.from({ length: 30 }, (_, index) => index + 1),
    'numbers 1 to 30'
  )
  t.ok(engagements.every((engagement) => engagement.actions.length === 6))
  const byStatus = Map.groupBy(actions, ({ status }) => status)
  t.same(
    [9, 14, 7],
    [byStatus.get('realisee')?.length, byStatus.get('en_cours')?.length, byStatus.get('prevue')?.length]
  )
  t.equal(actions.filter(({ visibility }) => visibility === 'public').length, 4)
  t.same(
    actions
      .filter(({ status, steps }) => status === 'realisee' && steps.some(({ done }) => !done))
      .map(({ slug }) => slug),
    [],
    'what is done has nothing left to do'
  )
  t.same(
    actions
      .filter(({ status, steps }) => status === 'prevue' && steps.some(({ done }) => done))
      .map(({ slug }) => slug),
    [],
    'what is planned has nothing done'
  )
  t.same(
    actions.filter(({ status, results }) => (status === 'prevue') === (results !== undefined)).map(({ slug }) => slug),
    [],
    'what has begun has results, and nothing else has'
  )
  const steps = actions.flatMap((action) => action.steps)
  t.same(new Set(steps.map(({ when }) => when.precision)), new Set(['years', 'year', 'month', 'day']))
  t.ok(actions.every((action) => action.steps.length >= 3 && action.steps.length <= 7))
})

t.test('addresses are unique and well-formed', async (t) => {
  for (const slugs of [
    [...engagements, ...actions].map(({ slug }) => slug),
    directions.map(({ slug }) => slug),
    albums.map(({ slug }) => slug),
    tags.map(({ kind, slug }) => `${kind}-${slug}`),
    agents.map(({ login }) => login.replace('.', '-'))
  ]) {
    t.equal(new Set(slugs).size, slugs.length)
    t.same(
      slugs.filter((slug) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)),
      []
    )
  }
  const known = new Set([
    '/bonus',
    '/engagements',
    '/demarche',
    '/directions',
    ...actions.map(({ slug }) => `/actions/${slug}`),
    ...engagements.map(({ slug }) => `/engagements/${slug}`),
    ...directions.map(({ slug }) => `/directions/${slug}`),
    ...albums.map(({ slug }) => `/bonus/galerie/${slug}`)
  ])
  const links = [
    ...richTexts(),
    ...(await magazineTexts()),
    ...highlights.map(({ href }) => `<a href="${href}">`)
  ].flatMap((html) => [...html.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href))
  t.same(
    links.filter((href) => !known.has(href)),
    [],
    'every link leads to a page of the demonstration'
  )
})

t.test('every file that is named exists and is described', async (t) => {
  const files = new Set(listFiles())
  const manifest = await readManifest()
  const named = [...filesOfContent()]
  t.same(
    named.filter((file) => !files.has(file)),
    []
  )
  t.same(
    named.filter((file) => !manifest.get(file)?.title),
    []
  )
  t.same(
    named.filter((file) => file.endsWith('.jpg') && !manifest.get(file)?.alt),
    [],
    'images say what they show'
  )
})

t.test('texts lose nothing when they are cleaned', async (t) => {
  for (const html of [...richTexts(), ...legalTexts()]) t.equal(cleanRichText(html), html.trim())
  // The magazine is written for its PDF: the page may do without a raised letter, not without a word.
  for (const html of await magazineTexts()) {
    const clean = cleanRichText(html)
    t.equal(wordsOf(clean), wordsOf(html))
    t.equal(cleanRichText(clean), clean)
  }
})

t.test('texts follow French typography', async (t) => {
  const texts = [...richTexts(), ...(await magazineTexts()), ...plainTexts(), ...legalTexts()].map((text) =>
    text.replace(/<[^>]*>/g, '\n')
  )
  const rules: [RegExp, string][] = [
    [/\p{L}'\p{L}/u, 'the apostrophe is ’'],
    [/[^\u00a0\u202f?!…][?!;](?=[\s)»]|$)/u, 'a no-break space comes before ; ? !'],
    [/[^\u00a0]:(?=\s|$)/u, 'a no-break space comes before the colon'],
    [/[^\u00a0]»/u, 'a no-break space comes before »'],
    [/«(?!\u00a0)/u, 'a no-break space comes after «'],
    [/\d (?:%|\d{3}\b)/u, 'a no-break space holds a number together'],
    [/"|\.\.\./u, 'quotation marks are « », the ellipsis is …'],
    [/ {2}/u, 'words are separated by one space']
  ]
  for (const [wrong, rule] of rules) {
    const found = texts.flatMap((text) => text.split('\n')).filter((line) => wrong.test(line))
    t.same(found, [], rule)
  }
})

t.test('what the database holds hangs together', async (t) => {
  const { db } = await cloneDatabase(t)
  t.same(
    (await demonstrationAddresses(db)).map(({ email, role }) => `${email} ${role}`),
    cast.map(({ login, as }) => `${login}@valbrune.example ${as}`)
  )
  const { rows: unmarked } = await sql<{ name: string }>`${sql.join(
    marked.map((table) => sql`select ${sql.lit(table)} as name from ${sql.table(table)} where not demonstration`),
    sql` union all `
  )}`.execute(db)
  t.same(unmarked, [], 'every row says that it is a demonstration')

  const nadia = await db
    .selectFrom('direction_referents')
    .innerJoin('agents', 'agents.id', 'agent_id')
    .innerJoin('directions', 'directions.id', 'direction_id')
    .where('agents.email', 'like', 'nadia.benali@%')
    .select('directions.slug')
    .orderBy('directions.slug')
    .execute()
  t.same(
    nadia.map(({ slug }) => slug),
    ['culture-et-vie-associative', 'education-et-enfance']
  )
  const paul = await db
    .selectFrom('action_pilotes')
    .innerJoin('agents', 'agents.id', 'agent_id')
    .where('agents.email', 'like', 'paul.mercier@%')
    .execute()
  t.equal(paul.length, 3)

  const early = await db.selectFrom('actions').select('slug').whereRef('updated_at', '<', 'published_at').execute()
  t.same(early, [], 'nothing changed before it was published')
  const film = await db
    .selectFrom('media')
    .selectAll()
    .where('filename', '=', 'video-presentation.mp4')
    .executeTakeFirstOrThrow()
  t.ok(film.poster_id && film.captions_id && film.transcript && film.duration_seconds)
  const slides = await db.selectFrom('slides').select('media_id').execute()
  t.equal(slides.length, 13)
})

t.test('removed, it leaves what the city wrote and never comes back', async (t) => {
  const { db, url } = await cloneDatabase(t)
  const config = testConfig({ databaseUrl: url, uploadsDir: t.testdir() })
  const { agent, action } = await writeOwnContent(db)
  await db.updateTable('settings').set({ city_name: 'Notre ville' }).execute()

  const removal = await removeDemonstration(db)
  t.equal(removal.removed.actions, 30)
  t.same(removal.kept.engagements, ['Accueillir mieux'])
  t.same(removal.kept.directions, ['Culture et vie associative'])
  t.equal(
    removal.kept.files.filter((title) => title.startsWith('Projet de la direction de la Culture')).length,
    9,
    'the presentation with its slides'
  )
  t.equal(removal.keptWebmaster, undefined, 'the city has a webmaster of its own')

  for (const table of marked) {
    const left = await db.selectFrom(table).select('id').where('demonstration', '=', true).execute()
    t.same(left, [], `no ${table} of the demonstration`)
  }
  const own = await db.selectFrom('actions').selectAll().executeTakeFirstOrThrow()
  t.match(own, { id: action, title: 'Notre action', author_id: agent })
  t.ok(own.image_id, 'with its image')
  t.equal((await db.selectFrom('action_documents').select('media_id').execute()).length, 1, 'and its document')
  t.equal((await db.selectFrom('slides').select('position').execute()).length, 8)
  t.same(await db.selectFrom('agents').select('id').execute(), [{ id: agent }])

  const settings = await db.selectFrom('settings').selectAll().executeTakeFirstOrThrow()
  t.match(settings, {
    demonstration: false,
    city_name: 'Notre ville',
    site_name: 'Le projet d’administration',
    publisher_name: null,
    contact_email: null,
    data_protection_officer: null
  })
  t.same(await demonstrationAddresses(db), [])
  t.equal(await fillDemonstration({ db, config }), false, 'started again, it is not filled')
  t.equal((await counts(db)).actions, 1)
})

t.test(
  'what somebody of the city rewrote is the city’s; what the people of the demonstration rewrote is not',
  async (t) => {
    const { db } = await cloneDatabase(t)
    const own = await db
      .insertInto('agents')
      .values({ email: 'a@ville.example', name: 'Maya Roche', role: 'webmaster' })
      .returning(['id', 'name'])
      .executeTakeFirstOrThrow()
    const played = await db
      .selectFrom('agents')
      .select(['id', 'name'])
      .where('demonstration', '=', true)
      .where('role', '=', 'webmaster')
      .executeTakeFirstOrThrow()
    for (const [number, author] of [
      [1, own],
      [2, played]
    ] as const) {
      const entry = await db
        .selectFrom('entries')
        .innerJoin('actions', 'actions.id', 'entries.content_id')
        .selectAll('entries')
        .where('entries.kind', '=', 'action')
        .where('actions.number', '=', number)
        .executeTakeFirstOrThrow()
      const document = await currentDocument(db, actionContent, entry)
      const written = { ...document, title: `Réécrite par ${author.name}` }
      t.ok((await publish(db, actionContent, entry.id, entry.version, written, author)).ok)
    }
    await removeDemonstration(db)
    const left = await db.selectFrom('actions').select(['title', 'published_at']).execute()
    t.match(left, [{ title: 'Réécrite par Maya Roche', published_at: Date }])
    t.equal(left.length, 1)
    const revisions = await db
      .selectFrom('revisions')
      .innerJoin('entries', 'entries.id', 'revisions.entry_id')
      .select('revisions.event')
      .where('entries.kind', '=', 'action')
      .execute()
    t.ok(revisions.length >= 2, 'with what it was before')
  }
)

t.test('what somebody of the city was rewriting, unpublished, does not go with the demonstration', async (t) => {
  const { db } = await cloneDatabase(t)
  const own = await db
    .insertInto('agents')
    .values({ email: 'a@ville.example', name: 'Maya Roche', role: 'webmaster' })
    .returning(['id', 'name'])
    .executeTakeFirstOrThrow()
  const entry = await db
    .selectFrom('entries')
    .selectAll()
    .where('kind', '=', 'action')
    .orderBy('id')
    .executeTakeFirstOrThrow()
  const document = { ...(await currentDocument(db, actionContent, entry)), title: 'En cours de réécriture' }
  await saveDraft(db, actionContent, { entryId: entry.id, version: entry.version, document, author: own })
  await removeDemonstration(db)
  const left = await db.selectFrom('entries').select(['id', 'draft']).where('kind', '=', 'action').execute()
  t.match(left, [{ id: entry.id, draft: { title: 'En cours de réécriture' } }])
})

t.test('the last webmaster stays until there is another', async (t) => {
  const { db } = await cloneDatabase(t)
  await db
    .insertInto('sessions')
    .columns(['token_hash', 'agent_id', 'device', 'device_label', 'expires_at'])
    .expression(
      db
        .selectFrom('agents')
        .select([sql<Buffer>`sha256(email::bytea)`.as('token_hash'), 'id'])
        .select([sql<'personnel'>`'personnel'`.as('device'), sql<string>`''`.as('label'), sql<Date>`now()`.as('ends')])
    )
    .execute()
  t.equal((await removeDemonstration(db)).keptWebmaster, 'ines.caron@valbrune.example')
  t.equal((await db.selectFrom('agents').select('id').execute()).length, 1)
  t.equal(
    (await db.selectFrom('sessions').select('id').execute()).length,
    1,
    'the sessions of the others went with them'
  )

  await db.insertInto('agents').values({ email: 'moi@valbrune.example', name: 'Moi', role: 'webmaster' }).execute()
  t.equal((await removeDemonstration(db)).keptWebmaster, undefined)
  t.same(await db.selectFrom('agents').select('email').execute(), [{ email: 'moi@valbrune.example' }])
})

t.test('told to, it removes the last webmaster too', async (t) => {
  const { db } = await cloneDatabase(t)
  await removeDemonstration(db, { evenLastWebmaster: true })
  t.same(await counts(db), Object.fromEntries(marked.map((table) => [table, 0])))
})

t.test('the commands say what they do', async (t) => {
  const { db, url } = await cloneDatabase(t)
  const command = (name: string, ...words: string[]) =>
    run(process.execPath, [`src/ops/${name}.ts`, ...words], {
      env: { ...process.env, DATABASE_URL: url, EMAIL_DOMAINS: 'valbrune.example', NODE_ENV: 'test' }
    }).then(
      ({ stdout }) => ({ code: 0, text: stdout }),
      (error: { code: number; stderr: string }) => ({ code: error.code, text: error.stderr })
    )

  t.match(await command('demo-remove'), { code: 1, text: /--oui/ }, 'nobody can answer')
  t.equal((await counts(db)).actions, 30)
  const removed = await command('demo-remove', '--oui')
  t.match(removed, { code: 0, text: /30\u00a0actions/ })
  t.match(removed, {
    text: /ines\.caron@valbrune\.example est resté[\s\S]*npm run create-webmaster -- prenom\.nom@ville\.fr/
  })

  t.match(await command('create-webmaster'), { code: 1, text: /npm run create-webmaster -- / })
  t.match(await command('create-webmaster', 'lea.martin@ailleurs.example'), { code: 1, text: /EMAIL_DOMAINS/ })
  t.match(await command('create-webmaster', 'lea.martin'), { code: 0, text: /lea\.martin@valbrune\.example/ })
  t.match(await command('create-webmaster', 'lea.martin@valbrune.example'), { code: 0 }, 'twice is once')
  t.match(await command('demo-remove', '--oui'), { code: 0, text: /1\u00a0compte\./ })
  t.same(await db.selectFrom('agents').select(['name', 'role']).execute(), [{ name: 'Léa Martin', role: 'webmaster' }])
})

async function counts(db: Database): Promise<Record<string, number>> {
  const rows = await Promise.all(
    marked.map((table) =>
      db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
    )
  )
  return Object.fromEntries(marked.map((table, index) => [table, rows[index]?.count ?? 0]))
}

async function demonstrationOf(db: Database): Promise<boolean | null> {
  return (await db.selectFrom('settings').select('demonstration').executeTakeFirstOrThrow()).demonstration
}

/** An own webmaster, and an own action that leans on the demonstration in every way. */
async function writeOwnContent(db: Database): Promise<{ agent: number; action: number }> {
  const idOf = async (table: 'engagements' | 'directions', slug: string): Promise<number> =>
    (await db.selectFrom(table).select('id').where('slug', '=', slug).executeTakeFirstOrThrow()).id
  const fileOf = async (filename: string): Promise<number> =>
    (await db.selectFrom('media').select('id').where('filename', '=', filename).executeTakeFirstOrThrow()).id
  const agent = await db
    .insertInto('agents')
    .values({ email: 'moi@valbrune.example', name: 'Moi', role: 'webmaster' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const action = await db
    .insertInto('actions')
    .values({
      slug: 'notre-action',
      number: 31,
      engagement_id: await idOf('engagements', 'accueillir-mieux'),
      title: 'Notre action',
      status: 'prevue',
      image_id: await fileOf('demarche-ateliers.jpg'),
      author_id: agent.id
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('action_directions')
    .values({ action_id: action.id, direction_id: await idOf('directions', 'culture-et-vie-associative') })
    .execute()
  await db
    .insertInto('action_documents')
    .values({ action_id: action.id, media_id: await fileOf('deck-culture.pptx') })
    .execute()
  return { agent: agent.id, action: action.id }
}

function richTexts(): string[] {
  return [
    ...engagements.map(({ description }) => description),
    ...actions.flatMap(({ summary, results, tools }) => [summary, results ?? '', tools ?? '']),
    ...directions.map(({ project }) => project),
    ...homeWords.map(({ body }) => body),
    ...demarcheSteps.map(({ body }) => body)
  ]
}

async function magazineTexts(): Promise<string[]> {
  return (await Promise.all(issues.map(({ number }) => readIssue(number)))).map(({ body }) => body)
}

function wordsOf(html: string): string {
  return html.replace(/<[^>]*>/g, '')
}

function plainTexts(): string[] {
  return [
    ...engagements.flatMap(({ title, tagline }) => [title, tagline]),
    ...actions.flatMap(({ title, steps }) => [title, ...steps.map(({ description }) => description)]),
    ...directions.flatMap(({ name, tagline, team }) => [name, tagline, ...team.map(({ jobTitle }) => jobTitle)]),
    ...homeWords.flatMap(({ title, authorTitle }) => [title, authorTitle]),
    ...highlights.flatMap(({ title, text }) => [title, text]),
    ...demarcheSteps.map(({ title }) => title),
    ...albums.flatMap(({ title, description, media }) => [title, description, ...media.map(({ caption }) => caption)]),
    ...agents.map(({ jobTitle }) => jobTitle),
    ...tags.map(({ name }) => name),
    ...Object.values(demonstrationSettings('valbrune.example'))
  ]
}

/** The strings of the migration that writes the legal pages. */
function legalTexts(): string[] {
  const folder = path.join(import.meta.dirname, '..', 'migrations')
  const file = readdirSync(folder).find((name) => name.endsWith('-legal-pages.sql')) ?? ''
  return [...readFileSync(path.join(folder, file), 'utf8').matchAll(/'([^']*)'/g)].map(([, text = '']) => text)
}
