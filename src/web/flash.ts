/** One message that survives one redirect, kept in the session cookie. */
import type {} from '@fastify/secure-session'
import type { FastifyReply } from 'fastify'
import fastifyPlugin from 'fastify-plugin'

export interface Flash {
  kind: 'success' | 'info'
  text: string
}

declare module 'fastify' {
  interface FastifyReply {
    /** Shows `text` on the next page this browser opens. */
    flash(kind: Flash['kind'], text: string): FastifyReply
    /** The message left by the page before, forgotten once taken. */
    takeFlash(): Flash | undefined
  }
}

declare module '@fastify/secure-session' {
  interface SessionData {
    flash: Flash
  }
}

export const flash = fastifyPlugin(
  (app, _options, done) => {
    app.decorateReply('flash', function (this: FastifyReply, kind: Flash['kind'], text: string) {
      this.request.session.set('flash', { kind, text })
      return this
    })
    app.decorateReply('takeFlash', function (this: FastifyReply) {
      const message = this.request.session.get('flash')
      if (message) this.request.session.set('flash', undefined)
      return message
    })
    done()
  },
  { name: 'flash', dependencies: ['sessions'] }
)
