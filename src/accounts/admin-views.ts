/** What the screens of agents show. */
import { countText, instantDay, numberText, today } from '../web/format.ts'
import { type Choice, choiceOf, errorOf, type Field, type FieldError, fieldOf, type Typed } from '../web/forms.ts'
import { type Pager, pagerOf } from '../web/pagination.ts'
import {
  type AgentFilter,
  agentQuery,
  type Heirs,
  heirField,
  heirOfAll,
  type Right,
  type Trust
} from './admin-forms.ts'
import {
  agentsOnPage,
  type countAgents,
  type FoundAgent,
  type Imported,
  type listAgents,
  type listCandidates,
  type listDirectionsFor,
  type listKnownAgents,
  type listPilotedEntries,
  type listRights,
  type Refusal
} from './admin-queries.ts'
import type { AgentImport } from './agent-import.ts'
import { domainsInWords } from './forms.ts'

declare module '../web/render.ts' {
  interface Views {
    'accounts/admin/list': AgentsPage
    'accounts/admin/new': NewAgentPage
    'accounts/admin/edit': AgentPage
    'accounts/admin/deactivate': DeactivatePage
    'accounts/admin/import': ImportPage
    'accounts/admin/preview': PreviewPage
  }
}

type Rows<Query extends (...parameters: never[]) => Promise<unknown[]>> = Awaited<ReturnType<Query>>

export const agentsPath = '/gestion/agents'

interface FormPage {
  titlePrefix: string
  errors: FieldError[]
}

function formPage(errors: FieldError[]): FormPage {
  return { titlePrefix: errors.length > 0 ? 'Erreur\u00a0: ' : '', errors }
}

export interface AgentsPage {
  words: string
  right: Right | undefined
  tabs: { label: string; href: string; current: boolean }[]
  summary: string
  rows: { href: string; name: string; email: string; jobTitle: string; rights: string[]; lastSignIn: string }[]
  pager: Pager | undefined
  /** Who may sign in, in a sentence. */
  who: string
}

export function agentsPage(parts: {
  rows: Rows<typeof listAgents>
  counts: Awaited<ReturnType<typeof countAgents>>
  filter: AgentFilter
  page: number
  whoMaySignIn: 'domains' | 'listed'
  domains: string[]
}): AgentsPage {
  const { filter, counts } = parts
  const count = filter.right ? counts[filter.right] : counts.active
  const tab = (label: string, right: Right | undefined, held: number) => {
    const query = agentQuery({ ...filter, right }).toString()
    return {
      label: `${label} (${numberText(held)})`,
      href: query === '' ? agentsPath : `${agentsPath}?${query}`,
      current: right === filter.right
    }
  }
  return {
    words: filter.text,
    right: filter.right,
    tabs: [
      tab('Comptes actifs', undefined, counts.active),
      tab('Webmasters', 'webmasters', counts.webmasters),
      tab('Référents', 'referents', counts.referents),
      tab('Pilotes', 'pilotes', counts.pilotes),
      tab('Désactivés', 'desactives', counts.desactives)
    ],
    summary: count === 0 ? 'Aucun agent' : countText(count, 'agent'),
    rows: parts.rows.map((row) => ({
      href: `${agentsPath}/${row.id}`,
      name: row.name,
      email: row.email,
      jobTitle: row.job_title,
      rights: rightsInWords(row),
      lastSignIn: row.last_signed_in_at ? instantDay(row.last_signed_in_at).text : 'Jamais'
    })),
    pager: pagerOf(agentsPath, agentQuery(filter), parts.page, Math.ceil(count / agentsOnPage)),
    who:
      parts.whoMaySignIn === 'domains'
        ? `Toute personne dont l’adresse finit par ${domainsInWords(parts.domains)} peut se connecter\u00a0: son compte se crée alors tout seul.`
        : 'Seuls les agents de cette liste peuvent se connecter\u00a0: ajoutez les nouveaux arrivants.'
  }
}

function rightsInWords(row: { role: 'agent' | 'webmaster'; directions: string[]; actions: string[] }): string[] {
  const rights = [
    row.role === 'webmaster' && 'Webmaster',
    row.directions.length > 0 && `Référence de direction\u00a0: ${row.directions.join(', ')}`,
    row.actions.length > 0 && `Pilotage de ${countText(row.actions.length, 'action')}`
  ]
  return rights.filter((right) => typeof right === 'string')
}

interface AgentFields {
  name: Field
  jobTitle: Field
  role: Choice
}

function agentFields(values: { name: string; jobTitle: string; role: string }, errors: FieldError[]): AgentFields {
  return {
    name: fieldOf({
      name: 'nom',
      label: 'Prénom et nom',
      value: values.name,
      error: errorOf(errors, 'nom'),
      maxlength: 120
    }),
    jobTitle: fieldOf({
      name: 'fonction',
      label: 'Fonction',
      optional: true,
      value: values.jobTitle,
      error: errorOf(errors, 'fonction'),
      maxlength: 160
    }),
    role: choiceOf({
      name: 'role',
      label: 'Rôle',
      value: values.role,
      error: errorOf(errors, 'role'),
      options: [
        { value: 'agent', label: 'Agent', hint: 'Lit le site, et met à jour ce qui lui est confié.' },
        { value: 'webmaster', label: 'Webmaster', hint: 'Écrit et publie partout, et gère les comptes.' }
      ]
    })
  }
}

export interface NewAgentPage extends FormPage, AgentFields {
  address: Field
  invites: boolean
}

export function newAgentPage(domains: string[], typed: Typed = {}, errors: FieldError[] = []): NewAgentPage {
  return {
    ...formPage(errors),
    address: fieldOf({
      name: 'adresse',
      label: 'Adresse électronique',
      hint: `Elle finit par ${domainsInWords(domains)}. La partie avant l’arobase suffit pour @${domains[0]}.`,
      value: typed.adresse ?? '',
      error: errorOf(errors, 'adresse'),
      inputmode: 'email',
      spellcheck: false,
      autocomplete: 'off'
    }),
    ...agentFields({ name: typed.nom ?? '', jobTitle: typed.fonction ?? '', role: typed.role ?? 'agent' }, errors),
    invites: errors.length === 0 || typed.inviter === 'oui'
  }
}

export interface AgentPage extends FormPage, AgentFields {
  href: string
  heading: string
  email: string
  facts: { label: string; value: string }[]
  isDeactivated: boolean
  isOwn: boolean
  hasSignedIn: boolean
  /** « 2 sessions ouvertes », or empty. */
  sessions: string
  directions: { id: number; label: string; ticked: boolean }[]
  actions: { label: string; href: string | undefined }[]
}

export function agentAdminPage(parts: {
  agent: FoundAgent
  isOwn: boolean
  directions: Rows<typeof listDirectionsFor>
  actions: Rows<typeof listPilotedEntries>
  typed?: Typed
  ticked?: number[]
  errors?: FieldError[]
}): AgentPage {
  const { agent, typed = {}, ticked, errors = [] } = parts
  const facts = [
    { label: 'Adresse électronique', value: agent.email },
    { label: 'Compte créé le', value: instantDay(agent.created_at).text },
    {
      label: 'Dernière connexion',
      value: agent.last_signed_in_at ? instantDay(agent.last_signed_in_at).text : 'Jamais'
    }
  ]
  if (agent.invited_at) facts.push({ label: 'Dernière invitation', value: instantDay(agent.invited_at).text })
  if (agent.deactivated_at) facts.push({ label: 'Désactivé le', value: instantDay(agent.deactivated_at).text })
  return {
    ...formPage(errors),
    href: `${agentsPath}/${agent.id}`,
    heading: agent.name,
    email: agent.email,
    facts,
    isDeactivated: agent.deactivated_at !== null,
    isOwn: parts.isOwn,
    hasSignedIn: agent.last_signed_in_at !== null,
    sessions:
      agent.session_count === 0 ? '' : countText(agent.session_count, 'appareil connecté', 'appareils connectés'),
    ...agentFields(
      {
        name: typed.nom ?? agent.name,
        jobTitle: typed.fonction ?? agent.job_title,
        role: typed.role ?? agent.role
      },
      errors
    ),
    directions: parts.directions.map((row) => ({
      id: row.id,
      label: row.name,
      ticked: ticked ? ticked.includes(row.id) : row.is_referent
    })),
    actions: parts.actions.map((row) => ({
      label: `${row.number}. ${row.title}`,
      href: row.entry_id === null ? undefined : `/gestion/actions/${row.entry_id}`
    }))
  }
}

/** Why a change of rights was not made. */
export function refusalSentence(refusal: Refusal): string {
  switch (refusal) {
    case 'own-account':
      return 'Vous ne pouvez pas retirer vos propres droits. Demandez à un autre webmaster.'
    case 'last-webmaster':
      return 'Vous êtes le seul webmaster\u00a0: le site n’aurait plus personne pour le gérer. Nommez d’abord quelqu’un d’autre.'
    case 'not-webmaster':
      return 'Vous n’êtes plus webmaster\u00a0: rien n’a été changé.'
    case 'deactivated':
      return 'Ce compte vient d’être désactivé\u00a0: rien n’a été changé. Réactivez-le d’abord.'
  }
}

export function changedMessage(name: string, orphans: string[]): string {
  const saved = `Les droits et la fiche de ${name} sont enregistrés.`
  if (orphans.length === 0) return saved
  const names = new Intl.ListFormat('fr-FR').format(orphans.map((orphan) => `«\u00a0${orphan}\u00a0»`))
  return `${saved} Attention\u00a0: plus personne n’est référent de ${names}.`
}

interface HeirSelect {
  name: string
  label: string
  hint: string
  error: string | undefined
  none: string
  options: { value: number; label: string; selected: boolean }[]
}

export interface DeactivatePage extends FormPage {
  href: string
  name: string
  selects: HeirSelect[]
}

export function deactivatePage(
  agent: FoundAgent,
  trusts: Trust[],
  candidates: Rows<typeof listCandidates>,
  heirs?: Heirs
): DeactivatePage {
  const errors = heirs?.errors ?? []
  const select = (name: string, label: string, hint: string, none: string): HeirSelect => ({
    name,
    label,
    hint,
    none,
    error: errorOf(errors, name),
    options: candidates.map((row) => ({
      value: row.id,
      label: `${row.name} (${row.email})`,
      selected: heirs?.typed.get(name) === String(row.id)
    }))
  })
  const none = trusts.length > 1 ? 'Comme ci-dessus, ou personne de plus' : 'Personne de plus'
  const own = (trust: Trust): HeirSelect => {
    const others = new Intl.ListFormat('fr-FR').format(trust.others.map((other) => other.name))
    return select(
      heirField(trust),
      trust.label,
      trust.others.length > 0 ? `En répond aussi\u00a0: ${others}.` : 'Plus personne d’autre n’en répond.',
      trust.others.length > 0 ? none : 'Choisissez…'
    )
  }
  const all = select(
    heirOfAll,
    'Tout confier à la même personne',
    'Pour tout ce qui n’a pas d’autre choix ci-dessous.',
    'Non, je choisis un par un'
  )
  return {
    ...formPage(errors),
    href: `${agentsPath}/${agent.id}`,
    name: agent.name,
    selects: trusts.length > 1 ? [all, ...trusts.map(own)] : trusts.map(own)
  }
}

export interface ImportPage extends FormPage {
  fileError: string | undefined
  pasted: Field
}

export function importPage(pasted = '', problem?: string): ImportPage {
  const errors = problem ? [{ field: 'fichier', message: problem }] : []
  return {
    ...formPage(errors),
    fileError: problem,
    pasted: fieldOf({
      name: 'texte',
      label: 'Ou coller la liste',
      hint: 'Copiez les cellules dans votre tableur, ligne des titres comprise, et collez-les ici.',
      optional: true,
      type: 'textarea',
      rows: 8,
      value: pasted
    })
  }
}

export interface PreviewPage {
  /** Sent again to confirm: nothing is kept in between. */
  text: string
  summary: string
  refused: { line: number; message: string }[]
  rows: { line: number; email: string; name: string; jobTitle: string; outcome: string }[]
  /** What the button says; empty when there is nothing to do. */
  confirm: string
  /** How many accounts the box would change; empty when none. */
  updates: string
  /** Whether there is anybody to invite. */
  newcomers: boolean
}

export function previewPage(
  text: string,
  list: AgentImport,
  known: Rows<typeof listKnownAgents>,
  guess: (email: string) => string
): PreviewPage {
  const byEmail = new Map(known.map((row) => [row.email, row]))
  const outcomes = list.agents.map((agent) => outcomeOf(agent, byEmail.get(agent.email)))
  const newcomers = outcomes.filter((outcome) => outcome === 'new').length
  const different = outcomes.filter((outcome) => outcome === 'different').length
  const parts = [
    countText(newcomers, 'agent à ajouter', 'agents à ajouter'),
    known.length > 0 && countText(known.length, 'compte existe déjà', 'comptes existent déjà'),
    list.refused.length > 0 && countText(list.refused.length, 'ligne refusée', 'lignes refusées')
  ]
  return {
    text,
    summary: `${parts.filter(Boolean).join(', ')}.`,
    refused: list.refused,
    rows: list.agents.map((agent, index) => {
      const row = byEmail.get(agent.email)
      return {
        line: agent.line,
        email: agent.email,
        name: agent.name ?? row?.name ?? guess(agent.email),
        jobTitle: agent.jobTitle ?? row?.job_title ?? '',
        outcome: outcomeLabels[outcomes[index] ?? 'same']
      }
    }),
    confirm:
      newcomers > 0
        ? `Ajouter ${countText(newcomers, 'agent')}`
        : different > 0
          ? 'Mettre à jour les comptes choisis'
          : '',
    newcomers: newcomers > 0,
    updates: different > 0 ? countText(different, 'compte qui existe déjà', 'comptes qui existent déjà') : ''
  }
}

type Outcome = 'new' | 'same' | 'different' | 'deactivated'

const outcomeLabels: Record<Outcome, string> = {
  new: 'À ajouter',
  same: 'Existe déjà, sans changement',
  different: 'Existe déjà, avec un autre nom ou une autre fonction',
  deactivated: 'Compte désactivé, laissé tel quel'
}

function outcomeOf(
  agent: AgentImport['agents'][number],
  row: Rows<typeof listKnownAgents>[number] | undefined
): Outcome {
  if (!row) return 'new'
  if (row.deactivated_at) return 'deactivated'
  const isSame = (agent.name ?? row.name) === row.name && (agent.jobTitle ?? row.job_title) === row.job_title
  return isSame ? 'same' : 'different'
}

export function importedMessage({ added, updated, invited }: Imported): string {
  if (added + updated === 0) return 'Rien à faire\u00a0: tous ces comptes existent déjà.'
  const parts = [
    added > 0 && countText(added, 'agent ajouté', 'agents ajoutés'),
    updated > 0 && countText(updated, 'compte mis à jour', 'comptes mis à jour')
  ]
  const invitations = invited > 0 ? ' Leurs invitations partent, l’une après l’autre.' : ''
  return `${parts.filter(Boolean).join(', ')}.${invitations}`
}

/** The file of who has which right. */
export function rightsTable(rows: Rows<typeof listRights>): { filename: string; table: string[][] } {
  const heading = ['Adresse', 'Nom', 'Fonction', 'Rôle', 'Référent de', 'Pilote de', 'Compte', 'Dernière connexion']
  const day = (instant: Date | null): string => (instant ? instantDay(instant).iso : '')
  return {
    filename: `agents-et-droits-${today()}.csv`,
    table: [
      heading,
      ...rows.map((row) => [
        row.email,
        row.name,
        row.job_title,
        row.role === 'webmaster' ? 'Webmaster' : 'Agent',
        row.directions.join(' | '),
        row.actions.join(' | '),
        row.deactivated_at ? `Désactivé le ${day(row.deactivated_at)}` : 'Actif',
        day(row.last_signed_in_at)
      ])
    ]
  }
}
