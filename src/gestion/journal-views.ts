/** The journal in sentences: who did what, on what. */
import { countText, instantDay, instantText, today } from '../web/format.ts'
import { type Field, fieldOf } from '../web/forms.ts'
import { type Pager, pagerOf } from '../web/pagination.ts'
import { type JournalFilter, journalQuery, type SubjectGroup, subjectGroups } from './journal-forms.ts'
import { type JournalRow, linesOnPage, type listJournalForFile } from './journal-queries.ts'

declare module '../web/render.ts' {
  interface Views {
    'gestion/journal': JournalPage
  }
}

export const journalPath = '/gestion/journal'

export interface JournalLine {
  at: string
  who: string
  /** « a publié l’action » */
  deed: string
  title: string
  /** Empty where there is nothing to open any more. */
  href: string
  details: string
}

export interface JournalPage {
  lines: JournalLine[]
  summary: string
  isFiltered: boolean
  who: Field
  names: string[]
  from: Field
  to: Field
  words: Field
  groups: { value: string; label: string; selected: boolean }[]
  pager: Pager | undefined
  exportHref: string
}

export function journalPage(parts: {
  rows: JournalRow[]
  count: number
  filter: JournalFilter
  page: number
  names: string[]
}): JournalPage {
  const { filter, count, page } = parts
  const query = journalQuery(filter)
  const text = query.toString()
  return {
    lines: parts.rows.map(journalLine),
    summary: count === 0 ? 'Aucune ligne' : countText(count, 'ligne'),
    isFiltered: text !== '',
    who: fieldOf({ name: 'qui', label: 'Qui', value: filter.who, autocomplete: 'off' }),
    names: parts.names,
    from: fieldOf({ name: 'du', label: 'Du', type: 'date', value: filter.from }),
    to: fieldOf({ name: 'au', label: 'Au', type: 'date', value: filter.to }),
    words: fieldOf({ name: 'q', label: 'Mots', type: 'search', value: filter.text, autocomplete: 'off' }),
    groups: Object.entries(subjectGroups).map(([value, { label }]) => ({
      value,
      label,
      selected: value === (filter.group satisfies SubjectGroup | undefined)
    })),
    pager: pagerOf(journalPath, query, page, Math.ceil(count / linesOnPage)),
    exportHref: text === '' ? `${journalPath}.csv` : `${journalPath}.csv?${text}`
  }
}

export function journalLine(row: JournalRow): JournalLine {
  return {
    at: instantText(row.at),
    who: row.agent_name,
    deed: deedOf(row),
    title: titleOf(row),
    href: row.is_there ? hrefOf(row) : '',
    details: row.details
  }
}

type Told = Pick<JournalRow, 'subject' | 'event' | 'title'>

function titleOf({ title }: Told): string {
  return title || 'Sans titre'
}

function hrefOf({ subject, subject_id: id }: Pick<JournalRow, 'subject' | 'subject_id'>): string {
  switch (subject) {
    case 'settings':
      return '/gestion/reglages'
    case 'agent':
      return `/gestion/agents/${id}`
    case 'media':
      return `/gestion/mediatheque/${id}`
    default:
      return `/gestion/contenus/${id}`
  }
}

const things: Record<string, { the: string; of: string }> = {
  action: { the: 'l’action', of: 'de l’action' },
  engagement: { the: 'l’engagement', of: 'de l’engagement' },
  direction: { the: 'la page de direction', of: 'de la page de direction' },
  issue: { the: 'le numéro d’Entre nous', of: 'du numéro d’Entre nous' },
  album: { the: 'l’album', of: 'de l’album' },
  page: { the: 'la page', of: 'de la page' },
  home: { the: 'la page', of: 'de la page' },
  demarche: { the: 'la page', of: 'de la page' },
  media: { the: 'le fichier', of: 'du fichier' }
}

const ofAgents: Record<string, string> = {
  added: 'a ajouté l’agent',
  invited: 'a invité',
  imported: 'a importé une liste\u00a0:',
  changed: 'a changé la fiche ou les droits de',
  deactivated: 'a désactivé le compte de',
  reactivated: 'a réactivé le compte de',
  'signed-out': 'a déconnecté les appareils de',
  'handed-over': 'a confié à d’autres ce dont répondait'
}

const ofSettings: Record<string, string> = {
  changed: 'a changé les réglages',
  restored: 'a remis comme avant les réglages',
  'demonstration-removed': 'a retiré la démonstration\u00a0:'
}

/** What was done, up to what it was done to. An event that is not known here yet is told in general words. */
function deedOf({ subject, event }: Told): string {
  if (subject === 'agent') return ofAgents[event] ?? 'a changé le compte de'
  if (subject === 'settings') return ofSettings[event] ?? 'a changé les réglages'
  const { the, of } = things[subject] ?? { the: '', of: '' }
  const deeds: Record<string, string> = {
    created: `a créé ${the}`,
    saved: `a enregistré un brouillon ${of}`,
    proposed: `a proposé une nouvelle version ${of}`,
    unproposed: `a retiré sa proposition ${of}`,
    returned: `a renvoyé à reprendre ${the}`,
    published: `a publié ${the}`,
    restored: `a remis en ligne une version précédente ${of}`,
    withdrawn: `a retiré du site ${the}`,
    scheduled: `a programmé la publication ou le retrait ${of}`,
    unscheduled: `a annulé la programmation ${of}`,
    trashed: `a mis à la corbeille ${the}`,
    untrashed: `a sorti de la corbeille ${the}`,
    erased: `a effacé pour de bon ${the}`,
    deleted: `a effacé pour de bon ${the}`,
    added: `a ajouté ${the}`,
    edited: `a changé la description ${of}`,
    replaced: `a remplacé ${the}`,
    agreement: `a noté le droit à l’image ${of}`,
    'agreement-ended': `a masqué, l’accord ayant pris fin, ${the}`,
    'removal-requested': `a demandé le retrait ${of}`,
    'kept-hidden': `a gardé masqué ${the}`,
    'shown-again': `a remis en ligne ${the}`
  }
  return deeds[event] ?? `a changé ${the}`
}

export function journalTable(rows: Awaited<ReturnType<typeof listJournalForFile>>): {
  filename: string
  table: string[][]
} {
  return {
    filename: `journal-${today()}.csv`,
    table: [
      ['Date', 'Heure', 'Qui', 'Fait', 'Sur quoi', 'Précisions'],
      ...rows.map((row) => [
        instantDay(row.at).iso,
        hourFormat.format(row.at),
        row.agent_name,
        deedOf(row),
        titleOf(row),
        row.details
      ])
    ]
  }
}

const hourFormat = new Intl.DateTimeFormat('fr-FR', { timeStyle: 'medium', timeZone: 'Europe/Paris' })
