import { parseUnits } from 'viem'
import type { AccountRole } from '../accounts.ts'
import { TOKEN_CATALOGUE, tokenDefinition, unitsWorth } from './tokenCatalogue.ts'

/** What an account holds of each token at the start, in the token's units. */
export interface Holding {
  role: AccountRole
  /** In wei; absent leaves anvil's 10,000 ETH. */
  ether?: bigint
  tokens: Record<string, bigint>
}

/** Only verified accounts may hold the building, and of the credit fund there is little: both are given out by name. */
const RATIONED = ['TOWER7', 'QCRD']

const everyToken = (dollars: bigint): Record<string, bigint> =>
  Object.fromEntries(
    TOKEN_CATALOGUE.filter(({ key }) => !RATIONED.includes(key)).map(({ key }) => [
      key,
      unitsWorth(key, dollars),
    ]),
  )

const exactly = (amounts: Record<string, string>): Record<string, bigint> =>
  Object.fromEntries(
    Object.entries(amounts).map(([key, amount]) => [key, parseUnits(amount, tokenDefinition(key).decimals)]),
  )

const ether = (amount: string) => parseUnits(amount, 18)

/** The balances that the accounts start with. The practice account's are a household's, not a whale's. */
export const HOLDINGS: Holding[] = [
  {
    role: 'practice',
    ether: ether('25'),
    tokens: exactly({
      WETH: '4',
      WBTC: '0.25',
      UNI: '150',
      LINK: '120',
      AAVE: '2',
      USDC: '12500',
      USDT: '6000',
      DAI: '3000',
      USDS: '1500',
      PYUSD: '800',
      EURC: '2500',
      EURS: '400',
      JPYC: '350000',
      XSGD: '1200',
      ZCHF: '900',
      tGBP: '750',
      PAXG: '0.5',
      TBILL: '5000',
      HKTR: '20',
      TOWER7: '30',
      QCRD: '2000',
    }),
  },
  {
    role: 'friend',
    ether: ether('10'),
    tokens: exactly({ USDC: '2000', EURC: '500', JPYC: '80000', WETH: '1', TOWER7: '5' }),
  },
  { role: 'arbitrageur', tokens: { ...everyToken(5_000_000n), ...exactly({ TOWER7: '500' }) } },
  { role: 'traderOne', tokens: everyToken(500_000n) },
  { role: 'traderTwo', tokens: everyToken(500_000n) },
  { role: 'attacker', tokens: exactly({ WETH: '2000', USDC: '2000000', USDT: '2000000' }) },
  {
    role: 'faucet',
    ether: ether('1000000'),
    tokens: { ...everyToken(20_000_000n), ...exactly({ TOWER7: '20000', QCRD: '500000' }) },
  },
  { role: 'lapsedInvestor', ether: ether('5'), tokens: exactly({ USDC: '1000', TOWER7: '12' }) },
  { role: 'outsider', ether: ether('100'), tokens: {} },
]

/** Accounts with an identity claim for the building; the lapsed investor loses it after receiving. */
export const VERIFIED_ROLES: AccountRole[] = ['practice', 'friend', 'arbitrageur', 'faucet', 'lapsedInvestor']
