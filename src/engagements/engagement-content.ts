/** The engagement as a kind of content: what it declares to be written, published and compared. */
import type { Transaction } from 'kysely'
import { mayManageContent } from '../accounts/permissions.ts'
import type { Database } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import { rowsOf, showRow } from '../publishing/content-rows.ts'
import type { Author, ContentKind } from '../publishing/kinds.ts'
import { missingNumber, numberFor } from '../publishing/numbers.ts'
import { filesIn, missingFiles, type ShownFile, titlesOfFiles } from '../publishing/shown-files.ts'
import { countText, plural } from '../web/format.ts'
import type { FieldError } from '../web/forms.ts'
import { comparedText, plainText } from '../web/rich-text.ts'
import { type EngagementDocument, readEngagement } from './engagement-document.ts'
import { countKeptActions, countShownActions } from './engagement-queries.ts'
import { hueLabel } from './progress.ts'

export const engagementContent: ContentKind<EngagementDocument> = {
  kind: 'engagement',
  // To erase it, the database refuses while a sheet belongs to it, even one in the trash: the engagement then waits there too.
  ...rowsOf('engagements', '/engagements/'),
  empty: () => ({ title: '', slug: '', number: null, tagline: '', hue: null, imageId: null, description: '' }),
  load: loadEngagement,
  read: readEngagement,
  missing: missingOfEngagement,
  publish: publishEngagement,
  texts: (document) => [{ field: 'presentation', label: 'Présentation', html: document.description }],
  files: (document) => filesIn(shownFiles(document)),
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
  titleOf: (document) => document.title,
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
  errors.push(...(await missingNumber(db, 'engagement', { number: document.number, contentId, of: 'l’engagement' })))
  if (document.hue === null) lack('teinte', 'Choisissez la couleur de l’engagement.')
  errors.push(...(await missingFiles(db, shownFiles(document))))
  if (plainText(document.description) === '')
    lack('presentation', 'Écrivez la présentation\u00a0: ce que la ville promet, et à qui.')
  return errors
}

function shownFiles({ imageId }: EngagementDocument): ShownFile[] {
  return [{ field: 'image', id: imageId, kind: 'image' }]
}

/** Writes the whole document, and shows it; gives the number of the row. */
async function publishEngagement(
  trx: Transaction<DB>,
  contentId: number | undefined,
  document: EngagementDocument,
  author: Author
): Promise<number> {
  if (document.hue === null) throw new Error('An engagement without a colour cannot be published.')
  const values = {
    title: document.title,
    number: await numberFor(trx, 'engagements', { id: contentId, wanted: document.number }),
    tagline: document.tagline,
    hue: document.hue,
    image_id: document.imageId,
    description: document.description
  }
  const address = { wanted: document.slug, title: document.title, untitled: 'engagement' }
  return showRow(trx, 'engagements', contentId, { values, address, author })
}

async function engagementInWords(
  db: Database,
  document: EngagementDocument
): Promise<{ label: string; text: string }[]> {
  const titles = await titlesOfFiles(db, [document.imageId])
  return [
    { label: 'Titre', text: document.title },
    { label: 'Numéro', text: document.number === null ? '' : String(document.number) },
    { label: 'Adresse', text: document.slug },
    { label: 'Accroche', text: document.tagline },
    { label: 'Couleur', text: document.hue === null ? '' : hueLabel(document.hue) },
    { label: 'Image', text: titles.get(document.imageId ?? 0) ?? '' },
    { label: 'Présentation', text: comparedText(document.description) }
  ]
}
