/** One file on its way to the library: its name, its progress in text and bar, and what can be done. */
export function fileLine(name) {
  const element = make('li', 'upload__file')
  const title = make('p', 'upload__name', name)
  const bar = make('progress', 'upload__progress')
  const text = make('p', 'upload__text', 'En attente')
  const buttons = make('p', 'upload__buttons')
  const cancel = button('Annuler', name)
  const retry = button('Réessayer', name)
  let resumed = ''
  Object.assign(bar, { max: 100, value: 0 })
  bar.setAttribute('aria-label', `Envoi de ${name}`)
  retry.hidden = true
  buttons.append(cancel, retry)
  element.append(title, bar, text, buttons)
  return {
    element,
    cancel,
    retry,
    /** It begins again, or waits for its turn. */
    wait() {
      element.classList.remove('upload__file--refused')
      text.textContent = 'En attente'
      cancel.hidden = false
      retry.hidden = true
      bar.hidden = false
      bar.value = 0
    },
    progress(percent) {
      bar.value = percent
      text.textContent = percent === 100 ? '100\u00a0%, vérification en cours' : `${percent}\u00a0%${resumed}`
    },
    resume(percent) {
      resumed = ` (repris à ${percent}\u00a0%)`
      bar.value = percent
      text.textContent = `Reprise à ${percent}\u00a0%`
    },
    say(words) {
      text.textContent = words
    },
    refuse(message) {
      element.classList.add('upload__file--refused')
      text.textContent = message
      bar.hidden = true
      retry.hidden = false
      if (cancel === document.activeElement) retry.focus()
      cancel.hidden = true
    },
    /** Something more about a file that was taken. */
    note(element) {
      text.append('. ', element, '.')
    },
    /** The file is in the library, and what it is called there, text or link, takes the place of its name. */
    done(called) {
      title.replaceChildren(called)
      text.textContent = 'Ajouté'
      bar.hidden = true
      buttons.remove()
    }
  }
}

function button(label, name) {
  const element = make('button', 'button button--quiet button--small', label)
  element.type = 'button'
  element.append(make('span', 'visually-hidden', ` l’envoi de ${name}`))
  return element
}

export function make(tag, className, text) {
  const element = document.createElement(tag)
  if (className) element.className = className
  if (text) element.textContent = text
  return element
}
