/** What the back-office of actions shows. */
import { captionsHref } from '../media/choices.ts'
import {
  addressField,
  type Chosen,
  type ChosenField,
  type ChosenImageField,
  chosenImageField,
  type EntryBar,
  type EntryPage,
  entryHead,
  numbered,
  numberedAgent,
  numberField,
  posterHref,
  stateOf
} from '../publishing/views.ts'
import { countText, instantDay, plural } from '../web/format.ts'
import { type Choice, choiceOf, errorOf, type Field, type FieldError, fieldOf } from '../web/forms.ts'
import type { ActionDocument } from './action-document.ts'
import { type ActionEntriesFilter, type EntryState, entryStates } from './admin-forms.ts'
import type { Choices, listActionEntries, listEngagementOptions } from './admin-queries.ts'
import { type Status, statuses, statusLabel } from './progress.ts'

declare module '../web/render.ts' {
  interface Views {
    'engagements/admin/list': ActionEntriesPage
    'engagements/admin/edit': ActionEditPage
  }
}

export interface ActionEntriesPage {
  mayCreate: boolean
  filter: {
    words: string
    engagements: Option[]
    statuses: FilterChoice[]
    states: FilterChoice[]
    isInForce: boolean
  }
  /** « 30 fiches », « 4 fiches correspondent » */
  summary: string
  rows: {
    href: string
    number: string
    title: string
    state: string
    status: Status | undefined
    statusLabel: string
    updated: string
    /** Its poster; undefined while it is not on show, and for whoever prints none. */
    posterHref: string | undefined
  }[]
}

interface FilterChoice {
  value: string
  label: string
  selected: boolean
}

const stateLabels: Record<EntryState, string> = {
  brouillon: 'Brouillon',
  publie: 'Publié',
  'en-attente': 'Publié, avec des modifications en attente',
  programme: 'Publication programmée',
  retire: 'Retiré'
}

export function actionEntriesPage(parts: {
  rows: Awaited<ReturnType<typeof listActionEntries>>
  engagements: Awaited<ReturnType<typeof listEngagementOptions>>
  filter: ActionEntriesFilter
  mayCreate: boolean
}): ActionEntriesPage {
  const { rows, engagements, filter, mayCreate } = parts
  const isInForce = Boolean(filter.text || filter.engagementId || filter.status || filter.state)
  return {
    mayCreate,
    filter: {
      words: filter.text,
      engagements: engagements.map((row) => ({
        value: row.id,
        label: `${row.number}. ${row.title}`,
        selected: row.id === filter.engagementId
      })),
      statuses: statuses.map((value) => ({
        value,
        label: statusLabel(value),
        selected: value === filter.status
      })),
      states: entryStates.map((value) => ({ value, label: stateLabels[value], selected: value === filter.state })),
      isInForce
    },
    summary: isInForce
      ? `${countText(rows.length, 'fiche')} ${plural(rows.length, 'correspond', 'correspondent')}`
      : countText(rows.length, 'fiche'),
    rows: rows.map((row) => ({
      href: `/gestion/actions/${row.id}`,
      number: row.number === null ? '–' : String(row.number),
      title: row.title || 'Sans titre',
      state: stateOf(row),
      status: row.status ?? undefined,
      statusLabel: row.status ? statusLabel(row.status) : '–',
      updated: instantDay(row.updated_at ?? row.saved_at).text,
      posterHref: mayCreate ? posterHref({ ...row, kind: 'action' }) : undefined
    }))
  }
}

interface Option {
  value: number
  label: string
  selected: boolean
}

export interface ActionEditPage extends EntryPage {
  title: Field
  mayEntrust: boolean
  engagement: { options: Option[]; error: string | undefined }
  /** What is seldom touched, folded away, and what it says today: « n° 7, lue par les agents ». */
  settings: { now: string; isOpen: boolean }
  number: Field
  visibility: Choice
  status: Choice
  dueOn: Field
  address: Field
  image: ChosenImageField
  summary: Field
  /** The lines of the chronology, and empty ones to write more. */
  steps: { index: number; date: string; description: string; done: boolean; errors: string[] }[]
  results: Field
  tools: Field
  services: { field: Field; suggestions: string[] }
  enjeux: { field: Field; suggestions: string[] }
  directions: Option[]
  pilotes: ChosenField
  documents: ChosenField
  related: ChosenField
}

const emptySteps = 3

export function actionEditPage(parts: {
  bar: EntryBar
  document: ActionDocument
  errors: FieldError[]
  choices: Choices
  mayEntrust: boolean
  agent: { id: number; role: string }
}): ActionEditPage {
  const { bar, document, errors, choices } = parts
  const error = (field: string): string | undefined => errorOf(errors, field)
  const named = (row: { id: number; title: string }): Chosen => ({ value: row.id, label: row.title })
  const blank = Array.from({ length: emptySteps }, () => ({ date: '', description: '', done: false }))
  return {
    entry: entryHead({
      bar,
      errors,
      heading: document.title || 'Nouvelle action',
      listing: { label: 'Fiches des actions', href: '/gestion/actions' }
    }),
    title: fieldOf({
      name: 'titre',
      label: 'Titre',
      hint: 'Commencez par un verbe\u00a0: «\u00a0Ouvrir un guichet unique\u00a0».',
      value: document.title,
      error: error('titre'),
      maxlength: 200
    }),
    mayEntrust: parts.mayEntrust,
    engagement: {
      options: choices.engagements.map((row) => ({
        value: row.id,
        label: `${row.number}. ${row.title}`,
        selected: row.id === document.engagementId
      })),
      error: error('engagement')
    },
    settings: {
      now: [
        document.number === null ? 'le numéro suivant' : `n°\u00a0${document.number}`,
        document.visibility === 'public' ? 'lue par tout le monde' : 'lue par les agents'
      ].join(', '),
      isOpen: error('numero') !== undefined || error('adresse') !== undefined
    },
    number: numberField({
      number: document.number,
      hint: 'Laissez vide pour prendre le numéro suivant.',
      error: error('numero')
    }),
    visibility: choiceOf({
      name: 'visibilite',
      label: 'Qui peut lire la fiche',
      value: document.visibility,
      options: [
        { value: 'agents', label: 'Les agents' },
        { value: 'public', label: 'Tout le monde', hint: 'Sans les outils, ni les documents, ni les noms des agents.' }
      ]
    }),
    status: choiceOf({
      name: 'statut',
      label: 'Statut',
      value: document.status,
      options: statuses.map((value) => ({ value, label: statusLabel(value) }))
    }),
    dueOn: fieldOf({
      name: 'echeance',
      label: 'Échéance',
      optional: true,
      type: 'date',
      value: document.dueOn ?? '',
      error: error('echeance')
    }),
    address: addressField({ path: '/actions/', slug: document.slug, error: error('adresse') }),
    image: chosenImageField({
      name: 'image',
      label: 'Image de la fiche',
      error: error('image'),
      image: choices.image,
      library: choices.library
    }),
    summary: fieldOf({
      name: 'synthese',
      label: 'Synthèse',
      hint: 'Ce que l’action change, pour qui, et pourquoi la ville s’y est engagée. Trois paragraphes suffisent.',
      value: document.summary,
      error: error('synthese')
    }),
    steps: [...document.steps, ...blank].map((step, index) => ({
      index,
      ...step,
      errors: [error(`etape-date-${index}`), error(`etape-texte-${index}`)].filter((text) => text !== undefined)
    })),
    results: fieldOf({
      name: 'resultats',
      label: 'Résultats',
      hint: 'Ce qui a changé, avec un chiffre ou une phrase entendue. Rien encore\u00a0? Laissez vide.',
      value: document.results,
      error: error('resultats')
    }),
    tools: fieldOf({
      name: 'outils',
      label: 'Outils',
      hint: 'Guides, modèles, contacts. Réservés aux agents, même quand la fiche est publique.',
      value: document.tools,
      error: error('outils')
    }),
    services: {
      field: tagField('services', 'Services', document.services, error('services')),
      suggestions: choices.services
    },
    enjeux: { field: tagField('enjeux', 'Enjeux', document.enjeux, error('enjeux')), suggestions: choices.enjeux },
    directions: choices.directions.map((row) => ({
      value: row.id,
      label: row.name,
      selected: document.directionIds.includes(row.id)
    })),
    pilotes: {
      name: 'pilotes',
      label: 'Pilotes',
      addLabel: 'Ajouter un pilote',
      chosen: choices.pilotes.map((row) => ({ value: row.id, label: row.name })),
      suggestions: choices.agents.map(numberedAgent)
    },
    documents: {
      name: 'documents',
      label: 'Documents attachés',
      addLabel: 'Ajouter un document de la médiathèque',
      brings: 'document',
      chosen: choices.documents.map((file) => ({ ...named(file), captionsHref: captionsHref(file, parts.agent) })),
      suggestions: choices.library.filter((row) => row.kind !== 'image' && row.kind !== 'captions').map(numbered)
    },
    related: {
      name: 'connexes',
      label: 'Actions connexes',
      addLabel: 'Ajouter une action connexe',
      chosen: choices.related.map((row) => ({ value: row.id, label: `${row.number}. ${row.title}` })),
      suggestions: choices.actions.map(numbered)
    }
  }
}

function tagField(name: string, label: string, names: string[], error: string | undefined): Field {
  return fieldOf({ name, label, hint: 'Séparés par des virgules.', value: names.join(', '), error })
}
