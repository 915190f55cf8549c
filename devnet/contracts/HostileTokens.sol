// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { IssuedToken } from "./IssuedToken.sol";

/// @notice Keeps one percent of every transfer: the receiver gets less than was sent.
contract FeeOnTransferToken is IssuedToken {
    constructor() IssuedToken("Toll Road Coin", "TOLL", 18) {}

    function _update(address from, address to, uint256 value) internal override {
        if (from == address(0) || to == address(0)) return super._update(from, to, value);
        uint256 fee = value / 100;
        super._update(from, owner, fee);
        super._update(from, to, value - fee);
    }
}

/// @notice Can be bought and held, but only its issuer can send it away again (a honeypot).
contract HoneypotToken is IssuedToken {
    mapping(address account => bool) public maySend;

    constructor() IssuedToken("Honey Pot Inu", "HONEY", 18) {
        maySend[msg.sender] = true;
    }

    function allow(address account) external onlyOwner {
        maySend[account] = true;
    }

    function _update(address from, address to, uint256 value) internal override {
        require(from == address(0) || maySend[from], "HONEY: transfer refused");
        super._update(from, to, value);
    }
}

/// @notice Reverts on every transfer, without a reason.
contract RevertingToken is IssuedToken {
    constructor() IssuedToken("Stone Coin", "STONE", 18) {}

    function _update(address from, address to, uint256 value) internal override {
        if (from != address(0)) revert();
        super._update(from, to, value);
    }
}

/// @notice Says false instead of reverting, and moves nothing.
contract FalseReturningToken is IssuedToken {
    constructor() IssuedToken("Maybe Coin", "MAYBE", 18) {}

    function transfer(address, uint256) public pure override returns (bool) {
        return false;
    }

    function transferFrom(address, address, uint256) public pure override returns (bool) {
        return false;
    }
}

/// @notice Name and symbol as bytes32, as tokens of 2017 have them (MKR).
contract Bytes32MetadataToken {
    bytes32 public constant name = "Maker";
    bytes32 public constant symbol = "MKR";
    uint256 public constant decimals = 18;
    uint256 public totalSupply;
    mapping(address account => uint256) public balanceOf;
    mapping(address holder => mapping(address spender => uint256)) public allowance;

    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);

    constructor(uint256 supply) {
        totalSupply = supply;
        balanceOf[msg.sender] = supply;
        emit Transfer(address(0), msg.sender, supply);
    }

    function transfer(address to, uint256 value) external returns (bool) {
        return _move(msg.sender, to, value);
    }

    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        allowance[from][msg.sender] -= value;
        return _move(from, to, value);
    }

    function approve(address spender, uint256 value) external returns (bool) {
        allowance[msg.sender][spender] = value;
        emit Approval(msg.sender, spender, value);
        return true;
    }

    function _move(address from, address to, uint256 value) private returns (bool) {
        balanceOf[from] -= value;
        balanceOf[to] += value;
        emit Transfer(from, to, value);
        return true;
    }
}

/// @notice Answers `symbol` and `name` with a quarter of a megabyte: a reader without a limit chokes on it.
contract OversizedMetadataToken is IssuedToken {
    constructor() IssuedToken("", "", 18) {}

    function name() public pure override returns (string memory) {
        return string(new bytes(262_144));
    }

    function symbol() public pure override returns (string memory) {
        return string(new bytes(262_144));
    }
}
