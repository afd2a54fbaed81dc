/** The draft that led here was saved: what this browser kept of it while it was sent is no longer needed. */
export function attach(page) {
  const storageKey = `brouillon ${page.dataset.draftArrived}`
  try {
    if (JSON.parse(localStorage.getItem(storageKey) ?? 'null')?.sent) localStorage.removeItem(storageKey)
  } catch {
    // Storage is forbidden: nothing was kept.
  }
}
