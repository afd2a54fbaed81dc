import type { FastifyInstance } from 'fastify'
import { listActionsOfDirection } from '../engagements/queries.ts'
import { findMediaByIds, findSlides } from '../media/queries.ts'
import { mediaIdsOf } from '../media/rich-text-media.ts'
import { findDirection, listDirectionNames, listDirections } from './queries.ts'
import { directionCard, directionPage } from './views.ts'

export async function directionRoutes(app: FastifyInstance): Promise<void> {
  app.get('/directions', { config: { keep: 'role' } }, async (_request, reply) => {
    const directions = await listDirections(app.db)
    return reply.html('directions/list', { directions: directions.map(directionCard) })
  })

  app.get<{ Params: { slug: string } }>('/directions/:slug', { config: { keep: 'role' } }, async (request, reply) => {
    const row = await findDirection(app.db, request.params.slug)
    if (!row) return reply.callNotFound()
    const files = row.media.map((entry) => entry.media_id)
    const [names, actions, media, slides] = await Promise.all([
      listDirectionNames(app.db),
      listActionsOfDirection(app.db, row.id),
      findMediaByIds(app.db, [...files, ...mediaIdsOf(row.project)]),
      findSlides(app.db, files)
    ])
    return reply.html('directions/show', directionPage({ row, names, actions, media, slides }))
  })
}
