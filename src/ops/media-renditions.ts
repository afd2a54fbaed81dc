/** `npm run media:renditions`: makes again what the site makes of files, while readers keep what there is. */
import { parseArgs } from 'node:util'
import { startRenditions } from '../media/images/renditions.ts'
import { askAgain } from '../media/preparation/rebuild.ts'
import { putReleasedAside } from '../media/space/leftovers.ts'
import { countText } from '../web/format.ts'
import { CommandError, runCommand } from './command.ts'

const usage = `Dites ce qui est à refaire :
  --images          les versions des images pour les écrans
  --presentations   les diapositives des présentations et les pages des PDF
  --videos          les versions des vidéos pour les téléphones
  --manquantes      seulement là où il en manque, ou là où elles sont abîmées`

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        images: { type: 'boolean', default: false },
        presentations: { type: 'boolean', default: false },
        videos: { type: 'boolean', default: false },
        manquantes: { type: 'boolean', default: false }
      }
    })
    const { images, presentations, videos, manquantes } = values
    // « What lacks », and no kind: of all kinds.
    const isAny = manquantes && !images && !presentations && !videos
    if (images || presentations || videos || isAny) {
      return {
        images: images || isAny,
        presentations: presentations || isAny,
        videos: videos || isAny,
        onlyMissing: manquantes
      }
    }
  } catch {
    // Said below.
  }
  throw new CommandError(usage)
}

await runCommand(async ({ config, db }) => {
  const waiting = await askAgain(db, readOptions())
  if (waiting.presentations + waiting.videos > 0) {
    console.log(
      `En attente : ${countText(waiting.presentations, 'présentation ou PDF', 'présentations ou PDF')}, ${countText(waiting.videos, 'vidéo')}. Le site les prépare quand il tourne, l’un après l’autre.`
    )
  }
  if (waiting.images > 0) {
    console.log(
      `${countText(waiting.images, 'image')} à refaire, l’une après l’autre. Vous pouvez interrompre : le site continuera.`
    )
    const log = { info: () => undefined, warn: console.warn, error: console.error }
    const renditions = startRenditions({ db, uploadsDir: config.uploadsDir, log })
    try {
      await renditions.idle()
    } finally {
      await renditions.stop()
    }
    await putReleasedAside(db, config.uploadsDir)
    console.log('Les images sont refaites.')
  }
  if (waiting.images + waiting.presentations + waiting.videos === 0) console.log('Il n’y a rien à refaire.')
})
