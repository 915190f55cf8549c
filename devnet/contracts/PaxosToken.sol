// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { EIP712 } from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import { AuthorizedTransfers } from "./AuthorizedTransfers.sol";

/// @notice The public face of Paxos's tokens (PYUSD, PAXG): freezing, wiping of frozen balances, a pause.
contract PaxosToken is AuthorizedTransfers {
    address public immutable owner;
    bool public paused;
    mapping(address account => bool) private _frozen;
    uint8 private immutable _decimals;

    event FreezeAddress(address indexed addr);
    event UnfreezeAddress(address indexed addr);
    event FrozenAddressWiped(address indexed addr);
    event SupplyIncreased(address indexed to, uint256 value);
    event SupplyDecreased(address indexed from, uint256 value);
    event Pause();
    event Unpause();

    error OnlyOwner();
    error AddressFrozen();
    error AddressNotFrozen();
    error ContractPaused();

    constructor(string memory name_, string memory symbol_, uint8 decimals_)
        ERC20(name_, symbol_)
        EIP712(name_, "1")
    {
        owner = msg.sender;
        _decimals = decimals_;
    }

    modifier onlyOwner() {
        if (msg.sender != owner) revert OnlyOwner();
        _;
    }

    function decimals() public view override returns (uint8) {
        return _decimals;
    }

    function isFrozen(address account) external view returns (bool) {
        return _frozen[account];
    }

    function freeze(address account) external onlyOwner {
        _frozen[account] = true;
        emit FreezeAddress(account);
    }

    function unfreeze(address account) external onlyOwner {
        _frozen[account] = false;
        emit UnfreezeAddress(account);
    }

    function wipeFrozenAddress(address account) external onlyOwner {
        if (!_frozen[account]) revert AddressNotFrozen();
        uint256 balance = balanceOf(account);
        // ERC20._update directly: our own guard would refuse the frozen holder.
        super._update(account, address(0), balance);
        emit FrozenAddressWiped(account);
        emit SupplyDecreased(account, balance);
    }

    function pause() external onlyOwner {
        paused = true;
        emit Pause();
    }

    function unpause() external onlyOwner {
        paused = false;
        emit Unpause();
    }

    function mint(address to, uint256 amount) external onlyOwner {
        _mint(to, amount);
        emit SupplyIncreased(to, amount);
    }

    function _update(address from, address to, uint256 value) internal override {
        if (paused) revert ContractPaused();
        if (_frozen[from] || _frozen[to] || _frozen[_msgSender()]) revert AddressFrozen();
        super._update(from, to, value);
    }
}
