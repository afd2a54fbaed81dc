/** The important point of a picture: a click, or the arrow keys; the two number fields are the same thing in writing. */
export function attach(picker) {
  const form = picker.closest('form')
  const fields = ['focal_x', 'focal_y'].map((name) => form.elements[name])
  const picture = picker.querySelector('[data-focal-picture]')
  const crops = form.querySelector('[data-focal-crops]')
  const marker = document.createElement('button')
  marker.type = 'button'
  marker.className = 'focal__marker'
  picture.append(marker)
  form.querySelector('[data-focal-advice]').hidden = false
  crops.hidden = false

  const clamp = (value) => Math.min(100, Math.max(0, Math.round(value)))
  const read = () => fields.map((field) => (/^\d{1,3}$/.test(field.value.trim()) ? clamp(Number(field.value)) : 50))
  const show = () => {
    const [x, y] = read()
    marker.style.left = `${x}%`
    marker.style.top = `${y}%`
    marker.setAttribute('aria-label', `Point important à ${x}\u00a0% de la gauche et ${y}\u00a0% du haut`)
    for (const image of crops.querySelectorAll('img')) image.style.objectPosition = `${x}% ${y}%`
  }
  const choose = (x, y) => {
    fields[0].value = String(clamp(x))
    fields[1].value = String(clamp(y))
    show()
  }

  picture.addEventListener('click', (event) => {
    // A click that the keyboard makes on the marker says nothing of where.
    if (event.target === marker) return
    const { left, top, width, height } = picture.getBoundingClientRect()
    choose(((event.clientX - left) / width) * 100, ((event.clientY - top) / height) * 100)
    marker.focus()
  })
  marker.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
    if (!step) return
    event.preventDefault()
    const pace = event.shiftKey ? 10 : 2
    const [x, y] = read()
    choose(x + step[0] * pace, y + step[1] * pace)
  })
  for (const field of fields) field.addEventListener('input', show)
  show()
}
