/** The gouache box of the demonstration city: warm papers, one deep ink, five hues in four values each. */
export const paper = { light: '#fbf3e4', base: '#f5e8d2', deep: '#ead6b5', shade: '#d9bd92' }
export const ink = { deep: '#1f2638', base: '#2d3650', soft: '#56607c' }
export const brick = { deep: '#8c2f22', base: '#bb4a33', light: '#dd8568', pale: '#f2c6b0' }
export const ochre = { deep: '#a86a15', base: '#dc9a30', light: '#efc272', pale: '#f8e1b3' }
export const leaf = { deep: '#31562b', base: '#53833f', light: '#8fb268', pale: '#cfdfae' }
export const lagoon = { deep: '#13505e', base: '#237f90', light: '#70b5bf', pale: '#c3e0df' }
export const plum = { deep: '#482343', base: '#713d64', light: '#ab799d', pale: '#dfc4d6' }
export const white = '#fffaf0'
export const skin = { rose: '#f3cfb4', peach: '#e6b48e', honey: '#cf9468', brown: '#a06845', umber: '#714733' }
export const hair = {
  black: '#231d22',
  brown: '#4c3126',
  chestnut: '#7d4a2c',
  blond: '#d8a956',
  red: '#a84a25',
  grey: '#9a9691',
  silver: '#d3cdc4'
}

export type Hue = typeof brick

/** Mixes a colour with black (negative) or white (positive), from -1 to 1. */
export const shade = (colour: string, amount: number): string => {
  const target = amount < 0 ? 12 : 255
  const weight = Math.abs(amount)
  const channels = [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16))
  return `#${channels
    .map((channel) =>
      Math.round(channel + (target - channel) * weight)
        .toString(16)
        .padStart(2, '0')
    )
    .join('')}`
}
