/** The back-office. For now, what the webmaster of a new site needs first: to put the demonstration away. */
import type { FastifyInstance } from 'fastify'
import { removeDemonstration } from '../demonstration/remove.ts'
import { readForm } from '../web/forms.ts'
import { removalForm } from './forms.ts'
import { dashboardPage, removalMessage } from './views.ts'

export async function gestionRoutes(app: FastifyInstance): Promise<void> {
  app.get('/', async (_request, reply) => reply.html('gestion/dashboard', dashboardPage()))

  app.post('/demonstration/retirer', async (request, reply) => {
    const form = readForm(removalForm, request.body)
    if (!form.ok) return reply.code(422).html('gestion/dashboard', dashboardPage(form.errors))
    const removal = await removeDemonstration(app.db)
    request.log.warn({ event: 'demonstration removed' }, 'demonstration removed')
    return reply.flash('success', removalMessage(removal)).redirect('/gestion', 303)
  })
}
