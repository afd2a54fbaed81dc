/** What stands between a draft and its readers. */
import type { Database } from '../db/database.ts'
import type { FieldError } from '../web/forms.ts'
import { checkTexts, type Finding } from './accessibility-check.ts'
import type { ContentKind } from './kinds.ts'

/**
 * What is missing, and what a reader with a disability could not forgive, before readers may see it: each a sentence at its
 * field.
 */
export async function obstaclesOf<Document extends object>(
  db: Database,
  content: ContentKind<Document>,
  document: Document,
  contentId: number | null
): Promise<FieldError[]> {
  const [missing, findings] = await Promise.all([
    content.missing(db, document, contentId),
    findingsOf(db, content, document)
  ])
  const said = new Set(missing.map(({ field }) => field))
  const blocking = findings
    .filter(({ severity, field }) => severity === 'blocking' && !said.has(field))
    .map(({ field, message, criterion }) => ({ field, message: `${message} (${criterion})` }))
  return [...missing, ...blocking]
}

/** What would make it better, and prevents nothing. */
export async function adviceOf<Document extends object>(
  db: Database,
  content: ContentKind<Document>,
  document: Document
): Promise<Finding[]> {
  const findings = await findingsOf(db, content, document)
  return findings.filter(({ severity }) => severity === 'advice')
}

function findingsOf<Document extends object>(
  db: Database,
  content: ContentKind<Document>,
  document: Document
): Promise<Finding[]> {
  return checkTexts(db, content.texts?.(document) ?? [], content.files?.(document) ?? [])
}
