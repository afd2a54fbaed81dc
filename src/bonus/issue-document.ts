/** A number of the magazine as it is written: its document, and the form that sends it. */
import { z } from 'zod'
import { day, identifier, line, longestRichText, readFields, richText, tooLong } from '../publishing/fields.ts'
import type { FieldError } from '../web/forms.ts'
import { slugOf } from '../web/slug.ts'

export interface IssueDocument {
  title: string
  /** The end of its address; empty: made of the title. */
  slug: string
  /** Null: the next one. */
  number: number | null
  /** `YYYY-MM-DD` */
  issuedOn: string | null
  /** « Printemps 2026 » */
  season: string
  summary: string
  body: string
  coverId: number | null
  pdfId: number | null
}

const issueForm = z.object({
  titre: line,
  numero: line,
  adresse: line,
  parution: day,
  saison: line,
  resume: line,
  couverture_gardee: identifier,
  couverture: identifier,
  pdf_gardee: identifier,
  pdf: identifier,
  texte: richText
})

const numberPattern = /^\d{1,4}$/

export function readIssue(body: unknown, base: IssueDocument): { document: IssueDocument; errors: FieldError[] } {
  const form = readFields(issueForm, body)
  if (!form.ok) return { document: base, errors: form.errors }
  const { values } = form
  const errors = tooLong([
    { field: 'titre', text: values.titre, longest: 160 },
    { field: 'saison', text: values.saison, longest: 60 },
    { field: 'resume', text: values.resume, longest: 400 },
    { field: 'texte', text: values.texte, longest: longestRichText }
  ])
  if (values.numero !== '' && !numberPattern.test(values.numero)) {
    errors.push({ field: 'numero', message: 'Écrivez un nombre entier, de 1 à 9999, ou laissez vide.' })
  }
  return {
    document: {
      ...base,
      title: values.titre,
      slug: slugOf(values.adresse),
      number: numberPattern.test(values.numero) ? Number(values.numero) : null,
      issuedOn: values.parution,
      season: values.saison,
      summary: values.resume,
      body: values.texte,
      coverId: values.couverture ?? values.couverture_gardee,
      pdfId: values.pdf ?? values.pdf_gardee
    },
    errors
  }
}
