import { person, row, someone } from './figures.ts'
import { brick, type Hue, ink, lagoon, leaf, ochre, paper, plum, shade, skin, white } from './palette.ts'
import {
  archWindow,
  bunting,
  city,
  cloud,
  easel,
  flowers,
  grass,
  ground,
  hill,
  lights,
  mug,
  notes,
  plant,
  poplar,
  postIt,
  sheetOfPaper,
  sun,
  townHall,
  tree,
  wall,
  windowPane
} from './props.ts'
import { circle, dice, ellipse, path, pick, place, polygon, rect, repeat, stroke } from './shapes.ts'

const hues = [brick, ochre, leaf, lagoon, plum] as const
const autumn = { deep: ochre.deep, base: ochre.base, light: ochre.light, pale: ochre.pale }

const meadow = (sky: string, horizon = 560): string =>
  [
    wall(sky),
    hill(horizon - 40, 100, lagoon.light, 60),
    hill(horizon, 90, leaf.light, -90),
    ground(horizon + 60, leaf.light),
    hill(horizon + 90, 40, '#9dbd74'),
    grass(horizon + 120, 360, 90, 8, leaf.base)
  ].join('')

const picnic = (): string =>
  [
    meadow('#d4e8e6'),
    sun(250, 170, 78),
    cloud(780, 130, 1.1),
    cloud(1250, 200, 0.9),
    place(townHall(0, 0, 0.3), 1100, 590),
    tree(1420, 760, 1.7, leaf, 4),
    tree(120, 720, 1.25, autumn, 7),
    poplar(880, 610, 0.7, leaf.base),
    poplar(940, 615, 0.8, leaf.deep),
    polygon(
      [
        [360, 800],
        [1200, 770],
        [1420, 1010],
        [180, 1040]
      ],
      brick.base
    ),
    repeat(7, (index) =>
      polygon(
        [
          [360 + index * 120, 800 - index * 4.3],
          [410 + index * 120, 798 - index * 4.3],
          [258 + index * 178, 1038 - index * 4.3],
          [180 + index * 178, 1040 - index * 4.3]
        ],
        brick.light,
        0.75
      )
    ),
    [0.25, 0.62]
      .map((t) =>
        polygon(
          [
            [360 - 180 * t, 800 + 240 * t],
            [1200 + 220 * t, 770 + 240 * t],
            [1200 + 220 * (t + 0.14), 770 + 240 * (t + 0.14)],
            [360 - 180 * (t + 0.14), 800 + 240 * (t + 0.14)]
          ],
          brick.pale,
          0.45
        )
      )
      .join(''),
    person({
      ...someone(1),
      x: 430,
      y: 880,
      height: 520,
      pose: 'ground',
      top: ochre.base,
      bottom: ink.base,
      look: 0.6,
      hands: [
        [-14, -50],
        [26, -66]
      ],
      held: mug(0, 3, white, 0.14)
    }),
    person({
      ...someone(4),
      x: 740,
      y: 850,
      height: 500,
      pose: 'ground',
      top: plum.base,
      bottom: plum.deep,
      look: -0.2,
      hands: [
        [8, -54],
        [18, -52]
      ],
      flip: false
    }),
    person({
      ...someone(7),
      x: 1180,
      y: 890,
      height: 530,
      pose: 'ground',
      flip: true,
      top: lagoon.base,
      bottom: leaf.deep,
      look: 0.5,
      hands: [
        [6, -50],
        [26, -60]
      ]
    }),
    person({
      ...someone(0),
      x: 390,
      y: 1050,
      height: 540,
      pose: 'ground',
      top: leaf.base,
      bottom: brick.deep,
      look: 0.5,
      hands: [
        [10, -50],
        [26, -54]
      ],
      held: ellipse(2, -1, 8, 2.6, white) + circle(1, -3, 3, ochre.base)
    }),
    place(
      path('M-110,-90 H110 L92,20 H-92Z', '#b97f43') +
        repeat(7, (index) => stroke(`M${-90 + index * 30},-86 v100`, '#8a5a2e', 5, 0.6)) +
        stroke('M-104,-50 H104 M-98,-14 H98', '#8a5a2e', 5, 0.6) +
        stroke('M-90,-90 Q0,-220 90,-90', '#8a5a2e', 14) +
        rect(-40, -170, 26, 86, leaf.deep, { round: 8 }) +
        path('M6,-92 q20,-60 100,-70 l10,20 q-60,20 -70,52Z', '#e3ae63'),
      820,
      975
    ),
    ellipse(1010, 950, 74, 22, white),
    ellipse(1010, 944, 52, 15, brick.light),
    circle(990, 938, 14, leaf.base),
    circle(1020, 936, 15, ochre.base),
    ellipse(640, 985, 66, 20, white),
    circle(622, 974, 17, brick.deep),
    circle(650, 972, 17, plum.base),
    circle(638, 960, 16, leaf.light),
    flowers(1330, 980, 250, 16, 5)
  ].join('')

const games = (): string => {
  const pin = (x: number, y: number) =>
    rect(x, y - 92, 34, 92, '#e0b070', { round: 6 }) +
    ellipse(x + 17, y - 92, 17, 8, paper.light) +
    rect(x + 22, y - 88, 12, 88, '#a8703f', { opacity: 0.5 })
  return [
    meadow('#dce9d2', 520),
    sun(1350, 150, 70),
    cloud(420, 150, 1.2),
    city(590, 14, [paper.deep, brick.pale, ochre.pale], brick.base),
    ground(580, '#a9c67e'),
    bunting(-20, 110, 820, 90, 9),
    bunting(800, 110, 820, 90, 9),
    tree(1500, 740, 1.4, leaf, 13),
    tree(80, 730, 1.2, leaf, 23),
    path('M-20,820 Q800,720 1640,840 L1640,1100 L-20,1100Z', '#e6cf9d'),
    person({
      ...someone(3),
      x: 330,
      y: 930,
      height: 560,
      pose: 'walk',
      top: brick.base,
      bottom: ink.base,
      look: 0.8,
      hands: [
        [-27, -60],
        [28, -70]
      ],
      held: rect(-3, -12, 6, 14, '#e0b070', { turn: 30 })
    }),
    person({
      ...someone(2),
      x: 160,
      y: 950,
      height: 540,
      top: lagoon.base,
      bottom: ink.deep,
      look: 0.7,
      hands: [
        [-13, -48],
        [12, -60]
      ]
    }),
    person({
      ...someone(10),
      x: 520,
      y: 860,
      height: 450,
      top: ochre.base,
      dress: true,
      bottom: ochre.base,
      look: 0.5,
      hands: [
        [-24, -96],
        [24, -98]
      ]
    }),
    pin(960, 930),
    pin(1010, 930),
    pin(1060, 930),
    pin(930, 965),
    pin(984, 968),
    pin(1036, 968),
    pin(1088, 962),
    `<g transform="rotate(-64 1180 980)">${pin(1180, 980)}</g>`,
    stroke('M640,640 Q760,520 880,640', ink.soft, 5, 0.5),
    rect(880, 650, 26, 96, '#e0b070', { round: 6, turn: 48 }),
    person({
      ...someone(5),
      x: 1290,
      y: 850,
      height: 450,
      top: leaf.deep,
      bottom: ink.base,
      look: -0.7,
      hands: [
        [-26, -92],
        [16, -48]
      ]
    }),
    person({
      ...someone(11),
      x: 1430,
      y: 880,
      height: 480,
      top: plum.base,
      bottom: ink.base,
      look: -0.7,
      hands: [
        [-20, -58],
        [10, -58]
      ]
    })
  ].join('')
}

const concert = (): string =>
  [
    wall(ink.deep),
    circle(800, 480, 760, '#2e3558'),
    circle(800, 480, 520, '#4a3a62'),
    repeat(60, (index) =>
      circle((index * 379) % 1600, (index * 211) % 420, 2 + (index % 3), ochre.pale, { opacity: 0.7 })
    ),
    path('M180,760 V380 Q800,-60 1420,380 V760Z', plum.deep),
    path('M250,760 V420 Q800,30 1350,420 V760Z', '#7c3f5c'),
    repeat(5, (index) =>
      polygon(
        [
          [480 + index * 160, 190 - Math.abs(2 - index) * -30],
          [500 + index * 160, 190 - Math.abs(2 - index) * -30],
          [640 + index * 120, 760],
          [430 + index * 120, 760]
        ],
        hues[index]?.light ?? white,
        0.2
      )
    ),
    lights(250, 330, 1100, -110, 13),
    rect(160, 750, 1280, 110, '#7a4c2b'),
    rect(140, 740, 1320, 30, '#c68c52'),
    place(
      ellipse(0, -80, 76, 80, brick.base) +
        ellipse(0, -80, 60, 64, paper.light) +
        rect(-130, -150, 80, 70, brick.base, { round: 10 }) +
        ellipse(-90, -150, 40, 12, paper.light) +
        rect(50, -150, 80, 70, brick.base, { round: 10 }) +
        ellipse(90, -150, 40, 12, paper.light) +
        ellipse(-170, -220, 60, 10, ochre.base, { turn: -12 }) +
        ellipse(170, -220, 60, 10, ochre.base, { turn: 12 }) +
        stroke('M-170,-220 V0 M170,-220 V0', ink.soft, 6),
      800,
      742
    ),
    person({
      ...someone(1),
      x: 800,
      y: 720,
      height: 430,
      shadow: false,
      pose: 'bust',
      top: leaf.base,
      hands: [
        [-24, -58],
        [24, -58]
      ]
    }),
    place(ellipse(0, -80, 70, 74, brick.base) + ellipse(0, -80, 54, 58, paper.light), 800, 742),
    person({
      ...someone(6),
      x: 560,
      y: 750,
      height: 440,
      top: lagoon.base,
      dress: true,
      bottom: lagoon.base,
      look: 0.4,
      hands: [
        [-24, -64],
        [6, -80]
      ],
      held: rect(-1, -8, 2.4, 10, ink.deep) + circle(0, -9, 2.6, ink.soft)
    }),
    person({
      ...someone(7),
      x: 1060,
      y: 750,
      height: 450,
      top: ochre.base,
      bottom: ink.base,
      look: -0.4,
      hands: [
        [-12, -56],
        [20, -66]
      ],
      held: place(
        path('M-9,4 q-7,-9 0,-15 q2,-4 6,-4 q7,-1 8,5 q4,10 -3,15 q-6,4 -11,-1Z', brick.light) +
          stroke('M5,-12 L26,-42', '#5a3a22', 2.4) +
          circle(-1, -2, 2.6, ink.deep),
        -14,
        6
      )
    }),
    person({
      ...someone(8),
      x: 330,
      y: 750,
      height: 430,
      top: brick.base,
      bottom: ink.base,
      look: 0.4,
      hands: [
        [-4, -66],
        [14, -62]
      ],
      held: place(stroke('M-8,-8 L22,2', ochre.light, 3) + circle(24, 3, 4, ochre.light), 0, 0)
    }),
    row(
      [0, 5, 2, 3, 10, 11, 4].map((index) => ({
        ...someone(index),
        hands:
          index % 2
            ? ([
                [-20, -108],
                [20, -106]
              ] as const)
            : ([
                [-14, -46],
                [14, -46]
              ] as const)
      })),
      70,
      1215,
      245,
      460,
      [plum.deep, ochre.deep, lagoon.deep, brick.deep, leaf.deep]
    )
  ].join('')

const group = (): string =>
  [
    meadow('#e4e7cf', 500),
    sun(1400, 150, 70),
    cloud(320, 140, 1.2),
    place(townHall(0, 0, 0.82), 800, 640),
    ground(640, '#e4cc9b'),
    tree(110, 760, 1.5, leaf, 31),
    tree(1500, 760, 1.5, autumn, 33),
    [0, 1, 2, 3, 4, 5]
      .map((index) =>
        person({
          ...someone(index + 1),
          x: 300 + index * 200,
          y: 900,
          height: 500,
          top: [ink.base, leaf.base, ochre.base, lagoon.base, brick.base, plum.base][index] ?? ink.base,
          bottom: ink.deep,
          look: 0,
          hands:
            index === 2
              ? [
                  [-22, -102],
                  [16, -48]
                ]
              : [
                  [-16, -50],
                  [16, -50]
                ]
        })
      )
      .join(''),
    [0, 1, 2, 3, 4]
      .map((index) =>
        person({
          ...someone([9, 8, 10, 11, 0][index] ?? 0),
          x: 390 + index * 205,
          y: 1010,
          height: 470,
          top: [lagoon.light, brick.light, leaf.deep, ochre.light, plum.light][index] ?? white,
          bottom: [ink.base, plum.deep, ink.soft, lagoon.deep, ink.base][index] ?? ink.base,
          dress: index === 1 || index === 4,
          look: 0,
          hands:
            index === 3
              ? [
                  [-16, -48],
                  [24, -104]
                ]
              : [
                  [-16, -48],
                  [16, -48]
                ],
          ...(index === 2 ? { vest: ochre.base } : {})
        })
      )
      .join('')
  ].join('')

const tournament = (): string =>
  [
    wall('#dfe6e2'),
    rect(-20, -20, 1640, 520, lagoon.pale),
    repeat(4, (index) => windowPane(90 + index * 390, 70, 270, 220, '#eef3e2')),
    rect(-20, 400, 1640, 250, '#b77b48'),
    repeat(14, (index) => stroke(`M${index * 120},400 v250`, '#9b653a', 4, 0.5)),
    bunting(40, 330, 1520, 60, 16),
    ground(640, '#d69a5c'),
    stroke('M-20,720 H1640 M300,1100 L460,640 M1300,1100 L1140,640', white, 8, 0.6),
    person({
      ...someone(4),
      x: 640,
      y: 690,
      height: 340,
      top: ochre.base,
      hands: [
        [-20, -100],
        [20, -100]
      ],
      look: 0
    }),
    person({ ...someone(9), x: 800, y: 690, height: 350, top: plum.base, look: 0.2 }),
    person({
      ...someone(10),
      x: 960,
      y: 690,
      height: 340,
      top: leaf.base,
      hands: [
        [-14, -48],
        [22, -102]
      ],
      look: -0.2
    }),
    person({
      ...someone(3),
      x: 230,
      y: 960,
      height: 620,
      pose: 'walk',
      top: brick.base,
      bottom: ink.deep,
      look: 0.8,
      hands: [
        [-24, -54],
        [29, -66]
      ],
      held: place(circle(0, -8, 6.6, brick.deep) + rect(-1.2, -3, 2.4, 8, '#c58d55'), 0, 0, 1, 40)
    }),
    person({
      ...someone(7),
      x: 1380,
      y: 960,
      height: 630,
      pose: 'walk',
      flip: true,
      top: lagoon.base,
      bottom: ink.deep,
      look: 0.8,
      hands: [
        [-22, -58],
        [29, -76]
      ],
      held: place(circle(0, -8, 6.6, leaf.deep) + rect(-1.2, -3, 2.4, 8, '#c58d55'), 0, 0, 1, 30)
    }),
    polygon(
      [
        [400, 780],
        [1200, 780],
        [1330, 900],
        [270, 900]
      ],
      lagoon.deep
    ),
    polygon(
      [
        [270, 900],
        [1330, 900],
        [1330, 926],
        [270, 926]
      ],
      shade(lagoon.deep, -0.3)
    ),
    stroke('M800,780 V900 M400,780 H1200 L1330,900 H270Z', white, 6),
    polygon(
      [
        [770, 700],
        [830, 715],
        [830, 925],
        [770, 895]
      ],
      white,
      0.85
    ),
    repeat(5, (index) => stroke(`M770,${720 + index * 38} L830,${736 + index * 40}`, ink.soft, 2, 0.6)),
    rect(330, 924, 26, 140, ink.base),
    rect(1244, 924, 26, 140, ink.base),
    stroke('M560,700 Q680,560 770,620 T1000,640', white, 5, 0.7),
    circle(1010, 636, 18, white),
    place(
      path('M-50,-120 H50 V-70 Q46,-10 0,-6 Q-46,-10 -50,-70Z', ochre.base) +
        stroke('M-50,-106 q-40,0 -30,40 q8,24 36,22 M50,-106 q40,0 30,40 q-8,24 -36,22', ochre.base, 10) +
        rect(-10, -10, 20, 40, ochre.deep) +
        rect(-46, 26, 92, 26, ink.deep, { round: 4 }) +
        path('M10,-120 H50 V-70 Q46,-10 12,-8Z', ochre.deep, { opacity: 0.4 }),
      800,
      1010
    )
  ].join('')

const cake = (): string =>
  [
    wall(ochre.pale),
    circle(800, 420, 620, '#fbeccb'),
    bunting(-20, 50, 820, 70, 9),
    bunting(800, 50, 820, 70, 9),
    person({
      ...someone(0),
      x: 230,
      y: 1050,
      height: 640,
      pose: 'bust',
      top: lagoon.base,
      look: 0.8,
      hands: [
        [-10, -58],
        [26, -62]
      ]
    }),
    person({
      ...someone(1),
      x: 430,
      y: 1000,
      height: 600,
      pose: 'bust',
      top: plum.base,
      look: 0.6,
      hands: [
        [-20, -104],
        [16, -52]
      ]
    }),
    person({
      ...someone(2),
      x: 1170,
      y: 1000,
      height: 600,
      pose: 'bust',
      top: leaf.base,
      look: -0.6,
      hands: [
        [-12, -62],
        [-6, -62]
      ]
    }),
    person({
      ...someone(8),
      x: 1380,
      y: 1050,
      height: 640,
      pose: 'bust',
      top: brick.base,
      look: -0.8,
      hands: [
        [-27, -62],
        [12, -52]
      ]
    }),
    rect(-20, 860, 1640, 260, white),
    repeat(13, (index) =>
      path(
        `M${-20 + index * 130},860 h130 v40 q-65,60 -130,0Z`,
        [brick.light, ochre.light, leaf.light, lagoon.light, plum.light][index % 5] ?? ochre.light
      )
    ),
    ellipse(800, 876, 400, 40, ink.deep, { opacity: 0.16 }),
    ellipse(800, 866, 390, 38, paper.deep),
    hues
      .map((hue, index) => {
        const half = 320 - index * 54
        const y = 850 - index * 96
        return (
          rect(800 - half, y - 92, half * 2, 96, hue.base, { round: 14 }) +
          rect(800 + half * 0.5, y - 92, half * 0.5, 96, hue.deep, { round: 14, opacity: 0.35 }) +
          rect(800 - half - 6, y - 98, half * 2 + 12, 26, white, { round: 13 }) +
          repeat(Math.floor(half / 26), (drop) =>
            ellipse(800 - half + 22 + drop * 52, y - 70, 13, 18 + ((drop * 7) % 12), white)
          )
        )
      })
      .join(''),
    repeat(
      5,
      (index) =>
        rect(736 + index * 30, 300, 9, 72, hues[index]?.light ?? white) +
        ellipse(740 + index * 30, 284, 9, 18, ochre.base) +
        circle(740 + index * 30, 284, 26, ochre.light, { opacity: 0.3 })
    ),
    repeat(4, (index) => ellipse(170 + index * 90 + (index > 1 ? 920 : 0), 960, 56, 15, lagoon.pale)),
    repeat(40, (index) => {
      const random = dice(index + 90)
      return rect(
        random() * 1600,
        random() * 560 + 90,
        16,
        9,
        pick([brick.base, ochre.base, leaf.base, lagoon.base, plum.base], index),
        { turn: random() * 180, opacity: 0.85 }
      )
    })
  ].join('')

const closeNotes = (): string => {
  const random = dice(12)
  const icons = [
    circle(42, 42, 18, ink.base, { opacity: 0.6 }),
    stroke('M20,46 l16,16 32,-38', ink.base, 6, 0.65),
    stroke('M20,26 h46 M20,44 h46 M20,62 h28', ink.base, 5, 0.5),
    path('M42,66 C10,44 24,18 42,34 C60,18 74,44 42,66Z', ink.base, { opacity: 0.55 }),
    stroke('M18,62 L36,40 50,52 68,22', ink.base, 6, 0.6),
    stroke('M42,18 a18,18 0 0 1 8,34 v8 h-16 v-8 a18,18 0 0 1 8,-34', ink.base, 5, 0.6)
  ]
  return [
    wall('#efe3cb'),
    stroke('M-20,80 H1640', paper.shade, 6),
    repeat(24, (index) =>
      place(
        postIt(0, 0, 2.4, pick(notes, Math.floor(random() * 8)), random() * 14 - 7, 0) +
          place(icons[index % 6] ?? '', 12, 12, 2.1),
        50 + (index % 6) * 262 + random() * 20,
        30 + Math.floor(index / 6) * 264 + random() * 20
      )
    ),
    path('M1110,1110 L1060,900 Q1040,820 1090,800 L1330,840 L1470,1110Z', lagoon.deep),
    path(
      'M1072,830 C1040,760 990,720 960,640 C940,600 980,580 1000,610 L1060,700 L1020,560 C1010,510 1056,500 1072,545 L1120,680 L1118,560 C1120,510 1166,514 1168,560 L1174,700 L1200,620 C1216,580 1258,594 1248,640 C1240,720 1250,790 1240,850Z',
      skin.honey
    ),
    stroke('M1060,700 L1076,740 M1120,680 L1126,730 M1174,700 L1172,740', shade(skin.honey, -0.25), 5),
    rect(1056, 812, 216, 50, lagoon.light, { round: 16, turn: 8 })
  ].join('')
}

const whiteboard = (): string =>
  [
    wall(leaf.pale),
    rect(240, 70, 1000, 640, white, { round: 10 }),
    rect(240, 70, 1000, 640, 'none', { stroke: '#a5afc0', width: 16, round: 10 }),
    rect(520, 706, 420, 22, '#a5afc0', { round: 6 }),
    stroke(
      'M420,230 C520,120 660,140 700,240 M420,230 q-10,90 60,130 M700,240 q90,-30 150,40 M480,360 q120,60 210,10 M850,280 q20,90 -60,130 M690,370 l100,40',
      ink.soft,
      8
    ),
    circle(420, 230, 62, brick.base),
    circle(700, 240, 62, lagoon.base),
    circle(480, 380, 50, ochre.base),
    circle(860, 300, 56, leaf.base),
    circle(760, 430, 58, plum.base),
    stroke('M320,560 h300 M320,600 h220 M320,640 h260', ink.base, 9, 0.6),
    stroke('M960,620 V480 M960,620 H1170 M1000,620 V560 M1050,620 V520 M1100,620 V500', ink.soft, 9),
    stroke('M980,560 L1040,500 L1090,520 L1160,420', brick.base, 8),
    ground(830, '#c9b483'),
    rect(-20, 818, 1640, 20, leaf.light),
    plant(110, 960, 1.4, brick.base),
    person({
      ...someone(11),
      x: 1180,
      y: 980,
      height: 660,
      top: ochre.base,
      bottom: ink.deep,
      look: -0.5,
      hands: [
        [-29, -82],
        [16, -48]
      ]
    }),
    stroke('M972,430 l22,14', brick.base, 14),
    person({
      ...someone(0),
      x: 430,
      y: 1200,
      height: 620,
      pose: 'bust',
      back: true,
      top: plum.base,
      hands: [
        [-16, -48],
        [16, -48]
      ]
    }),
    person({
      ...someone(7),
      x: 680,
      y: 1210,
      height: 620,
      pose: 'bust',
      back: true,
      top: lagoon.deep,
      hands: [
        [-16, -48],
        [24, -104]
      ]
    }),
    person({
      ...someone(8),
      x: 930,
      y: 1220,
      height: 600,
      pose: 'bust',
      back: true,
      top: brick.base,
      hands: [
        [-16, -48],
        [16, -48]
      ]
    }),
    person({
      ...someone(10),
      x: 1440,
      y: 1190,
      height: 640,
      pose: 'bust',
      back: true,
      top: leaf.deep,
      hands: [
        [-16, -48],
        [16, -48]
      ]
    })
  ].join('')

// The chair is in two parts: the near wheel passes before the person who sits in it.
const wheelchairFrame = (x: number, y: number, hue: Hue): string =>
  ellipse(x + 10, y + 2, 190, 16, ink.deep, { opacity: 0.16 }) +
  circle(x - 14, y - 96, 88, 'none', { stroke: ink.base, width: 10 }) +
  stroke(`M${x - 92},${y - 136} L${x - 108},${y - 318} L${x - 146},${y - 324}`, ink.deep, 12) +
  stroke(`M${x + 84},${y - 136} L${x + 124},${y - 40} L${x + 176},${y - 30}`, ink.deep, 12) +
  path(`M${x - 110},${y - 300} L${x - 78},${y - 300} L${x - 66},${y - 132} L${x - 98},${y - 132}Z`, hue.deep) +
  rect(x - 96, y - 148, 190, 30, hue.base, { round: 12 }) +
  circle(x + 92, y - 24, 22, ink.deep) +
  circle(x + 92, y - 24, 9, paper.deep)

const wheelchairWheel = (x: number, y: number, hue: Hue): string =>
  repeat(8, (index) => {
    const angle = (index * Math.PI) / 4 + 0.2
    return stroke(
      `M${x - 30},${y - 98} L${x - 30 + Math.cos(angle) * 90},${y - 98 + Math.sin(angle) * 90}`,
      paper.deep,
      3.5,
      0.9
    )
  }) +
  circle(x - 30, y - 98, 96, 'none', { stroke: ink.deep, width: 13 }) +
  circle(x - 30, y - 98, 80, 'none', { stroke: hue.light, width: 6 }) +
  circle(x - 30, y - 98, 14, hue.base)

const armchair = (x: number, y: number, colour: string, flip = false): string =>
  place(
    rect(-120, -230, 200, 210, colour, { round: 44 }) +
      rect(-130, -110, 250, 80, shade(colour, 0.12), { round: 30 }) +
      rect(-150, -150, 60, 130, shade(colour, -0.15), { round: 28 }) +
      rect(-110, -24, 16, 30, '#6b4a34') +
      rect(80, -24, 16, 30, '#6b4a34'),
    x,
    y,
    1,
    0,
    flip
  )

const talk = (): string =>
  [
    wall('#e9d6dd'),
    archWindow(120, 90, 260, 500, '#cfe5e3'),
    archWindow(1220, 90, 260, 500, '#cfe5e3'),
    rect(560, 130, 480, 330, plum.base),
    rect(580, 150, 440, 290, ochre.pale),
    sun(890, 240, 44),
    path('M580,440 V360 Q700,280 800,350 T1020,330 V440Z', leaf.base),
    path('M580,440 V400 Q720,350 860,400 T1020,390 V440Z', leaf.deep),
    ground(740, '#bd8f6c'),
    ellipse(800, 960, 700, 130, plum.light, { opacity: 0.75 }),
    ellipse(800, 960, 600, 104, '#e9cfd9', { opacity: 0.7 }),
    wheelchairFrame(350, 960, lagoon),
    person({
      ...someone(4),
      x: 350,
      y: 934,
      height: 580,
      pose: 'sit',
      top: ochre.base,
      bottom: ink.base,
      look: 0.6,
      hands: [
        [-10, -54],
        [27, -66]
      ],
      shadow: false
    }),
    wheelchairWheel(350, 960, lagoon),
    armchair(1250, 960, brick.base, true),
    person({
      ...someone(2),
      x: 1260,
      y: 960,
      height: 590,
      pose: 'sit',
      flip: true,
      top: leaf.base,
      bottom: ink.deep,
      look: 0.6,
      hands: [
        [-6, -54],
        [24, -52]
      ],
      shadow: false,
      held: mug(1, 3, white, 0.14)
    }),
    rect(630, 640, 330, 330, ochre.deep, { round: 60 }),
    rect(650, 660, 290, 290, ochre.base, { round: 50 }),
    person({
      ...someone(3),
      x: 795,
      y: 1050,
      height: 600,
      pose: 'bust',
      top: plum.base,
      look: -0.3,
      hands: [
        [-22, -58],
        [20, -62]
      ]
    }),
    ellipse(800, 900, 210, 44, '#8a5a34'),
    ellipse(800, 888, 210, 44, '#d3a069'),
    rect(786, 926, 28, 110, '#8a5a34'),
    ellipse(800, 1036, 90, 16, '#8a5a34'),
    mug(720, 892, lagoon.base, 0.9),
    sheetOfPaper(790, 862, 0.6, 30),
    plant(1500, 900, 1.5, lagoon.base),
    plant(90, 880, 1.1, ochre.base)
  ].join('')

const reachingHand = (x: number, y: number, turn: number, sleeve: string, tone: string): string =>
  place(
    [
      rect(-60, 90, 120, 620, sleeve),
      rect(20, 90, 40, 620, ink.deep, { opacity: 0.12 }),
      rect(-66, 80, 132, 40, shade(sleeve, 0.25), { round: 14 }),
      path('M-36,96 C-42,30 -56,10 -52,-50 H52 C56,0 42,40 36,96Z', tone),
      stroke('M-38,-40 L-44,-104', tone, 25),
      stroke('M-13,-44 L-15,-132', tone, 25),
      stroke('M14,-44 L15,-128', tone, 25),
      stroke('M40,-40 L44,-96', tone, 24),
      stroke('M-42,16 Q-82,-10 -84,-48', tone, 26)
    ].join(''),
    x,
    y,
    1,
    turn
  )

const plan = (): string =>
  [
    wall('#c9965f'),
    repeat(7, (index) => rect(-20, index * 160, 1640, 154, index % 2 ? '#cf9d66' : '#c48f58')),
    polygon(
      [
        [196, 126],
        [1420, 100],
        [1450, 940],
        [176, 956]
      ],
      ink.deep,
      0.18
    ),
    polygon(
      [
        [180, 110],
        [1410, 90],
        [1440, 930],
        [160, 940]
      ],
      paper.light
    ),
    path(
      'M170,640 C420,560 620,760 900,660 S1300,520 1430,600 L1434,700 C1300,620 1120,680 920,760 S480,680 166,750Z',
      lagoon.light
    ),
    stroke('M260,110 L420,935 M176,360 L1420,300 M840,100 L760,660 M1100,96 L1180,560', white, 30),
    stroke('M260,110 L420,935 M176,360 L1420,300 M840,100 L760,660 M1100,96 L1180,560', ochre.light, 18),
    repeat(16, (index) => {
      const x = 340 + (index % 8) * 128
      const y = 150 + Math.floor(index / 8) * 240
      return rect(
        x,
        y,
        76 + ((index * 13) % 30),
        70 + ((index * 17) % 50),
        pick([brick.light, plum.light, paper.shade, brick.pale, ochre.pale], index),
        { turn: ((index * 7) % 9) - 4 }
      )
    }),
    repeat(18, (index) =>
      circle(480 + ((index * 97) % 320), 790 + ((index * 41) % 110), 24, index % 2 ? leaf.base : leaf.light)
    ),
    rect(960, 760, 330, 130, leaf.pale, { round: 20 }),
    repeat(8, (index) => circle(990 + index * 40, 800 + (index % 3) * 34, 18, leaf.base)),
    [
      [560, 240],
      [890, 430],
      [1240, 250],
      [620, 840],
      [1130, 800]
    ]
      .map(
        ([x = 0, y = 0], index) =>
          ellipse(x + 6, y + 4, 20, 8, ink.deep, { opacity: 0.25 }) +
          path(
            `M${x},${y} C${x - 44},${y - 60} ${x - 34},${y - 110} ${x},${y - 110} C${x + 34},${y - 110} ${x + 44},${y - 60} ${x},${y}Z`,
            hues[index]?.base ?? brick.base
          ) +
          circle(x, y - 72, 15, white)
      )
      .join(''),
    reachingHand(250, 820, 38, brick.base, skin.brown),
    reachingHand(1370, 760, -48, lagoon.deep, skin.rose),
    reachingHand(1190, 150, 204, plum.base, skin.honey),
    reachingHand(330, 190, 148, leaf.deep, skin.umber),
    place(
      rect(0, 0, 240, 18, ochre.base, { round: 6 }) +
        polygon(
          [
            [240, 0],
            [272, 9],
            [240, 18]
          ],
          paper.light
        ),
      660,
      960,
      1,
      -8
    )
  ].join('')

const vote = (): string => {
  const random = dice(44)
  return [
    wall('#dfe7d6'),
    rect(150, 50, 1300, 900, white, { round: 8 }),
    rect(150, 50, 1300, 900, 'none', { stroke: '#a8703f', width: 18, round: 8 }),
    hues
      .map((hue, index) => {
        const x = 200 + index * 244
        const count = [9, 14, 7, 11, 12][index] ?? 8
        return (
          rect(x, 100, 220, 800, hue.pale, { round: 12 }) +
          rect(x, 100, 220, 110, hue.base, { round: 12 }) +
          rect(x + 34, 136, 152, 14, white, { round: 7 }) +
          rect(x + 34, 164, 100, 12, white, { round: 6, opacity: 0.7 }) +
          repeat(count, (dot) => {
            const across = x + 46 + (dot % 3) * 64 + random() * 12
            const down = 260 + Math.floor(dot / 3) * 74 + random() * 12
            return (
              circle(across + 2, down + 4, 23, ink.deep, { opacity: 0.15 }) +
              circle(across, down, 23, pick([brick.base, leaf.base, ochre.base], Math.floor(random() * 3)))
            )
          })
        )
      })
      .join(''),
    person({
      ...someone(3),
      x: 240,
      y: 1330,
      height: 800,
      pose: 'bust',
      back: true,
      top: lagoon.base,
      hands: [
        [-16, -48],
        [26, -98]
      ]
    }),
    circle(452, 528, 23, brick.base),
    person({
      ...someone(9),
      x: 800,
      y: 1400,
      height: 760,
      pose: 'bust',
      back: true,
      top: ochre.deep,
      hands: [
        [-16, -48],
        [22, -100]
      ]
    }),
    person({
      ...someone(5),
      x: 1350,
      y: 1350,
      height: 800,
      pose: 'bust',
      back: true,
      top: plum.base,
      hands: [
        [-26, -98],
        [16, -48]
      ]
    })
  ].join('')
}

const raisedHands = (): string =>
  [
    wall(lagoon.pale),
    archWindow(90, 60, 220, 440, '#e5f0e4'),
    archWindow(1290, 60, 220, 440, '#e5f0e4'),
    place(easel(0, 0, 1.15, circle(0, -300, 64, ochre.base) + stroke('M-26,-300 l18,22 36,-46', white, 14)), 1080, 620),
    ground(640, '#d2b78a'),
    person({
      ...someone(6),
      x: 800,
      y: 700,
      height: 500,
      top: plum.base,
      dress: true,
      bottom: plum.base,
      look: -0.2,
      hands: [
        [-24, -66],
        [26, -72]
      ]
    }),
    row(
      [1, 0, 7, 8, 2, 10, 4].map((index, place) => ({
        ...someone(index),
        pose: 'stand' as const,
        hands:
          place % 2
            ? ([
                [-14, -48],
                [20, -108]
              ] as const)
            : ([
                [-22, -106],
                [14, -48]
              ] as const)
      })),
      100,
      1010,
      235,
      400,
      [brick.base, leaf.deep, ochre.base, ink.base, lagoon.base, plum.base, brick.light]
    ),
    row(
      [3, 5, 9, 11, 0].map((index, place) => ({
        ...someone(index),
        hands:
          place % 2
            ? ([
                [-22, -108],
                [14, -48]
              ] as const)
            : ([
                [-14, -48],
                [21, -109]
              ] as const)
      })),
      150,
      1250,
      325,
      560,
      [ochre.base, lagoon.deep, plum.deep, brick.base, leaf.base]
    )
  ].join('')

export const albumScenes: Record<string, () => string> = {
  'album-journee-1': picnic,
  'album-journee-2': games,
  'album-journee-3': concert,
  'album-journee-4': group,
  'album-journee-5': tournament,
  'album-journee-6': cake,
  'album-ateliers-1': closeNotes,
  'album-ateliers-2': whiteboard,
  'album-ateliers-3': talk,
  'album-ateliers-4': plan,
  'album-ateliers-5': vote,
  'album-ateliers-6': raisedHands
}
