/** What becomes of a file that somebody sends, in one piece or in several. */
import type { Database } from '../../db/database.ts'
import type { SignedInAgent } from '../../web/context.ts'
import { noteOnFile } from '../file-queries.ts'
import { putInFolder } from '../folders.ts'
import { folderName } from '../forms.ts'
import type { Twin } from '../space/space-queries.ts'
import { type NewFile, type StoredMedia, storeFile } from '../uploads.ts'
import { mediaUrl } from '../views.ts'

export const libraryPath = '/gestion/mediatheque'

/** Where the words of a video are written. */
export function wordsPath(id: number): string {
  return `${libraryPath}/${id}/sous-titres`
}

/** What became of one file that was sent. */
export type Sending =
  | ({ name: string; twin?: Twin | undefined } & TakenFile)
  /** `isForRoom`: nothing is wrong with the file, there is no room for it now. */
  | { name: string; message: string; isForRoom?: boolean }

/** What a script has to know of a file that was kept. */
export type TakenFile = Pick<StoredMedia, 'id' | 'title' | 'kind' | 'filename' | 'alt'>

export interface SentFile extends Pick<NewFile, 'uploadsDir' | 'source' | 'filename' | 'andThen'> {
  agent: Pick<SignedInAgent, 'id' | 'name'>
  /** Of the library, as typed; empty: none. */
  folder: string
}

/** Keeps a file that an agent sends, in their name; throws a `RefusedFile` that says what to do. */
export function keepSentFile(db: Database, { agent, folder, andThen, ...file }: SentFile): Promise<StoredMedia> {
  return storeFile(db, {
    ...file,
    title: titleFrom(file.filename),
    details: { author_id: agent.id },
    andThen: async (trx, media) => {
      const name = folderName(folder).slice(0, 80).trim()
      if (name !== '') await putInFolder(trx, media.id, name)
      await noteOnFile(trx, media, 'added', agent)
      await andThen?.(trx, media)
    }
  })
}

/** How an answer about these files is marked: at least one was kept, there was no room, or they were refused. */
export function statusOf(sendings: Sending[]): 201 | 422 | 507 {
  if (sendings.some((sending) => 'id' in sending)) return 201
  return sendings.some((sending) => 'message' in sending && sending.isForRoom) ? 507 : 422
}

/** « Ce fichier est déjà dans la médiathèque sous « … » » */
export function twinSentence({ title }: Pick<Twin, 'title'>): string {
  return `Ce fichier est déjà dans la médiathèque sous «\u00a0${title}\u00a0»`
}

/** The answer to a script, for one file. */
export function fileAnswer(sending: Sending) {
  return 'id' in sending
    ? {
        name: sending.name,
        taken: true,
        id: sending.id,
        title: sending.title,
        href: `${libraryPath}/${sending.id}`,
        kind: sending.kind,
        address: mediaUrl(sending),
        isDescribed: sending.alt !== null,
        ...(sending.twin && {
          twin: { sentence: twinSentence(sending.twin), href: `${libraryPath}/${sending.twin.id}` }
        })
      }
    : { name: sending.name, taken: false, message: sending.message }
}

/** The name without its extension, as people would write it. */
function titleFrom(filename: string): string {
  const base = filename.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const stem = base.replace(/\.[a-z0-9]{1,5}$/i, '')
  const clean = stem
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[_\s]+/g, ' ')
    .trim()
  return clean.slice(0, 200) || 'Fichier sans nom'
}
