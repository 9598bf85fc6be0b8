//! Lists as offices have them, read from files to drafts. All persons are invented.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fmt::Write as _;
use std::io::Cursor;
use std::path::Path;

use law::{Country, Lang};
use operations::contact::{CountryOrigin, Kind, Line, Salutation};
use operations::import::{
    Draft, Format, ImportError, Meaning, Options, Reader, Reason, Rejects, Row, RowFault, Warning,
    read, read_from,
};
use proptest::prelude::*;

fn options() -> Options {
    Options::new(Country::DE)
}

fn open(bytes: &[u8]) -> Reader {
    read_from(Cursor::new(bytes.to_vec()), &options()).unwrap()
}

fn open_file(name: &str, options: &Options) -> Result<Reader, ImportError> {
    read(
        &Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/files")
            .join(name),
        options,
    )
}

fn split(reader: Reader) -> (Vec<Draft>, Vec<RowFault>) {
    let (mut taken, mut rejected) = (Vec::new(), Vec::new());
    for row in reader {
        match row.unwrap() {
            Row::Taken(draft) => taken.push(*draft),
            Row::Rejected(fault) => rejected.push(fault),
        }
    }
    (taken, rejected)
}

fn drafts(text: &str) -> Vec<Draft> {
    let (taken, rejected) = split(open(text.as_bytes()));
    assert!(rejected.is_empty(), "{rejected:?}");
    taken
}

fn one(text: &str) -> Draft {
    drafts(text).remove(0)
}

/// CP1252 as Windows programs write it.
fn cp1252(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1252.encode(text).0.into_owned()
}

#[test]
fn a_semicolon_list_in_cp1252_is_read_whole() {
    let list = "Anrede;Titel;Vorname;Nachname;Firma;Abteilung;Position;E-Mail geschäftlich;\
                Tel. geschäftlich;Mobil;Fax;Straße;PLZ;Ort;Land;Kundennummer;Bemerkung;Umsatz\r\n\
                Frau;Dr.;Jördis;Größe;Müller & Söhne GmbH;Vertrieb;Leiterin;J.Groesse@Example.DE;\
                0711/12 34-56;0171 1234567;0711/123457;Königstraße 1;D-70173;Stuttgart;;K-4711;\
                \"ruft zurück\r\nab 8 Uhr\";1.234,50 €\r\n";
    let (taken, rejected) = split(open(&cp1252(list)));
    assert!(rejected.is_empty());
    let draft = &taken[0];
    let fields = &draft.fields;
    assert_eq!(fields.salutation, Some(Salutation::Frau));
    assert_eq!(fields.title.as_deref(), Some("Dr."));
    assert_eq!(fields.given_name.as_deref(), Some("Jördis"));
    assert_eq!(fields.family_name.as_deref(), Some("Größe"));
    assert_eq!(fields.company.as_deref(), Some("Müller & Söhne GmbH"));
    assert_eq!(fields.department.as_deref(), Some("Vertrieb"));
    assert_eq!(fields.position.as_deref(), Some("Leiterin"));
    assert_eq!(fields.street.as_deref(), Some("Königstraße 1"));
    assert_eq!(fields.postcode.as_deref(), Some("70173"));
    assert_eq!(fields.note.as_deref(), Some("ruft zurück\nab 8 Uhr"));
    assert_eq!(fields.custom["Kundennummer"], "K-4711");
    assert_eq!(fields.custom["Umsatz"], "1.234,50 €");
    let keys = draft.keys();
    assert_eq!(keys.emails, ["j.groesse@example.de"]);
    assert_eq!(
        keys.phones,
        ["+49711123456", "+491711234567", "+49711123457"]
    );
    let lines: Vec<Line> = fields
        .phones
        .iter()
        .map(operations::contact::Phone::line)
        .collect();
    assert_eq!(lines, [Line::Phone, Line::Mobile, Line::Fax]);
    assert_eq!(draft.kind, Kind::Business);
    assert_eq!(
        (draft.country.country, draft.country.origin),
        (Country::DE, CountryOrigin::Postcode)
    );
    assert_eq!((draft.row, draft.line), (1, 2));
}

#[test]
fn the_same_list_says_the_same_in_every_encoding_delimiter_and_line_break() {
    let list = "Name;Firma;E-Mail\nMüller, Jörg;Größe GmbH;joerg@example.de\n";
    let reference = one(list);
    let utf16: Vec<u8> = format!("\u{feff}{list}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for bytes in [
        format!("\u{feff}{list}").into_bytes(),
        cp1252(list),
        utf16,
        list.replace('\n', "\r\n").into_bytes(),
        list.replace('\n', "\r").into_bytes(),
        list.replace(';', "\t").into_bytes(),
        list.replace(';', "|").into_bytes(),
        format!("sep=;\r\n{list}").into_bytes(),
        b"Name,Firma,E-Mail\n\"M\xc3\xbcller, J\xc3\xb6rg\",Gr\xc3\xb6\xc3\x9fe GmbH,joerg@example.de\n".to_vec(),
    ] {
        let (taken, _) = split(open(&bytes));
        assert!(taken.len() == 1 && taken[0].fields == reference.fields);
        assert_eq!(taken[0].digest, reference.digest);
    }
    assert_eq!(reference.fields.family_name.as_deref(), Some("Müller"));
}

#[test]
fn quotes_are_read_as_excel_writes_them_and_an_open_one_is_named_by_its_line() {
    let draft = one("Firma;E-Mail\n\"Haus \"\"Sonne\"\"; Café GmbH\";a@example.de\n");
    assert_eq!(
        draft.fields.company.as_deref(),
        Some("Haus \"Sonne\"; Café GmbH")
    );
    let error = read_from(
        Cursor::new(b"Firma;E-Mail\nA;a@example.de\n\"B;b@example.de\nC;c@example.de\n".to_vec()),
        &options(),
    );
    let error = error.err().unwrap();
    assert!(
        matches!(error, ImportError::OpenQuote { line: 3 }),
        "{error}"
    );
}

#[test]
fn several_addresses_in_a_cell_and_in_columns_become_one_contacts_addresses() {
    let draft = one("Name;E-Mail;Mail 2;Telefon\n\
         Erika Muster;\"a@example.de; A <a@EXAMPLE.de>, b@example.de\";c@example.de;\
         0711 123456 / 0171 1234567\n");
    assert_eq!(
        draft.keys().emails,
        ["a@example.de", "b@example.de", "c@example.de"]
    );
    assert_eq!(draft.keys().phones, ["+49711123456", "+491711234567"]);
}

#[test]
fn names_joined_in_a_cell_are_split() {
    let list = "Ansprechpartner;E-Mail\n\
                Herr Dr. Max von der Heide;a@example.de\n\
                Muster, Erika;b@example.de\n\
                Beispielbau GmbH;c@example.de\n";
    let all = drafts(list);
    assert_eq!(all[0].fields.salutation, Some(Salutation::Herr));
    assert_eq!(all[0].fields.title.as_deref(), Some("Dr."));
    assert_eq!(all[0].fields.family_name.as_deref(), Some("von der Heide"));
    assert_eq!(all[1].fields.given_name.as_deref(), Some("Erika"));
    assert_eq!(all[2].fields.company.as_deref(), Some("Beispielbau GmbH"));
    assert_eq!(all[2].kind, Kind::Business);
    assert_eq!(all[1].kind, Kind::Unknown);
}

#[test]
fn a_title_before_a_split_name_and_a_firm_in_the_salutation_are_understood() {
    let list = "Anrede;Vorname;Name;E-Mail\n\
                ;Dr. Erika;Muster;a@example.de\n\
                Firma;;Sonnenschein;b@example.de\n\
                Herr Prof.;Max;Frau Beispiel;c@example.de\n";
    let all = drafts(list);
    assert_eq!(all[0].fields.title.as_deref(), Some("Dr."));
    assert_eq!(all[0].fields.given_name.as_deref(), Some("Erika"));
    assert_eq!(all[1].fields.company.as_deref(), Some("Sonnenschein"));
    assert_eq!(all[2].fields.salutation, Some(Salutation::Herr));
    assert_eq!(all[2].fields.title.as_deref(), Some("Prof."));
    assert_eq!(all[2].fields.family_name.as_deref(), Some("Beispiel"));
}

#[test]
fn a_file_without_headings_is_recognised_by_its_first_row() {
    let reader = open(b"Erika;Muster;erika@example.de;70173;Stuttgart\nMax;Beispiel;max@example.de;10115;Berlin\n");
    assert!(!reader.plan().has_headings);
    let (taken, _) = split(reader);
    assert_eq!(taken.len(), 2);
    assert_eq!(taken[0].fields.given_name.as_deref(), Some("Erika"));
    assert_eq!(taken[0].fields.city.as_deref(), Some("Stuttgart"));
    assert_eq!((taken[0].row, taken[0].line), (1, 1));
}

#[test]
fn a_title_above_the_headings_and_datevs_first_line_are_passed_over() {
    let reader = open(b"Kundenliste;;\n\nName;E-Mail;Ort\nErika Muster;erika@example.de;Berlin\n");
    assert_eq!(reader.plan().skipped_lines, 2);
    assert_eq!(split(reader).0[0].line, 4);
    let datev = "\"EXTF\";700;16;\"Debitoren/Kreditoren\";5;20261101;;\"\"\n\
                 Konto;Name (Adressattyp Unternehmen);Name (Adressattyp natürl. Person);\
                 Vorname (Adressattyp natürl. Person);Straße;Postleitzahl;Ort;Land;E-Mail\n\
                 10001;\"Musterbau GmbH\";;;\"Hauptstr. 1\";\"70173\";\"Stuttgart\";\"DE\";\"info@example.de\"\n\
                 10002;;\"Muster\";\"Erika\";\"Am Markt 2\";\"1010\";\"Wien\";\"AT\";\"\"\n";
    let all = drafts(datev);
    assert_eq!(all[0].fields.company.as_deref(), Some("Musterbau GmbH"));
    assert_eq!(all[1].fields.family_name.as_deref(), Some("Muster"));
    assert_eq!(all[1].country.country.as_str(), "AT");
}

#[test]
fn exports_of_outlook_google_and_salesforce_are_read() {
    let outlook = one(
        "Title,First Name,Last Name,Company,Job Title,Business Street,Business City,\
         Business Postal Code,Business Country/Region,Home Street,Business Phone,E-mail Address,\
         E-mail Type\n\
         Ms.,Erika,Muster,Muster GmbH,CEO,Hauptstr. 1,Stuttgart,70173,Germany,Waldweg 2,\
         +49 (711) 123456,erika@example.de,SMTP\n",
    );
    assert_eq!(outlook.fields.salutation, Some(Salutation::Frau));
    assert_eq!(outlook.fields.street.as_deref(), Some("Hauptstr. 1"));
    assert_eq!(outlook.fields.custom["Home Street"], "Waldweg 2");
    assert_eq!(outlook.fields.custom.len(), 1);
    let google = one(
        "First Name,Last Name,Organization Name,Organization Title,E-mail 1 - Label,\
         E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value\n\
         Max,Beispiel,Beispiel AG,Einkauf,Work,max@example.de ::: max2@example.de,Mobile,0171 1234567\n",
    );
    assert_eq!(google.keys().emails.len(), 2);
    assert_eq!(google.fields.position.as_deref(), Some("Einkauf"));
    let salesforce = one(
        "Salutation,FirstName,LastName,Title,AccountName,Email,MobilePhone,HasOptedOutOfEmail\n\
         Mr.,Max,Beispiel,Head of Sales,Beispiel AG,max@example.de,,1\n",
    );
    assert_eq!(salesforce.fields.position.as_deref(), Some("Head of Sales"));
    assert_eq!(salesforce.claimed_objections, ["HasOptedOutOfEmail"]);
}

#[test]
fn a_column_never_becomes_a_consent_but_an_objection_is_heard() {
    let list = "Name;E-Mail;Newsletter ja/nein;Werbung erlaubt;Werbesperre\n\
                Erika Muster;a@example.de;ja;ja;\n\
                Max Beispiel;b@example.de;nein;nein;nein\n\
                Jo Muster;c@example.de;;;x\n";
    let mut reader = open(list.as_bytes());
    assert_eq!(reader.plan().claimed_consents().count(), 2);
    let rows: Vec<Draft> = reader
        .by_ref()
        .map(|row| match row.unwrap() {
            Row::Taken(draft) => *draft,
            Row::Rejected(fault) => panic!("{fault:?}"),
        })
        .collect();
    assert_eq!(
        rows[0].claimed_consents,
        ["Newsletter ja/nein", "Werbung erlaubt"]
    );
    assert!(
        rows[0]
            .fields
            .note
            .as_deref()
            .unwrap()
            .contains("kein Nachweis")
    );
    assert!(rows[1].claimed_consents.is_empty());
    assert_eq!(rows[1].claimed_objections, ["Werbung erlaubt"]);
    assert_eq!(rows[2].claimed_objections, ["Werbesperre"]);
    assert_eq!(
        (
            reader.tally().claimed_consents,
            reader.tally().claimed_objections
        ),
        (1, 2)
    );
}

#[test]
fn a_row_by_which_nobody_can_be_reached_is_rejected_with_its_reason() {
    let list = "Name;E-Mail;Telefon;Straße;PLZ;Ort\n\
                Erika Muster;;;;;\n\
                Max Beispiel;max.example.de;;;;\n\
                Jo Muster;;12345;;;\n\
                ;;;Hauptstr. 1;70173;Stuttgart\n\
                Eva Muster;keine;-;Hauptstr. 1;;\n\
                \n\
                Udo Muster;a;b;c;d;e;f;g\n";
    let (taken, rejected) = split(open(list.as_bytes()));
    assert!(taken.is_empty());
    let german: Vec<String> = rejected
        .iter()
        .map(|fault| fault.reason.text(Lang::De))
        .collect();
    assert_eq!(
        german,
        [
            "weder E-Mail-Adresse noch Telefonnummer noch vollständige Anschrift",
            "E-Mail-Adresse ohne @",
            "Telefonnummer ohne Vorwahl; bitte mit führender 0 oder + schreiben",
            "Anschrift ohne Namen einer Person oder Firma",
            "weder E-Mail-Adresse noch Telefonnummer noch vollständige Anschrift",
            "Zeile hat 8 Felder, die Kopfzeile 6",
        ]
    );
    let places: Vec<(u64, u64)> = rejected
        .iter()
        .map(|fault| (fault.row, fault.line))
        .collect();
    assert_eq!(places, [(1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 8)]);
}

#[test]
fn a_bad_address_beside_a_good_one_is_kept_as_it_stands_and_counted() {
    let list = "Name;E-Mail;Telefon;Land\n\
                Erika Muster;erika.example.de;0711 123456;Deutschlnd\n\
                Max Beispiel;max@example.de;4,97111E+11;\n\
                Jo Muster;jo@example.de\n";
    let mut reader = open(list.as_bytes());
    let taken: Vec<_> = reader.by_ref().map(Result::unwrap).collect();
    let kept: Vec<_> = taken
        .iter()
        .map(|row| match row {
            Row::Taken(draft) => draft.fields.custom.clone(),
            Row::Rejected(fault) => panic!("{fault:?}"),
        })
        .collect();
    assert_eq!(kept[0]["E-Mail"], "erika.example.de");
    assert_eq!(kept[1]["Telefon"], "4,97111E+11");
    let tally = reader.tally();
    assert_eq!((tally.taken, tally.rejected), (3, 0));
    assert_eq!((tally.bad_emails, tally.bad_phones), (1, 1));
    assert_eq!((tally.unknown_countries, tally.short_rows), (1, 1));
}

#[test]
fn a_character_that_cannot_be_read_rejects_its_row_only() {
    let mut bytes = "Name;E-Mail\n".to_owned().into_bytes();
    bytes.extend("Jörg Größe;a@example.de\n".repeat(60).into_bytes());
    bytes.extend(b"J\xf6rg;b@example.de\n");
    let (taken, rejected) = split(open(&bytes));
    assert_eq!((taken.len(), rejected.len()), (60, 1));
    assert_eq!(rejected[0].reason, Reason::Unreadable);
}

#[test]
fn the_rejects_file_can_be_put_right_and_imported_again() {
    let list = "Name;E-Mail;Notiz\n\
                Erika Muster;erika.example.de;\"eins\nzwei; drei\"\n\
                Udo Muster;a@example.de;x;y\n";
    let mut reader = open(list.as_bytes());
    let faults: Vec<RowFault> = reader
        .by_ref()
        .filter_map(|row| match row.unwrap() {
            Row::Rejected(fault) => Some(fault),
            Row::Taken(_) => None,
        })
        .collect();
    let mut file = Vec::new();
    let mut rejects =
        Rejects::new(&mut file, &reader.headings(), reader.delimiter(), Lang::De).unwrap();
    for fault in &faults {
        rejects.write(fault).unwrap();
    }
    assert_eq!(rejects.finish().unwrap(), 2);
    let text = String::from_utf8(file).unwrap();
    assert_eq!(
        text,
        "\u{feff}Name;E-Mail;Notiz;Zeile;Grund\r\n\
         Erika Muster;erika.example.de;\"eins\nzwei; drei\";2;E-Mail-Adresse ohne @\r\n\
         Udo Muster;a@example.de;x;4;Zeile hat 4 Felder, die Kopfzeile 3;y\r\n"
    );
    let corrected = text
        .replace("erika.example.de", "erika@example.de")
        .replace(";y\r", "\r");
    let again = drafts(&corrected);
    assert_eq!(again.len(), 2);
    assert!(again[0].fields.custom.is_empty());
    assert_eq!(again[0].fields.note.as_deref(), Some("eins\nzwei; drei"));
}

#[test]
fn a_spreadsheet_is_read_with_its_figures_and_days() {
    let reader = open_file("kontakte.xlsx", &options()).unwrap();
    assert_eq!(reader.format(), Format::Spreadsheet);
    assert_eq!(reader.plan().skipped_lines, 2);
    let (taken, rejected) = split(reader);
    assert_eq!((taken.len(), rejected.len()), (2, 1));
    assert_eq!(taken[0].keys().phones, ["+49711123456"]);
    assert_eq!(taken[0].fields.postcode.as_deref(), Some("70173"));
    assert_eq!(taken[0].fields.custom["Kunde seit"], "2024-02-01");
    assert_eq!(taken[1].fields.postcode.as_deref(), Some("01067"));
    assert_eq!(taken[1].fields.custom["Kunde seit"], "2024-02-01 08:30:00");
    assert_eq!(rejected[0].line, 7);
}

#[test]
fn another_sheet_can_be_named_and_a_wrong_name_is_answered_with_the_right_ones() {
    let second = Options {
        sheet: Some("Zweite".to_owned()),
        ..options()
    };
    let (taken, _) = split(open_file("kontakte.xlsx", &second).unwrap());
    assert_eq!(taken[0].keys().emails, ["max@example.de"]);
    let wrong = Options {
        sheet: Some("Dritte".to_owned()),
        ..options()
    };
    let error = open_file("kontakte.xlsx", &wrong)
        .err()
        .unwrap()
        .to_string();
    assert!(error.contains("Übersicht, Zweite"), "{error}");
}

#[test]
fn old_excel_and_libreoffice_files_are_read() {
    let (taken, _) = split(open_file("kontakte.xls", &options()).unwrap());
    assert_eq!(taken[0].keys().phones, ["+491711234567"]);
    assert_eq!(taken[0].fields.given_name.as_deref(), Some("Erika"));
    let (taken, _) = split(open_file("kontakte.ods", &options()).unwrap());
    assert_eq!(taken[0].fields.family_name.as_deref(), Some("Größe"));
}

#[test]
fn vcards_of_every_version_are_read_from_one_file() {
    let reader = open_file("kontakte.vcf", &options()).unwrap();
    assert_eq!(reader.format(), Format::Vcard);
    assert!(reader.plan().reaches_people());
    let (taken, rejected) = split(reader);
    assert_eq!((taken.len(), rejected.len()), (3, 1));
    let erika = &taken[0].fields;
    assert_eq!(erika.title.as_deref(), Some("Dr."));
    assert_eq!(erika.given_name.as_deref(), Some("Erika Anna"));
    assert_eq!(erika.company.as_deref(), Some("Muster GmbH"));
    assert_eq!(erika.department.as_deref(), Some("Vertrieb"));
    assert_eq!(erika.note.as_deref(), Some("Messe, Halle 3\nruft zurück"));
    assert_eq!(erika.postcode.as_deref(), Some("70173"));
    assert_eq!(
        taken[0].keys().emails,
        ["erika.muster@example.de", "privat@example.com"]
    );
    assert_eq!(
        taken[0].keys().phones,
        ["+49711123456", "+491711234567", "+49711123457"]
    );
    assert_eq!(taken[1].country.country.as_str(), "AT");
    assert_eq!(taken[1].fields.family_name.as_deref(), Some("Beispiel"));
    assert_eq!(taken[2].fields.salutation, Some(Salutation::Herr));
    assert_eq!(taken[2].fields.family_name.as_deref(), Some("Größe"));
    assert_eq!(
        taken[2].fields.note.as_deref(),
        Some("erste Zeile\nzweite Zeile")
    );
    assert_eq!((rejected[0].row, rejected[0].line), (4, 32));
    assert_eq!(rejected[0].reason, Reason::NoAddress);
    assert!(rejected[0].raw[0].contains("FN:Ohne Adresse"));
}

#[test]
fn a_card_that_does_not_end_is_rejected() {
    let (taken, rejected) = split(open(b"BEGIN:VCARD\nFN:Erika\nEMAIL:a@example.de\n"));
    assert!(taken.is_empty());
    assert_eq!(rejected[0].reason, Reason::Card);
}

#[test]
fn files_that_are_no_lists_are_refused_in_words() {
    let refused = |bytes: &[u8]| {
        read_from(Cursor::new(bytes.to_vec()), &options())
            .err()
            .unwrap()
    };
    assert!(matches!(refused(b""), ImportError::Empty));
    assert!(matches!(refused(b"\n \n;;\n"), ImportError::Empty));
    assert!(matches!(refused(b"%PDF-1.7 ..."), ImportError::Format(_)));
    assert!(matches!(refused(b"<html><table>"), ImportError::Format(_)));
    assert!(matches!(
        refused(b"PK\x03\x04 not a workbook"),
        ImportError::Spreadsheet
    ));
    assert!(matches!(
        refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"),
        ImportError::Spreadsheet
    ));
}

#[test]
fn the_persons_own_mapping_is_obeyed() {
    let mapped = Options {
        map: vec!["Gruppe=ignore".parse().unwrap()],
        ..options()
    };
    let list = b"Name;E-Mail;Gruppe\nErika Muster;a@example.de;B\n".to_vec();
    let reader = read_from(Cursor::new(list), &mapped).unwrap();
    assert_eq!(reader.plan().columns[2].meaning, Meaning::Ignore);
    assert!(split(reader).0[0].fields.custom.is_empty());
}

/// A list with every twentieth row bad, in CP1252.
fn large_list(rows: usize) -> Vec<u8> {
    let mut text = String::from("Anrede;Vorname;Nachname;Firma;E-Mail;Telefon;PLZ;Ort\r\n");
    for n in 0..rows {
        let mail = if n % 20 == 7 {
            "ohne-adresse".to_owned()
        } else {
            format!("kontakt{n}@example.de")
        };
        let phone = if n % 20 == 7 {
            String::new()
        } else {
            format!("0711/{:06}", 100_000 + n % 900_000)
        };
        writeln!(
            text,
            "Frau;Jördis;Größe-{n};\"Müller & Söhne\r\nBau GmbH\";{mail};{phone};70173;Stuttgart\r"
        )
        .unwrap();
    }
    cp1252(&text)
}

#[test]
fn the_counts_of_a_hundred_thousand_rows_add_up() {
    let rows = 100_000;
    let mut reader = open(&large_list(rows));
    let (mut taken, mut rejected, mut last) = (0, 0, 0);
    while let Some(row) = reader.next() {
        match row.unwrap() {
            Row::Taken(_) => taken += 1,
            Row::Rejected(_) => rejected += 1,
        }
        let progress = reader.progress();
        assert!(progress.done >= last && progress.done <= progress.total);
        last = progress.done;
    }
    assert_eq!((taken, rejected), (rows as u64 * 19 / 20, rows as u64 / 20));
    assert_eq!(reader.tally().rows(), rows as u64);
    assert_eq!(reader.progress().done, reader.progress().total);
}

#[test]
fn a_bad_address_is_told_by_kind_and_never_by_content() {
    let draft = one("Name;E-Mail;Telefon\nErika Muster;geheim.example.de;0711 123456\n");
    assert!(matches!(draft.warnings[..], [Warning::Email(_)]));
    let told = format!("{draft:?}{:?}", draft.warnings);
    assert!(
        !told.contains("geheim") && !told.contains("Muster"),
        "{told}"
    );
}

fn drain(bytes: Vec<u8>) {
    if let Ok(reader) = read_from(Cursor::new(bytes), &options()) {
        let mut rows = 0;
        for row in reader {
            rows += 1;
            if row.is_err() {
                return;
            }
        }
        assert!(rows < 100_000);
    }
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        drain(bytes);
    }

    #[test]
    fn no_text_table_makes_the_reader_panic(
        text in "(Name|E-Mail|Telefon|PLZ)(;(Ort|Anrede|Newsletter)){0,3}\n([A-Za-zäß@.;,\"'0-9()/+ <>\n-]{0,40}\n){0,20}"
    ) {
        drain(text.into_bytes());
    }

    #[test]
    fn no_card_makes_the_reader_panic(
        body in "((N|FN|TEL|ADR|EMAIL|NOTE)[;A-Z=\"-]{0,20}:[ -~äß=;\\\\\n]{0,60}\n){0,12}"
    ) {
        drain(format!("BEGIN:VCARD\n{body}END:VCARD\n").into_bytes());
    }

    #[test]
    fn no_damaged_spreadsheet_makes_the_reader_panic(
        at in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        old in any::<bool>(),
    ) {
        let mut bytes = if old {
            include_bytes!("files/kontakte.xls").to_vec()
        } else {
            include_bytes!("files/kontakte.xlsx").to_vec()
        };
        for (index, byte) in at {
            let place = index.index(bytes.len());
            bytes[place] = byte;
        }
        drain(bytes);
    }

    #[test]
    fn taken_and_rejected_rows_add_up_for_any_table(
        cells in prop::collection::vec("[a-zäß@.0-9 ]{1,12}", 1..60)
    ) {
        let mut text = String::from("Name;E-Mail\n");
        for cell in &cells {
            writeln!(text, "x{cell};{cell}").unwrap();
        }
        let (taken, rejected) = split(open(text.as_bytes()));
        prop_assert_eq!(taken.len() + rejected.len(), cells.len());
    }
}
