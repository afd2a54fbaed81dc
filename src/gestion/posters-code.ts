/** QR codes as vectors: black on white, with the white border of four modules that readers of codes need (ISO/IEC 18004). */
import qrcode from 'qrcode'

const quietModules = 4

export interface Code {
  /** Modules on one side, the white border included. */
  side: number
  /** What is black, as an SVG path where a module is one unit. */
  path: string
}

/** A quarter of the code may be hidden or worn (Q): on a key ring it will be. Long addresses are content with a seventh (M). */
export function codeOf(address: string): Code {
  const { modules } = qrcode.create(address, { errorCorrectionLevel: address.length <= 60 ? 'Q' : 'M' })
  const runs: string[] = []
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (!modules.get(row, column)) continue
      const start = column
      // Neighbours are one rectangle: between two, some printers leave a hair of white.
      while (column + 1 < modules.size && modules.get(row, column + 1)) column += 1
      const length = column - start + 1
      runs.push(`M${start + quietModules} ${row + quietModules}h${length}v1h-${length}z`)
    }
  }
  return { side: modules.size + 2 * quietModules, path: runs.join('') }
}

/** The address as people read and type it: nobody types « https:// », and browsers add it. */
export function addressInClear(address: string): string {
  return address.replace(/^https?:\/\//, '').replace(/\/$/, '')
}
