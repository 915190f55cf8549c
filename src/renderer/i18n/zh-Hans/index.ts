import type { Catalogue } from '../catalogue.ts'
import { accounts } from './accounts.ts'
import { activity } from './activity.ts'
import { allowances } from './allowances.ts'
import { approval } from './approval.ts'
import { assets } from './assets.ts'
import { backups } from './backups.ts'
import { calls } from './calls.ts'
import { common } from './common.ts'
import { errors } from './errors.ts'
import { onboarding } from './onboarding.ts'
import { orders } from './orders.ts'
import { portfolio } from './portfolio.ts'
import { price } from './price.ts'
import { realWorldAssets } from './realWorldAssets.ts'
import { receive } from './receive.ts'
import { rules } from './rules.ts'
import { send } from './send.ts'
import { settings } from './settings.ts'
import { shell } from './shell.ts'
import { stablecoins } from './stablecoins.ts'
import { swap } from './swap.ts'
import { unlock } from './unlock.ts'

/** The catalogue in Chinese, simplified. */
export const zhHans: Catalogue = {
  assets,
  realWorldAssets,
  stablecoins,
  accounts,
  activity,
  allowances,
  approval,
  backups,
  calls,
  common,
  errors,
  onboarding,
  orders,
  portfolio,
  price,
  receive,
  rules,
  send,
  settings,
  shell,
  swap,
  unlock,
}
