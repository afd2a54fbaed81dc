/** What the page of the words of a video shows: captions, transcript, chapters, or why there are none. */
import { dayText, instantText, today } from '../../web/format.ts'
import { type Choice, choiceOf, errorOf, type Field, type FieldError, fieldOf, type Typed } from '../../web/forms.ts'
import type { LibraryFile } from '../file-queries.ts'
import type { MediaRow } from '../queries.ts'
import { libraryPath, wordsPath } from '../receiving/sending.ts'
import { type VideoView, videoView } from '../views.ts'
import { adviceOnLine, type CaptionLine, type LineProblem, linesOf } from './captions.ts'
import { chaptersOf, chaptersText } from './chapters.ts'
import {
  isInForce,
  type MissingReason,
  reasonLabels,
  reasonText,
  recentDays,
  type SaidReason
} from './missing-words.ts'
import type { StoredCaptions } from './video-words-queries.ts'
import { wordsVersion } from './video-words-queries.ts'

declare module '../../web/render.ts' {
  interface Views {
    'media/words': WordsPage
  }
}

export interface CaptionLineView {
  index: number
  number: number
  start: { value: string; error: string | undefined }
  end: { value: string; error: string | undefined }
  text: { value: string; error: string | undefined }
  advice: string | undefined
}

export interface WordsPage {
  title: string
  href: string
  /** The page of the file, for those who may open it. */
  fileHref: string | undefined
  isTrashed: boolean
  video: VideoView
  errors: FieldError[]
  version: string
  /** Typed, and not written yet. */
  isUnsaved: boolean
  areWordsUnsaved: boolean
  lines: CaptionLineView[]
  /** What the page has to say before the lines. */
  notices: { text: string; isProblem: boolean }[]
  /** What somebody else saved meanwhile, to be read beside what was typed. */
  theirs: { captions: string; transcript: string | undefined } | undefined
  importError: string | undefined
  hasCaptions: boolean
  transcript: Field
  chapters: Field
  wordsVersion: string
  /** Undefined where words make it useless. */
  reason: { said: string | undefined; isLate: boolean; choice: Choice; due: Field; text: Field } | undefined
}

export interface WordsModel {
  file: LibraryFile
  media: MediaRow
  stored: StoredCaptions
  reason: (SaidReason & { agent_name: string; said_at: Date }) | undefined
  mayOpenFile: boolean
  /** Of the captions, when they are not those that are stored. */
  lines?: CaptionLine[]
  problems?: LineProblem[]
  notices?: WordsPage['notices']
  /** Of the other forms. */
  typed?: Typed
  errors?: FieldError[]
  conflict?: 'captions' | 'words'
}

/** For whoever has no script: three lines to go on with, one of them after a film that is written to its end. */
const blankLines = 3
const blank: CaptionLine = { start: '', end: '', text: '' }
const parts = { start: 'debut', end: 'fin', text: 'texte' } as const

export function wordsPage(model: WordsModel): WordsPage {
  const { file, media, stored, typed, problems = [], errors = [] } = model
  const lines = [...(model.lines ?? linesOf(stored.captions)), ...Array.from({ length: blankLines }, () => blank)]
  const all = [
    ...errors,
    ...problems.map(({ index, part, message }) => ({
      field: `${parts[part]}-${index}`,
      message: `Sous-titre ${index + 1}\u00a0: ${message}`
    }))
  ]
  const value = (name: string, current: string): string => typed?.[name] ?? current
  return {
    title: `Sous-titres de «\u00a0${file.title}\u00a0»`,
    href: wordsPath(file.id),
    fileHref: model.mayOpenFile ? `${libraryPath}/${file.id}` : undefined,
    isTrashed: file.trashed_at !== null,
    video: videoView(media),
    errors: all,
    version: stored.version,
    isUnsaved: model.lines !== undefined,
    areWordsUnsaved: typed !== undefined,
    lines: lines.map((line, index) => lineView(line, index, problems)),
    notices: noticesOf(model),
    theirs: theirsOf(model),
    importError: errorOf(errors, 'fichier'),
    hasCaptions: stored.captions.length > 0,
    transcript: transcriptField(value('transcript', file.transcript), errorOf(errors, 'transcript')),
    chapters: chaptersField(value('chapters', chaptersText(chaptersOf(file.chapters))), errorOf(errors, 'chapters')),
    wordsVersion: wordsVersion(file),
    reason: reasonOf(model)
  }
}

function lineView(line: CaptionLine, index: number, problems: LineProblem[]): CaptionLineView {
  const error = (part: LineProblem['part']): string | undefined =>
    problems.find((problem) => problem.index === index && problem.part === part)?.message
  return {
    index,
    number: index + 1,
    start: { value: line.start, error: error('start') },
    end: { value: line.end, error: error('end') },
    text: { value: line.text, error: error('text') },
    advice: adviceOnLine(line)
  }
}

function noticesOf({ stored, conflict, notices = [] }: WordsModel): WordsPage['notices'] {
  const all = [...notices]
  if (conflict) {
    const who = conflict === 'captions' && stored.savedBy ? stored.savedBy : 'Quelqu’un d’autre'
    const when = conflict === 'captions' && stored.savedAt ? ` le ${instantText(stored.savedAt)}` : ''
    all.push({
      text: `${who} a enregistré une autre version${when}, pendant que vous écriviez. La vôtre est ci-dessous, rien n’est perdu\u00a0: comparez, puis enregistrez pour la garder. L’autre ira dans la corbeille.`,
      isProblem: true
    })
  }
  if (stored.isUnreadable) {
    all.push({
      text: 'Le fichier de sous-titres de cette vidéo ne se lit pas ligne par ligne. Ce que vous enregistrerez ici prendra sa place, et il ira dans la corbeille.',
      isProblem: true
    })
  }
  return all
}

function theirsOf({ conflict, stored, file }: WordsModel): WordsPage['theirs'] {
  if (!conflict) return undefined
  if (conflict === 'words') return { captions: '', transcript: file.transcript }
  const captions = linesOf(stored.captions).map(({ start, end, text }) => `${start} – ${end}\n${text}`)
  return { captions: captions.join('\n\n'), transcript: undefined }
}

export function transcriptField(value: string, error: string | undefined): Field {
  return fieldOf({
    name: 'transcript',
    label: 'Transcription',
    hint: 'Tout ce qui se dit, et ce qui se voit d’important, à lire à la place de la vidéo.',
    type: 'textarea',
    rows: 10,
    value,
    optional: true,
    error
  })
}

export function chaptersField(value: string, error: string | undefined): Field {
  return fieldOf({
    name: 'chapters',
    label: 'Chapitres',
    hint: 'Un par ligne, son temps puis son titre\u00a0: «\u00a02:15 Le budget\u00a0». Les agents y vont d’un geste, sous la vidéo.',
    type: 'textarea',
    rows: 5,
    value,
    optional: true,
    error
  })
}

function reasonOf({ file, stored, reason, typed, errors = [] }: WordsModel): WordsPage['reason'] {
  const hasWords = stored.captions.length > 0 || stored.isUnreadable || file.transcript !== ''
  if (hasWords) return undefined
  const isLate = reason !== undefined && !isInForce(reason)
  const options: { value: MissingReason; label: string; hint: string }[] = (
    Object.keys(reasonLabels) as MissingReason[]
  ).map((key) => ({ value: key, ...reasonLabels[key] }))
  return {
    said: reason && saidText(reason, isLate),
    isLate,
    choice: choiceOf({
      name: 'raison',
      label: 'Cette vidéo reste sans sous-titres ni transcription parce que…',
      value: typed?.raison ?? reason?.reason ?? '',
      error: errorOf(errors, 'raison'),
      options: [
        ...options,
        ...(reason
          ? [
              {
                value: 'aucune',
                label: 'Aucune raison',
                hint: 'Retire ce qui a été dit\u00a0: ses mots restent à écrire.'
              }
            ]
          : [])
      ]
    }),
    due: fieldOf({
      name: 'attendus',
      label: 'Sous-titres attendus le',
      hint: `Si elle est récente\u00a0: un jour dans les ${recentDays} jours qui viennent.`,
      type: 'date',
      value: typed?.attendus ?? reason?.due_on ?? '',
      optional: true,
      width: 'short',
      error: errorOf(errors, 'attendus')
    }),
    text: fieldOf({
      name: 'precision',
      label: 'Précision',
      hint: 'Nécessaire pour une autre raison. Elle se lit dans la page «\u00a0Accessibilité\u00a0».',
      value: typed?.precision ?? reason?.text ?? '',
      maxlength: 400,
      optional: true,
      error: errorOf(errors, 'precision')
    })
  }
}

function saidText(reason: SaidReason & { agent_name: string; said_at: Date }, isLate: boolean): string {
  const said = `${reason.agent_name} l’a dit le ${instantText(reason.said_at)}\u00a0: ${reasonText(reason)}.`
  return isLate ? `${said} Ce jour est passé (nous sommes le ${dayText(today())}).` : said
}
