/** The back-office of the edited pages: home, La démarche, the legal pages. They always exist, and are the webmaster's. */
import type { FastifyInstance } from 'fastify'
import { kindPaths } from '../publishing/kinds.ts'
import { entryRoutes, type Screen } from '../publishing/screens.ts'
import type { SiteSettings } from '../web/context.ts'
import { findLibrary, findOnlyEntry, findSlug, listPageEntries, listTargets } from './admin-queries.ts'
import { demarcheEditPage, homeEditPage, pageEditPage, pageEntriesPage } from './admin-views.ts'
import { demarcheContent } from './demarche-content.ts'
import type { DemarcheDocument } from './demarche-document.ts'
import { homeContent } from './home-content.ts'
import type { HomeDocument } from './home-document.ts'
import { type PageDocument, pageContent } from './page-content.ts'
import { findAccessibilityPage, findDemarche, findHome, findOpenPage } from './queries.ts'
import { findTargets } from './targets.ts'
import {
  accessibilityFacts,
  accessibilityPage,
  demarchePage,
  type EditedPage,
  homePage,
  legalFacts,
  legalPage
} from './views.ts'

const homeScreen: Screen<HomeDocument> = {
  content: homeContent,
  edit: async (request, reply, page) => {
    const { db } = request.server
    const { words, highlights } = page.document
    const [library, targets, shown] = await Promise.all([
      findLibrary(db, [
        ...words.flatMap((word) => [word.portraitId, word.videoId]),
        ...highlights.map((highlight) => highlight.imageId)
      ]),
      listTargets(db),
      findTargets(
        db,
        highlights.map((highlight) => highlight.href)
      )
    ])
    return reply.html('pages/admin/home', homeEditPage({ ...page, library, targets, shown }))
  },
  preview: async (request, reply, db) => {
    // The announcement is a setting, and those of the request were read before the draft was published for this answer.
    const banner = await db.selectFrom('settings').select(['banner_text', 'banner_href']).executeTakeFirstOrThrow()
    request.settings = { ...request.settings, ...banner }
    return reply.html('pages/home', homePage(request.agent?.name ?? '', await findHome(db)))
  }
}

const demarcheScreen: Screen<DemarcheDocument> = {
  content: demarcheContent,
  edit: async (request, reply, page) => {
    const library = await findLibrary(
      request.server.db,
      page.document.steps.map((step) => step.imageId)
    )
    return reply.html('pages/admin/demarche', demarcheEditPage({ ...page, library }))
  },
  preview: async (_request, reply, db) => {
    const parts = await findDemarche(db)
    if (!parts) throw new Error('A page that was just published can be read.')
    return reply.html('pages/demarche', demarchePage(parts))
  }
}

const pageScreen: Screen<PageDocument> = {
  content: pageContent,
  edit: async (request, reply, page) => {
    const slug = await findSlug(request.server.db, page.entry.content_id)
    return reply.html('pages/admin/page', pageEditPage({ ...page, facts: factsOf(slug, request.settings) }))
  },
  preview: async (request, reply, db, contentId) => {
    const slug = (await findSlug(db, contentId)) ?? ''
    if (slug === 'accessibilite') {
      const parts = await findAccessibilityPage(db, request.agent)
      if (parts) return reply.html('pages/accessibility', accessibilityPage(parts, request.settings))
    }
    const parts = await findOpenPage(db, slug, request.agent)
    if (!parts) throw new Error('A page that was just published can be read.')
    return reply.html('pages/show', legalPage(parts, factsOf(slug, request.settings)))
  }
}

/** What this page shows beside its text. */
function factsOf(slug: string | undefined, settings: SiteSettings): EditedPage['facts'] {
  if (slug === 'accessibilite') return accessibilityFacts(settings)
  return slug === 'mentions-legales' || slug === 'confidentialite' ? legalFacts(slug, settings) : []
}

export async function pageAdmin(app: FastifyInstance): Promise<void> {
  // Of these there is one: no list, but the screen itself.
  for (const kind of ['home', 'demarche'] as const) {
    const path = `/${kindPaths[kind]}`
    app.get(path, async (_request, reply) => {
      const entry = await findOnlyEntry(app.db, kind)
      return entry ? reply.redirect(`/gestion${path}/${entry.id}`, 303) : reply.callNotFound()
    })
  }
  app.get('/pages', async (_request, reply) =>
    reply.html('publishing/list', pageEntriesPage(await listPageEntries(app.db)))
  )
  entryRoutes(app, homeScreen)
  entryRoutes(app, demarcheScreen)
  entryRoutes(app, pageScreen)
}
