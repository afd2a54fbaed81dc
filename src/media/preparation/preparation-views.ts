/** What is being made of a file, step by step, as its page tells it; the same for a script that asks again. */
import type { Selectable } from 'kysely'
import type { Media } from '../../db/schema.ts'

export interface PreparationView {
  steps: { label: string; isDone: boolean; isCurrent: boolean }[]
  sentence: string
  isUnderway: boolean
  isProblem: boolean
  mayRetry: boolean
}

type Prepared = Pick<Selectable<Media>, 'kind' | 'preparation' | 'preparation_note' | 'prepared_at'>

const labels = ['Reçu', 'Vérifié', 'Préparé', 'Prêt'] as const

const sentences: Partial<Record<Prepared['kind'], string>> = {
  image: 'Ses versions légères, pour les téléphones, sont en préparation.',
  video: 'Ses versions pour téléphone sont en préparation.',
  presentation: 'Ses diapositives à lire dans la page sont en préparation.',
  pdf: 'Ses pages à lire ici sont en préparation.'
}

/** Undefined of what needs no preparation: it is ready as soon as it is here. */
export function preparationView(file: Prepared): PreparationView | undefined {
  const sentence = sentences[file.kind]
  if (!sentence) return undefined
  const isUnderway = isBeingPrepared(file)
  const isProblem = file.preparation === 'failed'
  const current = isUnderway || isProblem ? 2 : 3
  return {
    steps: labels.map((label, index) => ({ label, isDone: index < current, isCurrent: index === current })),
    sentence: isUnderway
      ? `${file.preparation === 'waiting' ? 'En attente.' : 'En cours.'} ${sentence} Vous pouvez continuer, rien n’est à faire.`
      : file.preparation_note || 'Ce fichier est prêt.',
    isUnderway,
    isProblem,
    mayRetry: !isUnderway && file.preparation_note !== ''
  }
}

export function isBeingPrepared({ kind, preparation, prepared_at }: Prepared): boolean {
  if (preparation === 'waiting' || preparation === 'working') return true
  return kind === 'image' && preparation === 'ready' && prepared_at === null
}
