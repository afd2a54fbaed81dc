/**
 * Lines that move: by buttons, by Alt and an arrow, by dragging them; and buttons that remove them. Without this, each line has
 * a field for its place, which a long list keeps (`data-keeps-places`).
 */
export function attach(list) {
  const what = list.dataset.ordered
  const status = document.createElement('p')
  status.className = 'visually-hidden'
  status.setAttribute('role', 'status')
  list.after(status)
  for (const sentence of list.closest('fieldset').querySelectorAll('[data-without-script]')) sentence.hidden = true
  list.addEventListener('click', ({ target }) => {
    const gesture = target.closest('button')?.dataset.gesture
    if (gesture) gestures[gesture](target.closest('li'))
  })
  list.addEventListener('keydown', (event) => {
    const gesture = event.altKey ? { ArrowUp: 'up', ArrowDown: 'down' }[event.key] : undefined
    // In a field that proposes a list, this opens it.
    if (!gesture || event.target.list) return
    event.preventDefault()
    gestures[gesture](event.target.closest('li'), event.target)
  })
  list.addEventListener('change', ({ target }) => {
    if (!target.closest?.('[data-place]')) return
    put(target)
    target.focus()
  })
  letDrag()
  // Lines are added by others too.
  new MutationObserver(number).observe(list, { childList: true })
  // Somebody may have been quicker than this script.
  const typed = [...list.querySelectorAll('[data-place] input')].filter(
    ({ value, defaultValue }) => value !== defaultValue
  )
  const wanted = typed.map((field) => [field, field.value])
  number()
  for (const [field, value] of wanted) {
    field.value = value
    put(field)
  }

  const gestures = {
    up: (line, focused) => move(line, line.previousElementSibling, 'up', 'down', focused),
    down: (line, focused) => move(line, line.nextElementSibling, 'down', 'up', focused),
    remove(line) {
      const neighbour = line.nextElementSibling ?? line.previousElementSibling
      if (!neighbour) return
      line.remove()
      neighbour.querySelector('input').focus()
      status.textContent = 'La ligne est enlevée.'
      changed()
    }
  }

  function move(line, other, gesture, opposite, focused) {
    if (!other) return
    if (gesture === 'up') other.before(line)
    else other.after(line)
    tell(line)
    // Moved, it lost the focus; at the end of the list its own button can do no more.
    if (focused) return focused.focus()
    const button = line.querySelector(`[data-gesture="${gesture}"]`)
    if (button.disabled) line.querySelector(`[data-gesture="${opposite}"]`).focus()
    else button.focus()
  }

  /** Puts a line where its field says. */
  function put(field) {
    if (!/^\s*\d+\s*$/.test(field.value)) return
    const line = field.closest('li')
    const others = [...list.children].filter((other) => other !== line)
    const next = others[Math.max(Number(field.value) - 1, 0)]
    if (next) next.before(line)
    else list.append(line)
    tell(line)
  }

  /** Says where a line is now, to whoever listens and to the form. */
  function tell(line) {
    number()
    status.textContent = `Déplacé à la place ${place(line)} sur ${list.children.length}.`
    changed()
  }

  function letDrag() {
    let dragged
    list.addEventListener('dragstart', (event) => {
      if (!event.target.matches?.('.lines__handle')) return
      dragged = event.target.closest('li')
      dragged.classList.add('lines__line--dragged')
      event.dataTransfer.effectAllowed = 'move'
      event.dataTransfer.setData('text/plain', '')
      event.dataTransfer.setDragImage(dragged, 0, 0)
    })
    list.addEventListener('dragover', (event) => {
      if (!dragged) return
      event.preventDefault()
      const over = [...list.children].find((line) => line.contains(event.target))
      if (!over || over === dragged) return
      const { top, height } = over.getBoundingClientRect()
      if (event.clientY < top + height / 2) over.before(dragged)
      else over.after(dragged)
    })
    list.addEventListener('drop', (event) => {
      if (dragged) event.preventDefault()
    })
    list.addEventListener('dragend', () => {
      if (!dragged) return
      dragged.classList.remove('lines__line--dragged')
      tell(dragged)
      dragged = undefined
    })
  }

  function changed() {
    list.dispatchEvent(new Event('change', { bubbles: true }))
  }

  function place(line) {
    return [...list.children].indexOf(line) + 1
  }

  /** The fields of the places follow the lines, so that what is sent is the order that is seen. */
  function number() {
    for (const line of list.children) {
      if (!line.querySelector('[data-gesture]')) line.append(buttons())
      const field = line.querySelector('[data-place]')
      field.hidden = !('keepsPlaces' in list.dataset)
      field.querySelector('input:not([type="hidden"])').value = String(place(line))
      for (const shown of line.querySelectorAll('[data-number]')) shown.textContent = String(place(line))
      line.querySelector('[data-gesture="up"]').disabled = line === list.firstElementChild
      line.querySelector('[data-gesture="down"]').disabled = line === list.lastElementChild
    }
  }

  function buttons() {
    const group = document.createElement('p')
    group.className = 'lines__buttons'
    const handle = document.createElement('span')
    handle.className = 'lines__handle'
    handle.draggable = true
    handle.setAttribute('aria-hidden', 'true')
    group.append(handle, button('up', 'Monter'), button('down', 'Descendre'))
    if ('removable' in list.dataset) group.append(button('remove', 'Enlever'))
    return group
  }

  function button(gesture, label) {
    const element = document.createElement('button')
    element.type = 'button'
    element.className = 'button button--quiet button--small'
    element.dataset.gesture = gesture
    const number = document.createElement('span')
    number.dataset.number = ''
    const rest = document.createElement('span')
    rest.className = 'visually-hidden'
    rest.append(` ${what} `, number)
    element.append(label, rest)
    return element
  }
}
