/** A moment of a film as people write it: the same as src/media/video/film-time.ts, in seconds. */
export function readTime(typed) {
  const found = /^(?:(?:(\d{1,2})\s*[:h]\s*)?(\d{1,3})\s*[:]\s*)?(\d{1,5})(?:[.,](\d{1,9}))?$/.exec(typed.trim())
  if (!found) return undefined
  const [, hours = 0, minutes, seconds, fraction = ''] = found
  if (minutes !== undefined && (Number(seconds) > 59 || seconds.length > 2)) return undefined
  if (Number(hours) > 0 && Number(minutes) > 59) return undefined
  return (
    Number(hours) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds) + Number(`${fraction}000`.slice(0, 3)) / 1000
  )
}

export function timeText(time) {
  const ms = Math.round(time * 1000)
  const seconds = Math.floor(ms / 1000)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const pad = (value) => String(value).padStart(2, '0')
  const fraction = String(ms % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '')
  const clock = hours > 0 ? `${hours}:${pad(minutes)}` : String(minutes)
  return `${clock}:${pad(seconds % 60)}${fraction && `,${fraction}`}`
}
