//! A Postgres to test against, where `TEST_DATABASE_URL` names one: a throw-away server, as each test makes a database of its own there
//! and leaves it. `.ci/postgres` raises such a server.

use std::io::Write;
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{Connection, PgConnection};

use crate::environment::variable;

static NUMBER: AtomicU32 = AtomicU32::new(0);
static SAID: Once = Once::new();

/// The URL of an empty database, or nothing where there is no server, which is said once.
pub(crate) async fn empty_database() -> Option<String> {
    let Some(server) = variable("TEST_DATABASE_URL") else {
        SAID.call_once(|| {
            let said =
                "TEST_DATABASE_URL names no Postgres, so what is tested on both databases is tested on SQLite alone";
            // Not by a print macro, which would be kept from whoever runs the tests.
            let mut stderr = std::io::stderr();
            writeln!(stderr, "{said}").unwrap();
        });
        return None;
    };
    let name = format!("starling_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let mut connection = PgConnection::connect(&server).await.expect("TEST_DATABASE_URL names a server that answers");
    let create = format!("create database {name}");
    sqlx::raw_sql(sqlx::AssertSqlSafe(create)).execute(&mut connection).await.expect("the right to make databases");
    let (base, _) = server.rsplit_once('/').expect("a URL with a database");
    Some(format!("{base}/{name}"))
}
