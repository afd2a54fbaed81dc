/** An action sheet as it is written: its document, and the form that sends it. */
import { z } from 'zod'
import { mayEntrustAction } from '../accounts/permissions.ts'
import {
  day,
  identifier,
  identifiers,
  line,
  lines,
  longestRichText,
  names,
  readFields,
  repeated,
  richText,
  together,
  tooLong
} from '../publishing/fields.ts'
import type { SignedInAgent } from '../web/context.ts'
import type { FieldError } from '../web/forms.ts'
import { slugOf } from '../web/slug.ts'
import { type Status, statuses } from './progress.ts'

export interface ActionStepDraft {
  /** As it was typed; read at publication. */
  date: string
  description: string
  done: boolean
}

export interface ActionDocument {
  title: string
  /** The end of its address; empty: made of the title. */
  slug: string
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

const actionForm = z.object({
  titre: line,
  numero: line,
  adresse: line,
  engagement: identifier,
  statut: z.enum(statuses).catch('prevue'),
  visibilite: z.enum(['agents', 'public']).catch('agents'),
  echeance: day,
  synthese: richText,
  resultats: richText,
  outils: richText,
  image_gardee: identifier,
  image: identifier,
  'etape_date[]': lines(60),
  'etape_texte[]': lines(600),
  etape_faite: repeated,
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

export function readAction(
  body: unknown,
  base: ActionDocument,
  agent: SignedInAgent
): { document: ActionDocument; errors: FieldError[] } {
  const form = readFields(actionForm, body)
  if (!form.ok) return { document: base, errors: form.errors }
  const { values } = form
  const done = new Set(values.etape_faite)
  const steps = values['etape_date[]'].map((date, index) => ({
    date,
    description: values['etape_texte[]'][index] ?? '',
    done: done.has(String(index))
  }))
  const mayEntrust = mayEntrustAction(agent)
  const errors = tooLong([
    { field: 'titre', text: values.titre, longest: 200 },
    { field: 'synthese', text: values.synthese, longest: longestRichText },
    { field: 'resultats', text: values.resultats, longest: longestRichText },
    { field: 'outils', text: values.outils, longest: longestRichText },
    { field: 'services', text: values.services.join(), longest: 2000 },
    { field: 'enjeux', text: values.enjeux.join(), longest: 2000 }
  ])
  if (mayEntrust && values.numero !== '' && !numberPattern.test(values.numero)) {
    errors.push({ field: 'numero', message: 'Écrivez un nombre entier, de 1 à 9999, ou laissez vide.' })
  }
  const reserved = mayEntrust
    ? {
        number: numberPattern.test(values.numero) ? Number(values.numero) : null,
        slug: slugOf(values.adresse),
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
      imageId: values.image ?? values.image_gardee,
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
  const { number, slug, engagementId, visibility, piloteIds } = today
  return { ...old, number, slug, engagementId, visibility, piloteIds }
}
