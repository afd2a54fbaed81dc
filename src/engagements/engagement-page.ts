/** The page of one engagement: what readers get, and what whoever writes it previews. */
import type { Database } from '../db/database.ts'
import { findMediaByIds } from '../media/queries.ts'
import { mediaIdsOf } from '../media/rich-text-media.ts'
import { progressOf } from './progress.ts'
import { findEngagement, listActionsOfEngagement, listEngagements, listProgressRows } from './queries.ts'
import { type EngagementPage, engagementPage } from './views.ts'

export async function findEngagementPage(db: Database, slug: string): Promise<EngagementPage | undefined> {
  const row = await findEngagement(db, slug)
  if (!row) return undefined
  const [all, rows, actions, media] = await Promise.all([
    listEngagements(db),
    listProgressRows(db, row.id),
    listActionsOfEngagement(db, row.id),
    findMediaByIds(db, mediaIdsOf(row.description))
  ])
  return engagementPage({ row, all, progress: progressOf([row], rows), actions, media })
}
