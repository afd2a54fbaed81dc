import { z } from 'zod'

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

const moment = z
  .string()
  .regex(/^$|^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'Choisissez un jour et une heure.')
  .transform((text) => (text === '' ? null : text))

/** Moments are Paris time, as people read them on a clock. */
export const planForm = z
  .object({ publication: moment, retrait: moment })
  .refine(({ publication, retrait }) => !publication || !retrait || retrait > publication, {
    path: ['retrait'],
    message: 'Le retrait vient après la publication.'
  })
