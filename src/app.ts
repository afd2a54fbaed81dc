/** The table of contents: what the site is made of, in the order it loads. */
import fastifyFormbody from '@fastify/formbody'
import Fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify'
import { agentAdmin } from './accounts/admin.ts'
import { accountMessages } from './accounts/message.ts'
import { forgetOldTraces } from './accounts/queries.ts'
import { accountRoutes } from './accounts/routes.ts'
import { sessions } from './accounts/sessions.ts'
import { bonusAdmin } from './bonus/admin.ts'
import { bonusRoutes } from './bonus/routes.ts'
import type { Config } from './config.ts'
import type { Database } from './db/database.ts'
import { directionAdmin } from './directions/admin.ts'
import { directionRoutes } from './directions/routes.ts'
import { actionAdmin } from './engagements/admin.ts'
import { engagementAdmin } from './engagements/engagement-admin.ts'
import { actionRoutes, engagementRoutes } from './engagements/routes.ts'
import { forgetOldJournal } from './gestion/journal-queries.ts'
import { contentKinds } from './gestion/kinds.ts'
import { posterRoutes } from './gestion/posters.ts'
import { gestionRoutes } from './gestion/routes.ts'
import { openMailer } from './mail/mailer.ts'
import { outbox } from './mail/outbox.ts'
import { mediaChoiceRoutes } from './media/choices-routes.ts'
import { mediaChores } from './media/chores.ts'
import { imageRightsMessages } from './media/image-rights/image-rights-messages.ts'
import { removalRoutes } from './media/image-rights/removal-routes.ts'
import { mediaLibraryRoutes } from './media/library.ts'
import { logoRoutes, mediaRoutes } from './media/routes.ts'
import { mediaSpaceRoutes } from './media/space/space.ts'
import { pageAdmin } from './pages/admin.ts'
import { homeRoutes, legalRoutes } from './pages/routes.ts'
import { publishingMessages } from './publishing/messages.ts'
import { redirects } from './publishing/redirects.ts'
import { emptyTrash } from './publishing/trash.ts'
import { searchRoutes } from './search/routes.ts'
import { access, declareAccess } from './web/access.ts'
import { assets } from './web/assets.ts'
import './web/context.ts'
import { errors, refuseAddress, refuseConnection } from './web/errors.ts'
import { flash } from './web/flash.ts'
import { health } from './web/health.ts'
import { logOptions, requestLog } from './web/log.ts'
import { pageCache } from './web/page-cache.ts'
import { render } from './web/render.ts'
import { security } from './web/security.ts'
import { slowBodies } from './web/slow-bodies.ts'

export interface Parts {
  config: Config
  db: Database
  /** Tests collect the log; by default it goes to the standard output. */
  logger?: FastifyServerOptions['logger']
}

export async function buildApp({ config, db, logger }: Parts): Promise<FastifyInstance> {
  const app = Fastify({
    logger: logger ?? logOptions(config.logLevel),
    // One line an answer, by its route: web/log.ts.
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: refuseAddress,
    clientErrorHandler: refuseConnection,
    trustProxy: config.trustProxy.length > 0 ? config.trustProxy : false,
    bodyLimit: 256 * 1024,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    // Bodies: web/slow-bodies.ts. This limit would also cut off a video that takes its time.
    requestTimeout: 0,
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 2_000 },
    return503OnClosing: false
  })
  app.decorate('db', db)
  app.decorate('config', config)

  await app.register(requestLog)
  await app.register(errors)
  await app.register(security)
  await app.register(slowBodies)
  await app.register(sessions)
  await app.register(access)
  await app.register(flash)
  await app.register(pageCache)
  await app.register(assets)
  await app.register(render)
  await app.register(redirects)
  await app.register(fastifyFormbody)
  await app.register(outbox, {
    mailer: openMailer(config),
    kinds: { ...accountMessages(config), ...publishingMessages(config), ...imageRightsMessages(config) },
    chores: [
      forgetOldTraces,
      forgetOldJournal,
      ...mediaChores(config),
      (database) => emptyTrash(database, contentKinds)
    ]
  })

  await app.register(health)
  await app.register(accountRoutes)
  await app.register(legalRoutes)
  await app.register(logoRoutes)
  await app.register(actionRoutes)

  // The agents' site: a route added below is for signed-in agents unless it says otherwise.
  await app.register(async (site) => {
    declareAccess(site, 'agent')
    await site.register(homeRoutes)
    await site.register(directionRoutes)
    await site.register(engagementRoutes)
    await site.register(bonusRoutes)
    await site.register(searchRoutes)
    await site.register(mediaRoutes)
    await site.register(removalRoutes)
  })

  await app.register(
    async (gestion) => {
      declareAccess(gestion, 'webmaster')
      await gestion.register(gestionRoutes)
      await gestion.register(posterRoutes)
      await gestion.register(mediaLibraryRoutes)
      await gestion.register(mediaSpaceRoutes)
      await gestion.register(mediaChoiceRoutes)
      await gestion.register(engagementAdmin)
      await gestion.register(actionAdmin)
      await gestion.register(directionAdmin)
      await gestion.register(bonusAdmin)
      await gestion.register(pageAdmin)
      await gestion.register(agentAdmin)
    },
    { prefix: '/gestion' }
  )

  return app
}
