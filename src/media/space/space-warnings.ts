/** What the dashboard says of the room that files take, when there is something to say. */
import type { Config } from '../../config.ts'
import type { Database } from '../../db/database.ts'
import { findQuota, measureDisk } from './quota.ts'
import { findLastRefusal, listDamagedFiles, measureUsed } from './space-queries.ts'
import { gaugesOf } from './space-views.ts'

export interface SpaceWarning {
  title: string
  why: string
}

export async function listSpaceWarnings(
  db: Database,
  { uploadsDir }: Pick<Config, 'uploadsDir'>
): Promise<SpaceWarning[]> {
  const [used, quota, disk, refusal, damaged] = await Promise.all([
    measureUsed(db),
    findQuota(db),
    // A disk that does not answer is told elsewhere, and must not close the dashboard.
    measureDisk(uploadsDir).catch(() => ({ free: 1, size: 1 })),
    findLastRefusal(db),
    listDamagedFiles(db)
  ])
  return [
    ...gaugesOf(used, quota, disk)
      .filter(({ isTight }) => isTight)
      .map(({ label, tight, text }) => ({ title: `${label} ${tight}`, why: text })),
    ...(damaged.length > 0
      ? [
          {
            title: 'Des fichiers manquent ou sont abîmés',
            why: damaged
              .slice(0, 3)
              .map(({ title }) => `«\u00a0${title}\u00a0»`)
              .join(', ')
          }
        ]
      : []),
    ...(refusal === undefined ? [] : [{ title: 'Le ménage des fichiers n’a rien touché', why: refusal }])
  ]
}
