/** What machines ask: is the process up, is it ready, who to warn of a weakness. */
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { pendingMigrations } from '../db/migrate.ts'

export function health(app: FastifyInstance, _options: unknown, done: () => void): void {
  const machine = { config: { access: 'machine' as const } }

  // Never asks the database: a database that is away must not make an orchestrator kill a sound process.
  app.get('/healthz', machine, async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' })
  )

  app.get('/readyz', machine, async (request, reply) => {
    reply.header('cache-control', 'no-store')
    try {
      await sql`select 1`.execute(app.db)
      const pending = await pendingMigrations(app.db)
      if (pending.length === 0) return await reply.send({ status: 'ready' })
      return await reply.code(503).send({ status: 'migrations pending' })
    } catch (error) {
      request.log.warn({ err: error }, 'not ready')
      return reply.code(503).send({ status: 'database unreachable' })
    }
  })

  // RFC 9116. Without an address to write to, there is nothing to publish.
  app.get('/.well-known/security.txt', { config: { access: 'public' } }, async (request, reply) => {
    const contact = request.settings.contact_email
    if (!contact) return reply.callNotFound()
    const expires = new Date(Date.now() + 180 * 24 * 3600 * 1000).toISOString()
    const origin = new URL(app.config.baseUrl).origin
    return reply
      .type('text/plain; charset=utf-8')
      .send(
        `Contact: mailto:${contact}\nExpires: ${expires}\nPreferred-Languages: fr, en\nCanonical: ${origin}/.well-known/security.txt\n`
      )
  })

  app.get('/manifest.webmanifest', { config: { access: 'public' } }, async (request, reply) =>
    reply.type('application/manifest+json; charset=utf-8').send({
      name: `${request.settings.site_name} – ${request.settings.city_name}`,
      short_name: request.settings.city_name,
      lang: 'fr',
      start_url: '/',
      display: 'browser',
      background_color: '#fbf5ea',
      theme_color: '#fbf5ea',
      icons: [
        { src: app.asset('img/favicon.svg'), sizes: 'any', type: 'image/svg+xml' },
        { src: app.asset('img/icon-192.png'), sizes: '192x192', type: 'image/png' },
        { src: app.asset('img/icon-512.png'), sizes: '512x512', type: 'image/png' }
      ]
    })
  )

  app.get('/robots.txt', machine, async (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send('User-agent: *\nDisallow: /\n')
  )
  done()
}
