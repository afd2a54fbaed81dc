/** « Porte-clés et affiches »: what the city prints so that people find the site, and each promise. Nothing is kept. */
import { create as contentDisposition } from 'content-disposition'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { listProgressRows } from '../engagements/queries.ts'
import { printedLogo, printedPicture } from '../media/images/printed-images.ts'
import type { ImageRow } from '../media/queries.ts'
import { searchWords } from '../web/query-string.ts'
import { slugOf } from '../web/slug.ts'
import { cardFormats, cardOf, cardSvg, codeSvg } from './posters-cards.ts'
import { findPosterAction, findPosterEngagement, listPosterActions, listPosterEngagements } from './posters-queries.ts'
import { pictureShape, posterPdf } from './posters-sheet.ts'
import { sitePdf } from './posters-site.ts'
import {
  actionAddress,
  actionPoster,
  cardSite,
  engagementAddress,
  engagementPoster,
  postersPage
} from './posters-views.ts'

const first = (value: unknown) => [value].flat()[0]
const searched = z.object({ mots: searchWords })
const asked = z.object({ format: z.preprocess(first, z.enum(cardFormats).catch('porte-cles')) })

type Numbered = FastifyRequest<{ Params: { id: string } }>

// An identifier, and the kind of file: what is no number is no address.
const numberedPdf = ':id(^\\d{1,9}$).pdf'
const numberedSvg = ':id(^\\d{1,9}$).svg'

export async function posterRoutes(app: FastifyInstance): Promise<void> {
  const { baseUrl } = app.config

  app.get('/affiches', async (request, reply) => {
    const { mots } = searched.parse(request.query)
    const words = mots.split(/\s+/).filter(Boolean).slice(0, 8)
    const [engagements, actions] = await Promise.all([
      listPosterEngagements(app.db, words),
      listPosterActions(app.db, words)
    ])
    return reply.html('gestion/posters', postersPage({ baseUrl, words: mots, engagements, actions }))
  })

  app.get('/affiches/site.svg', async (request, reply) => {
    const { format } = asked.parse(request.query)
    const svg = cardSvg(cardOf(format, cardSite(baseUrl, request.settings)))
    return sendFile(reply, svgType, `${format}.svg`, svg)
  })

  app.get('/affiches/site.pdf', async (request, reply) =>
    sendFile(reply, pdfType, 'porte-cles-et-badges.pdf', await sitePdf(cardSite(baseUrl, request.settings)))
  )

  app.get(`/affiches/engagements/${numberedPdf}`, async (request: Numbered, reply) => {
    const row = await findPosterEngagement(app.db, Number(request.params.id))
    if (!row) return reply.callNotFound()
    const [printed, actions] = await Promise.all([illustrated(request, row.image), listProgressRows(app.db, row.id)])
    const statuses = actions.map((action) => action.status)
    const pdf = await posterPdf(engagementPoster(row, statuses, printed))
    return sendFile(reply, pdfType, `affiche-engagement-${row.number}-${nameOf(row.title)}.pdf`, pdf)
  })

  app.get(`/affiches/engagements/${numberedSvg}`, async (request: Numbered, reply) => {
    const row = await findPosterEngagement(app.db, Number(request.params.id))
    if (!row) return reply.callNotFound()
    const svg = codeSvg(engagementAddress(row, baseUrl), row.title)
    return sendFile(reply, svgType, `code-engagement-${row.number}.svg`, svg)
  })

  app.get(`/affiches/actions/${numberedPdf}`, async (request: Numbered, reply) => {
    const row = await findPosterAction(app.db, Number(request.params.id))
    if (!row) return reply.callNotFound()
    const pdf = await posterPdf(actionPoster(row, await illustrated(request, row.image)))
    return sendFile(reply, pdfType, `affiche-action-${row.number}-${nameOf(row.title)}.pdf`, pdf)
  })

  app.get(`/affiches/actions/${numberedSvg}`, async (request: Numbered, reply) => {
    const row = await findPosterAction(app.db, Number(request.params.id))
    if (!row) return reply.callNotFound()
    return sendFile(reply, svgType, `code-action-${row.number}.svg`, codeSvg(actionAddress(row, baseUrl), row.title))
  })

  /** What a poster shows beside its words. A file that cannot be read leaves its place empty. */
  async function illustrated(request: FastifyRequest, image: ImageRow | null) {
    const { settings, log } = request
    const unreadable = (err: unknown): undefined => void log.warn({ err }, 'a poster goes without its picture')
    const [bytes, logo] = await Promise.all([
      image ? printedPicture(app, image, pictureShape).catch(unreadable) : undefined,
      printedLogo(app, settings.logo_id).catch(unreadable)
    ])
    const picture = bytes && { bytes, alt: image?.alt ?? '' }
    return { baseUrl, settings, logo, picture }
  }
}

const svgType = 'image/svg+xml; charset=utf-8'
const pdfType = 'application/pdf'

/** Titles change and settings too: what is printed is made anew each time. */
function sendFile(reply: FastifyReply, type: string, filename: string, content: string | Buffer): FastifyReply {
  return reply
    .type(type)
    .headers({
      'content-disposition': contentDisposition(filename),
      'cache-control': 'private, no-cache',
      'x-content-type-options': 'nosniff'
    })
    .send(content)
}

function nameOf(title: string): string {
  return slugOf(title).slice(0, 60).replace(/-$/, '')
}
