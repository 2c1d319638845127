//! Whether the file and the ledger hold.

use serde::Serialize;

use super::{Result, Tx};

/// The JSON of `duban verify --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// `ok`, or what SQLite found.
    pub integrity: String,
    pub ledger: LedgerCheck,
    pub pending: Pending,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LedgerCheck {
    pub entries: i64,
    pub head: Option<String>,
    pub ok: bool,
    /// The first entry that does not follow from the ones before.
    pub broken_at: Option<i64>,
}

/// What waits, and what was given up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pending {
    pub inbox: i64,
    pub outbox: i64,
    pub in_doubt: i64,
    pub failed: i64,
}

impl Verification {
    pub fn holds(&self) -> bool {
        self.integrity == "ok" && self.ledger.ok
    }
}

impl Tx {
    pub async fn verify(&mut self) -> Result<Verification> {
        let head = self.ledger_head().await?;
        let broken_at = self.first_broken_entry().await?;
        Ok(Verification {
            integrity: self.integrity().await?,
            ledger: LedgerCheck { entries: head.entries, head: head.head, ok: broken_at.is_none(), broken_at },
            pending: self.pending().await?,
        })
    }

    async fn integrity(&mut self) -> Result<String> {
        let found: Vec<String> = sqlx::query_scalar("pragma integrity_check").fetch_all(self.connection()).await?;
        let dangling = sqlx::query_scalar!(r#"select count(*) as "count: i64" from pragma_foreign_key_check"#);
        let dangling = dangling.fetch_one(self.connection()).await?;
        match (found.join("；").as_str(), dangling) {
            ("ok", 0) => Ok("ok".to_owned()),
            ("ok", dangling) => Ok(format!("{dangling} 处引用落空")),
            (found, _) => Ok(found.to_owned()),
        }
    }

    async fn pending(&mut self) -> Result<Pending> {
        let counts = sqlx::query_as!(
            Pending,
            r#"select (select count(*) from inbox where state = 'new') as "inbox!: i64",
                   (select count(*) from outbox where state in ('pending', 'sending')) as "outbox!: i64",
                   (select count(*) from outbox where state = 'in_doubt') as "in_doubt!: i64",
                   (select count(*) from outbox where state = 'failed')
                       + (select count(*) from inbox where state = 'dead') as "failed!: i64""#
        );
        Ok(counts.fetch_one(self.connection()).await?)
    }
}
