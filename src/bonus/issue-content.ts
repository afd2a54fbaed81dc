/** A number of the magazine as a kind of content: what it declares to be written, published and compared. */
import { sql, type Transaction } from 'kysely'
import { mayManageContent } from '../accounts/permissions.ts'
import type { Database } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import { findImageProblems } from '../media/choices.ts'
import { addressFor } from '../publishing/addresses.ts'
import type { Author, ContentKind } from '../publishing/kinds.ts'
import { dayText } from '../web/format.ts'
import type { FieldError } from '../web/forms.ts'
import { isRealDay } from '../web/imprecise-date.ts'
import { comparedText, plainText } from '../web/rich-text.ts'
import { type IssueDocument, readIssue } from './issue-document.ts'

export const issueContent: ContentKind<IssueDocument> = {
  kind: 'issue',
  words: { the: 'le numéro', one: 'numéro' },
  empty: () => ({
    title: '',
    slug: '',
    number: null,
    issuedOn: null,
    season: '',
    summary: '',
    body: '',
    coverId: null,
    pdfId: null
  }),
  load: loadIssue,
  read: readIssue,
  missing: missingOfIssue,
  publish: publishIssue,
  texts: (document) => [{ field: 'texte', label: 'Texte', html: document.body }],
  files: ({ coverId, pdfId }) => [
    ...(coverId === null ? [] : [{ field: 'couverture', id: coverId }]),
    ...(pdfId === null ? [] : [{ field: 'pdf', id: pdfId }])
  ],
  hide: async (trx, id) => {
    await trx.updateTable('issues').set({ published_at: null }).where('id', '=', id).execute()
  },
  erase: async (trx, id) => {
    await trx.deleteFrom('issues').where('id', '=', id).execute()
  },
  titleOf: (document) => document.title,
  publicPath: async (db, id) => {
    const row = await db.selectFrom('issues').select('slug').where('id', '=', id).executeTakeFirst()
    return row && `/bonus/entre-nous/${row.slug}`
  },
  inWords: issueInWords,
  mayEdit: async (_db, agent) => mayManageContent(agent)
}

async function loadIssue(db: Database, id: number): Promise<IssueDocument | undefined> {
  const row = await db.selectFrom('issues').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return undefined
  return {
    title: row.title,
    slug: row.slug,
    number: row.number,
    issuedOn: row.issued_on,
    season: row.season,
    summary: row.summary,
    body: row.body,
    coverId: row.cover_id,
    pdfId: row.pdf_id
  }
}

/** What readers need before the number may be seen; a draft may lack all of it. */
async function missingOfIssue(db: Database, document: IssueDocument, contentId: number | null): Promise<FieldError[]> {
  const errors: FieldError[] = []
  const lack = (field: string, message: string): void => void errors.push({ field, message })
  if (document.title === '') lack('titre', 'Donnez un titre au numéro.')
  if (document.number === 0) lack('numero', 'Les numéros commencent à 1.')
  else if (document.number !== null) {
    // Checked again by the database: this is for the sentence.
    const taken = await db
      .selectFrom('issues')
      .select('title')
      .where('number', '=', document.number)
      .where('id', '!=', contentId ?? 0)
      .executeTakeFirst()
    if (taken) lack('numero', `Le numéro ${document.number} est celui de «\u00a0${taken.title}\u00a0».`)
  }
  if (document.issuedOn === null) lack('parution', 'Donnez la date de parution.')
  else if (!isRealDay(document.issuedOn)) {
    lack('parution', 'Cette date n’existe pas au calendrier\u00a0: choisissez un autre jour.')
  }
  if (document.coverId === null && document.pdfId === null && plainText(document.body) === '') {
    lack('couverture', 'Ajoutez une couverture, un PDF ou un texte\u00a0: sans eux, il n’y a rien à lire.')
  }
  if (document.coverId !== null) {
    const problem = (await findImageProblems(db, [document.coverId])).get(document.coverId)
    if (problem) lack('couverture', problem)
  }
  if (document.pdfId !== null) {
    const pdf = await db
      .selectFrom('media')
      .select('id')
      .where('id', '=', document.pdfId)
      .where('kind', '=', 'pdf')
      .where('trashed_at', 'is', null)
      .executeTakeFirst()
    if (!pdf) lack('pdf', 'Choisissez un PDF de la médiathèque\u00a0: ce fichier n’en est pas un, ou n’y est plus.')
  }
  return errors
}

/** Writes the whole document, and shows it; gives the number of the row. */
async function publishIssue(
  trx: Transaction<DB>,
  contentId: number | undefined,
  document: IssueDocument,
  author: Author
): Promise<number> {
  if (document.issuedOn === null) throw new Error('A number without a date cannot be published.')
  const slug = await addressFor(trx, 'issues', {
    id: contentId,
    wanted: document.slug,
    title: document.title,
    untitled: 'numero'
  })
  const values = {
    slug,
    // Numbers too are given one after the other: the lock of their addresses is still held.
    number: document.number ?? (await numberOf(trx, contentId)) ?? (await nextNumber(trx)),
    title: document.title,
    issued_on: document.issuedOn,
    season: document.season,
    summary: document.summary,
    body: document.body,
    cover_id: document.coverId,
    pdf_id: document.pdfId,
    updated_at: sql<Date>`now()`,
    author_id: author.id
  }
  if (contentId === undefined) {
    const row = await trx
      .insertInto('issues')
      .values({ ...values, published_at: sql<Date>`now()` })
      .returning('id')
      .executeTakeFirstOrThrow()
    return row.id
  }
  await trx
    .updateTable('issues')
    .set({ ...values, published_at: sql<Date>`coalesce(published_at, now())` })
    .where('id', '=', contentId)
    .execute()
  return contentId
}

/** It keeps its number when the field is emptied: its readers know it by that. */
async function numberOf(trx: Transaction<DB>, id: number | undefined): Promise<number | undefined> {
  if (id === undefined) return undefined
  const row = await trx.selectFrom('issues').select('number').where('id', '=', id).executeTakeFirst()
  return row?.number
}

async function nextNumber(trx: Transaction<DB>): Promise<number> {
  const row = await trx
    .selectFrom('issues')
    .select((eb) => eb.fn.coalesce(eb.fn.max('number'), sql<number>`0`).as('last'))
    .executeTakeFirstOrThrow()
  return row.last + 1
}

async function issueInWords(db: Database, document: IssueDocument): Promise<{ label: string; text: string }[]> {
  const ids = [document.coverId, document.pdfId].filter((id) => id !== null)
  const rows = await db
    .selectFrom('media')
    .select(['id', 'title'])
    .where('id', '=', sql<number>`any(${ids}::integer[])`)
    .execute()
  const titles = new Map(rows.map((row) => [row.id, row.title]))
  const { issuedOn } = document
  return [
    { label: 'Titre', text: document.title },
    { label: 'Numéro', text: document.number === null ? '' : String(document.number) },
    { label: 'Adresse', text: document.slug },
    {
      label: 'Date de parution',
      text: issuedOn !== null && isRealDay(issuedOn) ? dayText(issuedOn) : (issuedOn ?? '')
    },
    { label: 'Saison', text: document.season },
    { label: 'En quelques mots', text: document.summary },
    { label: 'Couverture', text: titles.get(document.coverId ?? 0) ?? '' },
    { label: 'PDF', text: titles.get(document.pdfId ?? 0) ?? '' },
    { label: 'Texte', text: comparedText(document.body) }
  ]
}
