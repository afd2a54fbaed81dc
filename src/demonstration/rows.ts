/** The rows of the demonstration, made of its texts and files. */
import type { Insertable } from 'kysely'
import type { Database } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import { cleanRichText } from '../web/rich-text.ts'
import { agents } from './content/agents.ts'
import { albums, issues } from './content/bonus.ts'
import { demarcheSteps } from './content/demarche.ts'
import { directions } from './content/directions.ts'
import { engagements } from './content/engagements.ts'
import { highlights, homeWords } from './content/home.ts'
import { demonstrationSettings } from './content/settings.ts'
import { tags } from './content/tags.ts'
import { type MediaIds, readIssue } from './files.ts'

/** Every file that the texts name. */
export function filesOfContent(): Set<string> {
  const actions = engagements.flatMap((engagement) => engagement.actions)
  const named: (string | undefined)[] = [
    ...engagements.map(({ image }) => image),
    ...actions.flatMap(({ image, documents = [] }) => [image, ...documents]),
    ...directions.flatMap(({ image, media, team }) => [image, ...media, ...team.map(({ portrait }) => portrait)]),
    ...homeWords.flatMap(({ portrait, video }) => [portrait, video]),
    ...highlights.map(({ image }) => image),
    ...demarcheSteps.map(({ image }) => image),
    ...issues.flatMap(({ number }) => [coverOf(number), pdfOf(number)]),
    ...albums.flatMap(({ media }) => media.map(({ file }) => file))
  ]
  return new Set(named.filter((file) => file !== undefined))
}

/** Everything, in the order in which rows refer to each other; addresses are in this domain. */
export async function fillTables(trx: Database, mediaId: MediaIds, domain: string): Promise<void> {
  const now = Date.now()
  const demonstration = true
  const daysAgo = (days: number): Date => new Date(now - days * 24 * 60 * 60 * 1000)
  const media = (file: string | undefined): number | null => (file === undefined ? null : mediaId(file))

  const agentRows = await trx
    .insertInto('agents')
    .values(
      agents.map(({ login, name, jobTitle, role }) => ({
        email: `${login}@${domain}`,
        name,
        job_title: jobTitle,
        role: role ?? 'agent',
        demonstration
      }))
    )
    .returning(['id', 'email'])
    .execute()
  const agentId = finder(agentRows.map(({ id, email }) => [loginOf(email), id]))

  const tagRows = await trx
    .insertInto('tags')
    .values(tags.map((tag) => ({ ...tag, demonstration })))
    .returning(['id', 'kind', 'slug'])
    .execute()
  const tagId = finder(tagRows.map(({ id, kind, slug }) => [`${kind} ${slug}`, id]))

  const directionRows = await trx
    .insertInto('directions')
    .values(
      directions.map((direction, order) => ({
        slug: direction.slug,
        name: direction.name,
        tagline: direction.tagline,
        project: cleanRichText(direction.project),
        image_id: media(direction.image),
        order,
        published_at: firstPublication,
        updated_at: daysAgo(direction.updatedDaysAgo),
        author_id: agentId(direction.author),
        demonstration
      }))
    )
    .returning(['id', 'slug'])
    .execute()
  const directionId = finder(directionRows.map(({ id, slug }) => [slug, id]))

  await insert(
    trx,
    'direction_members',
    directions.flatMap(({ slug, team }) =>
      team.map(({ name, jobTitle, portrait }, order) => ({
        direction_id: directionId(slug),
        name,
        job_title: jobTitle,
        portrait_id: media(portrait),
        order
      }))
    )
  )
  await insert(
    trx,
    'direction_referents',
    directions.map(({ slug, referent }) => ({ direction_id: directionId(slug), agent_id: agentId(referent) }))
  )
  await insert(
    trx,
    'direction_media',
    directions.flatMap(({ slug, media: files }) =>
      files.map((file, order) => ({ direction_id: directionId(slug), media_id: mediaId(file), order }))
    )
  )

  const engagementRows = await trx
    .insertInto('engagements')
    .values(
      engagements.map(({ slug, number, title, tagline, hue, image, description }) => ({
        slug,
        number,
        title,
        tagline,
        hue,
        image_id: media(image),
        description: cleanRichText(description),
        published_at: firstPublication,
        updated_at: firstPublication,
        author_id: agentId('maelle.courvoisin'),
        demonstration
      }))
    )
    .returning(['id', 'slug'])
    .execute()
  const engagementId = finder(engagementRows.map(({ id, slug }) => [slug, id]))

  const actions = engagements.flatMap((engagement) =>
    engagement.actions.map((action) => ({ ...action, engagement: engagement.slug }))
  )
  const actionRows = await trx
    .insertInto('actions')
    .values(
      actions.map((action) => ({
        slug: action.slug,
        number: action.number,
        engagement_id: engagementId(action.engagement),
        title: action.title,
        status: action.status,
        visibility: action.visibility ?? 'agents',
        due_on: action.due ?? null,
        summary: cleanRichText(action.summary),
        results: cleanRichText(action.results ?? ''),
        tools: cleanRichText(action.tools ?? ''),
        image_id: media(action.image),
        published_at: morningOf(action.published),
        updated_at: daysAgo(action.updatedDaysAgo),
        author_id: agentId(action.author),
        demonstration
      }))
    )
    .returning(['id', 'number'])
    .execute()
  const actionId = finder(actionRows.map(({ id, number }) => [number, id]))

  await insert(
    trx,
    'action_steps',
    actions.flatMap(({ number, steps }) =>
      steps.map(({ when, description, done }, order) => ({
        ...when,
        action_id: actionId(number),
        description,
        done,
        order
      }))
    )
  )
  await insert(
    trx,
    'action_tags',
    actions.flatMap(({ number, services, enjeux }) =>
      [...services.map((slug) => `service ${slug}`), ...enjeux.map((slug) => `enjeu ${slug}`)].map((tag) => ({
        action_id: actionId(number),
        tag_id: tagId(tag)
      }))
    )
  )
  await insert(
    trx,
    'action_directions',
    actions.flatMap(({ number, directions: slugs }) =>
      slugs.map((slug) => ({ action_id: actionId(number), direction_id: directionId(slug) }))
    )
  )
  await insert(
    trx,
    'action_pilotes',
    actions.flatMap(({ number, pilotes }) =>
      pilotes.map((login) => ({ action_id: actionId(number), agent_id: agentId(login) }))
    )
  )
  await insert(
    trx,
    'action_documents',
    actions.flatMap(({ number, documents = [] }) =>
      documents.map((file, order) => ({ action_id: actionId(number), media_id: mediaId(file), order }))
    )
  )
  const pairs = actions.flatMap(({ number, related = [] }) =>
    related.map((other) => [actionId(number), actionId(other)].toSorted((a, b) => a - b).join(' '))
  )
  await insert(
    trx,
    'related_actions',
    [...new Set(pairs)].map((pair) => {
      const [action_id = 0, related_id = 0] = pair.split(' ').map(Number)
      return { action_id, related_id }
    })
  )

  const issueRows = await Promise.all(
    issues.map(async ({ number, issuedOn }) => {
      const { title, season, summary, body } = await readIssue(number)
      return {
        slug: `entre-nous-${number}`,
        number,
        title,
        season,
        summary,
        body: cleanRichText(body),
        issued_on: issuedOn,
        cover_id: mediaId(coverOf(number)),
        pdf_id: mediaId(pdfOf(number)),
        published_at: morningOf(issuedOn),
        updated_at: morningOf(issuedOn),
        author_id: agentId('ines.caron'),
        demonstration
      }
    })
  )
  await insert(trx, 'issues', issueRows)

  const albumRows = await trx
    .insertInto('albums')
    .values(
      albums.map(({ slug, title, description, heldOn, publishedOn }) => ({
        slug,
        title,
        description,
        held_on: heldOn,
        published_at: morningOf(publishedOn),
        updated_at: morningOf(publishedOn),
        author_id: agentId('ines.caron'),
        demonstration
      }))
    )
    .returning(['id', 'slug'])
    .execute()
  const albumId = finder(albumRows.map(({ id, slug }) => [slug, id]))
  await insert(
    trx,
    'album_media',
    albums.flatMap(({ slug, media: files }) =>
      files.map(({ file, caption }, order) => ({ album_id: albumId(slug), media_id: mediaId(file), caption, order }))
    )
  )

  await insert(
    trx,
    'home_words',
    homeWords.map((word, order) => ({
      author_name: word.authorName,
      author_title: word.authorTitle,
      title: word.title,
      body: cleanRichText(word.body),
      portrait_id: media(word.portrait),
      video_id: media(word.video),
      order,
      published_at: daysAgo(word.updatedDaysAgo),
      updated_at: daysAgo(word.updatedDaysAgo),
      demonstration
    }))
  )
  await insert(
    trx,
    'highlights',
    highlights.map(({ title, text, href, image, updatedDaysAgo }, order) => ({
      title,
      text,
      href,
      image_id: media(image),
      order,
      published_at: daysAgo(updatedDaysAgo),
      updated_at: daysAgo(updatedDaysAgo),
      demonstration
    }))
  )
  await insert(
    trx,
    'demarche_steps',
    demarcheSteps.map(({ when, title, body, image }, order) => ({
      ...when,
      title,
      body: cleanRichText(body),
      image_id: media(image),
      order,
      demonstration
    }))
  )

  await trx
    .updateTable('settings')
    .set({ ...demonstrationSettings(domain), demonstration })
    .execute()
}

/** All the rows of a table in one statement. */
async function insert<Table extends keyof DB>(
  trx: Database,
  table: Table,
  rows: Insertable<DB[Table]>[]
): Promise<void> {
  await trx.insertInto(table).values(rows).execute()
}

/** Looks a row's number up by what the texts call it; a name that nobody bears is a mistake in the texts. */
function finder<Key>(pairs: (readonly [Key, number])[]): (key: Key) => number {
  const ids = new Map(pairs)
  return (key) => {
    const id = ids.get(key)
    if (id === undefined) throw new Error(`The demonstration names ${String(key)}, which it does not define.`)
    return id
  }
}

/** What the texts call an agent: the address without its domain. */
export function loginOf(email: string): string {
  return email.split('@', 1)[0] ?? ''
}

function coverOf(issue: number): string {
  return `entre-nous-${issue}-couverture.jpg`
}

function pdfOf(issue: number): string {
  return `entre-nous-${issue}.pdf`
}

function morningOf(day: string): Date {
  return new Date(`${day}T08:30:00Z`)
}

/** Paper and site came out together, in March 2023. */
const firstPublication = morningOf('2023-03-21')
