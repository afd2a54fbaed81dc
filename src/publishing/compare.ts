/** Two versions of a document, field by field, word by word. */
import { diffWordsWithSpace } from 'diff'

export interface ComparedField {
  label: string
  pieces: { text: string; change: 'same' | 'added' | 'removed' }[]
}

/** The fields that differ, in the order of the screen; a field that did not change is left out. */
export function compareInWords(
  before: { label: string; text: string }[],
  after: { label: string; text: string }[]
): ComparedField[] {
  const old = new Map(before.map((field) => [field.label, field.text]))
  return after.flatMap(({ label, text }): ComparedField[] => {
    const was = old.get(label) ?? ''
    if (was === text) return []
    const pieces = diffWordsWithSpace(was, text, { intlSegmenter: words }).map((piece) => ({
      text: piece.value,
      change: piece.added ? ('added' as const) : piece.removed ? ('removed' as const) : ('same' as const)
    }))
    return [{ label, pieces }]
  })
}

const words = new Intl.Segmenter('fr', { granularity: 'word' })
