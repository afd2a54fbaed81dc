import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { startBrowser } from './browser.ts'
import { fontFaces, french, hues, petals, picture } from './design.ts'
import { filesFolder } from './folder.ts'
import { musicBed } from './music.ts'
import { ink, paper } from './palette.ts'

const run = promisify(execFile)
const fade = 0.6
const fps = 25

interface Scene {
  seconds: number
  /** A full card, or an illustration over which the eye moves, with a label. */
  card?: string
  picture?: string
  label?: string
  hue?: number
  from?: readonly [number, number, number]
  to?: readonly [number, number, number]
  caption: string
}

interface Film {
  name: string
  title: string
  poster: number
  scenes: readonly Scene[]
}

const title = (small: string, large: string) =>
  `<div class="card">${petals(150)}<p class="small">${small}</p><h1>${large}</h1><div class="band">${hues.map((hue) => `<i style="background:${hue.base}"></i>`).join('')}</div></div>`

const films: readonly Film[] = [
  {
    name: 'video-presentation',
    title: 'Le projet d’administration de Valbrune en trente secondes',
    poster: 0,
    scenes: [
      {
        seconds: 4,
        card: title('Ville de Valbrune', 'Le projet d’administration<br>en trente secondes'),
        caption: '[Musique douce] Le projet d’administration de Valbrune, en trente secondes.'
      },
      {
        seconds: 3.6,
        picture: 'demarche-comite-de-pilotage',
        label: '2020. Un comité de pilotage',
        hue: 0,
        from: [1.05, 0.5, 0.2],
        to: [1.2, 0.5, 0.3],
        caption: 'Tout commence en 2020, avec un comité de pilotage.'
      },
      {
        seconds: 3.6,
        picture: 'demarche-ateliers',
        label: 'Une centaine de réunions et d’ateliers',
        hue: 3,
        from: [1.25, 0.1, 0.3],
        to: [1.25, 0.9, 0.5],
        caption: 'Suivent une centaine de réunions et d’ateliers, dans tous les services.'
      },
      {
        seconds: 3.4,
        picture: 'demarche-presentation-du-projet',
        label: 'Fin 2022. Un projet commun',
        hue: 4,
        from: [1.3, 0.5, 0.3],
        to: [1.05, 0.5, 0.4],
        caption: 'Fin 2022, le projet commun est présenté à toutes et à tous.'
      },
      {
        seconds: 2.6,
        picture: 'engagement-accueillir',
        label: '1. Accueillir mieux',
        hue: 0,
        from: [1.05, 0.5, 0.6],
        to: [1.22, 0.5, 0.9],
        caption: 'Cinq engagements. Un : accueillir mieux.'
      },
      {
        seconds: 2.6,
        picture: 'engagement-travailler-ensemble',
        label: '2. Travailler ensemble',
        hue: 1,
        from: [1.3, 0.5, 0.5],
        to: [1.06, 0.5, 0.5],
        caption: 'Deux : travailler ensemble.'
      },
      {
        seconds: 2.9,
        picture: 'engagement-prendre-soin',
        label: '3. Prendre soin de celles et ceux qui font la ville',
        hue: 4,
        from: [1.25, 0.5, 0.1],
        to: [1.1, 0.5, 0.9],
        caption: 'Trois : prendre soin de celles et ceux qui font la ville.'
      },
      {
        seconds: 2.6,
        picture: 'engagement-sobre-durable',
        label: '4. Une ville sobre et durable',
        hue: 2,
        from: [1.06, 0.5, 0.6],
        to: [1.25, 0.5, 0.9],
        caption: 'Quatre : une ville sobre et durable.'
      },
      {
        seconds: 2.6,
        picture: 'engagement-simplifier',
        label: '5. Simplifier et moderniser',
        hue: 3,
        from: [1.25, 0, 0.6],
        to: [1.25, 1, 0.7],
        caption: 'Cinq : simplifier et moderniser.'
      },
      {
        seconds: 3.4,
        picture: 'demarche-site-et-livret',
        label: 'Un livret et un site pour tout suivre',
        hue: 1,
        from: [1.05, 0.5, 0.5],
        to: [1.25, 0.85, 0.5],
        caption: 'Depuis mars 2023, un livret et un site permettent de tout suivre.'
      },
      {
        seconds: 4,
        card: title('Cinq engagements, trente actions', 'Le projet avance.<br>Suivez-le ici.'),
        caption: 'Trente actions, huit directions : le projet avance, suivez-le ici. [Fin de la musique]'
      }
    ]
  },
  {
    name: 'video-culture',
    title: 'La direction de la Culture en dix secondes',
    poster: 0,
    scenes: [
      {
        seconds: 2.8,
        card: title('Direction de la Culture', 'La culture<br>au coin de la rue'),
        caption: '[Musique douce] Direction de la Culture : la culture au coin de la rue.'
      },
      {
        seconds: 3.6,
        picture: 'direction-culture',
        label: 'Une médiathèque ouverte plus tard',
        hue: 4,
        from: [1.5, 0.05, 0.6],
        to: [1.5, 0.95, 0.6],
        caption: 'Une médiathèque ouverte plus tard, un théâtre qui sort de ses murs.'
      },
      {
        seconds: 3,
        picture: 'album-journee-3',
        label: 'Des scènes dans les quartiers',
        hue: 0,
        from: [1.05, 0.5, 0.5],
        to: [1.25, 0.5, 0.6],
        caption: 'Des scènes dans les quartiers, pour toutes et tous.'
      },
      {
        seconds: 2.8,
        card: title('Le projet de direction', 'Trois actions,<br>une équipe, un calendrier'),
        caption: 'Trois actions, une équipe, un calendrier : tout est sur cette page. [Fin de la musique]'
      }
    ]
  }
]

const stamp = (seconds: number): string => `00:00:${seconds.toFixed(3).padStart(6, '0')}`

const browser = await startBrowser()
const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
const fonts = await fontFaces()

const shot = async (body: string, path: string, transparent: boolean): Promise<void> => {
  await page.setContent(`<style>${fonts}
*{box-sizing:border-box;margin:0}body{width:1280px;height:720px;overflow:hidden;font-family:'Bricolage Grotesque';color:${ink.deep};${transparent ? '' : `background:${paper.light}`}}
.card{height:720px;display:grid;place-content:center;justify-items:center;text-align:center;gap:22px}
.small{font-size:34px;font-weight:500;color:${ink.soft}}h1{font-size:84px;line-height:1.02;font-weight:750;letter-spacing:-.02em}
.band{position:absolute;inset:auto 0 0;display:flex;height:26px}.band i{flex:1}
.label{position:absolute;left:64px;top:56px;max-width:1000px;background:${paper.light};padding:18px 30px 20px 26px;border-left:16px solid;font-size:42px;font-weight:700;letter-spacing:-.01em}
</style>${body}`)
  await page.evaluate('document.fonts.ready')
  await page.screenshot({ path, omitBackground: transparent })
}

for (const film of films) {
  const folder = await mkdtemp(join(tmpdir(), 'film-'))
  const inputs: string[] = []
  const filters: string[] = []
  const cues: string[] = []
  let start = 0
  for (const [index, scene] of film.scenes.entries()) {
    const frames = Math.round(scene.seconds * fps)
    const file = join(folder, `${index}.png`)
    const last = index === film.scenes.length - 1
    if (scene.card) {
      await shot(scene.card, file, false)
      inputs.push('-loop', '1', '-framerate', `${fps}`, '-t', `${scene.seconds}`, '-i', file)
      filters.push(`[${inputs.filter((word) => word === '-i').length - 1}:v]format=yuv420p,settb=1/${fps}[s${index}]`)
    } else {
      // Enlarged first: the movement is then finer than a pixel of the result.
      await sharp(join(filesFolder, `${scene.picture}.jpg`))
        .resize(3200)
        .png({ compressionLevel: 1 })
        .toFile(file)
      const label = join(folder, `${index}-label.png`)
      await shot(
        `<p class="label" style="border-color:${(hues[scene.hue ?? 0] ?? hues[0]).base}">${scene.label}</p>`,
        label,
        true
      )
      const input = inputs.filter((word) => word === '-i').length
      inputs.push('-i', file, '-loop', '1', '-framerate', `${fps}`, '-t', `${scene.seconds}`, '-i', label)
      const [zoomFrom, acrossFrom, downFrom] = scene.from ?? [1, 0.5, 0.5]
      const [zoomTo, acrossTo, downTo] = scene.to ?? [1.1, 0.5, 0.5]
      const progress = `(0.5-0.5*cos(PI*on/${frames}))`
      const between = (first: number, second: number) => `(${first}+${(second - first).toFixed(3)}*${progress})`
      filters.push(
        `[${input}:v]crop=3200:1800,zoompan=z='${between(zoomFrom, zoomTo)}':x='(iw-iw/zoom)*${between(acrossFrom, acrossTo)}':y='(ih-ih/zoom)*${between(downFrom, downTo)}':d=${frames}:s=1280x720:fps=${fps}[p${index}]`,
        `[${input + 1}:v]format=rgba,fade=in:st=0.45:d=0.35:alpha=1,fade=out:st=${(scene.seconds - fade - 0.3).toFixed(2)}:d=0.25:alpha=1[l${index}]`,
        `[p${index}][l${index}]overlay=0:0:shortest=1,format=yuv420p,settb=1/${fps}[s${index}]`
      )
    }
    const end = start + scene.seconds - (last ? 0 : fade)
    cues.push(
      `${index + 1}\n${stamp(start + (index === 0 ? 0.2 : 0.1))} --> ${stamp(end - 0.05)}\n${french(scene.caption)}`
    )
    start = end
  }
  let before = 's0'
  let offset = 0
  for (let index = 1; index < film.scenes.length; index++) {
    offset += (film.scenes[index - 1]?.seconds ?? 0) - fade
    filters.push(`[${before}][s${index}]xfade=transition=fade:duration=${fade}:offset=${offset.toFixed(2)}[x${index}]`)
    before = `x${index}`
  }
  // The grain of the paper is what costs most in a film, and it is not seen moving.
  filters.push(`[${before}]hqdn3d=4:3:6:5[film]`)
  const music = join(folder, 'music.wav')
  await writeFile(music, musicBed(start))
  const sound = inputs.filter((word) => word === '-i').length
  const result = join(filesFolder, `${film.name}.mp4`)
  await run(
    'ffmpeg',
    [
      '-y',
      '-loglevel',
      'error',
      ...inputs,
      '-i',
      music,
      '-filter_complex',
      filters.join(';'),
      '-map',
      '[film]',
      '-map',
      `${sound}:a`,
      '-c:v',
      'libx264',
      '-profile:v',
      'main',
      '-preset',
      'slow',
      '-crf',
      '36',
      '-tune',
      'animation',
      '-pix_fmt',
      'yuv420p',
      '-r',
      `${fps}`,
      '-g',
      '125',
      '-bf',
      '2',
      '-c:a',
      'aac',
      '-b:a',
      '64k',
      '-ar',
      '44100',
      '-t',
      start.toFixed(2),
      '-movflags',
      '+faststart',
      '-metadata',
      `title=${film.title}`,
      '-metadata:s:a:0',
      'language=fra',
      result
    ],
    { maxBuffer: 1 << 26 }
  )
  await writeFile(join(filesFolder, `${film.name}.vtt`), `WEBVTT\n\n${cues.join('\n\n')}\n`)
  const sentences = film.scenes.map((scene) => french(scene.caption.replace(/\[[^\]]+\]/g, '').trim())).join('\n')
  await writeFile(
    join(filesFolder, `${film.name}-transcription.txt`),
    `${film.title}\nTranscription de la vidéo (${Math.round(start)}\u00a0secondes, musique sans parole\u00a0; le texte ci-dessous est celui des sous-titres).\n\n${sentences}\n`
  )
  const posterPicture = film.name === 'video-culture' ? 'direction-culture' : 'demarche-presentation-du-projet'
  const poster = join(folder, 'poster.png')
  await shot(
    `<div style="display:grid;grid-template-columns:52% 48%;height:720px"><div style="padding:70px 50px 60px 70px;display:grid;align-content:center;gap:26px;justify-items:start">${petals(120)}<h1 style="font-size:${film.name === 'video-culture' ? 72 : 60}px">${film.title}</h1></div><img style="width:100%;height:720px;object-fit:cover" src="${await picture(posterPicture, 1300, 80)}"></div><div class="band">${hues.map((hue) => `<i style="background:${hue.base}"></i>`).join('')}</div>`,
    poster,
    false
  )
  await sharp(poster)
    .jpeg({ quality: 72, mozjpeg: true })
    .toFile(join(filesFolder, `${film.name}-affiche.jpg`))
  await rm(folder, { recursive: true })
  console.log(film.name, start.toFixed(1), 's')
}
await browser.close()
