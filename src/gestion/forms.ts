import { z } from 'zod'

/** The demonstration is gone for good: one more gesture than a slip of the finger. */
export const removalForm = z.object({
  confirmation: z.literal('oui', 'Cochez la case pour confirmer que la démonstration peut disparaître.')
})
