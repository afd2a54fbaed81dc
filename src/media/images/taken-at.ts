/** When a photo was taken, as its camera wrote it; where it was taken stands beside, and is not looked at. */
import readExif from 'exif-reader'

/** As ISO 8601; undefined when the camera did not say, or said nonsense. Without an offset, its clock is that of Paris. */
export function takenAtOf(exif: Buffer): string | undefined {
  try {
    const { Photo } = readExif(exif)
    // The reader takes the camera’s clock for UTC: what it gives holds the hour that was on it.
    const clock = Photo?.DateTimeOriginal
    if (!(clock instanceof Date) || Number.isNaN(clock.valueOf())) return undefined
    const offset = offsetOf(Photo?.OffsetTimeOriginal)
    const instant = new Date(clock.valueOf() - (offset ?? parisOffset(clock)))
    const isLikely = instant.valueOf() > Date.UTC(1990, 0) && instant.valueOf() < Date.now() + 86_400_000
    return isLikely ? instant.toISOString() : undefined
  } catch {
    // Of a photo with a broken EXIF, the pixels are as good.
    return undefined
  }
}

/** « +02:00 », in milliseconds. */
function offsetOf(text: unknown): number | undefined {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)/.exec(typeof text === 'string' ? text.trim() : '') ?? []
  if (!sign || Number(hours) > 14) return undefined
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}

const parisClock = new Intl.DateTimeFormat('sv-SE', {
  dateStyle: 'short',
  timeStyle: 'medium',
  timeZone: 'Europe/Paris'
})

/** How far Paris was from UTC at about this instant. */
function parisOffset(clock: Date): number {
  const shown = (instant: Date) => new Date(`${parisClock.format(instant).replace(' ', 'T')}Z`).valueOf()
  const guess = new Date(clock.valueOf() - (shown(clock) - clock.valueOf()))
  return shown(guess) - guess.valueOf()
}
