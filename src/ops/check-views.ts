/**
 * Type-checks the templates: each becomes a TypeScript function of the model it was declared with, line for line, and tsc reads
 * them all. A partial or a layout is checked against what the templates that use it really give.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { templateEngine, viewsFolder } from '../web/render.ts'

const root = path.join(import.meta.dirname, '../..')
// Below node_modules, where the types are found; one folder a process, so that two checks do not mix.
const generatedFolder = path.join(root, `node_modules/.cache/check-views-${process.pid}`)

export interface ViewProblem {
  template: string
  line: number
  message: string
  source: string
}

interface Template {
  /** « engagements/list » */
  name: string
  text: string
  /** The partials and the layout it uses. */
  uses: string[]
}

interface Tag {
  t: string
  val: string
  lineNo: number
}

/** What is wrong in the templates of a folder; empty when all is well. */
export function checkViews(folder = viewsFolder): ViewProblem[] {
  const templates = readTemplates(folder)
  const declared = declaredViews()
  rmSync(generatedFolder, { recursive: true, force: true })
  mkdirSync(generatedFolder, { recursive: true })
  writeGenerated('package.json', '{ "type": "module" }')
  writeGenerated('tsconfig.json', JSON.stringify(compilerSettings()))
  writeGenerated('kit.ts', kit)
  const problems = templates.flatMap((template) => missingPartials(template, templates))
  for (const template of templates) {
    const model = modelOf(template, templates, declared)
    if (model) writeGenerated(fileOf(template.name), generate(template, model))
    else
      problems.push({
        template: template.name,
        line: 1,
        message: 'No model is declared for it, and no template includes it.',
        source: ''
      })
  }
  problems.push(...compile(templates))
  rmSync(generatedFolder, { recursive: true, force: true })
  return problems
}

function readTemplates(folder: string): Template[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.eta'))
    .sort()
    .map((file) => {
      const text = readFileSync(path.join(folder, file), 'utf8')
      const uses = [...text.matchAll(/'\/([\w/-]+)'/g)].flatMap((match) => match[1] ?? [])
      return { name: file.replaceAll(path.sep, '/').replace(/\.eta$/, ''), text, uses: [...new Set(uses)] }
    })
    .map((template, _index, all) => ({
      ...template,
      uses: template.uses.filter((name) => all.some((other) => other.name === name))
    }))
}

/** The names that features gave a model to, in `interface Views` or `MailViews`. */
function declaredViews(): Set<string> {
  const declared = new Set<string>()
  for (const file of readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue
    const text = readFileSync(path.join(root, 'src', file), 'utf8')
    for (const [, list = ''] of text.matchAll(/interface (?:Mail)?Views \{([^}]*)\}/g)) {
      for (const [, name = ''] of list.matchAll(/'([\w/.-]+)':/g)) declared.add(name)
    }
  }
  return declared
}

function missingPartials(template: Template, all: Template[]): ViewProblem[] {
  const known = new Set(all.map((other) => `/${other.name}`))
  return template.text.split('\n').flatMap((source, index) =>
    [...source.matchAll(/(?:include|layout)\('([^']+)'/g)]
      .filter(([, used = '']) => !known.has(used))
      .map(([, used = '']) => ({
        template: template.name,
        line: index + 1,
        message: `There is no template ${used} (names are absolute: /folder/name).`,
        source
      }))
  )
}

/** The template as a function: every tag stays on its line, everything else disappears. */
function generate(template: Template, model: string): string {
  const engine = templateEngine().withConfig({ debug: true })
  // With `debug`, Eta says of each tag the line it is on; its types do not know.
  const tags = engine.parse(template.text).filter((part) => typeof part !== 'string') as unknown as Tag[]
  let code = `export function* template(it: ${model}) { `
  let line = 1
  const openBlocks: boolean[] = []
  for (const tag of tags) {
    while (line < tag.lineNo) {
      code += '\n'
      line += 1
    }
    code += `${statementOf(tag, openBlocks)} `
    line += tag.val.split('\n').length - 1
  }
  return `${code}\n}\n`
}

function statementOf(tag: Tag, openBlocks: boolean[]): string {
  const code = tag.val.trim()
  const newlines = '\n'.repeat(tag.val.split('\n').length - 1 - (code.split('\n').length - 1))
  if (tag.t === 'i') return `print(${code});${newlines}`
  if (tag.t === 'r') return code.startsWith('include(') ? `yield ${code};${newlines}` : `raw(${code});${newlines}`
  if (code.startsWith('layout(')) return `yield ${code};${newlines}`
  // A block is read as the lines around it, so that what was found true before it still is.
  if (/^block\('[\w-]+', \(\) => \{$/.test(code)) {
    openBlocks.push(true)
    return `{${newlines}`
  }
  if (code === '})' && openBlocks.pop()) return `}${newlines}`
  return `${code}${newlines}`
}

/** A page has the model it was declared with; a partial or a layout, all that those who use it give. */
function modelOf(template: Template, all: Template[], declared: Set<string>): string | undefined {
  if (declared.has(template.name)) return `Model<'${template.name}'>`
  const users = all.filter((other) => other.name !== template.name && other.uses.includes(template.name))
  const given = users.map((user) => `import('./${fileOf(user.name)}').template`)
  if (given.length === 0) return undefined
  return `Given<ReturnType<${given.map((user) => `typeof ${user}`).join(' | ')}>, '/${template.name}'>`
}

function fileOf(name: string): string {
  return `${name.replaceAll('/', '--')}.ts`
}

function writeGenerated(file: string, text: string): void {
  writeFileSync(path.join(generatedFolder, file), text)
}

function compilerSettings(): object {
  return {
    extends: '../../../tsconfig.json',
    compilerOptions: { rootDir: root, noUnusedParameters: false, noImplicitReturns: false },
    include: ['*.ts', '../../../src/**/*.ts'],
    exclude: ['../../../src/editor']
  }
}

const kit = `
import type { MailViews, PageContext, Views } from '../../../src/web/render.ts'
import type { SafeHtml } from '../../../src/web/rich-text.ts'

declare global {
  interface Use<Name, Data> { name: Name; data: Data }

  type Model<Name extends keyof Views | keyof MailViews> =
    Name extends keyof Views ? Views[Name] & { page: PageContext } : Name extends keyof MailViews ? MailViews[Name] : never

  type Printable<Value> = Value extends SafeHtml ? 'This is HTML already: print it with <%~ %>.' : string | number
  /** <%= %>: a text or a number, never something that may be missing. */
  function print<Value extends string | number>(value: Value & Printable<Value>): void
  /** <%~ %>: nothing but HTML known to be safe. */
  function raw(value: SafeHtml): void
  function block(name: string): SafeHtml
  function include<const Name extends string>(name: Name): Use<Name, {}>
  function include<const Name extends string, Data extends object>(name: Name, data: Data): Use<Name, Data>
  function layout<const Name extends string>(name: Name): Use<Name, {}>
  function layout<const Name extends string, Data extends object>(name: Name, data: Data): Use<Name, Data>

  type DataOf<Generated, Name> =
    Generated extends Generator<infer Uses, unknown, unknown>
      ? Uses extends Use<infer Named, infer Data> ? Name extends Named ? Data : never : never
      : never
  type KeysOf<Union> = Union extends unknown ? keyof Union : never
  type Merged<Union> = {
    [Key in KeysOf<Union>]: Items<Union extends unknown ? (Key extends keyof Union ? Union[Key] : undefined) : never>
  }
  type ItemOf<Value> = Value extends readonly (infer Item extends object)[] ? Item : never
  type Items<Value> = [ItemOf<Value>] extends [never] ? Value : Merged<ItemOf<Value>>[] | Exclude<Value, readonly object[]>
  /** What a partial or a layout finds in \`it\`: the union of what it is given; what one user leaves out may be undefined. */
  type Given<Generated, Name extends string> =
    Merged<DataOf<Generated, Name>> & { page: PageContext } & (Name extends \`/layouts/\${string}\` ? { body: SafeHtml } : {})
}
`

function compile(templates: Template[]): ViewProblem[] {
  // Not bin/tsc, which has no extension: with the hooks of a test runner Node takes it for CommonJS.
  const tsc = path.join(root, 'node_modules/typescript/lib/tsc.js')
  const result = spawnSync(process.execPath, [tsc, '--pretty', 'false', '-p', generatedFolder], {
    cwd: generatedFolder,
    encoding: 'utf8'
  })
  const problems: ViewProblem[] = []
  const others: string[] = []
  for (const output of result.stdout.split('\n')) {
    const found = /^([^\s(]+)\.ts\((\d+),\d+\): error \w+: (.*)$/.exec(output)
    const template = found && templates.find((candidate) => fileOf(candidate.name) === `${found[1]}.ts`)
    if (found && template) {
      const line = Number(found[2])
      const source = template.text.split('\n')[line - 1] ?? ''
      problems.push({ template: template.name, line, message: found[3] ?? '', source })
    } else if (found || /^error/.test(output)) others.push(output)
    else if (output.startsWith('  ') && problems.length > 0) {
      const last = problems.at(-1)
      if (last) last.message += `\n    ${output.trim()}`
    }
  }
  // Mistakes of the code itself are for tsc to say, unless they are all there is.
  const areElsewhere = others.length > 0 && others.every((line) => line.includes('src/'))
  if (problems.length === 0 && result.status !== 0 && !areElsewhere) {
    throw new Error(`The templates could not be checked:\n${others.join('\n')}${result.stderr}`)
  }
  return problems
}

if (import.meta.main) {
  const problems = checkViews()
  for (const { template, line, message, source } of problems) {
    console.error(`views/${template}.eta:${line}  ${message}\n    ${source.trim()}\n`)
  }
  console.log(problems.length === 0 ? 'Every template agrees with its model.' : `${problems.length} to repair.`)
  process.exitCode = problems.length === 0 ? 0 : 1
}
