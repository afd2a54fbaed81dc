/** The journal: read, filtered, taken away as a file. No route changes it. */
import type { FastifyInstance } from 'fastify'
import { writeCsv } from '../web/csv.ts'
import { journalFilter } from './journal-forms.ts'
import { countJournal, listJournal, listJournalForFile, listJournalNames } from './journal-queries.ts'
import { journalPage, journalTable } from './journal-views.ts'

export function journalRoutes(app: FastifyInstance, _options: unknown, done: () => void): void {
  app.get('/journal', async (request, reply) => {
    const { filter, page } = journalFilter.parse(request.query)
    const [rows, count, names] = await Promise.all([
      listJournal(app.db, filter, page),
      countJournal(app.db, filter),
      listJournalNames(app.db)
    ])
    return reply.html('gestion/journal', journalPage({ rows, count, filter, page, names }))
  })

  app.get('/journal.csv', async (request, reply) => {
    const { filter } = journalFilter.parse(request.query)
    const { filename, table } = journalTable(await listJournalForFile(app.db, filter))
    return reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${filename}"`)
      .send(writeCsv(table))
  })
  done()
}
