import type { TagContent } from './types.ts'

const service = (slug: string, name: string): TagContent => ({ kind: 'service', slug, name })
const enjeu = (slug: string, name: string): TagContent => ({ kind: 'enjeu', slug, name })

export const tags: TagContent[] = [
  service('accueil-et-etat-civil', 'Accueil et état civil'),
  service('communication-interne', 'Communication interne'),
  service('ecoles', 'Écoles'),
  service('espaces-verts', 'Espaces verts'),
  service('finances-et-achats', 'Finances et achats'),
  service('informatique', 'Informatique'),
  service('mediatheque', 'Médiathèque'),
  service('patrimoine-bati', 'Patrimoine bâti'),
  service('petite-enfance', 'Petite enfance'),
  service('proprete-urbaine', 'Propreté urbaine'),
  service('ressources-humaines', 'Ressources humaines'),
  service('restauration-collective', 'Restauration collective'),
  service('vie-associative-et-sports', 'Vie associative et sports'),
  enjeu('acces-aux-droits', 'Accès aux droits'),
  enjeu('cooperation-entre-services', 'Coopération entre services'),
  enjeu('egalite-et-inclusion', 'Égalité et inclusion'),
  enjeu('inclusion-numerique', 'Inclusion numérique'),
  enjeu('qualite-de-l-accueil', 'Qualité de l’accueil'),
  enjeu('sante-au-travail', 'Santé au travail'),
  enjeu('sobriete-budgetaire', 'Sobriété budgétaire'),
  enjeu('transition-ecologique', 'Transition écologique')
]
