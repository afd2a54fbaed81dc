/** PDF files that would run something, open something else, or cannot be read by everybody. */
import type { FileHandle } from 'node:fs/promises'
import { promisify } from 'node:util'
import { constants, inflate } from 'node:zlib'
import { readAt } from '../read-at.ts'
import { RefusedFile } from '../types.ts'

const inflateBytes = promisify(inflate)

const chunkBytes = 1_000_000
/** A name is found even across two chunks. */
const overlapBytes = 256
const largestObjectStream = 4_000_000
const mostObjectStreams = 20_000

const again = 'puis envoyez-le de nouveau.'
const refusals: [RegExp, string][] = [
  [
    nameOf('Encrypt'),
    `Ce PDF est protégé par un mot de passe ou par des restrictions. Enregistrez-le sans protection, ${again}`
  ],
  [
    nameOf('Launch'),
    `Ce PDF lance un autre programme quand on l’ouvre. Exportez-le de nouveau en PDF simple, ${again}`
  ],
  [
    nameOf('JavaScript'),
    `Ce PDF contient un programme (JavaScript), souvent celui d’un formulaire. Imprimez-le en PDF, ${again}`
  ],
  [
    nameOf('EmbeddedFile'),
    'Ce PDF contient d’autres fichiers en pièces jointes. Retirez-les, puis envoyez chacun à part.'
  ],
  [
    // With what follows it: three letters alone would be found by chance in pictures.
    new RegExp(`/${lettersOf('XFA')}\\s*(?:\\[|\\d+\\s+\\d+\\s+R)`),
    `Ce PDF est un formulaire dynamique (XFA), que les navigateurs n’affichent pas. Imprimez-le en PDF, ${again}`
  ]
]
const objectStream = nameOf('ObjStm')

/** Throws a `RefusedFile` that says what to do. */
export async function checkPdf(file: FileHandle, size: number): Promise<void> {
  const end = await readAt(file, Math.max(0, size - 1024), Math.min(size, 1024))
  if (!end.includes('%%EOF')) {
    throw new RefusedFile('Ce PDF est incomplet. Vérifiez qu’il s’ouvre sur votre poste, puis envoyez-le de nouveau.')
  }
  let streams = 0
  for (let at = 0; at < size; at += chunkBytes) {
    const text = (await readAt(file, at, chunkBytes + overlapBytes)).toString('latin1')
    refuseNames(text)
    // Since PDF 1.5 most objects lie compressed, by hundreds, in such streams.
    for (const found of text.matchAll(new RegExp(objectStream, 'g'))) {
      if (found.index >= chunkBytes) continue
      streams += 1
      if (streams > mostObjectStreams) throw new RefusedFile(tooComplex)
      refuseNames(await readObjectStream(file, at + found.index))
    }
  }
}

const tooComplex = `Ce PDF est trop complexe pour être vérifié. Imprimez-le en PDF, ${again}`

function refuseNames(text: string): void {
  for (const [pattern, message] of refusals) {
    if (pattern.test(text)) throw new RefusedFile(message)
  }
}

async function readObjectStream(file: FileHandle, position: number): Promise<string> {
  const bytes = await readAt(file, position, largestObjectStream)
  const start = /stream\r?\n/.exec(bytes.subarray(0, 2000).toString('latin1'))
  if (!start) return ''
  const content = bytes.subarray(start.index + start[0].length)
  try {
    const options = { maxOutputLength: 4 * largestObjectStream, finishFlush: constants.Z_SYNC_FLUSH }
    return (await inflateBytes(content, options)).toString('latin1')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
      throw new RefusedFile(tooComplex, { cause: error })
    }
    // Not compressed, or encrypted: its names were read in the file itself.
    return ''
  }
}

/** A name of PDF, any letter of which may be written by its number (`/J#61vaScript`). */
function nameOf(word: string): RegExp {
  return new RegExp(`/${lettersOf(word)}`, 'i')
}

function lettersOf(word: string): string {
  return [...word].map((letter) => `(?:${letter}|#${letter.charCodeAt(0).toString(16)})`).join('')
}
