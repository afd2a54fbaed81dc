/** Videos as phones and slow networks need them: two sizes that every browser plays, the sound alone, and a first picture. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { findProgram, runProgram } from '../preparation/programs.ts'
import type { Chapter } from './chapters.ts'

export interface VideoPrograms {
  ffmpeg: string
  ffprobe: string
}

export interface MadeVideo {
  format: 'mp4' | 'm4a'
  path: string
  /** In pixels; of a sound, 0. */
  width: number
  height: number
}

export interface ConvertedVideo {
  durationSeconds: number
  /** As it is seen: phones film standing up, and say so beside the pictures. */
  width: number
  height: number
  made: MadeVideo[]
  /** A JPEG. */
  posterPath: string
  /** Those that the file itself names. */
  chapters: Chapter[]
}

/** A video that no other attempt will play; the message tells the webmaster what to do. */
export class UnplayableVideo extends Error {}

const tooLong =
  'Cette vidéo annonce plus de trois heures, ou une durée qui n’en est pas une\u00a0: elle se télécharge telle quelle. Coupez-la en plusieurs films, ou exportez-la de nouveau en MP4.'
const withoutPicture =
  'Ce fichier n’a pas d’image\u00a0: c’est un son. Il se télécharge tel quel\u00a0; pour le faire lire ici, posez-le sur une image fixe et exportez-le en MP4.'

/** Beyond, the video itself would have to be cut first. */
const longestSeconds = 3 * 3600
/** The short side of each size: 360 plays on one bar of network, 720 fills a screen. */
const sizes = [360, 720]
/** What every phone decodes. */
const longestSide = 1920
const minute = 60_000

export function findVideoPrograms(): VideoPrograms | undefined {
  const ffmpeg = findProgram('ffmpeg')
  const ffprobe = findProgram('ffprobe')
  return ffmpeg && ffprobe ? { ffmpeg, ffprobe } : undefined
}

// A playlist named .mp4 would be read as one, and what it lists fetched: only what was recognised is opened, and only a file.
const onlyThisFile = ['-protocol_whitelist', 'file', '-f']
const demuxers: Record<string, string> = { 'video/mp4': 'mov', 'video/quicktime': 'mov', 'video/webm': 'matroska' }

interface VideoFile {
  path: string
  contentType: string
  /** Empty, and the caller's to remove. */
  folder: string
  signal?: AbortSignal
}

/** Converts a video; throws when it cannot be read, an `UnplayableVideo` when it never will be. */
export async function convertVideo(programs: VideoPrograms, file: VideoFile): Promise<ConvertedVideo> {
  const { folder } = file
  const source = await probe(programs, file)
  const colours = await coloursFilter(programs, file, source)
  const made: MadeVideo[] = []
  for (const size of sizesFor(Math.min(source.width, source.height))) {
    const { width, height } = scaled(source, size)
    // Of a very long or very high picture both sizes are the same.
    if (made.some((smaller) => smaller.width === width)) continue
    const path = join(folder, `${size}.mp4`)
    const picture = [`scale=${width}:${height}:flags=bicubic`, ...colours, 'setsar=1', 'format=yuv420p'].join(',')
    await ffmpeg(programs, file, timeFor(source.durationSeconds), [
      ...['-map', `0:${source.pictureStream}`, '-map', '0:a:0?'],
      ...['-map_metadata', '-1', '-map_chapters', '-1', '-dn', '-sn', '-t', String(longestSeconds)],
      ...['-vf', picture, '-r', String(source.framesPerSecond)],
      ...['-c:v', 'libx264', '-profile:v', 'main', '-preset', 'veryfast', '-crf', size > 400 ? '23' : '26'],
      ...(colours.length > 0 ? ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'] : []),
      ...['-c:a', 'aac', '-b:a', '96k', '-ac', '2', '-movflags', '+faststart', path]
    ])
    made.push({ format: 'mp4', path, width, height })
  }
  const durationSeconds = source.durationSeconds ?? (await durationOf(programs, file, made[0]?.path ?? ''))
  if (source.hasSound) {
    const path = join(folder, 'sound.m4a')
    await ffmpeg(programs, file, timeFor(durationSeconds), [
      ...['-map', '0:a:0', '-vn', '-map_metadata', '-1', '-map_chapters', '-1', '-t', String(longestSeconds)],
      ...['-c:a', 'aac', '-b:a', '64k', '-ac', '1', '-movflags', '+faststart', path]
    ])
    made.push({ format: 'm4a', path, width: 0, height: 0 })
  }
  // Not the first picture, which is often black.
  const posterPath = await drawPicture(programs, file, source, colours, automaticSecond(durationSeconds))
  const { width, height, chapters } = source
  return { durationSeconds, width, height, chapters, made, posterPath }
}

/** The latest moment that the site takes by itself for a first picture. */
export const latestAutomaticSecond = 5

function automaticSecond(durationSeconds: number): number {
  return Math.min(durationSeconds / 10, latestAutomaticSecond)
}

/** The picture of a film at this moment, as a JPEG in the folder of the file. */
export async function takePicture(programs: VideoPrograms, file: VideoFile, second: number): Promise<string> {
  const source = await probe(programs, file)
  const colours = await coloursFilter(programs, file, source)
  return drawPicture(programs, file, source, colours, second)
}

async function drawPicture(
  programs: VideoPrograms,
  file: VideoFile,
  source: ProbedVideo,
  colours: string[],
  second: number
): Promise<string> {
  const path = join(file.folder, 'poster.jpg')
  const picture = ["scale='min(1440,iw*sar)':-2", ...colours, 'setsar=1', 'format=yuvj420p'].join(',')
  // The last picture comes before the end of the film, which may be of one picture only.
  for (const at of [second, second - 0.5, 0]) {
    const seek = ['-ss', Math.max(0, at).toFixed(3)]
    await ffmpeg(
      programs,
      file,
      2 * minute,
      ['-map', `0:${source.pictureStream}`, '-frames:v', '1', '-q:v', '3', '-vf', picture, path],
      seek
    )
    if (await stat(path).catch(() => undefined)) return path
  }
  throw new Error('No picture came out of this video.')
}

function ffmpeg(
  programs: VideoPrograms,
  file: VideoFile,
  longestMs: number,
  parameters: string[],
  before: string[] = []
): Promise<string> {
  return runProgram({
    program: programs.ffmpeg,
    parameters: [
      ...['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', '-threads', '2'],
      ...before,
      ...inputOf(file),
      ...parameters
    ],
    folder: file.folder,
    longestMs,
    memoryBytes: 3_000_000_000,
    fileBytes: 2_000_000_000,
    ...(file.signal && { signal: file.signal })
  })
}

function inputOf(file: Pick<VideoFile, 'contentType' | 'path'>): string[] {
  return [...onlyThisFile, demuxers[file.contentType] ?? 'mov', '-i', file.path]
}

/** Never larger than it was filmed; what is smaller than the smallest keeps its own size. */
export function sizesFor(shortSide: number): number[] {
  const fitting = sizes.filter((size) => size <= shortSide)
  return fitting.length > 0 ? fitting : [shortSide]
}

/** Both sides even, as the format wants them. */
function scaled(
  { width, height }: { width: number; height: number },
  shortSide: number
): { width: number; height: number } {
  const ratio = Math.min(shortSide / Math.min(width, height), longestSide / Math.max(width, height))
  const even = (side: number): number => Math.max(2, 2 * Math.round((side * ratio) / 2))
  return { width: even(width), height: even(height) }
}

/** A film that does not say how long it is has the time of the longest. */
function timeFor(durationSeconds: number | undefined): number {
  return Math.max(2 * minute, (durationSeconds ?? longestSeconds) * 3000)
}

/** Pictures of phones that are brighter than screens show look washed out when their light is not brought down. */
async function coloursFilter(programs: VideoPrograms, file: VideoFile, source: ProbedVideo): Promise<string[]> {
  if (source.brightTransfer === undefined || !(await canBringLightDown(programs, file))) return []
  return [
    `zscale=tin=${source.brightTransfer}:min=bt2020nc:pin=bt2020:rin=tv:t=linear:npl=100`,
    'format=gbrpf32le',
    'zscale=p=bt709',
    'tonemap=tonemap=hable:desat=0',
    'zscale=t=bt709:m=bt709:r=tv'
  ]
}

/** Not every ffmpeg was built with what it takes; without, the film is converted as it is. */
async function canBringLightDown(programs: VideoPrograms, { folder, signal }: VideoFile): Promise<boolean> {
  const filters = await runProgram({
    program: programs.ffmpeg,
    parameters: ['-hide_banner', '-loglevel', 'error', '-filters'],
    folder,
    longestMs: minute,
    ...(signal && { signal })
  })
  return / zscale /.test(filters) && / tonemap /.test(filters)
}

const probed = z.object({
  // Recorders of browsers say no duration, and liars say any.
  format: z.object({ duration: z.coerce.number().optional().catch(undefined) }),
  streams: z.array(
    z.object({
      index: z.number().int(),
      codec_type: z.string().optional(),
      width: z.number().int().optional(),
      height: z.number().int().optional(),
      sample_aspect_ratio: z.string().optional(),
      avg_frame_rate: z.string().optional(),
      color_transfer: z.string().optional(),
      disposition: z.object({ attached_pic: z.number().optional() }).optional(),
      side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional()
    })
  ),
  chapters: z
    .array(z.object({ start_time: z.coerce.number(), tags: z.object({ title: z.string() }) }).or(z.object({})))
    .catch([])
})

interface ProbedVideo {
  durationSeconds: number | undefined
  width: number
  height: number
  framesPerSecond: number
  hasSound: boolean
  /** A file may hold a cover beside its film. */
  pictureStream: number
  brightTransfer: 'smpte2084' | 'arib-std-b67' | undefined
  chapters: Chapter[]
}

async function probe(programs: VideoPrograms, file: VideoFile): Promise<ProbedVideo> {
  const asked = ['-show_format', '-show_streams', '-show_chapters']
  const { format, streams, chapters } = probed.parse(await ffprobe(programs, file, [...asked, ...inputOf(file)]))
  const duration = format.duration !== undefined && format.duration > 0 ? format.duration : undefined
  if (duration !== undefined && !(duration <= longestSeconds)) throw new UnplayableVideo(tooLong)
  const video = streams.find(
    ({ codec_type, width, disposition }) => codec_type === 'video' && width && !disposition?.attached_pic
  )
  if (!video?.width || !video.height) throw new UnplayableVideo(withoutPicture)
  const rotation = video.side_data_list?.find((data) => data.rotation !== undefined)?.rotation ?? 0
  const isTurned = Math.abs(rotation) % 180 === 90
  // Old cameras film points that are not square.
  const [across = 1, down = 1] = (video.sample_aspect_ratio ?? '').split(':').map(Number)
  const width = across > 0 && down > 0 ? Math.max(1, Math.round((video.width * across) / down)) : video.width
  const [frames = 0, seconds = 1] = (video.avg_frame_rate ?? '').split('/').map(Number)
  const transfer = video.color_transfer
  return {
    durationSeconds: duration,
    width: isTurned ? video.height : width,
    height: isTurned ? width : video.height,
    // Phones vary; players and captions want a steady rate.
    framesPerSecond: Math.min(30, Math.max(1, Math.round(frames / seconds) || 25)),
    hasSound: streams.some(({ codec_type }) => codec_type === 'audio'),
    pictureStream: video.index,
    brightTransfer: transfer === 'smpte2084' || transfer === 'arib-std-b67' ? transfer : undefined,
    chapters: chapters
      .flatMap((chapter) => ('tags' in chapter ? [{ at: chapter.start_time, title: chapter.tags.title.trim() }] : []))
      .filter(({ at, title }) => at >= 0 && title !== '')
      .map(({ at, title }) => ({ at: Math.round(at * 1000) / 1000, title }))
  }
}

async function durationOf(programs: VideoPrograms, file: VideoFile, path: string): Promise<number> {
  const made = { ...file, path, contentType: 'video/mp4' }
  const { format } = probed.parse(await ffprobe(programs, made, ['-show_format', '-show_streams', ...inputOf(made)]))
  if (format.duration === undefined) throw new Error('Nothing came out of this video.')
  return format.duration
}

async function ffprobe(programs: VideoPrograms, file: VideoFile, parameters: string[]): Promise<unknown> {
  const output = await runProgram({
    program: programs.ffprobe,
    parameters: ['-v', 'error', '-of', 'json', ...parameters],
    folder: file.folder,
    longestMs: minute,
    memoryBytes: 2_000_000_000,
    ...(file.signal && { signal: file.signal })
  })
  return JSON.parse(output)
}
