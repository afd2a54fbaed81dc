/** The filter of the list of sheets in the back-office, as it comes in the address. */
import { z } from 'zod'
import { searchWords } from '../web/query-string.ts'
import { type Status, statuses } from './progress.ts'

/** Where a sheet stands, as `stateOf` says it in words. */
export const entryStates = ['brouillon', 'publie', 'en-attente', 'programme', 'retire'] as const

export type EntryState = (typeof entryStates)[number]

export interface ActionEntriesFilter {
  /** As typed. */
  text: string
  words: string[]
  engagementId: number | undefined
  status: Status | undefined
  state: EntryState | undefined
}

const first = (value: unknown) => [value].flat()[0]

export const actionEntriesFilter = z
  .object({
    mots: searchWords,
    engagement: z.preprocess(first, z.coerce.number().int().min(1).max(2_147_483_647).optional().catch(undefined)),
    statut: z.preprocess(first, z.enum(statuses).optional().catch(undefined)),
    etat: z.preprocess(first, z.enum(entryStates).optional().catch(undefined))
  })
  .transform(
    ({ mots, engagement, statut, etat }): ActionEntriesFilter => ({
      text: mots,
      words: mots.split(/\s+/).filter(Boolean).slice(0, 8),
      engagementId: engagement,
      status: statut,
      state: etat
    })
  )
