/** Coming in: by a code or a link, bound to the browser that asked, once, within ten minutes, five tries, and not by chance. */
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import t, { type Test } from 'tap'
import { nameFromAddress, readAddress } from '../src/accounts/addresses.ts'
import { newNonce, noNonce, signInSecrets } from '../src/accounts/codes.ts'
import { deviceLabel } from '../src/accounts/devices.ts'
import { networkOf } from '../src/accounts/limits.ts'
import type { Message } from './support/mailbox.ts'
import { openSite, type Page, type Site, type Visitor } from './support/site.ts'

const domain = 'valbrune.example'

let serial = 0
/** Each test has its own agent, so that none uses up the messages of another. */
function someone(): string {
  serial += 1
  return `agent.numero${serial}@${domain}`
}

async function ask(visitor: Visitor, email: string, suite = '/compte'): Promise<Page> {
  return visitor.submit(await visitor.visit(`/connexion?suite=${encodeURIComponent(suite)}`), { email })
}

function messageTo(site: Site, email: string): Promise<Message> {
  return site.mailbox.next((message) => message.to.includes(email))
}

async function codeTo(site: Site, email: string): Promise<string> {
  return codeOf(await messageTo(site, email))
}

function codeOf(message: Message): string {
  return /^(\d{3}) (\d{3}) /.exec(message.subject)?.slice(1).join('') ?? ''
}

function linkOf(site: Site, message: Message): string {
  const link = /https?:\S+/.exec(message.text)?.[0] ?? ''
  return link.startsWith(site.origin) ? link.slice(site.origin.length) : ''
}

function wrong(code: string): string {
  return code === '000000' ? '111111' : '000000'
}

async function sessionsOf(site: Site, email: string): Promise<number> {
  const rows = await site.db
    .selectFrom('sessions')
    .innerJoin('agents', 'agents.id', 'sessions.agent_id')
    .select('sessions.id')
    .where('email', '=', email)
    .execute()
  return rows.length
}

/** Whether the browser is in: what counts is what it may read. */
async function isIn(visitor: Visitor): Promise<boolean> {
  const response = await visitor.request({ method: 'GET', url: '/compte' })
  return response.statusCode === 200
}

async function withSite(test: Test): Promise<Site> {
  return openSite(test, { empty: true })
}

t.test('by the code', async (t) => {
  const site = await withSite(t)

  t.test('an agent comes in with two typed fields, and lands where they were going', async (t) => {
    const visitor = site.newVisitor()
    const refused = await visitor.visit('/compte')
    t.equal(refused.status, 303)
    const signIn = await visitor.visit(String(refused.headers.location))
    t.equal(signIn.path, '/connexion?suite=%2Fcompte')
    const email = `jean-rene.d'arc@${domain}`
    // The address is shown as it is, straight apostrophe and all.
    const asTyped = { houseRules: false }
    const codePage = await visitor.submit(signIn, { email: ` Jean-Rene.d’Arc@${domain.toUpperCase()} ` }, asTyped)
    t.equal(codePage.path, '/connexion/code')
    const field = codePage.document.querySelector('input[name="code"]')
    t.match(field?.attributes, { inputmode: 'numeric', autocomplete: 'one-time-code', type: 'text' })
    const account = await visitor.submit(codePage, { code: await codeTo(site, email) }, asTyped)
    t.equal(account.path, '/compte')
    t.equal(account.status, 200)
    t.match(account.text, 'Jean-René D’Arc')
    const agent = await site.db.selectFrom('agents').selectAll().where('email', '=', email).executeTakeFirstOrThrow()
    t.match(agent, { role: 'agent', deactivated_at: null })
    t.ok(agent.last_signed_in_at)
  })

  t.test('the first name and the name are enough, and codes may be written with spaces or hyphens', async (t) => {
    for (const separator of [' ', '-', '\u00a0', '\u202f', ' - ']) {
      const email = someone()
      const visitor = site.newVisitor()
      const page = await ask(visitor, email.replace(`@${domain}`, ''))
      const code = await codeTo(site, email)
      const account = await visitor.submit(page, { code: ` ${code.slice(0, 3)}${separator}${code.slice(3)} ` })
      t.equal(account.path, '/compte', JSON.stringify(separator))
    }
  })

  t.test('the fifth wrong code kills the request', async (t) => {
    const email = someone()
    const visitor = site.newVisitor()
    let page = await ask(visitor, email)
    const code = await codeTo(site, email)
    for (const left of [
      'Il reste 4 essais',
      'Il reste 3 essais',
      'Il reste 2 essais',
      'Il reste un essai',
      'dernier'
    ]) {
      page = await visitor.submit(page, { code: wrong(code) })
      t.equal(page.status, 422)
      t.match(page.text.replaceAll('\u00a0', ' '), left)
      t.match(page.document.querySelector('title')?.textContent, /^Erreur/)
      t.equal(page.document.querySelector('input[name="code"]')?.getAttribute('value'), wrong(code))
    }
    page = await visitor.submit(page, { code })
    t.equal(page.status, 422)
    t.match(page.text, 'Trop d’essais')
    t.notOk(await isIn(visitor))
    t.equal(await sessionsOf(site, email), 0)
  })

  t.test('a try that is not six digits says so, and costs nothing', async (t) => {
    const email = someone()
    const visitor = site.newVisitor()
    let page = await ask(visitor, email)
    for (const code of ['', '12345', '1234567', 'abcdef', '１２３４５６', '12345\u0000']) {
      page = await visitor.submit(page, { code }, { houseRules: false })
      t.equal(page.status, 422, JSON.stringify(code))
      t.match(page.text, 'chiffres du code')
    }
    t.equal((await visitor.submit(page, { code: await codeTo(site, email) })).path, '/compte')
  })

  t.test('a code is worth nothing in another browser', async (t) => {
    const email = someone()
    const visitor = site.newVisitor()
    const page = await ask(visitor, email)
    const code = await codeTo(site, email)

    const stranger = site.newVisitor()
    t.equal((await stranger.post('/connexion/code', { code })).status, 422)
    const withOwnRequest = site.newVisitor()
    t.equal((await withOwnRequest.submit(await ask(withOwnRequest, email), { code })).status, 422)
    t.notOk(await isIn(stranger))
    t.notOk(await isIn(withOwnRequest))
    t.equal(await sessionsOf(site, email), 0)
    t.equal((await visitor.submit(page, { code })).path, '/compte', 'and still works where it was asked')
  })

  t.test('a code dies after ten minutes, by the clock of the database', async (t) => {
    const email = someone()
    const visitor = site.newVisitor()
    const page = await ask(visitor, email)
    const code = await codeTo(site, email)
    await age(site, email, '10 minutes')
    const refused = await visitor.submit(page, { code })
    t.equal(refused.status, 422)
    t.match(refused.text, 'plus de dix minutes')
    t.equal(await sessionsOf(site, email), 0)
  })

  t.test('of a hundred attempts at once exactly one succeeds', async (t) => {
    const email = someone()
    const visitor = site.newVisitor()
    await ask(visitor, email)
    const code = await codeTo(site, email)
    const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        site.app.inject({
          method: 'POST',
          url: '/connexion/code',
          headers: { cookie, origin: site.origin, 'content-type': 'application/x-www-form-urlencoded' },
          payload: `code=${code}&appareil=personnel`
        })
      )
    )
    t.equal(answers.filter((answer) => answer.statusCode === 303).length, 1)
    t.equal(answers.filter((answer) => answer.statusCode === 422).length, 99)
    t.equal(await sessionsOf(site, email), 1)
  })

  t.test('a hundred wrong codes at once count five tries', async (t) => {
    const email = someone()
    const visitor = site.newVisitor()
    await ask(visitor, email)
    const code = await codeTo(site, email)
    await Promise.all(Array.from({ length: 100 }, () => visitor.post('/connexion/code', { code: wrong(code) })))
    const row = await site.db
      .selectFrom('sign_in_requests')
      .select('tries')
      .where('email', '=', email)
      .executeTakeFirstOrThrow()
    t.equal(row.tries, 5)
    t.equal((await visitor.post('/connexion/code', { code })).status, 422)
  })

  t.test('a code works once', async (t) => {
    const email = someone()
    const visitor = site.newVisitor()
    const page = await ask(visitor, email)
    const code = await codeTo(site, email)
    const before = new Map(visitor.cookies)
    t.equal((await visitor.submit(page, { code })).path, '/compte')
    const replay = site.newVisitor()
    for (const [name, value] of before) replay.cookies.set(name, value)
    const refused = await replay.submit(page, { code })
    t.equal(refused.status, 422)
    t.match(refused.text, 'déjà servi')
    t.equal(await sessionsOf(site, email), 1)
  })

  t.test('a new request in the same browser makes the older code worthless', async (t) => {
    const email = someone()
    const visitor = site.newVisitor()
    await ask(visitor, email)
    const older = await codeTo(site, email)
    const page = await ask(visitor, email)
    const newer = await codeTo(site, email)
    if (older !== newer) t.equal((await visitor.submit(page, { code: older })).status, 422)
    t.equal((await visitor.submit(page, { code: newer })).path, '/compte')
  })

  t.test('asked again, the message carries the same code as long as it lives, then a new one', async (t) => {
    const email = someone()
    const visitor = site.newVisitor()
    await ask(visitor, email)
    const code = await codeTo(site, email)
    t.equal((await visitor.post('/connexion/renvoyer')).status, 303)
    t.equal(await codeTo(site, email), code)
    await age(site, email, '6 minutes')
    t.equal((await visitor.post('/connexion/renvoyer')).status, 303)
    const next = await codeTo(site, email)
    const page = await visitor.visit('/connexion/code')
    t.match(page.text, 'Un nouveau message est demandé')
    t.equal((await visitor.submit(page, { code: next })).path, '/compte')
  })

  t.test('without a request there is nothing to type, and nothing to send again', async (t) => {
    const visitor = site.newVisitor()
    t.equal((await visitor.visit('/connexion/code')).headers.location, '/connexion')
    t.equal((await visitor.post('/connexion/renvoyer')).headers.location, '/connexion')
  })

  t.test('whoever is in does not sign in again', async (t) => {
    const visitor = await signInWith(site, someone())
    t.equal((await visitor.visit('/connexion?suite=/directions')).headers.location, '/directions')
    t.equal((await visitor.visit('/connexion/code')).headers.location, '/')
  })
})

t.test('by the link', async (t) => {
  const site = await withSite(t)

  t.test('opening it, by GET or HEAD, in any browser, signs nobody in and spoils nothing', async (t) => {
    const email = someone()
    const visitor = site.newVisitor()
    await ask(visitor, email)
    const link = linkOf(site, await messageTo(site, email))
    t.match(link, /^\/connexion\/lien\/[\w-]{43}$/)
    for (const browser of [site.newVisitor(), visitor]) {
      for (const method of ['HEAD', 'GET', 'GET'] as const) {
        t.equal((await browser.request({ method, url: link })).statusCode, 200)
        t.notOk(await isIn(browser))
      }
    }
    t.equal(await sessionsOf(site, email), 0)
    const page = await visitor.visit(link)
    t.equal((await visitor.submit(page)).path, '/compte')
    t.equal(await sessionsOf(site, email), 1)
  })

  t.test('in another browser it says to type the code, and its button does nothing', async (t) => {
    const email = someone()
    const visitor = site.newVisitor()
    await ask(visitor, email)
    const message = await messageTo(site, email)
    const link = linkOf(site, message)
    const token = link.slice('/connexion/lien/'.length)
    const stranger = site.newVisitor()
    const page = await stranger.visit(link)
    t.match(page.text, 'Tapez le code')
    t.equal(page.document.querySelector('main form'), null)
    t.equal(page.text, (await stranger.visit(`/connexion/lien/${randomBytes(32).toString('base64url')}`)).text)

    const withOwnRequest = site.newVisitor()
    await ask(withOwnRequest, someone())
    for (const browser of [stranger, withOwnRequest]) {
      t.equal((await browser.post('/connexion/lien', { token, appareil: 'personnel' })).status, 422)
      t.notOk(await isIn(browser))
    }
    t.equal(await sessionsOf(site, email), 0)
  })

  t.test('it works once, and not after ten minutes', async (t) => {
    const email = someone()
    const visitor = site.newVisitor()
    await ask(visitor, email)
    const link = linkOf(site, await messageTo(site, email))
    const page = await visitor.visit(link)
    await age(site, email, '10 minutes')
    t.match((await visitor.visit(link)).text, 'plus valable')
    const refused = await visitor.submit(page)
    t.equal(refused.status, 422)
    t.match(refused.text, 'plus valable')
    t.equal(await sessionsOf(site, email), 0)
  })
})

t.test('who receives a message', async (t) => {
  const site = await withSite(t)
  const disabled = someone()
  const known = someone()
  await site.db.insertInto('agents').values({ email: known, name: 'Connue' }).execute()
  await site.db.insertInto('agents').values({ email: disabled, name: 'Partie', deactivated_at: sql`now()` }).execute()

  t.test('known, unknown and disabled addresses get the same answers', async (t) => {
    const answers = []
    for (const email of [known, someone(), disabled]) {
      const visitor = site.newVisitor()
      const posted = await visitor.post('/connexion', { email, suite: '/' })
      const page = await visitor.visit('/connexion/code')
      const refused = await visitor.post('/connexion/code', { code: '000000' })
      const again = await visitor.post('/connexion/renvoyer')
      answers.push(
        [posted, page, refused, again].map(({ status, headers, html }) => ({
          status,
          html: html.replaceAll(email, '…'),
          headers: { ...headers, date: '', 'set-cookie': '', 'content-length': '' }
        }))
      )
    }
    t.strictSame(answers[1], answers[0])
    t.strictSame(answers[2], answers[0])
    await messageTo(site, known)
    await drained(site)
    t.notOk(site.mailbox.messages.some((message) => message.to.includes(disabled)))
  })

  t.test('a disabled agent does not come in, even with the right code', async (t) => {
    const email = someone()
    const visitor = site.newVisitor()
    const page = await ask(visitor, email)
    const code = await codeTo(site, email)
    await site.db.insertInto('agents').values({ email, name: 'Partie', deactivated_at: sql`now()` }).execute()
    t.equal((await visitor.submit(page, { code })).status, 422)
    t.equal(await sessionsOf(site, email), 0)
  })

  t.test('when the webmaster so chooses, only those who are listed', async (t) => {
    await site.db.updateTable('settings').set({ who_may_sign_in: 'listed' }).execute()
    t.teardown(() => site.db.updateTable('settings').set({ who_may_sign_in: 'domains' }).execute())
    const listed = someone()
    await site.db.insertInto('agents').values({ email: listed, name: 'Inscrite' }).execute()
    const unlisted = someone()
    t.equal((await ask(site.newVisitor(), unlisted)).path, '/connexion/code')
    const visitor = site.newVisitor()
    const page = await ask(visitor, listed)
    t.equal((await visitor.submit(page, { code: await codeTo(site, listed) })).path, '/compte')
    await drained(site)
    t.notOk(site.mailbox.messages.some((message) => message.to.includes(unlisted)))
    t.equal(
      (await site.db.selectFrom('agents').select('id').where('email', '=', unlisted).execute()).length,
      0,
      'no account appears'
    )
  })

  t.test('an address of elsewhere is told which domains are right, and what was typed stays', async (t) => {
    const visitor = site.newVisitor()
    const page = await ask(visitor, 'camille@ailleurs.example', '/compte')
    t.equal(page.status, 422)
    t.match(page.text, `@${domain}`)
    t.match(page.document.querySelector('title')?.textContent, /^Erreur/)
    const field = page.document.querySelector('#email')
    t.equal(field?.getAttribute('value'), 'camille@ailleurs.example')
    t.equal(field?.getAttribute('aria-invalid'), 'true')
    t.equal(page.document.querySelector('input[name="suite"]')?.getAttribute('value'), '/compte')
  })

  t.test('hostile addresses are refused, and nothing is sent or kept for them', async (t) => {
    const before = await site.db.selectFrom('outbox').select('id').execute()
    for (const email of hostileAddresses) {
      const page = await site.newVisitor().post('/connexion', { email }, { houseRules: false })
      t.equal(page.status, 422, JSON.stringify(email.slice(0, 80)))
    }
    for (const payload of [
      '',
      'email=a&email=b',
      'email[]=a',
      `email[address]=x@${domain}`,
      '__proto__=1&email=',
      'email'
    ]) {
      const answer = await site.newVisitor().request({
        method: 'POST',
        url: '/connexion',
        headers: { origin: site.origin, 'content-type': 'application/x-www-form-urlencoded' },
        payload
      })
      t.equal(answer.statusCode, 422, payload)
    }
    t.equal((await site.db.selectFrom('outbox').select('id').execute()).length, before.length)
  })

  t.test('the envelope holds the one canonical address', async (t) => {
    for (const [typed, email] of [
      [`\u00a0PRENOM.NOM@${domain}\t`, `prenom.nom@${domain}`],
      [`prenom.nom+essai@${domain}`, `prenom.nom+essai@${domain}`],
      ['prenom.o’nom', `prenom.o'nom@${domain}`]
    ] as const) {
      await site.newVisitor().post('/connexion', { email: typed })
      const message = await messageTo(site, email)
      t.strictSame(message.to, [email])
      t.strictSame(
        [message.parsed.to].flat().map((to) => to?.text),
        [email]
      )
    }
  })
})

t.test('limits', async (t) => {
  const site = await withSite(t)
  const from = (visitor: Visitor, remoteAddress: string, email: string) =>
    visitor.request({
      method: 'POST',
      url: '/connexion',
      remoteAddress,
      headers: { origin: site.origin, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ email }).toString()
    })
  const received = (email: string) => site.mailbox.messages.filter((message) => message.to.includes(email)).length

  t.test('300 agents behind one public address all come in', async (t) => {
    const agents = Array.from({ length: 300 }, (_, index) => `equipe${index}@${domain}`)
    const started = Date.now()
    for (let start = 0; start < agents.length; start += 20) {
      await Promise.all(
        agents.slice(start, start + 20).map(async (email) => {
          const visitor = site.newVisitor()
          await visitor.post('/connexion', { email, suite: '/compte' })
          const message = await site.mailbox.next((candidate) => candidate.to.includes(email), 60)
          const arrived = await visitor.post('/connexion/code', { code: codeOf(message), appareil: 'personnel' })
          if (arrived.status !== 303) t.fail(`${email} met ${arrived.status}`)
        })
      )
    }
    const { count } = await site.db
      .selectFrom('sessions')
      .select((is) => is.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    t.equal(count, 300)
    t.comment(`300 sign-ins in ${Date.now() - started} ms`)
  })

  t.test('an address receives five messages an hour from one network, and no word is said of it', async (t) => {
    const email = someone()
    const answers = []
    for (let index = 0; index < 7; index += 1) answers.push(await from(site.newVisitor(), '198.51.100.7', email))
    t.strictSame(
      [...new Set(answers.map((answer) => `${answer.statusCode} ${answer.headers.location}`))],
      ['303 /connexion/code']
    )
    await drained(site)
    t.equal(received(email), 5)

    t.test('which leaves the owner, elsewhere, theirs', async (t) => {
      await from(site.newVisitor(), '203.0.113.9', email)
      await drained(site)
      t.equal(received(email), 6)
    })

    t.test('and a + or capitals change nothing', async (t) => {
      await from(site.newVisitor(), '198.51.100.7', email.replace('@', '+autre@').toUpperCase())
      await drained(site)
      t.equal(received(email.replace('@', '+autre@')), 0)
    })

    t.test('and a request without a message cannot be guessed open', async (t) => {
      const row = await site.db
        .selectFrom('sign_in_requests')
        .select('nonce')
        .where('email', '=', email)
        .orderBy('id', 'desc')
        .offset(1)
        .limit(1)
        .executeTakeFirstOrThrow()
      const secrets = signInSecrets(site.config.sessionKeys)
      t.ok(row.nonce.equals(noNonce))
      t.notOk(secrets.isCode(row.nonce, secrets.code(row.nonce)))
      t.notOk(secrets.isLinkToken(row.nonce, secrets.linkToken(row.nonce)))
    })
  })

  t.test('an address receives twenty messages an hour from everywhere', async (t) => {
    const email = someone()
    for (let index = 0; index < 24; index += 1) await from(site.newVisitor(), `192.0.2.${index}`, email)
    await drained(site)
    t.equal(received(email), 20)
  })

  t.test('a network that asks too much waits, in French, and the others do not', async (t) => {
    const attacker = '2001:db8:1:2::1'
    await from(site.newVisitor(), attacker, someone())
    await site.db.updateTable('rate_limits').set({ count: 600 }).execute()
    const visitor = site.newVisitor()
    const refused = await from(visitor, '2001:db8:1:2:ffff::9', someone())
    t.equal(refused.statusCode, 429)
    t.ok(Number(refused.headers['retry-after']) > 0 && Number(refused.headers['retry-after']) <= 900)
    t.match(refused.body, 'Vous pourrez essayer de nouveau dans')
    t.equal((await from(site.newVisitor(), '2001:db8:1:3::1', someone())).statusCode, 303)
  })

  t.test('counters keep neither addresses nor networks', async (t) => {
    const rows = await site.db.selectFrom('rate_limits').select('key').execute()
    t.ok(rows.every(({ key }) => key.length === 32))
  })
})

t.test('the return address is a path of this site', async (t) => {
  const site = await withSite(t)
  const hostile = [
    '//evil.test',
    '/\\evil.test',
    'https://evil.test',
    'https:evil.test',
    '///evil.test',
    '/%09/evil.test\n',
    '/\t/evil.test',
    'javascript:alert(1)',
    '@evil.test',
    '/.//evil.test',
    '/connexion',
    '/connexion/code',
    '/deconnexion',
    `/${'a'.repeat(600)}`,
    ''
  ]
  for (const suite of hostile) {
    const visitor = site.newVisitor()
    const page = await visitor.visit(`/connexion?suite=${encodeURIComponent(suite)}`)
    t.equal(page.document.querySelector('input[name="suite"]')?.getAttribute('value'), '/', JSON.stringify(suite))
  }
  const email = someone()
  const visitor = site.newVisitor()
  await visitor.post('/connexion', { email, suite: '//evil.test' })
  t.equal((await visitor.post('/connexion/code', { code: await codeTo(site, email) })).headers.location, '/')

  const other = someone()
  const reader = site.newVisitor()
  const suite = '/engagements?statut=en_cours&mots=caf%C3%A9'
  await reader.submit(await reader.visit(`/connexion?suite=${encodeURIComponent(suite)}`), { email: other })
  t.equal((await reader.post('/connexion/code', { code: await codeTo(site, other) })).headers.location, suite)
})

t.test('the message', async (t) => {
  const site = await withSite(t)
  const email = someone()
  const visitor = site.newVisitor()
  const page = await visitor.visit('/connexion')
  await visitor.submit(
    page,
    { email },
    {
      headers: {
        'user-agent':
          'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile/15E148 Safari/604.1'
      }
    }
  )
  const message = await messageTo(site, email)
  const code = codeOf(message)
  t.match(message.subject, /^\d{3} \d{3} est votre code de connexion – /)
  for (const part of [message.text, message.html]) {
    const text = part.replaceAll('&nbsp;', ' ').replaceAll('\u00a0', ' ')
    t.match(text, `${code.slice(0, 3)} ${code.slice(3)}`)
    t.match(text, `${site.origin}/connexion/lien/`)
    t.match(text, 'Personne à la mairie ne vous demandera ce code')
    t.match(text, '10 minutes')
    t.match(text, 'depuis Safari sur iPhone')
    t.match(text, new URL(site.origin).host)
  }
  t.match(message.text, /\nhttp\S+\n/, 'the link has its own line')
  t.notMatch(message.html, /<img|<script|<link|url\(/i, 'nothing is loaded, nobody is tracked')
  t.equal(message.from, 'ne-pas-repondre@valbrune.example')
  t.equal(message.parsed.headers.get('auto-submitted'), 'auto-generated')

  const stored = JSON.stringify([
    await site.db.selectFrom('outbox').selectAll().execute(),
    await site.db.selectFrom('sign_in_requests').selectAll().execute()
  ])
  t.notMatch(stored, code, 'the code is stored nowhere')
  t.notMatch(stored, linkOf(site, message).slice('/connexion/lien/'.length), 'nor the link')
  const log = JSON.stringify(site.log)
  for (const secret of [email, code, linkOf(site, message)]) t.notMatch(log, secret, 'the log keeps no secret')
})

t.test('codes and links are derived', async (t) => {
  const [old, current] = [randomBytes(32), randomBytes(32)]
  const before = signInSecrets([old])
  const after = signInSecrets([current, old])
  const nonce = newNonce()
  t.equal(before.code(nonce), before.code(nonce), 'the same each time')
  t.ok(after.isCode(nonce, before.code(nonce)), 'a code made before the keys changed still works')
  t.ok(after.isLinkToken(nonce, before.linkToken(nonce)))
  t.notOk(signInSecrets([current]).isLinkToken(nonce, before.linkToken(nonce)), 'but not once the old key is gone')
  t.notOk(before.isCode(nonce, ''))
  const codes = Array.from({ length: 5000 }, () => before.code(newNonce()))
  t.ok(codes.every((code) => /^\d{6}$/.test(code)))
  for (let digit = 0; digit <= 9; digit += 1) {
    const count = codes.filter((code) => code.startsWith(String(digit))).length
    t.ok(count > 380 && count < 620, `codes begin with ${digit} as often as not: ${count}`)
  }
})

t.test('small parts', async (t) => {
  t.equal(nameFromAddress(`camille.robin@${domain}`), 'Camille Robin')
  t.equal(nameFromAddress(`jean-rene.d'arc@${domain}`), 'Jean-René D’Arc')
  t.equal(nameFromAddress(`helene.le_goff+essai@${domain}`), 'Hélène Le Goff')
  t.equal(nameFromAddress(`accueil@${domain}`), 'Accueil')
  t.strictSame(readAddress('a.b@second.example', [domain, 'second.example']), { ok: true, email: 'a.b@second.example' })
  t.strictSame(readAddress('   ', [domain]), { ok: false, problem: 'empty' })
  t.equal(networkOf('192.0.2.1'), '192.0.2.1')
  t.equal(networkOf('::ffff:192.0.2.1'), '192.0.2.1')
  t.equal(networkOf('2001:db8::1'), '2001:db8:0:0::/64')
  t.equal(networkOf('2001:0db8:0000:0000:1:2:3:4'), '2001:db8:0:0::/64')
  t.equal(networkOf('fe80::1%eth0'), 'fe80:0:0:0::/64')
  t.equal(deviceLabel(undefined), 'Navigateur sur un appareil inconnu')
  t.equal(
    deviceLabel('Mozilla/5.0 (Linux; Android 16) AppleWebKit/537 Chrome/150.0 Mobile Safari/537'),
    'Chrome sur Android'
  )
})

const hostileAddresses = [
  '',
  ' ',
  '\u00a0\u200b',
  '@',
  `@${domain}`,
  'x@',
  `.x@${domain}`,
  `x.@${domain}`,
  `x..y@${domain}`,
  `-oX@${domain}`,
  `+x@${domain}`,
  `x@${domain}.evil.test`,
  `x@evil.${domain}`,
  `x@evil.test@${domain}`,
  `"x@evil.test"@${domain}`,
  `"x"@${domain}`,
  `x@${domain}\r\nBcc: evil@evil.test`,
  `x@${domain}\nRCPT TO:<evil@evil.test>`,
  `x\r\nBcc: evil@evil.test@${domain}`,
  `x%0aBcc:evil@${domain}`,
  `x@${domain},evil@evil.test`,
  `x@${domain};evil@evil.test`,
  `evil@evil.test,x@${domain}`,
  `Nom <x@${domain}>`,
  `<x@${domain}>`,
  `<x@evil.test>x@${domain}`,
  `grp: x@${domain};`,
  `x(c)@${domain}`,
  `x@(c)${domain}`,
  `user%evil.test@${domain}`,
  `x y@${domain}`,
  `x\u0000@${domain}`,
  `x@${domain}\u0000`,
  `x\u200b@${domain}`,
  `x＠${domain}`,
  'x@valbrune．example',
  `jean-rené@${domain}`,
  `\u{1f600}@${domain}`,
  'x@v\u0430lbrune.example',
  'x@xn--vlbrune-6fg.example',
  'x@[127.0.0.1]',
  'x@localhost',
  `x@${domain}.`,
  `x@.${domain}`,
  `${'a'.repeat(65)}@${domain}`,
  `${'a'.repeat(10_000)}@${domain}`,
  `x@${'a'.repeat(250)}.fr`,
  `\u212aamille@${domain}`,
  `x/../y@${domain}`,
  `=cmd|x@${domain}`,
  `<script>@${domain}`,
  '../../etc/passwd',
  `x\u202e@${domain}`,
  `a@b,c@${domain}`,
  `x!y@${domain}`,
  `x\\@${domain}`,
  `x@${domain}>`,
  `x@${domain} evil@evil.test`
]

/** Makes the requests of an address older, as if this time had passed. */
async function age(site: Site, email: string, interval: string): Promise<void> {
  await site.db
    .updateTable('sign_in_requests')
    .set({
      created_at: sql`created_at - ${interval}::interval`,
      expires_at: sql`expires_at - ${interval}::interval`
    })
    .where('email', '=', email)
    .execute()
}

/** Waits until every message has left, or will not. */
async function drained(site: Site): Promise<void> {
  for (let round = 0; round < 200; round += 1) {
    const waiting = await site.db
      .selectFrom('outbox')
      .select('id')
      .where('sent_at', 'is', null)
      .where('abandoned_at', 'is', null)
      .execute()
    if (waiting.length === 0) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('Messages are still waiting.')
}

async function signInWith(site: Site, email: string): Promise<Visitor> {
  const visitor = site.newVisitor()
  await visitor.submit(await ask(visitor, email), { code: await codeTo(site, email) })
  return visitor
}
