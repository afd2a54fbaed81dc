/** The page of a direction as a kind of content: what it declares to be written, published and compared. */
import { mayEditDirection, mayManageContent } from '../accounts/permissions.ts'
import type { Database } from '../db/database.ts'
import { findImageProblems } from '../media/choices.ts'
import { rowsOf } from '../publishing/content-rows.ts'
import type { ContentKind } from '../publishing/kinds.ts'
import { titlesOfFiles } from '../publishing/shown-files.ts'
import { filesToChoose } from '../publishing/still-there.ts'
import type { SignedInAgent } from '../web/context.ts'
import type { FieldError } from '../web/forms.ts'
import { comparedText, plainText } from '../web/rich-text.ts'
import { bringBackDirection, type DirectionDocument, readDirection } from './direction-document.ts'
import { publishDirection } from './direction-publication.ts'

export const directionContent: ContentKind<DirectionDocument> = {
  kind: 'direction',
  ...rowsOf('directions', '/directions/'),
  empty: () => ({
    name: '',
    slug: '',
    tagline: '',
    order: null,
    imageId: null,
    project: '',
    members: [],
    mediaIds: [],
    referentIds: []
  }),
  load: loadDirection,
  read: readDirection,
  onlyVisible: onlyVisibleToAgent,
  bringBack: bringBackDirection,
  missing: missingOfDirection,
  publish: publishDirection,
  texts: (document) => [{ field: 'projet', label: 'Projet', html: document.project }],
  files: (document) => [
    ...(document.imageId === null ? [] : [{ field: 'image', id: document.imageId }]),
    ...document.members.flatMap(({ portraitId }, index) =>
      portraitId === null ? [] : [{ field: `membre-portrait-${index}`, id: portraitId }]
    ),
    // What is gone of these is left out.
    ...document.mediaIds.map((id) => ({ field: 'medias', id, onlyAdvice: true as const }))
  ],
  titleOf: (document) => document.name,
  inWords: directionInWords,
  mayEdit: mayEditDirection
}

async function loadDirection(db: Database, id: number): Promise<DirectionDocument | undefined> {
  const row = await db
    .selectFrom('directions')
    .select(['name', 'slug', 'tagline', 'order', 'image_id', 'project'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const members = await db
    .selectFrom('direction_members')
    .select(['name', 'job_title', 'portrait_id'])
    .where('direction_id', '=', id)
    .orderBy('order')
    .orderBy('id')
    .execute()
  const media = await db
    .selectFrom('direction_media')
    .select('media_id')
    .where('direction_id', '=', id)
    .orderBy('order')
    .orderBy('media_id')
    .execute()
  const referents = await db
    .selectFrom('direction_referents')
    .select('agent_id')
    .where('direction_id', '=', id)
    .orderBy('agent_id')
    .execute()
  return {
    name: row.name,
    slug: row.slug,
    tagline: row.tagline,
    order: row.order,
    imageId: row.image_id,
    project: row.project,
    members: members.map((member) => ({
      name: member.name,
      jobTitle: member.job_title,
      portraitId: member.portrait_id
    })),
    mediaIds: media.map((file) => file.media_id),
    referentIds: referents.map((referent) => referent.agent_id)
  }
}

/** A file that was thrown away, no référent learns of by its number. */
async function onlyVisibleToAgent(
  db: Database,
  document: DirectionDocument,
  base: DirectionDocument,
  agent: SignedInAgent
): Promise<DirectionDocument> {
  if (mayManageContent(agent)) return document
  const images = new Set(await filesToChoose(db, imagesOf(document), imagesOf(base)))
  const visible = (id: number | null): number | null => (id !== null && images.has(id) ? id : null)
  return {
    ...document,
    imageId: visible(document.imageId),
    members: document.members.map((member) => ({ ...member, portraitId: visible(member.portraitId) })),
    mediaIds: await filesToChoose(db, document.mediaIds, base.mediaIds)
  }
}

function imagesOf({ imageId, members }: DirectionDocument): number[] {
  return [imageId, ...members.map(({ portraitId }) => portraitId)].filter((id) => id !== null)
}

/** What readers need before the page may be seen; a draft may lack all of it. */
async function missingOfDirection(db: Database, document: DirectionDocument): Promise<FieldError[]> {
  const errors: FieldError[] = []
  const lack = (field: string, message: string): void => void errors.push({ field, message })
  const problems = await findImageProblems(db, imagesOf(document))
  const imageProblem = problems.get(document.imageId ?? 0)
  if (document.name === '') lack('nom', 'Donnez un nom à la direction.')
  if (imageProblem) lack('image', imageProblem)
  if (plainText(document.project) === '') {
    lack('projet', 'Écrivez le projet de la direction\u00a0: ce qu’elle veut, et comment elle s’y prend.')
  }
  document.members.forEach((member, index) => {
    const who = member.jobTitle === '' ? '' : ` «\u00a0${member.jobTitle}\u00a0»`
    if (member.name === '') lack(`membre-nom-${index}`, `Équipe, ligne ${index + 1}${who}\u00a0: écrivez le nom.`)
    const problem = problems.get(member.portraitId ?? 0)
    if (problem) lack(`membre-portrait-${index}`, `Portrait de la ligne ${index + 1}\u00a0: ${lowerFirst(problem)}`)
  })
  return errors
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLocaleLowerCase('fr-FR') + sentence.slice(1)
}

async function directionInWords(db: Database, document: DirectionDocument): Promise<{ label: string; text: string }[]> {
  const titles = await titlesOfFiles(db, [...document.mediaIds, ...imagesOf(document)])
  const referents =
    document.referentIds.length === 0
      ? []
      : await db.selectFrom('agents').select('name').where('id', 'in', document.referentIds).orderBy('name').execute()
  return [
    { label: 'Nom', text: document.name },
    { label: 'Adresse', text: document.slug },
    { label: 'Rang', text: document.order === null ? '' : String(document.order + 1) },
    { label: 'Référents', text: referents.map(({ name }) => name).join(', ') },
    { label: 'Phrase d’accroche', text: document.tagline },
    { label: 'Image', text: titles.get(document.imageId ?? 0) ?? '' },
    { label: 'Projet', text: comparedText(document.project) },
    {
      label: 'Équipe',
      text: document.members
        .map(({ name, jobTitle, portraitId }) => {
          const portrait = titles.get(portraitId ?? 0)
          return [name, jobTitle, portrait && `portrait «\u00a0${portrait}\u00a0»`].filter(Boolean).join(', ')
        })
        .join('\n')
    },
    {
      label: 'Vidéos, diaporamas et documents',
      text: document.mediaIds.flatMap((id) => titles.get(id) ?? []).join('\n')
    }
  ]
}
