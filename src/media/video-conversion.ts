/** Videos as phones and slow networks need them: two sizes that every browser plays, the sound alone, and a first picture. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { findProgram, runProgram } from './programs.ts'

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
}

/** Beyond, the video itself would have to be cut first. */
const longestSeconds = 3 * 3600
/** The short side of each size: 360 plays on one bar of network, 720 fills a screen. */
const sizes = [360, 720]
const minute = 60_000

export function findVideoPrograms(): VideoPrograms | undefined {
  const ffmpeg = findProgram('ffmpeg')
  const ffprobe = findProgram('ffprobe')
  return ffmpeg && ffprobe ? { ffmpeg, ffprobe } : undefined
}

// A playlist named .mp4 would be read as one, and what it lists fetched: only what was recognised is opened, and only a file.
const onlyThisFile = ['-protocol_whitelist', 'file', '-f']
const demuxers: Record<string, string> = { 'video/mp4': 'mov', 'video/quicktime': 'mov', 'video/webm': 'matroska' }

/** Converts a video, in a folder that is empty and the caller's to remove; throws when it cannot be read. */
export async function convertVideo(
  programs: VideoPrograms,
  file: { path: string; contentType: string; folder: string; signal?: AbortSignal }
): Promise<ConvertedVideo> {
  const { folder } = file
  const input = [...onlyThisFile, demuxers[file.contentType] ?? 'mov', '-i', file.path]
  const signal = file.signal && { signal: file.signal }
  const source = await probe(programs, input, folder, file.signal)
  const ffmpeg = (parameters: string[], longestMs: number): Promise<string> =>
    runProgram({
      program: programs.ffmpeg,
      parameters: ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', '-threads', '2', ...input, ...parameters],
      folder,
      longestMs,
      memoryBytes: 3_000_000_000,
      fileBytes: 2_000_000_000,
      ...signal
    })

  const made: MadeVideo[] = []
  for (const size of sizesFor(Math.min(source.width, source.height))) {
    const { width, height } = scaled(source, size)
    const path = join(folder, `${size}.mp4`)
    await ffmpeg(
      [
        ...['-map', '0:v:0', '-map', '0:a:0?', '-map_metadata', '-1', '-map_chapters', '-1', '-dn', '-sn'],
        ...[
          '-vf',
          `scale=${width}:${height}:flags=bicubic,setsar=1,format=yuv420p`,
          '-r',
          String(source.framesPerSecond)
        ],
        ...['-c:v', 'libx264', '-profile:v', 'main', '-preset', 'veryfast', '-crf', size > 400 ? '23' : '26'],
        ...['-c:a', 'aac', '-b:a', '96k', '-ac', '2', '-movflags', '+faststart', path]
      ],
      timeFor(source.durationSeconds)
    )
    made.push({ format: 'mp4', path, width, height })
  }
  if (source.hasSound) {
    const path = join(folder, 'sound.m4a')
    await ffmpeg(
      [
        '-map',
        '0:a:0',
        '-vn',
        '-map_metadata',
        '-1',
        '-c:a',
        'aac',
        '-b:a',
        '64k',
        '-ac',
        '1',
        '-movflags',
        '+faststart',
        path
      ],
      timeFor(source.durationSeconds)
    )
    made.push({ format: 'm4a', path, width: 0, height: 0 })
  }
  const posterPath = join(folder, 'poster.jpg')
  // Not the first picture, which is often black.
  const at = Math.min(source.durationSeconds / 10, 5).toFixed(2)
  await ffmpeg(
    ['-map', '0:v:0', '-ss', at, '-frames:v', '1', '-q:v', '3', '-vf', "scale='min(1440,iw)':-2", posterPath],
    2 * minute
  )
  await stat(posterPath)
  return { ...source, made, posterPath }
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
  const ratio = shortSide / Math.min(width, height)
  const even = (side: number): number => Math.max(2, 2 * Math.round((side * ratio) / 2))
  return { width: even(width), height: even(height) }
}

function timeFor(durationSeconds: number): number {
  return Math.max(2 * minute, durationSeconds * 3000)
}

const probed = z.object({
  format: z.object({ duration: z.coerce.number().positive().max(longestSeconds) }),
  streams: z.array(
    z.object({
      codec_type: z.string().optional(),
      width: z.number().int().optional(),
      height: z.number().int().optional(),
      avg_frame_rate: z.string().optional(),
      side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional()
    })
  )
})

async function probe(programs: VideoPrograms, input: string[], folder: string, signal?: AbortSignal) {
  const output = await runProgram({
    program: programs.ffprobe,
    parameters: ['-v', 'error', '-of', 'json', '-show_format', '-show_streams', ...input],
    folder,
    longestMs: minute,
    memoryBytes: 2_000_000_000,
    ...(signal && { signal })
  })
  const { format, streams } = probed.parse(JSON.parse(output))
  const video = streams.find(({ codec_type, width }) => codec_type === 'video' && width)
  if (!video?.width || !video.height) throw new Error('There is no picture in this video.')
  const rotation = video.side_data_list?.find((data) => data.rotation !== undefined)?.rotation ?? 0
  const isTurned = Math.abs(rotation) % 180 === 90
  const [frames = 0, seconds = 1] = (video.avg_frame_rate ?? '').split('/').map(Number)
  return {
    durationSeconds: format.duration,
    width: isTurned ? video.height : video.width,
    height: isTurned ? video.width : video.height,
    // Phones vary; players and captions want a steady rate.
    framesPerSecond: Math.min(30, Math.max(1, Math.round(frames / seconds) || 25)),
    hasSound: streams.some(({ codec_type }) => codec_type === 'audio')
  }
}
