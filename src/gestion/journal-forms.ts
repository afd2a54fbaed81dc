/** What the journal is asked. */
import { z } from 'zod'
import { pageNumber, searchWords } from '../web/query-string.ts'

/** What lines are about, as the filter groups it: several subjects of the journal under one word. */
export const subjectGroups = {
  actions: { label: 'Actions', subjects: ['action'] },
  engagements: { label: 'Engagements', subjects: ['engagement'] },
  directions: { label: 'Directions', subjects: ['direction'] },
  numeros: { label: 'Entre nous', subjects: ['issue'] },
  albums: { label: 'Albums', subjects: ['album'] },
  pages: { label: 'Pages, accueil et démarche', subjects: ['page', 'home', 'demarche'] },
  fichiers: { label: 'Fichiers', subjects: ['media'] },
  agents: { label: 'Agents et droits', subjects: ['agent'] },
  reglages: { label: 'Réglages', subjects: ['settings'] }
} as const

export type SubjectGroup = keyof typeof subjectGroups

export interface JournalFilter {
  who: string
  group: SubjectGroup | undefined
  subjects: readonly string[] | undefined
  /** `YYYY-MM-DD`, or empty. */
  from: string
  to: string
  text: string
  words: string[]
}

const groups = Object.keys(subjectGroups) as [SubjectGroup, ...SubjectGroup[]]
const day = z.preprocess(
  (value) => [value].flat()[0],
  z
    .string()
    .regex(/^(19|20)\d{2}-\d{2}-\d{2}$/)
    // « 2026-02-30 » would be refused by the database.
    .refine((text) => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text))
    .catch('')
)

export const journalFilter = z
  .object({
    qui: searchWords,
    sujet: z.preprocess((value) => [value].flat()[0], z.enum(groups).optional().catch(undefined)),
    du: day,
    au: day,
    q: searchWords,
    page: pageNumber
  })
  .transform(({ qui, sujet, du, au, q, page }): { filter: JournalFilter; page: number } => ({
    filter: {
      who: qui,
      group: sujet,
      subjects: sujet && subjectGroups[sujet].subjects,
      from: du,
      to: au,
      text: q,
      words: q.split(/\s+/).filter(Boolean).slice(0, 8)
    },
    page
  }))

/** The address of the journal with this filter. */
export function journalQuery(filter: JournalFilter): URLSearchParams {
  const query = new URLSearchParams()
  const given = { qui: filter.who, sujet: filter.group, du: filter.from, au: filter.to, q: filter.text }
  for (const [name, value] of Object.entries(given)) if (value) query.set(name, value)
  return query
}
