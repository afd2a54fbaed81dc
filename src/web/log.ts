/** Structured lines on the standard output, without what could be used against somebody. */
import type { FastifyRequest, FastifyServerOptions } from 'fastify'
import fastifyPlugin from 'fastify-plugin'

/**
 * Options of the logger. No address, cookie, code, token or e-mail is ever written: a request is known by its route, not by
 * its URL, which may hold a token or a search (ASVS 16.2.5).
 */
export function logOptions(level: string): Exclude<FastifyServerOptions['logger'], boolean | undefined> {
  return {
    level,
    serializers: {
      req: (request: FastifyRequest) => ({ method: request.method, route: request.routeOptions?.url }),
      err: describeError
    }
  }
}

interface ErrorLine {
  [key: string]: unknown
  type: string
  message: string
  stack: string
  code?: string
}

// The detail of a Postgres error quotes the values that were refused: it stays out of the log.
function describeError(error: Error & { code?: unknown }): ErrorLine {
  const line: ErrorLine = { type: error.name, message: error.message, stack: error.stack ?? '' }
  return typeof error.code === 'string' ? { ...line, code: error.code } : line
}

/** One line for each answer: the route and not the address, how it ended and how long it took. */
export const requestLog = fastifyPlugin(
  (app, _options, done) => {
    app.addHook('onResponse', async (request, reply) => {
      request.log.info(
        { req: request, status: reply.statusCode, ms: Math.round(reply.elapsedTime), agentId: request.agent?.id },
        'answered'
      )
    })
    done()
  },
  { name: 'request log' }
)
