import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gouache } from './canvas.ts'
import { plait } from './figures.ts'
import { filesFolder } from './folder.ts'
import { brick, type Hue, hair, ink, lagoon, leaf, ochre, paper, plum, shade, skin, white } from './palette.ts'
import { circle, ellipse, path, rect, repeat, stroke } from './shapes.ts'

interface Portrait {
  tone: string
  hair: string
  cut: 'bob' | 'short' | 'side' | 'long' | 'bun' | 'afro' | 'curls' | 'bald' | 'braid' | 'tail'
  backdrop: Hue
  clothes: 'suit' | 'jacket' | 'jumper' | 'shirt' | 'vest' | 'apron'
  colour: string
  second?: string
  glasses?: boolean
  beard?: string
  age?: 0 | 1 | 2
  earrings?: string
  hearingAid?: string
  lips?: string
  /** How wide the jaw is, around 1. */
  jaw?: number
}

const behindHead = ({ cut, hair: colour }: Portrait): string => {
  if (cut === 'bob')
    return path(
      'M236,470 C190,130 320,96 404,98 C500,100 612,140 566,470 C560,500 520,512 490,496 L310,496 C280,512 240,500 236,470Z',
      colour
    )
  if (cut === 'long')
    return path('M226,690 C180,520 200,110 402,104 C606,110 622,520 576,690 Q500,720 400,700 Q300,720 226,690Z', colour)
  if (cut === 'afro')
    return (
      circle(400, 280, 226, colour) +
      repeat(18, (index) => circle(400 + Math.cos(index * 0.35) * 206, 280 + Math.sin(index * 0.35) * 206, 44, colour))
    )
  if (cut === 'curls')
    return (
      repeat(16, (index) =>
        circle(
          400 + Math.cos(Math.PI * (0.9 + index * 0.08)) * 172,
          300 + Math.sin(Math.PI * (0.9 + index * 0.08)) * 176,
          58,
          shade(colour, index % 2 ? -0.08 : 0.06)
        )
      ) +
      ellipse(244, 400, 44, 60, colour) +
      ellipse(556, 400, 44, 60, colour)
    )
  if (cut === 'bun')
    return circle(400, 112, 74, colour) + path('M250,360 C230,150 330,130 400,130 C470,130 570,150 550,360Z', colour)
  if (cut === 'tail') return path('M500,200 C640,190 650,380 610,560 Q590,600 556,570 Q580,400 500,330Z', colour)
  return ''
}

const overHead = ({ cut, hair: colour }: Portrait): string => {
  const light = shade(colour, 0.14)
  switch (cut) {
    case 'bob':
      return (
        path(
          'M252,400 C226,180 320,128 410,132 C520,136 574,220 548,400 C536,330 510,270 452,232 C400,290 320,300 280,304 C262,336 258,370 252,400Z',
          colour
        ) + stroke('M440,160 C500,180 534,240 540,310 M420,170 C380,230 330,262 286,276', light, 7, 0.6)
      )
    case 'long':
      return (
        path(
          'M250,420 C222,176 320,128 410,132 C520,136 578,224 550,420 C542,340 512,270 446,226 C396,284 322,302 284,306 C264,338 258,380 250,420Z',
          colour
        ) +
        // Two locks before the shoulders: hair that only hangs behind reads as a veil.
        path(
          'M254,330 C226,420 262,480 232,560 C214,620 236,660 214,724 Q262,728 284,690 Q300,712 322,676 C296,630 310,580 290,530 C272,480 276,440 262,400Z',
          colour
        ) +
        path(
          'M546,330 C574,420 538,480 568,560 C586,620 564,660 586,724 Q538,728 516,690 Q500,712 478,676 C504,630 490,580 510,530 C528,480 524,440 538,400Z',
          colour
        ) +
        stroke(
          'M444,152 C500,180 536,240 544,320 M432,160 C390,224 336,258 280,274 M416,150 C370,196 320,220 276,232 M252,450 C276,520 244,570 254,680 M270,500 C284,560 268,600 284,664 M548,450 C524,520 556,570 546,680 M530,500 C516,560 532,600 516,664',
          light,
          6,
          0.55
        )
      )
    case 'side':
      return (
        path(
          'M252,350 C226,170 320,120 420,124 C540,126 576,230 548,350 C540,300 528,270 510,248 C440,262 360,240 320,214 C280,250 262,300 252,350Z',
          colour
        ) + stroke('M330,190 C400,150 480,160 530,220 M340,210 C410,186 470,196 516,232', light, 6, 0.55)
      )
    case 'bald':
      return path('M250,372 Q240,320 262,286 Q262,340 268,400Z M550,372 Q560,320 538,286 Q538,340 532,400Z', colour)
    case 'braid':
      return (
        path(
          'M250,380 C226,170 330,132 402,132 C474,132 574,170 550,380 C544,300 500,236 410,196 C310,232 258,300 250,380Z',
          colour
        ) +
        stroke('M404,138 L410,196', shade(colour, 0.35), 6, 0.7) +
        stroke('M386,150 C330,180 282,220 262,300 M430,152 C490,180 526,230 540,300', light, 6, 0.5) +
        plait(254, 424, 268, 706, 84, colour)
      )
    case 'afro':
      return path(
        'M254,340 C254,150 340,136 400,136 C460,136 546,150 546,340 C520,270 470,236 400,236 C330,236 280,270 262,340Z',
        colour
      )
    case 'curls':
      return repeat(7, (index) =>
        circle(
          286 + index * 38,
          216 - Math.sin((index / 6) * Math.PI) * 34,
          42,
          shade(colour, index % 2 ? 0.06 : -0.08)
        )
      )
    case 'tail':
    case 'bun':
      return (
        path(
          'M254,370 C230,170 330,136 400,136 C470,136 570,170 546,370 C536,280 500,222 400,214 C300,222 264,280 254,370Z',
          colour
        ) + stroke('M300,230 C340,180 400,168 440,172 M520,260 C500,210 470,186 440,178', light, 6, 0.5)
      )
    default:
      return (
        path(
          'M254,340 C232,180 320,132 404,132 C490,132 570,180 546,340 C538,290 524,262 500,240 C430,222 360,222 300,240 C272,262 262,300 254,340Z',
          colour
        ) +
        repeat(9, (index) =>
          stroke(`M${300 + index * 24},${206 - Math.sin((index / 8) * 3) * 34} q10,14 8,30`, light, 5, 0.4)
        )
      )
  }
}

const clothing = (portrait: Portrait): string => {
  const { clothes, colour } = portrait
  const second = portrait.second ?? white
  const body = 'M70,830 C70,690 150,636 290,606 L350,576 L450,576 L510,606 C650,636 730,690 730,830Z'
  const fold =
    path('M560,830 C580,760 590,720 600,660 C690,690 730,740 730,830Z', ink.deep, { opacity: 0.12 }) +
    stroke('M190,830 C196,780 200,750 214,720', ink.deep, 6, 0.14)
  if (clothes === 'suit' || clothes === 'jacket')
    return (
      path(body, colour) +
      path('M330,590 L400,790 L470,590 L440,560 L360,560Z', second) +
      path('M330,584 L250,650 L330,690 L300,716 L396,830 L400,790Z', shade(colour, -0.12)) +
      path('M470,584 L550,650 L470,690 L500,716 L404,830 L400,790Z', shade(colour, -0.2)) +
      (clothes === 'suit'
        ? path('M350,572 L400,640 L450,572 L470,600 L424,680 L400,640 L376,680 L330,600Z', shade(second, 0.3))
        : '') +
      fold
    )
  if (clothes === 'shirt')
    return (
      path(body, colour) +
      path('M340,580 L400,660 L350,712 L300,616Z', shade(colour, 0.2)) +
      path('M460,580 L400,660 L450,712 L500,616Z', shade(colour, 0.1)) +
      stroke('M400,670 V830', shade(colour, -0.2), 6) +
      repeat(2, (index) => circle(400, 720 + index * 66, 8, shade(colour, -0.3))) +
      fold
    )
  if (clothes === 'vest')
    return (
      path(body, second) +
      path('M236,620 L330,590 L380,830 L150,830Z M564,620 L470,590 L420,830 L650,830Z', colour) +
      rect(160, 740, 220, 34, white, { opacity: 0.9 }) +
      rect(420, 740, 226, 34, white, { opacity: 0.9 }) +
      fold
    )
  if (clothes === 'apron')
    return (
      path(body, second) +
      path('M286,690 H514 L560,830 H240Z', colour) +
      stroke('M300,694 L318,596 M500,694 L482,596', colour, 24) +
      fold
    )
  return path(body, colour) + path('M330,586 Q400,660 470,586 L484,604 Q400,700 316,604Z', shade(colour, -0.18)) + fold
}

const draw = (portrait: Portrait): string => {
  const { tone, jaw = 1, age = 0 } = portrait
  const dark = shade(tone, -0.3)
  const lips = portrait.lips ?? shade(tone, -0.36)
  const half = 148 * jaw
  const skull = `M${400 - 148},340 C${400 - 152},124 ${400 + 152},124 ${400 + 148},340 C${400 + half},452 ${400 + 80 * jaw},538 400,540 C${400 - 80 * jaw},538 ${400 - half},452 ${400 - 148},340Z`
  const brow = portrait.hair === hair.silver || portrait.hair === hair.grey ? hair.grey : shade(portrait.hair, -0.15)
  return [
    rect(-10, -10, 820, 820, portrait.backdrop.pale),
    circle(400, 420, 352, portrait.backdrop.light),
    path('M48,420 A352,352 0 0 1 400,68 A420,420 0 0 0 180,640 A352,352 0 0 1 48,420Z', white, { opacity: 0.2 }),
    path('M560,700 C640,560 640,240 560,120 A352,352 0 0 1 620,690Z', portrait.backdrop.base, { opacity: 0.35 }),
    behindHead(portrait),
    clothing(portrait),
    path('M344,480 L344,580 Q400,660 456,580 L456,480Z', shade(tone, -0.13)),
    path('M344,512 Q400,590 456,506 L456,540 Q400,612 344,546Z', shade(tone, -0.3), { opacity: 0.5 }),
    portrait.cut === 'bob' || portrait.cut === 'long'
      ? ''
      : ellipse(252, 372, 24, 40, shade(tone, -0.08)) +
        ellipse(548, 372, 24, 40, shade(tone, -0.2)) +
        stroke('M246,356 q14,10 6,34', dark, 5, 0.5),
    path(skull, tone),
    path(
      `M470,196 C560,240 ${400 + 148},320 ${400 + 148},340 C${400 + half},452 ${400 + 80 * jaw},538 400,540 C500,470 520,340 470,196Z`,
      shade(tone, -0.2),
      { opacity: 0.4 }
    ),
    portrait.beard
      ? path(
          'M254,370 C254,500 320,560 400,562 C480,560 546,500 546,370 C532,420 510,440 470,436 Q400,420 330,436 C290,440 268,420 254,370Z',
          portrait.beard
        ) + path('M352,458 Q400,442 448,458 Q440,494 400,496 Q360,494 352,458Z', shade(tone, -0.06))
      : '',
    ellipse(304, 424, 36, 24, brick.base, { opacity: 0.17 }),
    ellipse(496, 424, 36, 24, brick.base, { opacity: 0.17 }),
    stroke('M292,314 Q326,292 364,308', brow, 11),
    stroke('M436,308 Q474,292 508,314', brow, 11),
    [332, 468]
      .map(
        (x) =>
          path(`M${x - 32},362 Q${x},330 ${x + 32},362 Q${x},382 ${x - 32},362Z`, white) +
          circle(x + 2, 357, 15, '#3b2a22') +
          circle(x + 7, 351, 4.5, white) +
          stroke(`M${x - 34},362 Q${x},328 ${x + 34},362`, ink.deep, 6) +
          stroke(`M${x - 24},388 Q${x},398 ${x + 24},388`, dark, 4, age > 0 ? 0.5 : 0.22)
      )
      .join(''),
    stroke('M408,350 Q414,396 426,414 Q428,432 396,432', dark, 7, 0.75),
    path('M352,470 Q378,462 400,468 Q422,462 448,470 Q426,506 400,506 Q374,506 352,470Z', lips),
    path('M366,474 Q400,482 434,474 Q420,490 400,490 Q380,490 366,474Z', white),
    stroke('M344,466 Q348,474 356,474 M456,466 Q452,474 444,474', dark, 5, 0.5),
    age > 0 ? stroke('M318,420 Q326,450 322,474 M482,420 Q474,450 478,474', dark, 4, 0.35) : '',
    age > 1
      ? stroke('M340,262 Q400,252 460,262 M352,284 Q400,276 448,284 M268,372 l-10,10 M532,372 l10,10', dark, 4, 0.3)
      : '',
    overHead(portrait),
    portrait.glasses
      ? `<g fill="${white}" fill-opacity="0.14" stroke="${ink.deep}" stroke-width="8"><rect x="282" y="318" width="98" height="80" rx="34"/><rect x="420" y="318" width="98" height="80" rx="34"/><path d="M380,350 Q400,340 420,350 M282,350 L254,342 M518,350 L546,342" fill="none"/></g>`
      : '',
    portrait.earrings ? circle(250, 432, 13, portrait.earrings) + circle(550, 432, 13, portrait.earrings) : '',
    portrait.hearingAid
      ? stroke('M262,332 C238,322 222,346 228,386', portrait.hearingAid, 17) +
        stroke('M262,332 Q272,352 254,376', shade(portrait.hearingAid, 0.55), 6) +
        circle(254, 378, 8, shade(portrait.hearingAid, 0.3))
      : '',
    portrait.clothes === 'suit' || portrait.clothes === 'jacket'
      ? ''
      : stroke('M300,612 Q350,740 372,800 M500,612 Q450,740 428,800', portrait.backdrop.deep, 8, 0.8) +
        rect(364, 782, 72, 60, paper.light, { round: 6 })
  ].join('')
}

const portraits: Record<string, Portrait & { size: number }> = {
  'portrait-maire': {
    size: 800,
    tone: skin.peach,
    hair: '#5b3a2c',
    cut: 'bob',
    backdrop: ochre,
    clothes: 'jacket',
    colour: brick.base,
    second: '#fbeedd',
    age: 1,
    earrings: ochre.pale,
    lips: '#a8443a',
    jaw: 0.95
  },
  'portrait-dgs': {
    size: 800,
    tone: skin.honey,
    hair: '#2b2224',
    cut: 'side',
    backdrop: lagoon,
    clothes: 'suit',
    colour: ink.base,
    second: '#dfe9ec',
    age: 1,
    beard: '#352a2a',
    glasses: true,
    jaw: 1.04
  },
  'equipe-1': {
    size: 400,
    tone: skin.umber,
    hair: hair.black,
    cut: 'afro',
    backdrop: leaf,
    clothes: 'jumper',
    colour: ochre.base,
    lips: '#8e3a34',
    earrings: ochre.light,
    jaw: 0.95
  },
  'equipe-2': {
    size: 400,
    tone: skin.rose,
    hair: hair.silver,
    cut: 'short',
    backdrop: brick,
    clothes: 'shirt',
    colour: lagoon.base,
    glasses: true,
    age: 2
  },
  'equipe-3': {
    size: 400,
    tone: skin.honey,
    hair: '#4f2d20',
    cut: 'braid',
    backdrop: plum,
    clothes: 'jumper',
    colour: lagoon.base,
    lips: '#a04a40',
    jaw: 0.96
  },
  'equipe-4': {
    size: 400,
    tone: skin.brown,
    hair: hair.black,
    cut: 'short',
    backdrop: ochre,
    clothes: 'vest',
    colour: '#e08a2a',
    second: leaf.deep,
    beard: '#2a2022',
    jaw: 1.04
  },
  'equipe-5': {
    size: 400,
    tone: skin.rose,
    hair: hair.red,
    cut: 'tail',
    backdrop: lagoon,
    clothes: 'shirt',
    colour: leaf.base,
    hearingAid: plum.base,
    lips: '#b3574a',
    jaw: 0.93
  },
  'equipe-6': {
    size: 400,
    tone: skin.peach,
    hair: hair.grey,
    cut: 'bald',
    backdrop: leaf,
    clothes: 'jumper',
    colour: brick.base,
    beard: '#a9a49c',
    age: 2,
    jaw: 1.05
  },
  'equipe-7': {
    size: 400,
    tone: skin.honey,
    hair: '#2e2226',
    cut: 'long',
    backdrop: brick,
    clothes: 'jacket',
    colour: lagoon.deep,
    second: ochre.pale,
    lips: '#9d4038',
    jaw: 0.93
  },
  'equipe-8': {
    size: 400,
    tone: skin.peach,
    hair: hair.blond,
    cut: 'curls',
    backdrop: plum,
    clothes: 'apron',
    colour: '#f6ecdc',
    second: lagoon.base,
    lips: '#b3574a',
    age: 1
  }
}

let seed = 60
for (const [name, { size, ...portrait }] of Object.entries(portraits)) {
  seed += 1
  const scale = size / 800
  const jpeg = await gouache(
    `<g transform="scale(${scale})">${draw(portrait)}</g>`,
    { width: size, height: size, quality: 72, tremble: 5 * scale },
    seed
  )
  await writeFile(join(filesFolder, `${name}.jpg`), jpeg)
  console.log(`${name}.jpg ${Math.round(jpeg.length / 1024)} KB`)
}
