import { person, someone } from './figures.ts'
import { brick, hair, ink, lagoon, leaf, ochre, paper, plum, shade, skin, white } from './palette.ts'
import {
  archWindow,
  bookshelf,
  city,
  cloud,
  flowers,
  grass,
  ground,
  hill,
  laptop,
  mug,
  notes,
  pendant,
  phone,
  plant,
  poplar,
  sheetOfPaper,
  sun,
  tableTop,
  townHall,
  tree,
  wall,
  windowPane
} from './props.ts'
import { circle, ellipse, path, pick, place, polygon, rect, repeat, stroke } from './shapes.ts'

const tiles = (y: number, colour: string): string =>
  repeat(13, (index) => stroke(`M${800 + (index - 6) * 120},${y} L${800 + (index - 6) * 330},1100`, colour, 4, 0.5)) +
  [0.1, 0.28, 0.55, 0.95].map((t) => stroke(`M-20,${y + (1067 - y) * t} H1640`, colour, 4, 0.5)).join('')

const population = (): string =>
  [
    wall(ochre.pale),
    rect(-20, -20, 1640, 120, shade(ochre.pale, 0.3)),
    archWindow(90, 150, 240, 470),
    archWindow(430, 150, 240, 470),
    archWindow(1270, 150, 240, 470),
    polygon(
      [
        [90, 620],
        [330, 620],
        [700, 1100],
        [300, 1100]
      ],
      white,
      0.25
    ),
    ground(720, '#e2bd8d'),
    rect(-20, 700, 1640, 24, brick.deep),
    tiles(724, '#c99e68'),
    polygon(
      [
        [120, 724],
        [330, 724],
        [720, 1100],
        [330, 1100]
      ],
      white,
      0.22
    ),
    polygon(
      [
        [470, 724],
        [670, 724],
        [1160, 1100],
        [800, 1100]
      ],
      white,
      0.22
    ),
    pendant(880, 130, brick.base, 1),
    pendant(1120, 90, lagoon.base, 0.8),
    person({
      x: 930,
      y: 850,
      height: 460,
      top: plum.base,
      skin: skin.honey,
      hair: hair.black,
      style: 'bun',
      badge: true,
      look: -0.8,
      hands: [
        [-26, -52],
        [18, -46]
      ]
    }),
    person({
      x: 1150,
      y: 850,
      height: 470,
      top: lagoon.base,
      jacket: ink.base,
      skin: skin.rose,
      hair: hair.grey,
      style: 'side',
      glasses: true,
      look: -0.4,
      badge: true,
      hands: [
        [-15, -48],
        [12, -48]
      ]
    }),
    path('M760,690 Q1050,650 1380,690 L1380,940 Q1050,990 760,940Z', brick.base),
    path('M760,690 Q1050,650 1380,690 L1380,720 Q1050,680 760,720Z', brick.deep),
    repeat(9, (index) =>
      stroke(
        `M${800 + index * 66},${716 + Math.abs(4 - index) * 4} v${226 - Math.abs(4 - index) * 4}`,
        brick.deep,
        5,
        0.45
      )
    ),
    path('M730,668 Q1050,620 1410,668 L1410,694 Q1050,650 730,694Z', '#c58d55'),
    laptop(1250, 656, 0.9, ink.base, lagoon.light),
    sheetOfPaper(840, 622, 0.42, 74),
    plant(1500, 880, 1.5, lagoon.base),
    person({
      x: 640,
      y: 960,
      height: 520,
      top: leaf.base,
      bottom: ink.base,
      skin: skin.brown,
      hair: hair.black,
      style: 'afro',
      look: 0.9,
      hands: [
        [-15, -46],
        [28, -60]
      ]
    }),
    person({
      x: 500,
      y: 975,
      height: 330,
      top: ochre.base,
      bottom: lagoon.deep,
      skin: skin.brown,
      hair: hair.black,
      style: 'tail',
      look: 0.6,
      hands: [
        [-14, -46],
        [22, -58]
      ],
      held: circle(4, -4, 4, brick.base)
    }),
    rect(60, 850, 300, 34, '#c58d55', { round: 10 }),
    rect(90, 880, 20, 90, '#7a5230'),
    rect(310, 880, 20, 90, '#7a5230'),
    person({
      x: 170,
      y: 970,
      height: 440,
      pose: 'sit',
      top: paper.light,
      jacket: lagoon.deep,
      bottom: plum.deep,
      skin: skin.peach,
      hair: hair.silver,
      style: 'bob',
      glasses: true,
      look: 0.5,
      hands: [
        [10, -50],
        [20, -50]
      ],
      held: sheetOfPaper(-8, -12, 0.2, -8)
    })
  ].join('')

const education = (): string =>
  [
    wall('#cfe4e0'),
    sun(1380, 150, 70),
    cloud(330, 140, 1.3),
    cloud(1080, 110, 1),
    hill(520, 90, leaf.light),
    city(600, 21, [paper.deep, brick.pale, ochre.pale], brick.base),
    rect(380, 300, 860, 420, '#f0c9a0'),
    polygon(
      [
        [350, 306],
        [470, 210],
        [1150, 210],
        [1270, 306]
      ],
      brick.base
    ),
    rect(350, 296, 920, 20, white),
    repeat(5, (index) => windowPane(430 + index * 160, 370, 110, 150, lagoon.light)),
    repeat(5, (index) => (index === 2 ? '' : windowPane(430 + index * 160, 580, 110, 90, lagoon.light))),
    path('M745,720 v-110 a65,65 0 0 1 130,0 v110Z', leaf.deep),
    stroke('M810,550 V720', leaf.light, 5),
    circle(810, 256, 26, white),
    stroke('M810,256 v-16 M810,256 l10,6', ink.deep, 4),
    ground(712, '#ecd3a6'),
    path('M-20,760 Q400,700 1640,780 L1640,712 L-20,712Z', '#dcbc88', { opacity: 0.6 }),
    place(
      repeat(7, (index) => {
        const colours = [
          brick.light,
          ochre.base,
          leaf.light,
          lagoon.light,
          plum.light,
          brick.light,
          ochre.base
        ] as const
        return rect(0, -index * 46, 78, 42, colours[index] ?? ochre.base)
      }),
      0,
      0
    ).replace('<g transform="', '<g transform="matrix(1.5 0 -0.9 0.62 880 1010) '),
    tree(180, 850, 1.75, leaf, 5),
    rect(70, 850, 230, 26, '#a8703f', { round: 8 }),
    rect(90, 870, 16, 50, '#6b4a34'),
    rect(266, 870, 16, 50, '#6b4a34'),
    person({
      x: 1330,
      y: 950,
      height: 500,
      top: plum.light,
      bottom: ink.base,
      skin: skin.umber,
      hair: hair.black,
      style: 'bun',
      look: -0.7,
      hands: [
        [-30, -62],
        [15, -46]
      ],
      badge: true
    }),
    person({
      x: 1160,
      y: 960,
      height: 310,
      pose: 'walk',
      top: brick.base,
      bottom: lagoon.deep,
      skin: skin.rose,
      hair: hair.red,
      style: 'tail',
      look: -0.6,
      hands: [
        [-24, -66],
        [22, -62]
      ]
    }),
    person({
      x: 800,
      y: 930,
      height: 300,
      pose: 'walk',
      top: ochre.base,
      bottom: ink.soft,
      skin: skin.honey,
      hair: hair.black,
      style: 'short',
      look: 0.6,
      hands: [
        [-24, -90],
        [24, -88]
      ]
    }),
    person({
      x: 560,
      y: 960,
      height: 290,
      top: lagoon.base,
      dress: true,
      bottom: lagoon.base,
      skin: skin.brown,
      hair: hair.black,
      style: 'afro',
      look: 0.4,
      hands: [
        [-18, -50],
        [26, -66]
      ]
    }),
    person({
      x: 420,
      y: 985,
      height: 300,
      top: leaf.base,
      bottom: brick.deep,
      skin: skin.peach,
      hair: hair.blond,
      style: 'bob',
      look: 0.6,
      hands: [
        [-16, -48],
        [22, -86]
      ]
    }),
    circle(660, 770, 34, brick.base),
    path('M630,758 Q660,780 690,758', 'none', { stroke: white, width: 5 }),
    person({
      x: 210,
      y: 935,
      height: 300,
      pose: 'sit',
      top: brick.light,
      bottom: ink.base,
      skin: skin.honey,
      hair: hair.black,
      style: 'long',
      look: 0.2,
      hands: [
        [6, -50],
        [16, -50]
      ],
      held: path('M-9,-6 L0,-3 L9,-6 L9,5 L0,8 L-9,5Z', white) + stroke('M0,-3 V8', ink.soft, 1)
    })
  ].join('')

const green = (): string =>
  [
    wall('#d9e8d8'),
    sun(300, 190, 84, ochre.light),
    cloud(900, 140, 1.2),
    hill(470, 130, lagoon.light, 100),
    hill(540, 120, leaf.light, -120),
    repeat(5, (index) =>
      poplar(1010 + index * 74, 560 + index * 6, 0.95 - (index % 2) * 0.14, index % 2 ? leaf.base : leaf.deep)
    ),
    place(townHall(0, 0, 0.36), 640, 560),
    hill(640, 70, leaf.base),
    path(
      'M620,640 C760,720 560,800 700,880 C790,940 900,1000 880,1100 L1260,1100 C1240,960 940,900 860,830 C780,760 860,700 690,640Z',
      paper.deep
    ),
    path(
      'M640,640 C780,720 590,800 730,880 C820,940 930,1000 920,1100 L960,1100 C960,980 830,930 750,860 C650,780 790,710 660,640Z',
      white,
      { opacity: 0.3 }
    ),
    tree(230, 800, 1.5, leaf, 11),
    tree(1460, 790, 1.25, { ...leaf, base: ochre.base, light: ochre.light, deep: ochre.deep, pale: ochre.pale }, 14),
    grass(700, 330, 70, 5, leaf.deep),
    path('M-20,900 Q260,830 600,930 Q640,1010 520,1100 L-20,1100Z', '#6d4a33'),
    flowers(10, 890, 520, 34, 8),
    person({
      x: 330,
      y: 1010,
      height: 500,
      pose: 'ground',
      top: leaf.deep,
      vest: ochre.base,
      bottom: ink.base,
      skin: skin.honey,
      hair: ochre.deep,
      style: 'cap',
      look: 0.6,
      hands: [
        [14, -50],
        [30, -48]
      ],
      held: path('M-2,0 Q-6,-12 0,-20 Q6,-12 2,0Z', leaf.light)
    }),
    flowers(20, 990, 250, 18, 9),
    person({
      x: 800,
      y: 960,
      height: 480,
      pose: 'walk',
      top: lagoon.base,
      vest: ochre.base,
      bottom: leaf.deep,
      skin: skin.rose,
      hair: hair.chestnut,
      style: 'tail',
      look: 0.6,
      hands: [
        [24, -48],
        [30, -50]
      ]
    }),
    place(
      stroke('M-10,-92 L120,-60', '#7a5230', 10) +
        path('M90,-110 L270,-110 L226,-34 L120,-34Z', brick.base) +
        path('M200,-110 L270,-110 L226,-34 L190,-34Z', ink.deep, { opacity: 0.15 }) +
        circle(246, -22, 30, ink.deep) +
        circle(246, -22, 12, paper.deep) +
        stroke('M130,-40 L120,4', '#7a5230', 9) +
        repeat(6, (index) =>
          ellipse(116 + index * 26, -122 - (index % 2) * 14, 20, 26, index % 2 ? leaf.light : leaf.base, {
            turn: index * 20 - 50
          })
        ) +
        circle(140, -140, 13, brick.light) +
        circle(196, -146, 13, ochre.light) +
        circle(236, -134, 12, plum.light),
      920,
      965
    ),
    person({
      x: 1300,
      y: 900,
      height: 380,
      top: plum.base,
      dress: true,
      bottom: plum.base,
      skin: skin.umber,
      hair: hair.black,
      style: 'curls',
      look: -0.4,
      hands: [
        [-15, -46],
        [16, -46]
      ]
    }),
    person({
      x: 1385,
      y: 905,
      height: 230,
      top: ochre.light,
      bottom: brick.base,
      skin: skin.umber,
      hair: hair.black,
      style: 'short',
      look: -0.5,
      hands: [
        [-16, -70],
        [16, -46]
      ]
    })
  ].join('')

const buildings = (): string =>
  [
    wall('#f1d8b4'),
    sun(1300, 210, 92, '#f5c987'),
    cloud(260, 150, 1.3),
    cloud(1080, 110, 0.9),
    city(760, 4, [paper.base, brick.pale, ochre.pale, plum.pale], '#9a5a48'),
    rect(-20, -20, 1640, 800, '#f1d8b4', { opacity: 0.35 }),
    ground(860, '#cfae80'),
    place(townHall(0, 0, 1.16, '#f6e4c4', ink.soft), 640, 870),
    stroke('M860,880 V330 M1010,880 V330 M1160,880 V330', '#7f8aa0', 13),
    stroke('M880,860 V330 M1030,860 V330', '#a5afc0', 6),
    [820, 660, 500]
      .map((y) => rect(836, y, 350, 20, '#c58d55') + stroke(`M840,${y - 70} H1180`, '#7f8aa0', 7))
      .join(''),
    stroke('M860,820 L1010,660 M1010,660 L1160,500 M1010,820 L1160,660 M860,660 L1010,500', '#7f8aa0', 6),
    stroke('M1120,820 L1070,660 M1142,820 L1092,660', '#8a5a34', 7),
    repeat(6, (index) => stroke(`M${1118 - index * 8},${800 - index * 25} h22`, '#8a5a34', 6)),
    person({
      x: 940,
      y: 660,
      height: 290,
      shadow: false,
      top: leaf.base,
      vest: ochre.base,
      bottom: ink.base,
      skin: skin.brown,
      hair: ochre.base,
      style: 'helmet',
      look: -0.7,
      hands: [
        [-26, -78],
        [14, -48]
      ]
    }),
    person({
      x: 1090,
      y: 500,
      height: 290,
      shadow: false,
      top: brick.base,
      vest: ochre.base,
      bottom: ink.base,
      skin: skin.rose,
      hair: white,
      style: 'helmet',
      look: -0.8,
      hands: [
        [-27, -86],
        [10, -60]
      ],
      held: rect(-3, -5, 6, 10, ink.base)
    }),
    stroke('M1240,880 V250 H1470', ink.base, 8),
    stroke('M1240,330 L1320,250', ink.base, 6),
    stroke('M1440,250 V470', ink.base, 4),
    path('M1406,470 h68 l-10,64 h-48Z', lagoon.base),
    ground(880, '#c9a371'),
    path('M-20,890 Q500,860 1640,900 L1640,930 Q500,900 -20,930Z', white, { opacity: 0.25 }),
    person({
      x: 300,
      y: 1000,
      height: 480,
      top: white,
      jacket: lagoon.deep,
      bottom: ink.deep,
      skin: skin.peach,
      hair: white,
      style: 'helmet',
      look: 0.7,
      hands: [
        [-6, -56],
        [16, -56]
      ],
      held: rect(-16, -9, 26, 19, '#cfe1ef', { turn: -8 }) + stroke('M-12,-4 h16 M-12,1 h10 M-6,-7 v14', lagoon.base, 1)
    }),
    person({
      x: 450,
      y: 1010,
      height: 490,
      top: ochre.light,
      vest: brick.base,
      bottom: ink.soft,
      skin: skin.umber,
      hair: ochre.base,
      style: 'helmet',
      look: 0.3,
      hands: [
        [-14, -50],
        [30, -84]
      ]
    }),
    repeat(3, (index) =>
      repeat(5 - index, (brickIndex) =>
        rect(1250 + brickIndex * 64 + index * 32, 960 - index * 34, 60, 30, index % 2 ? brick.base : brick.light)
      )
    ),
    path('M1080,1010 L1120,890 L1160,1010Z', brick.base),
    path('M1096,965 h48 l-10,-32 h-28Z', white),
    rect(1064, 1006, 112, 16, brick.deep)
  ].join('')

const culture = (): string =>
  [
    wall('#e9d5c6'),
    rect(-20, -20, 900, 1107, '#efdcc0'),
    bookshelf(40, 90, 380, 720, 5, 4),
    bookshelf(440, 90, 380, 720, 5, 12),
    ground(820, '#b98556'),
    repeat(9, (index) => stroke(`M${-20 + index * 200},1100 L${240 + index * 100},820`, '#9a6a40', 4, 0.6)),
    stroke('M520,840 L600,120 M590,840 L660,120', '#6b4a34', 12),
    repeat(8, (index) => stroke(`M${528 + index * 9},${770 - index * 82} h66`, '#6b4a34', 9)),
    person({
      x: 572,
      y: 530,
      height: 400,
      shadow: false,
      top: brick.light,
      bottom: ink.base,
      skin: skin.honey,
      hair: hair.black,
      style: 'tail',
      look: -0.6,
      hands: [
        [-26, -82],
        [18, -60]
      ],
      held: rect(-6, -9, 12, 16, lagoon.base)
    }),
    rect(900, 60, 720, 800, plum.deep),
    polygon(
      [
        [1240, 60],
        [1300, 60],
        [1490, 840],
        [1040, 840]
      ],
      ochre.pale,
      0.32
    ),
    ellipse(1265, 842, 230, 40, ochre.pale, { opacity: 0.45 }),
    path(
      'M880,-20 H1640 V130 Q1560,190 1480,130 Q1400,190 1320,130 Q1240,190 1160,130 Q1080,190 1000,130 Q940,180 880,130Z',
      brick.base
    ),
    path('M880,-20 Q1010,300 930,560 Q900,700 960,850 L860,850 L860,-20Z', brick.base),
    path('M880,-20 Q950,300 892,560 Q872,700 900,850 L860,850 L860,-20Z', brick.deep),
    path('M1640,-20 Q1500,300 1570,560 Q1600,700 1540,850 L1640,850Z', brick.base),
    path('M1640,-20 Q1560,300 1604,560 Q1616,700 1590,850 L1640,850Z', brick.deep),
    repeat(7, (index) => stroke(`M${950 + index * 100},0 q-12,60 -4,120`, brick.deep, 6, 0.6)),
    polygon(
      [
        [860, 842],
        [1640, 842],
        [1640, 900],
        [860, 900]
      ],
      '#d2a06a'
    ),
    polygon(
      [
        [860, 896],
        [1640, 896],
        [1640, 930],
        [860, 930]
      ],
      '#7a5230'
    ),
    person({
      x: 1180,
      y: 842,
      height: 470,
      top: ochre.base,
      dress: true,
      bottom: ochre.base,
      skin: skin.umber,
      hair: hair.black,
      style: 'afro',
      look: 0.4,
      hands: [
        [-28, -92],
        [28, -96]
      ]
    }),
    person({
      x: 1370,
      y: 850,
      height: 480,
      top: lagoon.base,
      bottom: ink.deep,
      skin: skin.rose,
      hair: hair.chestnut,
      style: 'short',
      look: -0.5,
      hands: [
        [-16, -56],
        [20, -66]
      ],
      held: place(
        path('M-9,4 q-7,-9 0,-15 q2,-4 6,-4 q7,-1 8,5 q4,10 -3,15 q-6,4 -11,-1Z', '#b9763a') +
          stroke('M5,-12 L26,-42', '#5a3a22', 2.4) +
          circle(-1, -2, 2.6, ink.deep),
        -14,
        6
      )
    }),
    circle(180, 920, 130, lagoon.base, { opacity: 0.9 }),
    rect(60, 860, 240, 110, lagoon.base, { round: 40 }),
    person({
      x: 170,
      y: 1005,
      height: 470,
      pose: 'sit',
      top: leaf.base,
      bottom: ink.base,
      skin: skin.peach,
      hair: hair.silver,
      style: 'bald',
      beard: true,
      glasses: true,
      look: 0.5,
      hands: [
        [8, -52],
        [20, -52]
      ],
      held: path('M-14,-8 L0,-4 L14,-8 L14,8 L0,12 L-14,8Z', white) + stroke('M0,-4 V12', ink.soft, 1)
    }),
    person({
      x: 690,
      y: 1030,
      height: 330,
      pose: 'ground',
      top: ochre.light,
      bottom: plum.base,
      skin: skin.brown,
      hair: hair.black,
      style: 'curls',
      look: 0.3,
      hands: [
        [10, -50],
        [20, -50]
      ],
      held: path('M-14,-8 L0,-4 L14,-8 L14,8 L0,12 L-14,8Z', brick.pale)
    })
  ].join('')

const people = (): string => {
  const seat = (index: number, x: number, y: number, height: number, top: string, look: number, jacket?: string) =>
    person({
      ...someone(index),
      x,
      y,
      height,
      pose: 'bust',
      top,
      look,
      ...(jacket ? { jacket } : {}),
      hands: [
        [-16, -50],
        [17, -52]
      ]
    })
  return [
    wall(plum.pale),
    rect(-20, -20, 1640, 560, '#ecd9e2'),
    windowPane(120, 90, 380, 380, '#cfe6e4'),
    path('M120,470 V400 Q220,340 320,390 T500,360 V470Z', leaf.light),
    stroke('M310,90 v380 M120,280 h380', white, 8),
    windowPane(1100, 90, 380, 380, '#cfe6e4'),
    path('M1100,470 V380 Q1220,420 1300,370 T1480,390 V470Z', leaf.light),
    stroke('M1290,90 v380 M1100,280 h380', white, 8),
    rect(600, 110, 400, 290, white),
    rect(600, 110, 400, 290, 'none', { stroke: plum.base, width: 10 }),
    circle(800, 255, 84, ochre.light),
    circle(745, 220, 36, brick.base),
    circle(855, 220, 36, lagoon.base),
    circle(765, 315, 36, leaf.base),
    circle(838, 315, 36, plum.base),
    stroke('M745,220 H855 L838,315 H765Z', ink.base, 5),
    ground(760, '#c9a0b8'),
    seat(4, 470, 890, 500, brick.base, 0.6),
    seat(1, 690, 870, 510, ochre.base, 0.3, ink.base),
    seat(2, 910, 870, 500, lagoon.base, -0.3),
    seat(5, 1130, 890, 500, leaf.base, -0.6),
    person({
      ...someone(3),
      x: 250,
      y: 960,
      height: 530,
      pose: 'bust',
      top: lagoon.deep,
      look: 0.9,
      hands: [
        [8, -52],
        [28, -56]
      ]
    }),
    person({
      ...someone(7),
      x: 1360,
      y: 960,
      height: 530,
      pose: 'bust',
      top: plum.base,
      look: -0.9,
      hands: [
        [-30, -62],
        [8, -50]
      ]
    }),
    ellipse(800, 880, 760, 190, ink.deep, { opacity: 0.16 }),
    ellipse(800, 850, 740, 190, '#c58d55'),
    ellipse(800, 838, 740, 184, '#dba870'),
    path('M180,780 Q500,690 900,690 Q600,720 300,830Z', white, { opacity: 0.22 }),
    sheetOfPaper(560, 760, 0.9, -28),
    sheetOfPaper(860, 770, 0.9, 14, ochre.pale),
    laptop(1140, 810, 0.95),
    mug(420, 820, lagoon.base, 1),
    mug(1020, 880, brick.base, 1),
    mug(760, 890, plum.base, 1),
    [0, 1, 2, 3]
      .map((index) =>
        rect(620 + index * 34, 850 + (index % 2) * 12, 28, 28, pick(notes, index), { turn: index * 9 - 12 })
      )
      .join(''),
    person({
      ...someone(8),
      x: 560,
      y: 1340,
      height: 640,
      pose: 'bust',
      back: true,
      top: leaf.deep,
      hands: [
        [-26, -66],
        [26, -62]
      ]
    }),
    person({
      ...someone(0),
      x: 1040,
      y: 1340,
      height: 640,
      pose: 'bust',
      back: true,
      top: ochre.deep,
      hands: [
        [-22, -62],
        [28, -70]
      ]
    })
  ].join('')
}

const money = (): string => {
  const pile = (x: number, y: number, count: number) =>
    repeat(count, (index) =>
      rect(
        x + ((index * 7) % 11) - 5,
        y - index * 13,
        170,
        11,
        pick([white, paper.base, lagoon.pale, ochre.pale], index)
      )
    )
  const coins = (x: number, y: number, count: number) =>
    repeat(
      count,
      (index) =>
        ellipse(x + ((index * 5) % 7) - 3, y - index * 13, 40, 13, ochre.deep) +
        ellipse(x + ((index * 5) % 7) - 3, y - 5 - index * 13, 40, 13, ochre.base)
    )
  const bowl = (x: number, y: number) =>
    stroke(`M${x},${y - 190} L${x - 120},${y} M${x},${y - 190} L${x + 120},${y}`, ochre.deep, 5) +
    path(
      `M${x - 132},${y} H${x + 132} Q${x + 100},${y + 72} ${x},${y + 76} Q${x - 100},${y + 72} ${x - 132},${y}Z`,
      ochre.base
    ) +
    path(
      `M${x + 30},${y} H${x + 132} Q${x + 100},${y + 72} ${x},${y + 76} Q${x + 50},${y + 40} ${x + 30},${y}Z`,
      ochre.deep,
      { opacity: 0.6 }
    )
  return [
    wall(lagoon.pale),
    circle(800, 470, 460, '#d6ebe6'),
    circle(800, 470, 340, '#e7f2ea'),
    ground(840, '#8e5b3a'),
    rect(-20, 820, 1640, 60, '#b97f4c', { round: 6 }),
    rect(-20, 866, 1640, 20, '#6d4429'),
    ellipse(800, 824, 190, 20, ink.deep, { opacity: 0.25 }),
    path('M680,824 Q690,770 760,764 L840,764 Q910,770 920,824Z', ochre.deep),
    rect(784, 250, 32, 520, ochre.base),
    rect(804, 250, 12, 520, ochre.deep),
    circle(800, 236, 36, ochre.base),
    circle(790, 226, 12, ochre.pale),
    stroke('M440,300 Q620,240 800,270 Q980,300 1160,330', ochre.base, 20),
    bowl(440, 500),
    bowl(1160, 530),
    place(townHall(0, 0, 0.25), 440, 500),
    tree(1110, 530, 0.3, leaf, 3),
    tree(1190, 530, 0.36, leaf, 9),
    circle(1060, 516, 15, brick.base),
    coins(600, 812, 4),
    coins(540, 816, 7),
    pile(960, 806, 9),
    place(
      rect(0, 0, 260, 190, '#8a5a34', { round: 8 }) +
        rect(16, 16, 228, 158, paper.light) +
        repeat(
          4,
          (index) =>
            stroke(`M16,${38 + index * 38} h228`, '#8a5a34', 4) +
            repeat(7, (bead) =>
              ellipse(
                36 + bead * 20 + (bead > index + 1 ? 66 : 0),
                38 + index * 38,
                9,
                14,
                pick([brick.base, lagoon.base, plum.base, leaf.base], index)
              )
            )
        ),
      1180,
      640
    ),
    person({
      x: 190,
      y: 1120,
      height: 680,
      pose: 'bust',
      top: white,
      jacket: brick.base,
      skin: skin.brown,
      hair: hair.black,
      style: 'bun',
      glasses: true,
      look: 0.8,
      hands: [
        [0, -48],
        [26, -46]
      ],
      held: stroke('M0,0 L6,-12', ink.deep, 2)
    }),
    sheetOfPaper(330, 806, 1.3, 78),
    person({
      x: 1480,
      y: 1130,
      height: 690,
      pose: 'bust',
      top: paper.light,
      jacket: ink.base,
      skin: skin.rose,
      hair: hair.grey,
      style: 'side',
      beard: true,
      look: -0.8,
      hands: [
        [-22, -46],
        [4, -46]
      ]
    }),
    rect(-20, 884, 1640, 220, '#9a6540'),
    stroke('M-20,930 H1640 M-20,1000 H1640', '#7f5233', 4, 0.6),
    path('M300,880 l230,-24 l40,40 l-240,30Z', white),
    stroke('M340,884 l150,-16 M350,898 l170,-18', ink.soft, 4, 0.6)
  ].join('')
}

const digital = (): string => {
  const node = (x: number, y: number, radius: number, colour: string, inside: string) =>
    circle(x + 5, y + 8, radius, ink.deep, { opacity: 0.15 }) +
    circle(x, y, radius, colour) +
    circle(x, y, radius - 12, paper.light) +
    place(inside, x, y)
  return [
    wall(lagoon.deep),
    circle(980, 430, 560, '#1b6373'),
    circle(980, 430, 400, '#217283'),
    stroke(
      'M980,400 L560,250 M980,400 L760,690 M980,400 L1380,220 M980,400 L1420,600 M980,400 L1080,110 M560,250 L760,690 M1380,220 L1420,600',
      lagoon.light,
      6,
      0.8
    ),
    [
      [770, 325],
      [870, 545],
      [1180, 310],
      [1200, 500],
      [1030, 255],
      [660, 470],
      [1400, 410]
    ]
      .map(([x = 0, y = 0]) => circle(x, y, 13, ochre.light))
      .join(''),
    node(560, 250, 96, brick.base, place(smallHouse(), 0, 46, 0.9)),
    node(1380, 220, 100, ochre.base, place(tree(0, 0, 0.34, leaf, 2), -2, 56)),
    node(
      1420,
      600,
      96,
      plum.light,
      path('M-44,-26 L0,-14 L44,-26 V30 L0,42 L-44,30Z', plum.base) + stroke('M0,-14 V42', paper.light, 5)
    ),
    node(
      1080,
      110,
      84,
      leaf.light,
      path('M-40,-22 h80 v52 h-80Z', brick.base) + path('M-40,-22 L0,10 L40,-22', 'none', { stroke: white, width: 6 })
    ),
    node(980, 400, 150, white, place(townHall(0, 0, 0.3), 0, 96)),
    ground(850, '#0f3f4b'),
    ellipse(420, 870, 470, 30, ink.deep, { opacity: 0.4 }),
    tableTop(40, 740, 720, '#d39c62', 200),
    person({
      x: 330,
      y: 990,
      height: 580,
      pose: 'bust',
      top: ochre.base,
      skin: skin.honey,
      hair: hair.silver,
      style: 'bun',
      glasses: true,
      look: 0.7,
      hands: [
        [-4, -50],
        [24, -47]
      ]
    }),
    rect(70, 760, 660, 150, '#8d6038'),
    rect(40, 738, 720, 34, '#d39c62', { round: 8 }),
    rect(40, 762, 720, 12, '#a97442', { round: 6 }),
    rect(430, 500, 300, 190, ink.deep, { round: 10 }),
    rect(444, 514, 272, 162, lagoon.pale),
    repeat(4, (index) =>
      rect(
        462 + index * 62,
        650 - bars(index),
        40,
        bars(index),
        pick([brick.base, ochre.base, leaf.base, plum.base], index)
      )
    ),
    rect(566, 690, 28, 40, ink.deep),
    rect(520, 726, 120, 12, ink.deep, { round: 6 }),
    laptop(140, 738, 1.1, ink.base, ochre.pale),
    mug(680, 738, brick.base, 0.9),
    phone(800, 560, 1.06, 8),
    path('M780,1100 Q800,960 830,900 Q820,850 850,840 Q880,850 872,920 L1010,960 Q1060,980 1050,1100Z', skin.brown, {
      opacity: 0
    }),
    plant(1290, 1010, 1.3, brick.base)
  ].join('')
}

const bars = (index: number): number => [60, 96, 74, 122][index] ?? 60

const smallHouse = (): string =>
  path('M-50,-40 L0,-86 L50,-40Z', brick.base) +
  rect(-40, -42, 80, 54, ochre.pale) +
  rect(-12, -24, 24, 36, lagoon.base)

export const directionScenes: Record<string, () => string> = {
  'direction-population': population,
  'direction-education': education,
  'direction-cadre-de-vie': green,
  'direction-batiments': buildings,
  'direction-culture': culture,
  'direction-ressources-humaines': people,
  'direction-finances': money,
  'direction-numerique': digital
}
