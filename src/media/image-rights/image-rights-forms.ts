/** What is sent about the droit à l’image: what is known of the agreement, a request of removal, and its answer. */
import { z } from 'zod'
import { isRealDay } from '../../web/imprecise-date.ts'

const short = (name: string) =>
  z
    .string()
    .trim()
    .max(400, `${name} est trop long\u00a0: 400 caractères au plus.`)
    .transform((text) => text.replaceAll(/[\p{Cc}\s]+/gu, ' '))

export const agreements = ['a_demander', 'sans_personne', 'oui', 'jusqu_au', 'non'] as const

export const imageRightsForm = z.object({
  personnes: short('Ce texte'),
  accord: z.enum(agreements, 'Dites où en est l’accord des personnes.'),
  accord_fin: z
    .string()
    .trim()
    .refine((text) => text === '' || isRealDay(text), 'Choisissez un jour du calendrier.'),
  accord_source: short('Ce texte')
})

const longText = z
  .string()
  .trim()
  .max(1000, 'Ce texte est trop long\u00a0: 1\u202f000 caractères au plus.')
  .transform((text) => text.replaceAll('\r\n', '\n').replaceAll('\0', ''))

export const removalForm = z.object({ message: longText })

export const decisionForm = z.object({
  decision: z.enum(['masquee', 'jetee', 'remise'], 'Choisissez ce que devient ce fichier.'),
  raison: longText
})
