/** The files that the screens of contents propose. */
import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { findHidden, hiddenWords } from './image-rights/image-rights-queries.ts'
import { type ImageRow, imageOf, isOnShow } from './queries.ts'
import { wordsPath } from './receiving/sending.ts'
import type { MediaKind } from './types.ts'

export interface MediaChoice {
  id: number
  title: string
  kind: MediaKind
  author_id: number | null
}

/** Where the captions of a chosen video are written, for those who may; undefined for any other file. */
export function captionsHref(
  file: Pick<MediaChoice, 'id' | 'kind' | 'author_id'> | undefined,
  agent: { id: number; role: string }
): string | undefined {
  if (file?.kind !== 'video') return undefined
  return agent.role === 'webmaster' || file.author_id === agent.id ? wordsPath(file.id) : undefined
}

/** The newest files, and those that a draft already holds: what is in the trash or hidden is not proposed, but keeps its name there. */
export function listMediaChoices(db: Database, chosen: number[]): Promise<MediaChoice[]> {
  const isChosen = sql<boolean>`id = any(${chosen}::integer[])`
  return db
    .selectFrom('media')
    .select(['id', 'title', 'kind', 'author_id'])
    .where((eb) => eb.or([isOnShow(), isChosen]))
    .orderBy(isChosen, 'desc')
    .orderBy('id', 'desc')
    .limit(500)
    .execute()
}

export interface ChosenImage {
  id: number
  title: string
  /** Null when it is no image, in the trash or hidden. */
  image: ImageRow | null
}

export async function findChosenImage(db: Database, id: number | null): Promise<ChosenImage | undefined> {
  if (id === null) return undefined
  return db
    .selectFrom('media')
    .select((eb) => ['media.id', 'media.title', imageOf(eb.ref('media.id')).as('image')])
    .where('media.id', '=', id)
    .executeTakeFirst()
}

/** What keeps these images from being published, a sentence for each at fault: gone, or nobody decided what describes it. */
export async function findImageProblems(db: Database, ids: number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('media')
    .select(['id', 'alt'])
    .where('id', 'in', ids)
    .where('kind', '=', 'image')
    .where(isOnShow())
    .execute()
  const hidden = await findHidden(db, ids)
  const alternatives = new Map(rows.map((row) => [row.id, row.alt]))
  return new Map(
    ids.flatMap((id): [number, string][] => {
      const alt = alternatives.get(id)
      const reason = hidden.get(id)
      if (reason) return [[id, `${hiddenWords[reason]} Choisissez une autre image.`]]
      if (alt === undefined) return [[id, 'Cette image n’est plus dans la médiathèque\u00a0: choisissez-en une autre.']]
      if (alt !== null) return []
      return [[id, 'Décrivez l’image dans la médiathèque, ou dites qu’elle est décorative (RGAA 1.1).']]
    })
  )
}
