/** What the pages of directions show. */
import { type ActionCard, actionCards } from '../engagements/views.ts'
import type { MediaRow } from '../media/queries.ts'
import { type RichTextPart, richTextParts } from '../media/rich-text-media.ts'
import {
  type DeckView,
  type DocumentView,
  documentsAndDecks,
  filmsOfPage,
  type ImageView,
  imageView,
  type VideoView
} from '../media/views.ts'
import { countText, type FormattedDate, instantDay } from '../web/format.ts'
import { type Neighbours, neighboursOf } from '../web/neighbours.ts'
import type { findDirectionPage, listDirections } from './queries.ts'

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
  image: ImageView | null
  /** « 4 actions » */
  actionCount: string
  /** « Diaporama, vidéo »; empty when there is none. */
  mediaWords: string
}

export interface DirectionListPage {
  directions: DirectionCard[]
}

export interface DirectionPage extends Neighbours {
  name: string
  tagline: string
  image: ImageView | null
  project: RichTextPart[]
  team: { name: string; jobTitle: string; initials: string; portrait: ImageView | null }[]
  referents: string[]
  videos: VideoView[]
  decks: DeckView[]
  documents: DocumentView[]
  actions: ActionCard[]
  updated: FormattedDate
  /** Where it is written, for who may. */
  editHref: string | undefined
}

type DirectionRow = Awaited<ReturnType<typeof listDirections>>[number]

const kindWords: Partial<Record<MediaRow['kind'], string>> = {
  presentation: 'diaporama',
  video: 'vidéo',
  pdf: 'documents',
  document: 'documents'
}

export function directionCard(row: DirectionRow): DirectionCard {
  const words = row.media_kinds.flatMap((kind) => kindWords[kind] ?? [])
  return {
    name: row.name,
    href: `/directions/${row.slug}`,
    tagline: row.tagline,
    image: row.image && imageView(row.image),
    actionCount: countText(row.action_count, 'action'),
    mediaWords: [...new Set(words)].join(', ')
  }
}

export function directionPage(
  parts: NonNullable<Awaited<ReturnType<typeof findDirectionPage>>>,
  { mayEdit }: { mayEdit: boolean }
): DirectionPage {
  const { row, names, media, slides } = parts
  const film = filmsOfPage()
  const files = row.media.flatMap(({ media_id }) => media.get(media_id) ?? [])
  return {
    name: row.name,
    tagline: row.tagline,
    image: row.image && imageView(row.image),
    project: richTextParts(row.project, media, film),
    team: row.members.map((member) => ({
      name: member.name,
      jobTitle: member.job_title,
      initials: initialsOf(member.name),
      portrait: member.portrait && imageView(member.portrait)
    })),
    referents: row.referents.map(({ name }) => name),
    videos: files.filter((file) => file.kind === 'video').map(film),
    ...documentsAndDecks(
      files.filter((file) => file.kind !== 'video' && file.kind !== 'captions'),
      slides
    ),
    actions: actionCards(parts.actions, 'engagement'),
    updated: instantDay(row.updated_at),
    editHref: mayEdit && row.entry_id !== null ? `/gestion/directions/${row.entry_id}` : undefined,
    ...neighboursOf(
      names,
      ({ id }) => id === row.id,
      ({ name, slug }) => ({ title: name, href: `/directions/${slug}` })
    )
  }
}

function initialsOf(name: string): string {
  const words = name.split(/[\s-]+/).filter((word) => word !== '')
  return [words[0], words.at(-1)].map((word) => word?.charAt(0).toLocaleUpperCase('fr-FR') ?? '').join('')
}
