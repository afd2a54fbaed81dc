/** What the pages of Bonus show: the magazine and the gallery. */
import type { MediaRow, SlideRow } from '../media/queries.ts'
import { type RichTextPart, richTextParts } from '../media/rich-text-media.ts'
import {
  type DeckView,
  type DocumentView,
  deckView,
  documentView,
  downloadOf,
  type ImageView,
  imageView,
  largestUrl,
  removalUrl,
  type VideoView,
  videoView
} from '../media/views.ts'
import { countText, dayText, type FormattedDate, instantDay } from '../web/format.ts'
import { type Neighbours, neighboursOf } from '../web/neighbours.ts'
import { anchoredHeadings } from '../web/rich-text.ts'
import type { findAlbum, findIssue, listAlbums, listIssues, Titled } from './queries.ts'

declare module '../web/render.ts' {
  interface Views {
    'bonus/index': BonusPage
    'bonus/issue': IssuePage
    'bonus/album': AlbumPage
  }
}

export interface IssueCard {
  number: number
  title: string
  season: string
  href: string
  summary: string
  cover: ImageView | null
}

export interface AlbumCard {
  title: string
  href: string
  /** « 12 juin 2024 » */
  dateText: string
  /** « 6 photos », « 5 photos et 1 vidéo » */
  content: string
  cover: ImageView | null
}

export interface BonusPage {
  issues: IssueCard[]
  albums: AlbumCard[]
}

export interface IssuePage extends Neighbours {
  number: number
  title: string
  season: string
  summary: string
  cover: ImageView | null
  body: RichTextPart[]
  /** The titles of the articles, each with the anchor of its heading in the body. */
  contents: { title: string; anchor: string }[]
  pdf: DocumentView | undefined
  /** Its pages, once they are made. */
  deck: DeckView | undefined
  published: FormattedDate
}

export interface AlbumItem {
  caption: string
  image: ImageView | null
  /** The image or the video as a screen wants it: what opens without script. */
  href: string
  video: VideoView | undefined
  /** The file itself, with its weight; undefined where the album keeps to what is seen on a screen. */
  download: { href: string; weight: string } | undefined
  removal: { href: string; label: string }
}

export interface AlbumPage extends Neighbours {
  title: string
  dateText: string
  description: string
  items: AlbumItem[]
  content: string
}

type IssueRow = Awaited<ReturnType<typeof listIssues>>[number]
type AlbumRow = Awaited<ReturnType<typeof listAlbums>>[number]

export function issueCard(row: IssueRow): IssueCard {
  return {
    number: row.number,
    title: row.title,
    season: row.season,
    href: issueHref(row.slug),
    summary: row.summary,
    cover: row.cover && imageView(row.cover)
  }
}

export function issuePage(parts: {
  row: NonNullable<Awaited<ReturnType<typeof findIssue>>>
  all: Titled[]
  media: Map<number, MediaRow>
  slides: Map<number, SlideRow[]>
}): IssuePage {
  const { row, all, media, slides } = parts
  const pdf = media.get(row.pdf_id ?? 0)
  const pages = pdf && slides.get(pdf.id)
  const { html, headings } = anchoredHeadings(row.body)
  return {
    number: row.number,
    title: row.title,
    season: row.season,
    summary: row.summary,
    cover: row.cover && imageView(row.cover),
    body: richTextParts(html, media),
    contents: headings,
    pdf: pdf && documentView(pdf),
    deck: pdf && pages && deckView(pdf, pages),
    published: instantDay(row.published_at ?? row.updated_at),
    ...neighboursInTime(all, row.slug, issueHref)
  }
}

export function albumCard(row: AlbumRow): AlbumCard {
  return {
    title: row.title,
    href: albumHref(row.slug),
    dateText: dayText(row.held_on),
    content: albumContent(row.photo_count, row.video_count),
    cover: row.cover && imageView(row.cover)
  }
}

export function albumPage(parts: {
  row: NonNullable<Awaited<ReturnType<typeof findAlbum>>>
  all: Titled[]
  media: Map<number, MediaRow>
}): AlbumPage {
  const { row, all, media } = parts
  const items = row.items.flatMap(({ media_id, caption }): AlbumItem[] => {
    const file = media.get(media_id)
    if (!file) return []
    const video = file.kind === 'video' ? videoView(file) : undefined
    const isDownloaded = row.downloads && file.may_be_downloaded
    return [
      {
        caption,
        href: video?.lightest.src ?? largestUrl(file),
        image: pictureOf(file),
        video,
        download: isDownloaded ? downloadOf(file) : undefined,
        removal: {
          href: removalUrl(file.id),
          label: `Je suis sur cette ${video ? 'vidéo' : 'photo'}, retirez-la`
        }
      }
    ]
  })
  return {
    title: row.title,
    dateText: dayText(row.held_on),
    description: row.description,
    items,
    content: albumContent(items.filter((item) => !item.video).length, items.filter((item) => item.video).length),
    ...neighboursInTime(all, row.slug, albumHref)
  }
}

/** The picture of a video is silent: its title is beside it. */
function pictureOf(file: MediaRow): ImageView | null {
  if (file.kind !== 'video') return imageView(file)
  return file.poster && { ...imageView(file.poster), alt: '' }
}

function issueHref(slug: string): string {
  return `/bonus/entre-nous/${slug}`
}

function albumHref(slug: string): string {
  return `/bonus/galerie/${slug}`
}

/** The lists go from the latest to the first; readers go forward in time. */
function neighboursInTime(latestFirst: Titled[], here: string, href: (slug: string) => string): Neighbours {
  return neighboursOf(
    latestFirst.toReversed(),
    ({ slug }) => slug === here,
    ({ slug, title }) => ({ title, href: href(slug) })
  )
}

function albumContent(photos: number, videos: number): string {
  const parts = [photos > 0 && countText(photos, 'photo'), videos > 0 && countText(videos, 'vidéo')]
  return parts.filter((part) => part !== false).join(' et ') || 'Album vide'
}
