/** What the back-office shows. */
import type { Removal } from '../demonstration/remove.ts'
import type { listEndingAgreements } from '../media/image-rights/image-rights-queries.ts'
import type { listOpenRemovals } from '../media/image-rights/removal-requests.ts'
import type { SpaceWarning } from '../media/space/space-warnings.ts'
import { type Kind, kindPaths } from '../publishing/kinds.ts'
import { stateOf } from '../publishing/views.ts'
import { countText, dayText, instantDay, instantText } from '../web/format.ts'
import { errorOf, type FieldError } from '../web/forms.ts'
import type { JournalRow } from './journal-queries.ts'
import { type JournalLine, journalLine } from './journal-views.ts'
import type {
  listActionsToUpdate,
  listEntrusted,
  listMediaToRepair,
  listPlanned,
  listProposals,
  listReturned,
  listSleepingDrafts,
  listTrash
} from './queries.ts'

declare module '../web/render.ts' {
  interface Views {
    'gestion/dashboard': DashboardPage
    'gestion/entrusted': EntrustedPage
    'gestion/trash': TrashPage
  }
}

type Rows<Query extends (...parameters: never[]) => Promise<unknown[]>> = Awaited<ReturnType<Query>>

interface Item {
  title: string
  href: string
  /** What follows the title: since when, why, by whom. */
  why: string
  /** What the webmaster wrote back. */
  comment?: string
}

/** One thing that waits, with all its cases. */
export interface Waiting {
  id: string
  title: string
  /** What to do about it. */
  advice: string
  items: Item[]
  more: { label: string; href: string } | undefined
}

export interface DashboardPage {
  errors: FieldError[]
  confirmationError: string | undefined
  /** « 5 choses vous attendent. » */
  summary: string
  /** The site is empty: the screen says where to begin. */
  isNew: boolean
  waiting: Waiting[]
  planned: Item[]
  latest: JournalLine[]
}

export interface Gathered {
  proposals: Rows<typeof listProposals>
  returned: Rows<typeof listReturned>
  planned: Rows<typeof listPlanned>
  drafts: Rows<typeof listSleepingDrafts>
  actions: Rows<typeof listActionsToUpdate>
  media: Rows<typeof listMediaToRepair>
  removals: Rows<typeof listOpenRemovals>
  agreements: Rows<typeof listEndingAgreements>
  space: SpaceWarning[]
  latest: JournalRow[]
  isUnderway: boolean
}

export function dashboardPage(gathered: Gathered, errors: FieldError[] = []): DashboardPage {
  const images = gathered.media.filter((row) => row.kind === 'image')
  const videos = gathered.media.filter((row) => row.kind === 'video')
  const pdfs = gathered.media.filter((row) => row.kind === 'pdf')
  const waiting: Waiting[] = [
    {
      id: 'retraits',
      title: 'Demandes de retrait',
      advice: 'Une personne ne veut pas être montrée. L’image est déjà masquée\u00a0: dites ce qu’elle devient.',
      items: gathered.removals.map((row) => ({
        title: row.title,
        href: `/gestion/mediatheque/${row.id}#retrait`,
        why: `demandé par ${row.agent_name} le ${instantText(row.created_at)}`,
        ...(row.message && { comment: row.message })
      })),
      more: undefined
    },
    {
      id: 'espace',
      title: 'Espace de la médiathèque',
      advice: 'Les fichiers demandent votre attention, ou celle du service informatique.',
      items: gathered.space.map(({ title, why }) => ({ title, href: '/gestion/mediatheque/espace', why })),
      more: undefined
    },
    {
      id: 'propositions',
      title: 'Propositions à relire',
      advice: 'Des référents ou des pilotes attendent votre accord pour publier.',
      items: gathered.proposals.map((row) => ({
        ...entryLink(row),
        why: `proposé par ${row.agent_name ?? 'quelqu’un qui est parti'} le ${instantText(row.proposed_at)}`
      })),
      more: undefined
    },
    {
      id: 'renvois',
      title: 'Renvoyés vers vous',
      advice: 'Reprenez ce qui est demandé.',
      items: returnedItems(gathered.returned),
      more: undefined
    },
    {
      id: 'a-mettre-a-jour',
      title: 'Actions à mettre à jour',
      advice: 'Leur date est passée, ou personne n’y a touché depuis deux mois.',
      items: gathered.actions.map(actionItem),
      more: undefined
    },
    {
      id: 'brouillons',
      title: 'Brouillons endormis',
      advice: 'Commencés, jamais publiés\u00a0: terminez-les, ou mettez-les à la corbeille.',
      items: gathered.drafts.map((row) => ({
        ...entryLink(row),
        why: `${row.agent_name ? `laissé par ${row.agent_name}` : 'laissé'} le ${instantDay(row.saved_at).text}`
      })),
      more: undefined
    },
    {
      id: 'accords',
      title: 'Accords qui prennent fin',
      advice: 'Demandez un nouvel accord\u00a0: le lendemain du dernier jour, le fichier est masqué de lui-même.',
      items: gathered.agreements.map((row) => ({
        title: row.title,
        href: `/gestion/mediatheque/${row.id}#accord`,
        why: row.has_ended
          ? `masqué depuis que l’accord a pris fin le ${dayText(row.until)}`
          : `jusqu’au ${dayText(row.until)}`
      })),
      more: moreFiles(gathered.agreements, '/gestion/mediatheque?etat=accord-bientot-fini')
    },
    {
      id: 'images',
      title: 'Images sans texte alternatif',
      advice: 'Qui ne voit pas l’image ne sait pas ce qu’elle montre.',
      items: images.map((row) => ({ title: row.title, href: `/gestion/mediatheque/${row.id}#alt`, why: '' })),
      more: moreFiles(images, '/gestion/mediatheque?etat=sans-texte')
    },
    {
      id: 'videos',
      title: 'Vidéos sans sous-titres ni transcription',
      advice: 'Qui n’entend pas la vidéo n’en sait rien.',
      items: videos.map((row) => ({ title: row.title, href: `/gestion/mediatheque/${row.id}`, why: '' })),
      more: moreFiles(videos, '/gestion/mediatheque?etat=sans-sous-titres')
    },
    {
      id: 'pdf',
      title: 'PDF à améliorer',
      advice: 'Tout le monde ne peut pas les lire\u00a0: la page de chacun dit ce qui lui manque.',
      items: pdfs.map((row) => ({ title: row.title, href: `/gestion/mediatheque/${row.id}#lisible`, why: '' })),
      more: moreFiles(pdfs, '/gestion/mediatheque?etat=pdf-a-ameliorer')
    }
  ].filter(({ items }) => items.length > 0)
  const count = waiting.reduce((sum, { items }) => sum + items.length, 0)
  return {
    errors,
    confirmationError: errorOf(errors, 'confirmation'),
    isNew: !gathered.isUnderway,
    summary:
      count === 0
        ? gathered.isUnderway
          ? 'Rien ne vous attend\u00a0: tout est à jour.'
          : 'Le site est prêt à recevoir votre projet.'
        : `${countText(count, 'chose vous attend', 'choses vous attendent')}. Chaque lien mène à l’endroit où la régler.`,
    waiting,
    planned: gathered.planned.map((row) => ({ ...entryLink(row), why: planInWords(row) })),
    latest: gathered.latest.map(journalLine)
  }
}

function moreFiles(rows: { of_kind: number }[], href: string): Waiting['more'] {
  const count = rows[0]?.of_kind ?? 0
  return count > rows.length ? { label: `Les voir tous (${count})`, href } : undefined
}

function actionItem(row: Gathered['actions'][number]): Item {
  const why =
    row.is_late && row.due_on
      ? `devait être réalisée le ${dayText(row.due_on)}`
      : `n’a pas changé depuis le ${instantDay(row.updated_at).text}`
  const pilotes = row.pilotes.length > 0 ? new Intl.ListFormat('fr-FR').format(row.pilotes) : 'sans pilote'
  return {
    title: `${row.number}. ${row.title}`,
    href: `/gestion/actions/${row.entry_id}`,
    why: `${why} (${pilotes})`
  }
}

function returnedItems(rows: Gathered['returned']): Item[] {
  return rows.map((row) => ({
    ...entryLink(row),
    why: `renvoyé le ${instantText(row.returned_at)}`,
    ...(row.return_comment && { comment: row.return_comment })
  }))
}

function planInWords(row: Gathered['planned'][number]): string {
  const sentences = [
    row.publish_at && `sera publié le ${instantText(row.publish_at)}`,
    row.withdraw_at && `sera retiré le ${instantText(row.withdraw_at)}`
  ]
  return sentences.filter((sentence) => typeof sentence === 'string').join(', ')
}

function entryLink(row: { id: number; kind: Kind; title: string }): { title: string; href: string } {
  return { title: row.title || 'Sans titre', href: screenOf(row.kind, row.id) }
}

function screenOf(kind: Kind, entryId: number): string {
  return `/gestion/${kindPaths[kind]}/${entryId}`
}

/** What pilotes and référents see in place of the dashboard. */
export interface EntrustedPage {
  /** Whether they publish, or propose. */
  rule: string
  returned: Item[]
  directions: EntrustedRow[]
  actions: EntrustedRow[]
}

export interface EntrustedRow {
  title: string
  /** Undefined when it is in the trash, or has no screen yet. */
  href: string | undefined
  state: string
  since: string
  toDo: string | undefined
}

export function entrustedPage(parts: {
  rows: Awaited<ReturnType<typeof listEntrusted>>
  returned: Gathered['returned']
  stale: Gathered['actions']
  referentsPublish: boolean
}): EntrustedPage {
  const stale = new Map(parts.stale.map((row) => [row.entry_id, row]))
  const rowsOf = (kind: 'action' | 'direction'): EntrustedRow[] =>
    parts.rows
      .filter((row) => row.kind === kind)
      .map((row) => {
        const late = row.entry_id === null ? undefined : stale.get(row.entry_id)
        return {
          title: row.number === null ? row.title : `${row.number}. ${row.title}`,
          href: row.entry_id === null || row.trashed_at ? undefined : screenOf(kind, row.entry_id),
          state: row.proposed_at
            ? 'Proposé, en attente du webmaster'
            : stateOf({ ...row, draft: row.has_draft ? {} : null }),
          since: instantDay(row.updated_at).text,
          toDo: late && (late.is_late ? 'Sa date est passée' : 'À mettre à jour')
        }
      })
  return {
    rule: parts.referentsPublish
      ? 'Vous publiez vous-même ce qui vous est confié. Tout se corrige, et rien ne se perd.'
      : 'Vous proposez, un webmaster relit et publie. Tout se corrige, et rien ne se perd.',
    returned: returnedItems(parts.returned),
    directions: rowsOf('direction'),
    actions: rowsOf('action')
  }
}

export interface TrashPage {
  rows: { title: string; sentence: string; restoreAction: string; eraseHref: string }[]
  /** « 3 fichiers », or empty. */
  files: string
}

export function trashPage(rows: Rows<typeof listTrash>, fileCount: number): TrashPage {
  return {
    rows: rows.map((row) => ({
      title: row.title || 'Sans titre',
      sentence: trashSentence(row),
      restoreAction: `${screenOf(row.kind, row.id)}/sortir-de-la-corbeille`,
      eraseHref: `${screenOf(row.kind, row.id)}/supprimer`
    })),
    files: fileCount === 0 ? '' : countText(fileCount, 'fichier')
  }
}

function trashSentence(row: Rows<typeof listTrash>[number]): string {
  const by = row.agent_name ? ` par ${row.agent_name}` : ''
  return `Mis à la corbeille le ${instantDay(row.trashed_at).text}${by}, gardé au moins jusqu’au ${instantDay(row.gone_at).text}.`
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
