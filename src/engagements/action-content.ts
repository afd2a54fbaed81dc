/** The action sheet as something that is written: its document, its form, and how it reaches the tables that readers see. */
import { sql, type Transaction } from 'kysely'
import { z } from 'zod'
import { mayEditAction, mayEntrustAction } from '../accounts/permissions.ts'
import type { Database } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import type { Author, ContentKind } from '../publishing/kinds.ts'
import type { SignedInAgent } from '../web/context.ts'
import { impreciseDateText } from '../web/format.ts'
import type { FieldError } from '../web/forms.ts'
import { readImpreciseDate } from '../web/imprecise-date.ts'
import { cleanRichText, plainText, textToRichText } from '../web/rich-text.ts'
import { slugOf } from '../web/slug.ts'
import { type Status, statuses, statusLabel } from './progress.ts'

export interface ActionStepDraft {
  /** As it was typed; read at publication. */
  date: string
  description: string
  done: boolean
}

export interface ActionDocument {
  title: string
  number: number | null
  engagementId: number | null
  status: Status
  visibility: 'agents' | 'public'
  /** `YYYY-MM-DD` */
  dueOn: string | null
  summary: string
  results: string
  tools: string
  imageId: number | null
  steps: ActionStepDraft[]
  services: string[]
  enjeux: string[]
  directionIds: number[]
  piloteIds: number[]
  documentIds: number[]
  relatedIds: number[]
}

export const actionContent: ContentKind<ActionDocument> = {
  kind: 'action',
  path: 'actions',
  words: { the: 'l’action', one: 'action' },
  empty: () => ({
    title: '',
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
  missing: missingOfAction,
  publish: publishAction,
  hide: async (trx, id) => {
    await trx.updateTable('actions').set({ published_at: null }).where('id', '=', id).execute()
  },
  titleOf: (document) => document.title,
  publicPath: async (db, id) => {
    const row = await db.selectFrom('actions').select('slug').where('id', '=', id).executeTakeFirst()
    return row && `/actions/${row.slug}`
  },
  inWords: actionInWords,
  mayEdit: mayEditAction
}

async function loadAction(db: Database, id: number): Promise<ActionDocument | undefined> {
  const row = await db
    .selectFrom('actions')
    .select([
      'title',
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
    .limit(200)
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

const line = (max: number, message: string) =>
  z
    .string()
    .transform((text) => text.replaceAll(/[ \t\r\n]+/g, ' ').trim())
    .pipe(z.string().max(max, message))
const many = z.preprocess(
  (value) => (value === undefined ? [] : [value].flat()),
  z.array(z.string().max(20_000)).max(300)
)
const identifiers = many.transform((values) => [
  // « 12 – Guide du télétravail »: what the lists of suggestions write begins with the number.
  ...new Set(values.flatMap((value) => (/^\d{1,9}(?=\D|$)/.exec(value.trim()) ?? []).map(Number)))
])
const richText = z
  .string()
  .max(200_000, 'Ce texte est trop long\u00a0: coupez-le ou joignez un document.')
  .transform((text) => cleanRichText(textToRichText(text)))
const names = (max: number) =>
  z
    .string()
    .max(2000, 'La liste est trop longue.')
    .transform((text) => [
      ...new Set(
        text
          .split(/[,;\n]/)
          .map((name) => name.trim().slice(0, max))
          .filter((name) => name !== '')
      )
    ])

const actionForm = z.object({
  titre: line(200, 'Le titre tient en 200 caractères.'),
  numero: z.string().transform((text) => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : null)),
  engagement: identifiers.transform((ids) => ids[0] ?? null),
  statut: z.enum(statuses).catch('prevue'),
  visibilite: z.enum(['agents', 'public']).catch('agents'),
  echeance: z.string().transform((text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null)),
  synthese: richText,
  resultats: richText,
  outils: richText,
  image_gardee: identifiers,
  image: identifiers,
  'etape_date[]': many,
  'etape_texte[]': many,
  etape_faite: many,
  services: names(80),
  enjeux: names(80),
  directions: identifiers,
  pilotes: identifiers,
  pilotes_ajout: identifiers,
  documents: identifiers,
  documents_ajout: identifiers,
  connexes: identifiers,
  connexes_ajout: identifiers
})

const formFields = Object.keys(actionForm.shape)

function readAction(
  body: unknown,
  base: ActionDocument,
  agent: SignedInAgent
): { document: ActionDocument; errors: FieldError[] } {
  const source = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  const texts = Object.fromEntries(
    formFields
      .filter((field) => !(actionForm.shape as Record<string, z.ZodType>)[field]?.safeParse(undefined).success)
      .map((field) => [field, ''])
  )
  const sent = Object.fromEntries(
    formFields.filter((field) => Object.hasOwn(source, field)).map((field) => [field, source[field]])
  )
  const form = actionForm.safeParse({ ...texts, ...sent })
  if (!form.success) {
    const errors = form.error.issues.map((issue) => ({ field: String(issue.path[0]), message: issue.message }))
    return { document: base, errors }
  }
  const values = form.data
  const done = new Set(values.etape_faite)
  const steps = values['etape_date[]'].map((date, index) => ({
    date: date
      .replaceAll(/[ \t\r\n]+/g, ' ')
      .trim()
      .slice(0, 60),
    description: (values['etape_texte[]'][index] ?? '')
      .replaceAll(/[ \t\r\n]+/g, ' ')
      .trim()
      .slice(0, 600),
    done: done.has(String(index))
  }))
  const reserved = mayEntrustAction(agent)
    ? {
        number: values.numero,
        engagementId: values.engagement,
        visibility: values.visibilite,
        piloteIds: together(values.pilotes, values.pilotes_ajout)
      }
    : {}
  return {
    document: {
      ...base,
      title: values.titre,
      status: values.statut,
      dueOn: values.echeance,
      summary: values.synthese,
      results: values.resultats,
      tools: values.outils,
      imageId: values.image[0] ?? values.image_gardee[0] ?? null,
      // A line that was emptied is a line that was removed.
      steps: steps.filter((step) => step.date !== '' || step.description !== ''),
      services: values.services,
      enjeux: values.enjeux,
      directionIds: values.directions,
      documentIds: together(values.documents, values.documents_ajout),
      relatedIds: together(values.connexes, values.connexes_ajout),
      ...reserved
    },
    errors: []
  }
}

/** What stayed ticked, and what was added. */
function together(kept: number[], added: number[]): number[] {
  return [...new Set([...kept, ...added])]
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
  if (document.imageId !== null) {
    const image = await db
      .selectFrom('media')
      .select(['kind', 'alt'])
      .where('id', '=', document.imageId)
      .where('trashed_at', 'is', null)
      .executeTakeFirst()
    if (image?.kind !== 'image')
      lack('image', 'Cette image n’est plus dans la médiathèque\u00a0: choisissez-en une autre.')
    else if (image.alt === null)
      lack('image', 'Décrivez l’image dans la médiathèque, ou dites qu’elle est décorative (RGAA 1.1).')
  }
  if (document.number !== null) {
    // Checked again by the database: this is for the sentence.
    const taken = await db
      .selectFrom('actions')
      .select('title')
      .where('number', '=', document.number)
      .where('id', '!=', contentId ?? 0)
      .executeTakeFirst()
    if (taken) lack('numero', `Le numéro ${document.number} est celui de l’action «\u00a0${taken.title}\u00a0».`)
  }
  return errors
}

async function publishAction(
  trx: Transaction<DB>,
  contentId: number | undefined,
  document: ActionDocument,
  author: Author
): Promise<number> {
  if (document.engagementId === null) throw new Error('An action without engagement cannot be published.')
  const values = {
    title: document.title,
    engagement_id: document.engagementId,
    status: document.status,
    visibility: document.visibility,
    due_on: document.dueOn,
    summary: document.summary,
    results: document.results,
    tools: document.tools,
    image_id: document.imageId,
    updated_at: sql<Date>`now()`,
    author_id: author.id
  }
  const number = document.number ?? (await nextNumber(trx))
  const id = contentId ?? (await insertAction(trx, { ...values, number, slug: await freeSlug(trx, document.title) }))
  await trx
    .updateTable('actions')
    .set({ ...values, number, published_at: sql<Date>`coalesce(published_at, now())` })
    .where('id', '=', id)
    .execute()
  await writeSteps(trx, id, document.steps)
  await writeTags(trx, id, document)
  await writeRelations(trx, id, document)
  return id
}

async function insertAction(
  trx: Transaction<DB>,
  values: Parameters<ReturnType<typeof trx.insertInto<'actions'>>['values']>[0]
): Promise<number> {
  const row = await trx.insertInto('actions').values(values).returning('id').executeTakeFirstOrThrow()
  return row.id
}

async function nextNumber(trx: Transaction<DB>): Promise<number> {
  const row = await trx
    .selectFrom('actions')
    .select((eb) => eb.fn.coalesce(eb.fn.max('number'), sql<number>`0`).as('last'))
    .executeTakeFirstOrThrow()
  return row.last + 1
}

/** The slug of a title, with a number behind it while another sheet has it. */
async function freeSlug(trx: Transaction<DB>, title: string): Promise<string> {
  const base = slugOf(title) || 'action'
  const taken = await trx
    .selectFrom('actions')
    .select('slug')
    .where((eb) => eb.or([eb('slug', '=', base), eb('slug', 'like', `${base}-%`)]))
    .execute()
  const slugs = new Set(taken.map((row) => row.slug))
  let slug = base
  for (let suffix = 2; slugs.has(slug); suffix += 1) slug = `${base}-${suffix}`
  return slug
}

async function writeSteps(trx: Transaction<DB>, actionId: number, steps: ActionStepDraft[]): Promise<void> {
  await trx.deleteFrom('action_steps').where('action_id', '=', actionId).execute()
  const rows = steps.flatMap((step, order) => {
    const date = readImpreciseDate(step.date)
    return date ? [{ action_id: actionId, ...date, description: step.description, done: step.done, order }] : []
  })
  if (rows.length > 0) await trx.insertInto('action_steps').values(rows).execute()
}

async function writeTags(trx: Transaction<DB>, actionId: number, document: ActionDocument): Promise<void> {
  const wanted = [
    ...document.services.map((name) => ({ kind: 'service' as const, name, slug: slugOf(name) })),
    ...document.enjeux.map((name) => ({ kind: 'enjeu' as const, name, slug: slugOf(name) }))
  ].filter((tag) => tag.slug !== '')
  await trx.deleteFrom('action_tags').where('action_id', '=', actionId).execute()
  for (const tag of wanted) {
    await trx
      .insertInto('tags')
      .values(tag)
      .onConflict((conflict) => conflict.columns(['kind', 'slug']).doNothing())
      .execute()
    await trx
      .insertInto('action_tags')
      .columns(['action_id', 'tag_id'])
      .expression((eb) =>
        eb
          .selectFrom('tags')
          .select([sql.lit(actionId).as('action_id'), 'id'])
          .where('kind', '=', tag.kind)
          .where('slug', '=', tag.slug)
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

async function writeRelations(trx: Transaction<DB>, actionId: number, document: ActionDocument): Promise<void> {
  await trx.deleteFrom('action_directions').where('action_id', '=', actionId).execute()
  await trx.deleteFrom('action_pilotes').where('action_id', '=', actionId).execute()
  await trx.deleteFrom('action_documents').where('action_id', '=', actionId).execute()
  await trx
    .deleteFrom('related_actions')
    .where((eb) => eb.or([eb('action_id', '=', actionId), eb('related_id', '=', actionId)]))
    .execute()
  // What was deleted since it was chosen is left out, not an error: each list is what still exists of it.
  const existing = async (table: 'directions' | 'agents' | 'media' | 'actions', ids: number[]): Promise<number[]> => {
    if (ids.length === 0) return []
    const rows = await trx.selectFrom(table).select('id').where('id', 'in', ids).execute()
    const known = new Set(rows.map((row) => row.id))
    return ids.filter((id) => known.has(id))
  }
  const directions = await existing('directions', document.directionIds)
  if (directions.length > 0) {
    const rows = directions.map((direction_id) => ({ action_id: actionId, direction_id }))
    await trx.insertInto('action_directions').values(rows).execute()
  }
  const pilotes = await existing('agents', document.piloteIds)
  if (pilotes.length > 0) {
    await trx
      .insertInto('action_pilotes')
      .values(pilotes.map((agent_id) => ({ action_id: actionId, agent_id })))
      .execute()
  }
  const documents = await existing('media', document.documentIds)
  if (documents.length > 0) {
    const rows = documents.map((media_id, order) => ({ action_id: actionId, media_id, order }))
    await trx.insertInto('action_documents').values(rows).execute()
  }
  const related = (await existing('actions', document.relatedIds)).filter((id) => id !== actionId)
  if (related.length > 0) {
    const rows = related.map((id) => ({ action_id: Math.min(id, actionId), related_id: Math.max(id, actionId) }))
    await trx.insertInto('related_actions').values(rows).execute()
  }
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
    { label: 'Engagement', text: await titlesOf('engagements', one(document.engagementId)) },
    { label: 'Statut', text: statusLabel(document.status) },
    { label: 'Visible', text: document.visibility === 'public' ? 'par tout le monde' : 'par les agents' },
    { label: 'Échéance', text: document.dueOn ?? '' },
    { label: 'Synthèse', text: plainText(document.summary) },
    {
      label: 'Chronologie',
      text: document.steps
        .map((step) => `${step.date}\u00a0: ${step.description}${step.done ? ' (fait)' : ''}`)
        .join('\n')
    },
    { label: 'Résultats', text: plainText(document.results) },
    { label: 'Outils', text: plainText(document.tools) },
    { label: 'Services', text: document.services.join(', ') },
    { label: 'Enjeux', text: document.enjeux.join(', ') },
    { label: 'Directions', text: await namesOf('directions', document.directionIds) },
    { label: 'Pilotes', text: await namesOf('agents', document.piloteIds) },
    { label: 'Image', text: await titlesOf('media', one(document.imageId)) },
    { label: 'Documents', text: await titlesOf('media', document.documentIds) },
    { label: 'Actions connexes', text: await titlesOf('actions', document.relatedIds) }
  ]
}
