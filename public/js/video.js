/** Beside the browser's own player: the size of the film, and chapters that lead into it. Without this module, both are links. */
import { qualityChoice } from './video-quality.js'

export function attach(root) {
  const video = root.querySelector('video')
  const links = root.querySelector('[data-video-qualities]')
  if (links) {
    const qualities = [...links.querySelectorAll('[data-video-quality]')].map((link) => ({
      name: link.dataset.videoQuality,
      label: link.textContent,
      src: link.getAttribute('href')
    }))
    links.replaceWith(qualityChoice(video, qualities, video.getAttribute('aria-label')).fieldset)
  }
  for (const link of root.querySelectorAll('[data-video-seek]')) {
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      seek(video, Number(link.dataset.videoSeek))
    })
  }
}

function seek(video, seconds) {
  const go = () => {
    video.currentTime = seconds
    void video.play().catch(() => undefined)
  }
  video.focus({ preventScroll: true })
  video.scrollIntoView({ block: 'nearest' })
  if (video.readyState > 0) return go()
  // Nothing of it was fetched yet.
  video.addEventListener('loadedmetadata', go, { once: true })
  video.preload = 'metadata'
  video.load()
}
