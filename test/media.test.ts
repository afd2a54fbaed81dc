import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { parse } from 'content-disposition'
import Fastify from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { strToU8, zipSync } from 'fflate'
import { sql } from 'kysely'
import sharp from 'sharp'
import t, { type Test } from 'tap'
import { readConfig } from '../src/config.ts'
import { startRenditions, widthsFor } from '../src/media/images/renditions.ts'
import { findMediaByIds, findSlides } from '../src/media/queries.ts'
import { normaliseFilename } from '../src/media/receiving/filenames.ts'
import { mediaRoutes } from '../src/media/routes.ts'
import { fileTypes, RefusedFile } from '../src/media/types.ts'
import { addSlides, blobPath, importFile, storeFile } from '../src/media/uploads.ts'
import { deckView, documentView, durationText, imageView, mediaUrl, videoView, weightText } from '../src/media/views.ts'
import { access } from '../src/web/access.ts'
import '../src/web/context.ts'
import { errors } from '../src/web/errors.ts'
import { security } from '../src/web/security.ts'
import { emptyDatabase } from './support/database.ts'

const signedIn = { 'x-signed-in': 'yes' }
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const { db } = await emptyDatabase(t)
const folder = t.testdir()
const uploadsDir = join(folder, 'uploads')
mkdirSync(uploadsDir)

/** The file routes behind the real access rule, with somebody signed in by a header. */
async function openFiles(test: Test) {
  const app = Fastify({ logger: false, routerOptions: { maxParamLength: 200 } })
  app.decorate('db', db).decorate('config', readConfig({ UPLOADS_DIR: uploadsDir }))
  const someone = {
    id: 1,
    email: 'a@b.fr',
    name: 'A',
    role: 'agent',
    isEntrusted: false,
    sessionId: 1,
    device: 'personnel'
  } as const
  await app.register(errors)
  await app.register(security)
  await app.register(
    fastifyPlugin(
      async (scope) => {
        scope.addHook('onRequest', async (request) => {
          request.agent = request.headers['x-signed-in'] ? someone : undefined
        })
      },
      { name: 'sessions' }
    )
  )
  await app.register(access)
  await app.register(mediaRoutes)
  test.teardown(() => app.close())
  return {
    app,
    visit: (url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
      app.inject({ method, url, headers: { ...signedIn, ...headers } })
  }
}

const bytes = randomBytes(300_000)
const video = movie(bytes)
/** The least that a film is made of: what it is, what it holds and for how long, and its images. */
function movie(content: Buffer, brand = 'isom'): Buffer {
  const box = (type: string, bytes: Buffer): Buffer => {
    const head = Buffer.from(`\0\0\0\0${type}`, 'latin1')
    head.writeUInt32BE(8 + bytes.length)
    return Buffer.concat([head, bytes])
  }
  const header = Buffer.alloc(100)
  header.writeUInt32BE(1000, 12)
  header.writeUInt32BE(29_000, 16)
  const brands = Buffer.from(`${brand}\0\0\x02\0${brand}`, 'latin1')
  return Buffer.concat([box('ftyp', brands), box('moov', box('mvhd', header)), box('mdat', content)])
}

const contentTypes = (part: string): string =>
  `<Types><Override ContentType="application/vnd.openxmlformats-officedocument.${part}.main+xml"/></Types>`
const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n')

function store(source: Buffer | Readable, filename: string, title = 'Un fichier') {
  return storeFile(db, { uploadsDir, source, filename, title })
}

function drawing(width: number, height: number) {
  const pixels = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) pixels.set([(x * 255) / width, (y * 255) / height, 120], (y * width + x) * 3)
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

/** A photograph as a phone makes it: lying on its side, and saying where it was taken. */
function phonePhoto(): Promise<Buffer> {
  return drawing(400, 300)
    .jpeg()
    .withExif({
      IFD0: { Orientation: '6', Make: 'Telephone-de-Nadia' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 48/1 30/1', GPSLongitudeRef: 'E', GPSLongitude: '2/1 20/1 0/1' }
    })
    .withMetadata({ orientation: 6 })
    .toBuffer()
}

async function countRows(): Promise<number> {
  const { count } = await db.selectFrom('media').select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow()
  return count
}

function listFiles(): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

async function refusal(t: Test, source: Buffer | Readable, filename: string): Promise<string> {
  const before = { rows: await countRows(), files: listFiles() }
  const error = await store(source, filename).then(
    () => undefined,
    (reason: unknown) => reason
  )
  t.same({ rows: await countRows(), files: listFiles() }, before, `nothing is left of ${filename}`)
  return error instanceof RefusedFile ? error.message : `not refused: ${String(error)}`
}

t.test('a stored file has its bytes under their hash, and a row', async (t) => {
  const media = await store(video, 'Présentation du service.mp4', 'Présentation')
  const sha256 = createHash('sha256').update(video).digest('hex')
  t.match(media, { sha256, size: video.length, kind: 'video', content_type: 'video/mp4', title: 'Présentation' })
  t.equal(media.filename, 'Présentation du service.mp4')
  t.same(readFileSync(blobPath(uploadsDir, sha256)), video)
  t.same(readdirSync(join(uploadsDir, 'tmp')), [])
})

t.test('the same bytes twice share one file and make two rows', async (t) => {
  const before = listFiles().length
  const [first, second] = await Promise.all([store(pdf, 'bilan.pdf'), store(pdf, 'bilan bis.pdf')])
  t.not(first.id, second.id)
  t.equal(first.sha256, second.sha256)
  t.equal(listFiles().length, before + 1)
})

t.test('a sending that breaks off leaves no row and no file', async (t) => {
  const before = { rows: await countRows(), files: listFiles() }
  async function* broken() {
    yield video.subarray(0, 100_000)
    throw new Error('the network is gone')
  }
  await t.rejects(store(Readable.from(broken()), 'video.mp4'), /network is gone/)
  const gone = new Readable({ read() {} })
  gone.destroy(new Error('gone before it was read'))
  await t.rejects(store(gone, 'video.mp4'), /gone before/)
  await t.rejects(importFile(db, { uploadsDir, path: join(folder, 'nowhere.pdf'), filename: 'a.pdf', title: 'A' }), {
    code: 'ENOENT'
  })
  // The row is refused (a title is required): the bytes stay, for the sweeper, but nothing names them.
  await t.rejects(store(Buffer.concat([pdf, pdf]), 'sans titre.pdf', ''))
  t.same(readdirSync(join(uploadsDir, 'tmp')), [])
  t.equal(await countRows(), before.rows)
  const cut = Object.assign(Readable.from([pdf]), { truncated: true })
  t.match(await refusal(t, cut, 'coupé.pdf'), /trop lourd/)
})

t.test('what a file is comes from its bytes; what is refused says what to do', async (t) => {
  const html = Buffer.from('<!doctype html><script>alert(1)</script>')
  t.match(await refusal(t, html, 'rapport.pdf'), /n’est pas d’un type accepté/)
  t.match(await refusal(t, Buffer.alloc(0), 'vide.pdf'), /vide/)
  t.match(await refusal(t, Buffer.from('%PDF-1.7\n1 0 obj'), 'coupe.pdf'), /incomplet/)
  t.match(
    await refusal(t, Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'), 'logo.png'),
    /JPEG, PNG ou WebP/
  )
  t.match(await refusal(t, Buffer.from('GIF89a/*'), 'photo.gif'), /JPEG, PNG ou WebP/)
  t.match(await refusal(t, Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1'), 'IMG_1.HEIC'), /HEIC/)
  t.match(
    await refusal(t, Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'latin1'), 'vieux.ppt'),
    /ancien format|mot de passe/
  )
  t.match(await refusal(t, Buffer.from('RIFF\0\0\0\0AVI LIST', 'latin1'), 'film.avi'), /MP4/)
  t.match(await refusal(t, Buffer.from('WEBVTT\n\n\xe9', 'latin1'), 'sous-titres.vtt'), /UTF-8/)
  t.match(await refusal(t, Buffer.from('MZ\x90\0'), 'photo.jpg'), /n’est pas d’un type accepté/)
  t.match(await refusal(t, Buffer.from(zipSync({ 'a.txt': strToU8('a') })), 'rapport.docx'), /ZIP/)
  const document = {
    '[Content_Types].xml': strToU8(contentTypes('wordprocessingml.document')),
    'word/document.xml': strToU8('<w/>')
  }
  const macros = Buffer.from(zipSync({ ...document, 'word/vbaProject.bin': strToU8('x') }))
  t.match(await refusal(t, macros, 'rapport.docx'), /macros/)
  const good = Buffer.from(zipSync(document))
  t.match(await refusal(t, good.subarray(0, good.length - 30), 'rapport.docx'), /abîmé/)
  t.match(await store(good, 'rapport.zip'), {
    kind: 'document',
    content_type: fileTypes.docx.contentType,
    filename: 'rapport.zip.docx'
  })
  const deck = {
    '[Content_Types].xml': strToU8(contentTypes('presentationml.presentation')),
    'ppt/presentation.xml': strToU8('<p/>')
  }
  t.match(await store(Buffer.from(zipSync(deck)), 'D.PPTX'), { kind: 'presentation', filename: 'D.PPTX' })
  const mimetype = strToU8('application/vnd.oasis.opendocument.text')
  const text = Buffer.from(zipSync({ mimetype: [mimetype, { level: 0 }], 'content.xml': strToU8('<o/>') }))
  t.match(await store(text, 'note.odt'), { kind: 'document', content_type: fileTypes.odt.contentType })
  t.match(await store(Buffer.from('\ufeffWEBVTT\n\nété'), 'sous-titres.vtt'), { kind: 'captions' })
})

t.test('a photograph loses where and by what it was taken, and stands upright', async (t) => {
  const photo = await phonePhoto()
  const before = await sharp(photo).metadata()
  t.ok(before.exif, 'the photograph had EXIF')
  t.equal(before.orientation, 6)
  const media = await store(photo, 'IMG_2041.jpeg')
  t.match(media, { kind: 'image', content_type: 'image/jpeg', width: 300, height: 400 })
  const kept = readFileSync(blobPath(uploadsDir, media.sha256))
  const after = await sharp(kept).metadata()
  t.match(after, { width: 300, height: 400, exif: undefined, xmp: undefined, iptc: undefined })
  t.notOk(kept.includes('Telephone-de-Nadia'))
  t.notOk(kept.includes('Exif'))
  // The corner that was at the left of the bottom is now at the left of the top.
  const corner = await sharp(kept).extract({ left: 2, top: 2, width: 1, height: 1 }).raw().toBuffer()
  t.ok((corner[0] ?? 255) < 30 && (corner[1] ?? 0) > 220, 'turned the right way')
})

t.test('an image that is broken, or made to exhaust the server, is refused', async (t) => {
  const jpeg = await drawing(600, 400).jpeg().toBuffer()
  const png = await drawing(600, 400).png().toBuffer()
  t.match(await refusal(t, jpeg.subarray(0, jpeg.length / 2), 'coupee.jpg'), /abîmée/)
  t.match(await refusal(t, png.subarray(0, png.length / 2), 'coupee.png'), /abîmée/)
  const bomb = await sharp({ create: { width: 8000, height: 6000, channels: 3, background: 'white' } })
    .png({ compressionLevel: 9 })
    .toBuffer()
  t.match(await refusal(t, bomb, 'immense.png'), /40 millions/)
  const polyglot = await store(Buffer.concat([jpeg, Buffer.from('<script>alert(1)</script>')]), 'photo.png')
  t.match(polyglot, { content_type: 'image/jpeg', filename: 'photo.jpg' })
  t.notOk(readFileSync(blobPath(uploadsDir, polyglot.sha256)).includes('<script'))
})

t.test('an image that comes with the software is kept as it is, unless something is hidden in it', async (t) => {
  const bare = join(folder, 'bare.jpg')
  const told = join(folder, 'told.jpg')
  writeFileSync(bare, await drawing(500, 300).jpeg().toBuffer())
  writeFileSync(told, await phonePhoto())
  const ids = [
    await importFile(db, {
      uploadsDir,
      path: bare,
      filename: 'bare.jpg',
      title: 'A',
      alt: 'Un dessin',
      demonstration: true
    }),
    await importFile(db, { uploadsDir, path: told, filename: 'told.jpg', title: 'B' })
  ]
  const [first, second] = await db.selectFrom('media').selectAll().where('id', 'in', ids).orderBy('id').execute()
  t.match(first, { width: 500, height: 300, alt: 'Un dessin', demonstration: true })
  t.same(readFileSync(blobPath(uploadsDir, first?.sha256 ?? '')), readFileSync(bare))
  t.match(second, { width: 300, height: 400, alt: null })
  t.notOk(readFileSync(blobPath(uploadsDir, second?.sha256 ?? '')).includes('Telephone-de-Nadia'))
})

t.test('names stay readable and harm nobody', async (t) => {
  const { pdf, jpeg, pptx } = fileTypes
  t.equal(normaliseFilename('e\u0301te\u0301 2026.pdf', pdf), 'été 2026.pdf')
  t.equal(normaliseFilename('../../etc/passwd', pdf), 'passwd.pdf')
  t.equal(normaliseFilename('..\\..\\x.pdf', pdf), 'x.pdf')
  t.equal(normaliseFilename('..', pdf), 'fichier.pdf')
  t.equal(normaliseFilename('', pdf), 'fichier.pdf')
  t.equal(normaliseFilename('.htaccess', pdf), 'htaccess.pdf')
  t.equal(normaliseFilename('a\r\nSet-Cookie: x\0.pdf', pdf), 'aSet-Cookie: x.pdf')
  t.equal(normaliseFilename('photo\u202egpj.exe', jpeg), 'photogpj.exe.jpg')
  t.equal(normaliseFilename('Rapport v1.2', pdf), 'Rapport v1.2.pdf')
  t.equal(normaliseFilename('image.png', jpeg), 'image.jpg')
  t.equal(normaliseFilename('Exposé.PPTX', pptx), 'Exposé.PPTX')
  t.equal(normaliseFilename(`${'é'.repeat(300)}.pdf`, pdf), `${'é'.repeat(146)}.pdf`)
  const families = normaliseFilename(`${'👩‍👩‍👧'.repeat(60)}.pdf`, pdf)
  t.ok(families.length <= 150 && families.isWellFormed())
})

t.test('nothing is written outside the uploads folder, whatever the name', async (t) => {
  const before = listFiles().filter((path) => !path.startsWith(uploadsDir))
  for (const name of [
    '../../evil.pdf',
    '/etc/evil.pdf',
    '..\\evil.pdf',
    'C:\\evil.pdf',
    'a\0.pdf',
    '%2e%2e%2fevil.pdf',
    '~/evil.pdf'
  ]) {
    await store(Buffer.concat([pdf, Buffer.from(`%${name}\n%%EOF`)]), name)
  }
  t.same(
    listFiles().filter((path) => !path.startsWith(uploadsDir)),
    before
  )
  for (const path of listFiles().filter((path) => path.startsWith(uploadsDir))) {
    t.match(path.slice(uploadsDir.length), /^\/blobs\/([0-9a-f]{2})\/\1[0-9a-f]{62}$/)
  }
})

t.test('a file is served whole or by parts', async (t) => {
  const { app, visit } = await openFiles(t)
  const media = await store(video, 'film.mp4')
  const url = mediaUrl(media)
  const etag = `"${media.sha256}"`
  const last = video.length - 1

  const whole = await visit(url)
  t.equal(whole.statusCode, 200)
  t.same(whole.rawPayload, video)
  t.match(whole.headers, {
    'content-type': 'video/mp4',
    'content-length': String(video.length),
    'accept-ranges': 'bytes',
    etag,
    vary: 'cookie',
    'cache-control': 'private, no-cache',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'content-security-policy': /default-src 'none'.*; sandbox/,
    'content-disposition': 'inline; filename=film.mp4'
  })

  const parts: [range: string, start: number, end: number][] = [
    ['bytes=0-99', 0, 99],
    ['bytes=100-', 100, last],
    ['bytes=-100', last - 99, last],
    ['bytes=-999999999', 0, last],
    ['bytes=0-999999999', 0, last],
    [`bytes=${last}-${last}`, last, last],
    ['BYTES= 5-6', 5, 6]
  ]
  for (const [range, start, end] of parts) {
    const part = await visit(url, { range })
    t.equal(part.statusCode, 206, range)
    t.equal(part.headers['content-range'], `bytes ${start}-${end}/${video.length}`, range)
    t.equal(part.headers['content-length'], String(end - start + 1), range)
    t.ok(part.rawPayload.equals(video.subarray(start, end + 1)), range)
  }
  for (const range of [`bytes=${video.length}-`, 'bytes=-0', 'bytes=99999999999999999999-']) {
    const none = await visit(url, { range })
    t.equal(none.statusCode, 416, range)
    t.equal(none.headers['content-range'], `bytes */${video.length}`)
    t.equal(none.rawPayload.length, 0)
  }
  for (const range of ['bytes=0-1,5-6', 'bytes=5-1', 'bytes=-', 'bytes=a-b', 'lines=1-2', 'bytes']) {
    t.equal((await visit(url, { range })).statusCode, 200, `${range}: the whole file`)
  }

  t.equal((await visit(url, { range: 'bytes=0-9', 'if-range': etag })).statusCode, 206)
  t.equal((await visit(url, { range: 'bytes=0-9', 'if-range': '"other"' })).statusCode, 200)
  t.equal((await visit(url, { range: 'bytes=0-9', 'if-range': new Date().toUTCString() })).statusCode, 200)

  for (const tag of [etag, `W/${etag}`, `"a", ${etag}`, '*']) {
    const same = await visit(url, { 'if-none-match': tag })
    t.equal(same.statusCode, 304, tag)
    t.equal(same.rawPayload.length, 0)
    t.equal(same.headers.etag, etag)
  }
  t.equal((await visit(url, { 'if-none-match': '"other"' })).statusCode, 200)

  const head = await visit(url, { range: 'bytes=0-9' }, 'HEAD')
  t.equal(head.statusCode, 200)
  t.equal(head.headers['content-length'], String(video.length))
  t.equal(head.rawPayload.length, 0)

  // The same over a real connection, twice on one: what is announced is what is sent.
  await app.listen({ port: 0, host: '127.0.0.1' })
  const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  for (const range of ['bytes=0-99', 'bytes=100-199']) {
    const answer = await fetch(origin + url, { headers: { ...signedIn, range } })
    t.equal(answer.status, 206)
    t.equal((await answer.arrayBuffer()).byteLength, 100)
  }
})

t.test('signed out, no byte of any file', async (t) => {
  const { app } = await openFiles(t)
  const media = await store(video, 'film.mp4')
  for (const method of ['GET', 'HEAD'] as const) {
    for (const headers of [{}, { range: 'bytes=0-99' }, { 'if-none-match': `"${media.sha256}"` }]) {
      const answer = await app.inject({ method, url: mediaUrl(media), headers })
      t.equal(answer.statusCode, 303)
      t.match(answer.headers.location, /^\/connexion\?suite=/)
      t.equal(answer.rawPayload.length, 0)
      t.notOk(answer.headers.etag)
      t.notOk(answer.headers['content-range'])
    }
  }
})

t.test('what does not exist is not found', async (t) => {
  const { visit } = await openFiles(t)
  for (const id of ['0', '999999999', '99999999999999', '-1', '1e3', 'abc', '%2e%2e', "1'--"]) {
    t.equal((await visit(`/medias/${id}/film.mp4`)).statusCode, 404, id)
  }
  const media = await store(movie(randomBytes(300_000)), 'perdu.mp4')
  t.equal((await visit(`/medias/${media.id}/640.avif`)).statusCode, 404, 'a rendition that was never made')
  truncateSync(blobPath(uploadsDir, media.sha256), 1000)
  t.equal((await visit(mediaUrl(media))).statusCode, 404, 'a file that is no longer whole')
  rmSync(blobPath(uploadsDir, media.sha256))
  const lost = await visit(mediaUrl(media))
  t.equal(lost.statusCode, 404, 'a file that is no longer there')
  t.match(lost.headers['content-type'], /text\/html/)
  t.notOk(lost.headers.etag)
})

t.test('a file keeps its name when it is saved', async (t) => {
  const { visit } = await openFiles(t)
  const names = [
    'Délibération n° 12 – été 2026.pdf',
    'l’école "d’été" (1).pdf',
    'fête 🎉 œuvre €.pdf',
    `${'é'.repeat(146)}.pdf`,
    `${'🎉'.repeat(73)}.pdf`,
    'a;b=c%20.pdf'
  ]
  for (const name of names) {
    const media = await store(pdf, name)
    t.equal(media.filename, name)
    const shown = await visit(mediaUrl(media))
    t.equal(shown.statusCode, 200, name)
    const disposition = parse(String(shown.headers['content-disposition']))
    t.match(disposition, { type: 'inline', parameters: { filename: name } }, name)
    const saved = await visit(`${mediaUrl(media)}?telecharger=1`)
    t.match(saved.headers['content-disposition'], /^attachment;/)
  }
  // A name that came by another way than `storeFile`, as in a restored database.
  const hostile = await store(pdf, 'a.pdf')
  await db.updateTable('media').set({ filename: 'a"\r\nX-Evil: 1\u202e.pdf' }).where('id', '=', hostile.id).execute()
  const answer = await visit(`/medias/${hostile.id}/a.pdf`)
  t.equal(answer.statusCode, 200)
  t.notOk(answer.headers['x-evil'])
  t.match(answer.headers['content-security-policy'], /object-src 'self'/, 'the PDF viewer works')
  t.notMatch(answer.headers['content-security-policy'], /sandbox/)
  const text = Buffer.from('WEBVTT\n\n00:00.000 --> 00:01.000\nÉté')
  const captions = await visit(mediaUrl(await store(text, 'film.vtt')))
  t.equal(captions.headers['content-type'], 'text/vtt; charset=utf-8')
  const document = Buffer.from(
    zipSync({ '[Content_Types].xml': strToU8(contentTypes('spreadsheetml.sheet')), 'xl/workbook.xml': strToU8('<w/>') })
  )
  const sheet = await visit(mediaUrl(await store(document, 'budget.xlsx')))
  t.equal(sheet.headers['content-disposition'], 'attachment; filename=budget.xlsx')
})

t.test('readers who go away leave no file open', async (t) => {
  const { app, visit } = await openFiles(t)
  const media = await store(movie(randomBytes(12_000_000)), 'long.mp4')
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const openBlobs = () =>
    readdirSync('/dev/fd').filter((fd) => {
      try {
        return readlinkSync(`/dev/fd/${fd}`).includes('/blobs/')
      } catch {
        return false
      }
    }).length
  await Promise.all(
    Array.from({ length: 20 }, () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      const request = get({ port, host: '127.0.0.1', path: mediaUrl(media), headers: signedIn }, (answer) => {
        answer.once('data', () => {
          request.destroy()
          resolve()
        })
      })
      request.on('error', () => undefined)
      return promise
    })
  )
  for (let round = 0; round < 50 && openBlobs() > 0; round++) await sleep(20)
  t.equal(openBlobs(), 0)
  t.equal((await visit(mediaUrl(media), { range: 'bytes=0-9' })).statusCode, 206, 'and the site goes on')
})

t.test('renditions are made once, by whoever is free', async (t) => {
  const sizes: [width: number, height: number][] = [
    [1600, 900],
    [700, 500],
    [200, 100],
    [1000, 800]
  ]
  const ids: number[] = []
  for (const [width, height] of sizes) {
    const media = await store(await drawing(width, height).png().toBuffer(), `dessin-${width}.png`)
    ids.push(media.id)
  }
  const [firstId = 0] = ids
  const [first] = await db.selectFrom('media').selectAll().where('id', '=', firstId).execute()
  const twin = await store(readFileSync(blobPath(uploadsDir, first?.sha256 ?? '')), 'jumeau.png')
  const lost = await store(await drawing(330, 200).png().toBuffer(), 'perdu.png')
  rmSync(blobPath(uploadsDir, lost.sha256))
  const warned: unknown[] = []
  const log = { ...silent, warn: (facts: unknown) => warned.push(facts) }

  const makers = [startRenditions({ db, uploadsDir, log }), startRenditions({ db, uploadsDir, log })]
  t.teardown(() => Promise.all(makers.map((maker) => maker.stop())))
  // Somebody writes an alternative text meanwhile, and waits for nobody.
  await sleep(300)
  const start = Date.now()
  await db.updateTable('media').set({ alt: 'Un dessin' }).where('id', 'in', ids).execute()
  t.ok(Date.now() - start < 500)
  await Promise.all(makers.map((maker) => maker.idle()))

  const made = await db
    .selectFrom('renditions')
    .selectAll()
    .where('media_id', 'in', [...ids, twin.id, lost.id])
    .execute()
  const widthsOf = (id: number, format: string) =>
    made
      .filter((row) => row.media_id === id && row.format === format)
      .map((row) => row.width)
      .sort((a, b) => a - b)
  const expected = [[320, 640, 960, 1440], [320, 640], [200], [320, 640, 960]]
  for (const format of ['avif', 'webp']) {
    t.same(
      ids.map((id) => widthsOf(id, format)),
      expected
    )
    t.same(widthsOf(twin.id, format), widthsOf(firstId, format), 'the same bytes have the same renditions')
  }
  t.same(widthsOf(lost.id, 'webp'), [])
  t.match(warned, [{ mediaId: lost.id, failure: /missing/ }])
  t.equal(warned.length, 1, 'each image was tried once')
  t.same(
    await db.selectFrom('media').select('id').where('kind', '=', 'image').where('prepared_at', 'is', null).execute(),
    []
  )
  for (const { sha256, size, width, height, format } of made) {
    const file = readFileSync(blobPath(uploadsDir, sha256))
    t.equal(file.length, size)
    const facts = await sharp(file).metadata()
    t.match(facts, { width, height, format: format === 'avif' ? 'heif' : 'webp', exif: undefined })
  }
  t.equal(makers[0] && (await makers[0].idle()), undefined, 'a maker with nothing to do says so at once')

  const { visit } = await openFiles(t)
  const [row] = [...(await findMediaByIds(db, [firstId])).values()]
  if (!row) throw new Error('The image must be there.')
  const view = imageView(row)
  t.match(view, {
    alt: 'Un dessin',
    width: 1600,
    height: 900,
    src: `/medias/${firstId}/dessin-1600.png`
  })
  t.same(
    view.sources.map((source) => source.type),
    ['image/avif', 'image/webp']
  )
  const [smallest = ''] = view.sources[0]?.srcset.split(' 320w') ?? []
  const kept = await visit(smallest)
  t.equal(kept.statusCode, 200)
  t.equal(kept.headers['content-type'], 'image/avif')
  t.equal(kept.headers['cache-control'], 'private, max-age=31536000, immutable')
  t.equal(kept.headers.vary, 'cookie')
  const unnamed = await visit(smallest.split('?')[0] ?? '')
  t.equal(unnamed.headers['cache-control'], 'private, no-cache', 'an address that names no bytes is asked again')
  t.equal((await visit(`${smallest}0`)).headers['cache-control'], 'private, no-cache')
})

t.test('stopping does not wait for an image, which is taken up again', async (t) => {
  const media = await store(await drawing(1500, 1000).png().toBuffer(), 'grand.png')
  const maker = startRenditions({ db, uploadsDir, log: silent })
  await sleep(400)
  const start = Date.now()
  await maker.stop()
  t.ok(Date.now() - start < 2000)
  const again = startRenditions({ db, uploadsDir, log: silent })
  t.teardown(() => again.stop())
  await again.idle()
  const [row] = [...(await findMediaByIds(db, [media.id])).values()]
  t.equal(row?.renditions.length, 8)
})

t.test('the widths of renditions', async (t) => {
  t.same(widthsFor(5000), [320, 640, 960, 1440])
  t.same(widthsFor(1440), [320, 640, 960, 1440])
  t.same(widthsFor(1200), [320, 640, 960, 1200])
  t.same(widthsFor(1000), [320, 640, 960])
  t.same(widthsFor(100), [100])
  t.same(widthsFor(null), [320, 640, 960, 1440])
})

t.test('what pages are given', async (t) => {
  const poster = await store(await drawing(640, 360).png().toBuffer(), 'affiche.png')
  const captions = await store(Buffer.from('WEBVTT\n\n'), 'film.vtt')
  const path = join(folder, 'film.mov')
  writeFileSync(path, movie(bytes, 'qt  '))
  const linked = { poster_id: poster.id, captions_id: captions.id, duration_seconds: 125, transcript: 'Bonjour.' }
  const film = await importFile(db, { uploadsDir, path, filename: 'film.mov', title: 'Le film', ...linked })
  const deck = Buffer.from(
    zipSync({
      '[Content_Types].xml': strToU8(contentTypes('presentationml.presentation')),
      'ppt/presentation.xml': strToU8('<p/>')
    })
  )
  const decks = [await store(deck, 'a.pptx', 'Premier'), await store(deck, 'b.pptx', 'Second')]
  for (const { id } of decks) {
    await addSlides(db, id, [
      { image_id: poster.id, title: 'Un', text: 'Texte', notes: 'Notes' },
      { image_id: poster.id, title: 'Deux' }
    ])
  }
  await db
    .updateTable('media')
    .set({ page_count: 2 })
    .where('id', '=', decks[0]?.id ?? 0)
    .execute()

  const rows = await findMediaByIds(db, [film, 999_999])
  t.same([...rows.keys()], [film])
  const row = rows.get(film)
  if (!row) throw new Error('The film must be there.')
  t.same(videoView(row), {
    title: 'Le film',
    sources: [{ src: `/medias/${film}/film.mov`, type: 'video/mp4', media: undefined }],
    lightest: { src: `/medias/${film}/film.mov`, type: 'video/mp4', media: undefined },
    sound: undefined,
    downloadHref: `/medias/${film}/film.mov?telecharger=1`,
    removalHref: `/medias/${film}/retrait`,
    poster: `/medias/${poster.id}/affiche.png`,
    captionsSrc: `/medias/${captions.id}/film.vtt`,
    qualities: [],
    chapters: [],
    chaptersSrc: undefined,
    anchor: `video-${film}`,
    transcriptAnchor: `transcription-${film}`,
    transcript: 'Bonjour.',
    duration: '2\u00a0min\u00a005\u00a0s',
    weight: '300\u202fko',
    width: 640,
    height: 360
  })
  t.equal(documentView(row).typeLabel, 'Vidéo QuickTime')

  const ids = decks.map(({ id }) => id)
  const slides = await findSlides(db, ids)
  t.equal(slides.size, 2)
  const presentations = await findMediaByIds(db, ids)
  const [first, second] = [...presentations.values()].map((each) => deckView(each, slides.get(each.id) ?? []))
  t.match(first?.document, { title: 'Premier', typeLabel: 'PowerPoint', pages: '2\u00a0diapositives' })
  t.equal(second?.document.pages, undefined)
  t.same(
    first?.slides.map(({ title, text, notes }) => [title, text, notes]),
    [
      ['Un', 'Texte', 'Notes'],
      ['Deux', '', '']
    ]
  )
  const anchors = [first, second].flatMap((each) => each?.slides.map(({ anchor }) => anchor))
  t.equal(new Set(anchors).size, 4, 'anchors are unique in a page of several decks')
  t.same((await findMediaByIds(db, [])).size, 0)
  t.same((await findSlides(db, [])).size, 0)

  t.equal(mediaUrl({ id: 3, filename: '640.webp' }), '/medias/3/original-640.webp')
  t.equal(mediaUrl({ id: 3, filename: 'été ?#.pdf' }), '/medias/3/%C3%A9t%C3%A9%20%3F%23.pdf')
})

t.test('weights and durations are written the French way', async (t) => {
  const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')
  t.same([12, 340_000, 1_234_567, 999_700, 1_500_000_000].map(weightText).map(plain), [
    '1 ko',
    '340 ko',
    '1,2 Mo',
    '1 Mo',
    '1,5 Go'
  ])
  t.same([45, 125, 3720].map(durationText).map(plain), ['45 s', '2 min 05 s', '1 h 02 min'])
})
