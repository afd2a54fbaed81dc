/** « Je suis sur cette photo, retirez-la »: what is asked hides at once, and the webmaster decides of what follows. */
import { sql } from 'kysely'
import type { Database } from '../../db/database.ts'
import { enqueue } from '../../mail/outbox.ts'

export type Decision = 'masquee' | 'jetee' | 'remise'

export interface RemovalRequest {
  id: number
  agent_name: string
  message: string
  created_at: Date
  decision: Decision | null
  decision_reason: string
  decided_at: Date | null
  decider_name: string | null
}

/** What was asked about a file, or about another with the very same bytes, the latest first. */
export function listRemovalsOf(db: Database, sha256: string): Promise<RemovalRequest[]> {
  return db
    .selectFrom('removal_requests as request')
    .innerJoin('media', 'media.id', 'request.media_id')
    .leftJoin('agents as decider', 'decider.id', 'request.decided_by')
    .select(['request.id', 'request.agent_name', 'request.message', 'request.created_at', 'request.decision'])
    .select(['request.decision_reason', 'request.decided_at', 'decider.name as decider_name'])
    .where('media.sha256', '=', sha256)
    .orderBy('request.created_at', 'desc')
    .limit(20)
    .execute()
}

/** What waits for a decision, the oldest first. */
export function listOpenRemovals(db: Database) {
  return db
    .selectFrom('removal_requests as request')
    .innerJoin('media', 'media.id', 'request.media_id')
    .select(['media.id', 'media.title', 'request.agent_name', 'request.message', 'request.created_at'])
    .where('request.decided_at', 'is', null)
    .orderBy('request.created_at')
    .limit(50)
    .execute()
}

/**
 * Answers what was asked about a file and its copies, and tells those who asked. Who was told that it stays hidden is told as
 * well when it is shown again.
 */
export async function settleRemovals(
  trx: Database,
  mediaId: number,
  { decision, reason }: { decision: Decision; reason: string },
  by: { id: number }
): Promise<void> {
  const answered = await trx
    .updateTable('removal_requests as request')
    .set({ decision, decision_reason: reason, decided_by: by.id, decided_at: sql<Date>`now()` })
    .where('request.media_id', 'in', (eb) =>
      eb
        .selectFrom('media')
        .innerJoin('media as same', 'same.sha256', 'media.sha256')
        .select('same.id')
        .where('media.id', '=', mediaId)
    )
    .where((eb) =>
      decision === 'remise'
        ? eb.or([eb('request.decision', 'is', null), eb('request.decision', '=', 'masquee')])
        : eb('request.decision', 'is', null)
    )
    .returning('request.id')
    .execute()
  for (const { id } of answered) await enqueue(trx, { kind: 'removal-decided', payload: { request: id } })
}
