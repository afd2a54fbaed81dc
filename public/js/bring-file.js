/**
 * A file brought from the disk into a field of the page one writes: dropped or chosen, sent as the library sends it, then chosen
 * in the field. An image is asked at once what it shows: nobody comes back for that later.
 */
import { fileLine, make } from './file-line.js'
import { sendFile } from './upload-send.js'

const library = '/gestion/mediatheque'
const accepted = {
  image: 'image/jpeg,image/png,image/webp,image/avif,image/heic,image/heif,.heic,.heif',
  document:
    '.pdf,.pptx,.ppsx,.odp,.docx,.odt,.xlsx,.ods,.mp4,.mov,.webm,application/pdf,video/mp4,video/quicktime,video/webm'
}
const invitations = {
  image: 'Déposer une image ici ou la choisir',
  document: 'Déposer un fichier ici ou le choisir'
}
// As in the library: more would only make each of them slower, and the site takes three of one person.
const atOnce = 2
let count = 0
let sendings = 0
const turns = []

/** Waits until few others are being sent; to be followed by `leave`. */
async function enter() {
  if (sendings >= atOnce) await new Promise((resolve) => turns.push(resolve))
  else sendings += 1
}

/** Whoever waits for the longest takes the place. */
function leave() {
  const next = turns.shift()
  if (next) next()
  else sendings -= 1
}

export function attach(field) {
  const wanted = field.dataset.bringFile
  const input = field.querySelector('input[type="text"][list]')
  if (!input) return
  // « …_ajout » adds to a list; any other holds one file.
  const isList = input.name.endsWith('_ajout')
  count += 1
  const id = `apporter-${count}`
  const zone = make('div', 'bring')
  const label = make('label', 'bring__label', invitations[wanted] ?? invitations.document)
  const chooser = make('input', 'upload__input')
  const status = make('p', 'visually-hidden')
  const files = make('ul', 'upload__list')
  label.htmlFor = id
  Object.assign(chooser, { id, type: 'file', accept: accepted[wanted] ?? accepted.document, multiple: isList })
  status.setAttribute('role', 'status')
  files.hidden = true
  zone.append(label, chooser, status, files)
  const sublabel = field.querySelector(`label[for="${CSS.escape(input.id)}"]`)
  sublabel.before(zone)
  // What happens here is not what the page holds: only the field that is filled in the end is.
  for (const kind of ['input', 'change']) zone.addEventListener(kind, (event) => event.stopPropagation())

  chooser.addEventListener('change', () => {
    bringAll(chooser.files)
    chooser.value = ''
  })
  const over = (event) => {
    if (!holdsFiles(event)) return
    event.preventDefault()
    zone.classList.add('bring--over')
  }
  field.addEventListener('dragover', over)
  field.addEventListener('dragleave', (event) => {
    if (!field.contains(event.relatedTarget)) zone.classList.remove('bring--over')
  })
  field.addEventListener('drop', (event) => {
    zone.classList.remove('bring--over')
    if (!holdsFiles(event) || event.defaultPrevented) return
    event.preventDefault()
    bringAll(event.dataTransfer.files)
  })
  if (wanted === 'image') takeDropsOnThePage(field, bringAll)

  function bringAll(list) {
    const chosen = isList ? [...list] : [...list].slice(0, 1)
    for (const file of chosen) start(file)
  }

  /** The form is told, so that it does not leave before its files have arrived. */
  function start(file) {
    const detail = bring(file).catch(() => false)
    field.closest('form')?.dispatchEvent(new CustomEvent('file-sending', { detail }))
  }

  /** Gives whether the file was taken. */
  async function bring(file) {
    files.hidden = false
    if (!isList) files.replaceChildren()
    const line = fileLine(file.name)
    files.append(line.element)
    if (wanted === 'image' && file.type && !file.type.startsWith('image/')) {
      return refuse(file, line, 'Ce fichier n’est pas une image. Choisissez une image JPEG, PNG, WebP, AVIF ou HEIC.')
    }
    let isCancelled = false
    let sending
    line.cancel.addEventListener(
      'click',
      () => {
        isCancelled = true
        sending?.cancel()
      },
      { once: true }
    )
    await enter()
    const answer = await send().finally(leave)
    if (!answer.taken) return refuse(file, line, answer.message)
    return keep(file, line, answer)

    function send() {
      if (isCancelled) return Promise.resolve({ taken: false, message: 'Envoi annulé.' })
      line.progress(0)
      say(`${file.name}\u00a0: envoi en cours`)
      sending = sendFile(file, {
        address: library,
        hear: {
          progress: line.progress,
          resumed: line.resume,
          waiting: () => line.say('Réseau coupé, nouvel essai dans un instant')
        }
      })
      return sending.done
    }
  }

  /** What was sent is chosen in the field. */
  function keep(file, line, answer) {
    if (wanted === 'image' && answer.kind !== 'image') {
      return refuse(
        file,
        line,
        'Ce fichier n’est pas une image\u00a0: il est dans la médiathèque, mais pas sur cette page.'
      )
    }
    choose(answer)
    const hadFocus = line.element.contains(document.activeElement)
    showTaken(line, answer)
    say(`${file.name}\u00a0: ajouté`)
    if (answer.kind === 'image' && !answer.isDescribed) {
      const question = alternativeQuestion(answer, say)
      line.element.append(question)
      if (hadFocus || !isList) question.querySelector('input').focus()
    }
    return true
  }

  function refuse(file, line, message) {
    line.refuse(message)
    const again = () => {
      line.element.remove()
      void bring(file)
    }
    line.retry.addEventListener('click', again, { once: true })
    say(`${file.name}\u00a0: ${message}`)
    return false
  }

  /** Writes the file in the field, as a suggestion would. */
  function choose({ id, title }) {
    const value = `${id} – ${title}`
    if (isList && input.value.trim() !== '') {
      // The field holds one: the others are boxes of the same name beside it.
      const box = make('input', 'choice__input')
      Object.assign(box, { type: 'checkbox', name: input.name, value, checked: true, id: `apporte-${id}` })
      const caption = make('label', 'choice__label', title)
      caption.htmlFor = box.id
      const choice = make('div', 'choice')
      choice.append(box, caption)
      sublabel.before(choice)
    } else input.value = value
    if (!isList) {
      for (const box of field.querySelectorAll('input[type="checkbox"]')) {
        if (box.name === `${input.name}_gardee`) box.checked = false
      }
      field.querySelector('.editing__image')?.remove()
    }
    for (const kind of ['input', 'change']) input.dispatchEvent(new Event(kind, { bubbles: true }))
  }

  function say(text) {
    status.textContent = text
  }
}

/** An image dropped anywhere on the page goes to its first field for one; what writes takes its own. */
function takeDropsOnThePage(field, bringAll) {
  const isFirst = document.querySelector('[data-bring-file="image"]') === field
  if (!isFirst) return
  document.addEventListener('dragover', (event) => {
    if (holdsFiles(event)) event.preventDefault()
  })
  document.addEventListener('drop', (event) => {
    if (event.defaultPrevented || !holdsFiles(event)) return
    // Without this the browser would leave the page to show the file.
    event.preventDefault()
    const images = [...event.dataTransfer.files].filter((file) => file.type.startsWith('image/'))
    if (images.length === 0) return
    bringAll(images)
    field.scrollIntoView({ block: 'center' })
  })
}

function holdsFiles(event) {
  return [...(event.dataTransfer?.types ?? [])].includes('Files')
}

/** What was brought, to be recognised: an image is shown. */
function showTaken(line, { kind, title, address }) {
  line.done(title)
  if (kind !== 'image') return
  const image = make('img', 'bring__thumbnail')
  // Its words are just below.
  Object.assign(image, { loading: 'lazy', src: address, alt: '' })
  line.element.prepend(image)
  line.element.classList.add('bring__file')
}

/** What the image is for: nothing is chosen in advance. Saved on its own, whatever becomes of the page. */
function alternativeQuestion({ id, title }, say) {
  const question = make('fieldset', 'bring__question field')
  const legend = make('legend', 'field__label', 'À quoi sert cette image\u00a0?')
  const error = make('p', 'field__error')
  const name = `image-${id}`
  const [informative, decorative] = [
    radio(name, 'informative', 'Informative\u00a0: décrivez-la'),
    radio(name, 'decorative', 'Décorative\u00a0: sans elle, on ne perd rien')
  ]
  const words = make('div', 'bring__words')
  const label = make('label', 'field__sublabel', 'Texte alternatif, en une phrase')
  const text = make('textarea', 'field__input')
  const save = make('button', 'button button--quiet', 'Enregistrer ce texte')
  Object.assign(text, { id: `${name}-alt`, rows: 2, maxLength: 500 })
  label.htmlFor = text.id
  error.id = `${name}-erreur`
  error.hidden = true
  save.type = 'button'
  words.hidden = true
  words.append(label, text)
  question.append(legend, error, informative.choice, decorative.choice, words, save)
  for (const { input } of [informative, decorative]) {
    input.addEventListener('change', () => {
      words.hidden = !informative.input.checked
      save.textContent = informative.input.checked ? 'Enregistrer ce texte' : 'Enregistrer ce choix'
    })
  }
  // Enter in a field would otherwise send the whole page.
  question.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.target === save) return
    event.preventDefault()
    void send()
  })
  save.addEventListener('click', () => void send())
  return question

  async function send() {
    const role = [informative, decorative].find(({ input }) => input.checked)?.input.value
    try {
      const response = await fetch(`${library}/${id}/alternative`, {
        method: 'POST',
        headers: { accept: 'application/json' },
        body: new URLSearchParams({ ...(role && { role }), alt: text.value })
      })
      if (response.ok) return settle((await response.json()).alt)
      const { errors } = response.status === 422 ? await response.json() : { errors: [] }
      fail(errors[0] ?? { message: 'Ce texte n’a pas été enregistré. Rechargez la page, puis réessayez.' })
    } catch {
      fail({ message: 'Le réseau est coupé\u00a0: réessayez dans un instant.' })
    }
  }

  function fail({ field, message }) {
    error.textContent = message
    error.hidden = false
    question.classList.add('field--invalid')
    const target = field === 'alt' ? text : informative.input
    text.toggleAttribute('aria-invalid', false)
    if (field === 'alt') text.setAttribute('aria-invalid', 'true')
    target.setAttribute('aria-describedby', error.id)
    target.focus()
  }

  function settle(alt) {
    const told = make('p', 'bring__told', alt === '' ? 'Image décorative.' : `Texte alternatif\u00a0: ${alt}`)
    const hadFocus = question.contains(document.activeElement)
    question.replaceWith(told)
    say(`${title}\u00a0: ${told.textContent}`)
    if (!hadFocus) return
    told.tabIndex = -1
    told.focus()
  }
}

function radio(name, value, words) {
  const choice = make('div', 'choice')
  const input = make('input', 'choice__input')
  const label = make('label', 'choice__label', words)
  Object.assign(input, { type: 'radio', name, value, id: `${name}-${value}` })
  // Of no form: the page that is written does not send it.
  input.setAttribute('form', `${name}-seule`)
  label.htmlFor = input.id
  choice.append(input, label)
  return { choice, input }
}
