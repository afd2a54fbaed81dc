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
