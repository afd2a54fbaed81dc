/**
 * Cards of a form: the words of the home page, its highlights, the steps of La démarche. Each holds several fields, among them a
 * formatted text, so they are named one by one (`mot_0_titre`, `mot_1_titre`…) rather than repeated under one name.
 */
import type { z } from 'zod'
import { readFields } from '../publishing/fields.ts'
import type { FieldError } from '../web/forms.ts'

/** The name of a field of a card. */
export function cardField(name: string, index: number, field: string): string {
  return `${name}_${index}_${field}`
}

/** Reads the cards that a form sends, in its order; a number beyond `most` is none of ours. */
export function readCards<Schema extends z.ZodObject>(
  schema: Schema,
  body: unknown,
  name: string,
  most: number
): { cards: z.infer<Schema>[]; errors: FieldError[] } {
  const errors: FieldError[] = []
  const cards: z.infer<Schema>[] = []
  for (const [index, fields] of fieldsOfCards(body, name, most)) {
    const card = readFields(schema, Object.fromEntries(fields))
    if (card.ok) cards.push(card.values)
    else errors.push(...card.errors.map((error) => ({ ...error, field: cardField(name, index, error.field) })))
  }
  return { cards, errors }
}

function fieldsOfCards(body: unknown, name: string, most: number): [number, [string, unknown][]][] {
  if (typeof body !== 'object' || body === null) return []
  const cards = new Map<number, [string, unknown][]>()
  for (const [key, value] of Object.entries(body)) {
    const match = /^([a-z]+)_(\d{1,2})_([a-z_]+)$/.exec(key)
    const index = Number(match?.[2])
    if (!match?.[3] || match[1] !== name || index >= most) continue
    cards.set(index, [...(cards.get(index) ?? []), [match[3], value]])
  }
  return [...cards].sort(([a], [b]) => a - b)
}
