/** What the back-office of the magazine and of the gallery shows. */
import { captionsHref } from '../media/choices.ts'
import { type HiddenReason, hiddenWords } from '../media/image-rights/image-rights-queries.ts'
import type { MediaRow } from '../media/queries.ts'
import { durationText, type ImageView, imageView } from '../media/views.ts'
import {
  addressField,
  type Chosen,
  type ChosenImageField,
  chosenImageField,
  type EntriesPage,
  type EntryBar,
  type EntryPage,
  entriesPage,
  entryHead,
  numbered,
  numberField
} from '../publishing/views.ts'
import { countText, dayText } from '../web/format.ts'
import { type Choice, choiceOf, errorOf, type Field, type FieldError, fieldOf } from '../web/forms.ts'
import { isRealDay } from '../web/imprecise-date.ts'
import { type Pager, pagerOf } from '../web/pagination.ts'
import type { PickerQuery } from './admin-forms.ts'
import type { AlbumChoices, IssueChoices, listAlbumEntries, listIssueEntries, listPickable } from './admin-queries.ts'
import { type AlbumDocument, type AlbumItemDraft, longestCaption } from './album-document.ts'
import type { IssueDocument } from './issue-document.ts'

declare module '../web/render.ts' {
  interface Views {
    'bonus/admin/issue': IssueEditPage
    'bonus/admin/album': AlbumEditPage
    'bonus/admin/picker': PickerPage
  }
}

export function issueEntriesPage(rows: Awaited<ReturnType<typeof listIssueEntries>>): EntriesPage {
  return entriesPage({
    kind: 'issue',
    heading: 'Entre nous',
    caption: 'Les numéros du magazine et leur état',
    createLabel: 'Créer un numéro',
    columns: ['Numéro', 'Parution'],
    rows,
    cells: (row) => [row.number === null ? '–' : String(row.number), dayOrNothing(row.day)]
  })
}

export function albumEntriesPage(rows: Awaited<ReturnType<typeof listAlbumEntries>>): EntriesPage {
  return entriesPage({
    kind: 'album',
    heading: 'Albums',
    caption: 'Les albums de la galerie et leur état',
    createLabel: 'Créer un album',
    columns: ['Date', 'Contenu'],
    rows,
    cells: (row) => [dayOrNothing(row.day), row.item_count === 0 ? 'Vide' : countText(row.item_count, 'fichier')]
  })
}

/** A draft may hold a day that no calendar has. */
function dayOrNothing(day: string | null): string {
  return day !== null && isRealDay(day) ? dayText(day) : '–'
}

export interface IssueEditPage extends EntryPage {
  title: Field
  number: Field
  issuedOn: Field
  season: Field
  summary: Field
  cover: ChosenImageField
  /** One file, or none: its form sends `pdf` and `pdf_gardee`. */
  pdf: { label: string; hint: string; error: string | undefined; chosen: Chosen | undefined; suggestions: string[] }
  body: Field
  address: Field
}

export function issueEditPage(parts: {
  bar: EntryBar
  document: IssueDocument
  errors: FieldError[]
  choices: IssueChoices
}): IssueEditPage {
  const { bar, document, errors, choices } = parts
  const error = (field: string): string | undefined => errorOf(errors, field)
  return {
    entry: entryHead({
      bar,
      errors,
      heading: document.title || 'Nouveau numéro',
      listing: { label: 'Entre nous', href: '/gestion/entre-nous' }
    }),
    title: fieldOf({
      name: 'titre',
      label: 'Titre du numéro',
      hint: 'Le sujet de la une, en quelques mots. Par exemple\u00a0: «\u00a0Un an de télétravail\u00a0».',
      value: document.title,
      error: error('titre'),
      maxlength: 160
    }),
    number: numberField({
      number: document.number,
      hint: 'Laissez vide pour prendre le numéro suivant.',
      error: error('numero')
    }),
    issuedOn: fieldOf({
      name: 'parution',
      label: 'Date de parution',
      type: 'date',
      hint: 'Les numéros se rangent par cette date.',
      value: document.issuedOn ?? '',
      error: error('parution')
    }),
    season: fieldOf({
      name: 'saison',
      label: 'Saison',
      optional: true,
      hint: 'Ce qui se lit à côté du numéro. Par exemple\u00a0: «\u00a0Printemps 2026\u00a0».',
      value: document.season,
      error: error('saison'),
      maxlength: 60
    }),
    summary: fieldOf({
      name: 'resume',
      label: 'En quelques mots',
      optional: true,
      hint: 'Une ou deux phrases qui donnent envie d’ouvrir le numéro\u00a0: ses deux ou trois sujets.',
      value: document.summary,
      error: error('resume'),
      type: 'textarea',
      rows: 3,
      maxlength: 400
    }),
    cover: chosenImageField({
      name: 'couverture',
      label: 'Couverture',
      hint: 'La première page en image, toute droite. Elle se voit dans la liste des bonus.',
      error: error('couverture'),
      image: choices.cover,
      library: choices.library
    }),
    pdf: {
      label: 'PDF à télécharger',
      hint: 'Le numéro tel qu’il est imprimé. Un PDF balisé se lit aussi avec un lecteur d’écran.',
      error: error('pdf'),
      chosen: choices.pdf && { value: choices.pdf.id, label: choices.pdf.title },
      suggestions: choices.library.filter((row) => row.kind === 'pdf').map(numbered)
    },
    body: fieldOf({
      name: 'texte',
      label: 'Le numéro à lire en ligne',
      hint: 'Les articles, chacun sous un titre de niveau 2\u00a0: le sommaire se fait tout seul. Sur un téléphone, ce texte se lit bien mieux qu’un PDF.',
      value: document.body,
      error: error('texte')
    }),
    address: addressField({ path: '/bonus/entre-nous/', slug: document.slug, error: error('adresse') })
  }
}

/** One photo or video of an album, on a line of its own. */
export interface AlbumLine {
  id: number
  place: number
  title: string
  href: string
  thumbnail: ImageView | null
  isVideo: boolean
  /** Of a video: where its captions are written. */
  captionsHref: string | undefined
  /** What should be known of it: in the trash, of a wrong kind. */
  note: string | undefined
  caption: string
  captionError: string | undefined
  /** Asked for an image that the library does not describe yet. */
  alternative: { text: string; isDecorative: boolean; error: string | undefined } | undefined
}

export interface AlbumEditPage extends EntryPage {
  title: Field
  heldOn: Field
  description: Field
  downloads: Choice
  address: Field
  photos: {
    /** « 12 photos et vidéos dans l’album. » */
    count: string
    error: string | undefined
    gestures: string
    longestCaption: number
    lines: AlbumLine[]
    /** What a line that is added in the browser is made from. */
    blank: AlbumLine
    suggestions: string[]
  }
}

export function albumEditPage(parts: {
  bar: EntryBar
  document: AlbumDocument
  errors: FieldError[]
  choices: AlbumChoices
}): AlbumEditPage {
  const { bar, document, errors, choices } = parts
  const error = (field: string): string | undefined => errorOf(errors, field)
  const { items } = document
  return {
    entry: entryHead({
      bar,
      errors,
      heading: document.title || 'Nouvel album',
      listing: { label: 'Albums', href: '/gestion/albums' }
    }),
    title: fieldOf({
      name: 'titre',
      label: 'Titre de l’album',
      hint: 'Le moment et le lieu. Par exemple\u00a0: «\u00a0La fête du personnel au parc\u00a0».',
      value: document.title,
      error: error('titre'),
      maxlength: 160
    }),
    heldOn: fieldOf({
      name: 'date',
      label: 'Date',
      type: 'date',
      hint: 'Le jour où cela s’est passé.',
      value: document.heldOn ?? '',
      error: error('date')
    }),
    description: fieldOf({
      name: 'description',
      label: 'Description',
      optional: true,
      hint: 'Une ou deux phrases\u00a0: qui était là, ce qui s’est passé.',
      value: document.description,
      error: error('description'),
      type: 'textarea',
      rows: 3,
      maxlength: 600
    }),
    downloads: choiceOf({
      name: 'telechargement',
      label: 'Les agents peuvent-ils télécharger les fichiers d’origine\u00a0?',
      value: document.downloads ? 'oui' : 'non',
      options: [
        {
          value: 'oui',
          label: 'Oui',
          hint: 'Un lien «\u00a0Télécharger\u00a0» accompagne chaque photo et chaque vidéo vue en grand.'
        },
        {
          value: 'non',
          label: 'Non',
          hint: 'Le site n’en montre que des versions réduites, ici et dans ses autres pages. Une image que l’on voit peut toujours être copiée\u00a0: ce choix décourage, il n’empêche pas.'
        }
      ]
    }),
    address: addressField({ path: '/bonus/galerie/', slug: document.slug, error: error('adresse') }),
    photos: {
      count:
        items.length === 0
          ? 'Aucune pour l’instant.'
          : `${countText(items.length, 'photo ou vidéo', 'photos et vidéos')} dans l’album.`,
      error: error('photos'),
      gestures: `${bar.address}/photos/geste`,
      longestCaption,
      lines: items.map((item, index) => albumLine(item, index, choices, error)),
      blank: blankLine,
      suggestions: choices.library.filter((row) => row.kind === 'image' || row.kind === 'video').map(numbered)
    }
  }
}

function albumLine(
  { mediaId, caption, alternative }: AlbumItemDraft,
  index: number,
  { files, trashed, hidden }: AlbumChoices,
  error: (field: string) => string | undefined
): AlbumLine {
  const file = files.get(mediaId)
  return {
    id: mediaId,
    place: index + 1,
    title: file?.title ?? `Fichier ${mediaId}`,
    href: `/gestion/mediatheque/${mediaId}`,
    thumbnail: thumbnailOf(file),
    isVideo: file?.kind === 'video',
    // The webmaster's own screen.
    captionsHref: file && captionsHref({ ...file, author_id: null }, { id: 0, role: 'webmaster' }),
    note: noteOn(file, trashed, hidden),
    caption,
    captionError: error(`legende-${mediaId}`),
    alternative:
      file?.kind === 'image' && file.alt === null
        ? { text: alternative ?? '', isDecorative: alternative === '', error: error(`alternative-${mediaId}`) }
        : undefined
  }
}

const blankLine: AlbumLine = {
  id: 0,
  place: 0,
  title: 'Nouveau fichier',
  href: '/gestion/mediatheque',
  thumbnail: null,
  isVideo: false,
  captionsHref: undefined,
  note: undefined,
  caption: '',
  captionError: undefined,
  alternative: { text: '', isDecorative: false, error: undefined }
}

/** Small, and silent: the title is beside it. */
function thumbnailOf(file: MediaRow | undefined): ImageView | null {
  const image = file?.kind === 'image' ? file : file?.poster
  return image ? { ...imageView(image), alt: '' } : null
}

function noteOn(
  file: MediaRow | undefined,
  trashed: Set<number>,
  hidden: Map<number, HiddenReason>
): string | undefined {
  if (!file) return 'N’est plus dans la médiathèque\u00a0: les lecteurs ne le verront pas.'
  if (trashed.has(file.id)) return 'À la corbeille de la médiathèque\u00a0: les lecteurs ne le verront pas.'
  const reason = hidden.get(file.id)
  if (reason) return `${hiddenWords[reason]} Les lecteurs ne le voient pas.`
  if (file.kind === 'image') return undefined
  if (file.kind === 'video') return file.duration_seconds ? `Vidéo, ${durationText(file.duration_seconds)}` : 'Vidéo'
  return 'Ni une photo, ni une vidéo\u00a0: enlevez ce fichier.'
}

export interface PickerPage {
  titlePrefix: string
  album: { title: string; href: string }
  errors: FieldError[]
  searchAction: string
  words: string
  kind: 'image' | 'video'
  tabs: { label: string; href: string; current: boolean }[]
  /** Keeps the search and the page. */
  action: string
  summary: string
  files: {
    id: number
    title: string
    image: ImageView | undefined
    icon: string
    isInAlbum: boolean
    isTicked: boolean
  }[]
  pager: Pager | undefined
}

export function pickerPage(parts: {
  entry: { id: number; title: string }
  query: PickerQuery
  found: Awaited<ReturnType<typeof listPickable>>
  pageCount: number
  inAlbum: Set<number>
  ticked?: number[]
  errors?: FieldError[]
}): PickerPage {
  const { entry, query, found, inAlbum, ticked = [], errors = [] } = parts
  const album = `/gestion/albums/${entry.id}`
  const path = `${album}/photos`
  const parametersOf = (kind: PickerQuery['kind']): URLSearchParams => {
    const parameters = new URLSearchParams()
    if (query.words !== '') parameters.set('q', query.words)
    if (kind === 'video') parameters.set('type', kind)
    return parameters
  }
  const addressOf = (parameters: URLSearchParams): string =>
    parameters.size > 0 ? `${path}?${parameters.toString()}` : path
  const here = parametersOf(query.kind)
  if (query.page > 1) here.set('page', String(query.page))
  return {
    titlePrefix: errors.length > 0 ? 'Erreur\u00a0: ' : '',
    album: { title: entry.title || 'Nouvel album', href: album },
    errors,
    searchAction: path,
    words: query.words,
    kind: query.kind,
    tabs: [
      { label: 'Photos', href: addressOf(parametersOf('image')), current: query.kind === 'image' },
      { label: 'Vidéos', href: addressOf(parametersOf('video')), current: query.kind === 'video' }
    ],
    action: addressOf(here),
    summary: countText(found.count, query.kind === 'image' ? 'photo' : 'vidéo'),
    files: found.rows.map((row) => ({
      id: row.id,
      title: row.title,
      image: row.thumbnail ? { ...imageView(row.thumbnail), alt: '' } : undefined,
      icon: row.kind,
      isInAlbum: inAlbum.has(row.id),
      isTicked: ticked.includes(row.id)
    })),
    pager: pagerOf(path, parametersOf(query.kind), query.page, parts.pageCount)
  }
}
