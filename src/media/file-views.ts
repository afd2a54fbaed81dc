/** What the page of one file of the library shows. */
import { instantDay, instantText } from '../web/format.ts'
import { type Choice, choiceOf, errorOf, type Field, type FieldError, fieldOf, type Typed } from '../web/forms.ts'
import { isScan, type PdfLack, pdfLacks } from './documents/pdf-advice.ts'
import type { LibraryFile, Offered } from './file-queries.ts'
import type { Folder } from './folders.ts'
import { comfortableAlternative } from './forms.ts'
import type { HiddenReason } from './image-rights/image-rights-queries.ts'
import {
  type HiddenView,
  hiddenView,
  mayShowPeople,
  type RightsView,
  rightsView
} from './image-rights/image-rights-views.ts'
import type { RemovalRequest } from './image-rights/removal-requests.ts'
import { type PreparationView, preparationView } from './preparation/preparation-views.ts'
import type { MediaRow, SlideRow } from './queries.ts'
import { libraryPath, wordsPath } from './receiving/sending.ts'
import type { Twin } from './space/space-queries.ts'
import { convertedContentTypes, convertedExtensions, fileTypes, labelOf, type MediaKind } from './types.ts'
import type { MediaUse, UsePlace } from './use-queries.ts'
import { chaptersOf, chaptersText } from './video/chapters.ts'
import { filmTimeText } from './video/film-time.ts'
import { chaptersField, transcriptField } from './video/video-words-views.ts'
import {
  type DeckView,
  type DocumentView,
  deckView,
  documentView,
  downloadUrl,
  durationText,
  type ImageView,
  imageView,
  mediaUrl,
  type VideoView,
  videoView,
  weightText
} from './views.ts'

declare module '../web/render.ts' {
  interface Views {
    'media/file': FilePage
  }
}

export interface FilePage {
  id: number
  href: string
  title: string
  kind: MediaKind
  filename: string
  /** Label and value. */
  facts: { label: string; value: string }[]
  /** Another file with the same bytes. */
  twin: { title: string; href: string } | undefined
  errors: FieldError[]
  titleField: Field
  folderField: Field
  folders: string[]
  image: { view: ImageView; role: Choice; alt: Field; focalX: Field; focalY: Field } | undefined
  video:
    | {
        view: VideoView
        wordsHref: string
        captions: SelectField
        posters: SelectField
        transcript: Field
        chapters: Field
        /** What is wanted of the film as its first picture, and how to ask. */
        frame: { at: Field; sentence: string | undefined; isProblem: boolean }
      }
    | undefined
  deck: DeckView | undefined
  document: DocumentView | undefined
  uses: { what: string; title: string; href: string }[]
  /** The presentation it is a slide of, and goes with. */
  partOf: { title: string; href: string } | undefined
  trashed: { on: string; by: string | undefined } | undefined
  /** Why readers do not see it; undefined: they do, or it is in the trash. */
  hidden: HiddenView | undefined
  /** Of photos and videos. */
  rights: RightsView | undefined
  /** What is being made of it, or could not be. */
  preparation: PreparationView | undefined
  /** Whether everyone can read it, of a PDF of which something is known. */
  pdf: { facts: { label: string; value: string }[]; lacks: PdfLack[] } | undefined
  /** Of the field of the new file. */
  replaceError: string | undefined
  replaceAccept: string
  trashError: string | undefined
}

/** Nothing to say of a file that is ready. */
function preparationOf(file: LibraryFile): FilePage['preparation'] {
  const view = preparationView(file)
  return view?.isUnderway || view?.mayRetry || view?.isProblem ? view : undefined
}

function pdfOf(file: LibraryFile): FilePage['pdf'] {
  if (file.kind !== 'pdf') return undefined
  const { pdf_title, pdf_language, pdf_is_tagged, pdf_text_pages } = file
  const facts = [
    pdf_text_pages !== null && { label: 'Contenu', value: isScan(file) ? 'Pages scannées, sans texte' : 'Du texte' },
    pdf_title !== null && { label: 'Son titre', value: pdf_title || 'Aucun' },
    pdf_language !== null && { label: 'Sa langue', value: languageName(pdf_language) },
    pdf_is_tagged !== null && { label: 'Balisé', value: pdf_is_tagged ? 'Oui' : 'Non' }
  ].filter((fact) => fact !== false)
  return facts.length > 0 ? { facts, lacks: pdfLacks(file) } : undefined
}

const languageNames = new Intl.DisplayNames('fr', { type: 'language', fallback: 'code' })

/** « fr-FR » → « français (France) »; what the file says itself when it is no language. */
function languageName(code: string): string {
  if (code === '') return 'Non dite'
  try {
    return languageNames.of(code) ?? code
  } catch {
    return code
  }
}

export interface SelectField {
  name: string
  label: string
  hint: string
  none: string
  error: string | undefined
  options: { value: string; label: string; selected: boolean }[]
}

const useLabels: Record<UsePlace, string> = {
  image: 'Image de la page',
  document: 'Document attaché',
  text: 'Dans le texte',
  portrait: 'Portrait',
  file: 'Présentation de la direction',
  cover: 'Couverture',
  pdf: 'PDF à télécharger',
  album: 'Dans l’album',
  words: 'Mots de l’accueil',
  highlight: 'À la une de l’accueil',
  step: 'Étape de la démarche',
  draft: 'Brouillon en cours',
  logo: 'Logo du site',
  slide: 'Diapositive de la présentation',
  poster: 'Image d’attente de la vidéo',
  captions: 'Sous-titres de la vidéo'
}

export interface FileModel {
  file: LibraryFile
  twin?: Twin | undefined
  uses: MediaUse[]
  /** Undefined where it cannot be shown whole. */
  media: MediaRow
  /** Of a presentation that was read slide by slide. */
  slides: SlideRow[]
  folders: Folder[]
  captions: Offered[]
  posters: Offered[]
  hidden: HiddenReason | undefined
  removals: RemovalRequest[]
  agreementBy: string | undefined
  typed?: Typed
  /** Of the form of its droit à l’image. */
  rightsTyped?: Typed
  errors?: FieldError[]
}

export function filePage({
  file,
  twin,
  uses,
  media,
  slides,
  folders,
  captions,
  posters,
  hidden,
  removals,
  agreementBy,
  typed,
  rightsTyped,
  errors = []
}: FileModel): FilePage {
  // The small form of the picture of the film knows nothing of the fields of the other.
  const isOther = typed?.image_du_film !== undefined
  const value = (name: string, stored: string): string => typed?.[name] ?? (typed && !isOther ? '' : stored)
  const page: FilePage = {
    id: file.id,
    href: `${libraryPath}/${file.id}`,
    title: file.title,
    kind: file.kind,
    filename: file.filename,
    facts: factsOf(file, media),
    twin: twin && { title: twin.title, href: `${libraryPath}/${twin.id}` },
    errors,
    titleField: fieldOf({
      name: 'title',
      label: 'Titre',
      hint: 'Ce que lisent les agents à la place du nom du fichier.',
      value: value('title', file.title),
      maxlength: 200,
      error: errorOf(errors, 'title')
    }),
    folderField: fieldOf({
      name: 'dossier',
      label: 'Dossier',
      hint: 'Pour le retrouver dans la médiathèque. Un nouveau nom fait un nouveau dossier.',
      value: value('dossier', file.folderName ?? ''),
      maxlength: 80,
      list: 'dossiers',
      optional: true,
      error: errorOf(errors, 'dossier')
    }),
    folders: folders.map(({ name }) => name),
    image: undefined,
    video: undefined,
    deck: undefined,
    document: undefined,
    uses: uses.map(({ place, title, href }) => ({ what: useLabels[place], title, href })),
    partOf: file.deck ? { title: file.deck.title, href: `${libraryPath}/${file.deck.id}` } : undefined,
    preparation: preparationOf(file),
    pdf: pdfOf(file),
    trashed: file.trashed_at ? { on: instantText(file.trashed_at), by: file.trashedByName ?? undefined } : undefined,
    hidden: hidden && !file.trashed_at ? hiddenView(file, hidden, removals, rightsTyped, errors) : undefined,
    rights: mayShowPeople(file) ? rightsView(file, agreementBy, removals, rightsTyped, errors) : undefined,
    replaceError: errorOf(errors, 'fichier'),
    replaceAccept: Object.values(fileTypes)
      .filter((type) => type.kind === file.kind)
      .flatMap((type) => [`.${type.extension}`, type.contentType])
      .concat(file.kind === 'image' ? [...convertedExtensions.map((end) => `.${end}`), ...convertedContentTypes] : [])
      .join(','),
    trashError: errorOf(errors, 'confirmation')
  }
  if (file.kind === 'image' && file.image) page.image = imageFields(file, file.image, value, errors)
  if (file.kind === 'video') page.video = videoFields(file, media, captions, posters, value, errors, typed)
  if (slides.length > 0) page.deck = deckView(media, slides)
  else if (file.kind !== 'image') page.document = originalOf(media)
  return page
}

type ValueOf = (name: string, stored: string) => string

function imageFields(
  file: LibraryFile,
  image: NonNullable<LibraryFile['image']>,
  value: ValueOf,
  errors: FieldError[]
): FilePage['image'] {
  const focal = (name: 'focal_x' | 'focal_y', label: string, hint: string): Field =>
    fieldOf({
      name,
      label,
      hint,
      value: value(name, file[name] === null ? '' : String(file[name])),
      inputmode: 'numeric',
      maxlength: 3,
      optional: true,
      error: errorOf(errors, name)
    })
  return {
    view: imageView(image),
    role: choiceOf({
      name: 'role',
      label: 'À quoi sert cette image\u00a0?',
      // Nobody has said yet: nothing is chosen in their place.
      value: value('role', file.alt === null ? '' : file.alt === '' ? 'decorative' : 'informative'),
      error: errorOf(errors, 'role'),
      options: [
        {
          value: 'informative',
          label: 'Informative\u00a0: décrivez-la',
          hint: 'Elle dit quelque chose que le texte d’à côté ne dit pas.'
        },
        { value: 'decorative', label: 'Décorative', hint: 'Sans elle, on ne perd rien. Elle ne sera pas annoncée.' }
      ]
    }),
    alt: fieldOf({
      name: 'alt',
      label: 'Texte alternatif',
      hint: `Pour une image informative, en une phrase de ${comfortableAlternative} caractères au plus. Exemple\u00a0: «\u00a0Deux agentes plantent un tilleul dans la cour de l’école\u00a0».`,
      type: 'textarea',
      rows: 3,
      value: value('alt', file.alt ?? ''),
      maxlength: 500,
      error: errorOf(errors, 'alt')
    }),
    focalX: focal('focal_x', 'Depuis la gauche', 'De 0 (tout à gauche) à 100 (tout à droite).'),
    focalY: focal('focal_y', 'Depuis le haut', 'De 0 (tout en haut) à 100 (tout en bas).')
  }
}

function videoFields(
  file: LibraryFile,
  media: MediaRow,
  captions: Offered[],
  posters: Offered[],
  value: ValueOf,
  errors: FieldError[],
  typed: Typed | undefined
): FilePage['video'] {
  const select = (
    name: 'captions_id' | 'poster_id',
    label: string,
    hint: string,
    none: string,
    offered: Offered[]
  ): SelectField => {
    const chosen = value(name, file[name] === null ? '' : String(file[name]))
    return {
      name,
      label,
      hint,
      none,
      error: errorOf(errors, name),
      options: offered.map(({ id, title, filename }) => ({
        value: String(id),
        label: `${title} (${filename})`,
        selected: chosen === String(id)
      }))
    }
  }
  return {
    // Whoever looks after the file has better than a request to make.
    view: { ...videoView(media), removalHref: undefined },
    wordsHref: wordsPath(file.id),
    captions: select(
      'captions_id',
      'Sous-titres',
      'Écrivez-les à côté de la vidéo, ou choisissez un fichier VTT de la médiathèque. Sans sous-titres, les agents sourds et ceux qui n’ont pas d’écouteurs ne suivent pas.',
      'Aucun',
      captions
    ),
    posters: select(
      'poster_id',
      'Image d’attente',
      'Ce que l’on voit avant de lancer la vidéo.',
      'La première image de la vidéo',
      posters
    ),
    transcript: transcriptField(value('transcript', file.transcript), errorOf(errors, 'transcript')),
    chapters: chaptersField(value('chapters', chaptersText(chaptersOf(file.chapters))), errorOf(errors, 'chapters')),
    frame: frameFields(file, typed, errors)
  }
}

/** While it is being taken, and when it could not be, the page says so. */
function frameFields(
  file: LibraryFile,
  typed: Typed | undefined,
  errors: FieldError[]
): NonNullable<FilePage['video']>['frame'] {
  return {
    at: fieldOf({
      name: 'image_du_film',
      label: 'À quel moment de la vidéo',
      hint: 'Minutes et secondes\u00a0: 0:12.',
      value: typed?.image_du_film ?? '',
      width: 'short',
      maxlength: 20,
      autocomplete: 'off',
      error: errorOf(errors, 'image_du_film')
    }),
    sentence:
      file.frame_wanted === null
        ? file.frame_note || undefined
        : `L’image à ${filmTimeText(Math.round(file.frame_wanted * 1000))} est en préparation\u00a0: elle sera là d’ici une minute.`,
    isProblem: file.frame_wanted === null && file.frame_note !== ''
  }
}

function factsOf(file: LibraryFile, media: MediaRow): FilePage['facts'] {
  const facts: { label: string; value: string | undefined }[] = [
    { label: 'Fichier', value: file.filename },
    { label: 'Type', value: labelOf(file.content_type) },
    { label: 'Poids', value: weightText(file.size) },
    { label: 'Taille', value: file.width && file.height ? `${file.width} × ${file.height} pixels` : undefined },
    { label: 'Durée', value: file.duration_seconds ? durationText(file.duration_seconds) : undefined },
    { label: 'Longueur', value: documentView(media).pages },
    { label: 'Prise de vue', value: file.taken_at ? instantText(file.taken_at) : undefined },
    {
      label: 'Envoyé le',
      value: instantDay(file.created_at).text + (file.authorName ? ` par ${file.authorName}` : '')
    }
  ]
  return facts.flatMap(({ label, value }) => (value ? [{ label, value }] : []))
}

/** The file as it was sent, also of a film: whoever manages the library may take it back. */
function originalOf(media: MediaRow): DocumentView {
  return {
    ...documentView(media),
    href: mediaUrl(media),
    downloadHref: downloadUrl(media),
    typeLabel: labelOf(media.content_type),
    weight: weightText(media.size)
  }
}
