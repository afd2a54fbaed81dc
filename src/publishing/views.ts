/** What the screens of every kind of content share. */
import type { AgentChoice } from '../accounts/choices.ts'
import type { ChosenImage, MediaChoice } from '../media/choices.ts'
import { type ImageView, imageView } from '../media/views.ts'
import { instantDay, instantText } from '../web/format.ts'
import { errorOf, type Field, type FieldError, fieldOf, type Typed } from '../web/forms.ts'
import type { Pager } from '../web/pagination.ts'
import type { Finding } from './accessibility-check.ts'
import { type ComparedField, compareInWords } from './compare.ts'
import type { Entry } from './entries.ts'
import { type Kind, kindPaths } from './kinds.ts'
import type { RevisionEvent, RevisionLine } from './revisions.ts'

declare module '../web/render.ts' {
  interface Views {
    'publishing/erase': ErasePage
    'publishing/history': HistoryPage
    'publishing/list': EntriesPage
    'publishing/phone-preview': { title: string; address: string }
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
  /** The site cannot do without it: it is published, and never withdrawn nor thrown away. */
  isPermanent: boolean
  /** Whether who looks at it is who saved it last: the browser then knows that what it kept arrived. */
  isSavedByYou: boolean
  /** The gesture that shows it to readers, or asks the webmaster to. */
  publishing: { label: string; action: string }
  /** It waits for the webmaster. */
  proposal: { sentence: string; mayAnswer: boolean; mayTakeBack: boolean; comment: Field } | undefined
  /** What the webmaster answered, until it is proposed again. */
  returned: { sentence: string; comment: string } | undefined
  /** What would make it better, and prevents nothing. */
  advice: Finding[]
  /** What readers lose with it beside itself; undefined: nothing. */
  alsoHides: string | undefined
  /** Why it cannot go to the trash today; undefined: it can. */
  keptFromTrash: string | undefined
  /** The sheet to hang on a wall, of what has one and is on show. */
  posterHref: string | undefined
  plan: { publication: Field; withdrawal: Field; sentence: string | undefined }
  reason: Field
  /** Where its address leads once it is withdrawn, and what can be chosen. */
  redirection: { field: Field; suggestions: { value: string; label: string }[] }
  withdrawalReason: string | undefined
  conflictHeading: string
  /** The fields that differ between what was typed and what somebody else saved. */
  conflict: ComparedField[] | undefined
}

interface Person {
  id: number
  name: string
}

export function entryBar(parts: {
  entry: Entry
  address: string
  publicPath: string | undefined
  others: string[]
  people: { saver: Person | undefined; proposer: Person | undefined }
  agentId: number
  mayManage: boolean
  mayPublish: boolean
  isPermanent: boolean
  addresses: { path: string; title: string }[]
  advice: Finding[]
  alsoHides: string | undefined
  keptFromTrash: string | undefined
  errors: FieldError[]
  /** What was typed in the forms beside that of the content. */
  typed: Typed
  conflict: { theirs: InWords; mine: InWords } | undefined
}): EntryBar {
  const { entry, typed, people } = parts
  const error = (field: string): string | undefined => errorOf(parts.errors, field)
  return {
    address: parts.address,
    version: entry.version,
    title: entry.title,
    state: stateOf(entry),
    savedText: instantText(entry.saved_at),
    publicPath: isPublished(entry) ? parts.publicPath : undefined,
    isPublished: isPublished(entry),
    isTrashed: entry.trashed_at !== null,
    othersSentence: othersInWords(parts.others),
    mayManage: parts.mayManage,
    isPermanent: parts.isPermanent,
    isSavedByYou: entry.saved_by === parts.agentId,
    publishing: parts.mayPublish
      ? { label: 'Publier', action: `${parts.address}/publier` }
      : { label: 'Proposer au webmaster', action: `${parts.address}/proposer` },
    proposal: proposalOf(parts),
    returned:
      entry.returned_at && entry.return_comment !== null
        ? {
            sentence: `Renvoyée par le webmaster le ${instantText(entry.returned_at)}, avec ce commentaire\u00a0:`,
            comment: entry.return_comment
          }
        : undefined,
    advice: parts.advice,
    alsoHides: parts.alsoHides,
    keptFromTrash: parts.keptFromTrash,
    posterHref: parts.mayManage ? posterHref(entry) : undefined,
    plan: {
      publication: fieldOf({
        name: 'publication',
        label: 'Publier le',
        type: 'datetime-local',
        value: typed.publication ?? parisInput(entry.publish_at),
        error: error('publication')
      }),
      withdrawal: fieldOf({
        name: 'retrait',
        label: 'Retirer le',
        type: 'datetime-local',
        value: typed.retrait ?? parisInput(entry.withdraw_at),
        error: error('retrait')
      }),
      sentence: planSentence(entry)
    },
    reason: fieldOf({
      name: 'raison',
      label: 'Pourquoi retirer cette page',
      hint: 'Par exemple\u00a0: une erreur, un contenu regroupé ailleurs, une action abandonnée.',
      value: typed.raison ?? '',
      error: error('raison'),
      maxlength: 400
    }),
    redirection: {
      field: fieldOf({
        name: 'redirection',
        label: 'Rediriger vers',
        optional: true,
        hint: 'L’adresse de la page du site qui remplace celle-ci. Vide, les lecteurs apprennent qu’elle est retirée, et pourquoi.',
        value: typed.redirection ?? '',
        error: error('redirection'),
        autocomplete: 'off',
        spellcheck: false,
        maxlength: 300
      }),
      suggestions: parts.addresses
        .filter(({ path }) => path !== parts.publicPath)
        .map(({ path, title }) => ({ value: path, label: title }))
    },
    conflictHeading:
      people.saver?.id === parts.agentId
        ? 'Vous avez enregistré cette page ailleurs, dans une autre fenêtre, pendant que vous écriviez ici'
        : `${people.saver?.name ?? 'Quelqu’un'} a enregistré cette page pendant que vous écriviez`,
    withdrawalReason: entry.withdrawal_reason ?? undefined,
    conflict: parts.conflict && compareInWords(parts.conflict.theirs, parts.conflict.mine)
  }
}

function proposalOf(parts: Parameters<typeof entryBar>[0]): EntryBar['proposal'] {
  const { entry, people, typed } = parts
  if (entry.proposed_at === null) return undefined
  const changed = entry.saved_at > entry.proposed_at ? ', modifiée depuis' : ''
  const isMine = entry.proposed_by === parts.agentId
  const by = isMine ? 'par vous' : `par ${people.proposer?.name ?? 'quelqu’un qui est parti'}`
  return {
    sentence: `Proposée ${by} le ${instantText(entry.proposed_at)}${changed}.`,
    mayAnswer: parts.mayManage,
    mayTakeBack: isMine,
    comment: fieldOf({
      name: 'commentaire',
      label: 'Ce qui est à changer',
      hint: 'Part par courriel à qui a proposé, et reste en tête de cette page.',
      type: 'textarea',
      rows: 4,
      value: typed.commentaire ?? '',
      error: errorOf(parts.errors, 'commentaire'),
      maxlength: 1000
    })
  }
}

/** « Inès Caron modifie aussi cette page. »; undefined when nobody does. */
export function othersInWords(names: string[]): string | undefined {
  if (names.length === 0) return undefined
  return `${listInWords(names)} ${names.length === 1 ? 'modifie' : 'modifient'} aussi cette page.`
}

export function isPublished(entry: Pick<Entry, 'content_id' | 'withdrawn_at' | 'trashed_at'>): boolean {
  return entry.content_id !== null && entry.withdrawn_at === null && entry.trashed_at === null
}

const posterPaths: Partial<Record<Kind, string>> = { action: 'actions', engagement: 'engagements' }

/** The poster of a page on show, of the kinds that have one. */
export function posterHref(
  entry: Pick<Entry, 'kind' | 'content_id' | 'withdrawn_at' | 'trashed_at'>
): string | undefined {
  const path = posterPaths[entry.kind]
  return path && isPublished(entry) ? `/gestion/affiches/${path}/${entry.content_id}.pdf` : undefined
}

export function stateOf(
  entry: Pick<Entry, 'content_id' | 'withdrawn_at' | 'trashed_at' | 'publish_at'> & {
    draft: unknown
    proposed_at?: Date | null
  }
): string {
  if (entry.trashed_at) return 'À la corbeille'
  if (entry.publish_at) return 'Publication programmée'
  if (entry.withdrawn_at) return 'Retiré'
  if (entry.content_id === null) return 'Brouillon'
  if (entry.proposed_at) return 'Publié, avec une proposition en attente'
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

/**
 * What happens to a moment in the two nights when clocks change, in a sentence: an hour that does not exist, or that comes
 * twice. Undefined on all other days.
 */
export function clockChange(typed: string | null, instant: Date | null): string | undefined {
  if (typed === null || instant === null) return undefined
  const hour = (text: string): string => text.slice(11).replace(/^0?(\d+):/, '$1\u00a0h\u00a0')
  const kept = parisInput(instant)
  if (kept !== typed) {
    return `Cette nuit-là, les horloges avancent et ${hour(typed)} n’existe pas\u00a0: ce sera à ${hour(kept)}.`
  }
  const anHour = 3_600_000
  const [before, after] = [-anHour, anHour].map((shift) => parisInput(new Date(instant.getTime() + shift)))
  const twice = `Cette nuit-là, les horloges reculent et ${hour(typed)} vient deux fois\u00a0:`
  if (before === typed) return `${twice} ce sera la seconde, à l’heure d’hiver.`
  return after === typed ? `${twice} ce sera la première, à l’heure d’été.` : undefined
}

const listFormat = new Intl.ListFormat('fr-FR', { type: 'conjunction' })

function listInWords(names: string[]): string {
  return listFormat.format(names)
}

/** What views/layouts/entry.eta puts around the fields of every kind: each screen hands it on. */
export interface EntryPage {
  entry: EntryHead
}

export interface EntryHead {
  bar: EntryBar
  titlePrefix: string
  heading: string
  errors: FieldError[]
  listing: { label: string; href: string } | undefined
}

export function entryHead(parts: {
  bar: EntryBar
  errors: FieldError[]
  heading: string
  /** The list it is one of. */
  listing?: { label: string; href: string }
}): EntryHead {
  const { bar, errors, heading, listing } = parts
  return { bar, titlePrefix: errors.length > 0 ? 'Erreur\u00a0: ' : '', heading, errors, listing }
}

export interface Chosen {
  value: number
  label: string
  /** Of a video: where its captions are written. */
  captionsHref?: string | undefined
}

/** A list of what is chosen already, and a field to add to it: views/partials/chosen.eta. */
export interface ChosenField {
  name: string
  label: string
  hint?: string
  error?: string | undefined
  addLabel: string
  chosen: Chosen[]
  suggestions: string[]
  /** A `datalist` of the page, where several fields propose the same; `suggestions` is then empty. */
  list?: string
  /** Whether a file can be brought into the field from the disk. */
  brings?: 'document' | 'image'
}

/** One image of the library, or none: views/partials/chosen-image.eta. Its form sends `<name>` and `<name>_gardee`. */
export interface ChosenImageField {
  name: string
  label: string
  hint?: string
  chosen: Chosen | undefined
  view: ImageView | null
  error: string | undefined
  /** A `datalist` of the page, where several fields propose the same; `suggestions` is then empty. */
  list?: string
  suggestions: string[]
}

/** The field of one image, filled with what is chosen and what may be. */
export function chosenImageField(parts: {
  name: string
  label: string
  hint?: string
  error: string | undefined
  image: ChosenImage | undefined
  library: MediaChoice[]
  list?: string
}): ChosenImageField {
  const { name, label, hint, error, image, library, list } = parts
  return {
    name,
    label,
    ...(hint && { hint }),
    error,
    chosen: image && { value: image.id, label: image.title },
    view: image?.image ? imageView(image.image) : null,
    ...(list && { list }),
    suggestions: list ? [] : library.filter((row) => row.kind === 'image').map(numbered)
  }
}

/** The field of a content's address; the kind's own path stands before it. */
export function addressField(parts: { path: string; slug: string; error: string | undefined }): Field {
  return fieldOf({
    name: 'adresse',
    label: 'Adresse de la page',
    optional: true,
    hint: `Ce qui suit ${parts.path} dans l’adresse. Vide, elle vient du titre. Si vous la changez, l’ancienne mène à la nouvelle.`,
    value: parts.slug,
    error: parts.error,
    spellcheck: false,
    maxlength: 120
  })
}

/** The field of the number by which people know a content: numbers.ts gives the next one where it is empty. */
export function numberField(parts: { number: number | null; hint: string; error: string | undefined }): Field {
  return fieldOf({
    name: 'numero',
    label: 'Numéro',
    optional: true,
    hint: parts.hint,
    value: parts.number === null ? '' : String(parts.number),
    error: parts.error,
    inputmode: 'numeric',
    width: 'short'
  })
}

/** « 12 – Guide du télétravail »: how a list of suggestions names a row, and how the form reads it again. */
export function numbered(row: { id: number; title: string }): string {
  return `${row.id} – ${row.title}`
}

/** « 7 – Inès Caron (ines.caron@ville.fr) »: the same for people, some of whom have one name. */
export function numberedAgent(agent: AgentChoice): string {
  return `${agent.id} – ${agent.name} (${agent.email})`
}

export interface EntriesPage {
  heading: string
  caption: string
  /** What the button that makes one says; undefined for who may not, and where there is nothing to make. */
  createLabel: string | undefined
  createAction: string
  columns: string[]
  rows: { href: string; title: string; cells: string[]; state: string; updated: string }[]
}

type ListedEntry = Pick<
  Entry,
  'id' | 'title' | 'content_id' | 'withdrawn_at' | 'trashed_at' | 'publish_at' | 'saved_at'
> & {
  draft: unknown
}

/** The contents of one kind and their state; `cells` gives what stands in the columns that are this kind's own. */
export function entriesPage<Row extends ListedEntry>(parts: {
  kind: Kind
  heading: string
  caption: string
  createLabel?: string | undefined
  columns?: string[]
  rows: Row[]
  cells?: (row: Row) => string[]
}): EntriesPage {
  const path = `/gestion/${kindPaths[parts.kind]}`
  return {
    heading: parts.heading,
    caption: parts.caption,
    createLabel: parts.createLabel,
    createAction: path,
    columns: parts.columns ?? [],
    rows: parts.rows.map((row) => ({
      href: `${path}/${row.id}`,
      title: row.title || 'Sans titre',
      cells: parts.cells?.(row) ?? [],
      state: stateOf(row),
      updated: instantDay(row.saved_at).text
    }))
  }
}

export interface ErasePage {
  title: string
  action: string
  screenHref: string
}

export interface HistoryPage {
  title: string
  address: string
  lines: { href: string; sentence: string; at: string; current: boolean; restoreAction: string }[]
  /** What can be compared with what: the versions of this page of the history. */
  choice: { action: string; older: VersionOption[]; newer: VersionOption[] }
  compared: { sentence: string; legend: string; fields: ComparedField[]; restoreAction: string } | undefined
  pager: Pager | undefined
}

interface VersionOption {
  value: string
  label: string
  selected: boolean
}

const events: Record<RevisionEvent, string> = {
  saved: 'a enregistré',
  proposed: 'a proposé',
  published: 'a publié',
  withdrawn: 'a retiré la page',
  restored: 'a remis une publication précédente',
  trashed: 'a mis à la corbeille',
  untrashed: 'a sorti de la corbeille'
}

type Version = Pick<RevisionLine, 'id' | 'created_at'>

export function historyPage(parts: {
  entry: Entry
  address: string
  revisions: RevisionLine[]
  pager: Pager | undefined
  /** Without a newer one: what is written today. */
  compared?: { older: Version; newer: Version | undefined; before: InWords; after: InWords }
}): HistoryPage {
  const { address, compared, revisions } = parts
  const option =
    (chosen: number | undefined) =>
    (revision: RevisionLine): VersionOption => ({
      value: String(revision.id),
      label: `${instantText(revision.created_at)}, ${revision.agent_name} ${events[revision.event]}`,
      selected: revision.id === chosen
    })
  return {
    title: parts.entry.title || 'Sans titre',
    address,
    lines: revisions.map((revision) => ({
      href: `${address}/historique/${revision.id}`,
      sentence: `${revision.agent_name} ${events[revision.event]}`,
      at: instantText(revision.created_at),
      current: revision.id === compared?.older.id,
      restoreAction: `${address}/historique/${revision.id}/reprendre`
    })),
    choice: {
      action: `${address}/historique`,
      // The last version is most often what is on the screen: what it was before is what one wants to see.
      older: revisions.map(option(compared?.older.id ?? revisions[1]?.id)),
      newer: [
        { value: '', label: 'Ce qui est écrit aujourd’hui', selected: compared?.newer === undefined },
        ...revisions.map(option(compared?.newer?.id))
      ]
    },
    compared: compared && {
      sentence: compared.newer
        ? `Du ${instantText(compared.older.created_at)} au ${instantText(compared.newer.created_at)}`
        : `Ce qui a changé depuis le ${instantText(compared.older.created_at)}`,
      legend: compared.newer
        ? 'Barré, ce que dit la première version\u00a0; souligné, ce que dit la seconde.'
        : 'Barré, ce qui était là\u00a0; souligné, ce qui y est aujourd’hui.',
      fields: compareInWords(compared.before, compared.after),
      restoreAction: `${address}/historique/${compared.older.id}/reprendre`
    },
    pager: parts.pager
  }
}
