/** The droit à l’image of photos and videos: what is known of the agreement of those shown, and what is hidden because of it. */
import { sql } from 'kysely'
import type { Database } from '../../db/database.ts'
import type { Media } from '../../db/schema.ts'
import { enqueue } from '../../mail/outbox.ts'
import { type By, type LibraryFile, noteOnFile, trashFile } from '../file-queries.ts'
import { isOfItsOwn, warnedDays } from '../library-queries.ts'
import { isOnShow, todayInParis } from '../queries.ts'
import { lockBytes } from '../space/released-queries.ts'
import { listUses } from '../use-queries.ts'
import { type Decision, settleRemovals } from './removal-requests.ts'

/** As the database keeps it; what a file that nobody was asked about has. */
export type Agreement = 'a_demander' | 'sans_personne' | 'oui' | 'non' | 'jusqu_au'

/** Why readers do not see a file that is in no trash; `video`: it is the picture of one that is hidden. */
export type HiddenReason = 'demande' | 'refus' | 'echeance' | 'video'

/** What is told to whoever would show it. */
export const hiddenWords: Record<HiddenReason, string> = {
  demande: 'Cette image est masquée\u00a0: une personne a demandé son retrait.',
  refus: 'Cette image est masquée\u00a0: l’accord est refusé.',
  echeance: 'Cette image est masquée\u00a0: l’accord a pris fin.',
  video: 'Cette image est masquée avec la vidéo dont elle vient.'
}

/** Of these files, those that are hidden from readers. */
export async function findHidden(db: Database, ids: number[]): Promise<Map<number, HiddenReason>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('media')
    .select('media.id')
    .select(
      sql<HiddenReason>`case when hidden_at is not null then 'demande' when agreement = 'non' then 'refus'
        when agreement_until < ${todayInParis} then 'echeance' else 'video' end`.as('reason')
    )
    .where('media.id', '=', sql<number>`any(${ids}::integer[])`)
    .where('media.trashed_at', 'is', null)
    .where(({ not }) => not(isOnShow()))
    .execute()
  return new Map(rows.map(({ id, reason }) => [id, reason]))
}

export interface ImageRights {
  people: string
  agreement: Agreement
  /** `YYYY-MM-DD` */
  agreement_until: string | null
  agreement_source: string
}

/** Writes what is known of the agreement; it holds for every file of the same bytes, which shows the same people. */
export async function saveImageRights(
  db: Database,
  file: Pick<LibraryFile, 'id' | 'title' | 'sha256'>,
  rights: ImageRights,
  by: By,
  details: string
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    // Who is sending the same photo at this moment waits for what is said here.
    await lockBytes(trx, file.sha256)
    await trx
      .updateTable('media')
      .set({ ...rights, agreement_by: by.id, agreement_at: sql<Date>`now()`, agreement_end_told_at: null })
      .where('sha256', '=', file.sha256)
      .execute()
    await noteOnFile(trx, file, 'agreement', by, details)
  })
}

export async function findAgentName(db: Database, id: number | null): Promise<string | undefined> {
  if (id === null) return undefined
  const row = await db.selectFrom('agents').select('name').where('id', '=', id).executeTakeFirst()
  return row?.name
}

const removalsADay = 10

/** What an agent finds at the address where one asks that a photo or a video be removed. */
export interface Removable {
  id: number
  title: string
  sha256: string
  kind: Media['kind']
  isOnShow: boolean
  /** This agent asked for it, and nobody has answered yet. */
  isAsked: boolean
}

/** Photos and videos that are not in the trash; a slide is not one, nor is the logo of the city. */
export async function findRemovable(db: Database, id: number, agentId: number): Promise<Removable | undefined> {
  return (
    db
      .selectFrom('media')
      .select(['media.id', 'media.title', 'media.sha256', 'media.kind'])
      .select(isOnShow().as('isOnShow'))
      .select(
        sql<boolean>`exists (select from removal_requests
        join media as same on same.id = removal_requests.media_id and same.sha256 = media.sha256
        where removal_requests.agent_id = ${agentId} and decided_at is null)`.as('isAsked')
      )
      .where('media.id', '=', id)
      .where('media.kind', 'in', ['image', 'video'])
      .where('media.trashed_at', 'is', null)
      .where(isOfItsOwn())
      // Nor a copy of it: both would be hidden together.
      .where(
        sql<boolean>`not exists (
        select from settings join media as logo on logo.id = settings.logo_id where logo.sha256 = media.sha256)`
      )
      .executeTakeFirst()
  )
}

/** Hides the file and its copies from everybody, keeps who asked, and tells the webmasters. */
export async function askForRemoval(
  db: Database,
  file: Removable,
  message: string,
  agent: By
): Promise<'asked' | 'already' | 'too many'> {
  return db.transaction().execute(async (trx) => {
    // Counted one request after the other, however fast somebody presses.
    await trx.selectFrom('agents').select('id').where('id', '=', agent.id).forNoKeyUpdate().executeTakeFirst()
    const { count } = await trx
      .selectFrom('removal_requests')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('agent_id', '=', agent.id)
      .where('created_at', '>', sql<Date>`now() - interval '1 day'`)
      .executeTakeFirstOrThrow()
    const current = await findRemovable(trx, file.id, agent.id)
    if (!current?.isOnShow) return 'already'
    if (count >= removalsADay) return 'too many'
    await lockBytes(trx, file.sha256)
    const request = await trx
      .insertInto('removal_requests')
      .values({ media_id: file.id, agent_id: agent.id, agent_name: agent.name, message })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    await trx
      .updateTable('media')
      .set({ hidden_at: sql<Date>`now()` })
      .where('sha256', '=', file.sha256)
      .where('hidden_at', 'is', null)
      .execute()
    if (!request) return 'already'
    await noteOnFile(trx, file, 'removal-requested', agent, await whereItWas(trx, file.id))
    await tellWebmasters(trx, 'removal-requested', { request: request.id })
    return 'asked'
  })
}

/** « Visible jusque-là : La fête du personnel (/bonus/galerie/…) » */
async function whereItWas(trx: Database, mediaId: number): Promise<string> {
  const uses = await listUses(trx, mediaId)
  if (uses.length === 0) return 'N’était utilisé nulle part.'
  return `Visible jusque-là\u00a0: ${uses.map(({ title, href }) => `${title} (${href})`).join(', ')}`
}

async function tellWebmasters(trx: Database, kind: string, payload: Record<string, number>): Promise<void> {
  const webmasters = await trx
    .selectFrom('agents')
    .select('id')
    .where('role', '=', 'webmaster')
    .where('deactivated_at', 'is', null)
    .execute()
  for (const { id } of webmasters) await enqueue(trx, { kind, payload: { ...payload, to: id } })
}

/** What becomes of a hidden file: it stays so, goes to the trash, or is shown again. */
export async function decideOfHidden(
  db: Database,
  file: Pick<LibraryFile, 'id' | 'title' | 'sha256'>,
  answer: { decision: Decision; reason: string },
  by: By
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await settleRemovals(trx, file.id, answer, by)
    if (answer.decision === 'jetee') return trashFile(trx, file, by)
    if (answer.decision === 'remise') {
      await trx.updateTable('media').set({ hidden_at: null }).where('sha256', '=', file.sha256).execute()
    }
    const event = answer.decision === 'remise' ? 'shown-again' : 'kept-hidden'
    return noteOnFile(trx, file, event, by, answer.reason)
  })
}

/** Agreements that have ended, or end within thirty days, the soonest first. */
export function listEndingAgreements(db: Database) {
  return db
    .selectFrom('media')
    .select(['id', 'title'])
    .select(sql<string>`agreement_until`.as('until'))
    .select(sql<boolean>`agreement_until < ${todayInParis}`.as('has_ended'))
    .select(sql<number>`count(*) over ()`.as('of_kind'))
    .where('agreement', '=', 'jusqu_au')
    .where('agreement_until', '<', sql<string>`${todayInParis} + ${sql.lit(warnedDays)}`)
    .where('trashed_at', 'is', null)
    .orderBy('agreement_until')
    .orderBy('id')
    .limit(30)
    .execute()
}

const toldAtOnce = 50

/** Every hour: what nobody may see any more since this morning is told, once, to the journal and to the webmasters. */
export async function tellEndedAgreements(db: Database): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const ended = await trx
      .selectFrom('media')
      .select(['id', 'title'])
      .where('agreement', '=', 'jusqu_au')
      .where('agreement_until', '<', todayInParis)
      .where('agreement_end_told_at', 'is', null)
      .where('trashed_at', 'is', null)
      .orderBy('id')
      .limit(toldAtOnce)
      .forUpdate()
      .skipLocked()
      .execute()
    for (const file of ended) {
      await trx
        .updateTable('media')
        .set({ agreement_end_told_at: sql<Date>`now()` })
        .where('id', '=', file.id)
        .execute()
      await noteOnFile(trx, file, 'agreement-ended', undefined, await whereItWas(trx, file.id))
      await tellWebmasters(trx, 'agreement-ended', { media: file.id })
    }
  })
}

/** Of these photos and videos, those for which nobody has said whether the people shown agree. */
export async function countUnasked(db: Database, ids: number[]): Promise<number> {
  if (ids.length === 0) return 0
  const { count } = await db
    .selectFrom('media')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('id', '=', sql<number>`any(${ids}::integer[])`)
    .where('kind', 'in', ['image', 'video'])
    .where('agreement', '=', 'a_demander')
    .where(isOnShow())
    .executeTakeFirstOrThrow()
  return count
}
