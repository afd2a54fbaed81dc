/** Reads the dates that people write for what they half remember: « 2022 », « 2020-2022 », « Fin 2022 », « Mars 2023 », « 14 mars 2023 ». */
import type { ImpreciseDate } from './format.ts'

const months = [
  'janvier',
  'fevrier',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'aout',
  'septembre',
  'octobre',
  'novembre',
  'decembre'
]
const parts: Record<string, 'debut' | 'milieu' | 'fin'> = { debut: 'debut', mi: 'milieu', milieu: 'milieu', fin: 'fin' }

/** The date that was meant, or undefined when it cannot be understood. Years from 1900 to 2199. */
export function readImpreciseDate(typed: string): ImpreciseDate | undefined {
  const text = typed
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[\s\u00a0\u202f]+/g, ' ')
    .replace(/(\d)er\b/, '$1')
    .trim()
  return readPeriod(text) ?? readPart(text) ?? readMonth(text) ?? readDay(text)
}

const year = String.raw`((?:19|20|21)\d{2})`

function readPeriod(text: string): ImpreciseDate | undefined {
  const match = new RegExp(`^${year}(?: ?(?:-|–|—|/|a) ?${year})?$`).exec(text)
  if (!match?.[1]) return undefined
  const [, first, last] = match
  if (last === undefined || last === first) return date('year', `${first}-01-01`)
  return last > first ? date('years', `${first}-01-01`, { ends_on: `${last}-01-01` }) : undefined
}

function readPart(text: string): ImpreciseDate | undefined {
  const match = new RegExp(`^(debut|mi|milieu|fin)[ -](?:de )?${year}$`).exec(text)
  const part = parts[match?.[1] ?? '']
  return part && match?.[2] ? date('year', `${match[2]}-01-01`, { part }) : undefined
}

function readMonth(text: string): ImpreciseDate | undefined {
  const named = new RegExp(`^([a-z]+) ${year}$`).exec(text)
  const numbered = new RegExp(String.raw`^(\d{1,2})/${year}$`).exec(text)
  const month = named ? months.indexOf(named[1] ?? '') + 1 : Number(numbered?.[1] ?? 0)
  const ofYear = named?.[2] ?? numbered?.[2]
  return month >= 1 && month <= 12 && ofYear ? date('month', `${ofYear}-${twoDigits(month)}-01`) : undefined
}

function readDay(text: string): ImpreciseDate | undefined {
  const named = new RegExp(String.raw`^(\d{1,2}) ([a-z]+) ${year}$`).exec(text)
  const numbered = new RegExp(String.raw`^(\d{1,2})[/.](\d{1,2})[/.]${year}$`).exec(text)
  const match = named ?? numbered
  if (!match) return undefined
  const month = named ? months.indexOf(named[2] ?? '') + 1 : Number(match[2])
  const day = `${match[3]}-${twoDigits(month)}-${twoDigits(Number(match[1]))}`
  return isRealDay(day) ? date('day', day) : undefined
}

/** Whether the calendar has this `YYYY-MM-DD`: 31 février is refused, not moved to March. Years from 1900 to 2199. */
export function isRealDay(day: string): boolean {
  const parsed = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(parsed.valueOf())) return false
  return /^(19|20|21)\d\d-/.test(day) && parsed.toISOString().slice(0, 10) === day
}

function date(
  precision: ImpreciseDate['precision'],
  starts_on: string,
  rest: Partial<Pick<ImpreciseDate, 'part' | 'ends_on'>> = {}
): ImpreciseDate {
  return { precision, starts_on, part: null, ends_on: null, ...rest }
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
