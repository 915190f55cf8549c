import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Chain } from '../../../shared/contract/chains.ts'
import { mainApi } from '../../api/mainApi.ts'
import { queries } from '../../api/queries.ts'
import { useAction } from '../../api/useAction.ts'
import { Badge } from '../../design/Badge.tsx'
import { Button } from '../../design/Button.tsx'
import { Checkbox } from '../../design/Checkbox.tsx'
import { Notice } from '../../design/Notice.tsx'
import { useErrorText } from '../../i18n/useErrorText.ts'
import { AddNetworkDialog } from './AddNetworkDialog.tsx'
import { NodeForm } from './NodeForm.tsx'
import { NodeHealthList } from './NodeHealthList.tsx'
import { PrivateNodeForm } from './PrivateNodeForm.tsx'
import styles from './SettingsScreen.module.css'

/** Which chains are used, and through which nodes. */
export function NetworksSection() {
  const t = useTranslations('settings.networks')
  const chains = useQuery(queries.chains).data ?? []
  const [isAdding, setAdding] = useState(false)
  return (
    <>
      <p className={styles.lead}>{t('lead')}</p>
      <ul className={styles.networks}>
        {chains.map((chain) => (
          <NetworkEntry key={chain.chainId} chain={chain} />
        ))}
      </ul>
      <div className={styles.actions}>
        <span />
        <Button onClick={() => setAdding(true)}>{t('add')}</Button>
      </div>
      {isAdding && <AddNetworkDialog onClose={() => setAdding(false)} />}
    </>
  )
}

function NetworkEntry({ chain }: { readonly chain: Chain }) {
  const t = useTranslations('settings.networks')
  const errorText = useErrorText()
  const [isEditing, setEditing] = useState(false)
  const setEnabled = useAction(mainApi().chains.setEnabled)
  const remove = useAction(mainApi().chains.remove)
  const error = setEnabled.error ?? remove.error
  return (
    <li className={styles.network}>
      <div className={styles.networkLine}>
        <Checkbox
          role="switch"
          isChecked={chain.enabled}
          isDisabled={setEnabled.isPending}
          onChange={(enabled) => void setEnabled.run({ chainId: chain.chainId, enabled })}
        >
          <span className="visually-hidden">{t('on', { network: chain.name })}</span>
          <span aria-hidden="true">{chain.name}</span>
        </Checkbox>
        {chain.kind === 'practice' && <Badge>{t('practice')}</Badge>}
        {chain.isOwn && <Badge>{t('own')}</Badge>}
        <span className={styles.nodes}>{t('nodes', { count: chain.rpcUrls.length })}</span>
        <Button
          size="small"
          variant="quiet"
          aria-expanded={isEditing}
          aria-label={t('editWhat', { network: chain.name })}
          onClick={() => setEditing((editing) => !editing)}
        >
          {t('edit')}
        </Button>
      </div>
      {error && (
        <Notice tone="attention" role="alert">
          {errorText(error)}
        </Notice>
      )}
      {isEditing && chain.enabled && <NodeHealthList chainId={chain.chainId} network={chain.name} />}
      {isEditing && <NodeForm chain={chain} />}
      {isEditing && <PrivateNodeForm chain={chain} />}
      {isEditing && chain.isOwn && (
        <div className={styles.actions}>
          <span className={styles.nodes}>{chain.explorerUrl}</span>
          <Button
            size="small"
            isBusy={remove.isPending}
            onClick={() => void remove.run({ chainId: chain.chainId })}
          >
            {t('removeWhat', { network: chain.name })}
          </Button>
        </div>
      )}
    </li>
  )
}
