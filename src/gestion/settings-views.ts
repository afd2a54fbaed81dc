/** What the screens of settings show. */
import type { ChosenImage, MediaChoice } from '../media/choices.ts'
import { type ChosenImageField, chosenImageField } from '../publishing/views.ts'
import { checkAccent } from '../web/accent.ts'
import type { SiteSettings } from '../web/context.ts'
import { instantText } from '../web/format.ts'
import { type Choice, choiceOf, errorOf, type Field, type FieldError, fieldOf, type Typed } from '../web/forms.ts'
import type { listSettingsChanges } from './settings-queries.ts'
import {
  type SettingColumn,
  type SettingContext,
  type SettingSection,
  settingFields,
  settingSections
} from './settings-sections.ts'

declare module '../web/render.ts' {
  interface Views {
    'gestion/settings': SettingsPage
    'gestion/settings-section': SettingsSectionPage
  }
}

export const settingsPath = '/gestion/reglages'

export interface SettingsPage {
  sections: {
    id: string
    title: string
    href: string
    facts: { label: string; value: string; swatches: string[] }[]
  }[]
  /** What was just changed, to be taken back with one press. */
  undo: { sentence: string; action: string } | undefined
  changes: { at: string; sentence: string; details: string; action: string }[]
}

/** A change of one's own is offered back at the head of the page for this long. */
const freshMs = 10 * 60_000

export function settingsPage(parts: {
  settings: SiteSettings
  context: SettingContext
  changes: Awaited<ReturnType<typeof listSettingsChanges>>
  byName: string
}): SettingsPage {
  const { settings, context, changes } = parts
  const action = (id: number): string => `${settingsPath}/remettre/${id}`
  const [last] = changes
  const isFresh = last?.agent_name === parts.byName && Date.now() - last.at.getTime() < freshMs
  return {
    sections: settingSections.map((section) => ({
      id: section.id,
      title: section.title,
      href: `${settingsPath}/${section.id}`,
      facts: section.fields.map((field) => ({
        label: field.label,
        value: field.words(settings[field.column], context),
        swatches: field.column === 'accent' ? swatchesOf(settings.accent) : []
      }))
    })),
    undo: last && isFresh ? { sentence: `${last.details}.`, action: action(last.id) } : undefined,
    changes: changes.map((row) => ({
      at: instantText(row.at),
      sentence: `${row.agent_name} ${row.event === 'restored' ? 'a remis' : 'a changé'} «\u00a0${row.title}\u00a0»`,
      details: row.details,
      action: action(row.id)
    }))
  }
}

/** The colour in light, then in dark. */
function swatchesOf(colour: string | null): string[] {
  if (colour === null) return []
  const checked = checkAccent(colour)
  return checked.ok ? [colour, checked.dark] : [colour]
}

export type SettingItem =
  | { kind: 'field'; field: Field }
  | { kind: 'choice'; field: Choice }
  | { kind: 'image'; field: ChosenImageField }

export interface SettingsSectionPage {
  titlePrefix: string
  errors: FieldError[]
  title: string
  introduction: string
  action: string
  items: SettingItem[]
  /** The shade that can be read, for a colour that cannot. */
  nearest: string | undefined
}

export function settingsSectionPage(parts: {
  section: SettingSection
  settings: SiteSettings
  context: SettingContext
  library: MediaChoice[]
  image: ChosenImage | undefined
  typed?: Typed
  errors?: FieldError[]
  nearest?: string | undefined
}): SettingsSectionPage {
  const { section, settings, context, typed = {}, errors = [] } = parts
  return {
    titlePrefix: errors.length > 0 ? 'Erreur\u00a0: ' : '',
    errors,
    title: section.title,
    introduction: section.introduction,
    action: `${settingsPath}/${section.id}`,
    nearest: parts.nearest,
    items: section.fields.map((field): SettingItem => {
      const { name, label, kind } = field
      const hint = field.hint?.(context)
      const common = { name, label, ...(hint && { hint }), error: errorOf(errors, name) }
      const value = typed[name] ?? field.write(settings[field.column])
      if (kind === 'choice') return { kind, field: choiceOf({ ...common, value, options: field.options ?? [] }) }
      if (kind === 'image')
        return { kind, field: chosenImageField({ ...common, image: parts.image, library: parts.library }) }
      return {
        kind: 'field',
        field: fieldOf({
          ...common,
          value,
          ...(field.optional && { optional: true }),
          ...(kind === 'textarea' && { type: 'textarea' as const, rows: 3 }),
          ...(kind === 'date' && { type: 'date' as const, width: 'short' as const }),
          ...(kind === 'number' && { inputmode: 'numeric' as const, width: 'short' as const, autocomplete: 'off' }),
          ...(kind === 'email' && { inputmode: 'email' as const, spellcheck: false, autocomplete: 'off' }),
          ...(field.suffix && { suffix: field.suffix })
        })
      }
    })
  }
}

/** « Couleur : bleu → vert » for each field that changed. */
export function changesInWords(
  before: SiteSettings,
  after: Partial<SiteSettings>,
  changed: SettingColumn[],
  contexts: { before: SettingContext; after: SettingContext }
): string {
  return changed
    .flatMap((column) => {
      const field = settingFields.get(column)
      if (!field) return []
      const from = field.words(before[column], contexts.before)
      const to = field.words(after[column] ?? null, contexts.after)
      return [`${field.label}\u00a0: ${shortened(from)} → ${shortened(to)}`]
    })
    .join('. ')
}

function shortened(text: string): string {
  const line = text.replaceAll('\n', ', ')
  return line.length > 160 ? `${line.slice(0, 159)}…` : line
}
