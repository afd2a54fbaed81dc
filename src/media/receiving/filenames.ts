/** The names people give to files: kept for people, never used on disk. */
import type { FileType } from '../types.ts'
import { convertedExtensions, fileTypes } from '../types.ts'

const longest = 150
const longestExtension = 10

// Control characters, invisible and text-turning ones (a name may not read otherwise than it is), lone surrogates.
const unwanted = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu
const knownExtensions = new Set<string>(
  Object.values(fileTypes)
    .flatMap((type: FileType) => [type.extension, ...(type.otherExtensions ?? [])])
    .concat(convertedExtensions)
)

/** The name as it is kept: one line, no folder, at most 150 characters, with the extension of what the file really is. */
export function normaliseFilename(name: string, type: FileType): string {
  const base = name.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const clean = base.replace(unwanted, '').replace(/\s+/gu, ' ').trim()
  const [stem, extension] = splitExtension(clean)
  const isRight = [type.extension, ...(type.otherExtensions ?? [])].includes(extension.toLowerCase())
  // A known extension that is not the right one is a mistake to repair; an unknown one belongs to the name (« Rapport v1.2 »).
  const kept = isRight || knownExtensions.has(extension.toLowerCase()) ? stem : clean
  const ending = `.${isRight ? extension : type.extension}`
  const trimmed = cutTo(kept.replace(/^[.\s]+|[.\s]+$/gu, ''), longest - ending.length)
  return `${trimmed || 'fichier'}${ending}`
}

function splitExtension(name: string): [stem: string, extension: string] {
  const dot = name.lastIndexOf('.')
  const extension = dot < 0 ? '' : name.slice(dot + 1)
  return extension && extension.length <= longestExtension ? [name.slice(0, dot), extension] : [name, '']
}

/** Cuts between characters as people see them: half an emoji is not a character. */
function cutTo(text: string, length: number): string {
  if (text.length <= length) return text
  let kept = ''
  for (const { segment } of new Intl.Segmenter('fr').segment(text)) {
    if (kept.length + segment.length > length) break
    kept += segment
  }
  return kept.trimEnd()
}
