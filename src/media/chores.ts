/** What the media library throws away, and what it tells, every hour. */
import type { Config } from '../config.ts'
import type { Database } from '../db/database.ts'
import { tellEndedAgreements } from './image-rights/image-rights-queries.ts'
import { removeOldUploads } from './receiving/resumable.ts'
import { emptyFileTrash } from './trash.ts'

export function mediaChores({ uploadsDir }: Pick<Config, 'uploadsDir'>): ((db: Database) => Promise<void>)[] {
  return [(db) => removeOldUploads(db, uploadsDir), (db) => emptyFileTrash(db, uploadsDir), tellEndedAgreements]
}
