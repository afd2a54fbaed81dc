/** Videos as phones and cameras make them: what becomes of each. Made by ffmpeg on the spot, small; without it, the file is served as it came. */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import sharp from 'sharp'
import t, { type Test } from 'tap'
import { findProgram } from '../src/media/preparation/programs.ts'
import {
  type ConvertedVideo,
  convertVideo,
  findVideoPrograms,
  takePicture
} from '../src/media/video/video-conversion.ts'

t.setTimeout(240_000)
const programs = findVideoPrograms()
const folder = t.testdir({})

const encoders = programs ? spawnSync(programs.ffmpeg, ['-hide_banner', '-encoders'], { encoding: 'utf8' }).stdout : ''
const filters = programs ? spawnSync(programs.ffmpeg, ['-hide_banner', '-filters'], { encoding: 'utf8' }).stdout : ''

/** Makes a file; gives where it is. */
function make(name: string, parameters: string[]): string {
  const file = path.join(folder, name)
  if (!programs) return file
  const made = spawnSync(programs.ffmpeg, ['-hide_banner', '-loglevel', 'error', '-y', ...parameters, file], {
    encoding: 'utf8'
  })
  if (made.status !== 0) throw new Error(`${name}: ${made.stderr}`)
  return file
}

const contentTypes: Record<string, string> = { '.mp4': 'video/mp4', '.mov': 'video/quicktime', '.webm': 'video/webm' }

function convert(file: string, work = mkdtempSync(path.join(folder, 'work-'))): Promise<ConvertedVideo> {
  if (!programs) throw new Error('There is no ffmpeg.')
  return convertVideo(programs, { path: file, contentType: contentTypes[path.extname(file)] ?? '', folder: work })
}

interface Stream {
  codec_type: string
  codec_name: string
  pix_fmt?: string
  width?: number
  height?: number
  channels?: number
  avg_frame_rate?: string
  color_transfer?: string
  side_data_list?: unknown[]
}

function look(file: string): { streams: Stream[]; duration: number; chapters: unknown[]; tags: object } {
  const parameters = ['-v', 'error', '-of', 'json', '-show_streams', '-show_format', '-show_chapters', file]
  const { stdout } = spawnSync(programs?.ffprobe ?? '', parameters, { encoding: 'utf8' })
  const { streams, format, chapters } = JSON.parse(stdout)
  return { streams, duration: Number(format.duration), chapters, tags: format.tags ?? {} }
}

/** What every rendition is, whatever it was made from. */
function isPlayedEverywhere(t: Test, { made }: ConvertedVideo): void {
  for (const { format, path: file, width, height } of made) {
    const { streams, tags } = look(file)
    const bytes = readFileSync(file)
    t.ok(bytes.indexOf('moov') < bytes.indexOf('mdat'), `${format} can be played before it has arrived`)
    t.notMatch(JSON.stringify(tags), /location|make|model|com\.apple/i, 'nothing of its maker is left')
    const sound = streams.filter((stream) => stream.codec_type === 'audio')
    t.ok(sound.length <= 1 && sound.every(({ codec_name }) => codec_name === 'aac'))
    if (format === 'm4a') {
      t.equal(streams.length, 1, 'the sound alone')
      continue
    }
    const picture = streams.find((stream) => stream.codec_type === 'video')
    t.match(picture, { codec_name: 'h264', pix_fmt: 'yuv420p', width, height })
    t.equal(picture?.side_data_list, undefined, 'it stands by itself')
    t.ok(streams.length === sound.length + 1, 'nothing else is in it')
  }
}

const picture = (size: string, seconds = 2, rate = 25): string[] => [
  '-f',
  'lavfi',
  '-i',
  `testsrc2=size=${size}:rate=${rate}:duration=${seconds}`
]
const tone = (seconds = 2, frequency = 440): string[] => [
  '-f',
  'lavfi',
  '-i',
  `sine=frequency=${frequency}:duration=${seconds}`
]

interface Case {
  name: string
  file: string
  parameters: () => string[]
  /** Changes its bytes. */
  alter?: (bytes: Buffer) => void
  /** The program that makes it, where a build of ffmpeg may lack it. */
  needs?: string
  /** What its first size is. */
  width: number
  height: number
  sizes: number
  hasSound: boolean
  duration?: number
  also?: (t: Test, video: ConvertedVideo, source: string) => void | Promise<void>
}

/** Writes in the header of the track that its pictures are to be turned a quarter. */
function standUp(bytes: Buffer): void {
  const matrix = bytes.indexOf('tkhd') + 44
  for (const [place, value] of [0, 0x1_0000, 0, -0x1_0000, 0, 0, 720 * 0x1_0000, 0, 0x4000_0000].entries()) {
    bytes.writeInt32BE(value, matrix + 4 * place)
  }
}

const cases: Case[] = [
  {
    name: 'HEVC in a QuickTime file, as iPhones film',
    file: 'hevc.mov',
    needs: 'libx265',
    parameters: () => [
      ...picture('640x360'),
      ...tone(),
      ...['-c:v', 'libx265', '-x265-params', 'log-level=none', '-tag:v', 'hvc1', '-c:a', 'aac'],
      ...['-metadata', 'location=+48.8+002.3/', '-metadata', 'com.apple.quicktime.model=Téléphone']
    ],
    width: 640,
    height: 360,
    sizes: 1,
    hasSound: true
  },
  {
    name: 'ten bits and bright, as recent phones film',
    file: 'hdr.mov',
    needs: 'libx265',
    parameters: () => [
      ...picture('640x360'),
      ...['-vf', 'format=yuv420p10le', '-c:v', 'libx265', '-tag:v', 'hvc1'],
      ...['-x265-params', 'log-level=none:colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc'],
      ...['-color_primaries', 'bt2020', '-color_trc', 'arib-std-b67', '-colorspace', 'bt2020nc']
    ],
    width: 640,
    height: 360,
    sizes: 1,
    hasSound: false,
    also: (t, { made }) => {
      const canTone = / zscale /.test(filters) && / tonemap /.test(filters)
      const [video] = look(made[0]?.path ?? '').streams
      t.equal(video?.color_transfer, canTone ? 'bt709' : 'arib-std-b67', 'its light is brought down where ffmpeg can')
    }
  },
  {
    name: 'filmed standing: the phone says so beside the pictures',
    file: 'portrait.mov',
    parameters: () => [...picture('1280x720'), '-c:v', 'libx264', '-preset', 'ultrafast'],
    alter: standUp,
    width: 360,
    height: 640,
    sizes: 2,
    hasSound: false,
    also: async (t, { posterPath, width, height }) => {
      t.same([width, height], [720, 1280])
      const poster = await sharp(posterPath).metadata()
      t.ok((poster.height ?? 0) > (poster.width ?? 0), 'its first picture stands too')
    }
  },
  {
    name: 'a rate that varies',
    file: 'vfr.mp4',
    parameters: () => [
      ...picture('320x240', 2, 60),
      ...['-vf', "select='if(lt(t,1),1,not(mod(n,6)))'", '-fps_mode', 'vfr', '-c:v', 'libx264', '-preset', 'ultrafast']
    ],
    width: 320,
    height: 240,
    sizes: 1,
    hasSound: false,
    also: (t, { made }) => {
      const [frames = 0, seconds = 1] = (look(made[0]?.path ?? '').streams[0]?.avg_frame_rate ?? '')
        .split('/')
        .map(Number)
      t.ok(frames / seconds <= 30)
    }
  },
  {
    name: 'sides that no H.264 has, and points that are not square',
    file: 'odd.webm',
    needs: 'libvpx-vp9',
    parameters: () => [
      ...picture('321x241'),
      '-vf',
      'scale=321:241,setsar=4/3',
      '-c:v',
      'libvpx-vp9',
      '-cpu-used',
      '8',
      '-deadline',
      'realtime'
    ],
    width: 428,
    height: 242,
    sizes: 1,
    hasSound: false
  },
  {
    name: 'a transparent WebM',
    file: 'alpha.webm',
    needs: 'libvpx-vp9',
    parameters: () => [
      ...picture('320x240'),
      ...[
        '-vf',
        'format=yuva420p',
        '-c:v',
        'libvpx-vp9',
        '-pix_fmt',
        'yuva420p',
        '-cpu-used',
        '8',
        '-deadline',
        'realtime'
      ]
    ],
    width: 320,
    height: 240,
    sizes: 1,
    hasSound: false
  },
  {
    name: 'a tenth of a second',
    file: 'short.mp4',
    parameters: () => [...picture('320x240', 0.1), '-c:v', 'libx264', '-preset', 'ultrafast'],
    width: 320,
    height: 240,
    sizes: 1,
    hasSound: false,
    duration: 0.1
  },
  {
    name: 'one picture only',
    file: 'one.mp4',
    parameters: () => [...picture('320x240', 1, 1), '-frames:v', '1', '-c:v', 'libx264', '-preset', 'ultrafast'],
    width: 320,
    height: 240,
    sizes: 1,
    hasSound: false,
    duration: 1
  },
  {
    name: 'two tracks of sound, the first in six channels, and chapters',
    file: 'sounds.mp4',
    parameters: () => {
      writeFileSync(
        path.join(folder, 'chapters.txt'),
        ';FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1000\ntitle=Le début\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=1000\nEND=2000\ntitle=Le budget\n'
      )
      return [
        ...picture('320x240'),
        ...['-f', 'lavfi', '-i', 'anoisesrc=duration=2:amplitude=0.1,pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0'],
        ...tone(2, 880),
        ...['-i', path.join(folder, 'chapters.txt')],
        ...['-map', '0:v', '-map', '1:a', '-map', '2:a', '-map_metadata', '3', '-map_chapters', '3'],
        ...['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac']
      ]
    },
    width: 320,
    height: 240,
    sizes: 1,
    hasSound: true,
    also: (t, { made, chapters }, source) => {
      t.equal(look(source).streams.length >= 3, true)
      const sound = look(made[0]?.path ?? '').streams.find(({ codec_type }) => codec_type === 'audio')
      t.equal(sound?.channels, 2)
      t.same(chapters, [
        { at: 0, title: 'Le début' },
        { at: 1, title: 'Le budget' }
      ])
    }
  },
  {
    name: 'the list of its pictures at the end, as cameras write it',
    file: 'moov-last.mp4',
    parameters: () => [...picture('1280x720', 1), ...tone(1), '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac'],
    width: 640,
    height: 360,
    sizes: 2,
    hasSound: true,
    duration: 1,
    also: (t, _video, source) => {
      const bytes = readFileSync(source)
      t.ok(bytes.indexOf('moov') > bytes.indexOf('mdat'), 'it is the case that is meant')
    }
  },
  {
    name: 'a recording of a browser, which does not say how long it is',
    file: 'recorded.webm',
    needs: 'libvpx-vp9',
    // Written to a pipe, it cannot go back to say how long it was.
    parameters: () => [
      ...picture('320x240'),
      ...['-c:v', 'libvpx-vp9', '-cpu-used', '8', '-deadline', 'realtime', '-f', 'webm', '-live', '1']
    ],
    width: 320,
    height: 240,
    sizes: 1,
    hasSound: false
  },
  {
    name: 'a banner, far longer than high',
    file: 'banner.mp4',
    parameters: () => [...picture('3600x380', 1), '-c:v', 'libx264', '-preset', 'ultrafast'],
    width: 1920,
    height: 202,
    sizes: 1,
    hasSound: false,
    duration: 1
  }
]

for (const example of cases) {
  t.test(example.name, async (t) => {
    if (!programs) return t.equal(findVideoPrograms(), undefined, 'without ffmpeg it is served as it came')
    if (example.needs && !encoders.includes(example.needs)) {
      return t.notMatch(encoders, example.needs, 'this ffmpeg cannot make it')
    }
    const source = make(example.file, example.parameters())
    if (example.alter) {
      const bytes = readFileSync(source)
      example.alter(bytes)
      writeFileSync(source, bytes)
    }
    const video = await convert(source)
    const sizes = video.made.filter(({ format }) => format === 'mp4')
    t.equal(sizes.length, example.sizes)
    t.match(sizes[0], { width: example.width, height: example.height })
    t.equal(
      video.made.some(({ format }) => format === 'm4a'),
      example.hasSound
    )
    const duration = example.duration ?? 2
    t.ok(Math.abs(video.durationSeconds - duration) < 0.15, `${video.durationSeconds} s`)
    for (const { path: file } of video.made) t.ok(Math.abs(look(file).duration - duration) < 0.3, 'as long as the film')
    t.equal((await sharp(video.posterPath).metadata()).format, 'jpeg')
    isPlayedEverywhere(t, video)
    await example.also?.(t, video, source)
  })
}

t.test('a picture is taken at the moment that is asked for, and the last one beyond the end', async (t) => {
  if (!programs) return t.equal(findVideoPrograms(), undefined)
  const red = make('colours.mp4', [
    ...[
      '-f',
      'lavfi',
      '-i',
      'color=red:size=320x240:duration=1',
      '-f',
      'lavfi',
      '-i',
      'color=blue:size=320x240:duration=1'
    ],
    ...['-filter_complex', '[0][1]concat', '-c:v', 'libx264', '-preset', 'ultrafast']
  ])
  const colourAt = async (second: number): Promise<string> => {
    const work = mkdtempSync(path.join(folder, 'work-'))
    const file = await takePicture(programs, { path: red, contentType: 'video/mp4', folder: work }, second)
    const { dominant } = await sharp(file).stats()
    return dominant.r > dominant.b ? 'red' : 'blue'
  }
  t.equal(await colourAt(0.5), 'red')
  t.equal(await colourAt(1.5), 'blue')
  t.equal(await colourAt(2), 'blue')
})

t.test('a sound named .mp4 and a film of ten days are told from one that may play the next time', async (t) => {
  if (!programs) return t.equal(findVideoPrograms(), undefined)
  const sound = make('sound.mp4', [...tone(), '-c:a', 'aac'])
  await t.rejects(convert(sound), { message: /Ce fichier n’a pas d’image/ })

  const long = make('long.mp4', [...picture('320x240', 1), '-c:v', 'libx264', '-preset', 'ultrafast'])
  const bytes = readFileSync(long)
  // A million seconds, in the header of the film and in that of its track.
  const movie = bytes.indexOf('mvhd')
  bytes.writeUInt32BE(bytes.readUInt32BE(movie + 16) * 1_000_000, movie + 20)
  const media = bytes.indexOf('mdhd')
  bytes.writeUInt32BE(1, media + 16)
  bytes.writeUInt32BE(1_000_000, media + 20)
  writeFileSync(long, bytes)
  const startedAt = performance.now()
  await t.rejects(convert(long), { message: /annonce plus de trois heures/ })
  t.ok(performance.now() - startedAt < 10_000, 'at once')
})

t.test('streams that are damaged end in a film or in a refusal, never in an endless work', async (t) => {
  if (!programs) return t.equal(findVideoPrograms(), undefined)
  const good = readFileSync(make('good.mp4', [...picture('320x240'), ...tone(), '-c:v', 'libx264', '-c:a', 'aac']))
  const spoil = (from: number, to: number): Buffer => {
    const bytes = Buffer.from(good)
    for (let at = Math.floor(bytes.length * from); at < bytes.length * to; at += 1) bytes[at] = (at * 7919) % 256
    return bytes
  }
  const damaged = { middle: spoil(0.3, 0.6), most: spoil(0.05, 0.9), cut: good.subarray(0, good.length / 2) }
  for (const [name, bytes] of Object.entries(damaged)) {
    const file = path.join(folder, `damaged-${name}.mp4`)
    writeFileSync(file, bytes)
    const startedAt = performance.now()
    const outcome = await convert(file).then(
      ({ made }) => `${made.length} files`,
      (error: unknown) => (error instanceof Error ? 'refused' : 'unknown')
    )
    t.match(outcome, /^(?:\d files|refused)$/, `${name}: ${outcome}`)
    t.ok(performance.now() - startedAt < 60_000)
  }
})

t.test('what a file points to outside itself is asked of nobody', async (t) => {
  if (!programs) return t.equal(findVideoPrograms(), undefined)
  let calls = 0
  const server = createServer((socket) => {
    calls += 1
    socket.destroy()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const listening = server.address()
  const port = typeof listening === 'object' && listening ? listening.port : 0
  const there = `http://127.0.0.1:${port}/x.ts`
  const secret = path.join(folder, 'secret.txt')
  writeFileSync(secret, 'le secret')
  const playlists: Record<string, string> = {
    hls: `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n${there}\n#EXT-X-ENDLIST\n`,
    local: `#EXTM3U\n#EXTINF:10,\nfile://${secret}\n#EXT-X-ENDLIST\n`,
    dash: `<?xml version="1.0"?><MPD><Period><BaseURL>${there}</BaseURL></Period></MPD>`,
    concat: `ffconcat version 1.0\nfile ${there}\n`,
    // A QuickTime file whose media is elsewhere.
    reference: `\0\0\0\x14ftypqt  \0\0\0\0qt  \0\0\0${String.fromCharCode(40 + there.length)}moov\0\0\0\x20rmrarmdardrf\0\0\0\0url \0\0\0\0${there}\0`
  }
  for (const [name, content] of Object.entries(playlists)) {
    for (const extension of ['.mp4', '.mov', '.webm']) {
      const file = path.join(folder, `${name}${extension}`)
      writeFileSync(file, content, 'latin1')
      await t.rejects(convert(file), `${name}${extension}`)
    }
  }
  t.equal(calls, 0, 'the server that listened heard nothing')

  const strace = findProgram('strace')
  const traced = path.join(folder, 'hls.mp4')
  if (!strace) return
  const work = path.join(folder, 'traced')
  mkdirSync(work)
  const parameters = ['-protocol_whitelist', 'file', '-f', 'mov', '-i', traced, '-f', 'null', '-']
  const { stderr } = spawnSync(strace, ['-f', '-e', 'trace=network', programs.ffmpeg, ...parameters], {
    encoding: 'utf8',
    cwd: work
  })
  t.notMatch(stderr, /connect\(\d+, \{sa_family=AF_INET/, 'nor did the kernel')
})
