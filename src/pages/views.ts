/** What the edited pages show: home, La démarche, the legal pages, the site map. */
import type { Progress } from '../engagements/progress.ts'
import type { ImageView, VideoView } from '../media/views.ts'
import type { FormattedDate } from '../web/format.ts'
import type { SafeHtml } from '../web/rich-text.ts'

declare module '../web/render.ts' {
  interface Views {
    'pages/home': HomePage
    'pages/demarche': DemarchePage
    'pages/show': EditedPage
    'pages/accessibility': AccessibilityPage
    'pages/sitemap': SitemapPage
  }
}

export interface HomeWord {
  authorName: string
  authorTitle: string
  title: string
  body: SafeHtml
  portrait: ImageView | undefined
  video: VideoView | undefined
}

export interface Change {
  /** « Action n° 12 », « Direction », « Entre nous », « Album » */
  kindLabel: string
  title: string
  href: string
  at: FormattedDate
}

export interface HomePage {
  firstName: string
  words: HomeWord[]
  progress: Progress
  changes: Change[]
  highlights: { title: string; text: string; href: string; image: ImageView | undefined }[]
}

export interface DemarchePage {
  title: string
  introduction: string
  body: SafeHtml
  steps: {
    dateText: string
    dateIso: string | undefined
    title: string
    body: SafeHtml
    image: ImageView | undefined
  }[]
}

/** Mentions légales and Confidentialité. */
export interface EditedPage {
  title: string
  introduction: string
  body: SafeHtml
  /** What the settings say; a value that nobody entered yet is named as missing. */
  facts: { label: string; value: string; missing: boolean }[]
  updated: FormattedDate
}

export interface AccessibilityPage {
  title: string
  introduction: string
  body: SafeHtml
  /** « non conforme » */
  statement: string
  /** « 87,5 % » once an audit is entered. */
  rate: string | undefined
  auditedOn: string | undefined
  updated: FormattedDate
}

export interface SitemapPage {
  sections: { title: string; href: string; links: { title: string; href: string }[] }[]
}
