import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { ConfigError, readConfig, withSessionKeys } from '../src/config.ts'

const key = 'a1'.repeat(32)
const productionEnvironment = {
  NODE_ENV: 'production',
  BASE_URL: 'https://extranet.ville.example',
  SMTP_URL: 'smtps://compte:secret@courrier.ville.example',
  MAIL_FROM: 'Extranet <ne-pas-repondre@ville.example>',
  EMAIL_DOMAINS: 'ville.example',
  SESSION_KEYS: key
}

function problemsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

t.test('nothing has to be configured to try the site', async (t) => {
  const config = readConfig({})
  t.match(config, {
    production: false,
    port: 3000,
    host: '127.0.0.1',
    baseUrl: 'http://localhost:3000',
    databaseUrl: undefined,
    smtpUrl: undefined,
    mailFrom: 'Extranet <ne-pas-repondre@valbrune.example>',
    emailDomains: ['valbrune.example'],
    logLevel: 'info',
    demoContent: true
  })
  t.equal(readConfig({ PORT: '8080' }).baseUrl, 'http://localhost:8080', 'the address follows the port')
  t.equal(readConfig({ PORT: '', BASE_URL: ' ' }).port, 3000, 'an empty variable is an absent one')
})

t.test('every wrong variable is named at once', async (t) => {
  const problems = problemsOf({
    PORT: '70000',
    HOST: 'deux mots',
    BASE_URL: 'https://ville.example/extranet',
    DATABASE_URL: 'mysql://serveur/base',
    SMTP_URL: 'courrier.ville.example',
    MAIL_FROM: 'Extranet',
    EMAIL_DOMAINS: 'ville.example, @ville',
    SESSION_KEYS: `${key}, ${key.slice(2)}`,
    TRUST_PROXY: 'true',
    LOG_LEVEL: 'bavard',
    DEMO_CONTENT: 'oui'
  })
  t.strictSame(
    problems.map((problem) => problem.split(/\s/)[0]),
    [
      'PORT',
      'EMAIL_DOMAINS',
      'HOST',
      'BASE_URL',
      'DATABASE_URL',
      'SMTP_URL',
      'MAIL_FROM',
      'SESSION_KEYS',
      'TRUST_PROXY',
      'LOG_LEVEL',
      'DEMO_CONTENT'
    ]
  )
})

t.test('production asks for what trying the site invents', async (t) => {
  t.strictSame(
    problemsOf({ NODE_ENV: 'production' }).map((problem) => problem.split(/\s/)[0]),
    ['BASE_URL', 'SMTP_URL', 'MAIL_FROM', 'EMAIL_DOMAINS', 'SESSION_KEYS']
  )
  t.match(readConfig(productionEnvironment), { production: true, host: '0.0.0.0', demoContent: false })
})

t.test('no message repeats a secret', async (t) => {
  const problems = problemsOf({
    DATABASE_URL: 'mysql://a:secret@b/c',
    SMTP_URL: 'http://a:secret@b',
    SESSION_KEYS: 'secret'
  })
  t.equal(problems.length, 3)
  t.notMatch(problems.join(), /secret/)
})

t.test('session keys are 32 bytes, hexadecimal or base64, the first one signs', async (t) => {
  const other = Buffer.alloc(32, 7)
  const config = readConfig({ SESSION_KEYS: `${key},${other.toString('base64')}, ${other.toString('base64url')}` })
  t.strictSame(config.sessionKeys, [Buffer.from(key, 'hex'), other, other])
  t.equal(problemsOf({ SESSION_KEYS: 'a1'.repeat(31) }).length, 1)
  t.equal(problemsOf({ SESSION_KEYS: Buffer.alloc(31).toString('base64') }).length, 1)
})

t.test('only exact proxies are trusted', async (t) => {
  for (const right of [
    '127.0.0.1',
    '10.0.0.0/8',
    '127.0.0.1, fd00::/8',
    '::1',
    '::ffff:10.0.0.0/104',
    '192.168.1.1/32'
  ]) {
    t.equal(problemsOf({ TRUST_PROXY: right }).length, 0, right)
  }
  const wrongOnes = [
    'true',
    '1',
    'loopback',
    '0.0.0.0/0',
    '10.0.0.0/33',
    '::/0',
    '::ffff:10.0.0.0/8',
    '10.0.0.1,',
    '1.2.3.4/'
  ]
  for (const wrong of [
    ...wrongOnes,
    '0:0:0:0:0:ffff:a00:0/8',
    '::ffff:0:0/96',
    '::/64',
    '10.0.0.0/8/8',
    '10.0.0.0/a'
  ]) {
    t.equal(problemsOf({ TRUST_PROXY: wrong }).length, 1, wrong)
  }
})

t.test('outside production the keys are made once and kept for the owner alone', async (t) => {
  const dataDir = join(t.testdir(), 'nouveau', 'data')
  const first = withSessionKeys(readConfig({ DATA_DIR: dataDir }))
  t.equal(first.sessionKeys[0]?.length, 32)
  t.equal(statSync(join(dataDir, 'session-keys')).mode & 0o777, 0o600)
  t.strictSame(withSessionKeys(readConfig({ DATA_DIR: dataDir })).sessionKeys, first.sessionKeys)
  t.strictSame(withSessionKeys(readConfig({ SESSION_KEYS: key })).sessionKeys, [Buffer.from(key, 'hex')])
})

t.test('a damaged key file is said so', async (t) => {
  const dataDir = t.testdir({ 'session-keys': 'abîmé' })
  t.throws(() => withSessionKeys(readConfig({ DATA_DIR: dataDir })), { message: /session-keys est abîmé/ })
})

t.test('the example file names every variable', async (t) => {
  const example = readFileSync(join(import.meta.dirname, '..', '.env.example'), 'utf8')
  const source = readFileSync(join(import.meta.dirname, '..', 'src', 'config.ts'), 'utf8')
  const names = new Set([...source.matchAll(/read(?:<[^>]+>)?\(\s*'([A-Z_]+)'/g)].map((match) => match[1]))
  t.equal(names.size, 13)
  for (const name of names) t.match(example, new RegExp(`^#? ?${name}=`, 'm'), name ?? '')
})
