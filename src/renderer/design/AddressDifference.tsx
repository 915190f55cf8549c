import styles from './AddressDifference.module.css'

interface AddressDifferenceProps {
  readonly address: string
  /** What it is compared with. */
  readonly other: string
}

/** An address in full; the characters in which it differs from another one are marked by colour and underline. */
export function AddressDifference({ address, other }: AddressDifferenceProps) {
  const digits = address.slice(2).toLowerCase()
  const compared = other.slice(2).toLowerCase()
  const groups = digits.match(/.{1,4}/g) ?? []
  return (
    <span className={styles.hex} translate="no">
      <span className={styles.group}>0x</span>
      {groups.map((group, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the position is what identifies a group of one fixed text.
        <span key={index} className={styles.group}>
          {[...group].map((character, place) =>
            character === compared[index * 4 + place] ? (
              character
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above.
              <mark key={place} className={styles.different}>
                {character}
              </mark>
            ),
          )}
        </span>
      ))}
    </span>
  )
}
