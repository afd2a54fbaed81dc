/** What the search page shows. */
import { contentHref, kindLabel } from '../pages/kinds.ts'
import { countText } from '../web/format.ts'
import { type Pager, pagerOf } from '../web/pagination.ts'
import { decodeEntities } from '../web/rich-text.ts'
import { resultsPerPage, type SearchRow } from './queries.ts'

declare module '../web/render.ts' {
  interface Views {
    'search/results': SearchPage
  }
}

export interface SearchResult {
  kindLabel: string
  title: string
  href: string
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
    results: rows.map((row) => ({
      kindLabel: kindLabel(row),
      title: row.title,
      href: contentHref(row),
      excerpt: cutExcerpt(row.excerpt)
    })),
    isApproximate: isApproximate && rows.length > 0,
    pager: isApproximate
      ? undefined
      : pagerOf('/recherche', new URLSearchParams({ q: words }), page, Math.ceil(total / resultsPerPage))
  }
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
