import type { FastifyInstance } from 'fastify'
import { findMediaByIds } from '../media/queries.ts'
import { mediaIdsOf } from '../media/rich-text-media.ts'
import { findAlbum, findIssue, listAlbums, listIssues } from './queries.ts'
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
      const row = await findIssue(app.db, request.params.slug)
      if (!row) return reply.callNotFound()
      const [all, media] = await Promise.all([
        listIssues(app.db),
        findMediaByIds(app.db, [...(row.pdf_id === null ? [] : [row.pdf_id]), ...mediaIdsOf(row.body)])
      ])
      return reply.html('bonus/issue', issuePage({ row, all, media }))
    }
  )

  app.get<{ Params: { slug: string } }>(
    '/bonus/galerie/:slug',
    { config: { keep: 'role' } },
    async (request, reply) => {
      const row = await findAlbum(app.db, request.params.slug)
      if (!row) return reply.callNotFound()
      const [all, media] = await Promise.all([
        listAlbums(app.db),
        findMediaByIds(
          app.db,
          row.items.map((item) => item.media_id)
        )
      ])
      return reply.html('bonus/album', albumPage({ row, all, media }))
    }
  )
}
