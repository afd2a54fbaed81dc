/** Names already in use become buttons that add them to their field. */
export function attach(details) {
  const field = document.getElementById(details.dataset.suggestions)
  for (const item of details.querySelectorAll('li')) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'suggestions__button'
    button.textContent = item.textContent
    button.addEventListener('click', () => {
      const names = field.value
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '')
      if (!names.includes(button.textContent)) names.push(button.textContent)
      field.value = names.join(', ')
      field.dispatchEvent(new Event('input', { bubbles: true }))
    })
    item.replaceChildren(button)
  }
}
