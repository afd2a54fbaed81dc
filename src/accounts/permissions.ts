/** Every « may they? ». What is not written here is not allowed. */
import type { SignedInAgent } from '../web/context.ts'

type Visitor = SignedInAgent | undefined

/** A published action sheet: for agents, or for anyone when the webmaster made it public. */
export function mayReadAction(visitor: Visitor, action: { visibility: 'agents' | 'public' }): boolean {
  return visitor !== undefined || action.visibility === 'public'
}

/** The tools and documents of an action: for members, even when its sheet is public. */
export function mayReadReserved(visitor: Visitor): boolean {
  return visitor !== undefined
}
