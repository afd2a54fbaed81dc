/** What is sent about the words of a video: its captions line by line, its transcript, its chapters, or why it has none. */
import { z } from 'zod'
import { today } from '../../web/format.ts'
import { type FieldError, storable } from '../../web/forms.ts'
import { isRealDay } from '../../web/imprecise-date.ts'
import { type CaptionLine, isBlankLine, mostCaptions } from './captions.ts'
import { recentDays } from './missing-words.ts'

/** What is too much is refused line by line, and shown again; beyond twice as much, no hand typed it. */
const mostLines = 2 * mostCaptions
const repeated = z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(z.string()))

/** No sentence for each field: whoever uses the page cannot break it, and lines are checked one by one afterwards. */
const captionsForm = z.object({
  version: z.string().max(40).catch(''),
  'debut[]': repeated.catch([]),
  'fin[]': repeated.catch([]),
  'texte[]': repeated.catch([]),
  geste: z.preprocess((value) => [value].flat()[0], z.string().max(40).optional().catch(undefined))
})

/** Undefined for what is no form: without lines, it would say that the captions are to go. */
export function readCaptionsForm(body: unknown): z.infer<typeof captionsForm> | undefined {
  return captionsForm.safeParse(body).data
}

export function typedLines(form: z.infer<typeof captionsForm>): CaptionLine[] {
  const { 'debut[]': debut, 'fin[]': fin, 'texte[]': texte } = form
  const length = Math.min(mostLines, Math.max(debut.length, fin.length, texte.length))
  return Array.from({ length }, (_, index) => ({
    start: debut[index] ?? '',
    end: fin[index] ?? '',
    text: (texte[index] ?? '').replaceAll('\r\n', '\n')
  }))
}

/** « ajouter-3 », « supprimer-3 »: what the buttons of a line ask for where no script runs. */
export function afterGesture(lines: CaptionLine[], gesture: string | undefined): CaptionLine[] {
  const asked = /^(ajouter|supprimer)-(\d{1,5})$/.exec(gesture ?? '')
  if (!asked) return lines
  const index = Number(asked[2])
  if (asked[1] === 'supprimer') return lines.filter((_, position) => position !== index)
  const blank = { start: lines[index]?.end ?? '', end: '', text: '' }
  return lines.toSpliced(index + 1, 0, blank)
}

/** Without the blank lines at the end, which the page adds again. */
export function withoutBlankEnd(lines: CaptionLine[]): CaptionLine[] {
  return lines.slice(0, lines.findLastIndex((line) => !isBlankLine(line)) + 1)
}

const longestTranscript = 60_000

export const transcriptField = storable(
  z
    .string()
    .trim()
    .max(longestTranscript, 'Cette transcription est trop longue\u00a0: 60\u202f000 caractères au plus.')
    .transform((text) => text.replaceAll('\r\n', '\n'))
)

export const chaptersField = storable(z.string().max(20_000, 'Ce texte est trop long pour une liste de chapitres.'))

export const wordsForm = z.object({
  transcript: transcriptField,
  chapters: chaptersField,
  version: z.string().max(40),
  reprendre: z.string().max(10)
})

export const reasonForm = z.object({
  raison: z.enum(
    ['sans-paroles', 'recente', 'tiers', 'autre', 'aucune'],
    'Choisissez pourquoi cette vidéo reste sans sous-titres ni transcription.'
  ),
  attendus: z.string().trim().max(20),
  precision: storable(z.string().trim().max(400, 'Ce texte est trop long\u00a0: 400 caractères au plus.'))
})

/** What only shows once the fields are read together. */
export function reasonProblems({ raison, attendus, precision }: z.infer<typeof reasonForm>): FieldError[] {
  if (raison === 'autre' && precision === '') {
    return [{ field: 'precision', message: 'Dites la raison en une phrase.' }]
  }
  if (raison !== 'recente') return []
  if (!isRealDay(attendus)) return [{ field: 'attendus', message: 'Dites quel jour les sous-titres seront là.' }]
  const limit = new Date(Date.parse(today()) + recentDays * 86_400_000).toISOString().slice(0, 10)
  if (attendus < today() || attendus > limit) {
    return [{ field: 'attendus', message: `Choisissez un jour dans les ${recentDays} jours qui viennent.` }]
  }
  return []
}
