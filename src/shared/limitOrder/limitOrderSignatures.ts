/**
 * The functions of 1inch Limit Order Protocol v4 (part of Aggregation Router v6) that Minato calls and the signer reads. The contract
 * packs addresses into words, so its functions take numbers where the signed order has addresses.
 */
export const limitOrderSignatures = [
  'struct Order { uint256 salt; uint256 maker; uint256 receiver; uint256 makerAsset; uint256 takerAsset; uint256 makingAmount; uint256 takingAmount; uint256 makerTraits; }',
  'function hashOrder(Order order) view returns (bytes32)',
  'function fillOrder(Order order, bytes32 r, bytes32 vs, uint256 amount, uint256 takerTraits) payable returns (uint256, uint256, bytes32)',
  'function fillOrderArgs(Order order, bytes32 r, bytes32 vs, uint256 amount, uint256 takerTraits, bytes args) payable returns (uint256, uint256, bytes32)',
  'function fillContractOrder(Order order, bytes signature, uint256 amount, uint256 takerTraits) returns (uint256, uint256, bytes32)',
  'function fillContractOrderArgs(Order order, bytes signature, uint256 amount, uint256 takerTraits, bytes args) returns (uint256, uint256, bytes32)',
  'function cancelOrder(uint256 makerTraits, bytes32 orderHash)',
  'function cancelOrders(uint256[] makerTraits, bytes32[] orderHashes)',
  'function increaseEpoch(uint96 series)',
  'function epoch(address maker, uint96 series) view returns (uint256)',
  'function checkPredicate(bytes predicate) view returns (bool)',
  'function paused() view returns (bool)',
  'function bitInvalidatorForOrder(address maker, uint256 slot) view returns (uint256)',
  'function rawRemainingInvalidatorForOrder(address maker, bytes32 orderHash) view returns (uint256)',
] as const
