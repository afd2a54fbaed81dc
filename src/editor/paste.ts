/**
 * What is pasted from Word, Outlook, LibreOffice, Google Docs or a web page, reduced to meaning before ProseMirror reads it:
 * styles become bold or italic, the paragraphs that Word dresses as lists become lists, and the rest of the dress goes.
 */
import { readHtml } from './html.ts'

export interface Pasted {
  html: string
  /** How many images were left out. */
  images: number
}

const dropped =
  'style, script, meta, link, title, template, noscript, iframe, object, embed, audio, video, canvas, input, select, textarea, button, hr, colgroup, col'
const pictures = 'img, picture, svg, v\\:shape, v\\:imagedata'

/** The HTML of a clipboard, cleaned. What comes from this editor, or one of its kind, is left as it is. */
export function cleanPaste(html: string): Pasted {
  if (/\bdata-pm-slice=/.test(html)) return { html: setStylesAside(html), images: 0 }
  const isFromOffice = /mso-|urn:schemas-microsoft-com|LibreOffice|OpenOffice/i.test(html)
  const { body } = readHtml(setStylesAside(html))
  for (const comment of commentsIn(body)) comment.remove()
  const images = body.querySelectorAll('img, svg').length
  for (const element of body.querySelectorAll(`${dropped}, ${pictures}`)) element.remove()
  for (const element of body.querySelectorAll('[data-dress]')) {
    if (/(?<![\w-])display:\s*none|mso-hide:\s*all/i.test(styleOf(element))) element.remove()
  }
  // Google Docs wraps all it copies in a bold that is not bold.
  for (const bold of body.querySelectorAll('b, strong')) {
    if (/(?<![\w-])font-weight:\s*(normal|[1-4]00)/i.test(styleOf(bold))) bold.replaceWith(...bold.childNodes)
  }
  rebuildWordLists(body)
  tellMeaningOfStyles(body)
  for (const element of [...body.querySelectorAll('*')]) {
    // « o:p », « st1:place »… hold words, and mean nothing.
    if (element.localName.includes(':')) element.replaceWith(...element.childNodes)
  }
  lowerHeadings(body)
  for (const table of body.querySelectorAll('table')) splitMergedCells(table)
  for (const link of body.querySelectorAll('a')) cleanLink(link)
  for (const element of body.querySelectorAll('*')) keepAttributes(element, isFromOffice)
  tidySpaces(body)
  return { html: body.innerHTML, images }
}

/**
 * Styles are read to know what was bold or a list, but never as styles: the security policy of the site refuses inline ones even
 * in a document that nobody sees, and would say so in the console at each paste.
 */
function setStylesAside(html: string): string {
  return html
    .replaceAll(/<style\b.*?<\/style\s*>/gis, '')
    .replaceAll(/<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi, (tag) => tag.replaceAll(/(\s)style(?=\s*=)/gi, '$1data-dress'))
}

function styleOf(element: Element): string {
  return element.getAttribute('data-dress') ?? ''
}

function commentsIn(root: Element): Comment[] {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_COMMENT)
  const comments: Comment[] = []
  while (walker.nextNode()) comments.push(walker.currentNode as Comment)
  return comments
}

interface WordItem {
  paragraph: Element
  list: string
  level: number
  ordered: boolean
  start: number
}

/** Word writes a list as paragraphs whose style names the list and the level, and whose first words are the bullet. */
function rebuildWordLists(body: HTMLElement): void {
  const items = [...body.querySelectorAll('p, div, h1, h2, h3, h4, h5, h6')].flatMap((paragraph) => {
    const found = /mso-list:\s*(l\d+)\s+level(\d+)/i.exec(styleOf(paragraph))
    const marker = [...paragraph.querySelectorAll('[data-dress]')].find((span) =>
      /mso-list:\s*ignore/i.test(styleOf(span))
    )
    const sign = marker?.textContent.trim() ?? ''
    marker?.remove()
    if (!found || /^h\d$/.test(paragraph.localName)) return []
    const ordered = /^\(?(\d+|[a-z]{1,2}|[ivxlcdm]+)[.)°]/i.test(sign)
    return [
      { paragraph, list: found[1] ?? '', level: Number(found[2]), ordered, start: Number.parseInt(sign, 10) || 1 }
    ]
  })
  let open: { list: HTMLElement; id: string; level: number; ordered: boolean }[] = []
  let last: Element | undefined
  for (const item of items) {
    const follows = last !== undefined && previousElement(item.paragraph) === last
    if (!follows) open = []
    while (open.length > 0 && (open.at(-1)?.level ?? 0) > item.level) open.pop()
    const current = open.at(-1)
    if (
      current &&
      current.level === item.level &&
      (current.ordered !== item.ordered || (open.length === 1 && current.id !== item.list))
    )
      open.pop()
    if (open.at(-1)?.level !== item.level) open.push(openList(body.ownerDocument, item, open.at(-1)?.list))
    const { list } = open.at(-1) ?? { list: body }
    const line = body.ownerDocument.createElement('li')
    line.append(...item.paragraph.childNodes)
    list.append(line)
    last = open[0]?.list
    item.paragraph.remove()
  }
}

/** The list of an item: inside the last item of the list above it, or in the place of its paragraph. */
function openList(
  document_: Document,
  item: WordItem,
  above: HTMLElement | undefined
): { list: HTMLElement; id: string; level: number; ordered: boolean } {
  const list = document_.createElement(item.ordered ? 'ol' : 'ul')
  if (item.ordered && item.start > 1) list.setAttribute('start', String(item.start))
  if (above?.lastElementChild) above.lastElementChild.append(list)
  else item.paragraph.before(list)
  return { list, id: item.list, level: item.level, ordered: item.ordered }
}

function previousElement(element: Element): Element | null {
  // Words that stand between two elements part them.
  for (let node = element.previousSibling; node; node = node.previousSibling) {
    if (node instanceof Element || node.nodeType === 1) return node as Element
    if (node.textContent?.trim()) return null
  }
  return null
}

const meanings: [RegExp, string][] = [
  [/(?<![\w-])font-weight:\s*(bold|bolder|[6-9]00)/i, 'strong'],
  [/(?<![\w-])font-style:\s*(italic|oblique)/i, 'em'],
  [/(?<![\w-])vertical-align:\s*super/i, 'sup']
]

/** Bold, italic and superscript that are only said by a style. */
function tellMeaningOfStyles(body: HTMLElement): void {
  for (const element of body.querySelectorAll('span, a, font')) {
    for (const [style, name] of meanings) {
      if (!style.test(styleOf(element)) || element.closest(name)) continue
      const wrapper = body.ownerDocument.createElement(name)
      wrapper.append(...element.childNodes)
      element.append(wrapper)
    }
  }
}

/** The page has its own h1: titles pasted with one all go down one level, so that they stay below each other. */
function lowerHeadings(body: HTMLElement): void {
  if (!body.querySelector('h1')) return
  for (const heading of [...body.querySelectorAll('h1, h2, h3, h4, h5, h6')]) {
    const lower = body.ownerDocument.createElement(`h${Math.min(4, Number(heading.localName[1]) + 1)}`)
    lower.append(...heading.childNodes)
    heading.replaceWith(lower)
  }
}

/** A merged cell becomes itself and empty ones, so that columns stay columns; a header row said by Word is one. */
function splitMergedCells(table: HTMLTableElement): void {
  const owed: number[] = []
  for (const row of table.rows) {
    let column = 0
    const fillOwed = (before: Element | null): void => {
      while ((owed[column] ?? 0) > 0) {
        owed[column] = (owed[column] ?? 0) - 1
        row.insertBefore(table.ownerDocument.createElement('td'), before)
        column += 1
      }
    }
    for (const cell of [...row.cells]) {
      fillOwed(cell)
      const { colSpan, rowSpan } = cell
      for (let index = 0; index < colSpan; index += 1) {
        if (index > 0) row.insertBefore(table.ownerDocument.createElement(cell.localName), cell.nextSibling)
        owed[column + index] = rowSpan - 1
      }
      column += colSpan
    }
    fillOwed(null)
    if (row.parentElement?.localName === 'thead') {
      for (const cell of [...row.cells].filter(({ localName }) => localName === 'td')) {
        const header = table.ownerDocument.createElement('th')
        header.append(...cell.childNodes)
        cell.replaceWith(header)
      }
    }
  }
}

function cleanLink(link: HTMLAnchorElement): void {
  const address = link.getAttribute('href')?.trim() ?? ''
  // Bookmarks and notes of the document that was copied lead nowhere here.
  if (address === '' || address.startsWith('#')) {
    link.replaceWith(...link.childNodes)
    return
  }
  // Google Docs sends readers through itself.
  const target = /^https:\/\/www\.google\.com\/url\?/.test(address) ? new URL(address).searchParams.get('q') : null
  link.setAttribute('href', (target ?? address).replaceAll(' ', '%20'))
}

function keepAttributes(element: Element, isFromOffice: boolean): void {
  for (const { name, value } of [...element.attributes]) {
    const isKept =
      (element.localName === 'a' && name === 'href') ||
      (element.localName === 'ol' && name === 'start') ||
      // Office marks the language of its spelling checker on everything; elsewhere somebody meant it.
      (element.localName === 'span' && name === 'lang' && !isFromOffice && !/^fr\b/i.test(value))
    if (!isKept) element.removeAttribute(name)
  }
}

const blocks = new Set('P H1 H2 H3 H4 H5 H6 UL OL LI BLOCKQUOTE TABLE DIV'.split(' '))

/** Empty paragraphs and line breaks that only make white space, and runs of no-break spaces. */
function tidySpaces(body: HTMLElement): void {
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode as Text
    const tidy = text.data
      .replaceAll(/[ \u00a0]*\u00a0[ \u00a0]+|[ \u00a0]+\u00a0[ \u00a0]*/g, ' ')
      .replaceAll('\u00ad', '')
    if (tidy !== text.data) text.data = tidy
  }
  for (const line of [...body.querySelectorAll('br')]) {
    const isBetweenBlocks = [line.previousElementSibling, line.nextElementSibling].some(
      (other) => other && blocks.has(other.tagName)
    )
    if (isBetweenBlocks && !hasWordsBeside(line)) line.remove()
  }
  for (const paragraph of [...body.querySelectorAll('p, h1, h2, h3, h4, h5, h6, div')]) {
    if (paragraph.textContent.trim() === '' && !paragraph.querySelector('table')) paragraph.remove()
  }
}

function hasWordsBeside(line: Element): boolean {
  const isWord = (node: ChildNode | null): boolean =>
    node !== null && node.nodeType === 3 && node.textContent?.trim() !== ''
  return isWord(line.previousSibling) || isWord(line.nextSibling)
}
