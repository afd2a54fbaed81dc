import type { FastifyInstance } from 'fastify'
import { mayManageContent } from '../accounts/permissions.ts'
import { findDirectionPage, listDirections } from './queries.ts'
import { directionCard, directionPage } from './views.ts'

export async function directionRoutes(app: FastifyInstance): Promise<void> {
  app.get('/directions', { config: { keep: 'role' } }, async (_request, reply) => {
    const directions = await listDirections(app.db)
    return reply.html('directions/list', { directions: directions.map(directionCard) })
  })

  app.get<{ Params: { slug: string } }>('/directions/:slug', { config: { keep: 'role' } }, async (request, reply) => {
    const parts = await findDirectionPage(app.db, request.params.slug)
    if (!parts) return reply.callNotFound()
    // Kept by role: who may change every page is told so here, and the référents of this one in the back-office.
    const mayEdit = request.agent !== undefined && mayManageContent(request.agent)
    return reply.html('directions/show', directionPage(parts, { mayEdit }))
  })
}
