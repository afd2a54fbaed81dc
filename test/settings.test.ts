/** What the webmaster sets takes effect at once, everywhere, and can be put back. */
import { sql } from 'kysely'
import t from 'tap'
import { accentStylesheet, checkAccent, readColour } from '../src/web/accent.ts'
import { axe, openBrowser } from './support/browser.ts'
import { openSite, type Values } from './support/site.ts'

t.setTimeout(120_000)
const site = await openSite(t, { listen: true })
const { db } = site
const ines = await site.signIn('ines')
const domain = 'valbrune.example'

function settings() {
  return db.selectFrom('settings').selectAll().executeTakeFirstOrThrow()
}

async function save(section: string, values: Values) {
  return ines.submit(await ines.visit(`/gestion/reglages/${section}`), values, { form: 'main form' })
}

async function lastLine() {
  return db
    .selectFrom('journal')
    .selectAll()
    .where('subject', '=', 'settings')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
}

t.test('settings are for the webmaster only', async (t) => {
  const addresses = site.app.accessList.filter(({ url }) => url.startsWith('/gestion/reglages'))
  t.equal(addresses.length, 6)
  for (const { method, url, access } of addresses) {
    t.equal(access, 'webmaster', `${method} ${url}`)
    const path = url.replace(':section', 'identite').replace(':line', '1')
    const ask = (visitor: Awaited<ReturnType<typeof site.signIn>>) =>
      method === 'POST' ? visitor.post(path) : visitor.visit(path)
    t.equal((await ask(site.newVisitor())).status, 303)
    for (const person of ['camille', 'nadia', 'paul'] as const) {
      if (method !== 'HEAD')
        t.equal((await ask(await site.signIn(person))).status, 403, `${method} ${url} as ${person}`)
    }
  }
  t.equal((await ines.visit('/gestion/reglages/rien')).status, 404)
  t.equal((await ines.post('/gestion/reglages/rien')).status, 404)
  t.equal((await ines.post('/gestion/reglages/remettre/999999')).status, 404)
})

t.test('names show on every page at once, and the change is taken back with one press', async (t) => {
  const refused = await save('identite', { ville: '', site: 'Notre projet' })
  t.equal(refused.status, 422)
  t.match(refused.text, 'Saisissez le nom de la ville.')
  t.equal(refused.document.querySelector('#site')?.getAttribute('value'), 'Notre projet', 'typed text comes back')
  t.match(refused.document.querySelector('title')?.textContent, /^Erreur\u00a0: Nom, logo/)

  const before = await settings()
  const done = await save('identite', { ville: 'Bourg-Neuf', site: 'Notre projet' })
  t.match(done.text, 'C’est enregistré')
  t.match(done.text, `Nom de la ville\u00a0: ${before.city_name} → Bourg-Neuf`)
  t.match((await site.visit('/connexion')).html, 'Bourg-Neuf')
  t.match(await lastLine(), {
    agent_name: 'Inès Caron',
    title: 'Nom, logo et couleur',
    event: 'changed',
    former: { city_name: before.city_name, site_name: before.site_name }
  })
  t.match((await save('identite', {})).text, 'Rien n’a changé.')
  const back = await ines.submit(done, {}, { form: 'form.undo' })
  t.match(back.text, 'C’est remis comme avant.')
  t.match(await settings(), { city_name: before.city_name, site_name: before.site_name })
  t.equal((await lastLine()).event, 'restored')
  const again = await ines.submit(back, {}, { form: 'form.undo' })
  t.match(again.text, 'C’est remis', 'what was taken back can be put again')
  t.equal((await settings()).city_name, 'Bourg-Neuf')
})

t.test('a colour is measured, in light and in dark', async (t) => {
  t.equal(readColour(' 1A4F8B'), '#1a4f8b')
  t.equal(readColour('#abc'), '#aabbcc')
  for (const wrong of ['', 'bleu', '#12345', '#1a4f8b;}']) t.equal(readColour(wrong), undefined, wrong)
  for (const colour of ['#ffcc00', '#e30613', '#00a19a', '#ffffff', '#7f7f7f', '#f39200']) {
    const checked = checkAccent(colour)
    t.equal(checked.ok, false, colour)
    if (!checked.ok) t.equal(checkAccent(checked.nearest).ok, true, `${checked.nearest} instead of ${colour}`)
  }
  for (const colour of ['#1a4f8b', '#000000', '#6b1d5c', '#00563f']) {
    const checked = checkAccent(colour)
    t.ok(checked.ok && checked.ratio >= 4.5 && checked.darkRatio >= 4.5, colour)
    t.match(accentStylesheet(colour), `--link: ${colour}`)
  }

  const refused = await save('identite', { couleur: '#FFCC00' })
  t.equal(refused.status, 422)
  t.match(refused.text, 'son contraste avec les fonds du site est de 1,2, il en faut 4,5')
  t.equal(refused.document.querySelector('#couleur')?.getAttribute('value'), '#FFCC00')
  const nearest = /Prendre la nuance (#[0-9a-f]{6})/.exec(refused.text)?.[1] ?? ''
  const taken = await ines.submit(refused, {}, { form: 'main form', button: `Prendre la nuance ${nearest}` })
  t.match(taken.text, 'C’est enregistré')
  t.equal((await settings()).accent, nearest)
  t.match((await save('identite', { couleur: 'vert' })).text, 'Saisissez un code de couleur')

  const page = await site.visit('/connexion')
  const href = page.document.querySelector('link[href*="/accent/"]')?.getAttribute('href') ?? ''
  const sheet = await site.newVisitor().request({ url: href })
  t.match(sheet.headers['content-type'], 'text/css')
  t.match(sheet.headers['cache-control'], 'immutable')
  t.match(sheet.body, nearest)
  t.equal((await site.newVisitor().request({ url: href.replace(nearest.slice(1), 'red}body{') })).statusCode, 404)
  await save('identite', { couleur: '' })
  t.equal((await site.visit('/connexion')).document.querySelector('link[href*="/accent/"]'), null)
})

t.test('the logo, and no other file, is for those who are not signed in', async (t) => {
  const image = await db
    .selectFrom('media')
    .select(['id', 'title', 'filename'])
    .where('kind', '=', 'image')
    .where('trashed_at', 'is', null)
    .orderBy('id')
    .executeTakeFirstOrThrow()
  const video = await db.selectFrom('media').select('id').where('kind', '=', 'video').executeTakeFirstOrThrow()
  const stranger = site.newVisitor()
  t.equal((await stranger.request({ url: '/logo' })).statusCode, 404)
  t.match((await save('identite', { logo: 'le blason' })).text, 'Choisissez une image parmi')
  t.match((await save('identite', { logo: String(video.id) })).text, 'n’est plus dans la médiathèque')
  const done = await save('identite', { logo: `${image.id} – ${image.title}` })
  t.match(done.text, `Logo\u00a0: Le logo d’origine du site → ${image.title}`)
  const mark = (await stranger.visit('/connexion')).document.querySelector('.brand__mark--logo')
  const served = await stranger.request({ url: mark?.getAttribute('src') ?? '' })
  t.equal(served.statusCode, 200)
  t.match(served.headers['content-type'], /^image\//)
  t.match(served.headers['cache-control'], 'public, max-age=31536000, immutable')
  t.equal((await stranger.request({ url: `/medias/${image.id}/${image.filename}` })).statusCode, 303)
  const kept = await save('identite', { ville: 'Bourg-Neuf' })
  t.match(kept.text, 'Rien n’a changé', 'the box keeps the logo')
  await save('identite', { logo_gardee: [] })
  t.equal((await settings()).logo_id, null)
})

t.test('the menu takes the words of the city', async (t) => {
  t.match((await save('menu', { menu_bonus: '' })).text, 'Saisissez le nom de cette partie')
  await save('menu', { menu_bonus: 'Suppléments' })
  const camille = await site.signIn('camille')
  t.match((await camille.visit('/demarche')).html, 'Suppléments')
})

t.test('who may sign in, and with which addresses', async (t) => {
  const refused = await save('connexion', { domaines: 'ailleurs.example\n@ccas.example' })
  t.equal(refused.status, 422)
  t.match(refused.text, `Gardez ${domain} dans la liste`)
  t.match(refused.document.querySelector('#domaines')?.textContent, 'ailleurs.example')
  t.match((await save('connexion', { domaines: 'pas un domaine !' })).text, 'n’est pas la fin d’une adresse')
  await db.insertInto('agents').values({ email: 'vieux@ancien.example', name: 'Vieux Compte' }).execute()
  const done = await save('connexion', { domaines: `CCAS.example\n@${domain}` })
  t.match(done.text, '1\u00a0compte a une autre adresse et ne pourra plus se connecter')
  t.same((await settings()).email_domains, ['ccas.example', domain])
  const page = await site.visit('/connexion')
  t.match(page.text, '@ccas.example est ajouté')
  t.ok((await site.signInAs('nouvelle@ccas.example')).cookies.size > 0)
  const other = site.newVisitor()
  const turnedAway = await other.submit(await other.visit('/connexion'), { email: 'x@ailleurs.example' })
  t.equal(turnedAway.status, 422)
  const added = await ines.submit(await ines.visit('/gestion/agents/nouveau'), {
    adresse: 'une.autre',
    nom: 'Une Autre'
  })
  t.match(added.text, 'une.autre@ccas.example')
  const preview = await ines.submit(await ines.visit('/gestion/agents/importer'), {
    texte: `Adresse;Nom\nimport@ccas.example;A\nfaux@ailleurs.example;B`
  })
  t.match(preview.text, '1\u00a0agent à ajouter, 1\u00a0ligne refusée')
  await save('connexion', { domaines: '' })
  t.equal((await settings()).email_domains, null)
  t.match((await site.visit('/connexion')).text, `@${domain} est ajouté`)

  await save('connexion', { qui: 'liste' })
  t.equal((await settings()).who_may_sign_in, 'listed')
  t.match((await ines.visit('/gestion/agents')).text, 'Seuls les agents de cette liste')
  t.equal((await ines.post('/gestion/reglages/connexion', { qui: 'tous', jours: '90' })).status, 422)
  await save('connexion', { qui: 'domaines' })
})

t.test('an undo is held to the rules of today', async (t) => {
  await db
    .insertInto('journal')
    .values({
      agent_name: 'Quelqu’un',
      subject: 'settings',
      title: 'Connexion',
      event: 'changed',
      former: JSON.stringify({ email_domains: ['ailleurs.example'] })
    })
    .execute()
  const { id } = await lastLine()
  t.equal((await ines.post(`/gestion/reglages/remettre/${id}`)).status, 303)
  t.match((await ines.visit('/gestion/reglages')).html, 'Rien n’a été remis.')
  t.equal((await settings()).email_domains, null)
})

t.test('how long a phone stays signed in', async (t) => {
  for (const wrong of ['0', '181', '', '1e2', 'dix'])
    t.equal((await save('connexion', { jours: wrong })).status, 422, wrong)
  const camille = await site.signInAs('camille.robin@valbrune.example')
  const session = () =>
    db
      .selectFrom('sessions')
      .innerJoin('agents', 'agents.id', 'sessions.agent_id')
      .select(sql<number>`round(extract(epoch from expires_at - sessions.created_at) / 86400)::integer`.as('days'))
      .where('email', '=', 'camille.robin@valbrune.example')
      .orderBy('sessions.id', 'desc')
      .executeTakeFirstOrThrow()
  t.same(await session(), { days: 90 })
  await save('connexion', { jours: '30' })
  t.same(await session(), { days: 30 }, 'also for those who are signed in')
  t.equal((await camille.visit('/compte')).status, 200)
  const visitor = site.newVisitor()
  const asked = await visitor.submit(await visitor.visit('/connexion'), { email: 'une.autre.personne' })
  t.match(asked.text, 'la connexion est gardée 30\u00a0jours')
  await save('connexion', { jours: '60' })
  t.same(await session(), { days: 30 }, 'a session is not made longer')
  await site.signInAs('camille.robin@valbrune.example')
  t.same(await session(), { days: 60 })
})

t.test('messages come from the name that the city chose', async (t) => {
  t.match((await save('messages', { contact: 'pas une adresse' })).text, 'Saisissez une adresse électronique')
  await save('messages', { expediteur: 'Ville de Valbrune, projet', contact: 'com@valbrune.example' })
  const visitor = site.newVisitor()
  await visitor.submit(await visitor.visit('/connexion'), { email: 'zoe.expediteur' })
  const message = await site.mailbox.next((received) => received.to.includes('zoe.expediteur@valbrune.example'))
  t.equal(message.parsed.from?.text, '"Ville de Valbrune, projet" <ne-pas-repondre@valbrune.example>')
  t.match((await visitor.visit('/mentions-legales')).html, 'com@valbrune.example')
})

t.test('publication, journal, legal figures and the audit', async (t) => {
  await save('publication', { referents: 'proposent', mois: '24' })
  t.match(await settings(), { referents_publish: false, journal_months: 24 })
  t.equal((await save('publication', { mois: '3' })).status, 422)
  await save('mentions', {
    editeur: 'Ville de Valbrune',
    adresse_editeur: '1 place\r\nde la Mairie',
    dpo: 'dpo@valbrune.example'
  })
  t.match((await site.visit('/mentions-legales')).text, 'Ville de Valbrune')
  t.match((await site.visit('/confidentialite')).text, 'dpo@valbrune.example')
  t.match((await save('accessibilite', { date_audit: '2026-02-30' })).text, 'une date qui existe')
  const lacking = await save('accessibilite', {
    date_audit: '2026-03-02',
    criteres_applicables: '60',
    criteres_valides: ''
  })
  t.match(lacking.text, 'Remplissez les trois champs')
  t.match(
    (await save('accessibilite', { date_audit: '2026-03-02', criteres_applicables: '60', criteres_valides: '61' }))
      .text,
    'ne peuvent pas dépasser'
  )
  await save('accessibilite', { date_audit: '2026-03-02', criteres_applicables: '60', criteres_valides: '45' })
  t.match((await site.visit('/connexion')).html, 'partiellement conforme')
})

t.test('bad input is a sentence, never a failure', async (t) => {
  for (const section of ['identite', 'menu', 'connexion', 'messages', 'publication', 'mentions', 'accessibilite']) {
    const page = await ines.visit(`/gestion/reglages/${section}`)
    const names = page.document
      .querySelectorAll('main input, main textarea')
      .map((field) => field.getAttribute('name') ?? '')
    for (const value of ['x\u0000y', 'z'.repeat(5000), '\u202e', '-1']) {
      const answer = await ines.post(
        `/gestion/reglages/${section}`,
        Object.fromEntries(names.map((name) => [name, value])),
        { houseRules: false }
      )
      t.ok([303, 422].includes(answer.status), `${section}: ${answer.status}`)
    }
    t.ok((await ines.post(`/gestion/reglages/${section}`, { ville: ['a', 'b'] })).status < 500)
  }
})

t.test('the screens have nothing for axe to say, and fit a phone, with a colour of one’s own', async (t) => {
  await db.updateTable('settings').set({ accent: '#8a1c4a', city_name: 'Valbrune' }).execute()
  const browser = await openBrowser(t, site.origin)
  const cookies = [...ines.cookies].map(([name, value]) => ({ name, value, url: site.origin }))
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newVisitor(t, { viewport: { width: 320, height: 640 }, colorScheme })
    await context.addCookies(cookies)
    const page = await context.newPage()
    for (const path of [
      '/gestion/reglages',
      '/gestion/reglages/identite',
      '/gestion/reglages/connexion',
      '/engagements'
    ]) {
      await page.goto(`${site.origin}${path}`)
      t.same(await axe(page), [], `${path}, ${colorScheme}`)
      t.equal(await page.evaluate('document.documentElement.scrollWidth > innerWidth'), false, `${path} fits`)
    }
  }
})
