/** Two versions of a document, field by field, word by word. */
import { diffLines, diffWordsWithSpace } from 'diff'

export interface ComparedField {
  label: string
  pieces: { text: string; change: 'same' | 'added' | 'removed' }[]
}

/**
 * Milliseconds. Two long texts with little in common take seconds, during which the whole site would wait: they are then
 * compared by lines, or shown one after the other.
 */
const longestWords = 300
const longestLines = 100

/** The fields that differ, in the order of the screen; a field that did not change is left out. */
export function compareInWords(
  before: { label: string; text: string }[],
  after: { label: string; text: string }[]
): ComparedField[] {
  const old = new Map(before.map((field) => [field.label, field.text]))
  return after.flatMap(({ label, text }): ComparedField[] => {
    const was = old.get(label) ?? ''
    if (was === text) return []
    const compared =
      diffWordsWithSpace(was, text, { intlSegmenter: words, timeout: longestWords }) ??
      diffLines(was, text, { timeout: longestLines })
    const pieces = compared?.map((piece) => ({
      text: piece.value,
      change: piece.added ? ('added' as const) : piece.removed ? ('removed' as const) : ('same' as const)
    }))
    return [{ label, pieces: pieces ?? wholly(was, text) }]
  })
}

function wholly(was: string, text: string): ComparedField['pieces'] {
  const pieces: ComparedField['pieces'] = [
    { text: was, change: 'removed' },
    { text, change: 'added' }
  ]
  return pieces.filter((piece) => piece.text !== '')
}

const words = new Intl.Segmenter('fr', { granularity: 'word' })
