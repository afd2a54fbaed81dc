/** `npm run media:sweep`: one round through the stored files, at once, and what it did. */
import { parseArgs } from 'node:util'
import type { Counted } from '../media/space/leftovers.ts'
import { sweepMedia } from '../media/space/sweep.ts'
import { weightText } from '../media/views.ts'
import { countText } from '../web/format.ts'
import { CommandError, runCommand } from './command.ts'

const usage = `Options :
  --a-blanc       dit ce qui serait fait, et ne fait rien
  --age=HEURES    à partir de quel âge un fichier temporaire ou abandonné part (24 et 48 heures sans cette option)
  --au-plus=N     accepte de mettre de côté jusqu’à N fichiers que rien ne cite
  --reconnaitre   après une restauration : ce dossier est bien celui de cette base`

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        'a-blanc': { type: 'boolean', default: false },
        age: { type: 'string' },
        'au-plus': { type: 'string' },
        reconnaitre: { type: 'boolean', default: false }
      }
    })
    const [ageHours, orphansAtMost] = [numberOf('age', values.age), numberOf('au-plus', values['au-plus'])]
    return {
      isTrial: values['a-blanc'],
      recogniseAgain: values.reconnaitre,
      ...(ageHours !== undefined && { ageHours }),
      ...(orphansAtMost !== undefined && { orphansAtMost })
    }
  } catch (error) {
    throw new CommandError(error instanceof CommandError ? error.message : `Option inconnue. ${usage}`)
  }
}

function amount({ count, bytes }: Counted): string {
  return count === 0 ? 'aucun fichier' : `${countText(count, 'fichier')}, ${weightText(bytes)}`
}

function numberOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,7}$/.test(text)) throw new CommandError(`--${name} : un nombre entier est attendu. ${usage}`)
  return Number(text)
}

await runCommand(async ({ config, db }) => {
  const options = readOptions()
  const report = await sweepMedia({ db, uploadsDir: config.uploadsDir }, options)
  if (!report) throw new CommandError('Le ménage des fichiers est déjà en cours ailleurs. Réessayez dans un instant.')
  const { refusal, stored, temporary, aside, erased, damaged } = report
  if (refusal !== undefined) throw new CommandError(refusal)
  const [moved, removed, gone] = options.isTrial
    ? ['À mettre de côté', 'À retirer', 'À effacer']
    : ['Mis de côté pour deux semaines', 'Retirés', 'Effacés']
  console.log(
    [
      options.isTrial ? 'À blanc : rien n’a été touché.' : 'Le ménage des fichiers est fait.',
      `Examinés : ${countText(stored.count, 'fichier')}, ${weightText(stored.bytes)}`,
      `${moved}, parce que rien ne les cite : ${amount(aside)}`,
      `${removed} : ${temporary.count === 0 ? 'aucun reste' : countText(temporary.count, 'reste')} d’envoi ou de préparation`,
      `${gone}, de côté depuis deux semaines : ${amount(erased)}`,
      damaged.size === 0
        ? 'Tous les fichiers que cite la base sont là.'
        : `ATTENTION, ${countText(damaged.size, 'fichier manque ou n’a', 'fichiers manquent ou n’ont')} pas la bonne taille ; reprenez-les d’une sauvegarde :`,
      ...[...damaged].map(([sha256, problem]) => `  ${sha256}  ${problem === 'missing' ? 'absent' : 'autre taille'}`)
    ].join('\n')
  )
  if (damaged.size > 0) process.exitCode = 1
})
