/** What a kind of content declares in order to be written, published and undone: the mechanism does the rest. */
import type { Transaction } from 'kysely'
import type { Database } from '../db/database.ts'
import type { DB, Entries } from '../db/schema.ts'
import type { SignedInAgent } from '../web/context.ts'
import type { FieldError } from '../web/forms.ts'

export type Kind = Entries['kind']

export interface ContentKind<Document extends object> {
  kind: Kind
  /** The path of its screens below /gestion: `actions`. */
  path: string
  /** « l’action », « action » in sentences. */
  words: { the: string; one: string }
  /** A document with nothing in it, as a new entry begins. */
  empty(): Document
  /** The document that is published under this row now. */
  load(db: Database, contentId: number): Promise<Document | undefined>
  /**
   * Reads what the form of its screen sends, over the document it began from. A draft may be incomplete: only what cannot be
   * kept at all is an error. What this agent may not change stays as it was.
   */
  read(body: unknown, base: Document, agent: SignedInAgent): { document: Document; errors: FieldError[] }
  /** An old version as this agent may bring it back: what they may not change stays as it is today. */
  bringBack?(old: Document, today: Document, agent: SignedInAgent): Document
  /** What is missing before readers may see it, each a sentence at its field. */
  missing(db: Database, document: Document, contentId: number | null): Promise<FieldError[]>
  /** Writes the document to the feature's tables and makes it visible; gives the row's id. */
  publish(trx: Transaction<DB>, contentId: number | undefined, document: Document, author: Author): Promise<number>
  /** Hides the row from readers, and touches nothing else. */
  hide(trx: Transaction<DB>, contentId: number): Promise<void>
  titleOf(document: Document): string
  /** Where readers find it. */
  publicPath(db: Database, contentId: number): Promise<string | undefined>
  /** The fields of the document as plain words, for the comparison of two versions. */
  inWords(db: Database, document: Document): Promise<{ label: string; text: string }[]>
  mayEdit(db: Database, agent: SignedInAgent, contentId: number | null): Promise<boolean>
}

export interface Author {
  /** Null: nobody is behind it any more, or nobody was. */
  id: number | null
  name: string
}
