/** Multicall3, the same contract on every chain that has it: calls others with the coin that goes along, all or nothing. */
export const multiSendSignatures = [
  'struct Call3Value { address target; bool allowFailure; uint256 value; bytes callData; }',
  'function aggregate3Value(Call3Value[] calls) payable returns ((bool success, bytes returnData)[] results)',
] as const

/** Payments in one transaction: more would not fit into a window that a person reads. */
export const mostPayments = 100
