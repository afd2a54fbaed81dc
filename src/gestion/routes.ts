/** The back-office. For now, what the webmaster of a new site needs first: to put the demonstration away. */
import type { FastifyInstance } from 'fastify'
import { removeDemonstration } from '../demonstration/remove.ts'
import './views.ts'

export async function gestionRoutes(app: FastifyInstance): Promise<void> {
  app.get('/', async (_request, reply) => reply.html('gestion/dashboard', {}))

  app.post('/demonstration/retirer', async (request, reply) => {
    await removeDemonstration(app.db)
    request.log.warn({ event: 'demonstration removed' }, 'demonstration removed')
    return reply.flash('success', 'La démonstration a été retirée.').redirect('/gestion', 303)
  })
}
