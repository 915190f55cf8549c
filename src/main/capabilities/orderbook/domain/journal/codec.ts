import { type ByteReader, MalformedBytesError } from './ByteReader.ts'
import type { ByteWriter } from './ByteWriter.ts'

/** One encoding, and only one, for each value of a type. */
export interface Codec<T> {
  write(writer: ByteWriter, value: T): void
  read(reader: ByteReader): T
}

export type CodecValue<C> = C extends Codec<infer T> ? T : never

/** A codec of whatever type. */
interface AnyCodec {
  write(writer: ByteWriter, value: never): void
  read(reader: ByteReader): unknown
}

type Fields = Readonly<Record<string, AnyCodec>>
type FieldValues<F> = { readonly [K in keyof F]: CodecValue<F[K]> }
type VariantValue<Tag extends string, V> = {
  [K in keyof V & string]: Readonly<Record<Tag, K>> & FieldValues<V[K]>
}[keyof V & string]

/** Text of printable ASCII, as identifiers are. */
export const text: Codec<string> = {
  write: (writer, value) => writer.text(value),
  read: (reader) => reader.text(),
}

/** A non-negative safe integer: times, counts, basis points; never an amount. */
export const integer: Codec<number> = {
  write: (writer, value) => writer.integer(value),
  read: (reader) => reader.integer(),
}

/** A non-negative amount. */
export const amount: Codec<bigint> = {
  write: (writer, value) => writer.bigint(value),
  read: (reader) => reader.bigint(),
}

export const flag: Codec<boolean> = {
  write: (writer, value) => writer.byte(value ? 1 : 0),
  read: (reader) => {
    const byte = reader.byte()
    if (byte > 1) throw new MalformedBytesError('Neither true nor false')
    return byte === 1
  },
}

/** One of several words, written as its place in the list: new words are only ever added at the end. */
export function choice<const W extends readonly string[]>(words: W): Codec<W[number]> {
  return {
    write: (writer, value) => {
      const index = words.indexOf(value)
      if (index === -1) throw new RangeError(`Not one of ${words.join(', ')}: ${value}`)
      writer.byte(index)
    },
    read: (reader) => {
      const word = words[reader.byte()]
      if (word === undefined) throw new MalformedBytesError('No such word')
      return word
    },
  }
}

/** A value or `undefined`. */
export function optional<T>(codec: Codec<T>): Codec<T | undefined> {
  return {
    write: (writer, value) => {
      writer.byte(value === undefined ? 0 : 1)
      if (value !== undefined) codec.write(writer, value)
    },
    read: (reader) => (flag.read(reader) ? codec.read(reader) : undefined),
  }
}

export function list<T>(codec: Codec<T>): Codec<readonly T[]> {
  return {
    write: (writer, values) => {
      writer.integer(values.length)
      for (const value of values) codec.write(writer, value)
    },
    read: (reader) => {
      const count = reader.integer()
      // Every value takes a byte at least: a damaged count must not make us allocate.
      if (count > reader.remaining) throw new MalformedBytesError('The list is longer than the bytes')
      return Array.from({ length: count }, () => codec.read(reader))
    },
  }
}

/** Named fields in the order given. */
export function struct<F extends Fields>(fields: F): Codec<FieldValues<F>> {
  const entries = Object.entries(fields) as unknown as readonly [string, Codec<unknown>][]
  return {
    write: (writer, value) => {
      const values = value as Readonly<Record<string, unknown>>
      for (const [name, codec] of entries) codec.write(writer, values[name])
    },
    read: (reader) => {
      const value: Record<string, unknown> = {}
      for (const [name, codec] of entries) value[name] = codec.read(reader)
      return value as FieldValues<F>
    },
  }
}

/** One of several shapes told apart by `tag`, written as its place: new shapes are only ever added at the end. */
export function variant<Tag extends string, V extends Readonly<Record<string, Fields>>>(
  tag: Tag,
  variants: V,
): Codec<VariantValue<Tag, V>> {
  const names = Object.keys(variants)
  const codecs = new Map(
    Object.entries(variants).map(([name, fields]) => [name, struct(fields) as unknown as Codec<unknown>]),
  )
  return {
    write: (writer, value) => {
      const name = (value as Readonly<Record<string, string>>)[tag] ?? ''
      const codec = codecs.get(name)
      if (codec === undefined) throw new RangeError(`No such variant: ${name}`)
      writer.byte(names.indexOf(name))
      codec.write(writer, value)
    },
    read: (reader) => {
      const name = names[reader.byte()] ?? ''
      const codec = codecs.get(name)
      if (codec === undefined) throw new MalformedBytesError('No such variant')
      return { [tag]: name, ...(codec.read(reader) as object) } as unknown as VariantValue<Tag, V>
    },
  }
}
