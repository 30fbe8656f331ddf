//! A server's database that is out of reach.

use std::net::TcpListener;

use super::{ended, folder, starling};

#[test]
fn a_server_that_is_down_is_named_with_the_cause() {
    let folder = folder();
    // Bound and let go: nobody listens there.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("postgres://bot:s3cret@127.0.0.1:{port}/starling");
    let variables = [("DISCORD_TOKEN", "t"), ("DISCORD_API_URL", "http://127.0.0.1:9"), ("DATABASE_URL", url.as_str())];
    for arguments in [&["run"][..], &["check"], &["forget", "7"]] {
        let (code, said) = ended(starling(folder.path(), &variables, arguments).spawn().unwrap());
        let named = format!("postgres://127.0.0.1:{port}/starling can't be reached; start the server, or mend");
        assert!(code == Some(1) && said.contains(&named) && said.contains("refused"), "{said}");
        assert!(!said.contains("s3cret"), "{said}");
    }
}

#[test]
fn a_server_that_does_not_answer_is_named_too() {
    let (silent, folder) = (TcpListener::bind("127.0.0.1:0").unwrap(), folder());
    let url = format!("postgres://bot@{}/starling", silent.local_addr().unwrap());
    let variables = [("DISCORD_TOKEN", "t"), ("DATABASE_URL", url.as_str())];
    let (code, said) = ended(starling(folder.path(), &variables, &["run"]).spawn().unwrap());
    assert!(code == Some(1) && said.contains("can't be reached") && said.contains("it does not answer"), "{said}");
}
