/** Run by tap after the tests: stops the server, unless another run still uses it. */
import { startServer } from './prepare.ts'

const server = await startServer()
await server.stop()
