import { activity } from './activity.ts'
import { approval } from './approval.ts'
import { common } from './common.ts'
import { errors } from './errors.ts'
import { onboarding } from './onboarding.ts'
import { portfolio } from './portfolio.ts'
import { receive } from './receive.ts'
import { send } from './send.ts'
import { settings } from './settings.ts'
import { shell } from './shell.ts'
import { swap } from './swap.ts'
import { unlock } from './unlock.ts'

/** The English catalogue: the one from which the keys and the arguments of all others are checked. */
export const en = {
  activity,
  approval,
  common,
  errors,
  onboarding,
  portfolio,
  receive,
  send,
  settings,
  shell,
  swap,
  unlock,
} as const
