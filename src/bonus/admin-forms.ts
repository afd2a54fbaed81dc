/** What is asked of the library to fill an album. */
import { z } from 'zod'
import { identifiers } from '../publishing/fields.ts'
import { pageNumber, searchWords } from '../web/query-string.ts'

export interface PickerQuery {
  words: string
  kind: 'image' | 'video'
  page: number
}

export const pickerQuery = z
  .object({
    q: searchWords,
    type: z.preprocess((value) => [value].flat()[0], z.enum(['image', 'video']).catch('image')),
    page: pageNumber
  })
  .transform(({ q, type, page }): PickerQuery => ({ words: q, kind: type, page }))

export const pickerForm = z.object({
  photos: identifiers,
  suite: z.string().catch('')
})

/** What the buttons of an album's list do beyond saving. */
export const gestureForm = z.object({
  geste: z.enum(['choisir', 'trier', 'dater']).catch('choisir'),
  version: z.coerce.number().int().catch(0)
})
