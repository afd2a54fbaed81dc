/** The blocks that stand for something else than words: files of the media library, and key figures. */
import { closeHistory } from 'prosemirror-history'
import type { Node, NodeType } from 'prosemirror-model'
import { type Command, type EditorState, NodeSelection, Selection, TextSelection } from 'prosemirror-state'
import type { EditorView, NodeViewConstructor } from 'prosemirror-view'
import { askKeyFigure, type KeyFigure } from './dialogs.ts'
import { make } from './elements.ts'
import { askFile, type FileAnswer, fileWords, picture } from './file-dialog.ts'
import { type FileKind, findFile } from './files.ts'
import { nodes } from './schema.ts'

const kinds = new Map<NodeType, { kind: FileKind | 'figure'; label: string }>([
  [nodes.image, { kind: 'image', label: 'Image' }],
  [nodes.video, { kind: 'video', label: 'Vidéo' }],
  [nodes.document, { kind: 'document', label: 'Document' }],
  [nodes.key_figure, { kind: 'figure', label: 'Chiffre clé' }]
])

/** The block that is selected as a whole. */
export function selectedBlock(state: EditorState): Node | undefined {
  const { selection } = state
  return selection instanceof NodeSelection && kinds.has(selection.node.type) ? selection.node : undefined
}

/** Asks what the block shows, and puts it in the text; changes the one that is selected, if it is of this kind. */
export function editBlock(type: NodeType): Command {
  return (state, dispatch, view) => {
    if (!kinds.has(type)) return false
    const selected = selectedBlock(state)
    if (dispatch && view) {
      void askBlock(type, selected?.type === type ? selected : undefined).then((answer) => {
        if (answer === 'remove') removeBlock(view.state, view.dispatch)
        else if (answer) putBlock(type.create(answer))(view.state, view.dispatch)
        view.focus()
      })
    }
    return true
  }
}

function askBlock(type: NodeType, current: Node | undefined): Promise<FileAnswer | KeyFigure | 'remove' | undefined> {
  const kind = kinds.get(type)?.kind ?? 'figure'
  return kind === 'figure'
    ? askKeyFigure(current?.attrs as KeyFigure | undefined)
    : askFile(kind, current?.attrs as FileAnswer | undefined)
}

/** Changes the block that is selected. */
export const editSelectedBlock: Command = (state, dispatch, view) => {
  const selected = selectedBlock(state)
  return selected ? editBlock(selected.type)(state, dispatch, view) : false
}

/** Takes the selected block away; the cursor stays where it was. */
export const removeBlock: Command = (state, dispatch) => {
  if (!selectedBlock(state)) return false
  const transaction = state.tr.deleteSelection()
  // In words, before or after: the next block is not selected unasked, to be taken away by the same key pressed twice.
  const place = transaction.doc.resolve(Math.min(state.selection.from, transaction.doc.content.size))
  const words = Selection.findFrom(place, -1, true) ?? Selection.findFrom(place, 1, true)
  if (words) transaction.setSelection(words)
  dispatch?.(transaction.scrollIntoView())
  return true
}

/** In the place of the selected block of the same kind, of an empty paragraph, or after the block where the cursor is. */
function putBlock(node: Node): Command {
  return (state, dispatch) => {
    const transaction = state.tr
    const { selection } = state
    if (selectedBlock(state)?.type === node.type) {
      transaction.replaceSelectionWith(node)
      transaction.setSelection(NodeSelection.create(transaction.doc, selection.from))
    } else {
      const { $to } = selection
      const isEmptyLine = $to.depth === 1 && $to.parent.type === nodes.paragraph && $to.parent.content.size === 0
      const from = isEmptyLine ? $to.before(1) : $to.depth > 0 ? $to.after(1) : selection.to
      const to = isEmptyLine ? $to.after(1) : from
      const isFollowed = transaction.doc.resolve(to).nodeAfter?.isTextblock
      transaction.replaceWith(from, to, isFollowed ? node : [node, nodes.paragraph.create()])
      // One goes on writing below it.
      transaction.setSelection(TextSelection.near(transaction.doc.resolve(from + node.nodeSize)))
    }
    // Undone alone, however fast one goes on.
    dispatch?.(closeHistory(transaction.scrollIntoView()))
    return true
  }
}

/** What is typed while a block is selected goes below it: a key pressed by mistake takes nothing away. */
export function typeBelow(view: EditorView, text: string): boolean {
  if (!selectedBlock(view.state)) return false
  const { to } = view.state.selection
  const transaction = view.state.tr.insert(to, nodes.paragraph.create(null, view.state.schema.text(text)))
  transaction.setSelection(TextSelection.create(transaction.doc, to + 1 + text.length))
  view.dispatch(transaction.scrollIntoView())
  return true
}

/** What to tell of the block that was just selected, to those who do not see its frame. */
export function sentenceOn(block: Node): string {
  const label = kinds.get(block.type)?.label ?? ''
  return `${label}\u00a0: Entrée pour modifier, Suppr pour retirer.`
}

/** What those hear who do not see the picture. */
function alternativeOf(kind: string, alt: string | null): HTMLElement[] {
  if (kind !== 'image' || alt === null) return []
  const words = alt === '' ? 'Image décorative' : `Texte alternatif\u00a0: ${alt}`
  return [make('span', { class: 'editor-block__alternative' }, words)]
}

/** A block as it is seen while one writes. */
export const blockView: NodeViewConstructor = (first, view, position) => {
  let node = first
  const { kind, label } = kinds.get(node.type) ?? { kind: 'figure', label: '' }
  const dom = make('div', { class: `editor-block editor-block--${kind}` })
  const show = (): void => {
    if (kind === 'figure') {
      dom.replaceChildren(
        make('strong', { class: 'key-figure__value' }, node.attrs.value as string),
        ' ',
        make('span', { class: 'key-figure__words' }, node.attrs.words as string)
      )
      return
    }
    const shown = node
    const { title, caption } = node.attrs as { title: string; caption?: string }
    const legend = caption ? [make('span', { class: 'editor-block__caption' }, caption)] : []
    const tell = (...content: HTMLElement[]): void =>
      dom.replaceChildren(make('span', { class: 'editor-block__kind' }, label), ...content, ...legend)
    tell(make('span', { class: 'editor-file__title' }, title))
    void findFile(node.attrs.id as number).then((file) => {
      if (node !== shown) return
      if (typeof file === 'object') tell(picture(file), fileWords(file), ...alternativeOf(kind, file.alt))
      else if (file === 'gone') {
        const gone = 'Ce fichier n’est plus dans la médiathèque\u00a0: choisissez-en un autre, ou retirez ce bloc.'
        tell(make('span', { class: 'editor-file__note' }, gone))
      }
    })
  }
  show()
  dom.addEventListener('dblclick', () => {
    const at = position()
    if (at === undefined) return
    view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, at)))
    editSelectedBlock(view.state, view.dispatch, view)
  })
  return {
    dom,
    update(next) {
      if (next.type !== node.type) return false
      if (!next.eq(node)) {
        node = next
        show()
      }
      return true
    },
    // What it shows comes when the site has answered: none of it is text.
    ignoreMutation: () => true
  }
}
