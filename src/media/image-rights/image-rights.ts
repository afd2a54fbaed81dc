/** The droit à l’image on the page of a file: what is known of the agreement, and what becomes of what somebody asked to remove. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { today } from '../../web/format.ts'
import { type FieldError, readForm, type Typed } from '../../web/forms.ts'
import type { LibraryFile } from '../file-queries.ts'
import { signedIn } from '../receiving/receiving.ts'
import { libraryPath } from '../receiving/sending.ts'
import { decisionForm, imageRightsForm } from './image-rights-forms.ts'
import { decideOfHidden, findHidden, saveImageRights } from './image-rights-queries.ts'
import { agreementInWords, mayShowPeople, savedSentence } from './image-rights-views.ts'

type FileRequest = FastifyRequest<{ Params: { id: string } }>

interface FileScreen {
  fileOf(request: FileRequest): Promise<LibraryFile | undefined>
  refuse(
    reply: FastifyReply,
    file: LibraryFile,
    refusal: { rights: Typed; errors: FieldError[] }
  ): Promise<FastifyReply>
}

export function imageRightsRoutes(app: FastifyInstance, { fileOf, refuse }: FileScreen): void {
  app.post('/mediatheque/:id/droit-a-l-image', async (request: FileRequest, reply) => {
    const file = await fileOf(request)
    if (!file || !mayShowPeople(file)) return reply.callNotFound()
    const form = readForm(imageRightsForm, request.body)
    if (!form.ok) return refuse(reply, file, { rights: form.typed, errors: form.errors })
    const { personnes, accord, accord_fin, accord_source } = form.values
    if (accord === 'jusqu_au' && accord_fin === '') {
      const errors = [{ field: 'accord_fin', message: 'Donnez le dernier jour de l’accord.' }]
      return refuse(reply, file, { rights: form.typed, errors })
    }
    // A day that was typed beside another answer means nothing.
    const until = accord === 'jusqu_au' ? accord_fin : null
    const before = await findHidden(app.db, [file.id])
    await saveImageRights(
      app.db,
      file,
      { people: personnes, agreement: accord, agreement_until: until, agreement_source: accord_source },
      signedIn(request),
      agreementInWords(accord, until)
    )
    const after = await findHidden(app.db, [file.id])
    return reply
      .flash('success', savedSentence(accord, until, before.has(file.id), after.has(file.id)))
      .redirect(`${libraryPath}/${file.id}`, 303)
  })

  app.post('/mediatheque/:id/decision', async (request: FileRequest, reply) => {
    const file = await fileOf(request)
    if (!file || file.trashed_at) return reply.callNotFound()
    // Decided on another screen meanwhile: there is nothing to decide any more.
    if (file.hidden_at === null) {
      return reply
        .flash('info', 'Ce fichier n’est plus masqué par une demande de retrait.')
        .redirect(`${libraryPath}/${file.id}`, 303)
    }
    const form = readForm(decisionForm, request.body)
    if (!form.ok) return refuse(reply, file, { rights: form.typed, errors: form.errors })
    const { decision, raison } = form.values
    const errors = decision === 'remise' ? whatForbidsShowing(file, raison) : []
    if (errors.length > 0) return refuse(reply, file, { rights: form.typed, errors })
    await decideOfHidden(app.db, file, { decision, reason: raison }, signedIn(request))
    app.wakeOutbox()
    return reply
      .flash('success', decided[decision])
      .redirect(decision === 'jetee' ? `${libraryPath}?etat=corbeille` : `${libraryPath}/${file.id}`, 303)
  })
}

function whatForbidsShowing(file: LibraryFile, reason: string): FieldError[] {
  const errors: FieldError[] = []
  const hasEnded = file.agreement_until !== null && file.agreement_until < today()
  if (file.agreement === 'non' || hasEnded) {
    errors.push({
      field: 'decision',
      message: 'L’accord est refusé ou a pris fin\u00a0: changez-le d’abord, plus bas sur cette page.'
    })
  }
  if (reason === '') errors.push({ field: 'raison', message: 'Dites pourquoi le fichier revient en ligne.' })
  return errors
}

const decided = {
  masquee: 'Le fichier reste masqué. La personne est prévenue.',
  jetee: 'Le fichier est dans la corbeille. La personne est prévenue.',
  remise: 'Le fichier est de nouveau en ligne. La personne est prévenue, avec votre raison.'
}
