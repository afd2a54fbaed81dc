/** What « Porte-clés et affiches » shows, and what is printed. */
import type { Status } from '../engagements/progress.ts'
import type { PrintedLogo } from '../media/images/printed-images.ts'
import { lightColour } from '../web/accent.ts'
import type { SiteSettings } from '../web/context.ts'
import { plainText } from '../web/rich-text.ts'
import type { CardSite } from './posters-cards.ts'
import type {
  findPosterAction,
  findPosterEngagement,
  listPosterActions,
  listPosterEngagements
} from './posters-queries.ts'
import { type Poster, progressOfPoster } from './posters-sheet.ts'

declare module '../web/render.ts' {
  interface Views {
    'gestion/posters': PostersPage
  }
}

export interface PostersPage {
  /** The address in the codes. */
  address: string
  /** Whether phones outside this machine find nothing there. */
  isTrial: boolean
  words: string
  engagements: PosterRow[]
  actions: PosterRow[]
  isEmpty: boolean
}

export interface PosterRow {
  number: number
  title: string
  hue: Poster['hue']
  /** Who may read the page. */
  readers: string
  pdfHref: string
  svgHref: string
}

const path = '/gestion/affiches'

export function postersPage(parts: {
  baseUrl: string
  words: string
  engagements: Awaited<ReturnType<typeof listPosterEngagements>>
  actions: Awaited<ReturnType<typeof listPosterActions>>
}): PostersPage {
  const { engagements, actions } = parts
  return {
    address: parts.baseUrl,
    isTrial: !parts.baseUrl.startsWith('https://'),
    words: parts.words,
    engagements: engagements.map((row) => ({
      number: row.number,
      title: row.title,
      hue: row.hue,
      readers: 'Agents',
      pdfHref: `${path}/engagements/${row.id}.pdf`,
      svgHref: `${path}/engagements/${row.id}.svg`
    })),
    actions: actions.map((row) => ({
      number: row.number,
      title: row.title,
      hue: row.hue,
      readers: row.visibility === 'public' ? 'Tout le monde' : 'Agents',
      pdfHref: `${path}/actions/${row.id}.pdf`,
      svgHref: `${path}/actions/${row.id}.svg`
    })),
    isEmpty: engagements.length + actions.length === 0
  }
}

const hues = ['brique', 'ocre', 'feuille', 'lagon', 'prune']

export function cardSite(baseUrl: string, settings: SiteSettings): CardSite {
  return {
    address: baseUrl,
    cityName: settings.city_name,
    siteName: settings.site_name,
    colours: hues.map(lightColour)
  }
}

interface Place {
  baseUrl: string
  settings: SiteSettings
  logo: PrintedLogo | undefined
  picture: Poster['picture']
}

export type PosterEngagement = NonNullable<Awaited<ReturnType<typeof findPosterEngagement>>>
export type PosterAction = NonNullable<Awaited<ReturnType<typeof findPosterAction>>>

export function engagementPoster(row: PosterEngagement, statuses: Status[], place: Place): Poster {
  const promise = /[.!?…]$/.test(row.tagline) || row.tagline === '' ? row.tagline : `${row.tagline}.`
  return {
    ...ofSite(place),
    hue: row.hue,
    numeral: row.number,
    eyebrow: `Engagement ${row.number}`,
    engagementTitle: undefined,
    title: row.title,
    status: undefined,
    progress: progressOfPoster(statuses),
    summary: `${promise} ${firstWords(row.description)}`.trim(),
    address: engagementAddress(row, place.baseUrl),
    isPublic: false
  }
}

export function actionPoster(row: PosterAction, place: Place): Poster {
  return {
    ...ofSite(place),
    hue: row.hue,
    numeral: row.engagement_number,
    eyebrow: `Engagement ${row.engagement_number} · Action ${row.number}`,
    engagementTitle: row.engagement_title,
    title: row.title,
    status: row.status,
    progress: undefined,
    summary: firstWords(row.summary),
    address: actionAddress(row, place.baseUrl),
    isPublic: row.visibility === 'public'
  }
}

function ofSite({ settings, logo, picture }: Place): Pick<Poster, 'cityName' | 'siteName' | 'logo' | 'picture'> {
  return { cityName: settings.city_name, siteName: settings.site_name, logo, picture }
}

export function engagementAddress(row: Pick<PosterEngagement, 'slug'>, baseUrl: string): string {
  return `${baseUrl}/engagements/${row.slug}`
}

export function actionAddress(row: Pick<PosterAction, 'slug'>, baseUrl: string): string {
  return `${baseUrl}/actions/${row.slug}`
}

/** More than any poster has room for: it keeps the sentences that fit. */
const mostCharacters = 600

/** The first paragraph, or the first words of what begins with something else. */
function firstWords(html: string): string {
  const paragraph = /<p\b[^>]*>(.*?)<\/p>/s.exec(html)?.[1]
  const text = plainText(paragraph ?? html) || plainText(html)
  return text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters).replace(/\s+\S*$/, '')}…`
}
