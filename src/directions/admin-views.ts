/** What the back-office of directions shows. */

import { captionsHref, type MediaChoice } from '../media/choices.ts'
import { type ImageView, imageView } from '../media/views.ts'
import {
  addressField,
  type ChosenField,
  type ChosenImageField,
  chosenImageField,
  type EntriesPage,
  type EntryBar,
  type EntryPage,
  entriesPage,
  entryHead,
  numbered,
  numberedAgent
} from '../publishing/views.ts'
import { errorOf, type Field, type FieldError, fieldOf } from '../web/forms.ts'
import type { DirectionChoices, listDirectionEntries } from './admin-queries.ts'
import type { DirectionDocument, DirectionMemberDraft } from './direction-document.ts'

declare module '../web/render.ts' {
  interface Views {
    'directions/admin/edit': DirectionEditPage
  }
}

export function directionEntriesPage(
  rows: Awaited<ReturnType<typeof listDirectionEntries>>,
  mayCreate: boolean
): EntriesPage {
  return entriesPage({
    kind: 'direction',
    heading: 'Pages des directions',
    caption: 'Les directions et l’état de leur page',
    createLabel: mayCreate ? 'Créer une direction' : undefined,
    columns: ['Rang', 'Référents'],
    rows,
    cells: (row) => [row.order === null ? '–' : String(row.order + 1), row.referents ?? 'Personne']
  })
}

/** One person of the team. */
export interface MemberLine {
  index: number
  place: number
  name: LineField
  jobTitle: LineField
  portrait: LineField
  view: ImageView | null
}

interface LineField {
  value: string
  error: string | undefined
}

/** One file of the page. */
export interface FileLine {
  id: number
  place: number
  label: string
  /** Of a video: where its captions are written. */
  captionsHref: string | undefined
}

export interface DirectionEditPage extends EntryPage {
  mayEntrust: boolean
  name: Field
  tagline: Field
  image: ChosenImageField
  project: Field
  members: { error: string | undefined; lines: MemberLine[] }
  media: { error: string | undefined; lines: FileLine[]; suggestions: string[] }
  rank: Field
  address: Field
  referents: ChosenField
}

/** Who has no script fills the last line, and saves to get another. */
const emptyLines = 1
const emptyLinesAtFirst = 3

/** Those that a page shows for themselves. */
const kindWords: Partial<Record<MediaChoice['kind'], string>> = {
  presentation: 'Diaporama',
  video: 'Vidéo',
  pdf: 'PDF',
  document: 'Document'
}

export function directionEditPage(parts: {
  bar: EntryBar
  document: DirectionDocument
  errors: FieldError[]
  choices: DirectionChoices
  mayEntrust: boolean
  agent: { id: number; role: string }
}): DirectionEditPage {
  const { bar, document, errors, choices } = parts
  const error = (field: string): string | undefined => errorOf(errors, field)
  return {
    entry: entryHead({
      bar,
      errors,
      heading: document.name || 'Nouvelle direction',
      listing: { label: 'Pages des directions', href: '/gestion/directions' }
    }),
    mayEntrust: parts.mayEntrust,
    name: fieldOf({
      name: 'nom',
      label: 'Nom de la direction',
      hint: 'Sans le mot «\u00a0direction\u00a0». Par exemple\u00a0: «\u00a0Éducation et enfance\u00a0».',
      value: document.name,
      error: error('nom'),
      maxlength: 160
    }),
    tagline: fieldOf({
      name: 'accroche',
      label: 'Phrase d’accroche',
      optional: true,
      hint: 'Ce que la direction apporte aux habitants, en une phrase. Par exemple\u00a0: «\u00a0Grandir, apprendre et bien manger, dans onze écoles et trois crèches\u00a0».',
      value: document.tagline,
      error: error('accroche'),
      maxlength: 240
    }),
    image: chosenImageField({
      name: 'image',
      label: 'Image de la page',
      hint: 'Un lieu, un geste du métier, une équipe au travail\u00a0: une vraie photo, prise ici.',
      error: error('image'),
      image: choices.image,
      library: choices.library
    }),
    project: fieldOf({
      name: 'projet',
      label: 'Projet',
      hint: 'Racontez-le comme à un collègue d’un autre service\u00a0: qui vous êtes, ce que vous voulez changer, comment vous travaillez, ce qui reste difficile, vos prochains rendez-vous. Un titre par partie aide à s’y retrouver.',
      value: document.project,
      error: error('projet')
    }),
    members: { error: error('equipe'), lines: memberLines(document.members, choices, error) },
    media: {
      error: error('medias'),
      lines: document.mediaIds.flatMap((id, index) => {
        const file = choices.library.find((row) => row.id === id)
        if (!file) return []
        const kind = kindWords[file.kind]
        const label = kind ? `${kind}\u00a0: ${file.title}` : file.title
        return [{ id, place: index + 1, label, captionsHref: captionsHref(file, parts.agent) }]
      }),
      suggestions: choices.library.filter((row) => kindWords[row.kind] !== undefined).map(numbered)
    },
    rank: fieldOf({
      name: 'rang',
      label: 'Rang parmi les directions',
      optional: true,
      hint: '1 pour la première de la liste. Vide, une nouvelle direction se place à la fin.',
      value: document.order === null ? '' : String(document.order + 1),
      error: error('rang'),
      inputmode: 'numeric',
      width: 'short',
      maxlength: 4
    }),
    address: addressField({ path: '/directions/', slug: document.slug, error: error('adresse') }),
    referents: {
      name: 'referents',
      label: 'Référents',
      hint: 'Ils tiennent cette page à jour et y sont nommés. Ils ne peuvent changer ni son nom, ni son rang, ni son adresse, ni les référents.',
      addLabel: 'Ajouter un référent',
      chosen: choices.referents.map((row) => ({ value: row.id, label: row.name })),
      suggestions: choices.agents.map(numberedAgent)
    }
  }
}

/** The lines of the team, and empty ones to write more. */
function memberLines(
  members: DirectionMemberDraft[],
  { library, portraits }: DirectionChoices,
  error: (field: string) => string | undefined
): MemberLine[] {
  const blank = Array.from({ length: members.length === 0 ? emptyLinesAtFirst : emptyLines }, () => ({
    name: '',
    jobTitle: '',
    portraitId: null
  }))
  return [...members, ...blank].map(({ name, jobTitle, portraitId }, index) => {
    const file = library.find((row) => row.id === portraitId)
    const portrait = portraits.get(portraitId ?? 0)
    return {
      index,
      place: index + 1,
      name: { value: name, error: error(`membre-nom-${index}`) },
      jobTitle: { value: jobTitle, error: error(`membre-fonction-${index}`) },
      // A number without a file is shown too: it is what the error beside it is about.
      portrait: {
        value: file ? numbered(file) : portraitId === null ? '' : String(portraitId),
        error: error(`membre-portrait-${index}`)
      },
      view: portrait?.kind === 'image' ? imageView(portrait) : null
    }
  })
}
