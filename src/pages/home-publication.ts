/** How the document of the home page reaches the tables that readers see. */
import { sql, type Transaction } from 'kysely'
import type { DB } from '../db/schema.ts'
import type { HighlightDraft, HomeDocument, HomeWordDraft } from './home-document.ts'
import { isSameRichText, matchRows } from './rows.ts'

/** Writes the whole document. What the webmaster changed is no longer the demonstration's, and stays when that goes. */
export async function publishHome(trx: Transaction<DB>, document: HomeDocument): Promise<void> {
  await writeWords(trx, document.words)
  await writeHighlights(trx, document.highlights)
  const text = document.bannerText || null
  const href = document.bannerHref || null
  await trx
    .updateTable('settings')
    .set({ banner_text: text, banner_href: href })
    .where(sql<boolean>`(banner_text, banner_href) is distinct from (${text}::text, ${href}::text)`)
    .execute()
}

async function writeWords(trx: Transaction<DB>, words: HomeWordDraft[]): Promise<void> {
  const rows = await trx.selectFrom('home_words').selectAll().where('published_at', 'is not', null).execute()
  const { matched, gone } = matchRows(
    rows,
    words,
    (row, word) =>
      row.author_name === word.authorName &&
      row.author_title === word.authorTitle &&
      row.title === word.title &&
      row.portrait_id === word.portraitId &&
      row.video_id === word.videoId &&
      isSameRichText(row.body, word.body)
  )
  await remove(trx, 'home_words', gone)
  for (const [order, { line: word, row, isUnchanged }] of matched.entries()) {
    const values = {
      author_name: word.authorName,
      author_title: word.authorTitle,
      title: word.title,
      body: word.body,
      portrait_id: word.portraitId,
      video_id: word.videoId,
      order
    }
    if (!row) {
      await trx
        .insertInto('home_words')
        .values({ ...values, published_at: sql<Date>`now()` })
        .execute()
      continue
    }
    await trx
      .updateTable('home_words')
      .set(isUnchanged ? values : { ...values, ...own })
      .where('id', '=', row.id)
      .execute()
  }
}

async function writeHighlights(trx: Transaction<DB>, highlights: HighlightDraft[]): Promise<void> {
  const rows = await trx.selectFrom('highlights').selectAll().where('published_at', 'is not', null).execute()
  const { matched, gone } = matchRows(
    rows,
    highlights,
    (row, highlight) =>
      row.title === highlight.title &&
      row.text === highlight.text &&
      row.href === highlight.href &&
      row.image_id === highlight.imageId
  )
  await remove(trx, 'highlights', gone)
  for (const [order, { line: highlight, row, isUnchanged }] of matched.entries()) {
    const { title, text, href, imageId } = highlight
    const values = { title, text, href, image_id: imageId, order }
    if (!row) {
      await trx
        .insertInto('highlights')
        .values({ ...values, published_at: sql<Date>`now()` })
        .execute()
      continue
    }
    await trx
      .updateTable('highlights')
      .set(isUnchanged ? values : { ...values, ...own })
      .where('id', '=', row.id)
      .execute()
  }
}

/** Of a row that the webmaster rewrote. */
const own = { demonstration: false, updated_at: sql<Date>`now()` }

async function remove(trx: Transaction<DB>, table: 'home_words' | 'highlights', rows: { id: number }[]): Promise<void> {
  if (rows.length === 0) return
  const ids = rows.map((row) => row.id)
  await trx.deleteFrom(table).where('id', 'in', ids).execute()
}
