/** What the pages of signing in and of one's account show. */
import { countText, type FormattedDate, instantDay, instantText } from '../web/format.ts'
import { type Choice, choiceOf, errorOf, type Field, type FieldError, fieldOf, type Typed } from '../web/forms.ts'
import { domainsInWords } from './forms.ts'
import { signInMinutes } from './limits.ts'
import type { Device } from './sessions.ts'

declare module '../web/render.ts' {
  interface Views {
    'accounts/sign-in': SignInPage
    'accounts/code': CodePage
    'accounts/link': LinkPage
    'accounts/link-refused': LinkRefusedPage
    'accounts/account': AccountPage
  }
}

interface FormPage {
  /** « Erreur : » in front of the title of a page that came back. */
  titlePrefix: string
  errors: FieldError[]
}

export interface SignInPage extends FormPage {
  email: Field
  returnTo: string
}

export interface CodePage extends FormPage {
  address: string
  minutes: number
  code: Field
  device: Choice
}

export interface LinkPage {
  address: string
  token: string
  device: Choice
}

export interface LinkRefusedPage {
  title: string
  explanation: string
  /** What this person can do now. */
  way: { label: string; href: string }
}

export interface DeviceView {
  label: string
  /** « Téléphone personnel » or « Poste partagé » */
  kind: string
  since: FormattedDate
  lastUse: string
  current: boolean
  signOutAction: string
}

export interface AccountPage extends FormPage {
  agentName: string
  name: Field
  email: string
  roleLabel: string
  jobTitle: string
  directions: RelationView[]
  actions: RelationView[]
  devices: DeviceView[]
  hasOtherDevices: boolean
}

/** A direction or an action that one takes care of; without an address as long as it is not published. */
export interface RelationView {
  label: string
  href: string | undefined
}

export function signInPage(
  domains: string[],
  returnTo: string,
  typed: Typed = {},
  errors: FieldError[] = []
): SignInPage {
  return {
    ...formPage(errors),
    returnTo,
    email: fieldOf({
      name: 'email',
      label: 'Votre adresse électronique professionnelle',
      hint: `Votre prénom et votre nom suffisent, par exemple prenom.nom : ${domainsHint(domains)}`,
      value: typed.email ?? '',
      error: errorOf(errors, 'email'),
      inputmode: 'email',
      autocomplete: 'email',
      spellcheck: false
    })
  }
}

function domainsHint(domains: string[]): string {
  const completed = `@${domains[0]} est ajouté.`
  return domains.length === 1 ? completed : `${completed} Adresses acceptées : ${domainsInWords(domains)}.`
}

export function codePage(address: string, days: number, typed: Typed = {}, errors: FieldError[] = []): CodePage {
  return {
    ...formPage(errors),
    address,
    minutes: signInMinutes,
    code: fieldOf({
      name: 'code',
      label: 'Code à 6 chiffres',
      hint: 'Il est dans l’objet du message.',
      value: typed.code ?? '',
      error: errorOf(errors, 'code'),
      inputmode: 'numeric',
      autocomplete: 'one-time-code',
      spellcheck: false,
      width: 'code'
    }),
    device: deviceChoice(days, typed.appareil)
  }
}

export function linkPage(address: string, days: number, token: string): LinkPage {
  return { address, token, device: deviceChoice(days) }
}

function deviceChoice(days: number, chosen?: string): Choice {
  return choiceOf({
    name: 'appareil',
    label: 'Sur quel appareil êtes-vous ?',
    value: chosen === 'partage' ? 'partage' : 'personnel',
    options: [
      {
        value: 'personnel',
        label: 'Téléphone personnel',
        hint: `Ou un ordinateur à vous : la connexion est gardée ${countText(days, 'jour')}.`
      },
      {
        value: 'partage',
        label: 'Poste partagé',
        hint: 'La connexion se ferme après 10 minutes sans rien faire, et avec le navigateur.'
      }
    ]
  })
}

/** The page of a link opened in a browser that did not ask for it: it tells nothing of whether the link is good. */
export const linkOfAnotherBrowser: LinkRefusedPage = {
  title: 'Tapez le code là où vous l’avez demandé',
  explanation:
    'Pour votre sécurité, ce lien ne marche que dans le navigateur où vous avez demandé à vous connecter. Revenez-y et tapez le code à 6 chiffres du message.',
  way: { label: 'Demander un code dans ce navigateur', href: '/connexion' }
}

export const linkTooOld: LinkRefusedPage = {
  title: 'Ce lien n’est plus valable',
  explanation: 'Il a déjà servi, ou il date de plus de dix minutes. Demandez un nouveau message.',
  way: { label: 'Demander un nouveau message', href: '/connexion' }
}

interface AccountRows {
  agent: { name: string; email: string; role: 'agent' | 'webmaster'; sessionId: number }
  jobTitle: string
  directions: { slug: string; name: string; is_published: boolean }[]
  actions: { slug: string; number: number; title: string; is_published: boolean }[]
  sessions: { id: number; device: Device; device_label: string; created_at: Date; last_seen_at: Date }[]
}

export function accountPage(rows: AccountRows, typed: Typed = {}, errors: FieldError[] = []): AccountPage {
  const { agent } = rows
  return {
    ...formPage(errors),
    agentName: agent.name,
    name: fieldOf({
      name: 'name',
      label: 'Prénom et nom',
      hint: 'Tels que vos collègues les verront sur le site.',
      value: typed.name ?? agent.name,
      error: errorOf(errors, 'name'),
      autocomplete: 'name',
      maxlength: 120
    }),
    email: agent.email,
    roleLabel: agent.role === 'webmaster' ? 'Webmaster' : 'Agent',
    jobTitle: rows.jobTitle,
    directions: rows.directions.map(({ slug, name, is_published }) => ({
      label: name,
      href: is_published ? `/directions/${slug}` : undefined
    })),
    actions: rows.actions.map(({ slug, number, title, is_published }) => ({
      label: `Action n° ${number} : ${title}`,
      href: is_published ? `/actions/${slug}` : undefined
    })),
    devices: rows.sessions.map((session) => ({
      label: session.device_label,
      kind: session.device === 'personnel' ? 'Téléphone personnel' : 'Poste partagé',
      since: instantDay(session.created_at),
      lastUse: instantText(session.last_seen_at),
      current: session.id === agent.sessionId,
      signOutAction: `/compte/appareils/${session.id}/deconnecter`
    })),
    hasOtherDevices: rows.sessions.some((session) => session.id !== agent.sessionId)
  }
}

function formPage(errors: FieldError[]): FormPage {
  return { titlePrefix: errors.length > 0 ? 'Erreur : ' : '', errors }
}
