import type { ErrorMessageKey } from '../errorMessageKey.ts'

export const errors = {
  internal:
    'Something went wrong inside Minato. Nothing was sent. Try again; if it happens again, restart the application.',
  request_invalid:
    'Minato refused a request that makes no sense to it. Restart the application and try again.',
  request_timeout: 'There was no answer in time. Try again.',
  vault_exists:
    'There is already a wallet on this machine. Unlock it, and import this one from the account menu.',
  vault_missing: 'There is no wallet on this machine yet. Create or import one.',
  vault_locked: 'The wallet is locked. Unlock it and try again.',
  vault_wrongPassword: 'That password is not right. Check the keyboard layout and Caps Lock, and try again.',
  vault_weakPassword: 'This password is too weak. Use at least 8 characters.',
  vault_throttled: 'Too many wrong passwords. Wait a little before the next attempt.',
  vault_damaged:
    'The wallet file is damaged. Restore it from a backup, or restore the wallet from its recovery phrase.',
  vault_unsupportedVersion:
    'This wallet file was written by a newer Minato. Update the application to open it.',
  vault_kdfOutOfBounds:
    'The wallet file asks for an unreasonable amount of work, so it may have been tampered with. Restore it from a backup.',
  vault_writeFailed:
    'The wallet could not be saved. Check that the disk has space and can be written to, then try again. Nothing was lost.',
  vault_draftExpired:
    'This recovery phrase has expired before the wallet was made. Start again with a new one.',
  vault_confirmationFailed: 'The words do not match the phrase. Go back and check your paper.',
  keychain_unavailable:
    'The keychain of this computer cannot be used. Make it available and try again, or use the recovery kit.',
  keychain_lockedOrMissing:
    'The keychain does not hold this wallet’s secret, or is locked. Unlock it and try again, or use the recovery kit.',
  keychain_mismatch: 'The keychain holds the secret of another wallet. Use the recovery kit of this one.',
  keychain_timeout:
    'The keychain did not answer. Look for a prompt behind this window and try again, or use the recovery kit.',
  recoveryKit_invalid:
    'This recovery kit code has a typing error. Compare it with your paper, character by character.',
  recoveryKit_mismatch:
    'This code belongs to another wallet or backup. Look for the one that you wrote down with this one.',
  phrase_wrongWordCount: 'A recovery phrase has 12, 15, 18, 21 or 24 words. Check that no word is missing.',
  phrase_unknownWord:
    '{position, select, none {One of the words} other {Word {position}}} is not a recovery word. Check its spelling.',
  phrase_wrongChecksum:
    'These words do not fit together. One is wrong or two are swapped: compare them with your paper.',
  privateKey_invalid:
    'This is not a private key. A key is 64 digits and letters from a to f, with or without 0x.',
  keystore_invalid: 'This is not a keystore file that Minato can read. Choose a version 3 file (JSON).',
  keystore_wrongPassword:
    'This password does not open the keystore file. Use the one that it was saved with.',
  keystore_tooCostly:
    'This keystore file asks for an unreasonable amount of work. Export the key anew from the wallet that wrote the file.',
  shares_invalid:
    '{position, select, none {One of the shares} other {Share {position}}} has a typing error, or belongs to another set. Compare it with your paper.',
  shares_insufficient: 'These shares are not enough. Add another one of the same set.',
  passphrase_wrong: 'This passphrase leads to another wallet. Check capitals and spaces, and try again.',
  passphrase_needed: 'This wallet needs its passphrase first. Enter it in the wallet’s settings.',
  backup_invalid: 'This file is not a backup of Minato, or it is damaged. Choose another file.',
  backup_wrongPassword:
    'This password does not open the backup. Use the one that you chose when you made it.',
  backup_codeNeeded:
    'This file opens with a code beside the password: the code of the backup, or of a wallet file its recovery kit. You find it on your paper.',
  wallet_hasNoSecret:
    'This wallet does not have what you ask for: an address that is only watched has no key, and a single key has no phrase.',
  path_invalid:
    'This path cannot be used. It begins with m/44’ and has exactly one place for the account’s number.',
  wallet_duplicate: 'This wallet is already here. You find it in the account menu.',
  wallet_missing: 'This wallet is not here any more. Choose another.',
  account_missing: 'This account is not here any more. Choose another.',
  account_limitReached: 'This wallet has as many accounts as it can have. Use another wallet.',
  signer_stopped:
    'The part of Minato that holds the keys has stopped, and the wallet is locked. Unlock it and try again.',
  chain_unknown: 'Minato does not know this network. Choose another.',
  chain_unreachable:
    'No node of this network answers. Check your connection, or set another node in the settings.',
  chain_wrongChainId: 'The node serves another network. Set the right node in the settings.',
  chain_behind:
    'The node is behind the network. Wait until it has caught up, or set another node in the settings.',
  chain_nodesDisagree:
    'Two nodes of this network contradict each other about {subject, select, balance {your balance} nonce {the number of your transactions} token {your token balance} other {the newest block}}{node, select, none {} other {: {node} and {other}}}. Nothing is shown or sent on the word of either. Try again, or remove the node that you do not trust in the settings.',
  chain_proofFailed:
    '{node, select, none {A node} other {{node}}} said something about your account that the chain’s own proof does not bear out. It is not shown, and nothing is sent on it. Set another node in the settings.',
  chain_rpcFailed: 'The node refused the request. Try again, or set another node in the settings.',
  chain_invalidRpcUrl: 'This is not the address of a node. Use https://, or http:// on this machine.',
  chain_alreadyKnown: 'This network is already there. Set its nodes under its name.',
  chain_nameTaken: 'Another network has this name. Give it one that cannot be mistaken.',
  tokenList_invalid:
    'This is not a token list ({reason, select, name {it has no name} version {it has no version} tokens {it names no token} size {it is larger than 4 MB} other {it is not JSON}}). Check where it comes from.',
  tokenList_unreachable: 'The list could not be fetched. Check its https:// address and your connection.',
  tokenList_duplicate: 'This list is already there, in this version.',
  tokenList_missing: 'This list is not there any more.',
  chain_noFaucet: 'This network has no practice money.',
  chain_faucetRefused: 'The practice chain did not give any money. Try again in a moment.',
  address_invalid: 'This is not an address or a name. An address is 0x and 40 more characters.',
  address_wrongChecksum:
    'This address has a typing error: its capital letters do not match. Copy it again from its source.',
  name_notFound: 'Nobody has this name, or it points to no address. Check its spelling.',
  name_unsupported: 'Names cannot be looked up on this network. Use the address.',
  amount_invalid:
    'Type the amount as a plain number, with a full stop for decimals and nothing between the thousands.',
  amount_tooManyDecimals:
    'This asset has {decimals, select, none {fewer decimals} other {at most {decimals} decimals}}. Shorten the amount.',
  amount_zero: 'Type an amount above zero.',
  amount_overBalance: 'You have less than that. Lower the amount, or choose Max.',
  fee_notAffordable:
    'The account has too little of the network’s coin to pay the fee. Add some, or lower the amount.',
  token_unknown: 'Minato does not know this token. Check the contract’s address.',
  multiSend_unavailable:
    'This network has no contract that pays several at once. Send to one after the other.',
  multiSend_toContract:
    'One of the recipients is a contract, which could credit the coin to somebody else. Send to it by itself.',
  multiSend_repeated: 'A recipient stands in the list twice. Put its amounts together.',
  transfer_toSelf: 'Sender and recipient are the same account. Choose another recipient.',
  transfer_toTokenContract:
    'This is the token’s own contract. What is sent there is lost. Check the recipient.',
  transfer_simulationFailed:
    'The transfer could not be tried on your node, so it is not offered for signing. Try again, or set another node.',
  transfer_wouldRevert:
    'The token’s contract would refuse this transfer{reason, select, none {} other { ({reason})}}. Nothing was sent.',
  transfer_previewExpired: 'This review is out of date. Review the transfer again.',
  allowance_missing: 'This right is no longer in the list. Look again.',
  allowance_mixed: 'These rights cannot end together. Choose those of one account on one network.',
  activity_notReplaceable:
    '{reason, select, settled {It is in a block already, or given up: there is nothing to replace.} private {It was sent privately. Withdraw it instead; then nothing is paid.} permit {This trade carries a one-time permit and cannot be repeated. Cancel it, and trade anew at the price of now.} kind {A transaction of this kind cannot be replaced.} other {Minato did not sign this transaction, so it cannot replace it.}}',
  activity_missing: 'This entry is no longer there. Open the activity again.',
  transfer_broadcastFailed:
    'No node took the transaction. Nothing has moved. Try again, or set another node.',
  swap_superseded: 'Something newer was asked meanwhile. Its answer follows.',
  swap_quoteExpired: 'This quote is out of date. Nothing was sent. Look at the new one.',
  swap_priceMoved:
    'The price has moved beyond your tolerance since this quote. Nothing was sent. Look at the new quote.',
  swap_wouldRevert:
    'The contracts would refuse this trade{reason, select, none {} other { ({reason})}}. Nothing was sent.',
  swap_simulationFailed:
    'The trade could not be tried on your node, so it is not offered for signing. Try again, or set another node.',
  swap_simulationMismatch:
    'Your node says that this trade would do something else than what Minato computed. Nothing was sent. Try again, or set another node.',
  swap_channelUnavailable:
    'This way of sending is not available on this network. Nothing was sent. Choose another one.',
  asset_transferRefused:
    '{symbol, select, none {This token} other {{symbol}}} cannot be moved like this: {rule, select, paused {its issuer has stopped all transfers} senderFrozen {the sender is frozen by the issuer} recipientFrozen {the recipient is frozen by the issuer} amountFrozen {a part of the balance is frozen, and the rest is not enough} senderNotVerified {the sender is not a verified holder} recipientNotVerified {the recipient is not a verified holder} senderMayNotSend {the sender may not send it} recipientMayNotReceive {the recipient may not receive it} partitionClosed {nobody here may move this partition, or it is closed} complianceRefused {the rules of the asset do not allow this transfer} deprecated {this contract was replaced by a newer one} other {its contract refuses}}{words, select, none {} other { (“{words}”)}}. Nothing was sent.',
  asset_holdersUnreadable:
    'The holders of {symbol, select, none {this token} other {{symbol}}} could not be read from this node. Set a node that keeps all logs, and try again.',
  order_invalid:
    '{reason, select, coin {A signed order moves tokens, not the coin. Choose its wrapped form.} price {This price cannot be used. Enter a number above zero.} expiry {The order ends too soon or too late. Choose an end within a year, after its last part.} sides {These prices contradict each other. Put the stop on the losing side and the target on the winning side.} sameToken {Both sides are the same token. Choose two different ones.} unlistedToken {No list knows this token, so no order can be armed for it. Choose a listed one.} noMarket {Nothing joins these two tokens now, so there is no market price. Set a price yourself.} noTriggerMarket {No pool joins these two tokens, directly or through one of the common ones, so nothing would ever trigger the order. Choose another pair.} noVenue {There is no exchange that Minato knows on this network.} bracketSide {A bracket buys first and sells after. Swap the two tokens to do the opposite.} timeInForce {Only limit and market orders can act at once. Choose another duration.} minimumFill {The smallest fill is larger than the order. Make it smaller.} postOnly {Only a limit order can wait without taking. Choose a limit order.} size {This amount does not fit the order. Check it.} other {This order cannot be placed as it is. Check its amounts, prices and dates.}}',
  order_refused: 'This order could not be taken. Nothing was armed. Check it and try again.',
  order_missing: 'This order is not here any more.',
  order_notOpen: 'This order is over already, so nothing was changed.',
  order_busy: 'A fill of this order is on its way. Wait until it has arrived, then try again.',
  order_wouldCross:
    'This order would be filled at once, and it was told to wait. Choose a price further away.',
  order_notFilledAtOnce:
    'The market cannot fill all of this now at your price. Nothing was armed. Choose another price, or let the order wait.',
  order_notFillable:
    '{reason, select, amount {Nothing can be filled for this amount. Choose another one.} forSomebodyElse {This order names the only address that may fill it, and it is not this account. Choose that account.} expired {This order has ended.} usedUp {This order was filled or cancelled.} unfunded {Whoever made this order does not hold, or does not allow, what it gives. Ask them.} own {This account made the order itself. Fill it from another account, or cancel it.} allowance {Nothing more has to be allowed for this order.} other {This order cannot be filled now.}}',
  order_unreadable:
    '{reason, select, newerVersion {This order was written by a newer Minato. Update to read it.} damaged {This order is damaged. Ask for it again, and take care that all of it is copied.} signature {The signature is not by whoever the order names. Do not trust where it came from.} unsupported {This order does more than exchange two amounts, so nobody could say truthfully what it does. Minato does not use it.} chain {This order is for a network that is not on. Turn it on under Settings.} contract {This order is for a contract that Minato does not know. Do not use it.} other {This is no signed order. Choose a file that Minato saved, or paste the whole link.}}',
  order_known: 'This order is here already.',
  order_publicOnly:
    'On this network everybody would see the fill before it happens. Allow public sending to go on.',
  signing_beyondIntent:
    'When it was tried, this transaction did something else than what was asked for: {reason, select, otherTokenLeaves {something else leaves your account} leavesMore {more leaves your account than was said} otherRecipient {it goes to somebody else} movesNothing {nothing arrives anywhere} arrivesLess {less arrives than the least that was promised} otherAllowance {somebody gets the right to take your tokens} givesAll {somebody gets the right to take a whole collection} givesOwnership {you would give a contract away} delegateCall {somebody else’s code would act in your account’s name} other {it cannot be explained}}. Nothing was signed.',
  signing_wouldFail:
    'Tried on your node, the contract refuses this transaction{reason, select, none {} other { ({reason})}}. Nothing was signed.',
  registry_known: 'This contract is in the registry already.',
  registry_unreadable:
    'Your own registry file cannot be read, so nothing was changed in it. Mend or remove it first.',
  payment_noRate:
    'No feed says what {symbol, select, none {this currency} other {{symbol}}} is worth on this network. Choose another currency or network.',
  payment_noCoin:
    'No coin of {symbol, select, none {this currency} other {{symbol}}} can be paid with here. Choose a coin of another currency.',
  payment_tooLittle:
    'No single holding on this network is worth enough to buy what is missing. Pay less, or swap into the coin first.',
  payment_noRoute:
    'No pools lead to {symbol, select, none {this coin} other {{symbol}}} for this amount. Choose another coin.',
  shelter_noRoute:
    'No pool trades into {symbol, select, none {this coin} other {{symbol}}} now, so the plan stops here. What was moved stays moved. Change the basket, or try again later.',
  shelter_basketInvalid: 'The weights of the basket must make 100%, each coin once. Change the basket.',
  shelter_alreadyArmed: 'A flight is armed already. Disarm it first.',
  shelter_planMissing: 'This plan is not here any more. Look at a new preview.',
  call_dataInvalid:
    'This is no data of a call. It starts with 0x and has an even number of the digits 0 to 9 and a to f.',
  signing_notApproved: 'The transaction was not approved. Nothing was signed.',
  signing_expired:
    'The request expired before it was approved. Nothing was signed. Review the transfer again.',
  signing_unknownRequest:
    'The signer does not know this request. Nothing was signed. Review the transfer again.',
  signing_digestMismatch:
    'The bytes to be signed have changed since they were shown. Nothing was signed. If this happens again, do not use this machine.',
  signing_undecodable: 'The signer cannot read what this transaction does, so it will not sign it.',
  signing_wrongAccount: 'The transaction belongs to another account. Nothing was signed.',
  signing_busy: 'Another approval is open. Decide on that one first.',
  signing_watchOnly:
    'This address is only watched. Its key is not in this vault, so nothing can be signed for it.',
  signing_wrongChain: 'This message is for another network than the one in use. Nothing was signed.',
  signing_delegateNotAllowed: 'Minato does not let this contract act for an account. Nothing was signed.',
  rule_missing: 'This standing rule is not here any more. Make a new one.',
  rule_invalid: 'This standing rule cannot hold as it is. Check its amounts and its dates.',
  rule_notCovered: 'No standing rule allows this. Nothing was signed.',
  storage_damaged:
    'Minato’s record of activity is damaged. Your keys and money are not affected. Restore the data folder from a backup.',
  storage_writeFailed:
    'Minato cannot write to its data folder. Check that the disk has space, then try again.',
  settings_invalid: 'This setting cannot be used. Choose another value.',
  file_writeFailed: 'The file could not be saved. Choose another place, or check that the disk has space.',
} as const satisfies Record<ErrorMessageKey, string>
