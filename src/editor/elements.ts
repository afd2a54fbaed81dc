/** Makes elements without HTML text: the security policy of the site refuses it, and rightly. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string> = {},
  ...children: (globalThis.Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value)
  element.append(...children)
  return element
}

const svg = 'http://www.w3.org/2000/svg'

/** A drawing of 24 × 24, in one line, beside words that say the same. */
export function icon(path: string): SVGSVGElement {
  const drawing = document.createElementNS(svg, 'svg')
  drawing.setAttribute('class', 'icon')
  drawing.setAttribute('viewBox', '0 0 24 24')
  drawing.setAttribute('fill', 'none')
  drawing.setAttribute('stroke', 'currentColor')
  drawing.setAttribute('stroke-width', '2')
  drawing.setAttribute('stroke-linecap', 'round')
  drawing.setAttribute('stroke-linejoin', 'round')
  drawing.setAttribute('aria-hidden', 'true')
  const line = document.createElementNS(svg, 'path')
  line.setAttribute('d', path)
  drawing.append(line)
  return drawing
}
