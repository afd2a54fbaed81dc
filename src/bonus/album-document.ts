/** An album as it is written: its document, and the form that sends it. */
import { z } from 'zod'
import {
  day,
  identifier,
  identifiers,
  inPlaces,
  line,
  lines,
  readFields,
  repeated,
  tooLong
} from '../publishing/fields.ts'
import type { FieldError } from '../web/forms.ts'
import { slugOf } from '../web/slug.ts'

export interface AlbumItemDraft {
  mediaId: number
  caption: string
  /**
   * What the image shows, for one that the library does not describe yet; empty: it is decorative. Null: nobody has said.
   * It goes to the library when the album is published.
   */
  alternative: string | null
}

export interface AlbumDocument {
  title: string
  /** The end of its address; empty: made of the title. */
  slug: string
  /** `YYYY-MM-DD` */
  heldOn: string | null
  description: string
  /** Whether its photos and videos may be downloaded whole. */
  downloads: boolean
  items: AlbumItemDraft[]
}

/** More than this is several albums. A form brings fifty more, so that what is too much can still be taken out. */
export const mostItems = 250

export const longestCaption = 400
const longestAlternative = 500

const albumForm = z.object({
  titre: line,
  adresse: line,
  date: day,
  description: line,
  telechargement: z.string().catch(''),
  'photo[]': repeated,
  'legende[]': lines(5000),
  'place[]': repeated,
  enlever: identifiers,
  decoratives: identifiers,
  photos_ajout: identifiers
})

export function readAlbum(body: unknown, base: AlbumDocument): { document: AlbumDocument; errors: FieldError[] } {
  const form = readFields(albumForm, body)
  if (!form.ok) {
    // A list that was refused whole: no line of it is at fault.
    return { document: base, errors: [{ field: 'photos', message: form.errors[0]?.message ?? tooManyItems }] }
  }
  const { values } = form
  const removed = new Set(values.enlever)
  const decoratives = new Set(values.decoratives)
  const before = new Map(base.items.map((item) => [item.mediaId, item]))
  const itemOf = (mediaId: number, caption: string): AlbumItemDraft => ({
    mediaId,
    caption,
    alternative: asked(body, mediaId)
      ? alternativeOf(body, mediaId, decoratives)
      : (before.get(mediaId)?.alternative ?? null)
  })
  const sent = values['photo[]'].flatMap((value, index) => {
    const mediaId = identifier.parse(value)
    return mediaId === null
      ? []
      : [{ item: itemOf(mediaId, values['legende[]'][index] ?? ''), place: values['place[]'][index] ?? '' }]
  })
  const placed = inPlaces(
    sent.map(({ item }) => item),
    sent.map(({ place }) => place)
  )
  const added = values.photos_ajout.map((mediaId) => itemOf(mediaId, ''))
  const document: AlbumDocument = {
    ...base,
    title: values.titre,
    slug: slugOf(values.adresse),
    heldOn: values.date,
    description: values.description,
    downloads: values.telechargement === '' ? base.downloads : values.telechargement !== 'non',
    items: eachOnce([...placed.filter(({ mediaId }) => !removed.has(mediaId)), ...added])
  }
  const errors = tooLong([
    { field: 'titre', text: document.title, longest: 160 },
    { field: 'description', text: document.description, longest: 600 },
    ...document.items.flatMap(({ mediaId, caption, alternative }) => [
      { field: `legende-${mediaId}`, text: caption, longest: longestCaption },
      { field: `alternative-${mediaId}`, text: alternative ?? '', longest: longestAlternative }
    ])
  ])
  if (document.items.length > mostItems) errors.push({ field: 'photos', message: tooManyItems })
  return { document, errors }
}

export const tooManyItems = `Un album montre ${mostItems} photos et vidéos au plus\u00a0: faites-en deux.`

function alternativeField(mediaId: number): string {
  return `alternative-${mediaId}`
}

/** Whether the screen asked what this image shows: not when the library knows it. */
function asked(body: unknown, mediaId: number): body is Record<string, unknown> {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, alternativeField(mediaId))
}

function alternativeOf(body: Record<string, unknown>, mediaId: number, decoratives: Set<number>): string | null {
  const [typed] = [body[alternativeField(mediaId)]].flat()
  const text = typeof typed === 'string' ? line.parse(typed) : ''
  if (text !== '') return text
  return decoratives.has(mediaId) ? '' : null
}

/** A file is in an album once, where it is first. */
export function eachOnce(items: AlbumItemDraft[]): AlbumItemDraft[] {
  const seen = new Set<number>()
  return items.filter(({ mediaId }) => !seen.has(mediaId) && seen.add(mediaId))
}
