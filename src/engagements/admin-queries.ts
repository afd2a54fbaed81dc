/** What the screens of the back-office list and propose. */
import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { type ChosenImage, findChosenImage, listMediaChoices, type MediaChoice } from '../media/choices.ts'
import type { ActionDocument } from './action-document.ts'

/** Every sheet that is not in the trash, published or not; for a pilote, those entrusted to them. */
export function listActionEntries(db: Database, piloteId: number | undefined) {
  return db
    .selectFrom('entries')
    .leftJoin('actions', 'actions.id', 'entries.content_id')
    .leftJoin('engagements', 'engagements.id', 'actions.engagement_id')
    .select([
      'entries.id',
      'entries.title',
      'entries.draft',
      'entries.content_id',
      'entries.withdrawn_at',
      'entries.trashed_at',
      'entries.publish_at',
      'entries.saved_at',
      'actions.number',
      'actions.slug',
      'actions.status',
      'actions.updated_at',
      'engagements.title as engagement_title',
      'engagements.hue'
    ])
    .where('entries.kind', '=', 'action')
    .where('entries.trashed_at', 'is', null)
    .$if(piloteId !== undefined, (query) =>
      query.where('entries.content_id', 'in', (eb) =>
        eb
          .selectFrom('action_pilotes')
          .select('action_id')
          .where('agent_id', '=', piloteId ?? 0)
      )
    )
    .orderBy(sql`actions.number nulls first`)
    .orderBy('entries.id', 'desc')
    .limit(3000)
    .execute()
}

export interface Choices {
  engagements: { id: number; title: string; number: number }[]
  directions: { id: number; name: string }[]
  services: string[]
  enjeux: string[]
  pilotes: { id: number; name: string; email: string }[]
  agents: { id: number; name: string; email: string }[]
  documents: { id: number; title: string }[]
  library: MediaChoice[]
  image: ChosenImage | undefined
  related: { id: number; title: string; number: number }[]
  actions: { id: number; title: string; number: number }[]
}

/** All that the fields of the screen can choose from, and the names of what is chosen already. */
export async function listChoices(db: Database, document: ActionDocument): Promise<Choices> {
  const [engagements, directions, tags, agents, library, actions, image] = await Promise.all([
    db.selectFrom('engagements').select(['id', 'title', 'number']).orderBy('number').limit(100).execute(),
    db.selectFrom('directions').select(['id', 'name']).orderBy('order').orderBy('name').limit(200).execute(),
    db.selectFrom('tags').select(['kind', 'name']).orderBy('name').limit(500).execute(),
    db
      .selectFrom('agents')
      .select(['id', 'name', 'email'])
      .where('deactivated_at', 'is', null)
      .orderBy('name')
      .limit(1000)
      .execute(),
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
