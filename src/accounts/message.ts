/** The messages of accounts, the code and the invitation: who receives one is decided here, at the moment it leaves. */
import { sql } from 'kysely'
import { z } from 'zod'
import type { Config } from '../config.ts'
import type { MessageMaker } from '../mail/outbox.ts'
import { instantText } from '../web/format.ts'
import { templateEngine } from '../web/render.ts'
import { emailDomainsOf, readAddress } from './addresses.ts'
import { noNonce, signInSecrets } from './codes.ts'
import { signInMinutes } from './limits.ts'
import { signInMessageKind } from './sign-in.ts'

declare module '../web/render.ts' {
  interface MailViews {
    'mail/sign-in.html': SignInMessage
    'mail/sign-in.text': SignInMessage
    'mail/invitation.html': InvitationMessage
    'mail/invitation.text': InvitationMessage
  }
}

/** What views/mail/sign-in.*.eta show. */
export interface SignInMessage {
  siteName: string
  cityName: string
  /** « 123 456 » */
  code: string
  link: string
  minutes: number
  /** Where, when and on which device the message was asked for. */
  host: string
  askedAt: string
  device: string
}

/** What views/mail/invitation.*.eta show. */
export interface InvitationMessage {
  siteName: string
  cityName: string
  name: string
  /** Who invites. */
  by: string
  /** The address to type at the sign-in page. */
  email: string
  signInHref: string
  host: string
  minutes: number
  contactEmail: string | null
}

const payloadSchema = z.object({ request: z.int() })
const invitationSchema = z.object({ agent: z.int(), by: z.string() })

export const invitationKind = 'invitation'

/** The kinds of messages of this feature. */
export function accountMessages(config: Config): Record<string, MessageMaker> {
  return { [signInMessageKind]: signInMessage(config), [invitationKind]: invitation(config) }
}

/** Makes the message of a request, or none for a disabled or unlisted agent, or a request that can no longer be used. */
function signInMessage(config: Config): MessageMaker {
  const secrets = signInSecrets(config.sessionKeys)
  const { html, text } = engines()

  return async (db, payload) => {
    const { request } = payloadSchema.parse(payload)
    const row = await db
      .selectFrom('sign_in_requests')
      .innerJoin('settings', (join) => join.onTrue())
      .leftJoin('agents', 'agents.email', 'sign_in_requests.email')
      .select([
        'sign_in_requests.email',
        'sign_in_requests.nonce',
        'sign_in_requests.created_at',
        'sign_in_requests.device_label',
        'settings.site_name',
        'settings.city_name'
      ])
      .where('sign_in_requests.id', '=', request)
      .where('sign_in_requests.used_at', 'is', null)
      .where('sign_in_requests.expires_at', '>', sql<Date>`now()`)
      .where('agents.deactivated_at', 'is', null)
      .where((is) => is.or([is('settings.who_may_sign_in', '=', 'domains'), is('agents.id', 'is not', null)]))
      .executeTakeFirst()
    if (!row || row.nonce.equals(noNonce)) return undefined
    const code = secrets.code(row.nonce)
    const model: SignInMessage = {
      siteName: row.site_name,
      cityName: row.city_name,
      code: `${code.slice(0, 3)} ${code.slice(3)}`,
      link: `${config.baseUrl}/connexion/lien/${secrets.linkToken(row.nonce)}`,
      minutes: signInMinutes,
      host: new URL(config.baseUrl).host,
      askedAt: instantText(row.created_at),
      device: row.device_label
    }
    return {
      to: row.email,
      subject: `${model.code} est votre code de connexion – ${oneLine(row.site_name)}`,
      text: text.render('/mail/sign-in.text.eta', model),
      html: html.render('/mail/sign-in.html.eta', model)
    }
  }
}

/** Makes the message that tells an agent where the site is. It holds nothing that opens it: signing in is the same for all. */
function invitation(config: Config): MessageMaker {
  const { html, text } = engines()
  return async (db, payload) => {
    const { agent, by } = invitationSchema.parse(payload)
    const row = await db
      .selectFrom('agents')
      .innerJoin('settings', (join) => join.onTrue())
      .select(['agents.email', 'agents.name', 'settings.site_name', 'settings.city_name'])
      .select(['settings.contact_email', 'settings.email_domains'])
      .where('agents.id', '=', agent)
      .where('agents.deactivated_at', 'is', null)
      .executeTakeFirst()
    // An address that the sign-in page refuses would only be disappointed.
    if (!row || !readAddress(row.email, emailDomainsOf(row, config)).ok) return undefined
    const model: InvitationMessage = {
      siteName: row.site_name,
      cityName: row.city_name,
      name: row.name,
      by,
      email: row.email,
      signInHref: `${config.baseUrl}/connexion`,
      host: new URL(config.baseUrl).host,
      minutes: signInMinutes,
      contactEmail: row.contact_email
    }
    return {
      to: row.email,
      subject: `${oneLine(row.city_name)} vous invite sur ${oneLine(row.site_name)}`,
      text: text.render('/mail/invitation.text.eta', model),
      html: html.render('/mail/invitation.html.eta', model)
    }
  }
}

function engines() {
  const html = templateEngine()
  // Plain text: nothing to escape, and every line break counts.
  return { html, text: html.withConfig({ autoEscape: false, autoTrim: false }) }
}

/** A name of the site is a text that somebody typed: it must not add a header. */
function oneLine(name: string): string {
  return name.replace(/[\p{Cc}\s]+/gu, ' ').trim()
}
