//! Lists filtered on both engines. All persons are invented.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::fmt::Write as _;
use std::io::{self, Read};

use jiff::civil::date;
use law::{Channel, ChannelSet, Country, Lang};
use operations::{Error, FilterAsk, FilterCounts, Organisation};
use proptest::prelude::*;
use store::testing::{Database, on_each_engine};
use support::{TODAY, act, consent_to_newsletter, contact, import, objection, organisation};

fn ask(purpose: &str, channel: Channel) -> FilterAsk {
    FilterAsk {
        purpose: purpose.to_owned(),
        channel,
        on: TODAY,
        lang: Lang::De,
        country: Country::DE,
        map: Vec::new(),
    }
}

fn newsletter() -> FilterAsk {
    ask("newsletter", Channel::Email)
}

/// What a filter gave.
struct Filtered {
    counts: FilterCounts,
    permitted: Vec<u8>,
    refused: String,
}

impl Filtered {
    /// Line, outcome, reason, citations and next step of every refused row.
    fn reasons(&self) -> Vec<[String; 5]> {
        let text = self.refused.strip_prefix('\u{feff}').unwrap();
        let mut csv = csv::ReaderBuilder::new()
            .delimiter(b';')
            .flexible(true)
            .from_reader(text.as_bytes());
        let headings = csv.headers().unwrap();
        let at = headings
            .iter()
            .position(|heading| heading == "Zeile")
            .unwrap();
        let rows = csv.records().map(|row| {
            let row = row.unwrap();
            std::array::from_fn(|own| row[at + own].to_owned())
        });
        rows.collect()
    }

    fn permitted(&self) -> &str {
        str::from_utf8(&self.permitted).unwrap()
    }
}

fn filter(organisation: &Organisation, list: &[u8], ask: &FilterAsk) -> Filtered {
    let (mut permitted, mut refused) = (Vec::new(), Vec::new());
    let counts = organisation
        .filter(list, ask, &mut permitted, Some(&mut refused))
        .unwrap();
    let total = counts.permitted + counts.refused + counts.review + counts.unknown;
    assert_eq!(total, counts.rows);
    Filtered {
        counts,
        permitted,
        refused: String::from_utf8(refused).unwrap(),
    }
}

fn counts(permitted: u64, refused: u64, unknown: u64) -> FilterCounts {
    FilterCounts {
        rows: permitted + refused + unknown,
        permitted,
        refused,
        review: 0,
        unknown,
    }
}

fn cp1252(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1252.encode(text).0.into_owned()
}

const PEOPLE: &str = "Vorname;Nachname;Firma;E-Mail;Telefon\n\
    Erika;Muster;Muster GmbH;erika@example.de;0641 5550101\n\
    Max;Beispiel;Beispiel AG;max@example.de;0641 5550102\n\
    Jana;Probe;Probe GmbH;jana@example.de;0641 5550103\n";

#[test]
fn permitted_rows_are_passed_on_byte_by_byte_and_the_others_told_why_not() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, PEOPLE.as_bytes());
        consent_to_newsletter(&this, "erika@example.de", date(2026, 3, 2));
        objection(&this, "jana@example.de");
        let list = cp1252(
            "\"Name\";E-Mail;Bemerkung\r\n\
             Müller;Erika@Example.DE;\"ruft zurück\r\nab 8 Uhr\"\r\n\
             \"Größe\";max@example.de;\r\n\
             Probe;jana@example.de;\"\"\r\n\
             Fremd;fremd@example.de;x\r\n\
             ;;\r\n\
             Ohne;k.A.;x\r\n\
             \"Muster\";\"erika@example.de\";ohne Umbruch am Ende",
        );
        let filtered = filter(&this, &list, &newsletter());
        assert_eq!(filtered.counts, counts(2, 3, 1));
        let expected = cp1252(
            "\"Name\";E-Mail;Bemerkung\r\n\
             Müller;Erika@Example.DE;\"ruft zurück\r\nab 8 Uhr\"\r\n\
             \"Muster\";\"erika@example.de\";ohne Umbruch am Ende",
        );
        assert_eq!(filtered.permitted, expected);
        let reasons = filtered.reasons();
        let [line, outcome, reason, citations, next] = &reasons[0];
        assert_eq!((line.as_str(), outcome.as_str()), ("4", "abgelehnt"));
        assert!(!reason.is_empty());
        assert!(citations.contains("UWG § 7(2) Nr. 2"), "{citations}");
        assert!(next.contains("Double-Opt-in"), "{next}");
        assert!(
            reasons[1][3].contains("GDPR Art. 21(3)"),
            "{:?}",
            reasons[1]
        );
        assert_eq!(reasons[2][..2], ["6", "unbekannt"]);
        assert!(reasons[2][4].contains("importieren"));
        assert_eq!(reasons[3][0], "8");
        assert!(reasons[3][2].contains("keine E-Mail-Adresse"));
        assert!(filtered.refused.contains("Größe;max@example.de;"));
    });
}

#[test]
fn after_an_objection_everything_is_refused() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, PEOPLE.as_bytes());
        consent_to_newsletter(&this, "max@example.de", date(2026, 3, 2));
        let post = ask("post-mailings", Channel::Post);
        let list = PEOPLE.as_bytes();
        assert_eq!(filter(&this, list, &newsletter()).counts.permitted, 1);
        assert_eq!(filter(&this, list, &post).counts, counts(3, 0, 0));
        for who in ["erika@example.de", "max@example.de", "jana@example.de"] {
            objection(&this, who);
        }
        for channel in [Channel::Email, Channel::Phone, Channel::Post] {
            for purpose in ["newsletter", "post-mailings", "telephone-acquisition"] {
                let filtered = filter(&this, list, &ask(purpose, channel));
                assert_eq!(filtered.counts, counts(0, 3, 0), "{purpose} by {channel}");
                assert_eq!(
                    filtered.permitted(),
                    PEOPLE.split_inclusive('\n').next().unwrap()
                );
            }
        }
    });
}

#[test]
fn an_address_that_objected_or_was_erased_stays_out_though_nobody_on_record_has_it() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, PEOPLE.as_bytes());
        consent_to_newsletter(&this, "erika@example.de", date(2026, 3, 2));
        this.erase(&contact("erika@example.de"), &act()).unwrap();
        objection(&this, "nie-gesehen@example.de");
        let calls = ChannelSet::of(Channel::Phone);
        let only_calls = contact("keine-anrufe@example.de");
        this.record_objection(&only_calls, calls, TODAY, &act())
            .unwrap();
        let list = "E-Mail\nerika@example.de\nnie-gesehen@example.de\nkeine-anrufe@example.de\n";
        let filtered = filter(&this, list.as_bytes(), &newsletter());
        assert_eq!(filtered.counts, counts(0, 2, 1));
        for row in &filtered.reasons()[..2] {
            assert!(row[2].contains("gesperrt"), "{row:?}");
        }
    });
}

#[test]
fn who_consents_anew_after_an_objection_is_permitted_as_by_a_decision() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, PEOPLE.as_bytes());
        let who = contact("max@example.de");
        let before = date(2026, 9, 1);
        this.record_objection(&who, ChannelSet::ALL, before, &act())
            .unwrap();
        consent_to_newsletter(&this, "max@example.de", date(2026, 10, 1));
        let decided = this
            .decide(&who, "newsletter", Channel::Email, TODAY, Lang::De)
            .unwrap();
        assert_eq!(decided.decision.verdict, "permitted");
        let filtered = filter(&this, PEOPLE.as_bytes(), &newsletter());
        assert_eq!(filtered.counts, counts(1, 2, 0));
    });
}

#[test]
fn a_shared_mailbox_is_permitted_only_if_everybody_behind_it_is() {
    on_each_engine(|database| {
        let this = organisation(database);
        let colleagues = "Vorname;Nachname;Firma;E-Mail;Telefon\n\
            Anna;Abel;Muster GmbH;info@example.de;0641 5550111\n\
            Bert;Brand;Muster GmbH;info@example.de;0641 5550112\n";
        assert_eq!(import(&this, colleagues.as_bytes()).added, 2);
        consent_to_newsletter(&this, "0641 5550111", date(2026, 3, 2));
        let filtered = filter(&this, colleagues.as_bytes(), &newsletter());
        assert_eq!(filtered.counts, counts(0, 2, 0));
        let reason = &filtered.reasons()[0][2];
        assert!(reason.starts_with("2 Kontakte teilen sich"), "{reason}");
        consent_to_newsletter(&this, "0641 5550112", date(2026, 3, 2));
        let filtered = filter(&this, colleagues.as_bytes(), &newsletter());
        assert_eq!(filtered.counts, counts(2, 0, 0));
    });
}

#[test]
fn every_address_of_a_row_must_be_permitted() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, PEOPLE.as_bytes());
        consent_to_newsletter(&this, "erika@example.de", date(2026, 3, 2));
        consent_to_newsletter(&this, "max@example.de", date(2026, 3, 2));
        let list = "Name;E-Mail\n\
            beide;\"erika@example.de, max@example.de\"\n\
            eine abgelehnt;\"erika@example.de, jana@example.de\"\n\
            eine unbekannt;\"erika@example.de, fremd@example.de\"\n\
            eine unlesbar;\"erika@example.de, max@localhost\"\n";
        let filtered = filter(&this, list.as_bytes(), &newsletter());
        assert_eq!(filtered.counts, counts(1, 2, 1));
        assert!(filtered.permitted().ends_with("max@example.de\"\n"));
        assert!(filtered.reasons()[2][2].contains("Domain"));
    });
}

#[test]
fn calls_are_decided_by_the_number_and_letters_by_address_or_number() {
    let database = Database::sqlite();
    let this = organisation(&database);
    import(&this, PEOPLE.as_bytes());
    let list = "Telefon;E-Mail\n+49 641 5550101;\n;erika@example.de\n0641/555 01 02;\n";
    let calls = filter(
        &this,
        list.as_bytes(),
        &ask("telephone-acquisition", Channel::Phone),
    );
    assert_eq!(calls.counts, counts(0, 3, 0));
    assert!(calls.reasons()[1][2].contains("keine Telefonnummer"));
    assert!(calls.reasons()[0][3].contains("UWG § 7(2) Nr. 1"));
    let letters = filter(&this, list.as_bytes(), &ask("post-mailings", Channel::Post));
    assert_eq!(letters.counts, counts(3, 0, 0));
}

#[test]
fn a_bad_row_is_refused_with_its_line_and_the_rest_is_judged() {
    let database = Database::sqlite();
    let this = organisation(&database);
    import(&this, PEOPLE.as_bytes());
    consent_to_newsletter(&this, "erika@example.de", date(2026, 3, 2));
    let list = "Name;E-Mail\n\
        zu viele;erika@example.de;x\n\
        erika@example.de\n\
        gut;erika@example.de\n\
        \"offen;erika@example.de\n\
        gut;erika@example.de\n";
    let filtered = filter(&this, list.as_bytes(), &newsletter());
    assert_eq!(filtered.counts, counts(2, 3, 0));
    let lines: Vec<_> = filtered
        .reasons()
        .into_iter()
        .map(|[line, _, reason, ..]| (line, reason))
        .collect();
    assert_eq!(
        lines[0],
        ("2".to_owned(), "Felder in der Zeile: 3 statt 2.".to_owned())
    );
    assert_eq!(
        lines[1],
        ("3".to_owned(), "Felder in der Zeile: 1 statt 2.".to_owned())
    );
    assert_eq!(lines[2].0, "5");
    assert!(lines[2].1.contains("Anführungszeichen"));
}

#[test]
fn an_objection_noted_in_the_list_itself_counts() {
    let database = Database::sqlite();
    let this = organisation(&database);
    import(&this, PEOPLE.as_bytes());
    consent_to_newsletter(&this, "erika@example.de", date(2026, 3, 2));
    let list = "E-Mail;Werbesperre\nerika@example.de;\nerika@example.de;ja\n";
    let filtered = filter(&this, list.as_bytes(), &newsletter());
    assert_eq!(filtered.counts, counts(1, 1, 0));
    assert!(filtered.reasons()[0][2].contains("Werbesperre"));
}

#[test]
fn a_list_without_headings_is_judged_from_its_first_row() {
    let database = Database::sqlite();
    let this = organisation(&database);
    import(&this, PEOPLE.as_bytes());
    consent_to_newsletter(&this, "erika@example.de", date(2026, 3, 2));
    let list = "Muster;erika@example.de\nBeispiel;max@example.de\n";
    let filtered = filter(&this, list.as_bytes(), &newsletter());
    assert_eq!(filtered.counts, counts(1, 1, 0));
    assert_eq!(filtered.permitted(), "Muster;erika@example.de\n");
    // Numbers alone: the first row must not pass for headings.
    let numbers = "Fremd;0641 5550199\nMuster;0641 5550101\n";
    let filtered = filter(
        &this,
        numbers.as_bytes(),
        &ask("post-mailings", Channel::Post),
    );
    assert_eq!(filtered.counts, counts(1, 0, 1));
    assert_eq!(filtered.permitted(), "Muster;0641 5550101\n");
}

#[test]
fn mark_delimiter_line_and_title_are_passed_on_as_they_are() {
    let database = Database::sqlite();
    let this = organisation(&database);
    import(&this, PEOPLE.as_bytes());
    consent_to_newsletter(&this, "erika@example.de", date(2026, 3, 2));
    for list in [
        "\u{feff}sep=;\r\nName;E-Mail\r\nGröße;erika@example.de\r\n",
        "Messekontakte 2026;\n\nName;E-Mail\n\"x;y\";erika@example.de\n",
        "Name,E-Mail\rMuster,erika@example.de\r",
        "Name\tE-Mail\nMuster, Erika\terika@example.de",
        "Name|E-Mail\nMuster|erika@example.de\n",
    ] {
        let filtered = filter(&this, list.as_bytes(), &newsletter());
        assert_eq!(filtered.counts, counts(1, 0, 0), "{list}");
        // Blank lines alone are left out.
        assert_eq!(filtered.permitted(), list.replace("\n\n", "\n"));
    }
}

#[test]
fn nothing_is_written_if_the_question_or_the_list_makes_no_sense() {
    let database = Database::sqlite();
    let this = organisation(&database);
    let list = PEOPLE.as_bytes().to_vec();
    let unicode: Vec<u8> = PEOPLE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (list, ask, expected) in [
        (
            &list[..],
            ask("lottery", Channel::Email),
            "no purpose \"lottery\"",
        ),
        (&unicode, newsletter(), "CSV UTF-8"),
        (
            b"Name;Firma\nMuster;Muster GmbH\n",
            newsletter(),
            "e-mail addresses",
        ),
        (
            b"Name;E-Mail\nMuster;m@example.de\n",
            ask("newsletter", Channel::Phone),
            "telephone",
        ),
        (b"", newsletter(), "empty"),
        (b"PK\x03\x04", newsletter(), "CSV"),
    ] {
        let (mut permitted, mut refused) = (Vec::new(), Vec::new());
        let fault = this
            .filter(list, &ask, &mut permitted, Some(&mut refused))
            .unwrap_err()
            .to_string();
        assert!(fault.contains(expected), "{fault}");
        assert!(permitted.is_empty() && refused.is_empty());
    }
}

/// A pipe that nobody reads.
struct Closed;

impl io::Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_closed_pipe_is_told_to_the_caller() {
    let database = Database::sqlite();
    let this = organisation(&database);
    let fault = this
        .filter(PEOPLE.as_bytes(), &newsletter(), Closed, None::<Vec<u8>>)
        .unwrap_err();
    let Error::File { source, .. } = fault else {
        panic!("{fault}");
    };
    assert_eq!(source.kind(), io::ErrorKind::BrokenPipe);
}

/// A list that is made while it is read, in small pieces.
struct Endless {
    left: u32,
    row: Vec<u8>,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.row.is_empty() {
            if self.left == 0 {
                return Ok(0);
            }
            self.left -= 1;
            let number = self.left % 4;
            self.row = format!(
                "{};m{number}@example.de;\"Größe\n{}\"\n",
                self.left, self.left
            )
            .into();
        }
        let count = self.row.len().min(buffer.len()).min(7);
        buffer[..count].copy_from_slice(&self.row[..count]);
        self.row.drain(..count);
        Ok(count)
    }
}

#[test]
fn fifty_thousand_rows_stream_through_and_add_up() {
    on_each_engine(|database| {
        let this = organisation(database);
        let mut people = "Nachname;E-Mail\n".to_owned();
        for number in 0..3 {
            writeln!(people, "M{number};m{number}@example.de").unwrap();
        }
        import(&this, people.as_bytes());
        consent_to_newsletter(&this, "m1@example.de", date(2026, 3, 2));
        let rows = Endless {
            left: 50_000,
            row: b"Nummer;E-Mail;Notiz\n".to_vec(),
        };
        let mut permitted = Vec::new();
        let counted = this
            .filter(rows, &newsletter(), &mut permitted, Some(io::sink()))
            .unwrap();
        assert_eq!(counted, counts(12_500, 25_000, 12_500));
        let permitted = String::from_utf8(permitted).unwrap();
        assert_eq!(permitted.matches("m1@example.de").count(), 12_500);
        assert_eq!(permitted.matches('@').count(), 12_500);
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Nobody has a right to be contacted here, so no byte after the headings may pass.
    #[test]
    fn no_garbage_passes(text in "[a@.;\"\r\n,€0+|]{0,80}") {
        let database = Database::sqlite();
        let this = organisation(&database);
        let list = format!("E-Mail;Name\n{text}");
        let mut permitted = Vec::new();
        let counted = this.filter(list.as_bytes(), &newsletter(), &mut permitted, None::<Vec<u8>>);
        if let Ok(counted) = counted {
            prop_assert_eq!(counted.permitted, 0);
        }
        prop_assert!(b"E-Mail;Name\n".starts_with(&permitted));
    }
}
