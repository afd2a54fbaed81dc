/** What the screens of the back-office list and propose. */
import { type RawBuilder, sql } from 'kysely'
import { type AgentChoice, listAgentChoices } from '../accounts/choices.ts'
import type { Database } from '../db/database.ts'
import { type ChosenImage, findChosenImage, listMediaChoices, type MediaChoice } from '../media/choices.ts'
import { entriesOf } from '../publishing/queries.ts'
import type { ActionDocument } from './action-document.ts'
import type { ActionEntriesFilter, EntryState } from './admin-forms.ts'
import type { Status } from './progress.ts'

/** Sheets that are not in the trash, published or not; for a pilote, those entrusted to them. */
export function listActionEntries(db: Database, piloteId: number | undefined, filter: ActionEntriesFilter) {
  // A sheet that was never published is found by what its draft says.
  const engagementId = sql<number | null>`coalesce(actions.engagement_id, (entries.draft ->> 'engagementId')::integer)`
  const status = sql<Status | null>`coalesce(actions.status, entries.draft ->> 'status')`
  return entriesOf(db, 'action')
    .leftJoin('actions', 'actions.id', 'entries.content_id')
    .select(['actions.number', 'actions.updated_at'])
    .select(status.as('status'))
    .$if(piloteId !== undefined, (query) =>
      query.where('entries.content_id', 'in', (eb) =>
        eb
          .selectFrom('action_pilotes')
          .select('action_id')
          .where('agent_id', '=', piloteId ?? 0)
      )
    )
    .$if(filter.engagementId !== undefined, (query) =>
      query.where(sql<boolean>`${engagementId} = ${filter.engagementId}`)
    )
    .$if(filter.status !== undefined, (query) => query.where(sql<boolean>`${status} = ${filter.status}`))
    .$if(filter.state !== undefined, (query) => query.where(inState(filter.state ?? 'publie')))
    .where(({ and }) => and(filter.words.map(holdsWord)))
    .orderBy(sql`actions.number nulls first`)
    .orderBy('entries.id', 'desc')
    .limit(3000)
    .execute()
}

/** The states of `stateOf`, in its order: the first that fits is the one. */
function inState(state: EntryState): RawBuilder<boolean> {
  switch (state) {
    case 'programme':
      return sql`entries.publish_at is not null`
    case 'retire':
      return sql`(entries.publish_at is null and entries.withdrawn_at is not null)`
    case 'brouillon':
      return sql`(entries.publish_at is null and entries.withdrawn_at is null and entries.content_id is null)`
    case 'publie':
      return sql`(${isShown} and entries.draft is null)`
    case 'en-attente':
      return sql`(${isShown} and entries.draft is not null)`
  }
}

const isShown = sql<boolean>`(entries.publish_at is null and entries.withdrawn_at is null and entries.content_id is not null)`

/** The title holds this word, or a part of it, whatever its accents; a number is also the number of a sheet. */
function holdsWord(word: string): RawBuilder<boolean> {
  const pattern = `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`
  return sql`(unaccent(lower(entries.title)) like unaccent(lower(${pattern})) or actions.number::text = ${word})`
}

/** The engagements to choose from; those that readers do not see are the webmaster's to know. */
export function listEngagementOptions(db: Database, { evenHidden = false }: { evenHidden?: boolean } = {}) {
  return db
    .selectFrom('engagements')
    .select(['id', 'title', 'number'])
    .$if(!evenHidden, (query) => query.where('published_at', 'is not', null))
    .orderBy('number')
    .limit(100)
    .execute()
}

/** Whether a sheet is entrusted to this agent. */
export async function isPilote(db: Database, agentId: number): Promise<boolean> {
  const row = await db
    .selectFrom('action_pilotes')
    .select('action_id')
    .where('agent_id', '=', agentId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export interface Choices {
  engagements: { id: number; title: string; number: number }[]
  directions: { id: number; name: string }[]
  services: string[]
  enjeux: string[]
  pilotes: AgentChoice[]
  agents: AgentChoice[]
  documents: MediaChoice[]
  library: MediaChoice[]
  image: ChosenImage | undefined
  related: { id: number; title: string; number: number }[]
  actions: { id: number; title: string; number: number }[]
}

/** All that the fields of the screen can choose from, and the names of what is chosen already. */
export async function listChoices(db: Database, document: ActionDocument): Promise<Choices> {
  const [engagements, directions, tags, agents, library, actions, image] = await Promise.all([
    listEngagementOptions(db, { evenHidden: true }),
    db.selectFrom('directions').select(['id', 'name']).orderBy('order').orderBy('name').limit(200).execute(),
    db.selectFrom('tags').select(['kind', 'name']).orderBy('name').limit(500).execute(),
    listAgentChoices(db, document.piloteIds),
    listMediaChoices(db, document.documentIds),
    // What readers do not see is not proposed either, least of all to the pilote of another sheet.
    db
      .selectFrom('actions')
      .select(['id', 'title', 'number'])
      .where((eb) =>
        eb.or([eb('published_at', 'is not', null), eb('id', '=', sql<number>`any(${document.relatedIds}::integer[])`)])
      )
      .orderBy('number')
      .limit(3000)
      .execute(),
    findChosenImage(db, document.imageId)
  ])
  const chosen = <Row extends { id: number }>(rows: Row[], ids: number[]): Row[] =>
    ids.flatMap((id) => rows.find((row) => row.id === id) ?? [])
  return {
    engagements,
    directions,
    services: tags.filter((tag) => tag.kind === 'service').map((tag) => tag.name),
    enjeux: tags.filter((tag) => tag.kind === 'enjeu').map((tag) => tag.name),
    pilotes: chosen(agents, document.piloteIds),
    agents,
    documents: chosen(library, document.documentIds),
    library,
    image,
    related: chosen(actions, document.relatedIds),
    actions
  }
}
