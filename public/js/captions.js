/**
 * Captions written beside the film: its position is taken in a press, each line is heard, and what is typed shows on the film
 * at once. Without this module the lines are plain fields, and the buttons of a line ask the server.
 */
import { readTime, timeText } from './film-time.js'

const longestLine = 42
const charactersInSecond = 17
const usualSeconds = 3

export function attach(root) {
  const video = root.querySelector('video')
  const form = root.querySelector('[data-captions-form]')
  const list = root.querySelector('[data-captions-lines]')
  const position = root.querySelector('[data-captions-position]')
  const state = root.querySelector('[data-captions-state]')
  const lines = () => [...list.children]
  const part = (line, name) => line.querySelector(`[data-caption-${name}]`)
  const cues = new Map()
  let next = list.children.length
  let stopAt
  /** The forms whose words are nowhere else yet. */
  const unsaved = new Set(root.querySelectorAll('form[data-captions-unsaved]'))
  let sent

  const blank = emptied(list.lastElementChild.cloneNode(true))
  while (isBlank(list.lastElementChild) && isBlank(list.lastElementChild.previousElementSibling)) {
    list.lastElementChild.remove()
  }
  for (const button of [
    ...root.querySelectorAll('[data-captions-only]'),
    ...blank.querySelectorAll('[data-captions-only]')
  ])
    button.hidden = false

  // The film shows what is typed, not what was stored.
  const preview = video.addTextTrack('captions', 'Ce que vous écrivez', 'fr')
  for (const track of video.textTracks) track.mode = 'disabled'
  preview.mode = 'showing'
  for (const stored of video.querySelectorAll('track')) stored.remove()
  for (const line of lines()) show(line)

  list.addEventListener('input', ({ target }) => {
    changed()
    show(target.closest('[data-caption-line]'))
  })
  list.addEventListener('click', (event) => {
    const button = event.target.closest('button')
    const line = button?.closest('[data-caption-line]')
    if (!line) return
    const { captionTake: mark } = button.dataset
    if (mark) take(line, mark)
    else if (button.matches('[data-caption-listen]')) listen(line)
    else if (button.matches('[data-caption-add]')) {
      event.preventDefault()
      add(line)
    } else if (button.matches('[data-caption-remove]')) {
      event.preventDefault()
      remove(line)
    }
  })
  list.addEventListener('keydown', (event) => {
    if (!event.ctrlKey && !event.metaKey) return
    const line = event.target.closest('[data-caption-line]')
    if (event.key === 'Enter' && line) {
      event.preventDefault()
      add(line)
    } else if (event.code === 'Space') {
      event.preventDefault()
      stopAt = undefined
      if (video.paused) void video.play()
      else video.pause()
    }
  })
  root.querySelector('[data-captions-add]').addEventListener('click', () => add(list.lastElementChild))
  video.addEventListener('timeupdate', () => {
    position.textContent = timeText(Math.floor(video.currentTime * 10) / 10)
    if (stopAt !== undefined && video.currentTime >= stopAt) {
      video.pause()
      stopAt = undefined
    }
    for (const [line, cue] of cues) {
      line.classList.toggle('caption-line--now', video.currentTime >= cue.startTime && video.currentTime < cue.endTime)
    }
  })
  video.addEventListener('seeking', () => {
    if (stopAt !== undefined && video.currentTime > stopAt) stopAt = undefined
  })

  for (const other of root.querySelectorAll('[data-captions-guarded]')) {
    other.addEventListener('input', () => unsaved.add(other))
  }
  for (const each of root.querySelectorAll('form')) {
    each.addEventListener('submit', () => {
      sent = each
    })
  }
  addEventListener('pageshow', () => {
    sent = undefined
  })
  // One form is sent at a time: what was typed in another would be lost without a word.
  addEventListener('beforeunload', (event) => {
    if ([...unsaved].some((each) => each !== sent)) event.preventDefault()
  })
  // What was typed while this module was on its way, nobody heard.
  const isTyped = (field) => field.matches('[type="text"], textarea') && field.value !== field.defaultValue
  if ([...form.elements].some(isTyped)) changed()

  function changed() {
    unsaved.add(form)
    state.textContent = 'Pas encore enregistré'
  }

  function take(line, mark) {
    part(line, mark).value = timeText(Math.floor(video.currentTime * 100) / 100)
    changed()
    show(line)
  }

  function listen(line) {
    const [start, end] = timesOf(line)
    if (start === undefined) {
      part(line, 'start').focus()
      return
    }
    video.currentTime = start
    stopAt = end
    void video.play()
  }

  function add(after) {
    const line = numbered(blank.cloneNode(true), next)
    next += 1
    const [, end] = after ? timesOf(after) : []
    const from = Math.max(end ?? 0, video.currentTime)
    if (after) after.after(line)
    else list.append(line)
    const following = line.nextElementSibling && timesOf(line.nextElementSibling)[0]
    const limit =
      following !== undefined && following !== null && following > from ? following : Number.POSITIVE_INFINITY
    const start = following !== undefined && following !== null && from >= following ? (end ?? from) : from
    part(line, 'start').value = timeText(Math.floor(start * 100) / 100)
    part(line, 'end').value = timeText(
      Math.min(start + usualSeconds, limit, video.duration || Number.POSITIVE_INFINITY)
    )
    renumber()
    changed()
    show(line)
    part(line, 'text').focus()
  }

  function remove(line) {
    const neighbour = line.nextElementSibling ?? line.previousElementSibling
    forget(line)
    if (neighbour) line.remove()
    else emptied(line)
    renumber()
    changed()
    part(neighbour ?? line, 'text').focus()
  }

  function renumber() {
    for (const [index, line] of lines().entries()) part(line, 'number').textContent = String(index + 1)
  }

  function timesOf(line) {
    return [part(line, 'start'), part(line, 'end')].map((field) => readTime(field.value))
  }

  function forget(line) {
    const cue = cues.get(line)
    if (cue) preview.removeCue(cue)
    cues.delete(line)
  }

  function show(line) {
    forget(line)
    const [start, end] = timesOf(line)
    const text = part(line, 'text').value.trim()
    const advice = part(line, 'advice')
    const words = adviceOn(text, start, end)
    if (advice.textContent !== words) advice.textContent = words
    if (text === '' || start === undefined || end === undefined || end <= start) return
    const cue = new VTTCue(start, end, text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'))
    preview.addCue(cue)
    cues.set(line, cue)
  }
}

/** The same as src/media/video/captions.ts. */
function adviceOn(text, start, end) {
  if (text === '') return ''
  const rows = text.split('\n').filter((row) => row.trim() !== '')
  if (rows.length > 2) return `${rows.length} lignes\u00a0: gardez-en deux, ou faites deux sous-titres.`
  const longest = Math.max(...rows.map((row) => row.trim().length))
  if (longest > longestLine)
    return `Une ligne de ${longest} caractères\u00a0: coupez-la avant ${longestLine}, elle tiendra sur un téléphone.`
  if (start === undefined || end === undefined || end <= start) return ''
  const perSecond = Math.round(rows.join(' ').length / (end - start))
  if (perSecond > charactersInSecond)
    return `Trop rapide à lire\u00a0: ${perSecond} caractères par seconde, ${charactersInSecond} au plus. Raccourcissez le texte, ou laissez-le plus longtemps.`
  return end - start < 0.7 ? 'À l’écran moins d’une seconde\u00a0: peu de gens auront le temps.' : ''
}

function isBlank(line) {
  const fields = [...(line?.querySelectorAll('input, textarea') ?? [])]
  return fields.length > 0 && fields.every((field) => field.value.trim() === '')
}

function emptied(line) {
  for (const stale of line.querySelectorAll('.field__error')) stale.remove()
  line.classList.remove('field--invalid', 'caption-line--now')
  line.querySelector('[data-caption-advice]').textContent = ''
  for (const field of line.querySelectorAll('input, textarea')) {
    field.removeAttribute('aria-invalid')
    field.value = ''
    field.defaultValue = ''
  }
  return line
}

function numbered(line, index) {
  for (const element of line.querySelectorAll('[id]'))
    element.id = element.id.replace(/\d+(?=(-error)?$)/, String(index))
  for (const label of line.querySelectorAll('label')) label.htmlFor = label.htmlFor.replace(/\d+$/, String(index))
  for (const field of line.querySelectorAll('[aria-describedby]')) {
    field.setAttribute('aria-describedby', line.querySelector('[data-caption-advice]').id)
  }
  return line
}
