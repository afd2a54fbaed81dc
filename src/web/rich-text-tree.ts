/**
 * A cleaned text as a tree, for what must look at its blocks. Words and attributes stay letter for letter as they are stored,
 * so that a text that was read and written again is the same.
 */

export interface RichTextElement {
  tag: string
  /** As written, with the space before: ` href="/actions/un"`. */
  attributes: string
  children: RichTextNode[]
}

/** An element, or words as HTML writes them. */
export type RichTextNode = RichTextElement | string

const deepest = 120

/** Never fails: an end without beginning is left out, what was not ended ends with the text. */
export function readRichText(html: string): RichTextNode[] {
  const root: RichTextNode[] = []
  const open: { tag: string; children: RichTextNode[] }[] = []
  let children = root
  let from = 0
  for (const match of html.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:\s[^<>]*)?)>/g)) {
    if (match.index > from) children.push(html.slice(from, match.index))
    from = match.index + match[0].length
    const [, isEnd, tag = '', attributes = ''] = match
    if (isEnd) {
      const at = open.findLastIndex((element) => element.tag === tag)
      if (at >= 0) open.length = at
      children = open.at(-1)?.children ?? root
    } else {
      const element: RichTextElement = { tag, attributes, children: [] }
      // Too deep to be meant, and to be walked through: the words stay, without their tags.
      const isTooDeep = open.length >= deepest
      if (!isTooDeep) children.push(element)
      if (tag === 'br') continue
      if (!isTooDeep) children = element.children
      open.push({ tag, children })
    }
  }
  if (from < html.length) children.push(html.slice(from))
  return root
}

export function writeRichText(nodes: RichTextNode[]): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return node
      const start = `<${node.tag}${node.attributes}>`
      return node.tag === 'br' ? start : `${start}${writeRichText(node.children)}</${node.tag}>`
    })
    .join('')
}

/** The words of a node and of all it holds, as HTML writes them. */
export function wordsOf(node: RichTextNode): string {
  if (typeof node === 'string') return node
  return node.tag === 'br' ? ' ' : node.children.map(wordsOf).join('')
}

export function attributeOf(element: RichTextElement, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(element.attributes)?.[1]
}

export type MediaPlace = 'image' | 'video' | 'document'

/** What a block that is not made of words alone stands for; undefined for all others. */
export function placeOf(
  node: RichTextNode
): { kind: MediaPlace; id: number } | { kind: 'figure'; value: string; words: string } | undefined {
  if (typeof node === 'string') return undefined
  for (const kind of ['image', 'video', 'document'] as const) {
    const id = attributeOf(node, `data-${kind}`)
    if (id !== undefined) return { kind, id: Number(id) }
  }
  const [value] = node.children
  if (node.attributes !== ' data-key-figure' || typeof value !== 'object' || value.tag !== 'strong') return undefined
  return { kind: 'figure', value: wordsOf(value).trim(), words: node.children.slice(1).map(wordsOf).join('').trim() }
}
