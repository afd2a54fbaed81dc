/** Every address, for everyone: what each of the cast gets. A change of who may what is a line of the snapshot. */
import t from 'tap'
import type { Access } from '../src/web/access.ts'
import { openSite, type Person, type Visitor } from './support/site.ts'

const site = await openSite(t)
const { db } = site

interface Address {
  method: string
  url: string
  access: Access
}

const people = { visitor: undefined, agent: 'camille', référente: 'nadia', pilote: 'paul', webmaster: 'ines' } as const
const unsafe = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])
const addresses: Address[] = site.app.accessList
  .filter(({ method }) => method !== 'HEAD')
  .sort((a, b) => a.url.localeCompare(b.url) || a.method.localeCompare(b.method))

const samples = await sampleParameters()
/** It ends the world of the other addresses, so it comes last. */
const lastOfAll = '/gestion/demonstration/retirer'

t.test('every address with parameters has an example here', async (t) => {
  t.same(
    addresses.filter(({ url }) => sampleOf(url) === undefined).map(({ method, url }) => `${method} ${url}`),
    [],
    'add an example to sampleParameters()'
  )
})

t.test('who gets what', async (t) => {
  const lines = new Map<Address, string>()
  const inOrder = [...addresses].sort((a, b) => Number(a.url === lastOfAll) - Number(b.url === lastOfAll))
  for (const address of inOrder) {
    const answers: string[] = []
    for (const [who, person] of Object.entries(people)) answers.push(`${who} ${await answerTo(address, person)}`)
    const title = `${address.method.padEnd(4)} ${address.url}`
    lines.set(address, `${title.padEnd(52)} ${address.access.padEnd(9)} ${answers.join(' · ')}`)
  }
  // Modules and drawings come and go, and are for anyone: their folder speaks for them.
  const told = addresses.filter(({ url }) => !/^\/assets\/:version\/(js|img)\//.test(url))
  const text = told.map((address) => lines.get(address)).join('\n')
  t.notMatch(text, / 5\d\d/, 'nothing breaks')
  t.matchSnapshot(text, 'every address and everyone')
})

t.test('an address that changes something refuses requests that do not come from our pages', async (t) => {
  const camille = await site.signInAs('quelqu-un.autre@valbrune.example')
  const strangers: Record<string, Record<string, string>> = {
    'another site': { origin: 'https://ailleurs.example', 'sec-fetch-site': 'cross-site' },
    'a sister site': { origin: 'http://autre.localhost:3000', 'sec-fetch-site': 'same-site' },
    'an old browser on another site': { origin: 'https://ailleurs.example' },
    'a page without origin': { origin: 'null' },
    'a program that says nothing': {}
  }
  for (const { method, url } of addresses.filter((address) => unsafe.has(address.method))) {
    for (const [who, headers] of Object.entries(strangers)) {
      const response = await camille.request({ method: 'POST', url: sampleOf(url) ?? url, headers })
      t.equal(response.statusCode, 403, `${method} ${url} from ${who}`)
    }
  }
})

t.test('HEAD never does more than GET would', async (t) => {
  for (const { url, access } of site.app.accessList.filter(({ method }) => method === 'HEAD')) {
    const response = await site.app.inject({ method: 'HEAD', url: sampleOf(url) ?? url })
    t.equal(response.body, '', `HEAD ${url} says nothing`)
    if (access === 'agent' || access === 'webmaster') t.equal(response.statusCode, 303, `HEAD ${url} asks to sign in`)
  }
})

t.test('what does not exist is told to nobody', async (t) => {
  for (const path of [
    '/n-existe-pas',
    '/gestion-secrete',
    '/engagements/x/y',
    '/medias',
    '/assets',
    '/.env',
    '/.git/config'
  ]) {
    const response = await site.app.inject({ method: 'GET', url: path })
    t.ok([303, 404].includes(response.statusCode), `${path}: ${response.statusCode}`)
  }
})

async function answerTo({ method, url }: Address, person: Person | undefined): Promise<string> {
  const visitor: Visitor = person ? await site.signIn(person) : site.newVisitor()
  const cookies = new Map(visitor.cookies)
  const path = sampleOf(url) ?? url
  const options = { houseRules: false }
  const page = unsafe.has(method) ? await visitor.post(path, {}, options) : await visitor.visit(path, options)
  // Some addresses sign out: everyone is still there for the next one.
  visitor.cookies.clear()
  for (const [name, value] of cookies) visitor.cookies.set(name, value)
  if (url !== lastOfAll) await db.updateTable('sessions').set({ revoked_at: null }).execute()
  const target = page.headers.location
  if (target === undefined) return String(page.status)
  const asked = String(target)
    .replaceAll(encodeURIComponent(path), url)
    .replace(/\/assets\/\w+\//, '/assets/:version/')
  return `${page.status} → ${asked}`
}

function sampleOf(url: string): string | undefined {
  return /[:*]/.test(url) ? samples[url] : url
}

/** Something real for each parameter. */
async function sampleParameters(): Promise<Record<string, string>> {
  const slugOf = async (table: 'engagements' | 'directions' | 'issues' | 'albums'): Promise<string> =>
    (await db.selectFrom(table).select('slug').orderBy('id').executeTakeFirstOrThrow()).slug
  const action = await db
    .selectFrom('actions')
    .select('slug')
    .where('visibility', '=', 'agents')
    .orderBy('number')
    .executeTakeFirstOrThrow()
  const file = await db.selectFrom('media').select(['id', 'filename']).orderBy('id').executeTakeFirstOrThrow()
  const film = await db
    .selectFrom('media')
    .select('id')
    .where('kind', '=', 'video')
    .orderBy('id')
    .executeTakeFirstOrThrow()
  // Whoever asks hides it from those who come after.
  const photo = await db
    .selectFrom('album_media')
    .innerJoin('media', 'media.id', 'album_media.media_id')
    .select('media.id')
    .where('media.kind', '=', 'image')
    .orderBy('media.id', 'desc')
    .executeTakeFirstOrThrow()
  const entry = await db
    .selectFrom('entries')
    .select('id')
    .where('kind', '=', 'action')
    .orderBy('id')
    .executeTakeFirstOrThrow()
  const engagement = await db
    .selectFrom('entries')
    .select('id')
    .where('kind', '=', 'engagement')
    .orderBy('id')
    .executeTakeFirstOrThrow()
  const directionEntry = await db
    .selectFrom('entries')
    .select('id')
    .where('kind', '=', 'direction')
    .orderBy('id')
    .executeTakeFirstOrThrow()
  const firstEntry = async (kind: 'issue' | 'album' | 'home' | 'demarche' | 'page'): Promise<number> =>
    (await db.selectFrom('entries').select('id').where('kind', '=', kind).orderBy('id').executeTakeFirstOrThrow()).id
  const ofBonus = { 'entre-nous': await firstEntry('issue'), albums: await firstEntry('album') }
  const ofPages = {
    accueil: await firstEntry('home'),
    demarche: await firstEntry('demarche'),
    pages: await firstEntry('page')
  }
  // Nobody of the cast: one of these addresses sends that agent away.
  const other = await db
    .insertInto('agents')
    .values({ email: 'de.passage@valbrune.example', name: 'De Passage' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const list: Record<string, string> = {
    '/engagements/:slug': `/engagements/${await slugOf('engagements')}`,
    '/actions/:slug': `/actions/${action.slug}`,
    '/directions/:slug': `/directions/${await slugOf('directions')}`,
    '/bonus/entre-nous/:slug': `/bonus/entre-nous/${await slugOf('issues')}`,
    '/bonus/galerie/:slug': `/bonus/galerie/${await slugOf('albums')}`,
    '/medias/:id/retrait': `/medias/${photo.id}/retrait`,
    '/medias/:id/:filename': `/medias/${file.id}/${encodeURIComponent(file.filename)}`,
    '/medias/:id/chapitres.vtt': `/medias/${film.id}/chapitres.vtt`,
    '/connexion/lien/:token': '/connexion/lien/un-jeton-qui-ne-vaut-rien',
    '/gestion/contenus/:entryId': `/gestion/contenus/${entry.id}`,
    '/gestion/reglages/:section': '/gestion/reglages/menu',
    '/gestion/reglages/remettre/:line': '/gestion/reglages/remettre/999999',
    '/compte/appareils/:id/deconnecter': '/compte/appareils/999999/deconnecter'
  }
  for (const { url } of addresses) {
    if (url.startsWith('/gestion/actions/:id')) {
      list[url] = url.replace(':id', String(entry.id)).replace(':revision', '1')
    }
    if (url.startsWith('/gestion/engagements/:id')) {
      list[url] = url.replace(':id', String(engagement.id)).replace(':revision', '1')
    }
    if (url.startsWith('/gestion/directions/:id')) {
      list[url] = url.replace(':id', String(directionEntry.id)).replace(':revision', '1')
    }
    for (const [path, id] of Object.entries({ ...ofBonus, ...ofPages })) {
      if (url.startsWith(`/gestion/${path}/:id`)) list[url] = url.replace(':id', String(id)).replace(':revision', '1')
    }
    const poster = /^(\/gestion\/affiches\/(?:actions|engagements)\/):id[^.]*(\.\w+)$/.exec(url)
    if (poster) list[url] = `${poster[1]}1${poster[2]}`
    if (url.startsWith('/gestion/agents/:id')) list[url] = url.replace(':id', String(other.id))
    if (url.endsWith('/envois/:upload')) list[url] = url.replace(':upload', '0'.repeat(32))
    if (url.startsWith('/gestion/mediatheque/:id')) list[url] = url.replace(':id', String(file.id))
    if (/\/:id\/(?:sous-titres|transcription|sans-sous-titres|image-du-film)/.test(url)) {
      list[url] = url.replace(':id', String(film.id))
    }
    if (!url.startsWith('/assets/:version/')) continue
    list[url] = url.replace(':version', 'ancienne').replace('*', 'img/favicon.svg').replace(':colour', '1a4f8b.css')
  }
  return list
}
