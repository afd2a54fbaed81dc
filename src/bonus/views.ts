/** What the pages of Bonus show: the magazine and the gallery. */
import type { DocumentView, ImageView, VideoView } from '../media/views.ts'
import type { FormattedDate } from '../web/format.ts'
import type { SafeHtml } from '../web/rich-text.ts'

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
  cover: ImageView | undefined
}

export interface AlbumCard {
  title: string
  href: string
  /** « 12 juin 2024 » */
  dateText: string
  /** « 6 photos », « 5 photos et 1 vidéo » */
  content: string
  cover: ImageView | undefined
}

export interface BonusPage {
  issues: IssueCard[]
  albums: AlbumCard[]
}

export interface IssuePage {
  number: number
  title: string
  season: string
  summary: string
  cover: ImageView | undefined
  body: SafeHtml
  /** The titles of the articles, each with the anchor of its heading in the body. */
  contents: { title: string; anchor: string }[]
  pdf: DocumentView | undefined
  published: FormattedDate
  previous: { title: string; href: string } | undefined
  next: { title: string; href: string } | undefined
}

export interface AlbumItem {
  caption: string
  image: ImageView | undefined
  /** The large image or the video itself. */
  href: string
  video: VideoView | undefined
}

export interface AlbumPage {
  title: string
  dateText: string
  description: string
  items: AlbumItem[]
  content: string
  previous: { title: string; href: string } | undefined
  next: { title: string; href: string } | undefined
}
