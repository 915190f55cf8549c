import { parseAbi, toFunctionSelector } from 'viem'
import type { Hex } from './ActivityRecord.ts'

/** Functions that people meet most, by their published signatures. */
const known = new Map(
  parseAbi([
    'function approve(address, uint256)',
    'function claim()',
    'function claim(address)',
    'function claimRewards()',
    'function cancelOrder(uint256, bytes32)',
    'function delegate(address)',
    'function deposit()',
    'function deposit(uint256)',
    'function deposit(uint256, address)',
    'function donate(uint256)',
    'function execute(bytes, bytes[], uint256)',
    'function exit()',
    'function getReward()',
    'function mint(address, uint256)',
    'function mint(uint256, address)',
    'function multicall(bytes[])',
    'function multicall(uint256, bytes[])',
    'function permit(address, address, uint256, uint256, uint8, bytes32, bytes32)',
    'function redeem(uint256, address, address)',
    'function register(address)',
    'function safeTransferFrom(address, address, uint256)',
    'function setApprovalForAll(address, bool)',
    'function stake(uint256)',
    'function submit(address)',
    'function transfer(address, uint256)',
    'function transferFrom(address, address, uint256)',
    'function unstake(uint256)',
    'function vote(uint256, bool)',
    'function withdraw()',
    'function withdraw(uint256)',
    'function withdraw(uint256, address, address)',
  ]).map((item) => [toFunctionSelector(item), item.name] as const),
)

/** The function that calldata asks for: its name where the selector is a known one, else the selector; none without calldata. */
export function nameMethod(data: Hex): string | undefined {
  if (data.length < 10) return undefined
  const selector = data.slice(0, 10) as Hex
  return known.get(selector) ?? selector
}
