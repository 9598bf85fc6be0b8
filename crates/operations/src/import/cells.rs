//! Takes apart cells that hold several addresses.

use crate::contact::normalise;

/// The e-mail addresses of a cell, as written: `a@x.de; b@x.de`, `Erika <a@x.de>, b@x.de`,
/// `a@x.de (privat)`. A text with a blank inside stays one piece, so that `erika
/// muster@x.de` is refused and not read as an address of somebody else.
pub(super) fn emails(cell: &str) -> Vec<String> {
    let bracketed: Vec<String> = cell
        .split('<')
        .skip(1)
        .filter_map(|part| part.split_once('>').map(|(address, _)| address.to_owned()))
        .filter(|address| address.contains('@'))
        .collect();
    if !bracketed.is_empty() && bracketed.len() == cell.matches('@').count() {
        return bracketed;
    }
    let cell = without_comments(cell).replace(":::", ";");
    let mut found = Vec::new();
    for segment in cell
        .split([';', ',', '\n', '|'])
        .map(str::trim)
        .filter(|s| !s.is_empty())
    {
        let words: Vec<&str> = segment
            .split_whitespace()
            .filter(|word| !matches!(*word, "/" | "und" | "oder" | "and" | "or" | "&"))
            .collect();
        if words.iter().all(|word| word.contains('@')) {
            found.extend(words.into_iter().flat_map(split_slashes));
        } else {
            found.push(segment.to_owned());
        }
    }
    found
}

/// A slash may stand in an address, but between two it separates them.
fn split_slashes(word: &str) -> Vec<String> {
    let parts: Vec<&str> = word.split('/').collect();
    if parts.iter().all(|part| part.contains('@')) {
        parts.into_iter().map(str::to_owned).collect()
    } else {
        vec![word.to_owned()]
    }
}

/// The text without parentheses that hold no address.
fn without_comments(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    let mut rest = cell;
    while let Some((before, after)) = rest.split_once('(') {
        out.push_str(before);
        match after.split_once(')') {
            Some((comment, tail)) => {
                if comment.contains('@') {
                    out.push_str(comment);
                }
                rest = tail;
            }
            None => rest = after,
        }
    }
    out.push_str(rest);
    out
}

/// The telephone numbers of a cell, as written. A slash or comma separates numbers only if a
/// whole number stands on both sides: `0711/123456` is one.
pub(super) fn phones(cell: &str) -> Vec<String> {
    let cell = cell
        .replace(":::", ";")
        .replace(" oder ", ";")
        .replace(" und ", ";");
    cell.split([';', '\n', '|'])
        .flat_map(|part| split_if_whole(part, ','))
        .flat_map(|part| split_if_whole(part, '/'))
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

fn split_if_whole(text: &str, separator: char) -> Vec<&str> {
    let parts: Vec<&str> = text.split(separator).collect();
    if parts.len() > 1 && parts.iter().all(|part| is_whole(part)) {
        parts
    } else {
        vec![text]
    }
}

fn is_whole(part: &str) -> bool {
    let bare = part.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '+');
    bare.starts_with(['0', '+']) && bare.bytes().filter(u8::is_ascii_digit).count() >= 7
}

/// A whole address in one cell: street, postal code, town, country.
#[derive(Default, PartialEq, Debug)]
pub(super) struct AddressParts {
    pub(super) street: Option<String>,
    pub(super) postcode: Option<String>,
    pub(super) city: Option<String>,
    pub(super) country: Option<String>,
}

/// `Hauptstr. 1, 70173 Stuttgart, Deutschland`, also on several lines. Without a postal code
/// the cell is taken for a street.
pub(super) fn address(cell: &str) -> AddressParts {
    let pieces: Vec<&str> = cell
        .split([',', '\n', ';'])
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .collect();
    let Some(at) = pieces
        .iter()
        .position(|piece| postcode_city(piece).0.is_some())
    else {
        return AddressParts {
            street: Some(cell.to_owned()),
            ..AddressParts::default()
        };
    };
    let (street, rest) = pieces.split_at(at);
    let (postcode, city) = rest
        .first()
        .map(|piece| postcode_city(piece))
        .unwrap_or_default();
    AddressParts {
        street: (!street.is_empty()).then(|| street.join(", ")),
        postcode,
        city,
        country: rest.get(1).map(|piece| (*piece).to_owned()),
    }
}

/// `70173 Stuttgart`, `D-70173 Stuttgart`, `1010 Wien`. Without a code all is the town.
pub(super) fn postcode_city(cell: &str) -> (Option<String>, Option<String>) {
    let (first, rest) = cell.split_once(' ').unwrap_or((cell, ""));
    let digits = first.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '-');
    let is_code = (4..=5).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let filled = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
    if is_code {
        (Some(first.to_owned()), filled(rest))
    } else {
        (None, filled(cell))
    }
}

/// What a yes-or-no cell says.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Answer {
    Yes,
    No,
    Silent,
}

/// Anything that is not a no is a yes, for example a date or `per Mail 3.2.`.
pub(super) fn answer(cell: &str) -> Answer {
    match cell.trim().to_lowercase().as_str() {
        "nein" | "n" | "no" | "0" | "false" | "falsch" | "not" | "aus" | "nicht" => Answer::No,
        text if normalise::is_placeholder(text) && !text.contains('✓') && !text.contains('✔') => {
            Answer::Silent
        }
        _ => Answer::Yes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_addresses_in_a_cell_are_told_apart() {
        for cell in [
            "a@x.de; b@x.de",
            "a@x.de, b@x.de",
            "a@x.de b@x.de",
            "a@x.de / b@x.de",
            "a@x.de/b@x.de",
            "a@x.de\nb@x.de",
            "a@x.de ::: b@x.de",
            "a@x.de (privat), b@x.de",
            "a@x.de und b@x.de",
            "\"Muster, A\" <a@x.de>, B <b@x.de>",
            "A <a@x.de>; <b@x.de>",
        ] {
            assert_eq!(emails(cell), ["a@x.de", "b@x.de"], "{cell}");
        }
        assert_eq!(emails("a@x.de"), ["a@x.de"]);
        assert_eq!(emails("erika muster@x.de"), ["erika muster@x.de"]);
    }

    #[test]
    fn several_numbers_in_a_cell_are_told_from_one_with_slashes() {
        assert_eq!(phones("0711/12 34-56"), ["0711/12 34-56"]);
        assert_eq!(phones("0711 / 123456"), ["0711 / 123456"]);
        assert_eq!(
            phones("0711 123456 / 0171 1234567"),
            ["0711 123456", "0171 1234567"]
        );
        assert_eq!(
            phones("0711 123456, 0171 1234567"),
            ["0711 123456", "0171 1234567"]
        );
        assert_eq!(
            phones("+49 711 123456; 0171 1234567"),
            ["+49 711 123456", "0171 1234567"]
        );
        assert_eq!(
            phones("0711 123456 oder 0171 1234567"),
            ["0711 123456", "0171 1234567"]
        );
    }

    #[test]
    fn an_address_in_one_cell_is_taken_apart() {
        let parts = address("Hauptstr. 1, D-70173 Stuttgart, Deutschland");
        assert_eq!(parts.street.as_deref(), Some("Hauptstr. 1"));
        assert_eq!(parts.postcode.as_deref(), Some("D-70173"));
        assert_eq!(parts.city.as_deref(), Some("Stuttgart"));
        assert_eq!(parts.country.as_deref(), Some("Deutschland"));
        assert_eq!(
            address("Hauptstr. 1\n70173 Stuttgart").city.as_deref(),
            Some("Stuttgart")
        );
        assert_eq!(
            address("Hauptstr. 1").street.as_deref(),
            Some("Hauptstr. 1")
        );
    }

    #[test]
    fn whatever_is_no_no_is_a_yes() {
        for (cell, wanted) in [
            ("ja", Answer::Yes),
            ("x", Answer::Yes),
            ("01.02.2026", Answer::Yes),
            ("1", Answer::Yes),
            ("nein", Answer::No),
            ("0", Answer::No),
            ("FALSCH", Answer::No),
            ("", Answer::Silent),
            ("-", Answer::Silent),
            ("✓", Answer::Yes),
        ] {
            assert_eq!(answer(cell), wanted, "{cell}");
        }
    }
}
