/**
 * The secrets of a request to sign in. Its code and its link token are derived from the nonce of the request with a key that
 * the database does not hold, and are never stored: a copy of the database opens nothing, the outbox carries only the
 * number of the request, a message sent again carries the same code, and one sent twice after a crash does no harm.
 */
import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

export interface SignInSecrets {
  /** Six digits. */
  code(nonce: Buffer): string
  linkToken(nonce: Buffer): string
  isCode(nonce: Buffer, typed: string): boolean
  isLinkToken(nonce: Buffer, token: string): boolean
  /** The key of the counters of `limits.ts`. */
  limits: Buffer
}

const nonceBytes = 32

export function newNonce(): Buffer {
  return randomBytes(nonceBytes)
}

/** The nonce of a request that no message follows: no code and no link open it. */
export const noNonce = Buffer.alloc(nonceBytes)

/** The first key makes codes, all of them are accepted: changing the keys of the site spoils no code on its way. */
export function signInSecrets(sessionKeys: Buffer[]): SignInSecrets {
  const keys = sessionKeys.map((key) => derivedKey(key, 'sign-in'))
  const [first] = keys
  const [firstSessionKey] = sessionKeys
  if (!first || !firstSessionKey) throw new Error('Signing in needs at least one session key.')
  return {
    code: (nonce) => codeFrom(first, nonce),
    linkToken: (nonce) => linkTokenFrom(first, nonce),
    isCode: (nonce, typed) => isOpen(nonce) && keys.some((key) => isSame(codeFrom(key, nonce), typed)),
    isLinkToken: (nonce, token) => isOpen(nonce) && keys.some((key) => isSame(linkTokenFrom(key, nonce), token)),
    limits: derivedKey(firstSessionKey, 'limits')
  }
}

/** What a browser keeps in its cookie: 256 random bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What the database keeps of it. Nothing slower is needed: 256 random bits cannot be guessed. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

function derivedKey(sessionKey: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', sessionKey, '', `extranet ${purpose}`, 32))
}

function codeFrom(key: Buffer, nonce: Buffer): string {
  const digest = createHmac('sha256', key).update('code:').update(nonce).digest('hex')
  // A million out of 256 bits: the first codes are likelier than the last by less than 2⁻²³⁵.
  return (BigInt(`0x${digest}`) % 1_000_000n).toString().padStart(6, '0')
}

function linkTokenFrom(key: Buffer, nonce: Buffer): string {
  return createHmac('sha256', key).update('link:').update(nonce).digest('base64url')
}

function isOpen(nonce: Buffer): boolean {
  return !nonce.equals(noNonce)
}

// Hashed first: timingSafeEqual refuses texts of different lengths.
function isSame(expected: string, typed: string): boolean {
  return timingSafeEqual(tokenHash(expected), tokenHash(typed))
}
