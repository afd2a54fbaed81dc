/** One file of the library: what it shows, where it is used, what is made of it, and its end. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { mayBringFiles, mayDescribeFile } from '../accounts/permissions.ts'
import { type FieldError, type FormResult, readForm, type Typed } from '../web/forms.ts'
import {
  askForFrame,
  type FileDetails,
  findLibraryFile,
  type LibraryFile,
  listOffered,
  noteOnFile,
  restoreFile,
  saveFileDetails,
  trashFile
} from './file-queries.ts'
import { filePage } from './file-views.ts'
import { listFolders } from './folders.ts'
import {
  alternativeForm,
  alternativeOf,
  alternativeProblems,
  comfortableAlternative,
  fileForm,
  frameForm,
  frameProblems,
  imageForm,
  imageProblems,
  trashForm,
  videoForm
} from './forms.ts'
import { imageRightsRoutes } from './image-rights/image-rights.ts'
import { findAgentName, findHidden } from './image-rights/image-rights-queries.ts'
import { listRemovalsOf } from './image-rights/removal-requests.ts'
import { preparationView } from './preparation/preparation-views.ts'
import { prepareAgain } from './preparation/preparations.ts'
import { findMediaByIds, findSlides } from './queries.ts'
import type { Admission, Refusal } from './receiving/admission.ts'
import { admit, nothingSent, receiveFiles, signedIn, wantsJson } from './receiving/receiving.ts'
import { libraryPath, statusOf } from './receiving/sending.ts'
import { findTwin } from './space/space-queries.ts'
import { deleteFile } from './trash.ts'
import { replaceFile } from './uploads.ts'
import { listUses } from './use-queries.ts'
import { readChapters } from './video/chapters.ts'

type FileRequest = FastifyRequest<{ Params: { id: string } }>

export async function mediaFileRoutes(app: FastifyInstance, { admission }: { admission: Admission }): Promise<void> {
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
    { onRequest: admit(admission, refuseReplacement), config: { slowBody: true } },
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
      return showFile(reply.code(statusOf(sendings) === 507 ? 507 : 422), file, undefined, [
        { field: 'fichier', message: refused?.message ?? nothingSent }
      ])
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
    const agent = signedIn(request)
    await app.db.transaction().execute((trx) => trashFile(trx, file, agent))
    app.wakeOutbox()
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

  /** For a script that follows the preparation. */
  app.get('/mediatheque/:id/preparation', async (request: FileRequest, reply) => {
    const file = await fileOf(request)
    const view = file && preparationView(file)
    return view ? reply.header('cache-control', 'no-store').send(view) : reply.callNotFound()
  })

  app.post('/mediatheque/:id/image-du-film', async (request: FileRequest, reply) => {
    const file = await fileOf(request)
    if (file?.kind !== 'video') return reply.callNotFound()
    const form = readForm(frameForm, request.body)
    const errors = form.ok ? frameProblems(form.values, file.duration_seconds) : form.errors
    if (!form.ok || errors.length > 0) return showFile(reply.code(422), file, form.typed, errors)
    await askForFrame(app.db, file, (form.values.image_du_film ?? 0) / 1000, signedIn(request))
    return reply
      .flash('success', 'L’image d’attente est en préparation. Revenez dans un instant.')
      .redirect(`${libraryPath}/${file.id}`, 303)
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

  imageRightsRoutes(app, {
    fileOf,
    refuse: (reply, file, { rights, errors }) => showFile(reply.code(422), file, undefined, errors, rights)
  })

  async function refuseReplacement(
    request: FastifyRequest,
    reply: FastifyReply,
    { status, message }: Refusal
  ): Promise<FastifyReply> {
    reply.code(status)
    const file = wantsJson(request) ? undefined : await fileOf(request as FileRequest)
    if (!file) return reply.send({ message })
    return showFile(reply, file, undefined, [{ field: 'fichier', message }])
  }

  async function fileOf(request: FileRequest): Promise<LibraryFile | undefined> {
    const { id } = request.params
    return /^[1-9]\d{0,8}$/.test(id) ? findLibraryFile(app.db, Number(id)) : undefined
  }

  async function showFile(
    reply: FastifyReply,
    file: LibraryFile,
    typed?: Typed,
    errors: FieldError[] = [],
    rights?: Typed
  ): Promise<FastifyReply> {
    const isVideo = file.kind === 'video'
    const [twin, uses, media, slides, folders, captions, posters, hidden, removals, agreementBy] = await Promise.all([
      file.trashed_at || file.deck ? undefined : findTwin(app.db, file.id),
      listUses(app.db, file.id),
      findMediaByIds(app.db, [file.id], { evenTrashed: true }),
      findSlides(app.db, [file.id]),
      listFolders(app.db),
      isVideo ? listOffered(app.db, 'captions', file.captions_id) : [],
      isVideo ? listOffered(app.db, 'image', file.poster_id) : [],
      findHidden(app.db, [file.id]),
      listRemovalsOf(app.db, file.sha256),
      findAgentName(app.db, file.agreement_by)
    ])
    const row = media.get(file.id)
    if (!row) return notFound(reply)
    return reply.html(
      'media/file',
      filePage({
        file,
        twin,
        uses,
        media: row,
        slides: slides.get(file.id) ?? [],
        folders,
        captions,
        posters,
        errors,
        hidden: hidden.get(file.id),
        removals,
        agreementBy,
        ...(typed && { typed }),
        ...(rights && { rightsTyped: rights })
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

function readDetails(file: LibraryFile, body: unknown): FormResult<Partial<FileDetails>> {
  if (file.kind === 'video') return readVideo(file, body)
  if (file.kind !== 'image') return readForm(fileForm, body)
  const form = readForm(imageForm, body)
  if (!form.ok) return form
  const errors = imageProblems(form.values, file.filename)
  if (errors.length > 0) return { ok: false, typed: form.typed, errors }
  const { role, ...values } = form.values
  return { ok: true, typed: form.typed, values: { ...values, alt: alternativeOf(form.values) } }
}

function readVideo(file: LibraryFile, body: unknown): FormResult<Partial<FileDetails>> {
  const form = readForm(videoForm, body)
  if (!form.ok) return form
  const { chapters: text, ...values } = form.values
  const { chapters, problem } = readChapters(text, file.duration_seconds)
  if (problem) return { ok: false, typed: form.typed, errors: [{ field: 'chapters', message: problem }] }
  // Nobody has said any, and nobody does: what the file itself says may still come.
  const isSilent = chapters.length === 0 && file.chapters === null
  return {
    ok: true,
    typed: form.typed,
    values: { ...values, ...(!isSilent && { chapters: JSON.stringify(chapters) }) }
  }
}
