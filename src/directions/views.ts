/** What the pages of directions show. */
import type { ActionCard } from '../engagements/views.ts'
import type { DeckView, DocumentView, ImageView, VideoView } from '../media/views.ts'
import type { FormattedDate } from '../web/format.ts'
import type { SafeHtml } from '../web/rich-text.ts'

declare module '../web/render.ts' {
  interface Views {
    'directions/list': DirectionListPage
    'directions/show': DirectionPage
  }
}

export interface DirectionCard {
  name: string
  href: string
  tagline: string
  image: ImageView | undefined
  /** « 4 actions » */
  actionCount: string
  /** « Diaporama, vidéo »; empty when there is none. */
  mediaWords: string
}

export interface DirectionListPage {
  directions: DirectionCard[]
}

export interface DirectionPage {
  name: string
  tagline: string
  image: ImageView | undefined
  project: SafeHtml
  team: { name: string; jobTitle: string; initials: string; portrait: ImageView | undefined }[]
  referents: string[]
  videos: VideoView[]
  decks: DeckView[]
  documents: DocumentView[]
  actions: ActionCard[]
  updated: FormattedDate
  previous: { title: string; href: string } | undefined
  next: { title: string; href: string } | undefined
}
