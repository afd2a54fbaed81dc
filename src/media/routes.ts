/**
 * The only way out for stored files, for signed-in agents. The path on disk comes from the row's hash, never from the
 * address; the type, too, comes from the row.
 */
import { close, fstat, open } from 'node:fs'
import type { OutgoingHttpHeaders } from 'node:http'
import { promisify } from 'node:util'
import { create as contentDisposition } from 'content-disposition'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { findMediaByIds, findServedFile, type RenditionFormat, type ServedFile } from './queries.ts'
import { sendPart } from './send.ts'
import type { MediaKind } from './types.ts'
import { blobPath } from './uploads.ts'
import { chaptersOf, chaptersTrack } from './video/chapters.ts'
import { chaptersFilename } from './views.ts'

interface FileAddress {
  Params: { id: string; filename: string }
  Querystring: { telecharger?: string; v?: string }
}

/** Bytes to send, and all that is said about them. */
interface Served {
  sha256: string
  size: number
  contentType: string
  kind: MediaKind
  filename: string
  isRendition: boolean
}

interface Part {
  start: number
  end: number
}

const openFile = promisify(open)
const statFile = promisify(fstat)
const closeFile = promisify(close)

const renditionName = /^(\d{1,5})\.(avif|webp|mp4|m4a)$/
const renditionTypes: Record<RenditionFormat, { contentType: string; kind: MediaKind }> = {
  avif: { contentType: 'image/avif', kind: 'image' },
  webp: { contentType: 'image/webp', kind: 'image' },
  mp4: { contentType: 'video/mp4', kind: 'video' },
  m4a: { contentType: 'audio/mp4', kind: 'video' }
}
const shownInBrowser: MediaKind[] = ['image', 'video', 'pdf', 'captions']

// Whatever a file contains, opened alone it runs nothing, sends nothing and is in no frame.
const strict = "default-src 'none'; sandbox; frame-ancestors 'none'"
const policies: Record<MediaKind, string> = {
  captions: strict,
  document: strict,
  presentation: strict,
  // Browsers show an image or a video alone in a small page of their own, with its style; that page asks for the video
  // again, and without its origin it would do so without the session.
  image: `${strict}; style-src 'unsafe-inline'`,
  video:
    "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; sandbox allow-same-origin; frame-ancestors 'none'",
  // The PDF viewers of browsers do not work in a sandbox.
  pdf: "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}

export async function mediaRoutes(app: FastifyInstance): Promise<void> {
  // HEAD is declared: the one that Fastify derives from GET would read the whole file to throw it away.
  app.route<FileAddress>({
    method: ['GET', 'HEAD'],
    url: '/medias/:id/:filename',
    config: { access: 'agent' },
    handler: serveFile
  })
  // A track of the player, made of what the row says.
  app.get<{ Params: { id: string } }>(
    `/medias/:id/${chaptersFilename}`,
    { config: { access: 'agent' } },
    async (request, reply) => {
      const { id } = request.params
      const media = /^[1-9]\d{0,8}$/.test(id) ? (await findMediaByIds(app.db, [Number(id)])).get(Number(id)) : undefined
      const chapters = chaptersOf(media?.chapters)
      if (!media || chapters.length === 0) return notFound(reply)
      return reply
        .headers({
          'content-type': 'text/vtt; charset=utf-8',
          'content-security-policy': policies.captions,
          'x-content-type-options': 'nosniff',
          'cache-control': 'private, no-cache'
        })
        .send(chaptersTrack(chapters, media.duration_seconds))
    }
  )
}

/** The logo that the settings name, and no other file, is for anyone: the sign-in page shows it. */
export function logoRoutes(app: FastifyInstance, _options: unknown, done: () => void): void {
  app.route<FileAddress>({
    method: ['GET', 'HEAD'],
    url: '/logo',
    config: { access: 'public' },
    handler: async (request, reply) => {
      const id = request.settings.logo_id
      const format = 'webp'
      const rendition = { format, width: logoWidth } as const
      const row = id === null ? undefined : await findServedFile(app.db, id, rendition, { evenTrashed: false })
      if (row?.kind !== 'image') return notFound(reply)
      const served = servedRendition(row, format, `${logoWidth}.${format}`) ?? servedOriginal(row)
      // Pages name the version of the content, which changes with the settings and with files.
      const isNamed = request.query.v === String(request.settings.content_version)
      const cache = isNamed ? 'public, max-age=31536000, immutable' : 'public, no-cache'
      return send(request, reply, served, { 'cache-control': cache, vary: 'accept-encoding' })
    }
  })
  done()
}

const logoWidth = 320

async function serveFile(request: FastifyRequest<FileAddress>, reply: FastifyReply): Promise<FastifyReply> {
  const served = await findFile(request)
  return served ? send(request, reply, served) : notFound(reply)
}

async function send(
  request: FastifyRequest<FileAddress>,
  reply: FastifyReply,
  served: Served,
  own: Record<string, string> = {}
): Promise<FastifyReply> {
  const etag = `"${served.sha256}"`
  const headers = { ...describe(request, served, etag), ...own }
  if (matches(request.headers['if-none-match'], etag)) {
    return reply.headers(headers).code(304).send()
  }

  const fd = await openBlob(request, served)
  if (fd === undefined) return notFound(reply)
  reply.headers(headers)
  const part = request.method === 'GET' ? askedPart(request, served.size, etag) : undefined
  if (request.method === 'HEAD' || part === 'unsatisfiable') {
    await closeFile(fd)
    if (part === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${served.size}`).send()
    return reply.header('content-length', served.size).send()
  }
  const { start, end } = part ?? { start: 0, end: served.size - 1 }
  if (part) reply.code(206).header('content-range', `bytes ${start}-${end}/${served.size}`)
  reply.header('content-length', end - start + 1)
  reply.hijack()
  // The same headers, which Fastify and Node write in two types.
  reply.raw.writeHead(reply.statusCode, reply.getHeaders() as OutgoingHttpHeaders)
  // The beginning has left: an error page cannot follow it.
  await sendPart(reply.raw, fd, start, end).catch((error: unknown) => {
    request.log.error({ err: error, sha256: served.sha256 }, 'stored file cannot be read')
  })
  return reply
}

function notFound(reply: FastifyReply): FastifyReply {
  reply.callNotFound()
  return reply
}

async function findFile(request: FastifyRequest<FileAddress>): Promise<Served | undefined> {
  const { id, filename } = request.params
  if (!/^[1-9]\d{0,8}$/.test(id)) return undefined
  const asked = renditionName.exec(filename)
  // One of those that the pattern knows.
  const rendition = asked && { format: asked[2] as RenditionFormat, width: Number(asked[1]) }
  const evenTrashed = request.agent?.role === 'webmaster'
  const row = await findServedFile(request.server.db, Number(id), rendition ?? undefined, { evenTrashed })
  if (!row) return undefined
  return rendition ? servedRendition(row, rendition.format, filename) : servedOriginal(row)
}

function servedOriginal(row: ServedFile): Served {
  const { sha256, size, kind, filename } = row
  const contentType = row.content_type.startsWith('text/') ? `${row.content_type}; charset=utf-8` : row.content_type
  return { sha256, size, kind, filename, contentType, isRendition: false }
}

function servedRendition(row: ServedFile, format: RenditionFormat, name: string): Served | undefined {
  if (row.rendition_sha256 === null || row.rendition_size === null) return undefined
  const filename = `${row.filename.replace(/\.[^.]*$/, '')}-${name}`
  const { rendition_sha256: sha256, rendition_size: size } = row
  return { sha256, size, filename, ...renditionTypes[format], isRendition: true }
}

function describe(request: FastifyRequest<FileAddress>, served: Served, etag: string): Record<string, string> {
  const isShown = shownInBrowser.includes(served.kind) && request.query.telecharger === undefined
  return {
    'content-type': served.contentType,
    'content-disposition': contentDisposition(served.filename, { type: isShown ? 'inline' : 'attachment' }),
    'content-security-policy': policies[served.kind],
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'accept-ranges': 'bytes',
    'cache-control': cacheRule(request, served),
    // A browser may only re-use what it kept with the very cookie that obtained it: after signing out, on a shared
    // computer, an image that was kept is asked for again, and refused.
    vary: 'cookie',
    etag
  }
}

/**
 * An address that names the bytes of a rendition never shows others, and a page has dozens: kept without asking again.
 * For all the rest the session is checked each time, and the answer is a short 304.
 */
function cacheRule(request: FastifyRequest<FileAddress>, served: Served): string {
  const { v } = request.query
  const isNamed = served.isRendition && typeof v === 'string' && v.length >= 8 && served.sha256.startsWith(v)
  return isNamed ? 'private, max-age=31536000, immutable' : 'private, no-cache'
}

/** `If-None-Match`: a list of tags, where weak ones count as well (RFC 9110 §13.1.2). */
function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  return header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag)
}

/** The one range that is asked for. Several, another unit or nonsense: the whole file, as RFC 9110 §14.2 allows. */
function askedPart(request: FastifyRequest, size: number, etag: string): Part | 'unsatisfiable' | undefined {
  const asked = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(request.headers.range ?? '')
  if (!asked || (asked[1] === '' && asked[2] === '')) return undefined
  // The reader has the beginning of other bytes: a date, or a tag that is not ours, gets the whole file.
  const condition = request.headers['if-range']
  if (condition !== undefined && condition !== etag) return undefined
  const first = Number(asked[1])
  const last = asked[2] === '' ? size - 1 : Number(asked[2])
  if (asked[1] === '') return last === 0 ? 'unsatisfiable' : { start: Math.max(0, size - last), end: size - 1 }
  if (asked[2] !== '' && last < first) return undefined
  return first >= size ? 'unsatisfiable' : { start: first, end: Math.min(last, size - 1) }
}

/** Undefined when the bytes are not there whole: an answer shorter than announced would confuse the connection. */
async function openBlob(request: FastifyRequest, served: Served): Promise<number | undefined> {
  const path = blobPath(request.server.config.uploadsDir, served.sha256)
  let fd: number
  try {
    fd = await openFile(path, 'r')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    request.log.error({ sha256: served.sha256 }, 'stored file missing')
    return undefined
  }
  const { size } = await statFile(fd)
  if (size === served.size) return fd
  await closeFile(fd)
  request.log.error({ sha256: served.sha256, expected: served.size, found: size }, 'stored file damaged')
  return undefined
}
