import type { DatabaseSync } from 'node:sqlite'
import type { Activity, ActivityNote } from '../../../shared/contract/activity.ts'

/** Which of the two tables a row of the index stands for. */
export type ActivitySource = 'signed' | 'observed'

export interface ActivityTexts {
  /** Renews what an entry is found by. */
  write(source: ActivitySource, sequence: number, activity: Activity): void
}

/** The full text of every entry, by fragments of three letters: parts of words are found, in any script. */
export function createActivityTexts(database: DatabaseSync): ActivityTexts {
  const remove = database.prepare('DELETE FROM activity_search WHERE rowid = ?')
  const insert = database.prepare('INSERT INTO activity_search (rowid, text) VALUES (?, ?)')
  return {
    write(source, sequence, activity) {
      const rowId = sequence * 2 + (source === 'observed' ? 1 : 0)
      remove.run(rowId)
      insert.run(rowId, textOf(activity))
    },
  }
}

function textOf(activity: Activity & ActivityNote): string {
  const { token, swap, effects = [], labels = [] } = activity
  const tokens = [token, ...(swap ? [swap.buy] : []), ...effects.map((effect) => effect.token)]
  return [
    ...tokens.flatMap(({ symbol, name }) => [symbol, name]),
    activity.from,
    activity.to,
    activity.toName,
    activity.transactionHash,
    activity.method,
    activity.note,
    ...labels,
  ]
    .filter((part) => part !== undefined)
    .join(' ')
}
