/** A moment of a film, as people write it and as captions hold it. In thousandths of a second, whole: sums stay exact. */

const longestMs = 100 * 3_600_000

/** « 1:02,5 », « 00:01:02.500 », « 62,5 »; undefined when it is none of these. */
export function readFilmTime(typed: string): number | undefined {
  const found = /^(?:(?:(\d{1,2})\s*[:h]\s*)?(\d{1,3})\s*[:]\s*)?(\d{1,5})(?:[.,](\d{1,9}))?$/.exec(typed.trim())
  if (!found) return undefined
  const [, hours, minutes, seconds = '0', fraction = ''] = found
  // « 1:75 » is a slip; « 75 » is seventy-five seconds.
  if (minutes !== undefined && (Number(seconds) > 59 || seconds.length > 2)) return undefined
  if (hours !== undefined && Number(minutes) > 59) return undefined
  const thousandths = Number(`${fraction}000`.slice(0, 3))
  const ms = (Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds)) * 1000 + thousandths
  return ms < longestMs ? ms : undefined
}

/** « 1:02,5 », « 1:00:03 »: the shortest that `readFilmTime` gives back. */
export function filmTimeText(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const pad = (value: number): string => String(value).padStart(2, '0')
  const clock = hours > 0 ? `${hours}:${pad(minutes)}` : String(minutes)
  const fraction = String(ms % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '')
  return `${clock}:${pad(seconds % 60)}${fraction === '' ? '' : `,${fraction}`}`
}

/** « 00:01:02.500 », as WebVTT wants it. */
export function vttTime(ms: number): string {
  const pad = (value: number, length = 2): string => String(value).padStart(length, '0')
  const seconds = Math.floor(ms / 1000)
  return `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}.${pad(ms % 1000, 3)}`
}
