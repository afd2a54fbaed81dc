/** What every answer says to browsers, and which requests are refused before anything is read. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'

// Everything comes from this site; no inline script or style exists in the templates, so nothing needs a nonce.
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "media-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'"
].join('; ')

const headers: Record<string, string> = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  // Not `no-referrer`: with it browsers send `Origin: null` on our own forms, which the check below would refuse.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  'x-frame-options': 'DENY'
}

/** What every answer says, those of a site reached over HTTPS one thing more. */
export function protectiveHeaders(origin: string): Record<string, string> {
  return origin.startsWith('https:') ? { ...headers, 'strict-transport-security': 'max-age=63072000' } : headers
}

/** For an answer that a page of ours shows in a frame (the preview of a draft on a phone). */
export function allowFramedByUs(reply: FastifyReply): void {
  reply
    .header(
      'content-security-policy',
      contentSecurityPolicy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    )
    .header('x-frame-options', 'SAMEORIGIN')
}

/** For the page that holds such a frame. */
export function allowOurFrames(reply: FastifyReply): void {
  reply.header('content-security-policy', `${contentSecurityPolicy}; frame-src 'self'`)
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a request that changes something comes from our own pages: `Origin`, when there, must be ours;
 * `Sec-Fetch-Site`, when there, must be `same-origin`; with neither, refused (OWASP CSRF prevention, Fetch Metadata).
 */
export function isFromOurPages(request: Pick<FastifyRequest, 'method' | 'headers'>, origin: string): boolean {
  if (safeMethods.has(request.method)) return true
  const claimed = request.headers.origin
  if (claimed !== undefined && claimed !== origin) return false
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  return claimed === origin
}

export const security = fastifyPlugin(
  (app, _options, done) => {
    const origin = new URL(app.config.baseUrl).origin
    const all = protectiveHeaders(origin)
    app.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
      reply.headers(all)
      if (!isFromOurPages(request, origin)) return reply.forbidden()
      return undefined
    })
    done()
  },
  { name: 'security', dependencies: ['errors'] }
)
