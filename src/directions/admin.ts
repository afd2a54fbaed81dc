/** The back-office of directions: their list, and the screen on which a page is written. */
import type { FastifyInstance } from 'fastify'
import { mayEntrustDirection, mayManageContent } from '../accounts/permissions.ts'
import { findSlug } from '../publishing/addresses.ts'
import { entryRoutes, type Screen } from '../publishing/screens.ts'
import { listDirectionChoices, listDirectionEntries } from './admin-queries.ts'
import { directionEditPage, directionEntriesPage } from './admin-views.ts'
import { directionContent } from './direction-content.ts'
import type { DirectionDocument } from './direction-document.ts'
import { findDirectionPage } from './queries.ts'
import { directionPage } from './views.ts'

const directionScreen: Screen<DirectionDocument> = {
  content: directionContent,
  edit: async (request, reply, { bar, document, errors }) => {
    const { agent } = request
    if (!agent) return reply.forbidden()
    const choices = await listDirectionChoices(request.server.db, document)
    return reply.html(
      'directions/admin/edit',
      directionEditPage({ bar, document, errors, choices, mayEntrust: mayEntrustDirection(agent), agent })
    )
  },
  preview: async (_request, reply, db, contentId) => {
    const slug = await findSlug(db, 'directions', contentId)
    const parts = await findDirectionPage(db, slug)
    if (!parts) throw new Error('A direction that was just published can be read.')
    return reply.html('directions/show', directionPage(parts, { mayEdit: true }))
  }
}

export async function directionAdmin(app: FastifyInstance): Promise<void> {
  app.get('/directions', { config: { access: 'agent' } }, async (request, reply) => {
    const { agent } = request
    if (!agent) return reply.forbidden()
    const mayManage = mayManageContent(agent)
    const entries = await listDirectionEntries(app.db, mayManage ? undefined : agent.id)
    if (entries.length === 0 && !mayManage) return reply.forbidden()
    return reply.html('publishing/list', directionEntriesPage(entries, mayManage))
  })
  entryRoutes(app, directionScreen)
}
