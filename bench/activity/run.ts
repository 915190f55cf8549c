import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { measureDecoding } from './measureDecoding.ts'
import { measureLookalikes } from './measureLookalikes.ts'

/** How fast the history is read, and how often the defence against imitated addresses is wrong. */
const results = { decoding: measureDecoding(), lookalikes: measureLookalikes() }
writeFileSync(join(import.meta.dirname, 'results.json'), `${JSON.stringify(results, null, 2)}\n`)
console.log(JSON.stringify(results, null, 2))
