import { person, row, someone } from './figures.ts'
import { brick, hair, ink, lagoon, leaf, ochre, paper, plum, shade, skin, white } from './palette.ts'
import {
  archWindow,
  bunting,
  city,
  grass,
  ground,
  hill,
  laptop,
  lights,
  mug,
  notes,
  noteWall,
  phone,
  plant,
  postIt,
  sheetOfPaper,
  sun,
  townHall,
  tree,
  wall
} from './props.ts'
import { circle, ellipse, path, pick, place, polygon, rect, repeat, stroke } from './shapes.ts'

const hues = [brick, ochre, leaf, lagoon, plum] as const
const tops = [lagoon.deep, brick.base, ochre.base, leaf.deep, plum.base, ink.soft, brick.light, lagoon.base] as const

const committee = (): string =>
  [
    wall('#e8ddc9'),
    rect(-20, 480, 1640, 300, '#b98a5b'),
    repeat(9, (index) => rect(20 + index * 182, 510, 150, 240, '#a87848')),
    archWindow(80, 70, 200, 360, '#cfe4e2'),
    archWindow(1320, 70, 200, 360, '#cfe4e2'),
    rect(420, 60, 760, 370, ink.deep, { round: 8 }),
    rect(438, 78, 724, 334, white),
    stroke('M520,250 H1080', ink.soft, 8),
    hues
      .map(
        (hue, index) =>
          circle(520 + index * 140, 250, 48, hue.base) +
          circle(520 + index * 140, 250, 20, white) +
          rect(480 + index * 140, 322, 80, 12, hue.light, { round: 6 }) +
          rect(490 + index * 140, 344, 60, 10, paper.deep, { round: 5 })
      )
      .join(''),
    rect(490, 116, 300, 24, ink.base, { round: 8 }),
    rect(490, 152, 200, 14, paper.shade, { round: 7 }),
    ground(780, '#a3683f'),
    person({
      ...someone(8),
      x: 1330,
      y: 930,
      height: 560,
      top: white,
      jacket: brick.base,
      look: -0.8,
      hands: [
        [-29, -82],
        [14, -50]
      ]
    }),
    [0, 1, 2, 3, 4]
      .map((index) =>
        person({
          ...someone([2, 4, 7, 1, 0][index] ?? 0),
          x: 260 + index * 205,
          y: 990,
          height: 500,
          pose: 'bust',
          top: tops[index + 2] ?? ink.soft,
          look: 0.5 - index * 0.05,
          hands: [
            [-14, -50],
            [15, -50]
          ]
        })
      )
      .join(''),
    path('M120,800 H1280 L1480,1100 H-60Z', '#d9a871'),
    path('M120,800 H1280 L1292,822 H106Z', '#efc795'),
    sheetOfPaper(300, 830, 0.8, 20),
    sheetOfPaper(560, 836, 0.8, -6, ochre.pale),
    sheetOfPaper(930, 828, 0.8, 12),
    mug(470, 870, lagoon.base),
    mug(820, 880, brick.base),
    laptop(730, 990, 1.5, ink.base, lagoon.pale),
    postIt(1080, 900, 0.9, ochre.light, 8),
    postIt(280, 980, 0.9, brick.light, -8),
    plant(1500, 1010, 1.3, plum.base)
  ].join('')

const workshops = (): string =>
  [
    wall(lagoon.pale),
    rect(90, 60, 1420, 560, white, { round: 8 }),
    rect(90, 60, 1420, 560, 'none', { stroke: lagoon.light, width: 10 }),
    hues.map((hue, index) => rect(136 + index * 272, 96, 226, 30, hue.base, { round: 6 })).join(''),
    noteWall(140, 150, 12, 4, 112, 77, 0.82),
    ground(800, '#dcc29a'),
    rect(-20, 786, 1640, 22, lagoon.light),
    person({
      ...someone(5),
      x: 250,
      y: 990,
      height: 560,
      back: true,
      top: brick.base,
      bottom: ink.base,
      hands: [
        [-16, -48],
        [24, -96]
      ],
      held: rect(-6, -10, 11, 11, ochre.light)
    }),
    person({
      ...someone(1),
      x: 500,
      y: 1010,
      height: 570,
      top: ochre.base,
      bottom: ink.deep,
      look: 0.6,
      hands: [
        [-14, -50],
        [28, -74]
      ]
    }),
    person({
      ...someone(6),
      x: 760,
      y: 1000,
      height: 540,
      top: plum.base,
      dress: true,
      bottom: plum.base,
      look: -0.4,
      hands: [
        [-20, -58],
        [16, -56]
      ],
      held: rect(-9, -7, 16, 12, white)
    }),
    person({
      ...someone(2),
      x: 1000,
      y: 1010,
      height: 560,
      top: white,
      jacket: lagoon.deep,
      look: -0.6,
      hands: [
        [-26, -62],
        [14, -48]
      ]
    }),
    person({
      ...someone(3),
      x: 1240,
      y: 990,
      height: 560,
      back: true,
      top: leaf.base,
      bottom: ink.soft,
      hands: [
        [-26, -94],
        [15, -46]
      ]
    }),
    person({
      ...someone(9),
      x: 1450,
      y: 1020,
      height: 560,
      top: ochre.light,
      vest: brick.base,
      bottom: ink.base,
      look: -0.7,
      hands: [
        [-12, -52],
        [14, -52]
      ]
    })
  ].join('')

const convivial = (): string =>
  [
    wall('#f3cfa3'),
    sun(1250, 300, 110, '#f7b56b'),
    hill(560, 100, '#c99b73'),
    city(650, 9, ['#f1dcb4', brick.pale, '#e9c79c'], '#a4553f'),
    rect(-20, -20, 1640, 700, '#f3b06a', { opacity: 0.18 }),
    ground(640, leaf.light),
    grass(680, 380, 80, 3, leaf.base),
    tree(120, 760, 1.6, leaf, 6),
    tree(1500, 760, 1.5, leaf, 16),
    lights(150, 190, 650, 70, 7),
    lights(800, 190, 690, 70, 7),
    bunting(150, 330, 1340, 70, 15),
    person({
      ...someone(0),
      x: 400,
      y: 860,
      height: 420,
      top: brick.base,
      dress: true,
      bottom: brick.base,
      look: 0.5,
      hands: [
        [-15, -48],
        [24, -66]
      ],
      held: path('M-3,-8 h6 l-1,9 h-4Z', ochre.light)
    }),
    person({
      ...someone(11),
      x: 610,
      y: 850,
      height: 450,
      top: lagoon.base,
      look: -0.5,
      hands: [
        [-24, -66],
        [14, -48]
      ]
    }),
    person({
      ...someone(7),
      x: 1000,
      y: 850,
      height: 450,
      top: ochre.base,
      jacket: leaf.deep,
      look: 0.5,
      hands: [
        [-15, -50],
        [24, -68]
      ],
      held: path('M-3,-8 h6 l-1,9 h-4Z', brick.light)
    }),
    person({
      ...someone(4),
      x: 1170,
      y: 860,
      height: 430,
      top: plum.base,
      dress: true,
      bottom: plum.base,
      look: -0.5,
      hands: [
        [-22, -66],
        [16, -48]
      ]
    }),
    path('M330,850 H1290 L1340,980 Q820,1010 280,980Z', white),
    path('M280,980 Q820,1010 1340,980 L1350,1060 Q820,1100 270,1060Z', shade(white, -0.1)),
    repeat(8, (index) =>
      polygon(
        [
          [330 + index * 122, 850],
          [390 + index * 122, 850],
          [384 + index * 128, 990],
          [318 + index * 128, 990]
        ],
        brick.light,
        0.35
      )
    ),
    repeat(
      4,
      (index) =>
        ellipse(450 + index * 240, 900, 70, 20, shade(white, -0.05)) +
        ellipse(450 + index * 240, 894, 52, 16, [ochre.base, leaf.base, brick.base, ochre.light][index] ?? ochre.base) +
        ellipse(440 + index * 240, 886, 32, 12, [ochre.light, leaf.light, brick.light, ochre.pale][index] ?? ochre.base)
    ),
    repeat(
      3,
      (index) =>
        rect(560 + index * 240, 850, 26, 70, [leaf.deep, plum.base, lagoon.base][index] ?? leaf.deep, { round: 8 }) +
        rect(567 + index * 240, 826, 12, 30, [leaf.deep, plum.base, lagoon.base][index] ?? leaf.deep)
    ),
    mug(400, 960, lagoon.base, 0.9),
    mug(1180, 950, plum.light, 0.9),
    person({
      ...someone(9),
      x: 200,
      y: 1020,
      height: 540,
      top: leaf.base,
      bottom: ink.base,
      look: 0.8,
      hands: [
        [10, -54],
        [28, -62]
      ],
      held: ellipse(2, -2, 9, 3, white) + circle(1, -4, 3, brick.light)
    }),
    person({
      ...someone(10),
      x: 1430,
      y: 1020,
      height: 540,
      top: lagoon.light,
      bottom: plum.deep,
      look: -0.8,
      hands: [
        [-27, -70],
        [14, -48]
      ]
    })
  ].join('')

const diagnosis = (): string =>
  [
    wall('#e7d8c3'),
    polygon(
      [
        [-20, -20],
        [1640, -20],
        [1340, 170],
        [260, 170]
      ],
      '#d6c0a0'
    ),
    repeat(5, (index) =>
      polygon(
        [
          [200 + index * 300, -20],
          [270 + index * 300, -20],
          [330 + index * 220, 170],
          [296 + index * 220, 170]
        ],
        '#c3a67e',
        0.7
      )
    ),
    archWindow(60, 230, 150, 360),
    archWindow(1390, 230, 150, 360),
    rect(330, 190, 940, 420, lagoon.deep, { round: 6 }),
    rect(350, 210, 900, 380, white),
    circle(560, 400, 130, paper.base),
    path('M560,400 L560,270 A130,130 0 0 1 683,440Z', brick.base),
    path('M560,400 L683,440 A130,130 0 0 1 484,505Z', ochre.base),
    path('M560,400 L484,505 A130,130 0 0 1 437,360Z', leaf.base),
    path('M560,400 L437,360 A130,130 0 0 1 560,270Z', lagoon.base),
    circle(560, 400, 56, white),
    repeat(5, (index) =>
      rect(780, 270 + index * 60, [330, 260, 390, 210, 300][index] ?? 200, 30, hues[index]?.base ?? ink.base, {
        round: 6
      })
    ),
    ground(640, '#9c6b45'),
    person({
      ...someone(4),
      x: 1180,
      y: 740,
      height: 470,
      top: white,
      jacket: plum.base,
      look: -0.5,
      hands: [
        [-28, -78],
        [14, -56]
      ],
      held: rect(-1, -10, 2.4, 9, ink.deep) + circle(0, -11, 2.4, ink.deep)
    }),
    person({
      ...someone(7),
      x: 390,
      y: 745,
      height: 480,
      top: ochre.light,
      jacket: ink.base,
      look: 0.5,
      hands: [
        [-14, -48],
        [26, -70]
      ]
    }),
    row(
      [0, 1, 2, 3, 4, 5, 9].map((index) => someone(index + 1)),
      110,
      1080,
      230,
      420,
      [...tops].reverse()
    ),
    row(
      [3, 8, 10, 6, 11, 7].map((index) => someone(index)),
      210,
      1200,
      250,
      500,
      tops
    ),
    row(
      [9, 0, 1, 5, 4].map((index) => someone(index)),
      90,
      1390,
      370,
      620,
      [plum.deep, lagoon.deep, leaf.deep, brick.deep, ink.base]
    )
  ].join('')

const stage = (): string =>
  [
    wall(plum.deep),
    polygon(
      [
        [180, -20],
        [250, -20],
        [560, 760],
        [120, 760]
      ],
      ochre.pale,
      0.16
    ),
    polygon(
      [
        [1350, -20],
        [1420, -20],
        [1480, 760],
        [1040, 760]
      ],
      ochre.pale,
      0.16
    ),
    polygon(
      [
        [760, -20],
        [840, -20],
        [1120, 780],
        [480, 780]
      ],
      ochre.pale,
      0.18
    ),
    hues
      .map((hue, index) => {
        const x = 190 + index * 248
        const motif = [
          circle(x + 110, 330, 62, hue.pale) + circle(x + 110, 330, 30, hue.base),
          circle(x + 80, 330, 46, hue.pale) + circle(x + 140, 330, 46, hue.pale, { opacity: 0.8 }),
          path(`M${x + 110},410 Q${x + 30},330 ${x + 110},250 Q${x + 190},330 ${x + 110},410Z`, hue.pale),
          stroke(`M${x + 50},350 L${x + 96},390 L${x + 174},280`, hue.pale, 24),
          path(
            `M${x + 110},400 C${x + 20},330 ${x + 60},250 ${x + 110},296 C${x + 160},250 ${x + 200},330 ${x + 110},400Z`,
            hue.pale
          )
        ] as const
        return (
          rect(x + 8, 120, 220, 570, ink.deep, { opacity: 0.25 }) +
          rect(x, 110, 220, 570, hue.base) +
          rect(x + 170, 110, 50, 570, hue.deep, { opacity: 0.3 }) +
          (motif[index] ?? '') +
          rect(x + 40, 480, 140, 16, hue.pale, { round: 8 }) +
          rect(x + 40, 512, 100, 12, hue.pale, { round: 6, opacity: 0.7 }) +
          rect(x + 40, 536, 120, 12, hue.pale, { round: 6, opacity: 0.7 })
        )
      })
      .join(''),
    polygon(
      [
        [60, 760],
        [1540, 760],
        [1640, 880],
        [-40, 880]
      ],
      '#c98f57'
    ),
    rect(-40, 876, 1700, 60, '#7b4f2e'),
    path('M-20,-20 H120 Q60,400 110,800 L-20,860Z', brick.base),
    path('M-20,-20 H60 Q20,400 50,830 L-20,860Z', brick.deep),
    path('M1620,-20 H1480 Q1540,400 1490,800 L1620,860Z', brick.base),
    path('M1620,-20 H1540 Q1580,400 1550,830 L1620,860Z', brick.deep),
    person({
      x: 700,
      y: 830,
      height: 430,
      top: paper.light,
      jacket: lagoon.base,
      bottom: ink.deep,
      skin: skin.honey,
      hair: hair.black,
      style: 'bob',
      look: 0.3,
      hands: [
        [-29, -70],
        [8, -72]
      ],
      held: rect(-1, -9, 2.4, 9, ink.deep) + circle(0, -10, 2.4, ink.soft)
    }),
    person({
      x: 930,
      y: 835,
      height: 450,
      top: paper.light,
      jacket: ink.base,
      bottom: ink.deep,
      skin: skin.rose,
      hair: hair.brown,
      style: 'side',
      beard: true,
      look: -0.3,
      hands: [
        [-12, -50],
        [28, -72]
      ]
    }),
    row(
      [1, 5, 2, 3, 0, 8, 7].map((index) => someone(index)),
      90,
      1290,
      240,
      440,
      [brick.deep, ink.base, ochre.deep, lagoon.deep, leaf.deep]
    ),
    row(
      [11, 9, 4, 10, 6, 1].map((index) => someone(index)),
      190,
      1390,
      260,
      500,
      [ink.deep, plum.base, lagoon.deep, brick.deep, leaf.deep]
    )
  ].join('')

const published = (): string =>
  [
    wall('#d8a871'),
    repeat(
      7,
      (index) =>
        rect(-20, index * 160, 1640, 154, index % 2 ? '#dcae78' : '#d3a069') +
        stroke(`M${(index * 331) % 900},${index * 160 + 60} q240,${20 - (index % 3) * 18} 560,4`, '#bb8650', 5, 0.5)
    ),
    polygon(
      [
        [-20, -20],
        [620, -20],
        [1300, 1100],
        [300, 1100]
      ],
      white,
      0.16
    ),
    place(
      [
        path('M14,18 H430 V618 H14Z', ink.deep, { opacity: 0.22 }),
        path('M-420,18 H14 V618 H-420Z', ink.deep, { opacity: 0.22 }),
        rect(-430, 0, 430, 600, white),
        rect(0, 0, 430, 600, shade(white, -0.04)),
        polygon(
          [
            [-60, 0],
            [0, 0],
            [0, 600],
            [-40, 600]
          ],
          ink.deep,
          0.1
        ),
        rect(-390, 44, 250, 26, ink.base, { round: 8 }),
        rect(-390, 84, 180, 12, ink.soft, { round: 6, opacity: 0.5 }),
        rect(-390, 126, 340, 180, lagoon.pale),
        sun(-120, 176, 26),
        path('M-390,306 V260 Q-280,210 -190,256 T-50,240 V306Z', leaf.light),
        place(townHall(0, 0, 0.2), -240, 300),
        repeat(6, (index) =>
          rect(-390, 332 + index * 26, 330 - ((index * 53) % 90), 10, ink.soft, { round: 5, opacity: 0.4 })
        ),
        hues
          .map(
            (hue, index) =>
              rect(40, 50 + index * 104, 84, 84, hue.base, { round: 8 }) +
              circle(82, 92 + index * 104, 22, hue.pale) +
              rect(146, 60 + index * 104, 200 - ((index * 41) % 70), 18, ink.base, { round: 7 }) +
              rect(146, 92 + index * 104, 230, 9, ink.soft, { round: 4, opacity: 0.4 }) +
              rect(146, 110 + index * 104, 180, 9, ink.soft, { round: 4, opacity: 0.4 })
          )
          .join('')
      ].join(''),
      640,
      240,
      1.08,
      -7
    ),
    path(
      'M1100,1110 C1120,960 1140,900 1150,820 C1160,760 1220,740 1240,800 L1460,880 C1560,920 1600,1000 1640,1110Z',
      shade(skin.brown, -0.1)
    ),
    path('M1500,930 L1660,840 L1660,1110 L1380,1110Z', plum.base),
    phone(1180, 330, 1.24, 9),
    stroke('M1428,640 Q1468,660 1440,700 M1424,730 Q1470,752 1432,788 M1416,816 Q1456,836 1420,868', skin.brown, 46),
    stroke('M1150,850 Q1120,760 1180,700', skin.brown, 52),
    ellipse(1390, 172, 150, 44, ink.deep, { opacity: 0.15 }),
    circle(1380, 150, 130, white),
    circle(1380, 150, 96, shade(white, -0.06)),
    circle(1380, 140, 78, brick.base),
    circle(1380, 140, 64, '#4a2c1c'),
    path('M1330,130 q30,-34 70,-22', 'none', { stroke: '#8a5a3a', width: 7 }),
    place(
      rect(0, 0, 300, 20, ochre.base, { round: 8 }) +
        polygon(
          [
            [300, 0],
            [336, 10],
            [300, 20]
          ],
          paper.light
        ) +
        polygon(
          [
            [324, 6],
            [336, 10],
            [324, 14]
          ],
          ink.deep
        ),
      70,
      930,
      1,
      24
    ),
    repeat(3, (index) => postIt(70 + index * 30, 60 + index * 22, 1.3, pick(notes, index), index * 8 - 10, 2))
  ].join('')

export const demarcheScenes: Record<string, () => string> = {
  'demarche-comite-de-pilotage': committee,
  'demarche-ateliers': workshops,
  'demarche-moment-convivial': convivial,
  'demarche-restitution-du-diagnostic': diagnosis,
  'demarche-presentation-du-projet': stage,
  'demarche-site-et-livret': published
}
