/** E-mail addresses: the only place that decides which ones may receive a message. */
import type { Config } from '../config.ts'
import type { SiteSettings } from '../web/context.ts'

export type ReadAddress = { ok: true; email: string } | { ok: false; problem: 'empty' | 'malformed' | 'domain' }

// Far narrower than what mail servers accept, on purpose: each of these characters means the same to every mail program.
const localPart = /^[a-z0-9](?:[a-z0-9'+_-]|\.(?!\.))*$/
const longestLocalPart = 64
const longestAddress = 254

/** The domains that may sign in: those that the webmaster chose, else those of the environment. */
export function emailDomainsOf(
  settings: Pick<SiteSettings, 'email_domains'>,
  config: Pick<Config, 'emailDomains'>
): string[] {
  const chosen = settings.email_domains
  return chosen && chosen.length > 0 ? chosen : config.emailDomains
}

/**
 * The one canonical form of a typed address, or what is wrong with it. The domain is what follows the last `@`, and must be
 * one of the city's, exactly; `prenom.nom` alone gets the first of them.
 */
export function readAddress(typed: string, domains: string[]): ReadAddress {
  const text = typed.trim()
  if (text === '') return { ok: false, problem: 'empty' }
  // Phones put a curly apostrophe in « prenom.d’arc ».
  const address = asciiLowerCase(text.replaceAll('’', "'"))
  const at = address.lastIndexOf('@')
  const local = at === -1 ? address : address.slice(0, at)
  const domain = at === -1 ? domains[0] : address.slice(at + 1)
  if (local.length > longestLocalPart || !localPart.test(local) || /[.'+-]$/.test(local)) {
    return { ok: false, problem: 'malformed' }
  }
  if (domain === undefined || !domains.includes(domain)) return { ok: false, problem: 'domain' }
  const email = `${local}@${domain}`
  return email.length > longestAddress ? { ok: false, problem: 'malformed' } : { ok: true, email }
}

/** The same mailbox, whatever follows a `+`: counters must not be escaped by `prenom.nom+2`. */
export function mailboxOf(email: string): string {
  return email.replace(/\+[^@]*@/, '@')
}

/** Other letters are left as they are, to be refused: `toLowerCase` would turn the Kelvin sign into a k. */
function asciiLowerCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

/** A first name for somebody whom nobody has entered yet: `jean-rene.d'arc` gives « Jean-René D’Arc ». They can correct it. */
export function nameFromAddress(email: string): string {
  const [local = ''] = mailboxOf(email).split('@')
  const [first = '', ...others] = local.split('.')
  const words = [
    first
      .split('-')
      .map((part) => accented.get(part) ?? part)
      .join('-'),
    ...others
  ]
  return words
    .filter((word) => word !== '')
    .map(capitalised)
    .join(' ')
}

function capitalised(word: string): string {
  return word
    .replaceAll("'", '’')
    .replaceAll('_', ' ')
    .replace(/(^|[-’ ])(\p{L})/gu, (_match, before: string, letter: string) => before + letter.toUpperCase())
}

/** First names that an address always writes without their accents. */
const accented = new Map(
  `adèle agnès aimé aimée amélie anaïs andré andrée angélique aurélie aurélien béatrice benoît cécile cédric céline chloé
  cléa clément clémence clémentine danièle désiré désirée édith édouard élise élodie éloïse émile émilie éric étienne
  françois françoise frédéric frédérique gaël gaëlle gérald géraldine gérard grégory hélène hervé inès jérémie jérémy jérôme
  joël joëlle joséphine léa léo léon léonie loïc loïs maël maëlle maéva mélanie mélissa michèle mickaël michaël mylène nadège
  noé noël noëlle noémie océane ophélie raphaël raphaëlle régine régis rémi rémy rené renée salomé sébastien ségolène séverine
  solène stéphane stéphanie théo théodore thérèse timéo timothée valérie valérian véronique zoé`
    .split(/\s+/)
    .map((name) => [name.normalize('NFD').replace(/\p{M}/gu, ''), name] as const)
)

const domainPattern = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/

/** The domains of a list, one per line, « @ville.fr » or « ville.fr »; `wrong` is the first that is none. */
export function readDomains(typed: string): { domains: string[]; wrong: string | undefined } {
  const words = typed.split(/[\s,;]+/).map((word) => asciiLowerCase(word).replace(/^@/, ''))
  const domains = [...new Set(words.filter((word) => word !== ''))]
  return { domains, wrong: domains.find((domain) => !domainPattern.test(domain)) }
}
