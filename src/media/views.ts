/** What templates receive to show a file: addresses, sizes and words, ready to print. */
import { countText } from '../web/format.ts'
import type { ImageRow, MediaRow, SlideRow } from './queries.ts'
import { labelOf } from './types.ts'

export interface ImageView {
  /** Empty for an image that says nothing more than the text beside it. */
  alt: string
  src: string
  width: number
  height: number
  /** For the `source` elements of a `picture`, the lightest format first; empty until the renditions are made. */
  sources: { type: string; srcset: string }[]
  /** Classes that keep the important point in sight where the picture is cropped; undefined for the middle. */
  focal: string | undefined
}

export interface DocumentView {
  /** Opens in the browser what it can show. */
  href: string
  downloadHref: string
  title: string
  /** « PDF », « PowerPoint », « Vidéo MP4 » */
  typeLabel: string
  /** « 1,2 Mo » */
  weight: string
  /** « 12 pages » */
  pages: string | undefined
}

export interface VideoView {
  title: string
  src: string
  type: string
  downloadHref: string
  poster: string | undefined
  captionsSrc: string | undefined
  /** Empty when there is none. */
  transcript: string
  /** « 2 min 05 s » */
  duration: string | undefined
  weight: string
  width: number
  height: number
}

export interface SlideView {
  image: ImageView
  title: string
  text: string
  notes: string
  /** Unique in the page, also when it shows several decks. */
  anchor: string
}

export interface DeckView {
  document: DocumentView
  slides: SlideView[]
}

const posterWidth = 960
const renditionName = /^\d+\.(?:avif|webp)$/
const units = ['kilobyte', 'megabyte', 'gigabyte'] as const
const weightFormats = units.map(
  (unit) => new Intl.NumberFormat('fr-FR', { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 })
)
const noBreakSpace = '\u00a0'

/** The address of the original. Its last part is for people: only the identifier counts. */
export function mediaUrl(media: { id: number; filename: string }): string {
  // A file that somebody named « 640.webp » must not be taken for a rendition.
  const name = renditionName.test(media.filename) ? `original-${media.filename}` : media.filename
  return `/medias/${media.id}/${encodeURIComponent(name)}`
}

function downloadUrl(media: { id: number; filename: string }): string {
  return `${mediaUrl(media)}?telecharger=1`
}

/** The address names the bytes (`v`), so that browsers may keep them: see the cache rules of the file route. */
export function renditionUrl(mediaId: number, rendition: ImageRow['renditions'][number]): string {
  return `/medias/${mediaId}/${rendition.width}.${rendition.format}?v=${rendition.version}`
}

/** How wide it is shown is for the template to say (`sizes`), which knows the layout. */
export function imageView(image: ImageRow): ImageView {
  const sources = (['avif', 'webp'] as const).map((format) => ({
    type: `image/${format}`,
    srcset: image.renditions
      .filter((rendition) => rendition.format === format)
      .map((rendition) => `${renditionUrl(image.id, rendition)} ${rendition.width}w`)
      .join(', ')
  }))
  return {
    alt: image.alt ?? '',
    src: mediaUrl(image),
    ...frame(image),
    sources: sources.filter((source) => source.srcset),
    focal: focalClasses(image)
  }
}

/** To the nearest tenth: the security policy allows no style in a page, so each step is a class of media-library.css. */
function focalClasses({ focal_x, focal_y }: Pick<ImageRow, 'focal_x' | 'focal_y'>): string | undefined {
  if (focal_x === null || focal_y === null) return undefined
  return `focal-x-${Math.round(focal_x / 10)} focal-y-${Math.round(focal_y / 10)}`
}

/** The room to keep for a picture; the usual shape when its size is not known. */
function frame(media: { width: number | null; height: number | null }): { width: number; height: number } {
  return media.width && media.height ? { width: media.width, height: media.height } : { width: 1600, height: 900 }
}

export function documentView(media: MediaRow): DocumentView {
  return {
    href: mediaUrl(media),
    downloadHref: downloadUrl(media),
    title: media.title,
    typeLabel: labelOf(media.content_type),
    weight: weightText(media.size),
    pages: media.page_count
      ? countText(media.page_count, media.kind === 'presentation' ? 'diapositive' : 'page')
      : undefined
  }
}

export function videoView(media: MediaRow): VideoView {
  return {
    title: media.title,
    src: mediaUrl(media),
    // Browsers play most QuickTime files, but not when told that they are.
    type: media.content_type === 'video/quicktime' ? 'video/mp4' : media.content_type,
    downloadHref: downloadUrl(media),
    poster: media.poster ? posterUrl(media.poster) : undefined,
    captionsSrc: media.captions ? mediaUrl(media.captions) : undefined,
    transcript: media.transcript,
    duration: media.duration_seconds ? durationText(media.duration_seconds) : undefined,
    weight: weightText(media.size),
    ...frame(media.width ? media : (media.poster ?? media))
  }
}

/** One address only fits here: the format that every browser reads, no wider than the page. */
function posterUrl(poster: ImageRow): string {
  const fitting = poster.renditions.filter(({ format, width }) => format === 'webp' && width <= posterWidth).at(-1)
  return fitting ? renditionUrl(poster.id, fitting) : mediaUrl(poster)
}

export function deckView(presentation: MediaRow, slides: SlideRow[]): DeckView {
  return {
    document: documentView(presentation),
    slides: slides.map((slide) => ({
      image: imageView(slide.image),
      title: slide.title,
      text: slide.text,
      notes: slide.notes,
      anchor: `diapositive-${presentation.id}-${slide.position}`
    }))
  }
}

/** « 340 ko », « 1,2 Mo » */
export function weightText(bytes: number): string {
  const kilobytes = Math.max(1, Math.round(bytes / 1000))
  const power = kilobytes < 1000 ? 0 : kilobytes < 1_000_000 ? 1 : 2
  const value = power === 0 ? kilobytes : bytes / 1000 ** (power + 1)
  return weightFormats[power]?.format(value) ?? ''
}

/** « 45 s », « 2 min 05 s », « 1 h 02 min » */
export function durationText(seconds: number): string {
  const parts = (large: number, largeUnit: string, small: number, smallUnit: string) =>
    [large, largeUnit, String(small).padStart(2, '0'), smallUnit].join(noBreakSpace)
  if (seconds < 60) return `${seconds}${noBreakSpace}s`
  if (seconds < 3600) return parts(Math.floor(seconds / 60), 'min', seconds % 60, 's')
  return parts(Math.floor(seconds / 3600), 'h', Math.floor((seconds % 3600) / 60), 'min')
}
