//! Lists and letters, read back from the PDF. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

use law::Lang;
use papers::{Column, Head, List, ListKind, PaperLetter, letters, list};

fn head(lang: Lang) -> Head {
    Head {
        lang,
        organisation: "Musterbau Maschinen GmbH".to_owned(),
        reach: vec![
            "Werkstraße 1".to_owned(),
            "35390 Gießen".to_owned(),
            "post@musterbau.example".to_owned(),
        ],
        made_at: "2026-11-24T23:30:00Z".parse().unwrap(),
        made: "25. November 2026, 00:30".to_owned(),
        hash: None,
    }
}

fn calls(lang: Lang, rows: usize) -> List {
    let column = |title: &str, share| Column {
        title: title.to_owned(),
        share,
    };
    let row = |number: usize| {
        vec![
            format!("Anna #strong[Muster] {number}\nMuster & Söhne GmbH"),
            format!("+49 641 12345{number:02}"),
            "Mutmaßliche Einwilligung (§ 7 Abs. 2 Nr. 1 UWG)".to_owned(),
            "Bat auf der Messe um ein Angebot für eine Fräse.".to_owned(),
            "Guten Tag, mein Name ist …, ich rufe für Musterbau an.".to_owned(),
        ]
    };
    List {
        head: head(lang),
        kind: ListKind::Calls,
        lead: vec!["Vor jedem Anruf wird noch einmal gefragt.".to_owned()],
        columns: vec![
            column("Wer", 3),
            column("Telefon", 2),
            column("Rechtsgrundlage", 4),
            column("Warum", 3),
            column("Eröffnung", 5),
        ],
        rows: (0..rows).map(row).collect(),
    }
}

fn letter(name: &str, lang: Lang) -> PaperLetter {
    PaperLetter {
        lang,
        to: vec![
            "Muster & Söhne GmbH".to_owned(),
            name.to_owned(),
            "Weg 1".to_owned(),
            "35390 Gießen".to_owned(),
        ],
        day: "25. November 2026".to_owned(),
        subject: "Neue Fräsen".to_owned(),
        text: format!("Sehr geehrte Frau {name},\n\nes gibt eine neue Fräse.\n\nIhr Team"),
        notices: vec![
            "Dieses Schreiben ist Werbung von Musterbau.".to_owned(),
            "IHR WIDERSPRUCHSRECHT (Art. 21 DSGVO)\nSie können widersprechen.".to_owned(),
        ],
    }
}

fn text_of(pdf: &[u8]) -> String {
    let text = pdf_extract::extract_text_from_mem(pdf).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn pages(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    text.matches("/Type /Page\n").count() + text.matches("/Type/Page/").count()
}

#[test]
fn a_call_list_says_who_why_and_how_to_begin_with_page_numbers() {
    let text = text_of(&list(&calls(Lang::De, 40)).unwrap());
    for said in [
        "Anrufliste",
        "Anna #strong[Muster] 39",
        "§ 7 Abs. 2 Nr. 1 UWG",
        "ich rufe für Musterbau an",
        "Vor jedem Anruf wird noch einmal gefragt.",
        "Anzahl: 40",
        "Seite 2 von",
        "25. November 2026, 00:30",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let english = text_of(&list(&calls(Lang::En, 0)).unwrap());
    assert!(english.contains("Call list") && english.contains("Nobody is on the list."));
}

#[test]
fn each_letter_begins_on_its_own_page_and_has_its_notices() {
    let all = [letter("Muster", Lang::De), letter("Beispiel", Lang::En)];
    let pdf = letters(&head(Lang::De), &all).unwrap();
    assert_eq!(pages(&pdf), 2);
    let text = text_of(&pdf);
    assert_eq!(text.matches("IHR WIDERSPRUCHSRECHT").count(), 2);
    for said in [
        "Sehr geehrte Frau Beispiel",
        "35390 Gießen",
        "Musterbau Maschinen GmbH · Werkstraße 1 · 35390 Gießen",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn lists_and_letters_are_tagged_for_screen_readers() {
    let without_subject = PaperLetter {
        subject: String::new(),
        ..letter("王", Lang::De)
    };
    for pdf in [
        list(&calls(Lang::De, 3)).unwrap(),
        letters(&head(Lang::De), &[without_subject]).unwrap(),
    ] {
        let text = String::from_utf8_lossy(&pdf);
        assert!(text.contains("/StructTreeRoot") && text.contains("pdfuaid:part"));
    }
}
