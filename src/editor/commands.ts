/** What the buttons and the shortcuts do to the text. */
import { lift, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands'
import type { Attrs, MarkType, Node, NodeType } from 'prosemirror-model'
import { liftListItem, wrapInList } from 'prosemirror-schema-list'
import { type Command, type EditorState, TextSelection } from 'prosemirror-state'
import { marks, nodes } from './schema.ts'

export interface Place {
  node: Node
  position: number
}

/** The nearest block of some kinds around the selection. */
export function around(state: EditorState, ...types: (NodeType | undefined)[]): Place | undefined {
  const { $from } = state.selection
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth)
    if (types.includes(node.type)) return { node, position: $from.before(depth) }
  }
  return undefined
}

export function hasMark(state: EditorState, type: MarkType): boolean {
  const { empty, $from, from, to } = state.selection
  if (empty) return type.isInSet(state.storedMarks ?? $from.marks()) !== undefined
  return state.doc.rangeHasMark(from, to, type)
}

/** A heading, or a paragraph again where it is one already. */
export function toggleHeading(level: number): Command {
  return (state, dispatch) => {
    const isOn = state.selection.$from.parent.hasMarkup(nodes.heading, { level })
    return setBlockType(isOn ? nodes.paragraph : nodes.heading, isOn ? null : { level })(state, dispatch)
  }
}

/** A list, a list of the other kind where there is one, or no list any more. */
export function toggleList(type: NodeType): Command {
  return (state, dispatch, view) => {
    const list = around(state, nodes.bullet_list, nodes.ordered_list)
    if (list?.node.type === type) return liftListItem(nodes.list_item)(state, dispatch)
    if (list) {
      dispatch?.(state.tr.setNodeMarkup(list.position, type))
      return true
    }
    if (state.selection.$from.parent.type !== nodes.heading) return wrapInList(type)(state, dispatch)
    // A list holds paragraphs: a heading becomes one first.
    if (!setBlockType(nodes.paragraph)(state, dispatch)) return false
    if (view && dispatch) wrapInList(type)(view.state, dispatch)
    return true
  }
}

/** A quotation, or none any more. */
export const toggleQuote: Command = (state, dispatch, view) =>
  (around(state, nodes.blockquote) ? lift : wrapIn(nodes.blockquote))(state, dispatch, view)

/** Where the selection begins: with everything selected, that is not where the cursor is. */
function firstTextblock(state: EditorState): Place | undefined {
  const { from, to, $from } = state.selection
  if ($from.parent.isTextblock) return { node: $from.parent, position: $from.before() }
  let found: Place | undefined
  state.doc.nodesBetween(from, to, (node, position) => {
    if (node.isTextblock) found ??= { node, position }
    return found === undefined
  })
  return found
}

/** The whole stretch of one mark around the cursor: a link is changed whole. */
export function stretchOf(state: EditorState, type: MarkType): { from: number; to: number; attrs: Attrs } | undefined {
  const { from, to, empty } = state.selection
  const block = firstTextblock(state)
  if (!block) return undefined
  let start = block.position + 1
  const parts: { from: number; to: number; attrs: Attrs }[] = []
  block.node.forEach((child) => {
    const mark = type.isInSet(child.marks)
    const end = start + child.nodeSize
    const previous = parts.at(-1)
    if (mark && previous && previous.to === start && mark.eq(type.create(previous.attrs))) previous.to = end
    else if (mark) parts.push({ from: start, to: end, attrs: mark.attrs })
    start = end
  })
  return parts.find((part) => (empty ? part.from <= from && part.to >= from : part.from < to && part.to > from))
}

/** Puts a mark on the selection, or on the stretch where the cursor is; with no words there, writes some. */
export function setMark(type: MarkType, attrs: Attrs | null, words = ''): Command {
  return (state, dispatch) => {
    const stretch = stretchOf(state, type)
    const { from, to, empty } = state.selection
    const range =
      empty || stretch
        ? { from: Math.min(stretch?.from ?? from, from), to: Math.max(stretch?.to ?? to, to) }
        : { from, to }
    const transaction = state.tr
    if (attrs && range.from === range.to) {
      const text = words || String(attrs.href ?? '')
      if (text === '') return false
      const mark = type.create(attrs)
      transaction.replaceSelectionWith(state.schema.text(text, [...state.selection.$from.marks(), mark]), false)
    } else {
      transaction.removeMark(range.from, range.to, type)
      if (attrs) transaction.addMark(range.from, range.to, type.create(attrs))
    }
    dispatch?.(transaction.removeStoredMark(type).scrollIntoView())
    return true
  }
}

export interface TableShape {
  caption: string
  rows: number
  columns: number
  titlesColumns: boolean
  titlesRows: boolean
}

export function insertTable({ caption, rows, columns, titlesColumns, titlesRows }: TableShape): Command {
  return (state, dispatch) => {
    if (around(state, nodes.table, nodes.list_item, nodes.blockquote)) return false
    const table = nodes.table.create(
      { caption },
      Array.from({ length: rows }, (_row, row) =>
        nodes.table_row.create(
          null,
          Array.from({ length: columns }, (_cell, column) => {
            const isHeader = (titlesColumns && row === 0) || (titlesRows && column === 0)
            return (isHeader ? nodes.table_header : nodes.table_cell).createAndFill() ?? []
          }).flat()
        )
      )
    )
    const transaction = state.tr.replaceSelectionWith(table)
    // The cursor goes to the first cell.
    let position = -1
    transaction.doc.descendants((node, at) => {
      if (node === table) position = at
      return position < 0
    })
    if (position >= 0) transaction.setSelection(TextSelection.near(transaction.doc.resolve(position + 1)))
    dispatch?.(transaction.scrollIntoView())
    return true
  }
}

type Headers = 'row' | 'column'

/** Whether the first row titles the columns, or the first column titles the rows. */
export function hasHeaders(state: EditorState, which: Headers): boolean {
  const cells = firstCells(state, which)
  // The corner belongs to the others as well.
  return cells.length > 0 && cells.slice(cells.length > 1 ? 1 : 0).every(({ node }) => node.type === nodes.table_header)
}

/** Makes headers of the first row or column, or ordinary cells again; the corner stays a header while one of them has some. */
export function toggleHeaders(which: Headers): Command {
  return (state, dispatch) => {
    const cells = firstCells(state, which)
    if (cells.length === 0) return false
    const isOn = hasHeaders(state, which)
    const isOtherOn = hasHeaders(state, which === 'row' ? 'column' : 'row')
    const transaction = state.tr
    for (const [index, { node, position }] of cells.entries()) {
      const type = isOn && !(index === 0 && isOtherOn) ? nodes.table_cell : nodes.table_header
      transaction.setNodeMarkup(position, type, node.attrs)
    }
    dispatch?.(transaction)
    return true
  }
}

function firstCells(state: EditorState, which: Headers): Place[] {
  const cells: Place[] = []
  const table = around(state, nodes.table)
  table?.node.forEach((row, rowOffset, rowIndex) => {
    row.forEach((node, offset, index) => {
      const position = table.position + rowOffset + offset + 2
      if ((which === 'row' ? rowIndex : index) === 0) cells.push({ node, position })
    })
  })
  return cells
}

export function setCaption(caption: string): Command {
  return (state, dispatch) => {
    const table = around(state, nodes.table)
    if (!table) return false
    dispatch?.(state.tr.setNodeMarkup(table.position, null, { ...table.node.attrs, caption }))
    return true
  }
}

export const toggleStrong = toggleMark(marks.strong)
export const toggleEmphasis = toggleMark(marks.emphasis)
export const toggleSuperscript = toggleMark(marks.superscript)
