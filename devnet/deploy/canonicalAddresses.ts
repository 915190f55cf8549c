/**
 * Mainnet addresses of the contracts that stand at the same place here, so that what is known by address (Multicall3,
 * Permit2, the 1inch order domain, CREATE2 pool addresses of the factories) holds on this chain too.
 */
export const CANONICAL_ADDRESSES = {
  weth: '0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2',
  multicall3: '0xcA11bde05977b3631167028862bE2a173976CA11',
  permit2: '0x000000000022D473030F116dDEE9F6B43aC78BA3',
  ensRegistry: '0x00000000000C2E074eC69A0dFb2997BA6C7d2e1e',
  uniswapV2Factory: '0x5C69bEe701ef814a2B6a3EDD4B1652CB9cc5aA6f',
  uniswapV2Router02: '0x7a250d5630B4cF539739dF2C5dAcb4c659F2488D',
  uniswapV3Factory: '0x1F98431c8aD98523631AE4a59f267346ea31F984',
  uniswapV3PositionManager: '0xC36442b4a4522E871399CD717aBDD847Ab11FE88',
  uniswapV3SwapRouter02: '0x68b3465833fb72A70ecDF485E0e4C7bD8665Fc45',
  uniswapV3QuoterV2: '0x61fFE014bA17989E743c5F6cB21bF9697530B21e',
  uniswapV3TickLens: '0xbfd8137f7d1516D3ea5cA83523914859ec47F573',
  uniswapV4PoolManager: '0x000000000004444c5dc75cB358380D2e3dE08A90',
  uniswapV4PositionManager: '0xbD216513d74C8cf14cf4747E6AaA6420FF64ee9e',
  uniswapV4Quoter: '0x52F0E24D1c21C8A0cB1e5a5dD6198556BD9E1203',
  uniswapV4StateView: '0x7fFE42C4a5DEeA5b0feC41C94C136Cf115597227',
  universalRouter: '0x66a9893cC07D91D95644AEDD05D03f95e1dBA8Af',
  balancerVault: '0xBA12222222228d8Ba445958a75a0704d566BF2C8',
  limitOrderProtocol: '0x111111125421cA6dc452d289314280a0f8842A65',
} as const
