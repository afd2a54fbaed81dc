/** The back-office of actions: their list, and the screen on which a sheet is written. */
import type { FastifyInstance } from 'fastify'
import { mayEntrustAction, mayManageContent } from '../accounts/permissions.ts'
import { findSlug } from '../publishing/addresses.ts'
import { entryRoutes, type Screen } from '../publishing/screens.ts'
import { today } from '../web/format.ts'
import { actionContent } from './action-content.ts'
import type { ActionDocument } from './action-document.ts'
import { actionEntriesFilter } from './admin-forms.ts'
import { isPilote, listActionEntries, listChoices, listEngagementOptions } from './admin-queries.ts'
import { actionEditPage, actionEntriesPage } from './admin-views.ts'
import { findActionPage } from './queries.ts'
import { actionPage } from './views.ts'

const actionScreen: Screen<ActionDocument> = {
  content: actionContent,
  edit: async (request, reply, { bar, document, errors }) => {
    const { db } = request.server
    const { agent } = request
    if (!agent) return reply.forbidden()
    const choices = await listChoices(db, document)
    return reply.html(
      'engagements/admin/edit',
      actionEditPage({ bar, document, errors, choices, mayEntrust: mayEntrustAction(agent), agent })
    )
  },
  preview: async (request, reply, db, contentId) => {
    const page = await findActionPage(db, await findSlug(db, 'actions', contentId), request.agent)
    if (!page) throw new Error('A sheet that was just published can be read.')
    return reply.html('engagements/action', actionPage({ ...page, today: today() }))
  }
}

export async function actionAdmin(app: FastifyInstance): Promise<void> {
  app.get('/actions', { config: { access: 'agent' } }, async (request, reply) => {
    const { agent } = request
    if (!agent) return reply.forbidden()
    const mayManage = mayManageContent(agent)
    if (!mayManage && !(await isPilote(app.db, agent.id))) return reply.forbidden()
    const filter = actionEntriesFilter.parse(request.query)
    const [rows, engagements] = await Promise.all([
      listActionEntries(app.db, mayManage ? undefined : agent.id, filter),
      listEngagementOptions(app.db, { evenHidden: mayManage })
    ])
    const page = actionEntriesPage({ rows, engagements, filter, mayCreate: mayManage })
    return reply.html('engagements/admin/list', page)
  })
  entryRoutes(app, actionScreen)
}
