/** Who the agents are, what each answers for, and the changes that must leave neither a site nor a page without its owner. */
import { type ExpressionBuilder, sql, type Transaction } from 'kysely'
import type { Database } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import { nameFromAddress } from './addresses.ts'
import { type AgentFilter, type Heirs, heirField, type Right, readHeirs, type Trust } from './admin-forms.ts'
import type { ImportedAgent } from './agent-import.ts'
import { revokeSessions } from './queries.ts'
import { isLiveSession } from './sessions.ts'

export const agentsOnPage = 50

type Agents = ExpressionBuilder<DB, 'agents'>

function hasRight(right: Right | undefined) {
  return ({ and, eb, exists, selectFrom }: Agents) => {
    if (right === 'desactives') return eb('agents.deactivated_at', 'is not', null)
    const active = eb('agents.deactivated_at', 'is', null)
    switch (right) {
      case 'webmasters':
        return and([active, eb('agents.role', '=', 'webmaster')])
      case 'referents':
        return and([
          active,
          exists(
            selectFrom('direction_referents')
              .select('direction_id')
              .whereRef('direction_referents.agent_id', '=', 'agents.id')
          )
        ])
      case 'pilotes':
        return and([
          active,
          exists(selectFrom('action_pilotes').select('action_id').whereRef('action_pilotes.agent_id', '=', 'agents.id'))
        ])
      default:
        return active
    }
  }
}

function matchesWords(words: string[]) {
  return ({ and }: Agents) =>
    and(
      words.map(
        (word) =>
          sql<boolean>`strpos(unaccent(lower(agents.name || ' ' || agents.email)), unaccent(lower(${word}))) > 0`
      )
    )
}

const directionNames = sql<string[]>`array(
  select directions.name from direction_referents join directions on directions.id = direction_referents.direction_id
  where direction_referents.agent_id = agents.id order by directions."order", directions.name)`
const actionNames = sql<string[]>`array(
  select actions.number || '. ' || actions.title from action_pilotes join actions on actions.id = action_pilotes.action_id
  where action_pilotes.agent_id = agents.id order by actions.number)`

export function listAgents(db: Database, filter: AgentFilter, page: number) {
  return db
    .selectFrom('agents')
    .select(['id', 'name', 'email', 'job_title', 'role', 'last_signed_in_at', 'deactivated_at'])
    .select([directionNames.as('directions'), actionNames.as('actions')])
    .where(hasRight(filter.right))
    .where(matchesWords(filter.words))
    .orderBy(sql`unaccent(lower(name))`)
    .orderBy('id')
    .limit(agentsOnPage)
    .offset((page - 1) * agentsOnPage)
    .execute()
}

/** How many agents each tab of the list holds, with these words. */
export function countAgents(db: Database, words: string[]) {
  return db
    .selectFrom('agents')
    .select(({ fn }) => [
      fn.countAll<number>().filterWhere(hasRight(undefined)).as('active'),
      fn.countAll<number>().filterWhere(hasRight('webmasters')).as('webmasters'),
      fn.countAll<number>().filterWhere(hasRight('referents')).as('referents'),
      fn.countAll<number>().filterWhere(hasRight('pilotes')).as('pilotes'),
      fn.countAll<number>().filterWhere(hasRight('desactives')).as('desactives')
    ])
    .where(matchesWords(words))
    .executeTakeFirstOrThrow()
}

/** Everybody and their rights, for the file. */
export function listRights(db: Database) {
  return db
    .selectFrom('agents')
    .select(['name', 'email', 'job_title', 'role', 'last_signed_in_at', 'deactivated_at'])
    .select([directionNames.as('directions'), actionNames.as('actions')])
    .orderBy(sql`unaccent(lower(name))`)
    .orderBy('id')
    .execute()
}

export function findAgent(db: Database, id: number) {
  return db
    .selectFrom('agents')
    .select(['id', 'name', 'email', 'job_title', 'role', 'created_at', 'last_signed_in_at', 'deactivated_at'])
    .select(
      sql<number>`(select count(*) from sessions where sessions.agent_id = agents.id and ${isLiveSession})`.as(
        'session_count'
      )
    )
    .where('id', '=', id)
    .executeTakeFirst()
}

export type FoundAgent = NonNullable<Awaited<ReturnType<typeof findAgent>>>

/** Every direction, and whether this agent is its référent. */
export function listDirectionsFor(db: Database, agentId: number) {
  return db
    .selectFrom('directions')
    .select(['id', 'name'])
    .select(
      sql<boolean>`exists (select from direction_referents
        where direction_id = directions.id and agent_id = ${agentId})`.as('is_referent')
    )
    .orderBy('order')
    .orderBy('name')
    .limit(200)
    .execute()
}

/** The actions that this agent is pilote of, and where they are edited. */
export function listPilotedEntries(db: Database, agentId: number) {
  return db
    .selectFrom('action_pilotes')
    .innerJoin('actions', 'actions.id', 'action_pilotes.action_id')
    .leftJoin('entries', (join) =>
      join.onRef('entries.content_id', '=', 'actions.id').on('entries.kind', '=', 'action')
    )
    .select(['actions.number', 'actions.title', 'entries.id as entry_id'])
    .where('action_pilotes.agent_id', '=', agentId)
    .orderBy('actions.number')
    .limit(3000)
    .execute()
}

/** All that this agent answers for, and who does beside them. */
export async function listTrusts(db: Database, agentId: number): Promise<Trust[]> {
  const { rows } = await sql<Trust>`
    with trusts as (
      select 0 as rank, 'direction' as kind, directions.id, directions."order" as place, directions.name as label
      from direction_referents join directions on directions.id = direction_referents.direction_id
      where direction_referents.agent_id = ${agentId}
      union all
      select 1, 'action', actions.id, actions.number, 'Action ' || actions.number || '. ' || actions.title
      from action_pilotes join actions on actions.id = action_pilotes.action_id
      where action_pilotes.agent_id = ${agentId}
    )
    select kind, id, label, coalesce((
      select json_agg(json_build_object('id', agents.id, 'name', agents.name) order by agents.name)
      from agents
      where agents.id <> ${agentId} and agents.deactivated_at is null and case kind
        when 'direction' then exists (select from direction_referents where direction_id = trusts.id and agent_id = agents.id)
        else exists (select from action_pilotes where action_id = trusts.id and agent_id = agents.id)
      end
    ), '[]') as others
    from trusts
    order by rank, place, label`.execute(db)
  return rows
}

/** Who can take over from this agent. */
export function listCandidates(db: Database, agentId: number) {
  return db
    .selectFrom('agents')
    .select(['id', 'name', 'email'])
    .where('deactivated_at', 'is', null)
    .where('id', '!=', agentId)
    .orderBy(sql`unaccent(lower(name))`)
    .orderBy('id')
    .execute()
}

export interface AgentDetails {
  email: string
  name: string
  jobTitle: string
  role: 'agent' | 'webmaster'
}

/** The number of the new agent; undefined when the address has an account. */
export async function insertAgent(db: Database, details: AgentDetails): Promise<number | undefined> {
  const row = await db
    .insertInto('agents')
    .values({ email: details.email, name: details.name, job_title: details.jobTitle, role: details.role })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export type Refusal = 'own-account' | 'last-webmaster' | 'not-webmaster' | 'deactivated'

/**
 * Every change that takes a right away begins here. The active webmasters are locked, in order: such changes come one after
 * the other, so that two webmasters cannot send each other away at once, nor each deactivate one of the last two référents.
 */
async function refusalOf(
  trx: Transaction<DB>,
  change: { byId: number; agentId: number; losesWebmaster: boolean }
): Promise<Refusal | undefined> {
  const webmasters = await trx
    .selectFrom('agents')
    .select('id')
    .where('role', '=', 'webmaster')
    .where('deactivated_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  if (!webmasters.some(({ id }) => id === change.byId)) return 'not-webmaster'
  // Whoever else is concerned, the webmaster who asks remains.
  if (!change.losesWebmaster || change.agentId !== change.byId) return undefined
  return webmasters.length > 1 ? 'own-account' : 'last-webmaster'
}

export interface AgentChange {
  agentId: number
  byId: number
  name: string
  jobTitle: string
  role: 'agent' | 'webmaster'
  directionIds: number[]
}

export interface ChangedAgent {
  refusal?: Refusal
  /** The directions that have no référent any more. */
  orphans: string[]
}

export function changeAgent(db: Database, change: AgentChange): Promise<ChangedAgent> {
  return db.transaction().execute(async (trx) => {
    const { agentId, byId } = change
    const refusal = await refusalOf(trx, { agentId, byId, losesWebmaster: change.role === 'agent' })
    if (refusal) return { refusal, orphans: [] }
    const row = await trx
      .updateTable('agents')
      .set({ name: change.name, job_title: change.jobTitle, role: change.role })
      .where('id', '=', agentId)
      .where('deactivated_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!row) return { refusal: 'deactivated', orphans: [] }
    return { orphans: await writeDirections(trx, agentId, change.directionIds) }
  })
}

async function writeDirections(trx: Transaction<DB>, agentId: number, directionIds: number[]): Promise<string[]> {
  const left = await trx
    .deleteFrom('direction_referents')
    .where('agent_id', '=', agentId)
    .where(sql<boolean>`not direction_id = any(${directionIds}::integer[])`)
    .returning('direction_id')
    .execute()
  await sql`
    insert into direction_referents (direction_id, agent_id)
    select id, ${agentId} from directions where id = any(${directionIds}::integer[])
    on conflict do nothing`.execute(trx)
  const leftIds = left.map((row) => row.direction_id)
  if (leftIds.length === 0) return []
  const orphans = await trx
    .selectFrom('directions')
    .select('name')
    .where('id', 'in', leftIds)
    .where(sql<boolean>`not exists (
      select from direction_referents join agents on agents.id = direction_referents.agent_id
      where direction_id = directions.id and agents.deactivated_at is null)`)
    .orderBy('name')
    .execute()
  return orphans.map((row) => row.name)
}

export type Deactivation =
  | { result: 'done' }
  | { result: 'refused'; refusal: Refusal }
  | { result: 'heirs'; heirs: Heirs; trusts: Trust[] }

/** Out at their next request, with all they answered for in the hands of those that the form names. */
export function deactivateAgent(
  db: Database,
  { agentId, byId, body }: { agentId: number; byId: number; body: unknown }
): Promise<Deactivation> {
  return db.transaction().execute(async (trx): Promise<Deactivation> => {
    const refusal = await refusalOf(trx, { agentId, byId, losesWebmaster: true })
    if (refusal) return { result: 'refused', refusal }
    const trusts = await listTrusts(trx, agentId)
    const candidates = await listCandidates(trx, agentId)
    const heirs = readHeirs(body, trusts, new Set(candidates.map(({ id }) => id)))
    if (heirs.errors.length > 0) return { result: 'heirs', heirs, trusts }
    for (const trust of trusts) await handOver(trx, trust, agentId, heirs.chosen.get(heirField(trust)))
    await trx
      .updateTable('agents')
      .set({ deactivated_at: sql`now()` })
      .where('id', '=', agentId)
      .where('deactivated_at', 'is', null)
      .execute()
    await revokeSessions(trx, agentId)
    return { result: 'done' }
  })
}

async function handOver(trx: Transaction<DB>, trust: Trust, fromId: number, heirId: number | undefined): Promise<void> {
  if (trust.kind === 'direction') {
    if (heirId !== undefined) {
      await trx
        .insertInto('direction_referents')
        .values({ direction_id: trust.id, agent_id: heirId })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
    await trx
      .deleteFrom('direction_referents')
      .where('direction_id', '=', trust.id)
      .where('agent_id', '=', fromId)
      .execute()
    return
  }
  if (heirId !== undefined) {
    await trx
      .insertInto('action_pilotes')
      .values({ action_id: trust.id, agent_id: heirId })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  await trx.deleteFrom('action_pilotes').where('action_id', '=', trust.id).where('agent_id', '=', fromId).execute()
  // A draft that waits holds its own list of pilotes: published later, it must not bring the leaver back.
  await sql`
    update entries set draft = jsonb_set(draft, '{piloteIds}', (
      select coalesce(jsonb_agg(distinct id), '[]') from (
        select value from jsonb_array_elements(draft -> 'piloteIds') where value <> to_jsonb(${fromId}::integer)
        union all
        select to_jsonb(${heirId ?? null}::integer) where ${heirId ?? null}::integer is not null
      ) as pilotes (id)
    ))
    where kind = 'action' and content_id = ${trust.id}
      and draft -> 'piloteIds' @> to_jsonb(${fromId}::integer)`.execute(trx)
}

export async function reactivateAgent(db: Database, agentId: number): Promise<void> {
  await db.updateTable('agents').set({ deactivated_at: null }).where('id', '=', agentId).execute()
}

export async function setWhoMaySignIn(db: Database, who: 'domains' | 'listed'): Promise<void> {
  await db.updateTable('settings').set({ who_may_sign_in: who }).execute()
}

/** The accounts that a list to import names already. */
export function listKnownAgents(db: Database, emails: string[]) {
  return db
    .selectFrom('agents')
    .select(['email', 'name', 'job_title', 'deactivated_at'])
    .where(sql<boolean>`email = any(${emails}::text[])`)
    .execute()
}

/** Once or ten times, the result is the same. Nobody is given a right, nor comes back from being deactivated. */
export function importAgents(
  db: Database,
  agents: ImportedAgent[],
  { updates }: { updates: boolean }
): Promise<{ added: number; updated: number }> {
  return db.transaction().execute(async (trx) => {
    const rows = JSON.stringify(
      agents.map(({ email, name, jobTitle }) => ({ email, name, job_title: jobTitle, guess: nameFromAddress(email) }))
    )
    const incoming = sql`jsonb_to_recordset(${rows}::jsonb) as incoming (email text, name text, job_title text, guess text)`
    const updated = updates
      ? await sql<{ id: number }>`
          update agents set name = coalesce(incoming.name, agents.name),
            job_title = coalesce(incoming.job_title, agents.job_title)
          from ${incoming}
          where agents.email = incoming.email and agents.deactivated_at is null
            and (agents.name <> incoming.name or agents.job_title <> incoming.job_title)
          returning agents.id`.execute(trx)
      : { rows: [] }
    const added = await sql<{ id: number }>`
      insert into agents (email, name, job_title)
      select email, coalesce(name, guess), coalesce(job_title, '') from ${incoming}
      on conflict (email) do nothing
      returning id`.execute(trx)
    return { added: added.rows.length, updated: updated.rows.length }
  })
}
