/** The words of a video: captions written beside it, a transcript, chapters, or why there are none. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { blobPath, storeFile } from '../src/media/uploads.ts'
import {
  adviceOnLine,
  checkLines,
  readCaptions,
  transcriptOf,
  withoutOverlaps,
  writeCaptions
} from '../src/media/video/captions.ts'
import { chaptersText, chaptersTrack, readChapters } from '../src/media/video/chapters.ts'
import { filmTimeText, readFilmTime } from '../src/media/video/film-time.ts'
import { cast, openSite, type Page, type Values, type Visitor } from './support/site.ts'

t.setTimeout(120_000)
const site = await openSite(t)
const { db } = site
const film = path.join(import.meta.dirname, '../src/demonstration/files/video-presentation.mp4')
const shortFilm = path.join(import.meta.dirname, '../src/demonstration/files/video-culture.mp4')

async function agentId(person: keyof typeof cast): Promise<number> {
  const { id } = await db.selectFrom('agents').select('id').where('email', '=', cast[person]).executeTakeFirstOrThrow()
  return id
}

/** A video that nobody wrote anything about. */
async function bringVideo(by: keyof typeof cast = 'ines', title = 'La fête'): Promise<number> {
  const media = await storeFile(db, {
    uploadsDir: site.config.uploadsDir,
    source: { path: film },
    filename: 'fete.mp4',
    title,
    details: { author_id: await agentId(by) }
  })
  await db.updateTable('media').set({ preparation: 'ready' }).where('id', '=', media.id).execute()
  return media.id
}

function mediaRow(id: number) {
  return db.selectFrom('media').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

async function captionsOf(id: number): Promise<string> {
  const { captions_id } = await mediaRow(id)
  const { sha256 } = await mediaRow(captions_id ?? 0)
  return readFileSync(blobPath(site.config.uploadsDir, sha256), 'utf8')
}

const address = (id: number): string => `/gestion/mediatheque/${id}/sous-titres`
const captionsForm = '[data-captions-form]'

/** As a browser sends the lines of a page. */
function saveLines(visitor: Visitor, page: Page, lines: [string, string, string][]): Promise<Page> {
  const version = page.document.querySelector(`${captionsForm} [name="version"]`)?.getAttribute('value') ?? ''
  return visitor.post(page.path, {
    version,
    'debut[]': lines.map(([start]) => start),
    'fin[]': lines.map(([, end]) => end),
    'texte[]': lines.map(([, , text]) => text)
  })
}

t.test('a moment of a film is read as people write it, and written the shortest way', async (t) => {
  const times: [string, number | undefined][] = [
    ['1:02,5', 62_500],
    ['00:01:02.500', 62_500],
    [' 62,5 ', 62_500],
    ['75', 75_000],
    ['1 h 2:03', 3_723_000],
    ['0:00', 0],
    ['1:75', undefined],
    ['1:60:00', undefined],
    ['', undefined],
    ['-1', undefined],
    ['1:2:3:4', undefined],
    ['1e3', undefined],
    ['99:59:59,999', 359_999_999]
  ]
  for (const [typed, ms] of times) t.equal(readFilmTime(typed), ms, typed)
  for (const ms of [0, 500, 62_500, 3_600_000, 3_723_045, 359_999_999]) {
    t.equal(readFilmTime(filmTimeText(ms)), ms, filmTimeText(ms))
  }
  t.equal(filmTimeText(62_500), '1:02,5')
  t.equal(filmTimeText(3_723_045), '1:02:03,045')
})

t.test(
  'captions are read from what tools write, and written so that nothing in them is taken for a mark',
  async (t) => {
    const srt =
      '\ufeff1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>Bonjour</i> &amp; bienvenue\r\nà tous\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000 X1:1\r\n{\\an8}Suite\r\n'
    t.same(readCaptions(srt), [
      { start: 1000, end: 2500, text: 'Bonjour & bienvenue\nà tous' },
      { start: 3000, end: 4000, text: 'Suite' }
    ])
    const vtt =
      'WEBVTT - Titre\n\nSTYLE\n::cue { color: red }\n\nNOTE rien\n\nid-1\n00:01.000 --> 00:02.000 line:0 align:start\n<v.fort Inès>Bonjour</v>\n \nnon lu --> ceci\nX\n'
    t.same(readCaptions(vtt), [{ start: 1000, end: 2000, text: 'Inès\u00a0: Bonjour' }])
    t.equal(readCaptions('Ceci n’est pas un sous-titre.'), undefined)
    t.equal(readCaptions(''), undefined)

    const hostile = [{ start: 0, end: 1000, text: '</v><script>1 --> 2 & "ok"' }]
    t.equal(
      writeCaptions(hostile),
      'WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n&lt;/v&gt;&lt;script&gt;1 --&gt; 2 &amp; "ok"\n'
    )
    t.same(readCaptions(writeCaptions(hostile)), hostile)
    t.same(
      withoutOverlaps([
        { start: 2000, end: 4000, text: 'b' },
        { start: 0, end: 3000, text: 'a' }
      ]),
      [
        { start: 0, end: 2000, text: 'a' },
        { start: 2000, end: 4000, text: 'b' }
      ],
      'automatic captions that overlap follow each other'
    )
    const many = Array.from({ length: 3001 }, (_, index) => ({
      start: index * 1000,
      end: index * 1000 + 900,
      text: 'x'
    }))
    t.equal(readCaptions(writeCaptions(many)), undefined, 'beyond what a page can hold')
  }
)

t.test('lines that cannot be followed are advised, those that cannot be shown are refused', async (t) => {
  const line = (start: string, end: string, text: string) => ({ start, end, text })
  t.equal(adviceOnLine(line('0:00', '0:04', 'Bonjour à tous.')), undefined)
  t.match(adviceOnLine(line('0:00', '0:09', 'x'.repeat(43))), 'Une ligne de 43 caractères')
  t.match(adviceOnLine(line('0:00', '0:09', 'a\nb\nc')), '3 lignes')
  t.match(
    adviceOnLine(line('0:00', '0:01', 'Vingt-cinq caractères ici.')),
    'Trop rapide à lire\u00a0: 26 caractères par seconde'
  )
  t.match(adviceOnLine(line('0:00', '0:00,5', 'Oui')), 'moins d’une seconde')

  const { captions, problems } = checkLines(
    [line('0:10', '0:12', 'Après'), line('', '', ' '), line('0:01', '0:03', 'Avant')],
    30
  )
  t.same(problems, [])
  t.same(
    captions.map(({ text }) => text),
    ['Avant', 'Après'],
    'a forgotten sentence may be written last'
  )
  const refused = checkLines(
    [
      line('0:01', '0:01', 'Rien'),
      line('x', '', 'Bonjour'),
      line('0:05', '0:08', ''),
      line('0:07', '0:09', 'Dessus'),
      line('0:50', '0:51', 'Trop loin'),
      line('0:20', '0:21', 'x'.repeat(501))
    ],
    30
  ).problems.map(({ index, part, message }) => `${index} ${part} ${message}`)
  t.same(refused, [
    '0 end La fin doit venir après le début.',
    '1 start Écrivez un temps comme 1:02,5 (minutes, secondes, dixièmes).',
    '1 end Écrivez un temps comme 1:02,5 (minutes, secondes, dixièmes).',
    '2 text Écrivez ce qui se dit, ou supprimez cette ligne.',
    '3 start Le sous-titre d’avant finit à 0:08\u00a0: deux ne s’affichent pas ensemble.',
    '4 start La vidéo finit à 0:30.',
    '5 text Ce sous-titre est trop long\u00a0: 500 caractères au plus.'
  ])
})

t.test('captions become paragraphs, and chapters a track', async (t) => {
  const say = (start: number, end: number, text: string) => ({ start, end, text })
  t.equal(
    transcriptOf([say(0, 1000, 'Bonjour\nà tous.'), say(1200, 2000, 'Voici la suite.'), say(6000, 7000, 'Fin.')]),
    'Bonjour à tous. Voici la suite.\n\nFin.'
  )
  t.same(readChapters('2:15 Le budget\n\n0:00 – Bonjour\r\n', 200), {
    chapters: [
      { at: 0, title: 'Bonjour' },
      { at: 135, title: 'Le budget' }
    ],
    problem: undefined
  })
  t.equal(chaptersText([{ at: 135.5, title: 'Le budget' }]), '2:15,5 Le budget')
  t.equal(
    readChapters('Le budget', 200).problem,
    'Ligne 1\u00a0: écrivez un temps puis un titre, comme «\u00a02:15 Le budget\u00a0».'
  )
  t.equal(readChapters('0:00 A\n9:00 B', 200).problem, 'Ligne 2\u00a0: la vidéo finit à 3:20.')
  t.equal(readChapters('0:10 A\n10 B', 200).problem, 'Deux chapitres commencent à 0:10.')
  t.equal(
    chaptersTrack(
      [
        { at: 0, title: 'A' },
        { at: 5, title: 'B' }
      ],
      9
    ),
    'WEBVTT\n\n00:00:00.000 --> 00:00:05.000\nA\n\n00:00:05.000 --> 00:00:09.000\nB\n'
  )
})

t.test(
  'the webmaster writes captions without any script: lines, gestures, errors, and a file of their own',
  async (t) => {
    const id = await bringVideo()
    const ines = await site.signIn('ines')
    const empty = await ines.visit(address(id))
    t.equal(empty.document.querySelectorAll('[data-caption-line]').length, 3, 'blank lines wait')

    const wrong = await saveLines(ines, empty, [
      ['0:02', '0:01', 'Bonjour à tous.'],
      ['demain', '0:09', 'La suite.']
    ])
    t.equal(wrong.status, 422)
    t.match(wrong.text, 'La fin doit venir après le début.')
    t.equal(wrong.document.querySelector('#debut-1')?.getAttribute('value'), 'demain', 'what was typed comes back')
    t.equal(wrong.document.querySelector('#debut-1')?.getAttribute('aria-invalid'), 'true')
    t.ok(wrong.document.querySelector('.error-summary a[href="#debut-1"]'), 'the summary leads to the field')
    t.equal((await mediaRow(id)).captions_id, null)

    const added = await ines.submit(wrong, {}, { form: captionsForm, button: 'Ajouter après' }).catch(() => undefined)
    t.ok(added, 'the first line has a button')
    t.equal(added?.document.querySelectorAll('[data-caption-line]').length, 6, 'one more line than were typed')
    t.equal(added?.document.querySelector('#debut-1')?.getAttribute('value'), '0:01', 'it begins where the other ends')
    const removed = await ines.post(`${address(id)}/lignes`, {
      version: 'aucun',
      'debut[]': ['1', '2'],
      'fin[]': ['2', '3'],
      'texte[]': ['Un', 'Deux'],
      geste: 'supprimer-0'
    })
    t.equal(removed.status, 200)
    t.equal(removed.document.querySelector('#texte-0')?.textContent, 'Deux')

    const saved = await saveLines(ines, empty, [
      ['0:05', '0:07', 'Deuxième.'],
      ['0:01,5', '0:04', 'Bonjour\r\n\r\nà <tous>.'],
      ['', '', '']
    ])
    t.equal(saved.status, 303)
    t.equal(
      await captionsOf(id),
      'WEBVTT\n\n00:00:01.500 --> 00:00:04.000\nBonjour\nà &lt;tous&gt;.\n\n00:00:05.000 --> 00:00:07.000\nDeuxième.\n'
    )
    const shown = await ines.visit(address(id))
    t.equal(shown.document.querySelector('#debut-0')?.getAttribute('value'), '0:01,5')
    t.equal(shown.document.querySelector('#texte-0')?.textContent, 'Bonjour\nà <tous>.', 'as typed')
    const line = await db
      .selectFrom('journal')
      .select(['agent_name', 'details'])
      .where('subject', '=', 'media')
      .where('subject_id', '=', id)
      .orderBy('id', 'desc')
      .executeTakeFirst()
    t.match(line, { details: 'Sous-titres' })
    t.notOk(shown.text.includes('Sans sous-titres ni transcription'), 'a reason is no longer asked for')
  }
)

t.test('what is replaced goes to the trash, and two who write at once lose nothing', async (t) => {
  const id = await bringVideo()
  const ines = await site.signIn('ines')
  const first = await ines.visit(address(id))
  t.equal((await saveLines(ines, first, [['0:01', '0:02', 'Une.']])).status, 303)
  const former = (await mediaRow(id)).captions_id
  const before = await ines.visit(address(id))
  t.equal((await saveLines(ines, before, [['0:01', '0:02', 'Deux.']])).status, 303)
  t.ok((await mediaRow(former ?? 0)).trashed_at, 'the former file is in the trash')
  t.equal((await saveLines(ines, before, [['0:01', '0:02', 'Deux.']])).status, 303, 'sent twice, it is no conflict')

  const refused = await saveLines(ines, before, [['0:01', '0:02', 'Trois.']])
  t.equal(refused.status, 409)
  t.match(refused.text, 'a enregistré une autre version')
  t.match(refused.text, 'Deux.', 'theirs')
  t.equal(refused.document.querySelector('#texte-0')?.textContent, 'Trois.', 'and mine')
  t.match(await captionsOf(id), 'Deux.', 'nothing was written')
  const kept = await ines.submit(refused, {}, { form: captionsForm, button: 'Enregistrer les sous-titres' })
  t.equal(kept.status, 200)
  t.match(await captionsOf(id), 'Trois.', 'once both were seen, mine is kept')

  const both = await ines.visit(address(id))
  const answers = await Promise.all(['Quatre.', 'Cinq.'].map((text) => saveLines(ines, both, [['0:01', '0:02', text]])))
  t.same(answers.map(({ status }) => status).sort(), [303, 409], 'at the same moment, one is told')

  const gone = await saveLines(ines, await ines.visit(address(id)), [])
  t.equal(gone.status, 303)
  t.equal((await mediaRow(id)).captions_id, null, 'all lines removed, there are none')
})

t.test('captions that another video shows too stay out of the trash', async (t) => {
  const [one, other] = [await bringVideo(), await bringVideo()]
  const ines = await site.signIn('ines')
  await saveLines(ines, await ines.visit(address(one)), [['0:01', '0:02', 'À deux.']])
  const shared = (await mediaRow(one)).captions_id
  await db.updateTable('media').set({ captions_id: shared }).where('id', '=', other).execute()
  await saveLines(ines, await ines.visit(address(one)), [['0:01', '0:02', 'Seule.']])
  t.equal((await mediaRow(shared ?? 0)).trashed_at, null)
  t.equal((await mediaRow(other)).captions_id, shared)
})

t.test('a file fills the lines, and is written only when the page is saved', async (t) => {
  const id = await bringVideo()
  const ines = await site.signIn('ines')
  const send = async (name: string, bytes: Buffer | string) => {
    const form = new FormData()
    form.append('fichier', new Blob([Buffer.from(bytes)]), name)
    const body = new Response(form)
    const response = await ines.request({
      method: 'POST',
      url: `${address(id)}/importer`,
      headers: {
        origin: site.origin,
        'sec-fetch-site': 'same-origin',
        'content-type': body.headers.get('content-type') ?? ''
      },
      payload: Buffer.from(await body.arrayBuffer())
    })
    return { status: response.statusCode, html: response.body }
  }
  const srt = '1\n00:00:01,000 --> 00:00:03,000\nDéjà l’été\n\n2\n00:00:02,000 --> 00:00:05,000\nSuite\n'
  const taken = await send('film.srt', srt)
  t.equal(taken.status, 200)
  t.match(taken.html, /2\s?sous-titres lus/)
  t.match(taken.html, 'value="0:02"', 'what overlapped follows')
  t.match(taken.html, 'Déjà l’été')
  t.match(
    (await send('vieux.srt', Buffer.from('1\n00:00:01,000 --> 00:00:03,000\nD\xe9j\xe0\n', 'latin1'))).html,
    'Déjà'
  )
  t.equal((await mediaRow(id)).captions_id, null)
  for (const [name, content, message] of [
    ['film.mp4', readFileSync(shortFilm).subarray(0, 5000), 'ne contient pas de sous-titres lisibles'],
    ['vide.srt', '', 'Choisissez un fichier VTT ou SRT.'],
    ['lourd.srt', 'x'.repeat(2_100_000), 'trop lourd']
  ] as const) {
    const refused = await send(name, content)
    t.equal(refused.status, 422, name)
    t.match(refused.html, message)
  }
  t.equal((await ines.post(`${address(id)}/importer`)).status, 422, 'without a file')
})

t.test('whoever brought a video writes its words; others do not learn that it exists', async (t) => {
  const id = await bringVideo('nadia', 'Le film de Nadia')
  const nadia = await site.signIn('nadia')
  const page = await nadia.visit(address(id))
  t.equal(page.status, 200)
  t.notOk(page.document.querySelector(`main a[href="/gestion/mediatheque/${id}"]`), 'the library is not hers')
  t.equal((await saveLines(nadia, page, [['0:01', '0:02', 'Bonjour.']])).status, 303)
  t.equal((await mediaRow((await mediaRow(id)).captions_id ?? 0)).author_id, await agentId('nadia'))

  const mine = await bringVideo('ines')
  for (const person of ['camille', 'nadia', 'paul'] as const) {
    const visitor = await site.signIn(person)
    for (const unknown of [mine, 999_999]) {
      t.equal((await visitor.visit(address(unknown))).status, 403, `${person} ${unknown}`)
      t.equal((await visitor.post(address(unknown))).status, 403)
      t.equal((await visitor.post(`/gestion/mediatheque/${unknown}/sans-sous-titres`, { raison: 'tiers' })).status, 403)
    }
  }
  const referent = await db
    .deleteFrom('direction_referents')
    .where('agent_id', '=', await agentId('nadia'))
    .returningAll()
    .execute()
  const pilote = await db
    .deleteFrom('action_pilotes')
    .where('agent_id', '=', await agentId('nadia'))
    .returningAll()
    .execute()
  t.equal((await nadia.visit(address(id))).status, 403, 'entrusted with nothing any more, she brings nothing')
  if (pilote.length > 0) await db.insertInto('action_pilotes').values(pilote).execute()
  await db.insertInto('direction_referents').values(referent).execute()
  const image = await db.selectFrom('media').select('id').where('kind', '=', 'image').executeTakeFirstOrThrow()
  t.equal((await (await site.signIn('ines')).visit(address(image.id))).status, 404, 'an image says nothing')
})

t.test('the transcript takes up the captions, and chapters lead into the film', async (t) => {
  const id = await bringVideo()
  const ines = await site.signIn('ines')
  const nothing = await ines.post(`/gestion/mediatheque/${id}/transcription`, {
    transcript: 'Tapé',
    chapters: '',
    version: '',
    reprendre: 'oui'
  })
  t.equal(nothing.status, 422)
  t.match(nothing.text, 'Il n’y a pas encore de sous-titres à reprendre')
  await saveLines(ines, await ines.visit(address(id)), [
    ['0:01', '0:02', 'Bonjour à tous.'],
    ['0:06', '0:08', 'Et la suite.']
  ])
  const page = await ines.visit(address(id))
  const words = 'form[action$="/transcription"]'
  const filled = await ines.submit(
    page,
    { chapters: '0:05 La suite' },
    { form: words, button: 'Reprendre les sous-titres' }
  )
  t.equal(filled.document.querySelector('#transcript')?.textContent, 'Bonjour à tous.\n\nEt la suite.')
  t.equal(filled.document.querySelector('#chapters')?.textContent, '0:05 La suite', 'the other field is kept')
  t.equal((await mediaRow(id)).transcript, '', 'not yet written')
  const send = (from: Page, values: Values) =>
    ines.submit(from, values, { form: words, button: 'Enregistrer la transcription et les chapitres' })
  const wrong = await send(filled, { chapters: 'n’importe quoi' })
  t.equal(wrong.status, 422)
  t.match(wrong.text, 'écrivez un temps puis un titre')
  const saved = await send(wrong, { chapters: '0:05 La suite\n0:00 Le début' })
  t.equal(saved.status, 200)
  t.match(await mediaRow(id), {
    transcript: 'Bonjour à tous.\n\nEt la suite.',
    chapters: [
      { at: 0, title: 'Le début' },
      { at: 5, title: 'La suite' }
    ]
  })
  const late = await send(filled, { transcript: 'Une autre' })
  t.equal(late.status, 409)
  t.match(late.text, 'Et la suite.', 'theirs')
  t.equal(late.document.querySelector('#transcript')?.textContent, 'Une autre', 'mine')

  const album = await db.selectFrom('directions').select(['id', 'slug']).limit(1).executeTakeFirstOrThrow()
  await db.insertInto('direction_media').values({ direction_id: album.id, media_id: id, order: 90 }).execute()
  const read = await site.visit(`/directions/${album.slug}`, { as: 'camille' })
  const chapter = read.document.querySelector('[data-video-seek="5"]')
  t.match(chapter?.getAttribute('href'), /\/medias\/\d+\/fete\.mp4#t=5$/, 'a link to the moment, without any script')
  t.ok(read.document.querySelector(`a[href="#transcription-${id}"]`))
  t.ok(read.document.querySelector(`#transcription-${id}`))
  const track = await (await site.signIn('camille')).request({ url: `/medias/${id}/chapitres.vtt` })
  t.equal(track.headers['content-type'], 'text/vtt; charset=utf-8')
  t.match(track.body, '00:00:00.000 --> 00:00:05.000\nLe début')
  t.equal((await site.newVisitor().request({ url: `/medias/${id}/chapitres.vtt` })).statusCode, 303)
})

t.test('a video without words says why, who says so and when, or it is not published', async (t) => {
  const id = await bringVideo('nadia', 'Sans un mot')
  const nadia = await site.signIn('nadia')
  const ines = await site.signIn('ines')
  const direction = await db
    .selectFrom('entries')
    .innerJoin('directions', 'directions.id', 'entries.content_id')
    .select(['entries.id', 'directions.id as direction_id', 'directions.slug'])
    .where('entries.kind', '=', 'direction')
    .where('directions.name', 'ilike', '%culture%')
    .executeTakeFirstOrThrow()
  const editAddress = `/gestion/directions/${direction.id}`
  const edited = await ines.submit(
    await ines.visit(editAddress),
    { medias_ajout: `${id} – Sans un mot` },
    { button: 'Enregistrer le brouillon' }
  )
  t.ok(edited.document.querySelector(`a[href="${address(id)}"]`), 'where it is chosen, a link leads to its words')
  const refused = await ines.submit(await ines.visit(editAddress), {}, { button: 'Publier' })
  t.equal(refused.status, 422)
  t.match(refused.text, 'La vidéo «\u00a0Sans un mot\u00a0» n’a ni sous-titres ni transcription')
  t.match(refused.text, 'RGAA 4.1, 4.3')

  const form = 'form[action$="/sans-sous-titres"]'
  const say = async (values: Values) => nadia.submit(await nadia.visit(address(id)), values, { form })
  t.match((await say({})).text, 'Choisissez pourquoi cette vidéo reste')
  t.match((await say({ raison: 'autre' })).text, 'Dites la raison en une phrase.')
  t.match((await say({ raison: 'recente' })).text, 'Dites quel jour')
  t.match((await say({ raison: 'recente', attendus: '2020-01-01' })).text, 'dans les 15 jours')
  t.match((await say({ raison: 'recente', attendus: '2020-02-31' })).text, /jour/)
  const soon = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10)
  const said = await say({ raison: 'recente', attendus: soon })
  t.equal(said.status, 200)
  t.match(said.text, /Nadia Benali l’a dit le .+ sous-titres attendus pour le/)
  const row = await db.selectFrom('missing_words').selectAll().where('media_id', '=', id).executeTakeFirstOrThrow()
  t.match(row, { reason: 'recente', due_on: soon, agent_id: await agentId('nadia'), agent_name: 'Nadia Benali' })

  const listed = async (): Promise<string> => (await ines.visit('/gestion/mediatheque?etat=sans-sous-titres')).text
  t.notMatch(await listed(), 'Sans un mot', 'it is not to be repaired')
  await db.updateTable('missing_words').set({ due_on: '2020-01-01' }).where('media_id', '=', id).execute()
  t.match(await listed(), 'Sans un mot', 'promised for a day that is past, it is')
  t.match((await nadia.visit(address(id))).text, 'Ce jour est passé')
  t.equal((await ines.submit(await ines.visit(editAddress), {}, { button: 'Publier' })).status, 422)

  await say({ raison: 'autre', precision: 'Un film muet de 1925' })
  const published = await ines.submit(await ines.visit(editAddress), {}, { button: 'Publier' })
  t.equal(published.status, 200, published.text.slice(0, 300))
  const statement = await site.visit('/accessibilite', { as: 'camille' })
  t.match(statement.text, /Contenus non accessibles.+Sans un mot\s*: Un film muet de 1925/)
  t.notMatch((await site.visit('/accessibilite')).text, 'Sans un mot', 'titles are for members')

  await say({ raison: 'aucune' })
  t.equal(
    await db.selectFrom('missing_words').select('media_id').where('media_id', '=', id).executeTakeFirst(),
    undefined
  )
  await say({ raison: 'tiers' })
  await saveLines(ines, await ines.visit(address(id)), [['0:01', '0:02', 'Enfin.']])
  t.equal(
    await db.selectFrom('missing_words').select('media_id').where('media_id', '=', id).executeTakeFirst(),
    undefined,
    'captions end the reason'
  )
  t.notMatch((await site.visit('/accessibilite', { as: 'camille' })).text, 'Sans un mot')
})

t.test('long and hostile words are shown as words', async (t) => {
  const id = await bringVideo('ines', `<img src=x onerror=alert(1)> ${'très long '.repeat(17)}`.slice(0, 200))
  const ines = await site.signIn('ines')
  const page = await ines.visit(address(id), { houseRules: false })
  t.notOk(page.document.querySelector('img[onerror]'))
  const lines: [string, string, string][] = [['0:01', '0:02', '</textarea><script>alert(1)</script>\u0000\u2028x']]
  t.equal((await saveLines(ines, page, lines)).status, 303)
  t.notOk((await ines.visit(address(id), { houseRules: false })).document.querySelector('main script'))
  t.equal(
    (await ines.post(address(id), { version: 'x'.repeat(5000), 'debut[]': 'a' }, { houseRules: false })).status,
    422
  )
  t.equal(
    (await ines.post(`${address(id)}/lignes`, { geste: ['ajouter-99999', 'x'] }, { houseRules: false })).status,
    200
  )
  const lines2500 = Array.from({ length: 2500 }, (_, index) => index)
  const startedAt = performance.now()
  const long = await ines.post(
    address(id),
    {
      version: (await mediaVersion(ines, id)) ?? '',
      'debut[]': lines2500.map(
        (index) => `0:${String(Math.floor(index / 100)).padStart(2, '0')},${String(index % 100).padStart(2, '0')}`
      ),
      'fin[]': lines2500.map(
        (index) => `0:${String(Math.floor(index / 100)).padStart(2, '0')},${String(index % 100).padStart(2, '0')}9`
      ),
      'texte[]': lines2500.map(() => 'Une phrase assez longue, avec des accents éèà.')
    },
    { houseRules: false }
  )
  t.equal(long.status, 303, 'as many as a film of two hours has')
  t.equal((await ines.visit(address(id), { houseRules: false })).status, 200)
  t.ok(performance.now() - startedAt < 15_000, `${Math.round(performance.now() - startedAt)} ms`)
})

async function mediaVersion(visitor: Visitor, id: number): Promise<string | undefined> {
  const page = await visitor.visit(address(id), { houseRules: false })
  return page.document.querySelector(`${captionsForm} [name="version"]`)?.getAttribute('value')
}
