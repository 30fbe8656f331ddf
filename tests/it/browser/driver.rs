//! chromedriver, and the browsers that it starts: how they come up and that none is left behind.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::environment::variable;

/// A browser that chromedriver knows, under the names that systems give it.
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Ends chromedriver and all its browsers, whatever they do, as soon as its own input ends. That happens even where the test is killed.
const UNTIL_LEFT: &str = "chromedriver --port=0 & exec >/dev/null; cat; kill -KILL $!; wait; kill -KILL 0";

/// How long the browsers may take to end by themselves.
const ENDS_WITHIN: Duration = Duration::from_secs(10);

static SAID: Once = Once::new();

/// A chromedriver on a port that was free. Dropping it ends it with its browsers.
pub(super) struct Driver {
    shell: Child,
    port: u16,
    /// Held, as it may not write into a pipe that nobody has.
    _said: BufReader<ChildStdout>,
    browser: PathBuf,
    /// What it and the browsers write.
    folder: TempDir,
    opened: AtomicU32,
}

impl Driver {
    /// Starts it, unless it or a browser is missing.
    pub(super) fn starts() -> Option<Driver> {
        let (Some(_), Some(browser)) = (on_path("chromedriver"), BROWSERS.into_iter().find_map(on_path)) else {
            is_missing();
            return None;
        };
        let folder = tempfile::tempdir().expect("a folder");
        let mut command = Command::new("sh");
        command.args(["-c", UNTIL_LEFT]).process_group(0).env("HOME", folder.path()).env("TMPDIR", folder.path());
        // Dates are typed and read in the same way on each machine.
        command.env("LANGUAGE", "en-US").env("TZ", "UTC");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut shell = command.spawn().expect("a shell");
        let mut said = BufReader::new(shell.stdout.take().expect("its output"));
        let port = port(&mut said).expect("chromedriver says on which port it listens");
        Some(Driver { shell, port, _said: said, browser, folder, opened: AtomicU32::new(0) })
    }

    /// The port on which it listens.
    pub(super) fn port(&self) -> u16 {
        self.port
    }

    /// Where it listens.
    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// The folder that goes with it.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The capabilities of one more browser: without a screen, with nothing from before, and with no way out to the network.
    pub(super) fn wants(&self) -> Value {
        let number = self.opened.fetch_add(1, Ordering::Relaxed);
        let arguments = json!([
            "--headless=new",
            // Its own walls want rights that root in a container lacks; it sees the test's pages alone.
            "--no-sandbox",
            "--disable-dev-shm-usage",
            format!("--user-data-dir={}", self.folder.path().join(number.to_string()).display()),
            "--no-first-run",
            "--no-proxy-server",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-default-apps",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
            // Tells scripts the role and the name that a screen reader is told.
            "--enable-blink-features=ComputedAccessibilityInfo",
        ]);
        json!({
            "browserName": "chrome",
            "goog:chromeOptions": {"binary": self.browser, "args": arguments},
            "goog:loggingPrefs": {"browser": "ALL"},
        })
    }

    /// Returns when its browsers have ended, or the time is up.
    fn asks_to_end(&self) -> io::Result<()> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(ENDS_WITHIN))?;
        stream.write_all(b"GET /shutdown HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n")?;
        stream.read_exact(&mut [0])
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Its own end reaps the browsers; the shell sees to whatever that leaves.
        let _ = self.asks_to_end();
        drop(self.shell.stdin.take());
        let _ = self.shell.wait();
    }
}

/// The port in the line that says that it has started.
fn port(said: &mut impl BufRead) -> Option<u16> {
    let line = said.lines().map_while(Result::ok).find(|line| line.contains("started successfully"))?;
    line.trim_end_matches('.').rsplit(' ').next()?.parse().ok()
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = variable("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn is_missing() {
    let said = "no chromedriver on PATH: the page is not tested in a browser";
    let required = variable("STARLING_BROWSER").is_some_and(|wish| wish == "required");
    assert!(!required, "{said}, but STARLING_BROWSER requires it");
    // Not by a print macro, which would be kept from whoever runs the tests.
    let mut stderr = io::stderr();
    SAID.call_once(|| writeln!(stderr, "{said}").unwrap());
}
