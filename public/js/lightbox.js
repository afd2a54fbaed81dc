import { qualityChoice } from './video-quality.js'

/** An album seen large, in the browser's own dialog. Without script, each thumbnail leads to the file itself. */
export function attach(album) {
  const dialog = document.querySelector('[data-lightbox-dialog]')
  if (!dialog) return
  const part = (name) => dialog.querySelector(`[data-lightbox-${name}]`)
  const [stage, caption, position] = ['stage', 'caption', 'position'].map(part)
  const links = [...album.querySelectorAll('a')]
  let current = 0

  const show = (index) => {
    current = (index + links.length) % links.length
    const link = links[current]
    clear()
    stage.replaceChildren(...(link.dataset.lightboxVideo ? filmOf(link) : [imageOf(link)]))
    caption.textContent = link.closest('figure').querySelector('figcaption')?.textContent ?? ''
    position.textContent = `${current + 1} sur ${links.length}`
    for (const neighbour of [links[current + 1], links[current - 1]]) {
      if (neighbour && !neighbour.dataset.lightboxVideo) new Image().src = neighbour.href
    }
  }

  for (const [index, link] of links.entries()) {
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      show(index)
      dialog.showModal()
      // « Back » then closes the picture instead of leaving the album.
      history.pushState({ lightbox: true }, '')
    })
  }

  part('previous').addEventListener('click', () => show(current - 1))
  part('next').addEventListener('click', () => show(current + 1))
  part('close').addEventListener('click', () => dialog.close())
  dialog.addEventListener('keydown', (event) => {
    // The arrows move in the film, or between its sizes.
    if (event.target instanceof HTMLMediaElement || event.target instanceof HTMLInputElement) return
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (step) show(current + step)
  })
  dialog.addEventListener('close', () => {
    clear()
    stage.replaceChildren()
    links[current].focus()
    if (history.state?.lightbox) history.back()
  })
  addEventListener('popstate', () => {
    if (dialog.open) dialog.close()
  })
}

function imageOf(link) {
  const image = document.createElement('img')
  image.src = link.href
  image.alt = link.querySelector('img')?.alt ?? ''
  return image
}

/** The film, and the choice of its size where it has several. */
function filmOf(link) {
  const { lightboxVideo, lightboxTitle, lightboxCaptions, lightboxQualities } = link.dataset
  const video = Object.assign(document.createElement('video'), {
    controls: true,
    preload: 'metadata',
    playsInline: true
  })
  video.setAttribute('aria-label', lightboxTitle)
  if (lightboxCaptions) {
    const captions = { kind: 'captions', src: lightboxCaptions, srclang: 'fr', label: 'Français', default: true }
    video.append(Object.assign(document.createElement('track'), captions))
  }
  if (!lightboxQualities) {
    const source = Object.assign(document.createElement('source'), { src: link.href, type: lightboxVideo })
    video.append(source)
    return [video]
  }
  const choice = qualityChoice(video, JSON.parse(lightboxQualities), lightboxTitle)
  forgetChoice = choice.forget
  return [video, choice.fieldset]
}

/** Films that left the stage are not changed by a later choice. */
let forgetChoice

function clear() {
  forgetChoice?.()
  forgetChoice = undefined
}
