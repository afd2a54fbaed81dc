/** The screen « Espace » of the library. */
import type { FastifyInstance } from 'fastify'
import { measureAside } from './leftovers.ts'
import { findQuota, measureDisk } from './quota.ts'
import {
  listDamagedFiles,
  listDuplicates,
  listHeaviest,
  listRounds,
  measureGrowth,
  measureSpace
} from './space-queries.ts'
import { spacePage } from './space-views.ts'

export function mediaSpaceRoutes(app: FastifyInstance, _options: unknown, done: () => void): void {
  const { db, config } = app

  app.get('/mediatheque/espace', async (_request, reply) => {
    const [space, aside, quota, disk, growth, heaviest, duplicates, damaged, rounds] = await Promise.all([
      measureSpace(db),
      measureAside(config.uploadsDir),
      findQuota(db),
      measureDisk(config.uploadsDir),
      measureGrowth(db),
      listHeaviest(db),
      listDuplicates(db),
      listDamagedFiles(db),
      listRounds(db)
    ])
    return reply.html(
      'media/space',
      spacePage({ space, aside, quota, disk, growth, heaviest, duplicates, damaged, rounds })
    )
  })
  done()
}
