/** `npm run upload:bundle`: the tus client, in the one module that browsers fetch for their first large file. */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'

const root = path.join(import.meta.dirname, '../..')

export const bundleFile = path.join(root, 'public/js/vendor/tus.js')

/** The module that the installed package gives. */
export async function bundleTus(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: "export { defaultOptions, Upload } from 'tus-js-client'", resolveDir: root },
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    minify: true,
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    banner: { js: '// Made by « npm run upload:bundle » out of tus-js-client (MIT licence, Transloadit and others).' },
    write: false
  })
  return outputFiles[0]?.text ?? ''
}

if (import.meta.main) {
  mkdirSync(path.dirname(bundleFile), { recursive: true })
  writeFileSync(bundleFile, await bundleTus())
}
