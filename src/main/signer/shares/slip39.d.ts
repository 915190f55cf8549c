declare module 'slip39' {
  interface Node {
    readonly mnemonics: string[]
  }
  const slip39: {
    fromArray(
      masterSecret: number[],
      options: {
        passphrase: string
        threshold: number
        groups: [threshold: number, count: number, title: string][]
        iterationExponent: number
        extendableBackupFlag: 0 | 1
      },
    ): { fromPath(path: string): Node }
    recoverSecret(mnemonics: string[], passphrase: string): number[]
    validateMnemonic(mnemonic: string): boolean
  }
  export = slip39
}
