/** Who is asking, and the settings of the site: set on every request that may need them (see accounts/sessions.ts). */
import type { Selectable } from 'kysely'
import type { Config } from '../config.ts'
import type { Database } from '../db/database.ts'
import type { Settings } from '../db/schema.ts'

export interface SignedInAgent {
  id: number
  email: string
  name: string
  role: 'agent' | 'webmaster'
  /** Pilote of an action or référent of a direction: something is entrusted to them. */
  isEntrusted: boolean
  sessionId: number
  device: 'personnel' | 'partage'
}

export type SiteSettings = Omit<Selectable<Settings>, 'id'>

declare module 'fastify' {
  interface FastifyInstance {
    db: Database
    config: Config
  }
  interface FastifyRequest {
    agent: SignedInAgent | undefined
    settings: SiteSettings
  }
}
