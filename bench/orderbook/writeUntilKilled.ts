import process from 'node:process'
import { openJournalFile } from '../../src/main/adapters/journal/openJournalFile.ts'
import { defaultPriceWindowRules, openDurableEngine } from '../../src/main/capabilities/orderbook/index.ts'
import { createHistory } from './createHistory.ts'
import { createRandom } from './createWorkload.ts'

// Run as a process of its own, which the test of the journal's file kills: says how many commands are on the disk.
const [path, seed] = process.argv.slice(2)
const random = createRandom(Number(seed))
const commands = createHistory((below) => Math.floor(random() * below), { length: 100_000, bookOnly: false })
const file = await openJournalFile(path ?? '')
const engine = await openDurableEngine(file, defaultPriceWindowRules)
let durable = 0
for (let at = 0; at < commands.length; at += 8) {
  const batch = commands.slice(at, at + 8)
  await Promise.all(batch.map((command) => engine.execute(command)))
  durable += batch.length
  process.stdout.write(`${durable}\n`)
}
