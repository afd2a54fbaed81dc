import type { SiteSettings } from './context.ts'

export interface MenuEntry {
  label: string
  href: string
  /** The reader is on this page (`page`), somewhere below it (`section`), or elsewhere. */
  current: 'page' | 'section' | undefined
}

/** The five pages of the site, with the labels that the city gave them. */
export function menuOf(settings: SiteSettings, url: string): MenuEntry[] {
  const path = url.split('?', 1)[0] ?? '/'
  const entry = (label: string, href: string, sections: string[] = []): MenuEntry => ({
    label,
    href,
    current: path === href ? 'page' : sections.some((section) => path.startsWith(section)) ? 'section' : undefined
  })
  return [
    entry('Accueil', '/'),
    entry(settings.menu_demarche, '/demarche'),
    entry(settings.menu_directions, '/directions', ['/directions/']),
    entry(settings.menu_engagements, '/engagements', ['/engagements/', '/actions/']),
    entry(settings.menu_bonus, '/bonus', ['/bonus/'])
  ]
}

export interface GestionMenu {
  /** Where the webmaster is, for a phone, on which the menu is folded. */
  here: string
  /** What a tab says after the name of the screen, so that it is not mistaken for the page that readers see. */
  title: string | undefined
  groups: { label: string; entries: MenuEntry[] }[]
}

/** The screens of the back-office; nothing elsewhere, nor on a preview, which is the readers' page. */
export function gestionMenuOf(settings: SiteSettings, url: string): GestionMenu | undefined {
  const path = (url.split('?', 1)[0] ?? '').replace(/\/$/, '')
  if (!/^\/gestion(\/|$)/.test(path) || path.endsWith('/apercu')) return undefined
  const entry = (label: string, folder: string): MenuEntry => {
    const href = `/gestion/${folder}`
    return { label, href, current: path === href ? 'page' : path.startsWith(`${href}/`) ? 'section' : undefined }
  }
  const groups = [
    {
      label: 'Suivre',
      entries: [
        { label: 'Tableau de bord', href: '/gestion', current: path === '/gestion' ? ('page' as const) : undefined },
        entry('Journal', 'journal'),
        entry('Corbeille', 'corbeille')
      ]
    },
    {
      label: 'Écrire',
      entries: [
        entry('Accueil du site', 'accueil'),
        entry(settings.menu_demarche, 'demarche'),
        entry('Directions', 'directions'),
        entry('Engagements', 'engagements'),
        entry('Actions', 'actions'),
        entry('Entre nous', 'entre-nous'),
        entry('Albums', 'albums'),
        entry('Pages légales', 'pages')
      ]
    },
    { label: 'Illustrer', entries: [entry('Médiathèque', 'mediatheque'), entry('Affiches et QR', 'affiches')] },
    { label: 'Administrer', entries: [entry('Agents', 'agents'), entry('Réglages', 'reglages')] }
  ]
  const current = groups.flatMap(({ entries }) => entries).find((found) => found.current !== undefined)
  const within = current?.current === 'section' ? `Gestion\u00a0: ${current.label}` : 'Gestion'
  const title = path === '/gestion' ? undefined : within
  return { here: current?.label ?? 'Toutes les rubriques', title, groups }
}
