// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @notice A Chainlink-style aggregator (AggregatorV2V3Interface). In its live state it looks as if a keeper reported
/// the same answer every heartbeat; `setRound` pins an answer to a time, from where it ages like a feed whose keeper
/// has stopped, until the next `setAnswer`.
contract PriceFeed {
    struct Round {
        int256 answer;
        uint256 updatedAt;
    }

    uint256 public constant version = 4;
    // Chainlink's proxies put the phase above bit 64 of the round.
    uint80 private constant PHASE = 1 << 64;

    address public immutable owner;
    uint8 public immutable decimals;
    uint256 public immutable heartbeat;
    string public description;
    bool public live = true;
    uint80 private _round;
    mapping(uint80 round => Round) private _rounds;

    event AnswerUpdated(int256 indexed current, uint256 indexed roundId, uint256 updatedAt);

    error NotOwner(address caller);
    error NoDataPresent();
    error UpdatedInTheFuture(uint256 updatedAt);

    constructor(string memory description_, uint8 decimals_, uint256 heartbeat_, int256 answer_) {
        owner = msg.sender;
        description = description_;
        decimals = decimals_;
        heartbeat = heartbeat_;
        _report(answer_, block.timestamp);
    }

    modifier onlyOwner() {
        if (msg.sender != owner) revert NotOwner(msg.sender);
        _;
    }

    function setAnswer(int256 answer) external onlyOwner {
        live = true;
        _report(answer, block.timestamp);
    }

    function setRound(int256 answer, uint256 updatedAt) external onlyOwner {
        if (updatedAt > block.timestamp) revert UpdatedInTheFuture(updatedAt);
        live = false;
        _report(answer, updatedAt);
    }

    function latestAnswer() external view returns (int256) {
        return _rounds[_round].answer;
    }

    function latestTimestamp() public view returns (uint256) {
        uint256 reported = _rounds[_round].updatedAt;
        if (!live) return reported;
        return reported + (block.timestamp - reported) / heartbeat * heartbeat;
    }

    function latestRound() external view returns (uint256) {
        return PHASE | _round;
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        uint256 updatedAt = latestTimestamp();
        return (PHASE | _round, _rounds[_round].answer, updatedAt, updatedAt, PHASE | _round);
    }

    function getRoundData(uint80 roundId) external view returns (uint80, int256, uint256, uint256, uint80) {
        Round storage round = _rounds[roundId & (PHASE - 1)];
        if (round.updatedAt == 0) revert NoDataPresent();
        return (roundId, round.answer, round.updatedAt, round.updatedAt, roundId);
    }

    function _report(int256 answer, uint256 updatedAt) private {
        _round += 1;
        _rounds[_round] = Round(answer, updatedAt);
        emit AnswerUpdated(answer, PHASE | _round, updatedAt);
    }
}
