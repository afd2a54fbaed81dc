/** The settings of the site: a summary, a screen for each part, and every change that can be put back. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { emailDomainsOf } from '../accounts/addresses.ts'
import { findChosenImage, listMediaChoices } from '../media/choices.ts'
import { readColour } from '../web/accent.ts'
import type { SignedInAgent, SiteSettings } from '../web/context.ts'
import { countText } from '../web/format.ts'
import type { FieldError, Typed } from '../web/forms.ts'
import {
  changeSettings,
  countOutside,
  findSettingsChange,
  isLogo,
  listSettingsChanges,
  type SettingChanges
} from './settings-queries.ts'
import { type SettingContext, type SettingSection, settingFields, settingSections } from './settings-sections.ts'
import { changesInWords, settingsPage, settingsPath, settingsSectionPage } from './settings-views.ts'

type SectionRequest = FastifyRequest<{ Params: { section: string } }>
type LineRequest = FastifyRequest<{ Params: { line: string } }>

const noSuchImage = 'Cette image n’est plus dans la médiathèque\u00a0: choisissez-en une autre.'

export function settingsRoutes(app: FastifyInstance, _options: unknown, done: () => void): void {
  app.get('/reglages', async (request, reply) => {
    const [context, changes] = await Promise.all([
      contextOf(request, request.settings.logo_id),
      listSettingsChanges(app.db)
    ])
    const { settings } = request
    return reply.html('gestion/settings', settingsPage({ settings, context, changes, byName: signedIn(request).name }))
  })

  app.get('/reglages/:section', async (request: SectionRequest, reply) => {
    const section = sectionOf(request)
    return section ? show(request, reply, section, {}) : reply.callNotFound()
  })

  app.post('/reglages/:section', async (request: SectionRequest, reply) => {
    const section = sectionOf(request)
    if (!section) return reply.callNotFound()
    const typed = typedOf(section, request.body)
    const context = await contextOf(request, null)
    const { values, errors, nearest } = await read(section, typed, context)
    if (errors.length > 0) return show(request, reply.code(422), section, { typed, errors, nearest })
    const changed = await save(request, values, section.title, 'changed')
    if (changed.length === 0) return reply.flash('info', 'Rien n’a changé.').redirect(settingsPath, 303)
    const domains = changed.includes('email_domains') ? values.get('email_domains') : undefined
    const outside = domains === undefined ? 0 : await outsideOf(domains)
    const warning =
      outside > 0
        ? ` Attention\u00a0: ${countText(outside, 'compte a une autre adresse et ne pourra', 'comptes ont une autre adresse et ne pourront')} plus se connecter.`
        : ''
    return reply
      .flash(outside > 0 ? 'info' : 'success', `C’est enregistré, et déjà en vigueur.${warning}`)
      .redirect(settingsPath, 303)
  })

  app.post('/reglages/remettre/:line', async (request: LineRequest, reply) => {
    const { line } = request.params
    const change = /^[1-9]\d{0,8}$/.test(line) ? await findSettingsChange(app.db, Number(line)) : undefined
    if (!change) return reply.callNotFound()
    const former = change.former as Record<string, unknown>
    const context = await contextOf(request, null)
    const values: SettingChanges = new Map()
    for (const [column, field] of settingFields) {
      if (!Object.hasOwn(former, column)) continue
      // Held to today's rules: an address of one's own, an image that is still there.
      const text = field.write(former[column] as SiteSettings[typeof column])
      const result = field.read(text, context)
      const problem = 'problem' in result ? result.problem : await problemOf(column, result.value)
      if ('problem' in result || problem) {
        return reply.flash('info', `Rien n’a été remis. ${problem}`).redirect(settingsPath, 303)
      }
      values.set(column, result.value)
    }
    const changed = await save(request, values, change.title, 'restored')
    const message = changed.length > 0 ? 'C’est remis comme avant.' : 'C’était déjà ainsi\u00a0: rien n’a changé.'
    return reply.flash(changed.length > 0 ? 'success' : 'info', message).redirect(settingsPath, 303)
  })

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    section: SettingSection,
    again: { typed?: Typed; errors?: FieldError[]; nearest?: string | undefined }
  ): Promise<FastifyReply> {
    const { settings } = request
    const hasImage = section.fields.some(({ kind }) => kind === 'image')
    const [context, library, image] = await Promise.all([
      contextOf(request, null),
      hasImage ? listMediaChoices(app.db, []) : [],
      hasImage ? findChosenImage(app.db, chosenLogo(settings, again.typed)) : undefined
    ])
    return reply.html(
      'gestion/settings-section',
      settingsSectionPage({ section, settings, context, library, image, ...again })
    )
  }

  async function read(
    section: SettingSection,
    typed: Typed,
    context: SettingContext
  ): Promise<{ values: SettingChanges; errors: FieldError[]; nearest: string | undefined }> {
    const values: SettingChanges = new Map()
    const errors: FieldError[] = []
    let nearest: string | undefined
    for (const field of section.fields) {
      const result = field.read(typed[field.name] ?? '', context)
      const problem = 'problem' in result ? result.problem : await problemOf(field.column, result.value)
      if (problem) errors.push({ field: field.name, message: problem })
      if ('problem' in result) nearest ??= result.nearest
      else values.set(field.column, result.value)
    }
    const together = errors.length === 0 ? section.check?.(values) : undefined
    return { values, errors: together ? [together] : errors, nearest }
  }

  /** What only the database knows. */
  async function problemOf(column: string, value: unknown): Promise<string | undefined> {
    if (column !== 'logo_id' || typeof value !== 'number') return undefined
    return (await isLogo(app.db, value)) ? undefined : noSuchImage
  }

  async function save(request: FastifyRequest, values: SettingChanges, title: string, event: 'changed' | 'restored') {
    const by = signedIn(request)
    const logo = values.get('logo_id')
    const [before, after] = await Promise.all([
      contextOf(request, request.settings.logo_id),
      contextOf(request, typeof logo === 'number' ? logo : null)
    ])
    return changeSettings(app.db, {
      values,
      by,
      event,
      tell: (settings, changed) => ({
        title,
        details: changesInWords(settings, Object.fromEntries(values), changed, { before, after })
      })
    })
  }

  async function outsideOf(domains: unknown): Promise<number> {
    const chosen = Array.isArray(domains) ? domains.map(String) : null
    return countOutside(app.db, emailDomainsOf({ email_domains: chosen }, app.config))
  }

  async function contextOf(request: FastifyRequest, logoId: number | null): Promise<SettingContext> {
    const { email } = signedIn(request)
    const logo = await findChosenImage(app.db, logoId)
    return {
      ownDomain: email.slice(email.lastIndexOf('@') + 1),
      environmentDomains: app.config.emailDomains,
      logoTitle: logo?.title
    }
  }
  done()
}

function sectionOf(request: SectionRequest): SettingSection | undefined {
  return settingSections.find(({ id }) => id === request.params.section)
}

/** The image that the form holds, or the one in force. */
function chosenLogo(settings: SiteSettings, typed: Typed | undefined): number | null {
  if (typed?.logo === undefined) return settings.logo_id
  const id = /^\d{1,9}/.exec(typed.logo)?.[0]
  return id === undefined ? null : Number(id)
}

/** What was typed, by the names of the fields. Of an image, what was chosen, or else the box that stayed ticked. */
function typedOf(section: SettingSection, body: unknown): Typed {
  const source = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  const text = (name: string): string => {
    const value = Object.hasOwn(source, name) ? [source[name]].flat()[0] : ''
    return typeof value === 'string' ? value.replaceAll('\0', '') : ''
  }
  const typed = Object.fromEntries(
    section.fields.map(({ name, kind }) => [name, text(name) || (kind === 'image' ? text(`${name}_gardee`) : '')])
  )
  // The button of the shade that was proposed.
  const nearest = readColour(text('nuance'))
  return nearest && 'couleur' in typed ? { ...typed, couleur: nearest } : typed
}

function signedIn(request: FastifyRequest): SignedInAgent {
  if (!request.agent) throw new Error('Only a signed-in agent changes settings.')
  return request.agent
}
