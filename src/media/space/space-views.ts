/** What the screen « Espace » shows: how much room files take, for how long it lasts, and whether they are all there. */
import { countText, instantText, numberText, plural } from '../../web/format.ts'
import { libraryPath } from '../receiving/sending.ts'
import { weightText } from '../views.ts'
import type { Counted } from './leftovers.ts'
import type { Disk } from './quota.ts'
import type { DamagedFile, Duplicate, Growth, HeavyFile, SpaceKind, SpaceMeasure } from './space-queries.ts'
import type { Problem, SweepRow } from './sweep-queries.ts'

declare module '../../web/render.ts' {
  interface Views {
    'media/space': SpacePage
  }
}

/** A part of a whole, in words and as a bar. */
interface Gauge {
  label: string
  /** « presque plein », agreeing with it. */
  tight: string
  /** « 1,2 Go sur 20 Go, soit 6 % » */
  text: string
  percent: number
  isTight: boolean
}

interface FileLink {
  title: string
  href: string
}

export interface SpacePage {
  gauges: Gauge[]
  quota: string
  forecast: string
  warning: string | undefined
  kinds: {
    label: string
    explanation: string
    count: string
    unit: string
    weight: string
    percent: number
    share: string
  }[]
  shared: string
  heaviest: (FileLink & { kind: string; weight: string; note: string })[]
  duplicates: { weight: string; files: FileLink[] }[]
  duplicatesSummary: string
  damaged: (FileLink & { problem: string })[]
  rounds: { what: string; at: string; iso: string; outcome: string; isRefusal: boolean }[]
}

export interface SpaceModel {
  space: SpaceMeasure
  aside: Counted
  quota: number | undefined
  disk: Disk
  growth: Growth
  heaviest: HeavyFile[]
  duplicates: { rows: Duplicate[]; count: number }
  damaged: DamagedFile[]
  rounds: SweepRow[]
}

const tightPercent = 85

const kindWords: Record<HeavyFile['kind'], string> = {
  image: 'image',
  video: 'vidéo',
  presentation: 'présentation',
  pdf: 'PDF',
  document: 'document',
  captions: 'sous-titres'
}

const spaceKinds: Record<SpaceKind, { label: string; explanation: string }> = {
  original: { label: 'Fichiers', explanation: 'tels qu’ils ont été envoyés' },
  version: { label: 'Versions pour les écrans', explanation: 'images et vidéos allégées, que le site fabrique' },
  slide: { label: 'Diapositives et pages', explanation: 'images des présentations et des PDF' },
  trash: { label: 'Corbeille', explanation: 'effacée trente jours après' }
}

export function spacePage(model: SpaceModel): SpacePage {
  const { space, aside, quota, disk, growth } = model
  const used = usedBytes(space)
  const total = used + aside.bytes
  const gauges = gaugesOf(used, quota, disk)
  const tight = gauges.find(({ isTight }) => isTight)
  const kind = (label: string, explanation: string, { count, bytes }: Counted) => ({
    label,
    explanation,
    count: numberText(count),
    unit: count > 1 ? 'fichiers' : 'fichier',
    weight: bytes === 0 ? 'rien' : weightText(bytes),
    percent: percentOf(bytes, total),
    share: percentText(bytes, total)
  })
  return {
    gauges,
    quota:
      quota === undefined
        ? 'Aucune limite n’est fixée\u00a0: le disque du serveur est la seule.'
        : `La limite est de ${weightText(quota)}. Un envoi qui la dépasserait est refusé avant d’être lu.`,
    forecast: forecastOf(roomLeft(used, quota, disk), growth),
    warning: tight && `${tight.label}\u00a0: ${tight.text}. Supprimez des fichiers, ou faites agrandir la place.`,
    kinds: [
      ...(['original', 'version', 'slide', 'trash'] as const).map((name) => {
        const measured = space.kinds.find((row) => row.kind === name) ?? { count: 0, bytes: 0 }
        return kind(spaceKinds[name].label, spaceKinds[name].explanation, measured)
      }),
      kind('Mis de côté', 'ce qui ne sert plus, effacé deux semaines après', aside)
    ],
    shared:
      space.sharedBytes > 0
        ? `Des fichiers identiques ne sont gardés qu’une fois\u00a0: ${weightText(space.sharedBytes)} économisés.`
        : 'Des fichiers identiques ne seraient gardés qu’une fois. Il n’y en a pas pour l’instant.',
    heaviest: model.heaviest.map((file) => ({
      ...linkTo(file),
      kind: kindWords[file.kind],
      weight: weightText(file.bytes),
      note: [
        file.bytes > file.size && `dont ${weightText(file.size)} pour le fichier lui-même`,
        file.isTrashed && 'dans la corbeille'
      ]
        .filter((note) => typeof note === 'string')
        .join(', ')
    })),
    duplicates: model.duplicates.rows.map(({ size, files }) => ({
      weight: weightText(size),
      files: files.map(linkTo)
    })),
    duplicatesSummary: duplicatesSummary(model.duplicates),
    damaged: model.damaged.map((file) => ({ ...linkTo(file), problem: problemText(file) })),
    rounds: model.rounds.map(roundOf)
  }
}

function usedBytes({ kinds }: SpaceMeasure): number {
  return kinds.reduce((sum, { bytes }) => sum + bytes, 0)
}

/** What may still come: the quota, or the disk where it has less. */
export function roomLeft(used: number, quota: number | undefined, { free }: Disk): number {
  return Math.max(0, Math.min(free, quota === undefined ? free : quota - used))
}

export function gaugesOf(used: number, quota: number | undefined, { free, size }: Disk): Gauge[] {
  const gauge = (label: string, tight: string, part: number, whole: number, left: number): Gauge => ({
    label,
    tight,
    text: `${weightText(part)} sur ${weightText(whole)}, soit ${percentText(part, whole)}\u00a0; ${left > 0 ? `il reste ${weightText(left)}` : 'il ne reste rien'}`,
    percent: percentOf(part, whole),
    isTight: part > (whole * tightPercent) / 100
  })
  return [
    ...(quota === undefined ? [] : [gauge('Place de la médiathèque', 'presque pleine', used, quota, quota - used)]),
    gauge('Disque du serveur', 'presque plein', size - free, size, free)
  ]
}

const daysPerMonth = 30.4
const shortestDays = 3

/** « Au rythme des trente derniers jours, il reste de la place pour environ 14 mois. » */
export function forecastOf(left: number, { days, bytes }: Growth): string {
  if (left === 0) return 'Il n’y a plus de place pour de nouveaux fichiers.'
  if (days < shortestDays) return 'Il est trop tôt pour dire combien de temps cette place durera.'
  if (bytes === 0) return 'Rien n’a été ajouté ces trente derniers jours\u00a0: à ce rythme, la place ne manquera pas.'
  const pace =
    days >= 29
      ? 'Au rythme des trente derniers jours'
      : `Au rythme des ${Math.floor(days)} jours depuis le premier fichier`
  const daysLeft = left / (bytes / days)
  return `${pace} (${weightText((bytes / days) * daysPerMonth)} par mois), il reste de la place pour ${durationInWords(daysLeft)}.`
}

function durationInWords(days: number): string {
  if (days > 10 * 365) return 'plus de dix ans'
  if (days >= 3 * 365) return `environ ${countText(Math.floor(days / 365), 'an')}`
  if (days >= 2 * daysPerMonth) return `environ ${Math.floor(days / daysPerMonth)}\u00a0mois`
  return days < 1 ? 'moins d’un jour' : `environ ${countText(Math.floor(days), 'jour')}`
}

function percentOf(part: number, whole: number): number {
  return whole > 0 ? Math.min(100, Math.round((part / whole) * 100)) : 0
}

function percentText(part: number, whole: number): string {
  const percent = whole > 0 ? (part / whole) * 100 : 0
  return percent > 0 && percent < 1 ? 'moins de 1\u00a0%' : `${numberText(Math.round(percent))}\u00a0%`
}

function linkTo({ id, title }: { id: number; title: string }): FileLink {
  return { title, href: `${libraryPath}/${id}` }
}

function duplicatesSummary({ rows, count }: SpaceModel['duplicates']): string {
  if (count === 0) return 'Aucun fichier n’est deux fois dans la médiathèque.'
  const shown = rows.length < count ? ` Voici les ${rows.length} plus lourds.` : ''
  return `${countText(count, 'fichier est', 'fichiers sont')} plusieurs fois dans la médiathèque. Sur le disque, ${plural(count, 'il n’y est', 'ils n’y sont')} qu’une fois\u00a0: rien ne presse, mais on s’y retrouve mieux sans.${shown}`
}

const problemWords: Record<Problem, string> = {
  missing: 'n’est plus dans le dossier du serveur',
  size: 'n’a plus la taille qu’il devrait avoir',
  damaged: 'est abîmé'
}

function problemText({ problem, isVersion }: DamagedFile): string {
  return isVersion
    ? `une de ses versions ${problemWords[problem]}. Le service informatique peut la refaire (npm run media:renditions).`
    : `${problemWords[problem]}. Envoyez-le de nouveau à sa place, ou demandez au service informatique de le reprendre d’une sauvegarde.`
}

function roundOf(round: SweepRow): SpacePage['rounds'][number] {
  const at = round.finished_at ?? round.started_at
  const isCheck = round.kind === 'check'
  return {
    what: isCheck ? 'Vérification' : 'Ménage',
    at: instantText(at),
    iso: at.toISOString(),
    isRefusal: round.refusal !== null,
    outcome: round.refusal ?? (isCheck ? checkOutcome(round) : sweepOutcome(round))
  }
}

function checkOutcome(round: SweepRow): string {
  return `${countText(round.seen_count, 'fichier relu', 'fichiers relus')}, ${round.damaged_count === 0 ? 'aucun n’est abîmé' : countText(round.damaged_count, 'abîmé')}`
}

function sweepOutcome(round: SweepRow): string {
  const done = [
    round.aside_count > 0 && `${countText(round.aside_count, 'fichier mis', 'fichiers mis')} de côté`,
    round.temporary_count > 0 &&
      `${countText(round.temporary_count, 'reste', 'restes')} d’envoi ou de préparation retirés`,
    round.erased_count > 0 && `${countText(round.erased_count, 'fichier effacé', 'fichiers effacés')} pour de bon`
  ].filter((part) => typeof part === 'string')
  const state =
    round.damaged_count === 0
      ? 'tous les fichiers sont là'
      : `${countText(round.damaged_count, 'fichier manque', 'fichiers manquent')}`
  return `${countText(round.seen_count, 'fichier examiné', 'fichiers examinés')}\u00a0: ${done.length > 0 ? done.join(', ') : 'rien à retirer'}\u00a0; ${state}`
}
