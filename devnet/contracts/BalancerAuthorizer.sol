// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @notice The authorizer that the Balancer vault asks before its administration: one owner may do everything.
contract BalancerAuthorizer {
    address public immutable owner = msg.sender;

    function canPerform(bytes32, address account, address) external view returns (bool) {
        return account == owner;
    }
}
