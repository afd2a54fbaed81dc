/** MP4 and QuickTime files are boxes, one after the other: whole only if they are all there (ISO 14496-12). */
import type { FileHandle } from 'node:fs/promises'
import { readAt } from '../read-at.ts'
import { RefusedFile } from '../types.ts'

interface Box {
  type: string
  start: number
  /** Where its content begins. */
  content: number
  end: number
}

const mostBoxes = 20_000
const broken =
  'Cette vidéo est abîmée ou incomplète. Vérifiez qu’elle se lit jusqu’au bout sur votre poste, puis envoyez-la de nouveau.'

/** How long the film lasts; throws a `RefusedFile` when the boxes do not fill the file. */
export async function checkMovie(file: FileHandle, size: number): Promise<{ durationSeconds: number | undefined }> {
  const boxes = await listBoxes(file, 0, size)
  const movies = boxes.filter(({ type }) => type === 'moov')
  const [movie] = movies
  if (!movie || movies.length > 1 || !boxes.some(({ type }) => type === 'mdat')) throw new RefusedFile(broken)
  const [header] = (await listBoxes(file, movie.content, movie.end)).filter(({ type }) => type === 'mvhd')
  if (!header) throw new RefusedFile(broken)
  return { durationSeconds: readDuration(await readAt(file, header.content, 32)) }
}

async function listBoxes(file: FileHandle, from: number, to: number): Promise<Box[]> {
  const boxes: Box[] = []
  for (let at = from; at < to; ) {
    const head = await readAt(file, at, 16)
    const box = head.length >= 8 ? boxAt(head, at, to) : undefined
    if (!box || box.end > to || boxes.length >= mostBoxes) throw new RefusedFile(broken)
    boxes.push(box)
    at = box.end
  }
  return boxes
}

function boxAt(head: Buffer, start: number, to: number): Box | undefined {
  const type = head.toString('latin1', 4, 8)
  const size = head.readUInt32BE(0)
  // The last box may say that it goes to the end.
  if (size === 0) return { type, start, content: start + 8, end: to }
  if (size !== 1) return size >= 8 ? { type, start, content: start + 8, end: start + size } : undefined
  if (head.length < 16) return undefined
  const large = Number(head.readBigUInt64BE(8))
  return large >= 16 ? { type, start, content: start + 16, end: start + large } : undefined
}

function readDuration(header: Buffer): number | undefined {
  const isLong = header[0] === 1
  if (header.length < (isLong ? 32 : 20)) return undefined
  const unitsInSecond = header.readUInt32BE(isLong ? 20 : 12)
  const units = isLong ? Number(header.readBigUInt64BE(24)) : header.readUInt32BE(16)
  const seconds = Math.round(units / unitsInSecond)
  // Films made as they go say 0, and liars say centuries.
  return seconds >= 1 && seconds < 86_400 ? seconds : undefined
}
