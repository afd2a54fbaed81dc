import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { pageNumber, searchWords as words } from '../web/query-string.ts'
import { searchAlike, searchWords } from './queries.ts'
import { searchPage } from './views.ts'

const searchQuery = z.object({ q: words, page: pageNumber })

export async function searchRoutes(app: FastifyInstance): Promise<void> {
  app.get('/recherche', async (request, reply) => {
    const { q, page } = searchQuery.parse(request.query)
    if (q === '') return reply.html('search/results', searchPage(q, page, [], false))
    const exact = await searchWords(app.db, q, page)
    const isApproximate = exact.length === 0 && page === 1
    const rows = isApproximate ? await searchAlike(app.db, q) : exact
    return reply.html('search/results', searchPage(q, page, rows, isApproximate))
  })
}
