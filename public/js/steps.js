/** Adds a line to a list that is written line by line: one empty line is enough, where a few wait without this. */
export function attach(fieldset) {
  const list = fieldset.querySelector('ol')
  const blank = emptied(list.lastElementChild.cloneNode(true))
  while (isBlank(list.lastElementChild) && isBlank(list.lastElementChild.previousElementSibling)) {
    list.lastElementChild.remove()
  }
  let next = list.children.length
  const add = document.createElement('button')
  add.type = 'button'
  add.className = 'button button--quiet'
  add.textContent = fieldset.dataset.steps || 'Ajouter une ligne'
  add.addEventListener('click', () => {
    const line = numbered(blank.cloneNode(true), next)
    next += 1
    list.append(line)
    line.querySelector('input').focus()
    for (const field of line.querySelectorAll('[data-bring-file]')) void letBringFile(field)
  })
  fieldset.append(add)
}

function isBlank(line) {
  const inputs = [...(line?.querySelectorAll('input') ?? [])]
  return inputs.length > 0 && inputs.every((input) => (input.type === 'checkbox' ? !input.checked : input.value === ''))
}

async function letBringFile(field) {
  const { attach } = await import('./bring-file.js')
  attach(field)
}

function emptied(line) {
  for (const stale of line.querySelectorAll('.field__error, .bring')) stale.remove()
  for (const picture of line.querySelectorAll('[data-picture]')) picture.replaceChildren()
  for (const marked of line.querySelectorAll('.field--invalid')) marked.classList.remove('field--invalid')
  line.classList.remove('field--invalid')
  for (const details of line.querySelectorAll('details')) details.open = false
  for (const input of line.querySelectorAll('input')) {
    input.removeAttribute('aria-invalid')
    input.removeAttribute('aria-describedby')
    if (input.type === 'checkbox') input.checked = false
    else input.value = ''
  }
  return line
}

function numbered(line, index) {
  for (const element of line.querySelectorAll('[id]')) element.id = element.id.replace(/\d+$/, String(index))
  for (const label of line.querySelectorAll('label')) label.htmlFor = label.htmlFor.replace(/\d+$/, String(index))
  for (const box of line.querySelectorAll('input[type="checkbox"]')) box.value = String(index)
  return line
}
