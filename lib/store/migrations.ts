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
];
