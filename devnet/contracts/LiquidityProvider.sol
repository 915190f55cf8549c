// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @notice Holds the seeded liquidity and acts for its owner in batches, which keeps the chain's history short.
contract LiquidityProvider {
    struct Call {
        address target;
        uint256 value;
        bytes data;
    }

    address public immutable owner;

    error NotOwner(address caller);
    error CallFailed(uint256 index, bytes reason);

    constructor(address owner_) payable {
        owner = owner_;
    }

    receive() external payable {}

    function execute(Call[] calldata calls) external payable returns (bytes[] memory results) {
        if (msg.sender != owner) revert NotOwner(msg.sender);
        results = new bytes[](calls.length);
        for (uint256 i = 0; i < calls.length; i++) {
            (bool success, bytes memory result) = calls[i].target.call{ value: calls[i].value }(calls[i].data);
            if (!success) revert CallFailed(i, result);
            results[i] = result;
        }
    }
}
