import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Approval } from '../../shared/contract/approvals.ts'
import { unwrapResult } from '../../shared/errors/Result.ts'
import { approvalApi } from '../api/approvalApi.ts'
import { queries } from '../api/queries.ts'
import { takeEvent } from '../api/takeEvent.ts'
import { ApprovalScreen } from '../screens/Approval/ApprovalScreen.tsx'
import { NothingToApprove } from '../screens/Approval/NothingToApprove.tsx'
import styles from './App.module.css'
import { HostBanner } from './HostBanner.tsx'
import { Localised } from './Localised.tsx'

const currentApproval = queryOptions({
  queryKey: ['approval', 'current'],
  queryFn: async () => unwrapResult(await approvalApi().approvals.getCurrent()),
})
const approvalSettings = queryOptions({
  queryKey: ['approval', 'settings'],
  queryFn: async () => unwrapResult(await approvalApi().settings.get()),
})
const approvalAppInfo = queryOptions({
  queryKey: ['approval', 'info'],
  queryFn: async () => unwrapResult(await approvalApi().app.getInfo()),
})

/** The approval window: the only place where an approval is given. */
export function ApprovalWindow() {
  const client = useQueryClient()
  const settings = useQuery(approvalSettings)
  const appInfo = useQuery(approvalAppInfo)
  const { data: approval } = useQuery(currentApproval)
  useEffect(() => {
    const subscriptions = [
      approvalApi().approvals.changed((next) => takeEvent(client, currentApproval.queryKey, next)),
      approvalApi().tokens.scalesChanged((next) => takeEvent(client, queries.tokenScales.queryKey, next)),
      approvalApi().settings.changed((next) => takeEvent(client, approvalSettings.queryKey, next)),
    ]
    return () => {
      for (const unsubscribe of subscriptions) unsubscribe()
    }
  }, [client])
  return (
    <Localised settings={settings.data} appInfo={appInfo.data}>
      <div className={styles.window}>
        {appInfo.data?.host === 'stand-in' && <HostBanner />}
        <div className={styles.face}>
          {approval && <ApprovalScreen key={keyOf(approval)} approval={approval} />}
          {approval === null && <NothingToApprove />}
        </div>
      </div>
    </Localised>
  )
}

function keyOf(approval: Approval): string {
  const { requestId, digest } = 'request' in approval ? approval.request : approval.message
  return `${requestId}:${digest}`
}
