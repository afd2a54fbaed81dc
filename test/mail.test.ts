/** Messages leave once what causes them is committed, to the stored address only, and are tried again when the server refuses. */
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import t, { type Test } from 'tap'
import { buildApp } from '../src/app.ts'
import type { Database } from '../src/db/database.ts'
import { type Mailer, type Message, openMailer } from '../src/mail/mailer.ts'
import { enqueue, type MessageMaker, type Outbox, startOutbox } from '../src/mail/outbox.ts'
import { emptyDatabase } from './support/database.ts'
import { openMailbox } from './support/mailbox.ts'
import { testConfig } from './support/prepare.ts'
import { openSite, type Site } from './support/site.ts'

const email = 'camille.robin@valbrune.example'
const hello: Message = { to: email, subject: 'Bonjour', text: 'Bonjour Camille', html: '<p>Bonjour Camille</p>' }

async function until<Value>(look: () => Promise<Value | undefined | null | false>, seconds = 10): Promise<Value> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(20)) {
    const found = await look()
    if (found) return found
  }
  throw new Error(`Nothing came within ${seconds} s.`)
}

function rows(db: Database) {
  return db.selectFrom('outbox').selectAll().orderBy('id').execute()
}

/** The time until the next try passes. */
async function passTime(db: Database): Promise<void> {
  await db.updateTable('outbox').set({ available_at: sql`now()`, last_error: null }).execute()
}

interface Started {
  db: Database
  outbox: Outbox
  sent: { message: Message; id: string }[]
  log: Site['log']
}

/** A worker on an empty database, with a mailer that the test commands. */
async function start(
  test: Test,
  {
    kinds = { hello: async () => hello },
    send,
    db
  }: {
    kinds?: Record<string, MessageMaker>
    send?: Mailer['send']
    db?: Database
  } = {}
): Promise<Started> {
  const database = db ?? (await emptyDatabase(test)).db
  const sent: Started['sent'] = []
  const log: Site['log'] = []
  const mailer: Mailer = {
    async send(message, id) {
      await send?.(message, id)
      sent.push({ message, id })
    },
    close: () => undefined
  }
  const logger = { warn: (fields: unknown) => void log.push({ ...(fields as object) }) }
  const outbox = startOutbox({ db: database, mailer, kinds, log: logger })
  test.teardown(() => outbox.stop())
  return { db: database, outbox, sent, log }
}

t.test('a message is sent at once, and once', async (t) => {
  const { db, outbox, sent } = await start(t)
  await enqueue(db, { kind: 'hello', payload: {} })
  const before = Date.now()
  outbox.wake()
  await until(async () => (await rows(db))[0]?.sent_at)
  t.ok(Date.now() - before < 1500, 'without waiting for the next round')
  outbox.wake()
  await sleep(100)
  t.equal(sent.length, 1)
})

t.test('what another process wrote is found within a few seconds', async (t) => {
  const { db, sent } = await start(t)
  await sleep(50)
  await enqueue(db, { kind: 'hello', payload: {} })
  await until(async () => sent.length === 1, 4)
  t.pass()
})

t.test('a transaction that is undone sends nothing', async (t) => {
  const { db, outbox, sent } = await start(t)
  const undone = db.transaction().execute(async (trx) => {
    await enqueue(trx, { kind: 'hello', payload: {} })
    outbox.wake()
    await sleep(100)
    throw new Error('no')
  })
  await t.rejects(undone)
  outbox.wake()
  await sleep(100)
  t.equal(sent.length, 0)
})

t.test('a refused message is tried five times, later and later, then left with its reason', async (t) => {
  const { db, outbox, sent, log } = await start(t, {
    send: async () => {
      throw new Error(`451 4.7.1 <${email}>: greylisted`)
    }
  })
  await enqueue(db, { kind: 'hello', payload: {} })
  for (const [index, seconds] of [5, 30, 120, 600].entries()) {
    outbox.wake()
    await until(async () => (await rows(db))[0]?.last_error && (await rows(db))[0]?.attempts === index + 1)
    const { wait } = await db
      .selectFrom('outbox')
      .select(sql<number>`extract(epoch from available_at - now())::float`.as('wait'))
      .executeTakeFirstOrThrow()
    t.ok(wait > seconds - 3 && wait <= seconds, `the try ${index + 2} waits ${seconds} s`)
    outbox.wake()
    await sleep(50)
    t.equal((await rows(db))[0]?.attempts, index + 1, 'not before')
    await passTime(db)
  }
  outbox.wake()
  const [row] = await until(async () => {
    const all = await rows(db)
    return all[0]?.abandoned_at && all
  })
  t.equal(row?.attempts, 5)
  t.equal(row?.last_error, '451 4.7.1 <…>: greylisted')
  t.equal(sent.length, 0)
  t.notMatch(JSON.stringify(log), email, 'the log keeps no address')
})

t.test('each try has the same Message-ID', async (t) => {
  const ids: string[] = []
  const { db, outbox } = await start(t, {
    send: async (_message, id) => {
      ids.push(id)
      if (ids.length === 1) throw new Error('421 later')
    }
  })
  await enqueue(db, { kind: 'hello', payload: {} })
  outbox.wake()
  await until(async () => (await rows(db))[0]?.last_error)
  await passTime(db)
  outbox.wake()
  await until(async () => (await rows(db))[0]?.sent_at)
  t.equal(ids.length, 2)
  t.equal(ids[0], ids[1])
})

t.test('a message too old to be useful does not leave', async (t) => {
  const { db, outbox, sent } = await start(t)
  await enqueue(db, { kind: 'hello', payload: {}, uselessAfter: new Date(Date.now() - 1000) })
  outbox.wake()
  await until(async () => (await rows(db))[0]?.abandoned_at)
  t.equal(sent.length, 0)
})

t.test('a kind that nobody declared, or a message that cannot be made, does not hold up the others', async (t) => {
  const { db, outbox, sent } = await start(t, {
    kinds: {
      hello: async () => hello,
      broken: async () => {
        throw new Error('broken')
      },
      nothing: async () => undefined
    }
  })
  for (const kind of ['unknown', 'broken', 'nothing', 'hello']) await enqueue(db, { kind, payload: {} })
  outbox.wake()
  await until(async () => sent.length === 1)
  const [unknown, broken, nothing] = await until(async () => {
    const all = await rows(db)
    return all[2]?.abandoned_at && all
  })
  t.match([unknown?.sent_at, broken?.sent_at, nothing?.sent_at], [null, null, null])
})

t.test('several processes share the work, and send each message once', async (t) => {
  const slow = async () => sleep(5)
  const first = await start(t, { send: slow })
  const second = await start(t, { send: slow, db: first.db })
  for (let index = 0; index < 60; index += 1) await enqueue(first.db, { kind: 'hello', payload: { index } })
  first.outbox.wake()
  second.outbox.wake()
  await until(async () => (await rows(first.db)).every((row) => row.sent_at))
  const ids = [...first.sent, ...second.sent].map(({ id }) => id)
  t.equal(ids.length, 60)
  t.equal(new Set(ids).size, 60)
  t.ok(first.sent.length > 0 && second.sent.length > 0)
})

t.test('what a process that died had taken is sent by another', async (t) => {
  const { db, outbox, sent } = await start(t)
  const available_at = sql<Date>`now() + interval '2 minutes'`
  await db.insertInto('outbox').values({ kind: 'hello', payload: '{}', attempts: 1, available_at }).execute()
  outbox.wake()
  await sleep(100)
  t.equal(sent.length, 0)
  await passTime(db)
  outbox.wake()
  await until(async () => sent.length === 1)
  t.pass()
})

t.test('stopping waits for the message on its way', async (t) => {
  let release = (): void => undefined
  const onItsWay = new Promise<void>((resolve) => {
    release = resolve
  })
  const { db, outbox } = await start(t, { send: () => onItsWay })
  await enqueue(db, { kind: 'hello', payload: {} })
  outbox.wake()
  await until(async () => (await rows(db))[0]?.attempts === 1)
  let stopped = false
  const stopping = outbox.stop().then(() => {
    stopped = true
  })
  await sleep(100)
  t.notOk(stopped)
  release()
  await stopping
  t.ok((await rows(db))[0]?.sent_at)
})

t.test('old traces go away', async (t) => {
  const { db } = await emptyDatabase(t)
  const { forgetOldTraces } = await import('../src/accounts/queries.ts')
  const agent = await db
    .insertInto('agents')
    .values({ email, name: 'Camille' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const hash = (text: string) => sql<Buffer>`sha256(${text}::bytea)`
  for (const age of ['0 days', '2 days', '8 days', '31 days', '200 days']) {
    const then = sql<Date>`now() - ${age}::interval`
    await db
      .insertInto('rate_limits')
      .values({ key: hash('x'), window_started_at: then })
      .execute()
    await db
      .insertInto('sign_in_requests')
      .values({
        browser_hash: hash(age),
        nonce: hash('nonce'),
        email,
        return_to: '/',
        device_label: '',
        created_at: then,
        expires_at: then
      })
      .execute()
    await db
      .insertInto('sessions')
      .values({ token_hash: hash(age), agent_id: agent.id, device: 'personnel', device_label: '', expires_at: then })
      .execute()
    await db.insertInto('outbox').values({ kind: 'hello', payload: '{}', created_at: then, sent_at: then }).execute()
  }
  await forgetOldTraces(db)
  await start(t, { db })
  await until(async () => (await rows(db)).length === 3)
  const count = async (table: 'rate_limits' | 'sign_in_requests' | 'sessions') =>
    (await db.selectFrom(table).select(sql`1`.as('one')).execute()).length
  t.equal(await count('rate_limits'), 1)
  t.equal(await count('sign_in_requests'), 2)
  t.equal(await count('sessions'), 4)
})

t.test('over SMTP', async (t) => {
  const mailbox = await openMailbox(t)
  const config = testConfig({
    databaseUrl: '',
    uploadsDir: '',
    environment: { SMTP_URL: mailbox.url, MAIL_FROM: 'L’extranet, service com <extranet@valbrune.example>' }
  })
  const mailer = openMailer(config)
  t.teardown(() => mailer.close())

  t.test('a message has a text, an HTML part, an envelope of its own and no reply from machines', async (t) => {
    await mailer.send(hello, 'abc.1')
    const message = await mailbox.next()
    t.equal(message.from, 'extranet@valbrune.example')
    t.strictSame(message.to, [email])
    t.equal(message.parsed.messageId, '<abc.1@valbrune.example>')
    t.match(message.text, 'Bonjour Camille')
    t.match(message.html, '<p>Bonjour Camille</p>')
    t.equal(message.parsed.headers.get('auto-submitted'), 'auto-generated')
  })

  t.test('nothing in an address or a subject adds a recipient', async (t) => {
    const before = mailbox.messages.length
    for (const to of [
      `${email}\r\nBcc: evil@evil.test`,
      `${email}\nRCPT TO:<evil@evil.test>`,
      `${email}, evil@evil.test`,
      `${email};evil@evil.test`,
      `<evil@evil.test> ${email}`,
      `evil@evil.test(${email}`
    ]) {
      await t.rejects(mailer.send({ ...hello, to }, 'x'), to)
    }
    await mailer.send({ ...hello, subject: 'Bonjour\r\nBcc: evil@evil.test' }, 'x')
    const recipients = mailbox.messages.slice(before).flatMap((message) => message.to)
    t.notOk(
      recipients.some((to) => to.toLowerCase() === 'evil@evil.test'),
      JSON.stringify(recipients)
    )
    t.strictSame(mailbox.messages.at(-1)?.to, [email])
    t.equal(mailbox.messages.at(-1)?.parsed.bcc, undefined)
  })
})

t.test('the site and its mail server', async (t) => {
  t.test('a server that refuses delays the code, and loses nothing', async (t) => {
    const site = await openSite(t, { empty: true })
    site.mailbox.refuse(451)
    const visitor = site.newVisitor()
    await visitor.post('/connexion', { email })
    await until(async () => (await rows(site.db))[0]?.last_error)
    t.notMatch(JSON.stringify(site.log), email)
    site.mailbox.refuse(undefined)
    await passTime(site.db)
    const message = await site.mailbox.next()
    const code = /^(\d{3}) (\d{3}) /.exec(message.subject)?.slice(1).join('') ?? ''
    t.equal((await visitor.post('/connexion/code', { code })).status, 303)
  })

  t.test('a server that is away does not slow down the page', async (t) => {
    const site = await openSite(t, { empty: true, environment: { SMTP_URL: 'smtp://127.0.0.1:9' } })
    const before = Date.now()
    t.equal((await site.newVisitor().post('/connexion', { email })).status, 303)
    t.ok(Date.now() - before < 1000)
    await until(async () => (await rows(site.db))[0]?.last_error)
  })

  t.test('without a server, the message is printed in the terminal, to be read', async (t) => {
    let printed = ''
    const config = testConfig({ databaseUrl: '', uploadsDir: '', environment: { SMTP_URL: '' } })
    t.equal(config.smtpUrl, undefined)
    await openMailer(config, (text) => {
      printed += text
    }).send(hello, 'x')
    t.match(printed, `Message pour ${email}\nBonjour\n`)
    t.match(printed, 'Bonjour Camille')
    t.notMatch(printed, '<p>')
  })

  t.test('and the site does print it', async (t) => {
    const { db, url } = await emptyDatabase(t)
    const config = testConfig({ databaseUrl: url, uploadsDir: t.testdir(), environment: { SMTP_URL: '' } })
    const printed = t.capture(process.stdout, 'write', (() => true) as typeof process.stdout.write)
    const app = await buildApp({ config, db, logger: false })
    t.teardown(() => app.close())
    await app.inject({
      method: 'POST',
      url: '/connexion',
      headers: { origin: new URL(config.baseUrl).origin, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ email }).toString()
    })
    await until(async () => (await rows(db))[0]?.sent_at)
    const text = printed()
      .map((call) => String(call.args[0]))
      .join('')
    t.match(text, `Message pour ${email}`)
    t.match(text, /\n\d{3} \d{3} est votre code de connexion – /)
    t.match(text, '/connexion/lien/')
  })
})
