//! The real binary as a server, for tests over HTTP and in a browser.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    dead_code,
    reason = "a test without its server must fail, and each test binary uses a part"
)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio};

use tempfile::TempDir;

/// A running server; it ends when this is dropped.
pub struct Server {
    process: Process,
    /// Its address, for example `http://127.0.0.1:41234`.
    pub url: String,
    /// Its data.
    pub folder: TempDir,
    /// Held open, as a terminal would be.
    terminal: Option<BufReader<ChildStdout>>,
}

impl Server {
    /// The sample firm with this many contacts.
    pub fn demo(contacts: u32) -> Self {
        let folder = TempDir::new().unwrap();
        let keep = folder.path().join("demo");
        let contacts = contacts.to_string();
        let mut command = leitplanke(folder.path());
        command.args(["demo", "--contacts", &contacts, "--keep"]);
        Self::start(command.arg(keep), folder)
    }

    /// An installation with the sample register and these contacts, served.
    pub fn with_contacts(csv: &str) -> Self {
        Self::on(prepared(csv), &[])
    }

    /// An installation that is there already, served with further options.
    pub fn on(folder: TempDir, options: &[&str]) -> Self {
        Self::start(leitplanke(folder.path()).arg("serve").args(options), folder)
    }

    /// As when the power fails: it ends in the midst of what it does. Its data stay.
    pub fn fails(self) -> TempDir {
        drop(self.process);
        self.folder
    }

    /// A first start on an empty folder, and the link that sets it up.
    pub fn fresh() -> (Self, String) {
        Self::fresh_with(&[])
    }

    /// As [`Server::fresh`], with further options.
    pub fn fresh_with(options: &[&str]) -> (Self, String) {
        let folder = TempDir::new().unwrap();
        let mut command = leitplanke(folder.path());
        let command = command.arg("serve").args(options);
        let (mut server, mut output) = Self::started(command, folder);
        let mut link = String::new();
        while !link.contains("/welcome/") {
            link.clear();
            output.read_line(&mut link).unwrap();
        }
        server.terminal = Some(output);
        (server, link.trim().to_owned())
    }

    fn start(command: &mut Command, folder: TempDir) -> Self {
        let (mut server, output) = Self::started(command, folder);
        server.terminal = Some(output);
        server
    }

    fn started(command: &mut Command, folder: TempDir) -> (Self, BufReader<ChildStdout>) {
        let mut child = command
            .args(["--listen", "127.0.0.1:0"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        output.read_line(&mut line).unwrap();
        let start = line
            .find("http")
            .unwrap_or_else(|| panic!("no address in {line:?}"));
        let url = &line[start..];
        let host = url.find("://").unwrap() + "://".len();
        let end = url[host..].find(['/', ' ', '\n']).unwrap() + host;
        let server = Self {
            process: Process(child),
            url: url[..end].to_owned(),
            folder,
            terminal: None,
        };
        (server, output)
    }

    /// The API's token.
    pub fn token(&self) -> String {
        let text = std::fs::read_to_string(self.folder.path().join("api.token"));
        text.unwrap().trim().to_owned()
    }

    /// Asks the process to end, waits for it, and leaves its data.
    pub fn end(mut self) -> (ExitStatus, TempDir) {
        let pid = self.process.0.id().to_string();
        run(Command::new("kill").args(["-TERM", &pid]));
        (self.process.0.wait().unwrap(), self.folder)
    }
}

/// An installation with the sample register and these contacts.
pub fn prepared(csv: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    let file = at.join("list.csv");
    std::fs::write(&file, csv).unwrap();
    run(leitplanke(at).args(["init", "--name", "Musterbau Maschinen GmbH", "--land", "HE"]));
    let sample = run(leitplanke(at).args(["register", "sample"]));
    std::fs::write(at.join("register.toml"), sample.stdout).unwrap();
    run(leitplanke(at)
        .args(["register", "apply"])
        .arg(at.join("register.toml")));
    run(leitplanke(at)
        .args([
            "import",
            "--source",
            "Messe",
            "--obtained-on",
            "2026-11-02",
            "--yes",
        ])
        .arg(file));
    folder
}

/// A process that does not outlive its test.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The binary on a data folder, in German.
pub fn leitplanke(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_leitplanke"));
    command
        .env_remove("DATABASE_URL")
        .env_remove("LEITPLANKE_MASTER_KEY");
    command.arg("--data").arg(data).args(["--lang", "de"]);
    command
}

/// Runs a command that has to succeed.
pub fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    if !output.status.success() {
        std::io::stderr().write_all(&output.stderr).unwrap();
        panic!("{command:?} failed");
    }
    output
}
