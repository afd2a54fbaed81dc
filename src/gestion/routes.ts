/** The back-office: what waits, what happened, what can come back, and the demonstration put away. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { removeDemonstration } from '../demonstration/remove.ts'
import { readForm } from '../web/forms.ts'
import { pageNumber } from '../web/query-string.ts'
import { removalForm } from './forms.ts'
import { listActionsToUpdate, listJournal, listMediaToRepair, listSleepingDrafts, listTrash } from './queries.ts'
import { settingsRoutes } from './settings.ts'
import { dashboardPage, journalPage, removalMessage, trashPage } from './views.ts'

const sleepingDays = 30
const staleDays = 60
const journalPerPage = 50
const journalOnDashboard = 8

export async function gestionRoutes(app: FastifyInstance): Promise<void> {
  await app.register(settingsRoutes)

  const gather = async () => {
    const [drafts, actions, media, journal] = await Promise.all([
      listSleepingDrafts(app.db, sleepingDays),
      listActionsToUpdate(app.db, staleDays),
      listMediaToRepair(app.db),
      listJournal(app.db, journalOnDashboard)
    ])
    return { drafts, actions, media, journal }
  }

  app.get('/', async (_request, reply) => reply.html('gestion/dashboard', dashboardPage(await gather())))

  app.get('/journal', async (request, reply) => {
    const { page } = z.object({ page: pageNumber }).parse(request.query)
    // One line more than is shown tells whether there is a next page.
    const rows = await listJournal(app.db, journalPerPage + 1, (page - 1) * journalPerPage)
    return reply.html('gestion/journal', journalPage(rows.slice(0, journalPerPage), page, rows.length > journalPerPage))
  })

  app.get('/corbeille', async (_request, reply) => reply.html('gestion/trash', trashPage(await listTrash(app.db))))

  app.post('/demonstration/retirer', async (request, reply) => {
    const form = readForm(removalForm, request.body)
    if (!form.ok) return reply.code(422).html('gestion/dashboard', dashboardPage(await gather(), form.errors))
    const removal = await removeDemonstration(app.db)
    request.log.warn({ event: 'demonstration removed' }, 'demonstration removed')
    return reply.flash('success', removalMessage(removal)).redirect('/gestion', 303)
  })
}
