import { fileURLToPath } from 'node:url'

/** Where the results go; they are committed, so that nothing here runs on a city's server. */
export const filesFolder = fileURLToPath(new URL('../files', import.meta.url))
