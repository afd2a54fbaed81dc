/** An action sheet as it is written: its document, and the form that sends it. */
import { z } from 'zod'
import { mayEntrustAction } from '../accounts/permissions.ts'
import type { SignedInAgent } from '../web/context.ts'
import type { FieldError } from '../web/forms.ts'
import { textToRichText } from '../web/rich-text.ts'
import { type Status, statuses } from './progress.ts'

export interface ActionStepDraft {
  /** As it was typed; read at publication. */
  date: string
  description: string
  done: boolean
}

export interface ActionDocument {
  title: string
  number: number | null
  engagementId: number | null
  status: Status
  visibility: 'agents' | 'public'
  /** `YYYY-MM-DD` */
  dueOn: string | null
  summary: string
  results: string
  tools: string
  imageId: number | null
  steps: ActionStepDraft[]
  services: string[]
  enjeux: string[]
  directionIds: number[]
  piloteIds: number[]
  documentIds: number[]
  relatedIds: number[]
}

const line = (max: number, message: string) =>
  z
    .string()
    .transform((text) => text.replaceAll(/[ \t\r\n]+/g, ' ').trim())
    .pipe(z.string().max(max, message))
const many = z.preprocess(
  (value) => (value === undefined ? [] : [value].flat()),
  z.array(z.string().max(20_000)).max(300)
)
const identifiers = many.transform((values) => [
  // « 12 – Guide du télétravail »: what the lists of suggestions write begins with the number.
  ...new Set(values.flatMap((value) => (/^\d{1,9}(?=\D|$)/.exec(value.trim()) ?? []).map(Number)))
])
const richText = z
  .string()
  .max(200_000, 'Ce texte est trop long\u00a0: coupez-le ou joignez un document.')
  .transform((text) => textToRichText(text))
const names = (max: number) =>
  z
    .string()
    .max(2000, 'La liste est trop longue.')
    .transform((text) => [
      ...new Set(
        text
          .split(/[,;\n]/)
          .map((name) => name.trim().slice(0, max))
          .filter((name) => name !== '')
      )
    ])

const actionForm = z.object({
  titre: line(200, 'Le titre tient en 200 caractères.'),
  numero: z.string().transform((text) => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : null)),
  engagement: identifiers.transform((ids) => ids[0] ?? null),
  statut: z.enum(statuses).catch('prevue'),
  visibilite: z.enum(['agents', 'public']).catch('agents'),
  echeance: z.string().transform((text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null)),
  synthese: richText,
  resultats: richText,
  outils: richText,
  image_gardee: identifiers,
  image: identifiers,
  'etape_date[]': many,
  'etape_texte[]': many,
  etape_faite: many,
  services: names(80),
  enjeux: names(80),
  directions: identifiers,
  pilotes: identifiers,
  pilotes_ajout: identifiers,
  documents: identifiers,
  documents_ajout: identifiers,
  connexes: identifiers,
  connexes_ajout: identifiers
})

const formFields = Object.keys(actionForm.shape)

export function readAction(
  body: unknown,
  base: ActionDocument,
  agent: SignedInAgent
): { document: ActionDocument; errors: FieldError[] } {
  const source = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  const texts = Object.fromEntries(
    formFields
      .filter((field) => !(actionForm.shape as Record<string, z.ZodType>)[field]?.safeParse(undefined).success)
      .map((field) => [field, ''])
  )
  const sent = Object.fromEntries(
    formFields.filter((field) => Object.hasOwn(source, field)).map((field) => [field, source[field]])
  )
  const form = actionForm.safeParse({ ...texts, ...sent })
  if (!form.success) {
    const errors = form.error.issues.map((issue) => ({ field: String(issue.path[0]), message: issue.message }))
    return { document: base, errors }
  }
  const values = form.data
  const done = new Set(values.etape_faite)
  const steps = values['etape_date[]'].map((date, index) => ({
    date: date
      .replaceAll(/[ \t\r\n]+/g, ' ')
      .trim()
      .slice(0, 60),
    description: (values['etape_texte[]'][index] ?? '')
      .replaceAll(/[ \t\r\n]+/g, ' ')
      .trim()
      .slice(0, 600),
    done: done.has(String(index))
  }))
  const reserved = mayEntrustAction(agent)
    ? {
        number: values.numero,
        engagementId: values.engagement,
        visibility: values.visibilite,
        piloteIds: together(values.pilotes, values.pilotes_ajout)
      }
    : {}
  return {
    document: {
      ...base,
      title: values.titre,
      status: values.statut,
      dueOn: values.echeance,
      summary: values.synthese,
      results: values.resultats,
      tools: values.outils,
      imageId: values.image[0] ?? values.image_gardee[0] ?? null,
      // A line that was emptied is a line that was removed.
      steps: steps.filter((step) => step.date !== '' || step.description !== ''),
      services: values.services,
      enjeux: values.enjeux,
      directionIds: values.directions,
      documentIds: together(values.documents, values.documents_ajout),
      relatedIds: together(values.connexes, values.connexes_ajout),
      ...reserved
    },
    errors: []
  }
}

/** What stayed ticked, and what was added. */
function together(kept: number[], added: number[]): number[] {
  return [...new Set([...kept, ...added])]
}
