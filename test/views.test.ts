/** The templates are checked against their models: here is what the check catches (src/ops/check-views.ts). */
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import t, { type Test } from 'tap'
import { checkViews, type ViewProblem } from '../src/ops/check-views.ts'
import { viewsFolder } from '../src/web/render.ts'

const own = checkViews()
const known = new Set(own.map((problem) => JSON.stringify(problem)))

/** The new problems of our templates once `text` became `replacement` in one of them. */
function problemsWith(t: Test, template: string, text: string, replacement: string): ViewProblem[] {
  const folder = path.join(t.testdir({ views: {} }), 'views')
  cpSync(viewsFolder, folder, { recursive: true })
  const file = path.join(folder, `${template}.eta`)
  const source = readFileSync(file, 'utf8')
  if (!source.includes(text)) throw new Error(`views/${template}.eta does not hold ${text}: choose another example.`)
  writeFileSync(file, source.replace(text, replacement))
  return checkViews(folder).filter((problem) => !known.has(JSON.stringify(problem)))
}

t.test('our templates agree with their models', async (t) => {
  t.same(own, [])
})

t.test('a field that the model does not have is found, with its line', async (t) => {
  const [problem] = problemsWith(t, 'pages/home', 'it.firstName', 'it.firstname')
  t.equal(problem?.template, 'pages/home')
  t.match(problem?.source, /it\.firstname/)
  t.match(problem?.message, /firstname/)
})

t.test('HTML printed as text, and text printed as HTML, are found', async (t) => {
  t.match(problemsWith(t, 'partials/rich-text-body', '<%~ part.html', '<%= part.html')[0]?.message, /HTML already/)
  t.match(problemsWith(t, 'pages/home', '<%= highlight.text', '<%~ highlight.text')[0]?.message, /SafeHtml/)
})

t.test('a partial that is given the wrong thing is found', async (t) => {
  t.ok(problemsWith(t, 'layouts/site', 'flash: it.page.flash', 'flash: it.page.settings').length > 0)
})

t.test('a partial that does not exist is found', async (t) => {
  const [problem] = problemsWith(t, 'layouts/site', '/partials/footer', '/partials/fouter')
  t.match(problem?.message, /no template \/partials\/fouter/)
})

t.test('a value that may be missing must be looked at before it is printed', async (t) => {
  const [problem] = problemsWith(t, 'errors/error', '<%= it.status %>', '<%= it.reference %>')
  t.match(problem?.message, /undefined/)
})
