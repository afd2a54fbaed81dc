/** « Je suis sur cette photo, retirez-la »: for any agent, about any photo or video that readers see. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type FieldError, readForm, type Typed } from '../../web/forms.ts'
import { findMediaByIds } from '../queries.ts'
import { signedIn } from '../receiving/receiving.ts'
import { removalUrl } from '../views.ts'
import { removalForm } from './image-rights-forms.ts'
import { askForRemoval, findRemovable, type Removable } from './image-rights-queries.ts'
import { removalPage } from './image-rights-views.ts'

type RemovalRequest = FastifyRequest<{ Params: { id: string } }>

export async function removalRoutes(app: FastifyInstance): Promise<void> {
  app.get('/medias/:id/retrait', async (request: RemovalRequest, reply) => {
    const file = await fileOf(request)
    return file ? showPage(reply, file) : reply.callNotFound()
  })

  app.post('/medias/:id/retrait', async (request: RemovalRequest, reply) => {
    const file = await fileOf(request)
    if (!file) return reply.callNotFound()
    const form = readForm(removalForm, request.body)
    if (!form.ok) return showPage(reply.code(422), file, form.typed, form.errors)
    const outcome = await askForRemoval(app.db, file, form.values.message, signedIn(request))
    if (outcome === 'too many') {
      const message =
        'Vous avez déjà demandé dix retraits en un jour. Pour les autres, écrivez aux webmasters\u00a0: l’adresse est dans les mentions légales.'
      return showPage(reply.code(429), file, form.typed, [{ field: 'message', message }])
    }
    if (outcome === 'asked') app.wakeOutbox()
    return reply.redirect(removalUrl(file.id), 303)
  })

  async function fileOf(request: RemovalRequest): Promise<Removable | undefined> {
    const { id } = request.params
    return /^[1-9]\d{0,8}$/.test(id) ? findRemovable(app.db, Number(id), signedIn(request).id) : undefined
  }

  async function showPage(
    reply: FastifyReply,
    file: Removable,
    typed?: Typed,
    errors: FieldError[] = []
  ): Promise<FastifyReply> {
    const media = (await findMediaByIds(app.db, [file.id])).get(file.id)
    return reply.html('media/removal', removalPage({ file, media, errors, ...(typed && { typed }) }))
  }
}
