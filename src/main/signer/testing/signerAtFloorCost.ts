/** The signer process with the real keychain and the cheapest key derivation that is allowed. */
import { connectParent } from '../connectParent.ts'
import { loadKeytar } from '../keychain/loadKeytar.ts'
import { serveSigner } from '../serveSigner.ts'
import { kdfFloor } from '../vault/kdfParameters.ts'

serveSigner(connectParent(), {
  loadKeychain: loadKeytar,
  nowMs: () => Date.now(),
  kdf: { keychain: kdfFloor, password: kdfFloor },
})
