// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { EIP712 } from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import { AuthorizedTransfers } from "./AuthorizedTransfers.sol";

/// @notice The public face of Circle's FiatTokenV2_2 (USDC, EURC) and its descendants (JPYC, XSGD): permits, EIP-3009,
/// a blacklist, a pause, minters with allowances. One owner plays blacklister, pauser and master minter.
contract FiatToken is AuthorizedTransfers {
    address public immutable owner;
    string public version;
    string public currency;
    bool public paused;
    mapping(address account => bool) private _blacklisted;
    mapping(address minter => bool) public isMinter;
    mapping(address minter => uint256) public minterAllowance;
    uint8 private immutable _decimals;

    event Mint(address indexed minter, address indexed to, uint256 amount);
    event Burn(address indexed burner, uint256 amount);
    event Blacklisted(address indexed account);
    event UnBlacklisted(address indexed account);
    event Pause();
    event Unpause();
    event MinterConfigured(address indexed minter, uint256 minterAllowedAmount);

    constructor(
        string memory name_, string memory symbol_, uint8 decimals_, string memory currency_, string memory version_
    ) ERC20(name_, symbol_) EIP712(name_, version_) {
        owner = msg.sender;
        _decimals = decimals_;
        currency = currency_;
        version = version_;
    }

    modifier onlyOwner() {
        require(msg.sender == owner, "Ownable: caller is not the owner");
        _;
    }

    function decimals() public view override returns (uint8) {
        return _decimals;
    }

    function blacklister() external view returns (address) {
        return owner;
    }

    function pauser() external view returns (address) {
        return owner;
    }

    function masterMinter() external view returns (address) {
        return owner;
    }

    function isBlacklisted(address account) external view returns (bool) {
        return _blacklisted[account];
    }

    function blacklist(address account) external onlyOwner {
        _blacklisted[account] = true;
        emit Blacklisted(account);
    }

    function unBlacklist(address account) external onlyOwner {
        _blacklisted[account] = false;
        emit UnBlacklisted(account);
    }

    function pause() external onlyOwner {
        paused = true;
        emit Pause();
    }

    function unpause() external onlyOwner {
        paused = false;
        emit Unpause();
    }

    function configureMinter(address minter, uint256 allowedAmount) external onlyOwner returns (bool) {
        isMinter[minter] = true;
        minterAllowance[minter] = allowedAmount;
        emit MinterConfigured(minter, allowedAmount);
        return true;
    }

    function mint(address to, uint256 amount) external returns (bool) {
        require(isMinter[msg.sender], "FiatToken: caller is not a minter");
        require(amount <= minterAllowance[msg.sender], "FiatToken: mint amount exceeds minterAllowance");
        minterAllowance[msg.sender] -= amount;
        _mint(to, amount);
        emit Mint(msg.sender, to, amount);
        return true;
    }

    function burn(uint256 amount) external {
        require(isMinter[msg.sender], "FiatToken: caller is not a minter");
        _burn(msg.sender, amount);
        emit Burn(msg.sender, amount);
    }

    function _requireUsable(address account) private view {
        require(!_blacklisted[account], "Blacklistable: account is blacklisted");
    }

    function _update(address from, address to, uint256 value) internal override {
        require(!paused, "Pausable: paused");
        _requireUsable(from);
        _requireUsable(to);
        _requireUsable(_msgSender());
        super._update(from, to, value);
    }

    function _approve(address owner_, address spender, uint256 value, bool emitEvent) internal override {
        // `transferFrom` spends the allowance through here with emitEvent = false; `_update` guards that path.
        if (emitEvent) {
            require(!paused, "Pausable: paused");
            _requireUsable(owner_);
            _requireUsable(spender);
        }
        super._approve(owner_, spender, value, emitEvent);
    }
}
