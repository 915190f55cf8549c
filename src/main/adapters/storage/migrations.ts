/**
 * The database's history: migration n brings `user_version` from n to n + 1. Published ones are never edited, only added to.
 *
 * Bodies are JSON by the bigint-safe codec; what is searched by has its own column.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE settings (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    body TEXT NOT NULL
  ) STRICT;

  CREATE TABLE chains (
    chain_id INTEGER PRIMARY KEY,
    body TEXT NOT NULL
  ) STRICT;

  CREATE TABLE balances (
    chain_id INTEGER PRIMARY KEY,
    body TEXT NOT NULL
  ) STRICT;

  CREATE TABLE token_metadata (
    chain_id INTEGER NOT NULL,
    address TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (chain_id, address)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE recipients (
    address TEXT PRIMARY KEY,
    first_sent_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE activity (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    chain_id INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    from_address TEXT NOT NULL,
    nonce INTEGER NOT NULL,
    is_final INTEGER NOT NULL CHECK (is_final IN (0, 1)),
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX activity_open ON activity (chain_id, sequence) WHERE is_final = 0;
  CREATE INDEX activity_by_account ON activity (account_id, sequence);
  CREATE INDEX activity_by_nonce ON activity (chain_id, from_address, nonce);
  `,
  `
  CREATE TABLE pool_prices (
    chain_id INTEGER NOT NULL,
    pool_id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (chain_id, pool_id)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE peg_samples (
    chain_id INTEGER NOT NULL,
    address TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    deviation_bps INTEGER NOT NULL,
    PRIMARY KEY (chain_id, address, at_ms)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE asset_alerts (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL
  ) STRICT;
  `,
  `
  CREATE TABLE orders (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    account_id TEXT NOT NULL,
    is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
    has_rules INTEGER NOT NULL CHECK (has_rules IN (0, 1)),
    ended_at_ms INTEGER,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX orders_live ON orders (sequence) WHERE is_open = 1 OR has_rules = 1;
  CREATE INDEX orders_ended ON orders (ended_at_ms, sequence) WHERE is_open = 0;

  CREATE TABLE order_executions (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    transaction_hash TEXT NOT NULL,
    is_settled INTEGER NOT NULL CHECK (is_settled IN (0, 1)),
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX order_executions_open ON order_executions (sequence) WHERE is_settled = 0;
  CREATE INDEX order_executions_by_hash ON order_executions (transaction_hash);
  `,
  `
  CREATE TABLE shelter (
    name TEXT PRIMARY KEY,
    body TEXT NOT NULL
  ) STRICT;
  `,
  `
  CREATE TABLE price_samples (
    subject TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    usd TEXT NOT NULL,
    PRIMARY KEY (subject, at_ms)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX price_samples_by_age ON price_samples (at_ms);
  `,
  `
  CREATE TABLE own_chains (
    chain_id INTEGER PRIMARY KEY,
    body TEXT NOT NULL
  ) STRICT;

  CREATE TABLE token_lists (
    id TEXT PRIMARY KEY,
    added_at_ms INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT;

  CREATE TABLE found_tokens (
    chain_id INTEGER NOT NULL,
    address TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (chain_id, address)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE token_searches (
    chain_id INTEGER NOT NULL,
    address TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (chain_id, address)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE signed_orders (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL
  ) STRICT;
  `,
  `
  ALTER TABLE activity ADD COLUMN at_ms INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE activity ADD COLUMN kind TEXT NOT NULL DEFAULT 'send';
  UPDATE activity SET
    at_ms = json_extract(body, '$.activity.createdAtMs'),
    kind = json_extract(body, '$.activity.kind');
  CREATE INDEX activity_by_time ON activity (at_ms, sequence);

  CREATE TABLE observed_activity (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    chain_id INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    block_number INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    kind TEXT NOT NULL,
    is_suspicious INTEGER NOT NULL CHECK (is_suspicious IN (0, 1)),
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX observed_activity_by_time ON observed_activity (at_ms, sequence);
  CREATE INDEX observed_activity_by_block ON observed_activity (chain_id, block_number);

  CREATE TABLE history_cursors (
    chain_id INTEGER NOT NULL,
    address TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (chain_id, address)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE contacts (
    address TEXT PRIMARY KEY,
    body TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE activity_notes (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Row 2n is the text of activity n, row 2n + 1 that of observed activity n.
  CREATE VIRTUAL TABLE activity_search USING fts5(text, tokenize = 'trigram');
  INSERT INTO activity_search (rowid, text)
    SELECT sequence * 2, concat_ws(' ',
      json_extract(body, '$.activity.token.symbol'), json_extract(body, '$.activity.token.name'),
      json_extract(body, '$.activity.swap.buy.symbol'), json_extract(body, '$.activity.swap.buy.name'),
      json_extract(body, '$.activity.from'), json_extract(body, '$.activity.to'),
      json_extract(body, '$.activity.toName'), json_extract(body, '$.activity.transactionHash'))
    FROM activity;
  `,
  `
  CREATE TABLE met_contracts (
    chain_id INTEGER NOT NULL,
    address TEXT NOT NULL,
    first_met_at_ms INTEGER NOT NULL,
    PRIMARY KEY (chain_id, address)
  ) STRICT;
  `,
  `
  CREATE TABLE allowance_scans (
    chain_id INTEGER NOT NULL,
    owner TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (chain_id, owner)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE token_scales (
    chain_id INTEGER NOT NULL,
    address TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (chain_id, address)
  ) STRICT, WITHOUT ROWID;
  `,
]
