/**
 * The first sheet of an Excel workbook (XLSX), as rows of text. A workbook is an archive that somebody else made: what is read
 * of it is inflated within limits first, and only those bytes reach the library that understands spreadsheets.
 */
import { crc32, inflateRawSync } from 'node:zlib'
import { readSheet } from 'read-excel-file/node'
import type { CsvRow } from './csv.ts'

export type WorkbookProblem = 'not-a-workbook' | 'macros' | 'locked' | 'broken' | 'too-large'

export type ReadWorkbook = { ok: true; rows: CsvRow[] } | { ok: false; problem: WorkbookProblem }

const mostEntries = 500
/** A list of 2,000 people, with every column that a personnel department can think of, is ten times lighter. */
const mostInflatedBytes = 20_000_000
const mostRows = 20_000
const mostColumns = 100
const mostCells = 400_000

class Refused extends Error {
  readonly problem: WorkbookProblem

  constructor(problem: WorkbookProblem) {
    super(problem)
    this.problem = problem
  }
}

/** Whether these bytes begin as an archive (XLSX, ODS) or as the older formats of Excel do. */
export function looksLikeWorkbook(file: Buffer): boolean {
  return ['504b0304', 'd0cf11e0'].includes(file.subarray(0, 4).toString('hex'))
}

export async function readWorkbook(file: Buffer): Promise<ReadWorkbook> {
  try {
    const parts = readParts(file)
    for (const [name, content] of parts)
      if (/^xl\/worksheets\//.test(name)) refuseLargeSheet(content.toString('latin1'))
    const data = await readSheet(archiveOf(parts))
    const rows = data.map((cells, index) => ({ line: index + 1, cells: cells.map(cellText) }))
    return { ok: true, rows: rows.filter(({ cells }) => cells.some((cell) => cell !== '')) }
  } catch (error) {
    return { ok: false, problem: error instanceof Refused ? error.problem : 'broken' }
  }
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10)
  if (typeof value === 'boolean') return value ? 'oui' : 'non'
  // One line for each row, so that the number of the line is that of the sheet.
  return String(value).replace(/\s+/g, ' ').trim()
}

interface Entry {
  name: string
  flags: number
  method: number
  compressed: number
  offset: number
}

/** What the library needs, and nothing else of what the archive holds: names and bytes. */
function readParts(file: Buffer): Map<string, Buffer> {
  // Encrypted by Excel, or an old XLS: a container that is no archive.
  if (file.subarray(0, 4).toString('hex') === 'd0cf11e0') {
    throw new Refused(file.includes('EncryptedPackage', 0, 'utf16le') ? 'locked' : 'not-a-workbook')
  }
  const entries = listEntries(file)
  const names = new Set(entries.map(({ name }) => name))
  if (names.size !== entries.length) throw new Refused('broken')
  if (entries.some(({ name }) => /vbaProject\.bin$|\/(activeX|macrosheets|embeddings)\//i.test(name)))
    throw new Refused('macros')
  if (!names.has('xl/workbook.xml') || !names.has('[Content_Types].xml')) throw new Refused('not-a-workbook')
  const parts = new Map<string, Buffer>()
  let left = mostInflatedBytes
  for (const entry of entries) {
    if (!/\.xml(\.rels)?$/.test(entry.name) || !/^(\[Content_Types\]\.xml|_rels\/|xl\/)/.test(entry.name)) continue
    if (/^xl\/(drawings|charts|theme|media|externalLinks|pivot)/.test(entry.name)) continue
    const content = inflate(file, entry, left)
    left -= content.length
    parts.set(entry.name, content)
  }
  const types = parts.get('[Content_Types].xml')?.toString('utf8') ?? ''
  if (/macroEnabled|vbaProject/i.test(types)) throw new Refused('macros')
  if (!types.includes('spreadsheetml.sheet.main+xml')) throw new Refused('not-a-workbook')
  return parts
}

function listEntries(file: Buffer): Entry[] {
  // The directory is announced at the end, before a comment of 64 KB at most.
  const end = file.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  if (end === -1 || end + 22 > file.length) throw new Refused('broken')
  const count = file.readUInt16LE(end + 10)
  if (count > mostEntries) throw new Refused('too-large')
  const entries: Entry[] = []
  let at = file.readUInt32LE(end + 16)
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > file.length || file.toString('latin1', at, at + 4) !== 'PK\x01\x02') throw new Refused('broken')
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => file.readUInt16LE(at + place))
    const name = file.toString('utf8', at + 46, at + 46 + (nameLength ?? 0)).replace(/^\//, '')
    entries.push({
      name,
      flags: file.readUInt16LE(at + 8),
      method: file.readUInt16LE(at + 10),
      compressed: file.readUInt32LE(at + 20),
      offset: file.readUInt32LE(at + 42)
    })
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0)
  }
  return entries
}

function inflate(file: Buffer, entry: Entry, most: number): Buffer {
  if (entry.flags & 1) throw new Refused('locked')
  if (entry.offset + 30 > file.length) throw new Refused('broken')
  const start = entry.offset + 30 + file.readUInt16LE(entry.offset + 26) + file.readUInt16LE(entry.offset + 28)
  const bytes = file.subarray(start, start + entry.compressed)
  if (bytes.length !== entry.compressed || most <= 0) throw new Refused(most <= 0 ? 'too-large' : 'broken')
  if (entry.method === 0) {
    if (bytes.length > most) throw new Refused('too-large')
    return bytes
  }
  if (entry.method !== 8) throw new Refused('broken')
  try {
    return inflateRawSync(bytes, { maxOutputLength: most })
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    throw new Refused(isTooLarge ? 'too-large' : 'broken')
  }
}

/** One cell far away would make the library lay out every row and column before it. */
function refuseLargeSheet(xml: string): void {
  if ((xml.match(/<(?:\w+:)?(?:c|row)[\s/>]/g)?.length ?? 0) > mostCells) throw new Refused('too-large')
  let cells = 0
  for (const [, column = '', row = ''] of xml.matchAll(/\br\s*=\s*["']([A-Za-z]*)(\d+)["']/g)) {
    cells += 1
    if (cells > mostCells || row.length > 6 || Number(row) > mostRows || columnNumber(column) > mostColumns) {
      throw new Refused('too-large')
    }
  }
}

function columnNumber(letters: string): number {
  return letters.length > 3
    ? Number.POSITIVE_INFINITY
    : [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
}

/** An archive of these parts alone, not compressed: its headers say what ours say, and nothing hides between them. */
function archiveOf(parts: Map<string, Buffer>): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of parts) {
    const title = Buffer.from(name, 'utf8')
    // Version 2.0, names in UTF-8, stored, no date; then the checksum, twice the size, and the length of the name.
    const about = Buffer.alloc(26)
    about.writeUInt16LE(20, 0)
    about.writeUInt16LE(0x0800, 2)
    about.writeUInt32LE(crc32(content), 10)
    about.writeUInt32LE(content.length, 14)
    about.writeUInt32LE(content.length, 18)
    about.writeUInt16LE(title.length, 22)
    bodies.push(Buffer.from('PK\x03\x04', 'latin1'), about, title, content)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), about, place, title)
    offset += 30 + title.length + content.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(parts.size, 8)
  end.writeUInt16LE(parts.size, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, listed, end])
}
