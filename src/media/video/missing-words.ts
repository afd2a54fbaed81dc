/** Why a video has neither captions nor transcript: said by somebody, on a day, or it is not shown (RGAA 4.1, 4.3). */
import { sql } from 'kysely'
import type { Database } from '../../db/database.ts'
import type { MissingWords } from '../../db/schema.ts'
import { dayText, today } from '../../web/format.ts'
import { isOnShow } from '../queries.ts'
import { uses } from '../use-queries.ts'

export type MissingReason = MissingWords['reason']

export interface SaidReason {
  reason: MissingReason
  text: string
  due_on: string | null
}

/** How long after a recording its captions may come. */
export const recentDays = 15

export const reasonLabels: Record<MissingReason, { label: string; hint: string }> = {
  'sans-paroles': {
    label: 'Elle est sans paroles',
    hint: 'De la musique ou des images seules\u00a0: rien de ce qui se dit n’est perdu.'
  },
  recente: {
    label: `Elle a été filmée il y a moins de ${recentDays} jours`,
    hint: 'Les sous-titres viennent\u00a0: dites quel jour. Passé ce jour, la vidéo ne pourra plus être publiée sans eux.'
  },
  tiers: {
    label: 'Elle vient d’ailleurs',
    hint: 'Un contenu que la Ville n’a ni fait, ni payé, et ne peut pas modifier.'
  },
  autre: {
    label: 'Autre raison',
    hint: 'En une phrase que les agents liront dans la page «\u00a0Accessibilité\u00a0».'
  }
}

/** Captions that were promised for a day that is past are late, not excused. */
export function isInForce({ due_on }: Pick<SaidReason, 'due_on'>, day = today()): boolean {
  return due_on === null || due_on >= day
}

/** « vidéo sans paroles », « sous-titres attendus le 12 mars 2026 » */
export function reasonText({ reason, text, due_on }: SaidReason): string {
  const more = text === '' ? '' : ` (${text})`
  switch (reason) {
    case 'sans-paroles':
      return `vidéo sans paroles${more}`
    case 'recente':
      return `sous-titres attendus pour le ${dayText(due_on ?? '')}${more}`
    case 'tiers':
      return `contenu d’un tiers${more}`
    case 'autre':
      return text
  }
}

/** The reasons of these videos that are in force today. */
export async function findReasons(db: Database, mediaIds: number[]): Promise<Map<number, SaidReason>> {
  if (mediaIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('missing_words')
    .select(['media_id', 'reason', 'text', 'due_on'])
    .where('media_id', '=', sql<number>`any(${mediaIds}::integer[])`)
    .execute()
  return new Map(rows.filter((row) => isInForce(row)).map((row) => [row.media_id, row]))
}

const mostListed = 50

/** Videos that readers may meet without words, for the page on accessibility; how many more there are is said. */
export async function listWithoutWords(db: Database) {
  const rows = await db
    .selectFrom('missing_words')
    .innerJoin('media', 'media.id', 'missing_words.media_id')
    .select(['media.id', 'media.title', 'missing_words.reason', 'missing_words.text', 'missing_words.due_on'])
    .select(sql<number>`count(*) over ()`.as('of_all'))
    .where(isOnShow())
    .where('media.captions_id', 'is', null)
    .where('media.transcript', '=', '')
    // What is still being written is nobody's to read.
    .where(
      sql<boolean>`exists (select from (${uses()}) as uses where uses.media_id = media.id and uses.place <> 'draft')`
    )
    .orderBy('media.title')
    .orderBy('media.id')
    .limit(mostListed)
    .execute()
  return { rows, more: (rows[0]?.of_all ?? 0) - rows.length }
}

/** Whether a row of `media` has a reason that is in force: its words are not to be asked for. */
export function isExcused() {
  return sql<boolean>`exists (select from missing_words
    where missing_words.media_id = media.id and (missing_words.due_on is null or missing_words.due_on >= ${today()}::date))`
}
