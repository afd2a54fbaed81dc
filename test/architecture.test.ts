/** The two rules of DESIGN.md on who may import whom, and the few things that only one file may do. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'

const root = path.resolve(import.meta.dirname, '..')

/** Each may import from those before it. */
const features = [
  'accounts',
  'media',
  'publishing',
  'engagements',
  'directions',
  'bonus',
  'pages',
  'search',
  'gestion'
] as const
const kit = ['web', 'db', 'mail', 'jobs']
/** Runs in browsers, and shares nothing with the server but what a rich text may hold. */
const inBrowsers = ['editor']
/** What fills a site or is run by a person may use everything. */
const above = ['demonstration', 'ops']
/** Between features only these cross, and the files named after a rule of the domain. */
const private_ = ['routes', 'admin', 'forms']

interface Import {
  from: string
  to: string
  line: string
  isType: boolean
}

const files = list('src', '.ts')
const imports = files.flatMap(importsOf)

t.test('the kit knows no feature', async (t) => {
  const wrong = imports.filter(({ from, to }) => kit.includes(folderOf(from)) && isFeature(folderOf(to)))
  t.same(sentences(wrong), [])
})

t.test('between features, imports go to the left only', async (t) => {
  const wrong = imports.filter(({ from, to }) => {
    const [own, other] = [rankOf(from), rankOf(to)]
    return own >= 0 && other > own
  })
  t.same(sentences(wrong), [], features.join(' ← '))
})

t.test('between features, only queries, views, permissions and domain files cross', async (t) => {
  const wrong = imports.filter(({ from, to }) => {
    if (!isFeature(folderOf(from)) || !isFeature(folderOf(to)) || folderOf(from) === folderOf(to)) return false
    const name = path.basename(to, '.ts')
    return private_.some((part) => name === part || name.endsWith(`-${part}`))
  })
  t.same(sentences(wrong), [])
})

t.test('nothing but the start imports the application, and nothing imports the commands', async (t) => {
  const wrong = imports.filter(({ from, to, isType }) => {
    if (folderOf(to) === 'ops') return folderOf(from) !== 'ops'
    if (to === 'src/app.ts') return from !== 'src/server.ts' && folderOf(from) !== 'ops'
    if (to === 'src/config.ts') return !isType && !startsThings(from)
    // The dashboard has the button that removes it.
    if (folderOf(to) === 'demonstration')
      return ![...above, 'gestion'].includes(folderOf(from)) && from !== 'src/server.ts'
    return false
  })
  t.same(sentences(wrong), [])
})

t.test('what runs in browsers stands apart', async (t) => {
  const wrong = imports.filter(({ from, to }) => {
    if (inBrowsers.includes(folderOf(from)))
      return folderOf(to) !== folderOf(from) && to !== 'src/web/rich-text-schema.ts'
    return inBrowsers.includes(folderOf(to))
  })
  t.same(sentences(wrong), [])
})

t.test('there is no circle between files', async (t) => {
  const circles: string[] = []
  const seen = new Set<string>()
  const follow = (file: string, trail: string[]): void => {
    if (trail.includes(file)) {
      circles.push([...trail.slice(trail.indexOf(file)), file].join(' → '))
      return
    }
    if (seen.has(file)) return
    for (const { from, to, isType } of imports) {
      if (from === file && !isType) follow(to, [...trail, file])
    }
    seen.add(file)
  }
  for (const file of files) follow(file, [])
  t.same(circles, [])
})

t.test('every folder is a feature, a part of the kit, or stands above them', async (t) => {
  const known = new Set<string>([...features, ...kit, ...inBrowsers, ...above])
  const folders = readdirSync(path.join(root, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
  t.same(
    folders.filter((folder) => !known.has(folder)),
    []
  )
})

t.test('views mirror the source', async (t) => {
  const shared = ['layouts', 'partials', 'errors', 'mail']
  const folders = readdirSync(path.join(root, 'views'))
  t.same(
    folders.filter((folder) => !shared.includes(folder) && !existsSync(path.join(root, 'src', folder))),
    []
  )
})

t.test('some things are done in one place only', async (t) => {
  const everywhere = [...files, ...list('test', '.ts'), ...list('public', '.js')]
  const source = files
  const onlyIn = (pattern: RegExp, among: string[], allowed: (file: string) => boolean): string[] =>
    among.flatMap((file) =>
      readLines(file).flatMap((line, index) =>
        pattern.test(line) && !allowed(file) ? [`${file}:${index + 1} ${line.trim()}`] : []
      )
    )
  const programs = 'src/media/preparation/programs.ts'
  const isThisTest = (file: string): boolean => file === 'test/architecture.test.ts'

  t.same(
    onlyIn(/process\.env\b/, source, (file) => file === 'src/config.ts' || file === programs || startsThings(file)),
    [],
    'only config.ts reads the environment, but for where the machine keeps its programs'
  )
  t.same(
    onlyIn(/\bas SafeHtml\b/, source, (file) => file === 'src/web/rich-text.ts'),
    [],
    'only rich-text.ts makes safe HTML'
  )
  t.same(
    onlyIn(/\buploadsDir\b/, source, mayKnowUploads),
    [],
    'only media and what starts the site know where uploads are'
  )
  t.same(
    files
      // Slides are made in a work folder that uploads.ts gives and takes back.
      .filter((file) => folderOf(file) === 'media' && !/\/(?:uploads|leftovers|slide-conversion)\.ts$/.test(file))
      .flatMap((file) => onlyIn(writing, [file], () => false)),
    [],
    'only media/uploads.ts adds to the uploads, and leftovers.ts takes away'
  )
  t.same(
    onlyIn(
      /\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write)\b|\beval\(/,
      [...list('public', '.js'), ...list('src/editor', '.ts')],
      // ProseMirror reads the clipboard so, and `cleanPaste` hands it text: both in documents where nothing runs.
      (file) => file === 'public/editor/rich-text.js' || file === 'src/editor/paste.ts'
    ),
    [],
    'no module makes HTML out of text'
  )
  t.same(onlyIn(/@ts-(ignore|nocheck|expect-error)/, everywhere, isThisTest), [], 'types are not switched off')
  t.same(
    onlyIn(/\b(sql\.raw|CompiledQuery\.raw)\b/, source, (file) => /queries|sessions|ops|db\//.test(file)),
    [],
    'raw SQL is in queries'
  )
  t.same(
    onlyIn(/\bexport default\b/, files, () => false),
    [],
    'exports have names'
  )
  t.same(
    files.filter((file) => /\/(utils?|helpers?|common|misc|managers?|services?|index)\.ts$/.test(file)),
    [],
    'files are named after what they hold'
  )
})

/** Those that may open files for writing know the folder by the functions of uploads.ts. */
const writing =
  /\b(writeFile|writeFileSync|createWriteStream|appendFile|rename|renameSync|copyFile|link|symlink|unlink|unlinkSync|rm|rmSync|mkdir|mkdirSync)\(|\bopen\([^)]*'[wa]/

function mayKnowUploads(file: string): boolean {
  return folderOf(file) === 'media' || above.includes(folderOf(file)) || /^src\/(config|server)\.ts$/.test(file)
}

function startsThings(file: string): boolean {
  return file === 'src/server.ts' || above.includes(folderOf(file))
}

function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(root, file), 'utf8')
  // Declarations written over several lines are read as one.
  return [...text.matchAll(/^(?:import|export)\b(?:[^'";]*?\bfrom)?\s*'(\.[^']+)'/gm)].flatMap((match) => {
    const to = path.posix.join(path.posix.dirname(file), match[1] ?? '')
    if (!to.startsWith('src/')) return []
    const line = match[0].replace(/\s+/g, ' ')
    return [{ from: file, to, line, isType: /^(import|export) type\b/.test(line) }]
  })
}

function list(folder: string, extension: string): string[] {
  if (!existsSync(path.join(root, folder))) return []
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll(path.sep, '/')}`)
    .filter((file) => file.endsWith(extension) && !file.includes('/fixtures/') && !/\/tap-testdir-/.test(file))
    .sort()
}

function readLines(file: string): string[] {
  return readFileSync(path.join(root, file), 'utf8').split('\n')
}

function folderOf(file: string): string {
  const parts = file.split('/')
  return parts.length > 2 ? (parts[1] ?? '') : ''
}

function isFeature(folder: string): boolean {
  return (features as readonly string[]).includes(folder)
}

function rankOf(file: string): number {
  return (features as readonly string[]).indexOf(folderOf(file))
}

function sentences(wrong: Import[]): string[] {
  return wrong.map(({ from, line }) => `${from}: ${line}`)
}
