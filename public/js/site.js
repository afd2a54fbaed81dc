/** Each behaviour is a module, fetched only by the pages that carry its attribute. Every page works without any. */
const behaviours = {
  '[data-error-summary]': './error-summary.js',
  '[data-deck]': './deck.js',
  '[data-lightbox]': './lightbox.js',
  '[data-rich-text]': '../editor/rich-text.js',
  '[data-upload]': './upload.js',
  '[data-bring-file]': './bring-file.js',
  '[data-focal]': './focal-point.js',
  '[data-autosave]': './autosave.js',
  '[data-steps]': './steps.js',
  '[data-ordered]': './ordered.js',
  '[data-album]': './album.js',
  '[data-suggestions]': './suggestions.js'
}

for (const [selector, address] of Object.entries(behaviours)) {
  const elements = document.querySelectorAll(selector)
  if (elements.length === 0) continue
  const { attach } = await import(address)
  for (const element of elements) attach(element)
}

// The menu of narrow screens lies above the page: when the window widens, it goes back into it.
matchMedia('(width >= 64rem)').addEventListener('change', ({ matches }) => {
  const menu = document.querySelector('#menu:popover-open')
  if (matches && menu) menu.hidePopover()
})
