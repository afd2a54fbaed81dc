/** The picture that the player shows becomes the one that is asked for. Without this module, its time is typed. */
import { timeText } from './film-time.js'

export function attach(form) {
  const video = document.querySelector('[data-video] video')
  const button = form.querySelector('[data-frame-now]')
  const field = form.querySelector('input')
  if (!video) return
  button.hidden = false
  button.addEventListener('click', () => {
    video.pause()
    field.value = timeText(Math.floor(video.currentTime * 100) / 100)
    form.requestSubmit()
  })
}
