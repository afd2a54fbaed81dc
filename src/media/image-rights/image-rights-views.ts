/** The droit à l’image as the back-office shows it, and the page where an agent asks that a photo be removed. */
import { dayText, instantText, today } from '../../web/format.ts'
import { type Choice, choiceOf, errorOf, type Field, type FieldError, fieldOf, type Typed } from '../../web/forms.ts'
import type { LibraryFile } from '../file-queries.ts'
import type { MediaRow } from '../queries.ts'
import { type ImageView, imageView, removalUrl, type VideoView, videoView } from '../views.ts'
import type { Agreement, HiddenReason, Removable } from './image-rights-queries.ts'
import type { Decision, RemovalRequest } from './removal-requests.ts'

declare module '../../web/render.ts' {
  interface Views {
    'media/removal': RemovalPage
  }
}

/** « Personnes représentées », « Accord »… */
export interface RightsView {
  people: Field
  agreement: Choice
  until: Field
  source: Field
  /** « Dit par Inès Caron le 12 mars 2026 à 14 h 05. » */
  said: string | undefined
  /** What was asked before, and what was answered. */
  past: { sentence: string; message: string; answer: string }[]
}

export interface HiddenView {
  sentence: string
  /** What waits for an answer, or undefined: it is hidden for another reason. */
  requests: { sentence: string; message: string }[]
  decision: Choice | undefined
  reason: Field | undefined
}

const agreementLabels: Record<Agreement, string> = {
  a_demander: 'Pas encore demandé',
  sans_personne: 'Personne n’est reconnaissable',
  oui: 'Oui',
  jusqu_au: 'Oui, jusqu’à une date',
  non: 'Non'
}

const agreementHints: Partial<Record<Agreement, string>> = {
  jusqu_au: 'Le lendemain de cette date, le fichier est masqué de lui-même.',
  non: 'Le fichier est masqué partout, tout de suite.'
}

const hiddenSentences: Record<HiddenReason, string> = {
  demande: 'Masquée\u00a0: une personne a demandé son retrait. Les agents ne la voient plus nulle part.',
  refus: 'Masquée\u00a0: l’accord est refusé. Les agents ne la voient nulle part.',
  echeance: 'Masquée\u00a0: l’accord a pris fin. Les agents ne la voient plus nulle part.',
  video: 'Masquée avec la vidéo dont c’est l’image ou les sous-titres.'
}

/** In a few words, for a card. */
export const hiddenNotes: Record<HiddenReason, string> = {
  demande: 'Masquée\u00a0: retrait demandé',
  refus: 'Masquée\u00a0: accord refusé',
  echeance: 'Masquée\u00a0: accord terminé',
  video: 'Masquée avec sa vidéo'
}

const decisionLabels: Record<Decision, string> = {
  masquee: 'Garder masquée',
  jetee: 'Mettre à la corbeille',
  remise: 'Remettre en ligne'
}

/** Slides show what their presentation shows. */
export function mayShowPeople(file: Pick<LibraryFile, 'kind' | 'deck'>): boolean {
  return (file.kind === 'image' || file.kind === 'video') && file.deck === null
}

export function rightsView(
  file: LibraryFile,
  agreementBy: string | undefined,
  removals: RemovalRequest[],
  typed: Typed | undefined,
  errors: FieldError[]
): RightsView {
  const value = (name: string, stored: string): string => typed?.[name] ?? stored
  return {
    people: fieldOf({
      name: 'personnes',
      label: 'Personnes représentées',
      hint: 'Leurs noms, ou ce qui permet de les retrouver\u00a0: «\u00a0l’équipe du centre technique, mai 2026\u00a0». Les agents ne le lisent pas.',
      value: value('personnes', file.people),
      maxlength: 400,
      optional: true,
      error: errorOf(errors, 'personnes')
    }),
    agreement: choiceOf({
      name: 'accord',
      label: 'Les personnes représentées sont-elles d’accord\u00a0?',
      value: value('accord', file.agreement),
      error: errorOf(errors, 'accord'),
      options: (['a_demander', 'sans_personne', 'oui', 'jusqu_au', 'non'] as const).map((agreement) => {
        const hint = agreementHints[agreement]
        return { value: agreement, label: agreementLabels[agreement], ...(hint && { hint }) }
      })
    }),
    until: fieldOf({
      name: 'accord_fin',
      label: 'Dernier jour de l’accord',
      type: 'date',
      value: value('accord_fin', file.agreement_until ?? ''),
      optional: true,
      error: errorOf(errors, 'accord_fin')
    }),
    source: fieldOf({
      name: 'accord_source',
      label: 'Où est la preuve de l’accord\u00a0?',
      hint: 'Par exemple\u00a0: «\u00a0formulaire du 12\u00a0mars 2026, dossier RH\u00a0».',
      value: value('accord_source', file.agreement_source),
      maxlength: 400,
      optional: true,
      error: errorOf(errors, 'accord_source')
    }),
    said: file.agreement_at
      ? `Dit${agreementBy ? ` par ${agreementBy}` : ''} le ${instantText(file.agreement_at)}.`
      : undefined,
    past: removals.flatMap((request) => {
      if (!request.decision || !request.decided_at) return []
      const by = request.decider_name ? ` par ${request.decider_name}` : ''
      return {
        sentence: askedSentence(request),
        message: request.message,
        answer: `${decisionLabels[request.decision]}, décidé${by} le ${instantText(request.decided_at)}.${request.decision_reason ? ` ${request.decision_reason}` : ''}`
      }
    })
  }
}

export function hiddenView(
  file: Pick<LibraryFile, 'hidden_at'>,
  why: HiddenReason,
  removals: RemovalRequest[],
  typed: Typed | undefined,
  errors: FieldError[]
): HiddenView {
  const open = removals.filter((request) => request.decision === null)
  const isAsked = file.hidden_at !== null
  const choices: Decision[] = open.length > 0 ? ['masquee', 'jetee', 'remise'] : ['jetee', 'remise']
  return {
    sentence: hiddenSentences[why],
    requests: open.map((request) => ({ sentence: askedSentence(request), message: request.message })),
    decision: isAsked
      ? choiceOf({
          name: 'decision',
          label: 'Que devient ce fichier\u00a0?',
          value: typed?.decision ?? '',
          error: errorOf(errors, 'decision'),
          options: choices.map((decision) => ({ value: decision, label: decisionLabels[decision] }))
        })
      : undefined,
    reason: isAsked
      ? fieldOf({
          name: 'raison',
          label: 'Pourquoi',
          hint: 'Obligatoire pour remettre en ligne. Ce que vous écrivez ici est envoyé à la personne.',
          type: 'textarea',
          rows: 3,
          value: typed?.raison ?? '',
          maxlength: 1000,
          optional: true,
          error: errorOf(errors, 'raison')
        })
      : undefined
  }
}

function askedSentence({ agent_name, created_at }: RemovalRequest): string {
  return `${agent_name} a demandé son retrait le ${instantText(created_at)}.`
}

/** « jusqu’au 12 mars 2027 », for the journal. */
export function agreementInWords(agreement: Agreement, until: string | null): string {
  return agreement === 'jusqu_au' && until
    ? `Accord\u00a0: oui, jusqu’au ${dayText(until)}.`
    : `Accord\u00a0: ${agreementLabels[agreement].toLowerCase()}.`
}

/** What the webmaster reads once it is saved. */
export function savedSentence(
  agreement: Agreement,
  until: string | null,
  wasHidden: boolean,
  isHidden: boolean
): string {
  if (agreement === 'non') return 'Enregistré. Le fichier est masqué\u00a0: les agents ne le voient plus nulle part.'
  if (until !== null && until < today()) return 'Enregistré. Cette date est passée\u00a0: le fichier est masqué.'
  if (isHidden) return 'Enregistré. Le fichier reste masqué.'
  return wasHidden ? 'Enregistré. Les agents voient de nouveau ce fichier.' : 'Enregistré.'
}

export interface RemovalPage {
  heading: string
  errors: FieldError[]
  action: string
  image: ImageView | undefined
  video: VideoView | undefined
  /** `done`: this agent asked; `hidden`: somebody else did, or it is hidden for another reason. */
  state: 'ask' | 'done' | 'hidden'
  /** « cette photo », « cette vidéo » */
  thing: string
  message: Field
}

export function removalPage(parts: {
  file: Removable
  media: MediaRow | undefined
  typed?: Typed
  errors?: FieldError[]
}): RemovalPage {
  const { file, media, typed, errors = [] } = parts
  const isVideo = file.kind === 'video'
  const thing = isVideo ? 'cette vidéo' : 'cette photo'
  const state = file.isOnShow ? 'ask' : file.isAsked ? 'done' : 'hidden'
  return {
    heading: { ask: `Retirer ${thing}`, done: 'Votre demande est enregistrée', hidden: `Retirer ${thing}` }[state],
    errors,
    action: removalUrl(file.id),
    image: state === 'ask' && media?.kind === 'image' ? imageView(media) : undefined,
    video: state === 'ask' && media?.kind === 'video' ? { ...videoView(media), removalHref: undefined } : undefined,
    state,
    thing,
    message: fieldOf({
      name: 'message',
      label: 'Un mot pour les webmasters',
      hint: 'Par exemple, où vous êtes sur l’image. Vous n’avez pas à vous justifier.',
      type: 'textarea',
      rows: 3,
      value: typed?.message ?? '',
      maxlength: 1000,
      optional: true,
      error: errorOf(errors, 'message')
    })
  }
}
