/**
 * Large files, sent in several times over a network that breaks (tus 1.0): what arrived waits in a folder where nothing is
 * served, and the sender goes on from there, even after a reload or a restart of the site. Once it is whole, the sender asks
 * for it to be kept, as often as the answer gets lost: it is then checked like any other file, and becomes one file.
 */
import { randomBytes } from 'node:crypto'
import { open, stat } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import type { Configstore } from '@tus/file-store'
import type { Server } from '@tus/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { mayBringFiles } from '../../accounts/permissions.ts'
import type { Database } from '../../db/database.ts'
import type { SignedInAgent } from '../../web/context.ts'
import { readAt } from '../read-at.ts'
import { removeLeftovers } from '../space/leftovers.ts'
import { NoRoomLeft } from '../space/quota.ts'
import { findTwin } from '../space/space-queries.ts'
import { emptyFile, fileTypes, RefusedFile, signatureBytes } from '../types.ts'
import { makePartialsFolder, partialPath, refuseEarly, removePartial, writePart } from '../uploads.ts'
import { type Admission, isDiskFull, noRoom, type Refusal, silenceMilliseconds, tooMany } from './admission.ts'
import {
  deleteUpload,
  findUpload,
  finishUpload,
  forgetOldUploads,
  insertUpload,
  keptHours,
  measureUploads,
  type ResumableUpload
} from './resumable-queries.ts'
import { fileAnswer, keepSentFile, libraryPath, type Sending, statusOf } from './sending.ts'

type UploadRequest = FastifyRequest<{ Params: { upload: string } }>

const uploadsPath = `${libraryPath}/envois`
const bodyType = 'application/offset+octet-stream'
const unfinishedOfAgent = 20
const keptMilliseconds = keptHours * 3600 * 1000
const largestBytes = Math.max(...Object.values(fileTypes).map((type) => type.largestBytes))

const tooHeavy = `Ce fichier est trop lourd\u00a0: ${largestBytes / 1_000_000_000}\u00a0Go au plus. Allégez-le, puis envoyez-le de nouveau.`
const unmeasured = 'Cet envoi n’annonce pas sa taille. Envoyez vos fichiers depuis la page de la médiathèque.'
const gone = 'Cet envoi est trop ancien, ou a été annulé. Recommencez-le.'
const incomplete = 'Ce fichier n’est pas encore entièrement arrivé.'

/** What the protocol says of itself; what concerns the connection or this site stays out. */
const protocolHeaders = ['tus-resumable', 'upload-offset', 'content-type', 'content-length'] as const
const answeredHeaders = ['tus-resumable', 'upload-offset', 'upload-length', 'upload-expires', 'location']

export async function resumableUploads(app: FastifyInstance, { admission }: { admission: Admission }): Promise<void> {
  const { db } = app
  const { uploadsDir } = app.config
  const receiving = new Set<IncomingMessage>()
  const finishing = new Map<string, Promise<Sending>>()
  let protocol: Promise<Server> | undefined

  // Taken as it comes: the protocol reads it.
  app.addContentTypeParser(bodyType, (_request, _payload, done) => done(null))

  // A stop does not wait for the rest of a film: its sender comes back to the next process.
  app.addHook('preClose', async () => {
    for (const request of receiving) request.destroy()
  })

  app.post('/mediatheque/envois', { config: { access: 'agent' }, onRequest: admitNew }, async (request, reply) => {
    await relay(request, reply, {})
    return reply.send()
  })

  app.route({
    method: ['HEAD', 'DELETE'],
    url: '/mediatheque/envois/:upload',
    config: { access: 'agent' },
    onRequest: admitOwn,
    handler: async (request, reply) => {
      const { upload } = request.params as { upload: string }
      const finished = request.method === 'HEAD' ? await findUpload(db, upload) : undefined
      // All of it arrived: whoever lost the answer asks for it again, and sends nothing twice.
      if (finished?.isFinished) {
        const size = String(finished.size)
        reply.headers({ 'tus-resumable': '1.0.0', 'upload-offset': size, 'upload-length': size })
        return reply.header('cache-control', 'no-store').send()
      }
      await relay(request, reply, { upload })
      return reply.send()
    }
  })

  app.patch(
    '/mediatheque/envois/:upload',
    { config: { access: 'agent', slowBody: true }, onRequest: [admitOwn, admitPart] },
    async (request: UploadRequest, reply) => {
      const { raw } = request
      receiving.add(raw)
      raw.setTimeout(silenceMilliseconds)
      try {
        await admission.counted(signedIn(request).id, () =>
          relay(request, reply, { upload: request.params.upload, body: raw })
        )
      } finally {
        raw.setTimeout(0)
        receiving.delete(raw)
      }
      if (reply.statusCode === 507) return refuse(reply, { status: 507, message: noRoom })
      const isBeginning = reply.statusCode === 204 && request.headers['upload-offset'] === '0'
      const refusal = isBeginning ? await refuseBeginning(request.params.upload) : undefined
      return refusal ? refuse(reply, { status: 422, message: refusal }) : reply.send()
    }
  )

  /** Keeps the file that arrived; asked again, gives the same answer. */
  app.post(
    '/mediatheque/envois/:upload',
    { config: { access: 'agent' }, onRequest: admitOwn },
    async (request: UploadRequest, reply) => {
      const agent = signedIn(request)
      const upload = await findUpload(db, request.params.upload)
      if (!upload) return refuse(reply, { status: 404, message: gone })
      if (!upload.isFinished && (await arrivedBytes(upload.id)) < upload.size) {
        return refuse(reply, { status: 409, message: incomplete })
      }
      const sending = await finish(upload, agent)
      return reply.code(statusOf([sending])).send({ files: [fileAnswer(sending)] })
    }
  )

  async function admitNew(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    const agent = signedIn(request)
    if (!(await mayBringFiles(db, agent))) return reply.forbidden()
    const size = Number(request.headers['upload-length'] ?? Number.NaN)
    const refusal = await refusalOfNew(request, agent, size)
    return refusal && refuse(reply, refusal)
  }

  async function refusalOfNew(
    request: FastifyRequest,
    agent: SignedInAgent,
    size: number
  ): Promise<Refusal | undefined> {
    if (!Number.isInteger(size) || size < 0) return { status: 411, message: unmeasured }
    if (size === 0) return { status: 422, message: emptyFile }
    if (size > largestBytes) return { status: 413, message: tooHeavy }
    const announced = await measureUploads(db, agent.id)
    if (announced.ofAgent >= unfinishedOfAgent) return { status: 503, message: tooMany }
    // Twice: what is whole is copied into its place, so that nobody can still write in what was checked.
    return admission.refusalOf(request, agent.id, announced.bytes + 2 * size, announced.bytes + size)
  }

  /** Another agent's upload does not exist. */
  async function admitOwn(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    const agent = signedIn(request)
    if (!(await mayBringFiles(db, agent))) return reply.forbidden()
    const { upload: id } = request.params as { upload: string }
    const upload = /^[0-9a-f]{32}$/.test(id) ? await findUpload(db, id) : undefined
    if (!upload || upload.agent_id !== agent.id) {
      return refuse(reply.header('connection', 'close'), { status: 404, message: gone })
    }
    return undefined
  }

  async function admitPart(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    const length = request.headers['content-length']
    const refusal =
      length === undefined
        ? ({ status: 411, message: unmeasured } as const)
        : // The quota was asked when the upload was announced, and is asked again when it is whole.
          await admission.refusalOf(request, signedIn(request).id, Number(length), 0)
    return refusal && refuse(reply.header('connection', 'close'), refusal)
  }

  /** Lets the protocol answer: its own headers, over those that every answer of the site has. */
  async function relay(
    request: FastifyRequest,
    reply: FastifyReply,
    { upload, body }: { upload?: string; body?: IncomingMessage }
  ): Promise<void> {
    const headers = new Headers()
    for (const name of protocolHeaders) {
      const value = request.headers[name]
      if (typeof value === 'string' && (body || !name.startsWith('content-'))) headers.set(name, value)
    }
    if (request.method === 'POST') {
      headers.set('upload-length', String(request.headers['upload-length']))
      headers.set('upload-metadata', metadataOf(request))
    }
    protocol ??= openProtocol(db, uploadsDir)
    const server = await protocol
    const answer = await server.handleWeb(
      // Made again from the name that was checked: the protocol would read another one in a crafted address.
      new Request(new URL(upload ? `${uploadsPath}/${upload}` : uploadsPath, app.config.baseUrl), {
        method: request.method,
        headers,
        ...(body && { body: ReadableStream.from(body.iterator({ destroyOnReturn: false })), duplex: 'half' })
      })
    )
    for (const name of answeredHeaders) {
      const value = answer.headers.get(name)
      if (value !== null) reply.header(name, value)
    }
    reply.header('cache-control', 'no-store').code(answer.status)
    // What was not read of the body would otherwise have to be waited for.
    if (body && !answer.ok) reply.header('connection', 'close')
  }

  /** The first bytes tell already what many files are not. */
  async function refuseBeginning(id: string): Promise<string | undefined> {
    const upload = await findUpload(db, id)
    if (!upload || upload.isFinished) return upload?.refusal ?? undefined
    const path = partialPath(uploadsDir, id)
    const file = await open(path)
    try {
      const head = await readAt(file, 0, signatureBytes)
      if (head.length === signatureBytes) refuseEarly(head, upload.size)
      return undefined
    } catch (error) {
      if (!(error instanceof RefusedFile)) throw error
      await finishUpload(db, id, { refusal: error.message })
      await removePartial(uploadsDir, id)
      return error.message
    } finally {
      await file.close()
    }
  }

  function finish(upload: ResumableUpload, agent: SignedInAgent): Promise<Sending> {
    const known = finishing.get(upload.id)
    if (known) return known
    const work = outcomeOf(upload, agent).finally(() => finishing.delete(upload.id))
    finishing.set(upload.id, work)
    return work
  }

  async function outcomeOf(upload: ResumableUpload, agent: SignedInAgent): Promise<Sending> {
    const { id, filename } = upload
    if (!upload.isFinished) {
      try {
        await keepSentFile(db, {
          uploadsDir,
          source: { path: partialPath(uploadsDir, id) },
          filename,
          folder: upload.folder,
          agent,
          // Another process may have been asked as well: one of the two leaves no row.
          andThen: async (trx, media) => {
            if (!(await finishUpload(trx, id, { media_id: media.id }))) throw new AlreadyFinished()
          }
        })
      } catch (error) {
        // The upload waits: there may be room again when it is asked for.
        if (isDiskFull(error)) return { name: filename, message: noRoom, isForRoom: true }
        if (error instanceof NoRoomLeft) return { name: filename, message: error.message, isForRoom: true }
        if (error instanceof RefusedFile) await finishUpload(db, id, { refusal: error.message })
        else if (!(error instanceof AlreadyFinished)) throw error
      }
    }
    const done = upload.isFinished ? upload : await findUpload(db, id)
    await removePartial(uploadsDir, id)
    if (!done?.media) return { name: filename, message: done?.refusal ?? gone }
    return { name: filename, ...done.media, twin: await findTwin(db, done.media.id) }
  }

  async function arrivedBytes(id: string): Promise<number> {
    const file = await stat(partialPath(uploadsDir, id)).catch(() => undefined)
    return file?.size ?? 0
  }
}

class AlreadyFinished extends Error {}

/** The protocol, loaded for the first large file: most processes never see one. */
async function openProtocol(db: Database, uploadsDir: string): Promise<Server> {
  const directory = await makePartialsFolder(uploadsDir)
  const [{ Server }, { FileStore }] = await Promise.all([import('@tus/server'), import('@tus/file-store')])
  const datastore = new FileStore({
    directory,
    configstore: uploadRows(db),
    expirationPeriodInMilliseconds: keptMilliseconds
  })
  datastore.write = (body: Readable, id, offset) => writePart(partialPath(uploadsDir, id), body, offset)
  return new Server({
    path: uploadsPath,
    relativeLocation: true,
    maxSize: largestBytes,
    namingFunction: () => randomBytes(16).toString('hex'),
    datastore,
    onResponseError: (_request, error) => (isDiskFull(error) ? { status_code: 507, body: '' } : undefined)
  })
}

/** What the protocol has to remember of an upload, kept in its row: any process of the site knows it. */
function uploadRows(db: Database): Configstore {
  return {
    async get(id) {
      const row = await findUpload(db, id)
      if (!row || row.isFinished) return undefined
      return {
        id,
        size: row.size,
        offset: 0,
        metadata: undefined,
        creation_date: row.created_at.toISOString(),
        storage: undefined,
        sizeIsDeferred: false
      }
    },
    async set(id, { size, metadata }) {
      await insertUpload(db, {
        id,
        agent_id: Number(metadata?.agent),
        filename: metadata?.filename || 'fichier',
        folder: metadata?.folder ?? '',
        size: size ?? 0
      })
    },
    delete: (id) => deleteUpload(db, id)
  }
}

/** What is kept of what the sender says of the file, and who the sender is, which is not theirs to say. */
function metadataOf(request: FastifyRequest): string {
  const said = new Map(
    String(request.headers['upload-metadata'] ?? '')
      .split(',')
      .map((pair): [string, string] => {
        const [name = '', value = ''] = pair.trim().split(' ')
        return [name, Buffer.from(value, 'base64').toString('utf8').replaceAll('\0', '')]
      })
  )
  const kept = {
    agent: String(signedIn(request).id),
    filename: said.get('filename')?.slice(-300) ?? '',
    folder: said.get('dossier')?.slice(0, 80) ?? ''
  }
  return Object.entries(kept)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`.trim())
    .join(',')
}

/** Access is declared as an agent's: nobody else arrives here. */
function signedIn(request: FastifyRequest): SignedInAgent {
  if (!request.agent) throw new Error('Only a signed-in agent sends files.')
  return request.agent
}

function refuse(reply: FastifyReply, { status, message }: Refusal): FastifyReply {
  return reply.code(status).send({ message, files: [] })
}

/** What nobody will go on with: uploads of two days ago, and what a process left when it was killed. */
export async function removeOldUploads(db: Database, uploadsDir: string): Promise<void> {
  await removeLeftovers(uploadsDir, await forgetOldUploads(db))
}
