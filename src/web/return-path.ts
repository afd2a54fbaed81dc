const maxLength = 500

/**
 * A path of this site, or `/`: never another host, a scheme, or something a browser would read as one
 * (`//host`, `/\host`, control characters: CWE-601). The sign-in pages themselves give `/`.
 */
export function returnPath(value: unknown): string {
  if (typeof value !== 'string' || value.length > maxLength) return '/'
  if (!/^\/(?![/\\])[^\\\s\p{Cc}]*$/u.test(value)) return '/'
  const base = 'http://site.invalid'
  if (!URL.canParse(value, base)) return '/'
  const url = new URL(value, base)
  // Dot segments may uncover a second slash (`/.//host`): look at what the browser would ask for.
  if (url.origin !== base || url.pathname.startsWith('//')) return '/'
  if (/^\/(connexion|deconnexion)(\/|$)/.test(url.pathname)) return '/'
  return url.pathname + url.search
}
