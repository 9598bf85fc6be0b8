//! An invented contact list as a German office program writes it.

use std::fmt::Write;

const GIVEN: [&str; 8] = [
    "Jördis", "Uwe", "Ägidius", "Käthe", "Jörg", "Björn", "Sabine", "Günter",
];
const FAMILY: [&str; 8] = [
    "Größe", "Müller", "Weiß", "Schäfer", "König", "Krüger", "Böhm", "Jäger",
];
const TOWNS: [(&str, &str); 4] = [
    ("70173", "Stuttgart"),
    ("80331", "München"),
    ("50667", "Köln"),
    ("33602", "Bielefeld"),
];

/// A semicolon list in Windows-1252 with `rows` contacts, each with an address and a number of its
/// own.
pub fn contact_list(rows: usize) -> Vec<u8> {
    let mut text = String::from(
        "Anrede;Vorname;Nachname;Firma;Position;E-Mail;Telefon;Straße;PLZ;Ort;Land;Bemerkung\r\n",
    );
    for row in 0..rows {
        let (given, family) = (GIVEN[row % 8], FAMILY[row / 8 % 8]);
        let (postcode, town) = TOWNS[row % 4];
        let salutation = if row % 2 == 0 { "Frau" } else { "Herr" };
        // Writing to a text in memory can't fail.
        let _ = write!(
            text,
            "{salutation};{given};{family};{family} & Söhne GmbH;Einkauf;{};0711/{:07};Königstraße {};\
             {postcode};{town};Deutschland;\"Messe, Halle {}\"\r\n",
            email(row),
            1_000_000 + row,
            row % 200 + 1,
            row % 12 + 1,
        );
    }
    // Every letter above is in Latin-1, where Windows-1252 has the same bytes.
    text.chars()
        .map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?'))
        .collect()
}

/// The address in this row.
pub fn email(row: usize) -> String {
    format!("kontakt{row}@example.de")
}
