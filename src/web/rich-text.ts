/** The only maker of safe HTML: what people wrote, reduced to meaning (DESIGN: rich text is semantic, allow-listed HTML). */
import sanitizeHtml from 'sanitize-html'
import {
  addressSchemes,
  isAllowedAddress,
  isFileNumber,
  isLanguage,
  looksLikeHtml,
  plainTextToHtml,
  renamedTags,
  richTextAttributes,
  richTextTags
} from './rich-text-schema.ts'
import {
  placeOf,
  type RichTextElement,
  type RichTextNode,
  readRichText,
  wordsOf,
  writeRichText
} from './rich-text-tree.ts'

declare const safe: unique symbol
/** HTML that a template may print as it is. */
export type SafeHtml = string & { readonly [safe]: true }

const options: sanitizeHtml.IOptions = {
  allowedTags: [...richTextTags],
  allowedAttributes: Object.fromEntries(Object.entries(richTextAttributes).map(([tag, names]) => [tag, [...names]])),
  allowedSchemes: [...addressSchemes],
  allowedSchemesAppliedToAttributes: ['href'],
  allowProtocolRelative: false,
  transformTags: {
    ...renamedTags,
    a: (_tag, { href }) => ({ tagName: 'a', attribs: href !== undefined && isAllowedAddress(href) ? { href } : {} }),
    // A span says that the language changes, or says nothing and goes.
    span: (_tag, { lang }) =>
      lang !== undefined && isLanguage(lang)
        ? { tagName: 'span', attribs: { lang } }
        : { tagName: 'dropped', attribs: {} },
    p: (_tag, attributes) => ({ tagName: 'p', attribs: blockAttribute(attributes) }),
    figure: (_tag, { 'data-image': id }) =>
      id !== undefined && isFileNumber(id)
        ? { tagName: 'figure', attribs: { 'data-image': id } }
        : { tagName: 'dropped', attribs: {} }
  },
  // Nobody writes so deep; programs that read it later walk through it.
  nestingLimit: 100,
  disallowedTagsMode: 'discard',
  nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'title', 'template'],
  parser: { lowerCaseTags: true }
}

/** The one attribute that says what a paragraph stands for. */
function blockAttribute(attributes: Record<string, string>): Record<string, string> {
  for (const name of ['data-video', 'data-document']) {
    const id = attributes[name]
    if (id !== undefined && isFileNumber(id)) return { [name]: id }
  }
  return attributes['data-key-figure'] === undefined ? {} : { 'data-key-figure': '' }
}

/** What may be stored: run on every text before it is written. Running it again changes nothing. */
export function cleanRichText(html: string): string {
  let clean = cleanOnce(html)
  // Tags that were dropped may have parted two that cannot hold each other, a link and a link: the second reading parts them.
  for (let reading = 0; reading < mostReadings; reading += 1) {
    const again = cleanOnce(clean)
    if (again === clean) break
    clean = again
  }
  return clean
}

const mostReadings = 10

function cleanOnce(html: string): string {
  // HTML has no « /> »: the editor and the sanitiser then write one text in one way. Elsewhere « < » is escaped.
  const clean = sanitizeHtml(html, options).replaceAll('<br />', '<br>').trim()
  return /<fig|<p data-/.test(clean) ? writeRichText(readRichText(clean).flatMap(arrange)).trim() : clean
}

/** A block of the text, then the files and key figures that were inside it: these stand alone, and hold nothing but words. */
function arrange(block: RichTextNode): RichTextNode[] {
  const after: RichTextElement[] = []
  return [...arranged(block, after, true), ...after]
}

function arranged(node: RichTextNode, after: RichTextElement[], isBlock: boolean): RichTextNode[] {
  if (typeof node === 'string') return [node]
  const special = strictly(node)
  if (special && isBlock) return [special]
  if (special) {
    after.push(special)
    return []
  }
  const children = node.children.flatMap((child) => arranged(child, after, false))
  // A caption without its figure is but words, and a key figure without figure a paragraph.
  if (node.tag === 'figcaption') return children
  return [{ ...node, attributes: node.tag === 'p' ? '' : node.attributes, children }]
}

/** A file or a key figure as it is stored; undefined for anything else. */
function strictly(node: RichTextElement): RichTextElement | undefined {
  const place = placeOf(node)
  if (!place) return undefined
  const words = oneLine(wordsOf(node))
  const { tag, attributes } = node
  if (place.kind === 'image') {
    return { tag, attributes, children: words === '' ? [] : [{ tag: 'figcaption', attributes: '', children: [words] }] }
  }
  if (place.kind !== 'figure') return { tag, attributes, children: [words] }
  const value = oneLine(place.value)
  const label = oneLine(place.words)
  if (value === '' || label === '') return undefined
  return { tag, attributes, children: [{ tag: 'strong', attributes: '', children: [value] }, ` ${label}`] }
}

function oneLine(text: string): string {
  return text.replaceAll(/[ \t\r\n]+/g, ' ').trim()
}

/**
 * What a field of rich text sends, ready to be stored. With JavaScript it is the HTML of the editor. Without, it is what was
 * typed in a bare field that shows HTML: plain text, or the HTML that was there with plain text added around it.
 */
export function textToRichText(text: string): string {
  return cleanRichText(plainTextToHtml(looksLikeHtml(text) ? cleanRichText(text) : text))
}

/** A text that was stored through `cleanRichText`, ready for a template. */
export function storedRichText(html: string): SafeHtml {
  return html as SafeHtml
}

/** A stored text whose second-level headings carry an anchor, and the list of these headings, for a table of contents. */
export function anchoredHeadings(html: string): { html: SafeHtml; headings: { title: string; anchor: string }[] } {
  const headings: { title: string; anchor: string }[] = []
  const anchored = html.replaceAll(/<h2>(.*?)<\/h2>/gs, (_all, content: string) => {
    const anchor = `partie-${headings.length + 1}`
    headings.push({ title: plainText(content), anchor })
    return `<h2 id="${anchor}">${content}</h2>`
  })
  return { html: anchored as SafeHtml, headings }
}

/** The words of a stored text, without its marks. */
export function plainText(html: string): string {
  const text = sanitizeHtml(html.replaceAll(/<\/(p|li|h\d|td|th|caption|figcaption)>|<br>/g, ' '), {
    allowedTags: [],
    allowedAttributes: {}
  })
  return decodeEntities(text)
    .replaceAll(/[ \t\n]+/g, ' ')
    .trim()
}

const fileWords = { image: 'image', video: 'vidéo', document: 'document' } as const

/**
 * What two versions of a text are compared by: its words, and of what has none, files and the addresses of links, enough to
 * see that they changed.
 */
export function comparedText(html: string): string {
  const told = html
    .replaceAll(
      /<(?:figure|p) data-(image|video|document)="(\d+)">/g,
      (_tag, kind: keyof typeof fileWords, id: string) => ` [${fileWords[kind]} n°\u00a0${id}] `
    )
    .replaceAll(/<a href="([^"]*)">(.*?)<\/a>/gs, '$2 [$1]')
  return plainText(told)
}

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' }

/** The sanitiser escapes these four characters, and no others: this gives them back, for a template to escape in its turn. */
export function decodeEntities(text: string): string {
  return text.replaceAll(/&(amp|lt|gt|quot);/g, (entity) => entities[entity] ?? entity)
}
