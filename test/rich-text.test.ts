/** Files and key figures among the words of a text: what readers see of them, who is given which, and where they are found again. */
import t from 'tap'
import { mediaIdsOf, richTextParts } from '../src/media/rich-text-media.ts'
import { listUses } from '../src/media/use-queries.ts'
import { cleanRichText, comparedText, plainText, textToRichText } from '../src/web/rich-text.ts'
import { openSite } from './support/site.ts'

const site = await openSite(t)
const { db } = site

async function newest(kind: 'image' | 'video' | 'pdf') {
  return db
    .selectFrom('media')
    .select(['id', 'title', 'alt', 'filename'])
    .where('kind', '=', kind)
    .where((eb) => eb.not(eb.exists(eb.selectFrom('slides').select('position').whereRef('image_id', '=', 'media.id'))))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
}

const image = await newest('image')
const video = await newest('video')
const pdf = await newest('pdf')
// Made by a job, which no test of this file waits for.
await db
  .insertInto('renditions')
  .values({ media_id: image.id, format: 'webp', width: 320, height: 180, sha256: 'c'.repeat(64), size: 10 })
  .onConflict((conflict) => conflict.doNothing())
  .execute()
const text = [
  '<p>Avant.</p>',
  `<figure data-image="${image.id}"><figcaption>Photo &amp; ville</figcaption></figure>`,
  `<p data-video="${video.id}">Ancien titre de la vidéo</p>`,
  `<p data-document="${pdf.id}">Ancien titre du document</p>`,
  '<p data-key-figure><strong>93\u00a0%</strong> des agents ont répondu</p>',
  '<p>Après.</p>'
].join('')

t.test('the sanitiser holds each block to its only form', async (t) => {
  t.equal(cleanRichText(text), text)
  t.equal(textToRichText(text), text, 'and so does the bare field')
  t.equal(textToRichText(`Mot\n${text}\nFin`), `<p>Mot</p>${text}<p>Fin</p>`, 'with words typed around it')
  const cases: [string, string][] = [
    [
      '<figure data-image="12" class="x" onclick="y"><img src="z">Mots</figure>',
      '<figure data-image="12"><figcaption>Mots</figcaption></figure>'
    ],
    [
      '<figure data-image="12"><figcaption><b>Gras</b> <a href="/x">lien</a></figcaption></figure>',
      '<figure data-image="12"><figcaption>Gras lien</figcaption></figure>'
    ],
    ['<figure data-image="012"><figcaption>Mots</figcaption></figure>', 'Mots'],
    ['<figure data-image="12; drop"></figure>', ''],
    ['<figure data-video="12"></figure>', ''],
    ['<p data-video="12" data-document="13">Titre <em>fort</em></p>', '<p data-video="12">Titre fort</p>'],
    ['<p data-video="-1">Titre</p>', '<p>Titre</p>'],
    ['<p data-image="12">Titre</p>', '<p>Titre</p>'],
    ['<p data-key-figure="x"><strong>3</strong>\nmots</p>', '<p data-key-figure><strong>3</strong> mots</p>'],
    ['<p data-key-figure>3 mots</p>', '<p>3 mots</p>'],
    ['<p data-key-figure><strong>3</strong></p>', '<p><strong>3</strong></p>'],
    [
      '<ul><li>a<figure data-image="12"></figure></li><li>b</li></ul>',
      '<ul><li>a</li><li>b</li></ul><figure data-image="12"></figure>'
    ],
    ['<div data-video="12"></div>', '']
  ]
  for (const [typed, stored] of cases) t.equal(cleanRichText(typed), stored, typed)
})

t.test('its words are read wherever only words are', async (t) => {
  t.equal(
    plainText(text),
    'Avant. Photo & ville Ancien titre de la vidéo Ancien titre du document 93\u00a0% des agents ont répondu Après.'
  )
  t.equal(
    comparedText(`<p>Le <a href="/x">guide</a>.</p><figure data-image="12"></figure>${text.slice(-13)}`),
    'Le guide [/x]. [image n°\u00a012] Après.',
    'two versions differ by their files and addresses too'
  )
  t.same(mediaIdsOf(text, text, '<p>rien</p>'), [image.id, video.id, pdf.id])
  t.same(richTextParts('', new Map()), [])
  t.same(
    richTextParts(text, new Map()).map(({ kind }) => kind),
    ['html', 'figure', 'html'],
    'a file that is not there shows nothing'
  )
})

t.test('readers see the files, by the site’s own parts, on every page that prints a text', async (t) => {
  const action = await db
    .selectFrom('actions')
    .select(['id', 'slug'])
    .where('visibility', '=', 'public')
    .orderBy('number')
    .executeTakeFirstOrThrow()
  await db
    .updateTable('actions')
    .set({ summary: text, results: text, tools: text })
    .where('id', '=', action.id)
    .execute()
  await db.updateTable('engagements').set({ description: text }).execute()
  await db.updateTable('directions').set({ project: text }).execute()
  await db
    .updateTable('issues')
    .set({ body: `<h2>Un article</h2>${text}` })
    .execute()
  await db.updateTable('pages').set({ body: text }).execute()
  await db.updateTable('home_words').set({ body: text }).execute()
  await db.updateTable('demarche_steps').set({ body: text }).execute()
  const slugOf = async (table: 'engagements' | 'directions' | 'issues') =>
    (await db.selectFrom(table).select('slug').orderBy('id').executeTakeFirstOrThrow()).slug
  const paths = [
    `/actions/${action.slug}`,
    `/engagements/${await slugOf('engagements')}`,
    `/directions/${await slugOf('directions')}`,
    `/bonus/entre-nous/${await slugOf('issues')}`,
    '/',
    '/demarche',
    '/mentions-legales',
    '/confidentialite',
    '/accessibilite'
  ]
  for (const path of paths) {
    const page = await site.visit(path, { as: 'camille' })
    const figure = page.document.querySelector('.prose figure.illustration')
    t.equal(figure?.querySelector('img')?.getAttribute('alt'), image.alt, `${path}: the picture and its alternative`)
    t.match(figure?.querySelector('source')?.getAttribute('srcset'), `/medias/${image.id}/320.webp`)
    t.equal(figure?.querySelector('figcaption')?.textContent, 'Photo & ville')
    t.equal(figure?.getAttribute('aria-label'), 'Photo & ville')
    t.equal(page.document.querySelector('.prose video')?.getAttribute('aria-label'), video.title, 'its title of today')
    t.match(page.document.querySelector('.prose a.document')?.textContent, pdf.title)
    t.equal(page.document.querySelector('.prose .key-figure__value')?.textContent, '93\u00a0%')
    t.notMatch(page.html, 'Ancien titre')
    t.notMatch(page.html, / data-(?:(?:image|video|document)=|key-figure)/, 'what is stored is not what is shown')
  }
  for (const path of [`/actions/${action.slug}`, '/mentions-legales', '/accessibilite']) {
    const page = await site.visit(path)
    t.equal(page.status, 200)
    t.match(page.text, 'des agents ont répondu', 'a visitor reads the words')
    t.notMatch(page.html, '/medias/', 'and is given no file that would be refused')
    t.notMatch(page.html, 'illustration')
  }
  await db.updateTable('media').set({ trashed_at: new Date() }).where('id', '=', image.id).execute()
  const after = await site.visit(`/actions/${action.slug}`, { as: 'camille' })
  t.equal(after.document.querySelector('.prose .illustration'), null, 'what is in the trash leaves no hole')
  await db.updateTable('media').set({ trashed_at: null }).where('id', '=', image.id).execute()
})

t.test('the preview of a draft shows its files as readers will see them', async (t) => {
  const entry = await db
    .selectFrom('entries')
    .select(['id', 'content_id'])
    .where('kind', '=', 'action')
    .where('content_id', 'is not', null)
    .orderBy('id')
    .executeTakeFirstOrThrow()
  await db.updateTable('actions').set({ summary: text }).where('id', '=', entry.content_id).execute()
  const page = await site.visit(`/gestion/actions/${entry.id}/apercu`, { as: 'ines' })
  t.equal(page.status, 200)
  t.ok(page.document.querySelector('.prose .illustration img'))
})

t.test('the media library knows that a text shows a file, also while it is a draft', async (t) => {
  for (const { id } of [image, video, pdf]) {
    t.ok((await listUses(db, id)).some(({ place }) => place === 'text'))
  }
  const other = await db
    .insertInto('media')
    .values({
      title: 'a',
      filename: 'a.jpg',
      content_type: 'image/jpeg',
      size: 1,
      sha256: 'b'.repeat(64),
      kind: 'image'
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  t.same(await listUses(db, other.id), [])
  const entry = await db.selectFrom('entries').select('id').where('kind', '=', 'action').executeTakeFirstOrThrow()
  await db
    .updateTable('entries')
    .set({ draft: JSON.stringify({ title: 'x', summary: `<figure data-image="${other.id}"></figure>` }) })
    .where('id', '=', entry.id)
    .execute()
  t.same(
    (await listUses(db, other.id)).map(({ place }) => place),
    ['draft']
  )
})

t.test('a tag inside a sentence leaves no space in the excerpts of a search', async (t) => {
  await db
    .updateTable('pages')
    .set({
      body: '<h2>Un titre</h2><p>Voici la <strong>zibeline</strong>, le 1<sup>er</sup> <a href="/x">lien</a>.</p>'
    })
    .where('slug', '=', 'confidentialite')
    .execute()
  const page = await site.visit('/recherche?q=zibeline', { as: 'camille' })
  t.match(page.text, 'Un titre Voici la zibeline, le 1er lien')
})

t.test('the editor is told of files, by those who write', async (t) => {
  const ask = async (person: 'ines' | 'nadia' | 'paul', query: string) => {
    const visitor = await site.signIn(person)
    return visitor.request({ url: `/gestion/mediatheque/choix?${query}`, headers: { accept: 'application/json' } })
  }
  const files = async (query: string, person: 'ines' | 'nadia' | 'paul' = 'ines') =>
    (await ask(person, query)).json<{
      files: { id: number; title: string; type: string; thumbnail: string | null }[]
    }>().files
  const images = await files('genre=image')
  t.equal(images.length, 20)
  t.ok(images.every(({ type, thumbnail }) => type.startsWith('Image') && thumbnail?.startsWith('/medias/')))
  // Those of the tests above exist in name only.
  const first = images.find(({ id }) => id < image.id)
  const shown = await (await site.signIn('paul')).request({ url: first?.thumbnail ?? '' })
  t.equal(shown.statusCode, 200, 'its picture is served')
  t.ok((await files('genre=video', 'nadia')).some(({ id }) => id === video.id))
  t.ok((await files('genre=document', 'paul')).some(({ id }) => id === pdf.id))
  const words = encodeURIComponent(pdf.title.normalize('NFD').replaceAll(/\p{M}/gu, '').toUpperCase())
  t.ok(
    (await files(`genre=document&q=${words}`)).some(({ id }) => id === pdf.id),
    'accents and capitals do not count'
  )
  t.same(await files('genre=image&q=%25'), [], 'nor do signs mean anything')
  t.same(
    (await files(`id=${pdf.id}&id=${image.id}&id=999999&id=x`)).map(({ id }) => id).sort(),
    [pdf.id, image.id].sort(),
    'those that a text names, of whatever kind'
  )
  t.same(await files('id=999999'), [])
  t.equal((await (await site.signIn('camille')).request({ url: '/gestion/mediatheque/choix' })).statusCode, 403)
  t.equal((await site.newVisitor().request({ url: '/gestion/mediatheque/choix' })).statusCode, 303)
})
