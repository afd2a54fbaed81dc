/** What templates receive to show a file: addresses, sizes and words, ready to print. */
import { countText } from '../web/format.ts'
import type { ImageRow, MediaRow, SlideRow } from './queries.ts'
import { labelOf } from './types.ts'
import { chaptersOf } from './video/chapters.ts'
import { filmTimeText } from './video/film-time.ts'

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
  /** The words of what cannot be shown page by page; empty when they stand elsewhere, or are not known. */
  words: string
  /** Its pages will be read here in a moment. */
  isBeingPrepared: boolean
}

export interface VideoSource {
  src: string
  type: string
  /** For which screens; undefined: for all. */
  media: string | undefined
}

export interface VideoQuality {
  name: 'economique' | 'meilleure'
  /** « Économique (4 Mo) » */
  label: string
  src: string
}

export interface VideoView {
  title: string
  /** Where links lead; undefined where the page has shown it before. */
  anchor: string | undefined
  /** The best for a screen first. */
  sources: VideoSource[]
  /** What a phone plays. */
  lightest: VideoSource
  /** What the reader may choose between, the lightest first; empty when there is one size only. */
  qualities: VideoQuality[]
  chaptersSrc: string | undefined
  chapters: { at: number; time: string; title: string; href: string }[]
  /** Of the transcript; undefined like the other. */
  transcriptAnchor: string | undefined
  /** Undefined where readers see its renditions alone. */
  downloadHref: string | undefined
  /** Where whoever is shown asks that it be removed; undefined where there is nothing to ask. */
  removalHref: string | undefined
  poster: string | undefined
  captionsSrc: string | undefined
  /** Empty when there is none. */
  transcript: string
  /** « 2 min 05 s » */
  duration: string | undefined
  /** What is fetched when it is played: « 4 Mo », « 4 Mo à 16 Mo » when the reader may choose */
  weight: string
  sound: { src: string; weight: string } | undefined
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
  /** « Lien vers la diapositive 3 » */
  linkLabel: string
}

export interface DeckView {
  /** What its images are. */
  unit: 'Diapositive' | 'Page'
  document: DocumentView
  slides: SlideView[]
  /** Where the last pages have no image: « Les 60 premières pages se lisent ici, sur 200. » */
  limit: string | undefined
}

const posterWidth = 960
/** The chapters of a video, as a track of its player. */
export const chaptersFilename = 'chapitres.vtt'
const renditionName = /^\d+\.(?:avif|webp|mp4|m4a)$/
const units = ['kilobyte', 'megabyte', 'gigabyte'] as const
const weightFormats = units.map(
  (unit) => new Intl.NumberFormat('fr-FR', { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 })
)
const noBreakSpace = '\u00a0'

/** The address of the original. Its last part is for people: only the identifier counts. */
export function mediaUrl(media: { id: number; filename: string }): string {
  // A file that somebody named « 640.webp » must not be taken for a rendition.
  const name =
    renditionName.test(media.filename) || media.filename === chaptersFilename
      ? `original-${media.filename}`
      : media.filename
  return `/medias/${media.id}/${encodeURIComponent(name)}`
}

export function downloadUrl(media: { id: number; filename: string }): string {
  return `${mediaUrl(media)}?telecharger=1`
}

export interface Download {
  href: string
  /** « 1,2 Mo » */
  weight: string
}

/** What readers take away: the file, or of a film the best of what was made of it, which does not tell where it was filmed. */
export function downloadOf(media: MediaRow): Download {
  const best = sizesOf(media)[0]
  return best
    ? { href: `${renditionUrl(media.id, best)}&telecharger=1`, weight: weightText(best.size) }
    : { href: downloadUrl(media), weight: weightText(media.size) }
}

/** The sizes of a film, the best first. */
function sizesOf(media: MediaRow): MediaRow['renditions'] {
  return media.renditions.filter(({ format }) => format === 'mp4').toSorted((a, b) => b.width - a.width)
}

/** Where whoever is shown on a photo or a video asks that it be removed. */
export function removalUrl(mediaId: number): string {
  return `/medias/${mediaId}/retrait`
}

/** The address names the bytes (`v`), so that browsers may keep them: see the cache rules of the file route. */
export function renditionUrl(mediaId: number, rendition: ImageRow['renditions'][number]): string {
  return `/medias/${mediaId}/${rendition.width}.${rendition.format}?v=${rendition.version}`
}

/** The largest picture that a screen needs; the file itself while nothing is made of it. */
export function largestUrl(image: ImageRow): string {
  const largest = image.renditions.filter(({ format }) => format === 'webp').at(-1)
  return largest ? renditionUrl(image.id, largest) : mediaUrl(image)
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
  const isRead = media.kind === 'presentation' || media.kind === 'pdf'
  const best = sizesOf(media)[0]
  const download = downloadOf(media)
  return {
    href: best ? renditionUrl(media.id, best) : mediaUrl(media),
    downloadHref: download.href,
    title: media.title,
    typeLabel: labelOf(best ? 'video/mp4' : media.content_type),
    weight: download.weight,
    pages: media.page_count
      ? countText(media.page_count, media.kind === 'presentation' ? 'diapositive' : 'page')
      : undefined,
    words: media.kind === 'presentation' ? media.transcript : '',
    isBeingPrepared: isRead && (media.preparation === 'waiting' || media.preparation === 'working')
  }
}

export function videoView(media: MediaRow): VideoView {
  const sizes = sizesOf(media)
  const sound = media.renditions.find(({ format }) => format === 'm4a')
  const original = originalSource(media)
  const sources = sizes.length === 0 ? [original] : videoSources(media, sizes)
  return {
    title: media.title,
    anchor: videoAnchor(media.id),
    sources,
    lightest: sources.at(-1) ?? original,
    downloadHref: media.may_be_downloaded ? downloadOf(media).href : undefined,
    removalHref: removalUrl(media.id),
    poster: media.poster ? posterUrl(media.poster) : undefined,
    qualities: videoQualities(media, sizes),
    captionsSrc: media.captions ? mediaUrl(media.captions) : undefined,
    ...videoChapters(media, sources.at(-1) ?? original),
    transcriptAnchor: `transcription-${media.id}`,
    transcript: media.transcript,
    duration: media.duration_seconds ? durationText(media.duration_seconds) : undefined,
    weight: videoWeight(media, sizes),
    sound: sound && { src: renditionUrl(media.id, sound), weight: weightText(sound.size) },
    ...frame(media.width ? media : (media.poster ?? media))
  }
}

/** For a page that may show a film twice: links lead to the first. */
export function filmsOfPage(): (media: MediaRow) => VideoView {
  const placed = new Set<number>()
  return (media) => {
    const view = videoView(media)
    if (placed.has(media.id)) return { ...view, anchor: undefined, transcriptAnchor: undefined }
    placed.add(media.id)
    return view
  }
}

const largeScreen = '(min-width: 48rem)'

/** The file itself, as long as nothing was made of it. */
function originalSource(media: MediaRow): VideoSource {
  // Browsers play most QuickTime files, but not when told that they are.
  const type = media.content_type === 'video/quicktime' ? 'video/mp4' : media.content_type
  return { src: mediaUrl(media), type, media: undefined }
}

/** The light size for phones, the other for large screens. */
function videoSources(media: MediaRow, sizes: MediaRow['renditions']): VideoSource[] {
  return sizes.map((size, index) => ({
    src: renditionUrl(media.id, size),
    type: 'video/mp4',
    media: index < sizes.length - 1 ? largeScreen : undefined
  }))
}

function videoQualities(media: MediaRow, sizes: MediaRow['renditions']): VideoQuality[] {
  const [better, light] = sizes
  if (!better || !light) return []
  const quality = (name: VideoQuality['name'], words: string, size: MediaRow['renditions'][number]): VideoQuality => ({
    name,
    label: `${words} (${weightText(size.size)})`,
    src: renditionUrl(media.id, size)
  })
  return [quality('economique', 'Économique', light), quality('meilleure', 'Meilleure image', better)]
}

/** Where no script runs, a chapter opens the film alone, at its moment. */
function videoChapters(media: MediaRow, { src }: VideoSource): Pick<VideoView, 'chapters' | 'chaptersSrc'> {
  const chapters = chaptersOf(media.chapters)
  if (chapters.length === 0) return { chapters: [], chaptersSrc: undefined }
  return {
    chapters: chapters.map(({ at, title }) => ({
      at,
      title,
      time: filmTimeText(Math.floor(at) * 1000),
      href: `${src}#t=${at}`
    })),
    chaptersSrc: `/medias/${media.id}/${chaptersFilename}`
  }
}

function videoWeight(media: MediaRow, sizes: MediaRow['renditions']): string {
  const [large, light] = sizes
  if (!large) return weightText(media.size)
  if (!light) return weightText(large.size)
  return `${weightText(light.size)} à ${weightText(large.size)}`
}

/** One address only fits here: the format that every browser reads, no wider than the page. */
function posterUrl(poster: ImageRow): string {
  const fitting = poster.renditions.filter(({ format, width }) => format === 'webp' && width <= posterWidth).at(-1)
  return fitting ? renditionUrl(poster.id, fitting) : mediaUrl(poster)
}

/** Where a slide, or a page of a PDF, stands in the page that shows it. */
export function slideAnchor(mediaId: number, position: number): string {
  return `diapositive-${mediaId}-${position}`
}

/** Where a film stands in the page that shows it. */
export function videoAnchor(mediaId: number): string {
  return `video-${mediaId}`
}

export function deckView(presentation: MediaRow, slides: SlideRow[]): DeckView {
  const isPdf = presentation.kind === 'pdf'
  const unit = isPdf ? 'page' : 'diapositive'
  const isWhole = (presentation.page_count ?? 0) <= slides.length
  // Its own words stand beside each slide; what is left is of those that have no image.
  const document = { ...documentView(presentation), isBeingPrepared: false, ...(isWhole && { words: '' }) }
  return {
    unit: isPdf ? 'Page' : 'Diapositive',
    document,
    slides: slides.map((slide) => ({
      image: imageView(slide.image),
      title: slide.title,
      text: slide.text,
      notes: slide.notes,
      anchor: slideAnchor(presentation.id, slide.position),
      linkLabel: `Lien vers la ${unit} ${slide.position}`
    })),
    limit: isWhole
      ? undefined
      : `Les ${slides.length} premières ${unit}s se lisent ici, sur ${presentation.page_count}. Pour la suite, ouvrez le fichier.`
  }
}

/** What is read page by page where it stands, and what is opened or downloaded. */
export function documentsAndDecks(
  files: MediaRow[],
  slides: Map<number, SlideRow[]>
): { documents: DocumentView[]; decks: DeckView[] } {
  return {
    documents: files.filter((file) => !slides.has(file.id)).map((file) => documentView(file)),
    decks: files.flatMap((file) => {
      const own = slides.get(file.id)
      return own ? [deckView(file, own)] : []
    })
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
