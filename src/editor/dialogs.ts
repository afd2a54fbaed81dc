/** The questions of the editor, in the browser's own dialog: it keeps the focus, and Escape closes it. */
import { isAllowedAddress, isLanguage } from '../web/rich-text-schema.ts'
import type { TableShape } from './commands.ts'
import { make } from './elements.ts'

export interface Field {
  name: string
  label: string
  hint?: string
  value?: string
  type?: 'text' | 'number' | 'checkbox'
  choices?: [value: string, words: string][]
  /** A sentence when the answer will not do. */
  check?: (value: string, answers: Answers) => string | undefined
}

export type Answers = Record<string, string>
type Control = HTMLInputElement | HTMLSelectElement

interface Question {
  title: string
  submit: string
  fields: Field[]
  /** The words of a button that takes away what is there. */
  remove?: string | undefined
}

let count = 0

interface DialogParts<Answer> {
  title: string
  submit: string
  /** The words of a button that takes away what is there. */
  remove?: string | undefined
  content: HTMLElement[]
  /** What was answered; undefined while something is to be corrected, and then told. */
  answer(): Answer | undefined
}

/** What was answered, `remove` if that was chosen, or undefined if the dialog was closed. The first field has the focus. */
export function openDialog<Answer>(parts: DialogParts<Answer>): Promise<Answer | 'remove' | undefined> {
  const title = make('h2', { class: 'editor-dialog__title', id: nextId('question') }, parts.title)
  const cancel = make('button', { class: 'button button--quiet button--small', type: 'button' }, 'Annuler')
  const remove =
    parts.remove && make('button', { class: 'button button--danger button--small', type: 'button' }, parts.remove)
  const form = make(
    'form',
    { class: 'form', method: 'dialog', novalidate: '' },
    ...parts.content,
    make(
      'div',
      { class: 'actions' },
      make('button', { class: 'button button--small', type: 'submit' }, parts.submit),
      ...(remove ? [remove] : []),
      cancel
    )
  )
  const dialog = make('dialog', { class: 'editor-dialog', 'aria-labelledby': title.id }, title, form)
  // Outside the form of the page: a form cannot hold another.
  document.body.append(dialog)
  return new Promise((answered) => {
    // Not left to the « close » event, which comes later: what is typed next must go to the text.
    const end = (answer?: Answer | 'remove'): void => {
      dialog.close()
      dialog.remove()
      answered(answer)
    }
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      const answer = parts.answer()
      if (answer !== undefined) end(answer)
    })
    cancel.addEventListener('click', () => end())
    if (remove) remove.addEventListener('click', () => end('remove'))
    dialog.addEventListener('close', () => end())
    dialog.showModal()
    form.querySelector<HTMLElement>('input, select, button')?.focus()
  })
}

export function nextId(name: string): string {
  count += 1
  return `${name}-${count}`
}

/** The fields of a question, and what they answer once all will do. */
export function fieldsOf(fields: Field[]): { content: HTMLElement[]; answer(): Answers | undefined } {
  const id = nextId('field')
  const controls = fields.map((field) => ({ field, control: makeControl(field, `${id}-${field.name}`) }))
  return {
    content: controls.map(({ field, control }) => dressed(field, control)),
    answer() {
      const answers = Object.fromEntries(controls.map(({ field, control }) => [field.name, answerOf(control)]))
      const refused = controls.filter(({ field, control }) => !tell(control, field.check?.(answerOf(control), answers)))
      refused[0]?.control.focus()
      return refused[0] ? undefined : answers
    }
  }
}

function ask({ fields, ...question }: Question): Promise<Answers | 'remove' | undefined> {
  return openDialog({ ...question, ...fieldsOf(fields) })
}

function makeControl(field: Field, id: string): Control {
  if (field.choices) {
    const options = field.choices.map(([value, words]) => make('option', { value }, words))
    const select = make('select', { class: 'field__input', id, name: field.name }, ...options)
    select.value = field.value ?? ''
    return select
  }
  const type = field.type ?? 'text'
  const input = make('input', {
    class: type === 'checkbox' ? 'choice__input' : 'field__input',
    id,
    name: field.name,
    type
  })
  if (type === 'checkbox') input.checked = field.value === 'on'
  else input.value = field.value ?? ''
  if (type === 'number') input.min = '1'
  if (type !== 'checkbox') input.autocomplete = 'off'
  return input
}

function dressed(field: Field, control: Control): HTMLElement {
  const label = make(
    'label',
    { class: field.type === 'checkbox' ? 'choice__label' : 'field__label', for: control.id },
    field.label
  )
  if (field.type === 'checkbox') return make('div', { class: 'choice' }, control, label)
  const hint =
    field.hint === undefined ? [] : [make('p', { class: 'field__hint', id: `${control.id}-hint` }, field.hint)]
  const error = make('p', { class: 'field__error', id: `${control.id}-error` })
  error.hidden = true
  control.setAttribute('aria-describedby', [...hint, error].map((element) => element.id).join(' '))
  return make('div', { class: 'field' }, label, ...hint, error, make('div', { class: 'field__control' }, control))
}

function answerOf(control: Control): string {
  if (control.type === 'checkbox') return (control as HTMLInputElement).checked ? 'on' : ''
  return control.value.trim()
}

/** Shows or takes away the error of a field; whether there is none. */
function tell(control: Control, message: string | undefined): boolean {
  const error = document.getElementById(`${control.id}-error`)
  if (error) {
    error.hidden = message === undefined
    error.replaceChildren(
      ...(message === undefined ? [] : [make('span', { class: 'visually-hidden' }, 'Erreur\u00a0: '), message])
    )
  }
  control.closest('.field')?.classList.toggle('field--invalid', message !== undefined)
  if (message === undefined) control.removeAttribute('aria-invalid')
  else control.setAttribute('aria-invalid', 'true')
  return message === undefined
}

/** An address as it was meant: without its scheme, of a mailbox, or of a page of this very site. */
export function completeAddress(typed: string): string {
  const address = typed.trim().replaceAll(' ', '%20')
  if (/^[^\s@/:]+@[^\s@/:]+\.[a-z]{2,}$/i.test(address)) return `mailto:${address}`
  if (/^(www\.|[a-z0-9-]+(\.[a-z0-9-]+)*\.(fr|com|org|net|eu|info|gouv)(\/|$))/i.test(address))
    return `https://${address}`
  return address.startsWith(`${location.origin}/`) ? address.slice(location.origin.length) : address
}

export interface LinkAnswer {
  href: string
  words: string
}

/** Asks for the address of a link, and for its words where none are selected. */
export async function askLink(current: {
  href: string
  hasWords: boolean
}): Promise<LinkAnswer | 'remove' | undefined> {
  const words: Field = {
    name: 'words',
    label: 'Texte du lien',
    hint: 'Ce que l’on lit\u00a0: il dit où mène le lien, même lu seul.',
    check: (value) => (value === '' ? 'Écrivez le texte du lien.' : undefined)
  }
  const answer = await ask({
    title: current.href ? 'Modifier le lien' : 'Ajouter un lien',
    submit: current.href ? 'Modifier le lien' : 'Ajouter le lien',
    remove: current.href ? 'Retirer le lien' : undefined,
    fields: [
      ...(current.hasWords ? [] : [words]),
      {
        name: 'href',
        label: 'Adresse',
        hint: 'Une page du web (https://…), une adresse électronique, un téléphone (tel:…) ou une page de ce site (/actions/…).',
        value: current.href,
        check: (value) => {
          if (value === '') return 'Écrivez l’adresse où mène le lien.'
          if (isAllowedAddress(completeAddress(value))) return undefined
          return 'Écrivez une adresse qui commence par https://, http://, mailto:, tel: ou, pour une page de ce site, par une barre oblique\u00a0(/).'
        }
      }
    ]
  })
  if (answer === undefined || answer === 'remove') return answer
  return { href: completeAddress(answer.href ?? ''), words: answer.words ?? '' }
}

const languages: [string, string][] = [
  ['en', 'Anglais'],
  ['de', 'Allemand'],
  ['ar', 'Arabe'],
  ['zh', 'Chinois'],
  ['es', 'Espagnol'],
  ['it', 'Italien'],
  ['la', 'Latin'],
  ['nl', 'Néerlandais'],
  ['pl', 'Polonais'],
  ['pt', 'Portugais'],
  ['ro', 'Roumain'],
  ['ru', 'Russe'],
  ['ta', 'Tamoul'],
  ['tr', 'Turc'],
  ['uk', 'Ukrainien'],
  ['vi', 'Vietnamien']
]

/** Asks in which language a passage is. */
export async function askLanguage(current: string): Promise<{ lang: string } | 'remove' | undefined> {
  const isListed = current === '' || languages.some(([code]) => code === current)
  const answer = await ask({
    title: 'Langue du passage',
    submit: 'Choisir cette langue',
    remove: current ? 'Revenir au français' : undefined,
    fields: [
      {
        name: 'language',
        label: 'Langue',
        hint: 'Les lecteurs d’écran prononcent alors le passage comme il faut.',
        value: isListed ? current || 'en' : 'other',
        choices: [...languages, ['other', 'Une autre langue']]
      },
      {
        name: 'code',
        label: 'Code de l’autre langue',
        hint: 'En deux ou trois lettres, par exemple «\u00a0eu\u00a0» pour le basque.',
        value: isListed ? '' : current,
        check: (value, { language }) =>
          language !== 'other' || isLanguage(value)
            ? undefined
            : 'Écrivez le code de la langue, par exemple «\u00a0eu\u00a0».'
      }
    ]
  })
  if (answer === undefined || answer === 'remove') return answer
  return { lang: (answer.language === 'other' ? answer.code : answer.language) ?? '' }
}

const captionField = (value: string): Field => ({
  name: 'caption',
  label: 'Titre du tableau',
  hint: 'Il dit ce que le tableau présente, par exemple «\u00a0Horaires d’ouverture par équipement\u00a0».',
  value,
  check: (typed) => (typed === '' ? 'Écrivez le titre du tableau.' : undefined)
})

const sizeField = (name: string, label: string, value: string, most: number): Field => ({
  name,
  label,
  value,
  type: 'number',
  check: (typed) =>
    /^\d+$/.test(typed) && Number(typed) >= 1 && Number(typed) <= most ? undefined : `Écrivez un nombre de 1 à ${most}.`
})

/** Asks for the title, the size and the headers of a new table. */
export async function askTable(): Promise<TableShape | undefined> {
  const answer = await ask({
    title: 'Ajouter un tableau',
    submit: 'Ajouter le tableau',
    fields: [
      captionField(''),
      sizeField('columns', 'Nombre de colonnes', '3', 8),
      sizeField('rows', 'Nombre de lignes, titres compris', '3', 50),
      { name: 'titlesColumns', label: 'La première ligne donne le titre des colonnes', type: 'checkbox', value: 'on' },
      { name: 'titlesRows', label: 'La première colonne donne le titre des lignes', type: 'checkbox', value: '' }
    ]
  })
  if (answer === undefined || answer === 'remove') return undefined
  return {
    caption: answer.caption ?? '',
    columns: Number(answer.columns),
    rows: Number(answer.rows),
    titlesColumns: answer.titlesColumns === 'on',
    titlesRows: answer.titlesRows === 'on'
  }
}

export interface KeyFigure {
  value: string
  words: string
}

/** Asks for a figure and for what it counts. */
export async function askKeyFigure(current: KeyFigure | undefined): Promise<KeyFigure | 'remove' | undefined> {
  const answer = await ask({
    title: current ? 'Modifier le chiffre clé' : 'Ajouter un chiffre clé',
    submit: current ? 'Enregistrer le chiffre clé' : 'Ajouter le chiffre clé',
    remove: current && 'Retirer le chiffre clé',
    fields: [
      {
        name: 'value',
        label: 'Chiffre',
        hint: 'Avec son unité, par exemple «\u00a093\u00a0%\u00a0» ou «\u00a01 sur 3\u00a0».',
        value: current?.value ?? '',
        check: (typed) => {
          if (typed === '') return 'Écrivez le chiffre.'
          return typed.length > 20 ? 'Écrivez le chiffre en 20 caractères au plus.' : undefined
        }
      },
      {
        name: 'words',
        label: 'Ce qu’il mesure',
        hint: 'La suite de la phrase, par exemple «\u00a0des agents ont répondu au questionnaire\u00a0».',
        value: current?.words ?? '',
        check: (typed) => (typed === '' ? 'Écrivez ce que le chiffre mesure.' : undefined)
      }
    ]
  })
  if (answer === undefined || answer === 'remove') return answer
  return { value: (answer.value ?? '').replace(/(\d) (?=%|€)/g, '$1\u00a0'), words: answer.words ?? '' }
}

/** Asks for the title of the table where the cursor is. */
export async function askCaption(current: string): Promise<string | undefined> {
  const answer = await ask({
    title: 'Titre du tableau',
    submit: 'Enregistrer le titre',
    fields: [captionField(current)]
  })
  return answer === undefined || answer === 'remove' ? undefined : answer.caption
}
