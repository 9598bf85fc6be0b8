//! Evidence packs and the documents in them, on both databases. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use law::facts::Proof;
use law::{Channel, ChannelSet, Lang};
use operations::merge::MergeChoices;
use operations::{
    Attested, Error, EvidencePack, NewConsent, Organisation, OrganisationId, RecordedConsent,
};
use pack::{ConsentState, Files, read_archive, verify};
use serde_json::Value;
use sha2::Digest as _;
use store::testing::{Database, on_each_engine};
use support::{
    TODAY, act, act_on, consent_to_newsletter, contact, faultless, import, installation, objection,
    organisation,
};

const LIST: &[u8] = "Vorname;Nachname;Firma;E-Mail;Telefon\n\
    Anna;Abel;Muster GmbH;anna@muster.example;0641 123456\n\
    Anna;Abel-Neu;Muster GmbH;a.neu@muster.example;0641 123456\n\
    Berta;Brand;Muster GmbH;berta@muster.example;0641 999999\n"
    .as_bytes();
const ANNA: &str = "anna@muster.example";
const TWIN: &str = "a.neu@muster.example";
const FORM: &[u8] = b"%PDF-1.7 a signed form";

fn with_people(database: &Database) -> Organisation {
    let this = organisation(database);
    assert_eq!(import(&this, LIST).added, 3);
    this
}

fn id(this: &Organisation, who: &str) -> OrganisationId {
    let line = this.contact_line(&contact(who)).unwrap();
    line.id.parse().unwrap()
}

/// A consent on paper, taken at a fair, with the signed form.
fn on_paper(this: &Organisation, who: &str, attested: &Attested) -> Result<RecordedConsent, Error> {
    let new = NewConsent {
        contact: contact(who),
        activity: "newsletter".to_owned(),
        channels: ChannelSet::of(Channel::Email).with(Channel::Phone),
        given_on: TODAY,
        proof: Proof::Written,
        text: Some("Ja, ich möchte „Neues“ erhalten.\nAuch am Telefon.".to_owned()),
        circumstances: faultless(),
        told: None,
    };
    this.record_attested_consent(&new, attested, &act())
}

fn at_a_fair() -> Attested {
    Attested {
        witness: Some("Carla Colleague".to_owned()),
        place: Some(" Messe Hannover ".to_owned()),
        called_by: Some("  ".to_owned()),
        called_number: Some("0641 123456".to_owned()),
        document: Some(FORM.to_vec()),
    }
}

fn make(this: &Organisation, who: &str) -> EvidencePack {
    let summary = |_: &_| Ok::<_, Error>(b"%PDF-1.7 summary".to_vec());
    this.evidence_pack(&contact(who), summary, &act()).unwrap()
}

fn json(files: &Files, name: &str) -> Value {
    serde_json::from_slice(&files[name]).unwrap()
}

fn sound(this: &Organisation) {
    this.sequence(act().at).unwrap();
    assert_eq!(this.verify().unwrap().faults, []);
}

#[test]
fn a_pack_tells_an_outsider_what_was_consented_to_and_what_became_of_it() {
    on_each_engine(|database| {
        let this = with_people(database);
        on_paper(&this, ANNA, &at_a_fair()).unwrap();
        let phone = ChannelSet::of(Channel::Phone);
        this.withdraw_consent(&contact(ANNA), None, phone, TODAY, &act())
            .unwrap();
        consent_to_newsletter(&this, "berta@muster.example", TODAY);
        let made = make(&this, ANNA);
        let report = verify(&made.zip, Some(this.log_verifier())).unwrap();
        assert_eq!(report.made_by, "test");
        let states: Vec<_> = report
            .consents
            .iter()
            .map(|consent| {
                (
                    consent.channels.join(" "),
                    consent.state(),
                    consent.text.is_some(),
                )
            })
            .collect();
        assert_eq!(
            states,
            [
                ("phone".to_owned(), ConsentState::Withdrawn, true),
                // What is left has the wording of the whole.
                ("email".to_owned(), ConsentState::Given, true),
            ]
        );
        let taken = &report.consents[0].taken;
        assert_eq!(taken.place.as_deref(), Some("Messe Hannover"));
        assert_eq!(taken.called_number.as_deref(), Some("+49641123456"));
        assert_eq!(taken.called_by, None);
        let files = read_archive(&made.zip).unwrap();
        let text = files
            .iter()
            .find(|(name, _)| name.starts_with("texts/"))
            .unwrap();
        assert_eq!(
            text.1,
            "Ja, ich möchte „Neues“ erhalten.\nAuch am Telefon.".as_bytes()
        );
        let document = files
            .iter()
            .find(|(name, _)| name.starts_with("documents/"));
        assert_eq!(document.unwrap().1, FORM);
        // Nobody else is in it.
        for (name, bytes) in &files {
            assert!(!String::from_utf8_lossy(bytes).contains("berta"), "{name}");
        }
        sound(&this);
    });
}

#[test]
fn the_consents_are_told_in_the_terms_of_the_dpv() {
    on_each_engine(|database| {
        let this = with_people(database);
        on_paper(&this, ANNA, &at_a_fair()).unwrap();
        let all = this.consent_records_jsonld(&contact(ANNA), &act()).unwrap();
        assert_eq!(all["@type"], "dpv:ConsentReceipt");
        let record = &all["dpv:hasRecordOfActivity"][0];
        assert_eq!(record["@type"], "dpv:ConsentRecord");
        assert_eq!(record["dpv:hasLegalBasis"]["@id"], "eu-gdpr:A6-1-a");
        assert_eq!(record["dpv:hasJurisdiction"]["@id"], "loc:DE");
        let status = &record["dpv:hasConsentStatus"][0];
        assert_eq!(status["@type"][0], "dpv:ConsentGiven");
        assert_eq!(status["dpv:isIndicatedAtTime"]["@value"], "2026-11-24");
        assert_eq!(record["dpv:hasProcess"]["dct:identifier"], "newsletter");
        assert!(all["dpv:hasDataController"]["dpv:hasName"].is_string());
    });
}

#[test]
fn making_a_pack_is_evidence_and_a_failed_summary_leaves_none() {
    on_each_engine(|database| {
        let this = with_people(database);
        consent_to_newsletter(&this, ANNA, TODAY);
        let kinds = || -> Vec<String> {
            let view = this.contact_view(&contact(ANNA), TODAY, Lang::De).unwrap();
            view.events.into_iter().map(|event| event.kind).collect()
        };
        let before = kinds();
        let failed = this.evidence_pack(&contact(ANNA), |_| Err(Error::Stored("summary")), &act());
        assert!(matches!(failed, Err(Error::Stored("summary"))));
        assert_eq!(kinds(), before);
        let made = make(&this, ANNA);
        assert_eq!(kinds()[0], "proof.issued");
        let entry = this.evidence_entry(made.entry).unwrap();
        let files = read_archive(&made.zip).unwrap();
        let said = entry.content.unwrap();
        let manifest = sha2::Sha256::digest(&files["manifest.json"]);
        assert_eq!(said["manifest_sha256"], format!("{manifest:x}"));
        // The next pack has it.
        let next = verify(&make(&this, ANNA).zip, None).unwrap();
        assert!(next.key_from_pack);
        assert!(
            next.entries
                .iter()
                .any(|entry| entry.kind == "proof.issued")
        );
        sound(&this);
    });
}

#[test]
fn what_was_proven_of_a_merged_contact_is_in_the_pack_and_its_document_moves() {
    on_each_engine(|database| {
        let this = with_people(database);
        on_paper(&this, TWIN, &at_a_fair()).unwrap();
        let (kept, other) = (id(&this, ANNA), id(&this, TWIN));
        let view = this.merge_view(kept, other).unwrap();
        assert_eq!(view.moves.documents, 1);
        this.merge_contacts(kept, other, &MergeChoices::new(), view.seen, &act())
            .unwrap();
        let documents = this.documents(&contact(ANNA)).unwrap();
        let document = documents[0].document.id.parse().unwrap();
        let file = this.document(&contact(ANNA), document).unwrap();
        assert_eq!(
            (file.bytes.as_slice(), file.media_type.name()),
            (FORM, "application/pdf")
        );
        sound(&this);
        let made = make(&this, ANNA);
        let report = verify(&made.zip, Some(this.log_verifier())).unwrap();
        assert_eq!(report.consents[0].documents.len(), 1);
        let manifest = json(&read_archive(&made.zip).unwrap(), "manifest.json");
        assert_eq!(manifest["subjects"].as_array().unwrap().len(), 2);
        // It goes with the person that was kept.
        this.erase(&contact(ANNA), &act()).unwrap();
        assert!(
            this.document(&operations::ContactRef::Id(kept), document)
                .is_err()
        );
        sound(&this);
    });
}

#[test]
fn an_erased_person_has_no_document_and_no_pack() {
    on_each_engine(|database| {
        let this = with_people(database);
        on_paper(&this, ANNA, &at_a_fair()).unwrap();
        let anna = operations::ContactRef::Id(id(&this, ANNA));
        this.erase(&anna, &act()).unwrap();
        assert_eq!(database.execute("UPDATE document SET media = media"), 0);
        let summary = |_: &_| Ok::<_, Error>(Vec::new());
        let refused = this.evidence_pack(&anna, summary, &act());
        assert!(matches!(refused, Err(Error::Erased)), "{refused:?}");
        sound(&this);
    });
}

#[test]
fn a_document_changed_in_the_database_is_found() {
    on_each_engine(|database| {
        let this = with_people(database);
        on_paper(&this, ANNA, &at_a_fair()).unwrap();
        this.sequence(act().at).unwrap();
        database.execute("UPDATE document SET media = 2");
        let faults = this.verify().unwrap().faults;
        assert!(faults[0].what.starts_with("document "), "{faults:?}");
        database.execute("DELETE FROM document");
        let faults = this.verify().unwrap().faults;
        assert!(faults[0].what.contains("is missing"), "{faults:?}");
    });
}

#[test]
fn only_documents_of_known_kinds_and_sizes_are_kept() {
    on_each_engine(|database| {
        let this = with_people(database);
        let with = |document: Vec<u8>| Attested {
            document: Some(document),
            ..Attested::default()
        };
        let large = [FORM, &vec![0; operations::MAX_DOCUMENT_BYTES]].concat();
        let refused = on_paper(&this, ANNA, &with(large));
        assert!(matches!(refused, Err(Error::DocumentTooLarge)));
        for bytes in [b"".to_vec(), b"<script>".to_vec(), b"PK\x03\x04".to_vec()] {
            let refused = on_paper(&this, ANNA, &with(bytes));
            assert!(matches!(refused, Err(Error::DocumentKind)));
        }
        let called = Attested {
            called_number: Some("no number".to_owned()),
            ..Attested::default()
        };
        let refused = on_paper(&this, ANNA, &called);
        assert!(matches!(refused, Err(Error::CalledNumber)));
        assert_eq!(this.documents(&contact(ANNA)).unwrap().len(), 0);
        // Nor does anybody get at somebody else's.
        on_paper(&this, ANNA, &at_a_fair()).unwrap();
        let documents = this.documents(&contact(ANNA)).unwrap();
        let document = documents[0].document.id.parse().unwrap();
        let refused = this.document(&contact("berta@muster.example"), document);
        assert!(matches!(refused, Err(Error::UnknownDocument)));
    });
}

#[test]
fn a_pack_of_another_firm_or_with_a_changed_statement_is_refused() {
    on_each_engine(|database| {
        let this = with_people(database);
        consent_to_newsletter(&this, ANNA, TODAY);
        objection(&this, ANNA);
        let made = make(&this, ANNA);
        let new = operations::NewOrganisation {
            name: "Fremde GmbH".to_owned(),
            country: law::Country::DE,
            land: None,
        };
        let here = installation(database);
        let foreign = Organisation::create(&here, &new, &act_on(TODAY)).unwrap();
        let faults = verify(&made.zip, Some(foreign.log_verifier())).unwrap_err();
        assert!(faults[0].to_string().contains("another key"), "{faults:?}");
    });
}
