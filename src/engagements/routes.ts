import type { FastifyInstance } from 'fastify'
import { today } from '../web/format.ts'
import { returnPath } from '../web/return-path.ts'
import { findEngagementPage } from './engagement-page.ts'
import { actionFilter } from './forms.ts'
import { progressOf } from './progress.ts'
import { countActions, findActionPage, listActions, listEngagements, listFacets, listProgressRows } from './queries.ts'
import { actionPage, engagementListPage } from './views.ts'

export async function engagementRoutes(app: FastifyInstance): Promise<void> {
  app.get('/engagements', { config: { keep: 'role' } }, async (request, reply) => {
    const { filter, page } = actionFilter.parse(request.query)
    const [engagements, rows, facets, actions, { count }] = await Promise.all([
      listEngagements(app.db),
      listProgressRows(app.db),
      listFacets(app.db, filter),
      listActions(app.db, filter, page),
      countActions(app.db, filter)
    ])
    const progress = progressOf(engagements, rows)
    return reply.html(
      'engagements/list',
      engagementListPage({ engagements, progress, filter, facets, actions, count, page })
    )
  })

  app.get<{ Params: { slug: string } }>('/engagements/:slug', { config: { keep: 'role' } }, async (request, reply) => {
    const page = await findEngagementPage(app.db, request.params.slug)
    return page ? reply.html('engagements/show', page) : reply.callNotFound()
  })
}

/** The sheet of an action, at one address for members and, where the webmaster made it public, for anyone. */
export async function actionRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Params: { slug: string } }>(
    '/actions/:slug',
    { config: { access: 'public', keep: 'role' } },
    async (request, reply) => {
      const { agent } = request
      const page = await findActionPage(app.db, request.params.slug, agent)
      if (page) return reply.html('engagements/action', actionPage({ ...page, today: today() }))
      // A visitor learns nothing of what exists: a sheet that is reserved and one that is not there lead to the same door.
      if (agent) return reply.callNotFound()
      return reply.redirect(`/connexion?suite=${encodeURIComponent(returnPath(request.url))}`, 303)
    }
  )
}
