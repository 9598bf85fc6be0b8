//! The answer under GDPR Art. 15, on both databases. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use std::collections::BTreeSet;

use law::Lang;
use law::facts::InterestGround;
use operations::access_answer::{AccessAnswer, COVERED, Cuts, Told};
use operations::{Error, Organisation};
use serde_json::Value;
use store::testing::on_each_engine;
use support::{act, consent_to_newsletter, contact, import, objection, organisation};

const LIST: &[u8] = "Vorname;Nachname;Firma;E-Mail;Telefon;Straße;PLZ;Ort;Bemerkung\n\
    Anna;Abel;Muster GmbH;anna@muster.example;0641 123456;Ahornweg 1;35390;Gießen;\
    Kollegin von Berta Brandmeier, berta@muster.example, 0641 999999, Buchenallee 77. Anna Abel ist unter 0641 123456 erreichbar.\n\
    Berta;Brandmeier;Muster GmbH;berta@muster.example;0641 999999;Buchenallee 77;35390;Gießen;\n"
    .as_bytes();
const ANNA: &str = "anna@muster.example";

fn answer(this: &Organisation, cuts: &Cuts, lang: Lang) -> AccessAnswer {
    this.access_answer(&contact(ANNA), cuts, lang, &act())
        .unwrap()
}

fn text(answer: &AccessAnswer) -> String {
    serde_json::to_string(answer).unwrap()
}

#[test]
fn every_table_of_a_person_is_told_or_left_out_for_a_reason() {
    let covered: BTreeSet<&str> = COVERED.iter().map(|(table, _)| *table).collect();
    let belongings = store::erasure::BELONGINGS.into_iter();
    let belongings: BTreeSet<&str> = belongings.chain(["message"]).collect();
    assert_eq!(covered, belongings);
}

#[test]
fn the_answer_has_every_part_and_what_is_on_record() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        consent_to_newsletter(&this, ANNA, support::TODAY);
        objection(&this, ANNA);
        let answer = answer(&this, &Cuts::default(), Lang::De);
        let ids: Vec<_> = answer.parts.iter().map(|part| part.id).collect();
        assert_eq!(
            ids,
            [
                "person",
                "data",
                "source",
                "purposes",
                "recipients",
                "retention",
                "consents",
                "objections",
                "sends",
                "decisions",
                "scoring",
                "rights",
                "log",
                "how"
            ]
        );
        for (table, told) in COVERED {
            if let Told::In(part) = told {
                assert!(ids.contains(&part), "{table}");
            }
        }
        let text = text(&answer);
        for said in [
            ANNA,
            "Ahornweg 1",
            "+49641123456",
            "Adresshandel Beispiel",
            "Newsletter",
        ] {
            assert!(text.contains(said), "{said} in {text}");
        }
        let part = |id: &str| answer.parts.iter().find(|part| part.id == id).unwrap();
        assert!(
            part("consents")
                .records
                .iter()
                .any(|one| one.kind == "consent.recorded")
        );
        assert!(
            part("objections")
                .records
                .iter()
                .any(|one| one.kind == "objection.recorded")
        );
        assert!(part("purposes").records.iter().any(|one| {
            one.fields.iter().any(|field| {
                let value = field.value.as_deref().unwrap_or_default();
                field.id == "basis" && value.contains("DSGVO")
            })
        }));
    });
}

#[test]
fn what_tells_of_others_is_blacked_out_and_what_tells_of_the_person_is_not() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let answer = answer(&this, &Cuts::default(), Lang::De);
        let text = text(&answer);
        for other in ["Berta", "Brandmeier", "berta@", "999999", "Buchenallee"] {
            assert!(!text.contains(other), "{other} in {text}");
        }
        assert!(
            text.contains("Anna Abel ist unter 0641 123456 erreichbar."),
            "{text}"
        );
        assert_eq!(answer.blacked_out, 5);
    });
}

#[test]
fn staff_black_out_more_or_less() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let cuts = Cuts {
            further: vec!["erreichbar".to_owned()],
            keep: vec!["Berta".to_owned()],
            withheld: Some("Geschäftsgeheimnis".to_owned()),
        };
        let text = text(&answer(&this, &cuts, Lang::De));
        assert!(!text.contains("erreichbar"), "{text}");
        assert!(text.contains("Kollegin von Berta ▇▇▇"), "{text}");
        assert!(text.contains("Geschäftsgeheimnis"));
    });
}

#[test]
fn a_circumstance_that_names_a_third_person_does_not_tell_it() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let ground = InterestGround::ContactAsked;
        let noted = "Frau Brandmeier bat um Rückruf";
        this.note_circumstance(&contact(ANNA), "newsletter", ground, noted, &act())
            .unwrap();
        let text = text(&answer(&this, &Cuts::default(), Lang::De));
        assert!(text.contains("Frau ▇▇▇ bat um Rückruf"), "{text}");
        assert!(!text.contains("Brandmeier"), "{text}");
    });
}

#[test]
fn a_file_is_evidence_and_a_paper_that_fails_is_not() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let cuts = Cuts::default();
        let fails = |_: &AccessAnswer| Err(Error::Stored("paper"));
        let failed = this.access_file(&contact(ANNA), (&cuts, Lang::De), "pdf", fails, &act());
        assert!(failed.is_err());
        let made = |_: &AccessAnswer| Ok::<_, Error>(b"file".to_vec());
        let made = this.access_file(&contact(ANNA), (&cuts, Lang::En), "pdf", made, &act());
        let made = made.unwrap();
        assert_eq!(made.bytes, b"file");
        let log = answer(&this, &cuts, Lang::De);
        let log = log.parts.iter().find(|part| part.id == "log").unwrap();
        let of_kind = log
            .records
            .iter()
            .filter(|one| one.kind == "access_answer.made");
        let entries: Vec<_> = of_kind.map(|one| one.entry).collect();
        assert_eq!(entries, [Some(made.entry)]);
        assert_eq!(this.verify().unwrap().faults, []);
    });
}

#[test]
fn the_file_for_machines_keeps_its_form() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let file: Value = serde_json::to_value(answer(&this, &Cuts::default(), Lang::En)).unwrap();
        let keys = |value: &Value| -> BTreeSet<String> {
            value.as_object().unwrap().keys().cloned().collect()
        };
        let named = |names: &[&str]| -> BTreeSet<String> {
            names.iter().map(|name| (*name).to_owned()).collect()
        };
        let top = [
            "format",
            "language",
            "made_at",
            "controller",
            "parts",
            "blacked_out",
            "gaps",
        ];
        assert_eq!(keys(&file), named(&top));
        assert_eq!(file["format"], 1);
        let part = &file["parts"][0];
        assert_eq!(
            keys(part),
            named(&["id", "title", "provision", "about", "records"])
        );
        let record = &part["records"][0];
        let told = ["kind", "title", "at", "entry", "portable", "fields"];
        assert_eq!(keys(record), named(&told));
        assert_eq!(keys(&record["fields"][0]), named(&["id", "label", "value"]));
    });
}

#[test]
fn nobody_who_was_erased_is_answered_about() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let id = this.contact_line(&contact(ANNA)).unwrap().id;
        this.erase(&contact(ANNA), &act()).unwrap();
        let gone = this.access_answer(&contact(&id), &Cuts::default(), Lang::De, &act());
        assert!(matches!(gone, Err(Error::Erased)));
    });
}
