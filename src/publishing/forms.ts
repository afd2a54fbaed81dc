import { z } from 'zod'
import { isRealDay } from '../web/imprecise-date.ts'

/** The version that a form began from; without one, nothing can be saved safely. */
export const versionField = z.object({
  version: z.coerce.number().int().min(1, 'Rechargez la page avant d’enregistrer.').catch(0)
})

export const withdrawalForm = z.object({
  raison: z
    .string()
    .transform((text) => text.trim())
    .pipe(z.string().min(1, 'Dites pourquoi cette page est retirée\u00a0: ses lecteurs le liront peut-être.').max(400))
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
