import type { Reading, ReadingField, ReadingValue } from '../../../../shared/contract/readings.ts'
import { toSafeText } from '../../../../shared/text/toSafeText.ts'
import { isUndecodable, undecodable } from '../undecodable.ts'
import type { FieldParams, FieldSpec, FormatSpec } from './Descriptor.ts'
import { type FormatScope, formatValue } from './formatValue.ts'
import { resolveOne, resolvePath } from './paths.ts'

const mostFields = 1_000

/**
 * The fields of a call or message in their order, and its sentence, as a format of ERC-7730 tells them.
 *
 * @throws AppError `signing.undecodable` where anything that must be shown cannot be: then nothing is read by this descriptor.
 */
export function applyFormat(
  format: FormatSpec,
  scope: FormatScope,
): Pick<Reading, 'intent' | 'sentence' | 'fields'> {
  const fields = formatFields(format.fields ?? [], scope)
  if (fields.length > mostFields) throw undecodable('tooLarge')
  const sentence = interpolate(format, scope)
  return { intent: writeIntent(format), ...(sentence && { sentence }), fields }
}

function writeIntent({ intent }: FormatSpec): string {
  if (typeof intent === 'string') return toSafeText(intent, 256)
  return Object.entries(intent ?? {})
    .map(([name, value]) => `${toSafeText(name, 128)}: ${toSafeText(value, 256)}`)
    .join(' · ')
}

function formatFields(specs: readonly FieldSpec[], scope: FormatScope): ReadingField[] {
  return specs.flatMap((spec) => (spec.fields ? formatGroup(spec, scope) : formatField(spec, scope)))
}

function formatGroup(spec: FieldSpec, scope: FormatScope): ReadingField[] {
  const fields = spec.fields ?? []
  const heading = spec.label === undefined ? undefined : toSafeText(spec.label, 256)
  const titled = (list: ReadingField[]) =>
    list.map((field, at) => (at === 0 && heading !== undefined ? { ...field, heading } : field))
  if (spec.path === undefined) {
    return titled(spec.iteration === 'bundled' ? bundle(fields, scope) : formatFields(fields, scope))
  }
  const { values } = resolvePath(spec.path, scope)
  const inside = values.map((base) => ({ ...scope, base }))
  return spec.iteration === 'sequential'
    ? titled(fields.flatMap((field) => inside.flatMap((each) => formatFields([field], each))))
    : inside.flatMap((each) => titled(formatFields(fields, each)))
}

/** The first elements of all lists, then the second ones, and so on. */
function bundle(fields: readonly FieldSpec[], scope: FormatScope): ReadingField[] {
  const lists = fields.map((field) => formatFields([field], scope))
  const [first = []] = lists
  if (lists.some((list) => list.length !== first.length)) throw undecodable('descriptor', 'iteration')
  return first.flatMap((_, at) => lists.flatMap((list) => list[at] ?? []))
}

function formatField(spec: FieldSpec, scope: FormatScope): ReadingField[] {
  const field = dereference(spec, scope)
  const { values, isMany } =
    field.path === undefined ? { values: [field.value], isMany: false } : resolvePath(field.path, scope)
  return values.flatMap((value, at): ReadingField[] => {
    if (!isVisible(field, value)) return []
    const index = { at, of: values.length }
    const heading =
      isMany && field.separator !== undefined
        ? toSafeText(field.separator.replaceAll('{index}', String(at + 1)), 128)
        : undefined
    return [
      {
        label: toSafeText(field.label ?? field.path ?? '', 256),
        ...(heading === undefined ? {} : { heading }),
        value: formatOne(field, value, scope, index),
      },
    ]
  })
}

function formatOne(
  field: FieldSpec,
  value: unknown,
  scope: FormatScope,
  index: { at: number; of: number },
): ReadingValue {
  if (field.encryption) {
    // Nobody here holds the key: that it is hidden is said, and what stands in its place.
    const label = toSafeText(field.encryption.fallbackLabel ?? '[Encrypted]', 128)
    return { kind: 'text', text: `${label} ${String(value)}` }
  }
  return formatValue(field.format ?? 'raw', field.params ?? {}, value, scope, index)
}

/** The field with its common definition, whose parameters its own override. */
function dereference(spec: FieldSpec, scope: FormatScope): FieldSpec {
  if (spec.$ref === undefined) return spec
  const definition = resolveOne(spec.$ref, scope) as FieldSpec
  return { ...definition, ...spec, params: { ...definition.params, ...spec.params } as FieldParams }
}

function isVisible({ visible = 'always', label = '' }: FieldSpec, value: unknown): boolean {
  if (typeof visible === 'string') return visible !== 'never'
  const isOneOf = (list: readonly unknown[]) =>
    list.some((each) => String(each).toLowerCase() === String(value).toLowerCase())
  if ('ifNotIn' in visible) return !isOneOf(visible.ifNotIn)
  if (!isOneOf(visible.mustMatch)) throw undecodable('descriptor', `mustMatch: ${label}`)
  return false
}

/** The sentence, unless one of its places cannot be filled: then the intent and the fields stand alone. */
function interpolate(format: FormatSpec, scope: FormatScope): Reading['sentence'] {
  const template = format.interpolatedIntent
  if (template === undefined) return undefined
  const values: Record<string, ReadingValue[]> = {}
  const leaves = flatten(format.fields ?? [], '')
  try {
    for (const [, path = ''] of template
      .replaceAll('{{', '')
      .replaceAll('}}', '')
      .matchAll(/\{([^{}]+)\}/g)) {
      const field = leaves.find((each) => normalise(each.path ?? '') === normalise(path))
      if (!field) return undefined
      const { visible = 'always' } = dereference(field, scope)
      if (visible !== 'always') return undefined
      values[path] = formatField(field, scope).map(({ value }) => value)
      if (values[path].length === 0) return undefined
    }
  } catch (thrown) {
    if (!isUndecodable(thrown)) throw thrown
    return undefined
  }
  return { template: toSafeText(template, 1_024), values }
}

/** Fields of groups with their whole paths. */
function flatten(fields: readonly FieldSpec[], prefix: string): FieldSpec[] {
  return fields.flatMap((field) => {
    const whole =
      field.path === undefined || /^[#$@]/.test(field.path) ? field.path : `${prefix}${field.path}`
    if (!field.fields) return [{ ...field, ...(whole === undefined ? {} : { path: whole }) }]
    return flatten(field.fields, whole === undefined ? prefix : `${whole}.`)
  })
}

const normalise = (path: string) => path.replace(/^#\./, '').replace(/(?<=[\w\]])\[/g, '.[')
