/** The words of a PowerPoint file, slide by slide: the alternative of the images that are made of it (RGAA 1.1). */
import { open } from 'node:fs/promises'
import { openArchive, type ReadPart } from './archive.ts'

export interface SlideText {
  /** Empty when the slide has none. */
  title: string
  text: string
  /** What the speaker says. */
  notes: string
}

/** The slides that are shown, in their order; hidden ones are left out, as they are from the images. */
export async function readPresentationText(path: string): Promise<SlideText[]> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const { read } = await openArchive(file, size)
    const presentation = (await read('ppt/presentation.xml')) ?? ''
    const relations = await relationsOf(read, 'ppt/presentation.xml')
    const slides: SlideText[] = []
    for (const [, id = ''] of presentation.matchAll(/<p:sldId\b[^>]*\br:id="([^"]*)"/g)) {
      const part = relations.get(id)?.part
      const xml = part && (await read(part))
      if (!xml || /<p:sld\b[^>]*\bshow="(?:0|false)"/.test(xml)) continue
      slides.push(await readSlide(read, part, xml))
    }
    return slides
  } finally {
    await file.close()
  }
}

async function readSlide(read: ReadPart, part: string, xml: string): Promise<SlideText> {
  const shapes = shapesOf(xml)
  const title = shapes.find(({ placeholder }) => placeholder === 'title' || placeholder === 'ctrTitle')
  const relations = await relationsOf(read, part)
  const notesPart = [...relations.values()].find(({ type }) => type.endsWith('/notesSlide'))?.part
  const notes = notesPart ? shapesOf((await read(notesPart)) ?? '') : []
  return {
    title: title ? title.text.replaceAll(/\s+/g, ' ').trim() : '',
    text: shapes
      .filter((shape) => shape !== title && !decorations.has(shape.placeholder) && shape.text !== '')
      .map(({ text }) => text)
      .join('\n'),
    notes: notes
      .filter(({ placeholder }) => placeholder === 'body')
      .map(({ text }) => text)
      .join('\n')
      .trim()
  }
}

/** What stands on every slide and says nothing of this one. */
const decorations = new Set(['dt', 'ftr', 'sldNum', 'hdr'])

interface Shape {
  placeholder: string
  text: string
}

/** Shapes, and tables, in the order of the file, which is that of reading for a screen reader. */
function shapesOf(xml: string): Shape[] {
  return [...xml.matchAll(/<p:(sp|graphicFrame)\b[\s\S]*?<\/p:\1>/g)].map(([shape]) => ({
    placeholder: /<p:ph\b[^>]*\btype="([^"]*)"/.exec(shape)?.[1] ?? (/<p:ph\b/.test(shape) ? 'body' : ''),
    text: [...shape.matchAll(/<a:p\b[^>]*>([\s\S]*?)<\/a:p>/g)]
      .map(([, paragraph = '']) => wordsOf(paragraph))
      .filter((line) => line !== '')
      .join('\n')
  }))
}

function wordsOf(paragraph: string): string {
  return [...paragraph.matchAll(/<a:t\b[^>]*>([^<]*)<\/a:t>|<a:br\b/g)]
    .map(([, text]) => (text === undefined ? ' ' : decoded(text)))
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decoded(text: string): string {
  return text.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name) return entities[name] ?? whole
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : ''
  })
}

/** What a part names: `rId4` → the part `ppt/slides/slide1.xml` and the type of the relation. */
async function relationsOf(read: ReadPart, part: string): Promise<Map<string, { part: string; type: string }>> {
  const folder = part.slice(0, part.lastIndexOf('/'))
  const xml = (await read(`${folder}/_rels/${part.slice(folder.length + 1)}.rels`)) ?? ''
  return new Map(
    [...xml.matchAll(/<Relationship\b([^>]*)>/g)].flatMap(([, attributes = '']) => {
      const value = (name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? ''
      if (value('TargetMode') === 'External') return []
      const target = new URL(value('Target'), `file:///${folder}/`).pathname.slice(1)
      return [[value('Id'), { part: decodeURIComponent(target), type: value('Type') }] as const]
    })
  )
}
