// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { ERC4626 } from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

/// @notice A tokenised treasury bill fund (ERC-4626). Assets earn a yearly rate, second by second; the interest is paid
/// from a reserve that the sponsor deposits, so that every share can always be redeemed in full.
contract TreasuryBillFund is ERC4626 {
    address public immutable owner;
    uint256 public yieldBps;
    uint256 public accruedAt;
    uint256 private _accruedAssets;

    event YieldSet(uint256 yieldBps);

    error NotOwner(address caller);

    constructor(IERC20 asset_, string memory name_, string memory symbol_, uint256 yieldBps_)
        ERC20(name_, symbol_)
        ERC4626(asset_)
    {
        owner = msg.sender;
        yieldBps = yieldBps_;
        accruedAt = block.timestamp;
    }

    modifier onlyOwner() {
        if (msg.sender != owner) revert NotOwner(msg.sender);
        _;
    }

    /// @notice Assets that belong to the holders: deposits plus interest to this second, never more than is there.
    function totalAssets() public view override returns (uint256) {
        uint256 elapsed = block.timestamp - accruedAt;
        uint256 interest = Math.mulDiv(_accruedAssets, yieldBps * elapsed, 10_000 * 365 days);
        return Math.min(_accruedAssets + interest, IERC20(asset()).balanceOf(address(this)));
    }

    function setYield(uint256 newYieldBps) external onlyOwner {
        _accrue();
        yieldBps = newYieldBps;
        emit YieldSet(newYieldBps);
    }

    /// @notice Interest starts to run now, whatever time has passed: a chain restored from an old snapshot continues
    /// from the net asset value that it was saved with.
    function restartAccrual() external onlyOwner {
        accruedAt = block.timestamp;
    }

    function depositReserve(uint256 amount) external {
        _accrue();
        SafeERC20.safeTransferFrom(IERC20(asset()), msg.sender, address(this), amount);
    }

    function _accrue() private {
        _accruedAssets = totalAssets();
        accruedAt = block.timestamp;
    }

    function _deposit(address caller, address receiver, uint256 assets, uint256 shares) internal override {
        _accrue();
        super._deposit(caller, receiver, assets, shares);
        _accruedAssets += assets;
    }

    function _withdraw(address caller, address receiver, address holder, uint256 assets, uint256 shares)
        internal
        override
    {
        _accrue();
        super._withdraw(caller, receiver, holder, assets, shares);
        _accruedAssets -= assets;
    }

    function _decimalsOffset() internal pure override returns (uint8) {
        return 0;
    }
}
