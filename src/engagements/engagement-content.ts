/** The engagement as a kind of content: what it declares to be written, published and compared. */
import { sql, type Transaction } from 'kysely'
import { mayManageContent } from '../accounts/permissions.ts'
import type { Database } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import { findImageProblems } from '../media/choices.ts'
import { addressFor } from '../publishing/addresses.ts'
import type { Author, ContentKind } from '../publishing/kinds.ts'
import { countText, plural } from '../web/format.ts'
import type { FieldError } from '../web/forms.ts'
import { comparedText, plainText } from '../web/rich-text.ts'
import { type EngagementDocument, readEngagement } from './engagement-document.ts'
import { countKeptActions, countShownActions } from './engagement-queries.ts'
import { hueLabel } from './progress.ts'

export const engagementContent: ContentKind<EngagementDocument> = {
  kind: 'engagement',
  words: { the: 'l’engagement', one: 'engagement' },
  empty: () => ({ title: '', slug: '', number: null, tagline: '', hue: null, imageId: null, description: '' }),
  load: loadEngagement,
  read: readEngagement,
  missing: missingOfEngagement,
  publish: publishEngagement,
  texts: (document) => [{ field: 'presentation', label: 'Présentation', html: document.description }],
  files: (document) => (document.imageId === null ? [] : [{ field: 'image', id: document.imageId }]),
  alsoHides: async (db, id) => {
    const count = await countShownActions(db, id)
    if (count === 0) return undefined
    const sheets = countText(count, 'fiche d’action publiée', 'fiches d’action publiées')
    return count === 1
      ? `${sheets} disparaîtra avec lui pour les lecteurs, et reviendra avec lui.`
      : `${sheets} disparaîtront avec lui pour les lecteurs, et reviendront avec lui.`
  },
  keptFromTrash: async (db, id) => {
    const count = await countKeptActions(db, id)
    if (count === 0) return undefined
    const owned = `${countText(count, 'fiche')} ${plural(count, 'appartient', 'appartiennent')} à cet engagement, qui ne peut donc pas aller à la corbeille.`
    const first =
      count === 1
        ? 'Rattachez-la d’abord à un autre engagement, ou mettez-la à la corbeille.'
        : 'Rattachez-les d’abord à un autre engagement, ou mettez-les à la corbeille.'
    return `${owned} ${first} Pour le cacher avec ${plural(count, 'elle', 'elles')}, retirez-le\u00a0: rien n’est perdu.`
  },
  hide: async (trx, id) => {
    await trx.updateTable('engagements').set({ published_at: null }).where('id', '=', id).execute()
  },
  // The database refuses while a sheet belongs to it, even one in the trash: the engagement then waits there too.
  erase: async (trx, id) => {
    await trx.deleteFrom('engagements').where('id', '=', id).execute()
  },
  titleOf: (document) => document.title,
  publicPath: async (db, id) => {
    const row = await db.selectFrom('engagements').select('slug').where('id', '=', id).executeTakeFirst()
    return row && `/engagements/${row.slug}`
  },
  inWords: engagementInWords,
  mayEdit: async (_db, agent) => mayManageContent(agent)
}

async function loadEngagement(db: Database, id: number): Promise<EngagementDocument | undefined> {
  const row = await db
    .selectFrom('engagements')
    .select(['title', 'slug', 'number', 'tagline', 'hue', 'image_id', 'description'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const { image_id: imageId, ...document } = row
  return { ...document, imageId }
}

/** What readers need before the engagement may be seen; a draft may lack all of it. */
async function missingOfEngagement(
  db: Database,
  document: EngagementDocument,
  contentId: number | null
): Promise<FieldError[]> {
  const errors: FieldError[] = []
  const lack = (field: string, message: string): void => void errors.push({ field, message })
  if (document.title === '') lack('titre', 'Donnez un titre à l’engagement.')
  if (document.number === 0) lack('numero', 'Les numéros commencent à 1.')
  else if (document.number !== null) {
    // Checked again by the database: this is for the sentence.
    const taken = await db
      .selectFrom('engagements')
      .leftJoin('entries', (join) =>
        join.onRef('entries.content_id', '=', 'engagements.id').on('entries.kind', '=', 'engagement')
      )
      .select(['engagements.title', 'entries.trashed_at', 'entries.withdrawn_at'])
      .where('engagements.number', '=', document.number)
      .where('engagements.id', '!=', contentId ?? 0)
      .executeTakeFirst()
    if (taken) {
      const where = taken.trashed_at ? ', à la corbeille' : taken.withdrawn_at ? ', retiré' : ''
      lack('numero', `Le numéro ${document.number} est celui de l’engagement «\u00a0${taken.title}\u00a0»${where}.`)
    }
  }
  if (document.hue === null) lack('teinte', 'Choisissez la couleur de l’engagement.')
  if (document.imageId !== null) {
    const problem = (await findImageProblems(db, [document.imageId])).get(document.imageId)
    if (problem) lack('image', problem)
  }
  if (plainText(document.description) === '')
    lack('presentation', 'Écrivez la présentation\u00a0: ce que la ville promet, et à qui.')
  return errors
}

/** Writes the whole document, and shows it; gives the number of the row. */
async function publishEngagement(
  trx: Transaction<DB>,
  contentId: number | undefined,
  document: EngagementDocument,
  author: Author
): Promise<number> {
  if (document.hue === null) throw new Error('An engagement without a colour cannot be published.')
  const slug = await addressFor(trx, 'engagements', {
    id: contentId,
    wanted: document.slug,
    title: document.title,
    untitled: 'engagement'
  })
  // Numbers too are given one engagement after the other: the lock of their addresses is still held.
  const number = document.number ?? (await numberOf(trx, contentId)) ?? (await nextNumber(trx))
  const values = {
    title: document.title,
    slug,
    number,
    tagline: document.tagline,
    hue: document.hue,
    image_id: document.imageId,
    description: document.description,
    updated_at: sql<Date>`now()`,
    author_id: author.id
  }
  if (contentId === undefined) {
    const { id } = await trx
      .insertInto('engagements')
      .values({ ...values, published_at: sql<Date>`now()` })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  }
  await trx
    .updateTable('engagements')
    .set({ ...values, published_at: sql<Date>`coalesce(published_at, now())` })
    .where('id', '=', contentId)
    .execute()
  return contentId
}

/** An engagement keeps its number when the field is emptied: its readers know it by that. */
async function numberOf(trx: Transaction<DB>, id: number | undefined): Promise<number | undefined> {
  if (id === undefined) return undefined
  const row = await trx.selectFrom('engagements').select('number').where('id', '=', id).executeTakeFirst()
  return row?.number
}

async function nextNumber(trx: Transaction<DB>): Promise<number> {
  const row = await trx
    .selectFrom('engagements')
    .select((eb) => eb.fn.coalesce(eb.fn.max('number'), sql<number>`0`).as('last'))
    .executeTakeFirstOrThrow()
  return row.last + 1
}

async function engagementInWords(
  db: Database,
  document: EngagementDocument
): Promise<{ label: string; text: string }[]> {
  const image =
    document.imageId === null
      ? undefined
      : await db.selectFrom('media').select('title').where('id', '=', document.imageId).executeTakeFirst()
  return [
    { label: 'Titre', text: document.title },
    { label: 'Numéro', text: document.number === null ? '' : String(document.number) },
    { label: 'Adresse', text: document.slug },
    { label: 'Accroche', text: document.tagline },
    { label: 'Couleur', text: document.hue === null ? '' : hueLabel(document.hue) },
    { label: 'Image', text: image?.title ?? '' },
    { label: 'Présentation', text: comparedText(document.description) }
  ]
}
