/** The messages about proposals: who receives one is decided here, at the moment it leaves. */
import { z } from 'zod'
import type { Config } from '../config.ts'
import type { Message } from '../mail/mailer.ts'
import type { MessageMaker } from '../mail/outbox.ts'
import { templateEngine } from '../web/render.ts'
import { type Kind, kindPaths } from './kinds.ts'

declare module '../web/render.ts' {
  interface MailViews {
    'mail/proposal.html': ProposalMessage
    'mail/proposal.text': ProposalMessage
  }
}

/** What views/mail/proposal.*.eta show. */
export interface ProposalMessage {
  siteName: string
  cityName: string
  heading: string
  sentence: string
  /** What the webmaster wrote; undefined: nothing. */
  comment: string | undefined
  linkLabel: string
  link: string
}

const payloadSchema = z.object({
  entry: z.int(),
  to: z.int(),
  by: z.string().default(''),
  comment: z.string().optional()
})

type Payload = z.infer<typeof payloadSchema>
type Words = Pick<ProposalMessage, 'heading' | 'sentence' | 'linkLabel'> & { subject: string }
type Row = Exclude<Awaited<ReturnType<typeof findProposal>>, undefined>

/** The kinds of messages of this feature. */
export function publishingMessages(config: Config): Record<string, MessageMaker> {
  return {
    'proposal-received': message(config, (row) => {
      // Published, returned or taken back since: there is nothing to look at any more.
      if (row.proposed_at === null || row.role !== 'webmaster') return undefined
      const by = row.proposer_name ?? 'Quelqu’un'
      return {
        subject: `À relire\u00a0: ${titleOf(row)}`,
        heading: 'Une proposition à relire',
        sentence: `${by} propose une nouvelle version de «\u00a0${titleOf(row)}\u00a0».`,
        linkLabel: 'Relire, puis publier ou renvoyer'
      }
    }),
    'proposal-published': message(config, (row, { by }) => ({
      subject: `Publié\u00a0: ${titleOf(row)}`,
      heading: 'Votre proposition est publiée',
      sentence: `${by} a publié ce que vous proposiez pour «\u00a0${titleOf(row)}\u00a0». Les lecteurs le voient.`,
      linkLabel: 'Ouvrir la page dans la gestion'
    })),
    'proposal-returned': message(config, (row, { by }) => ({
      subject: `À reprendre\u00a0: ${titleOf(row)}`,
      heading: 'Votre proposition est à reprendre',
      sentence: `${by} vous renvoie ce que vous proposiez pour «\u00a0${titleOf(row)}\u00a0», avec un commentaire. Votre texte est gardé en brouillon.`,
      linkLabel: 'Reprendre, puis proposer de nouveau'
    }))
  }
}

function message(config: Config, wordsOf: (row: Row, payload: Payload) => Words | undefined): MessageMaker {
  const html = templateEngine()
  // Plain text: nothing to escape, and every line break counts.
  const text = html.withConfig({ autoEscape: false, autoTrim: false })
  return async (db, given): Promise<Message | undefined> => {
    const payload = payloadSchema.parse(given)
    const row = await findProposal(db, payload)
    const words = row && wordsOf(row, payload)
    if (!words) return undefined
    const { subject, ...rest } = words
    const model: ProposalMessage = {
      ...rest,
      siteName: row.site_name,
      cityName: row.city_name,
      comment: payload.comment,
      link: `${config.baseUrl}/gestion/${kindPaths[row.kind]}/${row.id}`
    }
    return {
      to: row.email,
      // A title is a text that somebody typed: it must not add a header.
      subject: subject.replace(/[\p{Cc}]+/gu, ' '),
      text: text.render('/mail/proposal.text.eta', model),
      html: html.render('/mail/proposal.html.eta', model)
    }
  }
}

/** The entry, and who is written to; undefined when either is gone. */
function findProposal(db: Parameters<MessageMaker>[0], { entry, to }: Payload) {
  return db
    .selectFrom('entries')
    .innerJoin('agents as reader', (join) => join.on('reader.id', '=', to))
    .innerJoin('settings', (join) => join.onTrue())
    .leftJoin('agents as proposer', 'proposer.id', 'entries.proposed_by')
    .select(['entries.id', 'entries.title', 'entries.proposed_at', 'settings.site_name', 'settings.city_name'])
    .select(['reader.email', 'reader.role', 'proposer.name as proposer_name'])
    .select((eb) => eb.ref('entries.kind').$castTo<Kind>().as('kind'))
    .where('entries.id', '=', entry)
    .where('entries.trashed_at', 'is', null)
    .where('reader.deactivated_at', 'is', null)
    .executeTakeFirst()
}

function titleOf(row: Row): string {
  return row.title || 'une page sans titre'
}
