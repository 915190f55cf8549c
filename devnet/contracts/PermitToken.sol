// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { ERC20Permit } from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import { IssuedToken } from "./IssuedToken.sol";

/// @notice An issued ERC-20 with EIP-2612 permits under domain version "1" (USDS, ZCHF, tGBP, UNI).
contract PermitToken is IssuedToken, ERC20Permit {
    constructor(string memory name_, string memory symbol_, uint8 decimals_)
        IssuedToken(name_, symbol_, decimals_)
        ERC20Permit(name_)
    {}

    function decimals() public view override(ERC20, IssuedToken) returns (uint8) {
        return IssuedToken.decimals();
    }
}
