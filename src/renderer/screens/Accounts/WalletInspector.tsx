import { useFormatter, useTranslations } from 'use-intl'
import { pathTemplates, type Wallet } from '../../../shared/contract/vault.ts'
import { mainApi } from '../../api/mainApi.ts'
import { useAction } from '../../api/useAction.ts'
import { Button } from '../../design/Button.tsx'
import { Checkbox } from '../../design/Checkbox.tsx'
import { Facts } from '../../design/Facts.tsx'
import { Icon } from '../../design/Icon.tsx'
import { Notice } from '../../design/Notice.tsx'
import type { AccountsDialogChoice } from './AccountsDialog.tsx'
import styles from './AccountsScreen.module.css'
import { kindOf } from './kindOf.ts'
import { LabelColourChoice } from './LabelColourChoice.tsx'
import { NameForm } from './NameForm.tsx'

interface WalletInspectorProps {
  readonly wallet: Wallet
  readonly isOnly: boolean
  readonly onDialog: (dialog: AccountsDialogChoice) => void
  readonly onOpenBackups: () => void
}

/** One wallet: its labels, what restores it, and what can be done with it. */
export function WalletInspector({ wallet, isOnly, onDialog, onOpenBackups }: WalletInspectorProps) {
  const t = useTranslations('accounts.wallet')
  const ta = useTranslations('accounts')
  const format = useFormatter()
  const update = useAction(mainApi().vault.updateWallet)
  const walletId = wallet.id
  const writeDay = (timeMs: number) => format.dateTime(timeMs, { dateStyle: 'medium' })
  const style = (['bip44', 'ledgerLive', 'legacyMew'] as const).find(
    (name) => pathTemplates[name] === wallet.pathTemplate,
  )
  return (
    <div className={styles.inspector}>
      <h2 className={styles.name}>{wallet.name}</h2>
      {wallet.passphrase === 'missing' && (
        <Notice
          tone="caution"
          title={t('passphraseMissing')}
          action={
            <Button size="small" onClick={() => onDialog({ kind: 'passphrase', wallet })}>
              {t('enterPassphrase')}
            </Button>
          }
        >
          {t('passphraseMissingText')}
        </Notice>
      )}
      <div className={styles.section}>
        <NameForm
          label={t('name')}
          name={wallet.name}
          isBusy={update.isPending}
          error={update.error}
          onRename={(name) => update.run({ walletId, name })}
        />
        <LabelColourChoice
          value={wallet.colour}
          onChange={(colour) => void update.run({ walletId, colour })}
        />
        {!isOnly && (
          <Checkbox
            isChecked={wallet.isHidden ?? false}
            onChange={(isHidden) => void update.run({ walletId, isHidden })}
          >
            {t('hide')}
          </Checkbox>
        )}
      </div>
      <Facts
        rows={[
          { term: t('kind'), detail: ta(`kinds.${kindOf(wallet)}`) },
          { term: t('madeAt'), detail: writeDay(wallet.createdAtMs) },
          ...(wallet.pathTemplate === undefined
            ? []
            : [
                {
                  term: t('paths'),
                  detail: style ? ta(`paths.${style}`) : <span className="mono">{wallet.pathTemplate}</span>,
                },
              ]),
          ...(wallet.passphrase === undefined
            ? []
            : [{ term: t('passphrase'), detail: t(`passphrases.${wallet.passphrase}`) }]),
          ...(wallet.kind === 'watchOnly'
            ? []
            : [
                {
                  term: t('verifiedAt'),
                  detail:
                    wallet.lastVerifiedAtMs === undefined ? t('never') : writeDay(wallet.lastVerifiedAtMs),
                },
              ]),
        ]}
      />
      <section className={styles.section}>
        {wallet.pathTemplate !== undefined && (
          <Button onClick={() => onDialog({ kind: 'discover', wallet })}>
            <Icon name="search" size={16} />
            {t('discover')}
          </Button>
        )}
        {wallet.kind === 'phrase' && (
          <Button onClick={() => onDialog({ kind: 'revealPhrase', wallet })}>
            <Icon name="eye" size={16} />
            {t('revealPhrase')}
          </Button>
        )}
        {wallet.kind !== 'watchOnly' && (
          <Button onClick={onOpenBackups}>
            <Icon name="backups" size={16} />
            {t('backups')}
          </Button>
        )}
        {!isOnly && (
          <Button variant="danger" onClick={() => onDialog({ kind: 'remove', wallet })}>
            <Icon name="remove" size={16} />
            {t('remove')}
          </Button>
        )}
      </section>
    </div>
  )
}
