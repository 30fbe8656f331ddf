//! A server's database that goes away while Starling works with it.

use std::sync::Arc;
use std::time::Duration;

use sqlx::Connection;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::timeout;

use super::*;

/// Brings connections through to a server until it is aborted; then nobody listens, and what was connected is cut off. While it is silent,
/// what was connected stays so, and nothing comes through.
async fn pass_on(listener: TcpListener, server: Arc<str>, silent: watch::Receiver<bool>) {
    let mut open = JoinSet::new();
    loop {
        let (mut near, _) = listener.accept().await.unwrap();
        let mut far = TcpStream::connect(&*server).await.unwrap();
        let mut silent = silent.clone();
        open.spawn(async move {
            let silenced = async {
                drop(silent.wait_for(|silent| *silent).await);
            };
            tokio::select! {
                _ = copy_bidirectional(&mut near, &mut far) => {}
                () = silenced => std::future::pending().await,
            }
        });
    }
}

/// The store on a server behind what passes on to it, and what silences that.
async fn behind() -> Option<(Store, JoinHandle<()>, watch::Sender<bool>)> {
    let url = empty_database().await?;
    let (_, place) = url.rsplit_once('@').unwrap();
    let (server, _) = place.split_once('/').unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let near = url.replace(server, &listener.local_addr().unwrap().to_string());
    let silence = watch::Sender::new(false);
    let passing = tokio::spawn(pass_on(listener, Arc::from(server), silence.subscribe()));
    let (store, _) = Store::connect(&Database::Postgres(SecretString::from(near))).await.unwrap();
    Some((store, passing, silence))
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_server_falls_silent_nobody_who_answers_waits_for_ever() {
    let Some((store, passing, silence)) = behind().await else { return };
    store.record_answer(answer(1, about(2, "a"), "While it talks")).await.unwrap();
    silence.send_replace(true);
    let mut storing = JoinSet::new();
    for id in 2..=5 {
        let store = store.clone();
        storing.spawn(async move { store.record_answer(answer(id, about(id, "a"), "While it is silent")).await });
    }
    for stored in timeout(Duration::from_secs(30), storing.join_all()).await.expect("they wait") {
        assert!(stored.unwrap_err().may_pass());
    }
    passing.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_goes_down_is_out_of_reach_and_not_busy() {
    let Some((store, passing, _silence)) = behind().await else { return };
    store.record_answer(answer(1, about(2, "a"), "While it is there")).await.unwrap();
    passing.abort();
    assert!(passing.await.unwrap_err().is_cancelled());
    // The first may still find a connection, which then breaks.
    for _ in 0..2 {
        let error = store.record_answer(answer(2, about(2, "a"), "After it")).await.unwrap_err();
        assert!(!error.is_busy(), "{error}");
    }
    let error = store.put_draft(&about(2, "b"), &draft("Half"), at("2026-05-04T07:00:00Z")).await.unwrap_err();
    assert!(matches!(error, StoreError::Unreachable { .. }), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_too_long_for_others_to_write_is_told_that_it_is_busy() {
    let opened = open().await;
    let url = format!("sqlite://{}", opened.folder.path().join("starling.db").display());
    let mut other = sqlx::AnyConnection::connect(&url).await.unwrap();
    let lock = other.begin_with("begin immediate").await.unwrap();
    let mut storing = JoinSet::new();
    for id in 1..=4 {
        let store = opened.store.clone();
        storing.spawn(async move { store.record_answer(answer(id, about(2, "a"), "Waiting")).await });
    }
    while let Some(stored) = storing.join_next().await {
        let error = stored.unwrap().unwrap_err();
        assert!(error.is_busy(), "{error}");
    }
    lock.rollback().await.unwrap();
}
