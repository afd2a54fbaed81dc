/** Buttons that move the lines of a list, and remove them; without this, each line has a field for its place. */
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
  // Lines are added by others too.
  new MutationObserver(number).observe(list, { childList: true })
  number()

  const gestures = {
    up: (line) => move(line, line.previousElementSibling, 'up', 'down'),
    down: (line) => move(line, line.nextElementSibling, 'down', 'up'),
    remove(line) {
      const neighbour = line.nextElementSibling ?? line.previousElementSibling
      if (!neighbour) return
      line.remove()
      neighbour.querySelector('input').focus()
      status.textContent = 'La ligne est enlevée.'
      changed()
    }
  }

  function move(line, other, gesture, opposite) {
    if (!other) return
    if (gesture === 'up') other.before(line)
    else other.after(line)
    number()
    // Moved, it lost the focus; at the end of the list its own button can do no more.
    const button = line.querySelector(`[data-gesture="${gesture}"]`)
    if (button.disabled) line.querySelector(`[data-gesture="${opposite}"]`).focus()
    else button.focus()
    status.textContent = `Déplacé à la place ${place(line)} sur ${list.children.length}.`
    changed()
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
      field.hidden = true
      field.querySelector('input:not([type="hidden"])').value = String(place(line))
      for (const shown of line.querySelectorAll('[data-number]')) shown.textContent = String(place(line))
      line.querySelector('[data-gesture="up"]').disabled = line === list.firstElementChild
      line.querySelector('[data-gesture="down"]').disabled = line === list.lastElementChild
    }
  }

  function buttons() {
    const group = document.createElement('p')
    group.className = 'lines__buttons'
    group.append(button('up', 'Monter'), button('down', 'Descendre'))
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
