/** What a kind of content declares in order to be written, published and undone: the mechanism does the rest. */
import type { Transaction } from 'kysely'
import type { Database } from '../db/database.ts'
import type { DB, Entries } from '../db/schema.ts'
import type { SignedInAgent } from '../web/context.ts'
import type { FieldError } from '../web/forms.ts'
import type { CheckedFile } from './accessibility-check.ts'

export type Kind = Entries['kind']

/** The tables of contents that come and go, each row at an address of its own. */
export type ContentTable = 'actions' | 'engagements' | 'directions' | 'issues' | 'albums'

/** Where the screens of each kind are, below /gestion. */
export const kindPaths: Record<Kind, string> = {
  action: 'actions',
  engagement: 'engagements',
  direction: 'directions',
  issue: 'entre-nous',
  album: 'albums',
  page: 'pages',
  home: 'accueil',
  demarche: 'demarche'
}

/**
 * In the order in which one writes a new kind: what it is, where its rows are (`...rowsOf(…)`, or `...permanent(…)` for what the
 * site cannot do without), the way of a document from the form to the readers' tables, and what is said of it. The members with
 * a question mark are for those kinds that need them.
 */
export interface ContentKind<Document extends object> {
  kind: Kind
  titleOf(document: Document): string
  mayEdit(db: Database, agent: SignedInAgent, contentId: number | null): Promise<boolean>

  /** The table whose rows come and go. */
  table?: ContentTable
  /** The site cannot do without it: it is never created, withdrawn nor thrown away (the home page, the legal pages). */
  isPermanent?: true
  /** Where readers find it. */
  publicPath(db: Database, contentId: number): Promise<string | undefined>
  /** Hides the row from readers, and touches nothing else. */
  hide(trx: Transaction<DB>, contentId: number): Promise<void>
  /** Removes the row and all that hangs on it, when its thirty days in the trash are over. */
  erase(trx: Transaction<DB>, contentId: number): Promise<void>

  /** A document with nothing in it, as a new entry begins. */
  empty(): Document
  /** The document that is published under this row now. */
  load(db: Database, contentId: number): Promise<Document | undefined>
  /**
   * Reads what the form of its screen sends, over the document it began from. A draft may be incomplete: only what cannot be
   * kept at all is an error. What this agent may not change stays as it was.
   */
  read(body: unknown, base: Document, agent: SignedInAgent): { document: Document; errors: FieldError[] }
  /**
   * What was read, without what this agent added to it and may not see: whoever guesses a number learns no title. What `base`
   * named already stays.
   */
  onlyVisible?(db: Database, document: Document, base: Document, agent: SignedInAgent): Promise<Document>
  /** An old version as this agent may bring it back: what they may not change stays as it is today. */
  bringBack?(old: Document, today: Document, agent: SignedInAgent): Document
  /** What is missing before readers may see it, each a sentence at its field. */
  missing(db: Database, document: Document, contentId: number | null): Promise<FieldError[]>
  /** Writes the document to the feature's tables and makes it visible; gives the row's id. */
  publish(trx: Transaction<DB>, contentId: number | undefined, document: Document, author: Author): Promise<number>

  /** The fields of the document as plain words, for the comparison of two versions. */
  inWords(db: Database, document: Document): Promise<{ label: string; text: string }[]>
  /** The formatted texts of the document, for the accessibility check. */
  texts?(document: Document): { field: string; label: string; html: string }[]
  /** The files it shows, for the same check. */
  files?(document: Document): CheckedFile[]
  /** What readers lose with it beside itself, in a sentence for whoever is about to withdraw it; undefined: nothing. */
  alsoHides?(db: Database, contentId: number): Promise<string | undefined>
  /** Why it cannot go to the trash today, in a sentence that says what to do first; undefined: it can. */
  keptFromTrash?(db: Database, contentId: number): Promise<string | undefined>
}

export interface Author {
  /** Null: nobody is behind it any more, or nobody was. */
  id: number | null
  name: string
}
