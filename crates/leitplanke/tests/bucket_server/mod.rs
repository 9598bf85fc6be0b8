//! A store in the network that speaks S3.
#![allow(
    clippy::unwrap_used,
    dead_code,
    reason = "a test without its store must fail, and each test uses a part"
)]

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

/// A store; it ends when this is dropped.
pub struct BucketServer {
    process: Child,
    address: String,
}

impl BucketServer {
    /// Starts one that is empty.
    pub fn start() -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bucket_server/server.py");
        let mut process = Command::new("python3")
            .arg(script)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut port = String::new();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        output.read_line(&mut port).unwrap();
        Self {
            process,
            address: format!("http://127.0.0.1:{}", port.trim()),
        }
    }

    /// What leads a command there.
    pub fn environment(&self) -> [(&str, &str); 5] {
        [
            ("AWS_ENDPOINT", &self.address),
            ("AWS_ALLOW_HTTP", "true"),
            ("AWS_REGION", "eu-central-1"),
            ("AWS_ACCESS_KEY_ID", "somebody"),
            ("AWS_SECRET_ACCESS_KEY", "something"),
        ]
    }

    /// Every byte that it keeps.
    pub fn everything(&self) -> Vec<u8> {
        let url = format!("{}/backups/everything", self.address);
        let signed = ureq::get(url).header("Authorization", "AWS4-HMAC-SHA256 test");
        signed.call().unwrap().body_mut().read_to_vec().unwrap()
    }
}

impl Drop for BucketServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
