/** What machines ask: is the process up, is it ready, who to warn. */
import { sql } from 'kysely'
import pg from 'pg'
import t from 'tap'
import { openSite } from './support/site.ts'

const site = await openSite(t, { empty: true })

t.test('the process says that it is up without asking the database', async (t) => {
  const page = await site.visit('/healthz')
  t.equal(page.status, 200)
  t.same(JSON.parse(page.html), { status: 'ok' })
  t.equal(page.headers['cache-control'], 'no-store')
  t.equal(page.headers['set-cookie'], undefined)
})

t.test('it is ready once the database answers and has all the migrations', async (t) => {
  const ready = await site.visit('/readyz')
  t.equal(ready.status, 200)
  const last = await sql<{
    name: string
  }>`delete from migrations where name = (select max(name) from migrations) returning *`.execute(site.db)
  t.equal(last.rows.length, 1)
  const behind = await site.visit('/readyz')
  t.equal(behind.status, 503)
  t.notMatch(behind.html, /sql|select|postgres/i, 'it tells no detail')
})

t.test('whoever finds a weakness knows where to write, once there is somebody', async (t) => {
  await site.db.updateTable('settings').set({ contact_email: null }).execute()
  t.equal((await site.visit('/.well-known/security.txt')).status, 404)
  await site.db.updateTable('settings').set({ contact_email: 'securite@valbrune.example' }).execute()
  const page = await site.visit('/.well-known/security.txt')
  t.equal(page.status, 200)
  t.match(page.headers['content-type'], /^text\/plain; charset=utf-8/)
  t.match(page.html, /^Contact: mailto:securite@valbrune\.example$/m)
  t.match(page.html, /^Canonical: http:\/\/localhost:3000\/\.well-known\/security\.txt$/m)
  const expires = new Date(/^Expires: (.*)$/m.exec(page.html)?.[1] ?? '')
  t.ok(expires > new Date() && expires < new Date(Date.now() + 366 * 24 * 3600 * 1000), 'within a year (RFC 9116)')
})

t.test('robots stay out', async (t) => {
  t.match((await site.visit('/robots.txt')).html, /^Disallow: \/$/m)
})

t.test('the manifest names the city of the settings', async (t) => {
  await site.db.updateTable('settings').set({ city_name: 'Gentilly', site_name: 'Notre projet' }).execute()
  const page = await site.visit('/manifest.webmanifest')
  const manifest = JSON.parse(page.html) as { short_name: string; icons: { src: string }[] }
  t.equal(manifest.short_name, 'Gentilly')
  for (const { src } of manifest.icons) t.equal((await site.visit(src)).status, 200, src)
})

t.test('the old address of the icon leads to the icon', async (t) => {
  const page = await site.visit('/favicon.ico')
  t.equal(page.status, 302)
  t.equal((await site.visit(String(page.headers.location))).status, 200)
})

t.test('a database that goes away is an answer 503, not a crash, and pages come back with it', async (t) => {
  const away = await openSite(t, { empty: true })
  t.equal((await away.visit('/connexion')).status, 200)
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(away.db)
  const name = rows[0]?.name ?? ''
  const administrator = new pg.Client({ connectionString: site.config.databaseUrl ?? '' })
  await administrator.connect()
  t.teardown(() => administrator.end())
  await administrator.query(`alter database ${name} allow_connections false`)
  await administrator.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
  const page = await away.visit('/connexion')
  t.equal(page.status, 503)
  t.equal((await away.visit('/healthz')).status, 200)
  t.equal((await away.visit('/readyz')).status, 503)
  t.notMatch(page.html, /postgres|ECONN|select /i, 'the page tells no detail')
  await administrator.query(`alter database ${name} allow_connections true`)
  t.equal((await away.visit('/connexion')).status, 200)
})
