/** What the site publishes, as lists that mix everything name it and lead to it. */

export type ContentKind = 'action' | 'engagement' | 'direction' | 'issue' | 'album' | 'page'

const kinds: Record<ContentKind, { label: string; path: string }> = {
  action: { label: 'Action', path: '/actions/' },
  engagement: { label: 'Engagement', path: '/engagements/' },
  direction: { label: 'Direction', path: '/directions/' },
  issue: { label: 'Entre nous', path: '/bonus/entre-nous/' },
  album: { label: 'Album', path: '/bonus/galerie/' },
  page: { label: 'Page', path: '/' }
}

/** « Action n° 12 », « Direction », « Entre nous n° 3 » */
export function kindLabel({ kind, number }: { kind: ContentKind; number: number | null }): string {
  const { label } = kinds[kind]
  return number === null ? label : `${label} n°\u00a0${number}`
}

export function contentHref({ kind, slug }: { kind: ContentKind; slug: string }): string {
  return `${kinds[kind].path}${slug}`
}
