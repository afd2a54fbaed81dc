import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gouache } from './canvas.ts'
import { filesFolder } from './folder.ts'
import { sheetHeight, sheetWidth } from './props.ts'
import { albumScenes } from './scenes-albums.ts'
import { demarcheScenes } from './scenes-demarche.ts'
import { directionScenes } from './scenes-directions.ts'
import { engagementScenes } from './scenes-engagements.ts'

const scenes: Record<string, () => string> = {
  ...directionScenes,
  ...engagementScenes,
  ...demarcheScenes,
  ...albumScenes
}

const wanted = process.argv.slice(2)
await mkdir(filesFolder, { recursive: true })
let seed = 1
for (const [name, draw] of Object.entries(scenes)) {
  seed += 1
  if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue
  const jpeg = await gouache(draw(), { width: sheetWidth, height: sheetHeight }, seed)
  await writeFile(join(filesFolder, `${name}.jpg`), jpeg)
  console.log(`${name}.jpg ${Math.round(jpeg.length / 1024)} KB`)
}
