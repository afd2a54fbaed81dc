/** Slides one at a time: buttons, arrow keys and swiping, over the list that is there without script. */
export function attach(deck) {
  const list = deck.querySelector('[data-deck-slides]')
  const controls = deck.querySelector('[data-deck-controls]')
  if (!list || !controls) return
  const slides = [...list.children]
  const position = deck.querySelector('[data-deck-position]')
  const previous = deck.querySelector('[data-deck-previous]')
  const next = deck.querySelector('[data-deck-next]')
  const calm = matchMedia('(prefers-reduced-motion: reduce)')
  let current = 0

  const show = (index) => {
    if (index < 0 || index >= slides.length) return
    list.scrollTo({
      left: slides[index].offsetLeft - slides[0].offsetLeft,
      behavior: calm.matches ? 'instant' : 'smooth'
    })
  }
  const tell = () => {
    position.textContent = `${deck.dataset.deck} ${current + 1} sur ${slides.length}`
    // Not `disabled`: the button would lose the focus under the finger of the one who presses it.
    previous.setAttribute('aria-disabled', String(current === 0))
    next.setAttribute('aria-disabled', String(current === slides.length - 1))
  }

  controls.hidden = false
  tell()
  previous.addEventListener('click', () => show(current - 1))
  next.addEventListener('click', () => show(current + 1))
  list.addEventListener('keydown', (event) => {
    if (event.target !== list) return
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (!step) return
    event.preventDefault()
    show(current + step)
  })
  list.addEventListener(
    'scroll',
    () => {
      const index = Math.round(list.scrollLeft / list.clientWidth)
      if (index === current) return
      current = index
      tell()
    },
    { passive: true }
  )
}
