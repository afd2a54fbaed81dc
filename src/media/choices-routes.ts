/** What the rich text editor asks of the media library while one writes: files to choose from, and those that a text names. */
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import { mayBringFiles } from '../accounts/permissions.ts'
import type { Database } from '../db/database.ts'
import { searchWords } from '../web/query-string.ts'
import { isOfItsOwn, namedBy, thumbnail } from './library-queries.ts'
import { type ImageRow, isOnShow } from './queries.ts'
import { labelOf, type MediaKind } from './types.ts'
import { isExcused } from './video/missing-words.ts'
import { mediaUrl, renditionUrl, weightText } from './views.ts'

/** A file as the editor shows it. */
export interface FileChoice {
  id: number
  title: string
  /** « Image JPEG, 340 ko » */
  type: string
  /** The address of a small picture of it. */
  thumbnail: string | null
  /** Of an image: null while nobody decided, empty where it says nothing more than the text. */
  alt: string | null
  /** What is still to be done to it, in a few words. */
  note: string | null
}

const choicesAtOnce = 20
const idsAtOnce = 100

const kindsOf = {
  image: ['image'],
  video: ['video'],
  document: ['pdf', 'presentation', 'document']
} as const satisfies Record<string, MediaKind[]>

const choicesQuery = z.object({
  genre: z.enum(['image', 'video', 'document']).catch('image'),
  q: searchWords,
  /** Numbers: these files alone, of whatever kind. */
  id: z
    .preprocess(
      (value) => [value].flat().filter((id) => typeof id === 'string' && /^\d{1,9}$/.test(id)),
      z.array(z.coerce.number())
    )
    .transform((ids) => ids.slice(0, idsAtOnce))
})

export async function mediaChoiceRoutes(app: FastifyInstance): Promise<void> {
  app.get('/mediatheque/choix', { config: { access: 'agent' } }, async (request, reply) => {
    if (!(await mayBringFiles(app.db, request.agent))) return reply.forbidden()
    const files = await listChoices(app.db, choicesQuery.parse(request.query))
    return reply.header('cache-control', 'private, no-store').send({ files })
  })
}

/** The newest first; what is in the trash or hidden cannot be chosen, and is not found by its number either. */
async function listChoices(db: Database, { genre, q, id }: z.infer<typeof choicesQuery>): Promise<FileChoice[]> {
  const rows = await db
    .selectFrom('media')
    .select(['id', 'title', 'kind', 'alt', 'content_type', 'size', 'captions_id', 'transcript'])
    .select([thumbnail().as('thumbnail'), isExcused().as('isExcused')])
    .where(isOnShow())
    .$if(id.length > 0, (query) => query.where('id', '=', sql<number>`any(${id}::integer[])`))
    .$if(id.length === 0, (query) =>
      query
        .where('kind', 'in', kindsOf[genre])
        .where(isOfItsOwn())
        .where(namedBy(q.split(/\s+/).filter(Boolean).slice(0, 8)))
    )
    .orderBy('id', 'desc')
    .limit(id.length > 0 ? idsAtOnce : choicesAtOnce)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    type: `${labelOf(row.content_type)}, ${weightText(row.size)}`,
    thumbnail: row.thumbnail && thumbnailUrl(row.thumbnail),
    alt: row.alt,
    note: noteOn(row)
  }))
}

function noteOn(file: {
  kind: MediaKind
  alt: string | null
  captions_id: number | null
  transcript: string
  isExcused: boolean
}) {
  if (file.kind === 'image' && file.alt === null) return 'Sans texte alternatif'
  if (file.kind === 'video' && file.captions_id === null && file.transcript === '' && !file.isExcused) {
    return 'Sans sous-titres ni transcription'
  }
  return null
}

/** The smallest picture that every browser reads; the file itself until it is made. */
function thumbnailUrl(image: ImageRow): string {
  const smallest = image.renditions.find(({ format }) => format === 'webp')
  return smallest ? renditionUrl(image.id, smallest) : mediaUrl(image)
}
