import { accueillirMieux } from './engagements/accueillir-mieux.ts'
import { prendreSoin } from './engagements/prendre-soin.ts'
import { simplifierEtModerniser } from './engagements/simplifier-et-moderniser.ts'
import { travaillerEnsemble } from './engagements/travailler-ensemble.ts'
import { villeSobreEtDurable } from './engagements/ville-sobre-et-durable.ts'
import type { EngagementContent } from './types.ts'

export const engagements: EngagementContent[] = [
  accueillirMieux,
  travaillerEnsemble,
  prendreSoin,
  villeSobreEtDurable,
  simplifierEtModerniser
]
