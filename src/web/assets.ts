/**
 * What the browser needs beside pages: one stylesheet put together from public/css at boot, the modules of public/js,
 * fonts and images. Their address holds a fingerprint of them all, so that they are kept a year and never stale.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip as gzipCompress } from 'node:zlib'
import fastifyStatic from '@fastify/static'
import fastifyPlugin from 'fastify-plugin'
import { accentStylesheet } from './accent.ts'
import { declareAccess } from './access.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The address of a file of public/, for instance `asset('img/icons.svg')`. */
    asset: (file: string) => string
    /** The address of the stylesheet. */
    stylesheet: string
    /** The address of what gives it the city's colour, `#1a4f8b`. */
    accentStylesheet: (colour: string) => string
  }
}

const publicFolder = path.join(import.meta.dirname, '../../public')
const forAYear = 'public, max-age=31536000, immutable'

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8'
}

const brotli = promisify<Buffer, Buffer>(brotliCompress)
const gzipped = promisify<Buffer, Buffer>(gzipCompress)

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** The type of a text that is worth sending compressed. */
function typeOf(file: string): string | undefined {
  return types[path.extname(file)]
}

export const assets = fastifyPlugin(
  (app, _options, done) => {
    const files = readdirSync(publicFolder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(publicFolder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
      .sort()
    const fingerprint = createHash('sha256')
    for (const file of files) fingerprint.update(file).update(readFileSync(path.join(publicFolder, file)))
    const version = fingerprint.digest('hex').slice(0, 12)
    const known = new Set(files)

    app.decorate('asset', (file: string) => {
      if (!known.has(file)) throw new Error(`There is no public/${file}.`)
      return `/assets/${version}/${file}`
    })
    app.decorate('stylesheet', `/assets/${version}/site.css`)
    app.decorate('accentStylesheet', (colour: string) => `/assets/${version}/accent/${colour.slice(1)}.css`)

    // `_layers.css` sorts first and fixes the order of the layers: that of the files then does not matter.
    const css = files
      .filter((file) => file.startsWith('css/'))
      .map((file) => readFileSync(path.join(publicFolder, file), 'utf8'))
      .join('\n')
    const texts = new Map<string, Buffer>([['site.css', Buffer.from(css)]])
    for (const file of files) {
      if (typeOf(file)) texts.set(file, readFileSync(path.join(publicFolder, file)))
    }

    app.register((scope, _scopeOptions, scopeDone) => {
      declareAccess(scope, 'machine')
      // Pages from before an update still ask for the old version: any version gives today's file.
      for (const [file, bytes] of texts) {
        // At the first request, in another thread: the editor of the back-office takes half a second, and readers never ask for it.
        const [br, gzip] = [once(() => brotli(bytes)), once(() => gzipped(bytes))]
        scope.get(`/assets/:version/${file}`, async (request, reply) => {
          const accepted = request.headers['accept-encoding'] ?? ''
          reply.type(typeOf(file) ?? 'text/css; charset=utf-8')
          reply.headers({ 'cache-control': forAYear, vary: 'accept-encoding' })
          if (/\bbr\b/.test(accepted)) return reply.header('content-encoding', 'br').send(await br())
          if (/\bgzip\b/.test(accepted)) return reply.header('content-encoding', 'gzip').send(await gzip())
          return reply.send(bytes)
        })
      }
      // The colour is in the address: nothing is looked up, and what is kept never changes.
      scope.get<{ Params: { colour: string } }>('/assets/:version/accent/:colour', async (request, reply) => {
        const [, colour] = /^([0-9a-f]{6})\.css$/.exec(request.params.colour) ?? []
        if (colour === undefined) return reply.callNotFound()
        return reply
          .type('text/css; charset=utf-8')
          .header('cache-control', forAYear)
          .send(accentStylesheet(`#${colour}`))
      })
      scope.register(fastifyStatic, {
        root: publicFolder,
        prefix: '/assets/:version/',
        dotfiles: 'deny',
        index: false,
        immutable: true,
        maxAge: '1y'
      })
      scope.get('/favicon.ico', async (_request, reply) => reply.redirect(app.asset('img/favicon.svg'), 302))
      scopeDone()
    })
    done()
  },
  { name: 'assets' }
)
