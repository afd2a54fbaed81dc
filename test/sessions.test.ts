/** Staying in, and getting out: what a cookie is worth is decided by its row, at every request. */
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import t from 'tap'
import { tokenHash } from '../src/accounts/codes.ts'
import { openSite, type Site, type Visitor } from './support/site.ts'

const domain = 'valbrune.example'
const daySeconds = 24 * 3600

let serial = 0
function someone(): string {
  serial += 1
  return `agent.numero${serial}@${domain}`
}

interface Entered {
  visitor: Visitor
  email: string
  agentId: number
  sessionId: number
  /** The header that gave the browser its session. */
  cookie: string
}

async function enter(
  site: Site,
  {
    email = someone(),
    device = 'personnel',
    userAgent = 'curl'
  }: { email?: string; device?: string; userAgent?: string } = {}
): Promise<Entered> {
  const visitor = site.newVisitor()
  await visitor.post('/connexion', { email, suite: '/compte' })
  const message = await site.mailbox.next((received) => received.to.includes(email))
  const code = /^(\d{3}) (\d{3}) /.exec(message.subject)?.slice(1).join('') ?? ''
  const arrived = await visitor.post(
    '/connexion/code',
    { code, appareil: device },
    { headers: { 'user-agent': userAgent } }
  )
  if (arrived.status !== 303) throw new Error(`${email} could not sign in: ${arrived.text}`)
  const session = await site.db
    .selectFrom('sessions')
    .innerJoin('agents', 'agents.id', 'sessions.agent_id')
    .select(['sessions.id', 'sessions.agent_id'])
    .where('email', '=', email)
    .orderBy('sessions.id', 'desc')
    .executeTakeFirstOrThrow()
  const cookie = [arrived.headers['set-cookie']].flat().join('\n')
  return { visitor, email, agentId: session.agent_id, sessionId: session.id, cookie }
}

async function isIn(visitor: Visitor): Promise<boolean> {
  return (await visitor.request({ method: 'GET', url: '/compte' })).statusCode === 200
}

/** A browser with a copy of what this one has now. */
function copyOf(site: Site, visitor: Visitor): Visitor {
  const copy = site.newVisitor()
  for (const [name, value] of visitor.cookies) copy.cookies.set(name, value)
  return copy
}

function session(site: Site, id: number) {
  return site.db.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

async function setBack(site: Site, id: number, column: 'last_seen_at' | 'expires_at', interval: string): Promise<void> {
  await site.db
    .updateTable('sessions')
    .set({ [column]: sql`${sql.ref(column)} - ${interval}::interval` })
    .where('id', '=', id)
    .execute()
}

t.test('how long', async (t) => {
  const site = await openSite(t, { empty: true })

  t.test('a personal phone stays in for ninety days', async (t) => {
    const { visitor, sessionId, cookie } = await enter(site)
    t.match(cookie, /^session=/)
    t.match(cookie, `Max-Age=${90 * daySeconds}`)
    for (const flag of ['HttpOnly', 'SameSite=Lax', 'Path=/']) t.match(cookie, flag)
    await setBack(site, sessionId, 'last_seen_at', '30 days')
    t.ok(await isIn(visitor), 'unused for a month')
    await setBack(site, sessionId, 'expires_at', '89 days 23 hours')
    t.ok(await isIn(visitor))
    await setBack(site, sessionId, 'expires_at', '1 hour')
    t.notOk(await isIn(visitor))
  })

  t.test('whenever the cookie is written again, it keeps its lifetime', async (t) => {
    const { visitor } = await enter(site)
    const renamed = await visitor.post('/compte', { name: 'Camille Robin' })
    t.equal(renamed.status, 303)
    t.match([renamed.headers['set-cookie']].flat()[0], `Max-Age=${90 * daySeconds}`)
  })

  t.test('a shared post ends with the browser, after ten idle minutes, and after twelve hours', async (t) => {
    const idle = await enter(site, { device: 'partage' })
    t.notMatch(idle.cookie, /Max-Age|Expires/)
    await setBack(site, idle.sessionId, 'last_seen_at', '9 minutes 50 seconds')
    t.ok(await isIn(idle.visitor), 'still there, and the ten minutes begin again')
    await setBack(site, idle.sessionId, 'last_seen_at', '9 minutes')
    t.ok(await isIn(idle.visitor))
    await setBack(site, idle.sessionId, 'last_seen_at', '10 minutes')
    t.notOk(await isIn(idle.visitor))
    t.notOk(await isIn(idle.visitor), 'being refused is no use of the session')

    const busy = await enter(site, { device: 'partage' })
    await setBack(site, busy.sessionId, 'expires_at', '12 hours')
    t.notOk(await isIn(busy.visitor))
  })

  t.test('what is neither is a shared post', async (t) => {
    const { sessionId, cookie } = await enter(site, { device: 'autre' })
    t.notMatch(cookie, /Max-Age|Expires/)
    t.equal((await session(site, sessionId)).device, 'partage')
  })

  t.test('pages of a shared post are not kept by the browser', async (t) => {
    const { visitor } = await enter(site, { device: 'partage' })
    t.equal((await visitor.visit('/compte')).headers['cache-control'], 'no-store')
  })

  t.test('the last visit is written once a minute at most', async (t) => {
    const { visitor, sessionId } = await enter(site)
    const first = await session(site, sessionId)
    await isIn(visitor)
    t.strictSame((await session(site, sessionId)).last_seen_at, first.last_seen_at)
    await setBack(site, sessionId, 'last_seen_at', '61 seconds')
    await isIn(visitor)
    t.ok((await session(site, sessionId)).last_seen_at >= first.last_seen_at)
  })
})

t.test('getting out', async (t) => {
  const site = await openSite(t, { empty: true })

  t.test('signing out revokes the session: the old cookie opens nothing', async (t) => {
    const { visitor } = await enter(site)
    const thief = copyOf(site, visitor)
    t.ok(await isIn(thief))
    const page = await visitor.visit('/compte')
    const out = await visitor.submit(page, {}, { form: 'header form[action="/deconnexion"]', follow: false })
    t.equal(out.status, 303)
    t.equal(out.headers.location, '/connexion')
    t.equal(out.headers['clear-site-data'], '"cache", "storage"')
    t.match((await visitor.visit('/connexion')).text, 'Déconnexion réussie')
    t.notOk(await isIn(visitor))
    t.notOk(await isIn(thief))
  })

  t.test('signing out is a POST from our own pages', async (t) => {
    const { visitor } = await enter(site)
    t.equal((await visitor.request({ method: 'GET', url: '/deconnexion' })).statusCode, 404)
    const forged = await visitor.request({
      method: 'POST',
      url: '/deconnexion',
      headers: { origin: 'https://evil.test' }
    })
    t.equal(forged.statusCode, 403)
    t.ok(await isIn(visitor))
    t.equal((await site.newVisitor().post('/deconnexion')).status, 303, 'and harmless for who is not in')
  })

  t.test('a deactivated agent is out at the next request, on every device', async (t) => {
    const phone = await enter(site)
    const desk = await enter(site, { email: phone.email })
    await site.db.updateTable('agents').set({ deactivated_at: sql`now()` }).where('id', '=', phone.agentId).execute()
    t.notOk(await isIn(phone.visitor))
    t.notOk(await isIn(desk.visitor))
  })

  t.test('an agent who is deleted takes their sessions along', async (t) => {
    const { visitor, agentId } = await enter(site)
    await site.db.deleteFrom('agents').where('id', '=', agentId).execute()
    t.notOk(await isIn(visitor))
  })

  t.test('a role that changes holds at the next request', async (t) => {
    const { visitor, agentId } = await enter(site)
    t.equal((await visitor.request({ method: 'GET', url: '/gestion' })).statusCode, 403)
    await site.db.updateTable('agents').set({ role: 'webmaster' }).where('id', '=', agentId).execute()
    t.equal((await visitor.request({ method: 'GET', url: '/gestion' })).statusCode, 200)
  })
})

t.test('the cookie', async (t) => {
  const site = await openSite(t, { empty: true })

  t.test('one made up, cut, or sealed with another key opens nothing and breaks nothing', async (t) => {
    const { visitor } = await enter(site)
    const whole = visitor.cookies.get('session') ?? ''
    const others = await openSite(t, { empty: true, environment: { SESSION_KEYS: randomBytes(32).toString('hex') } })
    const foreign = (await enter(others)).visitor.cookies.get('session') ?? ''
    for (const value of [
      '',
      'x',
      whole.slice(0, -4),
      whole.slice(4),
      foreign,
      '%',
      '%3B',
      ';;',
      'a'.repeat(8000),
      `${whole.startsWith('A') ? 'B' : 'A'}${whole.slice(1)}`
    ]) {
      const response = await site.app.inject({ method: 'GET', url: '/compte', headers: { cookie: `session=${value}` } })
      t.equal(response.statusCode, 303, value.slice(0, 20))
    }
  })

  t.test('a token that has no row opens nothing', async (t) => {
    const { visitor, sessionId } = await enter(site)
    await site.db.deleteFrom('sessions').where('id', '=', sessionId).execute()
    t.notOk(await isIn(visitor))
  })

  t.test('coming in gives a new session, and ends the one that this browser had', async (t) => {
    const first = await enter(site)
    const email = someone()
    // The browser of a first agent also holds a request of a second one: two tabs.
    const second = site.newVisitor()
    await second.post('/connexion', { email })
    const both = site.app.createSecureSession({
      session: tokenOf(site, first.visitor, 'session'),
      signIn: tokenOf(site, second, 'signIn')
    })
    second.cookies.set('session', encodeURIComponent(site.app.encodeSecureSession(both)))
    const message = await site.mailbox.next((received) => received.to.includes(email))
    const code = /^(\d{3}) (\d{3}) /.exec(message.subject)?.slice(1).join('') ?? ''
    t.equal((await second.post('/connexion/code', { code, appareil: 'personnel' })).status, 303)
    t.ok(await isIn(second))
    t.not(tokenOf(site, second, 'session'), tokenOf(site, first.visitor, 'session'))
    t.equal(tokenOf(site, second, 'signIn'), undefined, 'nothing is left of the request')
    t.notOk(await isIn(first.visitor))
  })

  t.test('the database keeps a hash of it', async (t) => {
    const { visitor, sessionId } = await enter(site)
    const token = String(tokenOf(site, visitor, 'session'))
    t.equal(token.length, 43)
    t.ok((await session(site, sessionId)).token_hash.equals(tokenHash(token)))
  })

  t.test('over HTTPS it has the name and the flag that browsers protect', async (t) => {
    const secure = await openSite(t, { empty: true, environment: { BASE_URL: 'https://extranet.valbrune.example' } })
    const { cookie } = await enter(secure)
    t.match(cookie, /^__Host-session=/)
    t.match(cookie, 'Secure')
    t.match(cookie, 'Path=/')
    t.notMatch(cookie, 'Domain')
  })

  t.test('when the keys change, people stay in', async (t) => {
    const [old, current] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')]
    const before = await openSite(t, { empty: true, environment: { SESSION_KEYS: old } })
    const { visitor } = await enter(before)
    const { buildApp } = await import('../src/app.ts')
    const rotated = await buildApp({
      db: before.db,
      config: {
        ...before.config,
        smtpUrl: undefined,
        sessionKeys: [Buffer.from(current, 'hex'), Buffer.from(old, 'hex')]
      },
      logger: false
    })
    t.teardown(() => rotated.close())
    const cookie = `session=${visitor.cookies.get('session')}`
    const asset = await rotated.inject({ method: 'GET', url: '/healthz', headers: { cookie } })
    t.equal(asset.headers['set-cookie'], undefined, 'what reads no session writes no cookie')
    const page = await rotated.inject({ method: 'GET', url: '/compte', headers: { cookie } })
    t.equal(page.statusCode, 200)
    t.match(page.headers['set-cookie'], `Max-Age=${90 * daySeconds}`, 'sealed again with the new key')
  })
})

t.test('my account', async (t) => {
  const site = await openSite(t, { empty: true })

  t.test('is for who is in', async (t) => {
    t.equal((await site.visit('/compte')).headers.location, '/connexion?suite=%2Fcompte')
    t.equal((await site.newVisitor().post('/compte', { name: 'x' })).headers.location, '/connexion')
  })

  t.test('says who I am and what I take care of', async (t) => {
    const { visitor, email, agentId } = await enter(site, {
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:150) Gecko Firefox/150'
    })
    await takeCare(site, agentId)
    const page = await visitor.visit('/compte')
    for (const words of [
      email,
      'Culture',
      'Action n°\u00a07\u00a0: Ouvrir le musée',
      'Firefox sur Linux',
      '(cet appareil)'
    ]) {
      t.match(page.html, words)
    }
    t.equal(page.document.querySelector('a[href="/directions/culture"]')?.textContent, 'Culture')
    t.notMatch(page.html, 'href="/actions/ouvrir-le-musee"', 'an action that is not published has no address yet')
  })

  t.test('I correct my name; a bad one comes back with what I typed', async (t) => {
    const { visitor, agentId } = await enter(site)
    const form = 'main form[action="/compte"]'
    const name = async () =>
      (await site.db.selectFrom('agents').select('name').where('id', '=', agentId).executeTakeFirstOrThrow()).name
    const done = await visitor.submit(await visitor.visit('/compte'), { name: '  Élodie   N’Guyen ' }, { form })
    t.equal(done.path, '/compte')
    t.match(done.text, 'Votre nom est enregistré')
    t.equal(await name(), 'Élodie N’Guyen')
    for (const bad of ['', ' \u00a0 ', 'x'.repeat(121), 'a\u202eb', 'a\u200bb', 'a\u0000b']) {
      const refused = await visitor.post('/compte', { name: bad }, { houseRules: false })
      t.equal(refused.status, 422, JSON.stringify(bad.slice(0, 10)))
      t.match(refused.document.querySelector('title')?.textContent, /^Erreur/)
      if (bad === 'x'.repeat(121)) t.equal(refused.document.querySelector('#name')?.getAttribute('value'), bad)
    }
    t.equal(await name(), 'Élodie N’Guyen')
    const shown = await visitor.submit(await visitor.visit('/compte'), { name: '<b>x</b>' }, { form })
    t.match(shown.html, '&lt;b&gt;x&lt;/b&gt;')
  })

  t.test('I put out one device, the others, or this one', async (t) => {
    const phone = await enter(site)
    const desk = await enter(site, { email: phone.email, device: 'partage' })
    const tablet = await enter(site, { email: phone.email })
    const expired = await enter(site, { email: phone.email, device: 'partage' })
    await setBack(site, expired.sessionId, 'last_seen_at', '11 minutes')

    const page = await phone.visitor.visit('/compte')
    t.equal(page.document.querySelectorAll('form[action^="/compte/appareils/"][action$="/deconnecter"]').length, 3)
    const form = `form[action="/compte/appareils/${desk.sessionId}/deconnecter"]`
    const after = await phone.visitor.submit(page, {}, { form })
    t.match(after.text, 'L’appareil est déconnecté')
    t.notOk(await isIn(desk.visitor))
    t.ok(await isIn(tablet.visitor))

    const alone = await phone.visitor.submit(after, {}, { form: 'form[action$="deconnecter-les-autres"]' })
    t.notOk(await isIn(tablet.visitor))
    t.ok(await isIn(phone.visitor))
    t.equal(alone.document.querySelector('form[action$="deconnecter-les-autres"]'), null)

    const out = await phone.visitor.submit(alone, {}, { form: `form[action*="/${phone.sessionId}/"]` })
    t.equal(out.path, '/connexion')
    t.notOk(await isIn(phone.visitor))
  })

  t.test('I cannot put out the device of somebody else', async (t) => {
    const mine = await enter(site)
    const theirs = await enter(site)
    t.equal((await mine.visitor.post(`/compte/appareils/${theirs.sessionId}/deconnecter`)).status, 303)
    t.ok(await isIn(theirs.visitor))
    for (const id of ['0', '-1', '1e3', '99999999999', 'x', '%00']) {
      t.equal((await mine.visitor.post(`/compte/appareils/${id}/deconnecter`)).status, 404, id)
    }
  })
})

function tokenOf(site: Site, visitor: Visitor, key: 'session' | 'signIn'): string | undefined {
  const cookie = decodeURIComponent(visitor.cookies.get('session') ?? '')
  return site.app.decodeSecureSession(cookie)?.get(key)
}

async function takeCare(site: Site, agentId: number): Promise<void> {
  const { db } = site
  const direction = await db
    .insertInto('directions')
    .values({ slug: 'culture', name: 'Culture', published_at: sql`now()` })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('direction_referents').values({ direction_id: direction.id, agent_id: agentId }).execute()
  const engagement = await db
    .insertInto('engagements')
    .values({ slug: 'accueillir', number: 1, title: 'Accueillir', hue: 'ocre' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const action = await db
    .insertInto('actions')
    .values({
      slug: 'ouvrir-le-musee',
      number: 7,
      title: 'Ouvrir le musée',
      status: 'prevue',
      engagement_id: engagement.id
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('action_pilotes').values({ action_id: action.id, agent_id: agentId }).execute()
}
