/** What the pages of engagements and actions show. */
import type { DocumentView, ImageView } from '../media/views.ts'
import type { FormattedDate } from '../web/format.ts'
import type { Pager } from '../web/pagination.ts'
import type { SafeHtml } from '../web/rich-text.ts'
import type { Progress, Status } from './progress.ts'

declare module '../web/render.ts' {
  interface Views {
    'engagements/list': EngagementListPage
    'engagements/show': EngagementPage
    'engagements/action': ActionPage
  }
}

export type Hue = 'brique' | 'ocre' | 'feuille' | 'lagon' | 'prune'

export interface EngagementCard {
  number: number
  href: string
  title: string
  tagline: string
  hue: Hue
  image: ImageView | undefined
  /** « 2 actions réalisées sur 6 » */
  sentence: string
}

export interface ActionCard {
  number: number
  href: string
  title: string
  hue: Hue
  engagementNumber: number
  engagementTitle: string
  status: Status
  statusLabel: string
  /** The directions that carry it, in words; empty when none. */
  directions: string
  updated: FormattedDate
}

export interface FilterOption {
  value: string
  label: string
  count: number
  selected: boolean
}

/** The filters of the list, each a parameter of the address. */
export interface ActionFilters {
  words: string
  statuses: FilterOption[]
  engagements: FilterOption[]
  directions: FilterOption[]
  services: FilterOption[]
  enjeux: FilterOption[]
}

export interface EngagementListPage {
  engagements: EngagementCard[]
  progress: Progress
  filters: ActionFilters
  /** The filters in force, each with the address of the list without it. */
  chips: { label: string; removeHref: string }[]
  /** « 30 actions » or « 4 actions sur 30 » */
  countSentence: string
  actions: ActionCard[]
  pager: Pager | undefined
}

export interface EngagementPage {
  number: number
  title: string
  tagline: string
  description: SafeHtml
  hue: Hue
  image: ImageView | undefined
  progress: Progress
  actions: ActionCard[]
  previous: { title: string; href: string; number: number; hue: Hue } | undefined
  next: { title: string; href: string; number: number; hue: Hue } | undefined
}

export interface StepView {
  /** « Fin 2022 » */
  dateText: string
  /** For the `datetime` attribute, where HTML has a form for it. */
  dateIso: string | undefined
  description: string
  done: boolean
}

export interface TagView {
  name: string
  href: string
  /** How many published actions carry it. */
  count: number
}

export interface ActionPage {
  number: number
  title: string
  hue: Hue
  engagement: { number: number; title: string; href: string }
  status: Status
  statusLabel: string
  isPublic: boolean
  /** False for a visitor: tools and documents are then reserved. */
  isMember: boolean
  /** The address of the sign-in page that comes back here. */
  signInHref: string
  image: ImageView | undefined
  summary: SafeHtml
  steps: StepView[]
  results: SafeHtml
  tools: SafeHtml
  /** Whether there is something to show to members: a visitor is told so. */
  hasTools: boolean
  hasDocuments: boolean
  services: TagView[]
  enjeux: TagView[]
  directions: { name: string; href: string }[]
  pilotes: string[]
  documents: DocumentView[]
  related: ActionCard[]
  due: { text: string; isPast: boolean } | undefined
  published: FormattedDate
  updated: FormattedDate
  author: string | undefined
  previous: { number: number; title: string; href: string } | undefined
  next: { number: number; title: string; href: string } | undefined
}
