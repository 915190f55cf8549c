import { type ApprovalApi, approvalApi } from './approvalApi.ts'

/** The one question about tokens that both windows may ask, whichever this is. */
export function scalesApi(): ApprovalApi['tokens'] {
  return approvalApi().tokens
}
