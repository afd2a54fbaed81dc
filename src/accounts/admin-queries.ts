/** Who the agents are, what each answers for, and the changes that must leave neither a site nor a page without its owner. */
import { type ExpressionBuilder, type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import { enqueue, enqueueSpread } from '../mail/outbox.ts'
import type { SignedInAgent } from '../web/context.ts'
import { countText } from '../web/format.ts'
import { noteInJournal } from '../web/journal.ts'
import { nameFromAddress } from './addresses.ts'
import { type AgentFilter, type Heirs, heirField, type Right, readHeirs, type Trust } from './admin-forms.ts'
import type { ImportedAgent } from './agent-import.ts'
import { invitationKind } from './message.ts'
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
    .select(
      sql<Date | null>`(select max(at) from journal
        where subject = 'agent' and subject_id = agents.id and event = 'invited')`.as('invited_at')
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
      union all
      select 2, 'draft', entries.id, entries.id, 'Brouillon «\u00a0' || coalesce(nullif(entries.title, ''), 'Sans titre') || '\u00a0»'
      from entries
      where ${namesInDraft(agentId)} and not case kind
        when 'action' then exists (select from action_pilotes where action_id = content_id and agent_id = ${agentId})
        else exists (select from direction_referents where direction_id = content_id and agent_id = ${agentId})
      end
    )
    select kind, id, label, coalesce((
      select json_agg(json_build_object('id', agents.id, 'name', agents.name) order by agents.name)
      from agents
      where agents.id <> ${agentId} and agents.deactivated_at is null and case kind
        when 'direction' then exists (select from direction_referents where direction_id = trusts.id and agent_id = agents.id)
        when 'draft' then exists (
          select from entries where entries.id = trusts.id
            and coalesce(draft -> 'piloteIds', draft -> 'referentIds') @> to_jsonb(agents.id))
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

/** Who makes a change: their name is kept in the journal. */
export type By = Pick<SignedInAgent, 'id' | 'name'>

function note(
  trx: Database,
  by: By,
  event: string,
  about: { id: number | null; name: string },
  details = ''
): Promise<void> {
  return noteInJournal(trx, {
    agentId: by.id,
    agentName: by.name,
    subject: 'agent',
    subjectId: about.id,
    title: about.name,
    event,
    details
  })
}

const roleNames = { agent: 'Agent', webmaster: 'Webmaster' } as const

/** The number of the new agent; undefined when the address has an account. */
export function insertAgent(db: Database, details: AgentDetails, by: By): Promise<number | undefined> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .insertInto('agents')
      .values({ email: details.email, name: details.name, job_title: details.jobTitle, role: details.role })
      .onConflict((conflict) => conflict.column('email').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!row) return undefined
    await note(trx, by, 'added', { id: row.id, name: details.name }, `Rôle\u00a0: ${roleNames[details.role]}`)
    return row.id
  })
}

/** Asks for the message that tells this agent where the site is. */
export function inviteAgent(db: Database, agent: { id: number; name: string }, by: By): Promise<void> {
  return db.transaction().execute(async (trx) => {
    await enqueue(trx, { kind: invitationKind, payload: { agent: agent.id, by: by.name } })
    await note(trx, by, 'invited', agent)
  })
}

export type Refusal = 'own-account' | 'last-webmaster' | 'not-webmaster' | 'deactivated'

/**
 * Every change that takes a right away begins here. The active webmasters and the agent are locked, in order: such changes come
 * one after the other, so that two webmasters cannot send each other away at once, nor each deactivate one of the last two
 * référents. The lock lets others name these agents meanwhile (the author of a publication); whoever needs entries after it
 * takes them next, and content last: publications take entries, then content.
 */
async function refusalOf(
  trx: Transaction<DB>,
  change: { byId: number; agentId: number; losesWebmaster: boolean }
): Promise<Refusal | undefined> {
  const locked = await trx
    .selectFrom('agents')
    .select(['id', sql<boolean>`role = 'webmaster' and deactivated_at is null`.as('is_webmaster')])
    .where((eb) =>
      eb.or([eb('id', '=', change.agentId), eb.and([eb('role', '=', 'webmaster'), eb('deactivated_at', 'is', null)])])
    )
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  const webmasters = locked.filter((row) => row.is_webmaster)
  if (!webmasters.some(({ id }) => id === change.byId)) return 'not-webmaster'
  // Whoever else is concerned, the webmaster who asks remains.
  if (!change.losesWebmaster || change.agentId !== change.byId) return undefined
  return webmasters.length > 1 ? 'own-account' : 'last-webmaster'
}

export interface AgentChange {
  agentId: number
  by: By
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
    const { agentId, by } = change
    const refusal = await refusalOf(trx, { agentId, byId: by.id, losesWebmaster: change.role === 'agent' })
    if (refusal) return { refusal, orphans: [] }
    const before = await findAgent(trx, agentId)
    if (!before || before.deactivated_at) return { refusal: 'deactivated', orphans: [] }
    const directions = await writeDirections(trx, agentId, change.directionIds)
    await trx
      .updateTable('agents')
      .set({ name: change.name, job_title: change.jobTitle, role: change.role })
      .where('id', '=', agentId)
      .execute()
    const details = [
      before.name !== change.name && `Nom\u00a0: ${before.name} → ${change.name}`,
      before.job_title !== change.jobTitle &&
        `Fonction\u00a0: ${before.job_title || 'aucune'} → ${change.jobTitle || 'aucune'}`,
      before.role !== change.role && `Rôle\u00a0: ${roleNames[before.role]} → ${roleNames[change.role]}`,
      directions.joined.length > 0 && `Devient référence de\u00a0: ${directions.joined.join(', ')}`,
      directions.left.length > 0 && `N’est plus référence de\u00a0: ${directions.left.join(', ')}`
    ].filter((detail) => typeof detail === 'string')
    if (details.length > 0) await note(trx, by, 'changed', { id: agentId, name: change.name }, details.join('. '))
    return { orphans: directions.orphans }
  })
}

async function writeDirections(
  trx: Transaction<DB>,
  agentId: number,
  directionIds: number[]
): Promise<{ joined: string[]; left: string[]; orphans: string[] }> {
  const wanted = sql<boolean>`directions.id = any(${directionIds}::integer[])`
  const isReferent = sql<boolean>`exists (
    select from direction_referents where direction_id = directions.id and agent_id = ${agentId})`
  const { rows: changes } = await sql<{ id: number; name: string; joins: boolean }>`
    select id, name, ${wanted} as joins from directions where ${wanted} <> ${isReferent} order by "order", name`.execute(
    trx
  )
  if (changes.length === 0) return { joined: [], left: [], orphans: [] }
  const ids = changes.map(({ id }) => id)
  // Drafts that wait hold their own list of référents: published later, they must not undo this.
  await trx
    .selectFrom('entries')
    .select('id')
    .where('kind', '=', 'direction')
    .where('content_id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute()
  for (const { id, joins } of changes) {
    const own = { direction_id: id, agent_id: agentId }
    if (joins) {
      await trx
        .insertInto('direction_referents')
        .values(own)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    } else {
      await trx
        .deleteFrom('direction_referents')
        .where('direction_id', '=', id)
        .where('agent_id', '=', agentId)
        .execute()
    }
    const drafts = sql<boolean>`kind = 'direction' and content_id = ${id}`
    await rewriteDrafts(trx, 'referentIds', drafts, joins ? undefined : agentId, joins ? agentId : undefined)
  }
  const orphans = await trx
    .selectFrom('directions')
    .select('name')
    .where('id', 'in', ids)
    .where(sql<boolean>`not exists (
      select from direction_referents join agents on agents.id = direction_referents.agent_id
      where direction_id = directions.id and agents.deactivated_at is null)`)
    .orderBy('name')
    .execute()
  return {
    joined: changes.filter(({ joins }) => joins).map(({ name }) => name),
    left: changes.filter(({ joins }) => !joins).map(({ name }) => name),
    orphans: orphans.map((row) => row.name)
  }
}

type PeopleOfDraft = 'piloteIds' | 'referentIds'

/** In the drafts that hold such a list: one person out of it, another in; the rest stays as it is. */
async function rewriteDrafts(
  trx: Transaction<DB>,
  key: PeopleOfDraft,
  which: RawBuilder<boolean>,
  outId: number | undefined,
  inId: number | undefined
): Promise<void> {
  const [out, into] = [outId ?? null, inId ?? null]
  await sql`
    update entries set draft = jsonb_set(draft, array[${key}::text], (
      select coalesce(jsonb_agg(distinct id), '[]') from (
        select value from jsonb_array_elements(draft -> ${key}::text) where value is distinct from to_jsonb(${out}::integer)
        union all
        select to_jsonb(${into}::integer) where ${into}::integer is not null
      ) as people (id)
    ))
    where ${which} and jsonb_typeof(draft -> ${key}::text) = 'array'
      and (${out}::integer is null or draft -> ${key}::text @> to_jsonb(${out}::integer))`.execute(trx)
}

export type Deactivation =
  | { result: 'done' }
  | { result: 'refused'; refusal: Refusal }
  | { result: 'heirs'; heirs: Heirs; trusts: Trust[] }

/** Out at their next request, with all they answered for in the hands of those that the form names. */
export function deactivateAgent(
  db: Database,
  { agentId, by, body }: { agentId: number; by: By; body: unknown }
): Promise<Deactivation> {
  return db.transaction().execute(async (trx): Promise<Deactivation> => {
    const refusal = await refusalOf(trx, { agentId, byId: by.id, losesWebmaster: true })
    if (refusal) return { result: 'refused', refusal }
    await lockEntriesOf(trx, agentId)
    const agent = await findAgent(trx, agentId)
    const trusts = await listTrusts(trx, agentId)
    const candidates = await listCandidates(trx, agentId)
    const heirs = readHeirs(body, trusts, new Set(candidates.map(({ id }) => id)))
    if (heirs.errors.length > 0) return { result: 'heirs', heirs, trusts }
    if (!agent || agent.deactivated_at) return { result: 'done' }
    const about = { id: agentId, name: agent.name }
    for (const trust of trusts) {
      const heirId = heirs.chosen.get(heirField(trust))
      await handOver(trx, trust, agentId, heirId)
      const heir = candidates.find(({ id }) => id === heirId)?.name ?? trust.others.map(({ name }) => name).join(', ')
      await note(trx, by, 'handed-over', about, `${trust.label}\u00a0: confié à ${heir}`)
    }
    await trx.updateTable('agents').set({ deactivated_at: sql`now()` }).where('id', '=', agentId).execute()
    await revokeSessions(trx, agentId)
    await note(trx, by, 'deactivated', about)
    return { result: 'done' }
  })
}

/** Entries before what they publish: in the order of publications, which then wait instead of meeting us half-way. */
async function lockEntriesOf(trx: Transaction<DB>, agentId: number): Promise<void> {
  await sql`
    select id from entries
    where (kind = 'action' and content_id in (select action_id from action_pilotes where agent_id = ${agentId}))
      or (kind = 'direction' and content_id in (select direction_id from direction_referents where agent_id = ${agentId}))
      or ${namesInDraft(agentId)}
    order by id for update`.execute(trx)
}

function namesInDraft(agentId: number): RawBuilder<boolean> {
  return sql<boolean>`coalesce(
    (kind = 'action' and draft -> 'piloteIds' @> to_jsonb(${agentId}::integer))
    or (kind = 'direction' and draft -> 'referentIds' @> to_jsonb(${agentId}::integer)), false)`
}

async function handOver(trx: Transaction<DB>, trust: Trust, fromId: number, heirId: number | undefined): Promise<void> {
  const { kind, id } = trust
  if (kind === 'draft') {
    for (const key of ['piloteIds', 'referentIds'] as const) {
      await rewriteDrafts(trx, key, sql<boolean>`id = ${id}`, fromId, heirId)
    }
    return
  }
  if (kind === 'direction') {
    if (heirId !== undefined) {
      await trx
        .insertInto('direction_referents')
        .values({ direction_id: id, agent_id: heirId })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
    await trx.deleteFrom('direction_referents').where('direction_id', '=', id).where('agent_id', '=', fromId).execute()
  } else {
    if (heirId !== undefined) {
      await trx
        .insertInto('action_pilotes')
        .values({ action_id: id, agent_id: heirId })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
    await trx.deleteFrom('action_pilotes').where('action_id', '=', id).where('agent_id', '=', fromId).execute()
  }
  // A draft that waits holds its own list: published later, it must not bring the leaver back.
  const key = kind === 'direction' ? 'referentIds' : 'piloteIds'
  await rewriteDrafts(trx, key, sql<boolean>`kind = ${kind} and content_id = ${id}`, fromId, heirId)
}

export function reactivateAgent(db: Database, agent: { id: number; name: string }, by: By): Promise<void> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable('agents')
      .set({ deactivated_at: null })
      .where('id', '=', agent.id)
      .where('deactivated_at', 'is not', null)
      .returning('id')
      .executeTakeFirst()
    if (row) await note(trx, by, 'reactivated', agent)
  })
}

/** All the sessions of an agent but the one that asks. */
export function signAgentOut(
  db: Database,
  agent: { id: number; name: string },
  by: By,
  sparedSessionId?: number
): Promise<void> {
  return db.transaction().execute(async (trx) => {
    await revokeSessions(trx, agent.id, sparedSessionId)
    await note(trx, by, 'signed-out', agent)
  })
}

/** The accounts that a list to import names already. */
export function listKnownAgents(db: Database, emails: string[]) {
  return db
    .selectFrom('agents')
    .select(['email', 'name', 'job_title', 'deactivated_at'])
    .where(sql<boolean>`email = any(${emails}::text[])`)
    .execute()
}

export interface Imported {
  added: number
  updated: number
  invited: number
}

/** Once or ten times, the result is the same. Nobody is given a right, nor comes back from being deactivated. */
export function importAgents(
  db: Database,
  agents: ImportedAgent[],
  { updates, invites, by }: { updates: boolean; invites: boolean; by: By }
): Promise<Imported> {
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
    const ids = added.rows.map(({ id }) => id)
    if (invites) {
      const payloads = ids.map((agent) => ({ agent, by: by.name }))
      await enqueueSpread(trx, invitationKind, payloads)
    }
    const done = { added: ids.length, updated: updated.rows.length, invited: invites ? ids.length : 0 }
    if (done.added + done.updated > 0) {
      const title = [
        done.added > 0 && countText(done.added, 'agent ajouté', 'agents ajoutés'),
        done.updated > 0 && countText(done.updated, 'compte mis à jour', 'comptes mis à jour')
      ]
      await note(
        trx,
        by,
        'imported',
        { id: null, name: title.filter(Boolean).join(', ') },
        done.invited > 0 ? 'Avec une invitation à chacun' : ''
      )
    }
    return done
  })
}
