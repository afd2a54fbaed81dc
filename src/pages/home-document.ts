/** The home page as it is written: its document, and the form that sends it. */
import { z } from 'zod'
import {
  identifier,
  inPlaces,
  line,
  longestRichText,
  readFields,
  repeated,
  richText,
  tooLong
} from '../publishing/fields.ts'
import type { FieldError } from '../web/forms.ts'
import { cardField, readCards } from './cards.ts'

export interface HomeWordDraft {
  authorName: string
  authorTitle: string
  title: string
  body: string
  portraitId: number | null
  videoId: number | null
}

export interface HighlightDraft {
  title: string
  text: string
  /** As it was typed; checked at publication. */
  href: string
  imageId: number | null
}

export interface HomeDocument {
  words: HomeWordDraft[]
  highlights: HighlightDraft[]
  /** Empty: nothing is announced. */
  bannerText: string
  bannerHref: string
}

export const mostWords = 6
export const mostHighlights = 6

/** The names of the cards in the form. */
export const wordCard = 'mot'
export const highlightCard = 'une'

/** « /actions/ouvrir-un-guichet – Ouvrir un guichet »: what the suggestions write begins with the address. */
const address = line.transform((text) => text.split(' ', 1)[0] ?? '')

const wordForm = z.object({
  place: z.string(),
  auteur: line,
  fonction: line,
  titre: line,
  texte: richText,
  portrait_gardee: identifier,
  portrait: identifier,
  video: identifier,
  video_ajout: identifier,
  enlever: repeated
})

const highlightForm = z.object({
  place: z.string(),
  titre: line,
  texte: line,
  lien: address,
  image_gardee: identifier,
  image: identifier,
  enlever: repeated
})

const bannerForm = z.object({ annonce: line, annonce_lien: address })

export const longest = { authorName: 120, authorTitle: 160, title: 160, text: 300, href: 300 }

export function readHome(body: unknown, base: HomeDocument): { document: HomeDocument; errors: FieldError[] } {
  const words = readCards(wordForm, body, wordCard, mostWords)
  const highlights = readCards(highlightForm, body, highlightCard, mostHighlights)
  const banner = readFields(bannerForm, body)
  const unreadable = [...words.errors, ...highlights.errors, ...(banner.ok ? [] : banner.errors)]
  if (!banner.ok || unreadable.length > 0) return { document: base, errors: unreadable }
  const document: HomeDocument = {
    words: inOrder(words.cards)
      .map((card) => ({
        authorName: card.auteur,
        authorTitle: card.fonction,
        title: card.titre,
        body: card.texte,
        portraitId: card.portrait ?? card.portrait_gardee,
        videoId: card.video_ajout ?? card.video
      }))
      .filter((word) => Object.values(word).some(isFilled)),
    highlights: inOrder(highlights.cards)
      .map((card) => ({
        title: card.titre,
        text: card.texte,
        href: card.lien,
        imageId: card.image ?? card.image_gardee
      }))
      .filter((highlight) => Object.values(highlight).some(isFilled)),
    bannerText: banner.values.annonce,
    bannerHref: banner.values.annonce_lien
  }
  return { document, errors: tooLongOf(document) }
}

/** Where each was put, without those that are to go. */
function inOrder<Card extends { place: string; enlever: string[] }>(cards: Card[]): Card[] {
  const places = cards.map((card) => card.place)
  return inPlaces(cards, places).filter((card) => card.enlever.length === 0)
}

/** A card that was emptied is a card that was removed. */
export function isFilled(value: string | number | null): boolean {
  return value !== null && value !== ''
}

function tooLongOf(document: HomeDocument): FieldError[] {
  return tooLong([
    ...document.words.flatMap((word, index) => [
      { field: cardField(wordCard, index, 'auteur'), text: word.authorName, longest: longest.authorName },
      { field: cardField(wordCard, index, 'fonction'), text: word.authorTitle, longest: longest.authorTitle },
      { field: cardField(wordCard, index, 'titre'), text: word.title, longest: longest.title },
      { field: cardField(wordCard, index, 'texte'), text: word.body, longest: longestRichText }
    ]),
    ...document.highlights.flatMap((highlight, index) => [
      { field: cardField(highlightCard, index, 'titre'), text: highlight.title, longest: longest.title },
      { field: cardField(highlightCard, index, 'texte'), text: highlight.text, longest: longest.text },
      { field: cardField(highlightCard, index, 'lien'), text: highlight.href, longest: longest.href }
    ]),
    { field: 'annonce', text: document.bannerText, longest: longest.text },
    { field: 'annonce_lien', text: document.bannerHref, longest: longest.href }
  ])
}
