/** `npm run media:check`: reads every stored byte again, and says which files are damaged. */
import { parseArgs } from 'node:util'
import { listDamagedFiles } from '../media/space/space-queries.ts'
import { checkMedia } from '../media/space/sweep.ts'
import { weightText } from '../media/views.ts'
import { countText } from '../web/format.ts'
import { CommandError, runCommand } from './command.ts'

const usage = 'Option : --debit=MO, en mégaoctets par seconde (20 sans cette option).'

function readSpeed(): number {
  try {
    const { debit } = parseArgs({ options: { debit: { type: 'string', default: '20' } } }).values
    if (/^[1-9]\d{0,4}$/.test(debit)) return Number(debit) * 1_000_000
  } catch {
    // Said below.
  }
  throw new CommandError(usage)
}

await runCommand(async ({ config, db }) => {
  const bytesPerSecond = readSpeed()
  const report = await checkMedia({ db, uploadsDir: config.uploadsDir }, { bytesPerSecond })
  if (!report) throw new CommandError('Une vérification ou un ménage est déjà en cours ailleurs. Réessayez plus tard.')
  console.log(`Relus : ${countText(report.seen.count, 'fichier')}, ${weightText(report.seen.bytes)}.`)
  if (report.damaged.size === 0) return void console.log('Aucun n’est abîmé.')
  const files = await listDamagedFiles(db)
  console.error(
    [
      `ATTENTION, ${countText(report.damaged.size, 'fichier est abîmé', 'fichiers sont abîmés')} ; reprenez-les d’une sauvegarde :`,
      ...[...report.damaged.keys()].map((sha256) => {
        const titles = files.filter((file) => file.sha256 === sha256).map((file) => `« ${file.title} »`)
        return `  blobs/${sha256.slice(0, 2)}/${sha256}  ${titles.join(', ')}`
      })
    ].join('\n')
  )
  process.exitCode = 1
})
