/** What the edited pages show: home, La démarche, the legal pages, the site map. */
import type { Progress } from '../engagements/progress.ts'
import { type RichTextPart, richTextParts } from '../media/rich-text-media.ts'
import { reasonText } from '../media/video/missing-words.ts'
import { filmsOfPage, type ImageView, imageView, type VideoView } from '../media/views.ts'
import { accessibilityRate, accessibilityStatement } from '../web/accessibility-statement.ts'
import type { SiteSettings } from '../web/context.ts'
import {
  countText,
  dayText,
  type FormattedDate,
  impreciseDateIso,
  impreciseDateText,
  instantDay,
  numberText
} from '../web/format.ts'
import { type ContentKind, contentHref, kindLabel } from './kinds.ts'
import type { findAccessibilityPage, findDemarche, findHome, findOpenPage, SitemapRow } from './queries.ts'

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
  body: RichTextPart[]
  portrait: ImageView | null
  video: VideoView | undefined
}

export interface Change {
  /** « Action n° 12 », « Direction », « Entre nous n° 3 », « Album » */
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
  highlights: { title: string; text: string; href: string; image: ImageView | null }[]
}

export interface DemarchePage {
  title: string
  introduction: string
  body: RichTextPart[]
  steps: {
    dateText: string
    dateIso: string | undefined
    title: string
    body: RichTextPart[]
    image: ImageView | null
  }[]
}

/** Mentions légales and Confidentialité. */
export interface EditedPage {
  title: string
  introduction: string
  body: RichTextPart[]
  /** What the settings say; a value that nobody entered yet is named as missing. */
  facts: { label: string; value: string; missing: boolean }[]
  updated: FormattedDate
}

export interface AccessibilityPage {
  title: string
  introduction: string
  body: RichTextPart[]
  /** « non conforme » */
  statement: string
  /** « 87,5 % » once an audit is entered. */
  rate: string | undefined
  auditedOn: string | undefined
  /** Videos that readers may meet without captions nor transcript, and why; empty for visitors. */
  withoutWords: { title: string; reason: string }[]
  moreWithoutWords: string | undefined
  updated: FormattedDate
}

export interface SitemapPage {
  /** `href` is undefined for a section that has no page of its own. */
  sections: { title: string; href: string | undefined; links: { title: string; href: string }[] }[]
}

type Home = Awaited<ReturnType<typeof findHome>>
type Demarche = NonNullable<Awaited<ReturnType<typeof findDemarche>>>
type OpenPage = NonNullable<Awaited<ReturnType<typeof findOpenPage>>>

export function homePage(name: string, parts: Home): HomePage {
  const film = filmsOfPage()
  return {
    firstName: name.split(' ', 1)[0] ?? '',
    words: parts.words.map((word) => {
      const video = parts.media.get(word.video_id ?? 0)
      return {
        authorName: word.author_name,
        authorTitle: word.author_title,
        title: word.title,
        body: richTextParts(word.body, parts.media, film),
        portrait: word.portrait && imageView(word.portrait),
        video: video && film(video)
      }
    }),
    progress: parts.progress,
    changes: parts.changes.map((change) => ({
      kindLabel: kindLabel(change),
      title: change.title,
      href: contentHref(change),
      at: instantDay(change.updated_at)
    })),
    highlights: parts.highlights.map((highlight) => ({
      title: highlight.title,
      text: highlight.text,
      href: highlight.href,
      image: highlight.image && imageView(highlight.image)
    }))
  }
}

export function demarchePage({ page, steps, media }: Demarche): DemarchePage {
  const film = filmsOfPage()
  return {
    title: page.title,
    introduction: page.introduction,
    body: richTextParts(page.body, media, film),
    steps: steps.map((step) => ({
      dateText: impreciseDateText(step),
      dateIso: impreciseDateIso(step),
      title: step.title,
      body: richTextParts(step.body, media, film),
      image: step.image && imageView(step.image)
    }))
  }
}

export function legalPage({ page, media }: OpenPage, facts: EditedPage['facts']): EditedPage {
  return {
    title: page.title,
    introduction: page.introduction,
    body: richTextParts(page.body, media),
    facts,
    updated: instantDay(page.updated_at)
  }
}

/** What the settings say on a legal page; what nobody entered yet is said to be missing rather than left out. */
export function legalFacts(slug: 'mentions-legales' | 'confidentialite', settings: SiteSettings): EditedPage['facts'] {
  const fact = (label: string, value: string | null) => ({
    label,
    value: value ?? 'À compléter par la ville',
    missing: value === null
  })
  if (slug === 'confidentialite') {
    return [
      fact('Responsable du traitement', settings.publisher_name),
      fact('Délégué à la protection des données', settings.data_protection_officer)
    ]
  }
  return [
    fact('Éditeur', settings.publisher_name),
    fact('Adresse', settings.publisher_address),
    fact('Directrice ou directeur de la publication', settings.publication_director),
    fact('Hébergeur', settings.host_name),
    fact('Adresse de l’hébergeur', settings.host_address),
    fact('Contact', settings.contact_email)
  ]
}

/** The same for the page on accessibility, which has its own way to show them. */
export function accessibilityFacts(settings: SiteSettings): EditedPage['facts'] {
  const { accessibility_audited_on: auditedOn } = settings
  return [
    { label: 'État de conformité', value: accessibilityStatement(settings), missing: false },
    {
      label: 'Date de l’audit',
      value: auditedOn ? dayText(auditedOn) : 'Aucun audit n’a encore été fait',
      missing: !auditedOn
    }
  ]
}

export function accessibilityPage(
  { page, media, withoutWords }: NonNullable<Awaited<ReturnType<typeof findAccessibilityPage>>>,
  settings: SiteSettings
): AccessibilityPage {
  const rate = accessibilityRate(settings)
  return {
    title: page.title,
    introduction: page.introduction,
    body: richTextParts(page.body, media),
    statement: accessibilityStatement(settings),
    rate: rate === undefined ? undefined : `${numberText(rate)}\u00a0%`,
    auditedOn: settings.accessibility_audited_on ? dayText(settings.accessibility_audited_on) : undefined,
    withoutWords: (withoutWords?.rows ?? []).map((row) => ({ title: row.title, reason: reasonText(row) })),
    moreWithoutWords: withoutWords?.more
      ? `Et ${countText(withoutWords.more, 'autre vidéo', 'autres vidéos')}.`
      : undefined,
    updated: instantDay(page.updated_at)
  }
}

/** All pages; the menu's own labels head the sections. */
export function sitemapPage(rows: SitemapRow[], settings: SiteSettings): SitemapPage {
  const links = (kind: ContentKind, label = (row: SitemapRow) => row.title) =>
    rows.filter((row) => row.kind === kind).map((row) => ({ title: label(row), href: contentHref(row) }))
  return {
    sections: [
      { title: 'Accueil', href: '/', links: [] },
      { title: settings.menu_demarche, href: '/demarche', links: [] },
      { title: settings.menu_directions, href: '/directions', links: links('direction') },
      {
        title: settings.menu_engagements,
        href: '/engagements',
        links: [...links('engagement'), ...links('action', numbered)]
      },
      {
        title: settings.menu_bonus,
        href: '/bonus',
        links: [...links('issue'), ...links('album')]
      },
      { title: 'Recherche', href: '/recherche', links: [] },
      { title: 'Mon compte', href: '/compte', links: [] },
      ...openSections
    ]
  }
}

/** What someone who is not signed in can open. */
export function publicSitemapPage(actions: SitemapRow[]): SitemapPage {
  const links = actions.map((row) => ({ title: numbered(row), href: contentHref(row) }))
  return {
    sections: [
      { title: 'Connexion', href: '/connexion', links: [] },
      ...(links.length > 0 ? [{ title: 'Actions ouvertes à tous', href: undefined, links }] : []),
      ...openSections
    ]
  }
}

const openSections: SitemapPage['sections'] = [
  { title: 'Mentions légales', href: '/mentions-legales', links: [] },
  { title: 'Confidentialité', href: '/confidentialite', links: [] },
  { title: 'Accessibilité', href: '/accessibilite', links: [] }
]

function numbered(row: SitemapRow): string {
  return `${row.number}. ${row.title}`
}
