/**
 * Pages kept in memory once rendered. They are found by the version of the content, which the query that recognises the
 * reader returns: a page that no longer holds is never found again, in any process, without anybody telling.
 */
import { createHash } from 'node:crypto'
import { brotliCompressSync, constants } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { today } from './format.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * The page is the same for everybody of a `role` (whom something is entrusted to counts as one), or for everybody of a name
     * and role; it may be kept.
     */
    keep?: 'role' | 'name'
  }
  interface FastifyRequest {
    /** Under what this page is to be kept, when it is. */
    keepAs: string | undefined
  }
}

interface KeptPage {
  html: string
  /** Made when first asked for. */
  brotli: Buffer | undefined
}

const maxPages = 400
const maxPageLength = 400_000

export const pageCache = fastifyPlugin(
  (app, _options, done) => {
    // A Map remembers the order of insertion: its first key is the page that nobody asked for the longest.
    const pages = new Map<string, KeptPage>()
    app.decorateRequest('keepAs', undefined)

    app.addHook('onRequest', async (request, reply) => {
      const key = keyOf(request)
      if (key === undefined) return undefined
      const tag = entityTag(key)
      reply.header('etag', tag)
      if (request.headers['if-none-match'] === tag) return privately(reply).code(304).send()
      const page = pages.get(key)
      if (!page) {
        request.keepAs = key
        return undefined
      }
      pages.delete(key)
      pages.set(key, page)
      privately(reply).type('text/html; charset=utf-8')
      if (!/\bbr\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(page.html)
      page.brotli ??= brotliCompressSync(page.html, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
      return reply.header('content-encoding', 'br').send(page.brotli)
    })

    // Registered before the compression, so that what is kept is the page itself.
    app.addHook('onSend', async (request, reply, payload) => {
      if (request.keepAs === undefined) return payload
      if (reply.statusCode !== 200 || typeof payload !== 'string') {
        reply.removeHeader('etag')
        return payload
      }
      if (payload.length > maxPageLength) return payload
      pages.set(request.keepAs, { html: payload, brotli: undefined })
      const oldest = pages.keys().next().value
      if (pages.size > maxPages && oldest !== undefined) pages.delete(oldest)
      return payload
    })
    done()
  },
  { name: 'page cache', dependencies: ['flash', 'access'] }
)

/** All that the page depends on, or undefined when it may not be kept: a message to show once, a shared post. */
function keyOf(request: FastifyRequest): string | undefined {
  const { keep } = request.routeOptions.config
  if (keep === undefined || request.method !== 'GET' || request.session.get('flash')) return undefined
  const { agent, settings } = request
  if (agent?.device === 'partage') return undefined
  const role = agent?.isEntrusted ? `${agent.role}, entrusted` : agent?.role
  const reader = agent ? `${role} ${keep === 'name' ? agent.name : ''}` : 'visitor'
  // « Past its date » changes at midnight.
  return `${settings.content_version} ${today()} ${reader} ${request.url}`
}

function entityTag(key: string): string {
  return `W/"${createHash('sha256').update(key).digest('base64url').slice(0, 22)}"`
}

function privately(reply: FastifyReply): FastifyReply {
  return reply.headers({ 'cache-control': 'private, no-cache', vary: 'accept-encoding, cookie' })
}
