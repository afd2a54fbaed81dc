import { person, someone } from './figures.ts'
import { brick, hair, ink, lagoon, leaf, ochre, paper, plum, shade, skin, white } from './palette.ts'
import { cloud, hill, house, phone, poplar, sun, townHall, tree, wall } from './props.ts'
import { circle, dice, ellipse, path, pick, place, polygon, rect, repeat, stroke, times } from './shapes.ts'

const arch = (x: number, y: number, half: number, height: number, colour: string): string =>
  path(`M${x - half},${y} V${y - height + half} A${half},${half} 0 0 1 ${x + half},${y - height + half} V${y}Z`, colour)

const welcome = (): string =>
  [
    wall(brick.deep),
    arch(800, 1100, 760, 1180, shade(brick.deep, 0.1)),
    arch(800, 1100, 620, 1070, brick.base),
    arch(800, 1100, 490, 960, brick.light),
    arch(800, 1100, 370, 850, brick.pale),
    arch(800, 1100, 262, 740, '#fff3d6'),
    sun(800, 560, 96, ochre.light),
    path('M538,900 Q640,760 800,790 T1062,760 V1100 H538Z', leaf.light),
    place(townHall(0, 0, 0.3), 810, 820),
    poplar(600, 850, 0.6, leaf.base),
    poplar(650, 850, 0.5, leaf.deep),
    poplar(1000, 830, 0.6, leaf.base),
    polygon(
      [
        [538, 930],
        [1062, 930],
        [1400, 1110],
        [200, 1110]
      ],
      '#fff3d6'
    ),
    polygon(
      [
        [640, 930],
        [800, 930],
        [660, 1110],
        [380, 1110]
      ],
      white,
      0.5
    ),
    path('M538,1000 L538,300 L330,240 L330,1100Z', brick.base),
    path('M510,1010 L510,380 L360,340 L360,1070Z', 'none', { stroke: brick.deep, width: 8 }),
    circle(508, 690, 16, ochre.light),
    path('M1062,1000 L1062,300 L1270,240 L1270,1100Z', brick.base),
    path('M1090,1010 L1090,380 L1240,340 L1240,1070Z', 'none', { stroke: brick.deep, width: 8 }),
    circle(1092, 690, 16, ochre.light),
    person({
      x: 960,
      y: 1010,
      height: 560,
      top: paper.light,
      jacket: lagoon.deep,
      bottom: ink.deep,
      skin: skin.honey,
      hair: hair.black,
      style: 'bun',
      look: -0.7,
      badge: true,
      hands: [
        [-30, -62],
        [18, -48]
      ]
    }),
    person({
      x: 650,
      y: 1020,
      height: 540,
      pose: 'walk',
      top: ochre.base,
      bottom: plum.deep,
      skin: skin.umber,
      hair: hair.black,
      style: 'short',
      beard: true,
      look: 0.8,
      hands: [
        [-18, -52],
        [30, -64]
      ]
    }),
    person({
      x: 500,
      y: 1030,
      height: 320,
      pose: 'walk',
      top: leaf.base,
      bottom: lagoon.deep,
      skin: skin.umber,
      hair: hair.black,
      style: 'afro',
      look: 0.6,
      hands: [
        [-22, -58],
        [22, -80]
      ]
    })
  ].join('')

// A forearm that comes from the edge to the middle, with its open hand.
const reaching = (turn: number, sleeve: string, tone: string, length = 560): string =>
  `<g transform="translate(800 540) rotate(${turn})">${[
    path(`M-62,${length + 480} L-50,${length - 120} H50 L62,${length + 480}Z`, sleeve),
    path(`M14,${length + 480} L16,${length - 120} H50 L62,${length + 480}Z`, ink.deep, { opacity: 0.14 }),
    rect(-58, length - 140, 116, 44, shade(sleeve, 0.22), { round: 14 }),
    path(
      `M-36,${length - 136} C-40,${length - 210} -58,${length - 230} -54,${length - 300} H54 C58,${length - 240} 40,${length - 200} 36,${length - 136}Z`,
      tone
    ),
    stroke(`M-40,${length - 290} L-46,${length - 376}`, tone, 26),
    stroke(`M-14,${length - 290} L-17,${length - 408}`, tone, 26),
    stroke(`M14,${length - 290} L15,${length - 404}`, tone, 26),
    stroke(`M41,${length - 290} L45,${length - 372}`, tone, 25),
    stroke(`M-46,${length - 240} Q-88,${length - 268} -92,${length - 312}`, tone, 27),
    stroke(
      `M-27,${length - 300} V${length - 270} M0,${length - 302} V${length - 268} M28,${length - 300} V${length - 270}`,
      shade(tone, -0.22),
      4
    )
  ].join('')}</g>`

const together = (): string => {
  const rays = repeat(
    20,
    (index) =>
      `<g transform="translate(800 540) rotate(${index * 18})">${polygon(
        [
          [0, 0],
          [-90, 1150],
          [90, 1150]
        ],
        index % 2 ? ochre.light : ochre.pale,
        0.55
      )}</g>`
  )
  return [
    wall(ochre.light),
    rays,
    circle(800, 540, 410, ochre.base),
    circle(800, 540, 372, ochre.pale),
    reaching(18, brick.base, skin.umber, 590),
    reaching(70, lagoon.base, skin.rose, 700),
    reaching(118, plum.base, skin.honey, 690),
    reaching(164, leaf.base, skin.brown, 590),
    reaching(212, ink.base, skin.peach, 590),
    reaching(250, brick.light, skin.brown, 700),
    reaching(296, leaf.deep, skin.rose, 700),
    reaching(340, lagoon.deep, skin.honey, 590),
    circle(806, 548, 176, ink.deep, { opacity: 0.18 }),
    circle(800, 540, 170, white),
    circle(800, 540, 170, 'none', { stroke: ochre.deep, width: 10 }),
    [brick, ochre, leaf, lagoon, plum]
      .map(
        (hue, index) =>
          `<g transform="translate(800 540) rotate(${index * 72})">${path('M0,-18 C-58,-60 -46,-136 0,-146 C46,-136 58,-60 0,-18Z', hue.base)}${path('M0,-18 C26,-70 30,-120 0,-146 C46,-136 58,-60 0,-18Z', hue.deep, { opacity: 0.35 })}</g>`
      )
      .join(''),
    circle(800, 540, 26, ochre.light)
  ].join('')
}

const care = (): string =>
  [
    wall(plum.pale),
    circle(800, 1000, 900, '#e9d3e1'),
    // The one who holds: a hill of a person, whose arms are the horizon.
    path('M120,1100 C120,640 420,470 640,430 L960,430 C1180,470 1480,640 1480,1100Z', plum.base),
    path('M960,430 C1180,470 1480,640 1480,1100 L1240,1100 C1260,700 1120,520 960,430Z', plum.deep, { opacity: 0.5 }),
    rect(730, 350, 140, 120, shade(skin.honey, -0.14)),
    path('M700,430 Q800,520 900,430 L900,450 Q800,560 700,450Z', ochre.light),
    repeat(17, (index) => {
      const angle = Math.PI * (0.86 + index * 0.08)
      return circle(
        800 + Math.cos(angle) * 140,
        232 + Math.sin(angle) * 150,
        54,
        shade(hair.brown, index % 2 ? 0.07 : -0.12)
      )
    }),
    ellipse(668, 268, 16, 28, shade(skin.honey, -0.1)),
    ellipse(932, 268, 16, 28, shade(skin.honey, -0.18)),
    path('M664,230 C664,90 936,90 936,230 C936,340 880,404 800,404 C720,404 664,340 664,230Z', skin.honey),
    repeat(7, (index) =>
      circle(
        696 + index * 35,
        128 - Math.sin((index / 6) * Math.PI) * 24,
        37,
        shade(hair.brown, index % 2 ? -0.12 : 0.07)
      )
    ),
    stroke('M716,250 q26,22 52,0 M832,250 q26,22 52,0', ink.deep, 7),
    stroke('M800,262 q16,26 -4,34', shade(skin.honey, -0.3), 6),
    stroke('M762,336 q38,30 76,0', shade(skin.honey, -0.45), 7),
    circle(706, 300, 28, brick.base, { opacity: 0.2 }),
    circle(894, 300, 28, brick.base, { opacity: 0.2 }),
    ellipse(800, 800, 470, 250, '#f7e6d8'),
    repeat(5, (index) => {
      const looks = [
        { top: leaf.base, vest: ochre.base, style: 'cap' as const, hair: leaf.deep },
        { top: white, apron: lagoon.light, style: 'bun' as const, hair: hair.chestnut },
        { top: lagoon.base, jacket: ink.base, style: 'side' as const, hair: hair.grey },
        { top: brick.base, style: 'afro' as const, hair: hair.black },
        { top: ochre.light, vest: brick.base, style: 'helmet' as const, hair: white }
      ] as const
      const look = looks[index] ?? looks[0]
      return person({
        ...someone(index * 2),
        ...look,
        x: 500 + index * 150,
        y: 960 + (index % 2) * 22,
        height: 370,
        look: (2 - index) * 0.3
      })
    }),
    stroke('M262,720 C190,960 420,1020 690,985', shade(plum.base, 0.1), 150),
    stroke('M1338,720 C1410,960 1180,1020 910,985', shade(plum.base, -0.12), 150),
    stroke('M690,985 L720,983', plum.light, 132),
    stroke('M910,985 L880,983', plum.light, 132),
    ellipse(870, 985, 96, 62, shade(skin.honey, -0.1)),
    ellipse(748, 980, 104, 64, skin.honey),
    stroke(
      'M770,946 Q850,940 872,962 M780,976 Q850,972 876,990 M776,1006 Q840,1006 862,1018',
      shade(skin.honey, -0.28),
      5
    ),
    repeat(9, (index) => {
      const random = dice(index + 3)
      const x = index < 5 ? 40 + random() * 360 : 1180 + random() * 380
      return `<g transform="translate(${x} ${90 + random() * 420}) rotate(${random() * 90 - 45})">${path('M0,0 Q-30,-50 0,-100 Q30,-50 0,0Z', pick([plum.light, brick.light, ochre.light, leaf.light], index))}</g>`
    })
  ].join('')

const sober = (): string => {
  const vein = (x: number, y: number, turn: number) =>
    stroke(`M${x},${y} q${turn * 90},-60 ${turn * 240},-96`, leaf.pale, 6, 0.55)
  return [
    wall('#e6edd0'),
    sun(1330, 220, 110, ochre.light),
    cloud(280, 170, 1.1),
    cloud(1050, 120, 0.8),
    hill(1010, 60, leaf.pale),
    path('M780,1100 C150,1010 120,520 860,30 C1500,480 1480,960 780,1100Z', leaf.base),
    path('M780,1100 C1480,960 1500,480 860,30 C960,420 920,800 780,1100Z', leaf.deep, { opacity: 0.55 }),
    stroke('M780,1110 C900,860 930,560 866,80', leaf.pale, 12, 0.85),
    [300, 420, 560].map((y) => vein(900, y, 1) + vein(902, y + 30, -1)).join(''),
    house(470, 800, 130, 230, ochre.pale, brick.base, lagoon.base),
    house(620, 770, 150, 300, brick.pale, ink.soft, leaf.base),
    place(townHall(0, 0, 0.44), 900, 770),
    house(1060, 800, 150, 210, plum.pale, brick.base, ochre.base),
    polygon(
      [
        [1090, 590],
        [1180, 590],
        [1150, 540],
        [1110, 540]
      ],
      lagoon.deep
    ),
    stroke('M1120,540 L1108,590 M1150,540 L1160,590 M1098,566 H1170', lagoon.pale, 3),
    tree(440, 820, 0.62, leaf, 4),
    tree(1260, 830, 0.66, { ...leaf, base: leaf.light, light: leaf.pale, deep: leaf.base, pale: leaf.pale }, 8),
    poplar(770, 780, 0.5, leaf.light),
    path('M350,800 Q800,770 1290,810 Q1250,930 1130,990 Q800,1040 520,980 Q400,920 350,800Z', '#f0e0b4'),
    path('M380,860 Q800,820 1270,870', 'none', { stroke: white, width: 10, opacity: 0.8 }),
    place(
      circle(-60, 0, 46, 'none', { stroke: ink.deep, width: 9 }) +
        circle(74, 0, 46, 'none', { stroke: ink.deep, width: 9 }) +
        stroke(
          'M-60,0 L-20,-66 L52,-66 L74,0 M-20,-66 L6,0 L52,-66 M-60,0 H6 M52,-66 L44,-96 H70 M-32,-84 H-2',
          brick.base,
          9
        ),
      640,
      936
    ),
    person({
      x: 652,
      y: 976,
      height: 330,
      pose: 'walk',
      shadow: false,
      top: lagoon.base,
      bottom: ink.base,
      skin: skin.brown,
      hair: ochre.base,
      style: 'helmet',
      look: 0.8,
      hands: [
        [24, -62],
        [26, -62]
      ]
    }),
    person({
      x: 930,
      y: 990,
      height: 300,
      pose: 'walk',
      top: plum.base,
      bottom: ink.base,
      skin: skin.rose,
      hair: hair.silver,
      style: 'bob',
      look: 0.4,
      hands: [
        [-18, -50],
        [18, -48]
      ],
      held: path('M-7,0 H7 L8,14 H-8Z', ochre.base) + stroke('M-4,0 q4,-8 8,0', ochre.deep, 1.4)
    }),
    person({
      x: 1060,
      y: 985,
      height: 190,
      pose: 'walk',
      top: ochre.light,
      bottom: brick.base,
      skin: skin.rose,
      hair: hair.red,
      style: 'tail',
      look: 0.4
    })
  ].join('')
}

const simplify = (): string => {
  // A knot that is drawn as one line, and that one line leaves it.
  const points = times(241, (index) => {
    const t = (index / 240) * Math.PI * 2
    return `${(360 + 190 * Math.sin(3 * t + 0.4) + 95 * Math.sin(7 * t)).toFixed(0)},${(430 + 200 * Math.cos(2 * t) + 110 * Math.sin(5 * t + 1)).toFixed(0)}`
  })
  const knot = `M-40,120 C60,160 200,520 ${points.join(' L')} C480,760 600,800 760,800 L1230,800`
  const ribbon = (colour: string, width: number, shift: number) =>
    `<g transform="translate(0 ${shift})">${stroke(knot, colour, width)}</g>`
  return [
    wall(lagoon.base),
    path('M700,-20 L1640,-20 L1640,1100 L860,1100Z', lagoon.light),
    path('M980,-20 L1640,-20 L1640,1100 L1140,1100Z', lagoon.pale),
    sun(1300, 330, 150, ochre.light),
    ribbon(lagoon.deep, 16, 10),
    ribbon(white, 13, 0),
    rect(700, 800, 960, 26, lagoon.deep, { opacity: 0.3 }),
    rect(860, 826, 780, 300, '#f2e2c2'),
    rect(860, 800, 780, 28, white),
    repeat(5, (index) =>
      circle(
        140 + ((index * 97) % 400),
        240 + ((index * 139) % 480),
        22,
        [brick.base, ochre.base, leaf.light, plum.light, brick.light][index] ?? white
      )
    ),
    place(
      path('M-44,-54 h88 v108 h-88Z', white) + stroke('M-26,-28 h52 M-26,-6 h52 M-26,16 h34', ink.soft, 6, 0.7),
      150,
      640,
      1,
      -14
    ),
    place(
      path('M-44,-54 h88 v108 h-88Z', paper.deep) + stroke('M-26,-28 h52 M-26,-6 h52 M-26,16 h34', ink.soft, 6, 0.7),
      500,
      330,
      0.9,
      16
    ),
    person({
      x: 900,
      y: 802,
      height: 400,
      pose: 'walk',
      top: brick.base,
      bottom: ink.deep,
      skin: skin.honey,
      hair: hair.black,
      style: 'tail',
      look: 0.8,
      hands: [
        [-18, -52],
        [24, -62]
      ],
      held: rect(-5, -9, 9, 16, ink.deep, { round: 1 }) + rect(-4, -8, 7, 13, ochre.pale)
    }),
    phone(1210, 350, 1.02, 5),
    circle(1520, 770, 34, leaf.base),
    stroke('M1504,770 l12,12 24,-26', white, 9)
  ].join('')
}

export const engagementScenes: Record<string, () => string> = {
  'engagement-accueillir': welcome,
  'engagement-travailler-ensemble': together,
  'engagement-prendre-soin': care,
  'engagement-sobre-durable': sober,
  'engagement-simplifier': simplify
}
