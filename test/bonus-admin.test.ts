/** The magazine and the gallery are written, published and undone by the webmaster, and by nobody else. */
import sharp from 'sharp'
import t from 'tap'
import { albumContent } from '../src/bonus/album-content.ts'
import { issueContent } from '../src/bonus/issue-content.ts'
import { axe, type BrowserContext, openBrowser } from './support/browser.ts'
import { openSite, type Page, type Values } from './support/site.ts'

t.setTimeout(240_000)
const site = await openSite(t, { listen: true })
const { db } = site
const ines = await site.signIn('ines')
const camille = await site.signIn('camille')

const writing = 'form[data-autosave]'

function pressed(page: Page, button: string, values: Values = {}): Promise<Page> {
  return ines.submit(page, values, { form: writing, button })
}

async function created(path: 'entre-nous' | 'albums'): Promise<Page> {
  return ines.submit(await ines.visit(`/gestion/${path}`), {}, { form: 'main form' })
}

async function entryOf(kind: 'issue' | 'album', index = 0) {
  const rows = await db
    .selectFrom('entries')
    .select(['id', 'title', 'version', 'content_id'])
    .where('kind', '=', kind)
    .where('content_id', 'is not', null)
    .orderBy('id')
    .execute()
  const row = rows[index]
  if (!row) throw new Error(`The demonstration has a ${kind}.`)
  return row
}

async function files(kind: 'image' | 'video' | 'pdf', count: number) {
  return db
    .selectFrom('media')
    .select(['id', 'title', 'filename'])
    .where('kind', '=', kind)
    .where('trashed_at', 'is', null)
    .where('id', 'not in', db.selectFrom('slides').select('image_id'))
    .orderBy('id')
    .limit(count)
    .execute()
}

async function versionOf(path: string): Promise<string> {
  const id = Number(path.split('/').at(-1))
  const row = await db.selectFrom('entries').select('version').where('id', '=', id).executeTakeFirstOrThrow()
  return String(row.version)
}

/** A document without the white space between its tags, which means nothing. */
const settle = (html: string): string => html.replaceAll(/\s*\n\s*/g, ' ').replaceAll(/>\s+</g, '><')

t.test('a number is written in several times, and agents read it once it is published', async (t) => {
  const page = await created('entre-nous')
  t.match(page.path, /^\/gestion\/entre-nous\/\d+$/)
  const draft = await pressed(page, 'Enregistrer le brouillon', { titre: 'Un an de télétravail' })
  t.match(draft.text, 'Le brouillon est enregistré')
  t.notMatch((await camille.visit('/bonus')).text, 'Un an de télétravail')

  const refused = await pressed(draft, 'Publier')
  t.equal(refused.status, 422)
  t.match(refused.document.querySelector('title')?.textContent, /^Erreur\u00a0: /)
  t.match(refused.text, 'Donnez la date de parution.')
  t.match(refused.text, 'il n’y a rien à lire')
  for (const link of refused.document.querySelectorAll('.error-summary a')) {
    t.ok(refused.document.querySelector(link.getAttribute('href') ?? ''), `${link.getAttribute('href')} exists`)
  }

  const [cover] = await files('image', 1)
  const [pdf] = await files('pdf', 1)
  const last = await db.selectFrom('issues').select('number').orderBy('number', 'desc').executeTakeFirstOrThrow()
  const published = await pressed(refused, 'Publier', {
    parution: '2026-03-12',
    saison: 'Printemps 2026',
    resume: 'Ce que le travail à distance a changé.',
    couverture: `${cover?.id} – ${cover?.title}`,
    pdf: `${pdf?.id} – ${pdf?.title}`,
    texte: '<h2>Le dossier</h2><p>Des <strong>mots</strong>.<script>alert(1)</script></p>'
  })
  t.match(published.text, 'C’est publié')
  const row = await db.selectFrom('issues').selectAll().where('slug', '=', 'un-an-de-teletravail').executeTakeFirst()
  t.equal(row?.number, last.number + 1)
  t.equal(row?.issued_on, '2026-03-12')
  t.equal(row?.cover_id, cover?.id)
  t.equal(row?.pdf_id, pdf?.id)
  t.notMatch(row?.body, 'script')
  const read = await camille.visit('/bonus/entre-nous/un-an-de-teletravail')
  t.equal(read.status, 200)
  t.match(read.text, 'Printemps 2026')
  t.match(read.text, 'Le dossier')
  t.match((await camille.visit('/bonus')).text, 'Un an de télétravail')
  t.match((await ines.visit('/gestion/entre-nous')).text, '12\u00a0mars 2026')
})

t.test('publishing what was only opened changes nothing of it', async (t) => {
  const issue = await entryOf('issue')
  const before = await issueContent.load(db, issue.content_id ?? 0)
  const done = await pressed(await ines.visit(`/gestion/entre-nous/${issue.id}`), 'Publier')
  t.match(done.text, 'C’est publié')
  const after = await issueContent.load(db, issue.content_id ?? 0)
  t.same({ ...after, body: settle(after?.body ?? '') }, { ...before, body: settle(before?.body ?? '') })

  const album = await entryOf('album')
  const items = await albumContent.load(db, album.content_id ?? 0)
  t.ok((items?.items.length ?? 0) > 2)
  const again = await pressed(await ines.visit(`/gestion/albums/${album.id}`), 'Publier')
  t.match(again.text, 'C’est publié')
  t.same(await albumContent.load(db, album.content_id ?? 0), items)
})

/** The photos of an album, as its screen lists them. */
const lines = (page: Page) =>
  page.document.querySelectorAll('.album-line[data-album-line]').flatMap((line) => {
    const id = Number(line.getAttribute('data-album-line'))
    const caption = line.querySelector('[name="legende[]"]')?.getAttribute('value')
    return id === 0 ? [] : [{ id, caption }]
  })

t.test('an album is filled from the library, several files at once, and its order and captions are kept', async (t) => {
  const page = await created('albums')
  const refused = await pressed(page, 'Publier', { titre: 'La fête du parc' })
  t.equal(refused.status, 422)
  t.match(refused.text, 'Donnez la date')
  t.match(refused.text, 'Ajoutez au moins une photo')
  for (const link of refused.document.querySelectorAll('.error-summary a')) {
    t.ok(refused.document.querySelector(link.getAttribute('href') ?? ''), `${link.getAttribute('href')} exists`)
  }

  const picker = await pressed(refused, 'Choisir dans la médiathèque', { date: '2026-06-20' })
  t.equal(picker.path, `${page.path}/photos`)
  const [first, second, third] = await files('image', 3)
  const [film] = await files('video', 1)
  if (!first || !second || !third || !film) throw new Error('The demonstration has photos and a video.')
  const nothing = await ines.submit(picker, {}, { button: 'Ajouter à l’album' })
  t.equal(nothing.status, 422)
  t.match(nothing.text, 'Cochez au moins une photo')
  const ids = [first.id, second.id, third.id].map(String)
  const more = await ines.submit(nothing, { photos: ids }, { button: 'Ajouter, et en choisir d’autres' })
  t.match(more.text, '3\u00a0fichiers ajoutés')
  t.match(more.text, 'Déjà dans l’album')
  const videos = await ines.visit(`${page.path}/photos?type=video&q=${encodeURIComponent(film.title.slice(0, 8))}`)
  const filled = await ines.submit(videos, { photos: [String(film.id)] }, { button: 'Ajouter à l’album' })
  const album = await ines.visit(page.path)
  t.match(filled.text, '1\u00a0fichier ajouté')
  t.same(
    lines(album).map(({ id }) => id),
    [first.id, second.id, third.id, film.id]
  )
  t.equal(album.document.querySelector('[name=date]')?.getAttribute('value'), '2026-06-20')

  // The film first, the third photo taken out, and words for the others.
  const ordered = await pressed(album, 'Enregistrer le brouillon', {
    'legende[]': ['Le goûter', 'La course', '', 'Le film', ''],
    'place[]': ['1', '2', '3', '1'],
    enlever: [String(third.id)]
  })
  t.same(lines(ordered), [
    { id: film.id, caption: 'Le film' },
    { id: first.id, caption: 'Le goûter' },
    { id: second.id, caption: 'La course' }
  ])
  const published = await pressed(ordered, 'Publier')
  t.match(published.text, 'C’est publié')
  const read = await camille.visit('/bonus/galerie/la-fete-du-parc')
  t.same(
    read.document.querySelectorAll('.album__caption').map((caption) => caption.textContent),
    ['Le film', 'Le goûter', 'La course']
  )
  t.match(read.text, '2\u00a0photos et 1\u00a0vidéo')
  t.match((await ines.visit('/gestion/albums')).text, '20\u00a0juin 2026')
})

t.test('photos are sorted by the names of their files, as cameras number them', async (t) => {
  const page = await created('albums')
  const some = await files('image', 8)
  const ids = some.map(({ id }) => id)
  const names = ['IMG_10.jpg', 'IMG_9.jpg', 'IMG_100.jpg']
  const before = some.slice(0, 3)
  for (const [index, file] of before.entries()) {
    await db
      .updateTable('media')
      .set({ filename: names[index] ?? '' })
      .where('id', '=', file.id)
      .execute()
  }
  const [ten, nine, hundred] = ids
  await ines.post(`${page.path}/photos`, { photos: ids.slice(0, 3).map(String) })
  const sorted = await pressed(await ines.visit(page.path), 'Trier par nom de fichier')
  t.same(
    lines(sorted).map(({ id }) => id),
    [nine, ten, hundred]
  )
  for (const file of before) {
    await db.updateTable('media').set({ filename: file.filename }).where('id', '=', file.id).execute()
  }
})

t.test('what an image shows is asked in the album, and goes to the library when it is published', async (t) => {
  const page = await created('albums')
  const [told, decorative] = (await files('image', 6)).slice(4)
  if (!told || !decorative) throw new Error('The demonstration has six images.')
  const alts = await db.selectFrom('media').select(['id', 'alt']).where('id', 'in', [told.id, decorative.id]).execute()
  await db.updateTable('media').set({ alt: null }).where('id', 'in', [told.id, decorative.id]).execute()
  await ines.post(`${page.path}/photos`, { photos: [String(told.id), String(decorative.id)] })
  const refused = await pressed(await ines.visit(page.path), 'Publier', { titre: 'À décrire', date: '2026-01-10' })
  t.equal(refused.status, 422)
  t.equal(refused.text.match(/RGAA 1\.1/g)?.length, 4, 'each in the summary and at its field')
  t.ok(refused.document.querySelector(`#alternative-${told.id}`))
  const named = await pressed(refused, 'Publier', {
    [`alternative-${told.id}`]: told.filename,
    decoratives: [String(decorative.id)]
  })
  t.match(named.text, 'Un nom de fichier ne dit rien')
  const preview = await pressed(named, 'Enregistrer le brouillon', { [`alternative-${told.id}`]: 'Trois agents rient' })
  t.match((await ines.visit(`${page.path}/apercu`)).html, 'Trois agents rient')
  const alt = async (id: number) =>
    (await db.selectFrom('media').select('alt').where('id', '=', id).executeTakeFirstOrThrow()).alt
  t.equal(await alt(told.id), null, 'a preview changes nothing')
  t.match((await pressed(preview, 'Publier')).text, 'C’est publié')
  t.equal(await alt(told.id), 'Trois agents rient')
  t.equal(await alt(decorative.id), '')
  const journal = await db
    .selectFrom('journal')
    .select(['agent_name', 'event'])
    .where('subject', '=', 'media')
    .execute()
  t.same(journal, Array(2).fill({ agent_name: 'Inès Caron', event: 'edited' }), 'the journal tells it')
  for (const row of alts) await db.updateTable('media').set({ alt: row.alt }).where('id', '=', row.id).execute()
})

t.test('what was published is edited, compared, brought back, withdrawn, thrown away and put back', async (t) => {
  for (const [kind, path, address] of [
    ['issue', 'entre-nous', '/bonus/entre-nous/'],
    ['album', 'albums', '/bonus/galerie/']
  ] as const) {
    const entry = await entryOf(kind, 1)
    const screen = `/gestion/${path}/${entry.id}`
    const publicPath = `${address}${
      (
        await db
          .selectFrom(kind === 'issue' ? 'issues' : 'albums')
          .select('slug')
          .where('id', '=', entry.content_id)
          .executeTakeFirstOrThrow()
      ).slug
    }`
    await pressed(await ines.visit(screen), 'Publier', { titre: `Un autre titre, ${kind}` })
    t.match((await camille.visit(publicPath)).text, `Un autre titre, ${kind}`)
    const history = await ines.visit(`${screen}/historique`)
    const first = history.document.querySelectorAll('.history a').at(-1)?.getAttribute('href') ?? ''
    const compared = await ines.visit(first)
    t.match(
      compared.document
        .querySelectorAll('del')
        .map((piece) => piece.textContent)
        .join(' '),
      entry.title.split(' ')[0]
    )
    const restored = await ines.submit(compared, {}, { form: 'main form[action$="/reprendre"]' })
    t.equal(restored.document.querySelector('[name=titre]')?.getAttribute('value'), entry.title)
    await pressed(restored, 'Publier')
    t.match((await camille.visit(publicPath)).text, entry.title)

    const withdrawn = await ines.submit(
      await ines.visit(screen),
      { raison: 'Une erreur de date' },
      { form: 'form[action$="/retirer"]' }
    )
    t.match(withdrawn.text, 'Une erreur de date')
    t.not((await camille.visit(publicPath)).status, 200)
    t.match((await pressed(await ines.visit(screen), 'Publier')).text, 'C’est publié')
    t.equal((await camille.visit(publicPath)).status, 200)

    const trash = await ines.submit(await ines.visit(screen), {}, { form: 'form[action$="/corbeille"]' })
    t.equal(trash.path, '/gestion/corbeille')
    t.not((await camille.visit(publicPath)).status, 200)
    const back = await ines.submit(trash, {}, { form: `form[action="${screen}/sortir-de-la-corbeille"]` })
    t.match(back.text, 'sorti de la corbeille')
    t.match((await pressed(back, 'Publier')).text, 'C’est publié')
    t.equal((await camille.visit(publicPath)).status, 200)
  }
})

t.test('a change of order is seen when two versions are compared', async (t) => {
  const entry = await entryOf('album', 0)
  const screen = `/gestion/albums/${entry.id}`
  const before = lines(await ines.visit(screen))
  await pressed(await ines.visit(screen), 'Publier', {
    'place[]': before.map((_, index) => (index === 0 ? String(before.length) : String(index + 1)))
  })
  const after = lines(await ines.visit(screen))
  t.equal(after.at(-1)?.id, before[0]?.id)
  const history = await ines.visit(`${screen}/historique`)
  const first = history.document.querySelectorAll('.history a').at(-1)?.getAttribute('href') ?? ''
  const compared = await ines.visit(first)
  t.match(compared.text, 'Photos et vidéos')
  t.ok(compared.document.querySelector('ins'))
  await ines.submit(compared, {}, { form: 'main form[action$="/reprendre"]' })
  t.same(lines(await ines.visit(screen)), before)
  await pressed(await ines.visit(screen), 'Publier')
})

t.test('numbers published at the same moment are never the same', async (t) => {
  const publishAtOnce = async (numero: string): Promise<Page[]> => {
    const paths = []
    for (let count = 0; count < 3; count += 1) {
      paths.push(String((await ines.post('/gestion/entre-nous')).headers.location))
    }
    const values = { version: '1', titre: 'En même temps', parution: '2026-02-02', texte: '<p>Un texte</p>', numero }
    return Promise.all(paths.map((path) => ines.post(`${path}/publier`, values)))
  }
  t.same(
    (await publishAtOnce('')).map(({ status }) => status),
    [303, 303, 303]
  )
  const same = await publishAtOnce('700')
  t.same(same.map(({ status }) => status).sort(), [303, 422, 422])
  t.match(same.find(({ status }) => status === 422)?.text, 'Le numéro 700 est celui de')
  const { rows } = {
    rows: await db.selectFrom('issues').select('number').where('title', '=', 'En même temps').execute()
  }
  t.equal(new Set(rows.map(({ number }) => number)).size, 4)
})

t.test('a number that is published keeps its number when the field is emptied', async (t) => {
  const entry = await entryOf('issue', 2)
  const numberNow = async () =>
    (await db.selectFrom('issues').select('number').where('id', '=', entry.content_id).executeTakeFirstOrThrow()).number
  const before = await numberNow()
  await pressed(await ines.visit(`/gestion/entre-nous/${entry.id}`), 'Publier', { numero: '' })
  t.equal(await numberNow(), before)
})

t.test('files that are gone are left out, and what is in the trash is said', async (t) => {
  const page = await created('albums')
  const [kept, trashed] = await files('image', 2)
  if (!kept || !trashed) throw new Error('The demonstration has photos.')
  const copied = await db
    .selectFrom('media')
    .select(['sha256', 'size', 'content_type', 'filename', 'kind', 'title'])
    .where('id', '=', kept.id)
    .executeTakeFirstOrThrow()
  const gone = await db
    .insertInto('media')
    .values({ ...copied, alt: '' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await ines.post(`${page.path}/photos`, { photos: [kept.id, trashed.id, gone.id].map(String) })
  await db.deleteFrom('media').where('id', '=', gone.id).execute()
  await db.updateTable('media').set({ trashed_at: new Date() }).where('id', '=', trashed.id).execute()
  const screen = await ines.visit(page.path)
  t.match(screen.text, 'N’est plus dans la médiathèque')
  t.match(screen.text, 'À la corbeille de la médiathèque')
  const published = await pressed(screen, 'Publier', { titre: 'Ce qui reste', date: '2026-01-01' })
  t.match(published.text, 'C’est publié')
  t.equal((await camille.visit('/bonus/galerie/ce-qui-reste')).document.querySelectorAll('.album__item').length, 1)
  await db.updateTable('media').set({ trashed_at: null }).where('id', '=', trashed.id).execute()
  t.equal((await camille.visit('/bonus/galerie/ce-qui-reste')).document.querySelectorAll('.album__item').length, 2)
})

t.test('hostile forms are refused or kept harmless, never a 500', async (t) => {
  const issue = (await created('entre-nous')).path
  const album = (await created('albums')).path
  const [film] = await files('video', 1)
  const [pdf] = await files('pdf', 1)
  const thousand = Array.from({ length: 1000 }, (_, index) => String(index + 1))
  const complete = { titre: 'Un titre', parution: '2026-01-01', date: '2026-01-01', texte: '<p>Un texte</p>' }
  const bodies: [values: Values, sentence?: RegExp][] = [
    [{ titre: 'a'.repeat(5000) }, /160 caractères au plus/],
    [{ ...complete, resume: 'a'.repeat(500), description: 'a'.repeat(700) }, /[46]00 caractères au plus/],
    [{ ...complete, titre: ['a', 'b'], numero: '0' }, /Les numéros commencent à 1|Ajoutez au moins une photo/],
    [{ ...complete, numero: '12 bis' }],
    [{ ...complete, numero: '99999' }],
    [{ ...complete, parution: '2026-02-31', date: '2026-02-31' }, /Cette date n’existe pas/],
    [{ ...complete, couverture: String(film?.id) }],
    [{ ...complete, couverture: '999999999', pdf: '999999999', photos_ajout: '999999999' }],
    [{ ...complete, pdf: String(film?.id) }],
    [{ ...complete, photos_ajout: String(pdf?.id) }],
    [{ ...complete, 'photo[]': ['1', '1', 'x', '-1', '99999999999'], 'legende[]': ['a'], 'place[]': ['x', '9999999'] }],
    [{ ...complete, 'photo[]': '1', 'legende[]': 'a'.repeat(900) }],
    [{ ...complete, 'photo[]': thousand, 'legende[]': thousand }],
    [{ ...complete, titre: 'nul \u0000 ici', 'legende[]': '\u0000', 'alternative-1': '\u0000', 'photo[]': '1' }],
    [{ ...complete, 'photo[]': '1', 'alternative-1': ['x', 'y'], decoratives: 'x' }],
    [{ __proto__: 'x', constructor: 'y' } as unknown as Values]
  ]
  for (const [body, sentence] of bodies) {
    for (const path of [issue, album]) {
      for (const gesture of ['brouillon', 'publier', ...(path === album ? ['photos/geste'] : [])]) {
        const what = `${path}/${gesture} ${JSON.stringify(body).slice(0, 80)}`
        const answer = await ines.post(
          `${path}/${gesture}`,
          { ...body, version: await versionOf(path) },
          { houseRules: false }
        )
        t.ok(answer.status < 500, `${what} gave ${answer.status}`)
        if (sentence && gesture === 'publier') t.match(answer.text, sentence, what)
        t.equal((await ines.visit(path, { houseRules: false })).status, 200, `the screen still opens after ${what}`)
        t.ok((await ines.visit(`${path}/apercu`, { houseRules: false })).status < 500, 'and the preview')
      }
    }
  }
  const publish = async (path: string, values: Values): Promise<string> => {
    const page = await ines.post(`${path}/publier`, { version: await versionOf(path), ...values })
    return `${page.status} ${page.text}`
  }
  t.match(await publish(issue, { ...complete, couverture: String(film?.id) }), /^422 .*Cette image n’est plus/)
  t.match(await publish(issue, { ...complete, pdf: String(film?.id) }), /^422 .*Choisissez un PDF/)
  t.match(await publish(album, { ...complete, photos_ajout: String(pdf?.id) }), /^422 .*ni une photo ni une vidéo/)
  t.match(await publish(album, { ...complete, 'photo[]': thousand }), /^422 .*(250|300)/)
  const many = Array.from({ length: 260 }, (_, index) => String(index + 1))
  t.match(await publish(album, { ...complete, 'photo[]': many }), /^422 .*250 photos et vidéos au plus/)
  for (const photos of [thousand, 'x', '\u0000', ['999999999', '-1']]) {
    const answer = await ines.post(`${album}/photos`, { photos }, { houseRules: false })
    t.equal(answer.status, 422)
  }
  for (const query of ['?page=0', '?page=99999999', '?type=pdf', '?q=%00%27', '?q=a&q=b', '?page=3']) {
    t.equal((await ines.visit(`${album}/photos${query}`)).status, 200, query)
  }
  for (const id of ['0', '-1', 'x', '99999999999999', '%00', issue.split('/').at(-1)]) {
    t.equal((await ines.visit(`/gestion/albums/${id}`)).status, 404)
    t.equal((await ines.visit(`/gestion/albums/${id}/photos`)).status, 404)
    t.equal((await ines.post(`/gestion/albums/${id}/photos`, { photos: '1' })).status, 404)
    t.equal((await ines.post(`/gestion/albums/${id}/photos/geste`)).status, 404)
  }
})

t.test('an old version is not saved over by a gesture: the mechanism answers, with the same form', async (t) => {
  const { path } = await created('albums')
  await ines.post(`${path}/brouillon`, { version: '1', titre: 'Par quelqu’un d’autre' })
  const refused = await ines.post(`${path}/photos/geste`, { version: '1', titre: 'À moi', geste: 'choisir' })
  t.equal(refused.status, 307)
  t.equal(refused.headers.location, `${path}/brouillon`)
  const trash = await ines.post(`${path}/corbeille`)
  t.equal(trash.status, 303)
  const [photo] = await files('image', 1)
  const lost = await ines.post(`${path}/photos`, { photos: String(photo?.id) })
  t.match((await ines.visit(String(lost.headers.location))).text, 'rien n’a été ajouté')
})

t.test('two people fill one album at once, and nothing is lost', async (t) => {
  const { path } = await created('albums')
  const ids = (await files('image', 6)).map(({ id }) => String(id))
  const answers = await Promise.all(
    [ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)].map((photos) => ines.post(`${path}/photos`, { photos }))
  )
  t.same(
    answers.map(({ status }) => status),
    [303, 303, 303]
  )
  t.equal(lines(await ines.visit(path)).length, 6)
})

t.test('it is the webmaster’s, and nobody else’s', async (t) => {
  const paths = [
    '/gestion/entre-nous',
    '/gestion/albums',
    `/gestion/entre-nous/${(await entryOf('issue')).id}`,
    `/gestion/albums/${(await entryOf('album')).id}`,
    `/gestion/albums/${(await entryOf('album')).id}/photos`
  ]
  for (const path of paths) {
    for (const person of ['camille', 'nadia', 'paul'] as const) {
      t.equal((await site.visit(path, { as: person })).status, 403, `${person} ${path}`)
    }
    const visitor = await site.visit(path)
    t.equal(visitor.status, 303)
    t.match(String(visitor.headers.location), /^\/connexion/)
  }
  const album = paths[3] ?? ''
  for (const gesture of ['brouillon', 'publier', 'photos', 'photos/geste', 'corbeille', 'retirer', 'programmer']) {
    t.equal((await camille.post(`${album}/${gesture}`)).status, 403, gesture)
  }
})

const browser = await openBrowser(t, site.origin)
const desk = { width: 1280, height: 900 }
const phone = { width: 360, height: 740 }

async function enter(context: BrowserContext): Promise<void> {
  await context.addCookies([...ines.cookies].map(([name, value]) => ({ name, value, url: site.origin })))
}

t.test('a newcomer publishes a number of the magazine by its labels alone, on a phone', async (t) => {
  const context = await browser.newVisitor(t, { viewport: phone, reducedMotion: 'reduce' })
  await enter(context)
  const page = await context.newPage()
  await page.goto('/gestion/entre-nous')
  await page.getByRole('button', { name: 'Créer un numéro' }).click()
  const text = page.getByRole('textbox', { name: 'Le numéro à lire en ligne' }).and(page.locator('.ProseMirror'))
  await text.waitFor()
  await page.getByLabel('Titre du numéro').fill('La ville à vélo')
  await page.getByLabel('Date de parution').fill('2026-09-21')
  await page.getByLabel('Saison').fill('Automne 2026')
  const [cover] = await files('image', 1)
  await page
    .getByRole('group', { name: 'Couverture' })
    .getByLabel('Choisir dans la médiathèque')
    .fill(`${cover?.id} – ${cover?.title}`)
  await text.click()
  await page.keyboard.type('Deux cents vélos pour les agents.')
  await page.getByText(/^Enregistré à/).waitFor({ timeout: 8000 })
  await page.getByRole('button', { name: 'Publier', exact: true }).click()
  await page.getByText('C’est publié').waitFor()
  await page.getByRole('link', { name: 'Voir la page publiée' }).click()
  await page.getByRole('heading', { level: 1, name: 'La ville à vélo' }).waitFor()
  t.match(await page.locator('main').textContent(), /Deux cents vélos pour les agents\./)
})

t.test('an album is filled, ordered by every means, kept by itself and published', async (t) => {
  // Tall enough to drag from one end of the list to the other.
  const context = await browser.newVisitor(t, { viewport: { width: 1280, height: 2400 } })
  await enter(context)
  const page = await context.newPage()
  await page.goto('/gestion/albums')
  await page.getByRole('button', { name: 'Créer un album' }).click()
  await page.getByLabel('Titre de l’album').fill('Une journée au jardin')
  await page.keyboard.press('Enter')
  await page.getByText('Le brouillon est enregistré').waitFor()
  await page.getByLabel('Date', { exact: true }).fill('2026-05-04')
  const address = new URL(page.url()).pathname
  await page.getByRole('button', { name: 'Choisir dans la médiathèque' }).click()
  await page.waitForURL('**/photos')
  const boxes = page.getByRole('checkbox')
  for (const index of [0, 1, 2]) await boxes.nth(index).check()
  await page.getByRole('button', { name: 'Ajouter à l’album' }).click()
  await page.waitForURL(`**${address}#photos`)
  await page.locator('.lines__handle').first().waitFor()
  t.equal(await page.getByRole('button', { name: 'Reprendre ce texte' }).count(), 0, 'what was typed had arrived')
  t.equal(await page.getByLabel('Date', { exact: true }).inputValue(), '2026-05-04')
  const order = () =>
    page.locator('[data-album-line]').evaluateAll((all) => all.map((line) => line.getAttribute('data-album-line')))
  const [a, b, c] = await order()
  t.equal((await order()).length, 3)

  const line = (id: string | null | undefined) => page.locator(`[data-album-line="${id}"]`)
  await line(a).getByRole('button', { name: 'Descendre' }).focus()
  await page.keyboard.press('Enter')
  t.same(await order(), [b, a, c])
  t.equal(await page.evaluate('document.activeElement.dataset.gesture'), 'down', 'the focus follows the line')
  await line(a).getByLabel('Légende').fill('Les semis')
  await page.keyboard.press('Alt+ArrowDown')
  t.same(await order(), [b, c, a])
  t.equal(await page.evaluate('document.activeElement.value'), 'Les semis')
  await line(a).getByLabel('Place').fill('1')
  await page.keyboard.press('Tab')
  t.same(await order(), [a, b, c])
  await line(c).locator('.lines__handle').hover()
  await page.mouse.down()
  const target = await line(a).locator('.album-line__picture').boundingBox()
  await page.mouse.move(target?.x ?? 0, (target?.y ?? 0) + 60, { steps: 4 })
  await page.mouse.move((target?.x ?? 0) + 9, (target?.y ?? 0) + 3, { steps: 4 })
  await page.mouse.up()
  t.same(await order(), [c, a, b])

  // What brings files from the disk writes in the field, several times in a row.
  const others = (await files('image', 12)).filter(({ id }) => ![a, b, c].includes(String(id))).slice(-2)
  for (const file of others) {
    const field = page.getByLabel('Ajouter une photo ou une vidéo de la médiathèque')
    await field.fill(`${file.id} – ${file.title}`)
    await field.dispatchEvent('change')
    t.equal(await field.inputValue(), '')
    await line(String(file.id)).getByRole('link', { name: file.title }).waitFor()
  }
  await line(String(others[0]?.id)).locator('img').waitFor()
  await line(String(others[0]?.id)).getByLabel('Légende').fill('Juste arrivée')
  await line(b).getByLabel('Enlever').check()
  await page.getByText('Modifications en cours…').waitFor()
  await page.getByText(/^Enregistré à/).waitFor({ timeout: 8000 })
  await page.reload()
  const expected = [c, a, ...others.map(({ id }) => String(id))]
  t.same(await order(), expected)
  t.equal(await line(a).getByLabel('Légende').inputValue(), 'Les semis')
  t.equal(await line(String(others[0]?.id)).getByLabel('Légende').inputValue(), 'Juste arrivée')
  await page.getByRole('button', { name: 'Publier', exact: true }).click()
  await page.getByText('C’est publié').waitFor()
  await page.getByRole('link', { name: 'Voir la page publiée' }).click()
  await page.getByRole('heading', { level: 1, name: 'Une journée au jardin' }).waitFor()
  t.same(await page.locator('.album__caption').allTextContents(), ['Les semis', 'Juste arrivée'])
  t.equal(await page.locator('.album__item').count(), 4)
})

t.test('photos brought from the disk are lines of the album at once, several times in a row', async (t) => {
  const { path } = await created('albums')
  const context = await browser.newVisitor(t, { viewport: desk })
  await enter(context)
  const page = await context.newPage()
  await page.goto(path)
  const photo = async (name: string, background: string) => ({
    name,
    mimeType: 'image/jpeg',
    buffer: await sharp({ create: { width: 640, height: 480, channels: 3, background } })
      .jpeg()
      .toBuffer()
  })
  const chooser = page.locator('#photos input[type="file"]')
  const line = page.locator('[data-album-line]')
  await chooser.setInputFiles([await photo('Une ronde.jpg', '#a33'), await photo('Un goûter.jpg', '#3a3')])
  await line.nth(1).waitFor()
  await chooser.setInputFiles(await photo('Un départ.jpg', '#33a'))
  await line.nth(2).waitFor()
  await line.filter({ hasText: 'Un départ' }).getByLabel('Légende').fill('À l’année prochaine')
  await page.getByText('Modifications en cours…').waitFor()
  await page.getByText(/^Enregistré à/).waitFor({ timeout: 8000 })
  await page.reload()
  t.equal(await line.count(), 3)
  const departure = line.filter({ hasText: 'Un départ' })
  t.equal(await departure.getByLabel('Légende').inputValue(), 'À l’année prochaine')
  t.equal(await departure.getByLabel('Texte alternatif').count(), 1, 'nobody has said yet what it shows')
})

t.test('what the browser had kept of an album comes back in its order', async (t) => {
  const { path } = await created('albums')
  const ids = (await files('image', 3)).map(({ id }) => String(id))
  await ines.post(`${path}/photos`, { photos: ids })
  const context = await browser.newVisitor(t, { viewport: desk })
  await enter(context)
  const page = await context.newPage()
  await page.goto(path)
  await page.route('**/brouillon', (route) => route.fulfill({ status: 404 }))
  const line = (id: string | undefined) => page.locator(`[data-album-line="${id}"]`)
  await line(ids[0]).getByLabel('Légende').fill('La première')
  await line(ids[0]).getByRole('button', { name: 'Descendre' }).click()
  await page.getByText('Votre texte est gardé dans ce navigateur').waitFor({ timeout: 8000 })
  await page.unroute('**/brouillon')
  await page.goto('about:blank')
  await page.goto(path)
  await page.getByRole('button', { name: 'Reprendre ce texte' }).click()
  await page.getByText('Le brouillon est enregistré').waitFor()
  t.same(lines(await ines.visit(path)), [
    { id: Number(ids[1]), caption: '' },
    { id: Number(ids[0]), caption: 'La première' },
    { id: Number(ids[2]), caption: '' }
  ])
  t.equal(await line(ids[0]).locator('img').count(), 1)
  t.equal(await line(ids[0]).getByLabel('Légende').inputValue(), 'La première')
})

t.test('two hundred and fifty photos stay usable and quick', async (t) => {
  const { path } = await created('albums')
  const model = await db
    .selectFrom('media')
    .select(['sha256', 'size', 'content_type', 'filename', 'kind', 'title', 'width', 'height'])
    .where('kind', '=', 'image')
    .orderBy('id')
    .executeTakeFirstOrThrow()
  const copies = Array.from({ length: 250 }, (_, index) => ({ ...model, title: `Photo ${index}`, alt: '' }))
  const added = await db.insertInto('media').values(copies).returning('id').execute()
  const renditions = await db
    .selectFrom('renditions')
    .selectAll()
    .where('media_id', '=', (await files('image', 1))[0]?.id ?? 0)
    .execute()
  if (renditions.length > 0)
    await db
      .insertInto('renditions')
      .values(added.flatMap(({ id }) => renditions.map((rendition) => ({ ...rendition, media_id: id }))))
      .execute()
  t.equal((await ines.post(`${path}/photos`, { photos: added.map(({ id }) => String(id)) })).status, 303)
  const start = performance.now()
  const answer = await ines.visit(path, { houseRules: false })
  t.ok(
    performance.now() - start < 2000,
    `${Math.round(performance.now() - start)} ms, ${answer.html.length} characters`
  )
  t.comment(`${Math.round(performance.now() - start)} ms, ${answer.html.length} characters`)
  t.equal(lines(answer).length, 250)
  t.equal((await ines.post(`${path}/photos`, { photos: String((await files('video', 1))[0]?.id) })).status, 422)

  const context = await browser.newVisitor(t, { viewport: phone })
  await enter(context)
  const page = await context.newPage()
  let pictures = 0
  page.on('request', (request) => {
    if (request.url().includes('/medias/')) pictures += 1
  })
  await page.goto(path)
  const last = page.locator('[data-album-line]').last()
  await last.getByLabel('Place').fill('2')
  await page.keyboard.press('Tab')
  await page.getByText(/^Enregistré à/).waitFor({ timeout: 8000 })
  t.equal(lines(await ines.visit(path, { houseRules: false }))[1]?.id, added.at(-1)?.id)
  t.ok(pictures < 120, `${pictures} pictures fetched`)
  await db
    .deleteFrom('media')
    .where(
      'id',
      'in',
      added.map(({ id }) => id)
    )
    .execute()
})

t.test('the screens have nothing for axe to say, light and dark, and fit a phone', async (t) => {
  const album = (await entryOf('album')).id
  const bare = await created('albums')
  const undescribed = (await files('image', 1))[0]?.id ?? 0
  const { alt } = await db.selectFrom('media').select('alt').where('id', '=', undescribed).executeTakeFirstOrThrow()
  await db.updateTable('media').set({ alt: null }).where('id', '=', undescribed).execute()
  await ines.post(`${bare.path}/photos`, { photos: String(undescribed) })
  const paths = [
    '/gestion/entre-nous',
    `/gestion/entre-nous/${(await entryOf('issue')).id}`,
    '/gestion/albums',
    `/gestion/albums/${album}`,
    bare.path,
    `/gestion/albums/${album}/photos`
  ]
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newVisitor(t, { viewport: { width: 320, height: 640 }, colorScheme })
    await enter(context)
    const page = await context.newPage()
    for (const path of paths) {
      await page.goto(path)
      t.same(await axe(page), [], `${path}, ${colorScheme}`)
      const scrolls = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
      t.equal(scrolls, false, `${path} does not scroll sideways`)
    }
    await page.goto(bare.path)
    await page.getByRole('button', { name: 'Publier', exact: true }).click()
    await page.getByRole('heading', { name: /^Il y a / }).waitFor()
    // The buttons that stay above the page are then below the fields, and hide none.
    await page.evaluate('scrollTo(0, document.body.scrollHeight)')
    t.same(await axe(page), [], `errors of an album, ${colorScheme}`)
  }
  await db.updateTable('media').set({ alt }).where('id', '=', undescribed).execute()
})
