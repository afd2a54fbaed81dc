import { qualityChoice } from './video-quality.js'

/** An album seen large, in the browser's own dialog. Without script, each thumbnail leads to the picture alone. */
const farEnough = 45

export function attach(album) {
  const dialog = document.querySelector('[data-lightbox-dialog]')
  if (!dialog) return
  const part = (name) => dialog.querySelector(`[data-lightbox-${name}]`)
  const [stage, caption, position, download, removal] = ['stage', 'caption', 'position', 'download', 'removal'].map(
    part
  )
  const links = [...album.querySelectorAll('a[href]:not([data-lightbox-removal])')]
  let current = 0

  const show = (index) => {
    current = (index + links.length) % links.length
    const link = links[current]
    const figure = link.closest('figure')
    clear()
    stage.replaceChildren(...(link.dataset.lightboxVideo ? filmOf(link) : [pictureOf(link)]))
    caption.textContent = figure.querySelector('figcaption')?.textContent ?? ''
    position.textContent = `${current + 1} sur ${links.length}`
    const { lightboxDownload, lightboxWeight } = link.dataset
    download.hidden = !lightboxDownload
    if (lightboxDownload) {
      download.href = lightboxDownload
      download.textContent = `Télécharger (${lightboxWeight})`
    }
    const asked = figure.parentElement.querySelector('[data-lightbox-removal]')
    removal.setAttribute('href', asked.getAttribute('href'))
    removal.textContent = asked.textContent
    // The next one is fetched while this one is looked at, in the size that this screen wants.
    const next = links[current + 1]
    if (next && !next.dataset.lightboxVideo) pictureOf(next)
  }

  for (const [index, link] of links.entries()) {
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      dialog.showModal()
      show(index)
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
    const steps = { ArrowLeft: current - 1, ArrowRight: current + 1, Home: 0, End: links.length - 1 }
    const index = steps[event.key]
    if (index === undefined) return
    event.preventDefault()
    show(index)
  })
  letSwipe()
  dialog.addEventListener('close', () => {
    clear()
    stage.replaceChildren()
    links[current].focus()
    if (history.state?.lightbox) history.back()
  })
  addEventListener('popstate', () => {
    if (dialog.open) dialog.close()
  })

  /** One finger from side to side. Two zoom, and one then moves what is zoomed: the browser's own gestures stay. */
  function letSwipe() {
    let from
    stage.addEventListener('touchstart', ({ touches }) => {
      const isZoomed = visualViewport.scale > 1.05
      from = touches.length === 1 && !isZoomed ? { x: touches[0].clientX, y: touches[0].clientY } : undefined
    })
    stage.addEventListener('touchend', ({ target, changedTouches: [finger] }) => {
      // Its own bar is moved from side to side.
      if (!from || target instanceof HTMLMediaElement) return
      const [across, down] = [finger.clientX - from.x, finger.clientY - from.y]
      from = undefined
      if (Math.abs(across) < farEnough || Math.abs(across) < 2 * Math.abs(down)) return
      show(across < 0 ? current + 1 : current - 1)
    })
    stage.addEventListener('touchcancel', () => {
      from = undefined
    })
  }

  /** The picture of the thumbnail, as wide as the stage shows it. */
  function pictureOf(link) {
    const picture = link.querySelector('picture')?.cloneNode(true)
    if (!picture) return Object.assign(new Image(), { src: link.href, alt: '' })
    const image = picture.querySelector('img')
    const shape = Number(image.getAttribute('width')) / Number(image.getAttribute('height'))
    const width = Math.ceil(Math.min(stage.clientWidth, stage.clientHeight * shape) || innerWidth)
    for (const source of picture.querySelectorAll('source')) source.sizes = `${width}px`
    image.loading = 'eager'
    // Without a source that this browser reads: what the link leads to, and not the file of eight megabytes.
    image.src = link.href
    image.removeAttribute('class')
    return picture
  }
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
