/** The addresses of contents: given once, kept, and changed only when somebody asks. */
import { sql, type Transaction } from 'kysely'
import type { Database } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import { slugOf } from '../web/slug.ts'
import type { ContentTable } from './kinds.ts'

/** What an address is made of: what was asked for, or else the title, or else a word that stands for it. */
export interface WantedAddress {
  wanted: string
  title: string
  untitled: string
}

/**
 * The address of a row of this table: the one that is asked for, else the one it has, else one made of its title, with a
 * number behind it while another row has it. Addresses of a table are given one after the other: two contents published at
 * once do not choose the same.
 */
export async function addressFor(
  trx: Transaction<DB>,
  table: ContentTable,
  content: WantedAddress & { id: number | undefined }
): Promise<string> {
  await takeTurn(trx, table)
  const wanted = slugOf(content.wanted)
  const own =
    content.id === undefined
      ? undefined
      : await trx.selectFrom(table).select('slug').where('id', '=', content.id).executeTakeFirst()
  if (own && (wanted === '' || wanted === own.slug)) return own.slug
  const base = wanted || slugOf(content.title) || content.untitled
  const taken = await trx
    .selectFrom(table)
    .select('slug')
    .where((eb) => eb.or([eb('slug', '=', base), eb('slug', 'like', `${base}-%`)]))
    .where('id', '!=', content.id ?? 0)
    .execute()
  const slugs = new Set(taken.map((row) => row.slug))
  let slug = base
  for (let suffix = 2; slugs.has(slug); suffix += 1) slug = `${base}-${suffix}`
  return slug
}

/** Until the transaction ends, nobody else gives an address or a number in this table. */
export async function takeTurn(trx: Transaction<DB>, table: ContentTable): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`addresses of ${table}`}, 0))`.execute(trx)
}

/** The address of a row, for a page that is read by it. */
export async function findSlug(db: Database, table: ContentTable | 'pages', id: number): Promise<string> {
  const { slug } = await db.selectFrom(table).select('slug').where('id', '=', id).executeTakeFirstOrThrow()
  return slug
}
