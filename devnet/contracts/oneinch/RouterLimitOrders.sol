// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import { EIP712 } from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { IWETH } from "@1inch/solidity-utils/contracts/interfaces/IWETH.sol";
import { OrderMixin } from "@1inch/limit-order-protocol-contract/contracts/OrderMixin.sol";

/// @notice 1inch Limit Order Protocol v4 under the EIP-712 domain of the live contract: at
/// 0x111111125421cA6dc452d289314280a0f8842A65 the protocol is part of "1inch Aggregation Router" version 6,
/// so an order signed for this chain has the same shape, hash and domain name as one signed for mainnet.
contract RouterLimitOrders is EIP712("1inch Aggregation Router", "6"), Ownable, OrderMixin {
    constructor(IWETH weth) OrderMixin(weth) Ownable(msg.sender) {}

    // The name is fixed by EIP-2612.
    function DOMAIN_SEPARATOR() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    function pause() external onlyOwner {
        _pause();
    }

    function unpause() external onlyOwner {
        _unpause();
    }
}
