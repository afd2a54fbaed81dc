/** What the screens of the back-office list and propose. */
import { sql } from 'kysely'
import { type AgentChoice, listAgentChoices } from '../accounts/choices.ts'
import type { Database } from '../db/database.ts'
import { type ChosenImage, findChosenImage, listMediaChoices, type MediaChoice } from '../media/choices.ts'
import { findMediaByIds, type MediaRow } from '../media/queries.ts'
import { entriesOf, mostListed } from '../publishing/queries.ts'
import type { DirectionDocument } from './direction-document.ts'

/** Every direction that is not in the trash, published or not; for a référent, those entrusted to them. */
export function listDirectionEntries(db: Database, referentId: number | undefined) {
  return entriesOf(db, 'direction')
    .leftJoin('directions', 'directions.id', 'entries.content_id')
    .select('directions.order')
    .select((eb) =>
      eb
        .selectFrom('direction_referents')
        .innerJoin('agents', 'agents.id', 'direction_referents.agent_id')
        .whereRef('direction_referents.direction_id', '=', 'directions.id')
        .where('agents.deactivated_at', 'is', null)
        .select(sql<string | null>`string_agg(agents.name, ', ' order by agents.name)`.as('names'))
        .as('referents')
    )
    .$if(referentId !== undefined, (query) =>
      query.where('entries.content_id', 'in', (eb) =>
        eb
          .selectFrom('direction_referents')
          .select('direction_id')
          .where('agent_id', '=', referentId ?? 0)
      )
    )
    .orderBy(sql`directions."order" nulls first`)
    .orderBy('entries.title')
    .orderBy('entries.id', 'desc')
    .limit(mostListed)
    .execute()
}

export interface DirectionChoices {
  referents: AgentChoice[]
  agents: AgentChoice[]
  library: MediaChoice[]
  image: ChosenImage | undefined
  /** The portraits of the team, by their numbers. */
  portraits: Map<number, MediaRow>
}

/** All that the fields of the screen can choose from, and the names of what is chosen already. */
export async function listDirectionChoices(db: Database, document: DirectionDocument): Promise<DirectionChoices> {
  const portraitIds = document.members.flatMap(({ portraitId }) => (portraitId === null ? [] : [portraitId]))
  const [agents, library, image, portraits] = await Promise.all([
    listAgentChoices(db, document.referentIds),
    listMediaChoices(db, [...document.mediaIds, ...portraitIds]),
    findChosenImage(db, document.imageId),
    findMediaByIds(db, portraitIds)
  ])
  return {
    referents: document.referentIds.flatMap((id) => agents.find((agent) => agent.id === id) ?? []),
    agents,
    library,
    image,
    portraits
  }
}
