import fc from 'fast-check'
import { type AbiParameter, encodeFunctionData, getAddress, hashStruct, parseAbi, zeroAddress } from 'viem'
import { describe, expect, it } from 'vitest'
import type { Reading, ReadingValue } from '../../../../shared/contract/readings.ts'
import { type Address, chainIdSchema } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { runs } from '../../../../shared/testing/thoroughness.ts'
import { interfaces, listBuiltIn } from './builtInDescriptors.ts'
import type { ClearContext } from './ClearContext.ts'
import type { Descriptor, FieldSpec } from './Descriptor.ts'
import { createDescriptorBook } from './DescriptorBook.ts'
import { listReadingDangers } from './findDangers.ts'
import { encodeType, parseFunctionKey } from './formatSignature.ts'
import { mergeIncludes } from './mergeDescriptors.ts'
import { isWhole, readCall } from './readCall.ts'
import { readInterface } from './userDescriptors.ts'

const chainId = chainIdSchema.parse(1)
const me: Address = '0x9858EfFD232B4033E47d90003D41EC34EcaEda94'
const friend: Address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const stranger: Address = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
const usdc: Address = '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48'
const dai: Address = '0x6B175474E89094C44Da98b954EedeAC495271d0F'
const weth: Address = '0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2'
const router: Address = '0x66a9893cC07D91D95644AEDD05D03f95e1dBA8Af'
const permit2: Address = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
const oneInch: Address = '0x111111125421cA6dc452d289314280a0f8842A65'
const multicall3: Address = '0xcA11bde05977b3631167028862bE2a173976CA11'
const collection: Address = '0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D'

const token = (address: Address | 'native', symbol: string, decimals: number): Token => ({
  ref: { chainId, address },
  symbol,
  name: symbol,
  decimals,
  assetClass: 'token',
  source: address === 'native' ? 'native' : 'list',
})
const ether = token('native', 'ETH', 18)
const tokens = [token(usdc, 'USDC', 6), token(dai, 'DAI', 18), token(weth, 'WETH', 18)]
const chains = [
  {
    chainId,
    name: 'Ethereum',
    nativeToken: ether,
    swaps: { universalRouter: router, permit2, wrappedNative: weth },
  },
]

function contextWith(users: readonly unknown[] = []): ClearContext {
  const sources = [...listBuiltIn({ chains, tokens }), ...users.map((json) => ({ json, isUsers: true }))]
  return {
    book: createDescriptorBook(sources, readInterface),
    chains,
    tokens,
    ownNameOf: (address) => (address.toLowerCase() === me.toLowerCase() ? 'Savings' : undefined),
    ownAddresses: () => [{ address: me, name: 'Savings' }],
    onFault: (thrown) => {
      throw thrown
    },
  }
}
const builtIn = contextWith()

function call(to: Address, signature: string, args: readonly unknown[], value = 0n) {
  const abi = parseAbi([`function ${signature}`] as never)
  const data = encodeFunctionData({ abi, args } as never)
  return { chainId, from: me, to, value, data }
}
function read(
  to: Address,
  signature: string,
  args: readonly unknown[],
  context = builtIn,
  value = 0n,
): Reading {
  const reading = readCall(call(to, signature, args, value), context)
  if (!reading) throw new Error(`Nobody explains ${signature}`)
  return reading
}
const dangersOf = (reading: Reading, context = builtIn) =>
  listReadingDangers(reading, chainId, context).map(({ kind }) => kind)
const show = (value: ReadingValue): string => {
  switch (value.kind) {
    case 'amount':
      return `${value.message ?? value.units} ${value.token?.symbol ?? '?'}`
    case 'address':
      return value.name ?? value.address
    case 'nft':
      return `#${value.id}`
    case 'date':
      return new Date(value.atMs).toISOString()
    case 'text':
      return value.text
    case 'call':
      return value.reading?.intent ?? 'unknown'
    case 'integer':
    case 'boolean':
      return String(value.value)
    default:
      return value.kind
  }
}
const fieldsOf = (reading: Reading) => reading.fields.map(({ label, value }) => `${label}: ${show(value)}`)
const sentenceOf = ({ sentence }: Reading) =>
  sentence?.template.replace(/\{([^{}]+)\}/g, (_, path) => (sentence.values[path] ?? []).map(show).join(', '))

describe('the standards, in sentences', () => {
  const most = 2n ** 256n - 1n
  it.each([
    ['a transfer', usdc, 'transfer(address,uint256)', [friend, 5n], `Send 5 USDC to ${friend}`, []],
    [
      'a move',
      usdc,
      'transferFrom(address,address,uint256)',
      [me, friend, 5n],
      `Move 5 USDC from Savings to ${friend}`,
      [],
    ],
    [
      'an allowance',
      usdc,
      'approve(address,uint256)',
      [router, 5n],
      'Let Uniswap Universal Router take 5 USDC',
      [],
    ],
    [
      'one without limit',
      usdc,
      'approve(address,uint256)',
      [router, most],
      'Let Uniswap Universal Router take any amount of USDC',
      ['unlimitedAllowance'],
    ],
    [
      'one for a stranger',
      usdc,
      'approve(address,uint256)',
      [stranger, 5n],
      `Let ${stranger} take 5 USDC`,
      ['unknownSpender'],
    ],
    ['the end of one', usdc, 'approve(address,uint256)', [stranger, 0n], `Let ${stranger} take 0 USDC`, []],
    ['a unwrapping', weth, 'withdraw(uint256)', [7n], 'Unwrap 7 WETH', []],
    [
      'shares given back',
      dai,
      'redeem(uint256,address,address)',
      [9n, me, me],
      'Give back 9 DAI to the vault, at its price',
      [],
    ],
    ['a freeze', dai, 'freezePartialTokens(address,uint256)', [friend, 9n], `Freeze 9 DAI of ${friend}`, []],
    ['ownership', dai, 'transferOwnership(address)', [friend], `Let ${friend} rule over DAI`, ['ownership']],
    [
      'a piece of a collection',
      collection,
      'safeTransferFrom(address,address,uint256)',
      [me, friend, 77n],
      `Send #77 to ${friend}`,
      ['unknownContract'],
    ],
    [
      'a kind of a collection',
      collection,
      'safeTransferFrom(address,address,uint256,uint256,bytes)',
      [me, friend, 77n, 3n, '0x'],
      `Send 3 of #77 to ${friend}`,
      ['unknownContract'],
    ],
    [
      'a deposit',
      collection,
      'deposit(uint256,address)',
      [9n, me],
      `Deposit 9 into ${collection}`,
      ['unknownContract'],
    ],
    [
      'Permit2',
      permit2,
      'approve(address,address,uint160,uint48)',
      [usdc, router, 5n, 1_800_000_000],
      'Let Uniswap Universal Router take 5 USDC until 2027-01-15T08:00:00.000Z',
      [],
    ],
  ] as const)('%s', (_name, to, signature, args, sentence, dangers) => {
    const reading = read(to, signature, args)
    expect(sentenceOf(reading)).toBe(sentence)
    expect(dangersOf(reading)).toEqual(dangers)
    expect(isWhole(reading)).toBe(true)
  })

  it('a whole collection given away is told whoever the collection is', () => {
    const reading = read(collection, 'setApprovalForAll(address,bool)', [stranger, true])
    expect(fieldsOf(reading)).toEqual([`Who may take every piece: ${stranger}`, 'Allowed: true'])
    expect(reading.effects.grantsAll).toEqual([{ collection, to: stranger }])
    expect(dangersOf(reading)).toEqual(['unknownContract', 'allOfCollection', 'unknownSpender'])
    const back = read(collection, 'setApprovalForAll(address,bool)', [stranger, false])
    expect(back.effects.grantsAll).toEqual([])
    expect(dangersOf(back)).toEqual(['unknownContract'])
  })

  it('what ERC-20 and ERC-721 share says nothing about a contract that nobody knows', () => {
    for (const signature of ['approve(address,uint256)', 'transfer(address,uint256)'])
      expect(readCall(call(collection, signature, [friend, 5n]), builtIn)).toBeUndefined()
    expect(
      readCall(call(collection, 'transferFrom(address,address,uint256)', [me, friend, 5n]), builtIn),
    ).toBeUndefined()
  })

  it('an ERC-3643 batch, recipient by recipient', () => {
    const reading = read(dai, 'batchTransfer(address[],uint256[])', [
      [friend, stranger],
      [1n, 2n],
    ])
    expect(fieldsOf(reading)).toEqual([`To: ${friend}`, 'Amount: 1 DAI', `To: ${stranger}`, 'Amount: 2 DAI'])
    expect(reading.effects.spends).toEqual([
      { token: dai, units: 1n },
      { token: dai, units: 2n },
    ])
    const uneven = call(dai, 'batchTransfer(address[],uint256[])', [[friend], [1n, 2n]])
    expect(readCall(uneven, builtIn)).toBeUndefined()
  })

  it('an order of 1inch, with its tokens out of packed integers', () => {
    const order = [1n, BigInt(friend), 0n, BigInt(dai), BigInt(usdc), 10n ** 18n, 1_000_000n, 0n]
    const signature =
      'fillOrder((uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256),bytes32,bytes32,uint256,uint256)'
    const reading = read(oneInch, signature, [order, `0x${'11'.repeat(32)}`, `0x${'22'.repeat(32)}`, 5n, 0n])
    expect(sentenceOf(reading)).toBe('Fill an order: at most 1000000 USDC for 1000000000000000000 DAI')
    expect(reading.effects.spends).toEqual([{ token: usdc, units: 1_000_000n }])
  })

  it('several calls in one, each on its own, and unknown ones as such', () => {
    const inner = (to: Address, signature: string, args: readonly unknown[]) => [
      to,
      false,
      call(to, signature, args).data,
    ]
    const signature = 'aggregate3((address,bool,bytes)[])'
    const known = read(multicall3, signature, [
      [
        inner(usdc, 'transfer(address,uint256)', [friend, 5n]),
        inner(dai, 'approve(address,uint256)', [stranger, 2n ** 256n - 1n]),
      ],
    ])
    expect(fieldsOf(known)).toEqual(['Call: Send', 'May fail: false', 'Call: Allow', 'May fail: false'])
    expect(isWhole(known)).toBe(true)
    expect(dangersOf(known)).toEqual(['unlimitedAllowance', 'unknownSpender'])
    expect(known.effects.spends).toEqual([{ token: usdc, units: 5n }])
    const unknown = read(multicall3, signature, [[inner(collection, 'mint(uint8)', [1])]])
    expect(isWhole(unknown)).toBe(false)
    expect(dangersOf(unknown)).toEqual(['unknownData'])
  })

  it('coin that calls within pass on is counted once: with the call that it goes with', () => {
    const pay = (target: Address, value: bigint) => ({
      target,
      allowFailure: false,
      value,
      callData: deposit,
    })
    const deposit = '0xd0e30db0'
    const reading = read(
      multicall3,
      'aggregate3Value((address target,bool allowFailure,uint256 value,bytes callData)[] calls) payable',
      [[pay(weth, 3n), pay(weth, 4n)]],
      builtIn,
      7n,
    )
    expect(isWhole(reading)).toBe(true)
    expect(reading.effects.spends).toEqual([{ token: 'native', units: 7n }])
  })

  it('a mistake of the program’s is told, and what it was reading stays unexplained', () => {
    const faults: unknown[] = []
    const context = {
      ...builtIn,
      ownNameOf() {
        throw new TypeError('a bug')
      },
      onFault: (thrown: unknown) => void faults.push(thrown),
    }
    const send = call(usdc, 'transfer(address,uint256)', [friend, 5n])
    expect(readCall(send, context)).toBeUndefined()
    expect(faults).toMatchObject([{ message: 'a bug' }])
    // What only does not fit is none.
    expect(readCall({ ...send, data: `${send.data}00` }, context)).toBeUndefined()
    expect(readCall({ ...send, data: send.data.slice(0, -2) as `0x${string}` }, context)).toBeUndefined()
    expect(faults).toHaveLength(1)
  })

  it('an address that looks like one’s own is pointed out', () => {
    const lookalike: Address = '0x9858000000000000000000000000000000000a94'
    expect(
      listReadingDangers(read(usdc, 'transfer(address,uint256)', [lookalike, 5n]), chainId, builtIn),
    ).toEqual([])
    const closer = getAddress('0x985800000000000000000000000000000000da94')
    expect(
      listReadingDangers(read(usdc, 'transfer(address,uint256)', [closer, 5n]), chainId, builtIn),
    ).toEqual([{ kind: 'lookalike', address: closer, name: 'Savings' }])
  })

  it('bytes beside the arguments, or in them, are not passed over', () => {
    const { data, ...rest } = call(usdc, 'approve(address,uint256)', [friend, 5n])
    expect(readCall({ ...rest, data: `${data}00` }, builtIn)).toBeUndefined()
    expect(
      readCall({ ...rest, data: `${data.slice(0, 10)}01${data.slice(12)}` as `0x${string}` }, builtIn),
    ).toBeUndefined()
  })

  it('never end in anything but a reading or a refusal, whatever the bytes', () => {
    const selectors = ['0x095ea7b3', '0xac9650d8', '0x82ad56cb', '0x2eb2c2d6', '0x87517c45', '0x0d58b1db']
    fc.assert(
      fc.property(
        fc.constantFrom(...selectors),
        fc.uint8Array({ minLength: 0, maxLength: 600 }),
        fc.constantFrom(usdc, permit2, multicall3, collection, oneInch),
        (selector, bytes, to) => {
          const data = `${selector}${Buffer.from(bytes).toString('hex')}` as `0x${string}`
          const reading = readCall({ chainId, from: me, to, value: 0n, data }, builtIn)
          if (reading) expect(reading.fields.length).toBeGreaterThan(0)
        },
      ),
      { numRuns: runs(1_000), seed: 7730 },
    )
  })
})

describe('the format of ERC-7730', () => {
  const $schema = 'https://eips.ethereum.org/assets/eip-7730/erc7730-v2.schema.json'
  const at = { chainId: 1, address: collection }
  const file = (formats: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
    $schema,
    context: { contract: { deployments: [at] } },
    metadata: { owner: 'Example', ...(more.metadata as object) },
    display: { formats, ...(more.display as object) },
  })
  const readFile = (json: unknown, signature: string, args: readonly unknown[], value = 0n) => {
    const context = contextWith([json])
    return readCall(call(collection, signature, args, value), context)
  }
  const one = (
    field: Record<string, unknown>,
    signature: string,
    args: readonly unknown[],
    key: string,
    more = {},
  ) => {
    const reading = readFile(
      file({ [key]: { intent: 'Do', fields: [{ label: 'It', ...field }] } }, more),
      signature,
      args,
    )
    return reading?.fields.map(({ value }) => value)
  }

  it.each([
    ['raw', {}, 1_000n, { kind: 'integer', value: 1_000n }],
    ['amount', {}, 10n ** 17n, { kind: 'amount', units: 10n ** 17n, token: ether }],
    ['tokenAmount', { token: usdc }, 5n, { kind: 'amount', units: 5n, token: tokens[0], tokenAddress: usdc }],
    ['tokenAmount', { token: stranger }, 5n, { kind: 'amount', units: 5n, tokenAddress: stranger }],
    [
      'tokenAmount',
      { token: usdc, threshold: '0x5', message: 'Max' },
      5n,
      { kind: 'amount', units: 5n, token: tokens[0], tokenAddress: usdc, message: 'Max' },
    ],
    [
      'tokenAmount',
      { token: usdc, threshold: '5' },
      6n,
      { kind: 'amount', units: 6n, token: tokens[0], tokenAddress: usdc, message: 'Unlimited' },
    ],
    [
      'tokenAmount',
      { token: stranger, nativeCurrencyAddress: [stranger] },
      5n,
      { kind: 'amount', units: 5n, token: ether },
    ],
    ['date', { encoding: 'timestamp' }, 1_709_191_632n, { kind: 'date', atMs: 1_709_191_632_000 }],
    ['date', { encoding: 'blockheight' }, 19_332_140n, { kind: 'block', number: 19_332_140n }],
    ['duration', {}, 8_250n, { kind: 'duration', seconds: 8_250n }],
    [
      'unit',
      { base: 'd', decimals: 1 },
      15n,
      { kind: 'unit', value: 15n, decimals: 1, base: 'd', prefix: false },
    ],
    ['chainId', {}, 1n, { kind: 'chain', chainId: 1, name: 'Ethereum' }],
    ['enum', { $ref: '$.metadata.enums.mode' }, 2n, { kind: 'text', text: 'variable' }],
    ['nftName', { collection: stranger }, 1_036n, { kind: 'nft', id: 1_036n, collection: stranger }],
  ] as const)('an integer as %s %j', (format, params, value, expected) => {
    const more = { metadata: { enums: { mode: { 1: 'stable', 2: 'variable' } } } }
    expect(one({ path: 'x', format, params }, 'f(uint256)', [value], 'f(uint256 x)', more)).toEqual([
      expected,
    ])
  })

  it('an interoperable address with the checksum that ERC-7930 prints', () => {
    const hex = '0x00010000010114D8DA6BF26964AF9D7EED9E03E53415D37AA96045'.toLowerCase()
    expect(one({ path: 'x', format: 'interoperableAddressName' }, 'f(bytes)', [hex], 'f(bytes x)')).toEqual([
      { kind: 'text', text: '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045@eip155:1#4CA88C9C' },
    ])
  })

  it('addresses: names, the sender’s stand-in, and a type that is checked', () => {
    const params = { types: ['wallet'], senderAddress: zeroAddress }
    const field = { path: 'x', format: 'addressName', params }
    const show = (address: Address) => one(field, 'f(address)', [address], 'f(address x)')
    expect(show(zeroAddress)).toEqual([
      { kind: 'address', address: me, name: 'Savings', nameFrom: 'account' },
    ])
    expect(show(friend)).toEqual([{ kind: 'address', address: friend, isUnexpected: true }])
    expect(one({ path: 'x', format: 'tokenTicker' }, 'f(address)', [usdc], 'f(address x)')).toEqual([
      { kind: 'text', text: 'USDC' },
    ])
  })

  it('paths: members, elements, slices of lists and of bytes, the container and the file', () => {
    const key = 'f((bytes path,uint256[] list,(address to)[] hops) params)'
    const signature = 'f((bytes,uint256[],(address)[]))'
    const args = [
      [`${usdc.toLowerCase()}000bb8${dai.slice(2).toLowerCase()}`, [1n, 2n, 3n], [[friend], [stranger]]],
    ]
    const fields = [
      ['params.path.[0:20]', 'addressName'],
      ['#.params.path.[-20:]', 'addressName'],
      ['params.list.[-1]', 'raw'],
      ['params.list[0]', 'raw'],
      ['params.list.length', 'raw'],
      ['params.list.[1:]', 'raw'],
      ['params.hops.[].to', 'addressName'],
      ['@.value', 'amount'],
      ['$.metadata.constants.word', 'raw'],
    ].map(([path, format]) => ({ path, format, label: path }))
    const reading = readFile(
      file({ [key]: { intent: 'Do', fields } }, { metadata: { constants: { word: 'calm' } } }),
      signature,
      args,
      4n,
    )
    expect(reading?.fields.map(({ value }) => show(value))).toEqual([
      'USDC',
      'DAI',
      '3',
      '1',
      '3',
      '2',
      '3',
      friend,
      stranger,
      '4 ETH',
      'calm',
    ])
  })

  it('maps, definitions, references that override them, and lists in parameters', () => {
    const json = file(
      {
        'f(address[] assets,uint256[] amounts)': {
          intent: 'Do',
          fields: [
            { path: 'amounts.[]', $ref: '$.display.definitions.amount' },
            {
              path: 'amounts.[0]',
              label: 'First',
              format: 'tokenAmount',
              params: { token: { map: '$.metadata.maps.underlying', keyPath: '@.chainId' } },
            },
          ],
        },
      },
      {
        metadata: { maps: { underlying: { $keyType: 'Chain ID', values: { '1': dai } } } },
        display: {
          definitions: {
            amount: { label: 'Amount', format: 'tokenAmount', params: { tokenPath: 'assets.[]' } },
          },
        },
      },
    )
    const reading = readFile(json, 'f(address[],uint256[])', [
      [usdc, weth],
      [1n, 2n],
    ])
    expect(reading && fieldsOf(reading)).toEqual(['Amount: 1 USDC', 'Amount: 2 WETH', 'First: 1 DAI'])
    expect(readFile(json, 'f(address[],uint256[])', [[usdc], [1n, 2n]])).toBeUndefined()
  })

  it('groups over lists, one element after the other or one field after the other', () => {
    const group = (iteration?: string) => ({
      path: 'list.[]',
      label: 'Part',
      ...(iteration ? { iteration } : {}),
      fields: [
        { path: 'to', label: 'To', format: 'addressName' },
        { path: 'n', label: 'N', format: 'raw' },
      ],
    })
    const key = 'f((address to,uint256 n)[] list)'
    const args = [
      [
        [friend, 1n],
        [me, 2n],
      ],
    ]
    const labels = (iteration?: string) => {
      const reading = readFile(
        file({ [key]: { intent: 'Do', fields: [group(iteration)] } }),
        'f((address,uint256)[])',
        args,
      )
      return reading && fieldsOf(reading)
    }
    expect(labels()).toEqual([`To: ${friend}`, 'N: 1', 'To: Savings', 'N: 2'])
    expect(labels('sequential')).toEqual([`To: ${friend}`, 'To: Savings', 'N: 1', 'N: 2'])
  })

  it('rules of visibility, and a value that has to match', () => {
    const fields = [
      { path: 'a', label: 'A', visible: 'never' },
      { path: 'b', label: 'B', visible: { ifNotIn: ['5'] } },
      { path: 'c', label: 'C', visible: { mustMatch: [7] } },
      { path: 'a', label: 'Again', visible: 'optional' },
    ]
    const json = file({ 'f(uint256 a,uint256 b,uint256 c)': { intent: 'Do', fields } })
    const show = (b: bigint, c: bigint) => {
      const reading = readFile(json, 'f(uint256,uint256,uint256)', [1n, b, c])
      return reading && fieldsOf(reading)
    }
    expect(show(5n, 7n)).toEqual(['Again: 1'])
    expect(show(6n, 7n)).toEqual(['B: 6', 'Again: 1'])
    expect(show(6n, 8n)).toBeUndefined()
  })

  it('a sentence falls back to the intent where a place cannot be filled or need not be seen', () => {
    const of = (interpolatedIntent: string, visible = 'always') =>
      readFile(
        file({
          'f(uint256 x)': {
            intent: { Action: 'Do', Kind: 'It' },
            interpolatedIntent,
            fields: [{ path: 'x', label: 'X', visible }],
          },
        }),
        'f(uint256)',
        [3n],
      )
    expect(of('Do {x} of {{these}}')?.sentence).toEqual({
      template: 'Do {x} of {{these}}',
      values: { x: [{ kind: 'integer', value: 3n }] },
    })
    expect(of('Do {y}')?.sentence).toBeUndefined()
    expect(of('Do {x}', 'optional')?.sentence).toBeUndefined()
    expect(of('Do {y}')?.intent).toBe('Action: Do · Kind: It')
  })

  it('includes: the including file is right where both speak', () => {
    const json = {
      $schema,
      context: { contract: { deployments: [at] } },
      includes: './erc20.json',
      metadata: { owner: 'Example', token: { ticker: 'STABLE', name: 'Example Stablecoin', decimals: 6 } },
      display: {
        formats: {
          'approve(address spender,uint256 value)': {
            fields: [{ path: 'value', params: { threshold: '0x100' } }],
          },
        },
      },
    }
    const context = contextWith([json])
    const reading = readCall(call(collection, 'approve(address,uint256)', [router, 0x100n]), context)
    expect(reading).toMatchObject({ describedBy: 'user', isAssumed: false, owner: 'Example' })
    expect(reading && fieldsOf(reading)).toEqual([
      'Who may take: Uniswap Universal Router',
      'Up to: any amount of STABLE',
    ])
    expect(reading && dangersOf(reading, context)).toContain('userDescriptor')
  })

  it('a user’s descriptor never speaks about what Minato itself explains', () => {
    const lie = {
      $schema,
      context: { contract: { deployments: [{ chainId: 1, address: usdc }] } },
      metadata: { owner: 'Circle' },
      display: {
        formats: {
          'approve(address spender,uint256 value)': {
            intent: 'Claim a gift',
            fields: [{ path: 'value', label: 'Gift' }],
          },
        },
      },
    }
    const context = contextWith([lie])
    expect(readCall(call(usdc, 'approve(address,uint256)', [friend, 5n]), context)?.intent).toBe('Allow')
  })

  it('embedded calls may name a selector, an amount and a sender of their own', () => {
    const key = 'run(address target,bytes action)'
    const params = {
      calleePath: 'target',
      selector: '0xa9059cbb',
      amountPath: '@.value',
      spenderPath: '@.to',
    }
    const fields = [{ path: 'action', label: 'Call', format: 'calldata', params }]
    const arguments_ = `0x${call(usdc, 'transfer(address,uint256)', [friend, 5n]).data.slice(10)}`
    const reading = readFile(file({ [key]: { intent: 'Run', fields } }), 'run(address,bytes)', [
      usdc,
      arguments_,
    ])
    expect(reading && fieldsOf(reading)).toEqual(['Call: Send'])
  })

  it('coin that an account’s own code pays to calls within is its own', () => {
    const params = { calleePath: 'target', amountPath: 'value' }
    const fields = [{ path: 'data', label: 'Call', format: 'calldata', params }]
    const json = {
      ...file({ 'execute(address target,uint256 value,bytes data)': { intent: 'Run', fields } }),
      context: { contract: { deployments: [{ chainId, address: me }] } },
    }
    const run = call(me, 'execute(address,uint256,bytes)', [weth, 3n, '0xd0e30db0'], 9n)
    // What goes from the account to itself stays there.
    expect(readCall(run, contextWith([json]))?.effects.spends).toEqual([{ token: 'native', units: 3n }])
  })

  it.each([
    [
      'another version',
      {
        $schema: 'https://eips.ethereum.org/assets/eip-7730/erc7730-v3.schema.json',
        display: { formats: {} },
      },
    ],
    ['no version', { display: { formats: {} } }],
    [
      'two keys of one function',
      {
        $schema,
        context: { contract: { deployments: [at] } },
        display: { formats: { 'f(uint256 a)': {}, 'f(uint256 b)': {} } },
      },
    ],
    [
      'a key without names',
      { $schema, context: { contract: {} }, display: { formats: { 'f(uint256)': {} } } },
    ],
    [
      'an unknown file to include',
      { $schema, includes: 'https://example.org/a.json', display: { formats: {} } },
    ],
    ['no formats', { $schema, display: {} }],
  ])('with %s is refused', (_name, json) => {
    expect(() => createDescriptorBook([{ json, isUsers: true }], readInterface)).toThrow(
      'signing.undecodable',
    )
  })

  it('messages: by the type’s text, the domain, or its hash alone', () => {
    const types = {
      Mail: [
        { name: 'from', type: 'Person' },
        { name: 'contents', type: 'string' },
      ],
      Person: [
        { name: 'name', type: 'string' },
        { name: 'wallet', type: 'address' },
      ],
    }
    const encoded = 'Mail(Person from,string contents)Person(string name,address wallet)'
    expect(encodeType('Mail', types)).toBe(encoded)
    const domain = { name: 'Mail', chainId: 1n, verifyingContract: collection }
    const domainTypes = [
      { name: 'name', type: 'string' },
      { name: 'chainId', type: 'uint256' },
      { name: 'verifyingContract', type: 'address' },
    ]
    const formats = { [encoded]: { intent: 'Write', fields: [{ path: 'from.name', label: 'From' }] } }
    const find = (eip712: Record<string, unknown>, own = domain) =>
      createDescriptorBook(
        [
          {
            json: {
              $schema,
              context: { eip712: { deployments: [at], ...eip712 } },
              metadata: { owner: 'E' },
              display: { formats },
            },
            isUsers: true,
          },
        ],
        readInterface,
      ).findMessage(1, collection, encoded, own, domainTypes)
    const separator = hashStruct({
      data: domain,
      primaryType: 'EIP712Domain',
      types: { EIP712Domain: domainTypes },
    })
    expect(find({})).toBeDefined()
    expect(find({ domain: { name: 'Mail' } })).toBeDefined()
    expect(find({ domain: { name: 'Post' } })).toBeUndefined()
    expect(find({ domainSeparator: separator })).toBeDefined()
    expect(find({ domainSeparator: separator }, { ...domain, name: 'Post' })).toBeUndefined()
  })

  it('every argument of every function and message that Minato explains is shown, but for those named here', () => {
    const salt = 'makes the order another one than its like, and changes nothing of what is exchanged'
    const signature = 'of the order that is shown: with another one the call fails'
    const hidden: Record<string, string> = {
      'fillOrder order.salt': salt,
      'fillOrderArgs order.salt': salt,
      'fillContractOrder order.salt': salt,
      'fillOrder r': signature,
      'fillOrder vs': signature,
      'fillOrderArgs r': signature,
      'fillOrderArgs vs': signature,
      'fillContractOrder signature': signature,
      'permit signature': 'of the permit that is shown: with another one the call fails',
      'permit permitSingle.details.nonce': 'a counter: the contract takes the next number only',
    }
    const missing: string[] = []
    const unused = new Set(Object.keys(hidden))
    for (const { json } of listBuiltIn({ chains, tokens })) {
      const { display } = mergeIncludes(json, readInterface) as Descriptor
      for (const [text, format] of Object.entries(display.formats)) {
        const shown = listShownPaths(format.fields ?? [], '', display.definitions ?? {})
        for (const leaf of listLeaves(text)) {
          if (shown.some((path) => path === leaf || path === `${leaf}.[]`)) continue
          const name = `${text.slice(0, text.indexOf('('))} ${leaf}`
          if (hidden[name] === undefined) missing.push(name)
          unused.delete(name)
        }
      }
    }
    expect(missing).toEqual([])
    // What is shown by now needs no excuse.
    expect([...unused]).toEqual([])
  })

  it('every file that Minato ships is to the standard, and can be included where it names no contract', () => {
    expect(Object.keys(interfaces).length).toBeGreaterThan(5)
    expect(() => createDescriptorBook(listBuiltIn({ chains, tokens }), readInterface)).not.toThrow()
  })
})

/** Paths of all that a function takes, or a message holds, elements of lists as `[]`. */
function listLeaves(key: string): string[] {
  const isMessage = /^[A-Z]/.test(key)
  if (!isMessage) return parseFunctionKey(key).item.inputs.flatMap((input) => leavesOf(input, ''))
  const structs = new Map(
    [...key.matchAll(/(\w+)\(([^)]*)\)/g)].map(([, name = '', members = '']) => [
      name,
      members.split(',').map((member) => {
        const [type = '', memberName = ''] = member.split(' ')
        return { type, name: memberName }
      }),
    ]),
  )
  const follow = (type: string, path: string): string[] => {
    const list = /^(.*)\[\d*\]$/.exec(type)
    if (list) return follow(list[1] ?? '', `${path}.[]`)
    const members = structs.get(type)
    return members ? members.flatMap((each) => follow(each.type, join(path, each.name))) : [path]
  }
  return follow(key.slice(0, key.indexOf('(')), '')
}

function leavesOf({ name = '', type, ...rest }: AbiParameter, prefix: string): string[] {
  const lists = type.match(/\[\d*\]/g) ?? []
  const path = `${join(prefix, name)}${lists.map(() => '.[]').join('')}`
  const parts = 'components' in rest ? rest.components : []
  return parts.length === 0 ? [path] : parts.flatMap((part) => leavesOf(part, path))
}

const join = (prefix: string, name: string) => (prefix === '' ? name : `${prefix}.${name}`)

/** What somebody who reads the fields learns: their own values, and the tokens, contracts and amounts that they name. */
function listShownPaths(
  fields: readonly FieldSpec[],
  prefix: string,
  definitions: Readonly<Record<string, FieldSpec>>,
): string[] {
  return fields.flatMap((spec) => {
    const field = { ...definitions[spec.$ref?.replace('$.display.definitions.', '') ?? ''], ...spec }
    const base = (path: string) => {
      const plain = path.replace(/^#\.?/, '').replace(/\.?\[[^\]]*\]/g, '.[]')
      return path.startsWith('#') ? plain : join(prefix, plain)
    }
    const own = field.path === undefined ? prefix : base(field.path)
    if (field.fields) return listShownPaths(field.fields, own, definitions)
    if (field.path === undefined || /^[$@]/.test(field.path) || field.visible === 'never') return []
    const named = Object.entries(field.params ?? {}).flatMap(([name, value]) =>
      /Path$/.test(name) && typeof value === 'string' && !/^[$@]/.test(value) ? [base(value)] : [],
    )
    return [own, ...named]
  })
}
