/** What the screens of the edited pages list and propose. */
import type { Database } from '../db/database.ts'
import { listMediaChoices, type MediaChoice } from '../media/choices.ts'
import { findMediaByIds, type MediaRow } from '../media/queries.ts'
import { entriesOf, mostListed } from '../publishing/queries.ts'
import { listAddresses } from '../publishing/redirects.ts'

/** The entry of a page of which there is one. */
export function findOnlyEntry(db: Database, kind: 'home' | 'demarche') {
  return db.selectFrom('entries').select('id').where('kind', '=', kind).orderBy('id').executeTakeFirst()
}

/** The legal pages, in the order in which they were made. */
export function listPageEntries(db: Database) {
  return entriesOf(db, 'page')
    .innerJoin('pages', 'pages.id', 'entries.content_id')
    .select('pages.slug')
    .orderBy('pages.id')
    .limit(mostListed)
    .execute()
}

export async function findSlug(db: Database, id: number | null): Promise<string | undefined> {
  const row = await db
    .selectFrom('pages')
    .select('slug')
    .where('id', '=', id ?? 0)
    .executeTakeFirst()
  return row?.slug
}

export interface Library {
  /** What can be chosen, and what is chosen already. */
  choices: MediaChoice[]
  /** The chosen files that can still be shown, by their numbers. */
  chosen: Map<number, MediaRow>
}

export async function findLibrary(db: Database, ids: (number | null)[]): Promise<Library> {
  const named = ids.filter((id) => id !== null)
  const [choices, chosen] = await Promise.all([listMediaChoices(db, named), findMediaByIds(db, named)])
  return { choices, chosen }
}

/** All that can be led to, as « /actions/ouvrir-un-guichet – Ouvrir un guichet »: the form reads what comes before the space. */
export async function listTargets(db: Database): Promise<string[]> {
  const addresses = await listAddresses(db)
  return addresses.slice(0, mostSuggestions).map(({ path, title }) => `${path} – ${title}`)
}

/** More would only weigh: any address can be typed. */
const mostSuggestions = 600
