// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { IssuedToken } from "./IssuedToken.sol";

/// @notice A tokenised stock with the scaled amounts of ERC-8056: splits and reinvested dividends change the multiplier
/// by which wallets show balances; balances themselves never move.
contract TokenisedStock is IssuedToken {
    uint256 private _uiMultiplier = 1e18;
    uint256 public newUIMultiplier = 1e18;
    uint256 public effectiveAt;

    event UIMultiplierUpdated(
        uint256 oldMultiplier, uint256 newMultiplier, uint256 setAtTimestamp, uint256 effectiveAtTimestamp
    );
    event TransferWithScaledUI(address indexed from, address indexed to, uint256 value, uint256 uiValue);

    error EffectiveInThePast(uint256 effectiveAtTimestamp);

    constructor(string memory name_, string memory symbol_, uint8 decimals_)
        IssuedToken(name_, symbol_, decimals_)
    {}

    function uiMultiplier() public view returns (uint256) {
        return block.timestamp >= effectiveAt ? newUIMultiplier : _uiMultiplier;
    }

    function setUIMultiplier(uint256 newMultiplier, uint256 effectiveAtTimestamp) external onlyOwner {
        if (effectiveAtTimestamp < block.timestamp) revert EffectiveInThePast(effectiveAtTimestamp);
        uint256 current = uiMultiplier();
        _uiMultiplier = current;
        newUIMultiplier = newMultiplier;
        effectiveAt = effectiveAtTimestamp;
        emit UIMultiplierUpdated(current, newMultiplier, block.timestamp, effectiveAtTimestamp);
    }

    function toUIAmount(uint256 rawAmount) public view returns (uint256) {
        return Math.mulDiv(rawAmount, uiMultiplier(), 1e18);
    }

    function fromUIAmount(uint256 uiAmount) external view returns (uint256) {
        return Math.mulDiv(uiAmount, 1e18, uiMultiplier());
    }

    function balanceOfUI(address account) external view returns (uint256) {
        return toUIAmount(balanceOf(account));
    }

    function totalSupplyUI() external view returns (uint256) {
        return toUIAmount(totalSupply());
    }

    function _update(address from, address to, uint256 value) internal override(ERC20) {
        super._update(from, to, value);
        emit TransferWithScaledUI(from, to, value, toUIAmount(value));
    }
}
