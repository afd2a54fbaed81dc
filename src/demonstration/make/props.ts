import { brick, ink, lagoon, leaf, ochre, paper, plum, shade, white } from './palette.ts'
import { circle, dice, ellipse, path, pick, place, polygon, rect, repeat, stroke } from './shapes.ts'

export const sheetWidth = 1600
export const sheetHeight = 1067

export const ground = (y: number, colour: string): string => rect(-20, y, 1640, 1107 - y, colour)
export const wall = (colour: string): string => rect(-20, -20, 1640, 1107, colour)

export const sun = (x: number, y: number, radius: number, colour = ochre.light): string =>
  circle(x, y, radius * 1.5, colour, { opacity: 0.25 }) +
  circle(x, y, radius * 1.22, colour, { opacity: 0.35 }) +
  circle(x, y, radius, colour)

export const hill = (y: number, rise: number, colour: string, shift = 0): string =>
  path(
    `M-20,${y} C${280 + shift},${y - rise} ${560 + shift},${y - rise * 0.7} ${840 + shift},${y} S${1320 + shift},${y - rise} 1640,${y - rise * 0.4} L1640,1100 L-20,1100Z`,
    colour
  )

export const cloud = (x: number, y: number, size: number, colour = white): string =>
  place(
    path('M-90,20 Q-96,-14 -56,-18 Q-40,-54 4,-42 Q40,-60 58,-22 Q98,-22 92,20Z', colour, { opacity: 0.75 }),
    x,
    y,
    size
  )

/** A tree of dabs: a dark mass, then lighter touches on the sunny side. */
export const tree = (x: number, y: number, size: number, hue = leaf, seed = 3): string => {
  const random = dice(seed)
  const dabs = repeat(34, () => {
    const angle = random() * Math.PI * 2
    const radius = Math.sqrt(random()) * 98
    const across = Math.cos(angle) * radius
    const down = Math.sin(angle) * radius * 0.9
    const light = across + down < -30 ? hue.light : across + down < 40 ? hue.base : shade(hue.deep, 0.08)
    return ellipse(across, -240 + down, 20 + random() * 16, 13 + random() * 9, light, {
      turn: random() * 60 - 50,
      opacity: 0.9
    })
  })
  return place(
    ellipse(10, 2, 90, 12, ink.deep, { opacity: 0.15 }) +
      path('M-16,0 Q-8,-70 -12,-150 L14,-150 Q10,-70 20,0Z', '#6b4a34') +
      stroke('M0,-130 Q-30,-170 -50,-200 M4,-140 Q30,-170 50,-205', '#6b4a34', 12) +
      path(
        'M-112,-230 Q-120,-330 -30,-350 Q60,-370 104,-290 Q140,-200 70,-150 Q0,-110 -70,-150 Q-112,-180 -112,-230Z',
        hue.base
      ) +
      dabs,
    x,
    y,
    size
  )
}

export const poplar = (x: number, y: number, size: number, colour: string): string =>
  place(
    rect(-5, -40, 10, 40, '#6b4a34') +
      path('M0,-260 Q46,-150 26,-30 Q0,-16 -26,-30 Q-46,-150 0,-260Z', colour) +
      path('M0,-250 Q-34,-140 -20,-36 Q-6,-100 0,-250Z', white, { opacity: 0.16 }),
    x,
    y,
    size
  )

export const plant = (x: number, y: number, size: number, pot = brick.base): string =>
  place(
    repeat(7, (index) => {
      const turn = -72 + index * 24
      return `<g transform="translate(0 -70) rotate(${turn})">${path('M0,0 Q-22,-70 0,-140 Q22,-70 0,0Z', index % 2 ? leaf.base : leaf.light)}${stroke('M0,-10 L0,-118', leaf.deep, 3, 0.6)}</g>`
    }) +
      path('M-46,-80 L46,-80 L34,0 L-34,0Z', pot) +
      path('M10,-80 L46,-80 L34,0 L8,0Z', ink.deep, { opacity: 0.15 }) +
      rect(-52, -92, 104, 20, shade(pot, 0.12), { round: 4 }),
    x,
    y,
    size
  )

export const archWindow = (
  x: number,
  y: number,
  width: number,
  height: number,
  glass = lagoon.pale,
  frame = white
): string => {
  const half = width / 2
  return (
    path(
      `M${x - 14},${y + height + 12} L${x - 14},${y + half} A${half + 14},${half + 14} 0 0 1 ${x + width + 14},${y + half} L${x + width + 14},${y + height + 12}Z`,
      frame
    ) +
    path(
      `M${x},${y + height} L${x},${y + half} A${half},${half} 0 0 1 ${x + width},${y + half} L${x + width},${y + height}Z`,
      glass
    ) +
    polygon(
      [
        [x + width * 0.1, y + height],
        [x + width * 0.62, y + half * 0.7],
        [x + width * 0.86, y + half],
        [x + width * 0.42, y + height]
      ],
      white,
      0.4
    ) +
    stroke(
      `M${x + half},${y} L${x + half},${y + height} M${x},${y + half} L${x + width},${y + half} M${x},${y + (height + half) / 2} L${x + width},${y + (height + half) / 2}`,
      frame,
      8
    )
  )
}

export const windowPane = (
  x: number,
  y: number,
  width: number,
  height: number,
  glass = lagoon.pale,
  frame = white
): string =>
  rect(x - 12, y - 12, width + 24, height + 24, frame) +
  rect(x, y, width, height, glass) +
  polygon(
    [
      [x, y + height * 0.8],
      [x + width * 0.7, y],
      [x + width, y],
      [x, y + height]
    ],
    white,
    0.35
  ) +
  stroke(`M${x + width / 2},${y} v${height} M${x},${y + height / 2} h${width}`, frame, 8) +
  rect(x - 22, y + height + 8, width + 44, 16, shade(frame, -0.1))

export const pendant = (x: number, length: number, colour: string, size = 1): string =>
  stroke(`M${x},-20 V${length}`, ink.base, 4) +
  place(
    path('M-60,60 Q-58,0 0,-8 Q58,0 60,60Z', colour) +
      path('M10,-6 Q58,4 60,60 L24,60Z', ink.deep, { opacity: 0.14 }) +
      ellipse(0, 62, 44, 12, ochre.pale),
    x,
    length,
    size
  ) +
  polygon(
    [
      [x - 60 * size, length + 66 * size],
      [x + 60 * size, length + 66 * size],
      [x + 190 * size, length + 460 * size],
      [x - 190 * size, length + 460 * size]
    ],
    ochre.pale,
    0.16
  )

export const laptop = (x: number, y: number, size: number, colour = ink.base, screen = lagoon.light): string =>
  place(
    path('M-56,0 L-62,-76 L62,-76 L56,0Z', colour) +
      path('M-48,-8 L-53,-68 L53,-68 L48,-8Z', screen) +
      polygon(
        [
          [-70, 0],
          [70, 0],
          [82, 12],
          [-82, 12]
        ],
        shade(colour, 0.3)
      ),
    x,
    y,
    size
  )

export const sheetOfPaper = (x: number, y: number, size: number, turn = 0, colour = white): string =>
  place(
    rect(3, 4, 70, 96, ink.deep, { opacity: 0.14 }) +
      rect(0, 0, 70, 96, colour) +
      stroke('M10,18 h36 M10,34 h50 M10,46 h48 M10,58 h50 M10,70 h30', ink.soft, 4, 0.55),
    x,
    y,
    size,
    turn
  )

export const postIt = (x: number, y: number, size: number, colour: string, turn = 0, lines = 2): string =>
  place(
    rect(5, 7, 84, 84, ink.deep, { opacity: 0.13 }) +
      path('M0,0 H84 V66 Q78,80 64,84 H0Z', colour) +
      path('M84,66 Q70,64 64,84Z', shade(colour, -0.18)) +
      repeat(lines, (index) => stroke(`M14,${24 + index * 18} h${index === lines - 1 ? 30 : 54}`, ink.base, 4, 0.55)),
    x,
    y,
    size,
    turn
  )

export const notes: readonly [string, ...string[]] = [
  ochre.light,
  brick.light,
  leaf.light,
  lagoon.light,
  plum.light,
  ochre.pale,
  brick.pale,
  lagoon.pale
]

/** A wall of notes in columns, slightly disordered as real ones are. */
export const noteWall = (
  x: number,
  y: number,
  columns: number,
  lines: number,
  step: number,
  seed: number,
  keep = 0.85
): string => {
  const random = dice(seed)
  return repeat(columns * lines, (index) => {
    const across = index % columns
    const down = Math.floor(index / columns)
    const shown = random() < keep
    const turn = random() * 12 - 6
    const colour = pick(notes, Math.floor(random() * 8))
    return shown
      ? postIt(
          x + across * step + random() * 8,
          y + down * step + random() * 8,
          step / 105,
          colour,
          turn,
          1 + Math.floor(random() * 3)
        )
      : ''
  })
}

export const tableTop = (x: number, y: number, width: number, colour = '#c58d55', legs = 190): string =>
  rect(x + 50, y + 20, 20, legs, shade(colour, -0.35)) +
  rect(x + width - 70, y + 20, 20, legs, shade(colour, -0.35)) +
  rect(x, y, width, 30, colour, { round: 8 }) +
  rect(x, y + 20, width, 12, shade(colour, -0.22), { round: 6 })

export const mug = (x: number, y: number, colour: string, size = 1): string =>
  place(
    stroke('M16,-26 q18,2 2,18', colour, 6) +
      path('M-18,-36 L18,-36 L14,0 L-14,0Z', colour) +
      ellipse(0, -36, 18, 5, shade(colour, -0.35)),
    x,
    y,
    size
  )

export const bookshelf = (
  x: number,
  y: number,
  width: number,
  height: number,
  shelves: number,
  seed: number,
  wood = '#a8703f'
): string => {
  const random = dice(seed)
  const step = height / shelves
  const colours: readonly [string, ...string[]] = [
    brick.base,
    ochre.base,
    leaf.base,
    lagoon.base,
    plum.base,
    paper.base,
    ink.soft,
    brick.light,
    lagoon.light,
    ochre.light
  ]
  let books = ''
  for (let shelf = 0; shelf < shelves; shelf++) {
    let across = x + 16
    while (across < x + width - 50) {
      const thick = 13 + random() * 18
      const tall = step * (0.56 + random() * 0.26)
      const colour = pick(colours, Math.floor(random() * 10))
      const base = y + (shelf + 1) * step - 12
      if (random() < 0.07) across += 34
      else if (random() < 0.08) {
        books += rect(across + 12, base - tall, thick, tall, colour, { turn: 11 })
        across += thick + 34
      } else {
        books +=
          rect(across, base - tall, thick, tall, colour) +
          stroke(`M${across + 3},${base - tall * 0.78} h${thick - 6}`, white, 3, 0.5)
        across += thick + 2
      }
    }
  }
  return (
    rect(x, y, width, height, shade(wood, -0.45)) +
    books +
    repeat(shelves + 1, (index) => rect(x - 6, y + index * step - 12, width + 12, 14, wood)) +
    rect(x - 10, y - 12, 18, height + 14, shade(wood, 0.08)) +
    rect(x + width - 8, y - 12, 18, height + 14, shade(wood, -0.15))
  )
}

export const bunting = (x: number, y: number, length: number, sag: number, flags: number): string => {
  const colours: readonly [string, ...string[]] = [brick.base, ochre.base, leaf.base, lagoon.base, plum.base]
  const at = (t: number) => ({ across: x + length * t, down: y + 4 * sag * t * (1 - t) })
  return (
    stroke(`M${x},${y} Q${x + length / 2},${y + sag * 2} ${x + length},${y}`, ink.base, 4) +
    repeat(flags, (index) => {
      const { across, down } = at((index + 0.5) / flags)
      return polygon(
        [
          [across - 24, down],
          [across + 24, down],
          [across, down + 52]
        ],
        pick(colours, index)
      )
    })
  )
}

export const lights = (x: number, y: number, length: number, sag: number, bulbs: number): string =>
  stroke(`M${x},${y} Q${x + length / 2},${y + sag * 2} ${x + length},${y}`, ink.base, 4) +
  repeat(bulbs, (index) => {
    const t = (index + 0.5) / bulbs
    const across = x + length * t
    const down = y + 4 * sag * t * (1 - t) + 14
    return circle(across, down, 26, ochre.light, { opacity: 0.28 }) + circle(across, down, 11, ochre.pale)
  })

/** A town house with shutters; the street is made of these. */
export const house = (
  x: number,
  y: number,
  width: number,
  height: number,
  front: string,
  roof: string,
  shutter: string
): string => {
  const columns = Math.max(2, Math.round(width / 80))
  const lines = Math.max(1, Math.round(height / 120))
  const step = width / columns
  return (
    polygon(
      [
        [x - 12, y - height],
        [x + width * 0.12, y - height - 76],
        [x + width * 0.88, y - height - 76],
        [x + width + 12, y - height]
      ],
      roof
    ) +
    rect(x + width * 0.2, y - height - 112, 24, 50, shade(roof, -0.25)) +
    rect(x, y - height, width, height, front) +
    rect(x + width * 0.8, y - height, width * 0.2, height, ink.deep, { opacity: 0.08 }) +
    repeat(columns * lines, (index) => {
      const across = x + (index % columns) * step + step / 2
      const down = y - height + 28 + Math.floor(index / columns) * 112
      return (
        rect(across - 14, down, 28, 54, ink.soft) +
        rect(across - 30, down, 14, 54, shutter) +
        rect(across + 16, down, 14, 54, shutter)
      )
    })
  )
}

/** The town hall of Valbrune: a civic front, a clock tower, five windows. */
export const townHall = (x: number, y: number, size: number, front = '#f3dfba', roof = '#5b6784'): string =>
  place(
    [
      path('M-52,-560 L0,-668 L52,-560Z', roof),
      stroke('M0,-668 V-730', ink.base, 5),
      path('M2,-728 h60 l-14,17 14,17 h-60Z', brick.base),
      rect(-44, -560, 88, 170, shade(front, 0.2)),
      rect(20, -560, 24, 170, ink.deep, { opacity: 0.1 }),
      circle(0, -500, 34, white),
      circle(0, -500, 34, 'none', { stroke: ochre.base, width: 7 }),
      stroke('M0,-500 V-522 M0,-500 L14,-492', ink.deep, 5),
      path('M-330,-330 L-282,-420 L282,-420 L330,-330Z', roof),
      polygon(
        [
          [-120, -330],
          [0, -432],
          [120, -330]
        ],
        shade(front, 0.12)
      ),
      circle(0, -366, 20, ochre.base),
      rect(-316, -334, 632, 334, front),
      rect(-326, -340, 652, 18, shade(front, 0.3)),
      rect(-316, -176, 632, 12, shade(front, -0.14)),
      rect(210, -322, 106, 322, ink.deep, { opacity: 0.07 }),
      repeat(5, (index) => {
        const across = -250 + index * 125
        return (
          path(`M${across - 30},-196 v-70 a30,30 0 0 1 60,0 v70Z`, lagoon.deep) +
          stroke(`M${across},-296 v100 M${across - 30},-250 h60`, white, 4) +
          (index === 2 ? '' : rect(across - 28, -140, 56, 100, lagoon.deep) + stroke(`M${across},-140 v100`, white, 4))
        )
      }),
      path('M-40,0 v-92 a40,40 0 0 1 80,0 V0Z', brick.deep),
      stroke('M0,-130 V0', ochre.light, 4),
      rect(-84, -10, 168, 10, white),
      rect(-104, 0, 208, 12, paper.deep)
    ].join(''),
    x,
    y,
    size
  )

export const city = (y: number, seed: number, fronts: readonly [string, ...string[]], roof: string): string => {
  const random = dice(seed)
  let across = -30
  let drawing = ''
  let index = 0
  while (across < 1640) {
    const width = 120 + random() * 120
    drawing += house(
      across,
      y,
      width,
      170 + random() * 190,
      pick(fronts, index),
      roof,
      pick([lagoon.base, leaf.base, brick.light, ink.soft], index)
    )
    across += width + 6
    index++
  }
  return drawing
}

export const flowers = (x: number, y: number, width: number, count: number, seed: number): string => {
  const random = dice(seed)
  const colours: readonly [string, ...string[]] = [brick.base, ochre.base, plum.light, white, brick.light]
  return repeat(count, (index) => {
    const across = x + random() * width
    const down = y + random() * 46
    return (
      stroke(`M${across},${down} v34`, leaf.deep, 4) +
      ellipse(across + 8, down + 20, 9, 4, leaf.base, { turn: -30 }) +
      circle(across, down, 9 + random() * 6, pick(colours, index)) +
      circle(across, down, 4, ochre.pale)
    )
  })
}

export const grass = (y: number, height: number, count: number, seed: number, colour: string): string => {
  const random = dice(seed)
  return repeat(count, () => {
    const across = random() * 1600
    const down = y + random() * height
    return stroke(`M${across},${down} q-4,-12 -9,-18 M${across},${down} q2,-14 7,-20`, colour, 4, 0.55)
  })
}

export const phone = (x: number, y: number, size: number, turn = 0): string =>
  place(
    rect(8, 12, 220, 440, ink.deep, { round: 34, opacity: 0.22 }) +
      rect(0, 0, 220, 440, ink.deep, { round: 34 }) +
      rect(12, 16, 196, 408, paper.light, { round: 24 }) +
      rect(12, 16, 196, 140, lagoon.pale, { round: 20 }) +
      sun(160, 70, 22) +
      path('M12,130 Q70,86 120,120 T208,110 V156 H12Z', leaf.light) +
      place(townHall(0, 0, 0.17), 96, 148) +
      rect(28, 172, 120, 16, ink.base, { round: 4 }) +
      rect(28, 198, 150, 8, ink.soft, { round: 4, opacity: 0.5 }) +
      rect(28, 212, 120, 8, ink.soft, { round: 4, opacity: 0.5 }) +
      [brick, ochre, leaf, lagoon, plum]
        .map(
          (hue, index) =>
            rect(28, 236 + index * 36, 164, 28, hue.pale, { round: 6 }) +
            rect(28, 236 + index * 36, 10, 28, hue.base, { round: 4 }) +
            rect(50, 246 + index * 36, 70 + ((index * 37) % 50), 8, ink.base, { round: 3, opacity: 0.7 })
        )
        .join(''),
    x,
    y,
    size,
    turn
  )

export const easel = (x: number, y: number, size: number, content: string): string =>
  place(
    stroke('M-90,0 L-40,-420 M90,0 L40,-420 M0,-20 L0,-420', '#8a5a34', 12) +
      rect(-150, -420, 300, 240, white) +
      rect(-150, -420, 300, 240, 'none', { stroke: '#8a5a34', width: 10 }) +
      content,
    x,
    y,
    size
  )
