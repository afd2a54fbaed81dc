/**
 * Access is declared, never remembered: a route that does not say who may reach it stops the application at boot.
 * One hook enforces what the routes declare (OWASP ASVS 8.2.1, 8.3.1).
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { returnPath } from './return-path.ts'

/**
 * - `machine`: no session is read (assets, health checks);
 * - `public`: anyone, signed in or not; the handler may show more to a signed-in agent;
 * - `agent`: any signed-in agent;
 * - `webmaster`: the webmaster only.
 */
export type Access = 'machine' | 'public' | 'agent' | 'webmaster'

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
  interface FastifyInstance {
    /** Every route and who may reach it, in the order they were declared. */
    accessList: { method: string; url: string; access: Access }[]
  }
}

/** Gives `level` to every route of this scope that does not declare its own. */
export function declareAccess(scope: FastifyInstance, level: Access): void {
  scope.addHook('onRoute', (route) => {
    route.config = { access: level, ...route.config }
  })
}

export const access = fastifyPlugin(
  (app, _options, done) => {
    const declared: { method: string | string[]; url: string; config?: { access?: Access } }[] = []
    app.decorate('accessList', [])
    app.addHook('onRoute', (route) => {
      declared.push(route)
    })
    app.addHook('onReady', (ready) => {
      const missing = declared.filter((route) => route.config?.access === undefined)
      if (missing.length > 0) {
        const names = missing.map((route) => `${String(route.method)} ${route.url}`).join(', ')
        ready(new Error(`These routes do not declare who may reach them: ${names}`))
        return
      }
      for (const route of declared) {
        const level = route.config?.access
        if (!level) continue
        for (const method of [route.method].flat()) app.accessList.push({ method, url: route.url, access: level })
      }
      ready()
    })
    app.addHook('onRequest', enforceAccess)
    done()
  },
  { name: 'access', dependencies: ['sessions'] }
)

async function enforceAccess(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  const level = request.routeOptions.config.access
  // No level: the not-found handler, which shows nothing of the site.
  if (level === undefined || level === 'machine' || level === 'public') return undefined
  if (!request.agent) return reply.redirect(signInAddress(request), 303)
  if (level === 'webmaster' && request.agent.role !== 'webmaster') return reply.forbidden()
  return undefined
}

/** The sign-in page, which will bring a reader back to what was asked; a form that was posted is not replayed. */
function signInAddress(request: FastifyRequest): string {
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  const asked = isRead ? returnPath(request.url) : '/'
  return asked === '/' ? '/connexion' : `/connexion?suite=${encodeURIComponent(asked)}`
}
