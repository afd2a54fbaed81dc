/** Dates, numbers and words the French way; addresses to come back to; what may be stored as rich text. */
import t from 'tap'
import { accessibilityRate, accessibilityStatement } from '../src/web/accessibility-statement.ts'
import {
  countText,
  dayText,
  type ImpreciseDate,
  impreciseDateIso,
  impreciseDateText,
  instantDay,
  instantText,
  numberText
} from '../src/web/format.ts'
import { pagerOf } from '../src/web/pagination.ts'
import { returnPath } from '../src/web/return-path.ts'
import { cleanRichText } from '../src/web/rich-text.ts'

/** Spaces that do not break are shown, so that the expectation can be read. */
const visible = (text: string): string => text.replaceAll('\u00a0', '_').replaceAll('\u202f', '‿')

t.test('days and instants', async (t) => {
  t.equal(visible(dayText('2023-03-14')), '14_mars 2023')
  t.equal(visible(dayText('2023-03-01')), '1er_mars 2023', 'the first of a month is an ordinal')
  t.equal(visible(dayText('2024-02-29')), '29_février 2024')
  t.same(instantDay(new Date('2023-03-14T22:59:59Z')), { text: '14\u00a0mars 2023', iso: '2023-03-14' })
  t.same(
    instantDay(new Date('2023-03-14T23:00:00Z')),
    { text: '15\u00a0mars 2023', iso: '2023-03-15' },
    'the day is that of Paris'
  )
  t.same(instantDay(new Date('2023-07-14T22:00:00Z')).iso, '2023-07-15', 'in summer too')
  t.match(visible(instantText(new Date('2023-03-14T13:05:00Z'))), /^14_mars 2023 à 14_h_05$/)
})

t.test('dates that are only partly known', async (t) => {
  const date = (given: Partial<ImpreciseDate>): ImpreciseDate => ({
    precision: 'year',
    part: null,
    starts_on: '2022-01-01',
    ends_on: null,
    ...given
  })
  const cases: [ImpreciseDate, string, string | undefined][] = [
    [date({}), '2022', '2022'],
    [date({ part: 'debut' }), 'Début_2022', '2022'],
    [date({ part: 'milieu', starts_on: '2022-05-01' }), 'Mi-2022', '2022'],
    [date({ part: 'fin', starts_on: '2022-10-01' }), 'Fin_2022', '2022'],
    [date({ precision: 'years', starts_on: '2020-01-01', ends_on: '2022-12-31' }), '2020-2022', undefined],
    [date({ precision: 'month', starts_on: '2023-03-01' }), 'Mars_2023', '2023-03'],
    [date({ precision: 'month', starts_on: '2022-08-01' }), 'Août_2022', '2022-08'],
    [date({ precision: 'month', starts_on: '2022-12-01' }), 'Décembre_2022', '2022-12'],
    [date({ precision: 'day', starts_on: '2023-03-14' }), '14_mars 2023', '2023-03-14']
  ]
  for (const [given, text, iso] of cases) {
    t.equal(visible(impreciseDateText(given)), text)
    t.equal(impreciseDateIso(given), iso)
  }
})

t.test('numbers and plurals', async (t) => {
  t.equal(visible(numberText(1234567)), '1‿234‿567')
  t.equal(visible(numberText(12.5)), '12,5')
  t.equal(visible(countText(0, 'action')), '0_action', 'in French zero is singular')
  t.equal(visible(countText(1, 'action')), '1_action')
  t.equal(visible(countText(2, 'action')), '2_actions')
  t.equal(visible(countText(3000, 'cheval', 'chevaux')), '3‿000_chevaux')
})

t.test('where a sign-in may lead: our own pages and nowhere else', async (t) => {
  for (const path of ['/', '/actions/planter?x=1', '/recherche?q=eau%20de%20pluie', '/directions/culture#equipe']) {
    t.equal(returnPath(path), path.replace(/#.*/, ''))
  }
  const elsewhere = [
    undefined,
    ['/a', '/b'],
    '',
    'actions',
    'https://ailleurs.example/',
    '//ailleurs.example',
    '///ailleurs.example',
    '/\\ailleurs.example',
    '\\\\ailleurs.example',
    '/.//ailleurs.example',
    '/x/..//ailleurs.example',
    '/%0d%0aset-cookie:a=b\r\n',
    '/\tailleurs',
    ' /actions',
    'javascript:alert(1)',
    'data:text/html,x',
    '/connexion',
    '/connexion/code',
    '/deconnexion',
    `/${'a'.repeat(600)}`
  ]
  for (const value of elsewhere) {
    const path = returnPath(value)
    t.match(path, /^\/(?!\/)/, `${JSON.stringify(value)?.slice(0, 60)} stays here`)
    t.notMatch(
      path,
      /^\/(connexion|deconnexion)|ailleurs\.example/,
      `${JSON.stringify(value)?.slice(0, 60)} gives ${path}`
    )
  }
})

t.test('rich text keeps meaning and drops the rest', async (t) => {
  const cases: [string, string][] = [
    ['<p>Bonjour <b>à tous</b></p>', '<p>Bonjour <strong>à tous</strong></p>'],
    ['<h1>Titre</h1>', '<h2>Titre</h2>'],
    ['<script>alert(1)</script><p>a</p>', '<p>a</p>'],
    ['<p onclick="alert(1)" style="color:red" class="x" id="y">a</p>', '<p>a</p>'],
    ['<a href="javascript:alert(1)">a</a>', '<a>a</a>'],
    ['<a href="JaVaScRiPt&colon;alert(1)">a</a>', '<a>a</a>'],
    ['<a href="//ailleurs.example">a</a>', '<a>a</a>'],
    ['<a href="/actions/planter">a</a>', '<a href="/actions/planter">a</a>'],
    ['<a href="https://service-public.fr">a</a>', '<a href="https://service-public.fr">a</a>'],
    ['<img src=x onerror=alert(1)>', ''],
    ['<svg><script>alert(1)</script></svg>', ''],
    ['<iframe src="https://ailleurs.example"></iframe>', ''],
    ['<style>body{display:none}</style>', ''],
    ['<form action="/x"><input name="a"></form>', ''],
    [
      '<table><caption>c</caption><tr><th scope="row">a</th><td>b</td></tr></table>',
      '<table><caption>c</caption><tr><th scope="row">a</th><td>b</td></tr></table>'
    ],
    ['<p>1 < 2 & 3</p>', '<p>1 &lt; 2 &amp; 3</p>'],
    ['<noscript><p title="</noscript><img src=x onerror=alert(1)>">', '']
  ]
  for (const [given, kept] of cases) {
    const once = cleanRichText(given)
    t.equal(once, kept, given)
    t.equal(cleanRichText(once), once, 'a second time changes nothing')
  }
})

t.test('what the law asks to say of accessibility', async (t) => {
  const audit = (validated: number | null, applicable: number | null, on: string | null = '2024-01-15') => ({
    accessibility_audited_on: on,
    accessibility_criteria_applicable: applicable,
    accessibility_criteria_validated: validated
  })
  t.equal(accessibilityStatement(audit(null, null, null)), 'non conforme', 'without an audit')
  t.equal(accessibilityStatement(audit(100, 100, null)), 'non conforme', 'an audit has a date')
  t.equal(accessibilityStatement(audit(49, 100)), 'non conforme')
  t.equal(accessibilityStatement(audit(50, 100)), 'partiellement conforme')
  t.equal(accessibilityStatement(audit(105, 106)), 'partiellement conforme', 'rounding never flatters')
  t.equal(accessibilityRate(audit(105, 106)), 99)
  t.equal(accessibilityStatement(audit(106, 106)), 'totalement conforme')
})

t.test('pages of a long list', async (t) => {
  const query = new URLSearchParams([
    ['mots', 'été & eau'],
    ['page', '3']
  ])
  t.equal(pagerOf('/recherche', query, 1, 1), undefined, 'one page needs no pager')
  const pager = pagerOf('/recherche', query, 3, 9)
  t.same(
    pager?.pages.map((page) => page.number),
    [1, 2, 3, 4, 9]
  )
  t.equal(pager?.previous, '/recherche?mots=%C3%A9t%C3%A9+%26+eau&page=2')
  t.equal(
    pagerOf('/recherche', query, 2, 9)?.previous,
    '/recherche?mots=%C3%A9t%C3%A9+%26+eau',
    'the first has no number'
  )
  t.equal(pagerOf('/recherche', query, 9, 9)?.next, undefined)
})
