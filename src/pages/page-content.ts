/** The legal pages as a kind of content: they always exist, and the webmaster writes them. */
import { sql, type Transaction } from 'kysely'
import { z } from 'zod'
import { mayManageContent } from '../accounts/permissions.ts'
import type { Database } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import { permanent } from '../publishing/content-rows.ts'
import { line, longestRichText, readFields, richText, tooLong } from '../publishing/fields.ts'
import type { ContentKind } from '../publishing/kinds.ts'
import type { FieldError } from '../web/forms.ts'
import { comparedText, plainText } from '../web/rich-text.ts'

export interface PageDocument {
  title: string
  introduction: string
  body: string
}

export const longest = { title: 160, introduction: 600 }

const pageForm = z.object({ titre: line, introduction: line, texte: richText })

export const pageContent: ContentKind<PageDocument> = {
  kind: 'page',
  ...permanent('A legal page'),
  empty: () => ({ title: '', introduction: '', body: '' }),
  load: (db, id) =>
    db.selectFrom('pages').select(['title', 'introduction', 'body']).where('id', '=', id).executeTakeFirst(),
  read: readPage,
  missing: async (_db, document) => {
    const errors: FieldError[] = []
    if (document.title === '') errors.push({ field: 'titre', message: 'Donnez un titre à la page.' })
    if (plainText(document.body) === '') {
      errors.push({ field: 'texte', message: 'Écrivez le texte\u00a0: la loi veut que cette page existe.' })
    }
    return errors
  },
  publish: publishPage,
  texts: (document) => [{ field: 'texte', label: 'Texte', html: document.body }],
  titleOf: (document) => document.title,
  publicPath: async (db, id) => {
    const row = await db.selectFrom('pages').select('slug').where('id', '=', id).executeTakeFirst()
    return row && `/${row.slug}`
  },
  inWords: async (_db: Database, document) => [
    { label: 'Titre', text: document.title },
    { label: 'Introduction', text: document.introduction },
    { label: 'Texte', text: comparedText(document.body) }
  ],
  mayEdit: async (_db, agent) => mayManageContent(agent)
}

function readPage(body: unknown, base: PageDocument): { document: PageDocument; errors: FieldError[] } {
  const form = readFields(pageForm, body)
  if (!form.ok) return { document: base, errors: form.errors }
  const { titre, introduction, texte } = form.values
  return {
    document: { title: titre, introduction, body: texte },
    errors: tooLong([
      { field: 'titre', text: titre, longest: longest.title },
      { field: 'introduction', text: introduction, longest: longest.introduction },
      { field: 'texte', text: texte, longest: longestRichText }
    ])
  }
}

/** Its address stays: the law and the footer count on it. */
async function publishPage(trx: Transaction<DB>, id: number | undefined, document: PageDocument): Promise<number> {
  if (id === undefined) throw new Error('The legal pages have their rows since their migration.')
  const { title, introduction, body } = document
  await trx
    .updateTable('pages')
    .set({ title, introduction, body, updated_at: sql<Date>`now()` })
    .where('id', '=', id)
    .execute()
  return id
}
