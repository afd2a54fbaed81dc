/** What the media library is asked, and what is written about a file. */
import { z } from 'zod'
import { type FieldError, storable } from '../web/forms.ts'
import { pageNumber, searchWords } from '../web/query-string.ts'
import type { MediaKind } from './types.ts'
import { filmTimeText, readFilmTime } from './video/film-time.ts'
import { chaptersField, transcriptField } from './video/video-words-forms.ts'

export const kinds = ['image', 'video', 'presentation', 'pdf', 'document', 'captions'] as const satisfies MediaKind[]
const states = [
  'sans-texte',
  'sans-sous-titres',
  'pdf-a-ameliorer',
  'droit-a-verifier',
  'accord-bientot-fini',
  'masques',
  'non-utilise',
  'en-preparation',
  'en-echec',
  'corbeille'
] as const

export type LibraryState = (typeof states)[number]

export interface LibraryFilter {
  /** As typed. */
  text: string
  words: string[]
  kind: MediaKind | undefined
  state: LibraryState | undefined
  /** The number of a folder. */
  folder?: number | undefined
  /** What readers may see alone. */
  onShow?: true
}

const first = (value: unknown) => [value].flat()[0]

export const libraryFilter = z
  .object({
    q: searchWords,
    type: z.preprocess(first, z.enum(kinds).optional().catch(undefined)),
    etat: z.preprocess(first, z.enum(states).optional().catch(undefined)),
    dossier: z.preprocess(
      first,
      z
        .string()
        .regex(/^[1-9]\d{0,8}$/)
        .transform(Number)
        .optional()
        .catch(undefined)
    ),
    page: pageNumber
  })
  .transform(({ q, type, etat, dossier, page }) => ({ filter: filterOf(q, type, etat, dossier), page }))

function filterOf(text: string, kind?: MediaKind, state?: LibraryState, folder?: number): LibraryFilter {
  return { text, words: text.split(/\s+/).filter(Boolean).slice(0, 8), kind, state, folder }
}

export const wholeLibrary = filterOf('')

/** The address of the list with this filter. */
export function libraryQuery({ text, kind, state, folder }: LibraryFilter): URLSearchParams {
  const query = new URLSearchParams()
  if (text !== '') query.set('q', text)
  if (kind) query.set('type', kind)
  if (state) query.set('etat', state)
  if (folder) query.set('dossier', String(folder))
  return query
}

/** What is kept of an answer to « À quoi sert cette image ? ». */
export function alternativeOf({ role, alt }: z.infer<typeof alternativeForm>): string {
  return role === 'decorative' ? '' : alt
}

const longestAlternative = 500
/** Beyond, listening takes too long: said, not refused. */
export const comfortableAlternative = 150

const title = storable(
  z
    .string('Donnez un titre à ce fichier.')
    .trim()
    .min(1, 'Donnez un titre à ce fichier.')
    .max(200, 'Ce titre est trop long\u00a0: 200 caractères au plus.')
)

const longestFolder = 80

/** As it is kept: one line, its spaces made regular. */
export function folderName(typed: string): string {
  return typed
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
}

/** Undefined: the form does not ask. Empty: in no folder. */
const folder = z
  .string()
  .transform(folderName)
  .refine(
    (name) => name.length <= longestFolder,
    `Ce nom de dossier est trop long\u00a0: ${longestFolder} caractères au plus.`
  )
  .optional()

const onlyAName =
  /^\S+\.(?:jpe?g|png|webp|heic|gif|avif|tiff?)$|^(?:img|dsc[fn]?|pxl|p|image|photo|screenshot|capture)[\s_-]*\d[\w\s-]*$/i
const announced =
  /^(?:(?:une?|l[’'])\s*)?(?:image|photo(?:graphie)?|illustration|dessin|visuel)\s*(?:de\s|d[’']|du\s|des\s|montrant|représentant|:)/i

const hundredth = z
  .string()
  .trim()
  .refine((text) => text === '' || (/^\d{1,3}$/.test(text) && Number(text) <= 100), 'Donnez un nombre entre 0 et 100.')
  .transform((text) => (text === '' ? null : Number(text)))

export const alternativeForm = z.object({
  role: z.enum(['informative', 'decorative'], 'Dites à quoi sert cette image\u00a0: informative ou décorative.'),
  alt: storable(
    z.string().trim().max(longestAlternative, `Ce texte est trop long\u00a0: ${longestAlternative} caractères au plus.`)
  )
})

export const imageForm = alternativeForm.extend({ title, dossier: folder, focal_x: hundredth, focal_y: hundredth })

/** What only shows once the fields are read together. */
export function imageProblems(values: z.infer<typeof imageForm>, filename: string): FieldError[] {
  const problems = alternativeProblems(values, filename)
  if ((values.focal_x === null) !== (values.focal_y === null)) {
    problems.push({
      field: values.focal_x === null ? 'focal_x' : 'focal_y',
      message: 'Donnez les deux nombres du point important, ou aucun.'
    })
  }
  return problems
}

/** What keeps a text from describing an image. */
export function alternativeProblems(values: z.infer<typeof alternativeForm>, filename: string): FieldError[] {
  const problems: FieldError[] = []
  const { alt } = values
  const stem = filename.replace(/\.[^.]*$/, '')
  if (values.role === 'informative') {
    if (alt === '') problems.push({ field: 'alt', message: 'Décrivez en une phrase ce que l’image apporte.' })
    else if (onlyAName.test(alt) || alt === filename || alt === stem) {
      problems.push({ field: 'alt', message: 'Un nom de fichier ne dit rien de l’image. Décrivez ce qu’elle apporte.' })
    } else if (announced.test(alt)) {
      problems.push({
        field: 'alt',
        message: 'Les lecteurs d’écran annoncent déjà qu’il s’agit d’une image. Commencez par ce qu’elle montre.'
      })
    }
  }
  return problems
}

const chooseFile = 'Choisissez un fichier de la liste.'
const chosenFile = z
  .string(chooseFile)
  .regex(/^\d{0,9}$/, chooseFile)
  .transform((text) => (text === '' ? null : Number(text)))

export const videoForm = z.object({
  title,
  dossier: folder,
  captions_id: chosenFile,
  poster_id: chosenFile,
  transcript: transcriptField,
  chapters: chaptersField
})

/** A day, as the column allows: of a film whose duration nobody knows. */
const longestFilmMs = 86_400_000

export const frameForm = z.object({ image_du_film: z.string().transform(readFilmTime) })

export function frameProblems(
  { image_du_film: ms }: z.infer<typeof frameForm>,
  durationSeconds: number | null
): FieldError[] {
  const refuse = (message: string): FieldError[] => [{ field: 'image_du_film', message }]
  if (ms === undefined || ms > longestFilmMs) return refuse('Écrivez un moment de la vidéo, comme 0:12.')
  if (durationSeconds === null || ms <= durationSeconds * 1000) return []
  return refuse(`La vidéo finit à ${filmTimeText(durationSeconds * 1000)}.`)
}

export const fileForm = z.object({ title, dossier: folder })

/** What is used goes to the trash only when whoever does it has seen where. */
export const trashForm = z.object({ confirmation: z.enum(['oui', '']) })
