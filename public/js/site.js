/** Each behaviour is a module, fetched only by the pages that carry its attribute. Every page works without any. */
const behaviours = {
  '[data-error-summary]': './error-summary.js',
  '[data-deck]': './deck.js',
  '[data-preparation]': './preparation.js',
  '[data-lightbox]': './lightbox.js',
  '[data-rich-text]': '../editor/rich-text.js',
  '[data-upload]': './upload.js',
  '[data-bring-file]': './bring-file.js',
  '[data-focal]': './focal-point.js',
  '[data-steps]': './steps.js',
  '[data-autosave]': './autosave.js',
  '[data-ordered]': './ordered.js',
  '[data-album]': './album.js',
  '[data-draft-arrived]': './draft-arrived.js',
  '[data-suggestions]': './suggestions.js',
  '[data-captions]': './captions.js',
  '[data-frame]': './frame.js',
  '[data-video]': './video.js'
}

// All are asked for at once, and take effect in this order: one that does not come, from a server that just stopped, must not
// keep the others from the page, least of all the one that keeps what is typed.
const present = Object.entries(behaviours)
  .map(([selector, address]) => ({ elements: document.querySelectorAll(selector), address }))
  .filter(({ elements }) => elements.length > 0)
  .map(({ elements, address }) => ({ elements, module: import(address).catch((error) => console.error(error)) }))

for (const { elements, module } of present) {
  const behaviour = await module
  for (const element of behaviour ? elements : []) behaviour.attach(element)
}

// The menu of narrow screens lies above the page: when the window widens, it goes back into it.
matchMedia('(width >= 64rem)').addEventListener('change', ({ matches }) => {
  const menu = document.querySelector('#menu:popover-open')
  if (matches && menu) menu.hidePopover()
})
