import { activityContract } from './activity.ts'
import { addressBookContract } from './addressBook.ts'
import { allowancesContract } from './allowances.ts'
import { appContract } from './app.ts'
import { approvalsContract } from './approvals.ts'
import { callsContract } from './calls.ts'
import { chainsContract } from './chains.ts'
import { delegationsContract } from './delegations.ts'
import { descriptorsContract } from './descriptors.ts'
import { messagesContract } from './messages.ts'
import { ordersContract } from './orders.ts'
import { paymentsContract } from './payments.ts'
import { performanceContract } from './performance.ts'
import { portfolioContract } from './portfolio.ts'
import { pricesContract } from './prices.ts'
import { realWorldAssetsContract } from './realWorldAssets.ts'
import { registryContract } from './registry.ts'
import { rulesContract } from './rules.ts'
import { settingsContract } from './settings.ts'
import { shelterContract } from './shelter.ts'
import { signedOrdersContract } from './signedOrders.ts'
import { stablecoinsContract } from './stablecoins.ts'
import { swapsContract } from './swaps.ts'
import { tokensContract } from './tokens.ts'
import { transfersContract } from './transfers.ts'
import { vaultContract } from './vault.ts'

/** All that the main window may ask. It can request a signature, and has no route that gives one. */
export const mainWindowContract = {
  app: appContract,
  settings: settingsContract,
  vault: vaultContract,
  rules: rulesContract,
  messages: messagesContract,
  delegations: delegationsContract,
  descriptors: descriptorsContract,
  calls: callsContract,
  chains: chainsContract,
  tokens: tokensContract,
  portfolio: portfolioContract,
  performance: performanceContract,
  prices: pricesContract,
  transfers: transfersContract,
  payments: paymentsContract,
  addressBook: addressBookContract,
  swaps: swapsContract,
  orders: ordersContract,
  /** Orders that are signed for others to fill. */
  offers: signedOrdersContract,
  activity: activityContract,
  allowances: allowancesContract,
  stablecoins: stablecoinsContract,
  realWorldAssets: realWorldAssetsContract,
  registry: registryContract,
  shelter: shelterContract,
} as const

/** All that the approval window may ask: the only place where an approval is given. */
export const approvalWindowContract = {
  app: { getInfo: appContract.getInfo, noteActivity: appContract.noteActivity },
  settings: { get: settingsContract.get, changed: settingsContract.changed },
  tokens: { listScales: tokensContract.listScales, scalesChanged: tokensContract.scalesChanged },
  approvals: approvalsContract,
} as const
