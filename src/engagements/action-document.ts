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

const tooMany = 'Cette liste est trop longue\u00a0: 300 lignes au plus.'
const many = z.preprocess(
  (value) => (value === undefined ? [] : [value].flat()),
  z.array(z.string().max(20_000, tooMany)).max(300, tooMany)
)
const identifiers = many.transform((values) => [
  // « 12 – Guide du télétravail »: what the lists of suggestions write begins with the number.
  ...new Set(values.flatMap((value) => (/^\d{1,9}(?=\D|$)/.exec(value.trim()) ?? []).map(Number)))
])
const richText = z.string().transform((text) => textToRichText(text))
const names = (max: number) =>
  z.string().transform((text) => [
    ...new Set(
      text
        .split(/[,;\n]/)
        .map((name) => name.trim().slice(0, max))
        .filter((name) => name !== '')
    )
  ])

const actionForm = z.object({
  titre: z.string().transform((text) => text.replaceAll(/[ \t\r\n]+/g, ' ').trim()),
  numero: z.string().transform((text) => text.trim()),
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

const numberPattern = /^\d{1,4}$/

/** What cannot be kept. The document holds it all the same, so that the screen shows again what was typed. */
function tooLong(values: z.infer<typeof actionForm>): FieldError[] {
  const text = 'Ce texte est trop long\u00a0: coupez-le ou joignez un document.'
  const checks: [field: string, isTooLong: boolean, message: string][] = [
    ['titre', values.titre.length > 200, 'Le titre tient en 200 caractères.'],
    ['synthese', values.synthese.length > 200_000, text],
    ['resultats', values.resultats.length > 200_000, text],
    ['outils', values.outils.length > 200_000, text],
    ['services', values.services.join().length > 2000, 'La liste est trop longue.'],
    ['enjeux', values.enjeux.join().length > 2000, 'La liste est trop longue.']
  ]
  return checks.filter(([, isTooLong]) => isTooLong).map(([field, , message]) => ({ field, message }))
}

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
  // Of a field that holds one text and was sent twice, the first counts.
  const sent = Object.fromEntries(
    formFields
      .filter((field) => Object.hasOwn(source, field))
      .map((field) => [field, Object.hasOwn(texts, field) ? [source[field]].flat()[0] : source[field]])
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
  const mayEntrust = mayEntrustAction(agent)
  const errors = tooLong(values)
  if (mayEntrust && values.numero !== '' && !numberPattern.test(values.numero)) {
    errors.push({ field: 'numero', message: 'Écrivez un nombre entier, de 1 à 9999, ou laissez vide.' })
  }
  const reserved = mayEntrust
    ? {
        number: numberPattern.test(values.numero) ? Number(values.numero) : null,
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
    errors
  }
}

/** An old version, with what this agent may not change as it is today: going back in time gives nobody a right. */
export function bringBackAction(old: ActionDocument, today: ActionDocument, agent: SignedInAgent): ActionDocument {
  if (mayEntrustAction(agent)) return old
  const { number, engagementId, visibility, piloteIds } = today
  return { ...old, number, engagementId, visibility, piloteIds }
}

/** What stayed ticked, and what was added. */
function together(kept: number[], added: number[]): number[] {
  return [...new Set([...kept, ...added])]
}
