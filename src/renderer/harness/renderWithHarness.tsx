import { QueryClientProvider } from '@tanstack/react-query'
import { configure, render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createQueryClient } from '../api/createQueryClient.ts'
import { App } from '../app/App.tsx'
import { ApprovalWindow } from '../app/ApprovalWindow.tsx'
import { createHarness, type HarnessOptions } from './createHarness.ts'

// What is waited for has no deadline of its own.
configure({ asyncUtilTimeout: 30_000 })

/** Opens a window of the app on the in-memory other side. */
export function renderWithHarness(which: 'main' | 'approval', options: HarnessOptions = {}) {
  const harness = createHarness(options)
  Object.assign(window, { minato: which === 'main' ? harness.mainApi : harness.approvalApi })
  const client = createQueryClient()
  const view = render(
    <QueryClientProvider client={client}>
      {which === 'main' ? <App /> : <ApprovalWindow />}
    </QueryClientProvider>,
  )
  return { harness, client, user: userEvent.setup({ delay: null }), ...view }
}
