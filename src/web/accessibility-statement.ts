import type { SiteSettings } from './context.ts'

type Audit = Pick<
  SiteSettings,
  'accessibility_audited_on' | 'accessibility_criteria_applicable' | 'accessibility_criteria_validated'
>

/**
 * The share of the applicable RGAA criteria that are met, in percent with one decimal, or undefined before any audit.
 * Source: RGAA, « Évaluer le niveau d’accessibilité numérique ».
 */
export function accessibilityRate(settings: Audit): number | undefined {
  const { accessibility_criteria_applicable: applicable, accessibility_criteria_validated: validated } = settings
  if (!settings.accessibility_audited_on || !applicable || validated === null) return undefined
  return Math.floor((validated * 1000) / applicable) / 10
}

/** The mention that the law asks for on every page: without an audit, or under half, « non conforme ». */
export function accessibilityStatement(settings: Audit): string {
  const rate = accessibilityRate(settings)
  if (rate === undefined || rate < 50) return 'non conforme'
  return rate === 100 ? 'totalement conforme' : 'partiellement conforme'
}
