/** The shape of the SQLite database, as the steps that lead to it. Each runs once, in order; `user_version` counts those done. Never edit one that was released: add another. */

export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE report (
     id TEXT PRIMARY KEY NOT NULL,
     schema_version INTEGER NOT NULL,
     body TEXT NOT NULL,
     delete_token_hash TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     expires_at INTEGER
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX report_by_expiry ON report (expires_at) WHERE expires_at IS NOT NULL;`,
  `CREATE TABLE watch (
     report_id TEXT PRIMARY KEY NOT NULL,
     holder TEXT NOT NULL,
     expires_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;`,
  // Times in milliseconds. In words that every database knows.
  `CREATE TABLE mail_test (
     token_hash TEXT PRIMARY KEY NOT NULL,
     report_id TEXT NOT NULL,
     delete_token_hash TEXT NOT NULL,
     origin TEXT NOT NULL,
     created_at BIGINT NOT NULL,
     expires_at BIGINT NOT NULL,
     taken_at BIGINT,
     judged_at BIGINT
   );`,
  "ALTER TABLE watch ADD COLUMN state TEXT",
];
