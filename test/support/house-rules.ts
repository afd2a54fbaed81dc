/** What holds on every page of the site. Each sentence says what is wrong and how to repair it. */
import { HtmlValidate, StaticConfigLoader } from 'html-validate'
import { type HTMLElement, parse, TextNode } from 'node-html-parser'

const validator = new HtmlValidate(
  new StaticConfigLoader({
    root: true,
    extends: ['html-validate:recommended', 'html-validate:a11y'],
    rules: {
      // How the source is laid out is nobody's business but the template's.
      'no-trailing-whitespace': 'off',
      'doctype-style': 'off',
      'long-title': 'off',
      // Boxes of one question share its name.
      'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit', 'button', 'reset'] }],
      // Safari forgets that a list without bullets is a list, unless the role says so.
      'no-redundant-role': 'off',
      'prefer-native-element': ['error', { exclude: ['list', 'listitem'] }]
    }
  })
)

/** Everything that is wrong with a page, one sentence each; nothing when all is well. */
export async function houseRuleProblems(html: string): Promise<string[]> {
  const document = parse(html, { comment: false })
  return [
    ...(await validity(html)),
    ...structure(document),
    ...nothingInline(document),
    ...nothingFromElsewhere(document),
    ...formsAndImages(document),
    ...leaks(html),
    ...typography(document)
  ]
}

async function validity(html: string): Promise<string[]> {
  const report = await validator.validateString(html)
  return report.results.flatMap((result) =>
    result.messages.map((message) => {
      const line = html.split('\n')[message.line - 1]?.trim().slice(0, 160)
      return `HTML (${message.ruleId}): ${message.message}\n    ${line}\n    repair: ${message.ruleUrl}`
    })
  )
}

function structure(document: HTMLElement): string[] {
  const problems: string[] = []
  const titles = document.querySelectorAll('h1')
  const heading = words(titles[0])
  if (titles.length !== 1) problems.push(`A page has exactly one h1, this one has ${titles.length}.`)
  const title = words(document.querySelector('title'))
  const expected = title.startsWith('Erreur\u00a0: ') ? title.slice('Erreur\u00a0: '.length) : title
  if (titles.length === 1 && !expected.startsWith(heading)) {
    problems.push(`The title « ${title} » begins with the h1 « ${heading} », after « Erreur : » if a form was refused.`)
  }
  if (document.querySelector('html')?.getAttribute('lang') !== 'fr') problems.push('The html element has lang="fr".')
  problems.push(...skipLink(document))
  // Who is not signed in has no menu.
  const isSignedIn = document.querySelector('form[action="/deconnexion"]') !== null
  for (const landmark of ['header', 'main', 'footer', ...(isSignedIn ? ['nav'] : [])]) {
    if (!document.querySelector(landmark)) problems.push(`A page has a ${landmark}: use one of the layouts.`)
  }
  const levels = document.querySelectorAll('h1, h2, h3, h4, h5, h6').map((element) => Number(element.tagName[1]))
  const jump = levels.findIndex((level, index) => index > 0 && level > (levels[index - 1] ?? 0) + 1)
  if (jump > 0)
    problems.push(`Headings go down one level at a time; here h${levels[jump - 1]} is followed by h${levels[jump]}.`)
  const mention = document.querySelector('footer a[href="/accessibilite"]')
  if (!/^Accessibilité\u00a0: (non|partiellement|totalement) conforme$/.test(words(mention))) {
    problems.push(
      `The footer links to /accessibilite with the legal mention « Accessibilité : non conforme » (or partiellement, totalement).`
    )
  }
  return problems
}

function skipLink(document: HTMLElement): string[] {
  const first = document
    .querySelector('body')
    ?.querySelector('a[href], button, input, select, textarea, [tabindex="0"]')
  const target = first?.getAttribute('href') ?? ''
  if (!target.startsWith('#') || !words(first).startsWith('Aller au contenu')) {
    return ['The first thing that takes the focus is the link « Aller au contenu ».']
  }
  return document.getElementById(target.slice(1)) ? [] : [`The skip link leads to ${target}, which is not in the page.`]
}

function nothingInline(document: HTMLElement): string[] {
  const problems: string[] = []
  for (const element of document.querySelectorAll('*')) {
    for (const name of Object.keys(element.rawAttributes)) {
      if (name === 'style')
        problems.push(`${nameOf(element)} has a style attribute: write a class (the CSP refuses it).`)
      if (/^on[a-z]/.test(name))
        problems.push(`${nameOf(element)} has ${name}: attach a module of public/js by a data- attribute.`)
    }
  }
  if (document.querySelector('style')) problems.push('A style element is in the page: write it in public/css.')
  for (const script of document.querySelectorAll('script')) {
    if (!script.getAttribute('src')) problems.push('A script is written in the page: write a module in public/js.')
  }
  return problems
}

function nothingFromElsewhere(document: HTMLElement): string[] {
  const problems: string[] = []
  const resources: [string, string[]][] = [
    ['img, script, source, video, audio, iframe, embed, track, input', ['src', 'srcset', 'poster']],
    ['link, use', ['href']],
    ['object', ['data']],
    ['form', ['action']],
    ['button, input', ['formaction']]
  ]
  for (const [selector, attributes] of resources) {
    for (const element of document.querySelectorAll(selector)) {
      // Tells search engines and previews where a page lives: nothing is fetched.
      if (element.getAttribute('rel') === 'canonical') continue
      for (const attribute of attributes) {
        const value = element.getAttribute(attribute) ?? ''
        if (/(^|,\s*)([a-z]+:)?\/\//i.test(value) || /^(data|blob|javascript):/i.test(value)) {
          problems.push(
            `${nameOf(element)} takes ${attribute} from elsewhere (${value.slice(0, 80)}): serve it from this site.`
          )
        }
      }
    }
  }
  for (const link of document.querySelectorAll('a[href]')) {
    if (/^\s*(javascript|data|vbscript):/i.test(link.getAttribute('href') ?? '')) {
      problems.push(`${nameOf(link)} has an address that runs something.`)
    }
  }
  return problems
}

function formsAndImages(document: HTMLElement): string[] {
  const problems: string[] = []
  const seen = new Set<string>()
  for (const element of document.querySelectorAll('[id]')) {
    const id = element.getAttribute('id') ?? ''
    if (seen.has(id)) problems.push(`The id « ${id} » is used twice.`)
    seen.add(id)
  }
  for (const attribute of ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'list', 'form']) {
    for (const element of document.querySelectorAll(`[${attribute}]`)) {
      for (const id of (element.getAttribute(attribute) ?? '').split(/\s+/).filter(Boolean)) {
        if (!seen.has(id)) problems.push(`${nameOf(element)} has ${attribute}="${id}", which is not in the page.`)
      }
    }
  }
  for (const form of document.querySelectorAll('form')) {
    if (!/^(get|post|dialog)$/.test(form.getAttribute('method') ?? ''))
      problems.push(`${nameOf(form)} states its method.`)
    if (form.getAttribute('method') !== 'dialog' && !form.getAttribute('action')?.startsWith('/')) {
      problems.push(`${nameOf(form)} states its action, a path of this site.`)
    }
  }
  for (const image of document.querySelectorAll('img')) {
    if (image.getAttribute('alt') === undefined)
      problems.push(`${nameOf(image)} has an alt, empty if it is decorative.`)
    if (!Number(image.getAttribute('width')) || !Number(image.getAttribute('height'))) {
      problems.push(`${nameOf(image)} has width and height, so that the page does not jump when it arrives.`)
    }
  }
  for (const drawing of document.querySelectorAll('svg')) {
    const isHidden = drawing.closest('[aria-hidden="true"]') !== null
    const isNamed = drawing.hasAttribute('aria-label') || drawing.hasAttribute('aria-labelledby')
    if (!isHidden && !(isNamed && drawing.getAttribute('role') === 'img')) {
      problems.push(
        `${nameOf(drawing)} is hidden from screen readers (aria-hidden="true") or has role="img" and a name.`
      )
    }
  }
  return problems
}

/** Marks of a value that was not there, or of a template that was not run. */
function leaks(html: string): string[] {
  const found = /(>|\s|")(undefined|null|NaN)(<|")|\[object \w+\]|<%|%>|Invalid Date/.exec(html)
  if (!found) return []
  return [`Something leaked into the page: …${html.slice(Math.max(0, found.index - 60), found.index + 60)}…`]
}

const typographyRules: [RegExp, string][] = [
  [/\p{L}'\p{L}/u, 'the apostrophe is ’ (U+2019)'],
  [/[^\u00a0\u202f?!…][?!;](?=[\s)»]|$)/u, 'a no-break space comes before ; ? !'],
  [/[^\u00a0]:(?=\s|$)/u, 'a no-break space (U+00A0) comes before the colon'],
  [/[^\u00a0]»/u, 'a no-break space (U+00A0) comes before »'],
  [/«(?!\u00a0)/u, 'a no-break space (U+00A0) comes after «'],
  [/"\p{L}|\p{L}"/u, 'quotation marks are « and »'],
  [/\.\.\./u, 'the ellipsis is … (U+2026)'],
  [/ {2,}\S|\S {2,}/u, 'words are separated by one space']
]

function typography(document: HTMLElement): string[] {
  const problems: string[] = []
  for (const line of linesOf(document)) {
    for (const [wrong, rule] of typographyRules) {
      const found = wrong.exec(line)
      if (!found) continue
      const around = line.slice(Math.max(0, found.index - 30), found.index + 30).replaceAll('\u00a0', '⍽')
      problems.push(`French typography, ${rule}: « …${around}… » (⍽ is a no-break space)`)
    }
  }
  return problems
}

const inline = new Set(
  'A ABBR B BDI BDO CITE DATA DEL DFN EM I INS LABEL MARK Q S SMALL SPAN STRONG SUB SUP TIME U WBR'.split(' ')
)
const notProse = new Set('SCRIPT STYLE TEMPLATE CODE PRE KBD SAMP TEXTAREA SVG'.split(' '))

/** The text as it is read: one line a block, white space collapsed, and the texts that only some people hear. */
function linesOf(document: HTMLElement): string[] {
  const lines: string[] = []
  let line = ''
  const endLine = (): void => {
    // An address follows its own rules.
    const collapsed = line
      .replace(/https?:\/\/\S+/g, '…')
      .replace(/[ \t\r\n]+/g, ' ')
      .trim()
    if (collapsed) lines.push(collapsed)
    line = ''
  }
  const read = (element: HTMLElement): void => {
    if (notProse.has(element.tagName)) return
    const language = element.getAttribute('lang')
    if (language !== undefined && language !== 'fr') return
    for (const name of ['alt', 'aria-label', 'title', 'placeholder']) {
      const text = element.getAttribute(name)
      if (text) lines.push(text)
    }
    const isBlock = !inline.has(element.tagName)
    if (isBlock) endLine()
    for (const child of element.childNodes) {
      if (child instanceof TextNode) line += child.text
      else read(child as HTMLElement)
    }
    if (isBlock) endLine()
  }
  for (const part of document.querySelectorAll('head title, head meta[name="description"], body')) {
    const description = part.getAttribute('content')
    if (description) lines.push(description)
    read(part)
  }
  return lines
}

function words(element: HTMLElement | null | undefined): string {
  return element?.textContent.replace(/[ \t\r\n]+/g, ' ').trim() ?? ''
}

/** The opening tag, to be found in the template. */
function nameOf(element: HTMLElement): string {
  const attributes = ['id', 'class', 'name', 'href', 'src', 'action']
    .filter((name) => element.hasAttribute(name))
    .map((name) => ` ${name}="${element.getAttribute(name)?.slice(0, 60)}"`)
  return `<${element.tagName.toLowerCase()}${attributes.join('')}>`
}
