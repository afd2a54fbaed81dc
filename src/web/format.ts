/** Dates, numbers and words the French way. Formatters are made once: making one costs more than a page. */

const paris = 'Europe/Paris'
const dayFormat = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: paris })
const dayTimeFormat = new Intl.DateTimeFormat('fr-FR', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZone: paris
})
const monthFormat = new Intl.DateTimeFormat('fr-FR', { month: 'long', year: 'numeric', timeZone: 'UTC' })
const dateFormat = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'UTC' })
const isoFormat = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: paris })
const numberFormat = new Intl.NumberFormat('fr-FR')

const noBreakSpace = '\u00a0'

export interface FormattedDate {
  /** For people: « 12 mars 2023 ». */
  text: string
  /** For machines: the `datetime` of a `time` element. */
  iso: string
}

/** An instant as the day it was in Paris. */
export function instantDay(instant: Date): FormattedDate {
  return { text: firstOfMonth(dayFormat.format(instant)), iso: isoFormat.format(instant) }
}

/** An instant with its hour in Paris: « 12 mars 2023 à 14 h 05 ». */
export function instantText(instant: Date): string {
  return firstOfMonth(
    dayTimeFormat.format(instant).replace(/(\d{1,2}):(\d{2})$/, `$1${noBreakSpace}h${noBreakSpace}$2`)
  )
}

/** A calendar day `YYYY-MM-DD`. */
export function dayText(day: string): string {
  return firstOfMonth(dateFormat.format(new Date(`${day}T00:00:00Z`)))
}

/** Today in Paris, `YYYY-MM-DD`. */
export function today(): string {
  return isoFormat.format(new Date())
}

export function numberText(value: number): string {
  return numberFormat.format(value)
}

/** `action`, `actions`: the French plural begins at two. */
export function plural(count: number, singular: string, several = `${singular}s`): string {
  return Math.abs(count) < 2 ? singular : several
}

/** `1 action`, `2 actions` */
export function countText(count: number, singular: string, several?: string): string {
  return `${numberText(count)}${noBreakSpace}${plural(count, singular, several)}`
}

function firstOfMonth(text: string): string {
  return text.replace(/^1 /, '1er ').replace(/ /, noBreakSpace)
}

export interface ImpreciseDate {
  precision: 'year' | 'years' | 'month' | 'day'
  part: 'debut' | 'milieu' | 'fin' | null
  starts_on: string
  ends_on: string | null
}

const parts = { debut: `Début${noBreakSpace}`, milieu: 'Mi-', fin: `Fin${noBreakSpace}` } as const

/** A date as precise as what is known, and no more: « 2020-2022 », « Fin 2022 », « Mars 2023 », « 14 mars 2023 ». */
export function impreciseDateText(date: ImpreciseDate): string {
  const year = date.starts_on.slice(0, 4)
  switch (date.precision) {
    case 'years':
      return `${year}-${(date.ends_on ?? date.starts_on).slice(0, 4)}`
    case 'month':
      return capitalised(monthFormat.format(new Date(`${date.starts_on}T00:00:00Z`))).replace(' ', noBreakSpace)
    case 'day':
      return dayText(date.starts_on)
    case 'year':
      return date.part ? `${parts[date.part]}${year}` : year
  }
}

/** The `datetime` of a `time` element, or undefined where HTML has no form for it (a period of years). */
export function impreciseDateIso(date: ImpreciseDate): string | undefined {
  switch (date.precision) {
    case 'years':
      return undefined
    case 'year':
      return date.starts_on.slice(0, 4)
    case 'month':
      return date.starts_on.slice(0, 7)
    case 'day':
      return date.starts_on
  }
}

function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase('fr-FR') + text.slice(1)
}
