//! The bot without its loops: for what is called from outside them.

use std::path::Path;

use secrecy::SecretString;
use starling::app::App;
use starling::clock::Clock;
use starling::domain::bank::QuestionBank;
use starling::domain::id::UserId;
use starling::domain::zone::ZoneTable;
use starling::rest::{Application, Rest};
use starling::store::Store;

/// On a file, and of the Discord that is there, as that application.
pub(crate) async fn app(file: &Path, clock: Clock, discord: &str, token: &str, application: u64) -> App {
    let (store, _) = Store::open(file).await.unwrap();
    App {
        bank: QuestionBank::built_in().unwrap(),
        zones: ZoneTable::built_in().unwrap(),
        store,
        clock,
        rest: Rest::new(discord, SecretString::from(token)).unwrap(),
        application: Application { id: application, bot: UserId(application), installs_to_accounts: true },
        seed: 11,
    }
}
