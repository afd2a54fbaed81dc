/**
 * What a reader with a disability would stumble on in the texts and files of a content, said in plain French before it is
 * published: where, what to do, and the criterion of the RGAA 4.1. What no reading can forgive blocks; the rest is advice.
 */
import type { Database } from '../db/database.ts'
import { pdfLacks } from '../media/documents/pdf-advice.ts'
import { countUnasked, findHidden, type HiddenReason, hiddenWords } from '../media/image-rights/image-rights-queries.ts'
import { findMediaByIds, type MediaRow } from '../media/queries.ts'
import { mediaIdsOf } from '../media/rich-text-media.ts'
import { findReasons, reasonText, type SaidReason } from '../media/video/missing-words.ts'
import { countText } from '../web/format.ts'
import { decodeEntities } from '../web/rich-text.ts'
import {
  attributeOf,
  placeOf,
  type RichTextElement,
  type RichTextNode,
  readRichText,
  wordsOf
} from '../web/rich-text-tree.ts'

export interface Finding {
  field: string
  severity: 'blocking' | 'advice'
  message: string
  /** « RGAA 9.1 », or in a word what it is about where the RGAA says nothing of it. */
  criterion: string
}

export interface CheckedText {
  field: string
  /** As the screen names the field: « Synthèse ». */
  label: string
  html: string
}

export interface CheckedFile {
  field: string
  id: number
  /** The kind of content says itself what is missing of it: here, only what would make it better. */
  onlyAdvice?: true
}

interface KnownFiles {
  /** Those that readers may see. */
  media: Map<number, MediaRow>
  /** Why readers do not see the others. */
  hidden: Map<number, HiddenReason>
  /** Why videos have no words. */
  reasons: Map<number, SaidReason>
}

type Told = Omit<Finding, 'field'>

const blocking = (criterion: string, message: string): Told => ({ severity: 'blocking', criterion, message })
const advice = (criterion: string, message: string): Told => ({ severity: 'advice', criterion, message })

/** Everything there is to say, text after text, then file after file; the same thing is said once a field. */
export async function checkTexts(db: Database, texts: CheckedText[], files: CheckedFile[] = []): Promise<Finding[]> {
  const ids = [...mediaIdsOf(...texts.map(({ html }) => html)), ...files.map(({ id }) => id)]
  const [media, hidden, unasked] = await Promise.all([
    findMediaByIds(db, [...new Set(ids)]),
    findHidden(db, ids),
    countUnasked(
      db,
      files.filter(({ onlyAdvice }) => onlyAdvice).map(({ id }) => id)
    )
  ])
  const videos = [...media.values()].filter(({ kind }) => kind === 'video').map(({ id }) => id)
  const known: KnownFiles = { media, hidden, reasons: await findReasons(db, videos) }
  const links = new Map<string, string>()
  const found = [
    ...texts.flatMap(({ field, label, html }) =>
      checkText(readRichText(html), label, known, links).map((told) => ({ field, ...told }))
    ),
    ...files.flatMap(({ field, id, onlyAdvice }) =>
      checkFile(id, known)
        // Of a video, no kind of content says itself that it has no words.
        .filter(({ severity }) => !onlyAdvice || severity === 'advice' || media.get(id)?.kind === 'video')
        .map((told) => ({ field, ...told }))
    ),
    // Once for all: an album may have hundreds of photos.
    ...(unasked > 0 ? [{ field: files[0]?.field ?? '', ...agreementAdvice(unasked) }] : [])
  ]
  return [...new Map(found.map((finding) => [`${finding.field} ${finding.message}`, finding])).values()]
}

function checkText(nodes: RichTextNode[], label: string, known: KnownFiles, links: Map<string, string>): Told[] {
  const elements = nodes.flatMap((node) => elementsOf(node))
  return [
    ...headings(elements, label),
    ...nodes.flatMap((node) => boldAsHeading(node)),
    ...elements.flatMap((element) => link(element, links)),
    ...bareAddresses(nodes),
    ...elements.flatMap((element) => table(element, label)),
    ...nodes.flatMap((node) => place(node, label, known)),
    ...typedLists(nodes),
    ...elements.flatMap((element) => manner(element))
  ]
}

/** An element and all those that it holds, in the order of reading. */
function elementsOf(node: RichTextNode): RichTextElement[] {
  return typeof node === 'string' ? [] : [node, ...node.children.flatMap(elementsOf)]
}

function textOf(node: RichTextNode): string {
  // No-break spaces stay: words are quoted as they were written.
  return decodeEntities(wordsOf(node))
    .replaceAll(/[ \t\r\n]+/g, ' ')
    .trim()
}

/** The first words, between French quotation marks. */
function quote(text: string): string {
  const short = text.length <= 60 ? text : `${text.slice(0, 60).replace(/\s+\S*$/, '')}…`
  return `«\u00a0${short}\u00a0»`
}

function headings(elements: RichTextElement[], label: string): Told[] {
  const told: Told[] = []
  let above: { level: number; text: string } | undefined
  for (const heading of elements.filter(({ tag }) => /^h[2-4]$/.test(tag))) {
    const level = Number(heading.tag[1])
    const text = textOf(heading)
    if (text === '') {
      const where = above ? `après le titre ${quote(above.text)}` : `dans ${quote(label)}`
      told.push(
        blocking('RGAA 9.1', `Un titre de niveau ${level} est vide, ${where}\u00a0: écrivez ses mots ou supprimez-le.`)
      )
      continue
    }
    if (above && level > above.level + 1) {
      told.push(
        advice(
          'RGAA 9.1',
          `Le titre ${quote(text)} est de niveau ${level}, sous ${quote(above.text)} qui est de niveau ${above.level}\u00a0: choisissez «\u00a0Titre ${above.level + 1}\u00a0».`
        )
      )
    } else if (!above && level === 4) {
      told.push(
        advice(
          'RGAA 9.1',
          `Le texte commence par le titre ${quote(text)}, de niveau 4\u00a0: choisissez «\u00a0Titre 2\u00a0».`
        )
      )
    }
    above = { level, text }
  }
  return told
}

const longestHeading = 120

function boldAsHeading(node: RichTextNode): Told[] {
  if (typeof node === 'string' || node.tag !== 'p' || node.attributes !== '') return []
  const text = textOf(node)
  const bold = node.children.filter((child) => typeof child !== 'string' && child.tag === 'strong')
  const isBold = text !== '' && bold.map(textOf).join(' ').replaceAll(' ', '') === text.replaceAll(' ', '')
  if (!isBold || text.length > longestHeading) return []
  return [
    advice(
      'RGAA 9.1',
      `Le paragraphe ${quote(text)} est tout en gras, comme un titre\u00a0: si c’en est un, choisissez «\u00a0Titre 2\u00a0» ou «\u00a0Titre 3\u00a0»\u00a0; sinon, retirez le gras.`
    )
  ]
}

const vagueLinks = new Set(
  [
    'ici',
    'là',
    'cliquez ici',
    'cliquer ici',
    'cliquez là',
    'clic',
    'lire la suite',
    'lire',
    'lire plus',
    'la suite',
    'suite',
    'en savoir plus',
    'savoir plus',
    'plus',
    'plus d’informations',
    'plus d’infos',
    'plus d’info',
    'voir',
    'voir plus',
    'voir ici',
    'voir le lien',
    'voir la page',
    'le lien',
    'lien',
    'ce lien',
    'suivre ce lien',
    'suivez ce lien',
    'cette page',
    'la page',
    'page',
    'ce document',
    'le document',
    'document',
    'le site',
    'site',
    'ce site',
    'consulter',
    'télécharger',
    'accéder',
    'détail',
    'détails',
    'plus de détails',
    'découvrir',
    'www',
    'pdf'
  ].map((words) => words.normalize('NFC'))
)

/** « Cliquez ici ! » and « cliquez ici » are the same words. */
function plainWords(text: string): string {
  return text
    .normalize('NFC')
    .toLocaleLowerCase('fr-FR')
    .replaceAll("'", '’')
    .replaceAll(/[^\p{L}\p{N}’ ]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

const address = /^(?:https?:\/\/|www\.)\S+$|^[\w-]+(?:\.[\w-]+)*\.(?:fr|com|org|net|eu|info)(?:\/\S*)?$/i

function link(element: RichTextElement, links: Map<string, string>): Told[] {
  if (element.tag !== 'a') return []
  const href = decodeEntities(attributeOf(element, 'href') ?? '')
  const text = textOf(element)
  if (text === '') {
    return [
      blocking('RGAA 6.2', `Un lien vers ${quote(href)} n’a pas de texte\u00a0: écrivez où il mène, ou retirez-le.`)
    ]
  }
  if (text.length < 300 && address.test(text)) {
    return [
      advice(
        'RGAA 6.1',
        `Le lien ${quote(text)} montre une adresse\u00a0: écrivez plutôt le nom de la page où il mène.`
      )
    ]
  }
  const words = plainWords(text)
  if (vagueLinks.has(words)) {
    return [
      advice(
        'RGAA 6.1',
        `Le lien ${quote(text)} ne dit pas où il mène\u00a0: écrivez plutôt le titre de la page ou du document.`
      )
    ]
  }
  const other = links.get(words)
  links.set(words, other ?? href)
  if (other === undefined || other === href) return []
  return [
    advice(
      'RGAA 6.1',
      `Deux liens ${quote(text)} mènent à des pages différentes\u00a0: donnez à chacun un texte qui le distingue.`
    )
  ]
}

/** Addresses that are neither a link nor the words of one. */
function bareAddresses(nodes: RichTextNode[]): Told[] {
  return nodes.flatMap((node): Told[] => {
    if (typeof node !== 'string') return node.tag === 'a' ? [] : bareAddresses(node.children)
    return [...decodeEntities(node).matchAll(/\b(?:https?:\/\/|www\.)[^\s<>]+[^\s<>.,;:!?)»]/gi)].map(([found]) =>
      advice(
        'RGAA 6.1',
        `L’adresse ${quote(found)} est écrite en toutes lettres\u00a0: faites plutôt un lien sur le nom de la page.`
      )
    )
  })
}

function table(element: RichTextElement, label: string): Told[] {
  if (element.tag !== 'table') return []
  const inside = element.children.flatMap(elementsOf)
  const caption = inside.find(({ tag }) => tag === 'caption')
  const title = caption ? textOf(caption) : ''
  const firstCell = inside.find(({ tag, children }) => /^t[hd]$/.test(tag) && children.map(textOf).join('') !== '')
  const name = title
    ? `Le tableau ${quote(title)}`
    : firstCell
      ? `Le tableau qui commence par ${quote(textOf(firstCell))}`
      : `Un tableau de ${quote(label)}`
  const told: Told[] = []
  if (!inside.some(({ tag }) => tag === 'th')) {
    told.push(
      blocking(
        'RGAA 5.6',
        `${name} n’a pas de titres\u00a0: choisissez «\u00a0Titres de colonnes\u00a0» ou «\u00a0Titres de lignes\u00a0».`
      )
    )
  }
  if (title === '') {
    told.push(
      advice('RGAA 5.4', `${name} n’a pas de titre au-dessus\u00a0: choisissez «\u00a0Titre du tableau\u00a0».`)
    )
  }
  return told
}

const places = {
  image: ['L’image', 'Une image'],
  video: ['La vidéo', 'Une vidéo'],
  document: ['Le document', 'Un document']
} as const

function place(node: RichTextNode, label: string, known: KnownFiles): Told[] {
  const found = placeOf(node)
  if (!found || found.kind === 'figure') return []
  const file = known.media.get(found.id)
  const isRight = file && (found.kind === 'document' || found.kind === file.kind)
  if (isRight) return checkFile(found.id, known)
  if (known.hidden.has(found.id)) return checkFile(found.id, known)
  const [the, a] = places[found.kind]
  const words = textOf(node)
  const which = words === '' ? `${a} de ${quote(label)}` : `${the} ${quote(words)}`
  return [blocking('Fichier manquant', `${which} n’est plus dans la médiathèque\u00a0: ${chooseAnother}`)]
}

const chooseAnother = 'choisissez un autre fichier, ou retirez-le d’ici.'

function agreementAdvice(count: number): Told {
  return advice(
    'Droit à l’image',
    `Pour ${countText(count, 'photo ou vidéo', 'photos et vidéos')}, personne n’a dit si les personnes que l’on reconnaît sont d’accord\u00a0: notez-le dans la médiathèque.`
  )
}

function checkFile(id: number, { media, hidden, reasons }: KnownFiles): Told[] {
  const why = hidden.get(id)
  if (why) return [blocking('Droit à l’image', `${hiddenWords[why]} Choisissez-en une autre, ou retirez-la d’ici.`)]
  const file = media.get(id)
  if (!file) {
    return [
      blocking('Fichier manquant', `Un fichier choisi ici n’est plus dans la médiathèque\u00a0: ${chooseAnother}`)
    ]
  }
  const title = quote(file.title)
  if (file.kind === 'image') return checkImage(file)
  if (file.kind === 'pdf') {
    return pdfLacks(file).map(({ what, how }) => advice('RGAA 13.3', `Le PDF ${title}\u00a0: ${what} ${how}`))
  }
  if (file.kind !== 'video') return []
  const isMute = file.captions === null
  const isUnwritten = file.transcript.trim() === ''
  const where = 'sur sa page «\u00a0Sous-titres\u00a0»'
  if (isMute && isUnwritten) {
    const reason = reasons.get(file.id)
    return [
      reason
        ? advice('RGAA 4.1', `La vidéo ${title} reste sans sous-titres ni transcription\u00a0: ${reasonText(reason)}.`)
        : blocking(
            'RGAA 4.1, 4.3',
            `La vidéo ${title} n’a ni sous-titres ni transcription\u00a0: écrivez-les ${where}, dans la médiathèque, ou dites-y pourquoi elle n’en a pas.`
          )
    ]
  }
  if (isMute) return [advice('RGAA 4.3', `La vidéo ${title} n’a pas de sous-titres\u00a0: écrivez-les ${where}.`)]
  if (!isUnwritten) return []
  return [advice('RGAA 4.1', `La vidéo ${title} n’a pas de transcription\u00a0: reprenez-y ses sous-titres, ${where}.`)]
}

function checkImage(file: MediaRow): Told[] {
  const title = quote(file.title)
  if (file.alt === null) {
    return [
      blocking(
        'RGAA 1.1',
        `Personne n’a dit à quoi sert l’image ${title}\u00a0: dans la médiathèque, écrivez son texte alternatif ou dites qu’elle est décorative.`
      )
    ]
  }
  const stem = file.filename.replace(/\.[^.]*$/, '')
  const isName = [file.filename, stem].includes(file.alt) || /^\S+\.(?:jpe?g|png|webp|gif|heic)$/i.test(file.alt)
  if (file.alt === '' || !isName) return []
  return [
    advice(
      'RGAA 1.3',
      `Le texte alternatif de l’image ${title} est un nom de fichier\u00a0: dites plutôt, dans la médiathèque, ce qu’elle montre.`
    )
  ]
}

const listMark = /^\s*(?:[-–—•*]|\d{1,2}[.)])\s+\S/

/** Lines that begin with a dash or a number, one after the other: read aloud, nothing says that they are a list. */
function typedLists(nodes: RichTextNode[]): Told[] {
  const told: Told[] = []
  let run: string[] = []
  const end = (): void => {
    const [first = ''] = run
    if (run.length > 1) {
      const tool = /^\s*\d/.test(first) ? 'Liste numérotée' : 'Liste à puces'
      told.push(
        advice(
          'RGAA 9.3',
          `Une liste est tapée à la main, à partir de ${quote(first)}\u00a0: sélectionnez ses lignes et choisissez «\u00a0${tool}\u00a0».`
        )
      )
    }
    run = []
  }
  for (const node of nodes) {
    if (typeof node === 'string' || node.tag !== 'p') {
      end()
      continue
    }
    for (const line of linesOf(node)) {
      if (listMark.test(line)) run.push(line.trim())
      else end()
    }
  }
  end()
  return told
}

function linesOf(paragraph: RichTextElement): string[] {
  const write = (node: RichTextNode): string =>
    typeof node === 'string' ? node.replaceAll('\n', ' ') : node.tag === 'br' ? '\n' : node.children.map(write).join('')
  return decodeEntities(write(paragraph)).split('\n')
}

const mostItalicWords = 20
// Of an emoji made of several, the first is enough; skins and variants are none of their own.
const emojiVariants = /\ufe0f|\u200d\p{Extended_Pictographic}|\p{Emoji_Modifier}/gu
const emojiRun = /(?:\p{Extended_Pictographic}\s*){3,}/u

/** What is hard to read, whatever it says. */
function manner(element: RichTextElement): Told[] {
  const text = textOf(element)
  if (element.tag === 'em' && text.split(' ').length > mostItalicWords) {
    return [
      advice(
        'Lisibilité',
        `Le passage ${quote(text)} est tout en italique\u00a0: gardez l’italique pour quelques mots, il fatigue les lecteurs dyslexiques.`
      )
    ]
  }
  if (!/^(?:p|li|h[2-4]|t[hd])$/.test(element.tag)) return []
  const told: Told[] = []
  const letters = text.replaceAll(/[^\p{L}]/gu, '')
  // Initials of institutions are capitals, and few.
  if (letters.length >= 20 && letters === letters.toLocaleUpperCase('fr-FR') && text.split(' ').length >= 3) {
    told.push(
      advice(
        'Lisibilité',
        `Le passage ${quote(text)} est tout en capitales\u00a0: écrivez-le en minuscules, plus faciles à lire et à prononcer.`
      )
    )
  }
  if (emojiRun.test(text.replaceAll(emojiVariants, ''))) {
    told.push(
      advice(
        'Lisibilité',
        `Plusieurs émojis se suivent dans ${quote(text)}\u00a0: les lecteurs d’écran disent le nom de chacun. Gardez-en un au plus.`
      )
    )
  }
  return told
}
