/** What the pages of engagements and actions show. */
import type { MediaRow } from '../media/queries.ts'
import { type DocumentView, documentView, type ImageView, imageView } from '../media/views.ts'
import {
  countText,
  dayText,
  type FormattedDate,
  impreciseDateIso,
  impreciseDateText,
  instantDay
} from '../web/format.ts'
import { type Pager, pagerOf } from '../web/pagination.ts'
import { type SafeHtml, storedRichText } from '../web/rich-text.ts'
import { type ActionFilter, filterQuery } from './forms.ts'
import { type Progress, type Status, statuses, statusLabel } from './progress.ts'
import { type ActionCardRow, actionsPerPage, type FacetRow, type findAction, type listEngagements } from './queries.ts'

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
  /** « 2 actions réalisées sur 6 » */
  sentence: string
}

export interface ActionCard {
  number: number
  href: string
  title: string
  hue: Hue
  engagementTitle: string
  status: Status
  statusLabel: string
  /** The directions that carry it, in words; empty when none. */
  directions: string
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
  image: ImageView | null
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
  image: ImageView | null
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

type EngagementRow = Awaited<ReturnType<typeof listEngagements>>[number]
type ActionRow = NonNullable<Awaited<ReturnType<typeof findAction>>>

export function actionCard(row: ActionCardRow): ActionCard {
  return {
    number: row.number,
    href: `/actions/${row.slug}`,
    title: row.title,
    hue: row.hue,
    engagementTitle: row.engagement_title,
    status: row.status,
    statusLabel: statusLabel(row.status),
    directions: row.directions
  }
}

export function engagementCards(rows: EngagementRow[], progress: Progress): EngagementCard[] {
  const sentences = new Map(progress.engagements.map((engagement) => [engagement.number, engagement.sentence]))
  return rows.map((row) => ({
    number: row.number,
    href: `/engagements/${row.slug}`,
    title: row.title,
    tagline: row.tagline,
    hue: row.hue,
    sentence: sentences.get(row.number) ?? ''
  }))
}

/** The options of each filter; an option in force stays on show even where it would give nothing more. */
export function actionFilters(filter: ActionFilter, facets: FacetRow[]): ActionFilters {
  const options = (dimension: FacetRow['dimension'], selected: string[]): FilterOption[] => {
    const rows = facets.filter((facet) => facet.dimension === dimension)
    return rows.map(({ value, label, count }) => ({ value, label, count, selected: selected.includes(value) }))
  }
  const statusCounts = new Map(options('statuses', []).map((option) => [option.value, option.count]))
  return {
    words: filter.words,
    statuses: statuses.map((status) => ({
      value: status,
      label: statusLabel(status),
      count: statusCounts.get(status) ?? 0,
      selected: filter.statuses.includes(status)
    })),
    engagements: options('engagements', filter.engagements.map(String)),
    directions: options('directions', filter.directions),
    services: options('services', filter.services),
    enjeux: options('enjeux', filter.enjeux)
  }
}

const path = '/engagements'

function listHref(filter: ActionFilter): string {
  const query = filterQuery(filter).toString()
  return query === '' ? path : `${path}?${query}`
}

/** The filters in force, each with the address of the list without it. */
function chips(filter: ActionFilter, filters: ActionFilters): EngagementListPage['chips'] {
  const label = (options: FilterOption[], value: string): string =>
    options.find((option) => option.value === value)?.label ?? value
  const without = <Value>(values: Value[], value: Value): Value[] => values.filter((other) => other !== value)
  return [
    ...(filter.words === ''
      ? []
      : [{ label: `«\u00a0${filter.words}\u00a0»`, removeHref: listHref({ ...filter, words: '' }) }]),
    ...filter.statuses.map((value) => ({
      label: statusLabel(value),
      removeHref: listHref({ ...filter, statuses: without(filter.statuses, value) })
    })),
    ...filter.engagements.map((value) => ({
      label: label(filters.engagements, String(value)),
      removeHref: listHref({ ...filter, engagements: without(filter.engagements, value) })
    })),
    ...(['directions', 'services', 'enjeux'] as const).flatMap((dimension) =>
      filter[dimension].map((value) => ({
        label: label(filters[dimension], value),
        removeHref: listHref({ ...filter, [dimension]: without(filter[dimension], value) })
      }))
    )
  ]
}

export function engagementListPage(parts: {
  engagements: EngagementRow[]
  progress: Progress
  filter: ActionFilter
  facets: FacetRow[]
  actions: ActionCardRow[]
  count: number
  page: number
}): EngagementListPage {
  const filters = actionFilters(parts.filter, parts.facets)
  const inForce = chips(parts.filter, filters)
  const total = parts.progress.total
  const counted = countText(parts.count, 'action')
  return {
    engagements: engagementCards(parts.engagements, parts.progress),
    progress: parts.progress,
    filters,
    chips: inForce,
    countSentence: inForce.length > 0 && parts.count !== total ? `${counted} sur ${total}` : counted,
    actions: parts.actions.map(actionCard),
    pager: pagerOf(path, filterQuery(parts.filter), parts.page, Math.ceil(parts.count / actionsPerPage))
  }
}

/** The sheet as this reader may see it: a visitor is told what is reserved, and gets none of it. */
export function actionPage(parts: {
  row: ActionRow
  related: ActionCardRow[]
  media: Map<number, MediaRow>
  isMember: boolean
  today: string
}): ActionPage {
  const { row, isMember, media } = parts
  const tags = (kind: 'service' | 'enjeu'): TagView[] =>
    row.tags
      .filter((tag) => tag.kind === kind)
      .map((tag) => ({ name: tag.name, href: `${path}?${kind}=${tag.slug}`, count: tag.count ?? 0 }))
  const neighbour = (near: ActionRow['previous']): ActionPage['previous'] =>
    near ? { number: near.number, title: near.title, href: `/actions/${near.slug}` } : undefined
  const documents = row.documents.flatMap(({ media_id }) => media.get(media_id) ?? [])
  return {
    number: row.number,
    title: row.title,
    hue: row.hue,
    engagement: {
      number: row.engagement_number,
      title: row.engagement_title,
      href: `/engagements/${row.engagement_slug}`
    },
    status: row.status,
    statusLabel: statusLabel(row.status),
    isPublic: row.visibility === 'public',
    isMember,
    signInHref: `/connexion?suite=${encodeURIComponent(`/actions/${row.slug}`)}`,
    // Files are served to members only, the picture of a public sheet included.
    image: isMember ? row.image && imageView(row.image, '(min-width: 60rem) 42rem, 100vw') : null,
    summary: storedRichText(row.summary),
    steps: row.steps.map((step) => ({
      dateText: impreciseDateText(step),
      dateIso: impreciseDateIso(step),
      description: step.description,
      done: step.done
    })),
    results: storedRichText(row.results),
    tools: storedRichText(isMember ? row.tools : ''),
    hasTools: row.tools !== '',
    hasDocuments: row.documents.length > 0,
    services: tags('service'),
    enjeux: tags('enjeu'),
    directions: row.directions.map(({ name, slug }) => ({ name, href: `/directions/${slug}` })),
    // The names of agents are for agents.
    pilotes: isMember ? row.pilotes.map(({ name }) => name) : [],
    documents: isMember ? documents.map(documentView) : [],
    related: parts.related.map(actionCard),
    due:
      row.due_on && row.status !== 'realisee'
        ? { text: dayText(row.due_on), isPast: row.due_on < parts.today }
        : undefined,
    published: instantDay(row.published_at ?? row.updated_at),
    updated: instantDay(row.updated_at),
    author: isMember ? (row.author ?? undefined) : undefined,
    previous: neighbour(row.previous),
    next: neighbour(row.next)
  }
}
