/**
 * Reads a QR code from the pixels of a picture, as a telephone does: finds it, takes its modules, undoes the mask, puts the
 * blocks in order, decodes. It corrects no error: what the site draws has none.
 */
import { createRequire } from 'node:module'
import sharp from 'sharp'

const require = createRequire(import.meta.url)
// Tables of the standard (ISO/IEC 18004), as the library that draws has them.
const tables = require('qrcode/lib/core/error-correction-code.js') as {
  getBlocksCount(version: number, level: object): number
  getTotalCodewordsCount(version: number, level: object): number
}
const corrections = require('qrcode/lib/core/error-correction-level.js') as Record<ReadCode['level'], object>
const alignment = require('qrcode/lib/core/alignment-pattern.js') as {
  getPositions(version: number): [number, number][]
}
const totals = require('qrcode/lib/core/utils.js') as { getSymbolTotalCodewords(version: number): number }

export interface ReadCode {
  text: string
  level: 'L' | 'M' | 'Q' | 'H'
  /** Pixels of white on the left, as a number of modules. */
  quiet: number
}

/** The picture holds nothing dark but the code. */
export async function readQr(picture: Buffer | string): Promise<ReadCode> {
  const { data, info } = await sharp(picture).flatten({ background: '#fff' }).greyscale().raw().toBuffer({
    resolveWithObject: true
  })
  const isDark = (x: number, y: number): boolean => (data[Math.floor(y) * info.width + Math.floor(x)] ?? 255) < 128
  let left = info.width
  let right = 0
  let top = info.height
  for (let y = 0; y < info.height; y += 1) {
    for (let x = 0; x < info.width; x += 1) {
      if (!isDark(x, y)) continue
      left = Math.min(left, x)
      right = Math.max(right, x + 1)
      top = Math.min(top, y)
    }
  }
  // The first row begins with the seven modules of a finder.
  let run = 0
  while (isDark(left + run, top)) run += 1
  const size = Math.round((right - left) / (run / 7))
  if ((size - 17) % 4 !== 0) throw new Error(`${size} modules is the size of no QR code.`)
  const step = (right - left) / size
  const module = (row: number, column: number): number =>
    isDark(left + (column + 0.5) * step, top + (row + 0.5) * step) ? 1 : 0
  return { ...decode(module, size), quiet: left / step }
}

const levels = ['M', 'L', 'H', 'Q'] as const
const masks: ((row: number, column: number) => boolean)[] = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_row, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0
]

function decode(module: (row: number, column: number) => number, size: number): Pick<ReadCode, 'text' | 'level'> {
  const version = (size - 17) / 4
  const around: [number, number][] = [
    ...[0, 1, 2, 3, 4, 5, 7, 8].map((column): [number, number] => [8, column]),
    ...[7, 5, 4, 3, 2, 1, 0].map((row): [number, number] => [row, 8])
  ]
  const format = around.reduce((bits, [row, column]) => bits * 2 + module(row, column), 0) ^ 0x5412
  const mask = masks[(format >> 10) & 7]
  const level = levels[format >> 13]
  if (!mask || !level) throw new Error('The format of the code cannot be read.')
  const centres = alignment.getPositions(version)
  const isFunction = (row: number, column: number): boolean =>
    (row < 9 && (column < 9 || column >= size - 8)) ||
    (row >= size - 8 && column < 9) ||
    row === 6 ||
    column === 6 ||
    (version >= 7 && ((row < 6 && column >= size - 11) || (column < 6 && row >= size - 11))) ||
    centres.some(([y, x]) => Math.abs(y - row) <= 2 && Math.abs(x - column) <= 2)

  const bits: number[] = []
  let upwards = true
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right -= 1
    for (let index = 0; index < size; index += 1) {
      const row = upwards ? size - 1 - index : index
      for (const column of [right, right - 1]) {
        if (!isFunction(row, column)) bits.push(module(row, column) ^ (mask(row, column) ? 1 : 0))
      }
    }
    upwards = !upwards
  }
  const words = Array.from({ length: totals.getSymbolTotalCodewords(version) }, (_, index) =>
    bits.slice(index * 8, index * 8 + 8).reduce((word, bit) => word * 2 + bit, 0)
  )
  const blocks = tables.getBlocksCount(version, corrections[level])
  const dataWords = words.length - tables.getTotalCodewordsCount(version, corrections[level])
  const short = Math.floor(dataWords / blocks)
  const parts: number[][] = Array.from({ length: blocks }, () => [])
  let at = 0
  for (let index = 0; index <= short; index += 1) {
    for (const [block, part] of parts.entries()) {
      if (index === short && block < blocks - (dataWords % blocks)) continue
      part.push(words[at] ?? 0)
      at += 1
    }
  }
  return { text: textOf(parts.flat(), version), level }
}

const alphanumeric = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

function textOf(words: number[], version: number): string {
  const stream = words.map((word) => word.toString(2).padStart(8, '0')).join('')
  let at = 0
  const take = (length: number): number => {
    at += length
    return Number.parseInt(stream.slice(at - length, at), 2)
  }
  const bytes: number[] = []
  const write = (text: string): void => void bytes.push(...Buffer.from(text))
  while (at + 4 <= stream.length) {
    const mode = take(4)
    if (mode === 0) break
    if (mode === 4) {
      const count = take(version < 10 ? 8 : 16)
      for (let index = 0; index < count; index += 1) bytes.push(take(8))
    } else if (mode === 2) {
      let count = take(version < 10 ? 9 : 11)
      for (; count >= 2; count -= 2) {
        const pair = take(11)
        write(`${alphanumeric[Math.floor(pair / 45)]}${alphanumeric[pair % 45]}`)
      }
      if (count === 1) write(alphanumeric[take(6)] ?? '')
    } else if (mode === 1) {
      let count = take(version < 10 ? 10 : 12)
      for (; count >= 3; count -= 3) write(String(take(10)).padStart(3, '0'))
      if (count === 2) write(String(take(7)).padStart(2, '0'))
      if (count === 1) write(String(take(4)))
    } else throw new Error(`Mode ${mode} is not read here.`)
  }
  return Buffer.from(bytes).toString('utf8')
}
