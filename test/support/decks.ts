/** Presentations of any length, made as an agent would: words, pictures, notes of the speaker. LibreOffice writes them. */
import { spawnSync } from 'node:child_process'
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { finished } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import PDFDocument from 'pdfkit'

const files = path.join(import.meta.dirname, '../../src/demonstration/files')
const pictures = ['album-ateliers-1', 'direction-culture', 'album-journee-2', 'engagement-prendre-soin', 'equipe-3']

const namespaces = [
  'office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"',
  'style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"',
  'text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"',
  'draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"',
  'presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"',
  'svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"',
  'fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"',
  'xlink="http://www.w3.org/1999/xlink"'
]

/** A flat OpenDocument presentation: these pages, written as they are. */
export function flatPresentation(pages: string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<office:document ${namespaces.map((name) => `xmlns:${name}`).join(' ')} office:version="1.3"
  office:mimetype="application/vnd.oasis.opendocument.presentation">
<office:automatic-styles>
<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="28cm" fo:page-height="15.75cm" style:print-orientation="landscape"/></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="M" style:page-layout-name="L"/></office:master-styles>
<office:body><office:presentation>${pages.join('\n')}</office:presentation></office:body>
</office:document>`
}

/** One page: a title, a text, a picture where one is given, what the speaker says. */
export function slidePage(slide: { title: string; lines: string[]; picture?: string; notes?: string }): string {
  const paragraphs = (lines: string[]): string => lines.map((line) => `<text:p>${line}</text:p>`).join('')
  const image =
    slide.picture &&
    `<draw:frame svg:x="17cm" svg:y="3.5cm" svg:width="10cm" svg:height="7cm"><draw:image>${slide.picture}</draw:image></draw:frame>`
  const notes =
    slide.notes &&
    `<presentation:notes><draw:frame presentation:class="notes" svg:x="2cm" svg:y="14cm" svg:width="16cm" svg:height="10cm"><draw:text-box>${paragraphs([slide.notes])}</draw:text-box></draw:frame></presentation:notes>`
  return `<draw:page draw:master-page-name="M">
<draw:frame presentation:class="title" svg:x="1cm" svg:y="0.8cm" svg:width="26cm" svg:height="2.2cm"><draw:text-box>${paragraphs([slide.title])}</draw:text-box></draw:frame>
<draw:frame presentation:class="outline" svg:x="1cm" svg:y="3.5cm" svg:width="15cm" svg:height="10cm"><draw:text-box>${paragraphs(slide.lines)}</draw:text-box></draw:frame>
${image ?? ''}${notes ?? ''}</draw:page>`
}

/** A deck of so many slides, every third with a photograph, as a file of this kind in this folder. */
export function makeDeck(folder: string, slides: number, format: 'pptx' | 'odp' | 'pdf' = 'pptx'): string {
  const pages = Array.from({ length: slides }, (_, index) => {
    const picture = pictures[(index / 3) % pictures.length]
    return slidePage({
      title: `Ce que nous faisons, ${index + 1}`,
      lines: Array.from({ length: 6 }, (_, line) => `Une phrase qui dit l’étape ${line + 1} de la page ${index + 1}`),
      notes: `À dire pour la page ${index + 1}.`,
      ...(picture && {
        picture: `<office:binary-data>${readFileSync(path.join(files, `${picture}.jpg`)).toString('base64')}</office:binary-data>`
      })
    })
  })
  return convertFlat(folder, `deck-${slides}`, flatPresentation(pages), format)
}

/** LibreOffice turns a flat presentation into a file of this kind. */
export function convertFlat(folder: string, name: string, flat: string, format: 'pptx' | 'odp' | 'pdf'): string {
  const source = path.join(folder, `${name}.fodp`)
  writeFileSync(source, flat)
  const profile = pathToFileURL(path.join(folder, 'profile')).href
  const { status, stderr } = spawnSync(
    'soffice',
    [`-env:UserInstallation=${profile}`, '--headless', '--convert-to', format, '--outdir', folder, source],
    { encoding: 'utf8', timeout: 120_000 }
  )
  if (status !== 0) throw new Error(`LibreOffice made no deck: ${stderr}`)
  return path.join(folder, `${name}.${format}`)
}

/** A PDF of so many pages of words; what else it says of itself is for `info` to tell. */
export async function makePdf(
  folder: string,
  pages: number,
  facts: { title?: string; language?: string; isTagged?: boolean; words?: boolean } = {}
): Promise<string> {
  const file = path.join(folder, `pages-${pages}.pdf`)
  const document = new PDFDocument({
    autoFirstPage: false,
    tagged: facts.isTagged ?? false,
    ...(facts.language && { lang: facts.language }),
    info: facts.title ? { Title: facts.title } : {}
  })
  const out = document.pipe(createWriteStream(file))
  for (let page = 1; page <= pages; page += 1) {
    document.addPage({ size: 'A4' })
    if (facts.words ?? true) {
      document.fontSize(24).text(`Page ${page} du registre`).fontSize(12)
      document.moveDown().text('Ce que la ville a promis, et ce qui en est fait, mois après mois. '.repeat(12))
    } else document.rect(60, 60, 400, 600).fill('#888888')
  }
  document.end()
  await finished(out)
  return file
}
