/** The lines that contents leave in the journal. Saves are not among them: the history of each content holds those. */
import type { Database } from '../db/database.ts'
import { noteInJournal } from '../web/journal.ts'
import type { Entry } from './entries.ts'
import type { Author } from './kinds.ts'
import type { RevisionEvent } from './revisions.ts'

export type EntryEvent =
  | Exclude<RevisionEvent, 'saved'>
  | 'created'
  | 'scheduled'
  | 'unscheduled'
  | 'returned'
  | 'unproposed'
  | 'erased'

/** Whoever acts when nobody does: a plan, the trash that is emptied. */
export const theSite: Author = { id: null, name: 'Le site' }

/** Writes what was done to an entry, in the transaction that does it. */
export async function noteEntry(
  trx: Database,
  entry: Pick<Entry, 'id' | 'kind' | 'title'>,
  event: EntryEvent,
  author: Author,
  details = ''
): Promise<void> {
  await noteInJournal(trx, {
    agentId: author.id,
    agentName: author.name,
    subject: entry.kind,
    subjectId: entry.id,
    title: entry.title,
    event,
    details
  })
}
