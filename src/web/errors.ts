/** Pages for what went wrong. The log holds the cause; the reader gets a sentence and a reference to give. */
import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { protectiveHeaders } from './security.ts'

declare module './render.ts' {
  interface Views {
    'errors/error': ErrorPage
  }
}

export interface ErrorPage {
  status: number
  title: string
  explanation: string
  /** The number to give to the support, found in the log; only when something broke. */
  reference: string | undefined
  /** Where to go from here. */
  way: { label: string; href: string }
}

/** Looks for what was asked elsewhere than at the routes; true when it has answered. */
export type NotFoundSearch = (request: FastifyRequest, reply: FastifyReply) => Promise<boolean>

declare module 'fastify' {
  interface FastifyInstance {
    /** Asks `search` whenever nothing was found, before that is said. */
    searchBeforeNotFound(search: NotFoundSearch): void
  }
  interface FastifyReply {
    /** Answers with the page that says that this is not allowed. */
    forbidden(): FastifyReply
    /** Answers with the page that says to wait, and for how long. */
    tooManyRequests(seconds: number): FastifyReply
  }
}

const home = { label: 'Revenir à l’accueil', href: '/' }

const pages: Record<number, Pick<ErrorPage, 'title' | 'explanation'>> = {
  400: {
    title: 'Demande incomprise',
    explanation: 'Le site n’a pas compris cette demande. Revenez en arrière, puis essayez de nouveau.'
  },
  403: {
    title: 'Accès refusé',
    explanation: 'Vous n’avez pas le droit de voir cette page, ou la demande ne vient pas de notre site.'
  },
  404: {
    title: 'Page introuvable',
    explanation: 'Cette page n’existe pas, ou n’existe plus. Vérifiez l’adresse, ou passez par le menu ou la recherche.'
  },
  413: {
    title: 'Envoi trop lourd',
    explanation: 'Ce que vous avez envoyé dépasse la taille permise. Allégez-le, puis essayez de nouveau.'
  },
  429: {
    title: 'Trop de demandes',
    explanation: 'Le site a reçu trop de demandes de votre réseau en peu de temps. Patientez, puis essayez de nouveau.'
  },
  500: {
    title: 'Une erreur est survenue',
    explanation: 'Le site n’a pas pu répondre. Ce n’est pas de votre fait. Essayez de nouveau dans un instant.'
  },
  503: {
    title: 'Le site est momentanément indisponible',
    explanation: 'Le site redémarre ou reçoit trop de visites. Essayez de nouveau dans une minute.'
  }
}

function errorPage(status: number, reference?: string): ErrorPage {
  const known = pages[status] ?? (status < 500 ? pages[400] : pages[500])
  if (!known) throw new Error('The pages of errors 400 and 500 must exist.')
  return { status, ...known, reference, way: home }
}

/** Errors that mean that the database cannot be reached or is too busy, by SQLSTATE, system code or the pool's message. */
function isDatabaseAway(error: { code?: unknown; message: string }): boolean {
  const code = typeof error.code === 'string' ? error.code : ''
  return (
    // 55000: closed to connections, as during a restore. 55P03, 40P01: others held for too long what was to be changed.
    /^(08|57P|53|55000|55P03|40P01)/.test(code) ||
    ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT'].includes(code) ||
    /timeout exceeded when trying to connect|Connection terminated/.test(error.message)
  )
}

/** A text that PostgreSQL cannot hold (a NUL character): whoever sent it is mistaken, nothing is broken. */
function isUnreadableText(error: { code?: unknown }): boolean {
  return error.code === '22021' || error.code === '22P05'
}

/** The page of the site where it can be drawn, a plain one where even the settings could not be read. */
function answer(request: FastifyRequest, reply: FastifyReply, page: ErrorPage): FastifyReply {
  reply.code(page.status)
  if (reply.html && request.settings) return reply.html('errors/error', page)
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(plainPage(page))
}

function plainPage(page: ErrorPage): string {
  const reference = page.reference ? `<p>Référence à donner\u00a0: ${page.reference}</p>` : ''
  return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${page.title}</title></head><body><main><h1>${page.title}</h1><p>${page.explanation}</p>${reference}<p><a href="/">${home.label}</a></p></main></body></html>`
}

/** An address that cannot be read reaches no route and no hook: it gets the plain page, with the same protection as any other. */
export function refuseAddress(_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  reply.headers(protectiveHeaders(new URL(request.server.config.baseUrl).origin)).header('cache-control', 'no-store')
  void reply
    .code(400)
    .type('text/html; charset=utf-8')
    .send(plainPage(errorPage(400)))
}

const refusals: Record<string, string> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large'
}

/** What is not HTTP, or comes too slowly, has no request to answer: one line is written, and the connection is closed. */
export function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const lines = [
    `HTTP/1.1 ${refusals[error.code ?? ''] ?? '400 Bad Request'}`,
    'connection: close',
    'content-type: text/plain; charset=utf-8',
    `content-length: ${Buffer.byteLength(refusal)}`,
    'cache-control: no-store',
    "content-security-policy: default-src 'none'",
    'x-content-type-options: nosniff'
  ]
  if (socket.writable) socket.write(`${lines.join('\r\n')}\r\n\r\n${refusal}`)
  socket.destroy(error)
}

const refusal = 'Demande incomprise.\n'

export const errors = fastifyPlugin(
  (app, _options, done) => {
    app.decorateReply('forbidden', function (this: FastifyReply) {
      this.request.log.warn({ event: 'forbidden' }, 'refused')
      return answer(this.request, this, errorPage(403))
    })
    app.decorateReply('tooManyRequests', function (this: FastifyReply, seconds: number) {
      this.header('retry-after', Math.ceil(seconds))
      const page = errorPage(429)
      const minutes = Math.ceil(seconds / 60)
      const wait = `Vous pourrez essayer de nouveau dans ${minutes < 2 ? 'une minute' : `${minutes} minutes`}.`
      return answer(this.request, this, { ...page, explanation: `${page.explanation} ${wait}` })
    })

    const searches: NotFoundSearch[] = []
    app.decorate('searchBeforeNotFound', (search: NotFoundSearch) => void searches.push(search))
    app.setNotFoundHandler(async (request, reply) => {
      for (const search of searches) {
        if (await search(request, reply)) return reply
      }
      return answer(request, reply, errorPage(404))
    })

    app.setErrorHandler((error: FastifyError, request, reply) => {
      const asked = isUnreadableText(error) ? 400 : (error.statusCode ?? 500)
      if (asked < 500) {
        request.log.info({ status: asked, code: error.code }, 'bad request')
        return answer(request, reply, errorPage(asked))
      }
      const away = isDatabaseAway(error)
      request.log.error({ err: error }, away ? 'database away' : 'request failed')
      if (away) reply.header('retry-after', '5')
      return answer(request, reply, errorPage(away ? 503 : 500, request.id))
    })
    done()
  },
  { name: 'errors' }
)
