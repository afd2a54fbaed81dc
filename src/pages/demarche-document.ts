/** La démarche as it is written: its document, and the form that sends it. */
import { z } from 'zod'
import { identifier, line, longestRichText, readFields, repeated, richText, tooLong } from '../publishing/fields.ts'
import type { FieldError } from '../web/forms.ts'
import { cardField, readCards } from './cards.ts'

export interface DemarcheStepDraft {
  /** As it was typed; read at publication. */
  date: string
  title: string
  body: string
  imageId: number | null
}

export interface DemarcheDocument {
  title: string
  introduction: string
  body: string
  steps: DemarcheStepDraft[]
}

export const mostSteps = 60
export const stepCard = 'etape'

const stepForm = z.object({
  date: line,
  titre: line,
  texte: richText,
  image_gardee: identifier,
  image: identifier,
  enlever: repeated
})

const demarcheForm = z.object({ titre: line, introduction: line, texte: richText })

export const longest = { title: 160, introduction: 600, date: 60 }

export function readDemarche(
  body: unknown,
  base: DemarcheDocument
): { document: DemarcheDocument; errors: FieldError[] } {
  const steps = readCards(stepForm, body, stepCard, mostSteps)
  const page = readFields(demarcheForm, body)
  const unreadable = [...steps.errors, ...(page.ok ? [] : page.errors)]
  if (!page.ok || unreadable.length > 0) return { document: base, errors: unreadable }
  const document: DemarcheDocument = {
    title: page.values.titre,
    introduction: page.values.introduction,
    body: page.values.texte,
    steps: steps.cards
      .filter((card) => card.enlever.length === 0)
      .map((card) => ({
        date: card.date,
        title: card.titre,
        body: card.texte,
        imageId: card.image ?? card.image_gardee
      }))
      // A step that was emptied is a step that was removed.
      .filter((step) => step.date !== '' || step.title !== '' || step.body !== '' || step.imageId !== null)
  }
  const errors = tooLong([
    { field: 'titre', text: document.title, longest: longest.title },
    { field: 'introduction', text: document.introduction, longest: longest.introduction },
    { field: 'texte', text: document.body, longest: longestRichText },
    ...document.steps.flatMap((step, index) => [
      { field: cardField(stepCard, index, 'date'), text: step.date, longest: longest.date },
      { field: cardField(stepCard, index, 'titre'), text: step.title, longest: longest.title },
      { field: cardField(stepCard, index, 'texte'), text: step.body, longest: longestRichText }
    ])
  ])
  return { document, errors }
}
