/** A real Chromium: that of the machine if it has one, else the one that npm brings. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import type { Test } from 'tap'
import { testFolder } from './prepare.ts'

export type { BrowserContext, Page } from 'playwright-core'

export type VisitorOptions = BrowserContextOptions & {
  /** The test stops the server on purpose: what cannot be reached is no finding. */
  serverStops?: boolean
}

export interface TestBrowser {
  /** A new visitor, with nothing kept from others, who leaves with the test. What it finds wrong by itself fails the test. */
  newVisitor(t: Test, options?: VisitorOptions): Promise<BrowserContext>
}

// Those that @sparticuz/chromium proposes hold --single-process, which dies at the second visitor, and --disable-web-security.
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage'
]

const onMachine = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium'
]

/** Its path, once it is unpacked. Never undefined: a machine without a browser fails, and is told what to do. */
export async function findChromium(): Promise<string> {
  const given = process.env.CHROME_PATH
  if (given) {
    if (existsSync(given)) return given
    throw new Error(`CHROME_PATH is ${given}, where there is nothing.`)
  }
  const found = onMachine.find((path) => existsSync(path))
  if (found) return found
  if (process.platform === 'linux' && process.arch === 'x64') {
    // It then unpacks its own copies of the libraries that a bare machine lacks, and makes them found. Not elsewhere: mixed with
    // those of the machine they end the browser at its first page.
    if (lacksLibraries()) {
      process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x'
      process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x'
    }
    // And not in the common folder for temporary files, where those of another account could not be run.
    const { TMPDIR } = process.env
    mkdirSync(testFolder, { recursive: true })
    process.env.TMPDIR = testFolder
    const { default: packaged } = await import('@sparticuz/chromium')
    const path = await packaged.executablePath()
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
    return path
  }
  throw new Error(
    'No browser was found. Install Chromium or Chrome (on Debian: apt-get install chromium-headless-shell), or give its path in CHROME_PATH.'
  )
}

function lacksLibraries(): boolean {
  const { stdout } = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' })
  return ['libnss3.so', 'libnspr4.so', 'libexpat.so.1'].some((library) => !stdout?.includes(library))
}

/** A browser that its caller closes. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), args: flags })
}

/** Starts the browser for the pages of `origin`; it stops with the test. */
export async function openBrowser(t: Test, origin: string): Promise<TestBrowser> {
  const browser = await launchBrowser()
  t.teardown(() => browser.close())
  return {
    async newVisitor(t, { serverStops = false, ...options } = {}) {
      const context = await browser.newContext({
        baseURL: origin,
        locale: 'fr-FR',
        timezoneId: 'Europe/Paris',
        ...options
      })
      context.setDefaultTimeout(10_000)
      const problems = watch(context, origin, serverStops)
      t.teardown(() => context.close())
      // Thrown and not asserted: tap takes no assertion any more here.
      t.teardown(() => {
        if (problems.length > 0) throw new Error(`The browser finds by itself:\n  - ${problems.join('\n  - ')}`)
      })
      return context
    }
  }
}

/** Requests to other hosts, errors in the console and refusals of the security policy, wherever they happen. */
function watch(context: BrowserContext, origin: string, serverStops: boolean): string[] {
  const problems: string[] = []
  context.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${origin}/`) && !/^(data|blob|about):/.test(url)) problems.push(`A request left for ${url}`)
  })
  context.on('console', (message) => {
    // A page that answers 4xx on purpose is said there too; the test that asks for it looks at the status itself.
    const expected = serverStops
      ? /Failed to load resource: (net::ERR_|.*status of 4\d\d)/
      : /Failed to load resource.*status of 4\d\d/
    if (message.type() === 'error' && !expected.test(message.text())) {
      problems.push(`The console says: ${message.text()} (${message.location().url})`)
    }
  })
  context.on('weberror', (error) => {
    const { message } = error.error()
    // Chromium gives up the fade between two pages when the second is there already: nobody's script failed.
    if (!/^Transition was (aborted|skipped)/.test(message)) problems.push(`A script failed: ${message}`)
  })
  return problems
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

interface AxeResult {
  violations: { id: string; help: string; helpUrl: string; nodes: { html: string; failureSummary?: string }[] }[]
}

/** What axe finds wrong in the page as it is now, one sentence for each element. */
export async function axe(page: Page): Promise<string[]> {
  const result = (await evaluate(
    page,
    `${axeSource};axe.run(document, ${JSON.stringify({
      runOnly: axeTags,
      rules: { 'target-size': { enabled: true } },
      resultTypes: ['violations']
    })})`
  )) as AxeResult
  return result.violations.flatMap((violation) =>
    violation.nodes.map(
      (node) =>
        `${violation.id}: ${violation.help}\n    ${node.html.slice(0, 200)}\n    ${node.failureSummary?.replaceAll('\n', ' ') ?? ''}\n    ${violation.helpUrl}`
    )
  )
}

/** Runs an expression in the page, as the developer tools would: the security policy of the site does not apply to them. */
export async function evaluate(page: Page, expression: string): Promise<unknown> {
  const session = await page.context().newCDPSession(page)
  try {
    const answer = await session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
    if (answer.exceptionDetails) {
      throw new Error(answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text)
    }
    return answer.result.value
  } finally {
    await session.detach()
  }
}
