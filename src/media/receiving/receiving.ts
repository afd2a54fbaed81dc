/** Reads the files of a form, one after the other, as they arrive. */
import { Readable } from 'node:stream'
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { mayBringFiles } from '../../accounts/permissions.ts'
import type { SignedInAgent } from '../../web/context.ts'
import { filesAtOnce, largestRequestBytes } from '../library-views.ts'
import { NoRoomLeft } from '../space/quota.ts'
import { findTwin } from '../space/space-queries.ts'
import { fileTypes, RefusedFile } from '../types.ts'
import type { StoredMedia } from '../uploads.ts'
import { type Admission, isDiskFull, noRoom, type Refusal, silenceMilliseconds } from './admission.ts'
import type { Sending } from './sending.ts'

const largestFile = Math.max(...Object.values(fileTypes).map((type) => type.largestBytes))
export const multipartLimits = {
  fileSize: largestFile,
  files: filesAtOnce,
  fields: 10,
  parts: filesAtOnce + 10,
  fieldSize: 10_000
}

/** Between its files, a form writes no more than this. */
const formBytes = 32_000

const tooHeavy = 'Cet envoi est trop lourd. Envoyez moins de fichiers à la fois, ou allégez-les.'
const unmeasured = 'Cet envoi n’annonce pas sa taille. Envoyez vos fichiers depuis la page de la médiathèque.'
export const nothingSent = 'Choisissez au moins un fichier.'
const interrupted = 'L’envoi s’est interrompu avant la fin de ce fichier. Envoyez-le de nouveau.'

type Refuse = (request: FastifyRequest, reply: FastifyReply, refusal: Refusal) => FastifyReply | Promise<FastifyReply>

/**
 * Says who may send, before a byte of the body is read; who sends, and from where, was checked just before by the site's own
 * hooks. `refuse` answers what cannot be taken.
 */
export function admit(admission: Admission, refuse: Refuse) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const agent = signedIn(request)
    if (!(await mayBringFiles(request.server.db, agent))) return reply.header('connection', 'close').forbidden()
    if (!isMultipart(request)) return undefined
    const refusal = await refusalOf(admission, request, agent)
    if (!refusal) return undefined
    // What is still on its way will not be read.
    reply.header('connection', 'close')
    return refuse(request, reply, refusal)
  }
}

async function refusalOf(
  admission: Admission,
  request: FastifyRequest,
  agent: SignedInAgent
): Promise<Refusal | undefined> {
  // Every browser says how much it sends; without it nothing could be refused before it is on the disk.
  const announced = request.headers['content-length']
  if (announced === undefined) return { status: 411, message: unmeasured }
  const length = Number(announced)
  if (length > largestRequestBytes) return { status: 413, message: tooHeavy }
  // What the form says around its files is not kept.
  return admission.refusalOf(request, agent.id, length, Math.max(0, length - formBytes))
}

/** The back-office lets nobody else in; a route that was opened by mistake stops here. */
export function signedIn(request: FastifyRequest): SignedInAgent {
  if (!request.agent) throw new Error('Only a signed-in agent sends files.')
  return request.agent
}

type Keep = (source: Readable, filename: string, folder: string) => Promise<StoredMedia>

/** Gives each file of the form to `keep`, one after the other; one that is refused does not stop the others. */
export async function receiveFiles(request: FastifyRequest, keep: Keep): Promise<Sending[]> {
  const sendings: Sending[] = []
  let folder = ''
  if (!request.isMultipart()) return sendings
  // A sender who falls silent is let go; while the site itself works on a file, silence is normal.
  const listen = () => request.raw.setTimeout(silenceMilliseconds)
  try {
    listen()
    for await (const part of request.parts({ limits: multipartLimits })) {
      // An empty file field comes as a file without name.
      if (part.type === 'file' && part.filename) {
        sendings.push(await receiveFile(request, part, (source, filename) => keep(source, filename, folder)))
      } else if (part.type === 'file') part.file.resume()
      // It comes before the files, as in the page.
      else if (part.fieldname === 'dossier') folder = String(part.value)
      listen()
    }
  } catch (error) {
    const message = messageFor(error)
    if (!message) throw error
    request.log.info({ err: error }, 'sending cut short')
    sendings.push({ name: 'Envoi', message })
  } finally {
    request.raw.setTimeout(0)
  }
  return sendings
}

async function receiveFile(
  request: FastifyRequest,
  part: MultipartFile,
  keep: (source: Readable, filename: string) => Promise<StoredMedia>
): Promise<Sending> {
  const name = part.filename.slice(0, 150)
  try {
    const media = await keep(sourceOf(request, part), part.filename)
    const { id, title, kind, filename, alt } = media
    return { name, id, title, kind, filename, alt, twin: await findTwin(request.server.db, id) }
  } catch (error) {
    const message = error instanceof RefusedFile ? error.message : messageFor(error)
    if (!message) throw error
    request.log.info({ event: 'file refused', reason: message }, 'file refused')
    return { name, message, isForRoom: error instanceof NoRoomLeft || isDiskFull(error) }
  } finally {
    // The parser goes on to the next file only once this one was read to its end.
    part.file.resume()
  }
}

/** The bytes of a part. Letting go of them half-way leaves the parser alive, for the files that follow. */
function sourceOf(request: FastifyRequest, { file }: MultipartFile): Readable {
  async function* bytes(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of file.iterator({ destroyOnReturn: false })) yield chunk as Buffer
    } finally {
      request.raw.setTimeout(0)
    }
  }
  const source = Readable.from(bytes())
  return Object.defineProperty(source, 'truncated', { get: () => file.truncated })
}

/** What to tell the sender of an error that is not ours; undefined for one that is. */
function messageFor(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (isDiskFull(error)) return noRoom
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'FST_FILES_LIMIT' || code === 'FST_PARTS_LIMIT') {
    return `${filesAtOnce} fichiers au plus à la fois\u00a0: les suivants n’ont pas été pris.`
  }
  if (/terminated early|Unexpected end of multipart|Boundary not found|Malformed/i.test(error.message))
    return interrupted
  return undefined
}

function isMultipart(request: FastifyRequest): boolean {
  return String(request.headers['content-type'] ?? '').startsWith('multipart/')
}

/** The screens of the library are the webmaster’s: others send their files from the page they write. */
export function wantsJson(request: FastifyRequest): boolean {
  return request.agent?.role !== 'webmaster' || /\bapplication\/json\b/.test(request.headers.accept ?? '')
}
