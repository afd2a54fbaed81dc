import { z } from 'zod'
import { isRealDay } from '../web/imprecise-date.ts'

const versionField = z.object({ version: z.coerce.number().int().min(1).catch(0) }).catch({ version: 0 })

/** The version that a form began from; 0 without one: nothing can be saved safely. */
export function versionOf(body: unknown): { version: number } {
  return versionField.parse(body)
}

export const withdrawalForm = z.object({
  raison: z
    .string()
    .transform((text) => text.trim())
    .pipe(
      z
        .string()
        .min(1, 'Dites pourquoi cette page est retirée\u00a0: ses lecteurs le liront peut-être.')
        .max(400, 'Dites-le en 400 caractères au plus.')
    ),
  /** « /actions/un-guichet » or, as the suggestions write it, with its title behind. */
  redirection: z.string().transform((text) => text.trim().split(/[\s?#]/)[0] || null)
})

export const returnForm = z.object({
  commentaire: z
    .string()
    .transform((text) => text.replaceAll('\r\n', '\n').trim())
    .pipe(
      z
        .string()
        .min(1, 'Dites ce qui est à changer\u00a0: votre commentaire part par courriel.')
        .max(1000, 'Dites-le en 1000 caractères au plus.')
    )
})

const chooseMoment = 'Choisissez un jour et une heure.'
const moment = z
  .string(chooseMoment)
  .regex(/^$|^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/, chooseMoment)
  .refine((text) => text === '' || isRealDay(text.slice(0, 10)), 'Ce jour n’existe pas au calendrier.')
  .transform((text) => (text === '' ? null : text))

export const withdrawalAfter = 'Le retrait vient après la publication.'

/** Moments are Paris time, as people read them on a clock. */
export const planForm = z
  .object({ publication: moment, retrait: moment })
  .refine(({ publication, retrait }) => !publication || !retrait || retrait > publication, {
    path: ['retrait'],
    message: withdrawalAfter
  })
