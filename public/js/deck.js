/** Slides one at a time: buttons, keys, swiping, the whole screen; over the list that is there without script. */
export function attach(deck) {
  const part = (name) => deck.querySelector(`[data-deck-${name}]`)
  const names = ['slides', 'controls', 'position', 'previous', 'next', 'open', 'close', 'screen', 'stage']
  const [list, controls, position, previous, next, open, close, screen, stage] = names.map(part)
  if (!list || !controls) return
  const slides = [...list.children]
  const calm = matchMedia('(prefers-reduced-motion: reduce)')
  // Where the list and the buttons stand when they do not fill the screen.
  const places = [list, controls].map((element) => {
    const place = document.createComment('')
    element.before(place)
    return { element, place }
  })
  let current = 0
  let moves = 0

  const show = (index, behavior = calm.matches ? 'instant' : 'smooth') => {
    const slide = slides[index]
    if (slide) list.scrollTo({ left: slide.offsetLeft - slides[0].offsetLeft, behavior })
  }
  const arrive = (index) => {
    current = index
    position.textContent = `${deck.dataset.deck} ${index + 1} sur ${slides.length}`
    for (const slide of slides) slide.removeAttribute('aria-current')
    slides[index].setAttribute('aria-current', 'true')
    // Not `disabled`: the button would lose the focus under the finger of the one who presses it.
    previous?.setAttribute('aria-disabled', String(index === 0))
    next?.setAttribute('aria-disabled', String(index === slides.length - 1))
  }
  const jump = (index) => {
    show(index, 'instant')
    arrive(index)
  }
  const named = () => slides.findIndex(({ id }) => `#${id}` === location.hash)

  controls.hidden = false
  arrive(0)
  if (named() >= 0) jump(named())
  addEventListener('hashchange', () => {
    if (named() >= 0) jump(named())
  })

  previous?.addEventListener('click', () => show(current - 1))
  next?.addEventListener('click', () => show(current + 1))
  const onKey = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const keys = { ArrowLeft: current - 1, PageUp: current - 1, ArrowRight: current + 1, PageDown: current + 1 }
    const index = { ...keys, Home: 0, End: slides.length - 1 }[event.key]
    if (index === undefined) return
    event.preventDefault()
    show(index)
  }
  list.addEventListener('keydown', (event) => {
    if (event.target === list) onKey(event)
  })
  list.addEventListener(
    'scroll',
    () => {
      const step = slides.length > 1 ? slides[1].offsetLeft - slides[0].offsetLeft : 0
      const index = step > 0 ? Math.round(list.scrollLeft / step) : 0
      if (moves === 0 && index !== current && slides[index]) arrive(index)
    },
    { passive: true }
  )

  list.addEventListener('click', async (event) => {
    const link = event.target.closest('[data-deck-link]')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    history.replaceState(history.state, '', link.hash)
    // Absent where the address is not https; some browsers ask, and may be told no.
    const isCopied = await navigator.clipboard?.writeText(link.href).then(
      () => true,
      () => false
    )
    position.textContent = isCopied ? 'Lien copié' : 'Le lien est dans la barre d’adresse'
    setTimeout(() => arrive(current), 4000)
  })

  // The dialog alone would do: iPhones give the whole screen to nothing but videos.
  const carry = (move, focused) => {
    const index = current
    moves += 1
    move()
    open.hidden = screen.open
    close.hidden = !screen.open
    focused.focus({ preventScroll: true })
    requestAnimationFrame(() => {
      jump(index)
      // The scroll that the move itself caused is told in the next frame.
      requestAnimationFrame(() => {
        moves -= 1
      })
    })
  }
  open.addEventListener('click', () => {
    carry(() => {
      stage.append(list, controls)
      screen.showModal()
    }, list)
    // « Back » then closes it instead of leaving the page.
    history.pushState({ deck: true }, '')
    // Not the dialog, which may not, nor the page, which would be drawn over it.
    stage.requestFullscreen?.().catch(() => undefined)
  })
  close.addEventListener('click', () => screen.close())
  screen.addEventListener('keydown', (event) => {
    if (event.target !== list) onKey(event)
  })
  screen.addEventListener('close', () => {
    carry(() => {
      for (const { element, place } of places) place.after(element)
    }, open)
    // As long as something fills the screen, nothing outside it takes the focus.
    if (document.fullscreenElement) {
      document.exitFullscreen().then(
        () => open.focus({ preventScroll: true }),
        () => undefined
      )
    }
    if (history.state?.deck) history.back()
  })
  addEventListener('popstate', () => {
    if (screen.open) screen.close()
  })
  // Escape leaves the browser's own full screen first, and says nothing else.
  document.addEventListener('fullscreenchange', () => {
    if (!document.fullscreenElement && screen.open) screen.close()
  })
}
