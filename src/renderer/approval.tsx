import './api/zodWithoutEval.ts'
import '@fontsource-variable/source-sans-3/wght.css'
import '@fontsource-variable/source-code-pro/wght.css'
import './design/base.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { approvalApi } from './api/approvalApi.ts'
import { createQueryClient } from './api/createQueryClient.ts'
import { reportActivity } from './api/reportActivity.ts'
import { ApprovalWindow } from './app/ApprovalWindow.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no #root')

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <ApprovalWindow />
    </QueryClientProvider>
  </StrictMode>,
)
reportActivity(window, approvalApi())
