/** The menu of narrow screens lies above the page: when the window widens, it goes back into it. */
export function attach(menu) {
  matchMedia('(width >= 64rem)').addEventListener('change', ({ matches }) => {
    if (matches && menu.matches(':popover-open')) menu.hidePopover()
  })
}
