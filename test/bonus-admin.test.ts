/** The magazine and the gallery are written, published and undone by the webmaster, and by nobody else. */
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
    pdf_ajout: `${pdf?.id} – ${pdf?.title}`,
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
  t.match((await ines.visit('/gestion/entre-nous')).text, '12 mars 2026')
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
