// Each part reads what the former ones made: the films, the slides and the pages are illustrated with the drawings.
await import('./illustrations.ts')
await import('./portraits.ts')
await import('./video.ts')
await import('./decks.ts')
await import('./magazine.ts')
await import('./documents.ts')
await import('./manifest.ts')
