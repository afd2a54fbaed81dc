import type { FastifyInstance, FastifyRequest } from 'fastify'
import { progressOf } from '../engagements/progress.ts'
import { listEngagements, listProgressRows } from '../engagements/queries.ts'
import { findMediaByIds } from '../media/queries.ts'
import { mediaIdsOf } from '../media/rich-text-media.ts'
import { findPage, listChanges, listDemarcheSteps, listHighlights, listHomeWords, listSitemap } from './queries.ts'
import { accessibilityPage, demarchePage, homePage, legalFacts, legalPage, sitemapPage } from './views.ts'

const changesOnHome = 6

export async function homeRoutes(app: FastifyInstance): Promise<void> {
  app.get('/', { config: { keep: 'name' } }, async (request, reply) => {
    const [words, highlights, changes, engagements, rows] = await Promise.all([
      listHomeWords(app.db),
      listHighlights(app.db),
      listChanges(app.db, changesOnHome),
      listEngagements(app.db),
      listProgressRows(app.db)
    ])
    const videos = words.flatMap((word) => word.video_id ?? [])
    const media = await findMediaByIds(app.db, [...videos, ...mediaIdsOf(...words.map((word) => word.body))])
    const progress = progressOf(engagements, rows)
    return reply.html(
      'pages/home',
      homePage({ name: request.agent?.name ?? '', words, highlights, changes, progress, media })
    )
  })

  app.get('/demarche', { config: { keep: 'role' } }, async (_request, reply) => {
    const [page, steps] = await Promise.all([findPage(app.db, 'demarche'), listDemarcheSteps(app.db)])
    if (!page) return reply.callNotFound()
    const media = await findMediaByIds(app.db, mediaIdsOf(page.body, ...steps.map((step) => step.body)))
    return reply.html('pages/demarche', demarchePage(page, steps, media))
  })
}

/** The pages that the law wants open to everyone, and the site map, which shows a visitor only what is open. */
export async function legalRoutes(app: FastifyInstance): Promise<void> {
  const open = { config: { access: 'public', keep: 'role' } } as const
  // Files are served to members only.
  const filesFor = (request: FastifyRequest, body: string) =>
    findMediaByIds(app.db, request.agent ? mediaIdsOf(body) : [])

  for (const slug of ['mentions-legales', 'confidentialite'] as const) {
    app.get(`/${slug}`, open, async (request, reply) => {
      const page = await findPage(app.db, slug)
      if (!page) return reply.callNotFound()
      const media = await filesFor(request, page.body)
      return reply.html('pages/show', legalPage(page, legalFacts(slug, request.settings), media))
    })
  }

  app.get('/accessibilite', open, async (request, reply) => {
    const page = await findPage(app.db, 'accessibilite')
    if (!page) return reply.callNotFound()
    const media = await filesFor(request, page.body)
    return reply.html('pages/accessibility', accessibilityPage(page, request.settings, media))
  })

  app.get('/plan-du-site', open, async (request, reply) => {
    const rows = request.agent ? await listSitemap(app.db) : []
    return reply.html('pages/sitemap', sitemapPage(rows, request.settings, request.agent !== undefined))
  })
}
