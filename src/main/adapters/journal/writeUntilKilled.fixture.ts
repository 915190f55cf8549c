import { createHistory } from '../../../../bench/orderbook/createHistory.ts'
import { createRandom } from '../../../../bench/orderbook/createWorkload.ts'
import { defaultPriceWindowRules, openDurableEngine } from '../../capabilities/orderbook/index.ts'
import { openJournalFile } from './openJournalFile.ts'

// Run as a process of its own, which its test kills: says how many commands are on the disk, until it ends.
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
