//! The sandbox by hand: `cargo run -p sandbox [PORT]`, then lines that say what someone does.

use std::io;

use sandbox::Sandbox;
use sandbox::console::Console;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, stdin, stdout};

#[tokio::main]
async fn main() -> io::Result<()> {
    let port = match std::env::args().nth(1).map(|port| port.parse()) {
        None => 0,
        Some(Ok(port)) => port,
        Some(Err(_)) => return Err(io::Error::other("the one argument is a port")),
    };
    let sandbox = Sandbox::start_on(port).await?;
    let mut changes = sandbox.changes();
    let mut console = Console::new(sandbox);
    show(&console.greeting()).await?;
    let mut lines = BufReader::new(stdin()).lines();
    loop {
        tokio::select! {
            line = lines.next_line() => {
                let Some(line) = line? else { return Ok(()) };
                let Some(text) = console.obey(&line).await else { return Ok(()) };
                show(&text).await?;
            }
            _ = changes.changed() => {}
        }
        for post in console.news() {
            show(&post).await?;
        }
    }
}

async fn show(text: &str) -> io::Result<()> {
    let mut out = stdout();
    if !text.is_empty() {
        out.write_all(text.as_bytes()).await?;
        out.write_all(b"\n").await?;
    }
    out.flush().await
}
