//! What papers say, read back from the PDF. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

use law::Lang;
use papers::{
    ConsentPart, EntryLine, EvidenceSummary, Happening, Head, Receipt, Signed, Stated,
    evidence_summary, receipt,
};

fn head(lang: Lang) -> Head {
    Head {
        lang,
        organisation: "Musterbau Maschinen GmbH".to_owned(),
        reach: vec!["Werkstraße 1, 35390 Gießen".to_owned()],
        made_at: "2026-11-24T23:30:00Z".parse().unwrap(),
        made: "25. November 2026, 00:30".to_owned(),
        hash: Some("ab".repeat(32)),
    }
}

fn stated(label: &str, value: &str) -> Stated {
    Stated {
        label: label.to_owned(),
        value: value.to_owned(),
    }
}

fn summary(lang: Lang, name: &str, wording: &str) -> EvidenceSummary {
    let at = match lang {
        Lang::De => "3. März 2026, 09:30".to_owned(),
        Lang::En => "3 March 2026, 09:30".to_owned(),
    };
    EvidenceSummary {
        head: head(lang),
        person: vec![stated("Name", name)],
        consents: vec![ConsentPart {
            activity: "Newsletter".to_owned(),
            state: "erteilt".to_owned(),
            stated: vec![stated("Kanäle", "E-Mail")],
            text: Some(wording.to_owned()),
            text_sha256: Some("cd".repeat(32)),
            happened: vec![Happening {
                at: at.clone(),
                what: "erteilt".to_owned(),
                entry: 7,
            }],
        }],
        objections: Vec::new(),
        sends: Vec::new(),
        entries: vec![EntryLine {
            entry: 7,
            place: 6,
            at,
            kind: "Einwilligung".to_owned(),
        }],
        signed: Signed {
            log: "leitplanke/1".to_owned(),
            size: 8,
            checkpoint: "leitplanke/1\n8\nqqqq\n\n— leitplanke/1 sig\n".to_owned(),
            key: "leitplanke/1+00000000+AAAA".to_owned(),
            fingerprint: "0000 1111".to_owned(),
        },
    }
}

/// The text of a PDF as a program for screen readers gets it.
fn text_of(pdf: &[u8]) -> String {
    let text = pdf_extract::extract_text_from_mem(pdf).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_summary_says_who_what_and_when_in_both_languages() {
    for (lang, words) in [
        (
            Lang::De,
            [
                "Einwilligungen",
                "3. März 2026",
                "Keine Rechtsberatung",
                "Seite 1 von",
            ],
        ),
        (
            Lang::En,
            ["Consents", "3 March 2026", "Not legal advice", "Page 1 of"],
        ),
    ] {
        let pdf = evidence_summary(&summary(lang, "Anna Größe", "Ja, ich will.")).unwrap();
        let text = text_of(&pdf);
        for word in words
            .into_iter()
            .chain(["Anna Größe", "Ja, ich will.", "Musterbau"])
        {
            assert!(text.contains(word), "{word} is missing: {text}");
        }
    }
}

#[test]
fn papers_are_tagged_for_screen_readers_and_fit_for_the_archive() {
    let pdf = evidence_summary(&summary(Lang::De, "Anna", "Ja")).unwrap();
    let plain = String::from_utf8_lossy(&pdf);
    for mark in [
        "pdfuaid:part",
        "pdfaid:part",
        "/StructTreeRoot",
        "/MarkInfo",
    ] {
        assert!(plain.contains(mark), "{mark} is missing");
    }
}

#[test]
fn a_paper_names_the_time_of_its_place_and_keeps_the_time_of_the_world() {
    let pdf = evidence_summary(&summary(Lang::De, "Anna", "Ja")).unwrap();
    assert!(text_of(&pdf).contains("25. November 2026, 00:30"));
    let plain = String::from_utf8_lossy(&pdf);
    assert!(plain.contains("2026-11-24T23:30:00"), "in the metadata");
}

#[test]
fn no_name_and_no_wording_is_read_as_markup() {
    let hostile =
        "#panic(\"x\") *bold* $x^2$ = Heading <label> @ref #read(\"data.json\") \\ \" ]] //";
    let text = text_of(&evidence_summary(&summary(Lang::De, hostile, hostile)).unwrap());
    assert_eq!(
        text.matches("#panic(\"x\") *bold* $x^2$ = Heading").count(),
        2,
        "{text}"
    );
}

#[test]
fn characters_without_a_glyph_and_endless_words_make_no_paper_fail() {
    let name = format!("王小明 \u{202E} 😀 {}", "x".repeat(5000));
    let text = text_of(&evidence_summary(&summary(Lang::En, &name, "العربية\u{0}")).unwrap());
    assert!(text.contains("[U+738B][U+5C0F]"), "{text}");
    assert!(text.contains("Characters that this font lacks"), "{text}");
}

#[test]
fn the_same_data_give_the_same_paper() {
    let one = evidence_summary(&summary(Lang::De, "Anna", "Ja")).unwrap();
    assert!(one == evidence_summary(&summary(Lang::De, "Anna", "Ja")).unwrap());
}

#[test]
fn a_receipt_says_how_to_withdraw() {
    let paper = Receipt {
        head: head(Lang::De),
        activity: "Newsletter".to_owned(),
        stated: vec![stated("Erteilt am", "3. März 2026")],
        text: Some("Ja, ich möchte den Newsletter.".to_owned()),
        text_sha256: None,
        withdraw_at: Some("per E-Mail an datenschutz@musterbau.example".to_owned()),
        entry: 7,
        key: "leitplanke/1+00000000+AAAA".to_owned(),
    };
    let text = text_of(&receipt(&paper).unwrap());
    for word in [
        "Art. 7 Abs. 3 DSGVO",
        "datenschutz@musterbau.example",
        "Ja, ich möchte",
    ] {
        assert!(text.contains(word), "{word}: {text}");
    }
}

#[test]
fn a_key_that_is_longer_than_a_line_is_copied_as_it_is() {
    let key = format!(
        "leitplanke/{}+0a1b2c3d+{}=",
        "5f".repeat(16),
        "Abc9".repeat(20)
    );
    let paper = EvidenceSummary {
        signed: Signed {
            key: key.clone(),
            ..summary(Lang::De, "Anna", "Ja").signed
        },
        ..summary(Lang::De, "Anna", "Ja")
    };
    let text = text_of(&evidence_summary(&paper).unwrap());
    assert!(!text.contains('\u{200B}'));
    // A line of the paper ends somewhere in it.
    assert!(text.replace(' ', "").contains(&key), "{text}");
}

fn certificate(lang: Lang, waits: bool) -> Vec<u8> {
    papers::erasure(&papers::Erasure {
        head: head(lang),
        waits,
        done: vec![stated("Vorgang", "gelöscht")],
        suppressed: Some("Die Prüfwerte von 2 Adressen".to_owned()),
        told: vec![papers::ToldRecipient {
            name: "Lettershop Beispiel KG".to_owned(),
            way: "per E-Mail".to_owned(),
            state: "vom Empfänger bestätigt".to_owned(),
        }],
        proof: vec![stated("Nummer des Nachweises", "7")],
        checkpoint: "leitplanke/1\n8\nqqqq\n\n— leitplanke/1 sig\n".to_owned(),
        key: "leitplanke/1+00000000+AAAA".to_owned(),
        check: "leitplanke verify receipt-7.json --key log.pub".to_owned(),
    })
    .unwrap()
}

#[test]
fn a_certificate_says_what_stays_unless_the_erasure_waits() {
    let done = text_of(&certificate(Lang::De, false));
    for word in [
        "Bescheinigung über eine Löschung",
        "Der Schlüssel der Person wurde vernichtet",
        "Die Prüfwerte von 2 Adressen",
        "Lettershop Beispiel KG",
        "verify receipt-7.json",
    ] {
        assert!(done.contains(word), "{word} is missing: {done}");
    }
    let waits = text_of(&certificate(Lang::De, true));
    assert!(
        waits.contains("vorgemerkt") && !waits.contains("vernichtet"),
        "{waits}"
    );
    assert!(text_of(&certificate(Lang::En, false)).contains("The person's key was destroyed"));
}
