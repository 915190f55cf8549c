import { useTranslations } from 'use-intl'
import styles from './Address.module.css'
import { AddressFlag } from './AddressFlag.tsx'
import { CopyButton } from './CopyButton.tsx'

interface AddressProps {
  readonly address: string
  readonly name?: string | undefined
  /** Where the name comes from: a name without a source is a claim. */
  readonly nameFrom?:
    | 'account'
    | 'contact'
    | 'ens'
    | 'contract'
    | 'token'
    | 'list'
    | 'computed'
    | 'descriptor'
  /** `full` shows every character, in groups of four. */
  readonly look?: 'full' | 'short'
  readonly canCopy?: boolean
}

/** An address with its name, where the name comes from, and the address itself. */
export function Address({ address, name, nameFrom, look = 'full', canCopy = true }: AddressProps) {
  const t = useTranslations('common')
  return (
    <span className={styles.address}>
      <AddressFlag address={address} />
      <span className={styles.lines}>
        {name !== undefined && (
          <span className={styles.name}>
            {name}
            {nameFrom && <span className={styles.source}> · {t(`nameFrom.${nameFrom}`)}</span>}
          </span>
        )}
        {look === 'full' ? <GroupedHex hex={address} /> : <ShortHex hex={address} />}
      </span>
      {canCopy && <CopyButton text={address} what={t('address')} />}
    </span>
  )
}

/** Hexadecimal in groups of four: gaps are drawn, not written, so that what is selected is the value itself. */
export function GroupedHex({ hex }: { readonly hex: string }) {
  const groups = hex.slice(2).match(/.{1,4}/g) ?? []
  return (
    <span className={styles.hex} translate="no">
      <span className={styles.prefix}>0x</span>
      {groups.map((group, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the position is what identifies a group of one fixed text.
        <span key={index} className={styles.group}>
          {group}
        </span>
      ))}
    </span>
  )
}

function ShortHex({ hex }: { readonly hex: string }) {
  return (
    <span className={styles.hex} title={hex} translate="no">
      {hex.slice(0, 8)}…{hex.slice(-6)}
    </span>
  )
}
