/** Photos as iPhones keep them: drawn as JPEG by a program of the machine, which reads them apart; kept as any JPEG then. */
import { join } from 'node:path'
import { findProgram, runProgram } from '../preparation/programs.ts'
import { RefusedFile } from '../types.ts'

const largestPixels = 40e6
const longestMs = 60_000
// Of a picture of 40 million pixels, with what its decoder needs beside.
const memoryBytes = 2_000_000_000
const mostPictures = 30

const notHere =
  'Les photos HEIC des iPhone ne s’affichent pas partout. Exportez la photo en JPEG, puis envoyez-la de nouveau.'
const unreadable =
  'Cette photo HEIC est abîmée, ou d’une sorte que le site ne sait pas lire. Exportez-la en JPEG, puis envoyez-la de nouveau.'

let last: Promise<unknown> = Promise.resolve()

/** A machine without the programs says what to do instead. */
export function refuseUnlessHeicIsRead(): void {
  if (!findProgram('heif-convert') || !findProgram('heif-info')) throw new RefusedFile(notHere)
}

/**
 * Gives the path of its main picture as JPEG, upright: the file says how to turn it, and the program does; what its EXIF says of
 * it must not be done a second time. One photo at a time, however many are sent; throws a `RefusedFile`.
 */
export function drawHeic(path: string, folder: string): Promise<string> {
  const drawn = last.then(() => draw(path, folder))
  last = drawn.catch(() => undefined)
  return drawn
}

async function draw(path: string, folder: string): Promise<string> {
  refuseUnlessHeicIsRead()
  const limits = { folder, longestMs, memoryBytes }
  const said = await refuseUnreadable(runProgram({ program: 'heif-info', parameters: [path], ...limits }))
  const pictures = [...said.matchAll(/^image: (\d+)x(\d+) \(id=\d+\)(, primary)?/gm)].map(
    ([, width, height, primary]) => ({ pixels: Number(width) * Number(height), isPrimary: primary !== undefined })
  )
  if (pictures.length === 0 || pictures.length > mostPictures) throw new RefusedFile(unreadable)
  // All of them are drawn to have one.
  if (pictures.reduce((sum, { pixels }) => sum + pixels, 0) > largestPixels * 2) throw new RefusedFile(tooLarge)
  const main = Math.max(
    0,
    pictures.findIndex(({ isPrimary }) => isPrimary)
  )
  if ((pictures[main]?.pixels ?? 0) > largestPixels) throw new RefusedFile(tooLarge)
  const parameters = ['--quality', '95', '--quiet', path, join(folder, 'photo.jpg')]
  await refuseUnreadable(runProgram({ program: 'heif-convert', parameters, ...limits }))
  return join(folder, pictures.length === 1 ? 'photo.jpg' : `photo-${main + 1}.jpg`)
}

const tooLarge =
  'Cette image est trop grande\u00a0: 40 millions de pixels au plus. Réduisez-la, puis envoyez-la de nouveau.'

async function refuseUnreadable<Result>(run: Promise<Result>): Promise<Result> {
  try {
    return await run
  } catch (error) {
    throw new RefusedFile(unreadable, { cause: error })
  }
}
