/**
 * The rich text editor: takes the place of a `<textarea data-rich-text>` that holds HTML. The textarea stays in the form, out of
 * sight, and always holds the HTML of the moment; it says « input » at each change, so that the rest of the page needs to know
 * nothing of the editor.
 */
import { baseKeymap, chainCommands } from 'prosemirror-commands'
import { gapCursor } from 'prosemirror-gapcursor'
import { history, redo, undo } from 'prosemirror-history'
import { InputRule, inputRules, undoInputRule, wrappingInputRule } from 'prosemirror-inputrules'
import { keymap } from 'prosemirror-keymap'
import { DOMParser, type Node } from 'prosemirror-model'
import { liftListItem, sinkListItem, splitListItem } from 'prosemirror-schema-list'
import { type Command, EditorState, Plugin, TextSelection, type Transaction } from 'prosemirror-state'
import { goToNextCell, tableEditing } from 'prosemirror-tables'
import { EditorView, type NodeViewConstructor } from 'prosemirror-view'
import { looksLikeHtml, plainTextToHtml } from '../web/rich-text-schema.ts'
import { blockView, editSelectedBlock, selectedBlock, sentenceOn, typeBelow } from './blocks.ts'
import { toggleEmphasis, toggleHeading, toggleList, toggleQuote, toggleStrong } from './commands.ts'
import { make } from './elements.ts'
import { readHtml } from './html.ts'
import { cleanPaste } from './paste.ts'
import { nodes, schema, toHtml } from './schema.ts'
import { editCaption, editLink, makeToolbar, otherShortcuts, shortcuts, type Toolbar } from './toolbar.ts'

const imagesNotKept =
  'Les images collées ne sont pas gardées\u00a0: envoyez-les dans la médiathèque, puis choisissez «\u00a0Image\u00a0».'

/** Replaces one field; what site.js calls for each element of the page that carries `data-rich-text`. */
export function attach(field: HTMLTextAreaElement): void {
  const [label] = field.labels
  const id = field.id || `rich-text-${field.name}`
  const name = label?.firstChild?.textContent?.trim() || 'texte'
  const note = make('p', { class: 'editor__note', role: 'status' })
  const toolbar = makeToolbar(name, id)
  // The toolbar stays in sight over the text, and not over what follows it.
  const frame = make('div', {}, toolbar.element)
  const editor = make('div', { class: 'editor' }, frame)
  const say = (sentence: string): void => note.replaceChildren(sentence)

  const view = new EditorView(frame, {
    state: stateOf(field.value, toolbar),
    attributes: attributesOf(field, id, label),
    nodeViews: {
      table: tableView,
      image: blockView,
      video: blockView,
      document: blockView,
      key_figure: blockView
    },
    handleTextInput: (_view, _from, _to, text) => typeBelow(view, text),
    transformPastedHTML(html) {
      const { html: clean, images } = cleanPaste(html)
      say(images > 0 ? imagesNotKept : '')
      return clean
    },
    handlePaste(_view, event) {
      if (!hasImagesOnly(event.clipboardData)) return false
      say(imagesNotKept)
      return true
    },
    handleDOMEvents: {
      drop(_view, event) {
        if (!event.dataTransfer?.files.length) return false
        // The browser would leave the page to open the file.
        event.preventDefault()
        say(imagesNotKept)
        return true
      }
    },
    // The line where one writes stays clear of what stands at the top and at the foot of the screen.
    scrollThreshold: { top: 160, bottom: 120, left: 5, right: 5 },
    scrollMargin: { top: 160, bottom: 120, left: 5, right: 5 },
    dispatchTransaction(transaction) {
      const before = selectedBlock(view.state)
      view.updateState(view.state.apply(transaction))
      const block = selectedBlock(view.state)
      if (block !== before) say(block ? sentenceOn(block) : '')
      if (!transaction.docChanged) return
      write(field, toHtml(view.state.doc))
    }
  })

  view.dom.style.setProperty('--rows', String(field.rows))
  editor.append(note, help())
  // Its address in the page, and so the links of the error summary, lead to what can be typed in.
  field.removeAttribute('id')
  field.hidden = true
  field.required = false
  field.after(editor)
  if (label) {
    label.removeAttribute('for')
    label.addEventListener('click', () => view.focus())
  }
  if (!looksLikeHtml(field.value)) field.value = toHtml(view.state.doc)
  toolbar.update(view)
  stayBelow(editor)
  if (location.hash === `#${id}`) view.focus()
}

/** Where the page has a bar that stays at the top of the screen, the toolbar stays under it. */
function stayBelow(editor: HTMLElement): void {
  const bar = document.querySelector('[data-stays-above]')
  if (!bar) return
  new ResizeObserver(() => {
    const height = getComputedStyle(bar).position === 'sticky' ? bar.getBoundingClientRect().height : 0
    editor.style.setProperty('--stays-above', `${height}px`)
  }).observe(bar)
}

function write(field: HTMLTextAreaElement, html: string): void {
  if (field.value === html) return
  field.value = html
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

function attributesOf(
  field: HTMLTextAreaElement,
  id: string,
  label: HTMLLabelElement | undefined
): Record<string, string> {
  if (label) label.id ||= `${id}-label`
  const described = field.getAttribute('aria-describedby')
  return {
    id,
    class: 'editor__text prose',
    role: 'textbox',
    'aria-multiline': 'true',
    ...(label ? { 'aria-labelledby': label.id } : { 'aria-label': field.getAttribute('aria-label') ?? field.name }),
    ...(described && { 'aria-describedby': described }),
    ...(field.required && { 'aria-required': 'true' }),
    ...(field.getAttribute('aria-invalid') === 'true' && { 'aria-invalid': 'true' })
  }
}

function documentOf(value: string): Node {
  const html = looksLikeHtml(value) ? value : plainTextToHtml(value)
  return DOMParser.fromSchema(schema).parse(readHtml(html).body)
}

function stateOf(value: string, toolbar: Toolbar): EditorState {
  const state = EditorState.create({
    doc: documentOf(value),
    plugins: [
      inputRules({ rules: typing }),
      keymap(keys(toolbar)),
      keymap(baseKeymap),
      leaveTable(),
      tableEditing(),
      gapCursor(),
      history(),
      new Plugin({ view: () => ({ update: (view) => toolbar.update(view) }) }),
      new Plugin({ appendTransaction: (_transactions, _old, after) => endWithParagraph(after) })
    ]
  })
  const ended = endWithParagraph(state)
  return ended ? state.apply(ended) : state
}

/** After a table or a quotation there is always a line to go on with. */
function endWithParagraph(state: EditorState): Transaction | null {
  if (state.doc.lastChild?.type === nodes.paragraph) return null
  return state.tr.insert(state.doc.content.size, nodes.paragraph.create()).setMeta('addToHistory', false)
}

/** The typography of French as one types: Backspace right after takes it back. */
const typing = [
  wrappingInputRule(/^\s*[-*•]\s$/, nodes.bullet_list),
  wrappingInputRule(
    /^(\d+)[.)]\s$/,
    nodes.ordered_list,
    (match) => ({ order: Number(match[1]) }),
    (match, list) => list.childCount + Number(list.attrs.order) === Number(match[1])
  ),
  new InputRule(/'$/, '’'),
  new InputRule(/\.\.\.$/, '…'),
  new InputRule(/ [;:!?»]$/, (state, [typed], start, end) => state.tr.insertText(`\u00a0${typed.trim()}`, start, end)),
  new InputRule(/« $/, '«\u00a0'),
  new InputRule(/(?<=^|[\s(])"$/, '«\u00a0'),
  new InputRule(/"$/, '\u00a0»')
]

function keys(toolbar: Toolbar): Record<string, Command> {
  const newLine: Command = (state, dispatch) => {
    if (!state.selection.$from.parent.inlineContent) return false
    dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView())
    return true
  }
  return {
    'Mod-b': toggleStrong,
    'Mod-i': toggleEmphasis,
    'Mod-k': editLink,
    'Mod-z': undo,
    'Mod-y': redo,
    'Mod-Shift-z': redo,
    'Shift-Mod-2': toggleHeading(2),
    'Shift-Mod-3': toggleHeading(3),
    'Shift-Mod-4': toggleHeading(4),
    'Shift-Mod-7': toggleList(nodes.ordered_list),
    'Shift-Mod-8': toggleList(nodes.bullet_list),
    'Shift-Mod-9': toggleQuote,
    'Alt-Shift-ArrowRight': sinkListItem(nodes.list_item),
    'Alt-Shift-ArrowLeft': liftListItem(nodes.list_item),
    Enter: chainCommands(editSelectedBlock, splitListItem(nodes.list_item)),
    'Shift-Enter': newLine,
    'Mod-Enter': newLine,
    Backspace: undoInputRule,
    'Alt-F10': () => {
      toolbar.focus()
      return true
    }
  }
}

/** Tab goes from cell to cell and leaves after the last one; Escape lets it leave from anywhere. */
function leaveTable(): Plugin {
  let isLeaving = false
  return new Plugin({
    props: {
      handleKeyDown(view, event) {
        if (event.key === 'Escape') {
          isLeaving = true
          return false
        }
        if (event.key === 'Shift') return false
        const isStep = event.key === 'Tab' && !isLeaving && !event.ctrlKey && !event.altKey && !event.metaKey
        isLeaving = false
        return isStep && goToNextCell(event.shiftKey ? -1 : 1)(view.state, view.dispatch)
      },
      handleDOMEvents: {
        blur() {
          isLeaving = false
          return false
        }
      }
    }
  })
}

/** A table with its title, which is changed in a dialog. */
const tableView: NodeViewConstructor = (first, view, position) => {
  let node = first
  const caption = make('caption', { contenteditable: 'false' })
  const body = make('tbody')
  const dom = make('table', {}, caption, body)
  const tell = (): void => caption.replaceChildren((node.attrs.caption as string) || 'Tableau sans titre')
  tell()
  caption.addEventListener('click', () => {
    const at = position()
    if (at === undefined) return
    const { state } = view
    const place = state.doc.resolve(at + 3)
    view.dispatch(state.tr.setSelection(TextSelection.near(place)))
    editCaption(view.state, view.dispatch, view)
  })
  return {
    dom,
    contentDOM: body,
    update(next) {
      if (next.type !== node.type) return false
      node = next
      tell()
      return true
    },
    ignoreMutation: (mutation) => mutation.type !== 'selection' && caption.contains(mutation.target)
  }
}

function hasImagesOnly(data: DataTransfer | null): boolean {
  return (
    data !== null && data.files.length > 0 && !data.types.includes('text/html') && !data.types.includes('text/plain')
  )
}

function help(): HTMLElement {
  const list = make('dl', { class: 'editor__shortcuts' })
  for (const [pressed, words] of [...shortcuts(), ...otherShortcuts]) {
    list.append(make('div', {}, make('dt', {}, make('kbd', {}, pressed)), make('dd', {}, words)))
  }
  return make('details', { class: 'editor__help' }, make('summary', {}, 'Raccourcis clavier'), list)
}
