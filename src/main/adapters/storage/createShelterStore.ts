import type { DatabaseSync } from 'node:sqlite'
import type { z } from 'zod'
import {
  shelterBasketSchema,
  shelterPlanSchema,
  shelterRuleSchema,
} from '../../../shared/contract/shelter.ts'
import type { ShelterStore } from '../../capabilities/shelter/index.ts'
import { readBody } from './readBody.ts'
import { encodeStored } from './storedJson.ts'
import { writeOrFail } from './writeOrFail.ts'

/** The basket into which the user flees, the flight that is armed, and the plan that is under way: a crash must not lose what was already moved. */
export function createShelterStore(database: DatabaseSync): ShelterStore {
  const select = database.prepare('SELECT body FROM shelter WHERE name = ?')
  const upsert = database.prepare(
    'INSERT INTO shelter (name, body) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body',
  )
  const remove = database.prepare('DELETE FROM shelter WHERE name = ?')
  const read = <Schema extends z.ZodType>(name: string, schema: Schema) => readBody(schema, select.get(name))
  const write = (name: string, body: unknown) => writeOrFail(() => upsert.run(name, encodeStored(body)))
  return {
    readBasket: () => read('basket', shelterBasketSchema),
    writeBasket: (basket) => void write('basket', basket),
    readPlan: () => read('plan', shelterPlanSchema),
    writePlan: (plan) => void write('plan', plan),
    readRule: () => read('rule', shelterRuleSchema),
    writeRule: (rule) => void write('rule', rule),
    removeRule() {
      writeOrFail(() => remove.run('rule'))
    },
    removePlan() {
      writeOrFail(() => remove.run('plan'))
    },
  }
}
