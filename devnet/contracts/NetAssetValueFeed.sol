// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { IERC20Metadata } from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import { IERC4626 } from "@openzeppelin/contracts/interfaces/IERC4626.sol";

/// @notice A feed, read like Chainlink's, of what one share of an ERC-4626 vault redeems for.
contract NetAssetValueFeed {
    uint8 public constant decimals = 8;
    uint256 public constant version = 4;
    IERC4626 public immutable vault;
    string public description;

    constructor(IERC4626 vault_, string memory description_) {
        vault = vault_;
        description = description_;
    }

    function latestAnswer() public view returns (int256) {
        // Converting a million shares keeps the answer's eighth decimal although the asset has only six.
        uint256 shares = 10 ** (vault.decimals() + 6);
        uint256 assets = vault.convertToAssets(shares);
        return int256(assets * 10 ** decimals / 10 ** (IERC20Metadata(vault.asset()).decimals() + 6));
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        // One round a block: the answer is computed at the moment of reading.
        uint80 round = uint80(block.number);
        return (round, latestAnswer(), block.timestamp, block.timestamp, round);
    }
}
