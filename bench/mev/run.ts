await import('./speed.ts')
await import('./detector.ts')
await import('./campaign.ts')
