/** How a document of a direction reaches the tables that readers see. */
import type { Transaction } from 'kysely'
import type { DB } from '../db/schema.ts'
import { showRow } from '../publishing/content-rows.ts'
import type { Author } from '../publishing/kinds.ts'
import { activeAgents, stillThere } from '../publishing/still-there.ts'
import type { DirectionDocument, DirectionMemberDraft } from './direction-document.ts'

/** Writes the whole document, and shows it; gives the number of the row. */
export async function publishDirection(
  trx: Transaction<DB>,
  contentId: number | undefined,
  document: DirectionDocument,
  author: Author
): Promise<number> {
  const [imageId] = document.imageId === null ? [] : await stillThere(trx, 'media', [document.imageId])
  const values = {
    name: document.name,
    tagline: document.tagline,
    project: document.project,
    image_id: imageId ?? null,
    order: document.order ?? (await orderOf(trx, contentId))
  }
  const address = { wanted: document.slug, title: document.name, untitled: 'direction' }
  const id = await showRow(trx, 'directions', contentId, { values, address, author })
  await writeMembers(trx, id, document.members)
  await writeMedia(trx, id, document.mediaIds)
  await writeReferents(trx, id, document.referentIds)
  return id
}

/** Where no place is asked for, a direction stays where it is, and a new one comes last. */
async function orderOf(trx: Transaction<DB>, id: number | undefined): Promise<number> {
  const row = await trx
    .selectFrom('directions')
    .select((eb) => [
      eb.fn.max('order').as('last'),
      eb.fn
        .max('order')
        .filterWhere('id', '=', id ?? 0)
        .as('own')
    ])
    .executeTakeFirstOrThrow()
  return row.own ?? Math.min((row.last ?? -1) + 1, 9998)
}

async function writeMembers(trx: Transaction<DB>, directionId: number, members: DirectionMemberDraft[]): Promise<void> {
  await trx.deleteFrom('direction_members').where('direction_id', '=', directionId).execute()
  const portraits = members.flatMap(({ portraitId }) => (portraitId === null ? [] : [portraitId]))
  const known = new Set(await stillThere(trx, 'media', portraits))
  const rows = members.map((member, order) => ({
    direction_id: directionId,
    name: member.name,
    job_title: member.jobTitle,
    portrait_id: member.portraitId !== null && known.has(member.portraitId) ? member.portraitId : null,
    order
  }))
  if (rows.length > 0) await trx.insertInto('direction_members').values(rows).execute()
}

async function writeMedia(trx: Transaction<DB>, directionId: number, mediaIds: number[]): Promise<void> {
  await trx.deleteFrom('direction_media').where('direction_id', '=', directionId).execute()
  const files = await stillThere(trx, 'media', mediaIds)
  if (files.length === 0) return
  const rows = files.map((media_id, order) => ({ direction_id: directionId, media_id, order }))
  await trx.insertInto('direction_media').values(rows).execute()
}

async function writeReferents(trx: Transaction<DB>, directionId: number, referentIds: number[]): Promise<void> {
  await trx.deleteFrom('direction_referents').where('direction_id', '=', directionId).execute()
  const referents = await activeAgents(trx, referentIds)
  if (referents.length === 0) return
  const rows = referents.map((agent_id) => ({ direction_id: directionId, agent_id }))
  await trx.insertInto('direction_referents').values(rows).execute()
}
