/** `npm run demo:remove`: takes the demonstration away. `--oui` answers the question in advance. */
import { createInterface } from 'node:readline/promises'
import { removeDemonstration } from '../demonstration/remove.ts'
import { countText } from '../web/format.ts'
import { CommandError, runCommand } from './command.ts'

const question = `Retirer la démonstration : son contenu, ses fichiers et ses comptes disparaissent pour toujours.
Ce que vous avez ajouté vous-même reste. Continuer ? (oui/non) `

await runCommand(async ({ db }) => {
  if (!process.argv.includes('--oui') && !(await confirm())) {
    console.log('Rien n’a été retiré.')
    return
  }
  const { removed, kept, keptWebmaster } = await removeDemonstration(db)
  console.log(
    `La démonstration a été retirée : ${[
      countText(removed.engagements, 'engagement'),
      countText(removed.actions, 'action'),
      countText(removed.directions, 'direction'),
      countText(removed.files, 'fichier'),
      countText(removed.agents, 'compte')
    ].join(', ')}. Elle ne reviendra pas.`
  )
  list('Engagements gardés, parce que vos actions en font partie', kept.engagements)
  list('Directions gardées, parce que vos actions les nomment', kept.directions)
  list('Fichiers gardés, parce que vos contenus les montrent', kept.files)
  if (keptWebmaster) {
    console.log(`\nLe compte ${keptWebmaster} est resté : sans lui, personne ne pourrait gérer le site.
Créez le vôtre, puis retirez celui-ci :
  npm run create-webmaster -- prenom.nom@ville.fr
  npm run demo:remove`)
  }
})

async function confirm(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new CommandError(
      'Rien n’a été retiré : personne ne peut répondre ici. Ajoutez --oui : npm run demo:remove -- --oui'
    )
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return /^o(ui)?$/i.test((await terminal.question(question)).trim())
  } finally {
    terminal.close()
  }
}

function list(title: string, names: string[]): void {
  if (names.length > 0) console.log(`\n${title} :\n${names.map((name) => `  ${name}`).join('\n')}`)
}
