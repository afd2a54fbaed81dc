/** What only the webmaster does with an entry: plan, withdraw, throw away, take out of the trash, erase. */
import type { FastifyReply } from 'fastify'
import { readForm } from '../web/forms.ts'
import { obstaclesOf } from './checks.ts'
import { type Desk, type EntryRequest, type Found, isRefusedByConstraint } from './desk.ts'
import { currentDocument, moveToTrash, schedule, takeOutOfTrash, withdraw } from './entries.ts'
import { planForm, withdrawalAfter, withdrawalForm } from './forms.ts'
import { listAddresses } from './redirects.ts'
import { planInParis } from './schedule.ts'
import { eraseEntry } from './trash.ts'
import { clockChange } from './views.ts'

export function managementRoutes<Document extends object>(desk: Desk<Document>): void {
  const { app, content, base, address, entryFor, show } = desk

  const managed =
    (handle: (request: EntryRequest, reply: FastifyReply, found: Found) => Promise<FastifyReply>) =>
    async (request: EntryRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const found = await entryFor(request, reply)
      return found ? handle(request, reply, found) : reply
    }

  app.post<{ Params: { id: string } }>(
    `${base}/:id/programmer`,
    managed(async (request, reply, found) => {
      const { entry, agent } = found
      const form = readForm(planForm, request.body)
      const document = await currentDocument(app.db, content, entry)
      if (!form.ok) return show(request, reply.code(422), found, document, { errors: form.errors, typed: form.typed })
      const { publication } = form.values
      const retrait = content.isPermanent ? null : form.values.retrait
      const obstacles = publication === null ? [] : await obstaclesOf(app.db, content, document, entry.content_id)
      if (obstacles.length > 0) {
        return show(request, reply.code(422), found, document, { errors: obstacles, typed: form.typed })
      }
      const plan = await planInParis(app.db, publication, retrait)
      // On the night when clocks go forward, two hours that differ can be one instant.
      if (plan.publishAt && plan.withdrawAt && plan.withdrawAt <= plan.publishAt) {
        const errors = [{ field: 'retrait', message: withdrawalAfter }]
        return show(request, reply.code(422), found, document, { errors, typed: form.typed })
      }
      await schedule(app.db, entry.id, plan, agent)
      const changes = [clockChange(publication, plan.publishAt), clockChange(retrait, plan.withdrawAt)]
      const said = plan.publishAt || plan.withdrawAt ? 'C’est programmé.' : 'Rien n’est plus programmé.'
      return reply
        .flash('success', [said, ...changes].filter((sentence) => sentence !== undefined).join(' '))
        .redirect(address(entry), 303)
    })
  )

  // The site cannot do without it.
  if (content.isPermanent) return

  app.post<{ Params: { id: string } }>(
    `${base}/:id/retirer`,
    managed(async (request, reply, found) => {
      const { entry, agent } = found
      const form = readForm(withdrawalForm, request.body)
      const document = await currentDocument(app.db, content, entry)
      if (!form.ok) return show(request, reply.code(422), found, document, { errors: form.errors, typed: form.typed })
      const { raison, redirection } = form.values
      if (redirection !== null) {
        const own = entry.content_id === null ? undefined : await content.publicPath(app.db, entry.content_id)
        const addresses = await listAddresses(app.db)
        const known = addresses.some(({ path }) => path === redirection)
        if (!known || redirection === own) {
          const message = known
            ? 'C’est l’adresse de la page que vous retirez\u00a0: choisissez-en une autre.'
            : 'Aucune page en ligne n’a cette adresse\u00a0: choisissez-en une dans la liste.'
          const errors = [{ field: 'redirection', message }]
          return show(request, reply.code(422), found, document, { errors, typed: form.typed })
        }
      }
      if (!(await withdraw(app.db, content, entry.id, { reason: raison, target: redirection }, agent))) {
        return reply
          .flash('info', 'Cette page n’est pas en ligne\u00a0: il n’y a rien à retirer.')
          .redirect(address(entry), 303)
      }
      return reply
        .flash('success', 'La page est retirée\u00a0: les lecteurs ne la voient plus. Publiez-la pour la remettre.')
        .redirect(address(entry), 303)
    })
  )

  app.post<{ Params: { id: string } }>(
    `${base}/:id/corbeille`,
    managed(async (_request, reply, found) => {
      const { content_id: contentId } = found.entry
      const reason = contentId === null ? undefined : await content.keptFromTrash?.(app.db, contentId)
      if (reason !== undefined) return reply.flash('info', reason).redirect(address(found.entry), 303)
      await moveToTrash(app.db, content, found.entry.id, found.agent)
      return reply
        .flash('success', 'C’est dans la corbeille. Vous avez trente jours pour changer d’avis.')
        .redirect('/gestion/corbeille', 303)
    })
  )

  app.post<{ Params: { id: string } }>(
    `${base}/:id/sortir-de-la-corbeille`,
    managed(async (_request, reply, found) => {
      await takeOutOfTrash(app.db, found.entry.id, found.agent)
      return reply
        .flash('success', 'C’est sorti de la corbeille, comme brouillon. Publiez pour le remettre en ligne.')
        .redirect(address(found.entry), 303)
    })
  )

  app.get<{ Params: { id: string } }>(
    `${base}/:id/supprimer`,
    managed(async (_request, reply, { entry }) => {
      if (!entry.trashed_at) {
        reply.callNotFound()
        return reply
      }
      return reply.html('publishing/erase', {
        title: entry.title || 'Sans titre',
        action: `${address(entry)}/supprimer`,
        screenHref: address(entry)
      })
    })
  )

  app.post<{ Params: { id: string } }>(
    `${base}/:id/supprimer`,
    managed(async (_request, reply, { entry, agent }) => {
      try {
        if (await eraseEntry(app.db, content, entry.id, agent)) {
          return reply.flash('success', 'C’est supprimé, définitivement.').redirect('/gestion/corbeille', 303)
        }
      } catch (error) {
        if (!isRefusedByConstraint(error)) throw error
        return reply
          .flash('info', 'D’autres pages en dépendent encore\u00a0: changez-les ou supprimez-les d’abord.')
          .redirect(address(entry), 303)
      }
      return reply.flash('info', 'Seul ce qui est à la corbeille peut être supprimé.').redirect(address(entry), 303)
    })
  )
}
