import { encodePacked, erc20Abi, getCreate2Address, keccak256, parseAbi } from 'viem'
import { describe, expect, it } from 'vitest'
import { ACCOUNT_ADDRESSES } from '../accounts.ts'
import { CANONICAL_ADDRESSES } from '../deploy/canonicalAddresses.ts'
import { setUpTestChain } from '../testing/setUpTestChain.ts'
import { TOKEN_CATALOGUE } from './tokenCatalogue.ts'

const test = setUpTestChain()

describe('contracts of the local chain', () => {
  it('all have code at the addresses of the manifest', async () => {
    const { contracts, tokenList, feeds, pools } = test.chain.manifest
    const addresses = [
      ...Object.values(contracts),
      ...tokenList.tokens.map(({ address }) => address),
      ...feeds.map(({ address }) => address),
      ...pools.flatMap(({ address }) => (address === undefined ? [] : [address])),
    ]
    expect(addresses.length).toBeGreaterThan(90)
    for (const address of new Set(addresses)) {
      expect((await test.client.getCode({ address }))?.length, address).toBeGreaterThan(100)
    }
  })

  it('stand where mainnet has them, and know each other', async () => {
    expect(test.chain.manifest.contracts).toMatchObject(CANONICAL_ADDRESSES)
    const abi = parseAbi([
      'function factory() view returns (address)',
      'function WETH() view returns (address)',
      'function WETH9() view returns (address)',
      'function poolManager() view returns (address)',
      'function permit2() view returns (address)',
      'function getProtocolFeesCollector() view returns (address)',
    ])
    const at = CANONICAL_ADDRESSES
    const read = (address: `0x${string}`, functionName: (typeof abi)[number]['name']) =>
      test.client.readContract({ address, abi, functionName })
    expect(await read(at.uniswapV2Router02, 'factory')).toBe(at.uniswapV2Factory)
    expect(await read(at.uniswapV2Router02, 'WETH')).toBe(at.weth)
    expect(await read(at.uniswapV3PositionManager, 'factory')).toBe(at.uniswapV3Factory)
    expect(await read(at.uniswapV3SwapRouter02, 'WETH9')).toBe(at.weth)
    expect(await read(at.uniswapV3QuoterV2, 'factory')).toBe(at.uniswapV3Factory)
    expect(await read(at.uniswapV4PositionManager, 'poolManager')).toBe(at.uniswapV4PoolManager)
    expect(await read(at.uniswapV4PositionManager, 'permit2')).toBe(at.permit2)
    expect(await read(at.uniswapV4Quoter, 'poolManager')).toBe(at.uniswapV4PoolManager)
    expect(await read(at.uniswapV4StateView, 'poolManager')).toBe(at.uniswapV4PoolManager)
    expect(await read(at.balancerVault, 'WETH')).toBe(at.weth)
    // The collector is created by the vault's constructor: here as on mainnet, its first creation.
    const collector = await read(at.balancerVault, 'getProtocolFeesCollector')
    expect(collector).toBe('0xce88686553686DA562CE7Cea497CE749DA109f9F')
  })

  it('sign under the domains of the real ones', async () => {
    const abi = parseAbi([
      'function eip712Domain() view returns (bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)',
    ])
    const { limitOrderProtocol } = CANONICAL_ADDRESSES
    const domain = await test.client.readContract({
      address: limitOrderProtocol,
      abi,
      functionName: 'eip712Domain',
    })
    expect(domain.slice(1, 5)).toEqual(['1inch Aggregation Router', '6', 31337n, limitOrderProtocol])
  })

  it('answer for many tokens in one multicall', async () => {
    const { tokens } = test.chain.manifest.tokenList
    const calls = tokens.flatMap(({ address }) => [
      { address, abi: erc20Abi, functionName: 'name' } as const,
      { address, abi: erc20Abi, functionName: 'symbol' } as const,
      { address, abi: erc20Abi, functionName: 'decimals' } as const,
    ])
    const answers = await test.client.multicall({
      contracts: calls,
      allowFailure: false,
      multicallAddress: CANONICAL_ADDRESSES.multicall3,
    })
    const listed = tokens.flatMap(({ name, symbol, decimals }) => [name, symbol, decimals])
    expect(answers.map((answer) => (typeof answer === 'bigint' ? Number(answer) : answer))).toEqual(listed)
    expect(tokens).toHaveLength(TOKEN_CATALOGUE.length)
  })

  it('compute pool addresses offline as CREATE2 gives them', () => {
    const pairOf = (token0: `0x${string}`, token1: `0x${string}`) =>
      getCreate2Address({
        from: CANONICAL_ADDRESSES.uniswapV2Factory,
        salt: keccak256(encodePacked(['address', 'address'], [token0, token1])),
        bytecodeHash: '0x96e8ac4277198ff8b6f785478aa9a39f403cb768dd02cbee326c3e7da348845f',
      })
    const pairs = test.chain.manifest.pools.filter(({ kind }) => kind === 'uniswapV2')
    expect(pairs.length).toBeGreaterThan(8)
    for (const { tokens, address } of pairs) {
      const [token0, token1] = tokens
      if (token0 === undefined || token1 === undefined) throw new Error('a pair has two tokens')
      expect(pairOf(token0, token1)).toBe(address)
    }
  })

  it('hold the documented balances for the practice account', async () => {
    const { practice } = ACCOUNT_ADDRESSES
    expect(await test.client.getBalance({ address: practice })).toBe(25n * 10n ** 18n)
    const balance = (symbol: string) =>
      test.client.readContract({
        address: test.token(symbol),
        abi: erc20Abi,
        functionName: 'balanceOf',
        args: [practice],
      })
    expect(await balance('USDC')).toBe(12_500_000_000n)
    expect(await balance('EURS')).toBe(40_000n)
    expect(await balance('WBTC')).toBe(25_000_000n)
    expect(await balance('TOWER7')).toBe(30n * 10n ** 18n)
    for (const { symbol } of test.chain.manifest.tokenList.tokens) {
      expect(await balance(symbol), symbol).toBeGreaterThan(0n)
    }
  })
})

describe('the token list', () => {
  it('fits the schema of tokenlists.org', () => {
    const { tokenList } = test.chain.manifest
    expect(tokenList.timestamp).toBe(new Date(tokenList.timestamp).toISOString())
    for (const [id, { name, description }] of Object.entries(tokenList.tags)) {
      expect(id).toMatch(/^\w{1,10}$/)
      expect(name).toMatch(/^[ \w-]{1,20}$/)
      expect(description).toMatch(/^[ \w.,:-]{1,200}$/)
    }
    for (const token of tokenList.tokens) {
      expect(token.symbol).toMatch(/^\S{1,20}$/)
      expect(token.name.length).toBeLessThanOrEqual(60)
      expect(token.tags.every((tag) => tag in tokenList.tags)).toBe(true)
      expect(Object.keys(token.extensions ?? {}).every((key) => /^\w{1,40}$/.test(key))).toBe(true)
    }
  })

  it('has at least eight stablecoins in five currencies, and none of the hostile tokens', () => {
    const { tokenList, contracts } = test.chain.manifest
    const stablecoins = tokenList.tokens.filter(({ tags }) => tags.includes('stablecoin'))
    expect(stablecoins.length).toBeGreaterThanOrEqual(8)
    expect(new Set(stablecoins.map(({ extensions }) => extensions?.currency)).size).toBeGreaterThanOrEqual(5)
    const hostile = Object.entries(contracts).filter(([name]) => name.startsWith('hostile'))
    expect(hostile.length).toBeGreaterThanOrEqual(8)
    for (const [, address] of hostile)
      expect(tokenList.tokens.map((token) => token.address)).not.toContain(address)
  })
})
