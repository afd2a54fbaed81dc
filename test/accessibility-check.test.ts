/** What is said of texts before they are published: each rule by the sentence that writers read, and by texts that pass. */
import t from 'tap'
import { type CheckedFile, checkTexts, type Finding } from '../src/publishing/accessibility-check.ts'
import { cleanRichText } from '../src/web/rich-text.ts'
import { readRichText, writeRichText } from '../src/web/rich-text-tree.ts'
import { houseRuleProblems } from './support/house-rules.ts'
import { openSite } from './support/site.ts'

const site = await openSite(t)
const { db } = site

const check = (html: string, files: CheckedFile[] = []): Promise<Finding[]> =>
  checkTexts(db, [{ field: 'synthese', label: 'Synthèse', html: cleanRichText(html) }], files)

/** « blocking RGAA 9.1 The sentence. », without the no-break spaces that are hard to tell from others. */
const lines = (findings: Finding[]): string[] =>
  findings.map(({ severity, criterion, message }) => `${severity} ${criterion} ${message.replaceAll('\u00a0', ' ')}`)

const twentyWords = Array.from({ length: 21 }, (_word, index) => `mot${index}`).join(' ')

const cases: [name: string, html: string, sentences: string[]][] = [
  [
    'a text that is as it should be',
    '<h2>Un</h2><p>Bonjour <strong>à tous</strong>.</p><h3>Deux</h3><ul><li>a</li></ul>',
    []
  ],
  [
    'a heading that skips a level',
    '<h2>Budget</h2><h4>Dépenses</h4>',
    [
      'advice RGAA 9.1 Le titre « Dépenses » est de niveau 4, sous « Budget » qui est de niveau 2 : choisissez « Titre 3 ».'
    ]
  ],
  ['a heading that goes back up', '<h2>A</h2><h3>B</h3><h4>C</h4><h2>D</h2>', []],
  [
    'a first heading that is too low',
    '<h4>Dépenses</h4>',
    ['advice RGAA 9.1 Le texte commence par le titre « Dépenses », de niveau 4 : choisissez « Titre 2 ».']
  ],
  [
    'empty headings',
    '<h2> </h2><h2>Un</h2><h3></h3>',
    [
      'blocking RGAA 9.1 Un titre de niveau 2 est vide, dans « Synthèse » : écrivez ses mots ou supprimez-le.',
      'blocking RGAA 9.1 Un titre de niveau 3 est vide, après le titre « Un » : écrivez ses mots ou supprimez-le.'
    ]
  ],
  [
    'a paragraph in bold',
    '<p><strong>Nos </strong><strong>résultats</strong></p><p><strong>Fort</strong> et clair</p>',
    [
      'advice RGAA 9.1 Le paragraphe « Nos résultats » est tout en gras, comme un titre : si c’en est un, choisissez « Titre 2 » ou « Titre 3 » ; sinon, retirez le gras.'
    ]
  ],
  [
    'vague links',
    '<p><a href="/a">Cliquez ici\u00a0!</a> <a href="/b">En savoir plus…</a></p>',
    [
      'advice RGAA 6.1 Le lien « Cliquez ici ! » ne dit pas où il mène : écrivez plutôt le titre de la page ou du document.',
      'advice RGAA 6.1 Le lien « En savoir plus… » ne dit pas où il mène : écrivez plutôt le titre de la page ou du document.'
    ]
  ],
  [
    'addresses in place of words',
    '<p><a href="https://a.fr/x">https://a.fr/x</a>, <a href="https://b.fr">b.fr</a>, voir www.c.fr/d.</p>',
    [
      'advice RGAA 6.1 Le lien « https://a.fr/x » montre une adresse : écrivez plutôt le nom de la page où il mène.',
      'advice RGAA 6.1 Le lien « b.fr » montre une adresse : écrivez plutôt le nom de la page où il mène.',
      'advice RGAA 6.1 L’adresse « www.c.fr/d » est écrite en toutes lettres : faites plutôt un lien sur le nom de la page.'
    ]
  ],
  [
    'the same words for two pages',
    '<p><a href="/a">Le guide</a>, <a href="/b">le guide</a>, <a href="/c">Autre</a>, <a href="/c">Autre</a></p>',
    [
      'advice RGAA 6.1 Deux liens « le guide » mènent à des pages différentes : donnez à chacun un texte qui le distingue.'
    ]
  ],
  [
    'an empty link',
    '<p>Voir <a href="/a?b=1&amp;c=2"> </a></p>',
    ['blocking RGAA 6.2 Un lien vers « /a?b=1&c=2 » n’a pas de texte : écrivez où il mène, ou retirez-le.']
  ],
  [
    'tables without headers, without title',
    '<table><tbody><tr><td>Lundi</td><td>9 h</td></tr></tbody></table><table><caption>Horaires</caption><tbody><tr><th scope="col">Jour</th></tr></tbody></table>',
    [
      'blocking RGAA 5.6 Le tableau qui commence par « Lundi » n’a pas de titres : choisissez « Titres de colonnes » ou « Titres de lignes ».',
      'advice RGAA 5.4 Le tableau qui commence par « Lundi » n’a pas de titre au-dessus : choisissez « Titre du tableau ».'
    ]
  ],
  [
    'files that are gone',
    '<figure data-image="999998"></figure><p data-video="999997">Une visite</p><p data-document="999996">Le guide</p>',
    [
      'blocking Fichier manquant Une image de « Synthèse » n’est plus dans la médiathèque : choisissez un autre fichier, ou retirez-le d’ici.',
      'blocking Fichier manquant La vidéo « Une visite » n’est plus dans la médiathèque : choisissez un autre fichier, ou retirez-le d’ici.',
      'blocking Fichier manquant Le document « Le guide » n’est plus dans la médiathèque : choisissez un autre fichier, ou retirez-le d’ici.'
    ]
  ],
  [
    'lists typed by hand',
    '<p>Il faut :<br>- un<br>- deux</p><p>1. a</p><p>2. b</p><p>- seul</p>',
    [
      'advice RGAA 9.3 Une liste est tapée à la main, à partir de « - un » : sélectionnez ses lignes et choisissez « Liste à puces ».'
    ]
  ],
  [
    'paragraphs numbered by hand',
    '<p>1. a</p><p>2. b</p>',
    [
      'advice RGAA 9.3 Une liste est tapée à la main, à partir de « 1. a » : sélectionnez ses lignes et choisissez « Liste numérotée ».'
    ]
  ],
  [
    'a long passage in italics',
    `<p><em>${twentyWords}</em> <em>court</em></p>`,
    [
      'advice Lisibilité Le passage « mot0 mot1 mot2 mot3 mot4 mot5 mot6 mot7 mot8 mot9 mot10… » est tout en italique : gardez l’italique pour quelques mots, il fatigue les lecteurs dyslexiques.'
    ]
  ],
  [
    'capitals',
    '<p>À TOUS LES AGENTS DE LA VILLE</p><p>Le CCAS et la DGS</p>',
    [
      'advice Lisibilité Le passage « À TOUS LES AGENTS DE LA VILLE » est tout en capitales : écrivez-le en minuscules, plus faciles à lire et à prononcer.'
    ]
  ],
  [
    'emojis one after the other',
    '<p>Bravo 🎉🎉 👏</p><p>Merci 👍🏽 👨‍👩‍👧</p>',
    [
      'advice Lisibilité Plusieurs émojis se suivent dans « Bravo 🎉🎉 👏 » : les lecteurs d’écran disent le nom de chacun. Gardez-en un au plus.'
    ]
  ],
  ['a key figure', '<p data-key-figure><strong>93 %</strong> des agents</p>', []]
]

for (const [name, html, sentences] of cases) {
  t.test(name, async (t) => {
    const findings = await check(html)
    t.same(lines(findings), sentences)
    const told = findings.map(({ message }) => `<p>${message.replaceAll('&', '&amp;')}</p>`).join('')
    const page = await houseRuleProblems(`<!doctype html><html lang="fr"><body>${told}</body></html>`)
    const typography = page.filter((problem) => /espace|typograph|apostrophe|space/i.test(problem))
    t.same(typography, [], 'the sentences are in French typography')
  })
}

t.test('files are told by what the media library knows of them', async (t) => {
  const add = async (values: {
    kind: 'image' | 'video'
    alt?: string | null
    transcript?: string
    captions_id?: number
  }) => {
    const { id } = await db
      .insertInto('media')
      .values({
        title: 'La fête',
        filename: 'fete.jpg',
        content_type: 'image/jpeg',
        size: 10,
        sha256: 'a'.repeat(64),
        ...values
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  }
  const image = (id: number): string => `<figure data-image="${id}"></figure>`
  const video = (id: number): string => `<p data-video="${id}">La fête</p>`
  t.same(lines(await check(image(await add({ kind: 'image', alt: '' })))), [], 'a decorative image is decided')
  t.same(lines(await check(image(await add({ kind: 'image', alt: 'Des agents rient' })))), [])
  t.same(lines(await check(image(await add({ kind: 'image' })))), [
    'blocking RGAA 1.1 Personne n’a dit à quoi sert l’image « La fête » : dans la médiathèque, écrivez son texte alternatif ou dites qu’elle est décorative.'
  ])
  for (const alt of ['fete.jpg', 'fete', 'IMG_0012.JPG']) {
    t.same(lines(await check(image(await add({ kind: 'image', alt })))), [
      'advice RGAA 1.3 Le texte alternatif de l’image « La fête » est un nom de fichier : dites plutôt, dans la médiathèque, ce qu’elle montre.'
    ])
  }
  t.same(lines(await check(video(await add({ kind: 'video' })))), [
    'blocking RGAA 4.1, 4.3 La vidéo « La fête » n’a ni sous-titres ni transcription : écrivez-les sur sa page « Sous-titres », dans la médiathèque, ou dites-y pourquoi elle n’en a pas.'
  ])
  t.same(lines(await check(video(await add({ kind: 'video', transcript: 'Bonjour' })))), [
    'advice RGAA 4.3 La vidéo « La fête » n’a pas de sous-titres : écrivez-les sur sa page « Sous-titres ».'
  ])
  const excused = await add({ kind: 'video' })
  await db
    .insertInto('missing_words')
    .values({ media_id: excused, reason: 'sans-paroles', agent_name: 'Inès Caron' })
    .execute()
  t.same(lines(await check(video(excused))), [
    'advice RGAA 4.1 La vidéo « La fête » reste sans sous-titres ni transcription : vidéo sans paroles.'
  ])
  const wordless = await add({ kind: 'video' })
  t.same(
    (await checkTexts(db, [], [{ field: 'medias', id: wordless, onlyAdvice: true }])).map(
      ({ severity, criterion }) => `${severity} ${criterion}`
    ),
    ['blocking RGAA 4.1, 4.3', 'advice Droit à l’image'],
    'no kind of content says itself that a video has no words'
  )
  t.match(
    lines(await check(image(await add({ kind: 'video' }))))[0],
    /^blocking Fichier manquant/,
    'a video is no image'
  )
  const undecided = await add({ kind: 'image' })
  const findings = await checkTexts(
    db,
    [],
    [
      { field: 'image', id: undecided },
      { field: 'documents', id: 999_999 }
    ]
  )
  t.same(
    findings.map(({ field, severity }) => `${field} ${severity}`),
    ['image blocking', 'documents blocking']
  )
  await db.updateTable('media').set({ trashed_at: new Date() }).where('id', '=', undecided).execute()
  t.match(lines(await check(image(undecided)))[0], /n’est plus dans la médiathèque/, 'the trash is not the library')
})

t.test('the same thing is said once a field, and links are compared from field to field', async (t) => {
  const text = (field: string, html: string) => ({ field, label: field, html })
  const findings = await checkTexts(db, [
    text('synthese', '<p><a href="/a">ici</a> <a href="/b">ici</a> <a href="/a">Le guide</a></p>'),
    text('resultats', '<p><a href="/b">Le guide</a></p>')
  ])
  t.same(
    findings.map(({ field, criterion }) => `${field} ${criterion}`),
    ['synthese RGAA 6.1', 'resultats RGAA 6.1']
  )
})

t.test('the texts of the demonstration are in order', async (t) => {
  const texts = [
    ...(await db.selectFrom('actions').select(['summary', 'results', 'tools']).execute()),
    ...(await db.selectFrom('directions').select('project').execute()),
    ...(await db.selectFrom('issues').select('body').execute()),
    ...(await db.selectFrom('pages').select('body').execute())
  ].flatMap((row) => Object.values(row).map((html) => ({ field: 'texte', label: 'Texte', html: String(html) })))
  const findings = await checkTexts(db, texts)
  t.same(lines(findings.filter(({ severity }) => severity === 'blocking')), [])
})

/** The same numbers each time: what fails once fails again. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

t.test('whatever is stored, it is read without fail, and what was cleaned stays as it is', async (t) => {
  const pieces = [
    ...['p', 'h2', 'h4', 'ul', 'li', 'strong', 'em', 'a', 'table', 'tr', 'th', 'td', 'caption', 'figure', 'figcaption'],
    ...['blockquote', 'span', 'div', 'script', 'br']
  ].flatMap((tag) => [`<${tag}>`, `</${tag}>`])
  const others = [
    '<figure data-image="12">',
    '<figure data-image="0">',
    '<p data-video="3">',
    '<p data-document="4" data-video="x">',
    '<p data-key-figure>',
    '<p data-key-figure><strong>3</strong> mots</p>',
    '<a href="/x">',
    '<a href="javascript:x">',
    '&amp;',
    '<',
    '>',
    '"',
    'mot ',
    '- un',
    '\n',
    '\u00a0',
    '🎉'
  ]
  const all = [...pieces, ...others]
  const next = numbers(20260)
  const texts = Array.from({ length: 600 }, () =>
    Array.from({ length: next(25) }, () => all[next(all.length)]).join('')
  )
  texts.push('<em>'.repeat(30_000), '<li>'.repeat(5_000), '<p data-video="3">'.repeat(2_000), '<'.repeat(50_000))
  for (const text of texts) {
    const clean = cleanRichText(text)
    if (cleanRichText(clean) !== clean) t.equal(cleanRichText(clean), clean, text.slice(0, 400))
    if (writeRichText(readRichText(clean)) !== clean) t.fail(`not written as it was read: ${clean.slice(0, 400)}`)
    if (
      /<(?:figure|p) data-/.test(
        clean.replaceAll(
          /<(figure|p) data-[^>]*>(?:<figcaption>[^<]*<\/figcaption>|<strong>[^<]*<\/strong>[^<]*|[^<]*)<\/\1>/g,
          ''
        )
      )
    )
      t.fail(`a block holds more than words: ${clean.slice(0, 400)}`)
  }
  // As they are, too: what stands in the database is not always ours.
  for (const html of texts.slice(0, 150)) await checkTexts(db, [{ field: 'x', label: 'X', html }])
  for (const html of texts.slice(-4)) await checkTexts(db, [{ field: 'x', label: 'X', html }])
  t.pass(`${texts.length} texts`)
})
