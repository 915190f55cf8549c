import { existsSync } from 'node:fs'
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, password, test } from '../fixtures.ts'
import { AccountsPage } from '../pages/AccountsPage.ts'
import { ApprovalPage } from '../pages/ApprovalPage.ts'
import { OnboardingPage } from '../pages/OnboardingPage.ts'
import { SendPage } from '../pages/SendPage.ts'
import { ShellPage } from '../pages/ShellPage.ts'
import { UnlockPage } from '../pages/UnlockPage.ts'

test('without a keychain nothing happens before the user has chosen the password alone', async ({
  machine,
}) => {
  const { window } = await machine.launch({ env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' } })
  const onboarding = new OnboardingPage(window)
  await onboarding.choose('Practice on the local chain')
  await expect(window.getByText('The keychain of this computer cannot be used')).toBeVisible()
  await onboarding.choosePassword(password)
  await expect(window.getByText('Tick the box to go on without the keychain')).toBeVisible()
  expect(
    existsSync(join(machine.profile, 'vault')) ? await readdir(join(machine.profile, 'vault')) : [],
  ).toEqual([])
  await onboarding.choosePassword(password, { withoutKeychain: true })
  await onboarding.openWallet()
})

test('a keychain that is locked, does not answer or was lost is named as such, and the recovery kit opens', async ({
  machine,
  makeMachine,
}) => {
  const first = await machine.launch()
  const kit = await new OnboardingPage(first.window).beginPractice(password)
  await first.close()

  const { secretService } = machine
  await secretService.lock()
  await test.step('locked, and then frozen', async () => {
    const { window, close } = await machine.launch()
    const unlock = new UnlockPage(window)
    await unlock.unlock(password)
    await expect(unlock.alert).toContainText('or is locked. Unlock it and try again')
    secretService.freeze()
    try {
      await window.reload()
      await unlock.unlock(password)
      await expect(unlock.alert).toContainText('The keychain did not answer')
      await window.reload()
      await unlock.unlock(password, kit)
      await expect(window.getByRole('heading', { name: 'Portfolio' })).toBeVisible()
    } finally {
      secretService.thaw()
    }
    await close()
  })

  await test.step('lost', async () => {
    const other = await makeMachine()
    const { window } = await machine.launch({ env: other.secretService.clientEnvironment })
    const unlock = new UnlockPage(window)
    await unlock.unlock(password)
    await expect(unlock.alert).toContainText('keychain')
    await window.reload()
    await unlock.unlock(
      password,
      kit.replace(/.$/, (last) => (last === 'q' || last === 'Q' ? 'p' : 'q')),
    )
    await expect(unlock.alert).toContainText('typing error')
    await window.reload()
    await unlock.unlock(password, kit)
    await expect(window.getByRole('heading', { name: 'Portfolio' })).toBeVisible()
  })
})

test('a damaged record of activity keeps nobody from his keys, and a damaged vault file is never overwritten', async ({
  machine,
}) => {
  const first = await machine.launch()
  await new OnboardingPage(first.window).openPractice(password)
  await first.close()

  await test.step('the record is kept aside', async () => {
    await writeFile(
      join(machine.profile, 'minato.sqlite'),
      'not a database at all, but quite long enough to look like one',
    )
    const { window, close } = await machine.launch()
    const unlock = new UnlockPage(window)
    await unlock.unlock(password)
    await expect(window.getByRole('heading', { name: 'Portfolio' })).toBeVisible()
    expect(
      (await readdir(machine.profile)).filter((name) => /minato\.sqlite.+damaged/.test(name)),
    ).toHaveLength(1)
    await close()
  })

  await test.step('the vault file is named as such', async () => {
    const folder = join(machine.profile, 'vault')
    const damaged = new Map<string, Buffer>()
    for (const name of await readdir(folder)) {
      const path = join(folder, name)
      await truncate(path, Math.floor((await readFile(path)).length / 2))
      damaged.set(path, await readFile(path))
    }
    const { window } = await machine.launch()
    await expect(window.getByRole('heading', { name: 'The wallet file cannot be read' })).toBeVisible()
    for (const [path, bytes] of damaged) expect(await readFile(path)).toEqual(bytes)
  })
})

test('killed in the midst of its work, it begins anew with what it had promised', async ({ machine }) => {
  const first = await machine.launch()
  await new OnboardingPage(first.window).choose('Practice on the local chain')
  await new OnboardingPage(first.window).choosePassword(password)
  first.app.process().kill('SIGKILL')
  await first.close()

  const second = await machine.launch()
  const unlock = new UnlockPage(second.window)
  const beginning = second.window.getByRole('heading', { name: 'How would you like to begin?' })
  await expect(beginning.or(second.window.getByRole('heading', { name: 'Welcome back' }))).toBeVisible()
  if (await beginning.isVisible()) await new OnboardingPage(second.window).beginPractice(password)
  else await unlock.unlock(password)
  await expect(second.window.getByRole('heading', { name: 'Portfolio' })).toBeVisible()

  // What was said to be done stays done.
  const send = new SendPage(second.window)
  await send.open()
  await send.fill({ asset: 'USDC', amount: '25.5', recipient: 'hana.eth' })
  await send.submit()
  const opening = second.nextWindow()
  await send.continue()
  await new ApprovalPage(await opening).approve()
  await expect(second.window.getByRole('heading', { name: 'Arrived' })).toBeVisible()
  const accounts = new AccountsPage(second.window)
  await accounts.open()
  await accounts.openImport('Private key')
  await accounts.dialog.getByRole('textbox', { name: 'Private key' }).fill('7'.repeat(64))
  await accounts.finishImport('Savings')
  second.app.process().kill('SIGKILL')
  await second.close()
  const third = await machine.launch()
  await new UnlockPage(third.window).unlock(password)
  await new ShellPage(third.window).goTo('Activity')
  const sent = third.window.getByRole('listitem').filter({ hasText: 'Sent 25.5 USDC to hana.eth' })
  await expect(sent).toContainText('Confirmed')
  await new AccountsPage(third.window).open()
  await expect(new AccountsPage(third.window).accountsOf('Savings')).toHaveCount(1)

  // Whoever guesses wins no time by ending the app.
  await new ShellPage(third.window).lock()
  const guess = new UnlockPage(third.window)
  for (let count = 1; count < 5; count += 1) {
    await guess.unlock(`guess ${count}`)
    await expect(guess.alert).toContainText('That password is not right')
  }
  await guess.unlock('guess 5')
  await expect(guess.alert).toContainText('Try again in')
  third.app.process().kill('SIGKILL')
  await third.close()
  const fourth = await machine.launch()
  await expect(new UnlockPage(fourth.window).alert).toContainText('Try again in')
  await expect(fourth.window.getByRole('button', { name: 'Unlock', exact: true })).toBeDisabled()
})

test('a second start hands over to the first', async ({ machine }) => {
  const first = await machine.launch()
  await new OnboardingPage(first.window).expectShown()
  await expect(machine.launch()).rejects.toThrow('Minato is already running')
  await new OnboardingPage(first.window).expectShown()
})
