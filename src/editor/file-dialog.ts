/** The question « which file? »: words to look for, and the files of the media library to choose from. */
import { fieldsOf, nextId, openDialog } from './dialogs.ts'
import { make } from './elements.ts'
import { type FileChoice, type FileKind, findFile, searchFiles } from './files.ts'

export interface FileAnswer {
  id: number
  title: string
  /** Of an image. */
  caption: string
}

const words = {
  image: {
    one: 'image',
    the: 'l’image',
    an: 'une image',
    none: 'Aucune image ne correspond',
    newest: 'les plus récentes'
  },
  video: {
    one: 'vidéo',
    the: 'la vidéo',
    an: 'une vidéo',
    none: 'Aucune vidéo ne correspond',
    newest: 'les plus récentes'
  },
  document: {
    one: 'document',
    the: 'le document',
    an: 'un document',
    none: 'Aucun document ne correspond',
    newest: 'les plus récents'
  }
} as const

// Longer than between two keys, shorter than one waits.
const typingPause = 200

export async function askFile(
  kind: FileKind,
  current: FileAnswer | undefined
): Promise<FileAnswer | 'remove' | undefined> {
  const { one, the, an, none, newest } = words[kind]
  const id = nextId('files')
  const search = make('input', { class: 'field__input', id: `${id}-search`, type: 'search', autocomplete: 'off' })
  const status = make('p', { class: 'editor-files__status', role: 'status' })
  const error = make('p', { class: 'field__error', id: `${id}-error` })
  error.hidden = true
  const list = make('div', { class: 'editor-files' })
  const choice = make(
    'fieldset',
    { class: 'field', 'aria-describedby': error.id },
    make('legend', { class: 'field__label' }, `Choisir ${an}`),
    error,
    list
  )
  const caption = fieldsOf([
    {
      name: 'caption',
      label: 'Légende (facultative)',
      hint: 'Elle se lit sous l’image, par exemple pour dire qui l’a prise. Le texte alternatif, lui, est celui de la médiathèque.',
      value: current?.caption ?? ''
    }
  ])
  let shown: FileChoice[] = []
  let chosen = current?.id
  let asked = 0

  const radios = (): HTMLInputElement[] => [...list.querySelectorAll<HTMLInputElement>('input')]
  const show = async (): Promise<void> => {
    asked += 1
    const mine = asked
    const kept = search.value.trim() === '' && current ? await findFile(current.id) : undefined
    const found = await searchFiles(kind, search.value.trim())
    // Another answer is on its way.
    if (mine !== asked) return
    const first = typeof kept === 'object' ? [kept] : []
    shown = [...first, ...(found ?? []).filter((file) => file.id !== first[0]?.id)]
    const wasInList = list.contains(document.activeElement)
    list.replaceChildren(...shown.map((file) => option(file, id, file.id === chosen)))
    // Who was quicker than the answer is not sent back to the top of the page.
    if (wasInList) (radios()[0] ?? search).focus()
    status.replaceChildren(sentence(found))
  }
  const sentence = (found: FileChoice[] | undefined): string => {
    if (!found) return 'La médiathèque ne répond pas. Vérifiez la connexion, puis cherchez de nouveau.'
    // No more come at once: src/media/choices-routes.ts.
    if (found.length === 20) return `20 ${one}s, ${newest} d’abord. Un mot plus précis en montrera d’autres.`
    if (shown.length > 0) return shown.length === 1 ? `1 ${one}` : `${shown.length} ${one}s`
    return `${none}. Un fichier s’ajoute d’abord dans la médiathèque.`
  }

  let pause: ReturnType<typeof setTimeout> | undefined
  search.addEventListener('input', () => {
    clearTimeout(pause)
    pause = setTimeout(show, typingPause)
  })
  search.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    // Looks for the words: nothing is chosen yet.
    event.preventDefault()
    clearTimeout(pause)
    void show()
  })
  list.addEventListener('change', () => {
    chosen = Number(radios().find((radio) => radio.checked)?.value)
    error.hidden = true
    choice.classList.remove('field--invalid')
  })
  void show()

  const answer = await openDialog({
    title: current ? `Modifier ${the}` : `Ajouter ${an}`,
    submit: current ? 'Enregistrer' : `Ajouter ${the}`,
    remove: current && `Retirer ${the}`,
    content: [
      make(
        'div',
        { class: 'field' },
        make('label', { class: 'field__label', for: search.id }, 'Chercher dans la médiathèque'),
        make('div', { class: 'field__control' }, search),
        status
      ),
      choice,
      ...(kind === 'image' ? caption.content : [])
    ],
    answer() {
      const file = shown.find((candidate) => candidate.id === chosen)
      const answers = caption.answer()
      if (file && answers) return { id: file.id, title: file.title, caption: answers.caption ?? '' }
      error.replaceChildren(
        make('span', { class: 'visually-hidden' }, 'Erreur\u00a0: '),
        shown.length > 0 ? `Choisissez ${an} de la liste.` : `Cherchez ${an}, puis choisissez dans la liste.`
      )
      error.hidden = false
      choice.classList.add('field--invalid')
      ;(radios()[0] ?? search).focus()
      return undefined
    }
  })
  clearTimeout(pause)
  return answer
}

function option(file: FileChoice, name: string, isChosen: boolean): HTMLElement {
  const radio = make('input', { class: 'choice__input', type: 'radio', name, value: String(file.id) })
  radio.checked = isChosen
  return make('label', { class: 'editor-file' }, radio, picture(file), fileWords(file))
}

/** A small picture of a file, or the room of one. */
export function picture(file: Pick<FileChoice, 'thumbnail'> | undefined): HTMLElement {
  const frame = make('span', { class: 'editor-file__picture' })
  if (file?.thumbnail) frame.append(make('img', { src: file.thumbnail, alt: '', loading: 'lazy', draggable: 'false' }))
  return frame
}

export function fileWords(file: FileChoice): HTMLElement {
  return make(
    'span',
    { class: 'editor-file__words' },
    make('span', { class: 'editor-file__title' }, file.title),
    ' ',
    make('span', { class: 'editor-file__facts' }, file.type),
    ...(file.note ? [' ', make('span', { class: 'editor-file__note' }, file.note)] : [])
  )
}
