/** The page of a direction as it is written: its document, and the form that sends it. */
import { z } from 'zod'
import { mayEntrustDirection } from '../accounts/permissions.ts'
import {
  identifier,
  identifierLines,
  identifiers,
  inPlaces,
  line,
  lines,
  longestRichText,
  readFields,
  repeated,
  richText,
  together,
  tooLong
} from '../publishing/fields.ts'
import type { SignedInAgent } from '../web/context.ts'
import type { FieldError } from '../web/forms.ts'
import { slugOf } from '../web/slug.ts'

export interface DirectionMemberDraft {
  name: string
  jobTitle: string
  portraitId: number | null
}

export interface DirectionDocument {
  name: string
  /** The end of its address; empty: made of the name. */
  slug: string
  tagline: string
  /** Among the directions, from 0; null: the last one. */
  order: number | null
  imageId: number | null
  project: string
  members: DirectionMemberDraft[]
  /** Presentations, videos, documents, in the order of the page. */
  mediaIds: number[]
  referentIds: number[]
}

/** More than these the readers' page does not show. */
export const mostMembers = 100
export const mostMedia = 60

const directionForm = z.object({
  nom: line,
  adresse: line,
  rang: line,
  accroche: line,
  image_gardee: identifier,
  image: identifier,
  projet: richText,
  'membre_nom[]': lines(1000),
  'membre_fonction[]': lines(1000),
  'membre_portrait[]': identifierLines,
  'membre_place[]': repeated,
  medias: identifiers,
  medias_ajout: identifiers,
  'media_ordre[]': repeated,
  'media_place[]': repeated,
  referents: identifiers,
  referents_ajout: identifiers
})

const rankPattern = /^[1-9]\d{0,3}$/

export function readDirection(
  body: unknown,
  base: DirectionDocument,
  agent: SignedInAgent
): { document: DirectionDocument; errors: FieldError[] } {
  const form = readFields(directionForm, body)
  if (!form.ok)
    return { document: base, errors: form.errors.map(({ field, message }) => ({ field: listOf(field), message })) }
  const { values } = form
  const members = inPlaces(
    values['membre_nom[]'].map((name, index) => ({
      name,
      jobTitle: values['membre_fonction[]'][index] ?? '',
      portraitId: values['membre_portrait[]'][index] ?? null
    })),
    values['membre_place[]']
  ).filter((member) => member.name !== '' || member.jobTitle !== '' || member.portraitId !== null)
  const mayEntrust = mayEntrustDirection(agent)
  const reserved = mayEntrust
    ? {
        name: values.nom,
        slug: slugOf(values.adresse),
        order: rankPattern.test(values.rang) ? Number(values.rang) - 1 : null,
        referentIds: together(values.referents, values.referents_ajout)
      }
    : {}
  const document: DirectionDocument = {
    ...base,
    tagline: values.accroche,
    imageId: values.image ?? values.image_gardee,
    project: values.projet,
    members,
    mediaIds: together(orderedMedia(values), values.medias_ajout),
    ...reserved
  }
  const errors = tooLong([
    { field: 'nom', text: document.name, longest: 160 },
    { field: 'accroche', text: document.tagline, longest: 240 },
    { field: 'projet', text: document.project, longest: longestRichText },
    ...members.flatMap((member, index) => [
      { field: `membre-nom-${index}`, text: member.name, longest: 120 },
      { field: `membre-fonction-${index}`, text: member.jobTitle, longest: 160 }
    ])
  ])
  if (mayEntrust && values.rang !== '' && !rankPattern.test(values.rang)) {
    errors.push({ field: 'rang', message: 'Écrivez un nombre entier, de 1 à 9999, ou laissez vide.' })
  }
  if (members.length > mostMembers) {
    errors.push({ field: 'equipe', message: `La page montre ${mostMembers} personnes au plus\u00a0: enlevez-en.` })
  }
  if (document.mediaIds.length > mostMedia) {
    errors.push({ field: 'medias', message: `La page montre ${mostMedia} fichiers au plus\u00a0: enlevez-en.` })
  }
  return { document, errors }
}

/** What stayed ticked, in the places it was given; what came without a place follows. */
function orderedMedia(values: z.infer<typeof directionForm>): number[] {
  const kept = new Set(values.medias)
  const placed = inPlaces(values['media_ordre[]'], values['media_place[]'])
  return together(
    identifiers.parse(placed).filter((id) => kept.has(id)),
    values.medias
  )
}

/** A list that was refused whole: its error leads to the list, as no line of it is at fault. */
function listOf(field: string): string {
  if (field.startsWith('membre_')) return 'equipe'
  return field.startsWith('media') ? 'medias' : field
}

/** An old version, with what this agent may not change as it is today: going back in time gives nobody a right. */
export function bringBackDirection(
  old: DirectionDocument,
  today: DirectionDocument,
  agent: SignedInAgent
): DirectionDocument {
  if (mayEntrustDirection(agent)) return old
  const { name, slug, order, referentIds } = today
  return { ...old, name, slug, order, referentIds }
}
