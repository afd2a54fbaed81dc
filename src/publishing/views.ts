/** What the screens of every kind of content share. */
import type { ChosenImage, MediaChoice } from '../media/choices.ts'
import { type ImageView, imageView } from '../media/views.ts'
import { instantDay, instantText } from '../web/format.ts'
import { errorOf, type Field, type FieldError, fieldOf } from '../web/forms.ts'
import { type ComparedField, compareInWords } from './compare.ts'
import type { Entry, RevisionEvent, RevisionLine } from './entries.ts'
import { type Kind, kindPaths } from './kinds.ts'

declare module '../web/render.ts' {
  interface Views {
    'publishing/history': HistoryPage
    'publishing/list': EntriesPage
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
  /** What readers lose with it beside itself; undefined: nothing. */
  alsoHides: string | undefined
  /** Why it cannot go to the trash today; undefined: it can. */
  keptFromTrash: string | undefined
  /** The sheet to hang on a wall, of what has one and is on show. */
  posterHref: string | undefined
  plan: { publication: Field; withdrawal: Field; sentence: string | undefined }
  reason: Field
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
  alsoHides: string | undefined
  keptFromTrash: string | undefined
  errors: FieldError[]
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
    alsoHides: parts.alsoHides,
    keptFromTrash: parts.keptFromTrash,
    posterHref: parts.mayManage ? posterHref(entry) : undefined,
    plan: {
      publication: fieldOf({
        name: 'publication',
        label: 'Publier le',
        type: 'datetime-local',
        value: parisInput(entry.publish_at),
        error: errorOf(parts.errors, 'publication')
      }),
      withdrawal: fieldOf({
        name: 'retrait',
        label: 'Retirer le',
        type: 'datetime-local',
        value: parisInput(entry.withdraw_at),
        error: errorOf(parts.errors, 'retrait')
      }),
      sentence: planSentence(entry)
    },
    reason: fieldOf({
      name: 'raison',
      label: 'Pourquoi retirer cette page',
      hint: 'Par exemple\u00a0: une erreur, un contenu regroupé ailleurs, une action abandonnée.',
      value: '',
      error: errorOf(parts.errors, 'raison'),
      maxlength: 400
    }),
    withdrawalReason: entry.withdrawal_reason ?? undefined,
    conflict: parts.conflict && compareInWords(parts.conflict.theirs, parts.conflict.mine)
  }
}

export function isPublished(entry: Pick<Entry, 'content_id' | 'withdrawn_at' | 'trashed_at'>): boolean {
  return entry.content_id !== null && entry.withdrawn_at === null && entry.trashed_at === null
}

const posterPaths: Partial<Record<Kind, string>> = { action: 'actions', engagement: 'engagements' }

function posterHref(entry: Entry): string | undefined {
  const path = posterPaths[entry.kind]
  return path && isPublished(entry) ? `/gestion/affiches/${path}/${entry.content_id}.pdf` : undefined
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

/** « 12 – Guide du télétravail »: how a list of suggestions names a row, and how the form reads it again. */
export function numbered(row: { id: number; title: string }): string {
  return `${row.id} – ${row.title}`
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
