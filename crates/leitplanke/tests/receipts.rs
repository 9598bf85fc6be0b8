//! What a person who consents gets in hand: a mail with a paper to read and a proof that a third party
//! checks with the key alone. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod mail_server;
mod served;

use std::path::Path;

use jiff::ZonedDateTime;
use law::Lang;
use mail_server::MailServer;
use operations::{Act, Installation, Organisation, master_key_in};
use served::{Server, leitplanke, prepared, run};
use store::Target;

const ANNA: &str = "anna@muster.example";

fn act() -> Act {
    let now = ZonedDateTime::now();
    Act {
        at: now.timestamp(),
        today: now.date(),
        by: "person".to_owned(),
    }
}

/// The organisation in the folder, beside the server that runs on it.
fn organisation(folder: &Path) -> Organisation {
    let target = Target::Sqlite(folder.to_owned());
    let installation = Installation::open(&target, master_key_in(folder).unwrap()).unwrap();
    Organisation::open(&installation, None).unwrap()
}

#[test]
fn whoever_consents_is_mailed_a_receipt_that_verifies_without_us() {
    let folder = prepared(&format!("Name;E-Mail\nAnna Muster;{ANNA}\n"));
    let own = organisation(folder.path());
    let anna = own.contact_view(&ANNA.parse().unwrap(), act().today, Lang::De);
    let anna = anna.unwrap().line.id.parse().unwrap();
    let offers = own.offers(anna, Lang::De).unwrap();
    let offer = offers.first().unwrap();
    let (wording, activity) = (&offer.wording, &offer.activity);
    let given = own
        .give_consent(anna, wording, activity, &offer.sha256, Lang::De, &act())
        .unwrap();

    let mail = MailServer::start();
    let (url, ca) = (mail.url(), mail.ca());
    let options = ["--smtp", &url, "--smtp-ca", ca.to_str().unwrap()];
    let from = ["--mail-from", "Musterbau <post@musterbau.example>"];
    let _server = Server::on(folder, &[&options[..], &from].concat());
    let received = mail.wait_for(1).remove(0);
    assert_eq!(received.to, [ANNA]);
    let read = received.checked(None);
    let text = read["text"].as_str().unwrap();
    assert!(text.contains("jederzeit widerrufen"), "{text}");
    let files: Vec<(String, String, Vec<u8>)> =
        serde_json::from_value::<Vec<(String, String, String)>>(read["files"].clone())
            .unwrap()
            .into_iter()
            .map(|(name, kind, content)| (name, kind, hex::decode(content).unwrap()))
            .collect();
    let named: Vec<_> = files.iter().map(|(n, kind, _)| (&**n, &**kind)).collect();
    let (paper, proof) = (
        format!("Einwilligung-{}.pdf", given.entry),
        format!("Nachweis-{}.json", given.entry),
    );
    let wanted = [(&*paper, "application/pdf"), (&*proof, "application/json")];
    assert_eq!(named, wanted);
    assert!(files[0].2.starts_with(b"%PDF"));

    // A machine with nothing but the attachment and the log's public key.
    let elsewhere = tempfile::tempdir().unwrap();
    let (receipt, key) = (elsewhere.path().join(&proof), elsewhere.path().join("key"));
    std::fs::write(&receipt, &files[1].2).unwrap();
    std::fs::write(&key, own.log_verifier().to_string()).unwrap();
    let (receipt, key) = (receipt.to_str().unwrap(), key.to_str().unwrap());
    let check = ["verify", receipt, "--key", key];
    let said = run(leitplanke(elsewhere.path()).args(check));
    let said = String::from_utf8_lossy(&said.stdout);
    assert!(said.contains(activity.as_str()), "{said}");
    let mut changed = files[1].2.clone();
    let at = changed.iter().rposition(u8::is_ascii_alphanumeric).unwrap();
    changed[at] = if changed[at] == b'a' { b'b' } else { b'a' };
    std::fs::write(receipt, changed).unwrap();
    let said = leitplanke(elsewhere.path()).args(check).output().unwrap();
    assert!(!said.status.success());
}
