/**
 * A client that sends its request drop by drop may not hold a connection for ever (slow loris). Node has one limit for all
 * requests; a video over a phone takes minutes, so routes that receive files watch over their own.
 */
import fastifyPlugin from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body may take its time: the route itself lets go of who falls silent. */
    slowBody?: boolean
  }
}

const longestMilliseconds = 20_000

export const slowBodies = fastifyPlugin(
  (app, _options, done) => {
    app.addHook('onRequest', async (request) => {
      const { headers, raw } = request
      const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
      if (!hasBody || request.routeOptions.config.slowBody) return
      const timer = setTimeout(() => raw.destroy(), longestMilliseconds).unref()
      const stop = (): void => clearTimeout(timer)
      raw.once('end', stop).once('close', stop)
    })
    done()
  },
  { name: 'slow bodies' }
)
