/** Forms come back with what was typed and a sentence for each field (GOV.UK validation pattern, RGAA 11.10, 11.11). */
import { z } from 'zod'

export interface FieldError {
  field: string
  message: string
}

/** What views/partials/field.eta shows. */
export interface Field {
  name: string
  label: string
  value: string
  hint?: string
  error?: string | undefined
  optional?: boolean
  type?: 'text' | 'textarea' | 'search' | 'date' | 'datetime-local' | 'number' | 'url'
  /** Of a textarea. */
  rows?: number
  /** What follows the field, for instance a domain. */
  suffix?: string
  inputmode?: 'email' | 'numeric'
  /** The `datalist` of the page that proposes values. */
  list?: string
  autocomplete?: string
  spellcheck?: boolean
  maxlength?: number
  width?: 'code' | 'short'
  /** The hint and the error, for a screen reader to read after the label; empty when there is none. */
  describedBy: string
}

/** What views/partials/radios.eta shows. */
export interface Choice {
  name: string
  label: string
  hint?: string
  error?: string | undefined
  options: { id: string; value: string; label: string; hint?: string; isChosen: boolean }[]
  describedBy: string
}

export function fieldOf(field: Omit<Field, 'describedBy'>): Field {
  return { ...field, describedBy: describedBy(field) }
}

/** A choice among options, where `value` is the one in force. */
export function choiceOf(
  choice: Omit<Choice, 'describedBy' | 'options'> & {
    value: string
    options: { value: string; label: string; hint?: string }[]
  }
): Choice {
  const { value, options, ...rest } = choice
  return {
    ...rest,
    options: options.map((option, index) => ({
      ...option,
      // The error summary leads to the name of the field: to its first option.
      id: index === 0 ? choice.name : `${choice.name}-${option.value}`,
      isChosen: option.value === value
    })),
    describedBy: describedBy(choice)
  }
}

function describedBy({ name, hint, error }: Pick<Field, 'name' | 'hint' | 'error'>): string {
  return [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
}

/** What was typed, as text, to be shown again. */
export type Typed = Record<string, string>

export type FormResult<Values> =
  | { ok: true; values: Values; typed: Typed }
  | { ok: false; typed: Typed; errors: FieldError[] }

/** Reads a posted body: the values of the schema, or one sentence for each field that is wrong, in the schema's order. */
export function readForm<Schema extends z.ZodObject>(schema: Schema, body: unknown): FormResult<z.infer<Schema>> {
  const typed: Typed = {}
  const source = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  for (const field of Object.keys(schema.shape)) {
    const value = Object.hasOwn(source, field) ? source[field] : undefined
    if (typeof value === 'string') typed[field] = value
  }
  // A field that the browser did not send reads as empty, so that its own sentence is shown.
  const empty = Object.fromEntries(Object.keys(schema.shape).map((field) => [field, '']))
  const result = schema.safeParse({ ...empty, ...pick(source, Object.keys(schema.shape)) })
  if (result.success) return { ok: true, values: result.data, typed }
  const errors = new Map<string, string>()
  for (const issue of result.error.issues) {
    const field = String(issue.path[0] ?? '')
    if (!errors.has(field)) errors.set(field, issue.message)
  }
  return { ok: false, typed, errors: [...errors].map(([field, message]) => ({ field, message })) }
}

/**
 * For a field of free words: without the character zero, which no keyboard types and the database refuses. Not for addresses and
 * names, where it is refused: one that hides it must not become another.
 */
export function storable<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (typeof value === 'string' ? value.replaceAll('\0', '') : value), schema)
}

function pick(source: Record<string, unknown>, fields: string[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.filter((field) => Object.hasOwn(source, field)).map((field) => [field, source[field]])
  )
}

/** The sentence of one field, if it has one. */
export function errorOf(errors: FieldError[], field: string): string | undefined {
  return errors.find((error) => error.field === field)?.message
}
