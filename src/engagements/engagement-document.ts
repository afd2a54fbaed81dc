/** An engagement as it is written: its document, and the form that sends it. */
import { z } from 'zod'
import { identifier, line, longestRichText, readFields, richText, tooLong } from '../publishing/fields.ts'
import type { FieldError } from '../web/forms.ts'
import { slugOf } from '../web/slug.ts'
import { type Hue, hues } from './progress.ts'

export interface EngagementDocument {
  title: string
  /** The end of its address; empty: made of the title. */
  slug: string
  /** Its place among the others, and the numeral by which people know it; null: the next one. */
  number: number | null
  tagline: string
  hue: Hue | null
  imageId: number | null
  description: string
}

export const longestTitle = 160
export const longestTagline = 240

const engagementForm = z.object({
  titre: line,
  numero: line,
  adresse: line,
  accroche: line,
  teinte: z.enum(hues).nullable().catch(null),
  image_gardee: identifier,
  image: identifier,
  presentation: richText
})

const numberPattern = /^\d{1,4}$/

export function readEngagement(
  body: unknown,
  base: EngagementDocument
): { document: EngagementDocument; errors: FieldError[] } {
  const form = readFields(engagementForm, body)
  if (!form.ok) return { document: base, errors: form.errors }
  const { values } = form
  const errors = tooLong([
    { field: 'titre', text: values.titre, longest: longestTitle },
    { field: 'accroche', text: values.accroche, longest: longestTagline },
    { field: 'presentation', text: values.presentation, longest: longestRichText }
  ])
  if (values.numero !== '' && !numberPattern.test(values.numero)) {
    errors.push({ field: 'numero', message: 'Écrivez un nombre entier, de 1 à 9999, ou laissez vide.' })
  }
  return {
    document: {
      title: values.titre,
      slug: slugOf(values.adresse),
      number: numberPattern.test(values.numero) ? Number(values.numero) : null,
      tagline: values.accroche,
      hue: values.teinte,
      imageId: values.image ?? values.image_gardee,
      description: values.presentation
    },
    errors
  }
}
