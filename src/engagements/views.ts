/** What the pages of engagements and actions show. */
import type { MediaRow, SlideRow } from '../media/queries.ts'
import { type RichTextPart, richTextParts } from '../media/rich-text-media.ts'
import {
  type DeckView,
  type DocumentView,
  documentsAndDecks,
  filmsOfPage,
  type ImageView,
  imageView
} from '../media/views.ts'
import {
  countText,
  dayText,
  type FormattedDate,
  impreciseDateIso,
  impreciseDateText,
  instantDay,
  plural
} from '../web/format.ts'
import { type Neighbour, type Neighbours, neighboursOf } from '../web/neighbours.ts'
import { type Pager, pagerOf } from '../web/pagination.ts'
import { type ActionFilter, filterQuery } from './forms.ts'
import { type Hue, type Progress, type Status, statuses, statusLabel } from './progress.ts'
import {
  type ActionCardRow,
  actionsPerPage,
  type FacetRow,
  type findAction,
  type findEngagement,
  type listEngagements
} from './queries.ts'

declare module '../web/render.ts' {
  interface Views {
    'engagements/list': EngagementListPage
    'engagements/show': EngagementPage
    'engagements/action': ActionPage
  }
}

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
  status: Status
  statusLabel: string
  /** What says most beside the status: the directions that carry it, or the engagement it belongs to. */
  context: string
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
  /** The long ones, closed until one of their options is in force. */
  folds: FilterFold[]
}

export interface FilterFold {
  /** The parameter of the address. */
  name: string
  label: string
  options: FilterOption[]
  isOpen: boolean
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

export interface EngagementPage extends Neighbours {
  number: number
  title: string
  tagline: string
  description: RichTextPart[]
  hue: Hue
  image: ImageView | null
  progress: Progress
  actions: ActionCard[]
}

export interface StepView {
  /** « Fin 2022 » */
  dateText: string
  /** For the `datetime` attribute, where HTML has a form for it. */
  dateIso: string | undefined
  description: string
  state: 'done' | 'planned'
  stateLabel: string
}

export interface TagView {
  name: string
  /** The list of the actions that carry it; undefined for a visitor, who cannot open it. */
  href: string | undefined
  /** How many published actions carry it. */
  count: number
  /** « action », « actions » */
  unit: string
}

export interface ActionPage extends Neighbours {
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
  summary: RichTextPart[]
  steps: StepView[]
  results: RichTextPart[]
  tools: RichTextPart[]
  /** Whether there is something to show to members: a visitor is told so. */
  hasTools: boolean
  hasDocuments: boolean
  /** Services, then enjeux; a group without any tag is left out. */
  tagGroups: { label: string; tags: TagView[] }[]
  directions: { name: string; href: string | undefined }[]
  /** « Direction », « Directions » */
  directionsLabel: string
  pilotes: string[]
  documents: DocumentView[]
  decks: DeckView[]
  related: ActionCard[]
  due: { text: string; isPast: boolean } | undefined
  published: FormattedDate
  updated: FormattedDate
  author: string | undefined
}

type EngagementRow = Awaited<ReturnType<typeof listEngagements>>[number]
type ActionRow = NonNullable<Awaited<ReturnType<typeof findAction>>>

/** Where the engagement is known from the page, the directions tell more. */
export function actionCards(rows: ActionCardRow[], context: 'engagement' | 'directions'): ActionCard[] {
  return rows.map((row) => ({
    number: row.number,
    href: `/actions/${row.slug}`,
    title: row.title,
    hue: row.hue,
    status: row.status,
    statusLabel: statusLabel(row.status),
    context: context === 'engagement' ? row.engagement_title : row.directions
  }))
}

function engagementCards(rows: EngagementRow[], progress: Progress): EngagementCard[] {
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
function actionFilters(filter: ActionFilter, facets: FacetRow[]): ActionFilters {
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
    folds: [
      fold('direction', 'Direction', options('directions', filter.directions)),
      fold('service', 'Service', options('services', filter.services)),
      fold('enjeu', 'Enjeu', options('enjeux', filter.enjeux))
    ].filter(({ options }) => options.length > 0)
  }
}

function fold(name: string, label: string, options: FilterOption[]): FilterFold {
  return { name, label, options, isOpen: options.some((option) => option.selected) }
}

const path = '/engagements'
const done = { state: 'done', stateLabel: 'Fait' } as const
const planned = { state: 'planned', stateLabel: 'À venir' } as const

function listHref(filter: ActionFilter): string {
  const query = filterQuery(filter).toString()
  return query === '' ? path : `${path}?${query}`
}

/** The filters in force, each with the address of the list without it. */
function chips(filter: ActionFilter, facets: FacetRow[]): EngagementListPage['chips'] {
  const labelOf = (dimension: FacetRow['dimension'], value: string): string =>
    facets.find((facet) => facet.dimension === dimension && facet.value === value)?.label ?? value
  const chip = <Value extends string | number>(dimension: FacetRow['dimension'], values: Value[], value: Value) => ({
    label: labelOf(dimension, String(value)),
    removeHref: listHref({ ...filter, [dimension]: values.filter((other) => other !== value) })
  })
  const words = { label: `«\u00a0${filter.words}\u00a0»`, removeHref: listHref({ ...filter, words: '' }) }
  const statusChips = filter.statuses.map((value) => ({
    ...chip('statuses', filter.statuses, value),
    label: statusLabel(value)
  }))
  return [
    ...(filter.words === '' ? [] : [words]),
    ...statusChips,
    ...filter.engagements.map((value) => chip('engagements', filter.engagements, value)),
    ...(['directions', 'services', 'enjeux'] as const).flatMap((dimension) =>
      filter[dimension].map((value) => chip(dimension, filter[dimension], value))
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
  const inForce = chips(parts.filter, parts.facets)
  const total = parts.progress.total
  const counted = countText(parts.count, 'action')
  return {
    engagements: engagementCards(parts.engagements, parts.progress),
    progress: parts.progress,
    filters: actionFilters(parts.filter, parts.facets),
    chips: inForce,
    countSentence: inForce.length > 0 && parts.count !== total ? `${counted} sur ${total}` : counted,
    actions: actionCards(parts.actions, 'directions'),
    pager: pagerOf(path, filterQuery(parts.filter), parts.page, Math.ceil(parts.count / actionsPerPage))
  }
}

export function engagementPage(parts: {
  row: NonNullable<Awaited<ReturnType<typeof findEngagement>>>
  all: EngagementRow[]
  progress: Progress
  actions: ActionCardRow[]
  media: Map<number, MediaRow>
}): EngagementPage {
  const { row, all, progress } = parts
  return {
    number: row.number,
    title: row.title,
    tagline: row.tagline,
    description: richTextParts(row.description, parts.media),
    hue: row.hue,
    image: row.image && imageView(row.image),
    progress,
    actions: actionCards(parts.actions, 'directions'),
    ...neighboursOf(
      all,
      ({ id }) => id === row.id,
      ({ title, slug }) => ({ title, href: `${path}/${slug}` })
    )
  }
}

/**
 * The sheet as this reader may see it: a visitor is told what is reserved, and gets none of it.
 */
export function actionPage(parts: {
  row: ActionRow
  related: ActionCardRow[]
  /** Its documents and the files of its texts, for members. */
  media: Map<number, MediaRow>
  /** Of those documents that are read page by page. */
  slides: Map<number, SlideRow[]>
  isMember: boolean
  today: string
}): ActionPage {
  const { row, isMember, media, slides } = parts
  const tags = (kind: 'service' | 'enjeu'): TagView[] =>
    row.tags
      .filter((tag) => tag.kind === kind)
      .map(({ name, slug, count }) => ({
        name,
        href: isMember ? `${path}?${kind}=${slug}` : undefined,
        count,
        unit: plural(count, 'action')
      }))
  const neighbour = (near: ActionRow['previous']): Neighbour | undefined =>
    near ? { title: near.title, href: `/actions/${near.slug}` } : undefined
  const documents = row.documents.flatMap(({ media_id }) => media.get(media_id) ?? [])
  const film = filmsOfPage()
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
    image: isMember ? row.image && imageView(row.image) : null,
    summary: richTextParts(row.summary, media, film),
    steps: row.steps.map((step) => ({
      dateText: impreciseDateText(step),
      dateIso: impreciseDateIso(step),
      description: step.description,
      ...(step.done ? done : planned)
    })),
    results: richTextParts(row.results, media, film),
    tools: richTextParts(isMember ? row.tools : '', media, film),
    hasTools: row.tools !== '',
    hasDocuments: row.documents.length > 0,
    tagGroups: [
      { label: 'Services', tags: tags('service') },
      { label: 'Enjeux', tags: tags('enjeu') }
    ].filter((group) => group.tags.length > 0),
    directions: row.directions.map(({ name, slug }) => ({ name, href: isMember ? `/directions/${slug}` : undefined })),
    directionsLabel: plural(row.directions.length, 'Direction'),
    // The names of agents are for agents.
    pilotes: isMember ? row.pilotes.map(({ name }) => name) : [],
    ...documentsAndDecks(isMember ? documents : [], slides),
    related: actionCards(parts.related, 'engagement'),
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
