/** What every answer says to browsers, and what the site never says to anyone. */
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { isFromOurPages } from '../src/web/security.ts'
import { openSite } from './support/site.ts'

const site = await openSite(t, { empty: true })
const protections = [
  'content-security-policy',
  'x-content-type-options',
  'referrer-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'permissions-policy',
  'x-frame-options'
]

t.test('every answer carries the headers that protect the reader', async (t) => {
  for (const path of ['/connexion', '/n-existe-pas', '/healthz', '/', site.app.stylesheet, '/accessibilite']) {
    const { headers } = await site.visit(path)
    const policy = String(headers['content-security-policy'])
    t.match(policy, /default-src 'none'/, path)
    t.notMatch(policy, /unsafe-|\*|https?:|data:/, `${path} allows nothing from elsewhere nor inline`)
    t.match(policy, /frame-ancestors 'none'/)
    t.equal(headers['x-content-type-options'], 'nosniff')
    t.equal(headers['referrer-policy'], 'same-origin')
    t.equal(headers['cross-origin-opener-policy'], 'same-origin')
    t.equal(headers['cross-origin-resource-policy'], 'same-origin')
    t.equal(headers['x-powered-by'], undefined)
    t.equal(headers.server, undefined)
  }
})

t.test('over HTTPS the browser is told to stay there, and keeps its cookie to this host', async (t) => {
  const secure = await openSite(t, { empty: true, environment: { BASE_URL: 'https://extranet.valbrune.example' } })
  t.match((await secure.visit('/connexion')).headers['strict-transport-security'], /max-age=\d{8}/)
  t.equal((await site.visit('/connexion')).headers['strict-transport-security'], undefined, 'but not over plain HTTP')
  const visitor = secure.newVisitor()
  const response = await visitor.request({
    method: 'POST',
    url: '/connexion',
    headers: {
      origin: 'https://extranet.valbrune.example',
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded'
    },
    payload: 'email=quelqu-un%40valbrune.example'
  })
  t.match(response.headers['set-cookie'], /^__Host-session=.*; Path=\/; HttpOnly; Secure; SameSite=Lax/i)
})

t.test('a request that changes something must come from our own pages', async (t) => {
  const origin = 'https://extranet.valbrune.example'
  const ours = (method: string, headers: Record<string, string>): boolean => isFromOurPages({ method, headers }, origin)
  t.ok(ours('GET', { origin: 'https://ailleurs.example', 'sec-fetch-site': 'cross-site' }), 'reading is free')
  t.ok(ours('POST', { origin, 'sec-fetch-site': 'same-origin' }))
  t.ok(ours('POST', { origin }), 'an old browser says its origin only')
  t.ok(ours('POST', { 'sec-fetch-site': 'same-origin' }))
  for (const headers of [
    {},
    { origin: 'null' },
    { origin: 'null', 'sec-fetch-site': 'same-origin' },
    { origin: 'https://ailleurs.example' },
    { origin: `${origin}.ailleurs.example` },
    { origin: origin.replace('https', 'http') },
    { origin: `${origin}:8443` },
    { origin, 'sec-fetch-site': 'same-site' },
    { origin, 'sec-fetch-site': 'cross-site' },
    { origin, 'sec-fetch-site': 'none' },
    { referer: `${origin}/compte` }
  ] as Record<string, string>[]) {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      t.notOk(ours(method, headers), `${method} ${JSON.stringify(headers)}`)
  }
})

t.test('a site with no demonstration and no content still answers', async (t) => {
  const visitor = await site.signInAs('premiere.personne@valbrune.example')
  const pages = '/ /demarche /directions /engagements /bonus /recherche /recherche?q=eau /compte /plan-du-site'.split(
    ' '
  )
  for (const path of [...pages, '/mentions-legales', '/confidentialite', '/accessibilite']) {
    const page = await visitor.visit(path)
    t.equal(page.status, 200, path)
  }
})

t.test('requests that make no sense are refused in words, never with a crash', async (t) => {
  const odd: [string, { headers?: Record<string, string>; payload?: string }][] = [
    ['/connexion', { payload: 'email=%ff%fe&suite=%00' }],
    ['/connexion', { payload: `email=${'a'.repeat(100_000)}` }],
    ['/connexion', { payload: 'email=a&email=b&email=c' }],
    ['/connexion', { payload: 'email[$ne]=&__proto__[x]=1&constructor.prototype=1' }],
    ['/connexion', { headers: { 'content-type': 'application/json' }, payload: '{"email":{"a":1}}' }],
    ['/connexion', { headers: { 'content-type': 'application/json' }, payload: '{"email":' }],
    ['/connexion', { headers: { 'content-type': 'text/xml' }, payload: '<a/>' }],
    ['/connexion', { headers: { 'content-type': 'multipart/form-data; boundary=x' }, payload: '--x--' }],
    ['/connexion/code', { payload: 'code=123456' }]
  ]
  for (const [path, { headers, payload }] of odd) {
    const response = await site.newVisitor().request({
      method: 'POST',
      url: path,
      headers: {
        origin: site.origin,
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/x-www-form-urlencoded',
        ...headers
      },
      ...(payload !== undefined && { payload })
    })
    t.ok(
      response.statusCode >= 400 && response.statusCode < 500,
      `${path} ${payload?.slice(0, 40)}: ${response.statusCode}`
    )
    t.match(response.headers['content-type'], /^text\/html/, 'and the answer is a page')
  }
  for (const path of [
    '/%',
    '/%00',
    '/engagements/%E0%A4%A',
    `/${'a'.repeat(5000)}`,
    '/connexion?suite[]=a&suite=b',
    '/..%2f..%2fetc/passwd'
  ]) {
    const response = await site.newVisitor().request({ method: 'GET', url: path })
    t.ok(response.statusCode < 500, `${path.slice(0, 40)}: ${response.statusCode}`)
    t.match(response.headers['content-type'], /^text\/html/, 'and the answer is a page')
  }
})

t.test('what reaches no route is refused with the same protection', async (t) => {
  const expected = (await site.visit('/connexion')).headers
  for (const path of ['/%ff', `/actions/${'a'.repeat(300)}`]) {
    const { statusCode, headers } = await site.app.inject({ method: 'GET', url: path })
    t.equal(statusCode, 400)
    for (const name of protections) t.equal(headers[name], expected[name], `${name} of ${path.slice(0, 20)}`)
  }
})

t.test('what is not HTTP gets one line and is let go', async (t) => {
  // A site of its own: listening writes the address in the log, which a test below reads.
  const { app } = await openSite(t, { empty: true })
  const address = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
  for (const [status, sent] of [
    [400, 'PAS DU HTTP\r\n\r\n'],
    [431, `GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`]
  ] as const) {
    const socket = connect(Number(address.port), address.hostname)
    socket.write(sent)
    const answer = await text(socket)
    t.match(answer, new RegExp(`^HTTP/1.1 ${status} `))
    t.match(answer, /x-content-type-options: nosniff\r\n/)
    t.match(answer, /\r\n\r\nDemande incomprise\.\n$/, 'and nothing of what was sent, nor of the program')
  }
})

t.test('assets stay in their folder', async (t) => {
  for (const path of [
    '/assets/x/../../package.json',
    '/assets/x/..%2f..%2fpackage.json',
    '/assets/x/%2e%2e/%2e%2e/src/app.ts',
    '/assets/x/.gitkeep'
  ]) {
    const response = await site.app.inject({ method: 'GET', url: path })
    t.ok([303, 400, 403, 404].includes(response.statusCode), `${path}: ${response.statusCode}`)
    t.notMatch(response.body, /"dependencies"|buildApp/)
  }
})

t.test('a stylesheet and a module are kept a year and sent compressed', async (t) => {
  for (const path of [site.app.stylesheet, site.app.asset('js/site.js')]) {
    const plain = await site.app.inject({ method: 'GET', url: path })
    const small = await site.app.inject({ method: 'GET', url: path, headers: { 'accept-encoding': 'gzip, br' } })
    t.equal(plain.statusCode, 200)
    t.match(plain.headers['cache-control'], /max-age=31536000, immutable/)
    t.equal(small.headers['content-encoding'], 'br')
    t.ok(small.rawPayload.length < plain.rawPayload.length)
  }
})

t.test('a cookie that we did not make is no cookie', async (t) => {
  for (const value of ['x', randomBytes(200).toString('base64'), `${'a'.repeat(40)};${'b'.repeat(40)}`, '%00', '"']) {
    const response = await site.app.inject({ method: 'GET', url: '/', headers: { cookie: `session=${value}` } })
    t.equal(response.statusCode, 303)
    t.equal(response.headers.location, '/connexion')
  }
})

t.test('the log holds no address, code, token or cookie', async (t) => {
  const visitor = await site.signInAs('discrete.personne@valbrune.example')
  await visitor.visit('/recherche?q=secret-de-polichinelle')
  await visitor.visit('/connexion/lien/jeton-qui-ne-doit-pas-etre-ecrit')
  const written = JSON.stringify(site.log)
  t.ok(site.log.length > 0, 'there is a log')
  const secret = /discrete\.personne|valbrune\.example|polichinelle|jeton-qui|session=|127\.0\.0\.1|remoteAddress/
  t.same(
    site.log.filter((line) => secret.test(JSON.stringify(line))),
    []
  )
  for (const value of visitor.cookies.values()) t.notOk(written.includes(value.slice(0, 20)))
})
