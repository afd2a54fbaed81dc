/**
 * What a rich text may hold. The sanitiser of the server and the editor of the browser both read it here, so that they cannot
 * drift apart: this module imports nothing and runs in both.
 */

export const richTextTags = [
  'p',
  'h2',
  'h3',
  'h4',
  'ul',
  'ol',
  'li',
  'strong',
  'em',
  'sup',
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
] as const

export type RichTextTag = (typeof richTextTags)[number]

/**
 * Files of the media library and key figures are blocks of their own, whose words can be read without them:
 * `<figure data-image="12"><figcaption>Caption</figcaption></figure>`, `<p data-video="12">Title</p>`,
 * `<p data-document="12">Title</p>`, `<p data-key-figure><strong>93 %</strong> of what</p>`. They hold no other tag, and stand
 * between the other blocks, never inside one.
 */
export const richTextAttributes = {
  p: ['data-video', 'data-document', 'data-key-figure'],
  figure: ['data-image'],
  a: ['href'],
  th: ['scope'],
  span: ['lang'],
  ol: ['start']
} as const satisfies Partial<Record<RichTextTag, readonly string[]>>

/** Pasted headings start below the page's own title (RGAA 9.1). */
export const renamedTags = { h1: 'h2', h5: 'h4', h6: 'h4', b: 'strong', i: 'em' } as const

export const addressSchemes = ['https', 'http', 'mailto', 'tel'] as const

/** Whether a link may lead there: the web, a mailbox, a telephone, or a place of this site. */
export function isAllowedAddress(address: string): boolean {
  // Browsers drop these characters, wherever they are: « java\nscript: » runs.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  if (/[\u0000-\u0020]/.test(address)) return false
  if (/^(#|\/(?![/\\]))/.test(address)) return true
  return /^(https?:\/\/[^/]|(mailto|tel):.)/i.test(address)
}

/** The number of a file, as an attribute writes it. */
export function isFileNumber(text: string): boolean {
  return /^[1-9]\d{0,8}$/.test(text)
}

/** A language as BCP 47 writes it: « en », « pt-BR ». */
export function isLanguage(code: string): boolean {
  return /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(code)
}

const blocks = 'p|h2|h3|h4|ul|ol|blockquote|table|figure'
const anyTag = new RegExp(
  `</?(?:${[...richTextTags, ...Object.keys(renamedTags), 'div'].join('|')})(?:\\s[^<>]*)?/?>`,
  'i'
)

/** Whether a text was written with tags: that of the editor always is, that of a bare field may be. */
export function looksLikeHtml(text: string): boolean {
  return anyTag.test(text)
}

/**
 * What was typed in a bare field, as HTML: a blank line ends a paragraph, lines that begin with « - » are a list.
 * The blocks already there are kept, and only what stands outside them is read so. HTML must have been cleaned before.
 */
export function plainTextToHtml(text: string): string {
  const html = looksLikeHtml(text) ? text : escapeText(text)
  const parts: string[] = []
  const tag = new RegExp(`<(/?)(?:${blocks})(?:\\s[^<>]*)?>`, 'g')
  let depth = 0
  let from = 0
  for (const match of html.matchAll(tag)) {
    const isEnd = match[1] === '/'
    if (!isEnd && depth === 0) {
      parts.push(paragraphs(html.slice(from, match.index)))
      from = match.index
    }
    depth += isEnd ? -1 : 1
    if (isEnd && depth === 0) {
      const end = match.index + match[0].length
      parts.push(html.slice(from, end))
      from = end
    }
    depth = Math.max(0, depth)
  }
  return [...parts, paragraphs(html.slice(from))].join('')
}

const bullet = /^\s*[-–•*]\s+/

function paragraphs(text: string): string {
  const lines = text.replaceAll(/\r\n?/g, '\n').split('\n')
  let html = ''
  let run: string[] = []
  const end = (): void => {
    if (run.length > 0) {
      html += run.every((line) => bullet.test(line))
        ? `<ul>${run.map((line) => `<li>${line.replace(bullet, '').trim()}</li>`).join('')}</ul>`
        : `<p>${run.map((line) => line.trim()).join('<br>')}</p>`
    }
    run = []
  }
  for (const line of lines) {
    const previous = run.at(-1)
    if (previous !== undefined && bullet.test(previous) !== bullet.test(line)) end()
    if (line.trim() === '') end()
    else run.push(line)
  }
  end()
  return html
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
