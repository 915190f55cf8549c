import { writeFileSync } from 'node:fs'
import { findSandwiches } from '../../src/main/capabilities/mev/index.ts'
import { createRandom } from '../router/random.ts'
import { type AttackStyle, createBlock } from './createBlock.ts'

const BLOCKS = 5_000
const random = createRandom(20260101)
const styles = new Map<AttackStyle, { attacks: number; found: number }>()
let falseAlarms = 0
let bystanders = 0

for (let at = 0; at < BLOCKS; at += 1) {
  const block = createBlock(random)
  for (const { hash, style } of block.victims) {
    const row = styles.get(style) ?? { attacks: 0, found: 0 }
    row.attacks += 1
    if (findSandwiches(hash, block.swaps, block.routers).length > 0) row.found += 1
    styles.set(style, row)
  }
  bystanders += block.bystanders.length
  falseAlarms += block.bystanders.filter(
    (hash) => findSandwiches(hash, block.swaps, block.routers).length > 0,
  ).length
}

const rows = [...styles].map(([style, row]) => ({ style, ...row }))
const attacks = rows.reduce((sum, row) => sum + row.attacks, 0)
const found = rows.reduce((sum, row) => sum + row.found, 0)
const results = {
  blocks: BLOCKS,
  attacks,
  bystanders,
  falseAlarms,
  precision: found / (found + falseAlarms),
  recall: found / attacks,
  styles: rows,
}
console.table(rows)
console.log(
  `Precision ${results.precision.toFixed(4)}, recall ${results.recall.toFixed(4)} over ${attacks} attacks and ${bystanders} bystanders.`,
)
writeFileSync(new URL('detector.json', import.meta.url), `${JSON.stringify(results, undefined, 2)}\n`)
