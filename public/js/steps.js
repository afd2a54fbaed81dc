/** Adds a line to the chronology; without this, three empty ones wait at the end of the page. */
export function attach(fieldset) {
  const list = fieldset.querySelector('ol')
  const add = document.createElement('button')
  add.type = 'button'
  add.className = 'button button--quiet'
  add.textContent = 'Ajouter une ligne'
  add.addEventListener('click', () => {
    const index = list.children.length
    const line = list.lastElementChild.cloneNode(true)
    for (const element of line.querySelectorAll('[id]')) element.id = element.id.replace(/\d+$/, String(index))
    for (const label of line.querySelectorAll('label')) label.htmlFor = label.htmlFor.replace(/\d+$/, String(index))
    for (const error of line.querySelectorAll('.field__error')) error.remove()
    for (const input of line.querySelectorAll('input')) {
      if (input.type === 'checkbox') {
        input.checked = false
        input.value = String(index)
      } else input.value = ''
    }
    list.append(line)
    line.querySelector('input').focus()
  })
  fieldset.append(add)
}
