/** What may be stored, and how it is recognised: by its bytes, never by its name or by what the browser says. */
import type { Media } from '../db/schema.ts'

export type MediaKind = Media['kind']

export interface FileType {
  extension: string
  otherExtensions?: string[]
  contentType: string
  kind: MediaKind
  /** What readers call it. */
  label: string
  largestBytes: number
}

/** A file that cannot be kept; the message tells the person who sent it what to do. */
export class RefusedFile extends Error {}

const megabyte = 1_000_000

export const fileTypes = {
  jpeg: imageType('jpg', 'image/jpeg', 'Image JPEG', ['jpeg', 'jfif']),
  png: imageType('png', 'image/png', 'Image PNG'),
  webp: imageType('webp', 'image/webp', 'Image WebP'),
  pdf: { extension: 'pdf', contentType: 'application/pdf', kind: 'pdf', label: 'PDF', largestBytes: 300 * megabyte },
  mp4: videoType('mp4', 'video/mp4', 'Vidéo MP4', ['m4v']),
  mov: videoType('mov', 'video/quicktime', 'Vidéo QuickTime', ['qt']),
  webm: videoType('webm', 'video/webm', 'Vidéo WebM'),
  pptx: officeType('pptx', 'presentation', 'presentationml.presentation', 'PowerPoint'),
  ppsx: officeType('ppsx', 'presentation', 'presentationml.slideshow', 'Diaporama PowerPoint'),
  docx: officeType('docx', 'document', 'wordprocessingml.document', 'Word'),
  xlsx: officeType('xlsx', 'document', 'spreadsheetml.sheet', 'Excel'),
  odp: openDocumentType('odp', 'presentation', 'presentation', 'Présentation OpenDocument'),
  odt: openDocumentType('odt', 'document', 'text', 'Texte OpenDocument'),
  ods: openDocumentType('ods', 'document', 'spreadsheet', 'Tableur OpenDocument'),
  vtt: { extension: 'vtt', contentType: 'text/vtt', kind: 'captions', label: 'Sous-titres', largestBytes: 2 * megabyte }
} as const satisfies Record<string, FileType>

export type TypeName = keyof typeof fileTypes

/**
 * Files of Office and of LibreOffice are ZIP archives: only what they contain tells them apart. HEIC and AVIF are read, and kept in
 * a format that shows everywhere (`keptAs`).
 */
export type Signature = TypeName | 'zip' | ConvertedImage

export type ConvertedImage = 'heic' | 'avif'

export const keptAs = { heic: 'jpeg', avif: 'webp' } as const satisfies Record<ConvertedImage, TypeName>

/** What a field of images proposes beside the types that are kept; iPhones then send their photos as they are. */
export const convertedExtensions = ['heic', 'heif', 'avif']
export const convertedContentTypes = ['image/heic', 'image/heif', 'image/avif']

/** How many bytes of the beginning `recogniseSignature` wants to see. */
export const signatureBytes = 4096

export const emptyFile = 'Ce fichier est vide. Vérifiez qu’il s’ouvre sur votre poste, puis envoyez-le de nouveau.'

const accepted =
  'Formats acceptés\u00a0: JPEG, PNG, WebP, HEIC, AVIF, PDF, MP4, MOV, WebM, PPTX, PPSX, ODP, DOCX, ODT, XLSX, ODS et VTT.'

const videoBrands = /^(?:isom|iso[2-9]|mp4[12]|avc1|M4V[ HP]|MSNV|dash|3gp[4-7]|f4v )$/

/** Reads the first bytes of a file; throws a `RefusedFile` that says what to do when they are none of ours. */
export function recogniseSignature(head: Buffer): Signature {
  const text = head.toString('latin1')
  if (head.length === 0) throw new RefusedFile(emptyFile)
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) return 'webp'
  if (text.startsWith('%PDF-')) return 'pdf'
  if (text.startsWith('PK\x03\x04')) return 'zip'
  if (/^(?:\xef\xbb\xbf)?WEBVTT(?:[ \t\r\n]|$)/.test(text)) return 'vtt'
  if (text.startsWith('\x1aE\xdf\xa3') && text.slice(0, 64).includes('webm')) return 'webm'
  if (text.startsWith('ftyp', 4)) return recogniseBrand(brandsOf(head))
  throw new RefusedFile(adviceFor(text))
}

/** The main brand, then those that the file claims to be as well. */
function brandsOf(head: Buffer): string[] {
  const end = Math.min(head.length, head.readUInt32BE(0), 256)
  const count = Math.max(0, Math.floor((end - 16) / 4))
  const others = Array.from({ length: count }, (_, index) => head.toString('latin1', 16 + 4 * index, 20 + 4 * index))
  return [head.toString('latin1', 8, 12), ...others]
}

function recogniseBrand(brands: string[]): TypeName | ConvertedImage {
  const [brand = ''] = brands
  if (brand === 'qt  ') return 'mov'
  if (videoBrands.test(brand)) return 'mp4'
  if (brand === 'avif' || (brand === 'mif1' && brands.includes('avif'))) return 'avif'
  if (/^(?:hei[cxms]|hev[cx]|mif1|msf1)$/.test(brand)) return 'heic'
  if (brand === 'avis') throw new RefusedFile(otherImage)
  throw new RefusedFile(otherVideo)
}

const otherImage =
  'Ce format d’image n’est pas accepté. Enregistrez l’image en JPEG, PNG ou WebP, puis envoyez-la de nouveau.'
const otherImageStarts = ['GIF8', 'BM', 'II*\0', 'MM\0*', '\0\0\x01\0']
const otherVideo = 'Ce format de vidéo n’est pas accepté. Exportez la vidéo en MP4, puis envoyez-la de nouveau.'

function adviceFor(text: string): string {
  if (text.startsWith('\xd0\xcf\x11\xe0')) {
    return 'Ce fichier est d’un ancien format d’Office (.ppt, .doc, .xls), ou protégé par un mot de passe. Ouvrez-le, enregistrez-le sans mot de passe en .pptx, .docx ou .xlsx, puis envoyez-le de nouveau.'
  }
  if (
    otherImageStarts.some((start) => text.startsWith(start)) ||
    /^[^<]{0,3}<(?:svg|\?xml[\s\S]*<svg|!--[\s\S]*<svg)/i.test(text)
  ) {
    return otherImage
  }
  if (
    text.startsWith('\x1aE\xdf\xa3') ||
    text.startsWith('FLV') ||
    (text.startsWith('RIFF') && text.startsWith('AVI ', 8))
  ) {
    return otherVideo
  }
  return `Le contenu de ce fichier n’est pas d’un type accepté, quel que soit son nom. ${accepted}`
}

/** What is said of an archive that is not a document. */
export const otherArchive = `Les archives ZIP ne sont pas acceptées\u00a0: envoyez un à un les fichiers qu’elle contient. ${accepted}`

const typesByContentType = new Map<string, FileType>(Object.values(fileTypes).map((type) => [type.contentType, type]))

/** What readers call a file of this content type. */
export function labelOf(contentType: string): string {
  return typesByContentType.get(contentType)?.label ?? 'Fichier'
}

function imageType(extension: string, contentType: string, label: string, otherExtensions: string[] = []) {
  return { extension, otherExtensions, contentType, kind: 'image', label, largestBytes: 50 * megabyte } as const
}

function videoType(extension: string, contentType: string, label: string, otherExtensions: string[] = []) {
  return { extension, otherExtensions, contentType, kind: 'video', label, largestBytes: 2000 * megabyte } as const
}

function officeType<Kind extends MediaKind>(extension: string, kind: Kind, name: string, label: string) {
  const contentType = `application/vnd.openxmlformats-officedocument.${name}`
  return { extension, contentType, kind, label, largestBytes: 500 * megabyte } as const
}

function openDocumentType<Kind extends MediaKind>(extension: string, kind: Kind, name: string, label: string) {
  const contentType = `application/vnd.oasis.opendocument.${name}`
  return { extension, contentType, kind, label, largestBytes: 500 * megabyte } as const
}
