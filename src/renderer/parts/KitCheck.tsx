import { type ReactNode, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../design/Button.tsx'
import dialogStyles from '../design/DialogForm.module.css'
import { Field } from '../design/Field.tsx'
import { TextInput } from '../design/TextInput.tsx'
import { PaperCode } from './PaperCode.tsx'

interface KitCheckProps {
  readonly read: () => Uint8Array<ArrayBuffer> | undefined
  readonly onRight: () => void
  /** Another way on, beside the first button. */
  readonly aside?: ReactNode
}

/** How many groups are asked for: enough to know that the paper is there and is this one. */
const askedGroups = 3

/** Shows a recovery kit for paper, then covers it and asks for some of its groups. */
export function KitCheck({ read, onRight, aside }: KitCheckProps) {
  const t = useTranslations('backups.kit')
  const [positions, setPositions] = useState<readonly number[]>()
  const [wrong, setWrong] = useState<readonly number[]>([])
  const formRef = useRef<HTMLFormElement>(null)
  const fieldOf = (position: number) =>
    formRef.current?.querySelector<HTMLInputElement>(`input[name="group-${position}"]`) ?? null
  const check = (asked: readonly number[]) => {
    const groups = groupsOf(read())
    const mistakes = asked.filter(
      (position) => plain(fieldOf(position)?.value ?? '') !== plain(groups[position - 1] ?? ''),
    )
    setWrong(mistakes)
    const [firstMistake] = mistakes
    if (firstMistake === undefined) onRight()
    else fieldOf(firstMistake)?.focus()
  }
  if (!positions) {
    return (
      <>
        <PaperCode
          read={read}
          label={t('code')}
          lead={t('keep')}
          qrLabel={t('qr')}
          fileName={t('fileName')}
          testId="recovery-kit-code"
        />
        <div className={dialogStyles.actions}>
          {aside}
          <Button variant="primary" onClick={() => setPositions(choosePositions(groupsOf(read()).length))}>
            {t('written')}
          </Button>
        </div>
      </>
    )
  }
  return (
    <form
      ref={formRef}
      className={dialogStyles.form}
      onSubmit={(event) => {
        event.preventDefault()
        check(positions)
      }}
    >
      <p>{t('checkHint')}</p>
      {positions.map((position, index) => (
        <Field
          key={position}
          label={t('check', { position: String(position) })}
          error={wrong.includes(position) ? t('checkWrong', { position: String(position) }) : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              name={`group-${position}`}
              isMono
              autoFocus={index === 0}
              maxLength={16}
            />
          )}
        </Field>
      ))}
      <div className={dialogStyles.actions}>
        <Button
          onClick={() => {
            setPositions(undefined)
            setWrong([])
          }}
        >
          {t('again')}
        </Button>
        <Button variant="primary" type="submit">
          {t('checkSubmit')}
        </Button>
      </div>
    </form>
  )
}

function groupsOf(code: Uint8Array<ArrayBuffer> | undefined): readonly string[] {
  return new TextDecoder().decode(code).split(/[-\s]+/)
}

/** Places of a code, counted from one, in order; never the first, which is the same on every kit. */
function choosePositions(count: number): readonly number[] {
  const chosen = new Set<number>()
  while (chosen.size < Math.min(askedGroups, count - 1)) {
    const [random = 0] = crypto.getRandomValues(new Uint32Array(1))
    chosen.add(2 + (random % (count - 1)))
  }
  return [...chosen].sort((a, b) => a - b)
}

/** As the signer reads it: case, gaps and the look-alikes that its alphabet leaves out do not matter. */
function plain(group: string): string {
  return group
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{Pd}_.]/gu, '')
    .replaceAll('o', '0')
    .replaceAll(/[i1]/g, 'l')
}
