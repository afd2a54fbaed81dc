/** The media library: the webmaster brings files, says what they show, sees where they are used, throws them away. */
import { Readable } from 'node:stream'
import fastifyMultipart, { type MultipartFile } from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { mayBringFiles, mayDescribeFile } from '../accounts/permissions.ts'
import type { SignedInAgent } from '../web/context.ts'
import { countText } from '../web/format.ts'
import { type FieldError, type FormResult, readForm, type Typed } from '../web/forms.ts'
import { createAdmission, isDiskFull, noRoom, type Refusal, silenceMilliseconds } from './admission.ts'
import { listFolders } from './folders.ts'
import {
  alternativeForm,
  alternativeOf,
  alternativeProblems,
  comfortableAlternative,
  fileForm,
  imageForm,
  imageProblems,
  type LibraryFilter,
  libraryFilter,
  trashForm,
  videoForm,
  wholeLibrary
} from './forms.ts'
import {
  type FileDetails,
  findLibraryFile,
  type LibraryFile,
  listLibrary,
  listOffered,
  listUsedIds,
  listUses,
  measureLibrary,
  noteOnFile,
  restoreFile,
  saveFileDetails,
  trashFile
} from './library-queries.ts'
import { filePage, filesAtOnce, type LibraryModel, largestRequestBytes, libraryPage } from './library-views.ts'
import { prepareAgain } from './preparations.ts'
import { findMediaByIds, findSlides } from './queries.ts'
import { resumableUploads } from './resumable.ts'
import { fileAnswer, keepSentFile, libraryPath, type Sending, type TakenFile } from './sending.ts'
import { deleteFile } from './trash.ts'
import { fileTypes, RefusedFile } from './types.ts'
import { replaceFile } from './uploads.ts'

type FileRequest = FastifyRequest<{ Params: { id: string } }>

const largestFile = Math.max(...Object.values(fileTypes).map((type) => type.largestBytes))
const limits = { fileSize: largestFile, files: filesAtOnce, fields: 10, parts: filesAtOnce + 10, fieldSize: 10_000 }

const tooHeavy = 'Cet envoi est trop lourd. Envoyez moins de fichiers à la fois, ou allégez-les.'
const unmeasured = 'Cet envoi n’annonce pas sa taille. Envoyez vos fichiers depuis la page de la médiathèque.'
const nothing = 'Choisissez au moins un fichier.'
const interrupted = 'L’envoi s’est interrompu avant la fin de ce fichier. Envoyez-le de nouveau.'

export async function mediaLibraryRoutes(app: FastifyInstance): Promise<void> {
  const admission = createAdmission(app)
  await app.register(fastifyMultipart, { throwFileSizeLimit: false, limits })

  await app.register(resumableUploads, { admission })

  app.get('/mediatheque', async (request, reply) => {
    const { filter, page } = libraryFilter.parse(request.query)
    return showLibrary(reply, { filter, page })
  })

  /** Before a byte of the body is read; who sends, and from where, was checked just before by the site's own hooks. */
  async function admit(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    const agent = signedIn(request)
    if (!(await mayBringFiles(app.db, agent))) return reply.header('connection', 'close').forbidden()
    if (!isMultipart(request)) return undefined
    const refusal = await refusalOf(request, agent)
    if (!refusal) return undefined
    // What is still on its way will not be read.
    reply.header('connection', 'close')
    return refuseSending(request, reply, refusal)
  }

  async function refusalOf(request: FastifyRequest, agent: SignedInAgent): Promise<Refusal | undefined> {
    // Every browser says how much it sends; without it nothing could be refused before it is on the disk.
    const announced = request.headers['content-length']
    if (announced === undefined) return { status: 411, message: unmeasured }
    const length = Number(announced)
    if (length > largestRequestBytes) return { status: 413, message: tooHeavy }
    return admission.refusalOf(request, agent.id, length)
  }

  app.post(
    '/mediatheque',
    { onRequest: admit, config: { access: 'agent', slowBody: true } },
    async (request, reply) => {
      const agent = signedIn(request)
      const sendings = await admission.counted(agent.id, () =>
        receiveFiles(request, (source, filename, folder) =>
          keepSentFile(app.db, { uploadsDir: app.config.uploadsDir, source, filename, folder, agent })
        )
      )
      const refused = sendings.filter((sending) => 'message' in sending).length
      const taken = sendings.length - refused
      if (wantsJson(request)) {
        if (sendings.length === 0) return reply.code(422).send({ message: nothing, files: [] })
        return reply.code(taken > 0 ? 201 : 422).send({ files: sendings.map(fileAnswer) })
      }
      if (sendings.length === 0) return refuseSending(request, reply, { status: 422, message: nothing })
      if (refused > 0) return showLibrary(reply.code(422), { filter: wholeLibrary, page: 1, sendings })
      return reply.flash('success', `${countText(taken, 'fichier')} dans la médiathèque.`).redirect(libraryPath, 303)
    }
  )

  app.get('/mediatheque/:id', async (request: FileRequest, reply) => {
    const file = await fileOf(request)
    return file ? showFile(reply, file) : reply.callNotFound()
  })

  app.post('/mediatheque/:id', async (request: FileRequest, reply) => {
    const file = await fileOf(request)
    if (!file) return reply.callNotFound()
    const form = readDetails(file, request.body)
    const errors = form.ok ? await unknownChoices(file, form.values) : form.errors
    if (!form.ok || errors.length > 0) return showFile(reply.code(422), file, form.typed, errors)
    await saveFileDetails(app.db, file, form.values, signedIn(request))
    const length = form.values.alt?.length ?? 0
    if (length > comfortableAlternative) {
      reply.flash(
        'info',
        `Enregistré. Ce texte alternatif a ${length} caractères\u00a0: au-delà de ${comfortableAlternative}, il est long à écouter. Mettez le détail dans la page.`
      )
    } else reply.flash('success', 'Enregistré.')
    return reply.redirect(`${libraryPath}/${file.id}`, 303)
  })

  /** From the page where the image was brought, by a script. */
  app.post('/mediatheque/:id/alternative', { config: { access: 'agent' } }, async (request: FileRequest, reply) => {
    const agent = signedIn(request)
    if (!(await mayBringFiles(app.db, agent))) return reply.forbidden()
    const file = await fileOf(request)
    if (file?.kind !== 'image' || file.trashed_at) return reply.callNotFound()
    if (!mayDescribeFile(agent, file)) return reply.forbidden()
    const form = readForm(alternativeForm, request.body)
    const errors = form.ok ? alternativeProblems(form.values, file.filename) : form.errors
    if (!form.ok || errors.length > 0) return reply.code(422).send({ errors })
    const alt = alternativeOf(form.values)
    await saveFileDetails(app.db, file, { alt }, agent)
    return reply.send({ alt })
  })

  app.post(
    '/mediatheque/:id/remplacer',
    { onRequest: admit, config: { slowBody: true } },
    async (request: FileRequest, reply) => {
      const file = await fileOf(request)
      if (!file) return reply.callNotFound()
      const agent = signedIn(request)
      const sendings = await admission.counted(agent.id, () =>
        receiveFiles(request, (source) =>
          replaceFile(app.db, file, {
            uploadsDir: app.config.uploadsDir,
            source,
            andThen: (trx, media) => noteOnFile(trx, media, 'replaced', agent)
          })
        )
      )
      const refused = sendings.find((sending) => 'message' in sending)
      if (!refused && sendings.length > 0) {
        return reply
          .flash('success', 'Le fichier est remplacé. Son adresse et ce qui l’entoure n’ont pas changé.')
          .redirect(`${libraryPath}/${file.id}`, 303)
      }
      return showFile(reply.code(422), file, undefined, [{ field: 'fichier', message: refused?.message ?? nothing }])
    }
  )

  app.post('/mediatheque/:id/corbeille', async (request: FileRequest, reply) => {
    const file = await fileOf(request)
    if (!file) return reply.callNotFound()
    const form = readForm(trashForm, request.body)
    const uses = await listUses(app.db, file.id)
    const message = file.deck
      ? `Cette image est une diapositive\u00a0: elle part avec sa présentation.`
      : uses.length > 0 && !(form.ok && form.values.confirmation === 'oui')
        ? 'Ce fichier est utilisé. Retirez-le d’abord des pages de la liste, ou cochez la case pour le jeter quand même.'
        : undefined
    if (message) return showFile(reply.code(422), file, undefined, [{ field: 'confirmation', message }])
    await trashFile(app.db, file, signedIn(request))
    return reply
      .flash('success', `«\u00a0${file.title}\u00a0» est dans la corbeille.`)
      .redirect(`${libraryPath}?etat=corbeille`, 303)
  })

  app.post('/mediatheque/:id/restaurer', async (request: FileRequest, reply) => {
    const file = await fileOf(request)
    if (!file) return reply.callNotFound()
    await restoreFile(app.db, file, signedIn(request))
    return reply
      .flash('success', `«\u00a0${file.title}\u00a0» est revenu dans la médiathèque.`)
      .redirect(`${libraryPath}/${file.id}`, 303)
  })

  app.post('/mediatheque/:id/preparer', async (request: FileRequest, reply) => {
    const file = await fileOf(request)
    if (!file) return reply.callNotFound()
    const asked = await prepareAgain(app.db, file.id)
    const message = asked
      ? 'La préparation recommence. Revenez dans un instant.'
      : 'Il n’y a rien à refaire pour ce fichier.'
    return reply.flash(asked ? 'success' : 'info', message).redirect(`${libraryPath}/${file.id}`, 303)
  })

  app.post('/mediatheque/:id/supprimer', async (request: FileRequest, reply) => {
    const file = await fileOf(request)
    if (!file?.trashed_at || file.deck) return reply.callNotFound()
    const form = readForm(trashForm, request.body)
    const isSure = form.ok && form.values.confirmation === 'oui'
    const isGone = isSure && (await deleteFile(app.db, app.config.uploadsDir, file.id, signedIn(request)))
    if (!isGone) {
      const message = isSure
        ? 'Ce fichier est encore utilisé. Retirez-le d’abord des pages de la liste, ou des contenus de la corbeille.'
        : 'Cochez la case pour supprimer ce fichier\u00a0: personne ne pourra le restaurer.'
      return showFile(reply.code(422), file, undefined, [{ field: 'confirmation', message }])
    }
    return reply
      .flash('success', `«\u00a0${file.title}\u00a0» est supprimé.`)
      .redirect(`${libraryPath}?etat=corbeille`, 303)
  })

  type Shown = Pick<LibraryModel, 'filter' | 'page' | 'sendings' | 'problem'>

  async function showLibrary(reply: FastifyReply, shown: Shown): Promise<FastifyReply> {
    const { page } = shown
    const folders = await listFolders(app.db)
    // One that vanished with its last file filters nothing.
    const isKnown = folders.some(({ id }) => id === shown.filter.folder)
    const filter: LibraryFilter = isKnown ? shown.filter : { ...shown.filter, folder: undefined }
    const [rows, measure] = await Promise.all([listLibrary(app.db, filter, page), measureLibrary(app.db, filter)])
    const ids = rows.map((row) => row.id)
    const used = await listUsedIds(app.db, ids)
    return reply.html('media/library', libraryPage({ ...shown, filter, folders, rows, measure, used }))
  }

  function refuseSending(
    request: FastifyRequest,
    reply: FastifyReply,
    { status, message }: Refusal
  ): FastifyReply | Promise<FastifyReply> {
    reply.code(status)
    if (wantsJson(request)) return reply.send({ message, files: [] })
    return showLibrary(reply, { filter: wholeLibrary, page: 1, problem: message })
  }

  async function fileOf(request: FileRequest): Promise<LibraryFile | undefined> {
    const { id } = request.params
    return /^[1-9]\d{0,8}$/.test(id) ? findLibraryFile(app.db, Number(id)) : undefined
  }

  async function showFile(
    reply: FastifyReply,
    file: LibraryFile,
    typed?: Typed,
    errors: FieldError[] = []
  ): Promise<FastifyReply> {
    const isVideo = file.kind === 'video'
    const [uses, media, slides, folders, captions, posters] = await Promise.all([
      listUses(app.db, file.id),
      findMediaByIds(app.db, [file.id], { evenTrashed: true }),
      findSlides(app.db, [file.id]),
      listFolders(app.db),
      isVideo ? listOffered(app.db, 'captions', file.captions_id) : [],
      isVideo ? listOffered(app.db, 'image', file.poster_id) : []
    ])
    const row = media.get(file.id)
    if (!row) return notFound(reply)
    return reply.html(
      'media/file',
      filePage({
        file,
        uses,
        media: row,
        slides: slides.get(file.id) ?? [],
        folders,
        captions,
        posters,
        errors,
        ...(typed && { typed })
      })
    )
  }

  async function unknownChoices(file: LibraryFile, values: Partial<FileDetails>): Promise<FieldError[]> {
    const errors: FieldError[] = []
    const choices = [
      ['captions_id', 'captions'],
      ['poster_id', 'image']
    ] as const
    for (const [field, kind] of choices) {
      const chosen = values[field]
      if (!chosen) continue
      const found = (await findMediaByIds(app.db, [chosen])).get(chosen)
      if (found?.kind !== kind) errors.push({ field, message: 'Choisissez un fichier de la liste.' })
    }
    return file.kind === 'video' ? errors : []
  }
}

function notFound(reply: FastifyReply): FastifyReply {
  reply.callNotFound()
  return reply
}

/** The back-office lets nobody else in; a route that was opened by mistake stops here. */
function signedIn(request: FastifyRequest): SignedInAgent {
  if (!request.agent) throw new Error('Only a signed-in agent sends files.')
  return request.agent
}

function readDetails(file: LibraryFile, body: unknown): FormResult<Partial<FileDetails>> {
  if (file.kind === 'video') return readForm(videoForm, body)
  if (file.kind !== 'image') return readForm(fileForm, body)
  const form = readForm(imageForm, body)
  if (!form.ok) return form
  const errors = imageProblems(form.values, file.filename)
  if (errors.length > 0) return { ok: false, typed: form.typed, errors }
  const { role, ...values } = form.values
  return { ok: true, typed: form.typed, values: { ...values, alt: alternativeOf(form.values) } }
}

type Keep = (source: Readable, filename: string, folder: string) => Promise<TakenFile>

/** Gives each file of the form to `keep`, one after the other; one that is refused does not stop the others. */
async function receiveFiles(request: FastifyRequest, keep: Keep): Promise<Sending[]> {
  const sendings: Sending[] = []
  let folder = ''
  if (!request.isMultipart()) return sendings
  // A sender who falls silent is let go; while the site itself works on a file, silence is normal.
  const listen = () => request.raw.setTimeout(silenceMilliseconds)
  try {
    listen()
    for await (const part of request.parts({ limits })) {
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
  keep: (source: Readable, filename: string) => Promise<TakenFile>
): Promise<Sending> {
  const name = part.filename.slice(0, 150)
  try {
    const { id, title, kind, filename, alt } = await keep(sourceOf(request, part), part.filename)
    return { name, id, title, kind, filename, alt }
  } catch (error) {
    const message = error instanceof RefusedFile ? error.message : messageFor(error)
    if (!message) throw error
    request.log.info({ event: 'file refused', reason: message }, 'file refused')
    return { name, message }
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
function wantsJson(request: FastifyRequest): boolean {
  return request.agent?.role !== 'webmaster' || /\bapplication\/json\b/.test(request.headers.accept ?? '')
}
