export type Point = readonly [number, number]

interface Paint {
  fill?: string
  stroke?: string
  width?: number
  opacity?: number
  round?: number
  turn?: number
}

const paint = ({ fill, stroke, width, opacity }: Paint): string =>
  `fill="${fill ?? (stroke ? 'none' : '#000')}"${stroke ? ` stroke="${stroke}" stroke-width="${width ?? 4}" stroke-linecap="round" stroke-linejoin="round"` : ''}${opacity === undefined ? '' : ` opacity="${opacity}"`}`

const turned = (turn: number | undefined, x: number, y: number): string =>
  turn ? ` transform="rotate(${turn} ${x} ${y})"` : ''

export const rect = (x: number, y: number, width: number, height: number, fill: string, more: Paint = {}): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${more.round ?? 0}" ${paint({ ...more, fill })}${turned(more.turn, x + width / 2, y + height / 2)}/>`

export const circle = (x: number, y: number, radius: number, fill: string, more: Paint = {}): string =>
  `<circle cx="${x}" cy="${y}" r="${radius}" ${paint({ ...more, fill })}/>`

export const ellipse = (x: number, y: number, across: number, down: number, fill: string, more: Paint = {}): string =>
  `<ellipse cx="${x}" cy="${y}" rx="${across}" ry="${down}" ${paint({ ...more, fill })}${turned(more.turn, x, y)}/>`

export const path = (d: string, fill: string, more: Paint = {}): string =>
  `<path d="${d}" ${paint({ ...more, fill })}/>`

export const stroke = (d: string, colour: string, width: number, opacity = 1): string =>
  `<path d="${d}" ${paint({ stroke: colour, width, opacity })}/>`

export const polygon = (points: readonly Point[], fill: string, opacity = 1): string =>
  `<polygon points="${points.map(([x, y]) => `${x},${y}`).join(' ')}" ${paint({ fill, opacity })}/>`

export const place = (content: string, x: number, y: number, scale = 1, turn = 0, flip = false): string =>
  `<g transform="translate(${x} ${y}) rotate(${turn}) scale(${flip ? -scale : scale} ${scale})">${content}</g>`

/** The same numbers at each run, so that a drawing made again is the same drawing. */
export const dice = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i))

export const repeat = (count: number, make: (index: number) => string): string => times(count, make).join('')

export const pick = <T>(list: readonly [T, ...T[]], index: number): T => list[index % list.length] ?? list[0]
