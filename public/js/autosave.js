/**
 * Saves the draft a moment after the last change, and keeps a copy in this browser as long as the server did not say that it
 * has it: a network that is gone, a server that stops, a session that ends, the very first save included, lose nothing.
 */
const pauseMs = 1200
const retryMs = 5000
const longestSaveMs = 15_000
/** What browsers let a page send while it goes away. */
const longestParting = 60_000

export function attach(form) {
  const address = form.dataset.autosave
  const state = document.querySelector('[data-save-state]')
  const others = document.querySelector('[data-others]')
  const version = form.elements.version
  const storageKey = `brouillon ${address}`
  let timer
  let saving
  let dirty = false
  let leaving = false
  /** Files on their way to this form; each settles with whether it was taken. */
  const arriving = new Set()

  offerLocalCopy()
  form.addEventListener('input', changed)
  form.addEventListener('change', changed)
  form.addEventListener('file-sending', ({ detail: sending }) => {
    arriving.add(sending)
    void sending.finally(() => arriving.delete(sending))
  })
  form.addEventListener('submit', (event) => {
    clearTimeout(timer)
    if (arriving.size > 0) {
      // Sent now, the page would leave without them, and nobody would notice.
      event.preventDefault()
      void sendWithFiles(event.submitter)
      return
    }
    if (saving) {
      // Sent now, it would begin from the version that is just being replaced, and conflict with itself.
      event.preventDefault()
      const { submitter } = event
      void saving.then(() => form.requestSubmit(submitter))
      return
    }
    leaving = true
    if (dirty || kept()) keep(true)
  })
  addEventListener('pageshow', ({ persisted }) => {
    // Back from a page that could not be reached: what was sent may not have arrived.
    if (!persisted) return
    leaving = false
    if (dirty) timer = setTimeout(save, pauseMs)
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && dirty) void save()
  })
  addEventListener('beforeunload', (event) => {
    // Only when the text is neither on the server nor in this browser.
    if (dirty && !leaving && !kept()) event.preventDefault()
  })

  // What was typed while this module was on its way, nobody heard.
  if ([...form.elements].some(wasTyped)) changed()

  async function sendWithFiles(submitter) {
    say('Un fichier est encore en route : la page partira avec lui.')
    const taken = await Promise.all(arriving)
    if (taken.every(Boolean)) form.requestSubmit(submitter)
    else say('Un fichier n’est pas arrivé : rien n’est encore envoyé. Retirez-le ou réessayez.', true)
  }

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
    dirty = false
    say('Enregistrement…')
    saving = send()
    const wait = await saving
    saving = undefined
    if (dirty && !leaving) timer = setTimeout(save, wait)
  }

  /** Sends the form once; gives how long to wait before the next time, when there is one. */
  async function send() {
    const body = new URLSearchParams(new FormData(form))
    try {
      const response = await fetch(`${address}/brouillon`, {
        method: 'POST',
        headers: { accept: 'application/json' },
        body,
        keepalive: document.visibilityState === 'hidden' && body.toString().length < longestParting,
        signal: AbortSignal.timeout(longestSaveMs)
      })
      if (response.redirected || response.status === 401) {
        dirty = true
        say(
          'Vous n’êtes plus connecté. Votre texte est gardé dans ce navigateur : reconnectez-vous dans un autre onglet.',
          true
        )
        return retryMs
      }
      if (response.status === 409) {
        const { savedBy } = await response.json()
        const who = savedBy === null ? 'Vous avez' : `${savedBy ?? 'Quelqu’un d’autre'} a`
        const where = savedBy === null ? ' dans une autre fenêtre' : ''
        say(`${who} enregistré cette page${where}. Enregistrez le brouillon pour comparer.`, true)
      } else if (response.status === 422) {
        const { errors } = await response.json()
        say(errors.map((error) => error.message).join(' '), true)
      } else if (response.status === 413) {
        say('Ce texte est trop long pour être enregistré : coupez-le, ou joignez un document.', true)
      } else if (response.status === 403 || response.status === 404) {
        say('Vous ne pouvez plus modifier cette page. Votre texte est gardé dans ce navigateur.', true)
      } else if (response.ok) {
        arrived(await response.json())
      } else throw new Error(String(response.status))
      return pauseMs
    } catch {
      dirty = true
      say('Hors connexion : votre texte est gardé dans ce navigateur.', true)
      return retryMs
    }
  }

  function arrived(saved) {
    version.value = String(saved.version)
    const at = new Intl.DateTimeFormat('fr-FR', {
      hour: 'numeric',
      minute: '2-digit',
      timeZone: 'Europe/Paris'
    }).format(new Date(saved.savedAt))
    say(`Enregistré à ${at.replace(':', '\u00a0h\u00a0')}, version\u00a0${saved.version}`)
    if (others) {
      others.textContent = saved.others
      others.hidden = saved.others === ''
    }
    // What was typed meanwhile began from this version.
    if (dirty) keep()
    else forget()
  }

  function say(text, alarming = false) {
    if (!state) return
    state.textContent = text
    state.classList.toggle('entry-bar__saved--alarming', alarming)
  }

  function fields() {
    return [...new FormData(form)].filter(([name]) => name !== 'version')
  }

  function keep(sent = false) {
    try {
      localStorage.setItem(storageKey, JSON.stringify({ version: version.value, sent, fields: fields() }))
    } catch {
      // Storage is full or forbidden: the warning of beforeunload remains.
    }
  }

  function readCopy() {
    try {
      const copy = JSON.parse(localStorage.getItem(storageKey) ?? 'null')
      return Array.isArray(copy?.fields) ? copy : undefined
    } catch {
      return undefined
    }
  }

  function kept() {
    return readCopy() !== undefined
  }

  function forget() {
    try {
      localStorage.removeItem(storageKey)
    } catch {
      // Storage is forbidden: nothing was kept.
    }
  }

  /** What an earlier visit could not save is offered back, and never put over the page without asking. */
  function offerLocalCopy() {
    const copy = readCopy()
    if (!copy) return
    // The answer to what was sent, with its text in the form: it stays kept until it is saved.
    if (copy.sent && document.querySelector('[data-conflict], [data-error-summary]')) return
    const isSaved =
      copy.sent && Number(version.value) === Number(copy.version) + 1 && form.hasAttribute('data-saved-by-you')
    if (isSaved || JSON.stringify(fields()) === JSON.stringify(copy.fields)) return forget()
    const offer = document.createElement('div')
    offer.className = 'local-copy'
    offer.setAttribute('role', 'region')
    offer.setAttribute('aria-label', 'Texte gardé dans ce navigateur')
    const sentence = document.createElement('p')
    sentence.textContent = 'Ce navigateur a gardé un texte que le site n’a pas pu enregistrer.'
    const take = button('Reprendre ce texte', () => sendCopy(copy))
    const drop = button('L’oublier', () => {
      forget()
      offer.remove()
    })
    offer.append(sentence, take, ' ', drop)
    form.before(offer)
  }

  /**
   * Sent as it was, with the version that it began from: the site draws all its lines again, and shows both texts when somebody
   * else saved meanwhile.
   */
  function sendCopy(copy) {
    const again = document.createElement('form')
    again.method = 'post'
    again.action = `${address}/brouillon`
    again.hidden = true
    for (const [name, value] of [...copy.fields, ['version', copy.version]]) {
      const input = document.createElement('textarea')
      input.name = name
      input.value = value
      again.append(input)
    }
    document.body.append(again)
    leaving = true
    localStorage.setItem(storageKey, JSON.stringify({ ...copy, sent: true }))
    again.submit()
  }

  function button(label, act) {
    const element = document.createElement('button')
    element.type = 'button'
    element.className = 'button button--quiet'
    element.textContent = label
    element.addEventListener('click', act)
    return element
  }
}

/** Whether a field differs from what the page came with. The editor writes HTML its own way: of a rich text, the words count. */
function wasTyped(element) {
  if (element.type === 'checkbox' || element.type === 'radio') return element.checked !== element.defaultChecked
  if (element.defaultValue === undefined || element.type === 'file') return false
  if (!('richText' in element.dataset)) return element.value !== element.defaultValue
  const words = (html) => html.replace(/<[^>]*>|\s/g, '')
  return words(element.value) !== words(element.defaultValue)
}
