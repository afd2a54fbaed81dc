/** The messages about the droit à l’image: to the webmasters what was asked or has ended, to who asked what was decided. */
import { z } from 'zod'
import type { Config } from '../../config.ts'
import type { Database } from '../../db/database.ts'
import type { Message } from '../../mail/mailer.ts'
import type { MessageMaker } from '../../mail/outbox.ts'
import { dayText } from '../../web/format.ts'
import { templateEngine } from '../../web/render.ts'
import { libraryPath } from '../receiving/sending.ts'

declare module '../../web/render.ts' {
  interface MailViews {
    'mail/image-rights.html': ImageRightsMessage
    'mail/image-rights.text': ImageRightsMessage
  }
}

/** What views/mail/image-rights.*.eta show. */
export interface ImageRightsMessage {
  siteName: string
  cityName: string
  heading: string
  sentences: string[]
  /** What somebody wrote; undefined: nothing. */
  comment: string | undefined
  link: { label: string; href: string } | undefined
}

interface Words extends Pick<ImageRightsMessage, 'heading' | 'sentences' | 'comment' | 'link'> {
  to: string
  subject: string
}

const requestAndReader = z.object({ request: z.int(), to: z.int() })
const requestAlone = z.object({ request: z.int() })
const mediaAndReader = z.object({ media: z.int(), to: z.int() })

/** The kinds of messages of this feature. */
export function imageRightsMessages(config: Config): Record<string, MessageMaker> {
  const screen = (id: number) => `${config.baseUrl}${libraryPath}/${id}`
  return {
    'removal-requested': message(async (db, payload) => {
      const { request, to } = requestAndReader.parse(payload)
      const row = await findRequest(db, request)
      const email = await findWebmaster(db, to)
      // Decided since: there is nothing to do any more.
      if (!row || !email || row.decision) return undefined
      return {
        to: email,
        subject: `Retrait demandé\u00a0: ${row.title}`,
        heading: 'Une personne demande le retrait d’une image',
        sentences: [
          `${row.agent_name} demande le retrait de «\u00a0${row.title}\u00a0». Plus aucun agent ne la voit\u00a0: dites ce qu’elle devient.`
        ],
        comment: row.message || undefined,
        link: { label: 'Décider', href: screen(row.media_id) }
      }
    }),
    'removal-decided': message(async (db, payload) => {
      const { request } = requestAlone.parse(payload)
      const row = await findRequest(db, request)
      if (!row?.email || !row.decision) return undefined
      const about = `Vous aviez demandé le retrait de «\u00a0${row.title}\u00a0».`
      return {
        to: row.email,
        subject: `Votre demande de retrait\u00a0: ${row.title}`,
        heading: 'Votre demande de retrait',
        sentences: [about, decisionSentences[row.decision]],
        comment: row.decision_reason || undefined,
        link: undefined
      }
    }),
    'agreement-ended': message(async (db, payload) => {
      const { media, to } = mediaAndReader.parse(payload)
      const email = await findWebmaster(db, to)
      const row = await db
        .selectFrom('media')
        .select(['id', 'title', 'agreement_until'])
        .where('id', '=', media)
        .where('trashed_at', 'is', null)
        .where('agreement_end_told_at', 'is not', null)
        .executeTakeFirst()
      // Given again since: it is shown.
      if (!email || !row?.agreement_until) return undefined
      return {
        to: email,
        subject: `Accord terminé\u00a0: ${row.title}`,
        heading: 'Un accord a pris fin',
        sentences: [
          `L’accord pour «\u00a0${row.title}\u00a0» allait jusqu’au ${dayText(row.agreement_until)}. Le fichier est masqué partout\u00a0: demandez un nouvel accord, ou remplacez-le dans les pages.`
        ],
        comment: undefined,
        link: { label: 'Ouvrir le fichier dans la médiathèque', href: screen(row.id) }
      }
    })
  }
}

const decisionSentences = {
  masquee: 'Elle reste masquée\u00a0: plus aucun agent ne la voit.',
  jetee: 'Elle est retirée du site, et sera supprimée.',
  remise:
    'Elle est de nouveau en ligne. Si vous n’êtes pas d’accord, répondez aux webmasters, ou redemandez son retrait.'
}

function message(wordsOf: (db: Database, payload: unknown) => Promise<Words | undefined>): MessageMaker {
  const html = templateEngine()
  // Plain text: nothing to escape, and every line break counts.
  const text = html.withConfig({ autoEscape: false, autoTrim: false })
  return async (db, payload): Promise<Message | undefined> => {
    const words = await wordsOf(db, payload)
    if (!words) return undefined
    const { to, subject, ...rest } = words
    const { site_name, city_name } = await db
      .selectFrom('settings')
      .select(['site_name', 'city_name'])
      .executeTakeFirstOrThrow()
    const model: ImageRightsMessage = { ...rest, siteName: site_name, cityName: city_name }
    return {
      to,
      // A title is a text that somebody typed: it must not add a header.
      subject: subject.replace(/[\p{Cc}]+/gu, ' '),
      text: text.render('/mail/image-rights.text.eta', model),
      html: html.render('/mail/image-rights.html.eta', model)
    }
  }
}

/** With the address of who asked, while they have one. */
function findRequest(db: Database, id: number) {
  return db
    .selectFrom('removal_requests as request')
    .innerJoin('media', 'media.id', 'request.media_id')
    .leftJoin('agents', (join) => join.onRef('agents.id', '=', 'request.agent_id').on('deactivated_at', 'is', null))
    .select(['request.media_id', 'request.agent_name', 'request.message', 'request.decision'])
    .select(['request.decision_reason', 'media.title', 'agents.email'])
    .where('request.id', '=', id)
    .executeTakeFirst()
}

async function findWebmaster(db: Database, id: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('agents')
    .select('email')
    .where('id', '=', id)
    .where('role', '=', 'webmaster')
    .where('deactivated_at', 'is', null)
    .executeTakeFirst()
  return row?.email
}
