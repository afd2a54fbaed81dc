/** The history of an entry: every version, any two compared in words, each brought back as a draft. */
import { z } from 'zod'
import { pagerOf } from '../web/pagination.ts'
import { pageNumber } from '../web/query-string.ts'
import type { Desk } from './desk.ts'
import { currentDocument, type Entry, saveDraft } from './entries.ts'
import { countRevisions, findRevision, listRevisions, revisionsPerPage } from './revisions.ts'
import { historyPage } from './views.ts'

const forAgents = { config: { access: 'agent' as const } }

const oneText = z.preprocess((value) => [value].flat()[0], z.string().optional().catch(undefined))
/** Two versions by their numbers; without the newer one, what is written today. */
const historyQuery = z.object({ page: pageNumber, ancienne: oneText, nouvelle: oneText })

export function historyRoutes<Document extends object>(desk: Desk<Document>): void {
  const { app, content, base, address, entryFor } = desk

  /** The version whose number is in the address; undefined when it is none of this entry's. */
  function revisionOf(entry: Entry, number: string) {
    return /^[1-9]\d{0,8}$/.test(number) ? findRevision(app.db, entry.id, Number(number)) : undefined
  }

  // A revision holds a document of this kind: only the mechanism writes them.
  const inWords = (document: unknown) => content.inWords(app.db, document as Document)

  async function pageOf(entry: Entry, page: number, first?: string, second?: string) {
    const revisions = await listRevisions(app.db, entry.id, page)
    const pages = Math.ceil((await countRevisions(app.db, entry.id)) / revisionsPerPage)
    const pager = pagerOf(`${address(entry)}/historique`, new URLSearchParams(), page, pages)
    const parts = { entry, address: address(entry), revisions, pager }
    if (first === undefined) return historyPage(parts)
    const older = await revisionOf(entry, first)
    const newer = second === undefined || second === '' ? undefined : await revisionOf(entry, second)
    if (!older || (second && !newer)) return undefined
    const today = newer ? newer.document : await currentDocument(app.db, content, entry)
    return historyPage({
      ...parts,
      compared: { older, newer, before: await inWords(older.document), after: await inWords(today) }
    })
  }

  app.get<{ Params: { id: string } }>(`${base}/:id/historique`, forAgents, async (request, reply) => {
    const found = await entryFor(request, reply)
    if (!found) return reply
    const { page, ancienne, nouvelle } = historyQuery.parse(request.query)
    const model = await pageOf(found.entry, page, ancienne, nouvelle)
    return model ? reply.html('publishing/history', model) : reply.callNotFound()
  })

  app.get<{ Params: { id: string; revision: string } }>(
    `${base}/:id/historique/:revision`,
    forAgents,
    async (request, reply) => {
      const found = await entryFor(request, reply)
      if (!found) return reply
      const model = await pageOf(found.entry, 1, request.params.revision)
      return model ? reply.html('publishing/history', model) : reply.callNotFound()
    }
  )

  app.post<{ Params: { id: string; revision: string } }>(
    `${base}/:id/historique/:revision/reprendre`,
    forAgents,
    async (request, reply) => {
      const found = await entryFor(request, reply)
      if (!found) return reply
      const revision = await revisionOf(found.entry, request.params.revision)
      if (!revision) return reply.callNotFound()
      const today = await currentDocument(app.db, content, found.entry)
      const saved = await saveDraft(app.db, content, {
        entryId: found.entry.id,
        version: found.entry.version,
        document: desk.broughtBack(revision.document as unknown as Document, today, found.agent),
        author: found.agent,
        replaces: true
      })
      const message = saved.ok
        ? 'Cette version est reprise comme brouillon. Relisez, puis publiez.'
        : 'Quelqu’un a enregistré entre-temps\u00a0: rien n’a changé. Vérifiez, puis recommencez.'
      return reply.flash(saved.ok ? 'success' : 'info', message).redirect(address(found.entry), 303)
    }
  )
}
