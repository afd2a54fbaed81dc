/** How a document of an action reaches the tables that readers see. */
import { sql, type Transaction } from 'kysely'
import type { DB } from '../db/schema.ts'
import { showRow } from '../publishing/content-rows.ts'
import type { Author } from '../publishing/kinds.ts'
import { numberFor } from '../publishing/numbers.ts'
import { activeAgents, stillThere } from '../publishing/still-there.ts'
import { readImpreciseDate } from '../web/imprecise-date.ts'
import { slugOf } from '../web/slug.ts'
import type { ActionDocument, ActionStepDraft } from './action-document.ts'

/** Writes the whole document, and shows it; gives the number of the row. */
export async function publishAction(
  trx: Transaction<DB>,
  contentId: number | undefined,
  document: ActionDocument,
  author: Author
): Promise<number> {
  if (document.engagementId === null) throw new Error('An action without engagement cannot be published.')
  const values = {
    title: document.title,
    engagement_id: document.engagementId,
    status: document.status,
    visibility: document.visibility,
    due_on: document.dueOn,
    summary: document.summary,
    results: document.results,
    tools: document.tools,
    image_id: document.imageId,
    number: await numberFor(trx, 'actions', { id: contentId, wanted: document.number })
  }
  const address = { wanted: document.slug, title: document.title, untitled: 'action' }
  const id = await showRow(trx, 'actions', contentId, { values, address, author })
  await writeSteps(trx, id, document.steps)
  await writeTags(trx, id, document)
  await writeRelations(trx, id, document)
  return id
}

async function writeSteps(trx: Transaction<DB>, actionId: number, steps: ActionStepDraft[]): Promise<void> {
  await trx.deleteFrom('action_steps').where('action_id', '=', actionId).execute()
  const rows = steps.flatMap((step, order) => {
    const date = readImpreciseDate(step.date)
    return date ? [{ action_id: actionId, ...date, description: step.description, done: step.done, order }] : []
  })
  if (rows.length > 0) await trx.insertInto('action_steps').values(rows).execute()
}

async function writeTags(trx: Transaction<DB>, actionId: number, document: ActionDocument): Promise<void> {
  const wanted = [
    ...document.services.map((name) => ({ kind: 'service' as const, name, slug: slugOf(name) })),
    ...document.enjeux.map((name) => ({ kind: 'enjeu' as const, name, slug: slugOf(name) }))
  ].filter((tag) => tag.slug !== '')
  await trx.deleteFrom('action_tags').where('action_id', '=', actionId).execute()
  for (const tag of wanted) {
    await trx
      .insertInto('tags')
      .values(tag)
      .onConflict((conflict) => conflict.columns(['kind', 'slug']).doNothing())
      .execute()
    await trx
      .insertInto('action_tags')
      .columns(['action_id', 'tag_id'])
      .expression((eb) =>
        eb
          .selectFrom('tags')
          .select([sql.lit(actionId).as('action_id'), 'id'])
          .where('kind', '=', tag.kind)
          .where('slug', '=', tag.slug)
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

async function writeRelations(trx: Transaction<DB>, actionId: number, document: ActionDocument): Promise<void> {
  await trx.deleteFrom('action_directions').where('action_id', '=', actionId).execute()
  await trx.deleteFrom('action_pilotes').where('action_id', '=', actionId).execute()
  await trx.deleteFrom('action_documents').where('action_id', '=', actionId).execute()
  await trx
    .deleteFrom('related_actions')
    .where((eb) => eb.or([eb('action_id', '=', actionId), eb('related_id', '=', actionId)]))
    .execute()
  const directions = await stillThere(trx, 'directions', document.directionIds)
  if (directions.length > 0) {
    const rows = directions.map((direction_id) => ({ action_id: actionId, direction_id }))
    await trx.insertInto('action_directions').values(rows).execute()
  }
  const pilotes = await activeAgents(trx, document.piloteIds)
  if (pilotes.length > 0) {
    await trx
      .insertInto('action_pilotes')
      .values(pilotes.map((agent_id) => ({ action_id: actionId, agent_id })))
      .execute()
  }
  const documents = await stillThere(trx, 'media', document.documentIds)
  if (documents.length > 0) {
    const rows = documents.map((media_id, order) => ({ action_id: actionId, media_id, order }))
    await trx.insertInto('action_documents').values(rows).execute()
  }
  const related = (await stillThere(trx, 'actions', document.relatedIds)).filter((id) => id !== actionId)
  if (related.length > 0) {
    const rows = related.map((id) => ({ action_id: Math.min(id, actionId), related_id: Math.max(id, actionId) }))
    await trx.insertInto('related_actions').values(rows).execute()
  }
}
