/** What happens to a proposal: the webmaster publishes it as any draft, or returns it; whoever proposed may take it back. */
import { readForm } from '../web/forms.ts'
import type { Desk } from './desk.ts'
import { currentDocument, returnProposal, takeBackProposal } from './entries.ts'
import { returnForm } from './forms.ts'

const forAgents = { config: { access: 'agent' as const } }

export function proposalRoutes<Document extends object>(desk: Desk<Document>): void {
  const { app, content, base, address, entryFor, show } = desk

  app.post<{ Params: { id: string } }>(`${base}/:id/renvoyer`, async (request, reply) => {
    const found = await entryFor(request, reply)
    if (!found) return reply
    const { entry, agent } = found
    const form = readForm(returnForm, request.body)
    if (!form.ok) {
      const document = await currentDocument(app.db, content, entry)
      return show(request, reply.code(422), found, document, { errors: form.errors, typed: form.typed })
    }
    const returned = await returnProposal(app.db, entry.id, form.values.commentaire, agent)
    if (!returned) {
      return reply
        .flash('info', 'Cette proposition n’attend plus\u00a0: elle a été publiée, reprise ou renvoyée entre-temps.')
        .redirect(address(entry), 303)
    }
    app.wakeOutbox()
    return reply.flash('success', 'La proposition est renvoyée, avec votre commentaire.').redirect(address(entry), 303)
  })

  app.post<{ Params: { id: string } }>(`${base}/:id/reprendre-la-proposition`, forAgents, async (request, reply) => {
    const found = await entryFor(request, reply)
    if (!found) return reply
    const done = await takeBackProposal(app.db, found.entry.id, found.agent)
    return done
      ? reply
          .flash('success', 'Votre proposition est retirée. Votre texte reste en brouillon.')
          .redirect(address(found.entry), 303)
      : reply
          .flash('info', 'Vous n’avez pas de proposition en attente sur cette page.')
          .redirect(address(found.entry), 303)
  })
}
