export const unlock = {
  title: 'Welcome back',
  lead: 'Enter your password to open the wallet.',
  submit: 'Unlock',
  unlocking: 'Unlocking…',
  throttled: 'Too many wrong passwords. Try again in {seconds, plural, one {# second} other {# seconds}}.',
  orders: {
    title: 'Orders wait',
    text: '{count, plural, one {# open order waits} other {# open orders wait}}: nothing is filled while Minato is locked or closed.',
  },
  keychain: {
    title: 'The keychain is needed and cannot be used',
    absent: 'No keychain service was found. Start the keychain of your desktop, or use the recovery kit.',
    locked: 'The keychain is locked. Unlock it in your system, then try again; or use the recovery kit.',
    timeout: 'The keychain did not answer. Look for a prompt behind this window, or use the recovery kit.',
    failed: 'The keychain answered with an error. Restart your desktop’s keychain, or use the recovery kit.',
    checkAgain: 'Check the keychain again',
  },
  kit: {
    use: 'Use the recovery kit',
    stop: 'Use the keychain instead',
    label: 'Recovery kit code',
    hint: 'As printed; spaces and dashes do not matter.',
  },
  passwordOnly: 'This wallet is protected by the password alone.',
  damaged: {
    title: 'The wallet file cannot be read',
    lead: 'A wallet file is here, but it is damaged or was only partly written. Minato has not changed it and will not overwrite it.',
    stepsTitle: 'What you can do',
    step1:
      'If you have a backup of Minato’s data folder, close Minato, put the wallet file back, and start again.',
    step2:
      'If you have your recovery phrase, move the damaged file to a safe place. Minato will then let you restore the wallet from the phrase.',
    step3: 'Do not delete the damaged file until everything is back.',
    check: 'Check again',
    backupTitle: 'A backup copy can be opened',
    backupText:
      'Minato keeps a copy of the wallet as it was saved before. Your password opens it; the damaged file is moved aside, not deleted. Accounts that you added since may have to be added again.',
    useBackup: 'Use the backup copy',
    openBackup: 'Open the backup copy',
  },
} as const
