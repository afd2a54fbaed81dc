/** La démarche as a kind of content: a page, and the steps of its timeline. */
import { sql, type Transaction } from 'kysely'
import { mayManageContent } from '../accounts/permissions.ts'
import type { Database } from '../db/database.ts'
import { imprecisely } from '../db/imprecise-dates.ts'
import type { DB } from '../db/schema.ts'
import { permanent } from '../publishing/content-rows.ts'
import type { ContentKind } from '../publishing/kinds.ts'
import { filesIn, missingFiles, type ShownFile, titlesOfFiles } from '../publishing/shown-files.ts'
import { impreciseDateText } from '../web/format.ts'
import type { FieldError } from '../web/forms.ts'
import { readImpreciseDate } from '../web/imprecise-date.ts'
import { comparedText } from '../web/rich-text.ts'
import { cardField } from './cards.ts'
import {
  type DemarcheDocument,
  type DemarcheStepDraft,
  mostSteps,
  readDemarche,
  stepCard
} from './demarche-document.ts'
import { isSameRichText, matchRows } from './rows.ts'

export const demarcheContent: ContentKind<DemarcheDocument> = {
  kind: 'demarche',
  ...permanent('La démarche'),
  empty: () => ({ title: '', introduction: '', body: '', steps: [] }),
  load: loadDemarche,
  read: readDemarche,
  missing: missingOfDemarche,
  publish: publishDemarche,
  texts: (document) => [
    { field: 'texte', label: 'Texte', html: document.body },
    ...document.steps.map((step, index) => ({
      field: cardField(stepCard, index, 'texte'),
      label: `Étape ${index + 1}`,
      html: step.body
    }))
  ],
  files: (document) => filesIn(shownFiles(document)),
  titleOf: (document) => document.title,
  publicPath: async () => '/demarche',
  inWords: demarcheInWords,
  mayEdit: async (_db, agent) => mayManageContent(agent)
}

async function loadDemarche(db: Database, id: number): Promise<DemarcheDocument | undefined> {
  const page = await db
    .selectFrom('pages')
    .select(['title', 'introduction', 'body'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!page) return undefined
  const steps = await db
    .selectFrom('demarche_steps')
    .select(['precision', 'part', 'starts_on', 'ends_on', 'title', 'body', 'image_id'])
    .orderBy(imprecisely)
    .orderBy('order')
    .orderBy('id')
    .limit(mostSteps)
    .execute()
  return {
    ...page,
    steps: steps.map((step) => ({
      date: impreciseDateText(step),
      title: step.title,
      body: step.body,
      imageId: step.image_id
    }))
  }
}

function shownFiles(document: DemarcheDocument): ShownFile[] {
  return document.steps.map((step, index) => ({
    field: cardField(stepCard, index, 'image'),
    id: step.imageId,
    kind: 'image'
  }))
}

async function missingOfDemarche(db: Database, document: DemarcheDocument): Promise<FieldError[]> {
  const errors: FieldError[] = []
  const lack = (field: string, message: string): void => void errors.push({ field, message })
  if (document.title === '') lack('titre', 'Donnez un titre à la page.')
  document.steps.forEach((step, index) => {
    const which = step.title ? `«\u00a0${step.title}\u00a0»` : `Étape ${index + 1}`
    if (!readImpreciseDate(step.date)) {
      lack(
        cardField(stepCard, index, 'date'),
        `${which}\u00a0: écrivez une date comme 2022, 2020-2022, Fin 2022, Mars 2023 ou 14 mars 2023.`
      )
    }
    if (step.title === '') lack(cardField(stepCard, index, 'titre'), `${which}\u00a0: donnez un titre.`)
  })
  return [...errors, ...(await missingFiles(db, shownFiles(document)))]
}

/** Writes the whole document; gives the number of the page's row. */
async function publishDemarche(
  trx: Transaction<DB>,
  id: number | undefined,
  document: DemarcheDocument
): Promise<number> {
  if (id === undefined) throw new Error('La démarche has a row since its migration.')
  const { title, introduction, body } = document
  await trx
    .updateTable('pages')
    .set({ title, introduction, body, updated_at: sql<Date>`now()` })
    .where('id', '=', id)
    .execute()
  await writeSteps(trx, document.steps)
  return id
}

/** What the webmaster changed is no longer the demonstration's, and stays when that goes. */
async function writeSteps(trx: Transaction<DB>, steps: DemarcheStepDraft[]): Promise<void> {
  const lines = steps.flatMap((step) => {
    const date = readImpreciseDate(step.date)
    return date ? [{ ...step, date }] : []
  })
  const rows = await trx.selectFrom('demarche_steps').selectAll().execute()
  const { matched, gone } = matchRows(
    rows,
    lines,
    (row, line) =>
      impreciseDateText(row) === impreciseDateText(line.date) &&
      row.title === line.title &&
      row.image_id === line.imageId &&
      isSameRichText(row.body, line.body)
  )
  if (gone.length > 0) {
    const ids = gone.map((row) => row.id)
    await trx.deleteFrom('demarche_steps').where('id', 'in', ids).execute()
  }
  for (const [order, { line, row, isUnchanged }] of matched.entries()) {
    const values = { title: line.title, body: line.body, image_id: line.imageId, order }
    if (!row) {
      await trx
        .insertInto('demarche_steps')
        .values({ ...values, ...line.date })
        .execute()
      continue
    }
    await trx
      .updateTable('demarche_steps')
      .set(isUnchanged ? values : { ...values, ...line.date, demonstration: false })
      .where('id', '=', row.id)
      .execute()
  }
}

async function demarcheInWords(db: Database, document: DemarcheDocument): Promise<{ label: string; text: string }[]> {
  const files = await titlesOfFiles(
    db,
    document.steps.map((step) => step.imageId)
  )
  return [
    { label: 'Titre', text: document.title },
    { label: 'Introduction', text: document.introduction },
    { label: 'Texte', text: comparedText(document.body) },
    {
      label: 'Étapes',
      text: document.steps
        .map((step) =>
          [
            `${step.date}\u00a0: ${step.title}`,
            comparedText(step.body),
            step.imageId === null ? '' : `Image\u00a0: ${files.get(step.imageId) ?? 'fichier supprimé'}`
          ]
            .filter((text) => text !== '')
            .join('\n')
        )
        .join('\n\n')
    }
  ]
}
