/**
 * Files sent one by one, each with its progress. Without script the form sends them all at once, and the page answers.
 * Two at a time: more would only make each of them slower.
 */
import { sendFile } from './upload-send.js'

const atOnce = 2
const announced = [25, 50, 75, 100]

export function attach(form) {
  const part = (name) => form.querySelector(`[data-upload-${name}]`)
  const [zone, list, status] = ['zone', 'list', 'status'].map(part)
  const input = form.querySelector('input[type="file"]')
  const waiting = []
  let sending = 0
  let taken = 0

  part('send').closest('p').hidden = true
  part('drop').hidden = false
  form.addEventListener('submit', (event) => event.preventDefault())
  input.addEventListener('change', () => {
    addAll(input.files)
    input.value = ''
  })
  zone.addEventListener('dragover', (event) => {
    if (![...event.dataTransfer.types].includes('Files')) return
    event.preventDefault()
    zone.classList.add('upload__zone--over')
  })
  zone.addEventListener('dragleave', (event) => {
    if (!zone.contains(event.relatedTarget)) zone.classList.remove('upload__zone--over')
  })
  zone.addEventListener('drop', (event) => {
    event.preventDefault()
    zone.classList.remove('upload__zone--over')
    addAll(event.dataTransfer.files)
  })
  addEventListener('beforeunload', (event) => {
    if (sending + waiting.length > 0) event.preventDefault()
  })

  function addAll(files) {
    for (const file of files) add(file)
    next()
  }

  function add(file) {
    list.hidden = false
    const row = rowOf(file)
    list.append(row.element)
    const sent = { file, row, sending: undefined, heard: 0 }
    row.cancel.addEventListener('click', () => cancel(sent))
    row.retry.addEventListener('click', () => {
      row.wait()
      row.cancel.focus()
      waiting.push(sent)
      next()
    })
    waiting.push(sent)
  }

  function next() {
    while (sending < atOnce && waiting.length > 0) void send(waiting.shift())
    if (sending === 0 && waiting.length === 0 && taken > 0) part('done').hidden = false
  }

  function cancel(sent) {
    const place = waiting.indexOf(sent)
    if (place >= 0) waiting.splice(place, 1)
    if (sent.sending) sent.sending.cancel()
    else stop(sent, 'Envoi annulé.')
  }

  async function send(sent) {
    const { file, row } = sent
    sent.heard = 0
    sending += 1
    row.progress(0)
    sent.sending = sendFile(file, {
      address: form.action,
      folder: form.elements.dossier?.value ?? '',
      hear: {
        progress: (percent) => progress(sent, percent),
        resumed(percent) {
          row.resume(percent)
          sent.heard = announced.findLast((value) => percent >= value) ?? 0
          say(`${file.name}\u00a0: reprise à ${percent}\u00a0%`)
        },
        waiting() {
          row.say('Réseau coupé, nouvel essai dans un instant')
          say(`${file.name}\u00a0: réseau coupé, nouvel essai dans un instant`)
        }
      }
    })
    const answer = await sent.sending.done
    sent.sending = undefined
    sending -= 1
    if (answer.taken) {
      taken += 1
      row.done(answer)
      say(`${file.name}\u00a0: ajouté`)
    } else stop(sent, answer.message)
    next()
  }

  function progress(sent, percent) {
    sent.row.progress(percent)
    const step = announced.findLast((value) => percent >= value)
    if (!step || step <= sent.heard) return
    sent.heard = step
    say(
      step === 100
        ? `${sent.file.name}\u00a0: 100\u00a0%, vérification en cours`
        : `${sent.file.name}\u00a0: ${step}\u00a0%`
    )
  }

  function stop(sent, message) {
    sent.row.stopped(message)
    say(`${sent.file.name}\u00a0: ${message}`)
  }

  function say(text) {
    status.textContent = text
  }
}

/** One line of the list: the name, the bar with its text, and what can be done. */
function rowOf(file) {
  const element = make('li', 'upload__file')
  const name = make('p', 'upload__name', file.name)
  const bar = make('progress', 'upload__progress')
  const text = make('p', 'upload__text', 'En attente')
  const buttons = make('p', 'upload__buttons')
  const cancel = button('Annuler', file.name)
  const retry = button('Réessayer', file.name)
  let resumed = ''
  bar.max = 100
  bar.value = 0
  bar.setAttribute('aria-label', `Envoi de ${file.name}`)
  retry.hidden = true
  buttons.append(cancel, retry)
  element.append(name, bar, text, buttons)
  return {
    element,
    cancel,
    retry,
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
    done({ title, href }) {
      const link = make('a', undefined, title)
      link.href = href
      name.replaceChildren(link)
      text.textContent = 'Ajouté'
      bar.hidden = true
      const hadFocus = cancel === document.activeElement
      buttons.remove()
      if (hadFocus) link.focus()
    },
    stopped(message) {
      element.classList.add('upload__file--refused')
      text.textContent = message
      bar.hidden = true
      retry.hidden = false
      if (cancel === document.activeElement) retry.focus()
      cancel.hidden = true
    }
  }
}

function button(label, name) {
  const element = make('button', 'button button--quiet button--small', label)
  element.type = 'button'
  element.append(make('span', 'visually-hidden', ` l’envoi de ${name}`))
  return element
}

function make(tag, className, text) {
  const element = document.createElement(tag)
  if (className) element.className = className
  if (text) element.textContent = text
  return element
}
