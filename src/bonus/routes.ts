import type { FastifyInstance } from 'fastify'
import { findAlbumPage, findIssuePage, listAlbums, listIssues } from './queries.ts'
import { albumCard, albumPage, issueCard, issuePage } from './views.ts'

export async function bonusRoutes(app: FastifyInstance): Promise<void> {
  app.get('/bonus', { config: { keep: 'role' } }, async (_request, reply) => {
    const [issues, albums] = await Promise.all([listIssues(app.db), listAlbums(app.db)])
    return reply.html('bonus/index', {
      issues: issues.map(issueCard),
      albums: albums.map(albumCard)
    })
  })

  app.get<{ Params: { slug: string } }>(
    '/bonus/entre-nous/:slug',
    { config: { keep: 'role' } },
    async (request, reply) => {
      const parts = await findIssuePage(app.db, request.params.slug)
      return parts ? reply.html('bonus/issue', issuePage(parts)) : reply.callNotFound()
    }
  )

  app.get<{ Params: { slug: string } }>(
    '/bonus/galerie/:slug',
    { config: { keep: 'role' } },
    async (request, reply) => {
      const parts = await findAlbumPage(app.db, request.params.slug)
      return parts ? reply.html('bonus/album', albumPage(parts)) : reply.callNotFound()
    }
  )
}
