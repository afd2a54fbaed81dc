/** Drafts, publications, withdrawals, trash: every change is one transaction that leaves a revision. */
import { type Selectable, sql, type Transaction } from 'kysely'
import type { Database } from '../db/database.ts'
import type { DB, Entries } from '../db/schema.ts'
import { enqueue } from '../mail/outbox.ts'
import { instantText } from '../web/format.ts'
import { noteEntry } from './entry-journal.ts'
import type { Author, ContentKind, ContentTable, Kind } from './kinds.ts'
import { forgetWithdrawal, lead, leadOn } from './redirects.ts'
import { addRevision } from './revisions.ts'

export type Entry = Selectable<Entries>

export const trashDays = 30

export interface Save<Document> {
  entryId: number
  /** The version the writer began from. */
  version: number
  document: Document
  author: Author
  /** It replaces what was being written: that stays in the history, beside it. */
  replaces?: boolean
}

export type SaveResult = { ok: true; entry: Entry } | { ok: false; entry: Entry }

/** Gives an entry to every row that was written without one: by the demonstration, by a migration. */
export async function registerEntries(db: Database): Promise<void> {
  await sql`
    insert into entries (kind, content_id, title)
    select 'action', id, title from actions
    union all select 'engagement', id, title from engagements
    union all select 'direction', id, name from directions
    union all select 'issue', id, title from issues
    union all select 'album', id, title from albums
    union all select case slug when 'demarche' then 'demarche' else 'page' end, id, title from pages
    union all select 'home', 1, 'Accueil'
    on conflict (kind, content_id) do nothing`.execute(db)
}

/** What was there before anybody touched it can be brought back too. */
async function keepFirstVersion<Document extends object>(
  trx: Transaction<DB>,
  kind: ContentKind<Document>,
  entry: Entry
): Promise<void> {
  if (entry.version > 1 || entry.content_id === null) return
  const document = await kind.load(trx, entry.content_id)
  if (document) await addRevision(trx, entry, 'published', document, { id: null, name: 'Reprise du site' })
}

export function findEntry(db: Database, kind: Kind, id: number): Promise<Entry | undefined> {
  return db.selectFrom('entries').selectAll().where('id', '=', id).where('kind', '=', kind).executeTakeFirst()
}

export async function createEntry<Document extends object>(
  db: Database,
  kind: ContentKind<Document>,
  document: Document,
  author: Author
): Promise<Entry> {
  return db.transaction().execute(async (trx) => {
    const entry = await trx
      .insertInto('entries')
      .values({
        kind: kind.kind,
        title: kind.titleOf(document),
        draft: JSON.stringify(document),
        saved_by: author.id
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    await addRevision(trx, entry, 'saved', document, author)
    await noteEntry(trx, entry, 'created', author)
    return entry
  })
}

/**
 * Saves a draft, and never touches what is published. The lock on the entry decides between people who save at once: whoever
 * began from an older version gets the entry as it is now, and nothing is overwritten.
 */
export async function saveDraft<Document extends object>(
  db: Database,
  kind: ContentKind<Document>,
  save: Save<Document>
): Promise<SaveResult> {
  return db.transaction().execute((trx) => writeDraft(trx, kind, save, 'saved'))
}

/** Saves a draft that waits from now on for the webmaster; every webmaster is told, once for as long as it waits. */
export async function propose<Document extends object>(
  db: Database,
  kind: ContentKind<Document>,
  save: Save<Document>
): Promise<SaveResult> {
  return db.transaction().execute(async (trx) => {
    const before = await lockedEntry(trx, save.entryId)
    const saved = await writeDraft(trx, kind, save, 'proposed')
    if (!saved.ok) return saved
    const entry = await trx
      .updateTable('entries')
      .set({ proposed_at: sql<Date>`now()`, proposed_by: save.author.id, returned_at: null, return_comment: null })
      .where('id', '=', save.entryId)
      .returningAll()
      .executeTakeFirstOrThrow()
    await noteEntry(trx, entry, 'proposed', save.author)
    if (before.proposed_at === null && (await countTakenBack(trx, save.entryId)) < mostTakenBack) {
      const webmasters = await trx
        .selectFrom('agents')
        .select('id')
        .where('role', '=', 'webmaster')
        .where('deactivated_at', 'is', null)
        .execute()
      for (const { id } of webmasters) {
        await enqueue(trx, { kind: 'proposal-received', payload: { entry: entry.id, to: id } })
      }
    }
    return { ok: true, entry }
  })
}

/** Whoever proposes and thinks again all the time is no longer announced: the proposal waits on the dashboard all the same. */
const mostTakenBack = 3

async function countTakenBack(trx: Transaction<DB>, entryId: number): Promise<number> {
  const { count } = await trx
    .selectFrom('journal')
    .innerJoin('entries', (join) =>
      join.onRef('entries.id', '=', 'journal.subject_id').onRef('entries.kind', '=', 'journal.subject')
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('entries.id', '=', entryId)
    .where('journal.event', '=', 'unproposed')
    .where('journal.at', '>', sql<Date>`now() - interval '1 hour'`)
    .executeTakeFirstOrThrow()
  return count
}

async function writeDraft<Document extends object>(
  trx: Transaction<DB>,
  kind: ContentKind<Document>,
  save: Save<Document>,
  event: 'saved' | 'proposed'
): Promise<SaveResult> {
  const before = await lockedEntry(trx, save.entryId)
  if (before.version !== save.version || before.trashed_at) return { ok: false, entry: before }
  await keepFirstVersion(trx, kind, before)
  const entry = await trx
    .updateTable('entries')
    .set({
      draft: JSON.stringify(save.document),
      title: kind.titleOf(save.document),
      version: sql`version + 1`,
      saved_by: save.author.id,
      saved_at: sql`now()`
    })
    .where('id', '=', save.entryId)
    .returningAll()
    .executeTakeFirstOrThrow()
  await addRevision(trx, entry, event, save.document, save.author, save.replaces)
  return { ok: true, entry }
}

const noProposal = { proposed_at: null, proposed_by: null, returned_at: null, return_comment: null }

/** Gives a proposal back to who made it, with what is to be changed; undefined when there was none. */
export async function returnProposal(
  db: Database,
  entryId: number,
  comment: string,
  author: Author
): Promise<Entry | undefined> {
  return db.transaction().execute(async (trx) => {
    const before = await lockedEntry(trx, entryId)
    if (before.proposed_at === null) return undefined
    const entry = await trx
      .updateTable('entries')
      .set({ proposed_at: null, returned_at: sql<Date>`now()`, return_comment: comment })
      .where('id', '=', entryId)
      .returningAll()
      .executeTakeFirstOrThrow()
    await noteEntry(trx, entry, 'returned', author, comment)
    if (before.proposed_by !== null) {
      await enqueue(trx, {
        kind: 'proposal-returned',
        payload: { entry: entryId, to: before.proposed_by, by: author.name, comment }
      })
    }
    return entry
  })
}

/** Whoever proposed thinks again: what was written stays a draft. False when they have no proposal waiting. */
export async function takeBackProposal(db: Database, entryId: number, author: Author): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const before = await lockedEntry(trx, entryId)
    if (before.proposed_at === null || before.proposed_by !== author.id) return false
    await trx.updateTable('entries').set(noProposal).where('id', '=', entryId).execute()
    await noteEntry(trx, before, 'unproposed', author)
    return true
  })
}

/**
 * Makes a document visible to readers. The version decides as for a draft. `waiting` stays a draft beside it, with the plan and
 * the proposal that are about it; without it, nothing waits any more.
 */
export async function publish<Document extends object>(
  db: Database,
  kind: ContentKind<Document>,
  entryId: number,
  version: number,
  document: Document,
  author: Author,
  { event = 'published', waiting }: { event?: 'published' | 'restored'; waiting?: Document | undefined } = {}
): Promise<SaveResult> {
  return db.transaction().execute(async (trx) => {
    const before = await lockedEntry(trx, entryId)
    if (before.version !== version || before.trashed_at) return { ok: false, entry: before }
    await keepFirstVersion(trx, kind, before)
    const wasAt = before.content_id === null ? undefined : await kind.publicPath(trx, before.content_id)
    const contentId = await kind.publish(trx, before.content_id ?? undefined, document, author)
    await leadOn(trx, entryId, wasAt, await kind.publicPath(trx, contentId))
    if (kind.table) await takeOver(trx, kind.table, contentId, author)
    const entry = await trx
      .updateTable('entries')
      .set({
        content_id: contentId,
        title: kind.titleOf(waiting ?? document),
        draft: waiting ? JSON.stringify(waiting) : null,
        version: sql`version + 1`,
        saved_by: author.id,
        saved_at: sql`now()`,
        withdrawn_at: null,
        withdrawal_reason: null,
        ...(!waiting && { ...noProposal, publish_at: null })
      })
      .where('id', '=', entryId)
      .returningAll()
      .executeTakeFirstOrThrow()
    await addRevision(trx, entry, event, document, author)
    await noteEntry(trx, { ...entry, title: kind.titleOf(document) }, event, author)
    if (!waiting && before.proposed_at && before.proposed_by !== null && before.proposed_by !== author.id) {
      await enqueue(trx, {
        kind: 'proposal-published',
        payload: { entry: entryId, to: before.proposed_by, by: author.name }
      })
    }
    return { ok: true, entry }
  })
}

/** What somebody of the city rewrote is theirs: removing the demonstration leaves it. The people of the demonstration only play. */
async function takeOver(trx: Transaction<DB>, table: ContentTable, contentId: number, author: Author): Promise<void> {
  await trx
    .updateTable(table)
    .set({ demonstration: false })
    .where('id', '=', contentId)
    .where('demonstration', '=', true)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('agents')
          .select('agents.id')
          .where('agents.id', '=', author.id ?? 0)
          .where('agents.demonstration', '=', false)
      )
    )
    .execute()
}

/**
 * Takes a page away from readers, with the reason they and the journal will know, and the page where its address leads instead.
 * The draft is what was on show.
 */
export async function withdraw<Document extends object>(
  db: Database,
  kind: ContentKind<Document>,
  entryId: number,
  { reason, target }: { reason: string; target: string | null },
  author: Author
): Promise<Entry | undefined> {
  return db.transaction().execute(async (trx) => {
    const before = await lockedEntry(trx, entryId)
    if (before.content_id === null || before.withdrawn_at) return undefined
    await keepFirstVersion(trx, kind, before)
    const document = await currentDocument(trx, kind, before)
    const path = await kind.publicPath(trx, before.content_id)
    await kind.hide(trx, before.content_id)
    if (path !== undefined) await lead(trx, entryId, path, target)
    const entry = await trx
      .updateTable('entries')
      .set({
        draft: JSON.stringify(document),
        version: sql`version + 1`,
        withdraw_at: null,
        withdrawn_at: sql`now()`,
        withdrawal_reason: reason
      })
      .where('id', '=', entryId)
      .returningAll()
      .executeTakeFirstOrThrow()
    await addRevision(trx, entry, 'withdrawn', document, author)
    await noteEntry(trx, entry, 'withdrawn', author, reason)
    return entry
  })
}

/** Puts an entry in the trash: readers no longer see it, and it can come back for thirty days. */
export async function moveToTrash<Document extends object>(
  db: Database,
  kind: ContentKind<Document>,
  entryId: number,
  author: Author
): Promise<Entry | undefined> {
  return db.transaction().execute(async (trx) => {
    const before = await lockedEntry(trx, entryId)
    if (before.trashed_at) return undefined
    await keepFirstVersion(trx, kind, before)
    const document = await currentDocument(trx, kind, before)
    const wasVisible = before.content_id !== null && !before.withdrawn_at
    if (before.content_id !== null && wasVisible) {
      const path = await kind.publicPath(trx, before.content_id)
      await kind.hide(trx, before.content_id)
      if (path !== undefined) await lead(trx, entryId, path, null)
    }
    const entry = await trx
      .updateTable('entries')
      .set({
        trashed_at: sql`now()`,
        trashed_by: author.id,
        draft: JSON.stringify(document),
        publish_at: null,
        withdraw_at: null,
        ...noProposal,
        version: sql`version + 1`,
        ...(wasVisible && { withdrawn_at: sql<Date>`now()` })
      })
      .where('id', '=', entryId)
      .returningAll()
      .executeTakeFirstOrThrow()
    await addRevision(trx, entry, 'trashed', document, author)
    await noteEntry(trx, entry, 'trashed', author)
    return entry
  })
}

/** Takes an entry out of the trash, as a draft: what was on show is published again by a person, not by accident. */
export async function takeOutOfTrash(db: Database, entryId: number, author: Author): Promise<Entry | undefined> {
  return db.transaction().execute(async (trx) => {
    const entry = await trx
      .updateTable('entries')
      .set({ trashed_at: null, trashed_by: null, version: sql`version + 1` })
      .where('id', '=', entryId)
      .where('trashed_at', 'is not', null)
      .returningAll()
      .executeTakeFirst()
    if (!entry) return undefined
    await addRevision(trx, entry, 'untrashed', entry.draft as object, author)
    await noteEntry(trx, entry, 'untrashed', author)
    // What had been withdrawn before, with a reason, still is.
    if (entry.withdrawal_reason === null) await forgetWithdrawal(trx, entryId)
    return entry
  })
}

/** Plans a publication or a withdrawal, or gives the plan up (null); `why` when it is not a person who does. */
export async function schedule(
  db: Database,
  entryId: number,
  plan: { publishAt: Date | null; withdrawAt: Date | null },
  author: Author,
  why = ''
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const before = await lockedEntry(trx, entryId)
    if (before.trashed_at) return
    const { publishAt, withdrawAt } = plan
    await trx
      .updateTable('entries')
      .set({ publish_at: publishAt, withdraw_at: withdrawAt })
      .where('id', '=', entryId)
      .execute()
    const moments = [
      publishAt && `publication le ${instantText(publishAt)}`,
      withdrawAt && `retrait le ${instantText(withdrawAt)}`
    ].filter((moment) => moment !== null)
    const hadPlan = before.publish_at !== null || before.withdraw_at !== null
    if (moments.length > 0 && why === '') await noteEntry(trx, before, 'scheduled', author, moments.join(', '))
    else if (hadPlan) await noteEntry(trx, before, 'unscheduled', author, why)
  })
}

/** What is being written, or what is published when nothing is. */
export async function currentDocument<Document extends object>(
  db: Database,
  kind: ContentKind<Document>,
  entry: Entry
): Promise<Document> {
  // Written by this module only, from documents of this kind.
  if (entry.draft !== null) return entry.draft as unknown as Document
  const published = entry.content_id === null ? undefined : await kind.load(db, entry.content_id)
  return published ?? kind.empty()
}

async function lockedEntry(trx: Transaction<DB>, id: number): Promise<Entry> {
  const entry = await trx.selectFrom('entries').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  // Erased since it was found: its screen is no longer there, and says so.
  if (!entry) throw Object.assign(new Error(`Entry ${id} was erased meanwhile.`), { statusCode: 404 })
  return entry
}
