/** Long lists, one page at a time, in the address. */

export interface Pager {
  pages: { number: number; href: string; current: boolean }[]
  previous: string | undefined
  next: string | undefined
}

/** The pager of a list, or undefined when one page is enough. `path` keeps the other parameters of `query`. */
export function pagerOf(path: string, query: URLSearchParams, current: number, total: number): Pager | undefined {
  if (total <= 1) return undefined
  const href = (number: number): string => {
    const parameters = new URLSearchParams(query)
    if (number === 1) parameters.delete('page')
    else parameters.set('page', String(number))
    const text = parameters.toString()
    return text === '' ? path : `${path}?${text}`
  }
  const around = [1, current - 1, current, current + 1, total].filter((number) => number >= 1 && number <= total)
  const numbers = [...new Set(around)].sort((a, b) => a - b)
  return {
    pages: numbers.map((number) => ({ number, href: href(number), current: number === current })),
    previous: current > 1 ? href(current - 1) : undefined,
    next: current < total ? href(current + 1) : undefined
  }
}
