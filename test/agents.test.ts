/** The webmaster keeps the list of agents, and nothing is left without its owner. */
import { strToU8, zipSync } from 'fflate'
import { sql } from 'kysely'
import t from 'tap'
import { decodeCsv, readCsv, writeCsv } from '../src/web/csv.ts'
import { axe, openBrowser } from './support/browser.ts'
import { cast, openSite, type Page } from './support/site.ts'

t.setTimeout(120_000)
const site = await openSite(t, { listen: true })
const { db } = site
const domain = 'valbrune.example'

async function agentOf(email: string) {
  return db.selectFrom('agents').selectAll().where('email', '=', email).executeTakeFirstOrThrow()
}

async function newAgent(local: string, role: 'agent' | 'webmaster' = 'agent'): Promise<number> {
  const row = await db
    .insertInto('agents')
    .values({ email: `${local}@${domain}`, name: local, role })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

async function pilotesOf(actionId: number): Promise<number[]> {
  const rows = await db.selectFrom('action_pilotes').select('agent_id').where('action_id', '=', actionId).execute()
  return rows.map((row) => row.agent_id).sort((a, b) => a - b)
}

/** What the journal says of agents since a moment, oldest first. */
async function journalOf(title: string) {
  const rows = await db
    .selectFrom('journal')
    .select(['event', 'details', 'agent_name'])
    .where('subject', '=', 'agent')
    .where('title', '=', title)
    .orderBy('id')
    .execute()
  return rows.map(({ event, details }) => (details ? `${event}: ${details}` : event))
}

function rowsOf(page: Page): string[] {
  return page.document.querySelectorAll('tbody th').map((cell) => cell.textContent.trim())
}

t.test('agents are for the webmaster only', async (t) => {
  const { id } = await agentOf(cast.camille)
  const addresses = site.app.accessList.filter(({ url }) => url.startsWith('/gestion/agents'))
  t.ok(addresses.length >= 13)
  for (const { method, url, access } of addresses) {
    t.equal(access, 'webmaster', `${method} ${url}`)
    const path = url.replace(':id', String(id))
    const stranger = site.newVisitor()
    const turnedAway = method === 'POST' ? await stranger.post(path) : await stranger.visit(path)
    t.equal(turnedAway.status, 303, `${method} ${url} as nobody`)
    for (const person of ['camille', 'nadia', 'paul'] as const) {
      const visitor = await site.signIn(person)
      const page = method === 'POST' ? await visitor.post(path, {}) : await visitor.visit(path)
      if (method !== 'HEAD') t.equal(page.status, 403, `${method} ${url} as ${person}`)
    }
  }
  t.equal((await agentOf(cast.camille)).deactivated_at, null)
})

t.test('the list is searched without accents, filtered, and counted', async (t) => {
  await db
    .insertInto('agents')
    .values({ email: `helene.prevot@${domain}`, name: 'Hélène Prévôt', job_title: 'Jardinière' })
    .execute()
  const all = await site.visit('/gestion/agents', { as: 'ines' })
  t.equal(all.status, 200)
  t.match(all.text, /Comptes actifs \(\d+\)/)
  const found = await site.visit('/gestion/agents?q=PREVOT+helene', { as: 'ines' })
  t.match(rowsOf(found), [/^Hélène Prévôt/])
  t.match(found.text, 'Jamais')
  t.match(found.text, '1\u00a0agent')
  t.same(rowsOf(await site.visit('/gestion/agents?q=100%25', { as: 'ines' })), [])

  const webmasters = await site.visit('/gestion/agents?droit=webmasters', { as: 'ines' })
  t.match(webmasters.text, cast.ines)
  t.notMatch(webmasters.text, cast.camille)
  t.match((await site.visit('/gestion/agents?droit=referents', { as: 'ines' })).text, cast.nadia)
  t.match((await site.visit('/gestion/agents?droit=pilotes', { as: 'ines' })).text, cast.paul)
  t.equal((await site.visit('/gestion/agents?droit=desactives&page=9', { as: 'ines' })).status, 200)
  t.match((await site.visit('/gestion', { as: 'ines' })).html, 'href="/gestion/agents"')
})

t.test('a long list comes by pages', async (t) => {
  await sql`insert into agents (email, name) select 'foule-' || n || '@valbrune.example', 'Foule ' || n
    from generate_series(1, 120) as n`.execute(db)
  const first = await site.visit('/gestion/agents?q=foule', { as: 'ines' })
  t.equal(rowsOf(first).length, 50)
  t.ok(
    first.document.querySelector(
      'a[href="/gestion/agents?q=foule&page=3"], a[href="/gestion/agents?q=foule&amp;page=3"]'
    )
  )
  t.equal(rowsOf(await site.visit('/gestion/agents?q=foule&page=3', { as: 'ines' })).length, 20)
  await db.deleteFrom('agents').where('email', 'like', 'foule-%').execute()
})

t.test('an agent is added once, with an address that can sign in', async (t) => {
  const ines = await site.signIn('ines')
  const page = await ines.visit('/gestion/agents/nouveau')
  const refused = await ines.submit(page, { adresse: 'jean@ailleurs.example', nom: '', fonction: 'Maçon' })
  t.equal(refused.status, 422)
  t.match(refused.text, `Saisissez une adresse qui finit par @${domain}`)
  t.match(refused.text, 'Saisissez le prénom et le nom de l’agent.')
  t.equal(refused.document.querySelector('#fonction')?.getAttribute('value'), 'Maçon')
  t.match(refused.document.querySelector('title')?.textContent, /^Erreur\u00a0: Ajouter un agent/)

  const done = await ines.submit(page, { adresse: 'Jean.Petit', nom: 'Jean Petit', fonction: 'Maçon', inviter: [] })
  t.match(done.text, 'Jean Petit est dans la liste')
  t.notMatch(done.text, 'invitation est partie')
  t.same(await journalOf('Jean Petit'), ['added: Rôle\u00a0: Agent'])
  t.match(await agentOf(`jean.petit@${domain}`), { name: 'Jean Petit', job_title: 'Maçon', role: 'agent' })
  const twice = await ines.submit(page, { adresse: 'jean.petit', nom: 'Un autre' })
  t.equal(twice.status, 422)
  t.match(twice.text, 'a déjà un compte')
  t.equal((await agentOf(`jean.petit@${domain}`)).name, 'Jean Petit')
})

t.test('name, job, role and directions change together', async (t) => {
  const ines = await site.signIn('ines')
  const id = await newAgent('change.moi')
  const [direction] = await db.selectFrom('directions').select(['id', 'name']).orderBy('id').execute()
  const page = await ines.visit(`/gestion/agents/${id}`)
  const refused = await ines.submit(page, { nom: 'x\u202ey' }, { form: `form[action="/gestion/agents/${id}"]` })
  t.equal(refused.status, 422)
  const form = { form: `form[action="/gestion/agents/${id}"]` }
  const done = await ines.submit(
    page,
    { nom: 'Change Moi', fonction: 'Agente', role: 'webmaster', directions: [String(direction?.id)] },
    form
  )
  t.match(done.text, 'sont enregistrés')
  t.match(await agentOf(`change.moi@${domain}`), { name: 'Change Moi', job_title: 'Agente', role: 'webmaster' })
  const referents = () =>
    db.selectFrom('direction_referents').select('direction_id').where('agent_id', '=', id).execute()
  t.same(await referents(), [{ direction_id: direction?.id }])
  const [line] = await journalOf('Change Moi')
  t.match(
    line,
    'changed: Nom\u00a0: change.moi → Change Moi. Fonction\u00a0: aucune → Agente. Rôle\u00a0: Agent → Webmaster. Devient'
  )
  await db
    .deleteFrom('direction_referents')
    .where('direction_id', '=', direction?.id ?? 0)
    .where('agent_id', '!=', id)
    .execute()
  const alone = await ines.submit(done, { directions: [], role: 'agent' }, form)
  t.match(alone.text, 'plus personne n’est référent de')
  t.same(await referents(), [])
  for (const wrong of ['0', 'x', '99999999', '1e3'])
    t.equal((await ines.visit(`/gestion/agents/${wrong}`)).status, 404, wrong)
})

t.test('a webmaster does not lock the site, even against another at the same time', async (t) => {
  const ines = await site.signIn('ines')
  const { id, name } = await agentOf(cast.ines)
  await db.updateTable('agents').set({ role: 'agent' }).where('role', '=', 'webmaster').where('id', '!=', id).execute()
  const own = await ines.visit(`/gestion/agents/${id}`)
  t.equal(own.document.querySelector(`a[href="/gestion/agents/${id}/desactiver"]`), null)
  const form = { form: `form[action="/gestion/agents/${id}"]` }
  const alone = await ines.submit(own, { role: 'agent' }, form)
  t.equal(alone.status, 422)
  t.match(alone.text, 'Vous êtes le seul webmaster')
  t.equal((await ines.post(`/gestion/agents/${id}/desactiver`)).status, 422)

  const otherId = await newAgent('deuxieme.webmaster', 'webmaster')
  t.match((await ines.submit(own, { role: 'agent' }, form)).text, 'vos propres droits')
  t.match(await agentOf(cast.ines), { role: 'webmaster', deactivated_at: null })

  const other = await site.signInAs(`deuxieme.webmaster@${domain}`)
  for (let round = 0; round < 5; round += 1) {
    await Promise.all([
      ines.post(`/gestion/agents/${otherId}`, { nom: 'Deuxième', fonction: '', role: 'agent' }),
      other.post(`/gestion/agents/${id}/desactiver`, {}, { houseRules: false })
    ])
    const left = await db
      .selectFrom('agents')
      .select('id')
      .where('role', '=', 'webmaster')
      .where('deactivated_at', 'is', null)
      .execute()
    t.equal(left.length, 1, 'one of the two remains')
    await db
      .updateTable('agents')
      .set({ role: 'webmaster', deactivated_at: null })
      .where('id', 'in', [id, otherId])
      .execute()
    await db.updateTable('sessions').set({ revoked_at: null }).where('agent_id', 'in', [id, otherId]).execute()
  }
  await db.updateTable('agents').set({ role: 'agent' }).where('id', '=', otherId).execute()
  t.equal((await agentOf(cast.ines)).name, name)
})

t.test('what a leaver answered for is handed over first', async (t) => {
  const ines = await site.signIn('ines')
  const leaver = await newAgent('qui.part')
  const heir = await newAgent('qui.reste')
  const second = await newAgent('autre.pilote')
  const gone = await newAgent('deja.partie')
  await db.updateTable('agents').set({ deactivated_at: sql`now()` }).where('id', '=', gone).execute()
  const [first, shared] = await db.selectFrom('actions').select(['id', 'title']).orderBy('number').limit(2).execute()
  const direction = await db
    .insertInto('directions')
    .values({ slug: 'a-confier', name: 'À confier' })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (!first || !shared) throw new Error('The demonstration has actions.')
  await db.deleteFrom('action_pilotes').where('action_id', 'in', [first.id, shared.id]).execute()
  await db
    .insertInto('action_pilotes')
    .values([
      { action_id: first.id, agent_id: leaver },
      // Who has left answers for nothing.
      { action_id: first.id, agent_id: gone },
      { action_id: shared.id, agent_id: leaver },
      { action_id: shared.id, agent_id: second }
    ])
    .execute()
  await db.insertInto('direction_referents').values({ direction_id: direction.id, agent_id: leaver }).execute()
  await sql`update entries set draft = jsonb_build_object('title', 'Brouillon', 'piloteIds', jsonb_build_array(${leaver}::integer))
    where kind = 'action' and content_id = ${first.id}`.execute(db)
  const visitor = await site.signInAs(`qui.part@${domain}`)

  const address = `/gestion/agents/${leaver}/desactiver`
  const page = await ines.visit(address)
  t.match(page.text, 'En répond aussi\u00a0: autre.pilote.')
  t.notMatch(page.text, 'deja.partie')
  const refused = await ines.submit(page)
  t.equal(refused.status, 422)
  t.equal(refused.document.querySelectorAll('.error-summary__list a').length, 2, 'the shared action may do without')
  t.equal((await agentOf(`qui.part@${domain}`)).deactivated_at, null)
  for (const wrong of [String(leaver), String(gone), '99999999', 'personne']) {
    const answer = await ines.post(address, {
      [`action-${first.id}`]: wrong,
      [`direction-${direction.id}`]: String(heir)
    })
    t.equal(answer.status, 422, wrong)
  }
  t.same(await pilotesOf(first.id), [leaver, gone], 'a refusal changes nothing')

  const kept = await ines.submit(page, { [`action-${first.id}`]: String(heir) })
  t.equal(kept.document.querySelector(`#action-${first.id} option[selected]`)?.getAttribute('value'), String(heir))
  const done = await ines.submit(kept, { 'pour-tout': String(second) })
  t.match(done.text, 'est désactivé')
  t.ok((await agentOf(`qui.part@${domain}`)).deactivated_at)
  t.same(
    await pilotesOf(first.id),
    [heir, gone].sort((a, b) => a - b)
  )
  t.same(await pilotesOf(shared.id), [second])
  t.match(
    await db.selectFrom('direction_referents').select('agent_id').where('direction_id', '=', direction.id).execute(),
    [{ agent_id: second }]
  )
  const entry = await db
    .selectFrom('entries')
    .select('draft')
    .where('kind', '=', 'action')
    .where('content_id', '=', first.id)
    .executeTakeFirstOrThrow()
  t.match(entry.draft, { title: 'Brouillon', piloteIds: [heir] })
  t.equal((await visitor.visit('/compte')).status, 303, 'out at the next request')

  const back = await ines.submit(done)
  t.match(back.text, 'peut de nouveau se connecter')
  t.equal((await visitor.visit('/compte')).status, 303, 'the old sessions stay closed')
  t.equal((await site.signInAs(`qui.part@${domain}`)).cookies.size > 0, true)
})

t.test('two who answer for the same thing do not leave at the same time', async (t) => {
  const ines = await site.signIn('ines')
  const one = await newAgent('jumelle.une')
  const two = await newAgent('jumelle.deux')
  const direction = await db
    .insertInto('directions')
    .values({ slug: 'partagee', name: 'Partagée' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const answers = [one, two].map((agent_id) => ({ direction_id: direction.id, agent_id }))
  await db.insertInto('direction_referents').values(answers).execute()
  const pages = await Promise.all([one, two].map((id) => ines.post(`/gestion/agents/${id}/desactiver`)))
  t.same(pages.map(({ status }) => status).sort(), [303, 422])
  const left = await db
    .selectFrom('direction_referents')
    .innerJoin('agents', 'agents.id', 'direction_referents.agent_id')
    .select('agents.deactivated_at')
    .where('direction_id', '=', direction.id)
    .execute()
  t.same(left, [{ deactivated_at: null }])
})

t.test('the sessions of an agent close at once, but not the one that asks', async (t) => {
  const ines = await site.signIn('ines')
  const { id } = await agentOf(cast.camille)
  const camille = await site.signInAs(cast.camille)
  const form = { button: 'Fermer toutes ses sessions' }
  t.match((await ines.submit(await ines.visit(`/gestion/agents/${id}`), {}, form)).text, 'sont déconnectés')
  t.equal((await camille.visit('/compte')).status, 303)
  const own = await agentOf(cast.ines)
  await ines.submit(await ines.visit(`/gestion/agents/${own.id}`), {}, form)
  t.equal((await ines.visit('/gestion/agents')).status, 200)
})

t.test('a pasted list is shown before anything is written, and imported once', async (t) => {
  const ines = await site.signIn('ines')
  await newAgent('deja.connu')
  const gone = await newAgent('import.partie')
  await db.updateTable('agents').set({ deactivated_at: sql`now()` }).where('id', '=', gone).execute()
  const texte = [
    'E-mail;Prénom;Nom;Fonction',
    `nouvelle.une@${domain};Nouvelle;Une;"Chargée, de mission"`,
    'nouvelle.deux;;;',
    `deja.connu@${domain};Déjà;Connu;Agent d’accueil`,
    `import.partie@${domain};Autre;Nom;`,
    'quelqu.un@ailleurs.example;X;Y;',
    ';Sans;Adresse;',
    'écrit mal;A;B;',
    `NOUVELLE.une@${domain};Encore;Elle;`
  ].join('\n')
  const page = await ines.visit('/gestion/agents/importer')
  const before = await db.selectFrom('agents').select('id').execute()
  const preview = await ines.submit(page, { texte })
  t.equal(preview.status, 200)
  t.match(preview.text, '2\u00a0agents à ajouter, 2\u00a0comptes existent déjà, 4\u00a0lignes refusées.')
  t.match(preview.text, /Ligne 6\. L’adresse «\u00a0quelqu\.un@ailleurs\.example\u00a0» ne finit pas par @/)
  t.match(preview.text, 'Ligne 7. L’adresse manque.')
  t.match(preview.text, /Ligne 8\. «\u00a0écrit mal\u00a0» n’est pas une adresse/)
  t.match(preview.text, /Ligne 9\. L’adresse nouvelle\.une@valbrune\.example est déjà à la ligne 2\./)
  t.match(preview.text, 'Compte désactivé, laissé tel quel')
  t.equal((await db.selectFrom('agents').select('id').execute()).length, before.length)

  const done = await ines.submit(preview)
  t.match(done.text, '2\u00a0agents ajoutés.')
  t.match(await agentOf(`nouvelle.une@${domain}`), {
    name: 'Nouvelle Une',
    job_title: 'Chargée, de mission',
    role: 'agent'
  })
  t.equal((await agentOf(`nouvelle.deux@${domain}`)).name, 'Nouvelle Deux')
  t.equal((await agentOf(`deja.connu@${domain}`)).name, 'deja.connu', 'not asked, not changed')
  t.match((await ines.submit(preview)).text, 'Rien à faire')

  const again = await ines.submit(page, { texte })
  t.match((await ines.submit(again, { mettre_a_jour: 'oui' })).text, '1\u00a0compte mis à jour.')
  t.match(await agentOf(`deja.connu@${domain}`), { name: 'Déjà Connu', job_title: 'Agent d’accueil' })
  t.equal((await agentOf(`import.partie@${domain}`)).name, 'import.partie')
})

async function sendFile(content: Buffer): Promise<{ status: number; body: string }> {
  const ines = await site.signIn('ines')
  const boundary = 'frontiere'
  const payload = Buffer.concat([
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="fichier"; filename="agents.csv"\r\ncontent-type: text/csv\r\n\r\n`
    ),
    content,
    Buffer.from(`\r\n--${boundary}\r\ncontent-disposition: form-data; name="texte"\r\n\r\n\r\n--${boundary}--\r\n`)
  ])
  const response = await ines.request({
    method: 'POST',
    url: '/gestion/agents/importer',
    headers: {
      origin: site.origin,
      'sec-fetch-site': 'same-origin',
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(payload.length)
    },
    payload
  })
  return { status: response.statusCode, body: response.body }
}

t.test('a file is read as Excel in French writes it, and what is none is refused with advice', async (t) => {
  const latin = await sendFile(Buffer.from(`Adresse;Nom\r\nrene.d'arc@${domain};Ren\xe9 D\x92Arc\r\n`, 'latin1'))
  t.equal(latin.status, 200)
  t.match(latin.body, 'René D’Arc')
  const comma = await sendFile(Buffer.from(`\ufeffEmail,Nom complet\nzoe.virgule@${domain},"Virgule, Zoé"\n`))
  t.match(comma.body, 'Virgule, Zoé')
  const bare = await sendFile(Buffer.from(`sans.titre@${domain};Sans Titre;Gardienne\n`))
  t.match(bare.body, 'Gardienne')
  for (const [name, content, sentence] of [
    ['a workbook cut short', Buffer.from('PK\x03\x04rest'), 'Ce classeur est abîmé'],
    ['a list without headings', Buffer.from('Nom;Fonction\nA;B'), 'La première ligne doit nommer les colonnes'],
    ['nothing', Buffer.from('\n\n'), 'Il n’y a aucune ligne'],
    ['too many lines', Buffer.from(`Adresse\n${'a.b\n'.repeat(2001)}`), 'plus de 2'],
    ['a file too heavy', Buffer.alloc(1_200_000, 'a'), 'trop lourde'],
    ['a body far too heavy', Buffer.alloc(2_200_000, 'a'), 'trop lourde']
  ] as const) {
    const answer = await sendFile(content)
    t.match(answer, { status: name.startsWith('a body') ? 413 : 422 }, name)
    t.match(answer.body, sentence, name)
  }
  const ines = await site.signIn('ines')
  t.equal((await ines.post('/gestion/agents/importer/confirmer', {})).status, 422)
})

t.test('who has which right leaves as a file in which nothing is a formula', async (t) => {
  const id = await newAgent('formule')
  await db
    .updateTable('agents')
    .set({ name: '=HYPERLINK("http://x")', job_title: '  +1;2' })
    .where('id', '=', id)
    .execute()
  const ines = await site.signIn('ines')
  const response = await ines.request({ method: 'GET', url: '/gestion/agents/droits.csv' })
  t.match(response.headers['content-type'], 'text/csv')
  t.match(response.headers['content-disposition'], /attachment; filename="agents-et-droits-\d{4}-\d\d-\d\d\.csv"/)
  t.same([...response.rawPayload.subarray(0, 3)], [0xef, 0xbb, 0xbf])
  t.match(response.body, `formule@${domain};"'=HYPERLINK(""http://x"")";"'  +1;2";Agent`)
  const nadia = readCsv(response.body).find(({ cells }) => cells[0] === cast.nadia)
  t.match(nadia?.cells[4], 'Culture')
  t.match(response.body, 'Webmaster')
})

t.test('an agent is invited by a message that opens nothing, twice a day at most', async (t) => {
  const ines = await site.signIn('ines')
  const id = await newAgent('a.inviter')
  const page = await ines.visit(`/gestion/agents/${id}`)
  t.match(page.text, 'ne s’est jamais connectée')
  const invite = { button: 'Envoyer une invitation' }
  const done = await ines.submit(page, {}, invite)
  t.match(done.text, `Une invitation est partie à a.inviter@${domain}.`)
  t.match(done.text, 'Dernière invitation')
  const message = await site.mailbox.next((received) => received.to.includes(`a.inviter@${domain}`))
  t.match(message.subject, /vous invite sur/)
  t.match(message.text, `${site.origin}/connexion`)
  t.match(message.text, `Saisissez votre adresse\u00a0: a.inviter@${domain}`)
  t.match(message.text, 'Inès Caron vous invite')
  t.notMatch(message.text, /\d{3} ?\d{3}/, 'no code')
  t.notMatch(message.text, /connexion\/lien/)
  t.match((await ines.submit(page, {}, invite)).text, 'Une invitation est partie')
  t.match((await ines.submit(page, {}, invite)).text, 'déjà reçu deux invitations')
  t.same(await journalOf('a.inviter'), ['invited', 'invited'])

  await db.updateTable('agents').set({ deactivated_at: sql`now()` }).where('id', '=', id).execute()
  t.match((await ines.submit(page, {}, invite)).text, 'réactivez-le avant')
  const added = await ines.submit(await ines.visit('/gestion/agents/nouveau'), {
    adresse: 'tout.neuf',
    nom: 'Tout Neuf'
  })
  t.match(added.text, 'Son invitation est partie.')
  await site.mailbox.next((received) => received.to.includes(`tout.neuf@${domain}`))
})

const sheetXml = (rows: string[][], from = 1): string =>
  rows
    .map((cells, index) => {
      const line = index + from
      const texts = cells.map((text, place) => {
        const at = `${'ABCDEFGH'.charAt(place)}${line}`
        return /^\d+$/.test(text)
          ? `<c r="${at}"><v>${text}</v></c>`
          : `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`
      })
      return `<row r="${line}">${texts.join('')}</row>`
    })
    .join('')

const spreadsheet = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const officeDocument = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A workbook as Excel writes it, as small as can be. */
function workbookOf(rows: string, more: Record<string, Uint8Array> = {}, type = 'sheet.main'): Buffer {
  return Buffer.from(
    zipSync({
      '[Content_Types].xml': strToU8(
        `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/></Types>`
      ),
      'xl/workbook.xml': strToU8(
        `<?xml version="1.0"?><workbook xmlns="${spreadsheet}" xmlns:r="${officeDocument}"><sheets><sheet name="Agents" sheetId="1" r:id="rId1"/></sheets></workbook>`
      ),
      'xl/_rels/workbook.xml.rels': strToU8(
        `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${officeDocument}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`
      ),
      'xl/worksheets/sheet1.xml': strToU8(
        `<?xml version="1.0"?><worksheet xmlns="${spreadsheet}"><sheetData>${rows}</sheetData></worksheet>`
      ),
      ...more
    })
  )
}

t.test('a workbook of Excel is previewed and imported, with an invitation to each', async (t) => {
  const rows = [
    ['Direction', 'Nom', 'Prénom', 'E-mail', 'Matricule', 'Fonction'],
    ['Culture; sport', 'Classeur', 'Une', `une.classeur@${domain}`, '1234', 'Régie, son et lumière'],
    ['', '', '', '', '', ''],
    ['Culture', 'Classeur', 'Deux', 'deux.classeur', '1235', ''],
    ['Culture', 'Ailleurs', 'X', 'x@ailleurs.example', '1236', '']
  ]
  const sent = await sendFile(workbookOf(sheetXml(rows, 3)))
  t.equal(sent.status, 200)
  t.match(sent.body, 'Une Classeur')
  t.match(sent.body, 'Régie, son et lumière')
  t.match(sent.body, '<strong>Ligne 7.</strong> L’adresse «\u00a0x@ailleurs.example\u00a0»', 'the line of the sheet')
  const texte =
    /name="texte" value="([^"]*)"/.exec(sent.body)?.[1]?.replaceAll('&quot;', '"').replaceAll('&#39;', "'") ?? ''
  const ines = await site.signIn('ines')
  const done = await ines.post('/gestion/agents/importer/confirmer', { texte, inviter: 'oui' })
  t.equal(done.status, 303)
  t.match((await ines.visit('/gestion/agents')).html, 'Leurs invitations partent')
  for (const local of ['une.classeur', 'deux.classeur']) {
    await site.mailbox.next((received) => received.to.includes(`${local}@${domain}`))
  }
  t.equal((await journalOf('2\u00a0agents ajoutés')).at(-1), 'imported: Avec une invitation à chacun')
})

t.test('a workbook that hides something, or that has no end, is refused', async (t) => {
  for (const [name, content, sentence] of [
    ['macros', workbookOf('', { 'xl/vbaProject.bin': strToU8('x') }), 'contient des macros'],
    ['a type with macros', workbookOf('', {}, 'sheet.macroEnabled.main'), 'contient des macros'],
    ['one cell far away', workbookOf('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), 'trop grand'],
    ['a bomb', workbookOf(' '.repeat(40_000_000)), 'trop grand'],
    ['cells without number', workbookOf('<row><c/></row>'.repeat(300_000)), 'trop grand'],
    ['a document of Word', workbookOf('', {}, 'document.main'), 'ne lit pas ce genre de fichier'],
    ['a sheet cut short', workbookOf(sheetXml([['Adresse']])).subarray(0, 300), 'abîmé'],
    ['an old XLS', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'ne lit pas ce genre de fichier'],
    [
      'a password',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
      'mot de passe'
    ],
    ['nothing', workbookOf(''), 'Il n’y a aucune ligne']
  ] as const) {
    const answer = await sendFile(content)
    t.equal(answer.status, 422, name)
    t.match(answer.body, sentence, name)
  }
})

t.test(
  'drafts that name a leaver are handed over too, also those of directions and those never published',
  async (t) => {
    const ines = await site.signIn('ines')
    const leaver = await newAgent('brouillon.part')
    const heir = await newAgent('brouillon.reste')
    const direction = await db
      .insertInto('directions')
      .values({ slug: 'a-ecrire', name: 'À écrire' })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db.insertInto('direction_referents').values({ direction_id: direction.id, agent_id: leaver }).execute()
    const draftOf = async (kind: 'action' | 'direction', contentId: number | null, draft: object): Promise<number> => {
      const row = await db
        .insertInto('entries')
        .values({ kind, content_id: contentId, title: `Brouillon de ${kind}`, draft: JSON.stringify(draft) })
        .returning('id')
        .executeTakeFirstOrThrow()
      return row.id
    }
    const ofDirection = await draftOf('direction', direction.id, { referentIds: [leaver, 7] })
    const never = await draftOf('action', null, { title: 'Neuve', piloteIds: [leaver] })
    const neverDirection = await draftOf('direction', null, { referentIds: [leaver] })
    const page = await ines.visit(`/gestion/agents/${leaver}/desactiver`)
    t.match(page.text, 'Brouillon «\u00a0Brouillon de action\u00a0»')
    t.equal((await ines.submit(page)).status, 422, 'nothing is left without its owner')
    const done = await ines.submit(page, { 'pour-tout': String(heir) })
    t.match(done.text, 'est désactivé')
    const draft = async (id: number) =>
      (await db.selectFrom('entries').select('draft').where('id', '=', id).executeTakeFirstOrThrow()).draft
    t.same(await draft(ofDirection), { referentIds: [7, heir].sort((a, b) => a - b) })
    t.same(await draft(never), { title: 'Neuve', piloteIds: [heir] })
    t.same(await draft(neverDirection), { referentIds: [heir] })
    const lines = await journalOf('brouillon.part')
    t.equal(lines.filter((line) => line.startsWith('handed-over')).length, 3)
    t.match(lines[0], 'À écrire\u00a0: confié à brouillon.reste')
    t.equal(lines.at(-1), 'deactivated')
    t.match((await ines.submit(done)).text, 'peut de nouveau')
    t.equal((await journalOf('brouillon.part')).at(-1), 'reactivated')
  }
)

t.test('the directions that one is référent of are the same in the drafts that wait', async (t) => {
  const ines = await site.signIn('ines')
  const [id, other] = [await newAgent('ref.change'), await newAgent('ref.autre')]
  const direction = await db
    .insertInto('directions')
    .values({ slug: 'en-brouillon', name: 'En brouillon' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const entry = await db
    .insertInto('entries')
    .values({ kind: 'direction', content_id: direction.id, draft: JSON.stringify({ referentIds: [other] }) })
    .returning('id')
    .executeTakeFirstOrThrow()
  const people = async () =>
    (await db.selectFrom('entries').select('draft').where('id', '=', entry.id).executeTakeFirstOrThrow()).draft
  const form = { form: `form[action="/gestion/agents/${id}"]` }
  const page = await ines.visit(`/gestion/agents/${id}`)
  const joined = await ines.submit(page, { directions: [String(direction.id)] }, form)
  t.same(await people(), { referentIds: [id, other].sort((a, b) => a - b) })
  await ines.submit(joined, { directions: [] }, form)
  t.same(await people(), { referentIds: [other] })
})

t.test('somebody leaves while what they answer for is being published', async (t) => {
  const ines = await site.signIn('ines')
  const leaver = await newAgent('part.pendant')
  const heir = await newAgent('reste.pendant')
  const own = await agentOf(cast.ines)
  const { id: actionId } = await db.selectFrom('actions').select('id').orderBy('number').executeTakeFirstOrThrow()
  await db.insertInto('action_pilotes').values({ action_id: actionId, agent_id: leaver }).execute()
  await db
    .updateTable('entries')
    .set({ draft: JSON.stringify({ piloteIds: [leaver] }) })
    .where('kind', '=', 'action')
    .where('content_id', '=', actionId)
    .execute()
  const publication = await db.startTransaction().execute()
  // As a publication does: the entry, then the content, then a revision that names a webmaster.
  const entry = await publication
    .selectFrom('entries')
    .select('id')
    .where('kind', '=', 'action')
    .where('content_id', '=', actionId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const leaving = ines.post(`/gestion/agents/${leaver}/desactiver`, {
    'pour-tout': String(heir),
    [`action-${actionId}`]: String(heir)
  })
  const isWaiting = async (): Promise<boolean> => {
    const { rows } = await sql<{ waiting: number }>`
      select count(*)::integer as waiting from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`.execute(
      db
    )
    return (rows[0]?.waiting ?? 0) > 0
  }
  for (let tries = 0; tries < 100 && !(await isWaiting()); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 20))
  await publication.updateTable('actions').set({ title: 'Publiée pendant' }).where('id', '=', actionId).execute()
  await publication
    .insertInto('revisions')
    .values({
      entry_id: entry.id,
      version: 1,
      event: 'published',
      document: '{}',
      agent_id: own.id,
      agent_name: own.name
    })
    .execute()
  await publication.commit().execute()
  t.equal((await leaving).status, 303)
  t.ok((await agentOf(`part.pendant@${domain}`)).deactivated_at)
  t.ok((await pilotesOf(actionId)).includes(heir))
})

t.test('the screens have nothing for axe to say, fit a phone, and a file goes through them', async (t) => {
  const browser = await openBrowser(t, site.origin)
  const { id } = await agentOf(cast.paul)
  const ines = await site.signIn('ines')
  const cookies = [...ines.cookies].map(([name, value]) => ({ name, value, url: site.origin }))
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newVisitor(t, { viewport: { width: 320, height: 640 }, colorScheme })
    await context.addCookies(cookies)
    const page = await context.newPage()
    const isWell = async (screen: string): Promise<void> => {
      t.same(await axe(page), [], `${screen}, ${colorScheme}`)
      const scrolls = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
      t.equal(scrolls, false, `${screen} does not scroll sideways`)
    }
    for (const path of ['', '/nouveau', `/${id}`, `/${id}/desactiver`, '/importer']) {
      await page.goto(`${site.origin}/gestion/agents${path}`)
      await isWell(path)
    }
    const buffer = Buffer.from(
      `Adresse;Nom\r\nfichier.${colorScheme}@${domain};Ana\xefs Fichier\r\nfaux@ailleurs.example;X\r\n`,
      'latin1'
    )
    await page
      .getByLabel('Classeur Excel ou fichier CSV')
      .setInputFiles({ name: 'agents.csv', mimeType: 'text/csv', buffer })
    await page.getByRole('button', { name: 'Vérifier la liste' }).click()
    await page.getByRole('heading', { level: 1, name: 'Vérifier la liste à importer' }).waitFor()
    await isWell('preview')
    await page.getByRole('button', { name: 'Ajouter 1 agent' }).click()
    await page.getByText('1\u00a0agent ajouté.').waitFor()
    t.equal((await agentOf(`fichier.${colorScheme}@${domain}`)).name, 'Anaïs Fichier')
  }
})

t.test('tables are read whatever program saved them', async (t) => {
  const cells = (text: string) => readCsv(text).map((row) => row.cells)
  t.same(cells('a\tb\n1\t2'), [
    ['a', 'b'],
    ['1', '2']
  ])
  t.same(cells('a;"b ""c""\nd"\r\n;;\r\n1;2'), [
    ['a', 'b "c"\nd'],
    ['1', '2']
  ])
  t.same(
    readCsv('a\n\n"x\ny"\nz').map(({ line }) => line),
    [1, 3, 5]
  )
  t.same(cells(''), [])
  t.equal(decodeCsv(Buffer.from('\ufeffé', 'utf16le')), 'é')
  t.equal(writeCsv([['a', '-1', '@x', "d'a"]]), "\ufeffa;'-1;'@x;d'a\r\n")
})
