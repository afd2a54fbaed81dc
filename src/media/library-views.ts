/** What the list of the media library shows. */
import { countText, dayText, instantDay } from '../web/format.ts'
import { type Field, type FieldError, fieldOf } from '../web/forms.ts'
import { type Pager, pagerOf } from '../web/pagination.ts'
import type { Folder } from './folders.ts'
import { kinds, type LibraryFilter, type LibraryState, libraryQuery } from './forms.ts'
import type { HiddenReason } from './image-rights/image-rights-queries.ts'
import { hiddenNotes } from './image-rights/image-rights-views.ts'
import { filesOnPage, type LibraryRow } from './library-queries.ts'
import { isBeingPrepared } from './preparation/preparation-views.ts'
import { libraryPath, type Sending } from './receiving/sending.ts'
import { convertedContentTypes, convertedExtensions, fileTypes, labelOf, type MediaKind } from './types.ts'
import { durationText, type ImageView, imageView, weightText } from './views.ts'

declare module '../web/render.ts' {
  interface Views {
    'media/library': LibraryPage
  }
}

export interface LibraryCard {
  href: string
  title: string
  /** « Image JPEG, 340 ko » */
  facts: string
  icon: string
  image: ImageView | undefined
  /** What is missing or to be known, in a few words. */
  notes: { text: string; isProblem: boolean }[]
}

interface Tab {
  label: string
  href: string
  current: boolean
}

export interface LibraryPage {
  errors: FieldError[]
  taken: { title: string; href: string }[]
  accept: string
  /** One sentence each. */
  limits: string[]
  filesAtOnce: number
  words: string
  /** What is missing or to be done. */
  states: { value: string; label: string; selected: boolean }[]
  kinds: { value: string; label: string; selected: boolean }[]
  folders: { value: string; label: string; selected: boolean }[]
  /** Of what is sent. */
  folderField: Field
  tabs: Tab[]
  /** « 44 fichiers, 12 Mo en tout » */
  summary: string
  isTrash: boolean
  isFiltered: boolean
  isEmpty: boolean
  files: LibraryCard[]
  pager: Pager | undefined
}

export const filesAtOnce = 50
export const largestRequestBytes = 4_000_000_000

const kindLabels: Record<MediaKind, string> = {
  image: 'Images',
  video: 'Vidéos',
  presentation: 'Présentations',
  pdf: 'PDF',
  document: 'Documents',
  captions: 'Sous-titres'
}
const kindIcons: Record<MediaKind, string> = {
  image: 'image',
  video: 'video',
  presentation: 'presentation',
  pdf: 'pdf',
  document: 'document',
  captions: 'document'
}

// Extensions and types: phones know the second. Without those of HEIC, iPhones turn their photos into JPEG before they send them.
const accept = [
  ...Object.values(fileTypes).flatMap((type) => [`.${type.extension}`, type.contentType]),
  ...convertedExtensions.map((extension) => `.${extension}`),
  ...convertedContentTypes
].join(',')

const limits = [
  `Images JPEG, PNG, WebP, AVIF ou HEIC (les photos des iPhone, gardées en JPEG)\u00a0: ${weightText(fileTypes.jpeg.largestBytes)} et 40 millions de pixels au plus.`,
  `Vidéos MP4, MOV ou WebM\u00a0: ${weightText(fileTypes.mp4.largestBytes)} au plus.`,
  `Présentations PPTX, PPSX ou ODP, documents DOCX, XLSX, ODT ou ODS\u00a0: ${weightText(fileTypes.pptx.largestBytes)} au plus.`,
  `PDF\u00a0: ${weightText(fileTypes.pdf.largestBytes)} au plus. Sous-titres VTT\u00a0: ${weightText(fileTypes.vtt.largestBytes)} au plus.`
]

export interface LibraryModel {
  filter: LibraryFilter
  page: number
  rows: LibraryRow[]
  used: Set<number>
  hidden: Map<number, HiddenReason>
  measure: { count: number; size: number }
  /** Of the whole library. */
  unprepared: { underway: number; failed: number }
  folders: Folder[]
  sendings?: Sending[]
  /** What is wrong with the sending as a whole. */
  problem?: string | undefined
}

export function libraryPage({
  filter,
  page,
  rows,
  used,
  hidden,
  measure,
  unprepared,
  folders,
  sendings = [],
  problem
}: LibraryModel): LibraryPage {
  const isTrash = filter.state === 'corbeille'
  const tab = (label: string, state: LibraryFilter['state']): Tab => {
    const query = libraryQuery({ ...filter, state }).toString()
    return {
      label,
      href: query ? `${libraryPath}?${query}` : libraryPath,
      current: isTrash === (state === 'corbeille')
    }
  }
  const refused = sendings.flatMap((sending) =>
    'message' in sending ? [{ field: 'fichiers', message: `${sending.name}\u00a0: ${sending.message}` }] : []
  )
  return {
    errors: problem ? [{ field: 'fichiers', message: problem }, ...refused] : refused,
    taken: sendings.flatMap((sending) =>
      'id' in sending ? [{ title: sending.title, href: `${libraryPath}/${sending.id}` }] : []
    ),
    accept,
    limits,
    filesAtOnce,
    words: filter.text,
    states: statesOf(unprepared).map(({ value, label }) => ({ value, label, selected: value === filter.state })),
    kinds: kinds.map((kind) => ({ value: kind, label: kindLabels[kind], selected: kind === filter.kind })),
    folders: folders.map(({ id, name }) => ({ value: String(id), label: name, selected: id === filter.folder })),
    folderField: fieldOf({
      name: 'dossier',
      label: 'Dossier',
      hint: 'Où ranger ce que vous envoyez. Un nouveau nom fait un nouveau dossier.',
      value: folders.find(({ id }) => id === filter.folder)?.name ?? '',
      maxlength: 80,
      list: 'dossiers',
      optional: true
    }),
    tabs: [tab('Tous les fichiers', undefined), tab('Corbeille', 'corbeille')],
    summary:
      measure.count === 0
        ? 'Aucun fichier'
        : `${countText(measure.count, 'fichier')}, ${weightText(measure.size)} en tout`,
    isTrash,
    isFiltered:
      filter.text !== '' ||
      filter.folder !== undefined ||
      filter.kind !== undefined ||
      (filter.state !== undefined && !isTrash),
    isEmpty: rows.length === 0,
    files: rows.map((row) => cardOf(row, used.has(row.id), hidden.get(row.id))),
    pager: pagerOf(libraryPath, libraryQuery(filter), page, Math.ceil(measure.count / filesOnPage))
  }
}

function statesOf(unprepared: LibraryModel['unprepared']): { value: LibraryState; label: string }[] {
  return [
    { value: 'sans-texte', label: 'Sans texte alternatif' },
    { value: 'sans-sous-titres', label: 'Sans sous-titres' },
    { value: 'pdf-a-ameliorer', label: 'PDF à améliorer' },
    { value: 'droit-a-verifier', label: 'Droit à l’image à vérifier' },
    { value: 'accord-bientot-fini', label: 'Accord bientôt fini' },
    { value: 'masques', label: 'Masqués aux agents' },
    { value: 'non-utilise', label: 'Non utilisés' },
    { value: 'en-preparation', label: counted('En préparation', unprepared.underway) },
    { value: 'en-echec', label: counted('En échec', unprepared.failed) }
  ]
}

function counted(label: string, count: number): string {
  return count > 0 ? `${label} (${count})` : label
}

function cardOf(row: LibraryRow, isUsed: boolean, hidden: HiddenReason | undefined): LibraryCard {
  const extent =
    row.duration_seconds !== null
      ? durationText(row.duration_seconds)
      : row.page_count !== null
        ? countText(row.page_count, row.kind === 'presentation' ? 'diapositive' : 'page')
        : undefined
  const problems = [
    row.preparation === 'failed' && 'Échec de la préparation',
    row.isPdfToImprove && 'PDF à améliorer',
    row.kind === 'image' && row.alt === null && 'Sans texte alternatif',
    row.kind === 'video' && row.captions_id === null && !row.isExcused && 'Sans sous-titres',
    hidden && hiddenNotes[hidden]
  ]
  const facts = [
    isBeingPrepared(row) && 'En préparation',
    row.trashed_at && `Jeté le ${instantDay(row.trashed_at).text}`,
    !hidden && row.agreement_until !== null && `Accord jusqu’au ${dayText(row.agreement_until)}`,
    !isUsed && !row.trashed_at && 'Non utilisé'
  ]
  return {
    href: `${libraryPath}/${row.id}`,
    title: row.title,
    facts: [labelOf(row.content_type), weightText(row.size), extent].filter((fact) => fact !== undefined).join(', '),
    icon: kindIcons[row.kind],
    // The title says it already, just beside.
    image: row.thumbnail ? { ...imageView(row.thumbnail), alt: '' } : undefined,
    notes: [...notesOf(problems, true), ...notesOf(facts, false)]
  }
}

function notesOf(texts: unknown[], isProblem: boolean): LibraryCard['notes'] {
  return texts.filter((text) => typeof text === 'string').map((text) => ({ text, isProblem }))
}
