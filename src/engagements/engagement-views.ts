/** What the back-office of engagements shows. */
import {
  addressField,
  type ChosenImageField,
  chosenImageField,
  type EntryBar,
  type EntryPage,
  entryHead,
  numberField,
  posterHref,
  stateOf
} from '../publishing/views.ts'
import { countText, instantDay } from '../web/format.ts'
import { errorOf, type Field, type FieldError, fieldOf } from '../web/forms.ts'
import { type EngagementDocument, longestTagline, longestTitle } from './engagement-document.ts'
import type { EngagementChoices, listEngagementEntries } from './engagement-queries.ts'
import { type Hue, hueLabel, hues } from './progress.ts'

declare module '../web/render.ts' {
  interface Views {
    'engagements/admin/engagement-list': EngagementEntriesPage
    'engagements/admin/engagement': EngagementEditPage
  }
}

export interface EngagementEntriesPage {
  rows: {
    href: string
    number: string
    title: string
    hue: Hue | undefined
    hueLabel: string
    /** « 6 fiches » */
    actions: string
    /** The sheets of this engagement, in their list; undefined when it has none yet. */
    actionsHref: string | undefined
    state: string
    updated: string
    posterHref: string | undefined
  }[]
}

export function engagementEntriesPage(rows: Awaited<ReturnType<typeof listEngagementEntries>>): EngagementEntriesPage {
  return {
    rows: rows.map((row) => ({
      href: `/gestion/engagements/${row.id}`,
      number: row.number === null ? '–' : String(row.number),
      title: row.title || 'Sans titre',
      hue: row.hue ?? undefined,
      hueLabel: row.hue ? hueLabel(row.hue) : '–',
      actions: countText(row.action_count, 'fiche'),
      actionsHref: row.content_id === null ? undefined : `/gestion/actions?engagement=${row.content_id}`,
      state: stateOf(row),
      updated: instantDay(row.saved_at).text,
      posterHref: posterHref({ ...row, kind: 'engagement' })
    }))
  }
}

export interface HueOption {
  id: string
  value: Hue
  label: string
  /** « Déjà celle de l’engagement 2. » */
  taken: string | undefined
  isChosen: boolean
}

export interface EngagementEditPage extends EntryPage {
  title: Field
  tagline: Field
  number: Field
  address: Field
  hue: { options: HueOption[]; error: string | undefined }
  image: ChosenImageField
  description: Field
}

const listFormat = new Intl.ListFormat('fr-FR', { type: 'conjunction' })

export function engagementEditPage(parts: {
  bar: EntryBar
  document: EngagementDocument
  errors: FieldError[]
  choices: EngagementChoices
}): EngagementEditPage {
  const { bar, document, errors, choices } = parts
  const error = (field: string): string | undefined => errorOf(errors, field)
  return {
    entry: entryHead({
      bar,
      errors,
      heading: document.title || 'Nouvel engagement',
      listing: { label: 'Engagements', href: '/gestion/engagements' }
    }),
    title: fieldOf({
      name: 'titre',
      label: 'Titre',
      hint: 'La promesse, en quelques mots\u00a0: «\u00a0Accueillir mieux\u00a0».',
      value: document.title,
      error: error('titre'),
      maxlength: longestTitle
    }),
    tagline: fieldOf({
      name: 'accroche',
      label: 'Accroche',
      optional: true,
      hint: 'Une phrase sous le titre\u00a0: ce que l’agent ou l’habitant y gagne.',
      value: document.tagline,
      error: error('accroche'),
      maxlength: longestTagline
    }),
    number: numberField({ number: document.number, hint: numberHint(choices.others), error: error('numero') }),
    address: addressField({ path: '/engagements/', slug: document.slug, error: error('adresse') }),
    hue: {
      options: hues.map((hue, index) => ({
        // The error summary leads to the name of the field: to its first option.
        id: index === 0 ? 'teinte' : `teinte-${hue}`,
        value: hue,
        label: hueLabel(hue),
        taken: takenBy(choices.others, hue),
        isChosen: document.hue === hue
      })),
      error: error('teinte')
    },
    image: chosenImageField({
      name: 'image',
      label: 'Image ou pictogramme',
      hint: 'Elle accompagne la présentation et figure sur l’affiche. Sans image, la page reste belle.',
      error: error('image'),
      image: choices.image,
      library: choices.library
    }),
    description: fieldOf({
      name: 'presentation',
      label: 'Présentation',
      hint: 'Pourquoi la ville prend cet engagement, et à quoi on verra qu’il est tenu. Deux paragraphes suffisent.',
      value: document.description,
      error: error('presentation')
    })
  }
}

function numberHint(others: EngagementChoices['others']): string {
  const order = 'Il donne l’ordre des engagements. Laissez vide pour prendre le suivant.'
  if (others.length === 0) return order
  const taken = listFormat.format(others.map((other) => String(other.number)))
  return `${order} Déjà pris\u00a0: ${taken}. Pour échanger deux numéros, donnez d’abord à l’un un numéro libre.`
}

function takenBy(others: EngagementChoices['others'], hue: Hue): string | undefined {
  const numbers = others.filter((other) => other.hue === hue).map((other) => String(other.number))
  if (numbers.length === 0) return undefined
  return numbers.length === 1
    ? `Déjà celle de l’engagement ${numbers[0]}.`
    : `Déjà celle des engagements ${listFormat.format(numbers)}.`
}
