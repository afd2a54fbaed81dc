/** What is before and after a page, among those it is listed with. */

export interface Neighbour {
  title: string
  href: string
}

/** For views/partials/neighbours.eta. */
export interface Neighbours {
  previous: Neighbour | undefined
  next: Neighbour | undefined
}

/** In the order of the list; none when the list does not hold the page (it is bounded). */
export function neighboursOf<Row>(
  rows: Row[],
  isHere: (row: Row) => boolean,
  toNeighbour: (row: Row) => Neighbour
): Neighbours {
  const place = rows.findIndex(isHere)
  const at = (index: number): Neighbour | undefined => {
    const row = place === -1 ? undefined : rows[index]
    return row && toNeighbour(row)
  }
  return { previous: at(place - 1), next: at(place + 1) }
}
