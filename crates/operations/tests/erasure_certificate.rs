//! The certificate of an erasure: it says what was done and names nobody. All persons are invented.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test without its set-up must fail"
)]

mod support;

use jiff::civil::date;
use operations::merge::MergeChoices;
use operations::recipients::{About, NoticeState};
use operations::retention::NewHold;
use operations::{ErasedBy, ErasureCertificate, ErasureReason, ErasureState, Error, Organisation};
use register::SAMPLE;
use store::testing::on_each_engine;
use support::{TODAY, act, act_on, contact, import, organisation};

const LIST: &[u8] = "Firma;Vorname;Nachname;E-Mail;Telefon\n\
    Probe GmbH;Erika;Probe;erika@probe.example;+49 6421 555 0199\n\
    Probe GmbH;Erika;Probe;e.probe@probe.example;\n"
    .as_bytes();
const WHO: &str = "erika@probe.example";

/// Nothing that was known of the person stands anywhere in what a certificate says.
fn names_nobody(certificate: &ErasureCertificate) {
    let said = format!("{certificate:?}").to_lowercase();
    for word in ["erika", "probe", "6421555"] {
        assert!(!said.contains(word), "{word}: {said}");
    }
}

fn certified(this: &Organisation, entry: i64) -> ErasureCertificate {
    let certificate = this.erasure_certificate(entry, act().at).unwrap();
    names_nobody(&certificate);
    certificate
}

#[test]
fn a_certificate_says_what_went_why_what_stays_and_who_was_told() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let pseudonym = this
            .pack_facts(&contact(WHO), &act())
            .unwrap()
            .person
            .pseudonym;
        let erased = this.erase(&contact(WHO), &act()).unwrap();
        let certificate = certified(&this, erased.entry);
        assert_eq!(certificate.state, ErasureState::Done);
        assert_eq!(certificate.reason, ErasureReason::Asked);
        assert_eq!(certificate.provision, "GDPR Art. 17(1)");
        assert_eq!(certificate.by, ErasedBy::Other("test".to_owned()));
        assert_eq!(certificate.requested_on, Some(TODAY));
        assert_eq!(certificate.contact, Some(erased.contact));
        assert_eq!(certificate.suppressed, erased.suppressed);
        assert_eq!(certificate.pseudonym, Some(pseudonym));
        let mut told: Vec<_> = certificate
            .told
            .iter()
            .map(|line| &*line.recipient)
            .collect();
        told.sort_unstable();
        assert_eq!(told, ["crm-host", "lettershop"]);
        assert!(
            certificate
                .told
                .iter()
                .all(|line| { line.about == About::Erased && line.state == NoticeState::Queued })
        );
        let index = certificate.log.index.unwrap();
        assert!(index < certificate.log.size, "the signature covers it");
        let receipt = this.receipt(erased.entry, false, act().at).unwrap();
        let receipt = evidence::Receipt::from_json(receipt.json.as_bytes()).unwrap();
        let proven = receipt.verify(this.log_verifier()).unwrap();
        assert_eq!(proven.entry.header().at, certificate.at);
        assert_eq!(i64::try_from(proven.index).unwrap(), index);
    });
}

#[test]
fn of_other_entries_there_is_no_certificate() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        for entry in [1, 2, 3, 999] {
            let refused = this.erasure_certificate(entry, act().at);
            assert!(matches!(refused, Err(Error::UnknownEntry(_))), "{entry}");
        }
    });
}

#[test]
fn while_a_hold_stands_the_certificate_says_until_when_the_erasure_waits() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let until = date(2027, 12, 31);
        let hold = NewHold {
            provision: "HGB § 257(1)".to_owned(),
            reason: "Rechnung".to_owned(),
            ends_on: until,
        };
        this.set_hold(&contact(WHO), &hold, &act()).unwrap();
        let waits = this.erase(&contact(WHO), &act()).unwrap();
        let certificate = certified(&this, waits.entry);
        assert_eq!(certificate.state, ErasureState::Waits(Some(until)));
        assert_eq!(certificate.requested_on, Some(TODAY));
        let about = certificate
            .told
            .iter()
            .all(|line| line.about == About::Restricted);
        assert!(about && !certificate.told.is_empty());

        let after = act_on(date(2028, 1, 1));
        assert_eq!(this.resume_erasures(&after).unwrap(), 1);
        let gone = this.erasure_certificate(waits.entry, after.at);
        assert!(matches!(gone, Err(Error::UnknownEntry(_))), "{gone:?}");
        let told = this.recipients_told(waits.contact, after.at).unwrap();
        let done = told
            .iter()
            .find(|line| line.about == About::Erased)
            .unwrap();
        let certificate = certified(&this, done.cause);
        assert_eq!(certificate.state, ErasureState::Done);
        assert_eq!(
            certificate.requested_on,
            Some(TODAY),
            "the day of the request"
        );
    });
}

#[test]
fn a_run_is_the_reason_with_the_activity_and_its_provision() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let later = act_on(date(2030, 6, 1));
        this.bring_retention_up_to_date(&later).unwrap();
        let run = this.propose_retention_run(&later).unwrap();
        this.release_retention_run(run, &later).unwrap();
        while this.carry_out_retention(&later).unwrap() {}
        this.sequence(later.at).unwrap();
        let page = this.evidence_page(
            &operations::EvidenceFilter {
                kind: Some("erasure.done".to_owned()),
                ..Default::default()
            },
            None,
            1,
        );
        let entry = page.unwrap().lines[0].entry;
        let certificate = certified(&this, entry);
        let ErasureReason::Period {
            activity,
            anonymised,
        } = &certificate.reason
        else {
            panic!("{certificate:?}");
        };
        assert!(SAMPLE.contains(&format!("name = \"{activity}\"")) && !anonymised);
        assert_eq!(certificate.provision, "GDPR Art. 17(1)(a)");
        assert_eq!(
            certificate.suppressed, 0,
            "a period is no wish of the person"
        );
        assert!(certificate.requested_on.unwrap() <= date(2030, 6, 1));
    });
}

#[test]
fn contacts_that_were_merged_are_named_by_the_entries_that_ended_them() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let id = |who: &str| {
            this.contact_line(&contact(who))
                .unwrap()
                .id
                .parse()
                .unwrap()
        };
        let (kept, other) = (id(WHO), id("e.probe@probe.example"));
        let seen = this.merge_view(kept, other).unwrap().seen;
        this.merge_contacts(kept, other, &MergeChoices::new(), seen, &act())
            .unwrap();
        let erased = this.erase(&contact(WHO), &act()).unwrap();
        let certificate = certified(&this, erased.entry);
        let [merged] = certificate.merged[..] else {
            panic!("{certificate:?}");
        };
        let merged = certified(&this, merged);
        assert_eq!(merged.reason, ErasureReason::Merged);
        assert_eq!(merged.contact, Some(other));
    });
}
