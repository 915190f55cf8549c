import { useTranslations } from 'use-intl'
import type { Account, Wallet } from '../../../shared/contract/vault.ts'
import { mainApi } from '../../api/mainApi.ts'
import { useAction } from '../../api/useAction.ts'
import { Address } from '../../design/Address.tsx'
import { Button } from '../../design/Button.tsx'
import { Checkbox } from '../../design/Checkbox.tsx'
import { Facts } from '../../design/Facts.tsx'
import { Icon } from '../../design/Icon.tsx'
import { Notice } from '../../design/Notice.tsx'
import { DelegationNotices } from '../../parts/DelegationNotices.tsx'
import type { AccountsDialogChoice } from './AccountsDialog.tsx'
import styles from './AccountsScreen.module.css'
import { LabelColourChoice } from './LabelColourChoice.tsx'
import { NameForm } from './NameForm.tsx'

interface AccountInspectorProps {
  readonly account: Account
  readonly wallet: Wallet
  readonly onDialog: (dialog: AccountsDialogChoice) => void
}

/** One account: its labels, its address, what it signs, and its key behind the password. */
export function AccountInspector({ account, wallet, onDialog }: AccountInspectorProps) {
  const t = useTranslations('accounts.account')
  const update = useAction(mainApi().vault.updateAccount)
  const accountId = account.id
  return (
    <div className={styles.inspector}>
      <h2 className={styles.name}>{account.name}</h2>
      <DelegationNotices account={account} />
      <div className={styles.section}>
        <NameForm
          label={t('name')}
          name={account.name}
          isBusy={update.isPending}
          error={update.error}
          onRename={(name) => update.run({ accountId, name })}
        />
        <LabelColourChoice
          value={account.colour}
          onChange={(colour) => void update.run({ accountId, colour })}
        />
        <Checkbox
          isChecked={account.isHidden ?? false}
          onChange={(isHidden) => void update.run({ accountId, isHidden })}
        >
          {t('hide')}
        </Checkbox>
        <p className={styles.hint}>{t('hideHint')}</p>
      </div>
      <Facts
        rows={[
          { term: t('address'), detail: <Address address={account.address} />, isWide: true },
          { term: t('wallet'), detail: wallet.name },
          ...(account.path === undefined
            ? []
            : [{ term: t('path'), detail: <span className="mono">{account.path}</span> }]),
        ]}
      />
      {account.isWatchOnly ? (
        <Notice tone="info">{t('noKey')}</Notice>
      ) : (
        <section className={styles.section}>
          <Button onClick={() => onDialog({ kind: 'message', account })}>
            <Icon name="check" size={16} />
            {t('message')}
          </Button>
          <h3 className={styles.subtitle}>{t('keys')}</h3>
          <Button onClick={() => onDialog({ kind: 'revealKey', account })}>
            <Icon name="eye" size={16} />
            {t('revealKey')}
          </Button>
          <Button onClick={() => onDialog({ kind: 'keystore', account })}>
            <Icon name="save" size={16} />
            {t('exportKeystore')}
          </Button>
        </section>
      )}
    </div>
  )
}
