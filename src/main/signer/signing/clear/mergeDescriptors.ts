import { undecodable } from '../undecodable.ts'

type Json = Readonly<Record<string, unknown>>
const mostIncludes = 8

/**
 * A descriptor with what it includes: objects are merged key by key, lists of fields by their paths, and where both say something the
 * including file is right.
 *
 * @param readIncluded the file of that name, where there is one; nothing is ever fetched.
 * @throws AppError `signing.undecodable`
 */
export function mergeIncludes(file: unknown, readIncluded: (name: string) => unknown, depth = 0): unknown {
  if (!isObject(file) || typeof file.includes !== 'string') return file
  const included = depth < mostIncludes ? readIncluded(file.includes) : undefined
  if (included === undefined) throw undecodable('descriptor', `includes: ${file.includes}`)
  const { includes: _, ...own } = file
  return merge(mergeIncludes(included, readIncluded, depth + 1), own)
}

function merge(under: unknown, over: unknown): unknown {
  if (isFieldList(under) && isFieldList(over)) return mergeFields(under, over)
  if (!isObject(under) || !isObject(over)) return over
  const merged: Record<string, unknown> = { ...under }
  for (const [name, value] of Object.entries(over)) {
    merged[name] = Object.hasOwn(under, name) ? merge(under[name], value) : value
  }
  return merged
}

function mergeFields(under: readonly Json[], over: readonly Json[]): readonly Json[] {
  const added = over.filter(({ path }) => !under.some((each) => each.path === path))
  return [
    ...under.map((field) => {
      const own = over.find(({ path }) => path === field.path)
      return own ? (merge(field, own) as Json) : field
    }),
    ...added,
  ]
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isFieldList(value: unknown): value is readonly Json[] {
  return Array.isArray(value) && value.every((each) => isObject(each) && ('path' in each || 'fields' in each))
}
