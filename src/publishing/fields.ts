/** The fields that the forms of content share: what was typed, made into what a document holds. */
import { z } from 'zod'
import type { FieldError } from '../web/forms.ts'
import { textToRichText } from '../web/rich-text.ts'

const tooMany = 'Cette liste est trop longue\u00a0: 300 lignes au plus.'
/** One line of text, its spaces made regular. */
export const line = z.string().transform((text) => text.replaceAll(/[ \t\r\n]+/g, ' ').trim())

/** Formatted text, as it may be stored. */
export const richText = z.string().transform((text) => textToRichText(text))

/** Characters of HTML that a formatted text may hold. */
export const longestRichText = 200_000

/** `YYYY-MM-DD`; null when it is not written so. Whether the day exists is asked at publication. */
export const day = z.string().transform((text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null))

/** A field that is repeated, each as it was typed: lines of a list. */
export const repeated = z.preprocess(
  (value) => (value === undefined ? [] : [value].flat()),
  z.array(z.string().max(20_000, tooMany)).max(300, tooMany)
)

/** The lines of a list, each one line of at most `max` characters. */
export function lines(max: number) {
  return repeated.transform((values) => values.map((text) => line.parse(text).slice(0, max)))
}

/** Things that were chosen, by their numbers. « 12 – Guide du télétravail »: what the suggestions write begins with it. */
export const identifiers = repeated.transform((values) => [
  ...new Set(values.flatMap((value) => (/^\d{1,9}(?=\D|$)/.exec(value.trim()) ?? []).map(Number)))
])

/** One thing that was chosen. */
export const identifier = identifiers.transform((ids) => ids[0] ?? null)

/** For each line of a list, the thing that was chosen on it. */
export const identifierLines = repeated.transform((values) => values.map((value) => identifier.parse(value)))

/**
 * The lines of a list in the order that was asked for: whoever has no script moves a line by writing another place beside it.
 * A line takes the place it is given, and those that were left where they were close up around it.
 */
export function inPlaces<Line>(list: Line[], places: string[]): Line[] {
  const asked = list.map((item, index) => {
    const place = /^\s*\d{1,4}\s*$/.test(places[index] ?? '') ? Number(places[index]) : index + 1
    return { item, place, moves: place !== index + 1 }
  })
  const ordered = asked.filter(({ moves }) => !moves)
  for (const line of asked.filter(({ moves }) => moves).sort((a, b) => a.place - b.place)) {
    ordered.splice(Math.max(line.place - 1, 0), 0, line)
  }
  return ordered.map(({ item }) => item)
}

/** Names separated by commas. */
export function names(max: number) {
  return z.string().transform((text) => [
    ...new Set(
      text
        .split(/[,;\n]/)
        .map((name) => name.trim().slice(0, max))
        .filter((name) => name !== '')
    )
  ])
}

/** Without the NUL characters that no database text holds and nobody types. */
function holdable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(holdable)
  return typeof value === 'string' ? value.replaceAll('\0', '') : value
}

/**
 * What is too long to be kept, each a sentence at its field. The document holds it all the same, so that the screen shows
 * again what was typed.
 */
export function tooLong(checks: { field: string; text: string; longest: number }[]): FieldError[] {
  return checks
    .filter(({ text, longest }) => text.length > longest)
    .map(({ field, longest }) => ({
      field,
      message:
        longest === longestRichText
          ? 'Ce texte est trop long\u00a0: coupez-le ou joignez un document.'
          : `Ce texte est trop long\u00a0: ${longest} caractères au plus.`
    }))
}

/** What stayed ticked, and what was added. */
export function together(kept: number[], added: number[]): number[] {
  return [...new Set([...kept, ...added])]
}

/**
 * Reads a form of content. A field that the browser did not send reads as empty; of a field that holds one text and was sent
 * twice, the first counts.
 */
export function readFields<Schema extends z.ZodObject>(
  schema: Schema,
  body: unknown
): { ok: true; values: z.infer<Schema> } | { ok: false; errors: FieldError[] } {
  const source = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  const sent = Object.entries(schema.shape).map(([field, type]) => {
    const value = Object.hasOwn(source, field) ? source[field] : undefined
    const holdsOneText = !(type as z.ZodType).safeParse(undefined).success
    return [field, holdable(holdsOneText ? ([value].flat()[0] ?? '') : value)]
  })
  const result = schema.safeParse(Object.fromEntries(sent))
  if (result.success) return { ok: true, values: result.data }
  return {
    ok: false,
    errors: result.error.issues.map((issue) => ({ field: String(issue.path[0]), message: issue.message }))
  }
}
