//! A real mail server (aiosmtpd) and a strict reader of mail (Python's `email`, dkimpy).
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    dead_code,
    reason = "a test without its mail server must fail, and each test binary uses a part"
)]

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use serde_json::Value;
use tempfile::TempDir;

/// A mail server; it ends when this is dropped.
pub struct MailServer {
    folder: TempDir,
    process: Option<Child>,
    port: u16,
}

/// A mail that the server took.
#[derive(Clone, Debug)]
pub struct Received {
    /// The recipients of the envelope.
    pub to: Vec<String>,
    /// Whether the connection was encrypted.
    pub tls: bool,
    /// The mail as it came.
    pub file: PathBuf,
}

impl MailServer {
    /// Starts one that takes everything.
    pub fn start() -> Self {
        let folder = TempDir::new().unwrap();
        certificates(folder.path());
        let mut server = Self {
            folder,
            process: None,
            port: 0,
        };
        server.behave("");
        server.up();
        server
    }

    /// Starts it again, on the same port.
    pub fn up(&mut self) {
        let port = self.port.to_string();
        let mut child = python("server.py")
            .arg(self.folder.path())
            .arg(port)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        output.read_line(&mut line).unwrap();
        self.port = line.trim().parse().unwrap();
        self.process = Some(child);
    }

    /// Ends it; what it took stays.
    pub fn down(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    /// Tells it what to do from now on; see `server.py`.
    pub fn behave(&self, how: &str) {
        let to = self.folder.path().join("behaviour");
        let new = self.folder.path().join("behaviour.new");
        std::fs::write(&new, how).unwrap();
        std::fs::rename(new, to).unwrap();
    }

    /// Its address, over STARTTLS.
    pub fn url(&self) -> String {
        format!("smtp://localhost:{}?tls=required", self.port)
    }

    /// Its address, in clear.
    pub fn url_in_clear(&self) -> String {
        format!("smtp://localhost:{}", self.port)
    }

    /// The certificate of the authority that signed its own.
    pub fn ca(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// Every mail that it took.
    pub fn mails(&self) -> Vec<Received> {
        let folder = self.folder.path().join("mail");
        let mut mails = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ext| ext == "json") {
                let about: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
                let to = about["to"].as_array().unwrap().iter();
                mails.push(Received {
                    to: to.map(|to| to.as_str().unwrap().to_owned()).collect(),
                    tls: about["tls"].as_bool().unwrap(),
                    file: path.with_extension("eml"),
                });
            }
        }
        mails
    }

    /// Waits until it took this many.
    pub fn wait_for(&self, count: usize) -> Vec<Received> {
        let end = Instant::now() + Duration::from_mins(1);
        loop {
            let mails = self.mails();
            if mails.len() >= count {
                return mails;
            }
            assert!(
                Instant::now() < end,
                "{} of {count} mails came",
                mails.len()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.down();
    }
}

impl Received {
    /// Reads it strictly; with the DNS record of the public key the signature is checked too.
    pub fn checked(&self, key_record: Option<&str>) -> Value {
        let mut command = python("check.py");
        command.arg(&self.file).args(key_record);
        let output = command.output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{error}");
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

/// The Python that has aiosmtpd and dkimpy, on a script beside this file.
fn python(script: &str) -> Command {
    let python = std::env::var_os("LEITPLANKE_TEST_PYTHON").unwrap_or_else(|| {
        panic!(
            "LEITPLANKE_TEST_PYTHON is not set: run ./test, or set it to a Python with aiosmtpd and \
             dkimpy"
        )
    });
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail_server");
    let mut command = Command::new(python);
    command.arg(place.join(script));
    command
}

/// A certificate for `localhost` and the authority that signed it.
fn certificates(folder: &Path) {
    let key = KeyPair::generate().unwrap();
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let ca = authority.self_signed(&key).unwrap();
    let issuer = Issuer::from_params(&authority, &key);
    let own_key = KeyPair::generate().unwrap();
    let own = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let own = own.signed_by(&own_key, &issuer).unwrap();
    let write = |name: &str, text: String| std::fs::write(folder.join(name), text).unwrap();
    write("ca.pem", ca.pem());
    write("cert.pem", own.pem());
    write("key.pem", own_key.serialize_pem());
}
