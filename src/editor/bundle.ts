/** `npm run editor:bundle`: the editor and ProseMirror, in the one module that browsers fetch. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'

export const bundleFile = path.join(import.meta.dirname, '../../public/editor/rich-text.js')

/** The module that today's sources give. */
export async function bundleEditor(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, 'editor.ts')],
    // Comments of esbuild name files from here: the same from wherever it is run.
    absWorkingDir: path.join(import.meta.dirname, '../..'),
    bundle: true,
    format: 'esm',
    minify: true,
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    banner: {
      js: '// Made by « npm run editor:bundle » out of src/editor and ProseMirror (MIT licence, Marijn Haverbeke and others).'
    },
    write: false
  })
  return outputFiles[0]?.text ?? ''
}

if (import.meta.main) writeFileSync(bundleFile, await bundleEditor())
