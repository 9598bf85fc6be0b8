//! Evidence packs on the command line: made where the data are, checked on a copy of the program that
//! has nothing but the pack and the key. All persons are invented.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test without its facts must fail"
)]

mod office;

use std::path::Path;
use std::process::{Command, Output};

use office::{Office, in_each_office};
use serde_json::Value;
use tempfile::TempDir;

const LIST: &str = "Nachname;Firma;E-Mail\nGrünhagel;Grünhagel GmbH;joerdis@gruenhagel.example\n";
const JOERDIS: &str = "joerdis@gruenhagel.example";

/// A machine with a copy of the program and nothing else.
struct Elsewhere {
    folder: TempDir,
}

impl Elsewhere {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let copy = folder.path().join("leitplanke");
        std::fs::copy(env!("CARGO_BIN_EXE_leitplanke"), copy).unwrap();
        Self { folder }
    }

    fn file(&self, name: &str, content: &[u8]) -> String {
        std::fs::write(self.folder.path().join(name), content).unwrap();
        name.to_owned()
    }

    /// Neither environment nor data folder nor database.
    fn types(&self, args: &[&str]) -> Output {
        let mut command = Command::new(self.folder.path().join("leitplanke"));
        command.env_clear().current_dir(self.folder.path());
        command.args(["--lang", "en"]).args(args).output().unwrap()
    }
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A consent with its wording, half of it withdrawn, and the pack of it.
fn packed(office: &Office) -> Vec<u8> {
    office.imports(LIST);
    let wording = office.file("wording.txt", "Ja, ich möchte „Neues“ erhalten.");
    let what = ["--contact", JOERDIS, "--purpose", "newsletter"];
    let given = ["--channel", "email,phone", "--given-on", "2026-11-03"];
    let proof = ["--proof", "written", "--text", &wording];
    let command = ["consent", "record"];
    office.does(&[&command[..], &what, &given, &proof].concat());
    let phone = ["--channel", "phone", "--on", "2026-11-10"];
    office.does(&[&["consent", "withdraw"][..], &what, &phone].concat());
    office.does(&["evidence", "pack", JOERDIS, "--out", "pack.zip"]);
    std::fs::read(office.path("pack.zip")).unwrap()
}

#[test]
fn a_pack_verifies_on_a_copy_of_the_program_without_data_or_database() {
    in_each_office(|office| {
        let pack = packed(office);
        let key = office.does(&["log", "key"]).out;
        let elsewhere = Elsewhere::new();
        let pack = elsewhere.file("pack.zip", &pack);
        let key = elsewhere.file("key.txt", key.as_bytes());
        let said = elsewhere.types(&["verify", &pack, "--key", &key]);
        assert!(said.status.success(), "{said:?}");
        let text = out(&said);
        assert!(text.contains("✓ genuine"), "{text}");
        assert!(
            text.contains("newsletter (email): given 2026-11-03"),
            "{text}"
        );
        assert!(
            text.contains("newsletter (phone): withdrawn 2026-11-10"),
            "{text}"
        );
        // Without the key the pack is of one piece and no more, and says so.
        let said = elsewhere.types(&["verify", &pack]);
        let text = out(&said);
        assert!(
            said.status.success() && !text.contains("genuine:"),
            "{text}"
        );
        assert!(
            text.contains("The key comes from the pack itself"),
            "{text}"
        );
        let said = elsewhere.types(&["--json", "verify", &pack]);
        let said: Value = serde_json::from_slice(&said.stdout).unwrap();
        assert_eq!(
            (&said["valid"], &said["key_from_pack"]),
            (&true.into(), &true.into())
        );
        assert_eq!(said["consents"].as_array().unwrap().len(), 2);
        assert!(!Path::new(&elsewhere.folder.path().join("data")).exists());
    });
}

#[test]
fn a_changed_or_foreign_pack_is_refused_with_place_and_reason() {
    in_each_office(|office| {
        let pack = packed(office);
        let elsewhere = Elsewhere::new();
        let foreign = "leitplanke/0+00000000+AA==";
        let file = elsewhere.file("pack.zip", &pack);
        assert!(
            !elsewhere
                .types(&["verify", &file, "--key", foreign])
                .status
                .success()
        );
        let mut refused = 0;
        for at in (0..pack.len()).step_by(pack.len() / 60) {
            let mut tampered = pack.clone();
            tampered[at] ^= 1;
            let file = elsewhere.file("tampered.zip", &tampered);
            let said = elsewhere.types(&["verify", &file]);
            if said.status.success() {
                // Only what a pack does not consist of, such as the date of a file in it.
                let before = pack::read_archive(&pack).unwrap();
                assert!(
                    pack::read_archive(&tampered).unwrap() == before,
                    "byte {at}"
                );
            } else {
                refused += 1;
            }
        }
        assert!(refused > 50, "{refused}");
        let file = elsewhere.file("short.zip", &pack[..pack.len() / 2]);
        let said = elsewhere.types(&["verify", &file]);
        assert_eq!(said.status.code(), Some(1), "{said:?}");
        assert!(out(&said).contains("✗ not genuine: the pack:"), "{said:?}");
    });
}

#[test]
fn nobody_gets_a_pack_about_nobody() {
    in_each_office(|office| {
        office.imports(LIST);
        let said = office.types(&["evidence", "pack", "nobody@example.com", "--out", "p.zip"]);
        assert_eq!(said.code, 2, "{said:?}");
        assert!(!office.path("p.zip").exists());
        let earlier = office.file("earlier.zip", "a pack that was made before");
        let said = office.types(&["evidence", "pack", "nobody@example.com", "--out", &earlier]);
        assert_eq!(said.code, 2, "{said:?}");
        let kept = std::fs::read_to_string(&earlier).unwrap();
        assert_eq!(kept, "a pack that was made before");
        let records = office.asks(&["evidence", "consents", JOERDIS]);
        assert_eq!(records["@type"], "dpv:ConsentReceipt");
    });
}
