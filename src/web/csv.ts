/** Tables as spreadsheets save them and open them: Excel in French writes `;`, and Windows-1252 unless told otherwise. */

export interface CsvRow {
  /** Of the file, from 1: where a person finds it again. */
  line: number
  cells: string[]
}

/** The text of a file, whatever program saved it. */
export function decodeCsv(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** The rows that hold something. What is copied from a spreadsheet comes with tabs, so these separate too. */
export function readCsv(text: string): CsvRow[] {
  const source = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
  const separator = separatorOf(source)
  const rows: CsvRow[] = []
  let cells: string[] = []
  let cell = ''
  let line = 1
  let startedAt = 1
  let isQuoted = false
  const endRow = (): void => {
    cells.push(cell.trim())
    if (cells.some((value) => value !== '')) rows.push({ line: startedAt, cells })
    cells = []
    cell = ''
  }
  for (let index = 0; index < source.length; index += 1) {
    const character = source.charAt(index)
    if (character === '\n') line += 1
    if (isQuoted) {
      if (character !== '"') cell += character
      else if (source.charAt(index + 1) === '"') {
        cell += '"'
        index += 1
      } else isQuoted = false
    } else if (character === '"' && cell.trim() === '') {
      cell = ''
      isQuoted = true
    } else if (character === separator) {
      cells.push(cell.trim())
      cell = ''
    } else if (character === '\n') {
      endRow()
      startedAt = line
    } else cell += character
  }
  endRow()
  return rows
}

/** What the first line has most of; `;` when it has none. */
function separatorOf(source: string): string {
  const first = source.trimStart().split('\n', 1)[0] ?? ''
  const count = (separator: string): number => first.split(separator).length - 1
  return [';', ',', '\t'].reduce((best, other) => (count(other) > count(best) ? other : best))
}

/** Rows of another origin as text that `readCsv` reads: each stays on its line. */
export function csvOf(rows: CsvRow[]): string {
  const lines: string[] = []
  for (const { line, cells } of rows) {
    while (lines.length < line - 1) lines.push('')
    lines.push(cells.map((cell) => (/[;,\t"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(';'))
  }
  return lines.join('\n')
}

/** A file that Excel opens with its accents and its columns, and in which nothing is a formula (OWASP, CSV injection). */
export function writeCsv(rows: string[][]): string {
  return `\ufeff${rows.map((cells) => `${cells.map(cellOf).join(';')}\r\n`).join('')}`
}

function cellOf(value: string): string {
  const text = /^\s*[=+\-@|%\t\r\uff1d\uff0b\uff0d\uff20]/.test(value) ? `'${value}` : value
  return /[";\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text
}
