/**
 * Code that answers every call with EIP-1271's "valid signature": put in the account's place during a simulation, it lets the
 * very bytes run that are signed later, with the permit's signature still blank. It takes coin like any account.
 *
 * CALLDATASIZE PUSH1 7 JUMPI STOP STOP STOP JUMPDEST PUSH4 0x1626ba7e PUSH1 0xe0 SHL PUSH1 0 MSTORE PUSH1 0x20 PUSH1 0 RETURN
 */
export const agreeingAccountCode = '0x366007570000005b631626ba7e60e01b60005260206000f3'
