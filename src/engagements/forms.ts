/** The filters of the list of actions, as they come in the address. */
import { z } from 'zod'
import { pageNumber, searchWords } from '../web/query-string.ts'
import { type Status, statuses } from './progress.ts'

export interface ActionFilter {
  words: string
  statuses: Status[]
  /** Numbers of engagements. */
  engagements: number[]
  /** Slugs. */
  directions: string[]
  services: string[]
  enjeux: string[]
}

const slug = z.string().regex(/^[a-z0-9-]{1,120}$/)
// An address is not typed by a person: a value that means nothing is left out, the rest still counts.
const list = <Item extends z.ZodType>(item: Item) =>
  z
    .preprocess((value) => [value].flat(), z.array(z.unknown()))
    .transform((values) => {
      const known = values.slice(0, 20).map((value) => item.safeParse(value))
      return [...new Set(known.flatMap((result) => (result.success ? [result.data] : [])))]
    })

export const actionFilter = z
  .object({
    mots: searchWords,
    statut: list(z.enum(statuses)),
    engagement: list(z.coerce.number().int().min(1).max(32_767)),
    direction: list(slug),
    service: list(slug),
    enjeu: list(slug),
    page: pageNumber
  })
  .transform(({ mots, statut, engagement, direction, service, enjeu, page }) => ({
    filter: {
      words: mots,
      statuses: statut,
      engagements: engagement,
      directions: direction,
      services: service,
      enjeux: enjeu
    } satisfies ActionFilter,
    page
  }))

/** The address of the list with this filter. */
export function filterQuery(filter: ActionFilter): URLSearchParams {
  const query = new URLSearchParams()
  if (filter.words !== '') query.set('mots', filter.words)
  for (const value of filter.statuses) query.append('statut', value)
  for (const value of filter.engagements) query.append('engagement', String(value))
  for (const value of filter.directions) query.append('direction', value)
  for (const value of filter.services) query.append('service', value)
  for (const value of filter.enjeux) query.append('enjeu', value)
  return query
}
