/** What the search page shows. */
import type { Pager } from '../web/pagination.ts'

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
  pager: Pager | undefined
}
