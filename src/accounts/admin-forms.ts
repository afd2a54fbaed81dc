/** What the screens of agents are asked, and what is written there. */
import { z } from 'zod'
import type { FieldError } from '../web/forms.ts'
import { pageNumber, searchWords } from '../web/query-string.ts'
import { readAddress } from './addresses.ts'
import { agentName, domainsInWords, jobTitle } from './forms.ts'

const rights = ['webmasters', 'referents', 'pilotes', 'desactives'] as const

export type Right = (typeof rights)[number]

export interface AgentFilter {
  text: string
  words: string[]
  right: Right | undefined
}

export const agentFilter = z
  .object({
    q: searchWords,
    droit: z.preprocess((value) => [value].flat()[0], z.enum(rights).optional().catch(undefined)),
    page: pageNumber
  })
  .transform(({ q, droit, page }) => ({ filter: filterOf(q, droit), page }))

function filterOf(text: string, right?: Right): AgentFilter {
  return { text, words: text.split(/\s+/).filter(Boolean).slice(0, 8), right }
}

/** The address of the list with this filter. */
export function agentQuery({ text, right }: AgentFilter): URLSearchParams {
  const query = new URLSearchParams()
  if (text !== '') query.set('q', text)
  if (right) query.set('droit', right)
  return query
}

const role = z.enum(['agent', 'webmaster'], 'Choisissez un rôle.')

export const agentForm = z.object({ nom: agentName, fonction: jobTitle, role })

export function newAgentForm(domains: string[]) {
  const sentences = {
    empty: 'Saisissez l’adresse électronique professionnelle de l’agent.',
    malformed: `Saisissez une adresse de la forme prenom.nom@${domains[0]}, sans accent ni espace.`,
    domain: `Saisissez une adresse qui finit par ${domainsInWords(domains)}\u00a0: les autres ne peuvent pas se connecter.`
  }
  const email = z.string({ error: sentences.malformed }).transform((typed, context) => {
    const address = readAddress(typed, domains)
    if (address.ok) return address.email
    context.addIssue({ code: 'custom', message: sentences[address.problem] })
    return z.NEVER
  })
  return z.object({ adresse: email, ...agentForm.shape, inviter: z.string().transform((value) => value === 'oui') })
}

/** The numbers of the boxes that are ticked; what is not a number was not sent by the page. */
export function tickedIds(body: unknown, name: string): number[] {
  const values = [fieldsOf(body)[name]].flat().slice(0, 500)
  return [...new Set(values.filter((value) => typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value)).map(Number))]
}

export type TrustKind = 'direction' | 'action' | 'draft'

/**
 * Something that somebody answers for: a direction for its référents, an action for its pilotes, a draft for those whom it will
 * make so when it is published.
 */
export interface Trust {
  kind: TrustKind
  id: number
  label: string
  /** The other active agents who answer for it too. */
  others: { id: number; name: string }[]
}

export function heirField({ kind, id }: Pick<Trust, 'kind' | 'id'>): string {
  return `${kind}-${id}`
}

/** For all that has no heir of its own. */
export const heirOfAll = 'pour-tout'

export interface Heirs {
  /** By field; absent where nobody takes over because somebody else remains. */
  chosen: Map<string, number>
  typed: Map<string, string>
  errors: FieldError[]
}

/** Who takes over what. Nothing may be left without anybody to answer for it. */
export function readHeirs(body: unknown, trusts: Trust[], candidates: ReadonlySet<number>): Heirs {
  const fields = fieldsOf(body)
  const typed = new Map<string, string>()
  const chosen = new Map<string, number>()
  const errors: FieldError[] = []
  const read = (name: string): string => {
    const value = fields[name]
    const text = typeof value === 'string' ? value : ''
    typed.set(name, text)
    return text
  }
  const refused = 'Choisissez un agent de la liste\u00a0: celui-ci ne peut pas prendre la suite.'
  const forAll = read(heirOfAll)
  if (forAll !== '' && !candidates.has(Number(forAll))) errors.push({ field: heirOfAll, message: refused })
  for (const trust of trusts) {
    const field = heirField(trust)
    const own = read(field)
    const heir = Number(own || forAll)
    if (candidates.has(heir)) chosen.set(field, heir)
    else if (own !== '') errors.push({ field, message: refused })
    else if (trust.others.length === 0 && forAll === '') {
      errors.push({ field, message: `Choisissez qui prend la suite pour «\u00a0${trust.label}\u00a0».` })
    }
  }
  return { chosen, typed, errors }
}

function fieldsOf(body: unknown): Record<string, unknown> {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
}
