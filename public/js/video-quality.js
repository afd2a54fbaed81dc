/**
 * The size of film that a reader chose, the same for all films and remembered in this browser: the light one on a phone, the
 * other on a large screen, until they choose. What was seen so far is not lost: the film goes on from where it was.
 */
const storageKey = 'qualite-video'
const names = ['economique', 'meilleure']
const chosen = new Set()
let count = 0

export function preferredQuality() {
  const kept = remembered()
  if (kept) return kept
  return matchMedia('(min-width: 48rem)').matches ? 'meilleure' : 'economique'
}

/** Radio buttons that choose the size of this film among `[{ name, label, src }]`. */
export function qualityChoice(video, qualities, title) {
  const fieldset = document.createElement('fieldset')
  fieldset.className = 'video__qualities'
  const legend = Object.assign(document.createElement('legend'), { textContent: `Qualité de ${title}` })
  legend.className = 'visually-hidden'
  fieldset.append(legend)
  count += 1
  const radios = new Map()
  for (const { name, label } of qualities) {
    const input = Object.assign(document.createElement('input'), { type: 'radio', value: name })
    input.name = `qualite-${count}`
    const words = document.createElement('label')
    words.className = 'video__quality'
    words.append(input, ` ${label}`)
    fieldset.append(words)
    radios.set(name, input)
  }
  const use = (name) => {
    const quality = qualities.find((each) => each.name === name) ?? qualities[0]
    radios.get(quality.name).checked = true
    play(video, quality.src)
  }
  use(preferredQuality())
  chosen.add(use)
  fieldset.addEventListener('change', (event) => {
    // It is a choice of this reader, not a field of the form around.
    event.stopPropagation()
    remember(event.target.value)
    for (const each of chosen) each(event.target.value)
  })
  fieldset.addEventListener('input', (event) => event.stopPropagation())
  return { fieldset, forget: () => chosen.delete(use) }
}

function play(video, src) {
  const address = new URL(src, document.baseURI).href
  if (video.src === address) return
  const { currentTime, paused, playbackRate } = video
  const hasBegun = video.readyState > 0 || currentTime > 0
  for (const source of video.querySelectorAll('source')) source.remove()
  video.src = address
  if (!hasBegun) return
  video.addEventListener(
    'loadedmetadata',
    () => {
      video.currentTime = currentTime
      video.playbackRate = playbackRate
      if (!paused) void video.play().catch(() => undefined)
    },
    { once: true }
  )
  video.preload = 'metadata'
  video.load()
}

function remembered() {
  try {
    const kept = localStorage.getItem(storageKey)
    return names.includes(kept) ? kept : undefined
  } catch {
    // This browser keeps nothing.
    return undefined
  }
}

function remember(name) {
  try {
    localStorage.setItem(storageKey, name)
  } catch {
    // It holds for this page.
  }
}
