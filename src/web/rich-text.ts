/** The only maker of safe HTML: what people wrote, reduced to meaning (DESIGN: rich text is semantic, allow-listed HTML). */
import sanitizeHtml from 'sanitize-html'
import {
  addressSchemes,
  isAllowedAddress,
  isLanguage,
  looksLikeHtml,
  plainTextToHtml,
  renamedTags,
  richTextAttributes,
  richTextTags
} from './rich-text-schema.ts'

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
        : { tagName: 'dropped', attribs: {} }
  },
  disallowedTagsMode: 'discard',
  nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'title', 'template'],
  parser: { lowerCaseTags: true }
}

/** What may be stored: run on every text before it is written. Running it again changes nothing. */
export function cleanRichText(html: string): string {
  // HTML has no « /> »: the editor and the sanitiser then write one text in one way. Elsewhere « < » is escaped.
  return sanitizeHtml(html, options).replaceAll('<br />', '<br>').trim()
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
