import type { AgentContent } from './types.ts'

/** The first four are the cast: one for each way of using the site. */
export const cast = [
  {
    login: 'ines.caron',
    name: 'Inès Caron',
    jobTitle: 'Chargée de communication interne',
    role: 'webmaster',
    as: 'webmaster'
  },
  {
    login: 'nadia.benali',
    name: 'Nadia Benali',
    jobTitle: 'Coordinatrice culture et éducation',
    as: 'référente'
  },
  {
    login: 'paul.mercier',
    name: 'Paul Mercier',
    jobTitle: 'Responsable du service Espaces verts',
    as: 'pilote'
  },
  {
    login: 'camille.robin',
    name: 'Camille Robin',
    jobTitle: 'Agente de restauration, groupe scolaire des Tilleuls',
    as: 'agente'
  }
] as const satisfies (AgentContent & { as: string })[]

export const agents: AgentContent[] = [
  ...cast,
  { login: 'thibault.valmorin', name: 'Thibault Valmorin', jobTitle: 'Directeur général des services' },
  { login: 'maelle.courvoisin', name: 'Maëlle Courvoisin', jobTitle: 'Cheffe de projet du projet d’administration' },
  { login: 'lison.clairval', name: 'Lison Clairval', jobTitle: 'Directrice de la population et de la citoyenneté' },
  { login: 'rose.tilleret', name: 'Rose Tilleret', jobTitle: 'Responsable du guichet unique' },
  { login: 'leonie.brisemont', name: 'Léonie Brisemont', jobTitle: 'Directrice de l’éducation et de l’enfance' },
  { login: 'jonas.figuerol', name: 'Jonas Figuerol', jobTitle: 'Responsable de la restauration collective' },
  { login: 'hugo.montferrin', name: 'Hugo Montferrin', jobTitle: 'Responsable de la propreté urbaine' },
  { login: 'aicha.belorme', name: 'Aïcha Belorme', jobTitle: 'Cheffe du service Patrimoine bâti' },
  { login: 'elodie.pregalant', name: 'Élodie Prégalant', jobTitle: 'Chargée de mission transition écologique' },
  { login: 'mathis.duvallon', name: 'Mathis Duvallon', jobTitle: 'Responsable formation et parcours' },
  { login: 'karim.zouarin', name: 'Karim Zouarin', jobTitle: 'Conseiller de prévention' },
  { login: 'yasmine.orvel', name: 'Yasmine Orvel', jobTitle: 'Contrôleuse de gestion' },
  { login: 'bastien.lormeau', name: 'Bastien Lormeau', jobTitle: 'Responsable de la commande publique' },
  { login: 'samir.haddalene', name: 'Samir Haddalène', jobTitle: 'Chef de projet numérique' }
]
