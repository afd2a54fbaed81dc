/** A title as the last part of an address: « L’accueil des élèves » gives `l-accueil-des-eleves`; at most 80 characters. */
export function slugOf(title: string): string {
  const words = title
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[œŒ]/g, 'oe')
    .replaceAll(/[æÆ]/g, 'ae')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  if (words.length <= 80) return words
  return words.slice(0, 80).replace(/-[^-]*$/, '')
}
