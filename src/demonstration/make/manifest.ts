import { execFile } from 'node:child_process'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { filesFolder } from './folder.ts'
import { issues } from './magazine-text.ts'
import { type Described, described } from './manifest-text.ts'

const run = promisify(execFile)

const measure = async (path: string): Promise<string> => {
  if (/\.(jpg|webp)$/.test(path)) {
    const { width, height } = await sharp(path).metadata()
    return `${width} × ${height}`
  }
  if (path.endsWith('.mp4')) {
    const { stdout } = await run('ffprobe', [
      '-v',
      'error',
      '-select_streams',
      'v',
      '-show_entries',
      'stream=width,height,duration',
      '-of',
      'csv=p=0',
      path
    ])
    const [width, height, seconds] = stdout.trim().split(',')
    return `${width} × ${height}, ${Math.round(Number(seconds))} s`
  }
  if (path.endsWith('.pdf')) {
    const { stdout } = await run('pdfinfo', [path])
    return `A4, ${/Pages:\s+(\d+)/.exec(stdout)?.[1] ?? '?'} pages`
  }
  return ''
}

interface DeckText {
  title: string
  slides: { file: string; title: string; text: string }[]
}

const all: Record<string, Described> = { ...described }
for (const { number, title, season } of issues) {
  const name = `Entre nous n°\u00a0${number}`
  all[`entre-nous-${number}.pdf`] = {
    title: `${name}, ${season}`,
    alt: `Le journal des agents de Valbrune, ${name}, ${season} : ${title}.`
  }
  all[`entre-nous-${number}-couverture.jpg`] = {
    title: `Couverture d’${name}`,
    alt: `Couverture d’${name}, ${season} : « ${title} ».`
  }
  all[`entre-nous-${number}.json`] = {
    title: `Textes d’${name}`,
    alt: `Les articles d’${name}, pour la lecture en ligne.`
  }
}
for (const name of ['deck-culture', 'deck-education']) {
  const deck = JSON.parse(await readFile(join(filesFolder, `${name}.json`), 'utf8')) as DeckText
  deck.slides.forEach((slide, index) => {
    all[slide.file] = {
      title: `${deck.title}, diapositive ${index + 1}`,
      alt: `Diapositive ${index + 1} : ${slide.title}. ${slide.text.replaceAll('\n', ' ; ')}`.trim()
    }
  })
}

const nonBreaking = (text: string): string =>
  text
    .replace(/ ([;?!])/g, '\u202f$1')
    .replace(/ ([:»])/g, '\u00a0$1')
    .replace(/« /g, '«\u00a0')
const files = (await readdir(filesFolder)).filter((name) => !['README.md', 'manifest.json'].includes(name)).sort()
const missing = [...files.filter((name) => !all[name]), ...Object.keys(all).filter((name) => !files.includes(name))]
if (missing.length > 0) throw new Error(`Without a description, or without a file: ${missing.join(', ')}`)

let total = 0
const rows: string[] = []
const manifest: { file: string; alt: string; title: string }[] = []
for (const file of files) {
  const { title, alt } = all[file] ?? { title: file, alt: '' }
  const { size } = await stat(join(filesFolder, file))
  total += size
  manifest.push({ file, alt: nonBreaking(alt), title: nonBreaking(title) })
  rows.push(
    `| \`${file}\` | ${nonBreaking(alt).replaceAll('|', '/')} | ${await measure(join(filesFolder, file))} | ${Math.max(1, Math.round(size / 1024))} Ko |`
  )
}
await writeFile(join(filesFolder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
await writeFile(
  join(filesFolder, 'README.md'),
  `# Les fichiers de la ville de démonstration

Valbrune n’existe pas : ces images, ces vidéos, ces diaporamas et ces documents ont été faits pour ce projet, par les
programmes du dossier \`../make\`. Aucune personne réelle n’y figure. Tout est recréé par \`npm run demo:files\`, qui demande en plus de npm
les outils ffmpeg, poppler-utils et LibreOffice Impress (avec une police aux dimensions de Georgia, par exemple Gelasio), et
\`DEMO_PRINT_FONTS\`, le dossier \`node_modules/@fontsource\` des paquets \`bricolage-grotesque\` et \`atkinson-hyperlegible-next\`.
Rien de cela n’est nécessaire pour faire tourner le site.

${files.length} fichiers, ${(total / 1024 / 1024).toFixed(1).replace('.', ',')} Mo.

| Fichier | Ce qu’il montre | Dimensions | Taille |
|---|---|---|---|
${rows.join('\n')}
`
)
console.log(`${files.length} files, ${(total / 1024 / 1024).toFixed(2)} MB`)
