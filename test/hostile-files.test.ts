/**
 * Files made to harm, to mislead or to exhaust, sent by both ways in: each is refused with a sentence of its own, and leaves no
 * row and no byte. Good ones that look like them are taken.
 */
import { randomBytes } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { crc32, gzipSync } from 'node:zlib'
import { strToU8, type Zippable, zipSync } from 'fflate'
import sharp from 'sharp'
import t from 'tap'
import { openSite } from './support/site.ts'

t.setTimeout(240_000)
const site = await openSite(t, { listen: true })
const { db } = site
const folder = dirname(site.config.uploadsDir)
const library = '/gestion/mediatheque'
// Answers that refuse are not always read to their end here.
t.teardown(() => site.app.server.closeAllConnections())
const visitor = await site.signIn('ines')
const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
const headers = { cookie, origin: site.origin, accept: 'application/json' }

interface Answer {
  message?: string
  files: { taken: boolean; id?: number; message?: string }[]
}

/** As the form sends it. */
async function sendWhole(name: string, bytes: Uint8Array): Promise<Answer['files'][number]> {
  const body = new FormData()
  body.append('fichiers', new Blob([Buffer.from(bytes)]), name)
  const response = await fetch(site.origin + library, { method: 'POST', headers, body })
  const answer = (await response.json()) as Answer
  return answer.files[0] ?? { taken: false, message: answer.message ?? String(response.status) }
}

/** As large files are sent. */
async function sendInParts(name: string, bytes: Uint8Array): Promise<Answer['files'][number]> {
  const tus = { ...headers, 'tus-resumable': '1.0.0' }
  const created = await fetch(`${site.origin}${library}/envois`, {
    method: 'POST',
    headers: {
      ...tus,
      'upload-length': String(bytes.length),
      'upload-metadata': `filename ${Buffer.from(name).toString('base64')}`
    }
  })
  const address = created.headers.get('location')
  if (!address) return { taken: false, message: ((await created.json()) as Answer).message ?? String(created.status) }
  const half = Math.floor(bytes.length / 2)
  for (const [from, to] of [
    [0, half],
    [half, bytes.length]
  ] as const) {
    if (from === to) continue
    const part = await fetch(site.origin + address, {
      method: 'PATCH',
      headers: { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(from) },
      body: Buffer.from(bytes.subarray(from, to))
    })
    if (part.status !== 204) break
  }
  const finished = await fetch(site.origin + address, { method: 'POST', headers: tus })
  const answer = (await finished.json()) as Answer
  return answer.files[0] ?? { taken: false, message: answer.message ?? String(finished.status) }
}

const ways = { whole: sendWhole, 'in parts': sendInParts }

/** All that is on the disk of the site, and how much. */
function disk(): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => `${path.slice(folder.length)} ${statSync(path).size}`)
    .sort()
}

async function countRows(): Promise<number> {
  return (await db.selectFrom('media').select('id').execute()).length
}

const mainTypes = {
  pptx: 'presentationml.presentation',
  docx: 'wordprocessingml.document',
  xlsx: 'spreadsheetml.sheet'
} as const
const mainParts = { pptx: 'ppt/presentation.xml', docx: 'word/document.xml', xlsx: 'xl/workbook.xml' } as const
type Office = keyof typeof mainTypes

function contentTypes(kind: Office, more = ''): string {
  return `<Types><Override ContentType="application/vnd.openxmlformats-officedocument.${mainTypes[kind]}.main+xml"/>${more}</Types>`
}

function office(kind: Office, more: Zippable = {}, types = contentTypes(kind)): Buffer {
  return Buffer.from(
    zipSync({
      '[Content_Types].xml': strToU8(types),
      [mainParts[kind]]: strToU8(`<x>${Math.random()}</x>`),
      ...more
    })
  )
}

function relations(type: string, target: string): Zippable {
  const schema = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const xml = `<Relationships><Relationship Id="r1" Type="${schema}/${type}" Target="${target}" TargetMode="External"/></Relationships>`
  return { 'word/_rels/document.xml.rels': strToU8(xml) }
}

/** Changes the bytes of an archive after each of its marks. */
function patched(archive: Buffer, mark: string, change: (bytes: Buffer, at: number) => void): Buffer {
  const bytes = Buffer.from(archive)
  for (let at = bytes.indexOf(mark, 0, 'latin1'); at >= 0; at = bytes.indexOf(mark, at + 4, 'latin1')) change(bytes, at)
  return bytes
}

const centralHeader = 'PK\x01\x02'

function box(type: string, content: Uint8Array, size = 8 + content.length): Buffer {
  const head = Buffer.from(`\0\0\0\0${type}`, 'latin1')
  head.writeUInt32BE(size)
  return Buffer.concat([head, content])
}

const brands = box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2', 'latin1'))
const header = box('moov', box('mvhd', Buffer.alloc(100)))
const pictures = () => box('mdat', randomBytes(5000))

function pdf(content = '', version = '1.7'): Buffer {
  return Buffer.from(
    `%PDF-${version}\n% ${Math.random()}\n1 0 obj\n<<${content}>>\nendobj\ntrailer<<>>\n%%EOF\n`,
    'latin1'
  )
}

const jpeg = await sharp({ create: { width: 300, height: 200, channels: 3, background: 'teal' } })
  .jpeg()
  .toBuffer()
const png = await sharp({ create: { width: 300, height: 200, channels: 3, background: 'teal' } })
  .png()
  .toBuffer()

/** A PNG that says to be this large, and is a few bytes. */
function pngOf(width: number, height: number): Buffer {
  const bytes = Buffer.from(png)
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29)
  return bytes
}

const macros = /contient des macros/
const broken = /Ce document est abîmé/
const outside = /va chercher des contenus ailleurs/
const bomb = /place démesurée/
const brokenFilm = /vidéo est abîmée/
const otherImage = /Ce format d’image n’est pas accepté/
const otherVideo = /Ce format de vidéo n’est pas accepté/
const unknown = /n’est pas d’un type accepté, quel que soit son nom/
const oldOffice = /ancien format d’Office/
const compound = Buffer.concat([Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'latin1'), randomBytes(4000)])

const hostile: [name: string, bytes: Uint8Array, expected: RegExp][] = [
  // Macros and what else runs.
  ...(['pptx', 'docx', 'xlsx'] as const).flatMap((kind): [string, Uint8Array, RegExp][] => {
    const part = mainParts[kind].split('/')[0] ?? ''
    return [
      [`projet.${kind}`, office(kind, { [`${part}/vbaProject.bin`]: strToU8('x') }), macros],
      [`projet-majuscules.${kind}`, office(kind, { [`${part}/VBAPROJECT.BIN`]: strToU8('x') }), macros],
      [
        `declare.${kind}`,
        office(kind, {}, contentTypes(kind, '<Default ContentType="application/vnd.ms-office.vbaProject"/>')),
        macros
      ],
      [`activex.${kind}`, office(kind, { [`${part}/activeX/activeX1.bin`]: strToU8('x') }), /contrôles ActiveX/],
      [`objet.${kind}`, office(kind, { [`${part}/embeddings/oleObject1.bin`]: strToU8('MZ') }), /objets incorporés/]
    ]
  }),
  ['renomme.pptx', office('pptx', {}, contentTypes('pptx').replace('main+xml', 'main+xml;macroEnabled')), macros],
  ['modele.docx', office('docx', relations('attachedTemplate', 'http://ailleurs.example/a.dotm')), outside],
  ['ole-distant.docx', office('docx', relations('oleObject', 'file:///c:/a.exe')), outside],
  ['reseau.docx', office('docx', relations('image', '\\\\10.0.0.1\\x\\a.png')), outside],
  ['script.docx', office('docx', relations('hyperlink', 'javascript:alert(1)')), outside],
  ['vieux.ppt', compound, oldOffice],
  ['protege.pptx', compound, oldOffice],
  ['page.docx', Buffer.from('MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>'), unknown],
  ['texte.docx', Buffer.from('{\\rtf1\\object\\objdata 0105}'), unknown],
  // Archives that lie.
  ['zeros.xlsx', office('xlsx', { 'xl/media/a.bin': new Uint8Array(40_000_000) }), bomb],
  [
    'ment.docx',
    // Says one byte, holds 6 MB.
    patched(
      office('docx', { 'word/_rels/document.xml.rels': strToU8(' '.repeat(6_000_000)) }),
      centralHeader,
      (bytes, at) => bytes.writeUInt32LE(1, at + 24)
    ),
    bomb
  ],
  [
    'enorme.docx',
    patched(office('docx'), centralHeader, (bytes, at) => bytes.writeUInt32LE(0xfffffff0, at + 24)),
    bomb
  ],
  [
    'entites.docx',
    office('docx', { 'word/_rels/document.xml.rels': strToU8('<!DOCTYPE a [<!ENTITY b "c">]><Relationships/>') }),
    broken
  ],
  ['sortie.docx', office('docx', { '../../../../tmp/sortie.xml': strToU8('x') }), broken],
  ['absolu.docx', office('docx', { '/etc/cron.d/a': strToU8('x') }), broken],
  ['disque.docx', office('docx', { 'C:/a.exe': strToU8('x') }), broken],
  ['inverse.docx', office('docx', { 'word\\..\\a.xml': strToU8('x') }), broken],
  ['nul.docx', office('docx', { 'word/a\0.xml': strToU8('x') }), broken],
  ['double.docx', office('docx', { 'WORD/document.xml': strToU8('x') }), broken],
  ['methode.docx', patched(office('docx'), centralHeader, (bytes, at) => bytes.writeUInt16LE(99, at + 10)), broken],
  [
    'lien.docx',
    patched(office('docx'), centralHeader, (bytes, at) => bytes.writeUInt32LE(0xa1ff0000, at + 38)),
    broken
  ],
  [
    'chiffre.docx',
    patched(office('docx'), centralHeader, (bytes, at) => bytes.writeUInt16LE(1, at + 8)),
    /mot de passe/
  ],
  ['suite.docx', Buffer.concat([office('docx'), Buffer.from('<script>alert(1)</script>')]), broken],
  ['tronque.docx', office('docx').subarray(0, -40), broken],
  ['debut.docx', Buffer.concat([Buffer.from('MZ'), office('docx')]), unknown],
  ['archive.zip', Buffer.from(zipSync({ 'a.exe': strToU8('MZ') })), /archives ZIP/],
  ['programme.jar', Buffer.from(zipSync({ 'META-INF/MANIFEST.MF': strToU8('a') })), /archives ZIP/],
  // PDF.
  ['page.pdf', Buffer.from('<!doctype html><script>alert(1)</script>%%EOF'), unknown],
  ['plus-loin.pdf', Buffer.concat([Buffer.alloc(500, 'a'), pdf()]), unknown],
  ['ouvre.pdf', pdf('/OpenAction <</S /JavaScript /JS (app.alert\\(1\\))>>'), /JavaScript/],
  ['lance.pdf', pdf('/S /Launch /F (cmd.exe)'), /lance un autre programme/],
  ['joint.pdf', pdf('/Type /EmbeddedFile'), /pièces jointes/],
  ['formulaire.pdf', pdf('/AcroForm <</XFA [(a) 5 0 R]>>'), /formulaire dynamique/],
  ['formulaire-masque.pdf', pdf('/AcroForm <</X#46A 5 0 R>>'), /formulaire dynamique/],
  ['protege.pdf', pdf('/Encrypt 5 0 R'), /protégé/],
  ['tronque.pdf', pdf().subarray(0, -8), /PDF est incomplet/],
  ['archive-cachee.pdf', Buffer.concat([pdf(), Buffer.from(zipSync({ a: randomBytes(4000) }))]), /PDF est incomplet/],
  // Images.
  ['dessin.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), otherImage],
  [
    'dessin.png',
    Buffer.from('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
    otherImage
  ],
  ['dessin.svgz', gzipSync('<svg xmlns="http://www.w3.org/2000/svg"/>'), unknown],
  ['script.gif', Buffer.from('GIF89a/*\x2f=1;alert(1)//'), otherImage],
  ['image.bmp', Buffer.concat([Buffer.from('BM'), randomBytes(60)]), otherImage],
  ['image.tiff', Buffer.from('II*\0aaaaaaaa'), otherImage],
  ['immense.png', pngOf(30_000, 30_000), /40 millions/],
  ['large.png', pngOf(65_535, 65_535), /40 millions/],
  ['coupee.jpg', jpeg.subarray(0, jpeg.length - 300), /abîmée/],
  ['coupee.png', png.subarray(0, png.length - 60), /abîmée/],
  ['photo.heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), /HEIC/],
  // Films.
  [
    'liste.mp4',
    Buffer.from('#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n'),
    unknown
  ],
  ['film.avi', Buffer.from('RIFF\0\0\0\0AVI LIST', 'latin1'), otherVideo],
  ['film.mkv', Buffer.from('\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x1fB\x82\x88matroska', 'latin1'), otherVideo],
  ['film.flv', Buffer.from('FLV\x01\x05\0\0\0\x09', 'latin1'), otherVideo],
  ['debut.mp4', brands, brokenFilm],
  ['sans-images.mp4', Buffer.concat([brands, header]), brokenFilm],
  ['sans-titre.mp4', Buffer.concat([brands, pictures()]), brokenFilm],
  ['deux.mp4', Buffer.concat([brands, header, header, pictures()]), brokenFilm],
  ['trop-grand.mp4', Buffer.concat([brands, box('moov', Buffer.alloc(100), 900_000), pictures()]), brokenFilm],
  ['negatif.mp4', Buffer.concat([brands, box('moov', Buffer.alloc(100), 3), pictures()]), brokenFilm],
  ['suite.mp4', Buffer.concat([brands, header, pictures(), Buffer.from(zipSync({ a: strToU8('a') }))]), brokenFilm],
  // And the rest.
  ['vide.pdf', Buffer.alloc(0), /Ce fichier est vide/],
  ['un-octet.mp4', Buffer.from('\0'), unknown],
  ['marque.vtt', Buffer.from('\ufeff'), unknown],
  ['sous-titres.vtt', Buffer.from('WEBVTT\n\n\xe9t\xe9', 'latin1'), /UTF-8/],
  ['programme.exe', Buffer.concat([Buffer.from('MZ'), randomBytes(9000)]), unknown],
  ['page.html', Buffer.from('<!doctype html><title>a</title>'), unknown],
  ['raccourci.url', Buffer.from('[InternetShortcut]\nURL=file:///c:/a.exe'), unknown],
  ['page.eta', Buffer.from('<% process.exit() %>'), unknown],
  [
    'eicar.pdf',
    // In two pieces, so that no antivirus takes this very file away.
    Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('')),
    unknown
  ]
]

for (const [way, send] of Object.entries(ways)) {
  t.test(`hostile files, sent ${way}`, async (t) => {
    const before = { rows: await countRows(), disk: disk() }
    for (const [name, bytes, expected] of hostile) {
      const { taken, message } = await send(name, bytes)
      t.notOk(taken, name)
      t.match(message, expected, name)
    }
    t.equal(await countRows(), before.rows, 'no row')
    t.same(disk(), before.disk, 'no byte')
  })

  t.test(`good files with worrying looks, sent ${way}`, async (t) => {
    const before = disk().map((line) => line.split(' ')[0])
    const good: [name: string, bytes: Uint8Array, kept: string | RegExp][] = [
      ['Délibération n° 12 – été 2026.pptx', office('pptx'), 'Délibération n° 12 – été 2026.pptx'],
      [
        'De\u0301libe\u0301ration.DOCX',
        office('docx', relations('hyperlink', 'https://ville.example/')),
        'Délibération.DOCX'
      ],
      ['l’école d’été (1).pdf', pdf('', '2.0'), 'l’école d’été (1).pdf'],
      ['« œuvre » 10 €.xlsx', office('xlsx'), '« œuvre » 10 €.xlsx'],
      [`${'n'.repeat(200)}.pdf`, pdf(), /^n{146}\.pdf$/],
      ['../../../etc/passwd', pdf(), 'passwd.pdf'],
      ['..\\..\\a.pdf', pdf(), 'a.pdf'],
      ['photo\u202egpj.exe', jpeg, /^photogpj\.exe\.jpg$/],
      ['<img src=x onerror=alert(1)>.pdf', pdf(), /onerror=alert\(1\)>\.pdf$/],
      ['.htaccess', pdf(), /\.pdf$/],
      ['a.php', Buffer.concat([jpeg, Buffer.from('<?php system($_GET[0]);')]), 'a.php.jpg'],
      ['👩‍🌾.jpg', jpeg, /\.jpg$/],
      ['film.mov', Buffer.concat([brands, box('free', Buffer.alloc(8)), pictures(), header]), 'film.mp4']
    ]
    for (const [name, bytes, kept] of good) {
      const { taken, id, message } = await send(name, bytes)
      t.ok(taken, `${name} ${message ?? ''}`)
      if (id === undefined) continue
      const row = await db.selectFrom('media').select(['filename']).where('id', '=', id).executeTakeFirstOrThrow()
      t.match(row.filename, kept)
      t.equal((await visitor.visit(`${library}/${id}`, { houseRules: false })).status, 200)
    }
    const added = disk().filter((line) => !before.includes(line.split(' ')[0]))
    const blob = /^\/uploads\/blobs\/[0-9a-f]{2}\/[0-9a-f]{64} \d+$/
    t.same(
      added.filter((line) => !blob.test(line)),
      [],
      'nothing beside the store of bytes'
    )
  })
}
