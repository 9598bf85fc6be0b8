//! An installation that is used by command line alone, on either engine. All persons are invented.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    dead_code,
    reason = "a test without its installation must fail, and each test binary uses a part"
)]

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;
use store::Target;
use store::testing::{Database, on_each_engine};
use tempfile::TempDir;

/// What a command said.
#[derive(Debug)]
pub struct Said {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Said {
    /// Standard output as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// An installation.
pub struct Office {
    /// Where its files are.
    pub folder: TempDir,
    url: Option<String>,
}

impl Office {
    fn on(database: &Database) -> Self {
        let url = match database.target() {
            Target::Postgres(url) => Some(url.clone()),
            Target::Sqlite(_) => None,
        };
        Self {
            folder: TempDir::new().unwrap(),
            url,
        }
    }

    /// A machine without an installation.
    pub fn nowhere() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
            url: None,
        }
    }

    /// A place in its folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file and gives its place as an argument.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Types a command.
    pub fn types(&self, args: &[&str]) -> Said {
        self.types_with(args, b"")
    }

    /// Types a command with this on standard input.
    pub fn types_with(&self, args: &[&str], input: &[u8]) -> Said {
        self.types_in(&[], args, input)
    }

    /// Types a command in an environment with these variables.
    pub fn types_in(&self, variables: &[(&str, &str)], args: &[&str], input: &[u8]) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_leitplanke"));
        command
            .env_remove("DATABASE_URL")
            .env_remove("LEITPLANKE_MASTER_KEY");
        if let Some(url) = &self.url {
            command.env("DATABASE_URL", url);
        }
        command
            .envs(variables.iter().copied())
            .current_dir(self.folder.path())
            .args(["--data", "data", "--lang", "en"])
            .args(args);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A command that fails early does not read on.
        let _ = stdin.write_all(input);
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        Said {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Types a command that has to succeed.
    pub fn does(&self, args: &[&str]) -> Said {
        let said = self.types(args);
        assert_eq!(said.code, 0, "{args:?}: {said:?}");
        said
    }

    /// What a command that has to succeed answers in JSON.
    pub fn asks(&self, args: &[&str]) -> Value {
        self.does(&[&["--json"], args].concat()).json()
    }

    /// The gate's answer about a contact.
    pub fn decision(&self, contact: &str, purpose: &str, channel: &str) -> Value {
        self.asks(&[
            "decide",
            "--contact",
            contact,
            "--purpose",
            purpose,
            "--channel",
            channel,
        ])
    }

    /// The gate's verdict about a contact.
    pub fn verdict(&self, contact: &str, purpose: &str, channel: &str) -> String {
        self.decision(contact, purpose, channel)["verdict"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Takes in a list in Windows-1252.
    pub fn imports(&self, list: &str) -> Value {
        let (encoded, _, unmappable) = encoding_rs::WINDOWS_1252.encode(list);
        assert!(!unmappable);
        let file = self.file("liste.csv", encoded);
        self.asks(&[
            "import",
            &file,
            "--source",
            "Messe",
            "--obtained-on",
            "2026-11-02",
            "--yes",
        ])
    }
}

/// Runs a test on an installation with the sample register, on each engine.
pub fn in_each_office(test: impl Fn(&Office)) {
    on_each_engine(|database| {
        let office = Office::on(database);
        office.does(&["init", "--name", "Musterbau Maschinen GmbH", "--land", "HE"]);
        let sample = office.does(&["register", "sample"]).out;
        let file = office.file("register.toml", sample);
        office.does(&["register", "apply", &file]);
        test(&office);
    });
}

/// Runs a test where nothing is set up, on each engine.
pub fn in_each_empty_place(test: impl Fn(&Office)) {
    on_each_engine(|database| test(&Office::on(database)));
}
