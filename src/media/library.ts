/** The media library: the webmaster brings files, and finds them again. */
import fastifyMultipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { countText } from '../web/format.ts'
import { mediaFileRoutes } from './file.ts'
import { listFolders } from './folders.ts'
import { type LibraryFilter, libraryFilter, wholeLibrary } from './forms.ts'
import { findHidden } from './image-rights/image-rights-queries.ts'
import { countUnprepared, listLibrary, measureLibrary } from './library-queries.ts'
import { type LibraryModel, libraryPage } from './library-views.ts'
import { createAdmission, type Refusal } from './receiving/admission.ts'
import { admit, multipartLimits, nothingSent, receiveFiles, signedIn, wantsJson } from './receiving/receiving.ts'
import { resumableUploads } from './receiving/resumable.ts'
import { fileAnswer, keepSentFile, libraryPath, statusOf, twinSentence } from './receiving/sending.ts'
import { listUsedIds } from './use-queries.ts'
import { videoWordsRoutes } from './video/video-words.ts'

export async function mediaLibraryRoutes(app: FastifyInstance): Promise<void> {
  const admission = createAdmission(app)
  await app.register(fastifyMultipart, { throwFileSizeLimit: false, limits: multipartLimits })

  await app.register(resumableUploads, { admission })
  await app.register(mediaFileRoutes, { admission })
  await app.register(videoWordsRoutes)

  app.get('/mediatheque', async (request, reply) => {
    const { filter, page } = libraryFilter.parse(request.query)
    return showLibrary(reply, { filter, page })
  })

  app.post(
    '/mediatheque',
    { onRequest: admit(admission, refuseSending), config: { access: 'agent', slowBody: true } },
    async (request, reply) => {
      const agent = signedIn(request)
      const sendings = await admission.counted(agent.id, () =>
        receiveFiles(request, (source, filename, folder) =>
          keepSentFile(app.db, { uploadsDir: app.config.uploadsDir, source, filename, folder, agent })
        )
      )
      const refused = sendings.filter((sending) => 'message' in sending).length
      const taken = sendings.length - refused
      const status = statusOf(sendings)
      if (wantsJson(request)) {
        if (sendings.length === 0) return reply.code(422).send({ message: nothingSent, files: [] })
        return reply.code(status).send({ files: sendings.map(fileAnswer) })
      }
      if (sendings.length === 0) return refuseSending(request, reply, { status: 422, message: nothingSent })
      if (refused > 0) {
        return showLibrary(reply.code(status === 507 ? 507 : 422), { filter: wholeLibrary, page: 1, sendings })
      }
      const known = sendings.flatMap((sending) => ('id' in sending && sending.twin ? [sending] : []))
      const [first] = known
      if (first?.twin && taken === 1) {
        return reply
          .flash('info', `${twinSentence(first.twin)}. Il y est maintenant deux fois.`)
          .redirect(`${libraryPath}/${first.id}`, 303)
      }
      const already = first ? `, dont ${known.length} qui y étaient déjà\u00a0: leurs pages disent sous quel titre` : ''
      return reply
        .flash(first ? 'info' : 'success', `${countText(taken, 'fichier')} dans la médiathèque${already}.`)
        .redirect(libraryPath, 303)
    }
  )

  type Shown = Pick<LibraryModel, 'filter' | 'page' | 'sendings' | 'problem'>

  async function showLibrary(reply: FastifyReply, shown: Shown): Promise<FastifyReply> {
    const { page } = shown
    const folders = await listFolders(app.db)
    // One that vanished with its last file filters nothing.
    const isKnown = folders.some(({ id }) => id === shown.filter.folder)
    const filter: LibraryFilter = isKnown ? shown.filter : { ...shown.filter, folder: undefined }
    const [rows, measure, unprepared] = await Promise.all([
      listLibrary(app.db, filter, page),
      measureLibrary(app.db, filter),
      countUnprepared(app.db)
    ])
    const ids = rows.map((row) => row.id)
    const [used, hidden] = await Promise.all([listUsedIds(app.db, ids), findHidden(app.db, ids)])
    const model = { ...shown, filter, folders, rows, measure, unprepared, used, hidden }
    return reply.html('media/library', libraryPage(model))
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
}
