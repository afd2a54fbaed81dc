/**
 * Files sent one by one, each with its progress. Without script the form sends them all at once, and the page answers.
 * Two at a time: more would only make each of them slower.
 */
import { fileLine, make } from './file-line.js'
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
    const row = fileLine(file.name)
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
      showTaken(row, answer)
      say(`${file.name}\u00a0: ajouté${answer.twin ? `. ${answer.twin.sentence}.` : ''}`)
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
    sent.row.refuse(message)
    say(`${sent.file.name}\u00a0: ${message}`)
  }

  function say(text) {
    status.textContent = text
  }
}

/** Its link takes the place of the button that held the keys. */
function showTaken(row, { title, href, twin }) {
  const link = make('a', undefined, title)
  link.href = href
  const hadFocus = row.cancel === document.activeElement
  row.done(link)
  if (twin) {
    const known = make('a', undefined, twin.sentence)
    known.href = twin.href
    row.note(known)
  }
  if (hadFocus) link.focus()
}
