/**
 * Runs in a process of its own: decoding and encoding take whole seconds of processor, which are given here with the
 * lowest priority, and an image made to harm would end this process and not the site.
 */
import { setPriority } from 'node:os'
import { RefusedFile } from '../types.ts'
import { cleanImage, type ImageTypeName, type MadeRendition, makeRenditions, type ReadImage } from './images.ts'

export type ImageOrder =
  | { task: 'renditions'; path: string; widths: number[] }
  | { task: 'clean'; path: string; type: ImageTypeName; upright?: boolean }

export type ImageAnswer =
  | { made: MadeRendition[] }
  | { clean: Omit<ReadImage, 'bytes'> & { bytes: Uint8Array } }
  /** For the person who sent the image. */
  | { refusal: string }
  | { failure: string }

setPriority(19)
process.on('message', async (order: ImageOrder) => {
  process.send?.(await answer(order))
})
// The site stopped, cleanly or not: nobody waits for what is being made.
process.on('disconnect', () => process.exit())
// Ctrl-C in a terminal reaches every process of the site; this one leaves when the site lets it go.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => undefined)

async function answer(order: ImageOrder): Promise<ImageAnswer> {
  try {
    if (order.task === 'renditions') return { made: await makeRenditions(order.path, order.widths) }
    return { clean: await cleanImage(order.path, order.type, order.upright) }
  } catch (error) {
    if (error instanceof RefusedFile && order.task === 'clean') return { refusal: error.message }
    return { failure: error instanceof Error ? error.message : String(error) }
  }
}
