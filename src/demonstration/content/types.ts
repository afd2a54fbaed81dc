export type Hue = 'brique' | 'ocre' | 'feuille' | 'lagon' | 'prune'
export type Status = 'prevue' | 'en_cours' | 'realisee'

/** A date as people remember it: it keeps just what is known. */
export interface When {
  precision: 'year' | 'years' | 'month' | 'day'
  part: 'debut' | 'milieu' | 'fin' | null
  starts_on: string
  ends_on: string | null
}

export interface Step {
  when: When
  description: string
  done: boolean
}

/** Files are named as in `src/demonstration/files`, agents by what comes before the @ of their address. */
export interface ActionContent {
  number: number
  slug: string
  title: string
  status: Status
  visibility?: 'public'
  due?: string
  published: string
  /** Days between the last update and the filling: « what changed last » must look alive on any day. */
  updatedDaysAgo: number
  author: string
  pilotes: string[]
  directions: string[]
  services: string[]
  enjeux: string[]
  /** Numbers of other actions; said once, read from both sides. */
  related?: number[]
  documents?: string[]
  image?: string
  summary: string
  steps: Step[]
  results?: string
  tools?: string
}

export interface EngagementContent {
  number: number
  slug: string
  title: string
  tagline: string
  hue: Hue
  image: string
  description: string
  actions: ActionContent[]
}

export interface DirectionContent {
  slug: string
  name: string
  tagline: string
  image: string
  referent: string
  updatedDaysAgo: number
  author: string
  team: { name: string; jobTitle: string; portrait?: string }[]
  media: string[]
  project: string
}

export interface AgentContent {
  login: string
  name: string
  jobTitle: string
  role?: 'webmaster'
}

export interface TagContent {
  kind: 'service' | 'enjeu'
  slug: string
  name: string
}

export interface HomeWordContent {
  authorName: string
  authorTitle: string
  title: string
  portrait: string
  video?: string
  updatedDaysAgo: number
  body: string
}

export interface HighlightContent {
  title: string
  text: string
  href: string
  image?: string
  updatedDaysAgo: number
}

export interface DemarcheStepContent {
  when: When
  title: string
  body: string
  image?: string
}

export interface IssueContent {
  number: number
  issuedOn: string
}

export interface AlbumContent {
  slug: string
  title: string
  description: string
  heldOn: string
  publishedOn: string
  media: { file: string; caption: string }[]
}
