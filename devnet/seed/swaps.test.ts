import {
  type Address,
  concatHex,
  encodeAbiParameters,
  encodePacked,
  erc20Abi,
  type Hex,
  maxUint256,
  numberToHex,
  parseAbi,
  parseAbiParameters,
  zeroAddress,
} from 'viem'
import { beforeEach, describe, expect, it } from 'vitest'
import { ACCOUNT_ADDRESSES } from '../accounts.ts'
import { CANONICAL_ADDRESSES as at } from '../deploy/canonicalAddresses.ts'
import { setUpTestChain } from '../testing/setUpTestChain.ts'
import { transact } from '../testing/transact.ts'

const test = setUpTestChain()

const V3_SWAP_EXACT_IN = 0x00
const V2_SWAP_EXACT_IN = 0x08
const PERMIT2_PERMIT = 0x0a
const WRAP_ETH = 0x0b
const V4_SWAP = 0x10
const SWAP_EXACT_IN_SINGLE = 0x06
const SETTLE_ALL = 0x0c
const TAKE_ALL = 0x0f
/** The router's word for its caller, and for itself. */
const CALLER = '0x0000000000000000000000000000000000000001'
const ROUTER = '0x0000000000000000000000000000000000000002'
const USDC_IN = 1_000_000_000n

const routerAbi = parseAbi([
  'function execute(bytes commands, bytes[] inputs, uint256 deadline) payable',
  'error V2TooLittleReceived()',
])
const permit2Abi = parseAbi([
  'function approve(address token, address spender, uint160 amount, uint48 expiration)',
])
const poolKeyTuple = '(address currency0, address currency1, uint24 fee, int24 tickSpacing, address hooks)'

const command = (code: number) => numberToHex(code, { size: 1 })
const balanceOf = (token: Address, owner: Address) =>
  test.client.readContract({ address: token, abi: erc20Abi, functionName: 'balanceOf', args: [owner] })

const execute = (commands: number[], inputs: Hex[], value = 0n) =>
  transact(test, test.wallet('practice'), {
    address: at.universalRouter,
    abi: routerAbi,
    functionName: 'execute',
    args: [concatHex(commands.map(command)), inputs, maxUint256],
    value,
  })

const v2Input = (
  recipient: Address,
  amountIn: bigint,
  least: bigint,
  path: Address[],
  payerIsUser: boolean,
) =>
  encodeAbiParameters(parseAbiParameters('address, uint256, uint256, address[], bool'), [
    recipient,
    amountIn,
    least,
    path,
    payerIsUser,
  ])

/** What the practice account gains of a token, over an action. */
async function gainOf(token: Address, act: () => Promise<unknown>): Promise<bigint> {
  const before = await balanceOf(token, ACCOUNT_ADDRESSES.practice)
  await act()
  return (await balanceOf(token, ACCOUNT_ADDRESSES.practice)) - before
}

describe('the Universal Router', () => {
  beforeEach(async () => {
    const wallet = test.wallet('practice')
    const usdc = test.token('USDC')
    await transact(test, wallet, {
      address: usdc,
      abi: erc20Abi,
      functionName: 'approve',
      args: [at.permit2, maxUint256],
    })
    await transact(test, wallet, {
      address: at.permit2,
      abi: permit2Abi,
      functionName: 'approve',
      args: [usdc, at.universalRouter, 2n ** 160n - 1n, 2 ** 48 - 1],
    })
  })

  // A thousand dollars buy 0.2857 WETH, less the fee and the impact.
  const leastWeth = 280_000_000_000_000_000n
  const mostWeth = 285_714_285_714_285_714n

  it('swaps over a V2 pair', async () => {
    const path = [test.token('USDC'), at.weth]
    const gain = await gainOf(at.weth, () =>
      execute([V2_SWAP_EXACT_IN], [v2Input(CALLER, USDC_IN, leastWeth, path, true)]),
    )
    expect(gain).toBeGreaterThan(leastWeth)
    expect(gain).toBeLessThan(mostWeth)
  })

  it('refuses a V2 swap that would give less than the minimum', async () => {
    const path = [test.token('USDC'), at.weth]
    const attempt = execute([V2_SWAP_EXACT_IN], [v2Input(CALLER, USDC_IN, mostWeth, path, true)])
    await expect(attempt).rejects.toThrow('V2TooLittleReceived')
  })

  it.each([100, 500, 3000, 10000])('swaps over the V3 pool of tier %i', async (fee) => {
    const path = encodePacked(['address', 'uint24', 'address'], [test.token('USDC'), fee, at.weth])
    const input = encodeAbiParameters(parseAbiParameters('address, uint256, uint256, bytes, bool'), [
      CALLER,
      USDC_IN,
      leastWeth,
      path,
      true,
    ])
    const gain = await gainOf(at.weth, () => execute([V3_SWAP_EXACT_IN], [input]))
    expect(gain).toBeGreaterThan(leastWeth)
    expect(gain).toBeLessThan(mostWeth)
  })

  const v4Input = (
    key: { currency0: Address; currency1: Address; fee: number; tickSpacing: number },
    amount: bigint,
  ) => {
    const exactIn = encodeAbiParameters(
      parseAbiParameters(
        `(${poolKeyTuple} poolKey, bool zeroForOne, uint128 amountIn, uint128 amountOutMinimum, bytes hookData)`,
      ),
      [
        {
          poolKey: { ...key, hooks: zeroAddress },
          zeroForOne: true,
          amountIn: amount,
          amountOutMinimum: 1n,
          hookData: '0x',
        },
      ],
    )
    const settle = encodeAbiParameters(parseAbiParameters('address, uint256'), [key.currency0, amount])
    const take = encodeAbiParameters(parseAbiParameters('address, uint256'), [key.currency1, 1n])
    const actions = concatHex([SWAP_EXACT_IN_SINGLE, SETTLE_ALL, TAKE_ALL].map(command))
    return encodeAbiParameters(parseAbiParameters('bytes, bytes[]'), [actions, [exactIn, settle, take]])
  }

  it('swaps native ether over a V4 pool', async () => {
    const usdc = test.token('USDC')
    const amount = 10n ** 17n
    const input = v4Input({ currency0: zeroAddress, currency1: usdc, fee: 500, tickSpacing: 10 }, amount)
    const gain = await gainOf(usdc, () => execute([V4_SWAP], [input], amount))
    expect(gain).toBeGreaterThan(349_000_000n)
    expect(gain).toBeLessThan(350_000_000n)
  })

  it('swaps two ERC-20 tokens over a V4 pool', async () => {
    const pool = test.chain.manifest.pools.find(
      ({ kind, tokens }) =>
        kind === 'uniswapV4' && tokens.includes(test.token('USDT')) && tokens.includes(test.token('USDC')),
    )
    const [currency0, currency1] = pool?.tokens ?? []
    if (currency0 === undefined || currency1 === undefined) throw new Error('no V4 USDC/USDT pool')
    // Whichever comes first is sold: USDT cannot be approved twice without a zero between, once is enough.
    const wallet = test.wallet('practice')
    if (currency0 === test.token('USDT')) {
      await transact(test, wallet, {
        address: currency0,
        abi: parseAbi(['function approve(address spender, uint256 value)']),
        functionName: 'approve',
        args: [at.permit2, maxUint256],
      })
      await transact(test, wallet, {
        address: at.permit2,
        abi: permit2Abi,
        functionName: 'approve',
        args: [currency0, at.universalRouter, 2n ** 160n - 1n, 2 ** 48 - 1],
      })
    }
    const input = v4Input({ currency0, currency1, fee: 100, tickSpacing: 1 }, USDC_IN)
    const gain = await gainOf(currency1, () => execute([V4_SWAP], [input]))
    expect(gain).toBeGreaterThan(999_000_000n)
    expect(gain).toBeLessThan(1_000_000_000n)
  })

  it('wraps ether and swaps it in one transaction', async () => {
    const dai = test.token('DAI')
    const amount = 10n ** 17n
    const wrap = encodeAbiParameters(parseAbiParameters('address, uint256'), [ROUTER, amount])
    const gain = await gainOf(dai, () =>
      execute(
        [WRAP_ETH, V2_SWAP_EXACT_IN],
        [wrap, v2Input(CALLER, amount, 1n, [at.weth, dai], false)],
        amount,
      ),
    )
    expect(gain).toBeGreaterThan(348n * 10n ** 18n)
  })

  it('takes a signed Permit2 permit and swaps in one transaction', async () => {
    const wallet = test.wallet('practice')
    const eurc = test.token('EURC')
    await transact(test, wallet, {
      address: eurc,
      abi: erc20Abi,
      functionName: 'approve',
      args: [at.permit2, maxUint256],
    })
    const permit = {
      details: { token: eurc, amount: USDC_IN, expiration: 2 ** 48 - 1, nonce: 0 },
      spender: at.universalRouter,
      sigDeadline: maxUint256,
    } as const
    const signature = await wallet.signTypedData({
      account: wallet.account,
      domain: { name: 'Permit2', chainId: 31337, verifyingContract: at.permit2 },
      primaryType: 'PermitSingle',
      types: {
        PermitSingle: [
          { name: 'details', type: 'PermitDetails' },
          { name: 'spender', type: 'address' },
          { name: 'sigDeadline', type: 'uint256' },
        ],
        PermitDetails: [
          { name: 'token', type: 'address' },
          { name: 'amount', type: 'uint160' },
          { name: 'expiration', type: 'uint48' },
          { name: 'nonce', type: 'uint48' },
        ],
      },
      message: permit,
    })
    const permitInput = encodeAbiParameters(
      parseAbiParameters(
        '((address token, uint160 amount, uint48 expiration, uint48 nonce) details, address spender, uint256 sigDeadline), bytes',
      ),
      [permit, signature],
    )
    const path = encodePacked(['address', 'uint24', 'address'], [eurc, 500, test.token('USDC')])
    const swap = encodeAbiParameters(parseAbiParameters('address, uint256, uint256, bytes, bool'), [
      CALLER,
      USDC_IN,
      1n,
      path,
      true,
    ])
    const gain = await gainOf(test.token('USDC'), () =>
      execute([PERMIT2_PERMIT, V3_SWAP_EXACT_IN], [permitInput, swap]),
    )
    // 1000 euro coins at 1.15, less 0.05% and the impact.
    expect(gain).toBeGreaterThan(1_148_000_000n)
    expect(gain).toBeLessThan(1_150_000_000n)
  })
})

describe('the quoters', () => {
  it('of V3 and V4 give what a swap gives', async () => {
    const quoterV2Abi = parseAbi([
      'struct Params { address tokenIn; address tokenOut; uint256 amountIn; uint24 fee; uint160 sqrtPriceLimitX96; }',
      'function quoteExactInputSingle(Params params) returns (uint256 amountOut, uint160, uint32, uint256)',
    ])
    const v4QuoterAbi = parseAbi([
      'struct PoolKey { address currency0; address currency1; uint24 fee; int24 tickSpacing; address hooks; }',
      'struct QuoteParams { PoolKey poolKey; bool zeroForOne; uint128 exactAmount; bytes hookData; }',
      'function quoteExactInputSingle(QuoteParams params) returns (uint256 amountOut, uint256 gasEstimate)',
    ])
    const usdc = test.token('USDC')
    const v3 = await test.client.simulateContract({
      address: at.uniswapV3QuoterV2,
      abi: quoterV2Abi,
      functionName: 'quoteExactInputSingle',
      args: [{ tokenIn: at.weth, tokenOut: usdc, amountIn: 10n ** 18n, fee: 500, sqrtPriceLimitX96: 0n }],
    })
    const v4 = await test.client.simulateContract({
      address: at.uniswapV4Quoter,
      abi: v4QuoterAbi,
      functionName: 'quoteExactInputSingle',
      args: [
        {
          poolKey: { currency0: zeroAddress, currency1: usdc, fee: 500, tickSpacing: 10, hooks: zeroAddress },
          zeroForOne: true,
          exactAmount: 10n ** 18n,
          hookData: '0x',
        },
      ],
    })
    for (const quote of [v3.result[0], v4.result[0]]) {
      expect(quote).toBeGreaterThan(3_490_000_000n)
      expect(quote).toBeLessThan(3_500_000_000n)
    }
  })
})

describe('the Balancer vault', () => {
  it('swaps within its stable pool near one to one', async () => {
    const pool = test.chain.manifest.pools.find(({ kind }) => kind === 'balancerStable')
    if (pool?.poolId === undefined) throw new Error('no Balancer pool')
    const vaultAbi = parseAbi([
      'struct SingleSwap { bytes32 poolId; uint8 kind; address assetIn; address assetOut; uint256 amount; bytes userData; }',
      'struct Funds { address sender; bool fromInternalBalance; address recipient; bool toInternalBalance; }',
      'function swap(SingleSwap singleSwap, Funds funds, uint256 limit, uint256 deadline) payable returns (uint256)',
    ])
    const wallet = test.wallet('practice')
    const [usdc, dai] = [test.token('USDC'), test.token('DAI')]
    await transact(test, wallet, {
      address: usdc,
      abi: erc20Abi,
      functionName: 'approve',
      args: [at.balancerVault, USDC_IN],
    })
    const account = wallet.account.address
    const gain = await gainOf(dai, () =>
      transact(test, wallet, {
        address: at.balancerVault,
        abi: vaultAbi,
        functionName: 'swap',
        args: [
          { poolId: pool.poolId, kind: 0, assetIn: usdc, assetOut: dai, amount: USDC_IN, userData: '0x' },
          { sender: account, fromInternalBalance: false, recipient: account, toInternalBalance: false },
          999n * 10n ** 18n,
          maxUint256,
        ],
      }),
    )
    expect(gain).toBeGreaterThan(999n * 10n ** 18n)
    expect(gain).toBeLessThan(1000n * 10n ** 18n)
  })
})
