/** A list that is written as one document, and kept as rows: which row each of its lines becomes. */

/**
 * A line that did not change keeps its row, wherever it stands now; the others take the rows that are left, and new ones when
 * there are none. What is left after that is gone.
 */
export function matchRows<Row, Line>(
  rows: Row[],
  lines: Line[],
  isSame: (row: Row, line: Line) => boolean
): { matched: { line: Line; row: Row | undefined; isUnchanged: boolean }[]; gone: Row[] } {
  const free = [...rows]
  const take = (place: number): Row | undefined => (place < 0 ? undefined : free.splice(place, 1)[0])
  const own = lines.map((line) => take(free.findIndex((row) => isSame(row, line))))
  const matched = lines.map((line, index) => {
    const row = own[index]
    return row === undefined ? { line, row: take(0), isUnchanged: false } : { line, row, isUnchanged: true }
  })
  return { matched, gone: free }
}

/** Whether two formatted texts say the same: the white space between tags, which a browser may change, means nothing. */
export function isSameRichText(one: string, other: string): boolean {
  return settled(one) === settled(other)
}

function settled(html: string): string {
  return html
    .replaceAll(/[ \t\r\n]+/g, ' ')
    .replaceAll('> <', '><')
    .trim()
}
