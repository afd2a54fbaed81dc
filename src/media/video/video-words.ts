/** The words of a video: captions written beside it, a transcript, chapters, or why there are none. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { mayWriteVideoWords } from '../../accounts/permissions.ts'
import { countText } from '../../web/format.ts'
import { readForm } from '../../web/forms.ts'
import { type By, findLibraryFile, type LibraryFile } from '../file-queries.ts'
import { findMediaByIds } from '../queries.ts'
import { signedIn } from '../receiving/receiving.ts'
import { wordsPath } from '../receiving/sending.ts'
import { checkLines, linesOf, readCaptions, transcriptOf, withoutOverlaps } from './captions.ts'
import { readChapters } from './chapters.ts'
import {
  afterGesture,
  readCaptionsForm,
  reasonForm,
  reasonProblems,
  typedLines,
  withoutBlankEnd,
  wordsForm
} from './video-words-forms.ts'
import { findCaptions, findReason, saveCaptions, saveReason, saveWords } from './video-words-queries.ts'
import { type WordsModel, wordsPage } from './video-words-views.ts'

type VideoRequest = FastifyRequest<{ Params: { id: string } }>
type Shown = Omit<WordsModel, 'file' | 'media' | 'stored' | 'reason' | 'mayOpenFile'>

/** A film of three hours has some thousand captions. */
const largestForm = 3 * 1024 * 1024
const largestImport = 2_000_000
const forAuthors = { config: { access: 'agent' } } as const
const forLongTexts = { ...forAuthors, bodyLimit: largestForm } as const

export async function videoWordsRoutes(app: FastifyInstance): Promise<void> {
  const path = '/mediatheque/:id/sous-titres'

  app.get(path, forAuthors, async (request: VideoRequest, reply) => {
    const found = await videoFor(request, reply)
    return found ? show(reply, found) : reply
  })

  app.post(path, forLongTexts, async (request: VideoRequest, reply) => {
    const found = await videoFor(request, reply)
    if (!found) return reply
    const form = readCaptionsForm(request.body)
    if (!form) return show(reply.code(422), found)
    const lines = withoutBlankEnd(typedLines(form))
    const { captions, problems } = checkLines(lines, found.file.duration_seconds)
    if (problems.length > 0) return show(reply.code(422), found, { lines, problems })
    const saved = await saveCaptions(
      app.db,
      found.file,
      { uploadsDir: app.config.uploadsDir, version: form.version, captions },
      found.agent
    )
    if (!saved) return show(reply.code(409), found, { lines, conflict: 'captions' })
    const message =
      captions.length === 0
        ? 'Cette vidéo n’a plus de sous-titres. Les précédents, s’il y en avait, sont dans la corbeille.'
        : `${countText(captions.length, 'sous-titre enregistré', 'sous-titres enregistrés')}. C’est ce que voient les agents.`
    return reply.flash('success', message).redirect(wordsPath(found.file.id), 303)
  })

  /** Adds or removes a line where no script runs: nothing is written. */
  app.post(`${path}/lignes`, forLongTexts, async (request: VideoRequest, reply) => {
    const found = await videoFor(request, reply)
    if (!found) return reply
    const form = readCaptionsForm(request.body)
    if (!form) return show(reply.code(422), found)
    const lines = afterGesture(withoutBlankEnd(typedLines(form)), form.geste)
    return show(reply, found, { lines, notices: [{ text: notSaved, isProblem: false }] })
  })

  /** Fills the lines with those of a file; they are written when the page is saved. */
  app.post(`${path}/importer`, forAuthors, async (request: VideoRequest, reply) => {
    const found = await videoFor(request, reply)
    if (!found) return reply
    const content = await importedText(request)
    if (typeof content !== 'string') {
      return show(reply.code(422), found, { errors: [{ field: 'fichier', message: content.problem }] })
    }
    const captions = readCaptions(content)
    if (!captions) return show(reply.code(422), found, { errors: [{ field: 'fichier', message: notCaptions }] })
    const lines = linesOf(withoutOverlaps(captions))
    const text = `${countText(lines.length, 'sous-titre lu', 'sous-titres lus')} dans le fichier. ${notSaved}`
    return show(reply, found, { lines, notices: [{ text, isProblem: false }] })
  })

  app.post('/mediatheque/:id/transcription', forAuthors, async (request: VideoRequest, reply) => {
    const found = await videoFor(request, reply)
    if (!found) return reply
    const { file, agent } = found
    const form = readForm(wordsForm, request.body)
    if (form.ok && form.values.reprendre === 'oui') return fillTranscript(reply, found, form.typed)
    const read = form.ok ? readChapters(form.values.chapters, file.duration_seconds) : undefined
    const errors = form.ok ? (read?.problem ? [{ field: 'chapters', message: read.problem }] : []) : form.errors
    if (!form.ok || !read || errors.length > 0) return show(reply.code(422), found, { typed: form.typed, errors })
    const { version, transcript } = form.values
    const saved = await saveWords(app.db, file, { version, transcript, chapters: read.chapters }, agent)
    if (!saved) return show(reply.code(409), found, { typed: form.typed, conflict: 'words' })
    return reply.flash('success', 'Enregistré.').redirect(`${wordsPath(file.id)}#transcription`, 303)
  })

  app.post('/mediatheque/:id/sans-sous-titres', forAuthors, async (request: VideoRequest, reply) => {
    const found = await videoFor(request, reply)
    if (!found) return reply
    const form = readForm(reasonForm, request.body)
    const errors = form.ok ? reasonProblems(form.values) : form.errors
    if (!form.ok || errors.length > 0) return show(reply.code(422), found, { typed: form.typed, errors })
    const { raison, attendus, precision } = form.values
    const said =
      raison === 'aucune'
        ? undefined
        : { reason: raison, text: precision, due_on: raison === 'recente' ? attendus : null }
    await saveReason(app.db, found.file, said, found.agent)
    const message = said
      ? 'C’est noté, avec votre nom et la date. La vidéo peut être publiée.'
      : 'C’est retiré. Les mots de cette vidéo restent à écrire.'
    return reply.flash('success', message).redirect(`${wordsPath(found.file.id)}#sans-sous-titres`, 303)
  })

  interface Found {
    file: LibraryFile
    agent: By & { role: 'agent' | 'webmaster' }
  }

  /** The video that is asked for, when this agent may write its words; otherwise the answer is already given. */
  async function videoFor(request: VideoRequest, reply: FastifyReply): Promise<Found | undefined> {
    const { id } = request.params
    const agent = signedIn(request)
    const file = /^[1-9]\d{0,8}$/.test(id) ? await findLibraryFile(app.db, Number(id)) : undefined
    // Whether a file exists is told only to those who may open it.
    if (agent.role !== 'webmaster' && !(file && (await mayWriteVideoWords(app.db, agent, file)))) reply.forbidden()
    else if (file?.kind !== 'video') reply.callNotFound()
    else return { file, agent }
    return undefined
  }

  async function fillTranscript(reply: FastifyReply, found: Found, typed: Record<string, string>) {
    const { captions } = await findCaptions(app.db, app.config.uploadsDir, found.file.id)
    if (captions.length === 0) {
      const message = 'Il n’y a pas encore de sous-titres à reprendre\u00a0: enregistrez-les d’abord.'
      return show(reply.code(422), found, { typed, errors: [{ field: 'transcript', message }] })
    }
    return show(reply, found, {
      typed: { ...typed, transcript: transcriptOf(captions) },
      notices: [
        {
          text: 'La transcription reprend les sous-titres. Relisez-la, ajoutez ce qui se voit d’important, puis enregistrez-la.',
          isProblem: false
        }
      ]
    })
  }

  async function show(reply: FastifyReply, { file: before, agent }: Found, shown: Shown = {}): Promise<FastifyReply> {
    // Once more: somebody may have written in between, and the page tells what is stored now.
    const file = await findLibraryFile(app.db, before.id)
    const media = (await findMediaByIds(app.db, [before.id], { evenTrashed: true })).get(before.id)
    if (!file || !media) {
      reply.callNotFound()
      return reply
    }
    const stored = await findCaptions(app.db, app.config.uploadsDir, file.id)
    const reason = await findReason(app.db, file.id)
    const mayOpenFile = agent.role === 'webmaster'
    return reply.html('media/words', wordsPage({ file, media, stored, reason, mayOpenFile, ...shown }))
  }
}

const notSaved = 'Rien n’est encore enregistré.'
const notCaptions =
  'Ce fichier ne contient pas de sous-titres lisibles. Choisissez un fichier VTT ou SRT, de 3\u202f000 sous-titres au plus.'

/** The text of the file that was sent, or why there is none. */
async function importedText(request: FastifyRequest): Promise<string | { problem: string }> {
  const nothing = { problem: 'Choisissez un fichier VTT ou SRT.' }
  if (!request.isMultipart()) return nothing
  // A body that says it is a form and is none, or that ends before its end.
  const file = await request.file({ limits: { fileSize: largestImport, files: 1 } }).catch(() => undefined)
  const bytes = await file?.toBuffer().catch(() => undefined)
  if (!file || !bytes) return nothing
  if (file.file.truncated)
    return { problem: 'Ce fichier est trop lourd pour des sous-titres\u00a0: 2\u00a0Mo au plus.' }
  if (bytes.length === 0) return nothing
  return decoded(bytes)
}

/** Old tools write the letters of Windows. */
function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
