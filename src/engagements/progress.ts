/** How far the plan is: counts of actions, before any percentage. */
import type { Actions, Engagements } from '../db/schema.ts'
import { countText } from '../web/format.ts'

export type Status = Actions['status']
export type Hue = Engagements['hue']

/** In the order in which an action goes through them. */
export const statuses = ['prevue', 'en_cours', 'realisee'] as const satisfies readonly Status[]

/** The palette of public/css/tokens.css. */
export const hues = ['brique', 'ocre', 'feuille', 'lagon', 'prune'] as const satisfies readonly Hue[]

const hueLabels: Record<Hue, string> = {
  brique: 'Brique',
  ocre: 'Ocre',
  feuille: 'Feuille',
  lagon: 'Lagon',
  prune: 'Prune'
}

export function hueLabel(hue: Hue): string {
  return hueLabels[hue]
}

const labels: Record<Status, string> = { prevue: 'Prévue', en_cours: 'En cours', realisee: 'Réalisée' }

export function statusLabel(status: Status): string {
  return labels[status]
}

/** One mark of the bar: one action. */
export interface Mark {
  number: number
  title: string
  href: string
  status: Status
  /** Within a sentence: « en cours » */
  statusWords: string
}

export interface EngagementProgress {
  number: number
  title: string
  href: string
  hue: Hue
  /** « 2 actions réalisées sur 6 » */
  sentence: string
  counts: Record<Status, number>
  marks: Mark[]
  /** Shown instead of the marks when these would be a wall. */
  bar: ProgressBar | undefined
}

/** One bar for many actions: its parts in hundredths of its length, and what they mean in words. */
export interface ProgressBar {
  parts: { status: Status; from: number; length: number }[]
  /** « 90 en cours, 120 prévues » */
  sentence: string
}

/** Of one engagement; beyond, nobody counts them any more. */
const mostMarks = 60

export interface Progress {
  total: number
  counts: Record<Status, number>
  /** « 9 actions réalisées sur 30 » */
  sentence: string
  engagements: EngagementProgress[]
}

export interface ProgressRow {
  number: number
  title: string
  slug: string
  status: Status
  engagement_id: number
}

export interface ProgressEngagement {
  id: number
  number: number
  title: string
  slug: string
  hue: Hue
}

/** The progress of these engagements from their actions. An engagement without action shows none. */
export function progressOf(engagements: ProgressEngagement[], actions: ProgressRow[]): Progress {
  const rows = new Map<number, ProgressRow[]>()
  for (const action of actions) rows.set(action.engagement_id, [...(rows.get(action.engagement_id) ?? []), action])
  const shown = engagements.map((engagement): EngagementProgress => {
    const own = rows.get(engagement.id) ?? []
    const counts = countStatuses(own)
    return {
      number: engagement.number,
      title: engagement.title,
      href: `/engagements/${engagement.slug}`,
      hue: engagement.hue,
      sentence: progressSentence(counts),
      counts,
      bar: own.length > mostMarks ? barOf(counts) : undefined,
      marks: own.map((action) => ({
        number: action.number,
        title: action.title,
        href: `/actions/${action.slug}`,
        status: action.status,
        statusWords: labels[action.status].toLocaleLowerCase('fr-FR')
      }))
    }
  })
  const counts = countStatuses(shown.flatMap((engagement) => engagement.marks))
  const total = counts.prevue + counts.en_cours + counts.realisee
  return { total, counts, sentence: progressSentence(counts), engagements: shown }
}

function countStatuses(rows: { status: Status }[]): Record<Status, number> {
  const counts: Record<Status, number> = { prevue: 0, en_cours: 0, realisee: 0 }
  for (const row of rows) counts[row.status] += 1
  return counts
}

/** What is done first, as the marks are read. */
function barOf(counts: Record<Status, number>): ProgressBar {
  const order = ['realisee', 'en_cours', 'prevue'] as const satisfies readonly Status[]
  const total = counts.prevue + counts.en_cours + counts.realisee
  let before = 0
  const parts = order.map((status) => {
    const from = (before / total) * 100
    before += counts[status]
    return { status, from, length: (counts[status] / total) * 100 }
  })
  return { parts, sentence: `${counts.en_cours} en cours, ${countText(counts.prevue, 'prévue')}` }
}

function progressSentence(counts: Record<Status, number>): string {
  const total = counts.prevue + counts.en_cours + counts.realisee
  if (total === 0) return 'Aucune action pour le moment'
  return `${countText(counts.realisee, 'action réalisée', 'actions réalisées')} sur ${total}`
}
