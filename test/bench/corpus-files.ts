/**
 * Files that this project did not make, as agents and their suppliers would send them: what the programs of the machine write, and
 * what its packages hold. A program that is not there leaves its files out.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import PDFDocument from 'pdfkit'
import { findProgram } from '../../src/media/preparation/programs.ts'
import { launchBrowser } from '../support/browser.ts'

export interface CorpusFile {
  path: string
  /** Who wrote it, and what is special about it. */
  origin: string
}

export interface Corpus {
  files: CorpusFile[]
  /** What could not be made, and why. */
  leftOut: string[]
}

const templates = '/usr/lib/libreoffice/share/template/common/presnt'
const photos = '/usr/share/backgrounds/gnome'
const manuals = ['/usr/share/doc/gnuplot/gnuplot.pdf', '/usr/share/doc/shared-mime-info/shared-mime-info-spec.pdf']

export async function makeCorpus(folder: string, own: string | undefined): Promise<Corpus> {
  const files: CorpusFile[] = []
  const leftOut: string[] = []
  const at = (name: string): string => path.join(folder, name)

  /** Runs a program that writes `name`. */
  function make(name: string, origin: string, program: string, parameters: string[]): void {
    const missing = findProgram(program) === undefined
    const run = missing ? undefined : spawnSync(program, parameters, { cwd: folder, encoding: 'utf8' })
    if (existsSync(at(name))) files.push({ path: at(name), origin })
    else {
      const why = missing ? `${program} n’est pas là` : (run?.stderr.trim().split('\n').at(-1) ?? 'rien n’est sorti')
      leftOut.push(`${name} (${origin}) : ${why}`)
    }
  }

  function office(source: string, format: string, name: string, origin: string): void {
    const profile = `-env:UserInstallation=file://${at('profile')}`
    const parameters = [profile, '--headless', '--convert-to', format, '--outdir', at('office'), source]
    if (findProgram('soffice')) spawnSync('soffice', parameters, { cwd: folder })
    const written = path.join(at('office'), `${path.basename(source).replace(/\.\w+$/, '')}.${format.split(':')[0]}`)
    if (existsSync(written)) {
      renameSync(written, at(name))
      files.push({ path: at(name), origin })
    } else leftOut.push(`${name} (${origin}) : LibreOffice ne l’a pas écrit`)
  }

  mkdirSync(at('office'), { recursive: true })
  presentations()
  await documents()
  videos()
  pictures()
  for (const name of own ? readdirSync(own) : [])
    files.push({ path: path.join(own ?? '', name), origin: 'dossier donné' })
  return { files, leftOut }

  function presentations(): void {
    const names = existsSync(templates) ? readdirSync(templates).filter((name) => name.endsWith('.otp')) : []
    if (names.length === 0) leftOut.push('modèles de LibreOffice : absents')
    for (const name of names) {
      const stem = name.replace('.otp', '').toLowerCase()
      office(path.join(templates, name), 'pptx', `${stem}.pptx`, `modèle de LibreOffice « ${stem} », en PPTX`)
    }
    for (const name of names.slice(0, 3)) {
      const stem = name.replace('.otp', '').toLowerCase()
      office(path.join(templates, name), 'odp', `${stem}.odp`, `modèle de LibreOffice « ${stem} », en ODP`)
    }
    writeFileSync(at('notes.md'), markdownDeck)
    make('pandoc.pptx', 'pandoc, avec notes et tableau', 'pandoc', ['notes.md', '-o', 'pandoc.pptx'])
  }

  async function documents(): Promise<void> {
    const text = Array.from({ length: 200 }, (_, index) => `<h1>Page ${index + 1}</h1><p>${lorem}</p>`).join(
      '<p style="page-break-before: always"></p>'
    )
    writeFileSync(at('long.html'), `<html lang="fr"><head><title>Long</title></head><body>${text}</body></html>`)
    office(at('pandoc.pptx'), 'pdf', 'libreoffice.pdf', 'LibreOffice, une présentation')
    for (const manual of manuals) {
      if (!existsSync(manual)) continue
      copyFileSync(manual, at(path.basename(manual)))
      files.push({ path: at(path.basename(manual)), origin: 'documentation de Debian' })
    }
    await chromiumPdf()
    await pdfkitPdf()
    make('cairo.pdf', 'Cairo', 'pdftocairo', ['-pdf', 'libreoffice.pdf', 'cairo.pdf'])
    make('ghostscript.pdf', 'Ghostscript', 'gs', [
      ...['-q', '-dNOPAUSE', '-dBATCH', '-sDEVICE=pdfwrite', '-sOutputFile=ghostscript.pdf', 'chromium-200.pdf']
    ])
    make('groff.pdf', 'groff', 'sh', ['-c', `printf '.SH Une note\\n${lorem}\\n' | groff -Tpdf -ms > groff.pdf`])
    make('reportlab.pdf', 'ReportLab (Python)', 'python3', ['-c', reportlab])
    make('scan.pdf', 'ImageMagick, une page numérisée sans texte', 'sh', [
      '-c',
      'pdftoppm -r 200 -gray -jpeg -l 3 chromium-200.pdf scan && img2pdf scan-*.jpg -o scan.pdf || convert scan-*.jpg scan.pdf'
    ])
    make('protege.pdf', 'qpdf, chiffré avec un mot de passe', 'qpdf', [
      ...['--encrypt', 'secret', 'secret', '256', '--', 'libreoffice.pdf', 'protege.pdf']
    ])
    make('restreint.pdf', 'qpdf, chiffré, ouvert à tous mais sans impression', 'qpdf', [
      ...['--encrypt', '', 'maitre', '256', '--print=none', '--', 'libreoffice.pdf', 'restreint.pdf']
    ])
    make('flux.pdf', 'qpdf, objets compressés', 'qpdf', ['--object-streams=generate', 'libreoffice.pdf', 'flux.pdf'])
    make('coupe.pdf', 'coupé à la moitié', 'sh', ['-c', 'head -c 20000 chromium-200.pdf > coupe.pdf'])
  }

  async function chromiumPdf(): Promise<void> {
    const browser = await launchBrowser()
    try {
      const page = await browser.newPage()
      await page.goto(`file://${at('long.html')}`)
      await page.pdf({ path: at('chromium-200.pdf'), format: 'A4', tagged: true })
      files.push({ path: at('chromium-200.pdf'), origin: 'Chromium (Skia), 200 pages, balisé' })
    } finally {
      await browser.close()
    }
  }

  async function pdfkitPdf(): Promise<void> {
    const document = new PDFDocument({ tagged: true, lang: 'fr-FR', info: { Title: 'Une note' } })
    const chunks: Buffer[] = []
    document.on('data', (chunk: Buffer) => chunks.push(chunk))
    const { promise, resolve } = Promise.withResolvers<void>()
    document.on('end', () => resolve())
    document.text(lorem)
    document.end()
    await promise
    writeFileSync(at('pdfkit.pdf'), Buffer.concat(chunks))
    files.push({ path: at('pdfkit.pdf'), origin: 'PDFKit, balisé, en français' })
  }

  function videos(): void {
    const film = (
      name: string,
      origin: string,
      parameters: string[],
      seconds = 4,
      size = '1280x720',
      rate = 30
    ): void =>
      make(name, `ffmpeg, ${origin}`, 'ffmpeg', [
        ...['-v', 'error', '-y', '-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${rate}:duration=${seconds}`],
        ...['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`],
        ...parameters,
        name
      ])
    const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac']
    const hevc = [
      '-c:v',
      'libx265',
      '-preset',
      'ultrafast',
      '-tag:v',
      'hvc1',
      '-c:a',
      'aac',
      '-x265-params',
      'log-level=error'
    ]
    film('h264.mp4', 'H.264, index à la fin', h264)
    film('hevc.mov', 'HEVC d’un iPhone', [...hevc, '-pix_fmt', 'yuv420p'])
    film('hevc-10-bits.mov', 'HEVC, 10 bits, HLG (HDR)', [
      ...hevc,
      ...[
        '-pix_fmt',
        'yuv420p10le',
        '-color_primaries',
        'bt2020',
        '-color_trc',
        'arib-std-b67',
        '-colorspace',
        'bt2020nc'
      ]
    ])
    film('portrait.mp4', 'H.264, filmé debout', [...h264], 4, '720x1280')
    make('tourne.mov', 'ffmpeg, H.264, tourné par une métadonnée', 'ffmpeg', [
      ...['-v', 'error', '-y', '-i', 'h264.mp4', '-c', 'copy', '-metadata:s:v:0', 'rotate=90', 'tourne.mov']
    ])
    film('vfr.mp4', 'images irrégulières (VFR)', [
      '-vf',
      "select='not(mod(n\\,3))+not(mod(n\\,7))'",
      '-vsync',
      'vfr',
      ...h264
    ])
    film('vp9.webm', 'VP9 et Opus', [
      '-c:v',
      'libvpx-vp9',
      '-deadline',
      'realtime',
      '-cpu-used',
      '8',
      '-c:a',
      'libopus'
    ])
    film(
      'impair.mp4',
      'taille impaire',
      ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv444p', '-c:a', 'aac'],
      2,
      '641x359'
    )
    film('muet.mp4', 'sans son', ['-map', '0:v', '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'])
    film('bref.mp4', 'une seule image', ['-frames:v', '1', ...h264])
    film('cinq-un.mp4', 'son 5.1', [...h264, '-ac', '6'])
    film('4k.mp4', '4K', h264, 2, '3840x2160')
    make('playlist.mp4', 'liste HLS qui se dit MP4', 'sh', [
      '-c',
      "printf '#EXTM3U\\n#EXTINF:10,\\nhttp://127.0.0.1:9/x.ts\\n' > playlist.mp4"
    ])
    make('coupe.mp4', 'coupée au milieu', 'sh', ['-c', 'head -c 200000 h264.mp4 > coupe.mp4'])
  }

  function pictures(): void {
    const photo = path.join(photos, 'wood-d.webp')
    if (existsSync(photo)) {
      copyFileSync(photo, at('photo.webp'))
      files.push({ path: at('photo.webp'), origin: 'photo d’un paquet Debian, WebP' })
    } else leftOut.push('photo.webp (paquet gnome-backgrounds) : absente')
    const convert = (name: string, origin: string, parameters: string[]): void =>
      make(name, `ImageMagick, ${origin}`, 'convert', [...parameters, name])
    const source = existsSync(photo)
      ? [photo, '-resize', '4000x3000^', '-gravity', 'center', '-extent', '4000x3000']
      : ['plasma:red-blue', '-resize', '4000x3000!']
    convert('photo.jpg', 'JPEG de 12 Mpx', source)
    convert('progressif.jpg', 'JPEG progressif', ['photo.jpg', '-interlace', 'JPEG'])
    convert('16-bits.png', 'PNG de 16 bits', ['photo.jpg', '-resize', '1600x', '-depth', '16'])
    convert('cmjn.jpg', 'JPEG en CMJN', ['photo.jpg', '-resize', '1600x', '-colorspace', 'CMYK'])
    convert('gris.jpg', 'JPEG en gris', ['photo.jpg', '-resize', '1600x', '-colorspace', 'Gray'])
    convert('transparent.png', 'PNG à palette, transparent', [
      'photo.jpg',
      '-resize',
      '400x',
      '-transparent',
      'black',
      '-colors',
      '64'
    ])
    make('immense.png', 'ffmpeg, PNG de 64 Mpx', 'ffmpeg', [
      ...['-v', 'error', '-y', '-f', 'lavfi', '-i', 'color=white:size=8000x8000', '-frames:v', '1', 'immense.png']
    ])
    convert('anime.gif', 'GIF animé', ['-size', '64x64', 'xc:red', 'xc:blue'])
    make('iphone.heic', 'libheif, HEIC', 'heif-enc', ['photo.jpg', '-o', 'iphone.heic'])
    make('photo.avif', 'libheif, AVIF', 'heif-enc', ['-A', 'photo.jpg', '-o', 'photo.avif'])
    make('geolocalisee.jpg', 'exiftool, avec position GPS et orientation', 'exiftool', [
      ...['-GPSLatitude=48.81', '-GPSLatitudeRef=N', '-GPSLongitude=2.34', '-GPSLongitudeRef=E', '-Orientation#=6'],
      ...['-o', 'geolocalisee.jpg', 'photo.jpg']
    ])
  }
}

const lorem =
  'Les agents de la ville préparent ensemble le projet d’administration. Chaque direction écrit ce qu’elle prévoit, et dit ce qui est fait.'

const markdownDeck = Array.from(
  { length: 12 },
  (_, index) => `# Diapositive ${index + 1}

- ${lorem}
- Deuxième point

::: notes
Dire ceci à la page ${index + 1}.
:::
`
).join('\n')

const reportlab = `
from reportlab.pdfgen import canvas
c = canvas.Canvas('reportlab.pdf')
for page in range(5):
    c.drawString(72, 720, 'Page %d' % (page + 1))
    c.showPage()
c.save()
`
