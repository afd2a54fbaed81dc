/** The files that a document shows, as they are today: what readers would lack is said in a sentence. */
import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { findImageProblems } from '../media/choices.ts'
import type { FieldError } from '../web/forms.ts'

/** An image or a video that was chosen at a field; null when there is none. */
export interface ShownFile {
  field: string
  id: number | null
  kind: 'image' | 'video'
}

export async function missingFiles(db: Database, shown: ShownFile[]): Promise<FieldError[]> {
  const chosen = shown.flatMap(({ field, id, kind }) => (id === null ? [] : [{ field, id, kind }]))
  const idsOf = (kind: ShownFile['kind']): number[] => chosen.filter((file) => file.kind === kind).map(({ id }) => id)
  const images = await findImageProblems(db, idsOf('image'))
  const videos = await findVideos(db, idsOf('video'))
  return chosen.flatMap(({ field, id, kind }) => {
    const message = kind === 'image' ? images.get(id) : videos.has(id) ? undefined : lostVideo
    return message === undefined ? [] : [{ field, message }]
  })
}

const lostVideo = 'Cette vidéo n’est plus dans la médiathèque\u00a0: choisissez-en une autre.'

async function findVideos(db: Database, ids: number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('media')
    .select('id')
    .where('id', 'in', ids)
    .where('kind', '=', 'video')
    .where('trashed_at', 'is', null)
    .execute()
  return new Set(rows.map((row) => row.id))
}

/** What files are called, for the comparison of two versions. */
export async function titlesOfFiles(db: Database, ids: (number | null)[]): Promise<Map<number, string>> {
  const named = ids.filter((id) => id !== null)
  if (named.length === 0) return new Map()
  const rows = await db
    .selectFrom('media')
    .select(['id', 'title'])
    .where('id', '=', sql<number>`any(${named}::integer[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, row.title]))
}
