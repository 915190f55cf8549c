// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { ERC4626 } from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import { ERC1155 } from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import { IssuedToken } from "./IssuedToken.sol";

/// @notice Answers with a code, and the code with words, whether a transfer would pass (ERC-1404).
contract RestrictedToken is IssuedToken {
    mapping(address account => bool) public isListed;
    mapping(address account => uint256) public lockedUntil;

    error Restricted(uint8 code);

    constructor(string memory name_, string memory symbol_) IssuedToken(name_, symbol_, 18) {}

    function setListed(address account, bool listed) external onlyOwner {
        isListed[account] = listed;
    }

    function setLockedUntil(address account, uint256 timestamp) external onlyOwner {
        lockedUntil[account] = timestamp;
    }

    function detectTransferRestriction(address from, address to, uint256) public view returns (uint8) {
        if (!isListed[from]) return 1;
        if (!isListed[to]) return 2;
        if (block.timestamp < lockedUntil[from]) return 3;
        return 0;
    }

    function messageForTransferRestriction(uint8 code) external pure returns (string memory) {
        if (code == 1) return "Sender is not on the shareholder list";
        if (code == 2) return "Recipient is not on the shareholder list";
        if (code == 3) return "Shares are locked for the holding period";
        return "No restriction";
    }

    function _update(address from, address to, uint256 value) internal override {
        if (from != address(0) && to != address(0)) {
            uint8 code = detectTransferRestriction(from, to, value);
            if (code != 0) revert Restricted(code);
        }
        super._update(from, to, value);
    }
}

/// @notice The fungible form of ERC-7943: who may send and receive, what is frozen, and transfers that the issuer forces.
contract UniversalAsset is IssuedToken {
    mapping(address account => bool) public canSend;
    mapping(address account => bool) public canReceive;
    mapping(address account => uint256) public getFrozenTokens;
    bool private _isForced;

    event ForcedTransfer(address indexed from, address indexed to, uint256 amount);
    event Frozen(address indexed account, uint256 amount);

    error CannotTransfer(address from, address to, uint256 amount);

    constructor(string memory name_, string memory symbol_) IssuedToken(name_, symbol_, 18) {}

    function setAllowed(address account, bool sends, bool receives) external onlyOwner {
        canSend[account] = sends;
        canReceive[account] = receives;
    }

    function setFrozenTokens(address account, uint256 amount) external onlyOwner returns (bool) {
        getFrozenTokens[account] = amount;
        emit Frozen(account, amount);
        return true;
    }

    function forcedTransfer(address from, address to, uint256 amount) external onlyOwner returns (bool) {
        _isForced = true;
        _transfer(from, to, amount);
        _isForced = false;
        emit ForcedTransfer(from, to, amount);
        return true;
    }

    function canTransfer(address from, address to, uint256 amount) public view returns (bool) {
        uint256 balance = balanceOf(from);
        uint256 frozen = getFrozenTokens[from];
        uint256 free = balance > frozen ? balance - frozen : 0;
        return canSend[from] && canReceive[to] && amount <= free;
    }

    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return interfaceId == 0x3edbb4c4 || interfaceId == 0x01ffc9a7;
    }

    function _update(address from, address to, uint256 value) internal override {
        if (from != address(0) && to != address(0) && !_isForced && !canTransfer(from, to, value)) {
            revert CannotTransfer(from, to, value);
        }
        super._update(from, to, value);
    }
}

/// @notice Partitions of one asset with rules of their own (ERC-7518): who is admitted to each, what is locked, who is frozen.
contract PartitionedAsset is ERC1155 {
    address public immutable owner = msg.sender;
    string public name;
    string public symbol;
    uint8 public constant decimals = 0;
    uint256 public totalSupply;
    mapping(uint256 id => mapping(address account => bool)) public isHolder;
    mapping(uint256 id => bool) public isRestricted;
    mapping(address account => bool) private _frozen;
    bool private _forced;
    mapping(address account => mapping(uint256 id => uint256)) private _locked;

    event TransferRestricted(uint256 id);
    event AddressFrozen(address indexed account, bytes data);
    event TokensForceTransferred(address indexed from, address indexed to, uint256 indexed id, uint256 amount);
    event TokensLocked(address indexed account, uint256 indexed id, uint256 amount, uint256 releaseTime);

    error CannotTransfer(uint256 id);
    error NotOwner(address caller);

    constructor(string memory name_, string memory symbol_) ERC1155("") {
        name = name_;
        symbol = symbol_;
    }

    modifier onlyOwner() {
        if (msg.sender != owner) revert NotOwner(msg.sender);
        _;
    }

    function mint(address to, uint256 id, uint256 amount) external onlyOwner {
        isHolder[id][to] = true;
        _mint(to, id, amount, "");
    }

    function setHolder(uint256 id, address account, bool holds) external onlyOwner {
        isHolder[id][account] = holds;
    }

    function setRestricted(uint256 id, bool restricted) external onlyOwner {
        isRestricted[id] = restricted;
        if (restricted) emit TransferRestricted(id);
    }

    function freezeAddress(address account, bytes calldata data) external onlyOwner returns (bool) {
        _frozen[account] = true;
        emit AddressFrozen(account, data);
        return true;
    }

    function unFreeze(address account, bytes calldata) external onlyOwner returns (bool) {
        _frozen[account] = false;
        return true;
    }

    function forceTransfer(address from, address to, uint256 id, uint256 amount, bytes calldata data)
        external
        onlyOwner
        returns (bool)
    {
        _forced = true;
        _safeTransferFrom(from, to, id, amount, data);
        _forced = false;
        emit TokensForceTransferred(from, to, id, amount);
        return true;
    }

    /// @notice Until the issuer unlocks it: the release time is announced, and not enforced here.
    function lockTokens(address account, uint256 id, uint256 amount, uint256 releaseTime)
        external
        onlyOwner
        returns (bool)
    {
        require(amount <= balanceOf(account, id));
        _locked[account][id] = amount;
        emit TokensLocked(account, id, amount, releaseTime);
        return true;
    }

    function unlockToken(address account, uint256 id) external onlyOwner {
        _locked[account][id] = 0;
    }

    function lockedBalanceOf(address account, uint256 id) public view returns (uint256) {
        return _locked[account][id];
    }

    function transferableBalance(address account, uint256 id) public view returns (uint256) {
        return balanceOf(account, id) - _locked[account][id];
    }

    function canTransfer(address from, address to, uint256 id, uint256 amount, bytes calldata)
        external
        view
        returns (bool)
    {
        return _isAllowed(from, to, id) && transferableBalance(from, id) >= amount;
    }

    function _isAllowed(address from, address to, uint256 id) private view returns (bool) {
        return !isRestricted[id] && isHolder[id][from] && isHolder[id][to] && !_frozen[from] && !_frozen[to];
    }

    function _update(address from, address to, uint256[] memory ids, uint256[] memory values) internal override {
        for (uint256 i = 0; i < ids.length; i++) {
            if (from == address(0)) {
                totalSupply += values[i];
            } else if (to != address(0) && !_forced) {
                if (!_isAllowed(from, to, ids[i]) || transferableBalance(from, ids[i]) < values[i]) {
                    revert CannotTransfer(ids[i]);
                }
            }
        }
        super._update(from, to, ids, values);
    }
}

/// @notice A credit fund that pays back on request, after its manager has freed the money (ERC-7540).
contract RequestedRedemptionFund is ERC4626 {
    address public immutable owner = msg.sender;
    mapping(address controller => uint256) private _pending;
    mapping(address controller => uint256) private _claimable;

    event RedeemRequest(
        address indexed controller, address indexed owner, uint256 indexed requestId, address sender, uint256 shares
    );

    error Asynchronous();

    constructor(IERC20 asset_, string memory name_, string memory symbol_) ERC20(name_, symbol_) ERC4626(asset_) {}

    function requestRedeem(uint256 shares, address controller, address holder) external returns (uint256) {
        if (msg.sender != holder) _spendAllowance(holder, msg.sender, shares);
        _transfer(holder, address(this), shares);
        _pending[controller] += shares;
        emit RedeemRequest(controller, holder, 0, msg.sender, shares);
        return 0;
    }

    function fulfil(address controller, uint256 shares) external {
        require(msg.sender == owner);
        _pending[controller] -= shares;
        _claimable[controller] += shares;
    }

    function pendingRedeemRequest(uint256, address controller) external view returns (uint256) {
        return _pending[controller];
    }

    function claimableRedeemRequest(uint256, address controller) external view returns (uint256) {
        return _claimable[controller];
    }

    function maxRedeem(address controller) public view override returns (uint256) {
        return _claimable[controller];
    }

    function previewRedeem(uint256) public pure override returns (uint256) {
        revert Asynchronous();
    }

    function redeem(uint256 shares, address receiver, address controller) public override returns (uint256) {
        require(msg.sender == controller);
        _claimable[controller] -= shares;
        uint256 assets = convertToAssets(shares);
        _burn(address(this), shares);
        IERC20(asset()).transfer(receiver, assets);
        return assets;
    }

    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return interfaceId == 0x620ee8e4 || interfaceId == 0xe3bc4e65 || interfaceId == 0x01ffc9a7;
    }
}

/// @notice Shares whose majority can make the rest sell, with the reads of Aktionariat's ERC20Draggable.
contract DraggableShares is IssuedToken {
    /// @notice In hundredths of a percent of the supply.
    uint256 public immutable quorum;
    /// @notice In seconds.
    uint256 public immutable votePeriod;
    bool public isBinding = true;

    constructor(string memory name_, string memory symbol_, uint256 quorum_, uint256 votePeriod_)
        IssuedToken(name_, symbol_, 0)
    {
        quorum = quorum_;
        votePeriod = votePeriod_;
    }
}
