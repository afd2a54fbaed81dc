/** The numbers by which people know actions, engagements and the issues of the magazine: given once, and kept. */
import { sql, type Transaction } from 'kysely'
import type { Database } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import type { FieldError } from '../web/forms.ts'
import { takeTurn } from './addresses.ts'
import type { Kind } from './kinds.ts'

type NumberedTable = 'actions' | 'engagements' | 'issues'

const tables = { action: 'actions', engagement: 'engagements', issue: 'issues' } satisfies Partial<
  Record<Kind, NumberedTable>
>

/** The number that is asked for, else the one it has: its readers know it by that. Else the next one. */
export async function numberFor(
  trx: Transaction<DB>,
  table: NumberedTable,
  { id, wanted }: { id: number | undefined; wanted: number | null }
): Promise<number> {
  if (wanted !== null) return wanted
  await takeTurn(trx, table)
  const row = await trx
    .selectFrom(table)
    .select((eb) => [
      eb.fn.coalesce(eb.fn.max('number'), sql<number>`0`).as('last'),
      eb.fn
        .max('number')
        .filterWhere('id', '=', id ?? 0)
        .as('own')
    ])
    .executeTakeFirstOrThrow()
  return row.own ?? row.last + 1
}

/** What keeps this number from being given. The database has the last word: this is for the sentence. */
export async function missingNumber(
  db: Database,
  kind: keyof typeof tables,
  { number, contentId, of }: { number: number | null; contentId: number | null /** « l’action » */; of: string }
): Promise<FieldError[]> {
  if (number === null) return []
  if (number === 0) return [{ field: 'numero', message: 'Les numéros commencent à 1.' }]
  const table = tables[kind]
  const taken = await db
    .selectFrom(table)
    .leftJoin('entries', (join) => join.onRef('entries.content_id', '=', `${table}.id`).on('entries.kind', '=', kind))
    .select([`${table}.title`, 'entries.trashed_at', 'entries.withdrawn_at'])
    .where(`${table}.number`, '=', number)
    .where(`${table}.id`, '!=', contentId ?? 0)
    .executeTakeFirst()
  if (!taken) return []
  const where = taken.trashed_at ? ', à la corbeille' : taken.withdrawn_at ? ', hors ligne' : ''
  const holder = [of, `«\u00a0${taken.title}\u00a0»`].join(' ').trim()
  return [{ field: 'numero', message: `Le numéro ${number} est celui de ${holder}${where}.` }]
}
