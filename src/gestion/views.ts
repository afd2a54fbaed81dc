/** What the back-office shows. */
import type { Removal } from '../demonstration/remove.ts'
import { type Kind, kindPaths } from '../publishing/kinds.ts'
import { eventInWords } from '../publishing/views.ts'
import { dayText, instantDay, instantText } from '../web/format.ts'
import { errorOf, type FieldError } from '../web/forms.ts'
import type { listActionsToUpdate, listJournal, listMediaToRepair, listSleepingDrafts, listTrash } from './queries.ts'

declare module '../web/render.ts' {
  interface Views {
    'gestion/dashboard': DashboardPage
    'gestion/journal': JournalPage
    'gestion/trash': TrashPage
  }
}

type Rows<Query extends (...parameters: never[]) => Promise<unknown[]>> = Awaited<ReturnType<Query>>

export interface JournalLine {
  at: string
  sentence: string
  title: string
  href: string
}

export interface DashboardPage {
  errors: FieldError[]
  confirmationError: string | undefined
  actions: { title: string; href: string; why: string }[]
  drafts: { title: string; href: string; since: string }[]
  media: { title: string; href: string; why: string }[]
  journal: JournalLine[]
}

export function dashboardPage(
  waiting: {
    drafts: Rows<typeof listSleepingDrafts>
    actions: Rows<typeof listActionsToUpdate>
    media: Rows<typeof listMediaToRepair>
    journal: Rows<typeof listJournal>
  },
  errors: FieldError[] = []
): DashboardPage {
  return {
    errors,
    confirmationError: errorOf(errors, 'confirmation'),
    actions: waiting.actions.map((row) => ({
      title: `${row.number}. ${row.title}`,
      href: `/gestion/actions/${row.entry_id}`,
      why:
        row.is_late && row.due_on
          ? `devait être réalisée le ${dayText(row.due_on)}`
          : `n’a pas changé depuis le ${instantDay(row.updated_at).text}`
    })),
    drafts: waiting.drafts.map((row) => ({
      title: row.title || 'Sans titre',
      href: screenOf(row.kind, row.id),
      since: instantDay(row.saved_at).text
    })),
    media: waiting.media.map((row) => ({
      title: row.title,
      href: `/gestion/mediatheque/${row.id}`,
      why: row.kind === 'image' ? 'image sans texte alternatif' : 'vidéo sans sous-titres ni transcription'
    })),
    journal: waiting.journal.map(journalLine)
  }
}

function screenOf(kind: Kind, entryId: number): string {
  return `/gestion/${kindPaths[kind]}/${entryId}`
}

function journalLine(row: Rows<typeof listJournal>[number]): JournalLine {
  return {
    at: instantText(row.created_at),
    sentence: `${row.agent_name} ${eventInWords(row.event)}`,
    title: row.title || 'Sans titre',
    href: screenOf(row.kind, row.entry_id)
  }
}

export interface JournalPage {
  lines: JournalLine[]
  newer: string | undefined
  older: string | undefined
}

export function journalPage(rows: Rows<typeof listJournal>, page: number, hasMore: boolean): JournalPage {
  const href = (number: number): string => (number === 1 ? '/gestion/journal' : `/gestion/journal?page=${number}`)
  return {
    lines: rows.map(journalLine),
    newer: page > 1 ? href(page - 1) : undefined,
    older: hasMore ? href(page + 1) : undefined
  }
}

function trashSentence(row: Rows<typeof listTrash>[number]): string {
  const by = row.agent_name ? ` par ${row.agent_name}` : ''
  return `Mis à la corbeille le ${instantDay(row.trashed_at).text}${by}, gardé au moins jusqu’au ${instantDay(row.gone_at).text}.`
}

export interface TrashPage {
  rows: { title: string; sentence: string; restoreAction: string }[]
}

export function trashPage(rows: Rows<typeof listTrash>): TrashPage {
  return {
    rows: rows.map((row) => ({
      title: row.title || 'Sans titre',
      sentence: trashSentence(row),
      restoreAction: `${screenOf(row.kind, row.id)}/sortir-de-la-corbeille`
    }))
  }
}

/** What went and what stays, in one message. */
export function removalMessage({ kept, keptWebmaster }: Removal): string {
  const names = [...kept.engagements, ...kept.directions, ...kept.files]
  const sentences = [
    'La démonstration a été retirée.',
    names.length > 0 && `Vos contenus s’en servent, alors ceci reste\u00a0: ${names.join(', ')}.`,
    keptWebmaster &&
      `Le compte ${keptWebmaster} reste tant qu’il est le seul à pouvoir gérer le site\u00a0: créez le vôtre, puis retirez-le.`
  ]
  return sentences.filter((sentence) => typeof sentence === 'string').join(' ')
}
