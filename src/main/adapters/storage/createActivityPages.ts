import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { type Activity, activitySchema } from '../../../shared/contract/activity.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { ActivityStore, PageQuery } from '../../capabilities/activity/activity.ports.ts'
import type { ActivityTexts } from './createActivityTexts.ts'
import { readBody } from './readBody.ts'
import { decodeStored, encodeStored } from './storedJson.ts'
import { writeOrFail } from './writeOrFail.ts'

const noteSchema = z.strictObject({
  note: z.string().exactOptional(),
  labels: z.array(z.string()).exactOptional(),
})

/** The whole history in order of time: what was signed here and what was seen on the chain, with notes. */
const entries = `(
  SELECT at_ms, 0 AS source, sequence, id, account_id, kind, 0 AS is_suspicious, body FROM activity
  UNION ALL
  SELECT at_ms, 1 AS source, sequence, id, account_id, kind, is_suspicious, body FROM observed_activity
)`

/** Reads across both kinds of entries, and keeps what the user says of them. */
export function createActivityPages(
  database: DatabaseSync,
  texts: ActivityTexts,
): Pick<ActivityStore, 'listPage' | 'findActivity' | 'countSuspicious' | 'annotate'> {
  const selectPage = database.prepare(
    `SELECT at_ms, source, sequence, id, body FROM ${entries}
     WHERE (at_ms, source, sequence) < (?, ?, ?)
       AND account_id IN (SELECT value FROM json_each(?))
       AND (?5 IS NULL OR kind IN (SELECT value FROM json_each(?5)))
       AND (?6 = 2 OR is_suspicious = ?6)
       AND (?7 IS NULL OR sequence * 2 + source IN (SELECT rowid FROM activity_search WHERE text MATCH ?7))
       AND (?8 IS NULL OR sequence * 2 + source IN (
         SELECT rowid FROM activity_search WHERE NOT EXISTS (
           SELECT 1 FROM json_each(?8) AS word WHERE activity_search.text NOT LIKE word.value ESCAPE '\\')))
     ORDER BY at_ms DESC, source DESC, sequence DESC LIMIT ?9`,
  )
  const selectOne = database.prepare(`SELECT source, sequence, id, body FROM ${entries} WHERE id = ?`)
  const selectCount = database.prepare(
    `SELECT count(*) AS count FROM observed_activity
     WHERE is_suspicious = 1 AND account_id IN (SELECT value FROM json_each(?))`,
  )
  const selectNote = database.prepare('SELECT body FROM activity_notes WHERE id = ?')
  const upsertNote = database.prepare(
    'INSERT INTO activity_notes (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
  )

  function read(row: Record<string, unknown>): Activity {
    let activity: Activity
    try {
      const body = decodeStored(String(row.body))
      activity = activitySchema.parse(row.source === 0 ? (body as { activity: unknown }).activity : body)
    } catch (thrown) {
      throw new AppError('storage.damaged', { reason: 'activityRow' }, { cause: thrown })
    }
    return { ...activity, ...readBody(noteSchema, selectNote.get(activity.id)) }
  }

  const findActivity = (id: string) => {
    const row = selectOne.get(id)
    return row && read(row)
  }

  return {
    listPage({ accountIds, cursor, limit, kinds, search, suspicious = 'without' }) {
      const [atMs, source, sequence] =
        cursor === undefined ? [Number.MAX_SAFE_INTEGER, 2, 0] : parseCursor(cursor)
      const { match, like } = toPattern(search)
      const rows = selectPage.all(
        atMs,
        source,
        sequence,
        JSON.stringify(accountIds),
        kinds ? JSON.stringify(kinds) : null,
        suspicious === 'with' ? 2 : suspicious === 'only' ? 1 : 0,
        match,
        like,
        limit + 1,
      )
      const shown = rows.slice(0, limit)
      const last = shown.at(-1)
      return {
        activities: shown.map(read),
        nextCursor: rows.length > limit && last ? `${last.at_ms}.${last.source}.${last.sequence}` : undefined,
      }
    },
    findActivity,
    countSuspicious: (accountIds) => Number(selectCount.get(JSON.stringify(accountIds))?.count),
    annotate(id, note) {
      const row = selectOne.get(id)
      if (!row) return undefined
      writeOrFail(() => {
        upsertNote.run(id, encodeStored(note))
        texts.write(row.source === 0 ? 'signed' : 'observed', Number(row.sequence), {
          ...withoutNote(read(row)),
          ...note,
        })
      })
      return findActivity(id)
    },
  }
}

function withoutNote({ note: _, labels: __, ...activity }: Activity): Activity {
  return activity
}

/** Words of three letters and more are looked up in the index, shorter ones by reading it. */
function toPattern(search: PageQuery['search'] = []): { match: string | null; like: string | null } {
  const isLong = ([word = '']: readonly string[]) => [...word].length >= 3
  const quoted = (word: string) => `"${word.replaceAll('"', '""')}"`
  const long = search.filter(isLong).map((alternatives) => `(${alternatives.map(quoted).join(' OR ')})`)
  const short = search
    .filter((alternatives) => !isLong(alternatives))
    .map(([word = '']) => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`)
  return {
    match: long.length === 0 ? null : long.join(' AND '),
    like: short.length === 0 ? null : JSON.stringify(short),
  }
}

function parseCursor(cursor: string): [number, number, number] {
  const match = /^(\d{1,15})\.([01])\.(\d{1,15})$/.exec(cursor)
  if (!match) throw new AppError('request.invalid', { path: 'cursor', rule: 'format' })
  return [Number(match[1]), Number(match[2]), Number(match[3])]
}
