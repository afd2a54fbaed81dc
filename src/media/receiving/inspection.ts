/** What a file really is, once its bytes are on disk: the checks that its first bytes alone do not allow. */
import { type FileHandle, open } from 'node:fs/promises'
import { checkArchive } from '../documents/archive.ts'
import { checkPdf } from '../documents/pdf.ts'
import { readAt } from '../read-at.ts'
import { type ConvertedImage, RefusedFile, type Signature, type TypeName } from '../types.ts'
import { checkMovie } from '../video/video-file.ts'

export interface InspectedFile {
  name: TypeName
  durationSeconds?: number | undefined
  /** Slides of a presentation. */
  pageCount?: number | undefined
}

type Check = (file: FileHandle, size: number) => Promise<InspectedFile>

// A type without an entry is known by its signature; an image is checked by being decoded (images.ts).
const checks: Partial<Record<Exclude<Signature, ConvertedImage>, Check>> = {
  pdf: async (file, size) => {
    await checkPdf(file, size)
    return { name: 'pdf' }
  },
  vtt: checkCaptions,
  zip: checkArchive,
  mp4: async (file, size) => ({ name: 'mp4', ...(await checkMovie(file, size)) }),
  mov: async (file, size) => ({ name: 'mov', ...(await checkMovie(file, size)) })
}

/** Returns what the file is, or throws a `RefusedFile`. */
export async function inspectFile(
  path: string,
  signature: Exclude<Signature, ConvertedImage>,
  size: number
): Promise<InspectedFile> {
  const check = checks[signature]
  // Every archive has its check: what is left is known by its signature.
  if (!check) return { name: signature as TypeName }
  const file = await open(path)
  try {
    return await check(file, size)
  } finally {
    await file.close()
  }
}

async function checkCaptions(file: FileHandle, size: number): Promise<InspectedFile> {
  const bytes = await readAt(file, 0, size)
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return { name: 'vtt' }
  } catch {
    // Not UTF-8: said below.
  }
  throw new RefusedFile(
    'Ces sous-titres ne sont pas en UTF-8. Enregistrez le fichier VTT avec l’encodage UTF-8, puis envoyez-le de nouveau.'
  )
}
