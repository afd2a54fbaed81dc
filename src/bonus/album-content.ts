/** An album as a kind of content: what it declares to be written, published and compared. */
import { sql, type Transaction } from 'kysely'
import { mayManageContent } from '../accounts/permissions.ts'
import type { Database } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import { noteOnFile } from '../media/file-queries.ts'
import { findHidden, hiddenWords } from '../media/image-rights/image-rights-queries.ts'
import { rowsOf, showRow } from '../publishing/content-rows.ts'
import type { Author, ContentKind } from '../publishing/kinds.ts'
import { dayText } from '../web/format.ts'
import type { FieldError } from '../web/forms.ts'
import { isRealDay } from '../web/imprecise-date.ts'
import { type AlbumDocument, type AlbumItemDraft, eachOnce, readAlbum } from './album-document.ts'

export const albumContent: ContentKind<AlbumDocument> = {
  kind: 'album',
  ...rowsOf('albums', '/bonus/galerie/'),
  empty: () => ({ title: '', slug: '', heldOn: null, description: '', downloads: true, items: [] }),
  load: loadAlbum,
  read: readAlbum,
  missing: missingOfAlbum,
  publish: publishAlbum,
  // An image may be described here, and what is gone is left out: `missing` says what lacks.
  files: (document) =>
    document.items.map(({ mediaId }) => ({ field: `legende-${mediaId}`, id: mediaId, onlyAdvice: true })),
  titleOf: (document) => document.title,
  inWords: albumInWords,
  mayEdit: async (_db, agent) => mayManageContent(agent)
}

async function loadAlbum(db: Database, id: number): Promise<AlbumDocument | undefined> {
  const row = await db.selectFrom('albums').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return undefined
  const items = await db
    .selectFrom('album_media')
    .select(['media_id', 'caption'])
    .where('album_id', '=', id)
    .orderBy('order')
    .orderBy('media_id')
    .limit(500)
    .execute()
  return {
    title: row.title,
    slug: row.slug,
    heldOn: row.held_on,
    description: row.description,
    downloads: row.downloads,
    items: items.map(({ media_id, caption }) => ({ mediaId: media_id, caption, alternative: null }))
  }
}

function findFiles(db: Database, items: AlbumItemDraft[]) {
  const ids = items.map(({ mediaId }) => mediaId)
  return db
    .selectFrom('media')
    .select(['id', 'kind', 'title', 'filename', 'alt', 'trashed_at'])
    .where('id', '=', sql<number>`any(${ids}::integer[])`)
    .execute()
}

/** What readers need before the album may be seen; a draft may lack all of it. */
async function missingOfAlbum(db: Database, document: AlbumDocument): Promise<FieldError[]> {
  const errors: FieldError[] = []
  const lack = (field: string, message: string): void => void errors.push({ field, message })
  if (document.title === '') lack('titre', 'Donnez un titre à l’album.')
  if (document.heldOn === null) lack('date', 'Donnez la date de ce moment.')
  else if (!isRealDay(document.heldOn)) {
    lack('date', 'Cette date n’existe pas au calendrier\u00a0: choisissez un autre jour.')
  }
  const files = new Map((await findFiles(db, document.items)).map((row) => [row.id, row]))
  const hidden = await findHidden(
    db,
    document.items.map(({ mediaId }) => mediaId)
  )
  // What is in the trash or gone is left out, not an error: but something must be left to see.
  const shown = document.items.flatMap((item) => {
    const file = files.get(item.mediaId)
    return file && !file.trashed_at ? [{ ...item, file }] : []
  })
  if (shown.length === 0) lack('photos', 'Ajoutez au moins une photo ou une vidéo.')
  for (const { mediaId, alternative, file } of shown) {
    const named = `«\u00a0${file.title}\u00a0»`
    const reason = hidden.get(mediaId)
    if (reason) {
      lack(`legende-${mediaId}`, `${hiddenWords[reason]} Enlevez ${named} de l’album.`)
      continue
    }
    if (file.kind === 'image') {
      if (file.alt !== null) continue
      if (alternative === null) {
        lack(`alternative-${mediaId}`, `Dites ce que montre ${named}, ou que cette image est décorative (RGAA 1.1).`)
      } else if (alternative === file.filename || /\.(jpe?g|png|webp|heic|avif|gif)$/i.test(alternative)) {
        lack(`alternative-${mediaId}`, `Un nom de fichier ne dit rien\u00a0: décrivez ce que montre ${named}.`)
      }
    } else if (file.kind !== 'video') {
      lack(`legende-${mediaId}`, `${named} n’est ni une photo ni une vidéo\u00a0: enlevez ce fichier.`)
    }
  }
  return errors
}

/** Writes the whole document, and shows it; gives the number of the row. */
async function publishAlbum(
  trx: Transaction<DB>,
  contentId: number | undefined,
  document: AlbumDocument,
  author: Author
): Promise<number> {
  if (document.heldOn === null) throw new Error('An album without a date cannot be published.')
  const id = await showRow(trx, 'albums', contentId, {
    values: {
      title: document.title,
      held_on: document.heldOn,
      description: document.description,
      downloads: document.downloads
    },
    address: { wanted: document.slug, title: document.title, untitled: 'album' },
    author
  })
  await writeItems(trx, id, document.items, author)
  return id
}

async function writeItems(
  trx: Transaction<DB>,
  albumId: number,
  items: AlbumItemDraft[],
  author: Author
): Promise<void> {
  await trx.deleteFrom('album_media').where('album_id', '=', albumId).execute()
  const files = await findFiles(trx, items)
  // What was deleted since it was chosen is left out, not an error.
  const kept = new Set(files.filter(({ kind }) => kind === 'image' || kind === 'video').map(({ id }) => id))
  const rows = eachOnce(items)
    .filter(({ mediaId }) => kept.has(mediaId))
    .map(({ mediaId, caption }, order) => ({ album_id: albumId, media_id: mediaId, caption, order }))
  if (rows.length > 0) await trx.insertInto('album_media').values(rows).execute()
  await describe(trx, items, author)
}

/** What was said here of images goes to the library; whoever described one there since has the last word. */
async function describe(trx: Transaction<DB>, items: AlbumItemDraft[], author: Author): Promise<void> {
  const told = items.filter(({ alternative }) => alternative !== null)
  if (told.length === 0) return
  const { rows } = await sql<{ id: number; title: string }>`
    update media set alt = told.alt, described_by = ${author.id}
    from unnest(${told.map(({ mediaId }) => mediaId)}::integer[],
      ${told.map(({ alternative }) => alternative ?? '')}::text[]) as told (id, alt)
    where media.id = told.id and media.kind = 'image' and media.alt is null
    returning media.id, media.title`.execute(trx)
  const { id, name } = author
  for (const file of rows) await noteOnFile(trx, file, 'edited', id === null ? undefined : { id, name })
}

async function albumInWords(db: Database, document: AlbumDocument): Promise<{ label: string; text: string }[]> {
  const titles = new Map((await findFiles(db, document.items)).map((row) => [row.id, row.title]))
  const { heldOn } = document
  return [
    { label: 'Titre', text: document.title },
    { label: 'Adresse', text: document.slug },
    { label: 'Date', text: heldOn !== null && isRealDay(heldOn) ? dayText(heldOn) : (heldOn ?? '') },
    { label: 'Description', text: document.description },
    { label: 'Téléchargement', text: document.downloads ? 'Permis' : 'Non permis' },
    {
      label: 'Photos et vidéos',
      text: document.items
        .map(({ mediaId, caption }) => {
          const title = titles.get(mediaId) ?? `Fichier ${mediaId}, supprimé`
          return caption === '' ? title : `${title}\u00a0: ${caption}`
        })
        .join('\n')
    }
  ]
}
