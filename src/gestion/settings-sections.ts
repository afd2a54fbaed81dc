/** What a city may set, in the order and the words of the screen. A field knows how to read, show and tell its value. */
import { emailDomainsOf, readDomains } from '../accounts/addresses.ts'
import { identifier } from '../publishing/fields.ts'
import { checkAccent, readColour } from '../web/accent.ts'
import type { SiteSettings } from '../web/context.ts'
import { countText, dayText, numberText, today } from '../web/format.ts'

export type SettingColumn = Exclude<
  keyof SiteSettings,
  'content_version' | 'demonstration' | 'banner_text' | 'banner_href'
>

export type SettingValue = string | number | boolean | string[] | null

/** Who asks, and with what the environment completes the settings. */
export interface SettingContext {
  /** The domain of the webmaster's own address. */
  ownDomain: string
  environmentDomains: string[]
  /** The title of the logo, when there is one. */
  logoTitle: string | undefined
}

export type ReadSetting = { value: SettingValue } | { problem: string; nearest?: string }

export interface SettingField {
  column: SettingColumn
  /** Of the form. */
  name: string
  label: string
  hint?: (context: SettingContext) => string
  kind: 'text' | 'textarea' | 'number' | 'date' | 'choice' | 'image' | 'email'
  optional?: true
  suffix?: string
  options?: { value: string; label: string; hint?: string }[]
  read(typed: string, context: SettingContext): ReadSetting
  /** As it is typed. */
  write(value: SettingValue): string
  /** For the summary and the journal. */
  words(value: SettingValue, context: SettingContext): string
}

export interface SettingSection {
  /** Of the address. */
  id: string
  title: string
  introduction: string
  fields: SettingField[]
  /** What no field alone can say. */
  check?(values: Map<SettingColumn, SettingValue>): { field: string; message: string } | undefined
}

const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/u
const plainAddress = /^[a-z0-9.'+_-]+@[a-z0-9.-]+\.[a-z0-9-]+$/i

function textField(
  field: Pick<SettingField, 'column' | 'name' | 'label' | 'hint'> & {
    /** The sentence of an empty field; without it, it may stay empty. */
    missing?: string
    max: number
    isLong?: boolean
    /** What shows where nothing is set. */
    none?: string
  }
): SettingField {
  const { missing, max, isLong, none = 'À compléter', ...rest } = field
  return {
    ...rest,
    kind: isLong ? 'textarea' : 'text',
    ...(missing === undefined && { optional: true as const }),
    read(typed) {
      const value = isLong
        ? typed
            .replaceAll('\r\n', '\n')
            .split('\n')
            .map((line) => line.replace(/\s+/g, ' ').trim())
            .join('\n')
            .trim()
        : typed.replace(/\s+/g, ' ').trim()
      if (value === '') return missing === undefined ? { value: null } : { problem: missing }
      if (value.length > max) return { problem: `Saisissez ${numberText(max)} caractères au plus.` }
      if (invisible.test(value.replaceAll('\n', ''))) return { problem: 'Saisissez un texte sans caractère invisible.' }
      return { value: value.normalize('NFC') }
    },
    write: (value) => (typeof value === 'string' ? value : ''),
    words: (value) => (typeof value === 'string' ? value : none)
  }
}

function numberField(
  field: Pick<SettingField, 'column' | 'name' | 'label' | 'hint' | 'suffix'> & {
    min: number
    max: number
    unit: string
    optional?: true
    /** What shows where nothing is set. */
    none?: string
  }
): SettingField {
  const { min, max, unit, none = 'À compléter', ...rest } = field
  return {
    ...rest,
    kind: 'number',
    read(typed) {
      const text = typed.replace(/\s/g, '')
      if (text === '' && field.optional) return { value: null }
      const value = Number(text)
      if (/^\d{1,6}$/.test(text) && value >= min && value <= max) return { value }
      return { problem: `Saisissez un nombre de ${min} à ${max}.` }
    },
    write: (value) => (typeof value === 'number' ? String(value) : ''),
    words: (value) =>
      typeof value !== 'number'
        ? none
        : unit === ''
          ? numberText(value)
          : countText(value, unit, ['mois', 'Go'].includes(unit) ? unit : undefined)
  }
}

function choiceField(
  field: Pick<SettingField, 'column' | 'name' | 'label' | 'hint'> & {
    options: { value: string; stored: SettingValue; label: string; hint?: string }[]
  }
): SettingField {
  const { options, ...rest } = field
  const chosen = (value: SettingValue) => options.find(({ stored }) => stored === value)
  return {
    ...rest,
    kind: 'choice',
    options: options.map(({ value, label, hint }) => ({ value, label, ...(hint && { hint }) })),
    read(typed) {
      const option = options.find(({ value }) => value === typed)
      return option ? { value: option.stored } : { problem: 'Choisissez une des réponses.' }
    },
    write: (value) => chosen(value)?.value ?? '',
    words: (value) => chosen(value)?.label ?? ''
  }
}

function emailField(field: Pick<SettingField, 'column' | 'name' | 'label' | 'hint'>): SettingField {
  return {
    ...textField({ ...field, max: 254 }),
    kind: 'email',
    read(typed) {
      const value = typed.trim()
      if (value === '') return { value: null }
      return value.length <= 254 && plainAddress.test(value)
        ? { value }
        : { problem: 'Saisissez une adresse électronique, par exemple contact@ville.fr.' }
    }
  }
}

const accent: SettingField = {
  column: 'accent',
  name: 'couleur',
  label: 'Couleur de la ville',
  hint: () =>
    'Celle des liens et des boutons. Son code est dans la charte graphique, par exemple #1a4f8b. Laissez vide pour les couleurs d’origine du site.',
  kind: 'text',
  optional: true,
  read(typed) {
    if (typed.trim() === '') return { value: null }
    const colour = readColour(typed)
    if (!colour)
      return {
        problem: 'Saisissez un code de couleur\u00a0: un dièse et 6 chiffres ou lettres de a à f, par exemple #1a4f8b.'
      }
    const checked = checkAccent(colour)
    if (checked.ok) return { value: colour }
    return {
      problem: `${colour} ne se lit pas assez bien\u00a0: son contraste avec les fonds du site est de ${ratioText(checked.ratio)}, il en faut 4,5 (RGAA 3.2). La nuance la plus proche qui convient est ${checked.nearest}.`,
      nearest: checked.nearest
    }
  },
  write: (value) => (typeof value === 'string' ? value : ''),
  words(value) {
    if (typeof value !== 'string') return 'Couleurs d’origine du site'
    const checked = checkAccent(value)
    return checked.ok
      ? `${value}, contraste ${ratioText(checked.ratio)}\u00a0; en mode sombre ${checked.dark}, contraste ${ratioText(checked.darkRatio)}`
      : value
  }
}

const ratioFormat = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 1 })

/** Rounded down: 4,49 is not 4,5. */
function ratioText(ratio: number): string {
  return ratioFormat.format(Math.floor(ratio * 10) / 10)
}

const logo: SettingField = {
  column: 'logo_id',
  name: 'logo',
  label: 'Logo',
  hint: () =>
    'Une image de la médiathèque, de préférence en PNG, sur fond blanc ou transparent. Il s’affiche en petit, en haut de chaque page.',
  kind: 'image',
  optional: true,
  // Whether the image exists is asked by the route: only the database knows.
  read(typed) {
    const value = identifier.parse(typed)
    if (value === null && typed.trim() !== '')
      return { problem: 'Choisissez une image parmi celles qui sont proposées.' }
    return { value }
  },
  write: (value) => (typeof value === 'number' ? String(value) : ''),
  words: (value, context) =>
    value === null ? 'Le logo d’origine du site' : (context.logoTitle ?? `Fichier n°\u00a0${value}`)
}

const domains: SettingField = {
  column: 'email_domains',
  name: 'domaines',
  label: 'Adresses acceptées',
  hint: ({ environmentDomains }) =>
    `Ce qui suit l’arobase, un par ligne. Le premier complète les adresses tapées sans arobase. Laissez vide pour ce que le service informatique a prévu\u00a0: ${environmentDomains.join(', ')}.`,
  kind: 'textarea',
  optional: true,
  read(typed, { ownDomain, environmentDomains }) {
    const { domains: list, wrong } = readDomains(typed)
    if (wrong !== undefined)
      return {
        problem: `«\u00a0${wrong.slice(0, 80)}\u00a0» n’est pas la fin d’une adresse. Saisissez par exemple ville.fr.`
      }
    if (list.length > 20) return { problem: 'Saisissez 20 fins d’adresse au plus.' }
    if (!(list.length > 0 ? list : environmentDomains).includes(ownDomain)) {
      return {
        problem: `Gardez ${ownDomain} dans la liste\u00a0: c’est la fin de votre propre adresse, et vous ne pourriez plus vous connecter.`
      }
    }
    return { value: list.length > 0 ? list : null }
  },
  write: (value) => (Array.isArray(value) ? value.join('\n') : ''),
  words: (value, { environmentDomains }) =>
    emailDomainsOf({ email_domains: Array.isArray(value) ? value : null }, { emailDomains: environmentDomains }).join(
      ', '
    )
}

const auditedOn: SettingField = {
  column: 'accessibility_audited_on',
  name: 'date_audit',
  label: 'Date du dernier audit',
  kind: 'date',
  optional: true,
  read(typed) {
    if (typed === '') return { value: null }
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(typed) && !Number.isNaN(Date.parse(`${typed}T00:00:00Z`))
    // « 2026-02-30 » is read as a day of March.
    if (!isDay || new Date(`${typed}T00:00:00Z`).toISOString().slice(0, 10) !== typed)
      return { problem: 'Saisissez une date qui existe.' }
    return typed > today() ? { problem: 'Saisissez une date passée\u00a0: l’audit a déjà eu lieu.' } : { value: typed }
  },
  write: (value) => (typeof value === 'string' ? value : ''),
  words: (value) => (typeof value === 'string' ? dayText(value) : 'Aucun audit')
}

const menu = (column: SettingColumn, name: string, label: string): SettingField =>
  textField({ column, name, label, max: 40, missing: `Saisissez le nom de cette partie du menu.` })

export const settingSections: SettingSection[] = [
  {
    id: 'identite',
    title: 'Nom, logo et couleur',
    introduction: 'Ce que tout le monde voit en haut de chaque page, et sur la page de connexion.',
    fields: [
      textField({
        column: 'city_name',
        name: 'ville',
        label: 'Nom de la ville',
        max: 80,
        missing: 'Saisissez le nom de la ville.'
      }),
      textField({
        column: 'site_name',
        name: 'site',
        label: 'Nom du site',
        max: 120,
        missing: 'Saisissez le nom du site.'
      }),
      logo,
      accent
    ]
  },
  {
    id: 'menu',
    title: 'Menu',
    introduction: 'Le nom des parties du site. Leurs adresses ne changent pas.',
    fields: [
      menu('menu_demarche', 'menu_demarche', 'L’histoire du projet'),
      menu('menu_directions', 'menu_directions', 'Les pages des directions'),
      menu('menu_engagements', 'menu_engagements', 'Les engagements et leurs actions'),
      menu('menu_bonus', 'menu_bonus', 'Entre nous et les albums')
    ]
  },
  {
    id: 'connexion',
    title: 'Connexion',
    introduction: 'Qui peut entrer, et pour combien de temps.',
    fields: [
      choiceField({
        column: 'who_may_sign_in',
        name: 'qui',
        label: 'Qui peut se connecter',
        options: [
          {
            value: 'domaines',
            stored: 'domains',
            label: 'Toute personne qui a une adresse de la ville',
            hint: 'Le compte se crée à la première connexion.'
          },
          {
            value: 'liste',
            stored: 'listed',
            label: 'Seulement les agents de la liste',
            hint: 'Les comptes qui existent déjà restent. Les nouveaux arrivants attendent que vous les ajoutiez.'
          }
        ]
      }),
      domains,
      numberField({
        column: 'session_days',
        name: 'jours',
        label: 'Durée de la connexion sur un téléphone personnel',
        hint: () =>
          'De 1 à 180 jours. Une durée plus courte vaut aussi pour les appareils déjà connectés. Pensez à l’écrire dans la page Confidentialité, qui l’annonce.',
        suffix: 'jours',
        min: 1,
        max: 180,
        unit: 'jour'
      })
    ]
  },
  {
    id: 'messages',
    title: 'Messages et contact',
    introduction: 'Comment le site écrit aux agents, et où ils peuvent écrire.',
    fields: [
      textField({
        column: 'sender_name',
        name: 'expediteur',
        label: 'Nom de l’expéditeur des messages',
        hint: () =>
          'Ce que les agents lisent dans leur messagerie, par exemple «\u00a0Ville de Valbrune, projet d’administration\u00a0». L’adresse, elle, reste celle que le service informatique a choisie.',
        max: 80,
        none: 'Celui que le service informatique a choisi'
      }),
      emailField({
        column: 'contact_email',
        name: 'contact',
        label: 'Adresse de contact',
        hint: () => 'Donnée en bas de chaque page, dans les mentions légales et dans les invitations.'
      })
    ]
  },
  {
    id: 'publication',
    title: 'Publication et journal',
    introduction: 'Ce que peuvent les référents et les pilotes, et ce que le site garde en mémoire.',
    fields: [
      choiceField({
        column: 'referents_publish',
        name: 'referents',
        label: 'Les référents et les pilotes',
        options: [
          { value: 'publient', stored: true, label: 'Publient directement ce qui leur est confié' },
          {
            value: 'proposent',
            stored: false,
            label: 'Proposent',
            hint: 'Les webmasters reçoivent la proposition, et la publient ou la renvoient avec un mot.'
          }
        ]
      }),
      numberField({
        column: 'journal_months',
        name: 'mois',
        label: 'Durée de conservation du journal',
        hint: () => 'De 6 à 60 mois. Les lignes plus anciennes s’effacent d’elles-mêmes, et ne reviennent pas.',
        suffix: 'mois',
        min: 6,
        max: 60,
        unit: 'mois'
      })
    ]
  },
  {
    id: 'mediatheque',
    title: 'Médiathèque',
    introduction: 'La place que les fichiers peuvent prendre sur le serveur.',
    fields: [
      numberField({
        column: 'quota_gigabytes',
        name: 'quota',
        label: 'Place de la médiathèque',
        hint: () =>
          'Laissez vide pour toute la place du disque. Les fichiers, leurs versions pour les écrans et la corbeille comptent\u00a0; un envoi qui dépasserait cette limite est refusé.',
        suffix: 'Go',
        min: 1,
        max: 100_000,
        unit: 'Go',
        optional: true,
        none: 'Toute la place du disque'
      })
    ]
  },
  {
    id: 'mentions',
    title: 'Mentions légales',
    introduction: 'Ce que la loi demande d’afficher. Le texte des pages s’écrit à part, dans Pages légales.',
    fields: [
      textField({
        column: 'publisher_name',
        name: 'editeur',
        label: 'Éditeur du site',
        hint: () => 'Par exemple\u00a0: Ville de Valbrune.',
        max: 160
      }),
      textField({
        column: 'publisher_address',
        name: 'adresse_editeur',
        label: 'Adresse de l’éditeur',
        max: 300,
        isLong: true
      }),
      textField({
        column: 'publication_director',
        name: 'directeur',
        label: 'Directrice ou directeur de la publication',
        hint: () => 'En général, la ou le maire.',
        max: 160
      }),
      textField({ column: 'host_name', name: 'hebergeur', label: 'Hébergeur', max: 160 }),
      textField({
        column: 'host_address',
        name: 'adresse_hebergeur',
        label: 'Adresse de l’hébergeur',
        max: 300,
        isLong: true
      }),
      textField({
        column: 'data_protection_officer',
        name: 'dpo',
        label: 'Délégué à la protection des données',
        hint: () => 'Un nom ou un service, et comment lui écrire.',
        max: 300
      })
    ]
  },
  {
    id: 'accessibilite',
    title: 'Audit d’accessibilité',
    introduction:
      'Les chiffres du rapport d’audit RGAA. La mention en bas de chaque page en dépend\u00a0; sans audit, la loi veut «\u00a0non conforme\u00a0».',
    fields: [
      auditedOn,
      numberField({
        column: 'accessibility_criteria_applicable',
        name: 'criteres_applicables',
        label: 'Critères applicables',
        hint: () => 'De 1 à 106.',
        min: 1,
        max: 106,
        unit: '',
        optional: true
      }),
      numberField({
        column: 'accessibility_criteria_validated',
        name: 'criteres_valides',
        label: 'Critères validés',
        min: 0,
        max: 106,
        unit: '',
        optional: true
      })
    ],
    check(values) {
      const applicable = values.get('accessibility_criteria_applicable')
      const validated = values.get('accessibility_criteria_validated')
      const day = values.get('accessibility_audited_on')
      const given = [day, applicable, validated].filter((value) => value !== null)
      if (given.length > 0 && given.length < 3) {
        const field = day === null ? 'date_audit' : applicable === null ? 'criteres_applicables' : 'criteres_valides'
        return { field, message: 'Remplissez les trois champs de l’audit, ou aucun.' }
      }
      if (typeof applicable === 'number' && typeof validated === 'number' && validated > applicable) {
        return {
          field: 'criteres_valides',
          message: 'Les critères validés ne peuvent pas dépasser les critères applicables.'
        }
      }
      return undefined
    }
  }
]

export const settingFields = new Map(
  settingSections.flatMap(({ fields }) => fields.map((field) => [field.column, field]))
)
