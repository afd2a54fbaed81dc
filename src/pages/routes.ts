import type { FastifyInstance } from 'fastify'
import {
  findAccessibilityPage,
  findDemarche,
  findHome,
  findOpenPage,
  listPublicActions,
  listSitemap
} from './queries.ts'
import {
  accessibilityPage,
  demarchePage,
  homePage,
  legalFacts,
  legalPage,
  publicSitemapPage,
  sitemapPage
} from './views.ts'

export async function homeRoutes(app: FastifyInstance): Promise<void> {
  app.get('/', { config: { keep: 'name' } }, async (request, reply) =>
    reply.html('pages/home', homePage(request.agent?.name ?? '', await findHome(app.db)))
  )

  app.get('/demarche', { config: { keep: 'role' } }, async (_request, reply) => {
    const parts = await findDemarche(app.db)
    return parts ? reply.html('pages/demarche', demarchePage(parts)) : reply.callNotFound()
  })
}

/** The pages that the law wants open to everyone, and the site map, which shows a visitor only what is open. */
export async function legalRoutes(app: FastifyInstance): Promise<void> {
  const open = { config: { access: 'public', keep: 'role' } } as const

  for (const slug of ['mentions-legales', 'confidentialite'] as const) {
    app.get(`/${slug}`, open, async (request, reply) => {
      const parts = await findOpenPage(app.db, slug, request.agent)
      if (!parts) return reply.callNotFound()
      return reply.html('pages/show', legalPage(parts, legalFacts(slug, request.settings)))
    })
  }

  app.get('/accessibilite', open, async (request, reply) => {
    const parts = await findAccessibilityPage(app.db, request.agent)
    if (!parts) return reply.callNotFound()
    return reply.html('pages/accessibility', accessibilityPage(parts, request.settings))
  })

  app.get('/plan-du-site', open, async (request, reply) => {
    const page = request.agent
      ? sitemapPage(await listSitemap(app.db), request.settings)
      : publicSitemapPage(await listPublicActions(app.db))
    return reply.html('pages/sitemap', page)
  })
}
