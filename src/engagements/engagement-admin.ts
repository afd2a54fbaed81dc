/** The back-office of engagements: their list, and the screen on which one is written. */
import type { FastifyInstance } from 'fastify'
import { findSlug } from '../publishing/addresses.ts'
import { entryRoutes, type Screen } from '../publishing/screens.ts'
import { engagementContent } from './engagement-content.ts'
import type { EngagementDocument } from './engagement-document.ts'
import { findEngagementPage } from './engagement-page.ts'
import { listEngagementChoices, listEngagementEntries } from './engagement-queries.ts'
import { engagementEditPage, engagementEntriesPage } from './engagement-views.ts'

const engagementScreen: Screen<EngagementDocument> = {
  content: engagementContent,
  edit: async (request, reply, { bar, entry, document, errors }) => {
    const choices = await listEngagementChoices(request.server.db, document, entry.content_id)
    return reply.html('engagements/admin/engagement', engagementEditPage({ bar, document, errors, choices }))
  },
  preview: async (_request, reply, db, contentId) => {
    const slug = await findSlug(db, 'engagements', contentId)
    const page = await findEngagementPage(db, slug)
    if (!page) throw new Error('An engagement that was just published can be read.')
    return reply.html('engagements/show', page)
  }
}

export async function engagementAdmin(app: FastifyInstance): Promise<void> {
  app.get('/engagements', async (_request, reply) =>
    reply.html('engagements/admin/engagement-list', engagementEntriesPage(await listEngagementEntries(app.db)))
  )
  entryRoutes(app, engagementScreen)
}
