/** Texts that must fit: broken into lines by measure, smaller until they fit, and cut as a last resort. */

/** The width of a text printed one unit high. */
export type Measure = (text: string) => number

export interface Fitted {
  size: number
  lines: string[]
}

export interface Room {
  width: number
  /** The sizes to try, from the one that is wished to the smallest that can be read. */
  largest: number
  smallest: number
  /** How many lines fit at this size. */
  lines(size: number): number
  /** Lines of about one length, as a title looks best. */
  balanced?: boolean
}

const steps = 24

export function fitText(text: string, measure: Measure, room: Room): Fitted {
  const pieces = piecesOf(text, measure)
  for (let step = 0; step <= steps; step += 1) {
    const size = room.largest - ((room.largest - room.smallest) * step) / steps
    const width = room.width / size
    if (pieces.some((piece) => piece.solid > width)) continue
    const lines = brokenAt(pieces, width)
    if (lines.length <= room.lines(size)) return { size, lines: room.balanced ? balanced(pieces, width, lines) : lines }
  }
  const size = room.smallest
  const width = room.width / size
  const lines = brokenAt(
    pieces.flatMap((piece) => (piece.solid > width ? cutWord(piece.text, width, measure) : [piece])),
    width
  )
  return { size, lines: shortened(lines, Math.max(1, room.lines(size)), width, measure) }
}

/** As many whole sentences as fit, rather than a sentence that breaks off; the first one is cut when it is too long itself. */
export function fitSentences(text: string, measure: Measure, room: Room): Fitted {
  let kept = text
  for (;;) {
    const fitted = fitText(kept, measure, room)
    const shorter = /^(.*[.!?…])\s+\S.*$/s.exec(kept)?.[1]
    if (shorter === undefined || fitted.lines.join('').length >= kept.length) return fitted
    kept = shorter
  }
}

interface Piece {
  text: string
  /** With the space that follows it, and without. */
  whole: number
  solid: number
}

/** A line may end after a space, a hyphen or a slash; never at a no-break space. */
function piecesOf(text: string, measure: Measure): Piece[] {
  return (text.match(/[^ /-]*[ /-]+|[^ /-]+$/g) ?? []).map((piece) => pieceOf(piece, measure))
}

function pieceOf(text: string, measure: Measure): Piece {
  return { text, whole: measure(text), solid: measure(text.trimEnd()) }
}

function brokenAt(pieces: Piece[], width: number): string[] {
  const lines: string[] = []
  let line = ''
  let taken = 0
  for (const piece of pieces) {
    if (line !== '' && taken + piece.solid > width) {
      lines.push(line)
      line = ''
      taken = 0
    }
    line += piece.text
    taken += piece.whole
  }
  if (line !== '') lines.push(line)
  return lines
}

/** As many lines, in the narrowest column that holds them. */
function balanced(pieces: Piece[], width: number, lines: string[]): string[] {
  let best = lines
  for (let narrower = width * 0.97; narrower > width * 0.5; narrower -= width * 0.03) {
    if (pieces.some((piece) => piece.solid > narrower)) return best
    const tried = brokenAt(pieces, narrower)
    if (tried.length > lines.length) return best
    best = tried
  }
  return best
}

function cutWord(word: string, width: number, measure: Measure): Piece[] {
  const parts: Piece[] = []
  let part = ''
  for (const character of word) {
    if (part !== '' && measure(part + character) > width) {
      parts.push(pieceOf(part, measure))
      part = ''
    }
    part += character
  }
  return [...parts, pieceOf(part, measure)]
}

function shortened(lines: string[], most: number, width: number, measure: Measure): string[] {
  if (lines.length <= most) return lines
  let last = lines[most - 1]?.trimEnd() ?? ''
  while (last !== '' && measure(`${last}…`) > width) {
    // Whole words go; of a word that is a line by itself, letters.
    last = last.includes(' ') ? last.replace(/ +[^ ]*$/, '') : last.slice(0, -1)
  }
  return [...lines.slice(0, most - 1), `${last.replace(/[\s,;:.]+$/, '')}…`]
}
