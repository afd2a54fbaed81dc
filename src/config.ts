import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'

export interface Config {
  production: boolean
  port: number
  host: string
  /** An origin, without a slash at the end. */
  baseUrl: string
  /** Undefined: the embedded database. */
  databaseUrl: string | undefined
  dataDir: string
  uploadsDir: string
  /** Undefined: messages are printed in the terminal. */
  smtpUrl: string | undefined
  mailFrom: string
  /** Lower case; the first one completes an address typed without a domain. */
  emailDomains: string[]
  /** The first one signs; all of them are accepted. Empty until `withSessionKeys` when the environment gives none. */
  sessionKeys: Buffer[]
  trustProxy: string[]
  logLevel: string
  demoContent: boolean
}

/** Every variable that is wrong, one French sentence each. */
export class ConfigError extends Error {
  readonly problems: string[]

  constructor(problems: string[]) {
    super(`La configuration est à corriger :\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

export type Environment = Record<string, string | undefined>

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']
const domainPattern = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/
const senderPattern = /^(?:[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/
const keyBytes = 32
const environmentFile = join(import.meta.dirname, '..', '.env')

/** The variables of this process, completed by the file .env beside package.json. */
export function environment(): Environment {
  if (existsSync(environmentFile)) process.loadEnvFile(environmentFile)
  return process.env
}

/** Reads and checks the whole environment; a `ConfigError` names all that is wrong at once. */
export function readConfig(env: Environment): Config {
  const problems: string[] = []
  const production = env.NODE_ENV === 'production'

  /** What a variable says, once `understand` has made sense of it; an empty variable is an absent one. */
  function read<Value>(
    name: string,
    understand: (text: string) => Value | undefined,
    expected: string,
    fallback: Value
  ): Value {
    const text = env[name]?.trim()
    if (!text) return fallback
    const value = understand(text)
    if (value !== undefined) return value
    problems.push(`${name} : ${expected}.`)
    return fallback
  }

  function requireInProduction(name: string, purpose: string): void {
    if (production && !env[name]?.trim()) problems.push(`${name} : il faut la donner en production, ${purpose}.`)
  }

  requireInProduction('BASE_URL', 'c’est l’adresse écrite dans les messages')
  requireInProduction('SMTP_URL', 'sinon personne ne reçoit son code de connexion')
  requireInProduction('MAIL_FROM', 'c’est l’expéditeur des messages')
  requireInProduction('EMAIL_DOMAINS', 'elle dit quelles adresses peuvent se connecter')
  requireInProduction('SESSION_KEYS', 'sinon les sessions ne peuvent pas être protégées')

  const port = read('PORT', toPort, 'un nombre entier de 1 à 65535 est attendu', 3000)
  const emailDomains = read(
    'EMAIL_DOMAINS',
    (text) => listOf(text.toLowerCase(), (domain) => domainPattern.test(domain)),
    'des noms de domaine séparés par des virgules sont attendus, par exemple « ville.fr »',
    ['valbrune.example']
  )
  const config: Config = {
    production,
    port,
    host: read(
      'HOST',
      toHost,
      'une adresse ou un nom de machine est attendu, par exemple 0.0.0.0',
      production ? '0.0.0.0' : '127.0.0.1'
    ),
    baseUrl: read(
      'BASE_URL',
      toOrigin,
      'l’adresse du site est attendue, sans chemin, par exemple « https://extranet.ville.fr »',
      `http://localhost:${port}`
    ),
    databaseUrl: read<string | undefined>(
      'DATABASE_URL',
      (text) => urlWith(text, ['postgres:', 'postgresql:']),
      'une adresse comme « postgres://compte:motdepasse@serveur:5432/base » est attendue',
      undefined
    ),
    dataDir: resolve(read('DATA_DIR', toPath, 'un dossier est attendu', 'data')),
    uploadsDir: resolve(read('UPLOADS_DIR', toPath, 'un dossier est attendu', 'uploads')),
    smtpUrl: read<string | undefined>(
      'SMTP_URL',
      (text) => urlWith(text, ['smtp:', 'smtps:']),
      'une adresse comme « smtp://compte:motdepasse@serveur:587 » est attendue',
      undefined
    ),
    mailFrom: read(
      'MAIL_FROM',
      (text) => (senderPattern.test(text) ? text : undefined),
      'un expéditeur est attendu, par exemple « Extranet <ne-pas-repondre@ville.fr> »',
      `Extranet <ne-pas-repondre@${emailDomains[0]}>`
    ),
    emailDomains,
    sessionKeys: read(
      'SESSION_KEYS',
      toKeys,
      'des clés de 32 octets séparées par des virgules sont attendues, chacune en 64 chiffres hexadécimaux ou en base64',
      []
    ),
    trustProxy: read(
      'TRUST_PROXY',
      (text) => listOf(text, isProxyAddress),
      'des adresses ou des plages précises séparées par des virgules sont attendues, par exemple « 127.0.0.1, 10.0.0.0/8 » ; ni « true », ni un nombre, ni une plage qui couvre tout',
      []
    ),
    logLevel: read(
      'LOG_LEVEL',
      (text) => logLevels.find((level) => level === text),
      `un niveau parmi ${logLevels.join(', ')} est attendu`,
      'info'
    ),
    demoContent: read('DEMO_CONTENT', toBoolean, '« true » ou « false » est attendu', !production)
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}

/** Outside production, keys are made once and kept, so that a restart signs nobody out. */
export function withSessionKeys(config: Config): Config {
  if (config.sessionKeys.length > 0) return config
  mkdirSync(config.dataDir, { recursive: true })
  const path = join(config.dataDir, 'session-keys')
  const draft = `${path}.${process.pid}`
  try {
    // Whole or not at all, also when two processes start together: the link fails if the other was faster.
    writeFileSync(draft, `${randomBytes(keyBytes).toString('hex')}\n`, { mode: 0o600 })
    linkSync(draft, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(draft, { force: true })
  }
  const sessionKeys = toKeys(readFileSync(path, 'utf8').trim())
  if (!sessionKeys) {
    throw new ConfigError([
      `SESSION_KEYS : le fichier ${path} est abîmé. Effacez-le : tout le monde devra se reconnecter.`
    ])
  }
  return { ...config, sessionKeys }
}

function listOf(text: string, isRight: (item: string) => boolean): string[] | undefined {
  const items = text.split(',').map((item) => item.trim())
  return items.every(isRight) ? items : undefined
}

function toPort(text: string): number | undefined {
  const port = Number(text)
  return /^\d+$/.test(text) && port >= 1 && port <= 65_535 ? port : undefined
}

function toHost(text: string): string | undefined {
  return isIP(text) || /^[a-z0-9.-]+$/i.test(text) ? text : undefined
}

function toPath(text: string): string | undefined {
  return text.includes('\0') ? undefined : text
}

function toBoolean(text: string): boolean | undefined {
  if (text === 'true') return true
  return text === 'false' ? false : undefined
}

function toOrigin(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const isOrigin = url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password
  return isOrigin && (url.protocol === 'http:' || url.protocol === 'https:') ? url.origin : undefined
}

function urlWith(text: string, protocols: string[]): string | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  return protocols.includes(url.protocol) && url.hostname ? text : undefined
}

function toKeys(text: string): Buffer[] | undefined {
  const keys = text.split(',').map((item) => toKey(item.trim()))
  return keys.every((key) => key !== undefined) ? keys : undefined
}

/** A key of another length would start the site and then fail at each request. */
function toKey(text: string): Buffer | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex')
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return undefined
  const key = Buffer.from(text, 'base64')
  return key.length === keyBytes ? key : undefined
}

/** Whoever is trusted here decides which address a visitor seems to come from. */
function isProxyAddress(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  if (prefix === undefined) return true
  if (!/^\d{1,3}$/.test(prefix)) return false
  // The addresses of IPv4 are a part of IPv6, below 96 bits of their own: a shorter prefix there trusts the whole internet.
  const holdsVersion4 = version === 6 && new URL(`http://[${address}]`).hostname.startsWith('[::')
  const shortest = holdsVersion4 ? 97 : 1
  return Number(prefix) >= shortest && Number(prefix) <= (version === 4 ? 32 : 128)
}
