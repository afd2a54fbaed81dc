/** Every kind of content that is written in the back-office: what runs over all of them asks here. */
import { albumContent } from '../bonus/album-content.ts'
import { issueContent } from '../bonus/issue-content.ts'
import { directionContent } from '../directions/direction-content.ts'
import { actionContent } from '../engagements/action-content.ts'
import { engagementContent } from '../engagements/engagement-content.ts'
import { demarcheContent } from '../pages/demarche-content.ts'
import { homeContent } from '../pages/home-content.ts'
import { pageContent } from '../pages/page-content.ts'
import type { ContentKind } from '../publishing/kinds.ts'

export const contentKinds: ContentKind<object>[] = [
  actionContent,
  engagementContent,
  directionContent,
  issueContent,
  albumContent,
  homeContent,
  demarcheContent,
  pageContent
]
