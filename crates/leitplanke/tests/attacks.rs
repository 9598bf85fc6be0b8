//! Attacks on the running server and on its database, each refused or detected: what is forged, dated
//! back, replayed or guessed over HTTP is refused with a trace, and what is changed or deleted in the
//! database is named by `leitplanke verify`. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod served;

use std::path::Path;

use jiff::{SignedDuration, Timestamp, ZonedDateTime};
use law::facts::InterestGround;
use law::{Channel, ChannelSet, Country, Lang};
use operations::call::CallOutcome;
use operations::campaign::{CampaignDraft, CampaignText, Chosen};
use operations::lead_form::ShownForm;
use operations::mail::{Delivery, Outgoing, Pace};
use operations::request::RequestKind;
use operations::{
    Act, ContactRef, EvidenceFilter, Installation, NewOrganisation, Organisation, master_key_in,
};
use served::{Server, leitplanke, prepared};
use store::Target;
use store::testing::Database;
use tempfile::TempDir;
use ureq::Agent;

const FORM: &str = "whitepaper-cooling";
const PACE: Pace = Pace {
    per_domain: SignedDuration::from_millis(0),
    lease: SignedDuration::from_secs(600),
};
const LIST: &str = "Anrede;Name;Firma;E-Mail;Telefon\n\
Herr;Bert Muster;Muster GmbH;bert@beispiel.example;+49 641 1234502\n\
Frau;Cora Muster;Muster GmbH;cora@beispiel.example;+49 641 1234503\n";

fn act() -> Act {
    let now = ZonedDateTime::now();
    Act {
        at: now.timestamp(),
        today: now.date(),
        by: "test".to_owned(),
    }
}

/// The server, and what reads the same data beside it.
struct Attacked {
    server: Server,
    here: Installation,
    own: Organisation,
    agent: Agent,
}

impl Attacked {
    fn start() -> Self {
        let server = Server::on(prepared(LIST), &[]);
        let folder = server.folder.path().to_owned();
        let key = master_key_in(&folder).unwrap();
        let here = Installation::open(&Target::Sqlite(folder), key).unwrap();
        here.reached_at(&server.url);
        let own = Organisation::open(&here, None).unwrap();
        let config = Agent::config_builder().http_status_as_error(false);
        let agent = config.max_redirects(0).build().into();
        Self {
            server,
            here,
            own,
            agent,
        }
    }

    fn form(&self) -> String {
        format!("{}/f/{}/{FORM}", self.server.url, self.own.id())
    }

    /// A form that was shown this long ago.
    fn shown(&self, ago: SignedDuration) -> ShownForm {
        let at = Timestamp::now() - ago;
        self.own.show_form(FORM, Lang::De, None, at).unwrap()
    }

    /// A form as a person sends it who ticks every box.
    fn answers(&self, email: &str) -> Vec<(&'static str, String)> {
        let shown = self.shown(SignedDuration::from_secs(15));
        let mut answers = vec![
            ("ticket", shown.ticket.clone()),
            ("email", email.to_owned()),
            ("company", "Muster GmbH".to_owned()),
        ];
        let keys = shown.consents.iter();
        answers.extend(keys.map(|consent| ("consent", consent.key.clone())));
        answers
    }

    fn post(&self, url: &str, origin: &str, fields: &[(&str, String)]) -> u16 {
        let request = self.agent.post(url).header("Origin", origin);
        let fields = fields.iter().map(|(name, value)| (*name, value.as_str()));
        request.send_form(fields).unwrap().status().as_u16()
    }

    fn send(&self, answers: &[(&str, String)]) -> u16 {
        self.post(&self.form(), &self.server.url, answers)
    }

    /// The reasons of all refusals, in the order in which they were written down.
    fn refusals(&self) -> Vec<String> {
        let filter = EvidenceFilter {
            kind: Some("submission.refused".to_owned()),
            ..EvidenceFilter::default()
        };
        let page = self.own.evidence_page(&filter, None, 100).unwrap();
        let entries = page.lines.iter().rev();
        let reasons = entries.map(|line| {
            let content = self.own.evidence_entry(line.entry).unwrap().content;
            content.unwrap()["reason"].as_str().unwrap().to_owned()
        });
        reasons.collect()
    }

    fn is_known(&self, who: &str) -> bool {
        let who: ContactRef = who.parse().unwrap();
        self.own.contact_view(&who, act().today, Lang::De).is_ok()
    }

    fn deliver(&self) -> Vec<Outgoing> {
        let mut all = Vec::new();
        while let Some(mail) = self.here.next_message(&PACE, &act()).unwrap() {
            let hash = [7; 32];
            assert!(
                self.here
                    .begin_transmission(&mail, hash, &PACE, &act())
                    .unwrap()
            );
            self.here
                .message_ended(&mail, &Delivery::Sent, &act())
                .unwrap();
            all.push(mail);
        }
        all
    }

    /// The link in the mail to somebody that asks to confirm.
    fn link(&self, to: &str) -> String {
        let mails = self.deliver();
        let mail = mails.iter().find(|mail| mail.letter.to == to).unwrap();
        let mut words = mail.letter.text.split_whitespace();
        words
            .find(|word| word.contains("/confirm/"))
            .unwrap()
            .to_owned()
    }
}

fn with(
    answers: &[(&'static str, String)],
    name: &'static str,
    value: &str,
) -> Vec<(&'static str, String)> {
    let mut changed = answers.to_vec();
    changed.retain(|(of, _)| *of != name);
    changed.push((name, value.to_owned()));
    changed
}

#[test]
fn what_is_forged_dated_back_replayed_or_guessed_is_refused_and_leaves_a_trace() {
    let it = Attacked::start();
    let page = it.agent.get(it.form()).call().unwrap();
    let page = page.into_body().read_to_string().unwrap();
    assert!(
        page.contains("name=\"consent\"") && !page.contains("checked"),
        "{page}"
    );

    let good = it.answers("anna@muster.example");
    let ticket = good[0].1.clone();
    let last = if ticket.ends_with('A') { "B" } else { "A" };
    let forged = format!("{}{last}", &ticket[..ticket.len() - 1]);
    let consent = &good[3].1;
    let old = it.shown(SignedDuration::from_hours(13)).ticket;
    let early = it.shown(-SignedDuration::from_hours(1)).ticket;
    let mut expected = Vec::new();
    for (attack, answers, reason) in [
        (
            "a forged signature",
            with(&good, "ticket", &forged),
            "forged",
        ),
        ("no ticket", with(&good, "ticket", ""), "forged"),
        (
            "a form of long ago",
            with(&good, "ticket", &old),
            "other_time",
        ),
        (
            "a form of tomorrow",
            with(&good, "ticket", &early),
            "other_time",
        ),
        (
            "a consent that was not offered",
            with(&good, "consent", "advertising"),
            "consent_not_offered",
        ),
        (
            "a consent with another in it",
            with(&good, "consent", &format!("{consent},telephone")),
            "consent_not_offered",
        ),
        (
            "a program that fills in everything",
            with(&good, "website", "x"),
            "trapped",
        ),
    ] {
        assert_eq!(it.send(&answers), 403, "{attack}");
        expected.push(reason.to_owned());
        assert_eq!(it.refusals(), expected, "{attack}");
    }
    let foreign = it.post(&it.form(), "https://attacker.example", &good);
    expected.push("foreign".to_owned());
    assert_eq!((foreign, it.refusals()), (403, expected.clone()));
    assert!(it.deliver().is_empty(), "nothing was kept of all that");

    assert_eq!(it.send(&good), 303);
    assert_eq!(it.send(&good), 403, "sent a second time");
    expected.push("replayed".to_owned());
    assert_eq!(it.refusals(), expected);

    // Tokens: guessed, of another organisation, moved to somebody else's form, used twice.
    let link = it.link("anna@muster.example");
    let (start, token) = link.rsplit_once('/').unwrap();
    let guessed = format!("{start}/{}", token.chars().rev().collect::<String>());
    assert!(it.post(&guessed, &it.server.url, &[]) >= 400);
    let new = NewOrganisation {
        name: "Andere Muster GmbH".to_owned(),
        country: Country::DE,
        land: None,
    };
    let other = Organisation::create(&it.here, &new, &act()).unwrap();
    let elsewhere = link.replace(&it.own.id().to_string(), &other.id().to_string());
    assert!(it.post(&elsewhere, &it.server.url, &[]) >= 400);
    it.agent.get(&link).call().unwrap();
    assert!(!it.is_known("anna@muster.example"));
    assert!(it.post(&link, &it.server.url, &[]) < 400);
    assert!(it.is_known("anna@muster.example"));
    assert!(
        it.post(&link, &it.server.url, &[]) >= 400,
        "a token works once"
    );
}

#[test]
fn a_token_moved_to_another_address_in_the_database_confirms_nothing() {
    let it = Attacked::start();
    for who in ["victim@muster.example", "mallory@muster.example"] {
        assert_eq!(it.send(&it.answers(who)), 303);
    }
    let link = it.link("mallory@muster.example");
    let Attacked {
        server,
        here,
        own,
        agent,
    } = it;
    let (_, folder) = server.end();
    drop((here, own));
    let database = Database::in_folder(copy(folder.path()));
    let token = ("submission", "token");
    let mut mallorys = Vec::new();
    let last = "entry_seq = (SELECT MAX(entry_seq) FROM submission)";
    database.change_bytes(token, last, |own| {
        mallorys.clone_from(own);
        own.fill(0);
    });
    let first = "entry_seq = (SELECT MIN(entry_seq) FROM submission)";
    database.change_bytes(token, first, |victims| victims.clone_from(&mallorys));
    let server = Server::on(copy(&place(&database)), &[]);
    let (_, path) = link.split_once("/f/").unwrap();
    let url = format!("{}/f/{path}", server.url);
    let request = agent.post(&url).header("Origin", &server.url);
    let nothing: [(&str, &str); 0] = [];
    let answer = request.send_form(nothing).unwrap();
    assert_eq!(answer.status().as_u16(), 410);
    let (_, folder) = server.end();
    let said = verify(folder.path());
    assert!(said.contains("form that was sent"), "{said}");
}

/// What `leitplanke verify` says of data in which something is wrong.
fn verify(folder: &Path) -> String {
    let output = leitplanke(folder).arg("verify").output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    said
}

/// Something in every table that says what may be done with whom.
fn everything(it: &Attacked) {
    assert_eq!(it.send(&it.answers("anna@muster.example")), 303);
    let link = it.link("anna@muster.example");
    assert!(it.post(&link, &it.server.url, &[]) < 400);
    let anna: ContactRef = "anna@muster.example".parse().unwrap();
    let bert: ContactRef = "bert@beispiel.example".parse().unwrap();
    let cora: ContactRef = "cora@beispiel.example".parse().unwrap();
    let own = &it.own;
    let view = own.contact_view(&anna, act().today, Lang::De).unwrap();
    let id = view.line.id.parse().unwrap();
    own.take_request(id, RequestKind::Access, &act()).unwrap();
    own.record_objection(&cora, ChannelSet::ALL, act().today, &act())
        .unwrap();
    let activity = "telephone-acquisition";
    let ground = InterestGround::ContactAsked;
    own.note_circumstance(&bert, activity, ground, "Fragte nach einer Fräse", &act())
        .unwrap();
    let call = own.begin_call(&bert, activity, "Guten Tag", Lang::De, &act());
    own.end_call(&call.unwrap().id, CallOutcome::Reached, &act())
        .unwrap();
    let draft = CampaignDraft {
        name: "Neue Fräsen".to_owned(),
        activity: "newsletter".to_owned(),
        channel: Channel::Email,
        goods: None,
        german: Some(CampaignText {
            subject: "Neues".to_owned(),
            text: "Guten Tag,\n\nes gibt eine neue Fräse.".to_owned(),
        }),
        english: None,
        chosen: Chosen::default(),
    };
    let campaign = own.add_campaign(&draft, &act()).unwrap();
    own.make_campaign_ready(campaign, 1, &act()).unwrap();
    own.send_campaign(campaign, &act()).unwrap();
    while it.here.queue_campaigns(&act()).unwrap() {}
    assert!(!it.deliver().is_empty());
    own.sequence(act().at).unwrap();
    assert_eq!(own.verify().unwrap().faults, []);
}

#[test]
fn what_is_changed_or_deleted_in_the_database_is_named() {
    let it = Attacked::start();
    everything(&it);
    let Attacked {
        server, here, own, ..
    } = it;
    let (_, folder) = server.end();
    drop((here, own));
    let flip = |bytes: &mut Vec<u8>| {
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
    };
    for (sql, names) in [
        ("UPDATE consent SET channels = channels + 16", "consent"),
        ("UPDATE consent SET given_on = given_on - 400", "consent"),
        ("DELETE FROM consent", "consent"),
        ("UPDATE objection SET channels = 1", "objection"),
        ("DELETE FROM objection", "objection"),
        ("DELETE FROM suppression", "suppression"),
        ("UPDATE contact SET country = 'FR'", "contact"),
        ("UPDATE submission SET version = 0", "form that was sent"),
        ("DELETE FROM submission", "form that was sent"),
        ("UPDATE request SET due_on = due_on + 90", "request"),
        ("DELETE FROM request", "request"),
        ("UPDATE call SET outcome = 5", "call"),
        ("DELETE FROM call", "call"),
        ("UPDATE lead SET basis = 'contract'", "lead"),
        ("DELETE FROM lead", "lead"),
        ("UPDATE campaign SET activity = 'other'", "campaign"),
        ("DELETE FROM campaign", "campaign"),
        ("DELETE FROM campaign_recipient", "recipient"),
        ("UPDATE message SET state = 1 WHERE state = 4", "mail"),
        ("DELETE FROM message WHERE state = 4", "mail"),
        (
            "DELETE FROM lookup WHERE kind = 1",
            "is not found by what it has any more",
        ),
        (
            "UPDATE evidence_entry SET kind = 3 WHERE seq = 1",
            "the kind by which entry 1 is found",
        ),
        (
            "UPDATE evidence_entry SET at = at - 86400000 WHERE seq = 7",
            "the time by which entry 7 is found",
        ),
        (
            "DELETE FROM evidence_entry WHERE seq = 5",
            "entry 4 is missing",
        ),
        (
            "UPDATE evidence_checkpoint SET note = replace(note, '— ', '— x')",
            "not signed by the key",
        ),
        ("DELETE FROM evidence_checkpoint", "checkpoint"),
    ] {
        let database = Database::in_folder(copy(folder.path()));
        assert!(database.execute(sql) > 0, "{sql}");
        let said = verify(&place(&database));
        let named = said
            .lines()
            .any(|line| line.starts_with('✗') && line.contains(names));
        assert!(named, "{sql}: {said}");
    }
    for (table, condition, names) in [
        (("evidence_entry", "bytes"), "seq = 7", "entry 6"),
        (("evidence_tile", "data"), "level = 0 AND idx = 0", "tile"),
    ] {
        let database = Database::in_folder(copy(folder.path()));
        database.change_bytes(table, condition, flip);
        let said = verify(&place(&database));
        assert!(said.contains(names), "{table:?}: {said}");
    }
}

fn place(database: &Database) -> std::path::PathBuf {
    match database.target() {
        Target::Sqlite(folder) => folder.clone(),
        Target::Postgres(_) => unreachable!("it is SQLite"),
    }
}

/// A copy of an installation whose server has ended.
fn copy(from: &Path) -> TempDir {
    let to = TempDir::new().unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        if file.file_type().unwrap().is_file() {
            std::fs::copy(file.path(), to.path().join(file.file_name())).unwrap();
        }
    }
    to
}
