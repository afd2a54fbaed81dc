/** Photos as phones and cameras make them: right colours, upright, nothing about who took them nor where, kept as what shows everywhere. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import t, { type Test } from 'tap'
import { startRenditions } from '../src/media/images/renditions.ts'
import { findProgram } from '../src/media/preparation/programs.ts'
import { RefusedFile } from '../src/media/types.ts'
import { blobPath, type StoredMedia, storeFile } from '../src/media/uploads.ts'
import { openSite } from './support/site.ts'

t.setTimeout(240_000)
const site = await openSite(t)
const { db } = site
const { uploadsDir } = site.config
const folder = mkdtempSync(join(tmpdir(), 'extranet-photos-'))
t.teardown(() => rmSync(folder, { recursive: true }))

type Colour = [number, number, number]
const brick: Colour = [200, 60, 50]

function plain([r, g, b]: Colour, width = 64, height = 48): Sharp {
  return sharp({ create: { width, height, channels: 3, background: { r, g, b } } })
}

function store(source: Buffer, filename: string): Promise<StoredMedia> {
  return storeFile(db, { uploadsDir, source, filename, title: 'Photo', details: { alt: '' } })
}

const bytesOf = (media: { sha256: string }): Buffer => readFileSync(blobPath(uploadsDir, media.sha256))

async function refusal(source: Buffer, filename: string): Promise<string> {
  const error = await store(source, filename).catch((reason: unknown) => reason)
  return error instanceof RefusedFile ? error.message : 'not refused'
}

/** The colour at a point, in hundredths, of what is stored, read as a browser without colour management would. */
async function colourAt(bytes: Buffer, x = 50, y = 50): Promise<number[]> {
  const { data, info } = await sharp(bytes)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const column = Math.floor((x / 100) * info.width)
  const row = Math.floor((y / 100) * info.height)
  const at = (row * info.width + column) * info.channels
  return [...data.subarray(at, at + info.channels)]
}

function near(t: Test, found: number[], wanted: Colour, tolerance: number, message: string): void {
  const far = wanted.some((value, index) => Math.abs(value - (found[index] ?? -999)) > tolerance)
  t.notOk(far, `${message}: ${found.join()} is near ${wanted.join()}`)
}

/** A profile with the primaries and the gamma of Adobe RGB (1998), written by hand: ICC.1:2010, version 2. */
function adobeRgb(): Buffer {
  const fixed = (value: number): Buffer => {
    const bytes = Buffer.alloc(4)
    bytes.writeInt32BE(Math.round(value * 65536))
    return bytes
  }
  const xyz = (x: number, y: number, z: number) =>
    Buffer.concat([Buffer.from('XYZ \0\0\0\0', 'latin1'), fixed(x), fixed(y), fixed(z)])
  const words = Buffer.from('Adobe RGB\0', 'latin1')
  const description = Buffer.concat([Buffer.from('desc\0\0\0\0\0\0\0\x0a', 'latin1'), words, Buffer.alloc(78)])
  const gamma = Buffer.from([...Buffer.from('curv\0\0\0\0'), 0, 0, 0, 1, 0x02, 0x33, 0, 0])
  const tags: [string, Buffer][] = [
    ['desc', description],
    ['cprt', Buffer.from('text\0\0\0\0aucun\0', 'latin1')],
    ['wtpt', xyz(0.9642, 1, 0.8249)],
    ['rXYZ', xyz(0.60974, 0.31111, 0.01947)],
    ['gXYZ', xyz(0.20528, 0.62567, 0.06087)],
    ['bXYZ', xyz(0.14919, 0.06322, 0.74457)],
    ['rTRC', gamma],
    ['gTRC', gamma],
    ['bTRC', gamma]
  ]
  const table = Buffer.alloc(4 + 12 * tags.length)
  table.writeUInt32BE(tags.length)
  const contents: Buffer[] = []
  let offset = 128 + table.length
  for (const [index, [name, content]] of tags.entries()) {
    const padded = Buffer.concat([content, Buffer.alloc((4 - (content.length % 4)) % 4)])
    table.write(name, 4 + 12 * index, 'latin1')
    table.writeUInt32BE(offset, 8 + 12 * index)
    table.writeUInt32BE(content.length, 12 + 12 * index)
    contents.push(padded)
    offset += padded.length
  }
  const head = Buffer.alloc(128)
  head.writeUInt32BE(offset)
  head.writeUInt32BE(0x02100000, 8)
  head.write('mntrRGB XYZ ', 12, 'latin1')
  head.write('acsp', 36, 'latin1')
  fixed(0.9642).copy(head, 68)
  fixed(1).copy(head, 72)
  fixed(0.8249).copy(head, 76)
  return Buffer.concat([head, table, ...contents])
}

t.test('whatever the profile of a photo, its colours are those of the web', async (t) => {
  const profile = join(folder, 'adobe.icc')
  writeFileSync(profile, adobeRgb())
  const fine = { quality: 100, chromaSubsampling: '4:4:4' }
  const photos: [string, Buffer, number][] = [
    ['p3.jpg', await plain(brick).withIccProfile('p3').jpeg(fine).toBuffer(), 4],
    ['adobe.jpg', await plain(brick).withIccProfile(profile).jpeg(fine).toBuffer(), 4],
    ['adobe.png', await plain(brick).withIccProfile(profile).png().toBuffer(), 3],
    ['p3-16-bits.png', await plain(brick).toColourspace('rgb16').withIccProfile('p3').png().toBuffer(), 3],
    // Ink cannot print this red: what comes back is what ImageMagick reads as well (196, 43, 42).
    ['cmyk.jpg', await plain(brick).toColourspace('cmyk').withIccProfile('cmyk').jpeg(fine).toBuffer(), 20],
    ['p3.webp', await plain(brick).withIccProfile('p3').webp({ quality: 100 }).toBuffer(), 8]
  ]
  for (const [name, source, tolerance] of photos) {
    const facts = await sharp(source).metadata()
    t.ok(facts.hasProfile, `${name} has a profile`)
    const media = await store(source, name)
    const bytes = bytesOf(media)
    const kept = await sharp(bytes).metadata()
    t.match(kept, { space: 'srgb', depth: 'uchar', hasProfile: false }, name)
    near(t, await colourAt(bytes), brick, tolerance, name)
  }
  // The proof that the profiles said something: their bare numbers are another colour.
  for (const [name, source] of photos.filter(([name]) => /^(p3|adobe)\.(jpg|png)/.test(name))) {
    const { data } = await sharp(source, { ignoreIcc: true }).raw().toBuffer({ resolveWithObject: true })
    t.ok(
      Math.abs((data[0] ?? 0) - brick[0]) > 8,
      `${name} without its profile would be ${[...data.subarray(0, 3)].join()}`
    )
  }
})

t.test('grey, palettes and transparency stay what they are', async (t) => {
  const grey = await store(await plain([120, 120, 120]).greyscale().jpeg().toBuffer(), 'gris.jpg')
  near(t, await colourAt(bytesOf(grey)), [120, 120, 120], 3, 'grey')
  const deep = await plain([120, 120, 120]).toColourspace('grey16').png().toBuffer()
  t.equal((await sharp(deep).metadata()).depth, 'ushort')
  const deepGrey = await store(deep, 'gris-16-bits.png')
  near(t, await colourAt(bytesOf(deepGrey)), [120, 120, 120], 3, 'grey of 16 bits')
  t.equal((await sharp(bytesOf(deepGrey)).metadata()).depth, 'uchar')
  const clear = { create: { width: 32, height: 48, channels: 4 as const, background: { r: 0, g: 0, b: 0, alpha: 0 } } }
  const palette = await sharp({ create: { ...clear.create, width: 64 } })
    .composite([
      { input: { create: { ...clear.create, background: { r: 200, g: 60, b: 50, alpha: 1 } } }, left: 0, top: 0 }
    ])
    .png({ palette: true })
    .toBuffer()
  t.equal((await sharp(palette).metadata()).isPalette, true)
  const kept = bytesOf(await store(palette, 'logo.png'))
  near(t, await colourAt(kept, 20), brick, 3, 'the left half')
  const { data, info } = await sharp(kept).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  t.same([data[3], data[(info.width - 1) * info.channels + 3]], [255, 0], 'the right half lets the page through')
})

const corners: Colour[] = [
  [220, 40, 40],
  [40, 160, 60],
  [50, 60, 210],
  [230, 220, 60]
]

/** Red, green, blue and yellow: top left, top right, bottom right, bottom left. */
async function fourCorners(): Promise<Buffer> {
  const places = [
    { left: 0, top: 0 },
    { left: 32, top: 0 },
    { left: 32, top: 24 },
    { left: 0, top: 24 }
  ]
  const quarters = await Promise.all(corners.map((colour) => plain(colour, 32, 24).png().toBuffer()))
  return plain([0, 0, 0], 64, 48)
    .composite(quarters.map((input, index) => ({ input, left: 0, top: 0, ...places[index] })))
    .png()
    .toBuffer()
}

/** Which corner of what is stored is seen top left, top right, bottom right and bottom left, for each EXIF orientation. */
const seen = ['0123', '1032', '2301', '3210', '0321', '3012', '2103', '1230']

async function hasCorners(t: Test, bytes: Buffer, order: string, message: string): Promise<void> {
  const points = [
    [20, 20],
    [80, 20],
    [80, 80],
    [20, 80]
  ] as const
  for (const [place, [x, y]] of points.entries()) {
    near(t, await colourAt(bytes, x, y), corners[Number(order[place])] ?? [0, 0, 0], 30, `${message}, corner ${place}`)
  }
}

t.test('each of the eight orientations is turned upright, once', async (t) => {
  const picture = await fourCorners()
  for (const [index, order] of seen.entries()) {
    const source = await sharp(picture)
      .withMetadata({ orientation: index + 1 })
      .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
      .toBuffer()
    const media = await store(source, `orientation-${index + 1}.jpg`)
    const bytes = bytesOf(media)
    const isTurned = index >= 4
    t.match(media, isTurned ? { width: 48, height: 64 } : { width: 64, height: 48 }, `orientation ${index + 1}`)
    t.equal((await sharp(bytes).metadata()).orientation, undefined)
    await hasCorners(t, bytes, order, `orientation ${index + 1}`)
  }
})

function withDate(image: Sharp, date: string, offset?: string): Sharp {
  return image.withExif({
    IFD0: { Artist: 'Nom du photographe', Copyright: 'Tous droits' },
    IFD2: { DateTimeOriginal: date, ...(offset && { OffsetTimeOriginal: offset }) },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 49/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '2/1 20/1 0/1' }
  })
}

t.test('the date of a photo is read before all that it says is thrown away', async (t) => {
  const dates: [string, string | undefined, string | null][] = [
    ['2026:07:14 10:30:00', '+02:00', '2026-07-14T08:30:00.000Z'],
    ['2026:07:14 10:30:00', undefined, '2026-07-14T08:30:00.000Z'],
    ['2026:01:14 10:30:00', undefined, '2026-01-14T09:30:00.000Z'],
    ['2026:01:14 10:30:00', '-05:00', '2026-01-14T15:30:00.000Z'],
    ['0000:00:00 00:00:00', undefined, null],
    ['    :  :     :  :  ', undefined, null],
    ['2126:01:01 00:00:00', undefined, null],
    ['2026:01:14 10:30:00', '+99:99', '2026-01-14T09:30:00.000Z'],
    ['n’importe quoi', undefined, null]
  ]
  for (const [date, offset, wanted] of dates) {
    const media = await store(await withDate(plain(brick), date, offset).jpeg().toBuffer(), 'datee.jpg')
    t.equal(media.taken_at?.toISOString() ?? null, wanted, `${date} ${offset ?? ''}`)
  }
  t.equal((await store(await plain(brick).png().toBuffer(), 'sans-date.png')).taken_at, null)
})

t.test(
  'nothing is left of the place, the author, nor of what hides behind the picture; not in renditions either',
  async (t) => {
    const xmp =
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="SECRET-XMP"/></rdf:RDF></x:xmpmeta>'
    const photo = await withDate(plain(brick, 900, 600), '2026:07:14 10:30:00')
      .withXmp(xmp)
      .jpeg()
      .toBuffer()
    // The marker of IPTC, then the second picture of an MPO or the map of light of an Ultra HDR photo, after the end of the first.
    const iptc = Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0fSECRET-IPTC-ABC\0', 'latin1')
    const marker = Buffer.from([0xff, 0xed, 0, iptc.length + 2])
    const second = await withDate(plain([1, 2, 3]), '2020:01:01 00:00:00')
      .jpeg()
      .toBuffer()
    const mpf = Buffer.from('\xff\xe2\0\x10MPF\0II*\0\x08\0\0\0\0\0', 'latin1')
    const source = Buffer.concat([
      photo.subarray(0, 2),
      marker,
      iptc,
      mpf,
      photo.subarray(2),
      second,
      Buffer.from('SECRET-BEHIND')
    ])
    const media = await store(source, 'photo.jpg')
    t.equal(media.taken_at?.toISOString(), '2026-07-14T08:30:00.000Z')
    const maker = startRenditions({ db, uploadsDir, log: site.app.log })
    await maker.idle()
    await maker.stop()
    const made = await db.selectFrom('renditions').selectAll().where('media_id', '=', media.id).execute()
    t.ok(made.length >= 4, 'in two formats and several widths')
    for (const { width, height } of made)
      t.ok(Math.abs(width / height - 1.5) < 0.01, `${width} × ${height} keeps the shape`)
    for (const file of [media, ...made]) {
      const bytes = bytesOf(file)
      const { exif, xmp, iptc, icc, hasProfile } = await sharp(bytes).metadata()
      t.same([exif, xmp, iptc, icc, hasProfile], [undefined, undefined, undefined, undefined, false])
      t.notMatch(bytes.toString('latin1'), /SECRET|Exif|MPF|hdrgm|Nom du photographe|8BIM/)
      near(t, await colourAt(bytes), brick, 6, 'its colour')
    }
  }
)

t.test('of an animation, the first picture is kept: nothing moves without being asked', async (t) => {
  const frames = await Promise.all([brick, [0, 0, 255] as Colour].map((colour) => plain(colour).png().toBuffer()))
  const moving = await sharp(frames, { join: { animated: true } })
    .webp({ loop: 0, delay: [100, 100] })
    .toBuffer()
  t.equal((await sharp(moving, { animated: true }).metadata()).pages, 2)
  const bytes = bytesOf(await store(moving, 'anime.webp'))
  t.equal((await sharp(bytes, { animated: true }).metadata()).pages ?? 1, 1)
  near(t, await colourAt(bytes), brick, 10, 'the first')
})

t.test('an AVIF is kept as WebP, under its name', async (t) => {
  const source = await withDate(plain(brick), '2026:07:14 10:30:00', '+02:00').avif({ quality: 90 }).toBuffer()
  const media = await store(source, 'Fête du personnel.avif')
  t.match(media, { content_type: 'image/webp', filename: 'Fête du personnel.webp', kind: 'image' })
  near(t, await colourAt(bytesOf(media)), brick, 8, 'its colour')
  t.match(await refusal(source.subarray(0, source.length - 40), 'coupee.avif'), /abîmée/)
})

const heifEnc = findProgram('heif-enc')
const heifConvert = findProgram('heif-convert')

/** As an iPhone writes it: the pixels of the sensor, how to turn them (irot), and the same in EXIF once more. */
function heic(name: string, sources: Buffer[]): Buffer {
  const paths = sources.map((source, index) => {
    const path = join(folder, `${name}-${index}.jpg`)
    writeFileSync(path, source)
    return path
  })
  const target = join(folder, `${name}.heic`)
  execFileSync(heifEnc ?? '', ['-q', '95', '-p', 'chroma=444', '-p', 'preset=ultrafast', ...paths, '-o', target], {
    stdio: 'ignore'
  })
  return readFileSync(target)
}

interface Box {
  start: number
  size: number
}

function findBox(bytes: Buffer, name: string): Box {
  const start = bytes.indexOf(name, 0, 'latin1') - 4
  return { start, size: bytes.readUInt32BE(start) }
}

/** Says in a HEIC file how its main picture is to be turned: a quarter `angle` times, against the clock. */
function turned(bytes: Buffer, angle: number): Buffer {
  const [meta, iprp, ipco, ipma, iloc] = ['meta', 'iprp', 'ipco', 'ipma', 'iloc'].map((name) =>
    findBox(bytes, name)
  ) as [Box, Box, Box, Box, Box]
  let properties = 0
  for (let at = ipco.start + 8; at < ipco.start + ipco.size; at += bytes.readUInt32BE(at)) properties += 1
  const irot = Buffer.from([0, 0, 0, 9, ...Buffer.from('irot'), angle])
  const grown = irot.length + 1
  const copy = Buffer.from(bytes)
  for (const [box, more] of [
    [meta, grown],
    [iprp, grown],
    [ipco, irot.length],
    [ipma, 1]
  ] as const) {
    copy.writeUInt32BE(box.size + more, box.start)
  }
  // Version 0: for each picture its number in two bytes, then how many properties it has, then one byte each.
  const main = bytes.readUInt16BE(findBox(bytes, 'pitm').start + 12)
  let count = ipma.start + 16 + 2
  while (bytes.readUInt16BE(count - 2) !== main) count += 3 + bytes.readUInt8(count)
  copy.writeUInt8(bytes.readUInt8(count) + 1, count)
  shiftExtents(copy, iloc, grown)
  const end = count + 1 + bytes.readUInt8(count)
  return Buffer.concat([
    copy.subarray(0, ipco.start + ipco.size),
    irot,
    copy.subarray(ipco.start + ipco.size, end),
    Buffer.from([0x80 | (properties + 1)]),
    copy.subarray(end)
  ])
}

/** The bytes of the pictures come after, and have moved. */
function shiftExtents(bytes: Buffer, iloc: Box, by: number): void {
  const version = bytes.readUInt8(iloc.start + 8)
  const sizes = bytes.readUInt16BE(iloc.start + 12)
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15]
  const items = bytes.readUInt16BE(iloc.start + 14)
  let at = iloc.start + 16
  for (let item = 0; item < items; item += 1) {
    at += 2
    const method = version > 0 ? bytes.readUInt16BE(at) & 15 : 0
    at += (version > 0 ? 2 : 0) + 2
    if (baseSize === 4 && method === 0)
      bytes.writeUInt32BE(bytes.readUInt32BE(at) + (bytes.readUInt32BE(at) > 0 ? by : 0), at)
    at += baseSize
    const extents = bytes.readUInt16BE(at)
    at += 2
    for (let extent = 0; extent < extents; extent += 1) {
      if (method === 0 && baseSize === 0) bytes.writeUInt32BE(bytes.readUInt32BE(at) + by, at)
      at += offsetSize + lengthSize
    }
  }
}

const advice = /HEIC des iPhone ne s’affichent pas partout. Exportez la photo en JPEG/

t.test('a photo of an iPhone is kept as JPEG: its colours, its date, and upright exactly once', async (t) => {
  const picture = await withDate(sharp(await fourCorners()).withIccProfile('p3'), '2026:07:14 10:30:00', '+02:00')
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
    .toBuffer()
  if (!heifConvert || !heifEnc) {
    const bare = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')
    t.match(await refusal(bare, 'IMG_1.HEIC'), /HEIC/, 'without its programs, the site says what to do')
    return
  }
  // Three quarters against the clock are one with it: what EXIF calls 6.
  const media = await store(turned(heic('telephone', [picture]), 3), 'IMG_2041.HEIC')
  t.match(media, { content_type: 'image/jpeg', filename: 'IMG_2041.jpg', kind: 'image', width: 48, height: 64 })
  t.equal(media.taken_at?.toISOString(), '2026-07-14T08:30:00.000Z')
  const bytes = bytesOf(media)
  t.match(await sharp(bytes).metadata(), { format: 'jpeg', hasProfile: false, exif: undefined, orientation: undefined })
  await hasCorners(t, bytes, seen[5] ?? '', 'orientation 6')
  t.notMatch(bytes.toString('latin1'), /Exif|Nom du photographe/)

  const flat = await store(heic('a-plat', [picture]), 'Vacances.heif')
  await hasCorners(t, bytesOf(flat), '0123', 'what the file itself does not turn is not turned')
  t.equal(flat.filename, 'Vacances.jpg')
})

t.test('of several pictures in a HEIC, the main one is kept', async (t) => {
  if (!heifConvert || !heifEnc)
    return t.match(await refusal(Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1'), 'a.heic'), /HEIC/)
  const sources = await Promise.all(
    [[10, 20, 30], brick, [30, 120, 40]].map((colour) =>
      plain(colour as Colour)
        .jpeg()
        .toBuffer()
    )
  )
  const bytes = heic('rafale', sources)
  const info = execFileSync('heif-info', [join(folder, 'rafale.heic')], { encoding: 'utf8' })
  const ids = [...info.matchAll(/^image: .*\(id=(\d+)\)/gm)].map(([, id]) => Number(id))
  t.equal(ids.length, 3)
  const pitm = findBox(bytes, 'pitm')
  bytes.writeUInt16BE(ids[1] ?? 0, pitm.start + 12)
  near(
    t,
    await colourAt(bytesOf(await store(bytes, 'rafale.heic'))),
    brick,
    8,
    'the second, which the file calls its main one'
  )
})

t.test(
  'a HEIC that is broken, too large, or on a machine without its programs is refused with what to do',
  async (t) => {
    const path = process.env.PATH
    t.teardown(() => {
      process.env.PATH = path
    })
    const bare = Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), Buffer.alloc(5000)])
    t.match(await refusal(bare, 'IMG_1.HEIC'), /HEIC/)
    if (heifConvert && heifEnc) {
      t.match(await refusal(bare, 'IMG_1.HEIC'), /abîmée, ou d’une sorte/)
      const whole = heic('entiere', [await plain(brick, 640, 480).jpeg().toBuffer()])
      t.match(await refusal(whole.subarray(0, Math.floor(whole.length / 2)), 'coupee.heic'), /abîmée/)
      const huge = heic('immense', [await plain(brick, 6400, 6400).jpeg().toBuffer()])
      t.match(await refusal(huge, 'immense.heic'), /40 millions/)
    }
    process.env.PATH = folder
    t.match(await refusal(bare, 'IMG_1.HEIC'), advice)
    process.env.PATH = path
  }
)
