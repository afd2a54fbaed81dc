/** What the screens of every kind of content share. */
import { instantText } from '../web/format.ts'
import { type ComparedField, compareInWords } from './compare.ts'
import type { Entry, RevisionEvent, RevisionLine } from './entries.ts'

declare module '../web/render.ts' {
  interface Views {
    'publishing/history': HistoryPage
  }
}

type InWords = { label: string; text: string }[]

/** The state of an entry and what can be done with it, at the head of its screen. */
export interface EntryBar {
  address: string
  version: number
  title: string
  /** « Publié », « Brouillon », « Publié, avec des modifications en attente », « Retiré », « À la corbeille » */
  state: string
  savedText: string
  publicPath: string | undefined
  isPublished: boolean
  isTrashed: boolean
  /** « Inès Caron modifie aussi cette page. » */
  othersSentence: string | undefined
  mayManage: boolean
  plan: { publication: string; withdrawal: string; sentence: string | undefined }
  withdrawalReason: string | undefined
  /** The fields that differ between what was typed and what somebody else saved. */
  conflict: ComparedField[] | undefined
}

export function entryBar(parts: {
  entry: Entry
  address: string
  publicPath: string | undefined
  others: string[]
  mayManage: boolean
  conflict: { theirs: InWords; mine: InWords } | undefined
}): EntryBar {
  const { entry, others } = parts
  return {
    address: parts.address,
    version: entry.version,
    title: entry.title,
    state: stateOf(entry),
    savedText: instantText(entry.saved_at),
    publicPath: isPublished(entry) ? parts.publicPath : undefined,
    isPublished: isPublished(entry),
    isTrashed: entry.trashed_at !== null,
    othersSentence:
      others.length === 0
        ? undefined
        : `${listInWords(others)} ${others.length === 1 ? 'modifie' : 'modifient'} aussi cette page.`,
    mayManage: parts.mayManage,
    plan: {
      publication: parisInput(entry.publish_at),
      withdrawal: parisInput(entry.withdraw_at),
      sentence: planSentence(entry)
    },
    withdrawalReason: entry.withdrawal_reason ?? undefined,
    conflict: parts.conflict && compareInWords(parts.conflict.theirs, parts.conflict.mine)
  }
}

export function isPublished(entry: Pick<Entry, 'content_id' | 'withdrawn_at' | 'trashed_at'>): boolean {
  return entry.content_id !== null && entry.withdrawn_at === null && entry.trashed_at === null
}

export function stateOf(
  entry: Pick<Entry, 'content_id' | 'withdrawn_at' | 'trashed_at' | 'publish_at'> & { draft: unknown }
): string {
  if (entry.trashed_at) return 'À la corbeille'
  if (entry.publish_at) return 'Publication programmée'
  if (entry.withdrawn_at) return 'Retiré'
  if (entry.content_id === null) return 'Brouillon'
  return entry.draft === null ? 'Publié' : 'Publié, avec des modifications en attente'
}

function planSentence(entry: Entry): string | undefined {
  const sentences = [
    entry.publish_at && `Publication prévue le ${instantText(entry.publish_at)}.`,
    entry.withdraw_at && `Retrait prévu le ${instantText(entry.withdraw_at)}.`
  ].filter((sentence) => typeof sentence === 'string')
  return sentences.length > 0 ? sentences.join(' ') : undefined
}

const inputFormat = new Intl.DateTimeFormat('sv-SE', {
  dateStyle: 'short',
  timeStyle: 'short',
  timeZone: 'Europe/Paris'
})

/** An instant as a `datetime-local` field wants it, on Paris clocks. */
function parisInput(instant: Date | null): string {
  return instant ? inputFormat.format(instant).replace(' ', 'T') : ''
}

const listFormat = new Intl.ListFormat('fr-FR', { type: 'conjunction' })

function listInWords(names: string[]): string {
  return listFormat.format(names)
}

export interface HistoryPage {
  title: string
  address: string
  lines: { href: string; sentence: string; at: string; current: boolean; restoreAction: string }[]
  compared: { sentence: string; fields: ComparedField[]; restoreAction: string } | undefined
}

const events: Record<RevisionEvent, string> = {
  saved: 'a enregistré',
  published: 'a publié',
  withdrawn: 'a retiré la page',
  restored: 'a remis une publication précédente',
  trashed: 'a mis à la corbeille',
  untrashed: 'a sorti de la corbeille'
}

/** What somebody did, after their name: « a publié ». */
export function eventInWords(event: RevisionEvent): string {
  return events[event]
}

export function historyPage(parts: {
  entry: Entry
  address: string
  revisions: RevisionLine[]
  compared?: { revision: RevisionLine; then: InWords; now: InWords }
}): HistoryPage {
  const { address, compared } = parts
  return {
    title: parts.entry.title || 'Sans titre',
    address,
    lines: parts.revisions.map((revision) => ({
      href: `${address}/historique/${revision.id}`,
      sentence: `${revision.agent_name} ${events[revision.event]}`,
      at: instantText(revision.created_at),
      current: revision.id === compared?.revision.id,
      restoreAction: `${address}/historique/${revision.id}/reprendre`
    })),
    compared: compared && {
      sentence: `Ce qui a changé depuis le ${instantText(compared.revision.created_at)}`,
      fields: compareInWords(compared.then, compared.now),
      restoreAction: `${address}/historique/${compared.revision.id}/reprendre`
    }
  }
}
