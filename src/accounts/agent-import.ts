/** A list of agents that comes from a spreadsheet: which column is what, and what is wrong with which line. */
import type { z } from 'zod'
import { type CsvRow, readCsv } from '../web/csv.ts'
import { readAddress } from './addresses.ts'
import { agentName, domainsInWords, jobTitle } from './forms.ts'

export interface ImportedAgent {
  line: number
  email: string
  /** Undefined where the file says nothing. */
  name: string | undefined
  jobTitle: string | undefined
}

export interface AgentImport {
  agents: ImportedAgent[]
  /** One sentence for each line that cannot be imported. */
  refused: { line: number; message: string }[]
  /** What is wrong with the whole. */
  problem: string | undefined
}

export const mostImportedLines = 2000

type Column = 'email' | 'name' | 'firstName' | 'jobTitle'

const headings: [Column, RegExp][] = [
  ['email', /^(adresse( electronique| e-?mail| mail| de messagerie)?|e-?mail|mail|courriel|messagerie)$/],
  ['firstName', /^prenoms?$/],
  ['name', /^(nom( de famille| complet| et prenom)?|prenom et nom|nom prenom|prenom nom|agent)$/],
  ['jobTitle', /^(fonction|poste|intitule( du poste)?|emploi|metier)$/]
]

export function readAgentImport(text: string, domains: string[]): AgentImport {
  const rows = readCsv(text)
  const [first] = rows
  const refuse = (problem: string): AgentImport => ({ agents: [], refused: [], problem })
  if (!first) return refuse('Il n’y a aucune ligne à lire. Choisissez un fichier, ou collez la liste.')
  if (rows.length > mostImportedLines) {
    return refuse(
      `Cette liste a plus de ${mostImportedLines.toLocaleString('fr-FR')} lignes. Importez-la en plusieurs fois.`
    )
  }
  const named = columnsOf(first)
  const columns = named ?? (first.cells[0]?.includes('@') ? (['email', 'name', 'jobTitle'] as const) : undefined)
  if (!columns) {
    return refuse(
      'La première ligne doit nommer les colonnes, dont une «\u00a0Adresse\u00a0». Par exemple\u00a0: Adresse\u00a0; Prénom\u00a0; Nom\u00a0; Fonction.'
    )
  }
  return readRows(named ? rows.slice(1) : rows, columns, domains)
}

function columnsOf({ cells }: CsvRow): (Column | undefined)[] | undefined {
  const columns = cells.map((cell) => {
    const heading = cell
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[\s_]+/g, ' ')
      .trim()
    return headings.find(([, pattern]) => pattern.test(heading))?.[0]
  })
  return columns.includes('email') ? columns : undefined
}

function readRows(rows: CsvRow[], columns: readonly (Column | undefined)[], domains: string[]): AgentImport {
  const agents: ImportedAgent[] = []
  const refused: AgentImport['refused'] = []
  const lineOf = new Map<string, number>()
  for (const { line, cells } of rows) {
    const cell = (column: Column): string => {
      const place = columns.indexOf(column)
      return place === -1 ? '' : (cells[place] ?? '')
    }
    const address = readAddress(cell('email'), domains)
    if (!address.ok) {
      refused.push({ line, message: addressProblem(address.problem, cell('email'), domains) })
      continue
    }
    const { email } = address
    const before = lineOf.get(email)
    const name = read(agentName, [cell('firstName'), cell('name')].filter(Boolean).join(' '))
    const job = read(jobTitle, cell('jobTitle'))
    const message =
      before === undefined ? (name.problem ?? job.problem) : `L’adresse ${email} est déjà à la ligne ${before}.`
    if (message) refused.push({ line, message })
    else agents.push({ line, email, name: name.value, jobTitle: job.value })
    lineOf.set(email, before ?? line)
  }
  return { agents, refused, problem: undefined }
}

/** An empty cell says nothing, which is not an error. */
function read(schema: z.ZodType<string>, cell: string): { value?: string; problem?: string } {
  if (cell.trim() === '') return {}
  const result = schema.safeParse(cell)
  return result.success ? { value: result.data } : { problem: result.error.issues[0]?.message ?? '' }
}

function addressProblem(problem: 'empty' | 'malformed' | 'domain', typed: string, domains: string[]): string {
  if (problem === 'empty') return 'L’adresse manque.'
  const shown = `«\u00a0${typed.slice(0, 80)}\u00a0»`
  return problem === 'domain'
    ? `L’adresse ${shown} ne finit pas par ${domainsInWords(domains)}.`
    : `${shown} n’est pas une adresse de la forme prenom.nom@${domains[0]}, sans accent ni espace.`
}
