import type { Api } from '../../shared/contract/createApi.ts'
import type { approvalWindowContract } from '../../shared/contract/windows.ts'

export type ApprovalApi = Api<typeof approvalWindowContract>

/** The approval window's only way out. Throws where the preload is missing. */
export function approvalApi(): ApprovalApi {
  if (window.minato === undefined) throw new Error('The preload of the approval window did not run')
  return window.minato as ApprovalApi
}
