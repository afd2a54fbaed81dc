/** Pages: a template and the model it was declared with. */
import path from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import fastifyView from '@fastify/view'
import { Eta } from 'eta'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { accessibilityStatement } from './accessibility-statement.ts'
import type { Flash } from './flash.ts'
import { type GestionMenu, gestionMenuOf, type MenuEntry, menuOf } from './menu.ts'

/** Each feature adds its templates: `interface Views { 'engagements/list': EngagementListPage }`. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging, one feature at a time
export interface Views {}

/** The same for messages, which belong to no page. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging too
export interface MailViews {}

/** What every template finds in `it.page`. */
export interface PageContext {
  settings: { siteName: string; cityName: string; contactEmail: string | undefined; logo: string | undefined }
  agent: { isWebmaster: boolean; isEntrusted: boolean } | undefined
  path: string
  menu: MenuEntry[]
  /** The menu of the back-office, on its pages, for the webmaster. */
  gestion: GestionMenu | undefined
  /** What the city calls the parts of its site, for titles and breadcrumbs. */
  labels: { directions: string; engagements: string; bonus: string }
  flash: Flash | undefined
  /** What the webmaster announces on every page, to agents only. */
  banner: { text: string; href: string | undefined } | undefined
  demonstration: boolean
  /** « non conforme », « partiellement conforme » or « totalement conforme ». */
  accessibilityStatement: string
  asset: (path: string) => string
  stylesheet: string
  /** What gives the site the city's own colour. */
  accentStylesheet: string | undefined
  script: string
  origin: string
}

declare module 'fastify' {
  interface FastifyReply {
    /** Renders `views/<name>.eta` with its model, and sends it. */
    html<Name extends keyof Views>(name: Name, model: Views[Name]): FastifyReply
  }
}

export const viewsFolder = path.join(import.meta.dirname, '../../views')

/** The template engine. A value that is missing is a mistake of ours: it must not be printed as the word « undefined ». */
export function templateEngine(): Eta {
  return new Eta({
    views: viewsFolder,
    cache: true,
    autoTrim: ['nl', false],
    autoFilter: true,
    filterFunction: (value: unknown): string => {
      if (value === undefined || value === null) throw new Error('A template printed a value that is missing.')
      return String(value)
    }
  })
}

export const render = fastifyPlugin(
  (app, _options, done) => {
    const origin = new URL(app.config.baseUrl).origin
    app.register(fastifyView, {
      engine: { eta: templateEngine() },
      templates: viewsFolder,
      production: true,
      charset: 'utf-8'
    })

    app.decorateReply('html', function (this: FastifyReply, name: string, model: object) {
      const { request } = this
      const { settings } = request
      const page: PageContext = {
        settings: {
          siteName: settings.site_name,
          cityName: settings.city_name,
          contactEmail: settings.contact_email ?? undefined,
          logo: settings.logo_id === null ? undefined : `/logo?v=${settings.content_version}`
        },
        agent: request.agent && {
          isWebmaster: request.agent.role === 'webmaster',
          isEntrusted: request.agent.isEntrusted
        },
        path: request.url,
        menu: menuOf(settings, request.url),
        gestion: request.agent?.role === 'webmaster' ? gestionMenuOf(settings, request.url) : undefined,
        labels: {
          directions: settings.menu_directions,
          engagements: settings.menu_engagements,
          bonus: settings.menu_bonus
        },
        flash: this.takeFlash(),
        banner:
          request.agent && settings.banner_text
            ? { text: settings.banner_text, href: settings.banner_href ?? undefined }
            : undefined,
        demonstration: settings.demonstration === true,
        accessibilityStatement: accessibilityStatement(settings),
        asset: app.asset,
        stylesheet: app.stylesheet,
        accentStylesheet: settings.accent === null ? undefined : app.accentStylesheet(settings.accent),
        script: app.asset('js/site.js'),
        origin
      }
      // What a signed-in reader sees is theirs alone; on a shared post nothing may be left behind for the next person.
      this.header('cache-control', request.agent?.device === 'partage' ? 'no-store' : 'private, no-cache')
      return this.view(name, { ...model, page })
    })

    app.addHook('onSend', async (request, reply, payload) => compress(request, reply, payload))
    done()
  },
  { name: 'render', dependencies: ['assets', 'flash'] }
)

const smallestWorthCompressing = 1024

/**
 * Compresses pages in one synchronous call: on pages of this size a stream costs more than the work itself (measured).
 * No page holds a secret beside what a reader typed, so the sizes reveal nothing (BREACH).
 */
function compress(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  if (typeof payload !== 'string' || payload.length < smallestWorthCompressing) return payload
  if (!String(reply.getHeader('content-type')).startsWith('text/html')) return payload
  reply.header('vary', 'accept-encoding, cookie')
  const accepted = request.headers['accept-encoding'] ?? ''
  if (/\bbr\b/.test(accepted)) {
    reply.header('content-encoding', 'br').removeHeader('content-length')
    return brotliCompressSync(payload, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
  }
  if (/\bgzip\b/.test(accepted)) {
    reply.header('content-encoding', 'gzip').removeHeader('content-length')
    return gzipSync(payload, { level: 5 })
  }
  return payload
}
