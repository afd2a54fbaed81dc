/** What kinds of content have in common whose rows come and go, each at an address of its own. */
import { type Insertable, sql, type Transaction } from 'kysely'
import type { DB } from '../db/schema.ts'
import { addressFor, type WantedAddress } from './addresses.ts'
import type { Author, ContentKind, ContentTable } from './kinds.ts'

/** What a kind declares of its rows: `...rowsOf('albums', '/bonus/galerie/')`. */
export function rowsOf(
  table: ContentTable,
  path: string
): Required<Pick<ContentKind<object>, 'table' | 'hide' | 'erase' | 'publicPath'>> {
  return {
    table,
    hide: async (trx, id) => {
      await trx.updateTable(table).set({ published_at: null }).where('id', '=', id).execute()
    },
    erase: async (trx, id) => {
      await trx.deleteFrom(table).where('id', '=', id).execute()
    },
    publicPath: async (db, id) => {
      const row = await db.selectFrom(table).select('slug').where('id', '=', id).executeTakeFirst()
      return row && `${path}${row.slug}`
    }
  }
}

/** What a kind declares that the site cannot do without: `what` names it where somebody tries all the same. */
export function permanent(what: string): Required<Pick<ContentKind<object>, 'isPermanent' | 'hide' | 'erase'>> {
  return {
    isPermanent: true,
    hide: async () => {
      throw new Error(`${what} is never withdrawn.`)
    },
    erase: async () => {
      throw new Error(`${what} is never thrown away.`)
    }
  }
}

/** The columns of a row that are the kind's own to fill. */
type OwnValues<Table extends ContentTable> = Omit<
  Insertable<DB[Table]>,
  'slug' | 'published_at' | 'updated_at' | 'author_id'
>

/** Writes the row of a document at its address, and shows it; gives its number. */
export async function showRow<Table extends ContentTable>(
  trx: Transaction<DB>,
  table: Table,
  contentId: number | undefined,
  { values, address, author }: { values: OwnValues<Table>; address: WantedAddress; author: Author }
): Promise<number> {
  const slug = await addressFor(trx, table, { id: contentId, ...address })
  const row = { ...values, slug, updated_at: sql<Date>`now()`, author_id: author.id }
  // Kysely cannot follow a table that is one of five: `OwnValues` has checked the columns.
  const anyTable: ContentTable = table
  if (contentId === undefined) {
    const inserted = await trx
      .insertInto(anyTable)
      .values({ ...row, published_at: sql<Date>`now()` } as never)
      .returning('id')
      .executeTakeFirstOrThrow()
    return inserted.id
  }
  await trx
    .updateTable(anyTable)
    .set({ ...row, published_at: sql<Date>`coalesce(published_at, now())` } as never)
    .where('id', '=', contentId)
    .execute()
  return contentId
}
