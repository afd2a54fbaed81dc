/** Brings the reader, and the screen reader, to what has to be corrected. */
export function attach(summary) {
  summary.focus()
}
