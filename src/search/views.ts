/** What the search page shows. */
import { type ImageView, imageView, slideAnchor, videoAnchor } from '../media/views.ts'
import { contentHref, kindLabel } from '../pages/kinds.ts'
import { countText } from '../web/format.ts'
import { type Pager, pagerOf } from '../web/pagination.ts'
import { decodeEntities } from '../web/rich-text.ts'
import { resultsPerPage, type SearchedPart, type SearchRow } from './queries.ts'

declare module '../web/render.ts' {
  interface Views {
    'search/results': SearchPage
  }
}

export interface SearchResult {
  kindLabel: string
  title: string
  href: string
  /** The page that shows it, when a slide or a film was found; undefined for a page. */
  place: string | undefined
  image: ImageView | undefined
  /** « et 4 autres diapositives »; undefined when there are none. */
  others: string | undefined
  /** Some words around what was found, cut in pieces so that those found can be marked. */
  excerpt: { text: string; found: boolean }[]
}

export interface SearchPage {
  words: string
  /** Empty before anything was searched. */
  countSentence: string
  results: SearchResult[]
  /** Nothing holds these words: the results only look like them. */
  isApproximate: boolean
  pager: Pager | undefined
}

export function searchPage(words: string, page: number, rows: SearchRow[], isApproximate: boolean): SearchPage {
  const total = rows[0]?.total ?? 0
  return {
    words,
    countSentence: words === '' ? '' : total === 0 || isApproximate ? 'Aucun résultat' : countText(total, 'résultat'),
    results: rows.map((row) => (row.part ? partResult(row, row.part) : pageResult(row))),
    isApproximate: isApproximate && rows.length > 0,
    pager: isApproximate
      ? undefined
      : pagerOf('/recherche', new URLSearchParams({ q: words }), page, Math.ceil(total / resultsPerPage))
  }
}

function pageResult(row: SearchRow): SearchResult {
  return {
    kindLabel: kindLabel(row),
    title: row.title,
    href: contentHref(row),
    place: undefined,
    image: undefined,
    others: undefined,
    excerpt: cutExcerpt(row.excerpt)
  }
}

/** Leads to the slide itself, or to the film: each is a place of the page. */
function partResult(row: SearchRow, part: SearchedPart): SearchResult {
  const { mediaId, position, hits } = part
  const unit = part.kind === 'pdf' ? 'page' : 'diapositive'
  // An album shows its films in a window of its own.
  const anchor =
    position !== null
      ? slideAnchor(mediaId, position)
      : part.kind === 'video' && row.kind !== 'album' && videoAnchor(mediaId)
  return {
    kindLabel: partLabels[part.kind] + (position === null ? '' : `, ${unit} ${position}`),
    title: position === null ? part.fileTitle : `${part.title} (${part.fileTitle})`,
    href: contentHref(row) + (anchor ? `#${anchor}` : ''),
    place: `${kindLabel(row)}\u00a0: ${row.title}`,
    image: part.image ? { ...imageView(part.image), alt: '' } : undefined,
    others: position !== null && hits > 1 ? `et ${countText(hits - 1, `autre ${unit}`, `autres ${unit}s`)}` : undefined,
    excerpt: cutExcerpt(row.excerpt)
  }
}

const partLabels: Record<SearchedPart['kind'], string> = {
  image: 'Image',
  video: 'Vidéo',
  presentation: 'Diaporama',
  pdf: 'PDF',
  document: 'Document',
  captions: 'Sous-titres'
}

/** Pieces of text, those found apart: the template marks them without printing any HTML that a search made. */
function cutExcerpt(excerpt: string): SearchResult['excerpt'] {
  return excerpt
    .split(/(\ue000[^\ue001]*\ue001)/)
    .filter((piece) => piece !== '')
    .map((piece) => {
      const found = piece.startsWith('\ue000')
      return { text: decodeEntities(found ? piece.slice(1, -1) : piece), found }
    })
}
