/** The media library: the webmaster brings files, says what they show, replaces them, throws them away and takes them back. */
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { deflateSync } from 'node:zlib'
import { strToU8, type Zippable, zipSync } from 'fflate'
import sharp from 'sharp'
import t, { type Test } from 'tap'
import { startRenditions } from '../src/media/images/renditions.ts'
import { hasRoom } from '../src/media/receiving/admission.ts'
import { deleteFile, emptyFileTrash } from '../src/media/trash.ts'
import { blobPath, storeFile } from '../src/media/uploads.ts'
import { axe, type BrowserContext, openBrowser } from './support/browser.ts'
import { openSite, type Person } from './support/site.ts'

t.setTimeout(240_000)
const site = await openSite(t, { listen: true })
const { db } = site
const { uploadsDir } = site.config
const library = '/gestion/mediatheque'

interface Sent {
  name: string
  bytes: Uint8Array
}

interface Answer {
  message?: string
  files: { name: string; taken: boolean; message?: string; href?: string; title?: string }[]
}

async function cookiesOf(person: Person): Promise<string> {
  const visitor = await site.signIn(person)
  return [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}

/** A form with files, over a real connection. */
async function send(
  files: Sent[],
  { as = 'ines', to = library, json = true, field = 'fichiers', headers = {} as Record<string, string> } = {}
): Promise<Response> {
  const body = new FormData()
  for (const { name, bytes } of files) body.append(field, new Blob([Buffer.from(bytes)]), name)
  return fetch(site.origin + to, {
    method: 'POST',
    redirect: 'manual',
    body,
    headers: {
      cookie: await cookiesOf(as as Person),
      origin: site.origin,
      accept: json ? 'application/json' : 'text/html',
      ...headers
    }
  })
}

/** A body written by hand. */
async function post(boundary: string, body: Buffer, accept = 'application/json'): Promise<Response> {
  const type = `multipart/form-data; boundary=${boundary}`
  const headers = { cookie: await cookiesOf('ines'), origin: site.origin, accept, 'content-type': type }
  return fetch(site.origin + library, { method: 'POST', redirect: 'manual', body, headers })
}

async function sendOne(name: string, bytes: Uint8Array): Promise<Answer['files'][number]> {
  const answer = (await (await send([{ name, bytes }])).json()) as Answer
  return answer.files[0] ?? { name, taken: false, message: answer.message ?? 'no answer' }
}

/** Sends a good file and gives its number. */
async function take(name: string, bytes: Uint8Array): Promise<number> {
  const { href, message } = await sendOne(name, bytes)
  if (!href) throw new Error(`${name} was refused: ${message}`)
  return Number(href.split('/').at(-1))
}

async function refused(name: string, bytes: Uint8Array): Promise<string> {
  const { taken, message } = await sendOne(name, bytes)
  return taken ? 'taken' : (message ?? '')
}

function mediaRow(id: number) {
  return db.selectFrom('media').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

async function countRows(): Promise<number> {
  return (await db.selectFrom('media').select('id').execute()).length
}

function temporaryFiles(): string[] {
  return readdirSync(join(uploadsDir, 'tmp')).filter((name) => name.endsWith('.part'))
}

let colour = 0
function picture(format: 'jpeg' | 'png' = 'jpeg', width = 400, height = 300): Promise<Buffer> {
  colour = (colour + 37) % 256
  const background = { r: colour, g: 120, b: 200 }
  return sharp({ create: { width, height, channels: 3, background } })
    .toFormat(format)
    .toBuffer()
}

function box(type: string, content: Uint8Array): Buffer {
  const head = Buffer.from(`\0\0\0\0${type}`, 'latin1')
  head.writeUInt32BE(8 + content.length)
  return Buffer.concat([head, content])
}

const brands = box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2', 'latin1'))

function movieHeader(seconds: number): Buffer {
  const header = Buffer.alloc(100)
  header.writeUInt32BE(1000, 12)
  header.writeUInt32BE(seconds * 1000, 16)
  return box('moov', box('mvhd', header))
}

function movie(bytes = 50_000): Buffer {
  return Buffer.concat([brands, movieHeader(125), box('mdat', randomBytes(bytes))])
}

function pdf(content = ''): Buffer {
  return Buffer.from(`%PDF-1.7\n% ${Math.random()}\n1 0 obj\n<<${content}>>\nendobj\ntrailer<<>>\n%%EOF\n`, 'latin1')
}

const officeTypes = (part: string, more = ''): Uint8Array =>
  strToU8(
    `<Types><Override ContentType="application/vnd.openxmlformats-officedocument.${part}.main+xml"/>${more}</Types>`
  )

function deck(more: Zippable = {}, types = officeTypes('presentationml.presentation')): Uint8Array {
  return zipSync({
    '[Content_Types].xml': types,
    'ppt/presentation.xml': strToU8(`<p>${Math.random()}</p>`),
    'ppt/slides/slide1.xml': strToU8('<s/>'),
    'ppt/slides/slide2.xml': strToU8('<s/>'),
    ...more
  })
}

function relations(target: string, type = 'hyperlink', mode = ' TargetMode="External"'): Uint8Array {
  return strToU8(
    `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"${mode}/></Relationships>`
  )
}

const withRelations = (content: Uint8Array) => deck({ 'ppt/slides/_rels/slide1.xml.rels': content })

t.test('the library is the webmaster’s', async (t) => {
  const file = await db.selectFrom('media').select('id').orderBy('id').executeTakeFirstOrThrow()
  for (const path of [library, `${library}/${file.id}`]) {
    t.equal((await site.visit(path)).status, 303)
    for (const as of ['camille', 'nadia', 'paul'] as const) t.equal((await site.visit(path, { as })).status, 403)
    t.equal((await site.visit(path, { as: 'ines' })).status, 200)
  }
  const before = await countRows()
  // Nadia and Paul write pages, and bring files to them: bring-file.test.ts.
  t.equal((await send([{ name: 'a.pdf', bytes: pdf() }], { as: 'camille' })).status, 403)
  const anonymous = await send([{ name: 'a.pdf', bytes: pdf() }], { headers: { cookie: '' } })
  t.equal(anonymous.status, 303)
  const elsewhere = await send([{ name: 'a.pdf', bytes: pdf() }], { headers: { origin: 'https://ailleurs.example' } })
  t.equal(elsewhere.status, 403)
  t.equal(await countRows(), before)
})

t.test('every file of the demonstration passes the checks of what is sent', async (t) => {
  const folder = join(import.meta.dirname, '../src/demonstration/files')
  const names = readdirSync(folder).filter((name) => /\.(pptx|pdf|mp4|vtt|docx|xlsx|odt)$/.test(name))
  for (const name of names) {
    const stored = await storeFile(db, {
      uploadsDir,
      source: { path: join(folder, name) },
      filename: name,
      title: name
    })
    t.ok(stored.id, name)
    if (name.endsWith('.mp4')) t.ok(stored.duration_seconds, 'knows how long it lasts')
    if (name.endsWith('.pptx')) t.ok(stored.page_count, 'knows how many slides it has')
    await db.deleteFrom('media').where('id', '=', stored.id).execute()
  }
})

t.test('the list is searched, filtered and paged', async (t) => {
  const page = await site.visit(library, { as: 'ines' })
  t.match(page.text, 'Choisir des fichiers')
  t.match(page.text, /\d+\sfichiers, [\d,]+\s\p{L}+ en tout/u)
  t.match(page.text, /Images JPEG, PNG, WebP, AVIF ou HEIC .*\u00a0: 50\sMo/)
  t.equal(page.document.querySelector('#fichiers')?.getAttribute('type'), 'file')
  t.equal(page.document.querySelectorAll('.library-card').length, 48)
  t.ok(page.document.querySelector('.pager'))
  const slides = await db
    .selectFrom('slides')
    .innerJoin('media', 'media.id', 'slides.image_id')
    .select('media.id')
    .execute()
  for (const { id } of slides)
    t.notOk(page.html.includes(`"${library}/${id}"`), 'slides are part of their presentation')

  const [id] = [await take('Œuvre_d’été.jpg', await picture())]
  t.equal((await mediaRow(id)).title, 'Œuvre d’été')
  t.match((await mediaRow(id)).author_id, Number)
  const found = await site.visit(`${library}?q=${encodeURIComponent('oeuvre ETE')}`, { as: 'ines' })
  t.equal(found.document.querySelectorAll('.library-card').length, 1)
  t.match(found.text, 'Sans texte alternatif')
  t.match(found.text, 'Non utilisé')
  t.match((await site.visit(`${library}?etat=sans-texte`, { as: 'ines' })).text, 'Œuvre d’été')
  t.match((await site.visit(`${library}?etat=non-utilise&type=image`, { as: 'ines' })).text, 'Œuvre d’été')
  t.notMatch((await site.visit(`${library}?type=pdf`, { as: 'ines' })).text, 'Œuvre d’été')
  const none = await site.visit(`${library}?q=xyzzy%25`, { as: 'ines' })
  t.match(none.text, 'Aucun fichier ne correspond')
  t.match(none.text, 'Aucun fichier')
  for (const query of ['?page=99', '?page=-1', '?type=zip&etat=x', '?q[]=a', '?q=%00']) {
    t.equal((await site.visit(library + query, { as: 'ines' })).status, 200, query)
  }
})

t.test('an empty library says what to do', async (t) => {
  const empty = await openSite(t, { empty: true })
  await db.selectFrom('media').select('id').execute()
  await empty.db
    .insertInto('agents')
    .values({ email: 'ines.caron@valbrune.example', name: 'Inès Caron', role: 'webmaster' })
    .execute()
  const page = await empty.visit(library, { as: 'ines' })
  t.match(page.text, 'La médiathèque est vide')
  t.match((await empty.visit(`${library}?etat=corbeille`, { as: 'ines' })).text, 'La corbeille est vide')
})

t.test('several files at once, without script: what is refused says why, the rest is kept', async (t) => {
  const before = await countRows()
  const good = await send(
    [
      { name: 'bilan.pdf', bytes: pdf() },
      { name: 'photo.png', bytes: await picture('png') }
    ],
    { json: false }
  )
  t.equal(good.status, 303)
  t.equal(good.headers.get('location'), library)
  t.equal(await countRows(), before + 2)

  const boundary = 'limite-de-l-envoi'
  const part = (name: string, bytes: Uint8Array) =>
    Buffer.concat([
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="fichiers"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`
      ),
      bytes,
      Buffer.from('\r\n')
    ])
  const files = [
    part('grand.exe', Buffer.concat([Buffer.from('MZ'), randomBytes(3_000_000)])),
    part('rapport final.pdf', pdf()),
    part('vide.pdf', Buffer.alloc(0)),
    part('coupé.mp4', Buffer.concat([brands, movieHeader(3)])),
    part('', Buffer.alloc(0))
  ]
  const response = await post(boundary, Buffer.concat([...files, Buffer.from(`--${boundary}--\r\n`)]), 'text/html')
  const html = await response.text()
  t.equal(response.status, 422)
  t.match(html, /<title>Erreur&nbsp;: Médiathèque/)
  t.match(html, /grand\.exe\u00a0: Le contenu de ce fichier n’est pas d’un type accepté/)
  t.match(html, /vide\.pdf\u00a0: Ce fichier est vide/)
  t.match(html, /coupé\.mp4\u00a0: Cette vidéo est abîmée/)
  t.match(html, /Ajoutés malgré tout[\s\S]*rapport final/)
  t.equal(await countRows(), before + 3)
  t.same(temporaryFiles(), [])

  const empty = await send([], { json: false })
  t.equal(empty.status, 422)
  t.match(await empty.text(), 'Choisissez au moins un fichier')
  t.equal((await (await site.signIn('ines')).post(library, { a: 'b' })).status, 422)
})

t.test('with JSON, an answer for each file', async (t) => {
  const response = await send([
    { name: 'a.pdf', bytes: pdf() },
    { name: 'b.gif', bytes: Buffer.from('GIF89a/*') }
  ])
  t.equal(response.status, 201)
  const { files } = (await response.json()) as Answer
  t.match(files, [
    { name: 'a.pdf', taken: true, title: 'a', href: /^\/gestion\/mediatheque\/\d+$/ },
    { name: 'b.gif', taken: false, message: /JPEG, PNG ou WebP/ }
  ])
  t.equal((await send([{ name: 'b.gif', bytes: Buffer.from('GIF89a/*') }])).status, 422)
  const many = await send(Array.from({ length: 52 }, (_, index) => ({ name: `${index}.txt`, bytes: Buffer.from('x') })))
  t.match(((await many.json()) as Answer).files.at(-1)?.message, /50 fichiers au plus/)
})

t.test('what is too large, or comes when there is no room, is refused before it is read', async (t) => {
  const cookie = await cookiesOf('ines')
  const answer = await new Promise<{ status: number; text: string }>((resolve, reject) => {
    const request = httpRequest(
      `${site.origin}${library}`,
      {
        method: 'POST',
        headers: {
          cookie,
          origin: site.origin,
          accept: 'application/json',
          'content-type': 'multipart/form-data; boundary=x',
          'content-length': '5000000000'
        }
      },
      async (response) => {
        let text = ''
        for await (const chunk of response) text += String(chunk)
        resolve({ status: response.statusCode ?? 0, text })
      }
    )
    request.on('error', reject)
    request.write('--x\r\n')
  })
  t.equal(answer.status, 413)
  t.match(answer.text, /trop lourd/)
  const unmeasured = await fetch(site.origin + library, {
    method: 'POST',
    headers: {
      cookie,
      origin: site.origin,
      accept: 'application/json',
      'content-type': 'multipart/form-data; boundary=x'
    },
    body: new Blob(['--x']).stream(),
    duplex: 'half'
  } as RequestInit)
  t.equal(unmeasured.status, 411)
  const disk = { bsize: 4096, blocks: 1e8, bavail: 1e7 }
  t.ok(hasRoom(disk, 1_000_000_000))
  t.notOk(hasRoom(disk, 40_000_000_000))
  t.notOk(hasRoom({ ...disk, bavail: 1000 }, 0), 'the last of the disk is not for files')
})

t.test('three sendings at a time are enough for one person', async (t) => {
  const cookie = await cookiesOf('ines')
  const stalled = [1, 2, 3].map(() => {
    const request = httpRequest(`${site.origin}${library}`, {
      method: 'POST',
      headers: {
        cookie,
        origin: site.origin,
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': 9000
      }
    })
    request.on('error', () => undefined)
    request.write('--x\r\ncontent-disposition: form-data; name="fichiers"; filename="film.mp4"\r\n\r\n')
    request.write(brands)
    return request
  })
  for (let tries = 0; temporaryFiles().length < 3 && tries < 100; tries += 1) await sleep(20)
  const fourth = await send([{ name: 'a.pdf', bytes: pdf() }])
  t.equal(fourth.status, 503)
  t.match(((await fourth.json()) as Answer).message, /déjà en cours/)
  for (const request of stalled) request.destroy()
  for (let tries = 0; temporaryFiles().length > 0 && tries < 100; tries += 1) await sleep(20)
  t.ok(await take('ensuite.pdf', pdf()), 'and then there is room again')
})

t.test('a sending that breaks off leaves nothing, and the server goes on', async (t) => {
  const before = await countRows()
  const cookie = await cookiesOf('ines')
  const request = httpRequest(`${site.origin}${library}`, {
    method: 'POST',
    headers: {
      cookie,
      origin: site.origin,
      'content-type': 'multipart/form-data; boundary=x',
      'content-length': 9_000_000
    }
  })
  request.on('error', () => undefined)
  request.write('--x\r\ncontent-disposition: form-data; name="fichiers"; filename="film.mp4"\r\n\r\n')
  request.write(movie(2_000_000))
  for (let tries = 0; temporaryFiles().length === 0 && tries < 100; tries += 1) await sleep(20)
  t.equal(temporaryFiles().length, 1)
  request.destroy()
  for (let tries = 0; temporaryFiles().length > 0 && tries < 100; tries += 1) await sleep(20)
  t.same(temporaryFiles(), [])
  t.equal(await countRows(), before)
  const unfinished =
    '--x\r\ncontent-disposition: form-data; name="fichiers"; filename="a.pdf"\r\n\r\n%PDF-1.7 and then nothing'
  const cut = await post('x', Buffer.from(unfinished))
  const said = await cut.text()
  t.equal(cut.status, 422)
  t.match(said, /interrompu/)
  t.equal(await countRows(), before)
  t.ok(await take('après.pdf', pdf()))
})

t.test('documents that could harm are refused, each with what to do', async (t) => {
  const external = /va chercher des contenus ailleurs/
  const cases: [name: string, bytes: Uint8Array, expected: RegExp][] = [
    ['macros.pptx', deck({ 'ppt/vbaProject.bin': strToU8('x') }), /contient des macros/],
    [
      'macros-declarees.pptx',
      deck(
        {},
        strToU8(
          '<Types><Override ContentType="application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"/></Types>'
        )
      ),
      /contient des macros/
    ],
    ['ruban.pptx', deck({ 'customUI/customUI.xml': strToU8('<x/>') }), /contient des macros/],
    ['activex.pptx', deck({ 'ppt/activeX/activeX1.xml': strToU8('<x/>') }), /ActiveX/],
    ['ole.pptx', deck({ 'ppt/embeddings/oleObject1.bin': strToU8('x') }), /objets incorporés/],
    ['programme.pptx', deck({ 'ppt/embeddings/Package.exe': strToU8('x') }), /objets incorporés/],
    ['image-distante.pptx', withRelations(relations('http://ailleurs.example/a.png', 'image')), external],
    ['lien-fichier.pptx', withRelations(relations('file:///etc/passwd')), external],
    ['lien-reseau.pptx', withRelations(relations('\\\\10.0.0.1\\partage\\a.docx')), external],
    ['lien-script.pptx', withRelations(relations('javascript:alert(1)')), external],
    ['lien-masque.pptx', withRelations(relations('&#102;ile:///x', 'image', ' TargetMode="Extern&#97;l"')), external],
    ['entite.pptx', withRelations(strToU8('<!DOCTYPE x [<!ENTITY a "b">]><Relationships/>')), /abîmé/],
    ['utf16.pptx', withRelations(Buffer.from('\ufeff<Relationships/>', 'utf16le')), /abîmé/],
    ['bombe.pptx', deck({ 'ppt/media/a.xml': new Uint8Array(30_000_000) }), /place démesurée/],
    [
      'fourmis.pptx',
      deck(
        Object.fromEntries(
          Array.from({ length: 5001 }, (_, index) => [`ppt/${index}`, [new Uint8Array(), { level: 0 }]])
        )
      ),
      /place démesurée/
    ],
    ['echappee.pptx', deck({ '../../evil.xml': strToU8('x') }), /abîmé/],
    ['doublon.pptx', deck({ 'PPT/presentation.xml': strToU8('x') }), /abîmé/],
    ['chiffre.pptx', encrypted(deck()), /mot de passe/],
    ['suivi.pptx', Buffer.concat([deck(), Buffer.from('<script>')]), /abîmé/],
    ['modele.potx', deck({}, officeTypes('presentationml.template')), /modèle/],
    [
      'chiffre.odt',
      zipSync({
        mimetype: [strToU8('application/vnd.oasis.opendocument.text'), { level: 0 }],
        'META-INF/manifest.xml': strToU8('<manifest:encryption-data/>')
      }),
      /mot de passe/
    ],
    ['archive.zip', zipSync({ 'a.txt': strToU8('a') }), /archives ZIP/],
    ['lance.pdf', pdf('/S /Launch'), /lance un autre programme/],
    ['script.pdf', pdf('/S /JavaScript /JS (app.alert(1))'), /JavaScript/],
    ['script-masque.pdf', pdf('/S /J#61vaScript'), /JavaScript/],
    ['joints.pdf', pdf('/Type /EmbeddedFile'), /pièces jointes/],
    ['protege.pdf', pdf('/Encrypt 5 0 R'), /protégé/],
    ['comprime.pdf', pdfWithObjectStream('<</S/JavaScript>>'), /JavaScript/],
    ['sans-moov.mp4', Buffer.concat([brands, box('mdat', randomBytes(100))]), /vidéo est abîmée/],
    ['coupe.mp4', movie().subarray(0, 40_000), /vidéo est abîmée/],
    [
      'deux.mp4',
      Buffer.concat([brands, movieHeader(1), movieHeader(1), box('mdat', randomBytes(9))]),
      /vidéo est abîmée/
    ],
    ['suite.mp4', Buffer.concat([movie(), zipSync({ a: strToU8('a') })]), /vidéo est abîmée/]
  ]
  const before = await countRows()
  for (const [name, bytes, expected] of cases) t.match(await refused(name, bytes), expected, name)
  t.equal(await countRows(), before)
  t.same(temporaryFiles(), [])

  const good: [name: string, bytes: Uint8Array][] = [
    ['Délibération n° 12 – été 2026.pptx', withRelations(relations('https://ville.example/page'))],
    ['courrier.PPTX', withRelations(relations('mailto:a@ville.example'))],
    ['tableau.pptx', deck({ 'ppt/embeddings/Microsoft_Excel_Sheet1.xlsx': strToU8('x') })],
    ['diaporama.ppsx', deck({}, officeTypes('presentationml.slideshow'))],
    ['comprime.pdf', pdfWithObjectStream('<</Type/Page>>')],
    ['fin.mp4', Buffer.concat([brands, box('free', Buffer.alloc(8)), box('mdat', randomBytes(999)), movieHeader(61)])]
  ]
  for (const [name, bytes] of good) {
    const { taken, message } = await sendOne(name, bytes)
    t.ok(taken, `${name} ${message ?? ''}`)
  }
})

/** The bit that says that each entry is encrypted, in both of its headers. */
function encrypted(archive: Uint8Array): Buffer {
  const bytes = Buffer.from(archive)
  for (let at = bytes.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 4, 'latin1')) {
    bytes.writeUInt16LE(bytes.readUInt16LE(at + 8) | 1, at + 8)
  }
  return bytes
}

function pdfWithObjectStream(objects: string): Buffer {
  const stream = deflateSync(Buffer.from(objects.repeat(20)))
  return Buffer.concat([
    Buffer.from(`%PDF-1.7\n4 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length ${stream.length}>>stream\r\n`),
    stream,
    Buffer.from('\nendstream\nendobj\n%%EOF\n')
  ])
}

t.test('an image says what it is for, and nothing is chosen in advance', async (t) => {
  const id = await take('IMG_2041.jpg', await picture())
  const ines = await site.signIn('ines')
  const form = `form[action="${library}/${id}"]`
  const page = await ines.visit(`${library}/${id}`)
  t.equal(page.document.querySelectorAll('input[name="role"]').length, 2)
  t.equal(page.document.querySelectorAll('input[name="role"][checked]').length, 0)
  const refusals: [Record<string, string>, RegExp][] = [
    [{ title: 'Photo' }, /Dites à quoi sert cette image/],
    [{ role: 'informative', alt: '' }, /Décrivez en une phrase/],
    [{ role: 'informative', alt: 'IMG_2041.jpg' }, /nom de fichier/],
    [{ role: 'informative', alt: 'IMG_2041' }, /nom de fichier/],
    [{ role: 'informative', alt: 'Image de deux agentes' }, /annoncent déjà/],
    [{ role: 'informative', alt: 'Photo d’un arbre' }, /annoncent déjà/],
    [{ role: 'decorative', title: '' }, /Donnez un titre/],
    [{ role: 'decorative', focal_x: '101', focal_y: '3' }, /entre 0 et 100/],
    [{ role: 'decorative', focal_x: '10' }, /les deux nombres/]
  ]
  for (const [values, expected] of refusals) {
    const refused = await ines.submit(page, values, { form })
    t.equal(refused.status, 422)
    t.match(refused.text, expected)
    if (values.alt) t.equal(refused.document.querySelector('#alt')?.textContent, values.alt, 'what was typed is kept')
    t.match(refused.document.querySelector('title')?.textContent, /^Erreur\u00a0: /)
  }
  t.match(await mediaRow(id), { alt: null, title: 'IMG 2041' })

  const alt = 'Deux agentes plantent un tilleul'
  const saved = await ines.submit(
    page,
    { title: 'Le tilleul', role: 'informative', alt, focal_x: '72', focal_y: '18' },
    { form }
  )
  t.match(saved.text, 'Enregistré.')
  t.match(await mediaRow(id), { alt, title: 'Le tilleul', focal_x: 72, focal_y: 18 })
  t.match(saved.html, 'class="focal-x-7 focal-y-2"')
  const long = await ines.submit(saved, { alt: 'Un tilleul, '.repeat(14) }, { form })
  t.match(long.text, /au-delà de 150/)
  const decorative = await ines.submit(long, { role: 'decorative' }, { form })
  t.equal((await mediaRow(id)).alt, '')
  t.equal(decorative.document.querySelector('input[name="role"][checked]')?.getAttribute('value'), 'decorative')
})

t.test('a video has its captions, its poster and its transcript', async (t) => {
  const id = await take('film.mp4', movie())
  const captions = await take('film.vtt', Buffer.from('WEBVTT\n\n00:00.000 --> 00:02.000\nBonjour'))
  const poster = await take('affiche.png', await picture('png'))
  const other = await take('autre.pdf', pdf())
  const ines = await site.signIn('ines')
  const form = `form[action="${library}/${id}"]`
  const page = await ines.visit(`${library}/${id}`)
  t.match(page.text, /Durée\s*2\u00a0min\u00a005\u00a0s/)
  const saved = await ines.submit(
    page,
    { captions_id: String(captions), poster_id: String(poster), transcript: 'Bonjour à tous.' },
    { form }
  )
  t.match(await mediaRow(id), { captions_id: captions, poster_id: poster, transcript: 'Bonjour à tous.' })
  t.ok(saved.document.querySelector('track'))
  const uses = await ines.visit(`${library}/${captions}`)
  t.match(uses.text, /Sous-titres de la vidéo\u00a0: film/)
  for (const values of [
    { captions_id: String(other) },
    { poster_id: String(captions) },
    { captions_id: 'x' },
    { poster_id: '999999' }
  ]) {
    const refused = await ines.post(`${library}/${id}`, { title: 'Film', transcript: 'Gardée', ...values })
    t.equal(refused.status, 422)
    t.match(refused.text, /Choisissez un fichier de la liste/)
    t.match(refused.html, 'Gardée')
  }
})

t.test('the page of a file tells where it is used', async (t) => {
  const ines = await site.signIn('ines')
  const action = await db
    .selectFrom('actions')
    .select(['id', 'title', 'slug', 'image_id'])
    .where('image_id', 'is not', null)
    .executeTakeFirstOrThrow()
  const page = await ines.visit(`${library}/${action.image_id}`)
  t.match(page.html, `href="/actions/${action.slug}"`)
  const tables = [
    ['action_documents', 'Document attaché'],
    ['direction_media', 'Présentation de la direction'],
    ['album_media', 'Dans l’album']
  ] as const
  for (const [table, words] of tables) {
    const { media_id } = await db.selectFrom(table).select('media_id').executeTakeFirstOrThrow()
    t.match((await ines.visit(`${library}/${media_id}`)).text, words)
  }
  const { cover_id, pdf_id } = await db
    .selectFrom('issues')
    .select(['cover_id', 'pdf_id'])
    .orderBy('id')
    .executeTakeFirstOrThrow()
  t.match((await ines.visit(`${library}/${cover_id}`)).text, 'Couverture')
  t.match((await ines.visit(`${library}/${pdf_id}`)).text, 'PDF à télécharger')
  const { image_id, media_id } = await db
    .selectFrom('slides')
    .select(['image_id', 'media_id'])
    .executeTakeFirstOrThrow()
  t.match((await ines.visit(`${library}/${image_id}`)).text, /elle part avec sa présentation/)
  t.ok((await ines.visit(`${library}/${media_id}`)).document.querySelector('.deck'))
  const id = await take('dans-le-texte.jpg', await picture())
  t.match((await ines.visit(`${library}/${id}`)).text, 'Nulle part')
  await db
    .updateTable('actions')
    .set({ results: `<figure><img src="/medias/${id}/dans-le-texte.jpg" alt=""></figure>` })
    .where('id', '=', action.id)
    .execute()
  t.match((await ines.visit(`${library}/${id}`)).text, 'Dans le texte')
  for (const wrong of ['0', 'abc', '999999999', '99999999999'])
    t.equal((await ines.visit(`${library}/${wrong}`)).status, 404)
})

t.test('a file is replaced and keeps its address', async (t) => {
  const id = await take('plan.png', await picture('png', 700, 500))
  await db.updateTable('media').set({ prepared_at: new Date() }).where('id', '!=', id).execute()
  const renditions = startRenditions({ db, uploadsDir, log: { info: () => {}, warn: () => {}, error: () => {} } })
  t.teardown(() => renditions.stop())
  await renditions.idle()
  await db.updateTable('media').set({ alt: 'Le plan', title: 'Plan du parc' }).where('id', '=', id).execute()
  const before = await mediaRow(id)
  t.ok(before.prepared_at)
  const made = await db.selectFrom('renditions').selectAll().where('media_id', '=', id).execute()
  t.ok(made.length > 0)
  await renditions.stop()

  const bytes = await picture('png', 900, 300)
  const replaced = await send([{ name: 'nouveau.png', bytes }], {
    to: `${library}/${id}/remplacer`,
    field: 'fichier',
    json: false
  })
  t.equal(replaced.status, 303)
  const after = await mediaRow(id)
  t.match(after, {
    filename: 'plan.png',
    title: 'Plan du parc',
    alt: 'Le plan',
    width: 900,
    height: 300,
    prepared_at: null
  })
  t.not(after.sha256, before.sha256)
  t.same(await db.selectFrom('renditions').selectAll().where('media_id', '=', id).execute(), [])
  const served = await (await site.signIn('camille')).request({ method: 'GET', url: `/medias/${id}/plan.png` })
  t.ok(served.rawPayload.equals(readFileSync(blobPath(uploadsDir, after.sha256))))
  t.equal((await sharp(served.rawPayload).metadata()).width, 900)

  const other = await send([{ name: 'a.pdf', bytes: pdf() }], {
    to: `${library}/${id}/remplacer`,
    field: 'fichier',
    json: false
  })
  t.equal(other.status, 422)
  t.match(await other.text(), /pas du même genre. Choisissez une image/)
  t.equal((await send([], { to: `${library}/${id}/remplacer`, json: false })).status, 422)
  t.equal((await mediaRow(id)).sha256, after.sha256)
  t.same(temporaryFiles(), [])
})

t.test('a file that is used goes to the trash only when one insists, and comes back', async (t) => {
  const ines = await site.signIn('ines')
  const camille = await site.signIn('camille')
  const action = await db
    .selectFrom('actions')
    .select(['image_id', 'slug'])
    .where('image_id', 'is not', null)
    .where('published_at', 'is not', null)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  const id = action.image_id ?? 0
  const { filename, title } = await mediaRow(id)
  const address = `/medias/${id}/${encodeURIComponent(filename)}`
  const form = `form[action="${library}/${id}/corbeille"]`
  const page = await ines.visit(`${library}/${id}`)
  const refused = await ines.submit(page, {}, { form })
  t.equal(refused.status, 422)
  t.match(refused.text, /Ce fichier est utilisé/)
  t.match(refused.html, `/actions/${action.slug}`)
  t.equal((await mediaRow(id)).trashed_at, null)
  t.match((await camille.visit(`/actions/${action.slug}`)).html, `/medias/${id}/`)

  const thrown = await ines.submit(page, { confirmation: 'oui' }, { form })
  t.match(thrown.text, title)
  t.match(thrown.text, 'Jeté le')
  t.match(await mediaRow(id), { trashed_at: Date, trashed_by: Number })
  t.equal((await camille.request({ method: 'GET', url: address })).statusCode, 404)
  t.equal((await ines.request({ method: 'GET', url: address })).statusCode, 200, 'the webmaster sees what to decide')
  t.notMatch((await camille.visit(`/actions/${action.slug}`)).html, `/medias/${id}/`, 'the page does without')
  t.notMatch((await ines.visit(`${library}?q=${encodeURIComponent(title)}`)).html, `"${library}/${id}"`)

  const inTrash = await ines.visit(`${library}/${id}`)
  t.match(inTrash.text, /dans la corbeille depuis le .*Inès/)
  const back = await ines.submit(inTrash, {}, { form: `form[action="${library}/${id}/restaurer"]` })
  t.match(back.text, 'revenu dans la médiathèque')
  t.equal((await camille.request({ method: 'GET', url: address })).statusCode, 200)
  t.match((await camille.visit(`/actions/${action.slug}`)).html, `/medias/${id}/`)

  const slide = await db.selectFrom('slides').select(['image_id', 'media_id']).executeTakeFirstOrThrow()
  t.equal((await ines.post(`${library}/${slide.image_id}/corbeille`, { confirmation: 'oui' })).status, 422)
  t.equal((await ines.post(`${library}/${slide.media_id}/corbeille`, { confirmation: 'oui' })).status, 303)
  t.ok((await mediaRow(slide.image_id)).trashed_at, 'slides go with their presentation')
  t.equal((await camille.visit('/directions')).status, 200)
  t.equal((await ines.visit(`${library}/${slide.media_id}`)).status, 200)
  t.equal((await ines.post(`${library}/${slide.media_id}/restaurer`)).status, 303)
  t.equal((await mediaRow(slide.image_id)).trashed_at, null)
})

function journalOf(id: number): Promise<string[]> {
  return db
    .selectFrom('journal')
    .select('event')
    .where('subject', '=', 'media')
    .where('subject_id', '=', id)
    .orderBy('id')
    .execute()
    .then((lines) => lines.map((line) => line.event))
}

function folderNames(): Promise<string[]> {
  return db
    .selectFrom('media_folders')
    .select('name')
    .orderBy('name')
    .execute()
    .then((rows) => rows.map((row) => row.name))
}

t.test('a folder is made by naming it, and vanishes with its last file', async (t) => {
  const ines = await site.signIn('ines')
  const [one, two] = [await take('rangee-1.jpg', await picture()), await take('rangee-2.pdf', pdf())]
  const form = (id: number) => `form[action="${library}/${id}"]`
  const first = await ines.submit(
    await ines.visit(`${library}/${one}`),
    { dossier: '  Fête   de l’été ', role: 'decorative' },
    { form: form(one) }
  )
  t.same(await folderNames(), ['Fête de l’été'])
  t.equal(first.document.querySelector('#dossier')?.getAttribute('value'), 'Fête de l’été')
  const second = await ines.submit(
    await ines.visit(`${library}/${two}`),
    { dossier: 'FÊTE DE L’ÉTÉ' },
    { form: form(two) }
  )
  t.same(await folderNames(), ['Fête de l’été'], 'whatever its capitals')
  const { id } = await db.selectFrom('media_folders').select('id').executeTakeFirstOrThrow()
  const list = await ines.visit(`${library}?dossier=${id}`)
  t.equal(list.document.querySelectorAll('.library-card').length, 2)
  t.equal(
    list.document.querySelector('#dossier')?.getAttribute('value'),
    'Fête de l’été',
    'what is sent goes there too'
  )
  t.equal((await ines.visit(`${library}?dossier=${id}&type=pdf`)).document.querySelectorAll('.library-card').length, 1)
  t.match(list.html, `dossier=${id}"`, 'the other filters keep it')
  for (const query of ['dossier=999', 'dossier=x', 'dossier=0', 'dossier=']) {
    t.equal((await ines.visit(`${library}?${query}`)).status, 200, query)
  }
  const long = await ines.submit(second, { dossier: 'd'.repeat(81) }, { form: form(two) })
  t.equal(long.status, 422)
  t.match(long.text, /80 caractères au plus/)
  await ines.submit(second, { dossier: '' }, { form: form(two) })
  t.same(await folderNames(), ['Fête de l’été'])
  await ines.submit(first, { dossier: 'Jardins' }, { form: form(one) })
  t.same(await folderNames(), ['Jardins'])
  t.same(await journalOf(one), ['added', 'edited', 'edited'])

  const body = new FormData()
  body.append('dossier', 'Vidéos du maire')
  body.append('fichiers', new Blob([Buffer.from(pdf())]), 'range.pdf')
  const headers = { cookie: await cookiesOf('ines'), origin: site.origin, accept: 'application/json' }
  t.equal((await fetch(site.origin + library, { method: 'POST', body, headers })).status, 201)
  t.same(await folderNames(), ['Jardins', 'Vidéos du maire'])
})

t.test('videos without captions are found', async (t) => {
  const id = await take('muette.mp4', movie())
  const captions = await take('muette.vtt', Buffer.from('WEBVTT\n\n00:00.000 --> 00:02.000\nBonjour'))
  const address = `${library}?etat=sans-sous-titres&q=muette`
  const page = await site.visit(address, { as: 'ines' })
  t.equal(page.document.querySelectorAll('.library-card').length, 1)
  t.equal(page.document.querySelector('#etat option[selected]')?.textContent, 'Sans sous-titres')
  await db.updateTable('media').set({ captions_id: captions }).where('id', '=', id).execute()
  t.match((await site.visit(address, { as: 'ines' })).text, 'Aucun fichier ne correspond')
})

t.test('what has been thirty days in the trash and serves nowhere goes, with its bytes', async (t) => {
  const ines = await site.signIn('ines')
  const bytes = await picture()
  const [old, twin] = [await take('vieille.jpg', bytes), await take('jumelle.jpg', bytes)]
  const alone = await take('seule.pdf', pdf())
  const recent = await take('recente.pdf', pdf())
  const inText = await take('dans-un-brouillon.jpg', await picture())
  const inTrash = await take('dans-la-corbeille.jpg', await picture())
  const logo = await take('logo.png', await picture('png'))
  const entries = await db.selectFrom('entries').select(['id', 'title']).where('kind', '=', 'action').limit(2).execute()
  const [draft, thrown] = entries
  const holding = (id: number) => JSON.stringify({ imageId: id })
  await db
    .updateTable('entries')
    .set({ draft: holding(inText) })
    .where('id', '=', draft?.id ?? 0)
    .execute()
  await db
    .updateTable('entries')
    .set({ draft: holding(inTrash), trashed_at: new Date() })
    .where('id', '=', thrown?.id ?? 0)
    .execute()
  await db.updateTable('settings').set({ logo_id: logo }).execute()
  t.match((await ines.visit(`${library}/${inText}`)).html, `/gestion/contenus/${draft?.id}`)
  t.match((await ines.visit(`${library}/${logo}`)).text, /Logo du site\u00a0: Réglages du site/)
  t.equal((await ines.post(`${library}/${logo}/corbeille`)).status, 422, 'the logo is used')
  const all = [old, alone, recent, inText, inTrash, logo]
  for (const id of all) t.equal((await ines.post(`${library}/${id}/corbeille`, { confirmation: 'oui' })).status, 303)
  const rows = new Map((await db.selectFrom('media').selectAll().execute()).map((row) => [row.id, row]))
  const blobOf = (id: number) => blobPath(uploadsDir, rows.get(id)?.sha256 ?? '')
  const age = (days: number, ids: number[]) =>
    db
      .updateTable('media')
      .set({ trashed_at: new Date(Date.now() - days * 86_400_000) })
      .where('id', 'in', ids)
      .execute()
  await age(31, [old, alone, inText, inTrash, logo])
  await age(29, [recent])
  const deck = await db.selectFrom('slides').select(['media_id', 'image_id']).executeTakeFirstOrThrow()
  await emptyFileTrash(db, uploadsDir)
  const left = new Set((await db.selectFrom('media').select('id').execute()).map((row) => row.id))
  t.same(
    [old, twin, alone, recent, inText, inTrash, logo].filter((id) => left.has(id)),
    [twin, recent, inText, inTrash, logo]
  )
  t.ok(existsSync(blobOf(twin)), 'bytes that another row names stay')
  t.notOk(existsSync(blobOf(alone)))
  const aside = join(uploadsDir, 'aside', rows.get(alone)?.sha256 ?? '')
  t.ok(existsSync(aside), 'put aside for the backup that is being made')
  t.same(await journalOf(alone), ['added', 'trashed', 'deleted'])
  t.ok(left.has(deck.media_id))

  // The same file sent again while its bytes are put aside.
  const again = await take('seule-encore.pdf', pdf())
  await db.updateTable('settings').set({ logo_id: null }).execute()
  await db
    .updateTable('entries')
    .set({ trashed_at: null, draft: null })
    .where(
      'id',
      'in',
      entries.map(({ id }) => id)
    )
    .execute()
  t.ok(again)

  await ines.post(`${library}/${deck.media_id}/corbeille`, { confirmation: 'oui' })
  for (const table of ['direction_media', 'action_documents', 'album_media'] as const) {
    await db.deleteFrom(table).where('media_id', '=', deck.media_id).execute()
  }
  await age(31, [deck.media_id])
  await emptyFileTrash(db, uploadsDir)
  const slides = await db.selectFrom('media').select('id').where('id', 'in', [deck.media_id, deck.image_id]).execute()
  t.same(slides, [], 'a presentation goes with its slides')
})

t.test('the webmaster deletes for good what is in the trash, and nobody else does', async (t) => {
  const ines = await site.signIn('ines')
  const id = await take('à supprimer.pdf', pdf())
  t.equal((await ines.post(`${library}/${id}/supprimer`, { confirmation: 'oui' })).status, 404, 'not before the trash')
  await ines.post(`${library}/${id}/corbeille`)
  t.equal((await site.newVisitor().post(`${library}/${id}/supprimer`, { confirmation: 'oui' })).status, 303)
  for (const as of ['camille', 'nadia', 'paul'] as const) {
    const visitor = await site.signIn(as)
    t.equal((await visitor.post(`${library}/${id}/supprimer`, { confirmation: 'oui' })).status, 403, as)
  }
  const form = `form[action="${library}/${id}/supprimer"]`
  const page = await ines.visit(`${library}/${id}`)
  const unsure = await ines.submit(page, {}, { form })
  t.equal(unsure.status, 422)
  t.match(unsure.text, /Cochez la case/)
  const { sha256 } = await mediaRow(id)
  const gone = await ines.submit(page, { confirmation: 'oui' }, { form })
  t.match(gone.text, 'est supprimé')
  t.equal((await ines.visit(`${library}/${id}`)).status, 404)
  t.notOk(existsSync(blobPath(uploadsDir, sha256)))
  t.same(await journalOf(id), ['added', 'trashed', 'deleted'])

  const kept = await take('gardée.jpg', await picture())
  await ines.post(`${library}/${kept}/corbeille`)
  await db.updateTable('highlights').set({ image_id: kept }).execute()
  const used = await ines.submit(
    await ines.visit(`${library}/${kept}`),
    { confirmation: 'oui' },
    { form: `form[action="${library}/${kept}/supprimer"]` }
  )
  t.equal(used.status, 422)
  t.match(used.text, /encore utilisé/)
  const restored = await ines.post(`${library}/${kept}/restaurer`)
  t.equal(restored.status, 303)
  t.same(await journalOf(kept), ['added', 'trashed', 'untrashed'])
})

t.test('bytes that come back while their last row goes are not lost', async (t) => {
  for (let round = 0; round < 6; round += 1) {
    const bytes = pdf()
    const id = await take('course.pdf', bytes)
    await db
      .updateTable('media')
      .set({ trashed_at: new Date(0) })
      .where('id', '=', id)
      .execute()
    const [, other] = await Promise.all([
      deleteFile(db, uploadsDir, id, undefined),
      storeFile(db, { uploadsDir, source: Buffer.from(bytes), filename: 'course.pdf', title: 'Course' })
    ])
    t.ok(existsSync(blobPath(uploadsDir, other.sha256)), 'a row has its bytes')
  }
})

t.test('the webmaster drops two files, describes one, throws it away and takes it back', async (t) => {
  const browser = await openBrowser(t, site.origin)
  const looks = [
    { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
    { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }
  ] as const
  for (const look of looks) {
    const context = await browser.newVisitor(t, look)
    await enter(context, 'ines')
    await journey(t, context, look.viewport.width)
  }
})

t.test('progress is said in words, and a sending can be cancelled and tried again', async (t) => {
  const browser = await openBrowser(t, site.origin)
  const context = await browser.newVisitor(t)
  await enter(context, 'ines')
  const page = await context.newPage()
  await page.goto(library)
  const session = await context.newCDPSession(page)
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 500_000 }
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', slow)
  await page.evaluate(`
    globalThis.heard = []
    const status = document.querySelector('[data-upload-status]')
    new MutationObserver(() => heard.push(status.textContent)).observe(status, { childList: true })
  `)
  const film = { name: 'long.mp4', mimeType: 'video/mp4', buffer: movie(1_500_000) }
  await page.getByLabel('Choisir des fichiers').setInputFiles(film)
  const line = page.locator('.upload__file')
  await line.getByText(/^[1-9]\d?\u00a0%$/).waitFor()
  await line.getByRole('button', { name: 'Annuler l’envoi de long.mp4' }).click()
  await line.getByText('Envoi annulé.').waitFor()
  await line.getByRole('button', { name: 'Réessayer l’envoi de long.mp4' }).click()
  await line.getByText('Ajouté').waitFor({ timeout: 20_000 })
  const heard = (await page.evaluate('heard')) as string[]
  for (const text of ['25\u00a0%', '50\u00a0%', '75\u00a0%', '100\u00a0%', 'ajouté']) {
    t.ok(
      heard.some((said) => said.includes(text)),
      `${text} is said`
    )
  }
  t.ok(heard.length < 12, `and not much more: ${heard.join(' | ')}`)
  t.same(temporaryFiles(), [])
})

t.test('without script, the same form sends the files', async (t) => {
  const browser = await openBrowser(t, site.origin)
  const context = await browser.newVisitor(t, { javaScriptEnabled: false, viewport: { width: 360, height: 740 } })
  await enter(context, 'ines')
  const page = await context.newPage()
  await page.goto(library)
  await page.getByLabel('Choisir des fichiers').setInputFiles([
    { name: 'sans-script.pdf', mimeType: 'application/pdf', buffer: pdf() },
    { name: 'sans-script.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') }
  ])
  await page.getByRole('button', { name: 'Envoyer' }).click()
  await page.getByRole('heading', { name: 'Ajoutés malgré tout' }).waitFor()
  t.match(await page.locator('.error-summary').textContent(), /sans-script\.exe/)
  await page.getByRole('link', { name: 'sans-script', exact: true }).first().click()
  await page.getByLabel('Nouveau fichier').setInputFiles({ name: 'b.pdf', mimeType: 'application/pdf', buffer: pdf() })
  await page.getByRole('button', { name: 'Remplacer' }).click()
  await page.getByText('Le fichier est remplacé.').waitFor()
})

async function enter(context: BrowserContext, person: Person): Promise<void> {
  const visitor = await site.signIn(person)
  await context.addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url: site.origin })))
}

async function journey(t: Test, context: BrowserContext, width: number): Promise<void> {
  const page = await context.newPage()
  await page.goto(library)
  const sound = async (where: string) => {
    t.same(await axe(page), [], `axe, ${where}, ${width} px`)
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
    t.ok(Number(overflow) <= 0, `${where} fits in ${width} px`)
  }
  await sound('the list')
  const files = [
    { name: `tilleul-${width}.jpg`, type: 'image/jpeg', base64: (await picture('jpeg', 800, 600)).toString('base64') },
    { name: `virus-${width}.exe`, type: '', base64: Buffer.from('MZ\x90\0').toString('base64') }
  ]
  // An expression: what it names is known to the page, and not here.
  const data = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer()
    for (const { name, type, base64 } of ${JSON.stringify(files)}) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      transfer.items.add(new File([bytes], name, { type }))
    }
    return transfer
  })()`)
  await page.dispatchEvent('[data-upload-zone]', 'drop', { dataTransfer: data })
  await page.getByRole('link', { name: `tilleul-${width}` }).waitFor()
  await page.getByText('n’est pas d’un type accepté').waitFor()
  t.ok(await page.getByRole('button', { name: `Réessayer l’envoi de virus-${width}.exe` }).isVisible())
  t.match(await page.locator('[data-upload-status]').textContent(), /tilleul|virus/)
  await sound('after sending')

  await page
    .getByLabel('Choisir des fichiers')
    .setInputFiles({ name: `plan-${width}.pdf`, mimeType: 'application/pdf', buffer: pdf() })
  await page.getByRole('link', { name: `plan-${width}` }).waitFor()

  await page
    .getByRole('link', { name: `tilleul-${width}` })
    .first()
    .click()
  await page.waitForURL(/mediatheque\/\d+$/)
  const address = page.url()
  await page.getByRole('radio', { name: /^Informative/ }).check()
  await page.getByLabel('Texte alternatif').fill('Deux agentes plantent un tilleul')
  await page.locator('[data-focal-picture]').click({ position: { x: 20, y: 20 } })
  const x = Number(await page.getByLabel(/Depuis la gauche/).inputValue())
  t.ok(x >= 0 && x < 25, `the click chose ${x} %`)
  await page.keyboard.press('ArrowRight')
  t.equal(Number(await page.getByLabel(/Depuis la gauche/).inputValue()), x + 2, 'the arrow keys move the point')
  await sound('the file')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await page.getByText('Enregistré.').waitFor()
  await page.getByRole('button', { name: 'Mettre à la corbeille' }).click()
  await page.getByRole('link', { name: `tilleul-${width}` }).waitFor()
  await sound('the trash')
  await page.goto(address)
  await page.getByRole('button', { name: 'Restaurer' }).click()
  await page.getByText('revenu dans la médiathèque').waitFor()
}
