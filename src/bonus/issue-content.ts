/** A number of the magazine as a kind of content: what it declares to be written, published and compared. */
import type { Transaction } from 'kysely'
import { mayManageContent } from '../accounts/permissions.ts'
import type { Database } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import { rowsOf, showRow } from '../publishing/content-rows.ts'
import type { Author, ContentKind } from '../publishing/kinds.ts'
import { missingNumber, numberFor } from '../publishing/numbers.ts'
import { filesIn, missingFiles, type ShownFile, titlesOfFiles } from '../publishing/shown-files.ts'
import { dayText } from '../web/format.ts'
import type { FieldError } from '../web/forms.ts'
import { isRealDay } from '../web/imprecise-date.ts'
import { comparedText, plainText } from '../web/rich-text.ts'
import { type IssueDocument, readIssue } from './issue-document.ts'

export const issueContent: ContentKind<IssueDocument> = {
  kind: 'issue',
  ...rowsOf('issues', '/bonus/entre-nous/'),
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
  files: (document) => filesIn(shownFiles(document)),
  titleOf: (document) => document.title,
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
  errors.push(...(await missingNumber(db, 'issue', { number: document.number, contentId, of: '' })))
  if (document.issuedOn === null) lack('parution', 'Donnez la date de parution.')
  else if (!isRealDay(document.issuedOn)) {
    lack('parution', 'Cette date n’existe pas au calendrier\u00a0: choisissez un autre jour.')
  }
  if (document.coverId === null && document.pdfId === null && plainText(document.body) === '') {
    lack('couverture', 'Ajoutez une couverture, un PDF ou un texte\u00a0: sans eux, il n’y a rien à lire.')
  }
  return [...errors, ...(await missingFiles(db, shownFiles(document)))]
}

function shownFiles({ coverId, pdfId }: IssueDocument): ShownFile[] {
  return [
    { field: 'couverture', id: coverId, kind: 'image' },
    { field: 'pdf', id: pdfId, kind: 'pdf' }
  ]
}

/** Writes the whole document, and shows it; gives the number of the row. */
async function publishIssue(
  trx: Transaction<DB>,
  contentId: number | undefined,
  document: IssueDocument,
  author: Author
): Promise<number> {
  if (document.issuedOn === null) throw new Error('A number without a date cannot be published.')
  const values = {
    number: await numberFor(trx, 'issues', { id: contentId, wanted: document.number }),
    title: document.title,
    issued_on: document.issuedOn,
    season: document.season,
    summary: document.summary,
    body: document.body,
    cover_id: document.coverId,
    pdf_id: document.pdfId
  }
  const address = { wanted: document.slug, title: document.title, untitled: 'numero' }
  return showRow(trx, 'issues', contentId, { values, address, author })
}

async function issueInWords(db: Database, document: IssueDocument): Promise<{ label: string; text: string }[]> {
  const titles = await titlesOfFiles(db, [document.coverId, document.pdfId])
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
