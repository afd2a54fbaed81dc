/** The files that a document shows, as they are today: what readers would lack is said in a sentence. */
import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { findImageProblems } from '../media/choices.ts'
import { isOnShow } from '../media/queries.ts'
import type { FieldError } from '../web/forms.ts'
import type { CheckedFile } from './accessibility-check.ts'

/** What was chosen at a field that holds one file; null when there is nothing. */
export interface ShownFile {
  field: string
  id: number | null
  kind: 'image' | 'video' | 'pdf'
}

/** Those fields where something was chosen, for the accessibility check. */
export function filesIn(shown: ShownFile[]): CheckedFile[] {
  return shown.flatMap(({ field, id }) => (id === null ? [] : [{ field, id }]))
}

/** What keeps these files from being published, each a sentence at its field. */
export async function missingFiles(db: Database, shown: ShownFile[]): Promise<FieldError[]> {
  const chosen = shown.flatMap(({ field, id, kind }) => (id === null ? [] : [{ field, id, kind }]))
  const images = chosen.filter(({ kind }) => kind === 'image').map(({ id }) => id)
  const others = chosen.filter(({ kind }) => kind !== 'image').map(({ id }) => id)
  const problems = await findImageProblems(db, images)
  const kinds = await findKinds(db, others)
  return chosen.flatMap(({ field, id, kind }) => {
    const message = kind === 'image' ? problems.get(id) : kinds.get(id) === kind ? undefined : lost[kind]
    return message === undefined ? [] : [{ field, message }]
  })
}

const lost = {
  video: 'Cette vidéo n’est plus dans la médiathèque\u00a0: choisissez-en une autre.',
  pdf: 'Choisissez un PDF de la médiathèque\u00a0: ce fichier n’en est pas un, ou n’y est plus.'
}

async function findKinds(db: Database, ids: number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('media').select(['id', 'kind']).where('id', 'in', ids).where(isOnShow()).execute()
  return new Map(rows.map((row) => [row.id, row.kind]))
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
