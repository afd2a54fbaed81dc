/** The only maker of safe HTML: what people wrote, reduced to meaning (DESIGN: rich text is semantic, allow-listed HTML). */
import sanitizeHtml from 'sanitize-html'

declare const safe: unique symbol
/** HTML that a template may print as it is. */
export type SafeHtml = string & { readonly [safe]: true }

const options: sanitizeHtml.IOptions = {
  allowedTags: [
    'p',
    'h2',
    'h3',
    'h4',
    'ul',
    'ol',
    'li',
    'strong',
    'em',
    'a',
    'blockquote',
    'br',
    'span',
    'table',
    'caption',
    'thead',
    'tbody',
    'tr',
    'th',
    'td',
    'figure',
    'figcaption'
  ],
  allowedAttributes: { a: ['href'], th: ['scope'], span: ['lang'], ol: ['start'] },
  allowedSchemes: ['https', 'http', 'mailto', 'tel'],
  allowedSchemesAppliedToAttributes: ['href'],
  allowProtocolRelative: false,
  // Pasted headings start below the page's own title (RGAA 9.1).
  transformTags: { h1: 'h2', h5: 'h4', h6: 'h4', b: 'strong', i: 'em' },
  disallowedTagsMode: 'discard',
  nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'title', 'template'],
  parser: { lowerCaseTags: true }
}

/** What may be stored: run on every text before it is written. Running it again changes nothing. */
export function cleanRichText(html: string): string {
  return sanitizeHtml(html, options).trim()
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
  const text = sanitizeHtml(html.replaceAll(/<\/(p|li|h\d|td|th)>/g, ' '), { allowedTags: [], allowedAttributes: {} })
  return decodeEntities(text)
    .replaceAll(/[ \t\n]+/g, ' ')
    .trim()
}

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' }

/** The sanitiser escapes these four characters, and no others: this gives them back, for a template to escape in its turn. */
export function decodeEntities(text: string): string {
  return text.replaceAll(/&(amp|lt|gt|quot);/g, (entity) => entities[entity] ?? entity)
}
