/** The document of the editor: what src/web/rich-text-schema.ts allows, and nothing else. */
import { type DOMOutputSpec, DOMSerializer, type Node, type NodeSpec, Schema } from 'prosemirror-model'
import { isAllowedAddress, isFileNumber, isLanguage, type RichTextTag } from '../web/rich-text-schema.ts'

/** A tag that the server keeps: one that it would drop does not compile. */
function tag(name: RichTextTag, attributes: Record<string, string> = {}): DOMOutputSpec {
  return [name, attributes, 0]
}

const cell = {
  content: '(paragraph | bullet_list | ordered_list)+',
  isolating: true,
  // What prosemirror-tables expects. Cells are never merged: a merged cell is a riddle for a screen reader.
  attrs: { colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null } }
} as const

const whole = { group: 'block', atom: true, selectable: true } as const
const file = { id: { validate: 'number' }, title: { default: '', validate: 'string' } } as const

/** A file of which the text keeps the title, so that it says something wherever it is read. */
function namedFile(attribute: 'data-video' | 'data-document'): NodeSpec {
  return {
    ...whole,
    attrs: file,
    parseDOM: [
      {
        tag: `p[${attribute}]`,
        priority: 60,
        getAttrs: (paragraph) => fileOf(paragraph, attribute, { title: oneLine(paragraph) })
      }
    ],
    toDOM: ({ attrs: { id, title } }) => ['p', { [attribute]: String(id) }, title]
  }
}

function fileOf<Words extends object>(
  element: HTMLElement,
  attribute: string,
  words: Words
): (Words & { id: number }) | false {
  const id = element.getAttribute(attribute) ?? ''
  return isFileNumber(id) && { id: Number(id), ...words }
}

function keyFigureOf(paragraph: HTMLElement): { value: string; words: string } | false {
  const [first] = paragraph.childNodes
  if (!(first instanceof Element) || first.localName !== 'strong') return false
  const value = oneLine(first)
  const words = oneLine(paragraph).slice(value.length).trim()
  return value !== '' && words !== '' && { value, words }
}

function oneLine(element: Element): string {
  return element.textContent.replaceAll(/[ \t\r\n]+/g, ' ').trim()
}

const heading = (level: number, tags: string[]) => tags.map((name) => ({ tag: name, attrs: { level } }))
const headingTags = { 2: 'h2', 3: 'h3', 4: 'h4' } as const

export const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: { group: 'block', content: 'inline*', parseDOM: [{ tag: 'p' }], toDOM: () => tag('p') },
    heading: {
      group: 'block',
      content: 'inline*',
      // Bold inside a heading says nothing more.
      marks: 'link language emphasis superscript',
      attrs: { level: { default: 2, validate: 'number' } },
      defining: true,
      parseDOM: [...heading(2, ['h1', 'h2']), ...heading(3, ['h3']), ...heading(4, ['h4', 'h5', 'h6'])],
      toDOM: (node) => tag(headingTags[node.attrs.level as 2 | 3 | 4])
    },
    bullet_list: { group: 'block', content: 'list_item+', parseDOM: [{ tag: 'ul' }], toDOM: () => tag('ul') },
    ordered_list: {
      group: 'block',
      content: 'list_item+',
      attrs: { order: { default: 1, validate: 'number' } },
      parseDOM: [{ tag: 'ol', getAttrs: (list) => ({ order: Number(list.getAttribute('start')) || 1 }) }],
      toDOM: (node) => tag('ol', node.attrs.order === 1 ? {} : { start: String(node.attrs.order) })
    },
    list_item: {
      content: 'paragraph (paragraph | bullet_list | ordered_list)*',
      defining: true,
      parseDOM: [{ tag: 'li' }],
      toDOM: () => tag('li')
    },
    blockquote: {
      group: 'block',
      content: '(paragraph | bullet_list | ordered_list)+',
      defining: true,
      parseDOM: [{ tag: 'blockquote' }],
      toDOM: () => tag('blockquote')
    },
    table: {
      group: 'block',
      content: 'table_row+',
      tableRole: 'table',
      isolating: true,
      attrs: { caption: { default: '', validate: 'string' } },
      parseDOM: [
        {
          tag: 'table',
          getAttrs: (table) => ({
            caption: table.querySelector(':scope > caption')?.textContent.replace(/\s+/g, ' ').trim() ?? ''
          })
        },
        // It is an attribute of its table.
        { tag: 'caption', ignore: true }
      ],
      toDOM: (node) => {
        const { caption } = node.attrs as { caption: string }
        return caption ? ['table', ['caption', caption], tag('tbody')] : ['table', tag('tbody')]
      }
    },
    table_row: {
      content: '(table_cell | table_header)+',
      tableRole: 'row',
      parseDOM: [{ tag: 'tr' }],
      toDOM: () => tag('tr')
    },
    table_cell: { ...cell, tableRole: 'cell', parseDOM: [{ tag: 'td' }], toDOM: () => tag('td') },
    table_header: { ...cell, tableRole: 'header_cell', parseDOM: [{ tag: 'th' }], toDOM: () => tag('th') },
    // Files and key figures are one piece, changed in their dialog; only `doc` holds them.
    image: {
      ...whole,
      attrs: { ...file, caption: { default: '', validate: 'string' } },
      parseDOM: [
        {
          tag: 'figure[data-image]',
          getAttrs: (figure) => fileOf(figure, 'data-image', { title: '', caption: oneLine(figure) })
        }
      ],
      toDOM: ({ attrs: { id, caption } }) => {
        const figure = { 'data-image': String(id) }
        return caption ? ['figure', figure, ['figcaption', caption]] : ['figure', figure]
      }
    },
    video: namedFile('data-video'),
    document: namedFile('data-document'),
    key_figure: {
      ...whole,
      attrs: { value: { validate: 'string' }, words: { validate: 'string' } },
      parseDOM: [{ tag: 'p[data-key-figure]', priority: 60, getAttrs: keyFigureOf }],
      toDOM: ({ attrs: { value, words } }) => ['p', { 'data-key-figure': '' }, ['strong', value], ` ${words}`]
    },
    hard_break: { group: 'inline', inline: true, selectable: false, parseDOM: [{ tag: 'br' }], toDOM: () => ['br'] },
    text: { group: 'inline' }
  },
  // Their order is that of their nesting.
  marks: {
    link: {
      attrs: { href: { validate: 'string' } },
      inclusive: false,
      parseDOM: [{ tag: 'a[href]', getAttrs: (link) => addressOf(link.getAttribute('href') ?? '') }],
      toDOM: (mark) => tag('a', { href: mark.attrs.href as string })
    },
    language: {
      attrs: { lang: { validate: 'string' } },
      inclusive: false,
      parseDOM: [{ tag: 'span[lang]', getAttrs: (span) => languageOf(span.getAttribute('lang') ?? '') }],
      toDOM: (mark) => tag('span', { lang: mark.attrs.lang as string })
    },
    strong: { parseDOM: [{ tag: 'strong' }, { tag: 'b' }], toDOM: () => tag('strong') },
    emphasis: { parseDOM: [{ tag: 'em' }, { tag: 'i' }], toDOM: () => tag('em') },
    superscript: { parseDOM: [{ tag: 'sup' }], toDOM: () => tag('sup') }
  }
})

/** One of the document's own kinds of block or of mark, by its name. */
export const nodes = schema.nodes
export const marks = schema.marks

function addressOf(href: string): { href: string } | false {
  return isAllowedAddress(href) ? { href } : false
}

function languageOf(lang: string): { lang: string } | false {
  return isLanguage(lang) ? { lang } : false
}

const serializer = DOMSerializer.fromSchema(schema)

/**
 * The document as HTML, letter for letter as the sanitiser of the server writes it. Blocks without words are not
 * content; a list item or a cell of one paragraph holds its words without it.
 */
export function toHtml(document_: Node): string {
  const fragment = serializer.serializeFragment(document_.content, { document })
  dropEmpty(fragment)
  for (const item of fragment.querySelectorAll('li, th, td')) unwrapOnlyParagraph(item)
  for (const table of fragment.querySelectorAll('table')) tellScopes(table)
  return [...fragment.childNodes].map(write).join('')
}

function dropEmpty(fragment: DocumentFragment | HTMLElement): void {
  for (const block of [...fragment.querySelectorAll('p, h2, h3, h4, ul, ol, li, blockquote')].reverse()) {
    const startsItem = block.localName === 'p' && block.parentElement?.localName === 'li' && block.nextElementSibling
    // A paragraph with an attribute stands for a file.
    if (block.textContent?.trim() === '' && !startsItem && !(block.localName === 'p' && block.hasAttributes()))
      block.remove()
  }
}

function unwrapOnlyParagraph(item: Element): void {
  const [first, ...others] = item.children
  // An item with no words before its own list keeps their place, or the list could not be told from that of the item.
  if (first?.textContent?.trim() === '' && others.length > 0) return
  if (first?.localName !== 'p' || others.some((other) => other.localName === 'p')) return
  first.replaceWith(...first.childNodes)
}

/** A first row made of headers only titles its columns; any other header titles its row. */
function tellScopes(table: HTMLTableElement): void {
  for (const [index, row] of [...table.rows].entries()) {
    const titlesColumns = index === 0 && [...row.cells].every((cell) => cell.localName === 'th')
    for (const header of row.querySelectorAll('th')) header.setAttribute('scope', titlesColumns ? 'col' : 'row')
  }
}

function write(node: globalThis.Node): string {
  if (node instanceof Text) return escapeText(node.data)
  if (!(node instanceof Element)) return ''
  const attributes = [...node.attributes].map(({ name, value }) =>
    value === '' ? ` ${name}` : ` ${name}="${escapeText(value).replaceAll('"', '&quot;')}"`
  )
  const start = `<${node.localName}${attributes.join('')}>`
  return node.localName === 'br' ? start : `${start}${[...node.childNodes].map(write).join('')}</${node.localName}>`
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
