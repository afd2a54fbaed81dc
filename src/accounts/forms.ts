import { z } from 'zod'
import { returnPath } from '../web/return-path.ts'
import { readAddress } from './addresses.ts'

/** What follows an address, in words: « @ville.fr ou @ccas-ville.fr ». */
export function domainsInWords(domains: string[]): string {
  return new Intl.ListFormat('fr-FR', { type: 'disjunction' }).format(domains.map((domain) => `@${domain}`))
}

export function signInForm(domains: string[]) {
  const sentences = {
    empty: 'Saisissez votre adresse électronique professionnelle.',
    malformed: `Saisissez une adresse de la forme prenom.nom@${domains[0]}, sans accent ni espace.`,
    domain: `Saisissez votre adresse professionnelle : elle finit par ${domainsInWords(domains)}.`
  }
  return z.object({
    email: z.string({ error: sentences.malformed }).transform((typed, context) => {
      const address = readAddress(typed, domains)
      if (address.ok) return address.email
      context.addIssue({ code: 'custom', message: sentences[address.problem] })
      return z.NEVER
    }),
    suite: z.unknown().transform(returnPath)
  })
}

// An unknown value must not ask somebody twice: the prudent choice for it is the shared post.
const device = z.unknown().transform((value) => (value === 'personnel' ? ('personnel' as const) : ('partage' as const)))

const sixDigits = 'Saisissez les 6 chiffres du code reçu par messagerie.'

export const codeForm = z.object({
  code: z
    .string({ error: sixDigits })
    // People copy the spaces of the message, or write 123-456.
    .transform((typed) => typed.replace(/[\s\p{Pd}.\u200b\u2060]/gu, ''))
    .pipe(z.string().regex(/^[0-9]{6}$/, sixDigits)),
  appareil: device
})

export const linkForm = z.object({
  token: z.string().max(100).catch(''),
  appareil: device
})

/** The name of a person; `missing` says what to do about an empty one. */
function personName(missing: string) {
  return z
    .string({ error: missing })
    .transform((typed) => typed.normalize('NFC').replace(/\s+/g, ' ').trim())
    .pipe(
      z
        .string()
        .min(1, missing)
        .max(120, 'Saisissez un nom de 120 caractères au plus.')
        // Control and formatting characters hide or turn around what others read.
        .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Co}]*$/u, 'Saisissez un nom sans caractère invisible.')
    )
}

export const nameForm = z.object({ name: personName('Saisissez votre prénom et votre nom.') })

export const agentName = personName('Saisissez le prénom et le nom de l’agent.')

export const jobTitle = z
  .string({ error: 'Saisissez une fonction en toutes lettres.' })
  .transform((typed) => typed.normalize('NFC').replace(/\s+/g, ' ').trim())
  .pipe(
    z
      .string()
      .max(160, 'Saisissez une fonction de 160 caractères au plus.')
      .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Co}]*$/u, 'Saisissez une fonction sans caractère invisible.')
  )
