/** What the back-office shows. */
import type { Removal } from '../demonstration/remove.ts'
import { errorOf, type FieldError } from '../web/forms.ts'

declare module '../web/render.ts' {
  interface Views {
    'gestion/dashboard': DashboardPage
  }
}

export interface DashboardPage {
  errors: FieldError[]
  confirmationError: string | undefined
}

export function dashboardPage(errors: FieldError[] = []): DashboardPage {
  return { errors, confirmationError: errorOf(errors, 'confirmation') }
}

/** What went and what stays, in one message. */
export function removalMessage({ kept, keptWebmaster }: Removal): string {
  const names = [...kept.engagements, ...kept.directions, ...kept.files]
  const sentences = [
    'La démonstration a été retirée.',
    names.length > 0 && `Vos contenus s’en servent, alors ceci reste\u00a0: ${names.join(', ')}.`,
    keptWebmaster &&
      `Le compte ${keptWebmaster} reste tant qu’il est le seul à pouvoir gérer le site\u00a0: créez le vôtre, puis retirez-le.`
  ]
  return sentences.filter((sentence) => typeof sentence === 'string').join(' ')
}
