/** What the back-office of the edited pages shows. */
import { captionsHref } from '../media/choices.ts'
import {
  type ChosenField,
  type ChosenImageField,
  chosenImageField,
  type EntriesPage,
  type EntryBar,
  type EntryPage,
  entriesPage,
  entryHead,
  numbered
} from '../publishing/views.ts'
import { errorOf, type Field, type FieldError, fieldOf } from '../web/forms.ts'
import type { Library, listPageEntries } from './admin-queries.ts'
import { cardField } from './cards.ts'
import { type DemarcheDocument, longest as longestOfDemarche, mostSteps, stepCard } from './demarche-document.ts'
import {
  type HighlightDraft,
  type HomeDocument,
  type HomeWordDraft,
  highlightCard,
  longest,
  mostHighlights,
  mostWords,
  wordCard
} from './home-document.ts'
import { longest as longestOfPage, type PageDocument } from './page-content.ts'
import { isSiteAddress } from './targets.ts'
import type { EditedPage } from './views.ts'

declare module '../web/render.ts' {
  interface Views {
    'pages/admin/home': HomeEditPage
    'pages/admin/demarche': DemarcheEditPage
    'pages/admin/page': PageEditPage
  }
}

/** What all cards share; they are closed until one opens them, for a page that can be taken in at a glance. */
export interface Card {
  /** « Mot de Solène Aubrival » */
  summary: string
  /** « Mot 1 »: names the fields of the card, which several have. */
  legend: string
  /** Waits to be filled. */
  isEmpty: boolean
  /** Something in it is to be corrected. */
  isOpen: boolean
  /** The box that takes it away; undefined for one that is empty. */
  remove: { name: string; label: string } | undefined
}

interface WordCard extends Card {
  authorName: Field
  authorTitle: Field
  title: Field
  body: Field
  portrait: ChosenImageField
  video: ChosenField
  place: Field
}

interface HighlightCard extends Card {
  title: Field
  text: Field
  href: Field
  image: ChosenImageField
  place: Field
}

interface StepCard extends Card {
  date: Field
  title: Field
  body: Field
  image: ChosenImageField
}

/** The lists from which the fields of every card choose, written once in the page. */
interface Lists {
  images: string[]
  videos: string[]
  targets: string[]
}

export interface HomeEditPage extends EntryPage {
  words: WordCard[]
  highlights: HighlightCard[]
  banner: { text: Field; href: Field }
  lists: Lists
}

export interface DemarcheEditPage extends EntryPage {
  title: Field
  introduction: Field
  body: Field
  steps: StepCard[]
  lists: Pick<Lists, 'images'>
}

export interface PageEditPage extends EntryPage {
  title: Field
  introduction: Field
  body: Field
  facts: EditedPage['facts']
}

const imageList = 'images-de-la-mediatheque'
const videoList = 'videos-de-la-mediatheque'
const targetList = 'pages-du-site'

interface Parts<Document> {
  bar: EntryBar
  document: Document
  errors: FieldError[]
}

export function homeEditPage({
  bar,
  document,
  errors,
  library,
  targets,
  shown
}: Parts<HomeDocument> & {
  library: Library
  targets: string[]
  /** The addresses of the document that lead to something on show. */
  shown: Map<string, string>
}): HomeEditPage {
  const blankWord: HomeWordDraft = {
    authorName: '',
    authorTitle: '',
    title: '',
    body: '',
    portraitId: null,
    videoId: null
  }
  const blankHighlight: HighlightDraft = { title: '', text: '', href: '', imageId: null }
  return {
    entry: entryHead({ bar, errors, heading: 'Page d’accueil' }),
    words: withBlanks(document.words, blankWord, mostWords, mostWords).map((word, index) => {
      const { name, error } = fieldsOf(wordCard, index, errors)
      return {
        ...cardOf({
          card: wordCard,
          index,
          errors,
          isEmpty: index >= document.words.length,
          summary: word.authorName ? `Mot de ${word.authorName}` : `Mot ${index + 1}`,
          add: 'Ajouter un mot',
          legend: `Mot ${index + 1}`,
          remove: 'Enlever ce mot de la page'
        }),
        authorName: fieldOf({
          name: name('auteur'),
          label: 'Prénom et nom',
          value: word.authorName,
          error: error('auteur'),
          maxlength: longest.authorName
        }),
        authorTitle: fieldOf({
          name: name('fonction'),
          label: 'Fonction',
          optional: true,
          hint: 'Par exemple\u00a0: Maire, Directrice générale des services.',
          value: word.authorTitle,
          error: error('fonction'),
          maxlength: longest.authorTitle
        }),
        title: fieldOf({
          name: name('titre'),
          label: 'Titre du mot',
          hint: 'Une idée, en une ligne\u00a0: «\u00a0Un cap que nous tenons ensemble\u00a0».',
          value: word.title,
          error: error('titre'),
          maxlength: longest.title
        }),
        body: fieldOf({
          name: name('texte'),
          label: 'Texte du mot',
          hint: 'Cinq paragraphes courts suffisent, à la première personne.',
          value: word.body,
          error: error('texte')
        }),
        portrait: imageField(library, {
          name: name('portrait'),
          label: 'Portrait',
          error: error('portrait'),
          id: word.portraitId
        }),
        video: videoField(library, {
          name: name('video'),
          label: 'Vidéo',
          error: error('video'),
          id: word.videoId
        }),
        place: placeField(name('place'), index < document.words.length ? index : undefined)
      }
    }),
    highlights: withBlanks(document.highlights, blankHighlight, mostHighlights, mostHighlights).map(
      (highlight, index) => {
        const { name, error } = fieldsOf(highlightCard, index, errors)
        return {
          ...cardOf({
            card: highlightCard,
            index,
            errors,
            isEmpty: index >= document.highlights.length,
            summary: `${highlight.title || `À la une ${index + 1}`}${isSiteAddress(highlight.href) && !shown.has(highlight.href) ? hidden : ''}`,
            add: 'Ajouter un contenu à la une',
            legend: `À la une ${index + 1}`,
            remove: 'Enlever ce contenu de la une'
          }),
          title: fieldOf({
            name: name('titre'),
            label: 'Titre',
            value: highlight.title,
            error: error('titre'),
            maxlength: longest.title
          }),
          text: fieldOf({
            name: name('texte'),
            label: 'Texte',
            optional: true,
            hint: 'Une ou deux phrases qui donnent envie de lire la suite.',
            type: 'textarea',
            rows: 3,
            value: highlight.text,
            error: error('texte'),
            maxlength: longest.text
          }),
          href: fieldOf({
            name: name('lien'),
            label: 'Page du site',
            hint: 'Tapez quelques lettres de son titre et choisissez-la. Si elle est retirée un jour, ce contenu quitte la une avec elle.',
            value: highlight.href,
            error: error('lien'),
            maxlength: longest.href,
            spellcheck: false,
            autocomplete: 'off',
            list: targetList
          }),
          image: imageField(library, {
            name: name('image'),
            label: 'Image',
            error: error('image'),
            id: highlight.imageId
          }),
          place: placeField(name('place'), index < document.highlights.length ? index : undefined)
        }
      }
    ),
    banner: {
      text: fieldOf({
        name: 'annonce',
        label: 'Annonce',
        optional: true,
        hint: 'Une phrase en haut de toutes les pages, pour les agents seulement. Vide, rien ne s’affiche\u00a0: pensez à la vider quand elle a fait son temps.',
        value: document.bannerText,
        error: errorOf(errors, 'annonce'),
        maxlength: longest.text
      }),
      href: fieldOf({
        name: 'annonce_lien',
        label: 'Page du site à laquelle elle mène',
        optional: true,
        value: document.bannerHref,
        error: errorOf(errors, 'annonce_lien'),
        maxlength: longest.href,
        spellcheck: false,
        autocomplete: 'off',
        list: targetList
      })
    },
    lists: { images: suggestionsOf(library, 'image'), videos: suggestionsOf(library, 'video'), targets }
  }
}

const hidden = ' (masqué\u00a0: sa page n’est pas en ligne)'

/** Enough to write several steps at once without script. */
const blankSteps = 5

export function demarcheEditPage({
  bar,
  document,
  errors,
  library
}: Parts<DemarcheDocument> & { library: Library }): DemarcheEditPage {
  const blank = { date: '', title: '', body: '', imageId: null }
  return {
    entry: entryHead({ bar, errors, heading: 'La démarche' }),
    ...pageFields(document, errors, {
      ...longestOfDemarche,
      bodyHint: 'Ce qui vaut pour toute la démarche. Les étapes, elles, s’écrivent plus bas.'
    }),
    steps: withBlanks(document.steps, blank, document.steps.length + blankSteps, mostSteps).map((step, index) => {
      const { name, error } = fieldsOf(stepCard, index, errors)
      return {
        ...cardOf({
          card: stepCard,
          index,
          errors,
          isEmpty: index >= document.steps.length,
          summary: [step.date, step.title].filter((text) => text !== '').join(' – ') || `Étape ${index + 1}`,
          add: 'Ajouter une étape',
          legend: `Étape ${index + 1}`,
          remove: 'Enlever cette étape'
        }),
        date: fieldOf({
          name: name('date'),
          label: 'Date',
          hint: 'Comme vous la diriez\u00a0: 2022, 2020-2022, Fin 2022, Mars 2023, 14 mars 2023.',
          value: step.date,
          error: error('date'),
          maxlength: longestOfDemarche.date,
          autocomplete: 'off'
        }),
        title: fieldOf({
          name: name('titre'),
          label: 'Titre de l’étape',
          value: step.title,
          error: error('titre'),
          maxlength: longestOfDemarche.title
        }),
        body: fieldOf({
          name: name('texte'),
          label: 'Texte de l’étape',
          hint: 'Qui s’est réuni, combien, et ce qui en est sorti.',
          value: step.body,
          error: error('texte')
        }),
        image: imageField(library, {
          name: name('image'),
          label: 'Image',
          error: error('image'),
          id: step.imageId
        })
      }
    }),
    lists: { images: suggestionsOf(library, 'image') }
  }
}

export function pageEditPage({
  bar,
  document,
  errors,
  facts
}: Parts<PageDocument> & { facts: EditedPage['facts'] }): PageEditPage {
  return {
    entry: entryHead({
      bar,
      errors,
      heading: document.title || 'Page sans titre',
      listing: { label: 'Pages légales', href: '/gestion/pages' }
    }),
    ...pageFields(document, errors, {
      ...longestOfPage,
      bodyHint: 'Les coordonnées que le site affiche de lui-même sont rappelées plus bas\u00a0: inutile de les répéter.'
    }),
    facts
  }
}

export function pageEntriesPage(rows: Awaited<ReturnType<typeof listPageEntries>>): EntriesPage {
  return entriesPage({
    kind: 'page',
    heading: 'Pages légales',
    caption: 'Les pages que la loi demande, ouvertes à tout le monde',
    columns: ['Adresse'],
    rows,
    cells: (row) => [`/${row.slug}`]
  })
}

function pageFields(
  document: PageDocument,
  errors: FieldError[],
  { title, introduction, bodyHint }: { title: number; introduction: number; bodyHint: string }
): { title: Field; introduction: Field; body: Field } {
  return {
    title: fieldOf({
      name: 'titre',
      label: 'Titre',
      value: document.title,
      error: errorOf(errors, 'titre'),
      maxlength: title
    }),
    introduction: fieldOf({
      name: 'introduction',
      label: 'Introduction',
      optional: true,
      hint: 'Une ou deux phrases, en grand sous le titre.',
      type: 'textarea',
      rows: 3,
      value: document.introduction,
      error: errorOf(errors, 'introduction'),
      maxlength: introduction
    }),
    body: fieldOf({
      name: 'texte',
      label: 'Texte',
      hint: bodyHint,
      value: document.body,
      error: errorOf(errors, 'texte')
    })
  }
}

/** The lines of a list and empty ones behind them, `total` in all and no more than `most`. */
function withBlanks<Line>(lines: Line[], blank: Line, total: number, most: number): Line[] {
  const missing = Math.max(0, Math.min(total, most) - lines.length)
  return [...lines, ...Array.from({ length: missing }, () => blank)]
}

function fieldsOf(card: string, index: number, errors: FieldError[]) {
  const name = (field: string): string => cardField(card, index, field)
  return { name, error: (field: string): string | undefined => errorOf(errors, name(field)) }
}

function cardOf(parts: {
  card: string
  index: number
  errors: FieldError[]
  isEmpty: boolean
  summary: string
  add: string
  legend: string
  remove: string
}): Card {
  const { card, index, errors, isEmpty } = parts
  const prefix = cardField(card, index, '')
  return {
    summary: isEmpty ? parts.add : parts.summary,
    legend: parts.legend,
    isEmpty,
    isOpen: errors.some((error) => error.field.startsWith(prefix)),
    remove: isEmpty ? undefined : { name: cardField(card, index, 'enlever'), label: parts.remove }
  }
}

function placeField(name: string, index: number | undefined): Field {
  return fieldOf({
    name,
    label: 'Place dans la page',
    optional: true,
    hint: '1 pour le premier. Les autres se décalent à l’enregistrement.',
    value: index === undefined ? '' : String(index + 1),
    inputmode: 'numeric',
    width: 'short',
    autocomplete: 'off',
    maxlength: 4
  })
}

interface FileField {
  name: string
  label: string
  error: string | undefined
  id: number | null
}

function imageField({ choices, chosen }: Library, { id, ...field }: FileField): ChosenImageField {
  const title = titleOf(choices, id)
  const image = chosen.get(id ?? 0)
  return chosenImageField({
    ...field,
    image:
      id === null || title === undefined ? undefined : { id, title, image: image?.kind === 'image' ? image : null },
    library: [],
    list: imageList
  })
}

function videoField({ choices }: Library, { id, ...field }: FileField): ChosenField {
  const file = choices.find((row) => row.id === id)
  return {
    ...field,
    hint: 'Facultative. Sans sous-titres ni transcription, elle ne peut pas être publiée.',
    addLabel: 'Choisir dans la médiathèque',
    // The webmaster's own screen.
    chosen: file
      ? [{ value: file.id, label: file.title, captionsHref: captionsHref(file, { id: 0, role: 'webmaster' }) }]
      : [],
    suggestions: [],
    list: videoList
  }
}

function titleOf(choices: Library['choices'], id: number | null): string | undefined {
  return choices.find((row) => row.id === id)?.title
}

function suggestionsOf({ choices }: Library, kind: 'image' | 'video'): string[] {
  return choices.filter((row) => row.kind === kind).map(numbered)
}
