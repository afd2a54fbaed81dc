/** Documents of Office and LibreOffice are ZIP archives: what is in them, and what may not be. */
import type { FileHandle } from 'node:fs/promises'
import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { readAt } from '../read-at.ts'
import { otherArchive, RefusedFile, type TypeName } from '../types.ts'

const inflateBytes = promisify(inflateRaw)

interface Entry {
  name: string
  flags: number
  method: number
  compressed: number
  size: number
  isLink: boolean
  /** Where its own header begins. */
  offset: number
}

const largestDirectory = 2_000_000
const mostEntries = 5000
const mostInflatedBytes = 1_000_000_000
const largestRatio = 200
const smallEntryBytes = 1_000_000
const largestReadPart = 5_000_000
const mostReadBytes = 50_000_000

const again = 'puis envoyez-le de nouveau.'
const broken = `Ce document est abîmé ou incomplet. Vérifiez qu’il s’ouvre sur votre poste, ${again}`
const locked = `Ce document est protégé par un mot de passe. Enregistrez-le sans mot de passe, ${again}`
const bomb = `Ce document prendrait une place démesurée une fois ouvert. Ouvrez-le sur votre poste, enregistrez-le sous un autre nom, ${again}`
const macros = `Ce document contient des macros, qui peuvent être dangereuses. Enregistrez-le sans macros (.pptx, .docx, .xlsx), ${again}`
const embedded = `Ce document contient des objets incorporés d’un autre logiciel, qui peuvent être dangereux. Remplacez-les par des images, ${again}`
const controls = `Ce document contient des contrôles ActiveX, qui peuvent être dangereux. Retirez-les, ${again}`
const linked = `Ce document va chercher des contenus ailleurs (image, vidéo ou fichier lié). Insérez-les dans le document, ou ne gardez que des liens vers des pages web, ${again}`
const template = `Ce fichier est un modèle. Ouvrez-le, enregistrez-le comme document (.pptx, .docx, .xlsx, .odp, .odt ou .ods), ${again}`

const openDocuments: Record<string, TypeName> = {
  'application/vnd.oasis.opendocument.presentation': 'odp',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods'
}
const mainTypes: [part: string, name: TypeName][] = [
  ['presentationml.presentation.main+xml', 'pptx'],
  ['presentationml.slideshow.main+xml', 'ppsx'],
  ['wordprocessingml.document.main+xml', 'docx'],
  ['spreadsheetml.sheet.main+xml', 'xlsx']
]
const allowedEmbeddings = /\/embeddings\/[^/]+\.(?:xlsx|docx|pptx)$/i
const allowedTarget = /^(?:https?:\/\/|mailto:|#)/i

/** What document the archive is; throws a `RefusedFile` that says what to do. */
export async function checkArchive(
  file: FileHandle,
  size: number
): Promise<{ name: TypeName; pageCount?: number | undefined }> {
  const entries = await listEntries(file, size)
  refuseEntries(entries)
  const read = reader(file, entries, size)
  // OpenDocument begins with a file « mimetype », not compressed, whose content is at offset 38.
  if (entries[0]?.name === 'mimetype') return { name: await checkOpenDocument(file, read) }
  const types = await read('[Content_Types].xml')
  if (types === undefined) throw new RefusedFile(otherArchive)
  return checkOfficeDocument(entries, types, read)
}

/** The text of a part; undefined when the archive has none of this name. */
export type ReadPart = (name: string) => Promise<string | undefined>

/** An archive whose content was checked when it was received, to read its parts. */
export async function openArchive(file: FileHandle, size: number): Promise<{ names: string[]; read: ReadPart }> {
  const entries = await listEntries(file, size)
  return { names: entries.map(({ name }) => name), read: reader(file, entries, size) }
}

async function checkOpenDocument(file: FileHandle, read: ReadPart): Promise<TypeName> {
  const start = (await readAt(file, 0, 512)).toString('latin1')
  const found = Object.entries(openDocuments).find(([mimetype]) => start.startsWith(`mimetype${mimetype}`, 30))
  if (!found) throw new RefusedFile(otherArchive)
  // A template or a drawing only begins like one of ours: what follows a whole name is the next entry of the archive.
  if (start.startsWith('-template', 38 + found[0].length)) throw new RefusedFile(template)
  if (!start.startsWith('PK', 38 + found[0].length)) throw new RefusedFile(otherArchive)
  const manifest = await read('META-INF/manifest.xml')
  if (manifest && /encryption-data\b/.test(manifest)) throw new RefusedFile(locked)
  return found[1]
}

async function checkOfficeDocument(
  entries: Entry[],
  types: string,
  read: ReadPart
): Promise<{ name: TypeName; pageCount?: number | undefined }> {
  if (/macroEnabled|vbaProject/i.test(types)) throw new RefusedFile(macros)
  if (/ms-office\.activeX/i.test(types)) throw new RefusedFile(controls)
  if (/\.template\.main\+xml/.test(types)) throw new RefusedFile(template)
  const main = mainTypes.find(([part]) => types.includes(part))
  if (!main) throw new RefusedFile(otherArchive)
  for (const { name } of entries.filter((entry) => /\.rels$/i.test(entry.name))) {
    refuseRelations((await read(name)) ?? '')
  }
  const slides = entries.filter(({ name }) => /^ppt\/slides\/slide\d+\.xml$/.test(name)).length
  return { name: main[1], pageCount: slides > 0 ? slides : undefined }
}

/** A link to a web page or an address is for the reader to follow; anything else is fetched without asking. */
function refuseRelations(xml: string): void {
  if (/<!DOCTYPE/i.test(xml)) throw new RefusedFile(broken)
  for (const [, attributes = ''] of xml.matchAll(
    /<(?:[\w.-]+:)?Relationship(?=[\s/>])((?:"[^"]*"|'[^']*'|[^'">])*)>/g
  )) {
    const mode = attributeOf(attributes, 'TargetMode')
    if (mode === undefined || mode === 'Internal') continue
    const isHyperlink = attributeOf(attributes, 'Type')?.endsWith('/hyperlink')
    if (!isHyperlink || !allowedTarget.test(attributeOf(attributes, 'Target') ?? '')) throw new RefusedFile(linked)
  }
}

function attributeOf(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes)
  return found ? (found[1] ?? found[2]) : undefined
}

function refuseEntries(entries: Entry[]): void {
  const names = entries.map(({ name }) => name)
  if (entries.some(({ flags }) => (flags & 1) !== 0)) throw new RefusedFile(locked)
  if (names.some((name) => /(?:^|\/)(?:vbaProject\.bin$|Basic\/|Scripts\/|customUI\/)/i.test(name))) {
    throw new RefusedFile(macros)
  }
  if (names.some((name) => /(?:^|\/)activeX\//i.test(name))) throw new RefusedFile(controls)
  if (names.some((name) => /\/embeddings\/[^/]/i.test(name) && !allowedEmbeddings.test(name))) {
    throw new RefusedFile(embedded)
  }
  const total = entries.reduce((sum, { size }) => sum + size, 0)
  const isSwollen = entries.some(({ size, compressed }) => size > smallEntryBytes && size > compressed * largestRatio)
  if (entries.length > mostEntries || total > mostInflatedBytes || isSwollen) throw new RefusedFile(bomb)
  const isOdd = entries.some(
    ({ name, method, isLink }) =>
      isLink || (method !== 0 && method !== 8) || /^[/\\]|^[a-z]:|\\|\0/i.test(name) || name.split('/').includes('..')
  )
  if (isOdd || new Set(names.map((name) => name.toLowerCase())).size !== names.length) throw new RefusedFile(broken)
}

/** Reads parts of XML, within limits that do not trust what the archive says of itself. */
function reader(file: FileHandle, entries: Entry[], fileSize: number): ReadPart {
  const byName = new Map(entries.map((entry) => [entry.name, entry]))
  let total = 0
  return async (name) => {
    const entry = byName.get(name)
    if (!entry) return undefined
    const bytes = await readEntry(file, entry, fileSize)
    total += bytes.length
    if (total > mostReadBytes) throw new RefusedFile(bomb)
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
      // Another encoding would hide from the checks what the program reads.
      if (text.includes('\0') || /^<\?xml[^>]*encoding\s*=\s*["'](?!utf-8|us-ascii)/i.test(text))
        throw new Error('encoding')
      return text
    } catch (error) {
      throw new RefusedFile(broken, { cause: error })
    }
  }
}

async function readEntry(file: FileHandle, entry: Entry, fileSize: number): Promise<Buffer> {
  const head = await readAt(file, entry.offset, 30)
  if (head.length < 30 || head.readUInt32LE(0) !== 0x04034b50) throw new RefusedFile(broken)
  const start = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
  if (start + entry.compressed > fileSize) throw new RefusedFile(broken)
  if (entry.compressed > largestReadPart) throw new RefusedFile(bomb)
  const bytes = await readAt(file, start, entry.compressed)
  if (entry.method === 0) return bytes
  try {
    return await inflateBytes(bytes, { maxOutputLength: largestReadPart })
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    throw new RefusedFile(isTooLarge ? bomb : broken, { cause: error })
  }
}

/** The central directory of a ZIP archive. */
async function listEntries(file: FileHandle, size: number): Promise<Entry[]> {
  const tailLength = Math.min(size, 65_557)
  const tail = await readAt(file, size - tailLength, tailLength)
  const end = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  if (end < 0 || end + 22 > tail.length) throw new RefusedFile(broken)
  const count = tail.readUInt16LE(end + 10)
  const length = tail.readUInt32LE(end + 12)
  const offset = tail.readUInt32LE(end + 16)
  if (count > mostEntries || (length > largestDirectory && offset + length <= size)) throw new RefusedFile(bomb)
  // Nothing hides after the archive.
  if (offset + length > size || end + 22 + tail.readUInt16LE(end + 20) !== tail.length) throw new RefusedFile(broken)
  const directory = await readAt(file, offset, length)
  const entries: Entry[] = []
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === 0x02014b50; ) {
    const nameLength = directory.readUInt16LE(at + 28)
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      flags: directory.readUInt16LE(at + 8),
      method: directory.readUInt16LE(at + 10),
      compressed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      isLink: directory.readUInt32LE(at + 38) >>> 28 === 0xa,
      offset: directory.readUInt32LE(at + 42)
    })
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  if (entries.length !== count) throw new RefusedFile(broken)
  return entries
}
