/** Who did what, when, on what: lines that the site adds and never changes (migration 010 refuses it). */
import type { Database } from '../db/database.ts'
import type { JsonObject } from '../db/schema.ts'

export interface JournalLine {
  /** Null: nobody is behind it (a plan, the start of the site). */
  agentId: number | null
  agentName: string
  /** A kind of content, `agent`, `media`, `settings`… */
  subject: string
  subjectId: number | null
  /** What it was called when it was done. */
  title: string
  /** What was done, a short word that the journal's screen puts in a sentence: `published`, `deactivated`… */
  event: string
  /** What else its reader needs, in French; empty when there is nothing. */
  details?: string
  /** What it was before, for what can be put back from there. */
  former?: JsonObject
}

/** Writes a line, in the transaction of what it tells: neither is kept without the other. */
export async function noteInJournal(db: Database, line: JournalLine): Promise<void> {
  await db
    .insertInto('journal')
    .values({
      agent_id: line.agentId,
      agent_name: line.agentName,
      subject: line.subject,
      subject_id: line.subjectId,
      title: line.title,
      event: line.event,
      details: line.details ?? '',
      former: line.former === undefined ? null : JSON.stringify(line.former)
    })
    .execute()
}
