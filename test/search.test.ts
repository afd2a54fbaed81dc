/** What slides, PDF files and films say is found like the words of pages, and leads to where it is said. */
import t from 'tap'
import { openSite, type Page } from './support/site.ts'

const site = await openSite(t)
const { db } = site
const camille = await site.signIn('camille')

interface Result {
  kind: string
  title: string
  href: string
  text: string
}

function results(page: Page): Result[] {
  return page.document.querySelectorAll('.result').map((result) => ({
    kind: result.querySelector('.change__kind')?.text ?? '',
    title: result.querySelector('h3')?.text ?? '',
    href: result.querySelector('h3 a')?.getAttribute('href') ?? '',
    text: result.text.replaceAll(/\s+/g, ' ')
  }))
}

async function search(words: string): Promise<Result[]> {
  return results(await camille.visit(`/recherche?q=${encodeURIComponent(words)}`))
}

const deck = await db
  .selectFrom('direction_media')
  .innerJoin('directions', 'directions.id', 'direction_media.direction_id')
  .innerJoin('media', 'media.id', 'direction_media.media_id')
  .select(['media.id', 'media.title', 'directions.slug', 'directions.name', 'directions.id as direction_id'])
  .where('directions.slug', '=', 'culture-et-vie-associative')
  .where('media.kind', '=', 'presentation')
  .executeTakeFirstOrThrow()

async function say(position: number, words: { text?: string; notes?: string }): Promise<void> {
  await db.updateTable('slides').set(words).where('media_id', '=', deck.id).where('position', '=', position).execute()
}

t.test('a slide is found by its words, without their accents, and opened where it stands', async (t) => {
  await say(5, { text: 'La ludothèque aménagée dans l’ancienne blanchisserie' })
  const [first] = await search('ludotheque amenagee blanchisserie')
  t.match(first, {
    kind: 'Diaporama, diapositive 5',
    href: `/directions/culture-et-vie-associative#diapositive-${deck.id}-5`
  })
  t.match(first?.title, deck.title, 'it tells which presentation')
  t.match(first?.text, deck.name, 'and which page')
  const page = await camille.visit('/directions/culture-et-vie-associative')
  t.ok(page.document.getElementById(`diapositive-${deck.id}-5`), 'the place exists')
})

t.test('what the speaker says is found too, and several slides of one file are one result', async (t) => {
  await say(6, { notes: 'Rappeler la blanchisserie' })
  const found = (await search('blanchisserie')).filter(({ href }) => href.includes(`diapositive-${deck.id}-`))
  t.equal(found.length, 1)
  t.match(found[0]?.text, 'et 1\u00a0autre diapositive'.replace('\u00a0', ' '))
})

t.test('a film is found by its transcript, where a page shows it, texts included', async (t) => {
  const video = await db
    .selectFrom('media')
    .select(['id', 'title'])
    .where('kind', '=', 'video')
    .orderBy('id')
    .executeTakeFirstOrThrow()
  await db
    .updateTable('media')
    .set({ transcript: 'Nous avons rebâti le kiosque à musique.' })
    .where('id', '=', video.id)
    .execute()
  const found = await search('kiosque')
  t.match(found[0], { kind: 'Vidéo', title: video.title })
  t.match(found[0]?.href, new RegExp(`#video-${video.id}$`))
  const shown = await camille.visit(found[0]?.href.split('#')[0] ?? '')
  t.ok(shown.document.getElementById(`video-${video.id}`))

  await db.deleteFrom('direction_media').where('media_id', '=', video.id).execute()
  await db.deleteFrom('album_media').where('media_id', '=', video.id).execute()
  await db.updateTable('home_words').set({ video_id: null }).execute()
  t.same(await search('kiosque'), [], 'no page shows it any more')
  await db
    .updateTable('actions')
    .set({ results: `<p>Voir le film.</p><figure data-video="${video.id}"></figure>` })
    .where('number', '=', 3)
    .execute()
  const [embedded] = await search('kiosque')
  t.match(embedded?.href, new RegExp(`^/actions/.*#video-${video.id}$`))
})

t.test('nothing is said of what readers may not see', async (t) => {
  t.ok((await search('blanchisserie')).length > 0)
  await db.updateTable('media').set({ trashed_at: new Date() }).where('id', '=', deck.id).execute()
  t.same(await search('blanchisserie'), [], 'a file of the trash')
  await db.updateTable('media').set({ trashed_at: null }).where('id', '=', deck.id).execute()
  await db.updateTable('directions').set({ published_at: null }).where('id', '=', deck.direction_id).execute()
  t.same(await search('blanchisserie'), [], 'a page that is not published')
})
