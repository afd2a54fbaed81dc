/** The action sheet as a kind of content: what it declares to be written, published and compared. */
import { isPublishedAction, mayEditAction, mayManageContent } from '../accounts/permissions.ts'
import type { Database } from '../db/database.ts'
import { rowsOf } from '../publishing/content-rows.ts'
import type { ContentKind } from '../publishing/kinds.ts'
import { missingNumber } from '../publishing/numbers.ts'
import { missingFiles } from '../publishing/shown-files.ts'
import { filesToChoose } from '../publishing/still-there.ts'
import type { SignedInAgent } from '../web/context.ts'
import { impreciseDateText } from '../web/format.ts'
import type { FieldError } from '../web/forms.ts'
import { isRealDay, readImpreciseDate } from '../web/imprecise-date.ts'
import { comparedText, plainText } from '../web/rich-text.ts'
import { type ActionDocument, bringBackAction, readAction } from './action-document.ts'
import { publishAction } from './action-publication.ts'
import { statusLabel } from './progress.ts'

export const actionContent: ContentKind<ActionDocument> = {
  kind: 'action',
  ...rowsOf('actions', '/actions/'),
  empty: () => ({
    title: '',
    slug: '',
    number: null,
    engagementId: null,
    status: 'prevue',
    visibility: 'agents',
    dueOn: null,
    summary: '',
    results: '',
    tools: '',
    imageId: null,
    steps: [],
    services: [],
    enjeux: [],
    directionIds: [],
    piloteIds: [],
    documentIds: [],
    relatedIds: []
  }),
  load: loadAction,
  read: readAction,
  onlyVisible: onlyVisibleToAgent,
  bringBack: bringBackAction,
  missing: missingOfAction,
  publish: publishAction,
  texts: (document) => [
    { field: 'synthese', label: 'Synthèse', html: document.summary },
    { field: 'resultats', label: 'Résultats', html: document.results },
    { field: 'outils', label: 'Outils', html: document.tools }
  ],
  files: (document) => [
    ...(document.imageId === null ? [] : [{ field: 'image', id: document.imageId }]),
    ...document.documentIds.map((id) => ({ field: 'documents', id }))
  ],
  titleOf: (document) => document.title,
  inWords: actionInWords,
  mayEdit: mayEditAction
}

async function loadAction(db: Database, id: number): Promise<ActionDocument | undefined> {
  const row = await db
    .selectFrom('actions')
    .select([
      'title',
      'slug',
      'number',
      'engagement_id',
      'status',
      'visibility',
      'due_on',
      'summary',
      'results',
      'tools',
      'image_id'
    ])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const ids = (rows: { id: number }[]): number[] => rows.map((other) => other.id)
  const steps = await db
    .selectFrom('action_steps')
    .select(['precision', 'part', 'starts_on', 'ends_on', 'description', 'done'])
    .where('action_id', '=', id)
    .orderBy('starts_on')
    .orderBy('order')
    .execute()
  const tags = await db
    .selectFrom('action_tags')
    .innerJoin('tags', 'tags.id', 'action_tags.tag_id')
    .select(['tags.kind', 'tags.name'])
    .where('action_id', '=', id)
    .orderBy('tags.name')
    .execute()
  const directions = await db
    .selectFrom('action_directions')
    .select('direction_id as id')
    .where('action_id', '=', id)
    .orderBy('direction_id')
    .execute()
  const pilotes = await db
    .selectFrom('action_pilotes')
    .select('agent_id as id')
    .where('action_id', '=', id)
    .orderBy('agent_id')
    .execute()
  const documents = await db
    .selectFrom('action_documents')
    .select('media_id as id')
    .where('action_id', '=', id)
    .orderBy('order')
    .execute()
  const related = await db
    .selectFrom('related_actions')
    .select('related_id as id')
    .where('action_id', '=', id)
    .unionAll(db.selectFrom('related_actions').select('action_id as id').where('related_id', '=', id))
    .execute()
  return {
    title: row.title,
    slug: row.slug,
    number: row.number,
    engagementId: row.engagement_id,
    status: row.status,
    visibility: row.visibility,
    dueOn: row.due_on,
    summary: row.summary,
    results: row.results,
    tools: row.tools,
    imageId: row.image_id,
    steps: steps.map((step) => ({
      date: impreciseDateText(step),
      description: step.description,
      done: step.done
    })),
    services: tags.filter((tag) => tag.kind === 'service').map((tag) => tag.name),
    enjeux: tags.filter((tag) => tag.kind === 'enjeu').map((tag) => tag.name),
    directionIds: ids(directions),
    piloteIds: ids(pilotes),
    documentIds: ids(documents),
    relatedIds: ids(related).sort((a, b) => a - b)
  }
}

/** What readers do not see, no pilote learns of by its number: a sheet in preparation, a file thrown away. */
async function onlyVisibleToAgent(
  db: Database,
  document: ActionDocument,
  base: ActionDocument,
  agent: SignedInAgent
): Promise<ActionDocument> {
  if (mayManageContent(agent)) return document
  const named = new Set(base.relatedIds)
  const added = document.relatedIds.filter((id) => !named.has(id))
  const onShow =
    added.length === 0
      ? []
      : await db.selectFrom('actions').select('id').where('id', 'in', added).where(isPublishedAction()).execute()
  for (const { id } of onShow) named.add(id)
  const images = document.imageId === null ? [] : [document.imageId]
  const [imageId = null] = await filesToChoose(db, images, base.imageId === null ? [] : [base.imageId])
  return {
    ...document,
    imageId,
    documentIds: await filesToChoose(db, document.documentIds, base.documentIds),
    relatedIds: document.relatedIds.filter((id) => named.has(id))
  }
}

/** What readers need before the sheet may be seen; a draft may lack all of it. */
async function missingOfAction(
  db: Database,
  document: ActionDocument,
  contentId: number | null
): Promise<FieldError[]> {
  const errors: FieldError[] = []
  const lack = (field: string, message: string): void => void errors.push({ field, message })
  if (document.title === '') lack('titre', 'Donnez un titre à l’action.')
  if (document.engagementId === null) lack('engagement', 'Choisissez l’engagement auquel l’action appartient.')
  else {
    const engagement = await db
      .selectFrom('engagements')
      .select('id')
      .where('id', '=', document.engagementId)
      .where('published_at', 'is not', null)
      .executeTakeFirst()
    if (!engagement) lack('engagement', 'Cet engagement n’est plus en ligne\u00a0: choisissez-en un autre.')
  }
  if (document.dueOn !== null && !isRealDay(document.dueOn)) {
    lack('echeance', 'Cette date n’existe pas au calendrier\u00a0: choisissez un autre jour.')
  }
  if (plainText(document.summary) === '')
    lack('synthese', 'Écrivez la synthèse\u00a0: ce que l’action change, pour qui.')
  document.steps.forEach((step, index) => {
    if (step.description === '')
      lack(`etape-texte-${index}`, `Dites ce qui s’est passé à l’étape «\u00a0${step.date}\u00a0».`)
    if (!readImpreciseDate(step.date)) {
      lack(
        `etape-date-${index}`,
        `Étape ${index + 1}\u00a0: écrivez une date comme 2022, 2020-2022, Fin 2022, Mars 2023 ou 14 mars 2023.`
      )
    }
  })
  return [
    ...errors,
    ...(await missingFiles(db, [{ field: 'image', id: document.imageId, kind: 'image' }])),
    ...(await missingNumber(db, 'action', { number: document.number, contentId, of: 'l’action' }))
  ]
}

async function actionInWords(db: Database, document: ActionDocument): Promise<{ label: string; text: string }[]> {
  const namesOf = async (table: 'directions' | 'agents', ids: number[]): Promise<string> => {
    if (ids.length === 0) return ''
    const rows = await db.selectFrom(table).select('name').where('id', 'in', ids).orderBy('name').execute()
    return rows.map((row) => row.name).join(', ')
  }
  const titlesOf = async (table: 'media' | 'actions' | 'engagements', ids: number[]): Promise<string> => {
    if (ids.length === 0) return ''
    const rows = await db.selectFrom(table).select('title').where('id', 'in', ids).orderBy('title').execute()
    return rows.map((row) => row.title).join(', ')
  }
  const one = (id: number | null): number[] => (id === null ? [] : [id])
  return [
    { label: 'Titre', text: document.title },
    { label: 'Numéro', text: document.number === null ? '' : String(document.number) },
    { label: 'Adresse', text: document.slug },
    { label: 'Engagement', text: await titlesOf('engagements', one(document.engagementId)) },
    { label: 'Statut', text: statusLabel(document.status) },
    { label: 'Visible', text: document.visibility === 'public' ? 'par tout le monde' : 'par les agents' },
    { label: 'Échéance', text: document.dueOn ?? '' },
    { label: 'Synthèse', text: comparedText(document.summary) },
    {
      label: 'Chronologie',
      text: document.steps
        .map((step) => `${step.date}\u00a0: ${step.description}${step.done ? ' (fait)' : ''}`)
        .join('\n')
    },
    { label: 'Résultats', text: comparedText(document.results) },
    { label: 'Outils', text: comparedText(document.tools) },
    { label: 'Services', text: document.services.join(', ') },
    { label: 'Enjeux', text: document.enjeux.join(', ') },
    { label: 'Directions', text: await namesOf('directions', document.directionIds) },
    { label: 'Pilotes', text: await namesOf('agents', document.piloteIds) },
    { label: 'Image', text: await titlesOf('media', one(document.imageId)) },
    { label: 'Documents', text: await titlesOf('media', document.documentIds) },
    { label: 'Actions connexes', text: await titlesOf('actions', document.relatedIds) }
  ]
}
