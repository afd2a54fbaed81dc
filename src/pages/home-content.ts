/** The home page as a kind of content: what it declares to be written, published and compared. */
import { mayManageContent } from '../accounts/permissions.ts'
import type { Database } from '../db/database.ts'
import { permanent } from '../publishing/content-rows.ts'
import type { ContentKind } from '../publishing/kinds.ts'
import { filesIn, missingFiles, type ShownFile, titlesOfFiles } from '../publishing/shown-files.ts'
import type { FieldError } from '../web/forms.ts'
import { comparedText, plainText } from '../web/rich-text.ts'
import { cardField } from './cards.ts'
import { type HomeDocument, highlightCard, mostHighlights, mostWords, readHome, wordCard } from './home-document.ts'
import { publishHome } from './home-publication.ts'
import { findTargets, isSiteAddress } from './targets.ts'

/** There is one home page: the number that stands for it where other contents have that of their row (migration 010). */
export const homeId = 1

export const homeContent: ContentKind<HomeDocument> = {
  kind: 'home',
  ...permanent('The home page'),
  empty: () => ({ words: [], highlights: [], bannerText: '', bannerHref: '' }),
  load: loadHome,
  read: readHome,
  missing: missingOfHome,
  publish: async (trx, _id, document) => {
    await publishHome(trx, document)
    return homeId
  },
  texts: (document) =>
    document.words.map((word, index) => ({
      field: cardField(wordCard, index, 'texte'),
      label: `Mot ${index + 1}`,
      html: word.body
    })),
  files: (document) => filesIn(shownFiles(document)),
  titleOf: () => 'Accueil',
  publicPath: async () => '/',
  inWords: homeInWords,
  mayEdit: async (_db, agent) => mayManageContent(agent)
}

async function loadHome(db: Database): Promise<HomeDocument> {
  const words = await db
    .selectFrom('home_words')
    .select(['author_name', 'author_title', 'title', 'body', 'portrait_id', 'video_id'])
    .where('published_at', 'is not', null)
    .orderBy('order')
    .orderBy('id')
    .limit(mostWords)
    .execute()
  const highlights = await db
    .selectFrom('highlights')
    .select(['title', 'text', 'href', 'image_id'])
    .where('published_at', 'is not', null)
    .orderBy('order')
    .orderBy('id')
    .limit(mostHighlights)
    .execute()
  const settings = await db.selectFrom('settings').select(['banner_text', 'banner_href']).executeTakeFirstOrThrow()
  return {
    words: words.map((word) => ({
      authorName: word.author_name,
      authorTitle: word.author_title,
      title: word.title,
      body: word.body,
      portraitId: word.portrait_id,
      videoId: word.video_id
    })),
    highlights: highlights.map(({ title, text, href, image_id }) => ({ title, text, href, imageId: image_id })),
    bannerText: settings.banner_text ?? '',
    bannerHref: settings.banner_href ?? ''
  }
}

function shownFiles(document: HomeDocument): ShownFile[] {
  return [
    ...document.words.flatMap((word, index): ShownFile[] => [
      { field: cardField(wordCard, index, 'portrait'), id: word.portraitId, kind: 'image' },
      { field: cardField(wordCard, index, 'video'), id: word.videoId, kind: 'video' }
    ]),
    ...document.highlights.map(
      (highlight, index): ShownFile => ({
        field: cardField(highlightCard, index, 'image'),
        id: highlight.imageId,
        kind: 'image'
      })
    )
  ]
}

async function missingOfHome(db: Database, document: HomeDocument): Promise<FieldError[]> {
  const errors: FieldError[] = []
  const lack = (field: string, message: string): void => void errors.push({ field, message })
  document.words.forEach((word, index) => {
    const field = (name: string): string => cardField(wordCard, index, name)
    const which = word.authorName ? `Le mot de ${word.authorName}` : `Mot ${index + 1}`
    if (word.authorName === '') lack(field('auteur'), `${which}\u00a0: dites qui parle.`)
    if (word.title === '') lack(field('titre'), `${which}\u00a0: donnez un titre.`)
    if (plainText(word.body) === '') lack(field('texte'), `${which}\u00a0: écrivez le texte.`)
  })
  const targets = await findTargets(db, [...document.highlights.map(({ href }) => href), document.bannerHref])
  document.highlights.forEach((highlight, index) => {
    const which = highlight.title ? `«\u00a0${highlight.title}\u00a0»` : `À la une ${index + 1}`
    if (highlight.title === '') lack(cardField(highlightCard, index, 'titre'), `${which}\u00a0: donnez un titre.`)
    if (highlight.href === '/') {
      const sentence = 'c’est la page d’accueil elle-même. Choisissez-en une autre.'
      lack(cardField(highlightCard, index, 'lien'), `${which}\u00a0: ${sentence}`)
    } else if (!targets.has(highlight.href)) {
      lack(cardField(highlightCard, index, 'lien'), `${which}\u00a0: ${linkSentence(highlight.href)}`)
    }
  })
  if (document.bannerHref !== '') {
    if (document.bannerText === '') lack('annonce', 'Écrivez l’annonce, ou videz son lien.')
    if (!targets.has(document.bannerHref)) lack('annonce_lien', `L’annonce\u00a0: ${linkSentence(document.bannerHref)}`)
  }
  return [...errors, ...(await missingFiles(db, shownFiles(document)))]
}

function linkSentence(href: string): string {
  if (href === '') return 'choisissez la page du site à laquelle elle mène.'
  if (!isSiteAddress(href)) {
    return 'gardez seulement ce qui suit le nom du site, par exemple /engagements, ou choisissez dans la liste.'
  }
  return `aucune page en ligne n’est à l’adresse ${href}. Choisissez-en une dans la liste.`
}

async function homeInWords(db: Database, document: HomeDocument): Promise<{ label: string; text: string }[]> {
  const files = await titlesOfFiles(
    db,
    shownFiles(document).map(({ id }) => id)
  )
  const file = (label: string, id: number | null): string =>
    id === null ? '' : `${label}\u00a0: ${files.get(id) ?? 'fichier supprimé'}`
  const paragraph = (...lines: string[]): string => lines.filter((text) => text !== '').join('\n')
  return [
    {
      label: 'Les mots',
      text: document.words
        .map((word) =>
          paragraph(
            [word.authorName, word.authorTitle].filter((text) => text !== '').join(', '),
            word.title,
            comparedText(word.body),
            file('Portrait', word.portraitId),
            file('Vidéo', word.videoId)
          )
        )
        .join('\n\n')
    },
    {
      label: 'À la une',
      text: document.highlights
        .map((highlight) =>
          paragraph(highlight.title, highlight.text, highlight.href, file('Image', highlight.imageId))
        )
        .join('\n\n')
    },
    { label: 'Annonce', text: paragraph(document.bannerText, document.bannerHref) }
  ]
}
