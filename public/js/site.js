/** Each behaviour is a module, fetched only by the pages that carry its attribute. Every page works without any. */
const behaviours = {
  '[data-error-summary]': './error-summary.js',
  '[data-deck]': './deck.js',
  '[data-lightbox]': './lightbox.js',
  '#menu[popover]': './menu.js'
}

for (const [selector, address] of Object.entries(behaviours)) {
  const elements = document.querySelectorAll(selector)
  if (elements.length === 0) continue
  const { attach } = await import(address)
  for (const element of elements) attach(element)
}
