import { brick, hair as hairColours, ink, ochre, paper, shade, skin as skins, white } from './palette.ts'
import { circle, ellipse, type Point, path, place, rect, repeat, stroke } from './shapes.ts'

export type HairStyle =
  | 'short'
  | 'side'
  | 'bob'
  | 'long'
  | 'bun'
  | 'tail'
  | 'afro'
  | 'curls'
  | 'bald'
  | 'braid'
  | 'cap'
  | 'helmet'

export interface Figure {
  x: number
  y: number
  height?: number
  skin?: string
  hair?: string
  style?: HairStyle
  top: string
  bottom?: string
  pose?: 'stand' | 'walk' | 'sit' | 'bust' | 'ground'
  hands?: readonly [Point, Point]
  dress?: boolean
  jacket?: string
  vest?: string
  badge?: boolean
  beard?: boolean
  glasses?: boolean
  back?: boolean
  flip?: boolean
  look?: number
  tilt?: number
  apron?: string
  /** What the right hand holds, drawn around that hand's point. */
  held?: string
  shadow?: boolean
}

// Two bones of known length from a joint to a target: gives arms and legs that bend where they should.
const bend = (from: Point, to: Point, upper: number, lower: number, side: 1 | -1): string => {
  const [x, y] = from
  const across = to[0] - x
  const down = to[1] - y
  const distance = Math.min(Math.hypot(across, down), upper + lower - 0.2)
  const angle = Math.atan2(down, across)
  const cosine = (upper * upper + distance * distance - lower * lower) / (2 * upper * Math.max(distance, 0.1))
  const inner = Math.acos(Math.min(1, Math.max(-1, cosine)))
  const elbow: Point = [x + upper * Math.cos(angle + side * inner), y + upper * Math.sin(angle + side * inner)]
  const end: Point = [x + distance * Math.cos(angle), y + distance * Math.sin(angle)]
  const number = (value: number) => value.toFixed(1)
  return `M${number(x)},${number(y)} L${number(elbow[0])},${number(elbow[1])} L${number(end[0])},${number(end[1])}`
}

/** A braid hanging from (x, y): pairs of strands that cross, thinner and thinner down to the tie. */
export const plait = (x: number, y: number, toX: number, toY: number, width: number, colour: string): string => {
  const knots = Math.round(((toY - y) / width) * 2.1)
  const strands = repeat(knots, (index) => {
    const way = index / knots
    const thick = width * (1 - way * 0.35)
    const centre = x + (toX - x) * way
    const height = y + (toY - y) * way
    return (
      ellipse(centre + thick * 0.2, height, thick * 0.42, thick * 0.3, shade(colour, -0.08), { turn: -38 }) +
      ellipse(centre - thick * 0.2, height + thick * 0.12, thick * 0.42, thick * 0.3, shade(colour, 0.09), { turn: 38 })
    )
  })
  const end = width * 0.26
  return (
    path(
      `M${toX - end},${toY} Q${toX - end},${toY + width * 0.9} ${toX},${toY + width} Q${toX + end},${toY + width * 0.9} ${toX + end},${toY}Z`,
      colour
    ) +
    strands +
    rect(toX - end, toY - width * 0.2, end * 2, width * 0.34, ochre.light, { round: width * 0.12 })
  )
}

const hairBehind = (style: HairStyle, colour: string): string => {
  if (style === 'bob') return path('M-9.4,6.5 C-12,-15 12,-15 9.4,6.5 Q5,9 0,8 Q-5,9 -9.4,6.5Z', colour)
  if (style === 'long') return path('M-9,17 C-13,-16 13,-16 9,17 Q5,19 0,17 Q-5,19 -9,17Z', colour)
  if (style === 'afro') return circle(0, -3.2, 12.2, colour)
  if (style === 'curls')
    return [
      [-8, -3],
      [-7, -8],
      [-2, -10.5],
      [3.5, -10],
      [8, -6.5],
      [8.8, -1],
      [-9, 2],
      [8.6, 3.5]
    ]
      .map(([x = 0, y = 0]) => circle(x, y, 4.2, colour))
      .join('')
  if (style === 'tail') return path('M3,-7 Q15,-9 13,6 Q12,12 9,13 Q11,2 3,-2Z', colour)
  if (style === 'bun') return circle(0.5, -11.2, 4.4, colour)
  return ''
}

const fringe = 'M-7.8,2 C-9.5,-12.6 9.5,-12.6 7.8,2 Q7,-3.5 3,-5.8 Q-2,-2.6 -6.6,-2.8 Q-7.4,-1 -7.8,2Z'

const hairInFront = (style: HairStyle, colour: string): string => {
  switch (style) {
    case 'bald':
      return path('M-7.4,-1 Q-8.4,2 -7,4 L-6.4,-1Z M7.4,-1 Q8.4,2 7,4 L6.4,-1Z', colour)
    case 'side':
      return path('M-7.7,1 C-10,-13 8,-13.5 8,-1 L7.4,1 Q6.8,-3.6 3.5,-5.4 Q-3,-4 -6.6,-5 Q-7.4,-3 -7.7,1Z', colour)
    case 'bob':
      return path(fringe, colour)
    case 'long':
      // Two locks before the shoulders and a bare neck between them: otherwise dark hair reads as a veil.
      return (
        path(fringe, colour) +
        path('M-7.7,-3 C-10,5 -8.8,11 -10.6,18 Q-7.4,19.6 -5,15.4 Q-6.6,8 -7,2Z', colour) +
        path('M7.7,-3 C10,5 8.8,11 10.6,18 Q7.4,19.6 5,15.4 Q6.6,8 7,2Z', colour) +
        stroke('M-8,5 Q-7.6,11 -8.4,16.4 M8,5 Q7.6,11 8.4,16.4 M4,-7.6 Q-1,-4.4 -5.6,-4.4', shade(colour, 0.24), 0.6)
      )
    case 'braid':
      return (
        path('M-7.8,1.6 C-9.6,-12.8 9.6,-12.8 7.8,1.6 Q6.8,-3.4 0.4,-7 Q-6.4,-3.6 -7.8,1.6Z', colour) +
        stroke('M0.4,-8.2 V-7.2', shade(colour, 0.3), 0.5) +
        plait(-7.6, 3.6, -8.6, 20, 5, colour)
      )
    case 'cap':
      return (
        path('M-8,-2.5 C-9,-13 9,-13 8,-2.5 Q0,-4.6 -8,-2.5Z', colour) +
        path('M0,-3.6 Q9,-4.4 13,-1.6 Q8,-1.6 2,-2Z', shade(colour, -0.25))
      )
    case 'helmet':
      return (
        path('M-9,-2.8 C-9.5,-14.5 9.5,-14.5 9,-2.8Z', colour) +
        path('M-11,-2.2 Q0,-5 11,-2.2 L10.6,-0.8 Q0,-3.4 -10.6,-0.8Z', shade(colour, -0.18)) +
        rect(-1.4, -12, 2.8, 8.4, shade(colour, 0.35))
      )
    default:
      return path('M-7.6,0 C-9.6,-12.8 9.6,-12.8 7.6,0 Q6.6,-4.4 3,-5.6 Q-3,-6.2 -6,-4 Q-7,-2.6 -7.6,0Z', colour)
  }
}

const face = (look: number, tone: string, glasses: boolean, beard: boolean, hairColour: string): string => {
  const shift = look * 2.1
  const line = shade(tone, -0.42)
  return [
    beard
      ? path(
          `M-7.1,0.5 Q-7,10 0,10.2 Q7,10 7.1,0.5 Q5.4,3.4 ${3 + shift},2.6 Q${shift},1.8 ${-3 + shift},2.6 Q-5.4,3.4 -7.1,0.5Z`,
          hairColour
        )
      : '',
    ellipse(-4.4 + shift, 2.6, 1.7, 1.2, brick.base, { opacity: 0.22 }),
    ellipse(4.4 + shift, 2.6, 1.7, 1.2, brick.base, { opacity: 0.22 }),
    circle(-2.7 + shift, -0.4, 0.82, ink.deep),
    circle(2.7 + shift, -0.4, 0.82, ink.deep),
    stroke(`M${-4 + shift},-2.5 q1.2,-0.9 2.4,-0.3 M${1.7 + shift},-2.8 q1.2,-0.6 2.4,0.3`, line, 0.7),
    stroke(`M${0.2 + shift * 1.3},0 q${look < 0 ? -1.1 : 1.1},1.5 0,2`, line, 0.7),
    stroke(`M${-2.1 + shift},4.5 q2.1,1.7 4.2,0`, beard ? shade(brick.light, 0.1) : shade(tone, -0.5), 0.85),
    glasses
      ? `<g fill="none" stroke="${ink.deep}" stroke-width="0.7"><circle cx="${-2.8 + shift}" cy="-0.3" r="2.1"/><circle cx="${2.8 + shift}" cy="-0.3" r="2.1"/><path d="M${-0.7 + shift},-0.5h1.4"/></g>`
      : ''
  ].join('')
}

const head = (figure: Figure, tone: string, colour: string, style: HairStyle): string => {
  const skull = path('M-7.3,-2 C-7.3,-11 7.3,-11 7.3,-2 C7.3,5 4,9 0,9 C-4,9 -7.3,5 -7.3,-2Z', tone)
  if (figure.back) {
    const behind = hairBehind(style, colour)
    const nape =
      style === 'bald' ? '' : path('M-7.6,1 C-8.6,-12.6 8.6,-12.6 7.6,1 Q5,6.4 0,6.2 Q-5,6.4 -7.6,1Z', colour)
    return (
      behind +
      skull +
      nape +
      (style === 'helmet' || style === 'cap' ? hairInFront('helmet', colour) : '') +
      (style === 'long' || style === 'bob' ? behind : '') +
      (style === 'long' ? stroke('M0,-9 V14 M-4,-7 Q-6.4,4 -5,13 M4,-7 Q6.4,4 5,13', shade(colour, 0.1), 0.6) : '') +
      (style === 'braid' ? plait(0, 5, 0, 23, 5, colour) : '')
    )
  }
  const ears =
    style === 'long' || style === 'bob'
      ? ''
      : circle(-7.3, 0.4, 1.5, shade(tone, -0.1)) + circle(7.3, 0.4, 1.5, shade(tone, -0.1))
  return (
    ears +
    skull +
    path('M2.6,-8.4 C7.3,-8 7.3,-4 7.3,-2 C7.3,5 4,9 0,9 Q6,3 2.6,-8.4Z', shade(tone, -0.16), { opacity: 0.45 }) +
    face(figure.look ?? 0, tone, figure.glasses ?? false, figure.beard ?? false, colour) +
    hairInFront(style, colour)
  )
}

/** A person, feet at (x, y). Inside, the body is 100 units high, whatever its height on the sheet. */
export const person = (figure: Figure): string => {
  const { pose = 'stand', top, bottom = ink.base, height = 420 } = figure
  const tone = figure.skin ?? skins.peach
  const colour = figure.hair ?? hairColours.brown
  const style = figure.style ?? 'short'
  const outer = figure.jacket ?? top
  const drop = pose === 'sit' ? 21 : pose === 'ground' ? 41 : 0
  const sleeve = shade(outer, -0.13)
  const legs: string[] = []
  const far = shade(bottom, -0.22)
  const shoe = (x: number, y: number) => path(`M${x - 4},${y} q0,-4.6 4,-4.6 q6.6,1.4 7,4.6Z`, ink.deep)
  if (pose === 'stand') {
    if (figure.dress) {
      legs.push(stroke('M-4,-26 L-4,-4 M4,-26 L4,-4', tone, 5), shoe(-5, 0), shoe(3.4, 0))
      legs.push(path('M-9.6,-50 L-15,-21 Q0,-17 15,-21 L9.6,-50Z', bottom))
    } else
      legs.push(
        stroke('M-4.6,-46 L-5.4,-5', far, 9.4),
        stroke('M4.6,-46 L5.2,-5', bottom, 9.4),
        shoe(-6.6, 0),
        shoe(4.6, 0)
      )
  }
  if (pose === 'walk')
    legs.push(
      stroke(bend([-2, -46], [-13, -6], 22, 22, -1), far, 9),
      stroke(bend([2, -46], [12, -4], 22, 22, -1), bottom, 9.2),
      shoe(-14, 0),
      shoe(11, 0)
    )
  if (pose === 'sit')
    legs.push(
      stroke('M-1,-25 L17,-25 L15,-4', far, 9),
      stroke('M1,-24 L21,-24 L20,-4', bottom, 9.4),
      shoe(14.6, 0),
      shoe(19.6, 0)
    )
  if (pose === 'ground')
    legs.push(stroke('M-4,-5 L17,-17 L25,-3', far, 8.6), stroke('M2,-4 L22,-6 L36,-3', bottom, 8.6), shoe(34, 0))
  const [leftHand, rightHand] = figure.hands ?? [
    [-14.5, -45],
    [14.5, -45]
  ]
  const arm = (shoulder: Point, hand: Point, side: 1 | -1, colourOfSleeve: string) => {
    const distance = Math.hypot(hand[0] - shoulder[0], hand[1] - shoulder[1])
    const reach = Math.min(1, 28.4 / distance)
    const end: Point = [shoulder[0] + (hand[0] - shoulder[0]) * reach, shoulder[1] + (hand[1] - shoulder[1]) * reach]
    // An arm that does not reach far is seen foreshortened rather than folded like a wing.
    const bone = Math.min(14.4, Math.max(9.5, Math.min(distance, 28.4) * 0.535))
    // An elbow hangs: above the shoulder line the other of the two solutions is the natural one.
    const natural = end[1] < shoulder[1] + 4 ? ((side * -1) as 1 | -1) : side
    const crossed = (shoulder[0] < 0 ? end[0] - shoulder[0] : shoulder[0] - end[0]) > 8
    const elbow = crossed && end[1] >= shoulder[1] + 4 ? side : natural
    return {
      drawing: stroke(bend(shoulder, end, bone, bone, elbow), colourOfSleeve, 6.9) + circle(end[0], end[1], 3.5, tone),
      end
    }
  }
  const left = arm([-10.6, -74.5], leftHand, 1, sleeve)
  const right = arm([10.6, -74.5], rightHand, -1, sleeve)
  const torso = path(
    'M-4,-80.5 Q-12.6,-79.6 -13.8,-72 L-10.6,-45.5 Q0,-43.4 10.6,-45.5 L13.8,-72 Q12.6,-79.6 4,-80.5 Q0,-77.4 -4,-80.5Z',
    outer
  )
  const clothes = [
    pose === 'bust' ? rect(-10.6, -48, 21.2, 32, outer) : '',
    torso,
    figure.jacket && !figure.back ? path('M-4,-80.5 L0,-56 L4,-80.5 Q0,-76 -4,-80.5Z', top) : '',
    figure.vest
      ? path('M-8,-80 L-13,-74 L-10.8,-47 Q0,-45 10.8,-47 L13,-74 L8,-80 L3,-66 L0,-48 L-3,-66Z', figure.vest) +
        stroke('M-11.4,-56 L-2,-55 M11.4,-56 L2,-55', white, 2.4)
      : '',
    figure.apron
      ? path('M-6.4,-68 L6.4,-68 L9.6,-58 L12,-30 Q0,-27 -12,-30 L-9.6,-58Z', figure.apron) +
        stroke('M-6,-68 L-5,-80 M6,-68 L5,-80', figure.apron, 1.4)
      : '',
    path('M5,-80 Q12.6,-79.6 13.8,-72 L10.6,-45.5 Q7,-44.6 4,-44.6 Q9,-62 5,-80Z', '#1f2638', { opacity: 0.1 }),
    figure.badge
      ? stroke('M-4,-79 L0,-62 L4,-79', ink.soft, 0.8) + rect(-2.6, -62, 5.2, 6.6, paper.light, { round: 0.6 })
      : ''
  ].join('')
  const neck = path('M-3.2,-86 L3.2,-86 L3.8,-79.6 Q0,-76.6 -3.8,-79.6Z', shade(tone, -0.14))
  const onNeck = (drawing: string) => `<g transform="translate(0 -90.5) rotate(${figure.tilt ?? 0})">${drawing}</g>`
  const skull = onNeck(head(figure, tone, colour, style))
  const held = figure.held ? place(figure.held, right.end[0], right.end[1]) : ''
  const arms = left.drawing + held + right.drawing
  const upper = `<g transform="translate(0 ${drop})">${figure.back ? arms + clothes + neck + skull : onNeck(hairBehind(style, colour)) + clothes + neck + skull + arms}</g>`
  const ground =
    figure.shadow === false || pose === 'bust'
      ? ''
      : ellipse(pose === 'ground' ? 10 : 3, 0, pose === 'ground' ? 30 : 19, 3, ink.deep, { opacity: 0.16 })
  return place(
    ground + (pose === 'bust' ? '' : legs.join('')) + upper,
    figure.x,
    figure.y,
    height / 100,
    0,
    figure.flip ?? false
  )
}

/** One row of people seen from behind: an audience. */
export const row = (
  figures: readonly Partial<Figure>[],
  x: number,
  y: number,
  step: number,
  height: number,
  tops: readonly string[]
): string =>
  figures
    .map((figure, index) =>
      person({
        x: x + index * step,
        y,
        height,
        pose: 'bust',
        back: true,
        top: tops[index % tops.length] ?? ink.soft,
        ...figure
      })
    )
    .join('')

/** A varied population, so that no scene is made of the same person. */
export const crowd: readonly Partial<Figure>[] = [
  { skin: skins.rose, hair: hairColours.chestnut, style: 'bob' },
  { skin: skins.umber, hair: hairColours.black, style: 'short' },
  { skin: skins.peach, hair: hairColours.silver, style: 'side', glasses: true },
  { skin: skins.brown, hair: hairColours.black, style: 'afro' },
  { skin: skins.honey, hair: hairColours.black, style: 'long' },
  { skin: skins.rose, hair: hairColours.red, style: 'tail' },
  { skin: skins.honey, hair: hairColours.brown, style: 'braid' },
  { skin: skins.peach, hair: hairColours.brown, style: 'short', beard: true },
  { skin: skins.brown, hair: hairColours.black, style: 'bun' },
  { skin: skins.rose, hair: hairColours.grey, style: 'bald' },
  { skin: skins.peach, hair: hairColours.blond, style: 'curls' },
  { skin: skins.umber, hair: hairColours.black, style: 'curls', glasses: true }
]

export const someone = (index: number): Partial<Figure> => crowd[index % crowd.length] ?? {}
