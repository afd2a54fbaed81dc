/**
 * Runs in a process of its own: decoding and encoding take whole seconds of processor, which are given here with the
 * lowest priority, and an image made to harm would end this process and not the site.
 */
import { setPriority } from 'node:os'
import { type MadeRendition, makeRenditions } from './images.ts'

export interface RenditionOrder {
  path: string
  widths: number[]
}

export type RenditionAnswer = { made: MadeRendition[] } | { failure: string }

setPriority(19)
process.on('message', async (order: RenditionOrder) => {
  process.send?.(await answer(order))
})
// The site stopped, cleanly or not: nobody waits for what is being made.
process.on('disconnect', () => process.exit())
// Ctrl-C in a terminal reaches every process of the site; this one leaves when the site lets it go.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => undefined)

async function answer({ path, widths }: RenditionOrder): Promise<RenditionAnswer> {
  try {
    return { made: await makeRenditions(path, widths) }
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) }
  }
}
