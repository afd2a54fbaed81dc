/** What the addresses of several features hold. An address is not typed by a person: what means nothing counts as absent. */
import { z } from 'zod'

/** Words typed in a search field: no control character reaches the database, and nobody searches with a novel. */
export const searchWords = z
  .preprocess((value) => [value].flat()[0], z.string().catch(''))
  .transform((text) =>
    text
      .replaceAll(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, 200)
  )

export const pageNumber = z.preprocess(
  (value) => [value].flat()[0],
  z.coerce.number().int().min(1).max(10_000).catch(1)
)
