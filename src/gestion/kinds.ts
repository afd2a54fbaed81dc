/** Every kind of content that is written in the back-office: what runs over all of them asks here. */
import { directionContent } from '../directions/direction-content.ts'
import { actionContent } from '../engagements/action-content.ts'
import { engagementContent } from '../engagements/engagement-content.ts'
import type { ContentKind } from '../publishing/kinds.ts'

export const contentKinds: ContentKind<object>[] = [actionContent, engagementContent, directionContent]
