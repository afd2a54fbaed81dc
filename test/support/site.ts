/** The site on a private copy of the demonstration, and people who visit it as browsers do. */
import { createServer } from 'node:net'
import path from 'node:path'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { type HTMLElement, parse } from 'node-html-parser'
import type { Test } from 'tap'
import { buildApp } from '../../src/app.ts'
import type { Config } from '../../src/config.ts'
import type { Database } from '../../src/db/database.ts'
import { logOptions } from '../../src/web/log.ts'
import { cloneDatabase, emptyDatabase } from './database.ts'
import { houseRuleProblems } from './house-rules.ts'
import { type Mailbox, openMailbox } from './mailbox.ts'
import { linkFolder, testConfig } from './prepare.ts'

/** Who people are in the demonstration. */
export const cast = {
  /** An agent, and nothing more. */
  camille: 'camille.robin@valbrune.example',
  /** Référente of the directions Culture and Éducation. */
  nadia: 'nadia.benali@valbrune.example',
  /** Pilote of three actions. */
  paul: 'paul.mercier@valbrune.example',
  /** The webmaster. */
  ines: 'ines.caron@valbrune.example'
} as const

export type Person = keyof typeof cast

export interface Page {
  /** The path that was asked, after the redirects that were followed. */
  path: string
  status: number
  headers: LightMyRequestResponse['headers']
  html: string
  document: HTMLElement
  /** The text that a reader sees in `main`, or in the whole page without it. */
  text: string
}

/** Values of a form by the name of its fields; a list for boxes that share a name. */
export type Values = Record<string, string | string[]>

export interface RequestOptions {
  headers?: Record<string, string>
  /** Off for a page that repeats what a test typed, straight apostrophes included. */
  houseRules?: boolean
}

export interface Visitor {
  /** Asks for a page, without following redirects; what is HTML is held to the house rules. */
  visit(path: string, options?: RequestOptions): Promise<Page>
  /** Fills the form of a page that was received and sends it; follows the redirect as a browser does. */
  submit(page: Page, values?: Values, options?: SubmitOptions): Promise<Page>
  /** Posts a body as a form of our own pages would, without following redirects. */
  post(path: string, values?: Values, options?: RequestOptions): Promise<Page>
  /** Any request, with this visitor's cookies. */
  request(options: InjectOptions): Promise<LightMyRequestResponse>
  /** What the browser keeps. */
  cookies: Map<string, string>
}

export interface SubmitOptions extends RequestOptions {
  /** A selector, where a page has several forms beside those of its header. */
  form?: string
  /** The words of the button that is pressed. */
  button?: string
  /** False to see the redirect itself. */
  follow?: boolean
}

export interface Site {
  app: FastifyInstance
  db: Database
  config: Config
  mailbox: Mailbox
  origin: string
  /** The log, one line an object. */
  log: Record<string, unknown>[]
  /** Asks for a page as somebody who is not signed in, or as one of the cast. */
  visit(path: string, options?: RequestOptions & { as?: Person }): Promise<Page>
  /** A browser that nobody has used yet. */
  newVisitor(): Visitor
  /** Signs in as a person would: the address, the message, the code. The same visitor each time. */
  signIn(person: Person): Promise<Visitor>
  /** Signs in with any address. */
  signInAs(email: string, device?: 'personnel' | 'partage'): Promise<Visitor>
}

export interface SiteOptions {
  /** No demonstration: a site as the city finds it on the first day. */
  empty?: boolean
  /** Listens on a free port, for browsers and other programs. */
  listen?: boolean
  /** Variables of the environment that differ from those of the tests. */
  environment?: Record<string, string>
}

export async function openSite(t: Test, options: SiteOptions = {}): Promise<Site> {
  const mailbox = await openMailbox(t)
  const filled = options.empty ? undefined : await cloneDatabase(t)
  const database = filled ?? (await emptyDatabase(t))
  const folder = t.testdir({ uploads: {}, data: {} })
  const uploadsDir = path.join(folder, 'uploads')
  if (filled) linkFolder(filled.templateUploads, uploadsDir)
  const port = options.listen ? await freePort() : 3000
  const config = testConfig({
    databaseUrl: database.url,
    uploadsDir,
    dataDir: path.join(folder, 'data'),
    environment: {
      SMTP_URL: mailbox.url,
      PORT: String(port),
      BASE_URL: `http://localhost:${port}`,
      ...options.environment
    }
  })
  const log: Record<string, unknown>[] = []
  const stream = { write: (line: string) => void log.push(JSON.parse(line) as Record<string, unknown>) }
  const app = await buildApp({ config, db: database.db, logger: { ...logOptions('info'), stream } })
  t.teardown(() => app.close())
  if (options.listen) await app.listen({ port, host: 'localhost' })
  else await app.ready()

  const origin = new URL(config.baseUrl).origin
  const signedIn = new Map<Person, Promise<Visitor>>()
  const newVisitor = (): Visitor => createVisitor(app, origin)

  async function signInAs(email: string, device: 'personnel' | 'partage' = 'personnel'): Promise<Visitor> {
    const visitor = newVisitor()
    const asked = await visitor.submit(await visitor.visit('/connexion'), { email })
    const message = await mailbox.next((received) => received.to.includes(email))
    const code = /\b\d{3}\s?\d{3}\b/.exec(message.subject)?.[0].replace(/\s/g, '') ?? ''
    const choice = deviceField(asked)
    // The page where one arrives is checked by the tests that are about it.
    const arrived = await visitor.submit(asked, { code, ...(choice && { [choice]: device }) }, { houseRules: false })
    if (arrived.status !== 200)
      throw new Error(`${email} could not sign in: ${arrived.status} ${arrived.text.slice(0, 300)}`)
    return visitor
  }

  function signIn(person: Person): Promise<Visitor> {
    const visitor = signedIn.get(person) ?? signInAs(cast[person])
    signedIn.set(person, visitor)
    return visitor
  }

  return {
    app,
    db: database.db,
    config,
    mailbox,
    origin,
    log,
    newVisitor,
    signIn,
    signInAs,
    async visit(address, { as, ...request } = {}) {
      const visitor = as ? await signIn(as) : newVisitor()
      return visitor.visit(address, request)
    }
  }
}

function deviceField(page: Page): string {
  return page.document.querySelector('main input[type="radio"][value="partage"]')?.getAttribute('name') ?? ''
}

function createVisitor(app: FastifyInstance, origin: string): Visitor {
  const cookies = new Map<string, string>()

  async function request(options: InjectOptions): Promise<LightMyRequestResponse> {
    const sent = cookies.size > 0 ? { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } : {}
    const response = await app.inject({
      ...options,
      headers: { host: new URL(origin).host, ...sent, ...options.headers }
    })
    for (const cookie of response.cookies) {
      const isGone = cookie.maxAge === 0 || (cookie.expires !== undefined && cookie.expires < new Date())
      if (isGone || cookie.value === '') cookies.delete(cookie.name)
      // As it came: inject() has decoded it, and what it decodes to may hold a semicolon.
      else cookies.set(cookie.name, encodeURIComponent(cookie.value))
    }
    return response
  }

  async function ask(
    options: InjectOptions & { url: string },
    { headers, houseRules = true }: RequestOptions
  ): Promise<Page> {
    const response = await request({ ...options, headers: { ...options.headers, ...headers } })
    const page = pageOf(options.url, response)
    const isPage = String(page.headers['content-type']).startsWith('text/html') && page.html !== ''
    if (isPage && houseRules && page.status !== 503) await obeyHouseRules(options.method ?? 'GET', page)
    return page
  }

  const fromOurPages = { origin, 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate' }

  function post(address: string, values: Values = {}, options: RequestOptions = {}): Promise<Page> {
    return ask(
      {
        method: 'POST',
        url: address,
        headers: { ...fromOurPages, 'content-type': 'application/x-www-form-urlencoded' },
        payload: encode(pairsOf(values))
      },
      options
    )
  }

  async function follow(page: Page, options: RequestOptions): Promise<Page> {
    let current = page
    for (let hops = 0; current.status >= 300 && current.status < 400 && current.headers.location; hops += 1) {
      if (hops === 5) throw new Error(`Redirected without end from ${page.path}.`)
      const target = new URL(String(current.headers.location), new URL(current.path, origin))
      if (target.origin !== origin) throw new Error(`${current.path} redirects to another host: ${target.href}`)
      current = await ask({ method: 'GET', url: target.pathname + target.search }, options)
    }
    return current
  }

  return {
    cookies,
    request,
    post,
    visit: (address, options = {}) => ask({ method: 'GET', url: address }, options),
    async submit(page, values = {}, options = {}) {
      const form = findForm(page, options)
      const pairs = fillForm(form, values, options.button)
      // A button may send the form elsewhere than its own address.
      const elsewhere = options.button && buttonOf(form, options.button)?.getAttribute('formaction')
      const [target = ''] = (elsewhere || (form.getAttribute('action') ?? page.path)).split('#')
      const answer =
        form.getAttribute('method') === 'get'
          ? await ask({ method: 'GET', url: `${target}?${encode(pairs)}` }, options)
          : await ask(
              {
                method: 'POST',
                url: target,
                headers: { ...fromOurPages, 'content-type': 'application/x-www-form-urlencoded' },
                payload: encode(pairs)
              },
              options
            )
      return options.follow === false ? answer : follow(answer, options)
    }
  }
}

function pageOf(address: string, response: LightMyRequestResponse): Page {
  const isText = /^(text|application\/(json|manifest))/.test(String(response.headers['content-type']))
  const html = isText ? response.body : ''
  const document = parse(html, { comment: false })
  const text = (document.querySelector('main') ?? document).textContent.replace(/[ \t\r\n]+/g, ' ').trim()
  return { path: address, status: response.statusCode, headers: response.headers, html, document, text }
}

async function obeyHouseRules(method: string, page: Page): Promise<void> {
  const problems = await houseRuleProblems(page.html)
  if (problems.length === 0) return
  throw new Error(
    `${method} ${page.path} (${page.status}) breaks the rules of the house:\n  - ${problems.join('\n  - ')}`
  )
}

/** The form of the page: not those that every page has in its header and footer, unless a selector asks for one. */
function findForm(page: Page, { form: selector, button }: SubmitOptions): HTMLElement {
  const forms = page.document.querySelectorAll(selector ?? 'main form')
  const fits = button ? forms.filter((form) => buttonOf(form, button) !== undefined) : forms
  const [form] = fits
  if (!form || fits.length > 1) {
    const known = forms.map((candidate) => candidate.getAttribute('action')).join(', ') || 'none'
    throw new Error(
      `${fits.length} forms of ${page.path} fit; say which one by « form » or « button ». Forms: ${known}.`
    )
  }
  return form
}

function buttonOf(form: HTMLElement, words: string): HTMLElement | undefined {
  return form
    .querySelectorAll('button, input[type="submit"]')
    .find((button) => (button.textContent || button.getAttribute('value') || '').replace(/\s+/g, ' ').trim() === words)
}

type Pairs = [string, string][]

/** What a browser would send: the fields of the form with their values, changed where the test says so. */
function fillForm(form: HTMLElement, values: Values, button?: string): Pairs {
  const pairs: Pairs = []
  const typed = new Set<string>()
  for (const field of form.querySelectorAll('input, textarea, select')) {
    const name = field.getAttribute('name')
    if (!name || field.hasAttribute('disabled')) continue
    const asked = Object.hasOwn(values, name) ? values[name] : undefined
    if (asked !== undefined) typed.add(name)
    for (const value of fieldValues(field, asked)) pairs.push([name, value])
  }
  const unknown = Object.keys(values).filter((name) => !typed.has(name))
  if (unknown.length > 0) {
    const known = form.querySelectorAll('[name]').map((field) => field.getAttribute('name'))
    throw new Error(`The form has no field ${unknown.join(', ')}; it has ${known.join(', ') || 'none'}.`)
  }
  for (const [name, asked] of Object.entries(values)) checkOffered(form, name, [asked].flat())
  const pressed = button ? buttonOf(form, button) : form.querySelector('button[type="submit"][name]')
  const name = pressed?.getAttribute('name')
  if (name) pairs.push([name, pressed?.getAttribute('value') ?? ''])
  return pairs
}

function fieldValues(field: HTMLElement, asked: string | string[] | undefined): string[] {
  const value = field.getAttribute('value')
  const wanted = asked === undefined ? undefined : [asked].flat()
  if (field.tagName === 'TEXTAREA') return wanted ?? [field.textContent]
  if (field.tagName === 'SELECT') {
    const options = field.querySelectorAll('option')
    const chosen = options.filter((option) => option.hasAttribute('selected'))
    const kept = chosen.length > 0 || field.hasAttribute('multiple') ? chosen : options.slice(0, 1)
    return wanted ?? kept.map((option) => option.getAttribute('value') ?? option.textContent)
  }
  switch (field.getAttribute('type')) {
    case 'submit':
    case 'button':
    case 'file':
      return []
    case 'radio':
    case 'checkbox': {
      const isOn = wanted ? wanted.includes(value ?? 'on') : field.hasAttribute('checked')
      return isOn ? [value ?? 'on'] : []
    }
    default:
      return wanted ?? [value ?? '']
  }
}

/** A choice that the page does not offer cannot be made by a person; a test of that posts it directly. */
function checkOffered(form: HTMLElement, name: string, asked: string[]): void {
  const fields = form.querySelectorAll('input, select').filter((field) => field.getAttribute('name') === name)
  const offered = fields.flatMap((field) => {
    if (field.tagName === 'SELECT')
      return field.querySelectorAll('option').map((option) => option.getAttribute('value') ?? '')
    return ['radio', 'checkbox'].includes(field.getAttribute('type') ?? '') ? [field.getAttribute('value') ?? 'on'] : []
  })
  const refused = offered.length > 0 ? asked.filter((value) => !offered.includes(value)) : []
  if (refused.length > 0)
    throw new Error(`« ${name} » does not offer ${refused.join(', ')}; it offers ${offered.join(', ')}.`)
}

function pairsOf(values: Values): Pairs {
  return Object.entries(values).flatMap(([name, value]) => [value].flat().map((item): [string, string] => [name, item]))
}

function encode(pairs: Pairs): string {
  return new URLSearchParams(pairs).toString()
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, 'localhost', () => {
      const address = probe.address()
      probe.close(() => found(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
