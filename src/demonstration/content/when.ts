import type { Step, When } from './types.ts'

// The part of the year says when in the year: the day is always the first of January.
const wholeYear = (value: number, part: When['part'] = null): When => ({
  precision: 'year',
  part,
  starts_on: `${value}-01-01`,
  ends_on: null
})

export const year = (value: number): When => wholeYear(value)
export const startOf = (value: number): When => wholeYear(value, 'debut')
export const middleOf = (value: number): When => wholeYear(value, 'milieu')
export const endOf = (value: number): When => wholeYear(value, 'fin')

export const years = (from: number, to: number): When => ({
  precision: 'years',
  part: null,
  starts_on: `${from}-01-01`,
  ends_on: `${to}-12-31`
})

export const month = (value: `${number}-${number}`): When => ({
  precision: 'month',
  part: null,
  starts_on: `${value}-01`,
  ends_on: null
})

export const day = (value: `${number}-${number}-${number}`): When => ({
  precision: 'day',
  part: null,
  starts_on: value,
  ends_on: null
})

export const done = (when: When, description: string): Step => ({ when, description, done: true })
export const planned = (when: When, description: string): Step => ({ when, description, done: false })
