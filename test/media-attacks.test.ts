/** What somebody who means harm, or has no luck, tries on files, films and photos. */
import path from 'node:path'
import sharp from 'sharp'
import t from 'tap'
import { replaceFile, storeFile } from '../src/media/uploads.ts'
import { checkLines, readCaptions, writeCaptions } from '../src/media/video/captions.ts'
import { chaptersText, chaptersTrack, readableChapters, readChapters } from '../src/media/video/chapters.ts'
import { cast, openSite } from './support/site.ts'

t.setTimeout(240_000)
const site = await openSite(t)
const { db } = site
const { uploadsDir } = site.config
const film = path.join(import.meta.dirname, '../src/demonstration/files/video-presentation.mp4')

async function agentId(person: keyof typeof cast): Promise<number> {
  const { id } = await db.selectFrom('agents').select('id').where('email', '=', cast[person]).executeTakeFirstOrThrow()
  return id
}

// Before anything is asked: the messages about removals come to the same mailbox as the codes.
for (const person of ['ines', 'nadia', 'paul', 'camille'] as const) await site.signIn(person)

let shade = 0

/** A photo that is unlike all others. */
function photo(): Promise<Buffer> {
  shade += 1
  const background = { r: shade, g: 200 - shade, b: 90 }
  return sharp({ create: { width: 320, height: 200, channels: 3, background } })
    .jpeg()
    .toBuffer()
}

async function bring(source: Buffer | { path: string }, filename: string, by: keyof typeof cast = 'ines') {
  return storeFile(db, { uploadsDir, source, filename, title: filename, details: { author_id: await agentId(by) } })
}

function rowOf(id: number) {
  return db.selectFrom('media').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

async function statusFor(person: keyof typeof cast, url: string): Promise<number> {
  const visitor = await site.signIn(person)
  return (await visitor.request({ method: 'GET', url })).statusCode
}

t.test('the words and the pictures of a video that is hidden are hidden with it', async (t) => {
  const { id } = await bring({ path: film }, 'fete.mp4')
  const captions = await bring(Buffer.from('WEBVTT\n\n00:00.000 --> 00:02.000\nJe suis Camille.\n'), 'mots.vtt')
  const formerFrame = await bring(await photo(), 'affiche.jpg')
  await db.updateTable('media').set({ frame_of: id }).where('id', '=', formerFrame.id).execute()
  await db
    .updateTable('media')
    .set({ captions_id: captions.id, chapters: JSON.stringify([{ at: 0, title: 'Camille parle' }]) })
    .where('id', '=', id)
    .execute()
  const addresses = [
    `/medias/${id}/fete.mp4`,
    `/medias/${id}/chapitres.vtt`,
    `/medias/${captions.id}/mots.vtt`,
    `/medias/${formerFrame.id}/affiche.jpg`
  ]
  for (const address of addresses) t.equal(await statusFor('nadia', address), 200, address)
  const camille = await site.signIn('camille')
  await camille.submit(await camille.visit(`/medias/${id}/retrait`), {}, { form: 'form[action$="/retrait"]' })
  t.ok((await rowOf(id)).hidden_at)
  for (const address of addresses) t.equal(await statusFor('nadia', address), 404, address)
})

t.test('a photo whose removal was asked does not come back by being sent once more', async (t) => {
  const bytes = await photo()
  const { id } = await bring(bytes, 'portrait.jpg')
  const camille = await site.signIn('camille')
  await camille.submit(await camille.visit(`/medias/${id}/retrait`), {}, { form: 'form[action$="/retrait"]' })
  const again = await bring(bytes, 'portrait-2.jpg', 'nadia')
  t.equal(await statusFor('paul', `/medias/${again.id}/portrait-2.jpg`), 404, 'sent as a new file')
  const other = await bring(await photo(), 'autre.jpg', 'nadia')
  await replaceFile(db, other, { uploadsDir, source: bytes })
  t.equal(await statusFor('paul', `/medias/${other.id}/autre.jpg`), 404, 'sent in the place of another')
  const ines = await site.signIn('ines')
  await ines.submit(
    await ines.visit(`/gestion/mediatheque/${id}`),
    { decision: 'remise', raison: 'C’est quelqu’un d’autre.' },
    { form: 'form[action$="/decision"]' }
  )
  t.equal(await statusFor('paul', `/medias/${again.id}/portrait-2.jpg`), 200, 'all come back together')
})

t.test('what was refused for a photo holds for the same photo sent once more', async (t) => {
  const bytes = await photo()
  const { id } = await bring(bytes, 'refus.jpg')
  const ines = await site.signIn('ines')
  await ines.submit(
    await ines.visit(`/gestion/mediatheque/${id}`),
    { accord: 'non', personnes: 'Léa M.' },
    { form: 'form[action$="/droit-a-l-image"]' }
  )
  const again = await bring(bytes, 'refus-2.jpg', 'nadia')
  t.match(await rowOf(again.id), { agreement: 'non', people: 'Léa M.' })
  t.equal(await statusFor('paul', `/medias/${again.id}/refus-2.jpg`), 404)
})

t.test('characters that no keyboard types are no breakdown', async (t) => {
  const { id } = await bring({ path: film }, 'nul.mp4')
  const ines = await site.signIn('ines')
  const base = `/gestion/mediatheque/${id}`
  const version = async (): Promise<string> => {
    const page = await ines.visit(`${base}/sous-titres`)
    return page.document.querySelector('form[action$="/transcription"] [name="version"]')?.getAttribute('value') ?? ''
  }
  const sent: [string, Record<string, string>][] = [
    [
      `${base}/transcription`,
      { transcript: 'Bonjour\0 à tous', chapters: '0:00 Le\0 début', version: await version() }
    ],
    [`${base}/sans-sous-titres`, { raison: 'autre', precision: 'Une\0 raison' }],
    [base, { title: 'Un\0 titre', transcript: 'Des\0 mots', chapters: '0:00 Un\0 chapitre', dossier: 'Do\0ssier' }],
    [`${base}/droit-a-l-image`, { accord: 'oui', personnes: 'Lé\0a', accord_source: 'ici\0' }],
    [`/medias/${id}/retrait`, { message: 'C’est\0 moi' }],
    [`${base}/decision`, { decision: 'remise', raison: 'Non\0.' }],
    ['/recherche?q=%00mot', {}]
  ]
  for (const [address, values] of sent) {
    const answer = address.startsWith('/recherche')
      ? await ines.visit(address)
      : await ines.post(address, values, { houseRules: false })
    t.ok(answer.status < 400, `${address} ${answer.status}`)
  }
  t.equal((await rowOf(id)).transcript, 'Des mots')
})

t.test('moments and days that do not exist are refused in words', async (t) => {
  const { id } = await bring({ path: film }, 'temps.mp4')
  await db.updateTable('media').set({ duration_seconds: null }).where('id', '=', id).execute()
  const ines = await site.signIn('ines')
  const frame = await ines.post(`/gestion/mediatheque/${id}/image-du-film`, { image_du_film: '99:59:59' })
  t.equal(frame.status, 422)
  for (const day of ['2026-02-30', '2026-11-31', '9999-99-99', '0000-01-01', '2026-12-32']) {
    const answer = await ines.post(`/gestion/mediatheque/${id}/sans-sous-titres`, { raison: 'recente', attendus: day })
    t.equal(answer.status, 422, day)
    const rights = { accord: 'jusqu_au', accord_fin: day }
    t.equal((await ines.post(`/gestion/mediatheque/${id}/droit-a-l-image`, rights)).status, 422, day)
  }
})

t.test('a form of captions that is too long loses nothing of what is stored', async (t) => {
  const { id } = await bring({ path: film }, 'longue.mp4')
  await db.updateTable('media').set({ duration_seconds: null }).where('id', '=', id).execute()
  const nadia = await site.signIn('ines')
  const address = `/gestion/mediatheque/${id}/sous-titres`
  const send = async (count: number, text = (n: number) => `Mot ${n}`) => {
    const page = await nadia.visit(address)
    const version = page.document.querySelector('[data-captions-form] [name="version"]')?.getAttribute('value') ?? ''
    const numbers = Array.from({ length: count }, (_, index) => index)
    return nadia.post(
      address,
      {
        version,
        'debut[]': numbers.map((n) => String(n * 2)),
        'fin[]': numbers.map((n) => String(n * 2 + 1)),
        'texte[]': numbers.map(text)
      },
      { houseRules: false }
    )
  }
  t.equal((await send(2)).status, 303)
  const before = (await rowOf(id)).captions_id
  for (const count of [3050, 3300]) {
    const refused = await send(count)
    t.equal(refused.status, 422, `${count} lines: ${refused.status}`)
    t.match(refused.text, 'Mot 17', 'what was typed is still there')
    t.equal((await rowOf(id)).captions_id, before)
  }
  const long = await send(2, (n) => (n === 0 ? 'Première phrase' : 'x'.repeat(30_000)))
  t.equal(long.status, 422)
  t.match(long.html, 'Première phrase', 'a text that is much too long loses no other')
  t.equal((await rowOf(id)).captions_id, before)
})

t.test('captions that are made to be slow are read at once', (t) => {
  const bombs = ['<', '<v ', '<v a', '{\\', '<v  \t', '\n', ' \n', '1', '&', '-->', '<b>', '{\\a}', '\u00a0 ']
  for (const bomb of bombs) {
    const text = bomb.repeat(Math.floor(1_900_000 / bomb.length))
    const startedAt = performance.now()
    readCaptions(`WEBVTT\n\n00:01 --> 00:02\n${text}`)
    readCaptions(`WEBVTT\n\n${text} --> ${text}\nMots`)
    readCaptions(`WEBVTT\n\n00:01 --> 00:02\n<v${' '.repeat(50)}${text}`)
    const duration = performance.now() - startedAt
    t.ok(duration < 3000, `${JSON.stringify(bomb)} ${Math.round(duration)} ms`)
  }
  t.equal(readCaptions(`WEBVTT\n\n${'00:01 --> 00:02\nMots\n\n'.repeat(80_000)}`), undefined)
  t.end()
})

t.test('words become neither a time nor markup in the file of captions', (t) => {
  const text = 'a --> b\n<script>alert(1)</script>\nNOTE 00:00 --> 00:01\nSTYLE\n::cue{}'
  const { captions, problems } = checkLines([{ start: '0:01', end: '0:02', text }], 10)
  t.strictSame(problems, [])
  const written = writeCaptions(captions)
  t.equal(written.split('-->').length, 2, written)
  t.notMatch(written, /<|\n\n\n|\n\nSTYLE|\n\nNOTE/)
  t.equal(readCaptions(written)?.length, 1)
  t.end()
})

t.test('what only looks like a form is refused, and no captions go because of it', async (t) => {
  const { id } = await bring({ path: film }, 'faux.mp4')
  const ines = await site.signIn('ines')
  const address = `/gestion/mediatheque/${id}/sous-titres`
  const headers = { origin: site.origin, 'sec-fetch-site': 'same-origin' }
  for (const [url, type, payload] of [
    [address, 'application/json', '[1]'],
    [address, 'text/plain', 'x'],
    [`${address}/lignes`, 'application/json', '"x"'],
    [`${address}/importer`, 'multipart/form-data; boundary=x', 'no part'],
    [
      `${address}/importer`,
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="fichier"; filename="a"\r\n\r\nb'
    ]
  ] as const) {
    const answer = await ines.request({ method: 'POST', url, headers: { ...headers, 'content-type': type }, payload })
    t.equal(answer.statusCode, 422, `${url} ${payload}`)
  }
})

t.test('a film that says nonsense of its chapters gives only those that can be saved again', (t) => {
  const said = [
    { at: 4, title: 'Un\n\nSTYLE\n::cue{}' },
    { at: 0, title: '<script>alert(1)</script>' },
    { at: 4, title: 'Deux fois au même moment' },
    { at: 5.25, title: '\u{1f600}'.repeat(90) },
    { at: 6, title: ' - ' },
    { at: 7, title: `${'x'.repeat(119)}\u{1f600}` },
    { at: 999, title: 'Après la fin' },
    { at: Number.NaN, title: 'Jamais' },
    ...Array.from({ length: 300 }, (_, index) => ({ at: 8 + index / 1000, title: `Chapitre ${index}` }))
  ]
  const chapters = readableChapters(said, 10)
  t.equal(chapters.length, 100)
  t.strictSame(readChapters(chaptersText(chapters), 10), { chapters, problem: undefined })
  t.notMatch(JSON.stringify(chapters), /\\ud83d|\\n/)
  t.notMatch(chaptersTrack(chapters, 10), /<script|\n\nSTYLE/)
  t.end()
})

t.test('nobody takes the logo of the city off by asking for the removal of its copy', async (t) => {
  const bytes = await photo()
  const [logo, copy] = [await bring(bytes, 'logo.jpg'), await bring(bytes, 'copie.jpg')]
  await db.updateTable('settings').set({ logo_id: logo.id }).execute()
  for (const { id } of [logo, copy]) t.equal(await statusFor('camille', `/medias/${id}/retrait`), 404)
})

t.test('people who bring files and people who replace some do not wait for each other for ever', async (t) => {
  await db.updateTable('settings').set({ quota_gigabytes: 1 }).execute()
  const first = await bring(await photo(), 'cible-1.jpg')
  const targets = [first, await bring(await photo(), 'cible-2.jpg')]
  const outcomes: PromiseSettledResult<unknown>[] = []
  for (let round = 0; round < 4; round += 1) {
    const [one, two, three, four] = await Promise.all([photo(), photo(), photo(), photo()])
    const replace = (index: number, source: Buffer) => replaceFile(db, targets[index] ?? first, { uploadsDir, source })
    const work = [bring(one, 'a.jpg'), replace(0, two), bring(three, 'b.jpg'), replace(1, four)]
    outcomes.push(...(await Promise.allSettled(work)))
  }
  t.strictSame(
    outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : [])),
    []
  )
})
