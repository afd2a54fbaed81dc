/** Droit à l’image: readers see a photo while those shown agree, and whoever is shown has it hidden at once. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import sharp from 'sharp'
import t, { type Test } from 'tap'
import { tellEndedAgreements } from '../src/media/image-rights/image-rights-queries.ts'
import { storeFile } from '../src/media/uploads.ts'
import { axe, evaluate, openBrowser } from './support/browser.ts'
import { openSite, type Person } from './support/site.ts'

t.setTimeout(240_000)
const site = await openSite(t, { listen: true })
const { db } = site

interface Shown {
  id: number
  title: string
  album: string
}

/** A photo of a published album that nobody said anything about yet. */
async function photoOfAlbum(): Promise<Shown> {
  const row = await db
    .selectFrom('album_media')
    .innerJoin('media', 'media.id', 'album_media.media_id')
    .innerJoin('albums', 'albums.id', 'album_media.album_id')
    .select(['media.id', 'media.title', 'albums.slug'])
    .where('media.kind', '=', 'image')
    .where('media.hidden_at', 'is', null)
    .where('media.agreement', '=', 'a_demander')
    .orderBy('media.id')
    .executeTakeFirstOrThrow()
  return { id: row.id, title: row.title, album: `/bonus/galerie/${row.slug}` }
}

async function addPhoto(name: string): Promise<number> {
  const color = { r: [...name].length * 9, g: name.charCodeAt(0), b: name.charCodeAt(1) }
  const source = await sharp({ create: { width: 400, height: 300, channels: 3, background: color } })
    .jpeg()
    .toBuffer()
  const uploadsDir = site.config.uploadsDir
  const { id } = await storeFile(db, {
    uploadsDir,
    source,
    filename: `${name}.jpg`,
    title: name,
    details: { alt: name }
  })
  return id
}

const addressesOf = async (id: number): Promise<string[]> => {
  const made = await db.selectFrom('renditions').select(['format', 'width']).where('media_id', '=', id).execute()
  return [`/medias/${id}/photo.jpg`, ...made.map(({ format, width }) => `/medias/${id}/${width}.${format}`)]
}

async function statuses(id: number, as: Person): Promise<number[]> {
  const visitor = await site.signIn(as)
  const found: number[] = []
  for (const url of await addressesOf(id)) found.push((await visitor.request({ method: 'GET', url })).statusCode)
  return [...new Set(found)]
}

async function setRights(id: number, values: Record<string, string>) {
  const ines = await site.signIn('ines')
  const page = await ines.visit(`/gestion/mediatheque/${id}`)
  return ines.submit(page, values, { form: 'form[action$="/droit-a-l-image"]' })
}

t.test('what is known of the agreement is written on the page of the file', async (t) => {
  const { id } = await photoOfAlbum()
  const saved = await setRights(id, {
    accord: 'oui',
    personnes: 'Léa M., jardinière',
    accord_source: 'formulaire du 12 mars 2026, dossier RH'
  })
  t.match(saved.text, 'Enregistré.')
  t.match(saved.text, /Dit par Inès Caron le /)
  t.match(await db.selectFrom('media').selectAll().where('id', '=', id).executeTakeFirstOrThrow(), {
    agreement: 'oui',
    people: 'Léa M., jardinière',
    agreement_source: 'formulaire du 12 mars 2026, dossier RH',
    agreement_until: null
  })
  const refused = await setRights(id, { accord: 'jusqu_au', accord_fin: '', personnes: 'Autre' })
  t.equal(refused.status, 422)
  t.match(refused.text, 'Donnez le dernier jour de l’accord.')
  t.equal(refused.document.querySelector('#personnes')?.getAttribute('value'), 'Autre', 'what was typed comes back')
  t.not(refused.document.querySelector('#title')?.getAttribute('value'), '', 'and so do the other fields')
  t.equal((await setRights(id, { accord: 'jusqu_au', accord_fin: '2026-02-31' })).status, 422)
  const journal = await site.visit('/gestion/journal', { as: 'ines' })
  t.match(journal.text, 'a noté le droit à l’image du fichier')
  await setRights(id, { accord: 'a_demander' })
})

t.test('« non » and an agreement that ended hide the photo everywhere, at the next request', async (t) => {
  const photo = await photoOfAlbum()
  const seen = async (): Promise<boolean> =>
    (await site.visit(photo.album, { as: 'camille' })).html.includes(`/medias/${photo.id}/`)
  t.equal(await seen(), true)
  for (const rights of [{ accord: 'non' }, { accord: 'jusqu_au', accord_fin: '2026-01-31' }]) {
    const page = await setRights(photo.id, rights)
    t.match(page.text, /masqué/)
    t.match(page.text, 'Masquée\u00a0: l’accord')
    t.equal(await seen(), false, rights.accord)
    for (const person of ['camille', 'nadia', 'paul'] as const) t.same(await statuses(photo.id, person), [404], person)
    t.same(await statuses(photo.id, 'ines'), [200], 'the webmaster still sees it')
    const choices = await (await site.signIn('nadia')).request({ url: `/gestion/mediatheque/choix?id=${photo.id}` })
    t.same(choices.json(), { files: [] }, 'nobody who writes may choose it')
    const picker = await site.visit(await pickerOf(photo.album), { as: 'ines' })
    t.notMatch(picker.html, `value="${photo.id}"`, 'nor an album')
  }
  t.match((await site.visit('/gestion/mediatheque?etat=masques', { as: 'ines' })).text, photo.title)
  t.match((await site.visit('/gestion/mediatheque', { as: 'ines' })).text, 'Masquée\u00a0: accord terminé')
  const again = await setRights(photo.id, { accord: 'oui' })
  t.match(again.text, 'Les agents voient de nouveau ce fichier.')
  t.equal(await seen(), true)
  await setRights(photo.id, { accord: 'a_demander' })
})

async function pickerOf(album: string): Promise<string> {
  const entry = await db
    .selectFrom('entries')
    .innerJoin('albums', 'albums.id', 'entries.content_id')
    .select('entries.id')
    .where('entries.kind', '=', 'album')
    .where('albums.slug', '=', album.split('/').at(-1) ?? '')
    .executeTakeFirstOrThrow()
  return `/gestion/albums/${entry.id}/photos`
}

t.test('the same bytes under another number are hidden with it', async (t) => {
  const one = await addPhoto('Jumelle')
  const other = await addPhoto('Jumelle')
  const camille = await site.signIn('camille')
  await camille.submit(await camille.visit(`/medias/${one}/retrait`))
  t.same(await statuses(other, 'camille'), [404])
  const ines = await site.signIn('ines')
  const form = 'form[action$="/decision"]'
  const file = await ines.visit(`/gestion/mediatheque/${other}`)
  await ines.submit(file, { decision: 'remise', raison: 'Essai' }, { form })
  t.same(await statuses(one, 'camille'), [200], 'and shown again with it')
  t.match((await answerTo('camille.robin@valbrune.example')).text, 'Essai')
})

t.test('a picture taken out of a video is hidden with the video', async (t) => {
  const poster = await addPhoto('Attente')
  const video = await db
    .selectFrom('media')
    .select(['id', 'poster_id'])
    .where('kind', '=', 'video')
    .executeTakeFirstOrThrow()
  await db.updateTable('media').set({ poster_id: poster }).where('id', '=', video.id).execute()
  t.same(await statuses(poster, 'camille'), [200])
  await setRights(video.id, { accord: 'non' })
  t.same(await statuses(poster, 'camille'), [404])
  t.match(
    (await site.visit(`/gestion/mediatheque/${poster}`, { as: 'ines' })).text,
    'Masquée avec la vidéo dont c’est l’image ou les sous-titres.'
  )
  await setRights(video.id, { accord: 'a_demander' })
  await db.updateTable('media').set({ poster_id: video.poster_id }).where('id', '=', video.id).execute()
})

t.test('« Je suis sur cette photo »: hidden at once, told to the webmasters, decided, answered', async (t) => {
  const photo = await photoOfAlbum()
  const camille = await site.signIn('camille')
  const album = await camille.visit(photo.album)
  const link = album.document
    .querySelectorAll('main a')
    .find((a) => a.getAttribute('href') === `/medias/${photo.id}/retrait`)
  t.match(link?.textContent, 'Je suis sur cette photo, retirez-la')
  const asking = await camille.visit(`/medias/${photo.id}/retrait`)
  t.match(asking.text, 'Elle disparaît tout de suite')
  t.ok(asking.document.querySelector(`main img[src*="/medias/${photo.id}/"]`), 'the photo is shown')
  const hostile = await camille.submit(asking, { message: 'x'.repeat(1001) })
  t.equal(hostile.status, 422)

  const done = await camille.submit(asking, { message: 'Au premier plan\u00a0: c’est moi.' })
  t.match(done.text, 'Plus aucun agent ne voit cette photo.')
  t.notOk(done.document.querySelector(`main img`), 'and it is shown no more')
  t.notMatch((await camille.visit(photo.album)).html, `/medias/${photo.id}/`, 'the kept page is not shown again')
  t.same(await statuses(photo.id, 'camille'), [404], 'its renditions are gone as well')
  const message = await site.mailbox.next(
    ({ to, subject }) =>
      to.includes('ines.caron@valbrune.example') && subject === `Retrait demandé\u00a0: ${photo.title}`
  )
  t.match(message.text, `Camille Robin demande le retrait de «\u00a0${photo.title}`)
  t.match(message.text, 'Au premier plan')

  const twice = await camille.post(`/medias/${photo.id}/retrait`, { message: 'Encore' })
  t.equal(twice.status, 303, 'a double click asks once')
  t.equal((await requestsAbout(photo.id)).length, 1)
  const late = await site.visit(`/medias/${photo.id}/retrait`, { as: 'paul' })
  t.match(late.text, 'Elle n’est déjà plus montrée')

  const dashboard = await site.visit('/gestion', { as: 'ines' })
  t.match(dashboard.text, /Demandes de retrait\s+1/)
  t.equal(
    dashboard.document.querySelector('.dashboard__waiting h2')?.getAttribute('id'),
    'retraits',
    'it comes first on the dashboard'
  )
  const ines = await site.signIn('ines')
  const file = await ines.visit(`/gestion/mediatheque/${photo.id}`)
  t.match(file.text, 'Masquée\u00a0: une personne a demandé son retrait.')
  t.match(file.text, 'Camille Robin a demandé son retrait le')
  const form = 'form[action$="/decision"]'
  const noReason = await ines.submit(file, { decision: 'remise', raison: '' }, { form })
  t.equal(noReason.status, 422)
  t.match(noReason.text, 'Dites pourquoi le fichier revient en ligne.')
  t.equal((await ines.submit(file, {}, { form })).status, 422)

  const kept = await ines.submit(file, { decision: 'masquee', raison: '' }, { form })
  t.match(kept.text, 'Le fichier reste masqué.')
  const first = await answerTo('camille.robin@valbrune.example')
  t.match(first.text, 'Elle reste masquée')
  t.same(await statuses(photo.id, 'camille'), [404])
  t.notMatch((await ines.visit('/gestion')).text, 'Demandes de retrait')

  const back = await ines.submit(kept, { decision: 'remise', raison: 'Vu avec vous\u00a0: floutée.' }, { form })
  t.match(back.text, 'Le fichier est de nouveau en ligne.')
  t.match((await answerTo('camille.robin@valbrune.example')).text, /de nouveau en ligne[\s\S]*Vu avec vous/)
  t.match((await camille.visit(photo.album)).html, `/medias/${photo.id}/`)
  const journal = await ines.visit('/gestion/journal')
  t.match(journal.text, 'a demandé le retrait du fichier')
  t.match(journal.text, /Visible jusque-là\s: /, 'with the pages where it was')
  t.match(journal.text, 'a remis en ligne le fichier')
})

function answerTo(email: string) {
  return site.mailbox.next(({ to, subject }) => to.includes(email) && subject.startsWith('Votre demande de retrait'))
}

function requestsAbout(id: number) {
  return db.selectFrom('removal_requests').selectAll().where('media_id', '=', id).execute()
}

t.test('a refusal comes before « Remettre en ligne », and the trash answers as well', async (t) => {
  const id = await addPhoto('Refusée')
  const paul = await site.signIn('paul')
  await paul.submit(await paul.visit(`/medias/${id}/retrait`))
  await setRights(id, { accord: 'non' })
  const ines = await site.signIn('ines')
  const file = await ines.visit(`/gestion/mediatheque/${id}`)
  const form = 'form[action$="/decision"]'
  const refused = await ines.submit(file, { decision: 'remise', raison: 'Pour voir' }, { form })
  t.equal(refused.status, 422)
  t.match(refused.text, 'changez-le d’abord')
  t.match(refused.document.querySelector('#raison')?.textContent, 'Pour voir')
  const thrown = await ines.submit(file, { decision: 'jetee', raison: '' }, { form })
  t.match(thrown.text, 'Le fichier est dans la corbeille.')
  t.match((await requestsAbout(id))[0], { decision: 'jetee' })
  t.equal((await ines.visit(`/medias/${id}/retrait`)).status, 404)
  t.match((await site.mailbox.next(({ to }) => to.includes('paul.mercier@valbrune.example'))).subject, /./)
})

t.test('ten a day, and a plain word to whoever asks for more', async (t) => {
  const nadia = await site.signIn('nadia')
  const ids: number[] = []
  for (let index = 0; index < 11; index += 1) ids.push(await addPhoto(`Foule ${index} ${'o'.repeat(index)}`))
  const answers: number[] = []
  for (const id of ids)
    answers.push((await nadia.submit(await nadia.visit(`/medias/${id}/retrait`), {}, { follow: false })).status)
  t.same(answers, [...Array<number>(10).fill(303), 429])
  const page = await nadia.submit(await nadia.visit(`/medias/${ids[10]}/retrait`), { message: 'Moi' })
  t.match(page.text, 'Vous avez déjà demandé dix retraits en un jour.')
  t.equal(page.document.querySelector('#message')?.textContent, 'Moi')
  t.same(await statuses(ids[10] ?? 0, 'nadia'), [200])
})

t.test('nobody removes the logo, a slide, a document or what is not there', async (t) => {
  const camille = await site.signIn('camille')
  const slide = await db.selectFrom('slides').select('image_id').executeTakeFirstOrThrow()
  const pdf = await db.selectFrom('media').select('id').where('kind', '=', 'pdf').executeTakeFirstOrThrow()
  const logo = await addPhoto('Logo')
  await db.updateTable('settings').set({ logo_id: logo }).execute()
  for (const id of [slide.image_id, pdf.id, logo, 99_999_999, '0', '1e3', '-1', '%00']) {
    t.equal((await camille.visit(`/medias/${id}/retrait`)).status, 404, String(id))
    t.equal((await camille.post(`/medias/${id}/retrait`)).status, 404, String(id))
  }
  await db.updateTable('settings').set({ logo_id: null }).execute()
  const visitor = site.newVisitor()
  const photo = await photoOfAlbum()
  t.match((await visitor.visit(`/medias/${photo.id}/retrait`)).headers.location, /^\/connexion/)
})

t.test(
  'an agreement that ended is told once, with the pages it was on; one that ends soon is on the dashboard',
  async (t) => {
    const photo = await photoOfAlbum()
    await setRights(photo.id, { accord: 'jusqu_au', accord_fin: dayIn(12) })
    const soon = await site.visit('/gestion', { as: 'ines' })
    t.match(soon.text, 'Accords qui prennent fin')
    t.match((await site.visit('/gestion/mediatheque?etat=accord-bientot-fini', { as: 'ines' })).text, photo.title)
    await setRights(photo.id, { accord: 'jusqu_au', accord_fin: dayIn(31) })
    t.notMatch((await site.visit('/gestion', { as: 'ines' })).text, 'Accords qui prennent fin')

    await setRights(photo.id, { accord: 'jusqu_au', accord_fin: dayIn(0) })
    t.same(await statuses(photo.id, 'camille'), [200], 'its last day is a day')
    await tellEndedAgreements(db)
    await setRights(photo.id, { accord: 'jusqu_au', accord_fin: dayIn(-1) })
    await Promise.all([tellEndedAgreements(db), tellEndedAgreements(db)])
    await tellEndedAgreements(db)
    site.app.wakeOutbox()
    const message = await site.mailbox.next(({ subject }) => subject.startsWith('Accord terminé'))
    t.match(message.text, photo.title)
    const lines = await db.selectFrom('journal').selectAll().where('event', '=', 'agreement-ended').execute()
    t.equal(lines.length, 1)
    t.match(lines[0], { agent_name: 'Le site', subject_id: photo.id, details: new RegExp(photo.album) })
    await setRights(photo.id, { accord: 'a_demander' })
  }
)

function dayIn(days: number): string {
  const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: 'Europe/Paris' })
  return format.format(Date.now() + days * 86_400_000)
}

t.test(
  'what is hidden keeps a page from being published, and what nobody asked about is a piece of advice',
  async (t) => {
    const photo = await photoOfAlbum()
    const picker = await pickerOf(photo.album)
    const screen = picker.replace('/photos', '')
    const ines = await site.signIn('ines')
    t.match((await ines.visit(screen)).text, 'personne n’a dit si les personnes que l’on reconnaît sont d’accord')
    await setRights(photo.id, { accord: 'non' })
    const edited = await ines.visit(screen)
    t.match(edited.text, 'Cette image est masquée\u00a0: l’accord est refusé.')
    const refused = await ines.submit(edited, { titre: 'Un autre titre' }, { button: 'Publier' })
    t.equal(refused.status, 422)
    t.match(refused.text, `Enlevez «\u00a0${photo.title}\u00a0» de l’album.`)
    await setRights(photo.id, { accord: 'a_demander' })
  }
)

t.test('replacing the picture asks again for the agreement; a refusal stands', async (t) => {
  const { replaceFile } = await import('../src/media/uploads.ts')
  const id = await addPhoto('Remplacée')
  const source = await sharp({ create: { width: 30, height: 20, channels: 3, background: 'teal' } })
    .png()
    .toBuffer()
  const uploadsDir = site.config.uploadsDir
  for (const [before, after] of [
    ['oui', 'a_demander'],
    ['non', 'non']
  ] as const) {
    await setRights(id, { accord: before })
    await replaceFile(db, { id, kind: 'image', filename: 'x.png' }, { uploadsDir, source })
    const row = await db.selectFrom('media').select('agreement').where('id', '=', id).executeTakeFirstOrThrow()
    t.equal(row.agreement, after)
  }
})

t.test('every query of readers asks the one condition', async (t) => {
  // One that names the trash alone would show what somebody asked to hide.
  const sources = [
    'bonus/queries.ts',
    'directions/queries.ts',
    'engagements/queries.ts',
    'pages/queries.ts',
    'search/queries.ts',
    'media/queries.ts',
    'media/images/printed-images.ts',
    'pages/targets.ts'
  ]
  for (const file of sources) {
    const text = readFileSync(join(import.meta.dirname, '../src', file), 'utf8')
    t.notMatch(text, /media\.trashed_at|image\.trashed_at/, file)
  }
})

t.test('the pages are right for axe, and on a narrow phone', async (t) => {
  const photo = await photoOfAlbum()
  const browser = await openBrowser(t, site.origin)
  const cookies = (visitor: Awaited<ReturnType<typeof site.signIn>>) =>
    [...visitor.cookies].map(([name, value]) => ({ name, value, url: site.origin }))
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newVisitor(t, { viewport: { width: 320, height: 700 }, colorScheme })
    await context.addCookies(cookies(await site.signIn('paul')))
    const page = await context.newPage()
    for (const address of [photo.album, `/medias/${photo.id}/retrait`]) {
      await page.goto(address)
      t.same(await axe(page), [], `${address} ${colorScheme}`)
      t.ok(await evaluate(page, 'document.documentElement.scrollWidth <= innerWidth'), `${address} at 320 px`)
    }
    const desk = await browser.newVisitor(t, { viewport: { width: 320, height: 700 }, colorScheme })
    await desk.addCookies(cookies(await site.signIn('ines')))
    await hideFor(t, photo.id)
    const screen = await desk.newPage()
    for (const address of [`/gestion/mediatheque/${photo.id}`, '/gestion/mediatheque?etat=masques', '/gestion']) {
      await screen.goto(address)
      t.same(await axe(screen), [], `${address} ${colorScheme}`)
      t.ok(await evaluate(screen, 'document.documentElement.scrollWidth <= innerWidth'), `${address} at 320 px`)
    }
    await db.updateTable('media').set({ hidden_at: null }).where('id', '=', photo.id).execute()
    await db.deleteFrom('removal_requests').where('media_id', '=', photo.id).execute()
  }
})

async function hideFor(_t: Test, id: number): Promise<void> {
  await db.updateTable('media').set({ hidden_at: sql<Date>`now()` }).where('id', '=', id).execute()
  await db
    .insertInto('removal_requests')
    .values({ media_id: id, agent_name: 'Camille Robin', message: 'C’est moi.' })
    .execute()
}
