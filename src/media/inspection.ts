/** What a file really is, once its bytes are on disk: the checks that its first bytes alone do not allow. */
import { type FileHandle, open } from 'node:fs/promises'
import { otherArchive, RefusedFile, type Signature, type TypeName } from './types.ts'

type Check = (file: FileHandle, size: number) => Promise<TypeName>

// A type without an entry is known by its signature; an image is checked by being decoded (images.ts).
const checks: Partial<Record<Signature, Check>> = { pdf: checkPdf, vtt: checkCaptions, zip: checkArchive }

/** Returns the type of the file, or throws a `RefusedFile`. */
export async function inspectFile(path: string, signature: Signature, size: number): Promise<TypeName> {
  const check = checks[signature]
  if (!check) {
    if (signature === 'zip') throw new RefusedFile(otherArchive)
    return signature
  }
  const file = await open(path)
  try {
    return await check(file, size)
  } finally {
    await file.close()
  }
}

async function checkPdf(file: FileHandle, size: number): Promise<TypeName> {
  const end = await readAt(file, Math.max(0, size - 1024), Math.min(size, 1024))
  if (end.includes('%%EOF')) return 'pdf'
  throw new RefusedFile('Ce PDF est incomplet. Vérifiez qu’il s’ouvre sur votre poste, puis envoyez-le de nouveau.')
}

async function checkCaptions(file: FileHandle, size: number): Promise<TypeName> {
  const bytes = await readAt(file, 0, size)
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return 'vtt'
  } catch {
    // Not UTF-8: said below.
  }
  throw new RefusedFile(
    'Ces sous-titres ne sont pas en UTF-8. Enregistrez le fichier VTT avec l’encodage UTF-8, puis envoyez-le de nouveau.'
  )
}

const openDocuments: Record<string, TypeName> = {
  'application/vnd.oasis.opendocument.presentation': 'odp',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods'
}
const mainParts: [string, TypeName][] = [
  ['ppt/presentation.xml', 'pptx'],
  ['word/document.xml', 'docx'],
  ['xl/workbook.xml', 'xlsx']
]

async function checkArchive(file: FileHandle, size: number): Promise<TypeName> {
  const names = await listEntries(file, size)
  if (names.some((name) => /(?:^|\/)(?:vbaProject\.bin$|activeX\/|Basic\/)/i.test(name))) {
    throw new RefusedFile(
      'Ce document contient des macros, qui peuvent être dangereuses. Enregistrez-le sans macros (.pptx, .docx, .xlsx), puis envoyez-le de nouveau.'
    )
  }
  // OpenDocument begins with a file « mimetype », not compressed, whose content is at offset 38.
  if (names[0] === 'mimetype') {
    const start = (await readAt(file, 0, 512)).toString('latin1')
    const found = Object.entries(openDocuments).find(([mimetype]) => start.startsWith(`mimetype${mimetype}`, 30))
    // A template or a drawing only begins like one of ours: what follows a whole name is the next entry of the archive.
    if (found && start.startsWith('PK', 38 + found[0].length)) return found[1]
    throw new RefusedFile(otherArchive)
  }
  const main = mainParts.find(([name]) => names.includes(name))
  if (main && names.includes('[Content_Types].xml')) return main[1]
  throw new RefusedFile(otherArchive)
}

const largestDirectory = 2_000_000
const broken = 'Ce document est abîmé ou incomplet. Vérifiez qu’il s’ouvre sur votre poste, puis envoyez-le de nouveau.'

/** The names in the central directory of a ZIP archive. */
async function listEntries(file: FileHandle, size: number): Promise<string[]> {
  const tailLength = Math.min(size, 65_557)
  const tail = await readAt(file, size - tailLength, tailLength)
  const end = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  if (end < 0 || end + 22 > tail.length) throw new RefusedFile(broken)
  const length = tail.readUInt32LE(end + 12)
  const offset = tail.readUInt32LE(end + 16)
  if (length > largestDirectory || offset + length > size) throw new RefusedFile(broken)
  const directory = await readAt(file, offset, length)
  const names: string[] = []
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === 0x02014b50; ) {
    const nameLength = directory.readUInt16LE(at + 28)
    names.push(directory.toString('utf8', at + 46, at + 46 + nameLength))
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  if (names.length !== tail.readUInt16LE(end + 10)) throw new RefusedFile(broken)
  return names
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}
