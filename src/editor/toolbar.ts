/** The toolbar: one stop of the Tab key, arrows inside, as screen readers expect of `role=toolbar` (ARIA practices). */
import { toggleMark } from 'prosemirror-commands'
import { redo, undo } from 'prosemirror-history'
import type { NodeType } from 'prosemirror-model'
import { liftListItem, sinkListItem } from 'prosemirror-schema-list'
import type { Command, EditorState } from 'prosemirror-state'
import {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  deleteColumn,
  deleteRow,
  deleteTable
} from 'prosemirror-tables'
import type { EditorView } from 'prosemirror-view'
import { editBlock, editSelectedBlock, removeBlock, selectedBlock } from './blocks.ts'
import {
  around,
  hasHeaders,
  hasMark,
  insertTable,
  setCaption,
  setMark,
  stretchOf,
  toggleEmphasis,
  toggleHeaders,
  toggleHeading,
  toggleList,
  toggleQuote,
  toggleStrong,
  toggleSuperscript
} from './commands.ts'
import { askCaption, askLanguage, askLink, askTable } from './dialogs.ts'
import { icon, make } from './elements.ts'
import { marks, nodes } from './schema.ts'

/** A button that acts at once says its command; one that first asks something says what it does then. */
interface Tool {
  words: string
  /** Where the words are short: they are in it, for those who speak to their computer. */
  name?: string
  drawing: string
  /** Its drawing is understood without words, where room is scarce. */
  plain?: boolean
  /** As people read it on their keyboard. */
  shortcut?: string
  command: Command
  isOn?: (state: EditorState) => boolean
  /** Opens a dialog. */
  ask?: boolean
}

interface Group {
  name: string
  tools: Tool[]
  /** Seen only where it serves. */
  isUseful?: (state: EditorState) => boolean
}

const isInTable = (state: EditorState): boolean => around(state, nodes.table) !== undefined
const isList = (type: typeof nodes.bullet_list) => (state: EditorState) =>
  around(state, nodes.bullet_list, nodes.ordered_list)?.node.type === type

/** Asks for an address, or changes the one of the link where the cursor is. */
export const editLink: Command = (state, dispatch, view) => {
  if (!toggleMark(marks.link)(state)) return false
  if (dispatch && view) {
    const current = stretchOf(state, marks.link)
    const hasWords = current !== undefined || !state.selection.empty
    void askLink({ href: (current?.attrs.href as string | undefined) ?? '', hasWords }).then((answer) => {
      if (answer === 'remove') setMark(marks.link, null)(view.state, view.dispatch)
      else if (answer) setMark(marks.link, { href: answer.href }, answer.words)(view.state, view.dispatch)
      view.focus()
    })
  }
  return true
}

const editLanguage: Command = (state, dispatch, view) => {
  const current = stretchOf(state, marks.language)
  if ((state.selection.empty && !current) || selectedBlock(state)) return false
  if (dispatch && view) {
    void askLanguage((current?.attrs.lang as string | undefined) ?? '').then((answer) => {
      if (answer) setMark(marks.language, answer === 'remove' ? null : answer)(view.state, view.dispatch)
      view.focus()
    })
  }
  return true
}

const addTable: Command = (state, dispatch, view) => {
  // It would take the place of a block that is selected.
  if (around(state, nodes.table, nodes.list_item, nodes.blockquote) || selectedBlock(state)) return false
  if (dispatch && view) {
    void askTable().then((shape) => {
      if (shape) insertTable(shape)(view.state, view.dispatch)
      view.focus()
    })
  }
  return true
}

/** Asks for the title of the table where the cursor is. */
export const editCaption: Command = (state, dispatch, view) => {
  const table = around(state, nodes.table)
  if (!table) return false
  if (dispatch && view) {
    void askCaption(table.node.attrs.caption as string).then((caption) => {
      if (caption !== undefined) setCaption(caption)(view.state, view.dispatch)
      view.focus()
    })
  }
  return true
}

const blockTool = (type: NodeType, words: string, drawing: string): Tool => ({
  words,
  drawing,
  command: editBlock(type),
  isOn: (state) => selectedBlock(state)?.type === type,
  ask: true
})

const headingTool = (level: number, drawing: string): Tool => ({
  words: `Titre ${level}`,
  drawing: `M4 5v14M12 5v14M4 12h8${drawing}`,
  shortcut: `Ctrl+Maj+${level}`,
  command: toggleHeading(level),
  isOn: (state) => state.selection.$from.parent.hasMarkup(nodes.heading, { level })
})

const groups: Group[] = [
  {
    name: 'Caractères',
    tools: [
      {
        words: 'Gras',
        plain: true,
        drawing: 'M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z',
        shortcut: 'Ctrl+B',
        command: toggleStrong,
        isOn: (state) => hasMark(state, marks.strong)
      },
      {
        words: 'Italique',
        plain: true,
        drawing: 'M10 5h8M6 19h8M14 5l-4 14',
        shortcut: 'Ctrl+I',
        command: toggleEmphasis,
        isOn: (state) => hasMark(state, marks.emphasis)
      },
      {
        words: 'Exposant',
        plain: true,
        drawing: 'M4 8l8 10M12 8 4 18M16 5.5a2 2 0 1 1 3.5 1.3L16 11h4',
        command: toggleSuperscript,
        isOn: (state) => hasMark(state, marks.superscript)
      },
      {
        words: 'Lien',
        drawing: 'M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 6 6l1-1',
        shortcut: 'Ctrl+K',
        command: editLink,
        isOn: (state) => stretchOf(state, marks.link) !== undefined,
        ask: true
      }
    ]
  },
  {
    name: 'Titres',
    tools: [
      headingTool(2, 'M16 13a2 2 0 1 1 3.5 1.3L16 19h4'),
      headingTool(3, 'M16 12h4l-2 2.5a2.2 2.2 0 1 1-2 3.3'),
      headingTool(4, 'M19 19v-7l-4 5h6')
    ]
  },
  {
    name: 'Paragraphes',
    tools: [
      {
        words: 'Liste à puces',
        drawing: 'M9 6h12M9 12h12M9 18h12M4 6h.01M4 12h.01M4 18h.01',
        shortcut: 'Ctrl+Maj+8',
        command: toggleList(nodes.bullet_list),
        isOn: isList(nodes.bullet_list)
      },
      {
        words: 'Liste numérotée',
        drawing: 'M10 6h11M10 12h11M10 18h11M3 5l2-1v5M3 14.5a1.3 1.3 0 1 1 2.3.9L3 18.5h3',
        shortcut: 'Ctrl+Maj+7',
        command: toggleList(nodes.ordered_list),
        isOn: isList(nodes.ordered_list)
      },
      {
        words: 'Citation',
        drawing: 'M4 12h5v6H4zm0 0c0-4 1.5-6 4-6.5M14 12h5v6h-5zm0 0c0-4 1.5-6 4-6.5',
        shortcut: 'Ctrl+Maj+9',
        command: toggleQuote,
        isOn: (state) => around(state, nodes.blockquote) !== undefined
      },
      { words: 'Tableau', drawing: 'M3 5h18v14H3zM3 10h18M9 5v14M15 5v14', command: addTable, ask: true }
    ]
  },
  {
    name: 'Médias et chiffres',
    tools: [
      blockTool(nodes.image, 'Image', 'M3 5h18v14H3zM3 16l5-5 4 4 3-3 6 6M15.5 8.5h.01'),
      blockTool(nodes.video, 'Vidéo', 'M3 6h12v12H3zM15 10.5l6-3.5v10l-6-3.5'),
      blockTool(nodes.document, 'Document', 'M6 3h8l5 5v13H6zM14 3v5h5M9 13h7M9 17h7'),
      blockTool(
        nodes.key_figure,
        'Chiffre clé',
        'M5 19 19 5M7.5 5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M16.5 14a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5'
      )
    ]
  },
  {
    name: 'Niveaux de liste',
    tools: [
      {
        words: 'Plus à droite',
        plain: true,
        name: 'Un niveau plus à droite',
        drawing: 'M10 6h11M10 12h11M10 18h11M3 8l4 4-4 4',
        shortcut: 'Alt+Maj+→',
        command: sinkListItem(nodes.list_item)
      },
      {
        words: 'Plus à gauche',
        plain: true,
        name: 'Un niveau plus à gauche',
        drawing: 'M10 6h11M10 12h11M10 18h11M7 8l-4 4 4 4',
        shortcut: 'Alt+Maj+←',
        command: liftListItem(nodes.list_item)
      }
    ]
  },
  {
    name: 'Langue et retours',
    tools: [
      {
        words: 'Langue',
        name: 'Langue du passage',
        drawing: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18',
        command: editLanguage,
        isOn: (state) => stretchOf(state, marks.language) !== undefined,
        ask: true
      },
      {
        words: 'Annuler',
        plain: true,
        drawing: 'M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3',
        shortcut: 'Ctrl+Z',
        command: undo
      },
      {
        words: 'Rétablir',
        plain: true,
        drawing: 'm15 14 5-5-5-5M20 9H10a6 6 0 0 0 0 12h3',
        shortcut: 'Ctrl+Y',
        command: redo
      }
    ]
  },
  {
    name: 'Bloc choisi',
    isUseful: (state) => selectedBlock(state) !== undefined,
    tools: [
      {
        words: 'Modifier',
        name: 'Modifier ce bloc',
        drawing: 'M4 20h4L19 9l-4-4L4 16zM13 7l4 4',
        shortcut: 'Entrée',
        command: editSelectedBlock,
        ask: true
      },
      {
        words: 'Retirer',
        name: 'Retirer ce bloc',
        drawing: 'M5 7h14M10 4h4M7 7l1 13h8l1-13M10 11v5M14 11v5',
        shortcut: 'Suppr',
        command: removeBlock
      }
    ]
  },
  {
    name: 'Tableau',
    isUseful: isInTable,
    tools: [
      { words: 'Titre du tableau', drawing: 'M4 4h16M12 4v4M3 11h18v9H3zM3 15h18', command: editCaption, ask: true },
      {
        words: 'Titres de colonnes',
        name: 'Titres de colonnes (première ligne)',
        drawing: 'M3 5h18v14H3zM3 10h18M3 6.5h18M3 8.5h18',
        command: toggleHeaders('row'),
        isOn: (state) => hasHeaders(state, 'row')
      },
      {
        words: 'Titres de lignes',
        name: 'Titres de lignes (première colonne)',
        drawing: 'M3 5h18v14H3zM9 5v14M5 5v14M7 5v14',
        command: toggleHeaders('column'),
        isOn: (state) => hasHeaders(state, 'column')
      },
      {
        words: 'Ligne au-dessus',
        name: 'Ajouter une ligne au-dessus',
        drawing: 'M3 14h18v6H3zM12 3v7M8.5 6.5h7',
        command: addRowBefore
      },
      {
        words: 'Ligne au-dessous',
        name: 'Ajouter une ligne au-dessous',
        drawing: 'M3 4h18v6H3zM12 14v7M8.5 17.5h7',
        command: addRowAfter
      },
      {
        words: 'Colonne à gauche',
        name: 'Ajouter une colonne à gauche',
        drawing: 'M14 3h6v18h-6zM3 12h7M6.5 8.5v7',
        command: addColumnBefore
      },
      {
        words: 'Colonne à droite',
        name: 'Ajouter une colonne à droite',
        drawing: 'M4 3h6v18H4zM14 12h7M17.5 8.5v7',
        command: addColumnAfter
      },
      { words: 'Supprimer la ligne', drawing: 'M3 4h18v6H3zM9 14l6 6M15 14l-6 6', command: deleteRow },
      { words: 'Supprimer la colonne', drawing: 'M4 3h6v18H4zM14 9l6 6M20 9l-6 6', command: deleteColumn },
      { words: 'Supprimer le tableau', drawing: 'M5 7h14M10 4h4M7 7l1 13h8l1-13M10 11v5M14 11v5', command: deleteTable }
    ]
  }
]

/** Those that are listed below the text, beside what the toolbar says. */
export const otherShortcuts: [string, string][] = [
  ['← et →', 'Choisir l’image, la vidéo, le document ou le chiffre clé qui est à côté, dans le texte'],
  ['Alt+F10', 'Aller à la barre de mise en forme'],
  ['Échap', 'Revenir au texte\u00a0; dans un tableau, Échap puis Tab en sort'],
  ['← et →', 'Passer d’un bouton à l’autre, dans la barre'],
  ['Maj+Entrée', 'Aller à la ligne sans changer de paragraphe'],
  ['Tab', 'Quitter le texte\u00a0; dans un tableau, passer à la cellule suivante']
]

/** The words and the keys of every tool that has some. */
export function shortcuts(): [string, string][] {
  return groups.flatMap((group) =>
    group.tools.flatMap(({ shortcut, name, words }): [string, string][] =>
      shortcut ? [[shortcut, name ?? words]] : []
    )
  )
}

export interface Toolbar {
  element: HTMLElement
  /** Tells the buttons what is true where the cursor is. */
  update(view: EditorView): void
  focus(): void
}

export function makeToolbar(name: string, textId: string): Toolbar {
  const element = make('div', {
    class: 'editor__toolbar',
    role: 'toolbar',
    'aria-label': `Mise en forme\u00a0: ${name}`,
    'aria-controls': textId
  })
  const shown = groups.map((group) => ({
    group,
    element: make('div', { class: 'editor__group', role: 'group', 'aria-label': group.name }),
    tools: group.tools.map((tool) => ({ tool, button: buttonOf(tool) }))
  }))
  for (const { element: box, tools } of shown) {
    box.append(...tools.map(({ button }) => button))
    element.append(box)
  }
  const buttons = (): HTMLElement[] =>
    shown.flatMap(({ element: box, tools }) => (box.hidden ? [] : tools.map(({ button }) => button)))
  const choose = (button: HTMLElement | undefined): void => {
    if (!button) return
    for (const { tools } of shown) for (const { button: other } of tools) other.tabIndex = other === button ? 0 : -1
  }
  choose(buttons()[0])
  let current: EditorView | undefined

  for (const { tools } of shown) {
    for (const { tool, button } of tools) {
      // The text keeps the cursor while its buttons are pressed.
      button.addEventListener('mousedown', (event) => event.preventDefault())
      button.addEventListener('focus', () => choose(button))
      button.addEventListener('click', (event) => {
        if (!current || button.getAttribute('aria-disabled') === 'true') return
        tool.command(current.state, current.dispatch, current)
        // By keyboard one stays in the toolbar, as everywhere; a dialog gives the focus back itself.
        const isByPointer = event.detail > 0
        if (!tool.ask && (isByPointer || button.closest('[hidden]'))) current.focus()
      })
    }
  }

  element.addEventListener('keydown', (event) => {
    const all = buttons()
    const index = all.indexOf(document.activeElement as HTMLElement)
    const target = {
      ArrowRight: all[(index + 1) % all.length],
      ArrowLeft: all[(index - 1 + all.length) % all.length],
      Home: all[0],
      End: all.at(-1)
    }[event.key]
    if (event.key === 'Escape') current?.focus()
    else if (target && !event.ctrlKey && !event.altKey && !event.metaKey) target.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  })

  return {
    element,
    update(view) {
      current = view
      for (const { group, element: box, tools } of shown) {
        box.hidden = group.isUseful !== undefined && !group.isUseful(view.state)
        if (box.hidden) continue
        for (const { tool, button } of tools) {
          // Not `disabled`: a button that goes dead under the finger would lose the focus.
          setAttribute(button, 'aria-disabled', String(!tool.command(view.state, undefined, view)))
          if (tool.isOn) setAttribute(button, 'aria-pressed', String(tool.isOn(view.state)))
        }
      }
      const all = buttons()
      if (!all.some((button) => button.tabIndex === 0)) choose(all[0])
    },
    focus: () =>
      buttons()
        .find((button) => button.tabIndex === 0)
        ?.focus()
  }
}

function buttonOf(tool: Tool): HTMLButtonElement {
  const name = tool.name ?? tool.words
  const attributes = {
    'aria-label': name,
    class: tool.plain ? 'editor__tool editor__tool--plain' : 'editor__tool',
    type: 'button',
    tabindex: '-1',
    title: tool.shortcut ? `${name} (${tool.shortcut})` : name,
    ...(tool.ask && { 'aria-haspopup': 'dialog' }),
    ...(tool.isOn && { 'aria-pressed': 'false' })
  }
  return make('button', attributes, icon(tool.drawing), make('span', { class: 'editor__words' }, tool.words))
}

/** Screen readers hear every write: only what changes is written. */
function setAttribute(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value)
}
