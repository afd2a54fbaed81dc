/** The files that rich texts show among their words: found by the numbers that the texts hold, shown by the site's own partials. */
import { decodeEntities, type SafeHtml, storedRichText } from '../web/rich-text.ts'
import { placeOf, type RichTextNode, readRichText, wordsOf, writeRichText } from '../web/rich-text-tree.ts'
import type { MediaRow } from './queries.ts'
import {
  type DocumentView,
  documentView,
  filmsOfPage,
  type ImageView,
  imageView,
  removalUrl,
  type VideoView
} from './views.ts'

/** A piece of a rich text, for the partial `rich-text-body`. */
export type RichTextPart =
  | { kind: 'html'; html: SafeHtml }
  /** The caption is empty where there is none. */
  | { kind: 'image'; image: ImageView; caption: string; removalHref: string }
  | { kind: 'video'; video: VideoView }
  | { kind: 'document'; document: DocumentView }
  | { kind: 'figure'; value: string; words: string }

/** The files that texts name, each once. */
export function mediaIdsOf(...texts: string[]): number[] {
  const ids = texts.flatMap((html) =>
    [...html.matchAll(/ data-(?:image|video|document)="(\d{1,9})"/g)].map((match) => Number(match[1]))
  )
  return [...new Set(ids)]
}

/**
 * A stored text in pieces. A file that is not in `media` shows nothing: it is gone, in the trash, or not for this reader, who
 * then is given none of them. A page of several texts gives them all the same `film`.
 */
export function richTextParts(
  html: string,
  media: Map<number, MediaRow>,
  film: (media: MediaRow) => VideoView = filmsOfPage()
): RichTextPart[] {
  if (!/ data-/.test(html)) return html === '' ? [] : [{ kind: 'html', html: storedRichText(html) }]
  const parts: RichTextPart[] = []
  let words: RichTextNode[] = []
  const endWords = (): void => {
    const text = writeRichText(words)
    if (text.trim() !== '') parts.push({ kind: 'html', html: storedRichText(text) })
    words = []
  }
  for (const node of readRichText(html)) {
    const place = placeOf(node)
    if (!place) {
      words.push(node)
      continue
    }
    endWords()
    const part = partOf(place, node, media, film)
    if (part) parts.push(part)
  }
  endWords()
  return parts
}

function partOf(
  place: NonNullable<ReturnType<typeof placeOf>>,
  node: RichTextNode,
  media: Map<number, MediaRow>,
  film: (media: MediaRow) => VideoView
): RichTextPart | undefined {
  if (place.kind === 'figure') {
    return { kind: 'figure', value: decodeEntities(place.value), words: decodeEntities(place.words) }
  }
  const file = media.get(place.id)
  if (!file) return undefined
  if (place.kind === 'document') return { kind: 'document', document: documentView(file) }
  if (place.kind !== file.kind) return undefined
  return file.kind === 'video'
    ? { kind: 'video', video: film(file) }
    : {
        kind: 'image',
        image: imageView(file),
        caption: decodeEntities(wordsOf(node)),
        removalHref: removalUrl(file.id)
      }
}
