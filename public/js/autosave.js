/**
 * Saves the draft a moment after the last change, and keeps a copy in this browser as long as the server did not say that it
 * has it: a network that is gone, a server that stops, the very first save included, lose nothing.
 */
const pauseMs = 1200
const retryMs = 5000

export function attach(form) {
  const address = form.dataset.autosave
  const state = document.querySelector('[data-save-state]')
  const version = form.elements.version
  const storageKey = `brouillon ${address}`
  let timer
  let saving = false
  let dirty = false
  let leaving = false

  offerLocalCopy()
  form.addEventListener('input', changed)
  form.addEventListener('change', changed)
  form.addEventListener('submit', () => {
    leaving = true
    clearTimeout(timer)
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && dirty) void save()
  })
  addEventListener('beforeunload', (event) => {
    // Only when the text is neither on the server nor in this browser.
    if (dirty && !leaving && !kept()) event.preventDefault()
  })

  function changed() {
    dirty = true
    keep()
    say('Modifications en cours…')
    clearTimeout(timer)
    timer = setTimeout(save, pauseMs)
  }

  async function save() {
    if (saving || leaving) return
    clearTimeout(timer)
    saving = true
    dirty = false
    let wait = pauseMs
    say('Enregistrement…')
    try {
      const response = await fetch(`${address}/brouillon`, {
        method: 'POST',
        headers: { accept: 'application/json' },
        body: new URLSearchParams(new FormData(form)),
        keepalive: document.visibilityState === 'hidden'
      })
      if (response.status === 409)
        return say('Quelqu’un d’autre a enregistré cette page. Enregistrez le brouillon pour comparer.', true)
      if (response.redirected || response.status === 401) {
        dirty = true
        return say(
          'Vous n’êtes plus connecté. Votre texte est gardé dans ce navigateur : reconnectez-vous dans un autre onglet.',
          true
        )
      }
      if (response.status === 422) {
        const { errors } = await response.json()
        return say(errors.map((error) => error.message).join(' '), true)
      }
      if (!response.ok) throw new Error(String(response.status))
      const saved = await response.json()
      version.value = String(saved.version)
      const at = new Intl.DateTimeFormat('fr-FR', { hour: 'numeric', minute: '2-digit' }).format(
        new Date(saved.savedAt)
      )
      say(`Enregistré à ${at.replace(':', '\u00a0h\u00a0')}`)
      if (!dirty) forget()
    } catch {
      dirty = true
      say('Hors connexion : votre texte est gardé dans ce navigateur.', true)
      wait = retryMs
    } finally {
      saving = false
      if (dirty && !leaving) timer = setTimeout(save, wait)
    }
  }

  function say(text, alarming = false) {
    if (!state) return
    state.textContent = text
    state.classList.toggle('entry-bar__saved--alarming', alarming)
  }

  function keep() {
    try {
      localStorage.setItem(storageKey, JSON.stringify([...new FormData(form)].filter(([name]) => name !== 'version')))
    } catch {
      // Storage is full or forbidden: the warning of beforeunload remains.
    }
  }

  function kept() {
    return localStorage.getItem(storageKey) !== null
  }

  function forget() {
    localStorage.removeItem(storageKey)
  }

  /** What an earlier visit could not save is offered back, and never put over the page without asking. */
  function offerLocalCopy() {
    const copy = localStorage.getItem(storageKey)
    if (copy === null) return
    const fields = JSON.parse(copy)
    const now = JSON.stringify([...new FormData(form)].filter(([name]) => name !== 'version'))
    if (now === copy) return forget()
    const offer = document.createElement('div')
    offer.className = 'local-copy'
    offer.setAttribute('role', 'region')
    offer.setAttribute('aria-label', 'Texte gardé dans ce navigateur')
    const sentence = document.createElement('p')
    sentence.textContent = 'Ce navigateur a gardé un texte que le site n’a pas pu enregistrer.'
    const take = button('Reprendre ce texte', () => {
      fill(fields)
      offer.remove()
      changed()
    })
    const drop = button('L’oublier', () => {
      forget()
      offer.remove()
    })
    offer.append(sentence, take, ' ', drop)
    form.before(offer)
  }

  function button(label, act) {
    const element = document.createElement('button')
    element.type = 'button'
    element.className = 'button button--quiet'
    element.textContent = label
    element.addEventListener('click', act)
    return element
  }

  function fill(fields) {
    const values = Map.groupBy(fields, ([name]) => name)
    for (const element of form.elements) {
      if (!element.name || element.name === 'version') continue
      const mine = values.get(element.name) ?? []
      if (element.type === 'checkbox' || element.type === 'radio') {
        element.checked = mine.some(([, value]) => value === element.value)
        continue
      }
      const [, value] = mine.shift() ?? [element.name, '']
      element.value = value
      element.dispatchEvent(new Event('fill'))
    }
  }
}
