// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { ECDSA } from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import { EIP712 } from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import { Nonces } from "@openzeppelin/contracts/utils/Nonces.sol";

/// @notice The public face of Dai: its permit predates EIP-2612 and grants all or nothing, which wallets must show as
/// the unlimited approval that it is. Nobody can freeze it.
contract DaiToken is ERC20, EIP712, Nonces {
    bytes32 public constant PERMIT_TYPEHASH =
        keccak256("Permit(address holder,address spender,uint256 nonce,uint256 expiry,bool allowed)");
    string public constant version = "1";
    mapping(address ward => uint256) public wards;

    constructor() ERC20("Dai Stablecoin", "DAI") EIP712("Dai Stablecoin", "1") {
        wards[msg.sender] = 1;
    }

    // The name is fixed by EIP-2612.
    function DOMAIN_SEPARATOR() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    function mint(address to, uint256 amount) external {
        require(wards[msg.sender] == 1, "Dai/not-authorized");
        _mint(to, amount);
    }

    function permit(
        address holder, address spender, uint256 nonce, uint256 expiry, bool allowed, uint8 v, bytes32 r, bytes32 s
    ) external {
        bytes32 structHash = keccak256(abi.encode(PERMIT_TYPEHASH, holder, spender, nonce, expiry, allowed));
        require(holder != address(0), "Dai/invalid-address-0");
        require(holder == ECDSA.recover(_hashTypedDataV4(structHash), v, r, s), "Dai/invalid-permit");
        require(expiry == 0 || block.timestamp <= expiry, "Dai/permit-expired");
        require(nonce == _useNonce(holder), "Dai/invalid-nonce");
        _approve(holder, spender, allowed ? type(uint256).max : 0);
    }
}
